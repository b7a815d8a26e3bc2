//! A refresh as staff see it: how far each feed is, what it would change, what was said on the way, how it ended.

use crate::errand::{Decided, Planned, Refreshed, Step};

/// A refresh, as far as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refresh {
    /// The feeds, in the order in which they are read, and how far each is.
    pub(super) feeds: Vec<(String, Progress)>,
    /// The word of what is done when the feeds are read.
    pub(super) phase: Option<String>,
    /// Everything else that was said.
    pub(super) steps: Vec<Step>,
    pub(super) ended: Option<Refreshed>,
    /// Staff asked for it to be stopped.
    pub(super) stopping: bool,
}

/// How far a feed is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Progress {
    /// Its turn has not come.
    #[default]
    Waiting,
    /// It is asked for.
    Asking,
    /// So many bytes have come, of so many where that is known.
    Coming(u64, Option<u64>),
    /// So many rows were read.
    Read(u64),
}

impl Refresh {
    /// Takes a step.
    pub(super) fn take(&mut self, step: Step) {
        match step {
            Step::Feeds(names) => self.feeds = names.into_iter().map(|name| (name, Progress::Waiting)).collect(),
            Step::Asking(feed) => self.set(feed, Progress::Asking),
            Step::Got(feed, bytes, of) => self.set(feed, Progress::Coming(bytes, of)),
            Step::Read(feed, rows) => self.set(feed, Progress::Read(rows)),
            Step::Phase(word) => self.phase = Some(word),
            step => self.steps.push(step),
        }
    }

    fn set(&mut self, feed: String, progress: Progress) {
        match self.feeds.iter_mut().find(|(name, _)| *name == feed) {
            Some((_, before)) => *before = progress,
            None => self.feeds.push((feed, progress)),
        }
    }

    /// Whether it can be stopped.
    pub(super) fn is_under_way(&self) -> bool {
        self.ended.is_none() && !self.stopping
    }

    /// What each feed would change.
    pub(super) fn plans(&self) -> impl Iterator<Item = &Planned> {
        self.steps.iter().filter_map(|step| match step {
            Step::Planned(planned) => Some(planned),
            _ => None,
        })
    }

    /// Turns the decision about a feed over. Where nothing is decided, what is doubted is held back, and the rest is
    /// taken.
    pub(super) fn judge(&self, feed: &str, decided: &mut Decided) {
        let Some(planned) = self.plans().find(|planned| planned.feed == feed) else { return };
        if planned.doubt.is_none() {
            if !decided.held.remove(feed) {
                decided.held.insert(feed.to_owned());
            }
        } else if decided.accepted.remove(feed).is_none() {
            let [_, seen] = planned.sizes;
            decided.accepted.insert(feed.to_owned(), seen);
        }
    }
}
