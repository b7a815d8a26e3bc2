//! How to reach and to join a meeting. Only ways that work are kept, and what is to be known beside a way stays with it.
//!
//! Fields of members and staff (author, edit links, contact names and numbers, feedback boxes) and ways to give money are
//! not read at all.

use super::links;
use super::notes::{Notes, quote};
use super::row::Row;
use crate::feed::joining::Ways;
use crate::record::Way;
use crate::text;

/// Reads the ways of a row.
pub(super) fn read(row: &Row<'_>, notes: &mut Notes<'_>) -> Ways {
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

fn join(row: &Row<'_>, ways: &mut Ways, notes: &mut Notes<'_>) {
    let note = text::clean(&row.text("conference_url_notes").unwrap_or_default(), 400);
    let linked = ways.add_link(row.text("conference_url").as_deref(), &note, &row.at, notes);
    if !linked && !note.is_empty() {
        notes.row(&row.at, "It has notes for joining online, but no address; the notes were left out.");
    }
}

fn dial(row: &Row<'_>, ways: &mut Ways, notes: &mut Notes<'_>) {
    let note = text::clean(&row.text("conference_phone_notes").unwrap_or_default(), 400);
    let dialled = ways.add_dial(row.text("conference_phone").as_deref(), &note, &row.at, notes);
    if !dialled && !note.is_empty() {
        notes.row(&row.at, "It has notes for joining by phone, but no number; the notes were left out.");
    }
}

fn website(row: &Row<'_>, field: &str, note: &str, ways: &mut Ways, notes: &mut Notes<'_>) {
    let Some(raw) = row.text(field) else { return };
    match links::first_web(&raw) {
        Some(address) => ways.add(Way::Website, address, note),
        None => notes.row(&row.at, format!("The web address {} cannot be opened; it was left out.", quote(&raw))),
    }
}

/// Who lists the meeting: an intergroup or office.
fn entity(row: &Row<'_>, ways: &mut Ways, notes: &mut Notes<'_>) {
    let name = text::clean(&row.text("entity").unwrap_or_default(), 120);
    if let Some(number) = row.text("entity_phone").and_then(|raw| links::phone(&raw)) {
        ways.add(Way::Phone, number, &name);
    }
    for mail in row.texts("entity_email").iter().flat_map(|raw| links::mails(raw)).take(1) {
        ways.add(Way::Email, mail, &name);
    }
    website(row, "entity_url", &name, ways, notes);
}
