//! Our own TOML directory.
