//! When a row was last confirmed. What cannot be read, or says only when the file was made, is unknown.

use jiff::civil::Date;

use super::notes::{Notes, quote};
use super::row::Row;

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

/// From so many rows on, the same moment in all of them cannot be a confirmation.
const MANY: usize = 20;

/// A date so many days after all others of its feed is a slip of the pen.
const FAR_AHEAD: i64 = 3653;

impl Dates {
    /// Looks over all rows of a feed.
    pub(super) fn survey(rows: &[&Row], notes: &mut Notes<'_>) -> Self {
        let written: Vec<String> = rows.iter().filter_map(|row| row.text("updated")).collect();
        let mut dates = Self::default();
        if let [first, others @ ..] = &written[..]
            && written.len() > MANY
            && others.iter().all(|other| other == first)
        {
            dates.exported = true;
            notes.feed(format!(
                "All rows say that they were updated at {}: that is when the file was made, so when each meeting was \
                 last confirmed is not known.",
                quote(first)
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

/// The date of a text: `2021-04-07 00:53:26`, `2020-04-0416:50:58`, `8/29/2021 11:17:07 AM`, `Aug 29, 2021`.
fn date(text: &str, day_first: bool) -> Option<Date> {
    let (year, month, day) = dashed(text).or_else(|| worded(text)).or_else(|| {
        let (first, second, year) = slashed(text)?;
        Some(if day_first { (year, second, first) } else { (year, first, second) })
    })?;
    (1990..2100).contains(&year).then(|| Date::new(year, month, day).ok())?
}

fn dashed(text: &str) -> Option<(i16, i8, i8)> {
    let mut parts = text.trim().splitn(3, ['-', '/']);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next().filter(|month| month.len() <= 2)?.parse().ok()?;
    // The space before the time may be missing, so the day is two digits at most.
    let rest = parts.next()?;
    let digits = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
    Some((year, month, rest[..digits].parse().ok()?))
}

/// The three numbers of `8/29/2021`, in the order in which they are written.
fn slashed(text: &str) -> Option<(i8, i8, i16)> {
    let first_word = text.split_whitespace().next()?;
    let mut parts = first_word.split(['/', '.', '-']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let year: i16 = match year.len() {
        4 => year.parse().ok()?,
        2 => 2000 + year.parse::<i16>().ok()?,
        _ => return None,
    };
    (parts.next().is_none() && first.len() <= 2 && second.len() <= 2)
        .then(|| Some((first.parse().ok()?, second.parse().ok()?, year)))?
}

/// `Aug 29, 2021` or `29 August 2021`.
fn worded(text: &str) -> Option<(i16, i8, i8)> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let month_of =
        |word: &str| MONTHS.iter().position(|month| word.starts_with(month)).and_then(|at| i8::try_from(at + 1).ok());
    let (month, day, year) = match words[..] {
        [month, day, year, ..] if month_of(month).is_some() => (month_of(month)?, day, year),
        [day, month, year, ..] => (month_of(month)?, day, year),
        _ => return None,
    };
    Some((year.parse().ok()?, month, day.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse().ok()?))
}
