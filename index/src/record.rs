//! What the directory holds: one plain value per listing, of six kinds.
//!
//! A record says only what its source said. What is not known is absent (`None`, an empty list), never guessed.
//! Every string in a record has been through [`crate::text::clean`]: it holds no byte that a terminal would act on.

use std::borrow::Borrow;
use std::fmt;
use std::iter;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::schedule::{Occurrence, Recurrence, Rule};

mod desk;
mod details;
mod words;

pub use desk::{DESK, Remark, Said};
pub use details::{
    Beds, Details, Level, Meeting, Moud, Openness, Organization, OrganizationSort, Publication, Residence, SeeAlso,
    Service, ServiceSort, Topic,
};
pub use words::{Attendance, Door, Kind, Pathway, Way};

/// The stable name of a record: `feed:key`, the key being the feed's own or one made from name, place and time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordId(String);

impl RecordId {
    /// Names the record `key` of the feed `feed`.
    pub fn new(feed: &str, key: &str) -> Self {
        Self(format!("{feed}:{key}"))
    }

    /// The name as it is shown in reports and asked for: `feed:key`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The feed that the record came from.
    pub fn feed(&self) -> &str {
        self.0.split_once(':').map_or("", |(feed, _)| feed)
    }

    /// The key by which that feed knows it.
    pub fn key(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, key)| key)
    }
}

impl From<&str> for RecordId {
    fn from(whole: &str) -> Self {
        Self(whole.to_owned())
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A text as its source wrote it, with a Spanish version where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// In the language of its source, mostly English.
    pub plain: String,
    /// In Spanish, when the source has it.
    pub es: Option<String>,
}

impl Text {
    /// A text without a Spanish version.
    pub fn new(plain: impl Into<String>) -> Self {
        Self { plain: plain.into(), es: None }
    }

    /// Whether the source said nothing.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// The version for a reader of `language` (`"es"`), else the source's own.
    pub fn for_reader(&self, language: &str) -> &str {
        match &self.es {
            Some(es) if language == "es" => es,
            _ => &self.plain,
        }
    }
}

/// The key of one of our own terms (`women`, `wheelchair`, `candlelight`), whose labels stand in the
/// [`Vocabulary`](crate::vocabulary::Vocabulary). Codes of feeds are translated to terms by the importer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Term(String);

impl Term {
    /// The term of this key.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// Its key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A point on the earth, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Latitude in degrees, north positive.
    pub latitude: f64,
    /// Longitude in degrees, east positive.
    pub longitude: f64,
}

/// Where it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The building or venue.
    pub name: String,
    /// Street and number. Empty when withheld or unknown.
    pub street: String,
    /// City or town.
    pub city: String,
    /// Neighbourhood, district or region, from general to specific.
    pub regions: Vec<String>,
    /// State or province, as written.
    pub state: String,
    /// ZIP or postal code.
    pub postal_code: String,
    /// Country, as written.
    pub country: String,
    /// Where on the map. Absent when unknown or known to be false.
    pub point: Option<Point>,
    /// The point is a town or an area, not an address.
    pub approximate: bool,
    /// The address is kept private on purpose (many residences): "ask when you call".
    pub withheld: bool,
    /// How to find the door.
    pub notes: String,
    /// Counties or areas served, for organizations and services without walls.
    pub serves: Vec<String>,
}

/// One way to reach somebody, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// By what means.
    pub way: Way,
    /// The number, address or words, as a person would copy them.
    pub value: String,
    /// What to know before using it (a password, "press 2 for Spanish").
    pub note: String,
}

impl Contact {
    /// A contact without a note.
    pub fn new(way: Way, value: impl Into<String>) -> Self {
        Self { way, value: value.into(), note: String::new() }
    }
}

/// Who says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Credit {
    /// The name of the feed, as in the feeds file.
    pub feed: String,
    /// The line of thanks that its licence asks for, or its name in words.
    pub line: String,
    /// The licence under which it may be shown.
    pub licence: String,
    /// The day on which the feed was last read and believed. Absent where it comes with the program, and in an importer,
    /// which knows no day.
    pub read: Option<Date>,
}

impl Credit {
    /// This credit, shared, but for what a listing says itself.
    pub(crate) fn or(self: &Arc<Self>, line: String, licence: String) -> Arc<Self> {
        let mut credit = Arc::clone(self);
        if !line.is_empty() {
            Arc::make_mut(&mut credit).line = line;
        }
        if !licence.is_empty() {
            Arc::make_mut(&mut credit).licence = licence;
        }
        credit
    }
}

/// One listing. A directory holds all of its listings at once while it is made, so what few have stands apart, and what a
/// whole feed has in common is there once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its stable name.
    pub id: RecordId,
    /// What it is called.
    pub name: Text,
    /// Other names it is known by (group name, abbreviation, former name). Searched like the name.
    pub also: Vec<String>,
    /// What it is, in the source's words; several paragraphs are separated by a line feed.
    pub summary: Text,
    /// Where.
    pub place: Option<Box<Place>>,
    /// How one takes part, when that can be said.
    pub attendance: Option<Attendance>,
    /// When. Empty: the source does not say.
    pub times: Vec<Recurrence>,
    /// How to reach it, the best way first.
    pub contacts: Vec<Contact>,
    /// For whom it is (terms of the group `who`). Empty: no limit is named.
    pub who: Vec<Term>,
    /// Languages spoken, ISO 639 codes, `asl` for American Sign Language. Empty: not said.
    pub languages: Vec<String>,
    /// Access (terms of the group `access`): wheelchair, childcare, fragrance free.
    pub access: Vec<Term>,
    /// Its pathways.
    pub pathways: Vec<Pathway>,
    /// The fellowship's key (`aa`, `smart`), when it belongs to one.
    pub fellowship: Option<String>,
    /// What only its kind has.
    pub details: Details,
    /// Who lists it.
    pub credit: Arc<Credit>,
    /// When its source last confirmed it. Absent is unknown, never today.
    pub checked: Option<Date>,
    /// Invented, for trying the program out. Marked wherever it is shown.
    pub sample: bool,
    /// What the staff of the centre say about it, each for a time.
    pub desk: Vec<Remark>,
}

impl Record {
    /// A record of which only the name and the kind are known yet.
    pub fn new(id: RecordId, name: impl Into<String>, details: Details) -> Self {
        Self {
            id,
            name: Text::new(name),
            also: Vec::new(),
            summary: Text::default(),
            place: None,
            attendance: None,
            times: Vec::new(),
            contacts: Vec::new(),
            who: Vec::new(),
            languages: Vec::new(),
            access: Vec::new(),
            pathways: Vec::new(),
            fellowship: None,
            details,
            credit: Arc::default(),
            checked: None,
            sample: false,
            desk: Vec::new(),
        }
    }

    /// Gives back the room that its lists grew into and do not need: a directory holds all its records at once while it is
    /// made.
    pub(crate) fn shrink(&mut self) {
        let Self { also, times, contacts, who, languages, access, pathways, details, place, .. } = self;
        also.shrink_to_fit();
        times.shrink_to_fit();
        contacts.shrink_to_fit();
        who.shrink_to_fit();
        languages.shrink_to_fit();
        access.shrink_to_fit();
        pathways.shrink_to_fit();
        if let Details::Meeting(meeting) = details {
            meeting.style.shrink_to_fit();
        }
        if let Some(place) = place {
            place.regions.shrink_to_fit();
        }
    }

    /// Of records in the order of their ids, those of each feed, which stand together.
    pub fn by_feed<R: Borrow<Self>>(mut ordered: &[R]) -> impl Iterator<Item = (&str, &[R])> {
        iter::from_fn(move || {
            let feed = ordered.first()?.borrow().id.feed();
            let end = ordered.partition_point(|record| record.borrow().id.feed() == feed);
            let (these, others) = ordered.split_at(end);
            ordered = others;
            Some((feed, these))
        })
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self.details {
            Details::Meeting(_) => Kind::Meeting,
            Details::Housing(_) => Kind::Housing,
            Details::Organization(_) => Kind::Organization,
            Details::Service(_) => Kind::Service,
            Details::Publication(_) => Kind::Publication,
            Details::Topic(_) => Kind::Topic,
        }
    }

    /// When it happens next, seen from `now`. What has opening hours and is open now has its present ones, and a meeting
    /// that has just begun its present start. What is suspended does not happen, and nothing does while it is closed.
    pub fn next(&self, now: Timestamp) -> Option<Occurrence> {
        let ahead = || {
            let starts = self.times.iter().filter_map(|time| self.next_start(time, now));
            starts.min_by_key(|next| next.start.timestamp())
        };
        self.present(&self.times, now).or_else(ahead).filter(|_| self.happens())
    }

    /// Whether it happens at all at present.
    pub fn happens(&self) -> bool {
        self.attendance != Some(Attendance::Suspended)
    }

    /// What of `times` is going on, so that one can still come.
    pub fn present(&self, times: &[Recurrence], now: Timestamp) -> Option<Occurrence> {
        let present = |time: &Recurrence| match time.rule {
            Rule::Open { .. } | Rule::RoundTheClock => time.current(now),
            Rule::Weekly { .. } => time.just_begun(now),
            Rule::ByAppointment => None,
        };
        times.iter().find_map(|time| present(time).filter(|present| self.keeps(&present.start)))
    }

    /// The doors of the home screen behind which it stands.
    pub fn doors(&self) -> Vec<Door> {
        let mut doors = Vec::new();
        match &self.details {
            Details::Meeting(_) => doors.push(Door::Meetings),
            Details::Housing(_) => doors.push(Door::Living),
            Details::Organization(_) => doors.push(Door::Talk),
            Details::Service(service) => doors.push(service.sort.door()),
            Details::Publication(_) | Details::Topic(_) => doors.push(Door::Learn),
        }
        let family = self.pathways.contains(&Pathway::Family) || self.who.iter().any(|who| who.as_str() == "family");
        if family && !doors.contains(&Door::Family) {
            doors.push(Door::Family);
        }
        doors
    }
}
