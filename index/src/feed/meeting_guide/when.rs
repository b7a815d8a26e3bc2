//! When a meeting is held: day, time, end, zone and weeks become one recurrence, or words where they cannot.

use std::borrow::Cow;

use serde_json::Value;

use super::days::{self, DaysSaid};
use super::notes::{Notes, quote};
use super::row::Row;
use super::weeks::{self, WeeksSaid};
use super::{clock, zones};
use crate::feed::written::Written;
use crate::schedule::{Days, Recurrence, Rule};
use crate::text;

/// When a meeting is held.
#[derive(Clone, Debug, Default)]
pub(super) struct When {
    pub(super) times: Vec<Recurrence>,
    /// What the row says of its time, in words, when that did not become a recurrence.
    pub(super) words: Option<String>,
}

/// Reads the time of a row. `name` and `remarks` may name weeks of the month.
pub(super) fn read(
    row: &Row<'_>,
    feed_zone: Option<&str>,
    name: &str,
    remarks: &[&str],
    notes: &mut Notes<'_>,
) -> When {
    if row.text("is_24_7").is_some_and(|said| ["true", "yes", "1"].contains(&said.to_lowercase().as_str())) {
        return without_clock(row, feed_zone, Rule::RoundTheClock);
    }
    let several = row.texts("times");
    if !several.is_empty() && !row.has("time") {
        return in_several_words(row, &several, feed_zone, notes);
    }
    let mut said = days::read(row);
    let clock = clock_words(row);
    if said == DaysSaid::default()
        && let Some((day, _)) = clock.as_deref().and_then(weekday_first)
    {
        said.days = Days::of([day]);
    }
    if said == DaysSaid::default() && clock.is_none() && !row.has("time") {
        return without_clock(row, feed_zone, Rule::ByAppointment);
    }
    if let Some(unread) = &said.unread {
        notes.row(&row.at, format!("The day {} cannot be read.", quote(unread)));
    }
    let Some((start, minutes)) = start_and_length(row, clock.as_deref(), notes) else { return in_words(row, &said) };
    if said.days.is_empty() {
        if said.unread.is_none() {
            notes.row(&row.at, "There is a time, but no day; the listing says to ask.");
        }
        return in_words(row, &said);
    }
    let named = zones::in_name(row, start);
    if named.as_deref().is_some_and(|named| feed_zone.is_some_and(|feed| feed != named)) {
        notes.row(&row.at, "Its name gives another time zone than the feed's; the name was believed.");
    }
    let Some(zone) = named.or_else(|| zone(row, feed_zone, notes)) else { return in_words(row, &said) };
    let on: Vec<_> = said.days.iter().collect();
    let end = minutes.map(|minutes| (start + minutes) % (24 * 60));
    let hours: Vec<u16> = std::iter::once(start).chain(end).collect();
    let weeks = match weeks::read(&on, &hours, name, remarks) {
        WeeksSaid::Nothing => crate::schedule::Weeks::EVERY,
        WeeksSaid::Only(weeks) => weeks,
        WeeksSaid::Unclear => {
            notes.row(
                &row.at,
                "The words speak of certain weeks. They are shown; the meeting is listed for every week.",
            );
            crate::schedule::Weeks::EVERY
        }
    };
    let rule = Rule::Weekly { days: said.days, weeks, start, minutes };
    // A day that could not be read beside one that could stays visible.
    let words = said.unread.as_ref().and_then(|_| in_words(row, &said).words);
    When { times: vec![Recurrence { rule, zone }], words }
}

/// What has no start needs no zone; one is written down all the same.
fn without_clock(row: &Row<'_>, feed_zone: Option<&str>, rule: Rule) -> When {
    let zone = zones::of_row(row, feed_zone).unwrap_or_else(|_| "UTC".to_owned());
    When { times: vec![Recurrence { rule, zone }], words: None }
}

fn zone(row: &Row<'_>, feed_zone: Option<&str>, notes: &mut Notes<'_>) -> Option<String> {
    match zones::of_row(row, feed_zone) {
        Ok(zone) => return Some(zone),
        Err(zones::Unknown::Unreadable(written)) => notes.row(
            &row.at,
            format!("The time zone {} is not known; the listing gives the time in words.", quote(&written)),
        ),
        Err(zones::Unknown::Missing) => notes.feed(
            "Neither the feed nor some of its rows name a time zone; their times are given in words alone. Name one in \
             the feeds file.",
        ),
    }
    None
}

/// Several times in words, each with its day: "Tuesday 08:15 PM".
fn in_several_words(row: &Row<'_>, several: &[Cow<'_, str>], feed_zone: Option<&str>, notes: &mut Notes<'_>) -> When {
    let zone = zone(row, feed_zone, notes);
    let mut when = When::default();
    let mut unread = Vec::new();
    for written in
        several.iter().flat_map(|text| text.split([',', ';', '\n'])).map(str::trim).filter(|text| !text.is_empty())
    {
        let start = weekday_first(written).and_then(|(day, rest)| Some((day, clock::minute(rest)?)));
        match (start, &zone) {
            (Some((day, start)), Some(zone)) if start < 24 * 60 => {
                when.times.push(Recurrence::weekly(zone.clone(), Days::of([day]), start, None));
            }
            (Some(_), None) => unread.push(text::clean(written, 40)),
            _ => {
                notes.row(&row.at, format!("The time {} cannot be read; the listing says to ask.", quote(written)));
                unread.push(text::clean(written, 40));
            }
        }
    }
    when.times.dedup();
    if !unread.is_empty() {
        when.words = Some(format!("Listed time: {}. Please ask before you go.", unread.join(", ")));
    }
    when
}

/// The start of a row as a minute of the day, and how long it goes on, if both can be believed.
fn start_and_length(row: &Row<'_>, clock: Option<&str>, notes: &mut Notes<'_>) -> Option<(u16, Option<u16>)> {
    let Some(written) = clock else {
        notes.row(&row.at, "There is a day, but no time that can be read; the listing says to ask.");
        return None;
    };
    let bare = weekday_first(written).map_or(written, |(_, rest)| rest);
    let (first, second) = match bare.split_once(['-', '–', '—']).or_else(|| bare.split_once(" to ")) {
        Some((first, second)) => (first, Some(second)),
        None => (bare, None),
    };
    let end = row.text("end_time").or(second.map(Cow::Borrowed));
    let start = clock::start_before(first, end.as_deref().unwrap_or_default());
    let Some(start) = start.filter(|minute| *minute < 24 * 60) else {
        notes.row(&row.at, format!("The time {} cannot be read; the listing says to ask.", quote(written)));
        return None;
    };
    let Some(end) = end else { return Some((start, None)) };
    let minutes = clock::minute(&end).and_then(|end| clock::length(start, end));
    if minutes.is_none() {
        notes.row(
            &row.at,
            format!("The end {} does not fit the start {}; the end was left out.", quote(&end), quote(written)),
        );
    }
    Some((start, minutes))
}

/// The time as it is written. A broken number (a spreadsheet's part of a day) is no time.
fn clock_words<'r>(row: &'r Row<'_>) -> Option<Cow<'r, str>> {
    match row.value("time")? {
        Written::Plain(Value::Number(number)) if !number.is_u64() => None,
        _ => row.text("time"),
    }
}

/// A weekday before the time, as some sheets write it: "Tuesday 08:15 PM".
fn weekday_first(written: &str) -> Option<(jiff::civil::Weekday, &str)> {
    let (first, rest) = written.trim().split_once(' ')?;
    Some((clock::weekday(&text::fold(first.trim_end_matches(',')))?, rest.trim()))
}

/// Day and time in words, for a listing without a time that the program can count with.
fn in_words(row: &Row<'_>, said: &DaysSaid) -> When {
    const NAMES: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    let named =
        said.days.iter().filter_map(|day| NAMES.get(usize::try_from(day.to_sunday_zero_offset()).ok()?).copied());
    let mut parts: Vec<String> = named.map(ToOwned::to_owned).collect();
    parts.extend(said.unread.iter().map(|unread| text::clean(unread, 40)));
    let mut words = parts.join(", ");
    for field in ["time", "end_time", "timezone"] {
        if let Some(written) = row.text(field) {
            let between = if field == "end_time" { " – " } else { " " };
            words = format!("{words}{between}{}", text::clean(&written, 40));
        }
    }
    let words = words.trim();
    let words = (!words.is_empty()).then(|| format!("Listed time: {words}. Please ask before you go."));
    When { times: Vec::new(), words }
}
