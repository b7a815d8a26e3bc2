//! From bytes to rows: the many wrappings in which the same rows come, and what to say when it is something else.

use serde_json::Value;

use super::Reader;
use super::notes::{Notes, quote};
use super::row::Row;
use super::scan::{self, Piece, parse};
use super::sheaves::{self, Sheaf};
use super::sheet;
use crate::feed::foreign::Tally;
use crate::feed::written::Written;
use crate::feed::{Part, Spot, bytes, foreign, table};

/// Something that stands where a row should stand.
pub(super) enum Found<'t> {
    /// A row of fields.
    Row(Row<'t>),
    /// Not a row: where it stands, and why it cannot be used.
    Broken(Spot, String),
}

/// Names under which wrappers keep their list.
const LISTS: &[&str] = &["meetings", "records", "values", "data", "items", "results"];

/// How deep a wrapper in a wrapper is looked for.
const MOST_WRAPPERS: usize = 4;

/// Reads the rows of one file. What is wrong with the file as a whole becomes a complaint.
pub(super) fn read(part: &Part<'_>, reader: &Reader<'_>, notes: &mut Notes<'_>) -> Vec<Sheaf> {
    if let Some(what) = foreign::by_first_bytes(part.bytes) {
        notes.feed(format!("{} is {what}, not a list of meetings. Nothing was read from it.", quote(part.name)));
        return Vec::new();
    }
    let text = bytes::decode(part, notes);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0').trim_end();
    let mut reading = Reading { name: part.name, reader, notes };
    match text.as_bytes().first() {
        None => reading.complain("is empty. Nothing was read from it."),
        Some(b'[') if !foreign::is_table_header(text) => {
            return reading.list(&text[1..], MOST_WRAPPERS);
        }
        Some(b'{') => return reading.object(text, MOST_WRAPPERS),
        _ => {
            if let Some(rows) = sheet::separated(text, reading.notes) {
                return vec![reader.bind(rows)];
            }
            let what = foreign::by_first_words(text);
            reading.complain(&format!("{what}. Nothing was read from it."));
        }
    }
    Vec::new()
}

struct Reading<'n, 'a> {
    name: &'n str,
    reader: &'n Reader<'n>,
    notes: &'n mut Notes<'a>,
}

/// Rows of these formats are read here.
const OWN: [&str; 2] = [foreign::MEETING_GUIDE, foreign::AIRTABLE];

impl Reading<'_, '_> {
    fn complain(&mut self, what: &str) {
        self.notes.feed(format!("{} {what}", quote(self.name)));
    }

    /// The rows of a list whose opening bracket has been read.
    fn list(&mut self, text: &str, wrappers: usize) -> Vec<Sheaf> {
        let elements = scan::elements(text);
        match elements.rest {
            Some(rest) if wrappers == MOST_WRAPPERS && !rest.trim().is_empty() => {
                self.complain(&format!("goes on after the end of its list with {}. That was left out.", quote(rest)));
            }
            None => self.complain(
                "ends before its list does; it may have been cut off. The whole rows before the end were read.",
            ),
            Some(_) => {}
        }
        if elements.pieces.is_empty() {
            self.complain("holds an empty list: no meetings.");
        }
        if let Some(Ok(Value::Array(_))) = elements.pieces.first().map(|piece| parse::<Value>(*piece)) {
            return self.sheet(&elements.pieces);
        }
        let pieces = elements.pieces.into_iter().enumerate().map(|(index, piece)| (Spot::row(index + 1), piece));
        self.rows(&pieces.collect::<Vec<_>>())
    }

    /// The rows of a sheet: lists of cells.
    fn sheet(&mut self, pieces: &[Piece<'_>]) -> Vec<Sheaf> {
        let values: Vec<_> = pieces.iter().map(|piece| parse::<Value>(*piece)).collect();
        let mut tally = Tally::default();
        values.iter().filter_map(|value| value.as_ref().ok()?.as_object()).for_each(|row| tally.count(row, &OWN));
        if self.is_foreign(tally) {
            return Vec::new();
        }
        let rows = values.into_iter().map(|value| value.and_then(table::sheet_row)).collect();
        let found = sheet::rows(rows, self.notes, self.name);
        vec![self.reader.bind(found)]
    }

    /// Rows of fields. Each is parsed, read and forgotten before the next one is.
    fn rows(&mut self, pieces: &[(Spot, Piece<'_>)]) -> Vec<Sheaf> {
        let reader = self.reader;
        let shares = sheaves::beside(pieces, |share| {
            let mut tally = Tally::default();
            let found = share.iter().map(|(spot, piece)| {
                let (mark, is_known) = reader.marks.as_ref().map_or((None, false), |marks| marks.of(*piece));
                if is_known {
                    tally.count_own();
                    return (mark, None);
                }
                let value = parse(*piece);
                if let Ok(Written::Object(row)) = &value {
                    tally.count(row, &OWN);
                }
                (mark, Some(found(*spot, value)))
            });
            (reader.bind_marked(found), tally)
        });
        let mut tally = Tally::default();
        let mut sheaves = Vec::new();
        for (bound, counted) in shares {
            sheaves.push(bound);
            tally.add(counted);
        }
        if self.is_foreign(tally) { Vec::new() } else { sheaves }
    }

    /// Whether most rows are rows of another format; then that is said.
    fn is_foreign(&mut self, tally: Tally) -> bool {
        let what = tally.most();
        if let Some(what) = what {
            self.complain(&foreign::told(what, "Meeting Guide rows"));
        }
        what.is_some()
    }

    /// An object is a wrapper, or the first of several rows without a list around them.
    fn object(&mut self, text: &str, wrappers: usize) -> Vec<Sheaf> {
        let members = scan::members(&text[1..]);
        let is_row = |name: &str| members.iter().any(|(key, _)| key == name);
        let looks_like_row = is_row("name") && (is_row("slug") || is_row("day") || is_row("time") || is_row("types"));
        for name in LISTS {
            let Some((_, value)) = members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)) else { continue };
            if is_row("offset") && *name == "records" {
                self.complain("is one page of several; the others were not in it.");
            }
            let rest = scan::value_end(text, 0).map_or("", |end| text[end..].trim());
            if !rest.is_empty() {
                self.complain(&format!("goes on after its end with {}. That was left out.", quote(rest)));
            }
            match value.as_bytes().first() {
                Some(b'[') => return self.list(&value[1..], wrappers - 1),
                Some(b'{') if wrappers > 1 && !looks_like_row => return self.object(value, wrappers - 1),
                _ => {}
            }
        }
        let in_fields = members.iter().any(|(key, value)| key == "fields" && value.starts_with('{'));
        if looks_like_row || in_fields {
            return self.lines(text);
        }
        let several = scan::value_end(text, 0).is_some_and(|end| text[end..].trim_start().starts_with('{'));
        let what = foreign::by_members(&members);
        if what.is_none() && several {
            return self.lines(text);
        }
        let keys: Vec<_> = members.iter().take(8).map(|(key, _)| key.as_str()).collect();
        let what = what.unwrap_or_else(|| format!("holds no list of meetings (it has {})", quote(&keys.join(", "))));
        self.complain(&format!("{what}. Nothing was read from it."));
        Vec::new()
    }

    /// Rows one after the other without a list around them, mostly one a line.
    fn lines(&mut self, text: &str) -> Vec<Sheaf> {
        let one_a_line = text.lines().next().is_some_and(|line| parse::<Value>(Piece::Whole(line.trim())).is_ok());
        let pieces: Vec<_> = if one_a_line {
            let lines = text.lines().enumerate().map(|(index, line)| (Spot::line(index + 1), line.trim()));
            lines
                .filter(|(_, line)| !line.is_empty())
                .map(|(spot, line)| (spot, Piece::Whole(line.trim_end_matches(','))))
                .collect()
        } else {
            let elements = scan::elements(text);
            if elements.rest.is_some_and(|rest| !rest.trim().is_empty()) {
                self.complain("has a closing bracket too many. What follows was left out.");
            }
            elements.pieces.into_iter().enumerate().map(|(index, piece)| (Spot::row(index + 1), piece)).collect()
        };
        self.rows(&pieces)
    }
}

/// A row, if the value can be one. Airtable keeps a row's fields in an object of their own.
fn found(spot: Spot, value: Result<Written<'_>, String>) -> Found<'_> {
    match value {
        Ok(Written::Object(mut object)) => {
            if let Some(Written::Object(fields)) = object.remove("fields") {
                let id = object.remove("id").map(|id| ("airtable_id".into(), id));
                return Found::Row(Row::of(spot, fields.into_iter().chain(id)));
            }
            Found::Row(Row::of(spot, object))
        }
        Ok(value) => {
            Found::Broken(spot, format!("This is no listing: {}. It was left out.", quote(&value.to_string())))
        }
        Err(why) => Found::Broken(spot, why),
    }
}
