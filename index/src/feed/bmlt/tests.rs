//! One small feed for every rule and quirk of the format. Everything in them is invented.

use super::read;
use crate::feed::soundness::accounted;
use crate::feed::{Feed, Harvest, Part};
use crate::record::{Attendance, Contact, Details, Meeting, Record, Way};
use crate::schedule::{Rule, Weeks};
use crate::vocabulary::Vocabulary;

mod formats;
mod laws;
mod parts;
mod places;
mod privacy;
mod real;
mod times;

/// Formats of an invented server: the same in two languages, one without a world id, one key for two formats.
const FORMATS: &str = r#"[
    {"id": "1", "key_string": "O", "name_string": "Open", "lang": "en", "world_id": "OPEN", "format_type_enum": "O"},
    {"id": "2", "key_string": "C", "name_string": "Closed", "lang": "en", "world_id": "CLOSED", "format_type_enum": "O"},
    {"id": "3", "key_string": "Beh", "name_string": "barrierefrei", "lang": "de", "world_id": "WCHR"},
    {"id": "3", "key_string": "WC", "name_string": "wheelchair", "lang": "en", "world_id": "WCHR"},
    {"id": "4", "key_string": "ru", "name_string": "Russisch", "lang": "de", "world_id": "LANG"},
    {"id": "5", "key_string": "ES", "name_string": "Español", "lang": "en", "world_id": "LANG"},
    {"id": "6", "key_string": "Wo1", "name_string": "Findet nur in der 1. Woche des Monats statt", "lang": "de"},
    {"id": "7", "key_string": "WoL", "name_string": "Only in the last week of the month", "lang": "en"},
    {"id": "8", "key_string": "Sp3", "name_string": "Week 3: Speaker", "lang": "en", "format_type_enum": "FC1-3"},
    {"id": "9", "key_string": "O1", "name_string": "Week 1: open", "lang": "en", "format_type_enum": "O-1"},
    {"id": "10", "key_string": "naf", "name_string": "Nicht an Feiertagen", "lang": "de"},
    {"id": "10", "key_string": "naf", "name_string": "Not on holidays", "lang": "en"},
    {"id": "11", "key_string": "VM", "name_string": "Virtual Meeting", "lang": "en", "world_id": "VM"},
    {"id": "12", "key_string": "HY", "name_string": "Hybrid", "lang": "en", "world_id": "HYBR"},
    {"id": "13", "key_string": "TC", "name_string": "Temporarily Closed Facility", "lang": "en", "world_id": "TC"},
    {"id": "14", "key_string": "VG", "name_string": "Vorübergehend Geschlossen", "lang": "de"},
    {"id": "15", "key_string": "QA", "name_string": "Question and Answer", "lang": "en", "world_id": "QA"},
    {"id": "16", "key_string": "QA", "name_string": "Questions", "lang": "en", "world_id": "QA"},
    {"id": "17", "key_string": "S", "name_string": "Step", "lang": "en", "world_id": "STEP"},
    {"id": "18", "key_string": "S", "name_string": "Sitting", "lang": "en"},
    {"id": "19", "key_string": "XX", "name_string": "Exotic", "lang": "en", "world_id": "XXNEW"},
    {"id": "20", "key_string": "NC", "name_string": "No Children", "lang": "en", "world_id": "NC"},
    {"id": "21", "key_string": "Out", "name_string": "Outdoors", "lang": "en"}
]"#;

fn feed() -> Feed {
    Feed {
        name: "region".to_owned(),
        timezone: Some("America/New_York".to_owned()),
        credit: "Thanks to the region".to_owned(),
        licence: "with permission".to_owned(),
        ..Feed::default()
    }
}

fn read_parts(feed: &Feed, parts: &[(&str, &[u8])]) -> Harvest {
    let parts: Vec<Part<'_>> = parts.iter().map(|(name, bytes)| Part { name, bytes }).collect();
    let harvest = read(feed, &parts, Vocabulary::builtin());
    accounted(&harvest);
    harvest
}

fn read_text(text: &str) -> Harvest {
    read_parts(&feed(), &[("meetings.json", text.as_bytes())])
}

/// A row with these fields besides id, name, day, time and length.
fn row(fields: &str) -> String {
    let comma = if fields.is_empty() { "" } else { "," };
    format!(
        r#"{{"id_bigint": "7", "meeting_name": "Hope", "weekday_tinyint": "3", "start_time": "19:00:00",
            "duration_time": "01:30:00"{comma} {fields}}}"#
    )
}

/// The record of one row beside the formats, and what was complained of.
fn one_of(row: &str) -> (Record, Vec<String>) {
    let parts: [(&str, &[u8]); 2] = [("a.json", FORMATS.as_bytes()), ("b.json", &[])];
    let list = format!("[{row}]");
    let harvest = read_parts(&feed(), &[parts[0], ("b.json", list.as_bytes())]);
    assert_eq!(harvest.records.len(), 1, "{:?}", harvest.complaints);
    let complaints = texts(&harvest);
    (harvest.records.into_iter().next().unwrap(), complaints)
}

fn one(fields: &str) -> Record {
    one_of(&row(fields)).0
}

fn texts(harvest: &Harvest) -> Vec<String> {
    harvest.complaints.iter().map(|complaint| complaint.text.clone()).collect()
}

fn meeting(record: &Record) -> &Meeting {
    match &record.details {
        Details::Meeting(meeting) => meeting,
        other => panic!("not a meeting: {other:?}"),
    }
}

fn styles(record: &Record) -> Vec<&str> {
    meeting(record).style.iter().map(crate::record::Term::as_str).collect()
}

/// Start and length of a record that has one weekly time.
fn hours(record: &Record) -> (u16, Option<u16>) {
    match record.times[..] {
        [ref time] => match time.rule {
            Rule::Weekly { start, minutes, .. } => (start, minutes),
            ref other => panic!("{other:?}"),
        },
        ref other => panic!("{other:?}"),
    }
}

fn weeks(record: &Record) -> Weeks {
    match record.times[..] {
        [ref time] => match time.rule {
            Rule::Weekly { weeks, .. } => weeks,
            ref other => panic!("{other:?}"),
        },
        ref other => panic!("{other:?}"),
    }
}

fn contact(record: &Record, way: Way) -> Option<&Contact> {
    record.contacts.iter().find(|contact| contact.way == way)
}
