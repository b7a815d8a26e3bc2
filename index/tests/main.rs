//! The house and what is delivered with it, looked at as a whole.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod floors;
mod relevance;
mod starter;
