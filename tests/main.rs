//! What a person would notice, in one binary.

mod commands;
mod desk;
mod feeds;
mod floors;
mod glass;
mod journeys;
mod night;
mod terminal;
mod walk;
