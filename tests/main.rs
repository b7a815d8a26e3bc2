//! What a person would notice, in one binary. Marked as tests one by one, so that the lints know the helpers for what
//! they are.

#[cfg(test)]
mod backup;
#[cfg(test)]
mod canary;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod corrected;
#[cfg(test)]
mod cut;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod disk;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod evil;
#[cfg(test)]
mod feeds;
#[cfg(test)]
mod fetch;
#[cfg(test)]
mod floors;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod full;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod glass;
#[cfg(test)]
mod gone;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod inputs;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod keeper;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod log;
#[cfg(test)]
mod narrow;
#[cfg(test)]
mod night;
#[cfg(test)]
mod office;
#[cfg(test)]
mod overrides;
#[cfg(test)]
mod panics;
#[cfg(test)]
mod plan;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod replies;
#[cfg(test)]
mod review;
#[cfg(test)]
mod room;
#[cfg(test)]
mod ruin;
#[cfg(test)]
mod sections;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod terminal;
#[cfg(test)]
mod visits;
#[cfg(test)]
mod walk;
#[cfg(test)]
mod wire;
#[cfg(test)]
mod writes;
