//! Any table (CSV, or a Google sheet as JSON) by a mapping of its columns: what a county's 211 exports, an affiliate's
//! list of residences, a library's list of its shelf. The feeds file says which column holds which field, and what the
//! file's own words mean.
//!
//! ```toml
#![doc = include_str!("columns/example.toml")]
//! ```
//!
//! # Fields
//!
//! They are the keys of our own TOML form ([`porchlight`](super::porchlight)), its tables laid flat:
//!
//! | fields | what a cell holds |
//! |---|---|
//! | `name`, `name_es` | the name; a row without one is left out. The only field that needs a column |
//! | `key` | the file's own number for the row; without it a key is made from name, place and time |
//! | `also`, `serves`, `regions`, `offers`, `ids`, `audience`, `topics` | several texts, separated by `;`, `\|` or line ends (`regions` by `>` too) |
//! | `summary`, `summary_es` | a text; several columns are its paragraphs |
//! | `place`, `street`, `city`, `state`, `postal_code`, `country`, `place_notes` | the building, its address, how to find the door; several columns of `street` are put together |
//! | `address` | all of an address in one line, for what has no column of its own |
//! | `latitude`, `longitude`, or `coordinates`; `approximate` | the point; whether it is a town and not a door |
//! | `phone`, `text`, `tty`, `join`, `dial`, `website`, `chat`, `email` | ways to reach it, from every column that is named; `phone_note`, `join_note`, `dial_note` stand beside them. Words beside a number (often names) are not taken along |
//! | `times` | as in our own form: `Mon Wed 19:00-20:00; 1st Sat 10:00` |
//! | `days`, `time`, `end_time` | the same in columns: `Monday, Friday`, `7:00 PM - 8:00 PM` |
//! | `hours` | opening hours: `Mon-Fri 9am-5pm; Sat 10am-2pm`, `24 hours`; what cannot be understood is shown as words |
//! | `timezone` | IANA name; absent, that of the feed |
//! | `who`, `access`, `languages`, `style` | our terms, their labels in English or Spanish, or type names of meeting lists, separated by `;`, `\|` or commas |
//! | `attendance`, `open`, `pathways`, `fellowship`, `sort` | the words of our own form |
//! | `level` | `2`, `II`, `Level II`, `Type M` |
//! | `moud` | yes, no, case by case; other words are shown as they are |
//! | `children`, `approximate`, `sample` | yes or no, in English or Spanish, `1` or `0` |
//! | `capacity`, `beds_free`, `sobriety_days`, `pages`, `year`, `copies` | a number, perhaps with a word behind it; of `beds_free` `no` or `full` is none |
//! | `checked`, `beds_counted` | a date, `2026-09-19` or `9/19/2026`; `beds_counted` perhaps with a time |
//! | all others of our own form | a text |
//! | `private_address`, `private_phone`, `private_email` | yes: the address (street, building, point), all numbers, all mail addresses are withheld. As many flags as columns of `phone` speak of one each |
//! | `left_out` | yes: the row is left out, with a complaint |
//!
//! Where a field has several columns, the first that says something counts; the lists, the ways to reach it and the texts
//! above take all of them. `[feed.values]` says what a file's words mean, compared without regard to case and accents, for a
//! whole cell or for each of its values; `"*"` is every other word, and an empty list means nothing. `[feed.defaults]`
//! stand in for what a row does not say; those of the place by the rules of our own form.
//!
//! # What is never read
//!
//! Columns that the mapping does not name. What a flag of privacy covers, and of a private address in one line even the
//! town. A flag whose column the file lacks, or whose cell the row lacks, counts as yes; one that is neither yes nor no
//! (the cells may have moved) hides the whole place. In a file with such flags a row with more cells than headers is left
//! out, and without the column of `left_out` nothing is read at all.

use super::notes::{At, Notes, quote};
use super::register::Register;
use super::table::{self, Line, Table, plain_name};
use super::{Feed, Harvest, Part, bytes, foreign, zones};
use crate::record::Term;
use crate::text;
use crate::vocabulary::{Group, Vocabulary};

mod contacts;
mod details;
mod mapping;
mod place;
mod record;
mod row;
#[cfg(test)]
mod tests;
mod when;
mod words;

pub use mapping::{ANY_OTHER, Mapping};

use mapping::PRIVACY;
use record::Reader;
use row::{Columns, Row, STANDS_IN, Said};
use words::Terms;

/// The longest name.
const NAME: usize = 200;
/// The longest text of one line.
const LINE: usize = 600;
/// The longest text of several paragraphs.
const PAGE: usize = 12_000;

/// More columns than this are not listed in a complaint.
const LISTED: usize = 40;

/// Reads tables by the feed's mapping. What is wrong becomes complaints.
pub fn read(feed: &Feed, parts: &[Part<'_>], vocabulary: &Vocabulary) -> Harvest {
    let mut notes = Notes::new(&feed.name);
    let mut register = Register::default();
    let (mut rows, mut dropped) = (0, 0);
    if feed.columns.is_none() {
        notes.feed("The feeds file does not say what this feed's columns hold. Nothing was read from it.");
    }
    if let (Some(written), None) = (&feed.timezone, feed.timezone.as_deref().and_then(zones::name)) {
        notes.feed(format!("The feed's time zone {} is not known.", quote(written)));
    }
    for (mapping, part) in feed.columns.iter().flat_map(|mapping| parts.iter().map(move |part| (mapping, part))) {
        notes.begin(part);
        let Some(table) = table_of(mapping, part, &mut notes) else { continue };
        let columns = Columns::new(mapping, |name| table.column(name));
        if !has_what_it_needs(mapping, &table, &columns, part, &mut notes) {
            continue;
        }
        let reader = Reader::new(feed, mapping, &columns, vocabulary);
        rows += table.rows.len();
        for line in &table.rows {
            if !take(line, &reader, mapping, &columns, &mut register, &mut notes) {
                dropped += 1;
            }
        }
    }
    let joined = register.joined;
    Harvest { rows, joined, dropped, records: register.into_records(), complaints: notes.into_list() }
}

/// Makes a record of a row. False when it cannot be used.
fn take(
    line: &Line,
    reader: &Reader<'_>,
    mapping: &Mapping,
    columns: &Columns,
    register: &mut Register,
    notes: &mut Notes<'_>,
) -> bool {
    let mut at = At { spot: notes.here(line.spot), key: None };
    let read = line.cells.as_ref().map_err(Clone::clone).and_then(|cells| {
        let mut row = Row::new(mapping, columns, line, cells);
        let read = reader.read(&mut row);
        at.key = read.as_ref().ok().map(|(key, _)| key.clone());
        for fault in row.take_faults() {
            notes.row(&at, fault);
        }
        read
    });
    match read {
        Ok((_, record)) => register.add(&at, record, notes),
        Err(why) => {
            notes.dropped(&at, why);
            return false;
        }
    }
    true
}

/// The table of a file, if it has a header with a column for the name.
fn table_of(mapping: &Mapping, part: &Part<'_>, notes: &mut Notes<'_>) -> Option<Table> {
    let plain = |names: &[String]| names.iter().map(|name| plain_name(name).into_owned()).collect::<Vec<_>>();
    let of = |named: bool| mapping.columns.iter().filter(move |(field, _)| (**field == "name") == named);
    let names: Vec<String> = of(true).flat_map(|(_, names)| plain(names)).collect();
    let others: Vec<String> = of(false).flat_map(|(_, names)| plain(names)).collect();
    // A title may hold the word for a name; a header has another column as well, if one is named.
    let is_header = |cells: &[String]| {
        let cells = plain(cells);
        let has = |known: &[String]| cells.iter().any(|cell| !cell.is_empty() && known.contains(cell));
        has(&names) && (others.is_empty() || has(&others))
    };
    let complaint = if let Some(what) = foreign::by_first_bytes(part.bytes) {
        format!("is {what}, not a table")
    } else {
        let text = bytes::decode(part, notes);
        let read = match table::sheet_rows(&text) {
            Some(rows) => table::of_rows(rows, notes, is_header),
            None => table::read_text(&text, notes, is_header),
        };
        let first = match read {
            Ok(table) => return Some(table),
            Err(first) => first,
        };
        foreign::instead_of_table(&text).unwrap_or_else(|| {
            let wanted = mapping.columns.get("name").map(|names| names.join("”, “")).unwrap_or_default();
            let has = if first.is_empty() { "no row of several columns".to_owned() } else { listed(&first) };
            let wanted = text::clean(&wanted, 120);
            format!(
                "has no row of headers with “{wanted}” for `name` and one more column that the feeds file names; it \
                 has {has}"
            )
        })
    };
    notes.feed(format!("{} {complaint}. Nothing was read from it.", quote(part.name)));
    None
}

/// Complains of columns that the file lacks. False where nothing may be read without them.
fn has_what_it_needs(
    mapping: &Mapping,
    table: &Table,
    columns: &Columns,
    part: &Part<'_>,
    notes: &mut Notes<'_>,
) -> bool {
    let missing = mapping.columns.iter().flat_map(|(field, names)| names.iter().map(move |name| (*field, name)));
    let missing = missing.filter(|(_, name)| table.column(name).is_none());
    let missing: Vec<String> = missing.map(|(field, name)| format!("{} for `{field}`", quote(name))).collect();
    if !missing.is_empty() {
        let has = listed(&table.header);
        notes.feed(format!("{} has no column {}. It has {has}.", quote(part.name), missing.join(", ")));
    }
    for (field, covers) in
        [("private_address", "address"), ("private_phone", "number"), ("private_email", "mail address")]
    {
        if columns.lacks(field) {
            notes.feed(format!("Without the column for `{field}`, every {covers} is taken for private."));
        }
    }
    if columns.lacks("left_out") {
        notes.feed("Without the column for `left_out`, rows could be shown that must not be. Nothing was read.");
    }
    !columns.lacks("left_out")
}

/// The names of columns, fit to be shown.
fn listed(names: &[String]) -> String {
    let mut shown: Vec<String> =
        names.iter().filter(|name| !name.is_empty()).take(LISTED).map(|name| quote(name)).collect();
    if names.len() > LISTED {
        shown.push("and more".to_owned());
    }
    shown.join(", ")
}

/// What is wrong with a word of ours that the feeds file gives for a field, if anything is: words that go on after it.
pub fn fault_of(mapping: &Mapping, field: &'static str, value: &str, vocabulary: &Vocabulary) -> Option<String> {
    if PRIVACY.contains(&field) {
        return words::truth(value).err().map(|must| format!("is {}; {must}", quote(value)));
    }
    // What stands only beside another column cannot be tried alone.
    if ["days", "time", "end_time"].contains(&field) {
        return None;
    }
    let feed = Feed { timezone: Some("UTC".to_owned()), ..Feed::default() };
    let mut alone = Mapping::new(mapping.kind);
    alone.defaults.insert("name", vec!["A name".to_owned()]);
    alone.defaults.insert(field, vec![value.to_owned()]);
    let columns = Columns::default();
    let reader = Reader::new(&feed, &alone, &columns, vocabulary);
    let mut row = Row::of_defaults(&alone, &columns);
    let fault = reader.read(&mut row).err().or_else(|| row.take_faults().into_iter().next())?;
    let after = fault.strip_prefix(STANDS_IN).map(str::trim_start);
    Some(after.map_or_else(|| format!("cannot be so. {fault}"), ToOwned::to_owned))
}

/// The terms of a field.
fn terms(row: &mut Row<'_>, field: &'static str, group: Group, known: &Terms<'_>) -> Vec<Term> {
    let mut terms = Vec::new();
    for said in row.parts(field) {
        let (found, wrong) = known.read(group, &said.text);
        for term in found {
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        for (word, must) in wrong {
            row.fault(&Said { text: word, ..said.clone() }, &must);
        }
    }
    terms
}
