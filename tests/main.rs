//! What a person would notice, in one binary. Marked as tests one by one, so that the lints know the helpers for what
//! they are.

#[cfg(test)]
mod commands;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod feeds;
#[cfg(test)]
mod floors;
#[cfg(test)]
mod glass;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod keeper;
#[cfg(test)]
mod narrow;
#[cfg(test)]
mod night;
#[cfg(test)]
mod replies;
#[cfg(test)]
mod room;
#[cfg(test)]
mod sections;
#[cfg(test)]
mod terminal;
#[cfg(test)]
mod walk;
