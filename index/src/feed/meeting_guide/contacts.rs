//! How to reach and to join a meeting. Only ways that work are kept, and what is to be known beside a way stays with it.
//!
//! Fields of members and staff (author, edit links, contact names and numbers, feedback boxes) and ways to give money are
//! not read at all.

use super::links::{self, Dial};
use super::notes::{Notes, quote};
use super::row::Row;
use crate::record::{Contact, Way};
use crate::text;

/// The ways to a meeting, the best first.
#[derive(Clone, Debug, Default)]
pub(super) struct Ways {
    pub(super) list: Vec<Contact>,
    /// An address that opens a room.
    pub(super) room: bool,
    /// A number to dial into it.
    pub(super) dial: bool,
    /// An address for joining that is a page to read first.
    pub(super) page: bool,
}

/// Reads the ways of a row.
pub(super) fn read(row: &Row, notes: &mut Notes<'_>) -> Ways {
    let mut ways = Ways::default();
    join(row, &mut ways, notes);
    dial(row, &mut ways, notes);
    for raw in row.texts("phone") {
        match links::phone(&raw) {
            Some(number) => ways.add(Way::Phone, number, ""),
            None => notes.row(&row.at, "Its phone number cannot be read; it was left out."),
        }
    }
    let mails: Vec<_> = row.texts("email").iter().flat_map(|raw| links::mails(raw)).collect();
    if mails.is_empty() && row.has("email") {
        notes.row(&row.at, "Its e-mail address cannot be read; it was left out.");
    }
    for mail in mails.into_iter().take(3) {
        ways.add(Way::Email, mail, "");
    }
    for field in ["website", "website_2", "url"] {
        website(row, field, "", &mut ways, notes);
    }
    entity(row, &mut ways, notes);
    ways
}

impl Ways {
    fn add(&mut self, way: Way, value: String, note: &str) {
        if !self.list.iter().any(|contact| contact.way == way && contact.value == value) {
            self.list.push(Contact { way, value, note: note.to_owned() });
        }
    }
}

fn join(row: &Row, ways: &mut Ways, notes: &mut Notes<'_>) {
    let note = text::clean(&row.text("conference_url_notes").unwrap_or_default(), 400);
    let address = row.text("conference_url").and_then(|raw| {
        let address = links::first_web(&raw);
        if address.is_none() {
            notes.row(&row.at, format!("The address for joining {} cannot be opened; it was left out.", quote(&raw)));
        }
        address
    });
    let Some(address) = address else {
        if !note.is_empty() {
            notes.row(&row.at, "It has notes for joining online, but no address; the notes were left out.");
        }
        return;
    };
    ways.room = links::is_room(&address);
    ways.page = !ways.room;
    ways.add(if ways.room { Way::Join } else { Way::Website }, address, &note);
}

fn dial(row: &Row, ways: &mut Ways, notes: &mut Notes<'_>) {
    let note = text::clean(&row.text("conference_phone_notes").unwrap_or_default(), 400);
    let dial = row.text("conference_phone").map_or(Dial::None, |raw| links::dial(&raw));
    match dial {
        Dial::Number(number) => {
            ways.dial = true;
            ways.add(Way::Dial, number, &note);
        }
        Dial::Shortened(number) => {
            ways.dial = true;
            ways.add(Way::Dial, number, &note);
            notes.row(
                &row.at,
                "What to type after the number for joining by phone cannot be read; the number alone is shown.",
            );
        }
        Dial::Unreadable => notes.row(&row.at, "The number for joining by phone cannot be read; it was left out."),
        Dial::None if !note.is_empty() => {
            notes.row(&row.at, "It has notes for joining by phone, but no number; the notes were left out.");
        }
        Dial::None => {}
    }
}

fn website(row: &Row, field: &str, note: &str, ways: &mut Ways, notes: &mut Notes<'_>) {
    let Some(raw) = row.text(field) else { return };
    match links::first_web(&raw) {
        Some(address) => ways.add(Way::Website, address, note),
        None => notes.row(&row.at, format!("The web address {} cannot be opened; it was left out.", quote(&raw))),
    }
}

/// Who lists the meeting: an intergroup or office.
fn entity(row: &Row, ways: &mut Ways, notes: &mut Notes<'_>) {
    let name = text::clean(&row.text("entity").unwrap_or_default(), 120);
    if let Some(number) = row.text("entity_phone").and_then(|raw| links::phone(&raw)) {
        ways.add(Way::Phone, number, &name);
    }
    for mail in row.texts("entity_email").iter().flat_map(|raw| links::mails(raw)).take(1) {
        ways.add(Way::Email, mail, &name);
    }
    website(row, "entity_url", &name, ways, notes);
}
