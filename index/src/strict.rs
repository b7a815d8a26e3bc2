//! Strict TOML with places: every fault at once, each with its line, what is there and what it must be.
//!
//! [`read`] hands its reader a [`Page`], one file parsed. [`Page::table`] is its top; [`Table::get`] and [`Table::need`] ask for keys, and a
//! [`Value`] says what it is (`text`, `integer`, `choice`, ...) or notes a fault and says nothing. [`Table::finish`]
//! notes every key that nobody asked for. So a reader is a plain list of questions, and reading never stops at the first
//! fault: what is wrong collects in the page, and is handed out in the order of the lines.
//!
//! Invariants: no text makes it panic; a fault's text is plain words and holds no byte that a terminal would act on.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

mod syntax;
mod table;
mod value;

pub use table::Table;
pub use value::{MOST_ENTRIES, Value};

/// The longest file that is read, in bytes. Far above any file written by hand; a bound because files come from outside.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;

/// After so many faults the rest is only counted: nobody reads more, and a file of noise has millions.
const MOST_FAULTS: usize = 200;

/// The same for lines that are no TOML.
const MOST_SLIPS: usize = 100;

/// Something that staff must put right in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fault {
    /// The file's name, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is there; what it must be.
    pub text: String,
}

impl Fault {
    /// A fault at a line.
    pub fn new(file: &str, line: usize, text: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, text: text.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.text)
    }
}

/// The bytes of a file as text.
///
/// # Errors
/// One fault, when the file is longer than [`MOST_BYTES`] or is not UTF-8 (with the line of the first wrong byte).
pub fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Fault> {
    if bytes.len() > MOST_BYTES {
        return Err(too_long(file, bytes.len()));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count();
        Fault::new(file, line, "this line holds a byte that is not UTF-8 text; save the file as UTF-8")
    })
}

fn too_long(file: &str, bytes: usize) -> Fault {
    let (is, most) = (bytes.div_ceil(1024 * 1024), MOST_BYTES / (1024 * 1024));
    Fault::new(file, 1, format!("the file is {is} MB long; it must be at most {most} MB"))
}

/// Reads a text: what `reader` makes of the page, when nothing in it is wrong.
///
/// # Errors
/// Every fault of the page, in the order of the lines.
pub fn read<T>(file: &str, text: &str, reader: impl FnOnce(&Page<'_>) -> Option<T>) -> Result<T, Vec<Fault>> {
    open(file, text, |page| {
        let read = reader(page);
        let faults = page.take_faults();
        match read {
            Some(read) if faults.is_empty() => Ok(read),
            // A reader that says nothing and notes nothing would be a slip of ours; it must not look like success.
            None if faults.is_empty() => Err(vec![Fault::new(file, 1, "this file could not be read")]),
            _ => Err(faults),
        }
    })
}

/// Opens a text for a reader that goes on in spite of faults. Those of the syntax stand in the page already.
pub fn open<R>(file: &str, text: &str, reader: impl FnOnce(&Page<'_>) -> R) -> R {
    let mut page = Page {
        file,
        starts: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect(),
        top: DeTable::new(),
        broken: Vec::new(),
        torn: Vec::new(),
        faults: RefCell::new(Vec::new()),
    };
    if text.len() > MOST_BYTES {
        (page.broken, page.torn) = (vec![1], vec![1]);
        page.faults.get_mut().push(too_long(file, text.len()));
        return reader(&page);
    }
    let (top, mut errors) = DeTable::parse_recoverable(text);
    let Some(rest) = page.without_strays(text, &errors) else {
        page.note_syntax(text, &errors);
        page.top = top.into_inner();
        return reader(&page);
    };
    let (top, more) = DeTable::parse_recoverable(&rest);
    errors.extend(more);
    page.note_syntax(text, &errors);
    page.top = top.into_inner();
    reader(&page)
}

/// As [`read`], for a reader that gives what it could read even so; the faults are added to `faults`.
pub fn gather<T>(file: &str, text: &str, faults: &mut Vec<Fault>, reader: impl FnOnce(&Page<'_>) -> T) -> T {
    open(file, text, |page| {
        let read = reader(page);
        faults.extend(page.take_faults());
        read
    })
}

/// A file, parsed as far as it goes, and what is wrong with it.
#[derive(Debug)]
pub struct Page<'a> {
    file: &'a str,
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
    top: DeTable<'a>,
    /// The lines of faults of the syntax. What seems to be missing may only stand behind one of them.
    broken: Vec<usize>,
    /// Those of them after which it is not sure any more what belongs to what.
    torn: Vec<usize>,
    faults: RefCell<Vec<Fault>>,
}

impl Page<'_> {
    /// The top of the file.
    pub fn table(&self) -> Table<'_> {
        Table::new(self, &self.top, 1, String::new())
    }

    /// The first of these lines, if there is one, at which what follows may belong to something else than it seems:
    /// a heading or a list that does not end. Other slips of the syntax cost only their own key.
    pub fn torn(&self, lines: Range<usize>) -> Option<usize> {
        self.torn.iter().copied().find(|line| lines.contains(line))
    }

    /// Takes the faults that were noted since the last time, in the order of their lines.
    pub fn take_faults(&self) -> Vec<Fault> {
        let mut faults = self.faults.take();
        faults.sort();
        faults.dedup();
        if let Some(last) = faults.get(MOST_FAULTS).map(|fault| fault.line) {
            let more = faults.len() - MOST_FAULTS;
            faults.truncate(MOST_FAULTS);
            faults.push(Fault::new(self.file, last, format!("and {more} more faults from here on; mend these first")));
        }
        faults
    }

    fn note(&self, line: usize, text: impl Into<String>) {
        self.faults.borrow_mut().push(Fault::new(self.file, line, text));
    }

    /// Notes the faults of the syntax, one for a line: after a slip the parser often stumbles again in the same line.
    fn note_syntax(&mut self, text: &str, errors: &[toml::de::Error]) {
        let mut places: Vec<_> = errors.iter().map(|error| (self.line_of(error), error)).collect();
        places.sort_by_key(|(line, _)| *line);
        places.dedup_by_key(|(line, _)| *line);
        self.broken = places.iter().map(|(line, _)| *line).collect();
        self.torn = errors.iter().filter(|error| syntax::tears(error.message())).map(|e| self.line_of(e)).collect();
        self.torn.sort_unstable();
        for (line, error) in places.iter().take(MOST_SLIPS) {
            let found = error.span().and_then(|span| text.get(span)).unwrap_or_default();
            self.note(*line, syntax::plain(error.message(), found));
        }
        if let Some((line, _)) = places.get(MOST_SLIPS) {
            self.note(
                *line,
                format!("and {} more lines like these; mend the first ones first", places.len() - MOST_SLIPS),
            );
        }
    }

    /// The text with spaces for the lines at which the parser gives the rest of the file up, if there are any.
    fn without_strays(&self, text: &str, errors: &[toml::de::Error]) -> Option<String> {
        let stray = |error: &&toml::de::Error| syntax::gives_up(error.message());
        let lines: BTreeSet<usize> = errors.iter().filter(stray).map(|error| self.line_of(error)).collect();
        if lines.is_empty() {
            return None;
        }
        let blank = |(at, line): (usize, &str)| {
            let blank = lines.contains(&(at + 1));
            if blank {
                line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
            } else {
                line.to_owned()
            }
        };
        Some(text.split_inclusive('\n').enumerate().map(blank).collect())
    }

    /// Whether a fault of the syntax lies in what stands at these bytes.
    fn is_broken(&self, bytes: Range<usize>) -> bool {
        let (first, last) = (self.line_at(bytes.start), self.line_at(bytes.end));
        self.broken.get(self.broken.partition_point(|line| *line < first)).is_some_and(|line| *line <= last)
    }

    fn line_of(&self, error: &toml::de::Error) -> usize {
        self.line_at(error.span().map_or(usize::MAX, |span| span.start))
    }

    fn line_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1)
    }
}

/// What somebody wrote, short and harmless, in a fault's text.
fn shown(raw: &str) -> String {
    const MOST: usize = 40;
    let mut short = crate::text::clean(raw, MOST);
    if raw.chars().nth(MOST).is_some() {
        short.push_str("...");
    }
    short
}

/// What a value is, in a fault's text.
fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// What to do about a word that is not one of `known`: the one that was probably meant, else all of them.
pub fn remedy(written: &str, known: &[&str]) -> String {
    match meant(written, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("it must be one of: {}", known.join(", ")),
    }
}

/// The word of `known` that was probably meant: at most one slip away (two in longer words), else the shortest that
/// begins with what was written.
fn meant<'k>(written: &str, known: impl Iterator<Item = &'k str> + Clone) -> Option<&'k str> {
    let letters: Vec<char> = written.to_lowercase().chars().take(64).collect();
    let most = if letters.len() < 6 { 1 } else { 2 };
    let alike = known.clone().filter(|word| word.len().abs_diff(letters.len()) <= most);
    let slips = alike.map(|word| (slips(&letters, &word.chars().collect::<Vec<_>>()), word));
    let begun = known.filter(|word| letters.len() > 2 && word.starts_with(written)).min_by_key(|word| word.len());
    slips.filter(|(slips, _)| *slips <= most).min().map(|(_, word)| word).or(begun)
}

/// Letters to add, drop, change or swap with their neighbour to make one word of the other.
fn slips(a: &[char], b: &[char]) -> usize {
    let mut two_up: Vec<usize> = Vec::new();
    let mut up: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = up[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut fewest = changed.min(up[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                fewest = fewest.min(two_up[j - 2] + 1);
            }
            row.push(fewest);
        }
        two_up = std::mem::replace(&mut up, row);
    }
    up[b.len()]
}

#[cfg(test)]
mod tests;
