//! Meeting Guide JSON, as it is in the wild: the listing format of code4recovery, in all the wrappings, spellings and
//! half-truths in which sites publish it.
//!
//! One row becomes one record (several days of a row are several days of the record). Each room below knows one matter:
//!
//! - `container`, `sheet`: from bytes to rows;
//! - `sheaves`: many rows at a time;
//! - `list`, `apart`: all rows together, and where those of two lists differ;
//! - `row`, `older`: a row's fields by name;
//! - `days`, `zones`, `when`: when it is held;
//! - `place`: where;
//! - `contacts`, `attendance`: how one reaches it and takes part;
//! - `kinds`: type codes, per fellowship;
//! - `dates`: when a row was last confirmed;
//! - `keys`: stable keys.
//!
//! What any format needs (clocks, dates, links, addresses, weeks in words, complaints, rows that are one, other formats)
//! stands above, in [`feed`](super).
//!
//! Invariants: rows = records + joined + dropped; a dropped row has a complaint; no row can harm its neighbours; fields of
//! staff and members are never looked at; every string of a record has been cleaned.

use std::sync::Arc;

use super::{Feed, Harvest, Part, address, clock, links, notes, places, scan, terms, weeks};
use crate::record::{Credit, Details, Meeting, Pathway, Record, RecordId, Text};
use crate::text;
use crate::vocabulary::{Fellowship, Vocabulary};

pub(super) use apart::read_apart;
use kinds::Codes;
use list::List;
use notes::{Notes, quote};
use row::Row;
use sheaves::{Marks, Sheaf};

mod apart;
mod attendance;
mod contacts;
mod container;
mod dates;
mod days;
mod keys;
mod kinds;
mod list;
mod older;
mod place;
mod row;
mod sheaves;
mod sheet;
#[cfg(test)]
mod tests;
mod when;
mod zones;

/// The longest name, as Meeting Guide has it.
const MOST_NAME: usize = 255;

/// The longest text of notes that is kept.
const MOST_NOTES: usize = 4000;

/// Reads Meeting Guide JSON. What is wrong becomes complaints.
pub fn read(feed: &Feed, parts: &[Part<'_>], vocabulary: &Vocabulary) -> Harvest {
    read_rows(feed, parts, vocabulary, container::read)
}

/// Reads the CSV that the plugin TSML exports and imports: the same rows under plain headers, with times like `6:00 PM`,
/// days by name, types as words (`Open, Wheelchair Access`) and an address in one line. What is wrong becomes complaints.
pub fn read_csv(feed: &Feed, parts: &[Part<'_>], vocabulary: &Vocabulary) -> Harvest {
    read_rows(feed, parts, vocabulary, sheet::read)
}

/// From the bytes of a file to its rows, read one by one.
type Rows = fn(&Part<'_>, &Reader<'_>, &mut Notes<'_>) -> Vec<Sheaf>;

fn read_rows(feed: &Feed, parts: &[Part<'_>], vocabulary: &Vocabulary, rows: Rows) -> Harvest {
    let reader = Reader::new(feed, vocabulary);
    let mut list = List::read(feed, parts, &reader, rows);
    let dates = list.survey(&reader);
    list.settle(&dates).harvest
}

/// What all rows of a feed have in common.
struct Reader<'a> {
    feed: &'a Feed,
    zone: Option<String>,
    fellowship: Option<&'a Fellowship>,
    codes: Codes<'a>,
    vocabulary: &'a Vocabulary,
    credit: Arc<Credit>,
    /// By what rows are known again, where two lists are read.
    marks: Option<Marks<'a>>,
}

impl<'a> Reader<'a> {
    fn new(feed: &'a Feed, vocabulary: &'a Vocabulary) -> Self {
        let fellowship = feed.fellowship.as_ref().and_then(|key| vocabulary.fellowships.get(key));
        let zone = feed.timezone.as_deref().and_then(super::zones::name);
        let credit = feed.thanks();
        Self { feed, zone, fellowship, codes: Codes::new(fellowship, vocabulary), vocabulary, credit, marks: None }
    }

    /// What the feeds file should say of this feed, and does not.
    fn complain_of_feed(&self, notes: &mut Notes<'_>) {
        match &self.feed.fellowship {
            None => notes.feed("The feeds file names no fellowship for this feed, so its type codes cannot be read."),
            Some(key) if self.fellowship.is_none() => {
                let key = quote(key);
                notes.feed(format!("The fellowship {key} is not known, so the feed's type codes cannot be read."));
            }
            Some(_) => {}
        }
        if let (Some(written), None) = (&self.feed.timezone, &self.zone) {
            notes.feed(format!("The feed's time zone {} is not known.", quote(written)));
        }
    }

    /// The record of a row, but for when it was confirmed.
    fn record(&self, row: &Row<'_>, name: String, notes: &mut Notes<'_>) -> Record {
        let kinds = self.codes.read(row, notes);
        let ways = contacts::read(row, notes);
        let mut place = place::read(row, notes);
        let part = attendance::read(row, &kinds, place.approximate, &ways, notes);
        if part.nowhere {
            places::town_alone(&mut place.place);
        }
        let remarks = [remark(row, "notes", notes), remark(row, "group_notes", notes)];
        let group = group(row);
        let named = format!("{name} | {group}");
        let words: Vec<&str> = remarks.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let when = when::read(row, self.zone.as_deref(), &named, &words, notes);

        let mut record = Record::new(
            RecordId::new(&self.feed.name, row.at.key.as_deref().unwrap_or_default()),
            name,
            Details::Meeting(Meeting::default()),
        );
        let mut style = Vec::new();
        terms::place(&kinds.terms, self.vocabulary, part.in_room(), &mut style, &mut record);
        let mut paragraphs: Vec<&str> = when.words.as_deref().into_iter().chain(words).collect();
        paragraphs.dedup();
        record.summary = Text::new(paragraphs.join("\n"));
        record.place = (!place::is_empty(&place.place)).then(|| place.place.into());
        record.attendance = Some(part.attendance);
        record.times = when.times;
        record.contacts = ways.list;
        record.fellowship = self.fellowship.and(self.feed.fellowship.clone());
        record.pathways = self.fellowship.map(|fellowship| fellowship.pathways.clone()).unwrap_or_default();
        if style.iter().any(|term| term.as_str() == "secular") && !record.pathways.contains(&Pathway::Secular) {
            record.pathways.push(Pathway::Secular);
        }
        if !group.is_empty() && !text::is_same(&group, &record.name.plain) {
            record.also.push(group.clone());
        }
        record.credit = Arc::clone(&self.credit);
        record.details = Details::Meeting(Meeting { group, open: kinds.open, style });
        record
    }
}

/// What a record is called.
struct Name {
    text: String,
    /// The row has no name; another field stands in.
    borrowed: bool,
}

/// The name of a row, or what else can stand for it.
fn name(row: &Row<'_>) -> Option<Name> {
    let field = |name: &str| {
        let written = text::clean(&row.text(name)?, MOST_NAME);
        Some(without_number(&written).to_owned()).filter(|text| text.chars().any(char::is_alphanumeric))
    };
    if let Some(text) = field("name") {
        return Some(Name { text, borrowed: false });
    }
    let borrowed = ["group", "location", "formatted_address", "address", "city"].into_iter().find_map(field);
    borrowed.map(|text| Name { text, borrowed: true })
}

fn group(row: &Row<'_>) -> String {
    let written = text::clean(&row.text("group").unwrap_or_default(), MOST_NAME);
    without_number(&written).to_owned()
}

/// A name without the number under which an office keeps the group: "Happy Hour / GSO #641664".
fn without_number(name: &str) -> &str {
    let Some((before, number)) = name.rsplit_once("GSO") else { return name };
    let number = number.trim().trim_start_matches(['#', ':', ' ']).trim_end_matches(')');
    let before = before.trim_end_matches([' ', '/', '-', '–', '(', '|', ',']);
    let is_number = number.len() >= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && !before.is_empty() { before } else { name }
}

/// A text of notes, in paragraphs.
fn remark(row: &Row<'_>, field: &str, notes: &mut Notes<'_>) -> String {
    let written = text::clean_paragraphs(&row.text(field).unwrap_or_default(), MOST_NOTES);
    if written.chars().count() >= MOST_NOTES {
        notes.row(&row.at, "Its notes are very long; their end was left out.");
    }
    written
}
