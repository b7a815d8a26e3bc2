//! BMLT: the answers of a server that lists the meetings of Narcotics Anonymous, as JSON.
//!
//! A feed is one part (a list of meetings, or `{"meetings": [...], "formats": [...]}`) or several: meetings, formats
//! (`GetFormats`), service bodies (`GetServiceBodies`) and server info (`GetServerInfo`), in any order and number. They are
//! told apart by what stands in them, not by their names. Only meetings are rows.
//!
//! - `parts`: from bytes to meetings and what is known beside them;
//! - `row`: a meeting's fields by name;
//! - `formats`: what is done there and for whom; formats are joined by id, and mean something by their world id;
//! - `bodies`: who serves the meeting, with a helpline and a web page;
//! - `when`: days (1 is Sunday), start, length, weeks of the month;
//! - `place`, `ways`, `attendance`: where, how to join, and so how one takes part.
//!
//! Read of a meeting: `id_bigint`, `published`, `meeting_name`, `weekday_tinyint`, `start_time`, `duration_time`,
//! `time_zone`, `venue_type`, `formats`, `format_shared_id_list`, `lang_enum` (for its formats alone: it is not the
//! language spoken there), `service_body_bigint`, `service_body_name`, `location_*`, `latitude`, `longitude`, `comments`,
//! `format_comments`, `train_lines`, `bus_lines`, `public_transport`, `virtual_meeting_*`, `phone_meeting_number`.
//!
//! Never read: `email_contact`, every `contact_*`, and every field that a server made up itself except the two named above
//! (such fields leak what was meant for servants); of the server info, its keys of other services.
//!
//! Invariants: rows = records + joined + dropped; a dropped row has a complaint; what no table translates is shown by its
//! name and never by its code; a meeting without a room has no point on the map.

use std::sync::Arc;

use super::notes::{Notes, quote};
use super::register::Register;
use super::{Feed, Harvest, Part, keys, notes, places, terms, zones};
use crate::record::{Credit, Details, Meeting, Record, RecordId, Text};
use crate::text;
use crate::vocabulary::{Fellowship, Vocabulary};

use parts::Parts;
use row::Row;

mod attendance;
mod bodies;
mod formats;
mod parts;
mod place;
mod row;
#[cfg(test)]
mod tests;
mod ways;
mod when;

/// The longest name.
const MOST_NAME: usize = 255;

/// The longest text that is kept.
const MOST_TEXT: usize = 4000;

/// Whose meetings they are, when the feeds file does not say it.
const USUAL_FELLOWSHIP: &str = "na";

/// Reads the answers of a BMLT server. What is wrong becomes complaints.
pub fn read(feed: &Feed, parts: &[Part<'_>], vocabulary: &Vocabulary) -> Harvest {
    let mut notes = Notes::new(&feed.name);
    let mut parts = parts::read(parts, &mut notes);
    parts.formats.settle(vocabulary);
    let rows = std::mem::take(&mut parts.meetings);
    let reader = Reader::new(feed, vocabulary, &parts, when::Count::of(&rows, &mut notes));
    if !rows.is_empty() {
        reader.complain_of_feed(&mut notes);
    }
    let mut register = Register::default();
    let (seen, mut dropped) = (rows.len(), 0);
    for (spot, row) in rows {
        let taken = match row {
            Ok(fields) => reader.take(Row::new(spot, fields), &mut register, &mut notes),
            Err(why) => {
                notes.dropped(&notes::At { spot, key: None }, why);
                false
            }
        };
        dropped += usize::from(!taken);
    }
    let joined = register.joined;
    Harvest { rows: seen, joined, dropped, records: register.into_records(), complaints: notes.into_list() }
}

/// What all rows of a feed have in common.
struct Reader<'a> {
    feed: &'a Feed,
    vocabulary: &'a Vocabulary,
    parts: &'a Parts,
    count: when::Count,
    zone: Option<String>,
    fellowship: Option<(&'a str, &'a Fellowship)>,
    credit: Arc<Credit>,
}

impl<'a> Reader<'a> {
    fn new(feed: &'a Feed, vocabulary: &'a Vocabulary, parts: &'a Parts, count: when::Count) -> Self {
        let key = feed.fellowship.as_deref().unwrap_or(USUAL_FELLOWSHIP);
        let fellowship = vocabulary.fellowships.get(key).map(|fellowship| (key, fellowship));
        let zone = feed.timezone.as_deref().and_then(zones::name);
        let credit = feed.thanks();
        Self { feed, vocabulary, parts, count, zone, fellowship, credit }
    }

    /// What the feeds file should say of this feed, and does not.
    fn complain_of_feed(&self, notes: &mut Notes<'_>) {
        if let (Some(key), None) = (&self.feed.fellowship, self.fellowship) {
            notes.feed(format!("The fellowship {} is not known.", quote(key)));
        }
        if let (Some(written), None) = (&self.feed.timezone, &self.zone) {
            notes.feed(format!("The feed's time zone {} is not known.", quote(written)));
        }
    }

    /// Makes a record of a row. False when nothing in it can be used, or when it is not for the public.
    fn take(&self, mut row: Row, register: &mut Register, notes: &mut Notes<'_>) -> bool {
        row.at.key = row.text("id_bigint").and_then(|raw| keys::own(&raw));
        if row.text("published").is_some_and(|said| ["0", "false", "no"].contains(&said.to_lowercase().as_str())) {
            notes.dropped(&row.at, "It is not published. It was left out.");
            return false;
        }
        let Some((name, borrowed)) = self.name(&row) else {
            notes.dropped(&row.at, "It has no name and no place. It was left out.");
            return false;
        };
        if row.at.key.is_none() {
            notes.feed("Some rows have no key of their own; one was made from name, place and time.");
        }
        let key = row.at.key.clone().unwrap_or_else(|| made_key(&row, &name));
        row.at.key = Some(key.clone());
        if borrowed {
            notes.row(&row.at, format!("It has no name; it is shown as {}.", quote(&name)));
        }
        let record = self.record(&row, &key, name, notes);
        register.add(&row.at, record, notes);
        true
    }

    /// What a meeting is called, and whether something else had to stand in for its name.
    fn name(&self, row: &Row) -> Option<(String, bool)> {
        let said = |name: &String| name.chars().any(char::is_alphanumeric);
        let field = |name: &str| Some(row.clean(name, MOST_NAME)).filter(said);
        if let Some(name) = field("meeting_name") {
            return Some((name, false));
        }
        let places = ["location_text", "location_street", "location_municipality", "service_body_name"];
        let meant =
            || row.has("id_bigint").then(|| self.fellowship.map(|(_, fellowship)| fellowship.name.plain.clone()))?;
        places.into_iter().find_map(field).or_else(meant).map(|name| (name, true))
    }

    fn record(&self, row: &Row, key: &str, name: String, notes: &mut Notes<'_>) -> Record {
        let kinds = formats::read(row, self.parts, notes);
        let (mut ways, unread) = ways::read(row, notes);
        let mut place = place::read(row, self.parts, notes);
        let part = attendance::read(row, &kinds, &place, &ways, notes);
        if part.nowhere {
            places::town_alone(&mut place);
        }
        let body = bodies::of_row(row, &self.parts.bodies);
        bodies::add_ways(&body, &mut ways);
        let remarks = ["comments", "format_comments"].map(|field| row.paragraphs(field, MOST_TEXT));
        let when = when::read(row, &self.scheme(), &kinds, &name, &remarks, notes);

        let mut record = Record::new(RecordId::new(&self.feed.name, key), name, Details::Meeting(Meeting::default()));
        let mut style = Vec::new();
        terms::place(&kinds.terms, self.vocabulary, part.in_room(), &mut style, &mut record);
        let mut paragraphs: Vec<String> = when.words.into_iter().chain(remarks).chain(unread).collect();
        if !kinds.words.is_empty() {
            paragraphs.push(kinds.words.join("; "));
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        record.summary = Text::new(paragraphs.join("\n"));
        record.place = (!place::is_empty(&place)).then(|| place.into());
        record.attendance = Some(part.attendance);
        record.times = when.times;
        record.contacts = ways.list;
        record.fellowship = self.fellowship.map(|(key, _)| key.to_owned());
        record.pathways = self.fellowship.map(|(_, fellowship)| fellowship.pathways.clone()).unwrap_or_default();
        record.credit = Arc::clone(&self.credit);
        if record.credit.line.is_empty() {
            Arc::make_mut(&mut record.credit).line = body.name;
        }
        record.details = Details::Meeting(Meeting { group: String::new(), open: kinds.open, style });
        record
    }

    fn scheme(&self) -> when::Scheme<'_> {
        when::Scheme { count: self.count, zone: self.zone.as_deref(), usual: self.parts.usual_minutes }
    }
}

/// A key for a meeting whose server gives none.
fn made_key(row: &Row, name: &str) -> String {
    let fields = ["location_text", "location_street", "location_municipality", "weekday_tinyint", "start_time"];
    let mut parts: Vec<String> = fields.iter().map(|field| text::fold(&row.text(field).unwrap_or_default())).collect();
    parts.push(text::fold(name));
    keys::made(name, &parts)
}
