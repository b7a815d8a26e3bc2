//! Our own TOML directory: every kind of record, written by hand by the staff of a center or by their scripts.
//!
//! A file is a list of records, each under the heading of its kind: `[[meeting]]`, `[[housing]]`, `[[organization]]`,
//! `[[service]]`, `[[publication]]` or `[[topic]]`. Only `key` and `name` are required, and of a service its `sort`. What is not
//! known is left out, never guessed. This is a complete example, and a test reads it:
//!
//! ```toml
#![doc = include_str!("porchlight/example.toml")]
//! ```
//!
//! # The keys of every record
//!
//! | key | what it is |
//! |---|---|
//! | `key` | its name for machines, different for every record of the feed: letters, digits, `-` and `_`, at most 100 |
//! | `name`, `name_es` | its name, and in Spanish |
//! | `also` | other names it is known by, a list |
//! | `summary`, `summary_es` | what it is; each line of a text in three quotes is a paragraph |
//! | `place` | see below |
//! | `attendance` | `in-person`, `online`, `hybrid`, `phone`, `ask-first` or `suspended`; absent, a meeting with a place is in person, one with a way to join is online, one with both is hybrid |
//! | `times` | see below |
//! | `timezone` | IANA name of the zone of `times`, such as `America/New_York`; absent, the zone of the feed |
//! | `contacts` | a list of `{ way = "value", note = "..." }`, the best first; the ways are `phone`, `text`, `tty`, `join`, `dial`, `website`, `chat` and `email` |
//! | `who`, `access` | for whom it is, what makes it possible to come: terms of `config/codes/terms.toml` |
//! | `languages` | ISO 639 codes, `asl` for American Sign Language |
//! | `pathways` | `all`, `culture`, `faith`, `family`, `medication`, `mindfulness`, `secular`, `twelve-step`; absent, those of its fellowship |
//! | `fellowship` | a key of `config/codes/fellowships.toml`; absent, a meeting has the fellowship of the feed |
//! | `checked` | the day on which somebody last confirmed it, `2026-09-19`; absent is unknown |
//! | `sample` | `true` for an invented record |
//! | `credit`, `licence` | the line of thanks and the licence; absent, those of the feed |
//!
//! `[defaults]` may hold `timezone`, `credit`, `licence`, `checked`, `sample`, `languages` and `place`: they stand in for
//! what a record lacks, `place` key by key, and only in records that have a place. Of `place`, the `name`, `street`,
//! `postal_code`, `notes` and the point stand in only where the record gives no `name`, `street`, `city` or
//! `postal_code` other than that of the defaults: else they would put it at a door that is not its own.
//!
//! `place` holds `name`, `street`, `city`, `regions` (general to specific), `state`, `postal_code`, `country`,
//! `latitude` with `longitude`, `approximate` (the point is a town, not a door), `withheld` (the address is private: street
//! and exact point are not kept), `notes` (how to find the door) and `serves` (counties or areas).
//!
//! # Times
//!
//! A list of texts, days before the time: `Mon Wed 19:00-20:00`, `Mon-Fri 07:00`, `daily 12:00`, `weekdays`, `weekends`,
//! `1st 3rd Tue 19:00`, `last Sat 10:00-11:30`; with `open` before them they are opening hours, which need an end:
//! `open Mon-Fri 09:00-17:00`. `always` and `by appointment` stand alone. Clocks are `19:00`, `7:00 PM`, `7pm`, `noon`
//! or `midnight`. An end that is not after its start is past midnight. A meeting of more than three hours keeps its
//! start and loses its end.
//!
//! # The keys of one kind
//!
//! | kind | keys |
//! |---|---|
//! | meeting | `group`, `open` (`open`, `closed`, `families-only`), `style` (terms) |
//! | housing | `operator`, `level` (`1` to `4`, `I` to `IV`, `Level II`, `Type P` `M` `S` `C`), `certification`, `children`, `capacity`, `beds_free` with `beds_counted` (`2026-11-20T09:30:00`), `fee`, `pays`, `moud` (`yes`, `case-by-case`, `no`), `moud_note`, `sobriety_days`, `admission`, `rules` |
//! | organization | `sort` (`rco`, `fellowship`, `other`), `offers`, `member_of`, `parent` |
//! | service | `sort` (the words of [`ServiceSort`](crate::record::ServiceSort)), `run_by`, `cost`, `how`, `eligibility` |
//! | publication | `ids`, `year`, `pages`, `format`, `publisher`, `audience`, `topics`, `copies`, `shelf` |
//! | topic | `glossary`, `see_also` (a list of `{ door = ".." }`, `{ record = "feed:key" }` or `{ search = ".." }`), `sources` |
//!
//! # What is wrong
//!
//! Everything that is wrong is said at once, with its line. A fault costs the key in which it is; without a `key` or a
//! `name`, or where a heading or a list does not end, it costs the record; never more than that.

use std::collections::BTreeMap;

use super::notes::MOST_FILE;
use super::told::{Told, Weight};
use super::{Complaint, Feed, Harvest, Part, Spot, foreign, places, times};
use crate::record::{Kind, Record, RecordId, Way};
use crate::schedule::Rule;
use crate::strict::{self, Page, Table};
use crate::text;
use crate::vocabulary::Vocabulary;

mod contact;
mod details;
mod fields;
mod place;
mod record;

use fields::Context;
use record::Defaults;

/// Reads a TOML directory. Several parts are one directory.
pub fn read(feed: &Feed, parts: &[Part<'_>], vocabulary: &Vocabulary) -> Harvest {
    let context = Context { feed, vocabulary };
    let (harvest, told, keys) = (Harvest::default(), Told::default(), BTreeMap::new());
    let mut reading = Reading { context, file: None, harvest, told, keys };
    for part in parts {
        reading.file = (parts.len() > 1).then_some(part.name);
        match strict::decode(part.name, part.bytes) {
            Ok(text) => match foreign::by_first_bytes(part.bytes).map(|what| format!("is {what}")) {
                None => match foreign::instead_of_toml(text) {
                    None => strict::open(part.name, text, |page| reading.page(page)),
                    Some(what) => reading.nothing(&what),
                },
                Some(what) => reading.nothing(&what),
            },
            Err(fault) => reading.complain(None, fault.line, &fault.text, Weight::Whole),
        }
    }
    Harvest { complaints: reading.told.into_list(&feed.name), ..reading.harvest }
}

/// Reads a time as it stands in `times`; for a meeting an end more than three hours after the start is left out.
///
/// # Errors
/// What is wrong, in words that continue `` `times` ``.
pub fn time(written: &str, meeting: bool) -> Result<Rule, String> {
    times::read(written, meeting).map(|time| time.rule)
}

/// What a way to reach somebody must be, when this cannot be it.
pub fn contact_must(way: Way, written: &str) -> Option<&'static str> {
    contact::must(way, written)
}

/// A row of a page: its kind, or why it has none.
type Row<'p> = (Result<Kind, String>, Table<'p>);

/// The harvest as it grows.
struct Reading<'a> {
    context: Context<'a>,
    /// The part that is read, when there are several.
    file: Option<&'a str>,
    harvest: Harvest,
    told: Told,
    /// The keys that were met, with their line and the last number given to a twin.
    keys: BTreeMap<String, (usize, usize)>,
}

impl Reading<'_> {
    fn page(&mut self, page: &Page<'_>) {
        let mut top = page.table();
        let defaults = match top.get("defaults").and_then(|value| value.table()) {
            Some(mut table) => Defaults::read(&mut table, &self.context),
            None => Defaults::of_feed(&self.context),
        };
        let rows = rows(&mut top);
        self.complain_of(page, None);
        let ends: Vec<_> = rows.iter().skip(1).map(|(_, table)| table.line()).chain([usize::MAX]).collect();
        for ((kind, mut table), end) in rows.into_iter().zip(ends) {
            self.harvest.rows += 1;
            let line = table.line();
            let record = match &kind {
                Ok(kind) => record::read(*kind, &mut table, &self.context, &defaults),
                Err(_) => None,
            };
            let key = record.as_ref().map(|(key, _)| key.clone());
            self.complain_of(page, key.as_deref());
            match (kind, page.torn(line..end), record) {
                (Ok(_), None, Some((key, record))) => self.keep(key, record, line),
                (Err(why), ..) => self.leave_out(None, line, &why),
                (_, Some(torn), _) => {
                    self.leave_out(
                        key.as_deref(),
                        line,
                        &format!("line {torn} in it is not understood; it must be mended"),
                    );
                }
                _ => self.leave_out(key.as_deref(), line, "it must have a `key` and a `name`"),
            }
        }
    }

    /// A key that was met before gets a number: two notices are better than one lost.
    fn keep(&mut self, key: String, mut record: Record, line: usize) {
        if let Some((before, _)) = self.keys.get(&key).copied() {
            let free = self.free_key(&key);
            let must = format!("each must be different (it is kept as \"{free}\")");
            let text = format!("the key \"{key}\" is that of line {before} as well; {must}");
            record.id = RecordId::new(&self.context.feed.name, &free);
            self.complain(Some(&free), line, &text, Weight::Remark);
            self.keys.insert(free, (line, 1));
        } else {
            self.keys.insert(key, (line, 1));
        }
        self.harvest.records.push(record);
    }

    fn free_key(&mut self, key: &str) -> String {
        let mut number = self.keys.get(key).map_or(1, |(_, number)| *number);
        let free = loop {
            number += 1;
            let free = format!("{key}-{number}");
            if !self.keys.contains_key(&free) {
                break free;
            }
        };
        // The next one goes on from here, or a file of twins would be slow.
        if let Some(met) = self.keys.get_mut(key) {
            met.1 = number;
        }
        free
    }

    fn leave_out(&mut self, key: Option<&str>, line: usize, why: &str) {
        self.harvest.dropped += 1;
        self.complain(key, line, &format!("this record is left out: {why}"), Weight::LeftOut);
    }

    /// The file is another one.
    fn nothing(&mut self, what: &str) {
        self.complain(None, 1, &format!("the file {what}. Nothing was read from it."), Weight::Whole);
    }

    /// Everything that was noted since the last time.
    fn complain_of(&mut self, page: &Page<'_>, key: Option<&str>) {
        for fault in page.take_faults() {
            self.complain(key, fault.line, &fault.text, Weight::Remark);
        }
    }

    fn complain(&mut self, key: Option<&str>, line: usize, text: &str, weight: Weight) {
        let complaint = Complaint {
            key: key.map(ToOwned::to_owned),
            file: self.file.map(|file| text::clean(file, MOST_FILE)),
            place: Some(Spot::line(line)),
            dropped: weight == Weight::LeftOut,
            ..Complaint::of_feed(&self.context.feed.name, text)
        };
        self.told.add(weight, complaint);
    }
}

/// All rows in the order of the file, those of unknown kinds too: nothing is dropped silently.
fn rows<'p>(top: &mut Table<'p>) -> Vec<Row<'p>> {
    let mut rows: Vec<Row<'p>> = Vec::new();
    for kind in Kind::ALL {
        let tables = top.get(kind.word()).map(|value| value.tables()).unwrap_or_default();
        rows.extend(tables.into_iter().map(|table| (Ok(kind), table)));
    }
    let known: Vec<_> = std::iter::once("defaults").chain(Kind::ALL.map(Kind::word)).collect();
    for (word, value) in top.rest() {
        let why = format!("`{}` is not known in this file; {}", value.key(), strict::remedy(word, &known));
        if value.holds_tables() {
            rows.extend(value.tables().into_iter().map(|table| (Err(why.clone()), table)));
        } else {
            value.note(&why);
        }
    }
    rows.sort_by_key(|(_, table)| table.line());
    rows
}

#[cfg(test)]
mod tests;
