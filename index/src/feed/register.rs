//! Records by key, and what happens when two rows have the same one.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
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
    /// Whether each that was settled became one with another.
    gone: Vec<bool>,
    /// The marks of their rows, and of the rows that have others' keys.
    marks: Vec<Option<u64>>,
    clashing: Vec<u64>,
    /// Every key that is taken, by the number of the record that has it: so that no key is kept twice. Most rows are the
    /// only one of theirs, so what tells a meeting from others under its key is only worked out when another comes.
    taken: HashTable<Taken>,
    quick: DefaultHashBuilder,
    /// Keys as rows write them, each with digests of the meetings that came under it.
    meetings: BTreeMap<(String, String), usize>,
    pub(super) joined: usize,
}

/// By whom a key is taken.
#[derive(Clone, Copy)]
struct Taken {
    by: usize,
    /// It is the only one so far whose row wrote this key.
    alone: bool,
}

impl Register {
    /// One of all these records, each of which is still to be settled. They are large and should not have to move.
    pub(super) fn over(records: Vec<Record>) -> Self {
        let taken = HashTable::with_capacity(records.len());
        Self { gone: Vec::with_capacity(records.len()), records, taken, ..Self::default() }
    }

    /// Takes a record, and settles it.
    pub(super) fn add(&mut self, at: &At, record: Record, notes: &mut Notes<'_>) {
        self.records.push(record);
        self.settle(|_| at.clone(), None, notes);
    }

    /// The record that is to be settled next.
    pub(super) fn next(&mut self) -> Option<&mut Record> {
        self.records.get_mut(self.gone.len())
    }

    /// Settles the next record under its key. A row that is the same meeting as an earlier one of this key becomes one
    /// with it (perhaps on another day); another meeting gets a key of its own. The mark, if there is one, stands for the
    /// row; `at` says where that is, where there is something to be said.
    pub(super) fn settle(&mut self, at: impl FnOnce(&Record) -> At, mark: Option<u64>, notes: &mut Notes<'_>) {
        let Self { records, gone, marks, clashing, taken, quick, meetings, joined } = self;
        let by = gone.len();
        gone.push(false);
        marks.push(mark);
        let (before, rest) = records.split_at_mut(by);
        let Some(record) = rest.first_mut() else { return };
        let hash = |id: &RecordId| quick.hash_one(id.as_str());
        let has = |taken: &Taken, id: &RecordId| before.get(taken.by).is_some_and(|known| known.id == *id);
        let rehash = |taken: &Taken| before.get(taken.by).map_or(0, |known| hash(&known.id));
        let Some(taken_by) = taken.find_mut(hash(&record.id), |taken| has(taken, &record.id)) else {
            taken.insert_unique(hash(&record.id), Taken { by, alone: true }, rehash);
            return;
        };
        let at = &at(record);
        clashing.extend([by, taken_by.by].into_iter().filter_map(|row| marks.get_mut(row)?.take()));
        let is_first_other = std::mem::replace(&mut taken_by.alone, false);
        if is_first_other && let Some(meeting) = before.get(taken_by.by) {
            let (whole, identity) = told_apart(record.id.key(), meeting);
            meetings.insert(whole, taken_by.by);
            meetings.insert(identity, taken_by.by);
        }
        let (whole, identity) = told_apart(record.id.key(), record);
        let same = meetings.get(&whole).copied();
        let nearly = meetings.get(&identity).copied();
        if let Some(index) = same.or(nearly) {
            if same.is_none() {
                notes.row(
                    at,
                    "Two rows have this key, place and time, but differ in small things; the first one is shown.",
                );
            }
            meetings.entry(whole).or_insert(index);
            meetings.entry(identity).or_insert(index);
            *joined += 1;
            if let (Some(meeting), Some(is_gone)) = (before.get_mut(index), gone.last_mut()) {
                join(meeting, record);
                *is_gone = true;
            }
            return;
        }
        let mut other = RecordId::new(record.id.feed(), &format!("{}~{}", record.id.key(), identity.1));
        while taken.find(hash(&other), |taken| has(taken, &other)).is_some() {
            other = RecordId::new(other.feed(), &format!("{}+", other.key()));
        }
        taken.insert_unique(hash(&other), Taken { by, alone: false }, rehash);
        notes.row(at, format!("Another row has the same key; this one goes by {}.", quote(other.key())));
        record.id = other;
        meetings.insert(whole, by);
        meetings.insert(identity, by);
    }

    pub(super) fn into_records(self) -> Vec<Record> {
        self.into_marked().records
    }

    pub(super) fn into_marked(self) -> Marked {
        let Self { mut records, mut marks, gone, clashing, joined, .. } = self;
        if joined > 0 {
            let mut stays = gone.iter().map(|is_gone| !is_gone);
            records.retain(|_| stays.next().unwrap_or(true));
            let mut stays = gone.iter().map(|is_gone| !is_gone);
            marks.retain(|_| stays.next().unwrap_or(true));
        }
        Marked { records, marks, clashing }
    }
}

/// Records by key, with the marks of their rows.
pub(super) struct Marked {
    pub(super) records: Vec<Record>,
    /// Of each the mark of its row, where it has one and no other row its key.
    pub(super) marks: Vec<Option<u64>>,
    /// The marks of the rows that have others' keys.
    pub(super) clashing: Vec<u64>,
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
fn join(meeting: &mut Record, row: &mut Record) {
    meeting.checked = meeting.checked.max(row.checked);
    for time in std::mem::take(&mut row.times) {
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
