//! When a meeting is held: day, start, length, zone and weeks become one recurrence, or words where they cannot.

use super::formats::Kinds;
use super::notes::{Notes, quote};
use super::row::Row;
use crate::feed::lists::{Entry, as_text};
use crate::feed::weeks::{self, WeeksSaid};
use crate::feed::{clock, zones};
use crate::schedule::{Days, Recurrence, Weeks};
use crate::text;

/// A meeting that seems to go on for longer, in minutes, has a slip in its length.
const MOST_MINUTES: u16 = 180;

/// From so many rows on, a file in which some meeting has the day 0 and none has the day 7 counts from 0.
const MANY: usize = 20;

/// When a meeting is held.
#[derive(Clone, Debug, Default)]
pub(super) struct When {
    pub(super) times: Vec<Recurrence>,
    /// What the row says of its time, in words, when that did not become a recurrence.
    pub(super) words: Option<String>,
}

/// What all rows of a feed have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scheme<'a> {
    pub(super) count: Count,
    pub(super) zone: Option<&'a str>,
    /// How long a meeting is that does not say it.
    pub(super) usual: Option<u16>,
}

/// What the number of Sunday is. A server answers with 1; its database, and what was taken from there, has 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    One,
    Zero,
    /// Nobody can know: the file has the day 0, but is too short to say that it has no day 7.
    Unsure,
}

impl Count {
    /// Looks over all rows.
    pub(super) fn of(rows: &[Entry], notes: &mut Notes<'_>) -> Self {
        let days = rows.iter().filter_map(|(_, row)| as_text(row.as_ref().ok()?.get("weekday_tinyint")?));
        let (mut all, mut zero, mut seven) = (0, false, false);
        for day in days {
            all += 1;
            zero |= day == "0";
            seven |= day == "7";
        }
        match (zero, seven) {
            (true, false) if all >= MANY => {
                notes.feed("Its days are counted from 0 for Sunday, as in a server's database; they were read so.");
                Self::Zero
            }
            (true, false) => {
                notes.feed(
                    "A meeting has the day 0, so nobody can know whether Sunday is 0 or 1; the listings say to ask.",
                );
                Self::Unsure
            }
            _ => Self::One,
        }
    }
}

/// Reads the time of a row. `name` and `remarks` may name weeks of the month.
pub(super) fn read(
    row: &Row,
    scheme: &Scheme<'_>,
    kinds: &Kinds,
    name: &str,
    remarks: &[String],
    notes: &mut Notes<'_>,
) -> When {
    let (day, start) = (day(row, scheme.count, notes), start(row, notes));
    let (Some(day), Some(start)) = (day, start) else { return in_words(row, day) };
    let minutes = minutes(row, scheme.usual, notes);
    let Some(zone) = zone(row, scheme.zone, notes) else { return in_words(row, Some(day)) };
    let end = minutes.map(|minutes| (start + minutes) % (24 * 60));
    let hours: Vec<u16> = std::iter::once(start).chain(end).collect();
    let on: Vec<_> = day.iter().collect();
    let remarks: Vec<&str> = remarks.iter().take(1).map(String::as_str).collect();
    let weeks = match (weeks::read(&on, &hours, name, &remarks), kinds.weeks.is_every()) {
        (WeeksSaid::Nothing, _) | (WeeksSaid::Unclear, false) => kinds.weeks,
        (WeeksSaid::Only(weeks), true) => weeks,
        (WeeksSaid::Only(weeks), false) => {
            if weeks != kinds.weeks {
                notes.row(&row.at, "Its formats and its words name different weeks; the formats count.");
            }
            kinds.weeks
        }
        (WeeksSaid::Unclear, true) => {
            notes.row(
                &row.at,
                "The words speak of certain weeks. They are shown; the meeting is listed for every week.",
            );
            Weeks::EVERY
        }
    };
    When { times: vec![Recurrence::monthly(zone, day, weeks, start, minutes)], words: None }
}

fn day(row: &Row, count: Count, notes: &mut Notes<'_>) -> Option<Days> {
    let Some(written) = row.text("weekday_tinyint") else {
        notes.row(&row.at, "It has no day; the listing says to ask.");
        return None;
    };
    let number = written.parse::<u8>().ok();
    let day = match count {
        Count::One => number.and_then(|number| Days::from_sunday_index(number.checked_sub(1)?)),
        Count::Zero => number.and_then(Days::from_sunday_index),
        Count::Unsure => return None,
    };
    if day.is_none() {
        notes.row(&row.at, format!("The day {} cannot be read; the listing says to ask.", quote(&written)));
    }
    day
}

fn start(row: &Row, notes: &mut Notes<'_>) -> Option<u16> {
    let Some(written) = row.text("start_time") else {
        notes.row(&row.at, "It has no time; the listing says to ask.");
        return None;
    };
    let start = clock::minute(&written).filter(|minute| *minute < 24 * 60);
    if start.is_none() {
        notes.row(&row.at, format!("The time {} cannot be read; the listing says to ask.", quote(&written)));
    }
    start
}

/// How long it goes on: as it says, else as its server says of all. More than three hours are not believed.
fn minutes(row: &Row, usual: Option<u16>, notes: &mut Notes<'_>) -> Option<u16> {
    let Some(written) = row.text("duration_time") else { return usual };
    match duration(&written) {
        Some(0) => usual,
        Some(minutes) if minutes <= MOST_MINUTES => Some(minutes),
        _ => {
            notes.row(&row.at, format!("The length {} cannot be believed; the end was left out.", quote(&written)));
            None
        }
    }
}

/// A length as it is written, if it is one of a meeting.
pub(super) fn believable(written: &str) -> Option<u16> {
    duration(written).filter(|minutes| (1..=MOST_MINUTES).contains(minutes))
}

/// `01:30:00` in minutes.
fn duration(written: &str) -> Option<u16> {
    let mut parts = written.trim().split(':').map(|part| part.parse::<u16>().ok());
    let (hours, minutes) = (parts.next()??, parts.next()??);
    (hours <= 48 && minutes < 60).then_some(hours * 60 + minutes)
}

/// The zone of a row, else the feed's. Where a row names one that is not known, the feed's does not take its place.
fn zone(row: &Row, feed_zone: Option<&str>, notes: &mut Notes<'_>) -> Option<String> {
    let Some(written) = row.text("time_zone") else {
        if feed_zone.is_none() {
            notes.feed(
                "Neither the feed nor some of its rows name a time zone; their times are given in words alone. Name one \
                 in the feeds file.",
            );
        }
        return feed_zone.map(ToOwned::to_owned);
    };
    let zone = zones::name(&written);
    if zone.is_none() {
        let written = quote(&written);
        notes.row(&row.at, format!("The time zone {written} is not known; the listing gives the time in words."));
    }
    zone
}

/// Day and time in words, for a listing without a time that the program can count with.
fn in_words(row: &Row, day: Option<Days>) -> When {
    const NAMES: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    let named = day.and_then(|day| day.iter().next());
    let named = named.and_then(|day| NAMES.get(usize::try_from(day.to_sunday_zero_offset()).ok()?));
    let mut words: Vec<String> = named.map(|name| (*name).to_owned()).into_iter().collect();
    words.extend(
        ["start_time", "time_zone"].iter().filter_map(|field| row.text(field)).map(|raw| text::clean(&raw, 40)),
    );
    let words = words.join(" ");
    let words = words.trim();
    let words = (!words.is_empty()).then(|| format!("Listed time: {words}. Please ask before you go."));
    When { times: Vec::new(), words }
}
