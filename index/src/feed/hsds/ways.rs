//! How to reach a service: its own ways first, then those of its place, then those of who runs it. Contacts that
//! name a person are that person's: they are not read. A fax is no way for a visitor.

use super::objects::{Fields, Object};
use super::package::Head;
use crate::feed::links;
use crate::feed::notes::{At, Notes, quote};
use crate::record::{Contact, Way};
use crate::text;

/// More ways than a person tries.
const MOST: usize = 12;

/// The ways to a listing.
#[derive(Debug, Default)]
pub(super) struct Ways {
    pub(super) list: Vec<Contact>,
}

impl Ways {
    /// The ways that a head gives, with this note beside those that have none of their own.
    pub(super) fn take(&mut self, head: &Head, note: &str, at: &At, notes: &mut Notes<'_>) {
        for phone in head.rows(Object::Phone).iter().take(MOST) {
            self.phone(phone, note, at, notes);
        }
        if let Some(raw) = head.get("email") {
            let mails = links::mails(raw);
            if mails.is_empty() {
                notes.row(at, "Its e-mail address cannot be read; it was left out.");
            }
            mails.into_iter().take(2).for_each(|mail| self.add(Way::Email, mail, note));
        }
        if let Some(raw) = head.fields.first(&["url", "website"]) {
            self.web(raw, note, at, notes);
        }
        for page in head.rows(Object::Page).iter().take(MOST) {
            let label = text::clean(page.get("label").unwrap_or(note), 120);
            if let Some(raw) = page.get("url") {
                self.web(raw, &label, at, notes);
            }
        }
    }

    /// An address of the web: a room or a page.
    pub(super) fn web(&mut self, raw: &str, note: &str, at: &At, notes: &mut Notes<'_>) {
        match links::first_web(raw) {
            Some(address) if links::is_room(&address) => self.add(Way::Join, address, note),
            Some(address) => self.add(Way::Website, address, note),
            None => notes.row(at, format!("The web address {} cannot be opened; it was left out.", quote(raw))),
        }
    }

    pub(super) fn has(&self, way: Way) -> bool {
        self.list.iter().any(|contact| contact.way == way)
    }

    fn phone(&mut self, phone: &Fields, note: &str, at: &At, notes: &mut Notes<'_>) {
        let sort = text::fold(phone.get("type").unwrap_or_default());
        let way = match sort.as_str() {
            "fax" | "pager" => return,
            "text" | "sms" => Way::Text,
            "textphone" | "tty" | "tdd" => Way::Tty,
            _ => Way::Phone,
        };
        let Some(written) = phone.first(&["number", "phone"]) else { return };
        let Some(number) = links::phone(written.trim_matches(['"', '\'', '“', '”', ' '])) else {
            notes.row(at, "Its phone number cannot be read; it was left out.");
            return;
        };
        let extension: String =
            phone.get("extension").unwrap_or_default().chars().filter(char::is_ascii_digit).take(8).collect();
        let number = if extension.is_empty() { number } else { format!("{number} ext. {extension}") };
        let said = text::clean(phone.first(&["description", "department"]).unwrap_or(note), 200);
        self.add(way, number, &said);
    }

    fn add(&mut self, way: Way, value: String, note: &str) {
        let known = self.list.iter().any(|contact| contact.way == way && contact.value == value);
        if !known && self.list.len() < MOST {
            self.list.push(Contact { way, value, note: note.to_owned() });
        }
    }
}
