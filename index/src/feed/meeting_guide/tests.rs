//! One small feed for every rule and quirk of the format.

use super::read;
use crate::feed::{Feed, Harvest, Part};
use crate::record::{Attendance, Contact, Details, Meeting, Record, Way};
use crate::schedule::{Days, Rule, Weeks};
use crate::vocabulary::Vocabulary;
use jiff::civil::Weekday;

mod apart;
mod containers;
mod dates;
mod joining;
mod keys;
mod kinds;
mod laws;
mod older;
mod places;
mod privacy;
mod real;
mod sheaves;
mod times;
mod tsml;
mod weeks;

fn feed() -> Feed {
    Feed {
        name: "town".to_owned(),
        fellowship: Some("aa".to_owned()),
        timezone: Some("America/New_York".to_owned()),
        credit: "Thanks to the town's office".to_owned(),
        licence: "with permission".to_owned(),
        columns: None,
    }
}

fn read_bytes(feed: &Feed, bytes: &[u8]) -> Harvest {
    let harvest = read(feed, &[Part { name: "meetings.json", bytes }], Vocabulary::builtin());
    let dropped = harvest.complaints.iter().filter(|complaint| complaint.dropped).count();
    assert_eq!(harvest.rows, harvest.records.len() + harvest.joined + harvest.dropped, "every row is accounted for");
    assert_eq!(harvest.dropped, dropped, "each dropped row has its complaint");
    harvest
}

fn read_text(text: &str) -> Harvest {
    read_bytes(&feed(), text.as_bytes())
}

/// The record of one row with these fields besides name, slug, day and time.
fn one(fields: &str) -> Record {
    one_of(&row(fields)).0
}

fn row(fields: &str) -> String {
    let comma = if fields.is_empty() { "" } else { "," };
    format!(r#"{{"name": "Hope", "slug": "hope", "day": 2, "time": "19:00"{comma} {fields}}}"#)
}

/// The record of one row, and what was complained of.
fn one_of(row: &str) -> (Record, Vec<String>) {
    let harvest = read_text(&format!("[{row}]"));
    assert_eq!(harvest.records.len(), 1, "{:?}", harvest.complaints);
    let complaints = texts(&harvest);
    (harvest.records.into_iter().next().unwrap(), complaints)
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

fn days(record: &Record) -> Days {
    record.times.iter().fold(Days::NONE, |all, time| all.union(time.rule.days()))
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

fn ids(harvest: &Harvest) -> Vec<&str> {
    harvest.records.iter().map(|record| record.id.as_str()).collect()
}
