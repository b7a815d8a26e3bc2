//! What many records share, said once: profiles and timetables.
//!
//! A **profile** is the set of all facet values of a record; a **timetable** is all its times. A directory has a thousand
//! times fewer of them than records. So a question judges each profile and each timetable once, and counts them; what
//! that means for the single values of the facets is worked out afterwards.

use std::collections::HashMap;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use crate::query::{Facet, Value};
use crate::record::{Attendance, Credit, Details, Level, Moud, Record, Way};

/// The tables of one generation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Tables {
    /// The values that records have, as the place of the facet in [`Facet::ALL`] and the key.
    values: Vec<(u8, String)>,
    /// The values of each profile, by their place in `values`.
    profiles: Lists<u32>,
    /// The times of each timetable, packed.
    timetables: Lists<u64>,
    /// Whether a timetable is that of meetings, which one comes to at the start.
    pub(super) of_meetings: Vec<bool>,
    /// The zones that packed times count by their place in this list.
    pub(super) zones: Vec<String>,
    /// The credits that stored records name by their place in this list.
    pub(super) credits: Vec<Credit>,
}

/// Lists of numbers, one after the other.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Lists<T> {
    all: Vec<T>,
    ends: Vec<u32>,
}

impl<T> Lists<T> {
    fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.all.extend(list);
        self.ends.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
    }

    fn get(&self, number: usize) -> &[T] {
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(number)).map(|(start, end)| start as usize..*end as usize);
        range.and_then(|range| self.all.get(range)).unwrap_or_default()
    }

    fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.ends.len()).map(|number| self.get(number))
    }
}

impl Tables {
    /// The values, each as its facet and its key.
    pub(super) fn values(&self) -> impl Iterator<Item = (Facet, &str)> {
        self.values.iter().map(|(facet, key)| (Facet::ALL[usize::from(*facet) % Facet::ALL.len()], key.as_str()))
    }

    /// The profiles, each as the places of its values.
    pub(super) fn profiles(&self) -> impl Iterator<Item = &[u32]> {
        self.profiles.iter()
    }

    /// The values of one profile.
    pub(super) fn profile(&self, number: usize) -> &[u32] {
        self.profiles.get(number)
    }

    /// How many profiles there are.
    pub(super) fn profile_count(&self) -> usize {
        self.profiles.ends.len()
    }

    /// The timetables, each as its packed times.
    pub(super) fn timetables(&self) -> impl Iterator<Item = &[u64]> {
        self.timetables.iter()
    }

    /// How many timetables there are.
    pub(super) fn timetable_count(&self) -> usize {
        self.timetables.ends.len()
    }
}

/// Fills the tables while records come by.
#[derive(Default)]
pub(super) struct Filling {
    tables: Tables,
    values: HashMap<Value, u32>,
    profiles: HashMap<Vec<u32>, u32>,
    timetables: HashMap<(bool, Vec<u64>), u32>,
    zones: HashMap<String, u32>,
    credits: HashMap<Credit, u32>,
}

impl Filling {
    /// The tables, full.
    pub(super) fn finish(self) -> Tables {
        self.tables
    }

    /// The number of the record's profile.
    pub(super) fn profile(&mut self, record: &Record) -> u32 {
        let mut values: Vec<u32> = values_of(record).into_iter().map(|value| self.value(value)).collect();
        values.sort_unstable();
        values.dedup();
        let profiles = &mut self.tables.profiles;
        number(&mut self.profiles, values, |values| profiles.push(values.iter().copied()))
    }

    fn value(&mut self, value: Value) -> u32 {
        let values = &mut self.tables.values;
        number(&mut self.values, value, |value| {
            let facet = Facet::ALL.iter().position(|facet| *facet == value.facet).unwrap_or(0);
            values.push((u8::try_from(facet).unwrap_or(0), value.key.clone()));
        })
    }

    /// The number of the record's timetable. What is suspended has no times.
    pub(super) fn timetable(&mut self, record: &Record) -> u32 {
        let mut times = Vec::new();
        if record.attendance != Some(Attendance::Suspended) {
            for time in &record.times {
                let zones = &mut self.tables.zones;
                let zone = number(&mut self.zones, time.zone.clone(), |zone| zones.push(zone.clone()));
                // A zone beyond the 65,536th would be another's; a directory has a dozen.
                times.push(u64::from(time.pack(u16::try_from(zone).unwrap_or(u16::MAX))));
            }
        }
        times.sort_unstable();
        times.dedup();
        let meeting = matches!(record.details, Details::Meeting(_));
        let Tables { timetables, of_meetings, .. } = &mut self.tables;
        number(&mut self.timetables, (meeting, times), |(meeting, times)| {
            timetables.push(times.iter().copied());
            of_meetings.push(*meeting);
        })
    }

    /// The number of a credit, which a record shares with its whole feed.
    pub(super) fn credit(&mut self, credit: &Credit) -> u32 {
        let credits = &mut self.tables.credits;
        number(&mut self.credits, credit.clone(), |credit| credits.push(credit.clone()))
    }
}

/// The number of a thing in a table that grows; a new one is handed to `add`.
fn number<T: Eq + Hash>(numbers: &mut HashMap<T, u32>, thing: T, add: impl FnOnce(&T)) -> u32 {
    if let Some(number) = numbers.get(&thing) {
        return *number;
    }
    add(&thing);
    let number = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    numbers.insert(thing, number);
    number
}

/// All facet values of a record but those of its times, and its distance.
pub(super) fn values_of(record: &Record) -> Vec<Value> {
    let mut values = vec![Value::new(Facet::Kind, record.kind().word())];
    let mut add = |facet, key: &str| values.push(Value::new(facet, key));
    for door in record.doors() {
        add(Facet::Door, door.word());
    }
    for how in how(record) {
        add(Facet::How, how.word());
    }
    for who in &record.who {
        add(Facet::Who, who.as_str());
    }
    for language in &record.languages {
        add(Facet::Language, language);
    }
    for access in &record.access {
        add(Facet::Access, access.as_str());
    }
    for pathway in &record.pathways {
        add(Facet::Pathway, pathway.word());
    }
    if let Some(fellowship) = &record.fellowship {
        add(Facet::Fellowship, fellowship);
    }
    match &record.details {
        Details::Meeting(meeting) => {
            if let Some(open) = meeting.open {
                add(Facet::Open, open.word());
            }
            for style in &meeting.style {
                add(Facet::Style, style.as_str());
            }
        }
        Details::Housing(home) => {
            let free = home.beds.is_some_and(|beds| beds.free > 0);
            let medication = home.moud.is_some_and(|moud| moud != Moud::No);
            let facts = [(medication, "moud"), (home.children == Some(true), "children"), (free, "beds")];
            for (_, key) in facts.into_iter().filter(|(holds, _)| *holds) {
                add(Facet::Housing, key);
            }
            if let Some(level) = home.level {
                add(Facet::Housing, level_word(level));
            }
        }
        _ => {}
    }
    values
}

/// The ways to take part, each by itself: a hybrid meeting is one in person and one online.
fn how(record: &Record) -> Vec<Attendance> {
    let mut how = match record.attendance {
        None => Vec::new(),
        Some(Attendance::Hybrid) => vec![Attendance::InPerson, Attendance::Online],
        Some(one) => vec![one],
    };
    // Who can dial in takes part by telephone, whatever else there is.
    let online = how.contains(&Attendance::Online);
    if online && record.contacts.iter().any(|contact| contact.way == Way::Dial) {
        how.push(Attendance::Phone);
    }
    how
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::PeerRun => "level-1",
        Level::Monitored => "level-2",
        Level::Supervised => "level-3",
        Level::Clinical => "level-4",
    }
}
