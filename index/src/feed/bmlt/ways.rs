//! How to join a meeting from afar. What is to be known beside a way stays with it.

use super::notes::Notes;
use super::row::Row;
use crate::feed::joining::Ways;

/// Reads the ways of a row, and what is said of joining when there is no way beside which it could stand.
pub(super) fn read(row: &Row, notes: &mut Notes<'_>) -> (Ways, Option<String>) {
    let mut ways = Ways::default();
    let note = row.clean("virtual_meeting_additional_info", 400);
    let linked = ways.add_link(row.text("virtual_meeting_link").as_deref(), &note, &row.at, notes);
    let beside_number = if linked { "" } else { &note };
    let dialled = ways.add_dial(row.text("phone_meeting_number").as_deref(), beside_number, &row.at, notes);
    (ways, Some(note).filter(|note| !note.is_empty() && !linked && !dialled))
}
