//! Rows of cells under a row of headers: Google sheets as JSON, and files of comma-separated values.

use std::borrow::Cow;

use super::Reader;
use super::container::Found;
use super::notes::{Notes, quote};
use super::row::Row;
use super::sheaves::Sheaf;
use crate::feed::table::{self, SheetRow, Table, plain_name};
use crate::feed::written::Written;
use crate::feed::{Part, bytes, foreign};

/// The rows of a sheet that came as JSON.
pub(super) fn rows(values: Vec<SheetRow>, notes: &mut Notes<'_>, name: &str) -> Vec<Found<'static>> {
    let Ok(table) = table::of_rows(values, notes, is_header) else {
        notes.feed(format!(
            "{} is a table without a row of headers (one of them must be “Name” or “Slug”). Nothing was read from it.",
            quote(name)
        ));
        return Vec::new();
    };
    found(table)
}

/// The rows of a table by the names of its columns. What says nothing under them is no row.
fn found(table: Table) -> Vec<Found<'static>> {
    let names: Vec<String> = table.header.iter().map(|name| header(name)).collect();
    let found = table.rows.into_iter().filter_map(|line| match line.cells {
        Ok(cells) => {
            let fields = names.iter().cloned().zip(cells).map(|(name, cell)| (name.into(), Written::Text(cell.into())));
            let row = Row::of(line.spot, fields.filter(|(name, _): &(Cow<'_, str>, _)| !name.is_empty()));
            (!row.is_empty()).then_some(Found::Row(row))
        }
        Err(why) => Some(Found::Broken(line.spot, why)),
    });
    found.collect()
}

/// In a sheet, the header "ID" means the slug.
fn header(cell: &str) -> String {
    let name = plain_name(cell);
    if name == "id" { "slug".to_owned() } else { name.into_owned() }
}

fn is_header(cells: &[String]) -> bool {
    let names: Vec<String> = cells.iter().map(|cell| header(cell)).collect();
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    has(&["name", "meeting_name", "slug"])
        && has(&[
            "day",
            "time",
            "start_time",
            "types",
            "type",
            "address",
            "formatted_address",
            "location",
            "conference_url",
        ])
}

/// Reads a file that must be one of separated values. What is wrong with it as a whole becomes a complaint.
pub(super) fn read(part: &Part<'_>, reader: &Reader<'_>, notes: &mut Notes<'_>) -> Vec<Sheaf> {
    vec![reader.bind(file(part, notes))]
}

fn file(part: &Part<'_>, notes: &mut Notes<'_>) -> Vec<Found<'static>> {
    if let Some(what) = foreign::by_first_bytes(part.bytes) {
        notes.feed(format!("{} is {what}, not a CSV file. Nothing was read from it.", quote(part.name)));
        return Vec::new();
    }
    let text = bytes::decode(part, notes);
    if let Some(rows) = separated(&text, notes) {
        return rows;
    }
    let what = foreign::instead_of_table(&text).unwrap_or_else(|| {
        format!(
            "has no row of headers (one of them must be “Name” or “Slug”, another “Day” or “Time”); it begins with {}",
            quote(&text)
        )
    });
    notes.feed(format!("{} {what}. Nothing was read from it.", quote(part.name)));
    Vec::new()
}

/// The rows of a text of separated values, if one of its first lines looks like headers.
pub(super) fn separated(text: &str, notes: &mut Notes<'_>) -> Option<Vec<Found<'static>>> {
    table::read_text(text, notes, is_header).ok().map(found)
}
