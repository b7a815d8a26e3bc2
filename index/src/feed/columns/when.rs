//! When something is, as a sheet has it: in our words (`Mon 19:00`), in columns for day and time, or as opening hours in
//! the words of the file.

use super::row::{Row, Said};
use crate::feed::{clock, times};
use crate::record::Kind;
use crate::schedule::{Recurrence, Rule};
use crate::text;

/// When something is.
#[derive(Debug, Default)]
pub(super) struct When {
    pub(super) times: Vec<Recurrence>,
    /// Opening hours that could not be understood, in the words of the file.
    pub(super) words: String,
}

/// Reads the times of a row.
pub(super) fn read(row: &mut Row<'_>, kind: Kind, zone: Option<&str>) -> When {
    let meeting = kind == Kind::Meeting;
    let mut rules = Vec::new();
    for said in row.parts("times") {
        rules.extend(rule(row, &said, &said.text, meeting));
    }
    rules.extend(days_and_time(row, meeting));
    let mut when = When::default();
    for said in row.said("hours") {
        if let Some(found) = hours(&said.text) {
            rules.extend(found);
            continue;
        }
        let words = text::clean(&said.text, super::LINE);
        row.fault_unquoted(&said, "holds hours that cannot be understood; they are shown as words");
        when.words = if when.words.is_empty() { words } else { format!("{}; {words}", when.words) };
    }
    for rule in rules {
        match times::in_zone(rule, zone) {
            Some(time) if !when.times.contains(&time) => when.times.push(time),
            Some(_) => {}
            None => {
                row.note("Its times stand without a time zone, and were left out; the feeds file must name one.");
                break;
            }
        }
    }
    when
}

/// A time in our words.
fn rule(row: &mut Row<'_>, said: &Said, written: &str, meeting: bool) -> Option<Rule> {
    match times::read(written, meeting) {
        Ok(time) => {
            if time.end_dropped {
                row.note("A meeting must be at most three hours long; the start is kept, the end is not.");
            }
            Some(time.rule)
        }
        Err(why) => {
            row.fault(said, &format!("it {}", text::clean(&why, 200)));
            None
        }
    }
}

/// Columns for the days and for the time, `7:00 PM - 8:00 PM` or with a column for the end.
fn days_and_time(row: &mut Row<'_>, meeting: bool) -> Option<Rule> {
    let (days, time) = (row.said("days").into_iter().next(), row.said("time").into_iter().next());
    let end = row.said("end_time").into_iter().next();
    let (days, time) = match (days, time) {
        (Some(days), Some(time)) => (days, time),
        (Some(days), None) => {
            let by_appointment = text::fold(&days.text).contains("appointment");
            if !by_appointment {
                row.fault(&days, "a time must stand beside it");
            }
            return by_appointment.then_some(Rule::ByAppointment);
        }
        (None, Some(time)) => {
            row.fault(&time, "days must stand beside it");
            return None;
        }
        (None, None) => return None,
    };
    let ranged = time.text.split_once(['-', '–']).map(|(start, end)| (start.trim(), end.trim()));
    let (start, until) = match (ranged, &end) {
        (Some((start, end)), None) => (clock::start_before(start, end), clock::minute(end)),
        (_, Some(end)) => (clock::minute(&time.text), clock::minute(&end.text)),
        (None, None) => (clock::minute(&time.text), None),
    };
    let Some(start) = start else {
        row.fault(&time, "it must be a time like 7:00 PM or 19:00");
        return None;
    };
    if let (Some(end), None) = (&end, until) {
        row.fault(end, "it must be a time like 8:00 PM or 20:00");
    }
    let hour = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let clocks = until.map_or_else(|| hour(start), |until| format!("{}-{}", hour(start), hour(until)));
    let named = days.text.replace([';', '|', '/'], " ");
    let named = spread(&named);
    rule(row, &days, &format!("{named} {clocks}"), meeting)
}

/// `Monday through Friday` and `M-F` are `mon-fri`.
fn spread(days: &str) -> String {
    let days = days.to_lowercase();
    let days = [" through ", " thru ", " to ", " a "].iter().fold(days, |days, word| days.replace(word, "-"));
    let words = days.split(' ').map(|word| match word {
        "m-f" => "mon-fri",
        "m-th" => "mon-thu",
        "m-sa" => "mon-sat",
        "m-su" => "mon-sun",
        "sa" => "sat",
        "su" => "sun",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Opening hours, if every part of them is understood: `Mon-Fri 9am-5pm; Sat 10am-2pm`, `24 hours`.
fn hours(written: &str) -> Option<Vec<Rule>> {
    const ALWAYS: [&str; 7] = [
        "24/7",
        "24 hours",
        "24 hours a day",
        "24 hours, 7 days a week",
        "24 hours a day, 7 days a week",
        "24 hours/7 days a week",
        "24 horas",
    ];
    let folded = text::fold(written);
    let folded = folded.trim().trim_end_matches('.').trim_start_matches("open ");
    if ALWAYS.contains(&folded) {
        return Some(vec![Rule::RoundTheClock]);
    }
    if ["by appointment", "by appointment only", "appointment only", "con cita"].contains(&folded) {
        return Some(vec![Rule::ByAppointment]);
    }
    let read = |part: &str| {
        // `Mon-Fri: 9am to 5pm`
        let part = spread(&part.replace(": ", " "));
        times::read(&format!("open {}", part.trim()), false).ok().map(|time| time.rule)
    };
    let all = |separators: &[char]| -> Option<Vec<Rule>> {
        written.split(separators).map(str::trim).filter(|part| !part.is_empty()).map(read).collect()
    };
    let found = all(&[';', '|', '\n']).or_else(|| all(&[';', '|', '\n', ',']))?;
    (!found.is_empty()).then_some(found)
}
