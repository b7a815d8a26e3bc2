//! How each feed has done lately, and from when on it is to be asked again.
//!
//! A feed that was read is due after its `every_hours`, also when it is held back: what it says waits for staff, and asking
//! again hastens nothing. One that failed is due after an hour. Files
//! and folders are due as the network is: reading one puts up an edition, and that is not done every hour for nothing. What
//! is kept under another address than the feeds file names now is due at once, and so is what was tried at a time that is
//! still to come: a clock that was set back must not keep a feed from being read. What is built in is never due: it is in
//! the program, and read whenever anything is.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::obtain::address;
use crate::config::{FeedsFile, Listed, Source};
use crate::fetch::kept::{Attempt, Ended, Kept};

/// A feed that could not be read for so long needs somebody to look at it.
const UNREAD: SignedDuration = SignedDuration::from_hours(72);

/// What failed is tried again after this time.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// A feed is due so much early: the timer that asks does not run on the second, and a reading is noted only when its
/// edition stands. Else one that is wanted every hour would miss every other run.
const EARLY: SignedDuration = SignedDuration::from_mins(10);

/// How a feed has done lately.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lately {
    /// When it was last read and believed.
    pub read: Option<Timestamp>,
    /// When it was last tried, and why that failed; `None` when it did not.
    pub failed: Option<(Timestamp, String)>,
    /// Why what it said at the last try is held back, and waits for staff; `None` when it is not.
    pub held: Option<String>,
    /// From when on it is to be asked again; a moment that is over: now. `None` when no feeds file names it any more.
    pub due: Option<Timestamp>,
}

impl Lately {
    /// Whether staff should look at it: nothing came of it for three days, or it never worked.
    pub fn is_long_unread(&self, now: Timestamp) -> bool {
        (self.failed.is_some() || self.held.is_some()) && self.read.is_none_or(|read| now.duration_since(read) > UNREAD)
    }

    /// Whether it is to be asked.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.due.is_some_and(|due| due <= now)
    }

    fn of(kept: &Kept, listed: Option<&Listed>, every_hours: u16, now: Timestamp) -> Self {
        let attempt = kept.last_attempt();
        let due = listed.map(|listed| {
            let every = SignedDuration::from_hours(listed.every_hours.unwrap_or(every_hours).into());
            let last = attempt.as_ref().ok().and_then(Option::as_ref).filter(|attempt| attempt.at <= now);
            match last {
                Some(attempt) if !kept.is_of_another(&address(&listed.source)) => {
                    let wait = if matches!(attempt.ended, Ended::Failed(_)) { every.min(AGAIN) } else { every };
                    attempt.at.saturating_add(wait - EARLY).unwrap_or(now)
                }
                _ => now,
            }
        });
        let (failed, held) = match attempt {
            Ok(Some(Attempt { at, ended: Ended::Failed(why) })) => (Some((at, why)), None),
            Ok(Some(Attempt { ended: Ended::Held(why), .. })) => (None, Some(why)),
            Ok(_) => (None, None),
            Err(unsound) => (Some((Timestamp::UNIX_EPOCH, unsound.to_string())), None),
        };
        Self { read: kept.confirmed().ok().flatten(), failed, held, due }
    }
}

/// How the feeds of this file have done lately, by name, and those of which something is kept in this folder. What is
/// built in is not among them.
pub fn lately(kept: &Path, feeds: &FeedsFile, every_hours: u16, now: Timestamp) -> BTreeMap<String, Lately> {
    let listed = feeds.feeds.iter().filter(|listed| !matches!(listed.source, Source::BuiltIn(_)));
    let listed: BTreeMap<&str, &Listed> = listed.map(|listed| (listed.feed.name.as_str(), listed)).collect();
    let folders = std::fs::read_dir(kept).into_iter().flatten().flatten();
    let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
    let names = names.chain(listed.keys().map(|name| (*name).to_owned()));
    let of = |name: String| {
        let lately = Lately::of(&Kept::at(kept.join(&name)), listed.get(&*name).copied(), every_hours, now);
        (name, lately)
    };
    names.map(of).collect()
}
