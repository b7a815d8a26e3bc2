//! Rows of cells under a row of headers: text with separators (CSV), as spreadsheets, exports and plugins write it, and
//! sheets that come as JSON.
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

use serde_json::Value;

use super::Spot;
use super::notes::{At, Notes};

mod lines;
#[cfg(test)]
mod tests;

use lines::Lines;

/// How far down a header is looked for.
const MOST_TITLES: usize = 5;

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
    /// A header without rows. Columns without a name at its end are none.
    fn new(mut header: Vec<String>) -> Self {
        while header.pop_if(|name| name.is_empty()).is_some() {}
        Self { header, rows: Vec::new() }
    }

    /// Adds a row, if a cell of it is filled.
    fn add(&mut self, spot: Spot, cells: SheetRow, notes: &mut Notes<'_>) {
        let mut cells: Vec<String> = match cells {
            Ok(cells) => cells.iter().map(|cell| tidy(cell)).collect(),
            Err(why) => return self.rows.push(Line { spot, had: 0, cells: Err(why) }),
        };
        if cells.iter().all(String::is_empty) {
            return;
        }
        // Many sheets end their rows in separators.
        let width = self.header.len();
        while cells.len() > width && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        let had = cells.len();
        if had > width {
            notes.row(
                &At { spot: notes.here(spot), key: None },
                format!(
                    "It has {had} cells under {width} headers; perhaps a comma stands in a cell without quotation marks \
                     around it. What is beyond the headers was left out."
                ),
            );
        }
        cells.resize(width, String::new());
        self.rows.push(Line { spot, had, cells: Ok(cells) });
    }

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
fn under(header: Vec<String>, mut lines: Lines<'_>, notes: &mut Notes<'_>) -> Table {
    let mut table = Table::new(header);
    while let Some(row) = lines.next_row(table.header.len()) {
        let torn = "A quotation mark in this row is not closed. The row was left out.";
        let cells = if row.torn { Err(torn.to_owned()) } else { Ok(row.cells) };
        table.add(Spot::line(row.line), cells, notes);
    }
    table
}

/// A row of a sheet that came as JSON: its cells, or why it has none.
pub(super) type SheetRow = Result<Vec<String>, String>;

/// Reads rows of cells that were taken out of another wrapping. `is_header` knows a header by its cells.
///
/// # Errors
/// No header was found: the cells of the first row that has several.
pub(super) fn of_rows(
    rows: Vec<SheetRow>,
    notes: &mut Notes<'_>,
    is_header: impl Fn(&[String]) -> bool,
) -> Result<Table, Vec<String>> {
    let names = |row: &SheetRow| row.iter().flatten().map(|cell| unquoted(cell)).collect::<Vec<_>>();
    let titles: Vec<Vec<String>> = rows.iter().take(MOST_TITLES).map(names).collect();
    let Some(at) = titles.iter().position(|cells| is_header(cells)) else {
        return Err(titles.into_iter().find(|cells| cells.len() > 1).unwrap_or_default());
    };
    let mut table = Table::new(titles.into_iter().nth(at).unwrap_or_default());
    let width = table.header.len();
    for (index, mut cells) in rows.into_iter().enumerate().skip(at + 1) {
        // Google leaves empty cells at the end of a row away; in a file of text, a row that ends early is damaged.
        if let Ok(cells) = &mut cells {
            cells.resize(cells.len().max(width), String::new());
        }
        table.add(Spot::row(index + 1), cells, notes);
    }
    Ok(table)
}

/// The rows of a Google sheet (`{"values": [[...], ...]}`, or the list alone), if the text is one.
pub(super) fn sheet_rows(text: &str) -> Option<Vec<SheetRow>> {
    let list = match serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()? {
        Value::Object(mut sheet) => sheet.remove("values")?,
        list => list,
    };
    let Value::Array(rows) = list else { return None };
    rows.first().is_some_and(Value::is_array).then(|| rows.into_iter().map(sheet_row).collect())
}

/// A row of a Google sheet.
pub(super) fn sheet_row(value: Value) -> SheetRow {
    let Value::Array(cells) = value else {
        return Err("This is no row of a table. It was left out.".to_owned());
    };
    let text = |cell| match cell {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    };
    Ok(cells.into_iter().map(text).collect())
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
pub(super) fn plain_name<'t>(raw: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
    let raw = raw.into();
    // Most are so already.
    let mut before = b'_';
    let is_plain = raw.bytes().all(|byte| {
        let fits = byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' && before != b'_';
        before = byte;
        fits
    });
    if is_plain && before != b'_' {
        return raw;
    }
    let words = raw.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_").into()
}
