//! When a service is open: the part of RFC 5545 that says it without an end, and words for all the rest.
//!
//! - Hours hang in the feed's zone. `timezone` in a schedule is an offset, which is true for half a year at most; it is
//!   not read, nor is an offset behind a time (`10:00:00Z`): the hour that is written is taken for that of the wall.
//! - There is no clock here, and the kiosk stands for months: so hours that end (`until`, `valid_to`, `count`), hours that
//!   begin after the listing was last confirmed, and every second week stay words, which say so. An end after the year
//!   2090 is none.
//! - Days without an opening time are days on which it is closed. `00:00` to `23:59` is the whole day, and on seven days
//!   round the clock. `00:00` to `00:00` may mean anything, so it means nothing.
//! - Weekdays of version 1.1 are names or numbers: 1 is Monday, 7 (and 0) Sunday.
//! - Holidays are days of one year. They stay words.

use jiff::civil::{Date, Weekday};

use super::objects::Fields;
use crate::feed::notes::{At, Notes, quote};
use crate::feed::{clock, dates};
use crate::schedule::{Days, Recurrence, Rule, Weeks};
use crate::text;

const DAY: u16 = 24 * 60;

/// Hours over midnight that are longer than this are a slip of the pen: `09:00` to `05:00`.
const LONGEST_NIGHT: u16 = 16 * 60;

/// More rows of hours than anybody has.
const MOST: usize = 100;

/// A year in which nothing ends that is said to.
const FOR_EVER: i16 = 2090;

/// When a service is open.
#[derive(Debug, Default)]
pub(super) struct Hours {
    pub(super) times: Vec<Recurrence>,
    /// What cannot be a rule, and what is said beside the rules.
    pub(super) words: Vec<String>,
}

/// Hours of certain days of certain weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Opening {
    days: Days,
    weeks: Weeks,
    from: u16,
    /// Absent when it is not said, or cannot be believed.
    until: Option<u16>,
}

/// Reads the schedules of a service. `confirmed` is when it was last confirmed.
pub(super) fn read(
    (schedules, holidays): (&[&Fields], &[&Fields]),
    zone: Option<&str>,
    confirmed: Option<Date>,
    at: &At,
    notes: &mut Notes<'_>,
) -> Hours {
    let mut hours = Hours::default();
    let mut openings: Vec<Opening> = Vec::new();
    for row in schedules.iter().take(MOST) {
        for name in ["description", "notes"] {
            hours.say(row.get(name).map(|raw| text::clean_paragraphs(raw, 600)).unwrap_or_default());
        }
        match rule(row, confirmed, at, notes) {
            Said::Open(rules) if zone.is_some() => rules.into_iter().for_each(|rule| add(&mut openings, rule)),
            Said::Open(rules) => rules.iter().for_each(|rule| hours.say(tell(*rule))),
            Said::Words(words) => hours.say(words),
            Said::Nothing => {}
        }
    }
    if schedules.len() > MOST {
        notes.row(at, "It has very many rows of hours; the last of them were left out.");
    }
    for row in holidays.iter().take(MOST) {
        hours.say(holiday(row));
    }
    if let Some(zone) = zone {
        hours.times = openings.into_iter().map(|opening| Recurrence::new(zone, opening.rule())).collect();
    }
    hours
}

impl Hours {
    fn say(&mut self, words: String) {
        if !words.is_empty() && !self.words.contains(&words) {
            self.words.push(words);
        }
    }
}

impl Opening {
    fn rule(self) -> Rule {
        let Self { days, weeks, from, until } = self;
        match until {
            Some(0) if from == 0 && days == Days::EVERY && weeks.is_every() => Rule::RoundTheClock,
            Some(until) => Rule::Open { days, weeks, from, until },
            None => Rule::Weekly { days, weeks, start: from, minutes: None },
        }
    }
}

/// Adds hours; the same hours on other days are one rule.
fn add(openings: &mut Vec<Opening>, new: Opening) {
    let same = openings.iter_mut().find(|known| Opening { days: new.days, ..**known } == new);
    match same {
        Some(known) => known.days = known.days.union(new.days),
        None => openings.push(new),
    }
}

/// What a row of hours says.
enum Said {
    Open(Vec<Opening>),
    Words(String),
    /// It is closed, or nothing is said.
    Nothing,
}

fn rule(row: &Fields, confirmed: Option<Date>, at: &At, notes: &mut Notes<'_>) -> Said {
    let Some(opens) = row.get("opens_at") else { return Said::Nothing };
    let Some((from, until)) = clocks(opens, row.get("closes_at"), at, notes) else { return Said::Nothing };
    let groups = groups(row);
    let mut limits = limits(row);
    limits.extend(bound(row, confirmed));
    if groups.is_none() {
        limits.push("ask on which days".to_owned());
    }
    let unknown = vec![(Days::NONE, Weeks::EVERY)];
    let groups = groups.unwrap_or(unknown).into_iter();
    let openings: Vec<_> = groups.map(|(days, weeks)| Opening { days, weeks, from, until }).collect();
    if limits.is_empty() {
        return Said::Open(openings);
    }
    notes.row(
        at,
        "Some of its hours do not hold every week for good, or their days are not said; they are told in words.",
    );
    let told: Vec<_> = openings.iter().map(|opening| tell(*opening)).collect();
    Said::Words(format!("{} ({})", told.join("; "), limits.join(", ")))
}

/// Opening and closing as minutes of the day; nothing when they cannot be read.
fn clocks(opens: &str, closes: Option<&str>, at: &At, notes: &mut Notes<'_>) -> Option<(u16, Option<u16>)> {
    let mut minute = |raw: &str| {
        let (bare, offset) = without_offset(raw);
        if offset {
            notes.feed("Some times are written with their distance from Greenwich; they were taken for times of the feed's own zone.");
        }
        clock::minute(bare)
    };
    let (from, until) = (minute(opens), closes.map(minute));
    let Some(from) = from.filter(|from| *from < DAY) else {
        notes.row(at, format!("Its opening time {} cannot be read; these hours were left out.", quote(opens)));
        return None;
    };
    let until = match until {
        None => None,
        Some(None) => {
            let closes = quote(closes.unwrap_or_default());
            notes.row(at, format!("Its closing time {closes} cannot be read; the opening time alone is shown."));
            None
        }
        // The last minute of the day is its end.
        Some(Some(until)) => Some(if until == DAY - 1 { DAY } else { until }),
    };
    match until {
        Some(0) if from == 0 => {
            notes.row(
                at,
                "It is said to be open from 00:00 to 00:00, which may mean anything; these hours were left out.",
            );
            None
        }
        Some(until) if until <= from && DAY + until - from > LONGEST_NIGHT => {
            notes.row(at, "Its closing time cannot be believed; the opening time alone is shown.");
            Some((from, None))
        }
        until => Some((from, until.map(|until| until % DAY))),
    }
}

/// A time without the offset or `Z` behind it, and whether there was one.
fn without_offset(raw: &str) -> (&str, bool) {
    let raw = raw.trim();
    // `2020-01-01T10:00:00`: the day is of no matter.
    let raw = raw.split_once('T').map_or(raw, |(_, time)| time);
    let end = raw.char_indices().skip(4).find(|(_, c)| matches!(c, 'Z' | 'z' | '+' | '-' | '−')).map(|(at, _)| at);
    let bare = end.map_or(raw, |end| raw[..end].trim());
    (
        bare.split_once('.')
            .filter(|(_, rest)| rest.bytes().all(|byte| byte.is_ascii_digit()))
            .map_or(bare, |(time, _)| time),
        end.is_some(),
    )
}

/// On which days of which weeks, if that is said in a way that we know.
fn groups(row: &Fields) -> Option<Vec<(Days, Weeks)>> {
    if let Some(written) = row.get("weekday") {
        return Some(vec![(Days::of([weekday(written)?]), Weeks::EVERY)]);
    }
    let freq = row.get("freq").map(str::to_uppercase);
    match (freq.as_deref(), row.get("byday")) {
        (Some("DAILY"), None) => Some(vec![(Days::EVERY, Weeks::EVERY)]),
        (Some("DAILY" | "WEEKLY" | "MONTHLY") | None, Some(byday)) => by_day(byday),
        (Some("WEEKLY"), None) => {
            let start = dates::date(row.first(&["dtstart", "valid_from"])?, false)?;
            Some(vec![(Days::of([start.weekday()]), Weeks::EVERY)])
        }
        _ => None,
    }
}

/// What makes hours other than those of every week, in words.
fn limits(row: &Fields) -> Vec<String> {
    let mut limits = Vec::new();
    let list = |written: &str| text::clean(&written.replace(',', ", "), 60);
    if let Some(interval) = row.get("interval").filter(|interval| interval.trim() != "1") {
        let unit = match row.get("freq").map(str::to_uppercase).as_deref() {
            Some("DAILY") => "days",
            Some("MONTHLY") => "months",
            Some("YEARLY") => "years",
            _ => "weeks",
        };
        limits.push(format!("every {} {unit}", list(interval)));
    }
    for (name, before, after) in [
        ("bymonthday", "on days", "of the month"),
        ("byweekno", "in weeks", "of the year"),
        ("byyearday", "on days", "of the year"),
    ] {
        limits.extend(row.get(name).map(|written| format!("{before} {} {after}", list(written))));
    }
    limits
}

/// `TH,FR`, `2MO`, `-1FR`: days by the weeks in which they are meant.
fn by_day(written: &str) -> Option<Vec<(Days, Weeks)>> {
    let mut groups: Vec<(Days, Weeks)> = Vec::new();
    let parts = written.split([',', ';', '|', ' ']).map(|part| part.trim_matches(['"', '[', ']', '\'']));
    for part in parts.filter(|part| !part.is_empty()) {
        let name = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
        let day = Days::of([weekday(name)?]);
        let weeks = match part[..part.len() - name.len()].trim_start_matches('+') {
            "" => Weeks::EVERY,
            "-1" => Weeks::LAST,
            nth => nth.parse().ok().and_then(Weeks::nth)?,
        };
        match groups.iter_mut().find(|(_, known)| *known == weeks) {
            Some((days, _)) => *days = days.union(day),
            None => groups.push((day, weeks)),
        }
    }
    Some(groups).filter(|groups| !groups.is_empty())
}

fn weekday(written: &str) -> Option<Weekday> {
    const SHORT: [&str; 7] = ["su", "mo", "tu", "we", "th", "fr", "sa"];
    let folded = text::fold(written);
    if let Some(at) = SHORT.iter().position(|short| *short == folded) {
        return Days::WEEK.get(at).copied();
    }
    match folded.parse::<usize>() {
        Ok(number @ 0..=7) => Days::WEEK.get(number % 7).copied(),
        _ => clock::weekday(&folded),
    }
}

/// What limits a row of hours in time, in words; nothing when it holds for good.
fn bound(row: &Fields, confirmed: Option<Date>) -> Option<String> {
    let date = |name: &str| row.get(name).and_then(|raw| dates::date(raw, false));
    let ends = ["until", "valid_to"].iter().filter_map(|name| date(name)).filter(|end| end.year() < FOR_EVER).min();
    let begins = ["valid_from", "dtstart"].iter().filter_map(|name| date(name)).max();
    let later = begins.filter(|begins| confirmed.is_some_and(|confirmed| *begins > confirmed));
    match (later.or(begins.filter(|_| ends.is_some())), ends, row.get("count")) {
        (Some(begins), Some(ends), _) => Some(format!("from {begins} until {ends}")),
        (None, Some(ends), _) => Some(format!("until {ends}")),
        (Some(begins), None, _) => Some(format!("from {begins}")),
        (None, None, Some(count)) => Some(format!("{} times", text::clean(count, 10))),
        (None, None, None) => None,
    }
}

/// Hours in words: `Thu, Fri 10:00–18:00`. Like all words of a listing they are in one language alone.
fn tell(opening: Opening) -> String {
    const NAMES: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    let days = Days::WEEK.iter().zip(NAMES).filter(|(day, _)| opening.days.contains(**day)).map(|(_, name)| name);
    let mut weeks: Vec<String> = (1..=5).filter(|n| opening.weeks.names(*n)).map(|n| format!("{n}.")).collect();
    if opening.weeks.names_last() {
        weeks.push("last".to_owned());
    }
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let until = opening.until.map(|until| format!("–{}", clock(if until == 0 { DAY } else { until })));
    let hours = format!("{}{}", clock(opening.from), until.unwrap_or_default());
    let parts = [weeks.join(", "), days.collect::<Vec<_>>().join(", "), hours];
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

/// A holiday in words: `2019-12-24 – 2019-12-26: closed`.
fn holiday(row: &Fields) -> String {
    let date = |name: &str| row.get(name).and_then(|raw| dates::date(raw, false));
    let Some(start) = date("start_date").or_else(|| date("end_date")) else { return String::new() };
    let days = match date("end_date").filter(|end| *end != start) {
        Some(end) => format!("{start} – {end}"),
        None => start.to_string(),
    };
    let closed = row.get("closed").is_some_and(|closed| ["true", "1", "yes"].contains(&text::fold(closed).as_str()));
    let clocks = [row.get("opens_at"), row.get("closes_at")].map(|raw| clock::minute(without_offset(raw?).0));
    match clocks {
        [Some(from), Some(until)] if !closed && from < DAY => {
            format!(
                "{days}: {}",
                tell(Opening { days: Days::NONE, weeks: Weeks::EVERY, from, until: Some(until % DAY) })
            )
        }
        _ if closed => format!("{days}: closed"),
        _ => String::new(),
    }
}
