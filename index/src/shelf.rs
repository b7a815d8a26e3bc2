//! The editions on disk: built beside, verified, renamed; the newest sound one is opened, five are kept.
