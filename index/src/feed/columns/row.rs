//! A row as its mapping sees it: what it says of a field, in our words, and what of it could not be read.

use std::collections::BTreeMap;

use super::mapping::{ANY_OTHER, JOINED, Mapping};
use super::words;
use crate::feed::notes::quote;
use crate::feed::table::Line;
use crate::text;

/// More values than any cell has; a bound because rows come from outside.
const MOST_VALUES: usize = 200;

/// In complaints, what no column says.
pub(super) const STANDS_IN: &str = "What stands in";

/// Where the columns of a mapping stand in one file.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// By field: the number of each of its columns, nothing for one that the file lacks, and its name.
    by_field: BTreeMap<&'static str, Vec<(Option<usize>, String)>>,
}

impl Columns {
    pub(super) fn new(mapping: &Mapping, find: impl Fn(&str) -> Option<usize>) -> Self {
        let place = |name: &String| (find(name), text::clean(name, 60));
        let by_field = mapping.columns.iter().map(|(field, names)| (*field, names.iter().map(place).collect()));
        Self { by_field: by_field.collect() }
    }

    /// Whether the file has a column for this field.
    pub(super) fn has(&self, field: &str) -> bool {
        self.of(field).iter().any(|(index, _)| index.is_some())
    }

    /// Whether the mapping names a column for this field that the file does not have.
    pub(super) fn lacks(&self, field: &str) -> bool {
        self.of(field).iter().any(|(index, _)| index.is_none())
    }

    fn of(&self, field: &str) -> &[(Option<usize>, String)] {
        self.by_field.get(field).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Something that a row says.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// Where: the name of a column; empty for what stands in.
    pub(super) column: String,
    /// Which of the field's columns that is, from 0.
    pub(super) number: usize,
    pub(super) text: String,
}

/// A row of a table.
pub(super) struct Row<'r> {
    mapping: &'r Mapping,
    columns: &'r Columns,
    cells: &'r [String],
    /// How many cells it really had, before it was made as wide as its header.
    had: usize,
    /// Whether the defaults stand in at present.
    pub(super) stand_in: bool,
    faults: Vec<String>,
}

impl<'r> Row<'r> {
    pub(super) fn new(mapping: &'r Mapping, columns: &'r Columns, line: &Line, cells: &'r [String]) -> Self {
        Self { mapping, columns, cells, had: line.had, stand_in: true, faults: Vec::new() }
    }

    /// A row that says nothing, for which the defaults speak.
    pub(super) fn of_defaults(mapping: &'r Mapping, columns: &'r Columns) -> Self {
        Self { mapping, columns, cells: &[], had: 0, stand_in: true, faults: Vec::new() }
    }

    /// What could not be read, for staff.
    pub(super) fn take_faults(&mut self) -> Vec<String> {
        std::mem::take(&mut self.faults)
    }

    /// Notes something about the row in words of its own.
    pub(super) fn note(&mut self, text: impl Into<String>) {
        self.faults.push(text.into());
    }

    /// Notes that something is said which cannot be read, and what it must be.
    pub(super) fn fault(&mut self, said: &Said, must: &str) {
        self.faults.push(format!("{} is {}; {must}. It was left out.", said.place(), quote(&said.text)));
    }

    /// The same for what may hold more than is meant to be seen: its text is not repeated.
    pub(super) fn fault_unquoted(&mut self, said: &Said, what: &str) {
        self.faults.push(format!("{} {what}.", said.place()));
    }

    /// How many columns the mapping names for a field.
    pub(super) fn width(&self, field: &str) -> usize {
        self.columns.of(field).len()
    }

    /// What each column of a field says, in the order of the columns; else what stands in.
    pub(super) fn said(&self, field: &'static str) -> Vec<Said> {
        let mut said = Vec::new();
        for (number, (index, column)) in self.columns.of(field).iter().enumerate() {
            let cell = index.and_then(|index| self.cells.get(index)).filter(|cell| !cell.is_empty());
            let texts = cell.map(|cell| self.meant(field, cell)).unwrap_or_default();
            said.extend(texts.into_iter().map(|text| Said { column: column.clone(), number, text }));
        }
        if said.is_empty() && self.stand_in {
            let standing = self.mapping.defaults.get(field).into_iter().flatten();
            said.extend(standing.map(|text| Said { column: String::new(), number: 0, text: text.clone() }));
        }
        said.truncate(MOST_VALUES);
        said
    }

    /// A cell in our words, where the mapping says what its words mean: the whole cell, or each of its parts.
    fn meant(&self, field: &str, cell: &str) -> Vec<String> {
        let Some(meanings) = self.mapping.values.get(field) else { return vec![cell.to_owned()] };
        let meaning = |word: &str| meanings.get(text::fold(word).trim());
        if let Some(texts) = meaning(cell) {
            return texts.clone();
        }
        let parts = parts_of(cell).map(|part| {
            meaning(part).or_else(|| meanings.get(ANY_OTHER)).cloned().unwrap_or_else(|| vec![part.to_owned()])
        });
        let mut texts = Vec::new();
        for text in parts.take(MOST_VALUES).flatten() {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// The values of a field: what its columns say, taken apart at semicolons, bars and line ends.
    pub(super) fn parts(&self, field: &'static str) -> Vec<Said> {
        let mut parts: Vec<Said> = Vec::new();
        for said in self.said(field) {
            for part in parts_of(&said.text).take(MOST_VALUES) {
                if !parts.iter().any(|known| known.text == part) {
                    parts.push(Said { text: part.to_owned(), ..said.clone() });
                }
            }
        }
        parts.truncate(MOST_VALUES);
        parts
    }

    /// The first thing that is said of a field, read.
    pub(super) fn first<T>(&mut self, field: &'static str, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let said = self.said(field).into_iter().next()?;
        match read(&said.text) {
            Ok(value) => Some(value),
            Err(must) => {
                self.fault(&said, &must);
                None
            }
        }
    }

    /// One cleaned line, empty when nothing is said; the columns of some fields are put together.
    pub(super) fn line(&mut self, field: &'static str, most: usize) -> String {
        let mut said = self.said(field).into_iter();
        let Some(mut whole) = said.next() else { return String::new() };
        if JOINED.contains(&field) {
            for more in said {
                whole.text = format!("{}, {}", whole.text.trim_end_matches([',', ' ']), more.text);
            }
        }
        let cleaned = text::clean(&whole.text, most);
        self.complain_of_length(&whole, &cleaned, most);
        cleaned
    }

    /// Cleaned paragraphs, each column one of its own.
    pub(super) fn paragraphs(&mut self, field: &'static str, most: usize) -> String {
        let mut whole = String::new();
        for said in self.said(field) {
            let cleaned = text::clean_paragraphs(&said.text, most);
            self.complain_of_length(&said, &cleaned, most);
            // Two columns often say the same.
            if !cleaned.is_empty() && !whole.contains(&cleaned) {
                whole = if whole.is_empty() { cleaned } else { format!("{whole}\n{cleaned}") };
            }
        }
        text::clean_paragraphs(&whole, most)
    }

    /// Cleaned lines, each value one.
    pub(super) fn lines(&mut self, field: &'static str, most: usize) -> Vec<String> {
        let lines = self.parts(field).into_iter().map(|said| text::clean(&said.text, most));
        lines.filter(|line| !line.is_empty()).collect()
    }

    fn complain_of_length(&mut self, said: &Said, cleaned: &str, most: usize) {
        if cleaned.chars().count() >= most {
            self.faults.push(format!("{} is very long; its end was left out.", said.place()));
        }
    }

    /// What the columns of a privacy field say, each of them.
    pub(super) fn flags(&mut self, field: &'static str) -> Vec<Flag> {
        let columns = self.columns.of(field);
        if columns.is_empty() {
            let standing = self.said(field);
            return standing.iter().map(|said| Flag::of([words::truth(&said.text)])).collect();
        }
        let mut flags = Vec::new();
        for (index, name) in columns {
            let cell = index.filter(|index| *index < self.had).and_then(|index| self.cells.get(index));
            flags.push(match cell {
                Some(cell) if cell.is_empty() => Flag::No,
                Some(cell) => Flag::of(self.meant(field, cell).iter().map(|said| words::truth(said))),
                None => {
                    if index.is_some() {
                        self.faults.push(format!("The row ends before “{name}”; that was taken for yes."));
                    }
                    Flag::Yes
                }
            });
            if flags.last() == Some(&Flag::Unclear) {
                self.faults.push(format!("“{name}” is neither yes nor no; as little as possible is shown."));
            }
        }
        flags
    }

    /// Whether it has more cells than its header, so that they may stand under wrong headers.
    pub(super) fn is_shifted(&self) -> bool {
        self.had > self.cells.len()
    }
}

/// What a flag of privacy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flag {
    No,
    Yes,
    /// Neither yes nor no: the cells of the row may have moved.
    Unclear,
}

impl Flag {
    fn of(said: impl IntoIterator<Item = Result<bool, String>>) -> Self {
        let flag = |said| match said {
            Ok(true) => Self::Yes,
            Ok(false) => Self::No,
            Err(_) => Self::Unclear,
        };
        said.into_iter().map(flag).max().unwrap_or(Self::No)
    }
}

impl Said {
    /// Where it is said.
    fn place(&self) -> String {
        if self.column.is_empty() { STANDS_IN.to_owned() } else { format!("“{}”", self.column) }
    }
}

/// The parts of a cell with several values.
pub(super) fn parts_of(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty())
}
