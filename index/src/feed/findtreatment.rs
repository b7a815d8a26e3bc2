//! FindTreatment.gov: the treatment facilities that SAMHSA lists, as JSON. A page of the answer is a part; a feed is all
//! pages, in any order.
//!
//! - `pages`: from bytes to facilities, and whether a page is missing;
//! - `services`: what a facility says of itself, as categories with values;
//! - `sort`: which of our kinds and sorts that makes it;
//! - `people`: for whom it is, and in which languages;
//! - `ways`: address, point, numbers.
//!
//! Read of a row: `frid`, `name1`, `name2`, `street1`, `street2`, `city`, `state`, `zip`, `latitude`, `longitude`, `phone`,
//! `intake1`, `intake2`, `hotline1`, `hotline2`, `website`, `typeFacility`, `services`. Never read: `_irow`, a counter that
//! changes with every question, and `miles`, which belongs to the question. Without a `frid` the key is made from name,
//! address.
//!
//! What a facility says is kept in its own words, by category; only what narrows a search becomes a term. A facility is
//! **housing** when it is a sober home and gives no treatment. One that gives treatment as well stays a service, and its
//! summary says that it has such a home: who looks for a place to live must not be sent to a clinic.
//!
//! Invariants: rows = records + joined + dropped; a dropped row has a complaint; what the source negates ("Does not use
//! medication") is never taken for its opposite.

use std::sync::Arc;

use super::notes::{At, Notes};
use super::register::Register;
use super::{Feed, Harvest, Part, keys, links, lists, notes, places, terms};
use crate::record::{Credit, Details, Kind, Record, RecordId, Residence, Service, Text};
use crate::text;
use crate::vocabulary::Vocabulary;

use lists::{Object, as_text};
use people::People;
use services::Services;
use sort::{Fact, Facts};
use terms::Languages;

mod pages;
mod people;
mod services;
mod sort;
#[cfg(test)]
mod tests;
mod ways;

/// The longest name.
const MOST_NAME: usize = 255;

/// The longest summary.
const MOST_SUMMARY: usize = 4000;

/// Reads pages of FindTreatment.gov. What is wrong becomes complaints.
pub fn read(feed: &Feed, parts: &[Part<'_>], vocabulary: &Vocabulary) -> Harvest {
    let mut notes = Notes::new(&feed.name);
    let rows = pages::read(parts, &mut notes);
    let credit = feed.thanks();
    let reader = Reader { feed, vocabulary, languages: Languages::of(vocabulary), credit };
    let mut register = Register::default();
    let (seen, mut dropped) = (rows.len(), 0);
    for (spot, row) in rows {
        let at = At { spot, key: None };
        if let Err(why) = row.and_then(|row| reader.take(&row, at.clone(), &mut register, &mut notes)) {
            notes.dropped(&at, why);
            dropped += 1;
        }
    }
    let joined = register.joined;
    Harvest { rows: seen, joined, dropped, records: register.into_records(), complaints: notes.into_list() }
}

/// What all rows of a feed have in common.
struct Reader<'a> {
    feed: &'a Feed,
    vocabulary: &'a Vocabulary,
    languages: Languages,
    credit: Arc<Credit>,
}

impl Reader<'_> {
    /// Makes a record of a row, or says why it cannot be used.
    fn take(&self, row: &Object, mut at: At, register: &mut Register, notes: &mut Notes<'_>) -> Result<(), String> {
        let name = name(row).ok_or("It has no name. It was left out.")?;
        let key = key(row, &name);
        at.key = Some(key.clone());
        let services = Services::read(row, &at, notes);
        let (facts, people) = (Facts::of(&services), people::read(&services, &self.languages, notes));
        let mut record =
            Record::new(RecordId::new(&self.feed.name, &key), name, details(row, &services, &facts, &people));
        terms::place(&people.terms, self.vocabulary, true, &mut Vec::new(), &mut record);
        let housing = record.kind() == Kind::Housing;
        record.summary = Text::new(summary(row, &services, &people, housing));
        record.place = ways::place(row, &at, notes).map(Box::new);
        record.contacts = ways::contacts(row, &at, notes);
        record.pathways = facts.pathways();
        let second = field(row, "name2", MOST_NAME);
        if !second.is_empty() && text::fold(&second) != text::fold(&record.name.plain) {
            record.also.push(second);
        }
        record.credit = Arc::clone(&self.credit);
        register.add(&at, record, notes);
        Ok(())
    }
}

/// A field in one line, fit for the screen; empty when it says nothing.
fn field(row: &Object, name: &str, most: usize) -> String {
    row.get(name).and_then(as_text).map(|raw| text::clean(&raw, most)).unwrap_or_default()
}

fn name(row: &Object) -> Option<String> {
    let said = |name: &String| name.chars().any(char::is_alphanumeric);
    ["name1", "name2"].into_iter().map(|name| field(row, name, MOST_NAME)).find(said)
}

fn key(row: &Object, name: &str) -> String {
    let own = row.get("frid").and_then(as_text).and_then(|raw| keys::own(&raw));
    own.unwrap_or_else(|| {
        let parts =
            ["name1", "name2", "street1", "city", "state", "zip"].map(|part| text::fold(&field(row, part, MOST_NAME)));
        keys::made(name, &parts)
    })
}

/// A residence, or a service of some sort.
fn details(row: &Object, services: &Services, facts: &Facts, people: &People) -> Details {
    match facts.service_sort(&field(row, "typeFacility", 20)) {
        None => Details::Housing(Box::new(Residence {
            certification: services.words_of(&["LCA"]),
            children: facts.has(Fact::BedsForChildren).then_some(true),
            pays: services.cost(),
            moud: facts.moud(),
            moud_note: facts.medicine_words.join("; "),
            ..Residence::default()
        })),
        Some(sort) => Details::Service(Box::new(Service {
            sort,
            run_by: String::new(),
            cost: services.cost(),
            how: String::new(),
            eligibility: people.words.join("; "),
        })),
    }
}

/// What a facility says of itself, a paragraph for each category. For whom it is stands in a field of a service, and has
/// none in a residence.
fn summary(row: &Object, services: &Services, people: &People, housing: bool) -> String {
    let kind = match field(row, "typeFacility", 20).to_uppercase().as_str() {
        "SA" => "Substance use treatment",
        "MH" => "Mental health care",
        "HRSA" => "Health center",
        "VA" => "Care for veterans",
        "OTP" => "Opioid treatment program",
        "BUPREN" => "Prescribes buprenorphine",
        _ => "",
    };
    let kind = if housing { "" } else { kind };
    let mut paragraphs: Vec<String> = std::iter::once(kind.to_owned()).chain(services.paragraphs()).collect();
    if housing {
        paragraphs.push(people.words.join("; "));
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    text::clean_paragraphs(&paragraphs.join("\n"), MOST_SUMMARY)
}
