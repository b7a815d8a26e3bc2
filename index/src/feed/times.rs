//! Times as a person writes them on a door: `Mon Wed 19:00-20:00`, `last Sat 10:00`, `open Mon-Fri 09:00-17:00`.

use jiff::civil::Weekday;

use super::clock;
use crate::schedule::{Days, Recurrence, Rule, Weeks};
use crate::text;

/// A meeting that seems to go on for longer, in minutes, has a slip in its end.
const LONGEST_MEETING: u16 = 180;

const DAY: u16 = 24 * 60;

/// A time, understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// What repeats.
    pub rule: Rule,
    /// The end was not believable and was left out.
    pub end_dropped: bool,
}

/// Reads a time; for a meeting an end more than three hours after the start is left out.
///
/// # Errors
/// What is wrong, in words that continue `` `times` "..." ``.
pub(super) fn read(written: &str, meeting: bool) -> Result<Time, String> {
    let tidy = tidy(written);
    let sure = |rule| Ok(Time { rule, end_dropped: false });
    match tidy.as_str() {
        "always" | "24/7" => return sure(Rule::RoundTheClock),
        "by appointment" => return sure(Rule::ByAppointment),
        _ => {}
    }
    let (open, rest) = tidy.strip_prefix("open ").map_or((false, tidy.as_str()), |rest| (true, rest));
    let (days, clocks) = rest.rsplit_once(' ').ok_or_else(|| {
        format!(
            "needs days and a time; it must be like {}",
            if open { "open Mon-Fri 09:00-17:00" } else { "Mon 19:00-20:00" }
        )
    })?;
    let (days, weeks) = days_and_weeks(days)?;
    let (start, end) = match clocks.split_once('-') {
        Some((start, end)) if !open => (start_before(start, end)?, Some(clock(end)?)),
        Some((start, end)) => (clock(start)?, Some(clock(end)?)),
        None => (clock(clocks)?, None),
    };
    if start == DAY {
        return Err("starts at 24:00; a start must be from 00:00 to 23:59".to_owned());
    }
    if open {
        let until = end.ok_or("says when it opens, not when it closes; it must be like open Mon-Fri 09:00-17:00")?;
        return sure(Rule::Open { days, weeks, from: start, until: until % DAY });
    }
    let length = end.map(|end| length(start, end));
    let minutes = length.filter(|length| !meeting || *length <= LONGEST_MEETING);
    Ok(Time { rule: Rule::Weekly { days, weeks, start, minutes }, end_dropped: length != minutes })
}

/// A rule in a zone. What has no clock needs no zone; nothing for anything else without one.
pub(super) fn in_zone(rule: Rule, zone: Option<&str>) -> Option<Recurrence> {
    let timeless = matches!(rule, Rule::RoundTheClock | Rule::ByAppointment);
    zone.or(timeless.then_some("UTC")).map(|zone| Recurrence::new(zone, rule))
}

/// In minutes. An end that is not after the start is past midnight.
fn length(start: u16, end: u16) -> u16 {
    if end > start { end - start } else { end + DAY - start }
}

/// The start of what ends so: in `7:00-8:00 pm` the end says for both that it is evening, if that makes a length that a
/// meeting may have. (Opening hours from seven to eight are as likely to be a whole day.)
fn start_before(start: &str, end: &str) -> Result<u16, String> {
    let half = ["am", "pm"].into_iter().find(|half| end.ends_with(half));
    let shared = half.and_then(|half| minute(&format!("{start}{half}")));
    let until = clock(end)?;
    shared.filter(|start| length(*start, until) <= LONGEST_MEETING).map_or_else(|| clock(start), Ok)
}

/// Small letters, plain dashes without spaces around them, no commas, `pm` joined to its hour.
fn tidy(written: &str) -> String {
    let plain = written
        .to_lowercase()
        .replace(['–', '—'], "-")
        .replace([',', '&'], " ")
        .replace("p.m.", "pm")
        .replace("a.m.", "am");
    let words: Vec<_> = plain.split_whitespace().filter(|word| *word != "and").collect();
    words.join(" ").replace(" - ", "-").replace("- ", "-").replace(" -", "-").replace(" pm", "pm").replace(" am", "am")
}

/// `mon wed`, `mon-fri`, `daily`, `1st 3rd tue`, `last sat`.
fn days_and_weeks(written: &str) -> Result<(Days, Weeks), String> {
    let (mut days, mut weeks) = (Days::NONE, Weeks::EVERY);
    for word in written.split(' ') {
        if let Some(more) = week(word) {
            if !days.is_empty() {
                return Err(format!(
                    "has \"{word}\" after a day; weeks must stand before the days, as in 1st 3rd Tue 19:00"
                ));
            }
            weeks = weeks.union(more);
        } else {
            days = days.union(some_days(word)?);
        }
    }
    if days.is_empty() {
        return Err("names a week but no day; it must be like 1st 3rd Tue 19:00".to_owned());
    }
    Ok((days, weeks))
}

fn week(word: &str) -> Option<Weeks> {
    match word {
        "1st" => Weeks::nth(1),
        "2nd" => Weeks::nth(2),
        "3rd" => Weeks::nth(3),
        "4th" => Weeks::nth(4),
        "5th" => Weeks::nth(5),
        "last" => Some(Weeks::LAST),
        _ => None,
    }
}

fn some_days(word: &str) -> Result<Days, String> {
    let between = |first, last| {
        let mut days = vec![first];
        while days.last() != Some(&last) {
            days.extend(days.last().map(|day: &Weekday| day.next()));
        }
        Days::of(days)
    };
    match word {
        "daily" => return Ok(Days::EVERY),
        "weekdays" => return Ok(between(Weekday::Monday, Weekday::Friday)),
        "weekends" => return Ok(between(Weekday::Saturday, Weekday::Sunday)),
        _ => {}
    }
    match word.split_once('-') {
        Some((first, last)) => Ok(between(day(first)?, day(last)?)),
        None => Ok(Days::of([day(word)?])),
    }
}

/// `mon`, `monday`, `mondays`, and what lies between.
fn day(word: &str) -> Result<Weekday, String> {
    const DAYS: [(&str, Weekday); 8] = [
        ("mondays", Weekday::Monday),
        ("tuesdays", Weekday::Tuesday),
        ("wednesdays", Weekday::Wednesday),
        ("weds", Weekday::Wednesday),
        ("thursdays", Weekday::Thursday),
        ("fridays", Weekday::Friday),
        ("saturdays", Weekday::Saturday),
        ("sundays", Weekday::Sunday),
    ];
    let begun = DAYS.iter().find(|(name, _)| word.len() >= 3 && name.starts_with(word)).map(|(_, day)| *day);
    begun.or_else(|| clock::weekday(&text::fold(word))).ok_or_else(|| {
        format!("has \"{word}\" for a day; days must be Mon Tue Wed Thu Fri Sat Sun, daily, or a range such as Mon-Fri")
    })
}

/// A minute of the day, or [`DAY`] for 24:00.
fn clock(word: &str) -> Result<u16, String> {
    match word {
        "noon" => return Ok(12 * 60),
        "midnight" => return Ok(0),
        _ => {}
    }
    minute(word).ok_or_else(|| format!("has \"{word}\" for a time; times must be like 19:00 or 7:00 PM"))
}

fn minute(word: &str) -> Option<u16> {
    let (digits, afternoon) = match (word.strip_suffix("pm"), word.strip_suffix("am")) {
        (Some(digits), _) => (digits, Some(true)),
        (_, Some(digits)) => (digits, Some(false)),
        _ => (word, None),
    };
    let (hour, minute) = match digits.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (number(hour)?, number(minute)?),
        // A bare 7 may be morning or evening.
        None if afternoon.is_some() => (number(digits)?, 0),
        _ => return None,
    };
    let hour = match afternoon {
        None if hour < 24 || (hour, minute) == (24, 0) => hour,
        Some(afternoon) if (1..=12).contains(&hour) => hour % 12 + if afternoon { 12 } else { 0 },
        _ => return None,
    };
    (minute < 60).then_some(hour * 60 + minute)
}

fn number(digits: &str) -> Option<u16> {
    let short = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    short.then(|| digits.parse().ok()).flatten()
}
