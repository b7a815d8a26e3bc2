//! From text to rows of cells, one after the other, with the line on which each begins.

use std::borrow::Cow;

/// So many lines are looked at for the next row after one that is torn.
const MOST_LOST: usize = 64;

/// Reads the rows of a text whose lines end in LF.
pub(super) struct Lines<'a> {
    text: Cow<'a, str>,
    separator: u8,
    reader: csv_core::Reader,
    /// Where the next row begins, in bytes, and its line, from 1.
    at: usize,
    line: usize,
    /// Bytes that may still be read in vain, in search of the end of a quoted cell. It bounds the time.
    patience: usize,
    buffer: Buffer,
}

/// A row as it stands there.
#[derive(Debug)]
pub(super) struct Row {
    /// Its first line.
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
    /// A quotation mark in it is not closed.
    pub(super) torn: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, separator: u8) -> Self {
        let text = without_gaps(text, char::from(separator));
        let patience = 4 * text.len();
        let reader = csv_core::ReaderBuilder::new().delimiter(separator).build();
        Self { text, separator, reader, at: 0, line: 1, patience, buffer: Buffer::default() }
    }

    /// The next row; `width` is the number of headers, 0 while it is not known. Empty lines are passed over.
    pub(super) fn next_row(&mut self, width: usize) -> Option<Row> {
        let rest = &self.text[self.at..];
        self.pass(rest.len() - rest.trim_start_matches('\n').len());
        if self.at == self.text.len() {
            return None;
        }
        let line = self.line;
        let end = if self.patience == 0 { self.line_end() } else { self.text.len() };
        let length = self.read(end);
        let cells = self.buffer.cells();
        let whole = self.text[self.at..self.at + length].trim_end_matches('\n');
        // In one line with the right number of cells, a pair of marks does no harm: "Bob" Smith.
        let odd = whole.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
        let doubtful = odd || whole.contains('\n') || width > 0 && cells.len() != width;
        if doubtful && is_torn(whole, self.separator) {
            self.patience = self.patience.saturating_sub(length);
            self.pass_lost(width);
            return Some(Row { line, cells: Vec::new(), torn: true });
        }
        self.pass(length);
        Some(Row { line, cells, torn: false })
    }

    /// Passes over the line of a torn row, and over what follows up to the next line that looks like a row by itself.
    fn pass_lost(&mut self, width: usize) {
        self.pass(self.line_end() - self.at);
        let after = (self.at, self.line);
        for _ in 0..MOST_LOST {
            let end = self.line_end();
            if end == self.at {
                break;
            }
            self.read(end);
            if self.buffer.ended >= width.div_ceil(2).max(2) {
                return;
            }
            self.pass(end - self.at);
        }
        (self.at, self.line) = after;
    }

    /// Reads a row that ends at `end` at the latest, and says how many bytes it has.
    fn read(&mut self, end: usize) -> usize {
        self.reader.reset();
        let bytes = &self.text.as_bytes()[self.at..end];
        let length = self.buffer.fill(&mut self.reader, bytes);
        // It always moves on.
        length.clamp(1, bytes.len().max(1))
    }

    /// The end of the line at which reading stands.
    fn line_end(&self) -> usize {
        self.text[self.at..].find('\n').map_or(self.text.len(), |end| self.at + end + 1)
    }

    fn pass(&mut self, bytes: usize) {
        self.line += self.text[self.at..self.at + bytes].matches('\n').count();
        self.at += bytes;
    }
}

/// The cells of one row, end to end, and where each ends.
struct Buffer {
    cells: Vec<u8>,
    ends: Vec<usize>,
    ended: usize,
}

impl Default for Buffer {
    fn default() -> Self {
        Self { cells: vec![0; 4096], ends: vec![0; 64], ended: 0 }
    }
}

impl Buffer {
    /// Reads one row, and says how many bytes it took.
    fn fill(&mut self, reader: &mut csv_core::Reader, bytes: &[u8]) -> usize {
        use csv_core::ReadRecordResult::{End, InputEmpty, OutputEndsFull, OutputFull, Record};
        let (mut taken, mut written) = (0, 0);
        self.ended = 0;
        loop {
            let (result, more, out, ends) =
                reader.read_record(&bytes[taken..], &mut self.cells[written..], &mut self.ends[self.ended..]);
            (taken, written, self.ended) = (taken + more, written + out, self.ended + ends);
            match result {
                // The next turn hands over nothing more, which says that the text is at its end.
                InputEmpty => {}
                OutputFull => self.cells.resize(2 * self.cells.len(), 0),
                OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                Record | End => return taken,
            }
        }
    }

    fn cells(&self) -> Vec<String> {
        let mut from = 0;
        let cells = self.ends[..self.ended].iter().map(|end| {
            let cell = &self.cells[from..*end];
            from = *end;
            String::from_utf8_lossy(cell).into_owned()
        });
        cells.collect()
    }
}

/// Whether a quotation mark in the text of a row is not closed: a quoted cell goes on to its end, or another quoted
/// cell begins inside it.
fn is_torn(row: &str, separator: u8) -> bool {
    let bytes = row.as_bytes();
    let parts = |byte: u8| byte == separator || byte == b'\n';
    let (mut quoted, mut begins, mut at) = (false, true, 0);
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' && quoted {
            let follows = bytes[at + 1..].iter().copied().find(|byte| *byte != b' ');
            if bytes.get(at + 1) == Some(&b'"') {
                at += 1;
            } else if follows.is_none_or(parts) {
                quoted = false;
            } else if begins {
                return true;
            }
        } else if byte == b'"' && begins {
            quoted = true;
        }
        begins = parts(byte) || byte == b' ' && begins;
        at += 1;
    }
    quoted
}

/// The text without the space between a separator and a quotation mark that opens a cell (`"Name", "Day"`), if its
/// first line is written so. Where a mark is doubled it stands inside a cell.
fn without_gaps(text: &str, separator: char) -> Cow<'_, str> {
    let gap = format!("{separator} \"");
    if !text.lines().next().is_some_and(|line| line.contains(&gap)) {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split(gap.as_str());
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let inside =
            piece.strip_prefix('"').is_some_and(|rest| !rest.is_empty() && !rest.starts_with([separator, '\n']));
        whole.push(separator);
        if inside {
            whole.push(' ');
        }
        whole.push('"');
        whole.push_str(piece);
    }
    Cow::Owned(whole)
}
