//! Rows of cells under a row of headers: Google sheets as JSON, and files of comma-separated values.

use serde_json::Value;

use super::container::Found;
use super::notes::{Notes, quote};
use super::row::{Row, field_name};
use crate::feed::Spot;

/// How far down a row of headers is looked for (some sheets have a title above it).
const MOST_TITLES: usize = 5;

/// The rows under the headers. A row that is absent was no row of cells. Rows without any cell filled are no rows.
pub(super) fn rows(table: Vec<Option<Vec<Value>>>, notes: &mut Notes<'_>, name: &str) -> Vec<Found> {
    let headers = table.iter().take(MOST_TITLES).position(|row| row.as_deref().is_some_and(is_header));
    let Some(headers) = headers else {
        notes.feed(format!(
            "{} is a table without a row of headers (one of them must be “Name” or “Slug”). Nothing was read from it.",
            quote(name)
        ));
        return Vec::new();
    };
    let mut table = table.into_iter().enumerate().skip(headers);
    let names: Vec<String> = match table.next() {
        Some((_, Some(cells))) => cells.iter().map(header).collect(),
        _ => Vec::new(),
    };
    let found = table.filter_map(|(index, cells)| {
        let spot = Spot::Row(index + 1);
        let Some(cells) = cells else {
            return Some(Found::Broken(spot, "This is not a row of cells. It was left out.".to_owned()));
        };
        let row = Row::of(spot, names.iter().cloned().zip(cells).filter(|(name, _)| !name.is_empty()));
        (!row.is_empty()).then_some(Found::Row(row))
    });
    found.collect()
}

/// In a sheet, the header "ID" means the slug.
fn header(cell: &Value) -> String {
    let name = field_name(cell.as_str().unwrap_or_default());
    if name == "id" { "slug".to_owned() } else { name }
}

fn is_header(cells: &[Value]) -> bool {
    let names: Vec<_> = cells.iter().map(header).collect();
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

/// The cells of a file of comma-separated values.
pub(super) struct Table {
    pub(super) rows: Vec<Option<Vec<Value>>>,
    /// The file ends inside a quoted cell.
    pub(super) cut: bool,
}

/// A text of comma-separated values as a table, if one of its first lines looks like headers.
pub(super) fn comma_separated(text: &str) -> Option<Table> {
    let lines = text.split(['\n', '\r']).take(2 * MOST_TITLES);
    let looks = lines.map(|line| split(line).0.into_iter().next().unwrap_or_default());
    if !looks.into_iter().any(|cells| is_header(&cells)) {
        return None;
    }
    let (rows, cut) = split(text);
    Some(Table { rows: rows.into_iter().map(Some).collect(), cut })
}

/// Cells of comma-separated values: quoted cells may hold commas, line ends and doubled quotation marks. Also
/// whether the text ends inside a quoted one.
fn split(text: &str) -> (Vec<Vec<Value>>, bool) {
    let mut table = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' if quoted || cell.trim().is_empty() => {
                quoted = !quoted;
                if quoted {
                    cell.clear();
                }
            }
            ',' if !quoted => row.push(Value::String(std::mem::take(&mut cell))),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {}
            '\n' | '\r' if !quoted => {
                row.push(Value::String(std::mem::take(&mut cell)));
                table.push(std::mem::take(&mut row));
            }
            _ => cell.push(letter),
        }
    }
    row.push(Value::String(cell));
    table.push(row);
    (table, quoted)
}
