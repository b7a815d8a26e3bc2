//! What many records share, said once: profiles and timetables.
//!
//! A **profile** is the set of all facet values of a record; a **timetable** is all its times. A directory has a thousand
//! times fewer of them than records. So a question judges each profile and each timetable once, and counts them; what
//! that means for the single values of the facets is worked out afterwards.

use std::hash::Hash;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::query::Facet;
use crate::record::{Attendance, Credit, Details, Level, Moud, Record, Said, Way};
use crate::schedule::Dates;

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
    pub(super) credits: Vec<Arc<Credit>>,
    /// The timetables of what staff close for a time, by number, with the days on which it is closed. What is closed on
    /// the same days shares a timetable, and shares it with nothing else.
    pub(super) closings: Vec<(u32, Vec<Dates>)>,
    /// The records that staff hide, by number, and when.
    pub(super) hidden: Vec<(u32, Dates)>,
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

    /// The packed times of one timetable.
    pub(super) fn timetable(&self, number: usize) -> &[u64] {
        self.timetables.get(number)
    }

    /// The records that are hidden on a day, in order.
    pub(super) fn hidden_on(&self, day: Date) -> Vec<u32> {
        let hidden = self.hidden.iter().filter(|(_, dates)| dates.hold(day));
        let mut hidden: Vec<u32> = hidden.map(|(record, _)| *record).collect();
        hidden.dedup();
        hidden
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
    /// For each facet, by key.
    values: [FxHashMap<String, u32>; Facet::ALL.len()],
    profiles: FxHashMap<Vec<u32>, u32>,
    timetables: FxHashMap<(bool, Vec<u64>, Vec<Dates>), u32>,
    zones: FxHashMap<String, u32>,
}

impl Filling {
    /// The tables, full.
    pub(super) fn finish(self) -> Tables {
        self.tables
    }

    /// The number of the record's profile.
    pub(super) fn profile(&mut self, record: &Record) -> u32 {
        let mut values = Vec::with_capacity(16);
        each_value(record, |facet, key| values.push(self.value(facet, key)));
        values.sort_unstable();
        values.dedup();
        let profiles = &mut self.tables.profiles;
        number(&mut self.profiles, values, |values| profiles.push(values.iter().copied()))
    }

    fn value(&mut self, facet: Facet, key: &str) -> u32 {
        let place = Facet::ALL.iter().position(|other| *other == facet).unwrap_or(0);
        let of_facet = &mut self.values[place];
        if let Some(number) = of_facet.get(key) {
            return *number;
        }
        let number = u32::try_from(self.tables.values.len()).unwrap_or(u32::MAX);
        self.tables.values.push((u8::try_from(place).unwrap_or(0), key.to_owned()));
        of_facet.insert(key.to_owned(), number);
        number
    }

    /// The number of the record's timetable. What is suspended has no times.
    pub(super) fn timetable(&mut self, record: &Record) -> u32 {
        let mut times = Vec::new();
        if record.attendance != Some(Attendance::Suspended) {
            for time in &record.times {
                let zones = &mut self.tables.zones;
                let zone = match self.zones.get(&time.zone) {
                    Some(zone) => *zone,
                    None => number(&mut self.zones, time.zone.clone(), |zone| zones.push(zone.clone())),
                };
                // A zone beyond the 65,536th would be another's; a directory has a dozen.
                times.push(u64::from(time.pack(u16::try_from(zone).unwrap_or(u16::MAX))));
            }
        }
        times.sort_unstable();
        times.dedup();
        let meeting = matches!(record.details, Details::Meeting(_));
        let mut closed: Vec<Dates> = record.closings().collect();
        closed.sort_unstable();
        closed.dedup();
        let Tables { timetables, of_meetings, closings, .. } = &mut self.tables;
        number(&mut self.timetables, (meeting, times, closed), |(meeting, times, closed)| {
            if !closed.is_empty() {
                closings.push((u32::try_from(of_meetings.len()).unwrap_or(u32::MAX), closed.clone()));
            }
            timetables.push(times.iter().copied());
            of_meetings.push(*meeting);
        })
    }

    /// Notes when the record of this number is hidden. Records come in the order of their numbers.
    pub(super) fn hide(&mut self, number: u32, record: &Record) {
        let hidden = record.desk.iter().filter(|remark| remark.what == Said::Hidden);
        self.tables.hidden.extend(hidden.map(|remark| (number, remark.dates)));
    }
}

/// The number of a thing in a table that grows; a new one is handed to `add`.
fn number<T: Eq + Hash>(numbers: &mut FxHashMap<T, u32>, thing: T, add: impl FnOnce(&T)) -> u32 {
    if let Some(number) = numbers.get(&thing) {
        return *number;
    }
    add(&thing);
    let number = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    numbers.insert(thing, number);
    number
}

/// Hands out all facet values of a record but those of its times, and its distance.
fn each_value(record: &Record, mut add: impl FnMut(Facet, &str)) {
    add(Facet::Kind, record.kind().word());
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
