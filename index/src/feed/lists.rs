//! From the bytes of a JSON file to its lists of rows, for formats whose files are a list, or an object with lists in it.
//!
//! A server may wrap its answer in a call (JSONP), write row after row without a list around them, or be cut off in the
//! middle: what is sound is read, and what is not costs its row alone.

use serde_json::{Map, Value};

use super::notes::{Notes, quote};
use super::scan::{self, Piece, parse};
use super::{Part, Spot, bytes, foreign};

/// A parsed object.
pub(super) type Object = Map<String, Value>;

/// What stands where a row should stand: an object, or why there is none.
pub(super) type Entry = (Spot, Result<Object, String>);

/// A list of rows.
#[derive(Debug, Default)]
pub(super) struct List {
    /// Under which name it stood; empty for a file that is a list.
    pub(super) name: String,
    pub(super) rows: Vec<Entry>,
}

/// The lists of a file, and what stands beside them.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub(super) lists: Vec<List>,
    /// Numbers and texts beside the lists (the number of pages).
    pub(super) beside: Object,
}

impl Lists {
    /// The rows of all lists that are objects.
    pub(super) fn objects(&self) -> impl Iterator<Item = &Object> {
        self.lists.iter().flat_map(|list| &list.rows).filter_map(|(_, row)| row.as_ref().ok())
    }

    /// Whether there is not one row.
    pub(super) fn is_empty(&self) -> bool {
        self.lists.iter().all(|list| list.rows.is_empty())
    }
}

/// Reads the lists of a file. Of an object, the members of these `names` are its lists. What is no such file becomes a
/// complaint, which says what it is instead of `wanted`.
pub(super) fn read(part: &Part<'_>, names: &[&str], own: &[&str], wanted: &str, notes: &mut Notes<'_>) -> Lists {
    let name = quote(part.name);
    if let Some(what) = foreign::by_first_bytes(part.bytes) {
        notes.feed(format!("{name} is {what}, not {wanted}. Nothing was read from it."));
        return Lists::default();
    }
    let text = bytes::decode(part, notes);
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0';
    let text = unwrapped(text.trim_start_matches(blank).trim_end_matches(blank));
    let mut complain = |what: &str| notes.feed(format!("{name} {what}"));
    let found = match text.as_bytes().first() {
        None => {
            complain("is empty. Nothing was read from it.");
            return Lists::default();
        }
        Some(b'[') if !foreign::is_table_header(text) => {
            Lists { lists: vec![list("", &text[1..], &mut complain)], ..Lists::default() }
        }
        Some(b'{') => object(text, names, &mut complain),
        Some(_) => {
            complain(&format!("{}. Nothing was read from it.", foreign::by_first_words(text)));
            return Lists::default();
        }
    };
    if let Some(what) = foreign::instead(found.objects(), own) {
        complain(&foreign::told(what, wanted));
        return Lists::default();
    }
    found
}

/// The JSON in a call: `callback([...]);`.
fn unwrapped(text: &str) -> &str {
    let Some((name, rest)) = text.split_once('(') else { return text };
    let is_name = !name.is_empty() && name.trim().chars().all(|c| c.is_ascii_alphanumeric() || "_.$".contains(c));
    let inner = rest.trim_end_matches([';', ' ', '\n']).strip_suffix(')').unwrap_or(rest).trim();
    if is_name && inner.starts_with(['[', '{']) { inner } else { text }
}

/// The rows of a list whose opening bracket has been read.
fn list(name: &str, text: &str, complain: &mut impl FnMut(&str)) -> List {
    let elements = scan::elements(text);
    match elements.rest {
        Some(rest) if name.is_empty() && !rest.trim().is_empty() => {
            complain(&format!("goes on after the end of its list with {}. That was left out.", quote(rest)));
        }
        None => {
            complain("ends before its list does; it may have been cut off. The whole rows before the end were read.");
        }
        Some(_) => {}
    }
    let rows = elements.pieces.into_iter().enumerate().map(|(index, piece)| (Spot::row(index + 1), row(piece)));
    List { name: name.to_owned(), rows: rows.collect() }
}

/// An object with lists in it, or the first of several rows without a list around them.
fn object(text: &str, names: &[&str], complain: &mut impl FnMut(&str)) -> Lists {
    let members = scan::members(&text[1..]);
    let mut found = Lists::default();
    for (key, value) in &members {
        if names.iter().any(|name| key.eq_ignore_ascii_case(name)) && value.starts_with('[') {
            found.lists.push(list(&key.to_lowercase(), &value[1..], complain));
        } else if !value.starts_with(['[', '{']) {
            found.beside.insert(key.to_lowercase(), serde_json::from_str(value).unwrap_or(Value::Null));
        }
    }
    if !found.lists.is_empty() {
        let rest = scan::value_end(text, 0).map_or("", |end| text[end..].trim());
        if !rest.is_empty() {
            complain(&format!("goes on after its end with {}. That was left out.", quote(rest)));
        }
        return found;
    }
    let elements = scan::elements(text);
    let rows = elements.pieces.into_iter().enumerate().map(|(index, piece)| (Spot::row(index + 1), row(piece)));
    let list = List { name: String::new(), rows: rows.collect() };
    let is_known = list.rows.iter().any(|(_, row)| row.as_ref().is_ok_and(|row| foreign::by_row(row).is_some()));
    match foreign::by_members(&members).filter(|_| !is_known) {
        Some(what) => {
            complain(&format!("{what}. Nothing was read from it."));
            Lists::default()
        }
        None => Lists { lists: vec![list], ..Lists::default() },
    }
}

/// The object of a piece, or why there is none.
fn row(piece: Piece<'_>) -> Result<Object, String> {
    match parse::<Value>(piece)? {
        Value::Object(object) => Ok(object),
        other => Err(format!("This is no listing: {}. It was left out.", quote(&other.to_string()))),
    }
}

/// A value as text, trimmed: numbers and booleans as they are written, nothing for lists.
pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}
