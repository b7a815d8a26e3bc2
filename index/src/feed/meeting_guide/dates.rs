//! When a row was last confirmed. What cannot be read, or says only when the file was made, is unknown.

use std::collections::BinaryHeap;

use jiff::civil::Date;

use super::notes::{Notes, quote};
use crate::feed::dates::{Moment, of_export};

/// What all rows of a feed together say about the way it writes dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dates {
    /// Every row carries the same moment: that of the export.
    exported: bool,
    /// `29/8/2021` instead of `8/29/2021`.
    day_first: bool,
    /// A date after this one is a slip of the pen; where there is any such slip.
    latest: Option<Date>,
}

/// A date so many days after all others of its feed is a slip of the pen.
const FAR_AHEAD: i64 = 3653;

impl Dates {
    /// Looks over what all rows of a feed say: when they were updated, and when their groups were spoken with.
    pub(super) fn survey<'t>(
        updated: impl Iterator<Item = &'t Moment<String>> + Clone,
        contacted: impl Iterator<Item = &'t Moment<String>>,
        notes: &mut Notes<'_>,
    ) -> Self {
        let mut dates = Self::default();
        if let Some(moment) = of_export(updated.clone().map(|moment| moment.written.as_str())) {
            dates.exported = true;
            notes.feed(format!(
                "All rows say that they were updated at {}: that is when the file was made, so when each meeting was \
                 last confirmed is not known.",
                quote(moment)
            ));
        }
        let all: Vec<&Moment<String>> = updated.chain(contacted).collect();
        let slashes = || all.iter().filter_map(|moment| moment.slashed);
        dates.day_first = slashes().any(|(first, ..)| first > 12) && !slashes().any(|(_, second, _)| second > 12);
        let mut read: BinaryHeap<Date> = all.iter().filter_map(|moment| moment.date(dates.day_first)).collect();
        while read.len() > 2
            && let (Some(last), Some(before)) = (read.pop(), read.peek())
            && i64::from((last - *before).get_days()) > FAR_AHEAD
        {
            dates.latest = Some(*before);
        }
        dates
    }

    /// When a row was last confirmed: updated, or its group spoken with, whichever is later. What is wrong with either is told.
    pub(super) fn confirmed(
        &self,
        updated: Option<&Moment<String>>,
        contacted: Option<&Moment<String>>,
        tell: &mut impl FnMut(String),
    ) -> Option<Date> {
        let updated = if self.exported { None } else { self.read(updated, tell) };
        updated.max(self.read(contacted, tell))
    }

    fn read(&self, moment: Option<&Moment<String>>, tell: &mut impl FnMut(String)) -> Option<Date> {
        let moment = moment?;
        let date = moment.date(self.day_first).filter(|date| self.latest.is_none_or(|latest| *date <= latest));
        if date.is_none() {
            let written = quote(&moment.written);
            tell(format!("The date {written} cannot be believed; when the meeting was confirmed is not known."));
        }
        date
    }
}
