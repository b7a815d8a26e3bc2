//! What a person would notice, in one binary.

mod floors;
mod glass;
mod journeys;
mod night;
mod terminal;
mod walk;
