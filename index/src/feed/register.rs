//! Records by key, and what happens when two rows have the same one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sha2::{Digest, Sha256};

use super::notes::{At, Notes, quote};
use crate::record::{Kind, Record, RecordId, Way};
use crate::schedule::Rule;
use crate::text;

/// A short number for what these parts say together: for keys that are the same after every refresh.
pub(super) fn digest(parts: &[String]) -> String {
    let sum = Sha256::digest(parts.join("\u{1f}").as_bytes());
    let number = sum.iter().take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    format!("{number:08x}")
}

/// Records by key, in the order in which they came.
#[derive(Default)]
pub(super) struct Register {
    records: Vec<Record>,
    /// Every key that is taken. Most rows are the only one of theirs, so what tells a meeting from others under its key
    /// is only worked out when another comes.
    taken: HashMap<String, Taken>,
    /// Keys as rows write them, each with digests of the meetings that came under it.
    meetings: BTreeMap<(String, String), usize>,
    pub(super) joined: usize,
}

/// By whom a key is taken.
#[derive(Clone, Copy)]
enum Taken {
    /// By the record of this number, which is the only one so far whose row wrote this key.
    Alone(usize),
    /// By one of several, or by one whose row wrote another key.
    Known,
}

impl Register {
    /// One with room for so many records, which are large and should not have to move.
    pub(super) fn with_room(records: usize) -> Self {
        Self { records: Vec::with_capacity(records), taken: HashMap::with_capacity(records), ..Self::default() }
    }

    /// Takes a record under its key. A row that is the same meeting as an earlier one of this key becomes one with it
    /// (perhaps on another day); another meeting gets a key of its own.
    pub(super) fn add(&mut self, feed: &str, key: &str, at: &At, mut record: Record, notes: &mut Notes<'_>) {
        match self.taken.get_mut(key) {
            None => {
                self.taken.insert(key.to_owned(), Taken::Alone(self.records.len()));
                self.records.push(record);
                return;
            }
            Some(taken) => {
                if let Taken::Alone(first) = std::mem::replace(taken, Taken::Known)
                    && let Some(meeting) = self.records.get(first)
                {
                    let (whole, identity) = told_apart(key, meeting);
                    self.meetings.insert(whole, first);
                    self.meetings.insert(identity, first);
                }
            }
        }
        let (whole, identity) = told_apart(key, &record);
        let same = self.meetings.get(&whole).copied();
        let nearly = self.meetings.get(&identity).copied();
        if let Some(index) = same.or(nearly) {
            if same.is_none() {
                notes.row(
                    at,
                    "Two rows have this key, place and time, but differ in small things; the first one is shown.",
                );
            }
            self.meetings.entry(whole).or_insert(index);
            self.meetings.entry(identity).or_insert(index);
            self.joined += 1;
            if let Some(meeting) = self.records.get_mut(index) {
                join(meeting, record);
            }
            return;
        }
        let mut other = format!("{key}~{}", identity.1);
        while self.taken.contains_key(&other) {
            other.push('+');
        }
        self.taken.insert(other.clone(), Taken::Known);
        notes.row(at, format!("Another row has the same key; this one goes by {}.", quote(&other)));
        record.id = RecordId::new(feed, &other);
        self.meetings.insert(whole, self.records.len());
        self.meetings.insert(identity, self.records.len());
        self.records.push(record);
    }

    pub(super) fn into_records(self) -> Vec<Record> {
        self.records
    }
}

/// What a record is known by among those of its key: all of it, and what makes it this meeting.
fn told_apart(key: &str, record: &Record) -> ((String, String), (String, String)) {
    let by = |digest: String| (key.to_owned(), digest);
    (by(digest(&[apart_from_time(record)])), by(digest(&identity(record))))
}

/// All of a record but key, time and confirmation: what two rows share that are one meeting on several days.
fn apart_from_time(record: &Record) -> String {
    let rest = Record { id: RecordId::from(""), times: Vec::new(), checked: None, ..record.clone() };
    serde_json::to_string(&rest).unwrap_or_default()
}

/// Name, place and time, and what makes it another meeting all the same: for whom it is, how one takes part, and where
/// one joins. A women's meeting beside an open one of the same name and hour must not vanish.
fn identity(record: &Record) -> Vec<String> {
    let mut parts = vec![text::fold(&record.name.plain)];
    if let Some(place) = &record.place {
        parts.extend([&place.name, &place.street, &place.city].map(|part| text::fold(part)));
    }
    parts.extend(record.times.iter().map(|time| format!("{time:?}")));
    let who: BTreeSet<_> = record.who.iter().map(|term| format!("{term:?}")).collect();
    let joins = record.contacts.iter().filter(|contact| matches!(contact.way, Way::Join | Way::Dial));
    let joins: BTreeSet<_> = joins.map(|contact| format!("{:?} {}", contact.way, contact.value)).collect();
    parts.push(format!("{:?} {who:?} {joins:?}", record.attendance));
    if record.kind() != Kind::Meeting {
        // Two houses of one name, or two services of one agency, are told apart by what they say of themselves.
        parts.push(format!("{:?} {:?} {:?}", record.details, record.contacts, record.summary));
    }
    parts
}

/// Adds the times of a row to its meeting.
fn join(meeting: &mut Record, row: Record) {
    meeting.checked = meeting.checked.max(row.checked);
    for time in row.times {
        let Rule::Weekly { days, weeks, start, minutes } = time.rule else {
            if !meeting.times.contains(&time) {
                meeting.times.push(time);
            }
            continue;
        };
        let same_hour = meeting.times.iter_mut().find_map(|known| match &mut known.rule {
            Rule::Weekly { days, weeks: on, start: at, minutes: long }
                if (&*on, &*at, &*long, &known.zone) == (&weeks, &start, &minutes, &time.zone) =>
            {
                Some(days)
            }
            _ => None,
        });
        match same_hour {
            Some(known) => *known = known.union(days),
            None => meeting.times.push(time),
        }
    }
}
