//! How one takes part: one honest value, from the venue type, the formats and the ways that really work.

use super::formats::{Held, Kinds};
use super::notes::{Notes, quote};
use super::row::Row;
use crate::feed::joining::{Part, Ways};
use crate::record::{Attendance, Place};

/// Where it is said to be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Venue {
    Room,
    Virtual,
    Both,
    NotSaid,
}

/// How one takes part. The venue type comes first, then the formats VM and HYBR; old servers have neither, and there a
/// meeting is in person where it has an address, and online where a way leads to it. A closed place (TC) leaves what is
/// virtual, and without that the meeting rests.
pub(super) fn read(row: &Row, kinds: &Kinds, place: &Place, ways: &Ways, notes: &mut Notes<'_>) -> Part {
    let (reachable, nowhere, at_place) = (ways.reach(), ways.afar(), Part::at_place);
    if kinds.says(Held::Suspended) {
        return at_place(Attendance::Suspended);
    }
    let venue = venue(row, kinds, notes);
    match venue {
        Venue::Virtual => {
            no_way(reachable || ways.page, row, notes);
            nowhere
        }
        Venue::Room | Venue::NotSaid | Venue::Both if kinds.says(Held::PlaceClosed) => {
            if reachable || ways.page {
                nowhere
            } else {
                at_place(Attendance::Suspended)
            }
        }
        Venue::Both => {
            if !reachable && !ways.page {
                notes.row(&row.at, "It is said to be online as well, but there is no way to join.");
            }
            at_place(Attendance::Hybrid)
        }
        Venue::Room => {
            if reachable {
                notes.row(&row.at, "It is said to be in person alone, but there is a way to join from afar.");
            }
            at_place(Attendance::InPerson)
        }
        Venue::NotSaid => match (!place.street.is_empty() || !place.name.is_empty(), reachable) {
            (true, true) => at_place(Attendance::Hybrid),
            (true, false) => at_place(Attendance::InPerson),
            (false, true) => nowhere,
            (false, false) if ways.page => nowhere,
            (false, false) => at_place(Attendance::AskFirst),
        },
    }
}

fn no_way(there_is_one: bool, row: &Row, notes: &mut Notes<'_>) {
    if !there_is_one {
        notes.row(&row.at, "It is said to be online, but there is no way to join; the listing says to ask.");
    }
}

/// The venue type, else what the formats say of it.
fn venue(row: &Row, kinds: &Kinds, notes: &mut Notes<'_>) -> Venue {
    let by_formats = match (kinds.says(Held::Hybrid), kinds.says(Held::Online)) {
        (true, _) => Venue::Both,
        (false, true) => Venue::Virtual,
        (false, false) => Venue::NotSaid,
    };
    let Some(written) = row.text("venue_type") else { return by_formats };
    let venue = match written.as_str() {
        "1" => Venue::Room,
        "2" => Venue::Virtual,
        "3" => Venue::Both,
        _ => {
            notes.row(
                &row.at,
                format!("The server's number {} for how it is held (venue type) is not known.", quote(&written)),
            );
            return by_formats;
        }
    };
    // A meeting whose place is closed for now may be in person by its nature and virtual at present.
    if by_formats != Venue::NotSaid && by_formats != venue && !kinds.says(Held::PlaceClosed) {
        notes.row(
            &row.at,
            "Its venue type and its formats do not say the same of where it is held; the venue type counts.",
        );
    }
    venue
}
