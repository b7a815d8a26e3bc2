//! How one takes part: one honest value, from what a row says and from the ways that really work.

use super::kinds::Kinds;
use super::notes::{Notes, quote};
use super::row::Row;
use crate::feed::joining::{Part, Ways};
use crate::record::Attendance;

/// What the row itself says in `attendance_option`.
enum Said {
    InPerson,
    Online,
    Hybrid,
    Inactive,
    Nothing,
}

/// How one takes part. What the row says itself comes first; else a meeting is in person where its address is one and the
/// place is not closed, and online where a room or a number is known.
pub(super) fn read(row: &Row<'_>, kinds: &Kinds, approximate: bool, ways: &Ways, notes: &mut Notes<'_>) -> Part {
    let (reachable, nowhere, at_place) = (ways.reach(), ways.afar(), Part::at_place);
    match said(row, notes) {
        Said::InPerson => at_place(Attendance::InPerson),
        Said::Inactive => at_place(Attendance::Suspended),
        Said::Hybrid => {
            if !reachable && !ways.page {
                notes.row(&row.at, "It is said to be online as well, but there is no way to join.");
            }
            at_place(Attendance::Hybrid)
        }
        Said::Online => {
            no_way(reachable || ways.page, row, notes);
            nowhere
        }
        Said::Nothing => match (kinds.place_closed, approximate, reachable) {
            (false, false, true) => at_place(Attendance::Hybrid),
            (false, false, false) => {
                no_way(!kinds.online || ways.page, row, notes);
                at_place(Attendance::InPerson)
            }
            (_, _, true) => nowhere,
            (true, _, false) if !kinds.online && !ways.page => at_place(Attendance::Suspended),
            (false, true, false) if !kinds.online && !ways.page => at_place(Attendance::AskFirst),
            (_, _, false) => {
                no_way(ways.page, row, notes);
                nowhere
            }
        },
    }
}

fn no_way(there_is_one: bool, row: &Row<'_>, notes: &mut Notes<'_>) {
    if !there_is_one {
        notes.row(&row.at, "It is said to be online, but there is no way to join; the listing says to ask.");
    }
}

fn said(row: &Row<'_>, notes: &mut Notes<'_>) -> Said {
    let Some(written) = row.text("attendance_option") else { return Said::Nothing };
    match written.to_lowercase().replace(['-', ' '], "_").as_str() {
        "in_person" | "inperson" => Said::InPerson,
        "online" | "virtual" => Said::Online,
        "hybrid" => Said::Hybrid,
        "inactive" => Said::Inactive,
        _ => {
            notes.row(&row.at, format!("The way of taking part {} is not known.", quote(&written)));
            Said::Nothing
        }
    }
}
