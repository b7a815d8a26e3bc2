//! Rows of cells under a row of headers: Google sheets as JSON, and files of comma-separated values.

use serde_json::Value;

use super::container::Found;
use super::notes::{Notes, quote};
use super::row::Row;
use crate::feed::table::{self, MOST_TITLES, plain_name};
use crate::feed::{Part, Spot, bytes, foreign};

/// The rows under the headers. A row that is absent was no row of cells. Rows without any cell filled are no rows.
pub(super) fn rows(table: Vec<Option<Vec<Value>>>, notes: &mut Notes<'_>, name: &str) -> Vec<Found> {
    let headers =
        table.iter().take(MOST_TITLES).position(|row| row.as_deref().is_some_and(|row| has_headers(&names_of(row))));
    let Some(headers) = headers else {
        notes.feed(format!(
            "{} is a table without a row of headers (one of them must be “Name” or “Slug”). Nothing was read from it.",
            quote(name)
        ));
        return Vec::new();
    };
    let mut table = table.into_iter().enumerate().skip(headers);
    let names: Vec<String> = match table.next() {
        Some((_, Some(cells))) => names_of(&cells),
        _ => Vec::new(),
    };
    let found = table.filter_map(|(index, cells)| {
        let spot = Spot::Row(index + 1);
        let Some(cells) = cells else {
            return Some(Found::Broken(spot, "This is not a row of cells. It was left out.".to_owned()));
        };
        let row = row(spot, &names, cells);
        (!row.is_empty()).then_some(Found::Row(row))
    });
    found.collect()
}

fn row(spot: Spot, names: &[String], cells: impl IntoIterator<Item = Value>) -> Row {
    Row::of(spot, names.iter().cloned().zip(cells).filter(|(name, _)| !name.is_empty()))
}

/// In a sheet, the header "ID" means the slug.
fn header(cell: &str) -> String {
    let name = plain_name(cell);
    if name == "id" { "slug".to_owned() } else { name }
}

fn names_of(cells: &[Value]) -> Vec<String> {
    cells.iter().map(|cell| header(cell.as_str().unwrap_or_default())).collect()
}

fn has_headers(names: &[String]) -> bool {
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

/// The rows of a file that must be one of separated values. What is wrong with it as a whole becomes a complaint.
pub(super) fn file(part: &Part<'_>, notes: &mut Notes<'_>) -> Vec<Found> {
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
pub(super) fn separated(text: &str, notes: &mut Notes<'_>) -> Option<Vec<Found>> {
    let is_header = |cells: &[String]| has_headers(&cells.iter().map(|cell| header(cell)).collect::<Vec<_>>());
    let table = table::read_text(text, notes, is_header).ok()?;
    let names: Vec<String> = table.header.iter().map(|name| header(name)).collect();
    let found = table.rows.into_iter().map(|line| match line.cells {
        Ok(cells) => Found::Row(row(line.spot, &names, cells.into_iter().map(Value::String))),
        Err(why) => Found::Broken(line.spot, why),
    });
    Some(found.collect())
}
