//! From a row to a record: what every kind has.

use std::sync::Arc;

use super::mapping::PRIVACY;
use super::row::{Columns, Flag, Row};
use super::words::{self, Terms};
use super::{LINE, Mapping, NAME, PAGE, contacts, details, place, terms, when};
use crate::feed::{Feed, keys, places, zones};
use crate::record::{Attendance, Contact, Credit, Details, Kind, Pathway, Place, Record, RecordId, Term, Text, Way};
use crate::text;
use crate::vocabulary::{Group, Vocabulary};

/// What all rows of a file have in common.
pub(super) struct Reader<'a> {
    feed: &'a Feed,
    kind: Kind,
    zone: Option<String>,
    vocabulary: &'a Vocabulary,
    terms: Terms<'a>,
    /// Words for fellowships, each with its key.
    fellowships: Vec<(String, String)>,
    /// The place that stands in.
    standing: Place,
    /// Whom the feed as a whole thanks.
    credit: Arc<Credit>,
    has_key: bool,
    /// The file has flags that say what must not be shown.
    has_privacy: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(feed: &'a Feed, mapping: &'a Mapping, columns: &'a Columns, vocabulary: &'a Vocabulary) -> Self {
        let known = vocabulary.fellowships.iter();
        let fellowships = known.flat_map(|(key, fellowship)| {
            let words = [key, &fellowship.short, &fellowship.name.plain];
            words.map(|word| (words::joined(word), key.clone()))
        });
        Self {
            feed,
            kind: mapping.kind,
            zone: feed.timezone.as_deref().and_then(zones::name),
            vocabulary,
            terms: Terms::new(vocabulary),
            fellowships: fellowships.filter(|(word, _)| !word.is_empty()).collect(),
            credit: feed.thanks(),
            standing: place::standing(&mut Row::of_defaults(mapping, columns)),
            has_key: columns.has("key"),
            has_privacy: PRIVACY.iter().any(|field| mapping.columns.contains_key(field)),
        }
    }

    /// The key and the record of a row, or why there is none.
    pub(super) fn read(&self, row: &mut Row<'_>) -> Result<(String, Record), String> {
        if row.is_shifted() && self.has_privacy {
            let why = "Its cells do not stand under their headers, so that nobody knows what of it may be shown.";
            return Err(format!("{why} It was left out."));
        }
        if row.flags("left_out").iter().any(|flag| *flag != Flag::No) {
            return Err("The file says that this row must not be listed. It was left out.".to_owned());
        }
        let name = row.line("name", NAME);
        if !name.chars().any(char::is_alphanumeric) {
            return Err("It has no name. It was left out.".to_owned());
        }
        let mut record = Record::new(RecordId::from(""), name, details::read(row, self.kind, &self.terms));
        record.name.es = Some(row.line("name_es", NAME)).filter(|name| !name.is_empty());
        record.also = row.lines("also", NAME);
        record.contacts = contacts::read(row, self.kind);
        self.place_and_attendance(row, &mut record);
        let zone = self.zone(row);
        let when = when::read(row, self.kind, zone.as_deref());
        record.times = when.times;
        record.summary = summary(row, &when.words);
        record.who = terms(row, "who", Group::Who, &self.terms);
        record.access = terms(row, "access", Group::Access, &self.terms);
        let languages = terms(row, "languages", Group::Language, &self.terms);
        record.languages = languages.iter().map(|term| term.as_str().to_owned()).collect();
        self.keep_what_can_be(&mut record);
        self.fellowship_and_pathways(row, &mut record);
        record.checked = row.first("checked", words::date);
        record.sample = row.first("sample", words::truth).unwrap_or(false);
        record.credit = self.credit(row);
        let key = self.key(row, &record);
        record.id = RecordId::new(&self.feed.name, &key);
        Ok((key, record))
    }

    fn place_and_attendance(&self, row: &mut Row<'_>, record: &mut Record) {
        let flag = row.flags("private_address").into_iter().max().unwrap_or(Flag::No);
        let own = place::own(row, flag);
        let given = row.first("attendance", words::attendance);
        let virtual_only = given.map_or_else(
            || self.kind == Kind::Meeting && record.contacts.iter().any(is_a_way_in),
            |attendance| !attendance.has_place(),
        );
        record.place = place::with_defaults(&own, &self.standing, virtual_only).map(Box::new);
        record.attendance = given;
        if self.kind == Kind::Meeting && given.is_none() {
            record.attendance = places::apparent(record.place.as_deref(), &record.contacts);
        }
        let in_no_room = record.attendance.is_some_and(|attendance| !attendance.has_place());
        if let Some(place) = record.place.as_mut().filter(|_| in_no_room && self.kind == Kind::Meeting) {
            place.point = None;
        }
    }

    /// What can only be true in a room is left out where there is none.
    fn keep_what_can_be(&self, record: &mut Record) {
        if record.attendance.is_none_or(Attendance::has_place) {
            return;
        }
        let can_be = |term: &Term| !self.vocabulary.terms.get(term.as_str()).is_some_and(|entry| entry.in_person_only);
        record.access.retain(can_be);
        if let Details::Meeting(meeting) = &mut record.details {
            meeting.style.retain(can_be);
        }
    }

    fn zone(&self, row: &mut Row<'_>) -> Option<String> {
        let Some(said) = row.said("timezone").into_iter().next() else { return self.zone.clone() };
        let zone = zones::name(&said.text);
        if zone.is_none() {
            row.fault(&said, "it must be the name of a time zone such as America/New_York");
        }
        zone
    }

    fn fellowship_and_pathways(&self, row: &mut Row<'_>, record: &mut Record) {
        let words = || self.fellowships.iter().map(|(word, key)| (word.as_str(), key)).collect::<Vec<_>>();
        let named = row.first("fellowship", |written| words::choice(written, &words()).cloned());
        let of_feed = || self.feed.fellowship.clone().filter(|_| self.kind == Kind::Meeting);
        record.fellowship = named.or_else(of_feed).filter(|key| self.vocabulary.fellowships.contains_key(key));
        for said in row.parts("pathways") {
            match words::choice(&said.text, &Pathway::ALL.map(|pathway| (pathway.word(), pathway))) {
                Ok(pathway) if !record.pathways.contains(&pathway) => record.pathways.push(pathway),
                Ok(_) => {}
                Err(must) => row.fault(&said, &must),
            }
        }
        let fellowship = record.fellowship.as_ref().and_then(|key| self.vocabulary.fellowships.get(key));
        if let Some(fellowship) = fellowship.filter(|_| record.pathways.is_empty()) {
            record.pathways.clone_from(&fellowship.pathways);
        }
    }

    fn credit(&self, row: &mut Row<'_>) -> Arc<Credit> {
        self.credit.or(row.line("credit", LINE), row.line("licence", LINE))
    }

    /// The row's own key, or one made from name, place and time, and of a publication from its numbers as well.
    fn key(&self, row: &mut Row<'_>, record: &Record) -> String {
        let own = row.said("key").into_iter().next().and_then(|said| keys::own(&said.text));
        if let Some(key) = own {
            return key;
        }
        if self.has_key {
            row.note("It has no key of its own; one was made from name, place and time.");
        }
        let mut parts = vec![text::fold(&record.name.plain)];
        if let Some(place) = &record.place {
            parts.extend([&place.name, &place.street, &place.city, &place.postal_code].map(|part| text::fold(part)));
            // Lists without streets have several doors of one name in a town.
            let point = place.point.filter(|_| place.street.is_empty());
            parts.extend(point.map(|point| format!("{:.4} {:.4}", point.latitude, point.longitude)));
        }
        parts.extend(record.times.iter().map(|time| format!("{time:?}")));
        if let Details::Publication(publication) = &record.details {
            parts.push(format!("{:?} {:?} {:?}", publication.ids, publication.year, publication.format));
        }
        keys::made(&record.name.plain, &parts)
    }
}

fn is_a_way_in(contact: &Contact) -> bool {
    matches!(contact.way, Way::Join | Way::Dial)
}

/// What it is, and the opening hours that are only words.
fn summary(row: &mut Row<'_>, hours: &str) -> Text {
    let mut plain = row.paragraphs("summary", PAGE);
    if !hours.is_empty() {
        let hours = format!("Hours: {hours}");
        plain = if plain.is_empty() { hours } else { format!("{plain}\n{hours}") };
    }
    Text { plain, es: Some(row.paragraphs("summary_es", PAGE)).filter(|text| !text.is_empty()) }
}
