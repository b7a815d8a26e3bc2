//! Times of day, and days of the week by name, in their many written forms.

use jiff::civil::Weekday;

use crate::text;

/// Minutes in a day.
const DAY: u16 = 24 * 60;

/// A meeting longer than this is taken for a slip of the pen.
const MOST_MINUTES: u16 = 180;

/// The minute of the day of a time as it is written: `19:00`, `7:00 PM`, `7pm`, `19:00:00`, `1900`, `noon`. Midnight is
/// the beginning of the day. `24:00` is 1440 and makes sense only as an end.
pub(super) fn minute(raw: &str) -> Option<u16> {
    if let Some(minute) = of_digits(raw) {
        return Some(minute);
    }
    let folded = text::fold(raw).replace(['.', ' ', '\u{a0}', '\u{202f}'], "");
    match folded.as_str() {
        "noon" | "12noon" | "midday" | "mediodia" => return Some(12 * 60),
        "midnight" | "12midnight" | "medianoche" => return Some(0),
        _ => {}
    }
    let (digits, half) = match folded.strip_suffix('m') {
        Some(rest) => match rest.strip_suffix('a') {
            Some(digits) => (digits, Some(0)),
            None => (rest.strip_suffix('p')?, Some(12)),
        },
        None => (folded.as_str(), None),
    };
    let digits = digits.strip_suffix('h').unwrap_or(digits);
    let (hour, minute) = split(digits, half.is_some())?;
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        // `19:00 PM` is written by people and says nothing wrong.
        Some(12) | None if hour < 24 || (hour, minute) == (24, 0) => hour,
        _ => return None,
    };
    Some(hour * 60 + minute)
}

/// The minute of `19:00`, as nearly all are written.
fn of_digits(raw: &str) -> Option<u16> {
    let [h, hh, b':', m, mm] = *raw.as_bytes() else { return None };
    let two = |tens: u8, ones: u8| {
        let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
        digits.then(|| u16::from(tens - b'0') * 10 + u16::from(ones - b'0'))
    };
    let (hour, minute) = (two(h, hh)?, two(m, mm)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn split(digits: &str, hour_alone: bool) -> Option<(u16, u16)> {
    let mut parts = digits.split([':', 'h']);
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() || third.is_some_and(|seconds| number(seconds).is_none_or(|seconds| seconds > 59)) {
        return None;
    }
    let (hour, minute) = match second {
        Some(minute) if minute.len() == 2 => (number(first)?, number(minute)?),
        None if hour_alone && first.len() <= 2 => (number(first)?, 0),
        None if first.len() == 3 || first.len() == 4 => {
            let whole = number(first)?;
            (whole / 100, whole % 100)
        }
        _ => return None,
    };
    (minute < 60 && hour <= 24).then_some((hour, minute))
}

fn number(digits: &str) -> Option<u16> {
    (!digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())?
}

/// The minute at which something starts that is written with this end: in `7:00-8:00 PM` the end says for both that it
/// is evening, if that makes a believable length.
pub(super) fn start_before(start: &str, end: &str) -> Option<u16> {
    if of_digits(end).is_some() || end.is_empty() {
        return minute(start);
    }
    let folded = text::fold(end).replace(['.', ' ', '\u{a0}', '\u{202f}'], "");
    let half = ["am", "pm"].into_iter().find(|half| folded.ends_with(half));
    let shared = half.and_then(|half| minute(&format!("{start}{half}")));
    let believable = |start: &u16| minute(end).is_some_and(|end| length(*start, end).is_some());
    shared.filter(believable).or_else(|| minute(start))
}

/// From start to end in minutes, past midnight where the end is not after the start. Nothing if that is not believable:
/// zero or more than three hours are slips of the pen (`12:15` to `01:15`).
pub(super) fn length(start: u16, end: u16) -> Option<u16> {
    let minutes = if end > start { end - start } else { end + DAY - start };
    (minutes <= MOST_MINUTES).then_some(minutes)
}

/// The weekday of a folded name, whole or shortened, in English or Spanish.
pub(super) fn weekday(name: &str) -> Option<Weekday> {
    const NAMES: [(Weekday, &[&str]); 7] = [
        (Weekday::Sunday, &["sun", "sunday", "sundays", "domingo", "domingos"]),
        (Weekday::Monday, &["mon", "monday", "mondays", "lunes"]),
        (Weekday::Tuesday, &["tue", "tues", "tuesday", "tuesdays", "martes"]),
        (Weekday::Wednesday, &["wed", "weds", "wednesday", "wednesdays", "miercoles"]),
        (Weekday::Thursday, &["thu", "thur", "thurs", "thursday", "thursdays", "jueves"]),
        (Weekday::Friday, &["fri", "friday", "fridays", "viernes"]),
        (Weekday::Saturday, &["sat", "saturday", "saturdays", "sabado", "sabados"]),
    ];
    let name = name.trim().trim_end_matches('.');
    NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(day, _)| *day)
}
