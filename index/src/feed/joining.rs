//! How one joins a meeting from afar, and so how one takes part: what all formats of meetings share.

use super::links::{self, Dial};
use super::notes::{At, Notes, quote};
use crate::record::{Attendance, Contact, Way};

/// The ways to a meeting, the best first. Only ways that work are kept.
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

impl Ways {
    pub(super) fn add(&mut self, way: Way, value: String, note: &str) {
        if !self.list.iter().any(|contact| contact.way == way && contact.value == value) {
            self.list.push(Contact { way, value, note: note.to_owned() });
        }
    }

    /// Adds an address for joining. False when there is none, so that the note has nothing to stand beside.
    pub(super) fn add_link(&mut self, raw: Option<&str>, note: &str, at: &At, notes: &mut Notes<'_>) -> bool {
        let Some(raw) = raw else { return false };
        let Some(address) = links::first_web(raw) else {
            notes.row(at, format!("The address for joining {} cannot be opened; it was left out.", quote(raw)));
            return false;
        };
        self.room = links::is_room(&address);
        self.page = !self.room;
        self.add(if self.room { Way::Join } else { Way::Website }, address, note);
        true
    }

    /// Adds a number for joining by telephone. False when there is none, so that the note has nothing to stand beside;
    /// one that cannot be read is told, and its note with it.
    pub(super) fn add_dial(&mut self, raw: Option<&str>, note: &str, at: &At, notes: &mut Notes<'_>) -> bool {
        let number = match raw.map_or(Dial::None, links::dial) {
            Dial::Number(number) => number,
            Dial::Shortened(number) => {
                notes.row(
                    at,
                    "What to type after the number for joining by phone cannot be read; the number alone is shown.",
                );
                number
            }
            Dial::Unreadable => {
                notes.row(at, "The number for joining by phone cannot be read; it was left out.");
                return false;
            }
            Dial::None => return false,
        };
        self.dial = true;
        self.add(Way::Dial, number, note);
        true
    }

    /// Whether one can be there without being in the room.
    pub(super) fn reach(&self) -> bool {
        self.room || self.dial
    }

    /// How one takes part in a meeting that is held nowhere.
    pub(super) fn afar(&self) -> Part {
        let attendance = match (self.room, self.dial) {
            (true, _) => Attendance::Online,
            (false, true) => Attendance::Phone,
            (false, false) => Attendance::AskFirst,
        };
        Part { attendance, nowhere: true }
    }
}

/// How one takes part in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) attendance: Attendance,
    /// It is not held at a place, so what its address says is only where it belongs.
    pub(super) nowhere: bool,
}

impl Part {
    pub(super) fn at_place(attendance: Attendance) -> Self {
        Self { attendance, nowhere: false }
    }

    /// Whether one can be in the room, so that what is only true in a room may be said.
    pub(super) fn in_room(self) -> bool {
        self.attendance.has_place() && !self.nowhere
    }
}
