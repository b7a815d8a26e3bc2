//! HSDS, the Human Services Data Specification of Open Referral: what information lines (211), councils and the United
//! Kingdom (Open Referral UK) publish about services, as JSON of the versions 2 to 3.1 or as tables of the versions 1.1 to
//! 3.1 (and of Ohana, from which they come). The version is known by what is there; nobody has to say it.
//!
//! Both serialisations fill one model, and one translation makes records of it:
//!
//! - `objects`: the objects of HSDS under all their names, and their fields;
//! - `package`: services, organizations, locations, ... by id, each with the rows that belong to it;
//! - `json`, `csv`: from bytes to the model;
//! - `listing`, `offered`, `organization`: from the model to records;
//! - `hours`, `place`, `ways`, `meaning`, `terms`, `residence`: a matter each.
//!
//! # What becomes a record
//!
//! A **service** becomes one: recovery housing by its taxonomy terms or name (`config/codes/hsds.toml`), or with a capacity
//! in beds where its sort does not say that it is something else, a residence; anything else a service of a sort. A service
//! at several locations is a record at each of them, because people ask what is near; each goes by `service@location`.
//! Services that are inactive or defunct are left out, each with a complaint; one that is temporarily closed is suspended.
//!
//! An **organization** becomes one if it has something to say, no service of its name, and either no listed service or at
//! least two: that of a single service stands in the service ("run by"), its ways behind the service's own.
//!
//! # The account of rows
//!
//! A row is: each time that a service is seen (in a table, a page, an organization, or under a location), each location of
//! a service beyond its first, each organization that becomes a record, and each piece that should be a service and cannot
//! be read. A service that is seen again is joined with its first sight, the fuller one leading.
//!
//! # What is read
//!
//! Of services: name, other name, description, alert, status, web and mail, fees, application, eligibility, ages, waiting,
//! interpretation, accreditation, dates of assurance and change; phones, schedules, holidays, languages, areas, costs,
//! documents, taxonomy terms, audiences, capacities. Of locations: name, description, transport, point, addresses,
//! accessibility, languages, phones; their hours where a service has none. Of organizations: names, description, web and
//! mail, phones. Of programs: the name.
//!
//! Of contacts that name no person, the number. Never read: the names, titles, mail boxes and numbers of persons,
//! assurers, attention lines, funding, tax numbers, identifiers, the history of the data.
//!
//! Invariants: rows = records + joined + dropped; a dropped row has a complaint; no row can harm its neighbours; every
//! string of a record has been cleaned.

use super::{Feed, Harvest, Part, bytes, foreign};
use crate::vocabulary::Vocabulary;

use super::notes::{Notes, quote};
use json::Pages;
use listing::Reader;
use package::Package;

mod csv;
mod hours;
mod json;
mod listing;
mod meaning;
mod objects;
mod offered;
mod organization;
mod package;
mod place;
mod residence;
mod terms;
#[cfg(test)]
mod tests;
mod ways;

/// Reads the parts of HSDS. What is wrong becomes complaints.
pub fn read(feed: &Feed, parts: &[Part<'_>], vocabulary: &Vocabulary) -> Harvest {
    let mut notes = Notes::new(&feed.name);
    let mut package = Package::default();
    let mut pages = Pages::default();
    for part in parts {
        notes.begin(part);
        read_part(part, &mut package, &mut pages, &mut notes);
    }
    package.settle(&mut notes);
    for (most, seen) in pages.into_iter().filter(|(most, seen)| seen < most) {
        notes.feed(format!("Of its {most} pages only {seen} came. What stands on the others is not listed."));
    }
    Reader::new(feed, vocabulary, &package).harvest(notes)
}

fn read_part(part: &Part<'_>, package: &mut Package, pages: &mut Pages, notes: &mut Notes<'_>) {
    if let Some(what) = foreign::by_first_bytes(part.bytes) {
        notes.feed(format!("{} is {what}, not a list of services. Nothing was read from it.", quote(part.name)));
        return;
    }
    let text = bytes::decode(part, notes);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0').trim_end();
    match text.as_bytes().first() {
        None => notes.feed(format!("{} is empty. Nothing was read from it.", quote(part.name))),
        Some(b'[') if foreign::is_table_header(text) => {
            notes.feed(format!("{} {}. Nothing was read from it.", quote(part.name), foreign::by_first_words(text)));
        }
        Some(b'[' | b'{') => json::read(part, text, package, pages, notes),
        Some(_) => csv::read(part, text, package, notes),
    }
}
