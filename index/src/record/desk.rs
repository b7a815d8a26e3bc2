//! What the staff of the centre say about a listing, beside what its source says.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::Record;
use crate::schedule::{Dates, Occurrence, Recurrence};

/// The feed of the listings that staff have added.
pub const DESK: &str = "desk";

/// Something that staff say about a listing. Whether it holds is decided by the day on which somebody asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// When it holds.
    pub dates: Dates,
    /// What they say.
    pub what: Said,
}

/// What staff say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// It is not to be shown.
    Hidden,
    /// It is closed: its times do not happen. Why may be empty.
    Closed(String),
    /// This is to be known.
    Note(String),
    /// They have corrected what its source says; the record says it as corrected.
    Corrected,
    /// They have counted the free beds.
    Beds,
}

impl Record {
    /// What staff say of it on this day.
    pub fn remarks(&self, day: Date) -> impl Iterator<Item = &Remark> {
        self.desk.iter().filter(move |remark| remark.dates.hold(day))
    }

    /// Whether it is not to be shown on this day.
    pub fn is_hidden(&self, day: Date) -> bool {
        self.remarks(day).any(|remark| remark.what == Said::Hidden)
    }

    /// What closes it on this day; of several, what closes it for longest.
    pub fn closed(&self, day: Date) -> Option<&Remark> {
        let closed = self.remarks(day).filter(|remark| matches!(remark.what, Said::Closed(_)));
        closed.max_by_key(|remark| remark.dates.until.unwrap_or(Date::MAX))
    }

    /// When it is closed.
    pub fn closings(&self) -> impl Iterator<Item = Dates> {
        let closed = self.desk.iter().filter(|remark| matches!(remark.what, Said::Closed(_)));
        closed.map(|remark| remark.dates)
    }

    /// Whether staff have said this, whenever.
    pub fn is_said(&self, what: &Said) -> bool {
        self.desk.iter().any(|remark| remark.what == *what)
    }

    /// The first start of one of its times at or after `from` on a day on which it is not closed.
    pub fn next_start(&self, time: &Recurrence, mut from: Timestamp) -> Option<Occurrence> {
        loop {
            let next = time.next_start(from)?;
            let Some(closed) = self.closed(next.start.date()) else { return Some(next) };
            let again = closed.dates.after()?.to_datetime(Time::midnight());
            from = again.to_zoned(next.start.time_zone().clone()).ok()?.timestamp();
        }
    }

    /// What of one of its times goes on at a moment ([`Recurrence::current`]), unless it began on a day on which it is
    /// closed.
    pub fn current(&self, time: &Recurrence, at: Timestamp) -> Option<Occurrence> {
        time.current(at).filter(|current| self.keeps(&current.start))
    }

    /// Whether it is not closed on the day of this start.
    pub(super) fn keeps(&self, start: &Zoned) -> bool {
        self.desk.is_empty() || self.closed(start.date()).is_none()
    }
}
