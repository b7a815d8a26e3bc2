//! Rows of cells under a row of headers, from text with separators (CSV): what spreadsheets, exports and plugins write.
//!
//! - The header is the first of the first lines that its reader takes for one: many sheets have a title above it. Cells
//!   are separated by commas, else by semicolons or tabs, whichever gives a header.
//! - Cells are trimmed; `####`, `N/A` and the like are nothing ([`is_nothing`]). Rows without a filled cell are no rows.
//! - Line ends may be LF, CR LF or CR. Rows may be shorter than the header; what is longer is complained of.
//! - Quoted cells may hold separators, line ends and doubled quotation marks. A quotation mark that is never closed would
//!   swallow the rest of the file: it costs its own row alone, and reading goes on with the next line that looks like a row.
//!
//! Invariants: every row that is not kept stands among the rows as a fault; time and memory are in proportion to the text.

use std::borrow::Cow;

use super::Spot;
use super::notes::{At, Notes};

mod lines;
#[cfg(test)]
mod tests;

use lines::Lines;

/// How far down a header is looked for.
pub(super) const MOST_TITLES: usize = 5;

/// What may stand between cells, the usual first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// A header and the rows under it.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The names of the columns, as they are written, trimmed. A column without a name is empty.
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Line>,
}

/// A row, and where it begins.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) spot: Spot,
    /// How many cells it had before it was made as wide as the header.
    pub(super) had: usize,
    /// Its cells, trimmed, as many as the header has; or why they cannot be used.
    pub(super) cells: Result<Vec<String>, String>,
}

impl Table {
    /// The number of the column of this name, however it is spelled ([`plain_name`]).
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        let name = plain_name(name);
        self.header.iter().position(|column| plain_name(column) == name)
    }
}

/// Reads a text. `is_header` knows a header by its cells.
///
/// # Errors
/// No header was found: the cells of the first line that has several.
pub(super) fn read_text(
    text: &str,
    notes: &mut Notes<'_>,
    is_header: impl Fn(&[String]) -> bool,
) -> Result<Table, Vec<String>> {
    let text = text.trim_start_matches(['\u{feff}', '\0']);
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    let mut first_line = Vec::new();
    for separator in SEPARATORS {
        let mut lines = Lines::new(&text, separator);
        for _ in 0..MOST_TITLES {
            let Some(row) = lines.next_row(0) else { break };
            let cells: Vec<String> = row.cells.iter().map(|cell| unquoted(cell)).collect();
            if is_header(&cells) {
                return Ok(under(cells, lines, notes));
            }
            if first_line.len() < 2 && cells.len() > 1 {
                first_line = cells;
            }
        }
    }
    Err(first_line)
}

/// The rows under a header.
fn under(mut header: Vec<String>, mut lines: Lines<'_>, notes: &mut Notes<'_>) -> Table {
    while header.pop_if(|name| name.is_empty()).is_some() {}
    let width = header.len();
    let mut rows = Vec::new();
    while let Some(row) = lines.next_row(width) {
        let spot = Spot::Line(row.line);
        if row.torn {
            let why = "A quotation mark in this row is not closed. The row was left out.".to_owned();
            rows.push(Line { spot, had: 0, cells: Err(why) });
            continue;
        }
        let mut cells: Vec<String> = row.cells.iter().map(|cell| tidy(cell)).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        // Many sheets end their rows in separators.
        while cells.len() > width && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        let had = cells.len();
        if had > width {
            notes.row(
                &At { spot, key: None },
                format!(
                    "It has {had} cells under {width} headers; a separator may stand in a cell without quotation \
                     marks. Cells beyond the headers were left out."
                ),
            );
        }
        cells.resize(width, String::new());
        rows.push(Line { spot, had, cells: Ok(cells) });
    }
    Table { header, rows }
}

/// A cell, trimmed; nothing for what stands for nothing.
fn tidy(cell: &str) -> String {
    let cell = cell.trim();
    if is_nothing(cell) { String::new() } else { cell.to_owned() }
}

/// The name of a column; some exports leave its quotation marks in place.
fn unquoted(cell: &str) -> String {
    cell.trim().trim_matches('"').trim().to_owned()
}

/// Whether a text stands for nothing: what is empty, and what spreadsheets and careless exports write instead.
pub(super) fn is_nothing(text: &str) -> bool {
    const NOTHING: [&str; 8] = ["null", "undefined", "n/a", "#n/a", "nan", "#ref!", "#value!", "#name?"];
    let text = text.trim();
    text.chars().all(|c| c == '#') || NOTHING.iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

/// `End Time`, `end-time` and `END_TIME` are `end_time`.
pub(super) fn plain_name(raw: &str) -> String {
    let words = raw.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}
