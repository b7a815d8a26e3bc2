//! What every kind of record has, and the defaults of a file.

use std::sync::Arc;

use jiff::civil::Date;

use super::fields::{Context, NAME, line, lines, optional, summary};
use super::{contact, details, place, places, times};
use crate::record::{Attendance, Credit, Kind, Pathway, Place, Record, RecordId, Term, Text};
use crate::schedule::{self, Recurrence};
use crate::strict::{Table, Value};
use crate::text;
use crate::vocabulary::Group;

/// What stands in for what a record lacks.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    timezone: Option<String>,
    credit: Arc<Credit>,
    checked: Option<Date>,
    sample: bool,
    languages: Vec<String>,
    place: Place,
}

impl Defaults {
    /// What the feeds file says of the feed.
    pub(super) fn of_feed(context: &Context<'_>) -> Self {
        Self {
            timezone: context.feed.timezone.as_deref().and_then(schedule::zone_name),
            credit: context.feed.thanks(),
            ..Self::default()
        }
    }

    /// The table `[defaults]`, over what the feeds file says.
    pub(super) fn read(table: &mut Table<'_>, context: &Context<'_>) -> Self {
        let feed = Self::of_feed(context);
        let defaults = Self {
            timezone: timezone(table, &feed),
            credit: credit(table, &feed),
            checked: table.get("checked").and_then(|value| value.date()),
            sample: table.get("sample").and_then(|value| value.truth()).unwrap_or(false),
            languages: languages(table, context),
            place: read_place(table).unwrap_or_default(),
        };
        table.finish();
        defaults
    }
}

/// Reads a record with its key. Nothing, when it lacks what it cannot be without; then that is noted.
pub(super) fn read(
    kind: Kind,
    table: &mut Table<'_>,
    context: &Context<'_>,
    defaults: &Defaults,
) -> Option<(String, Record)> {
    let key = table.need("key").and_then(|value| key(&value));
    let name = table.need("name").and_then(|value| line(&value, NAME));
    let name_es = table.get("name_es").and_then(|value| line(&value, NAME));
    let details = details::read(kind, table, context);
    let mut record = Record::new(RecordId::from(""), "", details);
    record.also = lines(table, "also");
    record.summary = summary(table);
    record.place = read_place(table).map(|own| places::merge(own, &defaults.place).into());
    record.contacts = contact::read(table);
    record.times = read_times(kind, table, defaults);
    record.who = terms(table, "who", Group::Who, context);
    record.access = terms(table, "access", Group::Access, context);
    record.languages = languages(table, context);
    if record.languages.is_empty() {
        record.languages.clone_from(&defaults.languages);
    }
    (record.fellowship, record.pathways) = fellowship_and_pathways(kind, table, context);
    record.attendance = table.get("attendance").and_then(|value| value.choice(Attendance::ALL.map(|a| (a.word(), a))));
    if kind == Kind::Meeting && record.attendance.is_none() {
        record.attendance = places::apparent(record.place.as_deref(), &record.contacts);
    }
    record.checked = table.get("checked").and_then(|value| value.date()).or(defaults.checked);
    record.sample = table.get("sample").and_then(|value| value.truth()).unwrap_or(defaults.sample);
    record.credit = credit(table, defaults);
    table.finish();
    let key = key?;
    record.id = RecordId::new(&context.feed.name, &key);
    record.name = Text { plain: name?, es: name_es };
    Some((key, record))
}

fn read_place(table: &mut Table<'_>) -> Option<Place> {
    table.get("place")?.table().map(|mut table| place::read(&mut table))
}

fn key(value: &Value<'_>) -> Option<String> {
    let key = value.words()?;
    let sound = key.len() <= 100 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !sound {
        value.wrong("at most 100 letters, digits, - and _");
    }
    sound.then(|| key.to_owned())
}

fn credit(table: &mut Table<'_>, defaults: &Defaults) -> Arc<Credit> {
    let (line, licence) = (optional(table, "credit"), optional(table, "licence"));
    defaults.credit.or(line, licence)
}

fn timezone(table: &mut Table<'_>, defaults: &Defaults) -> Option<String> {
    let Some(value) = table.get("timezone") else { return defaults.timezone.clone() };
    let zone = schedule::zone_name(value.words()?);
    if zone.is_none() {
        value.wrong("the name of a zone such as America/New_York");
    }
    zone
}

fn read_times(kind: Kind, table: &mut Table<'_>, defaults: &Defaults) -> Vec<Recurrence> {
    let zone = timezone(table, defaults);
    let mut found = Vec::new();
    for value in table.get("times").map(|value| value.one_or_more()).unwrap_or_default() {
        let Some(written) = value.words() else { continue };
        let time = match times::read(written, kind == Kind::Meeting) {
            Ok(time) => time,
            Err(why) => {
                value.note(&format!("`times` \"{}\" {}", text::clean(written, 60), text::clean(&why, 200)));
                continue;
            }
        };
        if time.end_dropped {
            value.wrong("at most three hours long for a meeting (the start is kept, the end is not)");
        }
        match times::in_zone(time.rule, zone.as_deref()) {
            Some(time) => found.push(time),
            None => value.note(
                "`times` stand here without a `timezone`, and were left out; the record or the feed must name one",
            ),
        }
    }
    found
}

fn terms(table: &mut Table<'_>, key: &'static str, group: Group, context: &Context<'_>) -> Vec<Term> {
    let values = table.get(key).map(|value| value.one_or_more()).unwrap_or_default();
    values.iter().filter_map(|value| term(value, group, context)).collect()
}

/// A term of a group.
pub(super) fn term(value: &Value<'_>, group: Group, context: &Context<'_>) -> Option<Term> {
    let known = context.vocabulary.terms.iter().filter(|(_, entry)| entry.group == group);
    value.choice(known.map(|(key, _)| (key.as_str(), Term::new(key.as_str()))))
}

fn languages(table: &mut Table<'_>, context: &Context<'_>) -> Vec<String> {
    let terms = terms(table, "languages", Group::Language, context);
    terms.iter().map(|term| term.as_str().to_owned()).collect()
}

fn fellowship_and_pathways(kind: Kind, table: &mut Table<'_>, context: &Context<'_>) -> (Option<String>, Vec<Pathway>) {
    let known = &context.vocabulary.fellowships;
    let fellowship = match table.get("fellowship") {
        Some(value) => value.choice(known.keys().map(|key| (key.as_str(), key.clone()))),
        None if kind == Kind::Meeting => context.feed.fellowship.clone().filter(|key| known.contains_key(key)),
        None => None,
    };
    let words = Pathway::ALL.map(|pathway| (pathway.word(), pathway));
    let pathways = match table.get("pathways") {
        Some(value) => value.one_or_more().iter().filter_map(|value| value.choice(words)).collect(),
        None => {
            fellowship.as_ref().and_then(|key| known.get(key)).map(|entry| entry.pathways.clone()).unwrap_or_default()
        }
    };
    (fellowship, pathways)
}
