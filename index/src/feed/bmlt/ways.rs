//! How to join a meeting from afar. What is to be known beside a way stays with it.

use super::notes::{Notes, quote};
use super::row::Row;
use crate::feed::links::{self, Dial};
use crate::record::{Contact, Way};

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
    /// What is said of joining when there is no way beside which it could stand.
    pub(super) unread: Option<String>,
}

impl Ways {
    pub(super) fn add(&mut self, way: Way, value: String, note: &str) {
        if !self.list.iter().any(|contact| contact.way == way && contact.value == value) {
            self.list.push(Contact { way, value, note: note.to_owned() });
        }
    }
}

/// Reads the ways of a row.
pub(super) fn read(row: &Row, notes: &mut Notes<'_>) -> Ways {
    let mut ways = Ways::default();
    let mut note = row.clean("virtual_meeting_additional_info", 400);
    let link = row.text("virtual_meeting_link");
    let address = link.as_deref().and_then(links::first_web);
    if let (Some(raw), None) = (&link, &address) {
        notes.row(&row.at, format!("The address for joining {} cannot be opened; it was left out.", quote(raw)));
    }
    if let Some(address) = address {
        ways.room = links::is_room(&address);
        ways.page = !ways.room;
        let way = if ways.room { Way::Join } else { Way::Website };
        ways.add(way, address, &std::mem::take(&mut note));
    }
    let dial = row.text("phone_meeting_number").map_or(Dial::None, |raw| links::dial(&raw));
    if let Dial::Shortened(_) = dial {
        notes.row(
            &row.at,
            "What to type after the number for joining by phone cannot be read; the number alone is shown.",
        );
    }
    match dial {
        Dial::Number(number) | Dial::Shortened(number) => {
            ways.dial = true;
            ways.add(Way::Dial, number, &std::mem::take(&mut note));
        }
        Dial::Unreadable => notes.row(&row.at, "The number for joining by phone cannot be read; it was left out."),
        Dial::None => {}
    }
    ways.unread = Some(note).filter(|note| !note.is_empty());
    ways
}
