//! Days of the week in their many written forms.

use jiff::civil::Weekday;
use serde_json::Value;

use super::clock;
use super::row::Row;
use crate::feed::written::Written;
use crate::schedule::Days;
use crate::text;

/// What a row says of its days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DaysSaid {
    /// The days that could be read.
    pub(super) days: Days,
    /// What could not be read, as it was written.
    pub(super) unread: Option<String>,
}

/// The days of a row. Meeting Guide counts from Sunday = 0. Nothing said means by appointment.
pub(super) fn read(row: &Row<'_>) -> DaysSaid {
    let mut said = DaysSaid::default();
    match row.value("day") {
        Some(Written::List(list)) => {
            for value in list {
                add(value, row, &mut said);
            }
        }
        Some(value) => add(value, row, &mut said),
        None => {}
    }
    said
}

fn add(value: &Written<'_>, row: &Row<'_>, said: &mut DaysSaid) {
    let days = match value {
        Written::Plain(Value::Null) => return,
        Written::Plain(Value::Number(number)) => numbered(&number.to_string(), row),
        Written::Text(text) if text.trim().is_empty() => return,
        Written::Text(text) => return add_words(text, row, said),
        _ => None,
    };
    match days {
        Some(days) => said.days = said.days.union(days),
        None => said.unread = Some(value.to_string()),
    }
}

/// "1", "Monday", "Mon, Wed & Fri", "Monday-Friday", "daily".
fn add_words(raw: &str, row: &Row<'_>, said: &mut DaysSaid) {
    let folded =
        text::fold(raw).replace(" to ", "-").replace(" through ", "-").replace(" thru ", "-").replace(" and ", ",");
    if ["appointment", "by appointment", "appt", "by appt"].contains(&folded.trim()) {
        return;
    }
    for part in folded.split([',', ';', '/', '&', '+', '|']).map(str::trim).filter(|part| !part.is_empty()) {
        let days = match part.split_once(['-', '–']) {
            Some((first, last)) => shortened(first).zip(shortened(last)).map(|(first, last)| range(first, last)),
            None => numbered(part, row).or_else(|| phrase(part)),
        };
        match days {
            Some(days) => said.days = said.days.union(days),
            None => said.unread = Some(raw.trim().to_owned()),
        }
    }
}

fn phrase(part: &str) -> Option<Days> {
    use Weekday::{Friday, Monday, Saturday, Sunday};
    match part {
        "daily" | "every day" | "everyday" | "all" | "all days" => Some(Days::EVERY),
        "weekdays" => Some(range(Monday, Friday)),
        "weekends" | "weekend" => Some(Days::of([Saturday, Sunday])),
        _ => shortened(part).map(|day| Days::of([day])),
    }
}

fn range(first: Weekday, last: Weekday) -> Days {
    let until = first.until(last);
    Days::of((0..=until).map(|days| first.wrapping_add(days)))
}

/// The weekday of a number from 0 to 6. Some feeds write 7: nobody can know whether they count Sunday or Saturday so,
/// unless the row names the day as well.
fn numbered(written: &str, row: &Row<'_>) -> Option<Days> {
    let number: u8 = written.trim_end_matches(".0").parse().ok()?;
    if number == 7 {
        let name = text::fold(&row.text("name")?);
        let named: Vec<_> = name.split(|c: char| !c.is_alphanumeric()).filter_map(clock::weekday).collect();
        return matches!(named[..], [Weekday::Sunday | Weekday::Saturday]).then(|| Days::of(named));
    }
    Days::from_sunday_index(number)
}

/// The weekday of a folded name as a sheet writes it, down to two letters.
fn shortened(name: &str) -> Option<Weekday> {
    const SHORT: [&str; 7] = ["su", "mo", "tu", "we", "th", "fr", "sa"];
    let short = SHORT.iter().position(|short| *short == name.trim()).and_then(|index| i8::try_from(index).ok());
    short.and_then(|index| Weekday::from_sunday_zero_offset(index).ok()).or_else(|| clock::weekday(name))
}
