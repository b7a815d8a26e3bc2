//! What a person would notice, in one binary.

mod glass;
mod journeys;
mod night;
mod walk;
