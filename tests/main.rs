//! What a person would notice, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod commands;
mod desk;
mod feeds;
mod floors;
mod glass;
mod journeys;
mod night;
mod terminal;
mod walk;
