//! When a row was last confirmed. What cannot be read, or says only when the file was made, is unknown.

use jiff::civil::Date;

use super::notes::{Notes, quote};
use super::row::Row;
use crate::feed::dates::{date, of_export, slashed};

/// What all rows of a feed together say about the way it writes dates.
#[derive(Clone, Debug, Default)]
pub(super) struct Dates {
    /// Every row carries the same moment: that of the export.
    exported: bool,
    /// `29/8/2021` instead of `8/29/2021`.
    day_first: bool,
    /// A date after this one is a slip of the pen.
    latest: Option<Date>,
}

/// A date so many days after all others of its feed is a slip of the pen.
const FAR_AHEAD: i64 = 3653;

impl Dates {
    /// Looks over all rows of a feed.
    pub(super) fn survey(rows: &[&Row], notes: &mut Notes<'_>) -> Self {
        let written: Vec<String> = rows.iter().filter_map(|row| row.text("updated")).collect();
        let mut dates = Self::default();
        if let Some(moment) = of_export(written.iter().map(String::as_str)) {
            dates.exported = true;
            notes.feed(format!(
                "All rows say that they were updated at {}: that is when the file was made, so when each meeting was \
                 last confirmed is not known.",
                quote(moment)
            ));
        }
        let contacted = rows.iter().filter_map(|row| row.text("last_contact"));
        let all: Vec<String> = written.iter().cloned().chain(contacted).collect();
        let slashes = || all.iter().filter_map(|text| slashed(text));
        dates.day_first = slashes().any(|(first, ..)| first > 12) && !slashes().any(|(_, second, _)| second > 12);
        let mut read: Vec<Date> = all.iter().filter_map(|text| date(text, dates.day_first)).collect();
        read.sort_unstable();
        dates.latest = read.last().copied();
        while let [.., before, last] = read[..] {
            if read.len() > 2 && i64::from((last - before).get_days()) > FAR_AHEAD {
                read.pop();
                dates.latest = Some(before);
            } else {
                break;
            }
        }
        dates
    }

    /// When a row was last confirmed: updated, or its group spoken with, whichever is later.
    pub(super) fn confirmed(&self, row: &Row, notes: &mut Notes<'_>) -> Option<Date> {
        let updated = if self.exported { None } else { self.of_field(row, "updated", notes) };
        updated.max(self.of_field(row, "last_contact", notes))
    }

    fn of_field(&self, row: &Row, field: &str, notes: &mut Notes<'_>) -> Option<Date> {
        let written = row.text(field)?;
        let date = date(&written, self.day_first).filter(|date| self.latest.is_none_or(|latest| *date <= latest));
        if date.is_none() {
            notes.row(
                &row.at,
                format!(
                    "The date {} cannot be believed; when the meeting was confirmed is not known.",
                    quote(&written)
                ),
            );
        }
        date
    }
}
