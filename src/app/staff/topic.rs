//! What a page for staff tells of, and how it takes what comes from the office.

use super::Refresh;
use crate::errand::{Changes, Decided, Edition, Found, News, Refreshed, Standing, Unchanged};

/// What a page for staff tells of.
#[derive(Clone, Debug, PartialEq)]
pub enum Topic {
    /// How it stands; nothing before it is known.
    Standing(Option<Standing>),
    /// What was wrong in the feeds.
    Complaints(Option<Found>),
    /// What a refresh would change, and what is decided of it.
    Plan(Refresh, Decided),
    /// A refresh.
    Refresh(Refresh),
    /// The taking back of the newest edition.
    RollBack(Option<Result<Edition, Unchanged>>),
    /// The faults of the settings.
    Faults(Option<Vec<String>>),
    /// What staff have changed by hand, or the faults of the file that holds it.
    Changes(Option<Result<Changes, Vec<String>>>),
    /// Something that staff change by hand: whether it is written down, and the edition with it.
    Change(Written, Refresh),
    /// Nothing: whoever carries it out is gone.
    Gone,
}

/// Whether a change is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// Not yet.
    NotYet,
    /// It is, under these numbers.
    Yes(Vec<u32>),
    /// Nothing is, and why.
    No(Vec<String>),
    /// Nobody is there any more who could say.
    Unknown,
}

impl Topic {
    /// Whether going back means stopping it.
    pub(in crate::app) fn is_under_way(&self) -> bool {
        let (Self::Refresh(refresh) | Self::Plan(refresh, _)) = self else { return false };
        refresh.is_under_way()
    }

    /// Whether it is not known yet what became of what was typed: whoever went back now could say it twice.
    pub(in crate::app) fn is_being_written(&self) -> bool {
        matches!(self, Self::Change(Written::NotYet, _))
    }

    /// Takes what came of it. False when that belongs to something else.
    pub(super) fn hear(&mut self, news: News) -> bool {
        match (self, news) {
            (Self::Standing(standing), News::Stands(news)) => *standing = Some(*news),
            (Self::Complaints(complaints), News::Complaints(news)) => *complaints = Some(news),
            (Self::Refresh(refresh) | Self::Plan(refresh, _) | Self::Change(_, refresh), News::Step(step)) => {
                refresh.take(step);
            }
            (Self::Refresh(refresh) | Self::Plan(refresh, _) | Self::Change(_, refresh), News::Refreshed(ended)) => {
                refresh.ended = Some(ended);
            }
            (Self::Change(written, _), News::Written(numbers)) => *written = Written::Yes(numbers),
            (Self::Change(written, _), News::Unwritten(why)) => *written = Written::No(why),
            (Self::RollBack(outcome), News::RolledBack(news)) => *outcome = Some(news),
            (Self::Faults(faults), News::Checked(news)) => *faults = Some(news),
            (Self::Changes(changes), News::Changes(news)) => *changes = Some(news),
            // What is written down is no less so when whoever wrote it is gone.
            (Self::Change(Written::Yes(_), refresh), News::Gone) => {
                refresh.ended.get_or_insert(Refreshed::Unknown);
            }
            (Self::Change(written @ Written::NotYet, _), News::Gone) => *written = Written::Unknown,
            (Self::Change(..), News::Gone) => {}
            (topic, News::Gone) => *topic = Self::Gone,
            _ => return false,
        }
        true
    }
}
