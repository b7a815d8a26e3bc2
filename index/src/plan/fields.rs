//! Which fields of two versions of a listing differ, and what each says, in a line.

use serde_json::Value;

use super::FieldChange;
use crate::record::Record;
use crate::schedule::{Days, Recurrence, Rule, Weeks};

/// The most of a field that is told, in characters.
const MOST: usize = 120;

/// Every field that differs, in the order of their names.
pub(super) fn differing(before: &Record, after: &Record) -> Vec<FieldChange> {
    let (old, new) = (serde_json::to_value(before), serde_json::to_value(after));
    let mut changes = Vec::new();
    if before.times != after.times {
        let told = |record: &Record| record.times.iter().map(when).collect::<Vec<_>>().join(", ");
        changes.push(FieldChange { field: "times".to_owned(), before: told(before), after: told(after) });
    }
    if let (Ok(Value::Object(old)), Ok(Value::Object(new))) = (old, new) {
        for (name, after) in &new {
            let before = old.get(name).unwrap_or(&Value::Null);
            if before != after && name != "times" {
                compare(name, before, after, &mut changes);
            }
        }
    }
    changes
}

/// Two values of a field; of a table, its own fields that differ.
fn compare(field: &str, before: &Value, after: &Value, changes: &mut Vec<FieldChange>) {
    if let (Value::Object(old), Value::Object(new)) = (before, after) {
        for (name, after) in new {
            let before = old.get(name).unwrap_or(&Value::Null);
            if before != after {
                // A text and its translation are one field; what only a kind has is not called "details".
                let path = match (field, name.as_str()) {
                    (_, "plain") => field.to_owned(),
                    ("details", _) => name.to_lowercase(),
                    _ => format!("{field}.{name}"),
                };
                compare(&path, before, after, changes);
            }
        }
        for (name, before) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            compare(&name.to_lowercase(), before, &Value::Null, changes);
        }
        return;
    }
    let told = |value: &Value| {
        let mut words = Vec::new();
        leaves(value, &mut words);
        cut(words.join(", "))
    };
    changes.push(FieldChange { field: field.to_owned(), before: told(before), after: told(after) });
}

/// What a value says, without its brackets.
fn leaves(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => words.push(text.replace('\n', " / ")),
        Value::Bool(true) => words.push("yes".to_owned()),
        Value::Bool(false) => words.push("no".to_owned()),
        Value::Number(number) => words.push(number.to_string()),
        Value::Array(list) => list.iter().for_each(|value| leaves(value, words)),
        Value::Object(object) => object.values().for_each(|value| leaves(value, words)),
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A time as Porchlight's own form writes it: `1st 3rd Tue 19:00-20:00`.
fn when(time: &Recurrence) -> String {
    match time.rule {
        Rule::Weekly { days, weeks, start, minutes } => {
            let end = minutes.map(|minutes| format!("-{}", clock(start + minutes))).unwrap_or_default();
            format!("{}{} {}{end}", ordinals(weeks), names(days), clock(start))
        }
        Rule::Open { days, weeks, from, until } => {
            format!("open {}{} {}-{}", ordinals(weeks), names(days), clock(from), clock(until))
        }
        Rule::RoundTheClock => "always".to_owned(),
        Rule::ByAppointment => "by appointment".to_owned(),
    }
}

fn names(days: Days) -> String {
    const NAMES: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    if days == Days::EVERY {
        return "daily".to_owned();
    }
    let named = days.iter().filter_map(|day| NAMES.get(usize::try_from(day.to_sunday_zero_offset()).ok()?).copied());
    named.collect::<Vec<_>>().join(" ")
}

fn ordinals(weeks: Weeks) -> String {
    const NAMES: [&str; 5] = ["1st ", "2nd ", "3rd ", "4th ", "5th "];
    if weeks.is_every() {
        return String::new();
    }
    let nth = (1..).zip(NAMES).filter(|(n, _)| weeks.names(*n)).map(|(_, name)| name);
    nth.chain(weeks.names_last().then_some("last ")).collect()
}

fn clock(minute: u16) -> String {
    let minute = minute % (24 * 60);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
