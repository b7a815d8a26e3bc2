//! Reading what the field publishes: bytes in, records and complaints out. Reading cannot fail.
//!
//! Rows are accounted for: `rows = records + joined + dropped`. A record that cannot be used costs itself alone and
//! says why; nothing is dropped silently, and nothing is guessed silently. Of very many complaints some are told and all
//! are counted.

use std::fmt;
use std::sync::Arc;

use crate::record::{Credit, Record};
use crate::text;
use crate::vocabulary::Vocabulary;

pub mod bmlt;
pub mod columns;
pub mod findtreatment;
pub mod hsds;
pub mod meeting_guide;
pub mod porchlight;

// Rooms that several formats share.
mod address;
mod bytes;
mod clock;
mod dates;
mod foreign;
mod joining;
mod keys;
mod links;
mod lists;
mod notes;
mod places;
mod register;
mod repair;
mod scan;
#[cfg(test)]
mod soundness;
mod table;
mod terms;
#[cfg(test)]
mod tests;
mod times;
pub(crate) mod told;
mod weeks;
mod written;
mod zones;

/// The forms that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// HSDS (Open Referral), as JSON or as tables.
    Hsds,
    /// Meeting Guide JSON (code4recovery), with its wrappers.
    MeetingGuide,
    /// Porchlight's own TOML directory.
    Porchlight,
    /// The CSV of the plugin TSML, whose rows are Meeting Guide's.
    TsmlCsv,
    /// Any CSV, its columns named in the feeds file.
    Csv,
    /// The answers of a BMLT server, as JSON.
    Bmlt,
    /// Pages of FindTreatment.gov, as JSON.
    FindTreatment,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 7] =
        [Self::Bmlt, Self::Csv, Self::FindTreatment, Self::Hsds, Self::MeetingGuide, Self::Porchlight, Self::TsmlCsv];

    /// Its name in a feeds file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hsds => "hsds",
            Self::MeetingGuide => "meeting-guide",
            Self::Porchlight => "porchlight",
            Self::TsmlCsv => "tsml-csv",
            Self::Csv => "csv",
            Self::Bmlt => "bmlt",
            Self::FindTreatment => "findtreatment",
        }
    }
}

/// What the feeds file says of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its name, the first half of its records' ids.
    pub name: String,
    /// The fellowship whose codes it uses (a key of the vocabulary).
    pub fellowship: Option<String>,
    /// IANA zone for rows that name none.
    pub timezone: Option<String>,
    /// The credit line shown with its records.
    pub credit: String,
    /// Its licence.
    pub licence: String,
    /// What its columns hold, of the form `csv`.
    pub columns: Option<columns::Mapping>,
}

impl Feed {
    /// Who says what its records say. Whoever names a feed may copy its credit from anywhere; it goes on the screen like
    /// the rest.
    fn thanks(&self) -> Arc<Credit> {
        let clean = |raw: &str| text::clean(raw, 255);
        let (feed, line, licence) = (self.name.clone(), clean(&self.credit), clean(&self.licence));
        Arc::new(Credit { feed, line, licence, read: None })
    }
}

/// One file of a feed. Most forms come in one part; some in several, told apart by name.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// File name, for complaints and for forms in several parts.
    pub name: &'a str,
    /// Its bytes, untrusted.
    pub bytes: &'a [u8],
}

/// Something about a feed or a row that staff should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The feed's name.
    pub feed: String,
    /// The row's own key, when it has one.
    pub key: Option<String>,
    /// The file, where the feed has several and it is about one.
    pub file: Option<String>,
    /// Where in the file, counted from 1: a line in a text format, a row in a list.
    pub place: Option<Spot>,
    /// What is wrong and what was done about it, in plain words.
    pub text: String,
    /// The row was dropped because of it.
    pub dropped: bool,
    /// How many it stands for: itself, but for the last one of a feed that has very many.
    pub stands_for: usize,
}

impl Complaint {
    /// One about a feed as a whole.
    pub fn of_feed(feed: impl Into<String>, text: impl Into<String>) -> Self {
        let (feed, text) = (feed.into(), text.into());
        Self { feed, key: None, file: None, place: None, text, dropped: false, stands_for: 1 }
    }

    /// Whether it is about a listing that stands: those are missed the least.
    pub fn is_remark(&self) -> bool {
        !self.dropped && (self.place.is_some() || self.key.is_some())
    }

    /// The file and the place in it, in words: `houses.csv, line 7`.
    pub fn at(&self) -> Option<String> {
        let place = self.place.map(|place| place.to_string());
        let words: Vec<String> = self.file.iter().cloned().chain(place).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// Where in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    unit: Unit,
    /// From 1.
    number: usize,
    /// The number of the file, from 1, while it is read; 0 in what is handed out, where its name stands beside.
    file: usize,
}

/// What is counted in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Line,
    Row,
}

impl Spot {
    /// A line, from 1.
    pub fn line(number: usize) -> Self {
        Self { unit: Unit::Line, number, file: 0 }
    }

    /// A row of a list, from 1.
    pub fn row(number: usize) -> Self {
        Self { unit: Unit::Row, number, file: 0 }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Line => "line",
            Unit::Row => "row",
        };
        write!(out, "{unit} {}", self.number)
    }
}

/// What was read from a feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Harvest {
    /// Rows seen.
    pub rows: usize,
    /// Rows that became one record with another row of the same feed.
    pub joined: usize,
    /// Rows that could not be used; each has a complaint, as long as they are not very many.
    pub dropped: usize,
    /// The records, in the order of the feed.
    pub records: Vec<Record>,
    /// What staff should know. Where it is very much, the last one tells how much more there is.
    pub complaints: Vec<Complaint>,
}

/// Reads a feed. Never fails: what is wrong becomes complaints.
pub fn read(form: Form, feed: &Feed, parts: &[Part<'_>], vocabulary: &Vocabulary) -> Harvest {
    match form {
        Form::Hsds => hsds::read(feed, parts, vocabulary),
        Form::MeetingGuide => meeting_guide::read(feed, parts, vocabulary),
        Form::FindTreatment => findtreatment::read(feed, parts, vocabulary),
        Form::Bmlt => bmlt::read(feed, parts, vocabulary),
        Form::Porchlight => porchlight::read(feed, parts, vocabulary),
        Form::TsmlCsv => meeting_guide::read_csv(feed, parts, vocabulary),
        Form::Csv => columns::read(feed, parts, vocabulary),
    }
}

/// Where what a feed says now differs from what it said before. A record that is not told here is in both, and the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Apart {
    /// The records of before that may be something else now, or nothing.
    pub before: Vec<Record>,
    /// The numbers of those records of now that may have been something else, or nothing.
    pub now: Vec<usize>,
    /// How many rows there were before.
    pub rows: usize,
    /// How many of them could not be used.
    pub dropped: usize,
}

/// Reads a feed, and where it differs from what it said before: which takes little longer than to read it, while most of
/// it is the same. Nothing where that cannot be told; then each has to be read alone.
pub fn read_apart(
    form: Form,
    feed: &Feed,
    before: &[Part<'_>],
    now: &[Part<'_>],
    vocabulary: &Vocabulary,
) -> Option<(Harvest, Apart)> {
    match form {
        Form::MeetingGuide => meeting_guide::read_apart(feed, before, now, vocabulary),
        // Those of the other forms are seldom large, and their rows lean on each other.
        _ => None,
    }
}
