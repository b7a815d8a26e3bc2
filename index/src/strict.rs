//! Strict TOML with places: every fault at once, each with its line and what it must be.
