//! When two listings are one: what would make them twins, and what forbids it.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::record::{Attendance, Details, Kind, Record, Way};
use crate::schedule::Recurrence;
use crate::text;

/// What twins have in common: kind, name, times.
pub(super) type TwinKey = (Kind, String, Vec<String>);

/// Under what a twin would be found. Pages and publications have no twins in other feeds, what is invented is nobody's
/// twin, and a meeting without times says too little.
pub(super) fn twin_key(record: &Record) -> Option<TwinKey> {
    let listed = match record.details {
        Details::Topic(_) | Details::Publication(_) => false,
        Details::Meeting(_) => !record.times.is_empty(),
        _ => true,
    };
    let name = text::joined_words(&record.name.plain);
    let mut times: Vec<String> = record.times.iter().map(spelled).collect();
    times.sort_unstable();
    (listed && !record.sample && !name.is_empty()).then(|| (record.kind(), name, times))
}

/// A number that two records of one kind and name have in common.
pub(super) fn name_mark(record: &Record) -> u64 {
    let mut mark = DefaultHasher::new();
    record.kind().hash(&mut mark);
    text::each_word(&record.name.plain, |word| word.hash(&mut mark));
    mark.finish()
}

/// A time without its length, which one list knows and another does not.
fn spelled(time: &Recurrence) -> String {
    use crate::schedule::Rule::{ByAppointment, Open, RoundTheClock, Weekly};
    let zone = &time.zone;
    match time.rule {
        Weekly { days, weeks, start, .. } => format!("weekly {days:?} {weeks:?} {start} {zone}"),
        Open { days, weeks, from, until } => format!("open {days:?} {weeks:?} {from} {until} {zone}"),
        RoundTheClock => "always".to_owned(),
        ByAppointment => "by appointment".to_owned(),
    }
}

/// Whether two records of one [`TwinKey`] are evidently one and the same: some evidence, and nothing against it.
pub(super) fn are_twins(one: &Record, other: &Record) -> bool {
    same_place(one, other) && !conflict(one, other)
}

/// Whether two records of one [`TwinKey`] are enough alike that somebody should look.
pub(super) fn look_alike(one: &Record, other: &Record) -> bool {
    same_place(one, other) || (city(one).is_some() && city(one) == city(other))
}

/// What a record may share with those it looks like: street, ways, town. Two without a common mark neither are twins nor
/// look alike.
pub(super) fn marks(record: &Record) -> Vec<String> {
    let street = street(record).map(|(street, city)| format!("street {street}, {city}"));
    let ways = ways(record).into_iter().map(|way| format!("way {way}"));
    let city = city(record).map(|city| format!("town {city}"));
    let mut marks: Vec<String> = street.into_iter().chain(ways).chain(city).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Same street, or where one has none, a way to take part or to call that both have.
fn same_place(one: &Record, other: &Record) -> bool {
    if let (Some(one), Some(other)) = (street(one), street(other)) {
        return one == other;
    }
    let known = ways(one);
    ways(other).iter().any(|way| known.contains(way))
}

/// What tells two listings apart, whatever else they share. Of two fellowships that meet under one name in one room at
/// one hour, neither may vanish.
fn conflict(one: &Record, other: &Record) -> bool {
    let who = |record: &Record| {
        let mut who = record.who.clone();
        who.sort_unstable();
        who.dedup();
        who
    };
    differ(one.fellowship.as_ref(), other.fellowship.as_ref())
        || differ(city(one).as_ref(), city(other).as_ref())
        || differ(state(one).as_ref(), state(other).as_ref())
        || apart(one.attendance, other.attendance)
        || who(one) != who(other)
}

/// Both are known, and not the same.
fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.is_some() && other.is_some() && one != other
}

/// One is only in the room, the other only outside it.
fn apart(one: Option<Attendance>, other: Option<Attendance>) -> bool {
    let far = |attendance| matches!(attendance, Some(Attendance::Online | Attendance::Phone));
    let near = |attendance| attendance == Some(Attendance::InPerson);
    (far(one) && near(other)) || (near(one) && far(other))
}

fn city(record: &Record) -> Option<String> {
    record.place.as_ref().map(|place| text::joined_words(&place.city)).filter(|city| !city.is_empty())
}

fn state(record: &Record) -> Option<String> {
    record.place.as_ref().map(|place| text::joined_words(&place.state)).filter(|state| !state.is_empty())
}

/// Street and town; a street without its town says too little.
fn street(record: &Record) -> Option<(String, String)> {
    let street =
        record.place.as_ref().map(|place| text::joined_words(&place.street)).filter(|street| !street.is_empty())?;
    Some((street, city(record)?))
}

/// The rooms on the internet and telephone numbers by which a record is known. The number of a meeting is mostly that
/// of its whole fellowship or area, and proves nothing.
fn ways(record: &Record) -> Vec<String> {
    let meeting = record.kind() == Kind::Meeting;
    let ways = record.contacts.iter().filter_map(|contact| match contact.way {
        Way::Phone if !meeting => Some(contact.value.chars().filter(char::is_ascii_digit).collect::<String>()),
        Way::Join => Some(contact.value.clone()),
        _ => None,
    });
    ways.filter(|way| way.len() >= 7).collect()
}
