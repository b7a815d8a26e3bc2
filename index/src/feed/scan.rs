//! Finding the pieces of a JSON text without believing that the text is sound.
//!
//! A list is cut into the texts of its elements, each of which is parsed alone: so a row that is broken, or nested too
//! deeply for the parser, costs itself and not its neighbours, and a file that ends too early keeps its whole rows.
//! Nothing here recurses, and the time is bounded by the length of the text.

use serde::Deserialize;
use serde_json::Value;

use super::notes::quote;
use super::repair;

/// The text of one element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// From its first to its last character.
    Whole(&'a str),
    /// It does not end, or not where it should.
    Broken(&'a str),
    /// Closing braces of nothing.
    Stray(&'a str),
}

impl<'a> Piece<'a> {
    pub(super) fn text(self) -> &'a str {
        match self {
            Self::Whole(text) | Self::Broken(text) | Self::Stray(text) => text,
        }
    }
}

/// The elements of a list and how the list ended.
#[derive(Debug, Default)]
pub(super) struct Elements<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    /// What follows the closing bracket; absent when there is none.
    pub(super) rest: Option<&'a str>,
}

/// How often a broken row is stepped over before the rest of the file counts as one broken piece. It bounds the time.
const MOST_STEPS_OVER: usize = 64;

/// The elements of the list whose opening bracket stands just before `text`. Also reads a row of values without
/// brackets: then `rest` is absent. Commas may be missing or doubled.
pub(super) fn elements(text: &str) -> Elements<'_> {
    let mut found = Elements::default();
    let mut steps = 0;
    let mut at = 0;
    loop {
        at = skip(text, at);
        match text.as_bytes().get(at) {
            None => return found,
            Some(b'}') if goes_on(&text[at..]) => {
                let closing = text.len() - text[at..].trim_start_matches(is_closing).len();
                found.pieces.push(Piece::Stray(text[at..closing].trim_end_matches(is_skipped)));
                at = closing;
                continue;
            }
            Some(b']' | b'}') => {
                found.rest = Some(&text[at + 1..]);
                return found;
            }
            Some(_) => {}
        }
        if let Some(end) = value_end(text, at) {
            found.pieces.push(Piece::Whole(&text[at..end]));
            at = end;
            continue;
        }
        // It never ends: a quotation mark is missing, or the file was cut. Where the next row seems to begin, go on.
        steps += 1;
        let next = if steps <= MOST_STEPS_OVER { next_row(text, at) } else { None };
        let end = next.unwrap_or(text.len());
        found.pieces.push(Piece::Broken(&text[at..end]));
        at = end;
    }
}

/// Whether more of a list comes after closing braces, so that they cannot be those of what holds the list.
fn goes_on(text: &str) -> bool {
    text.trim_start_matches(is_closing).starts_with(['{', '[', ']'])
}

fn is_closing(c: char) -> bool {
    c == '}' || is_skipped(c)
}

/// The members of the object whose opening brace stands just before `text`: keys, and the text from each value on to
/// its end (or to the end of all, when it has none).
pub(super) fn members(text: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        at = skip(text, at);
        if text.as_bytes().get(at) != Some(&b'"') {
            return found;
        }
        let Some(key_end) = value_end(text, at) else { return found };
        let key = text[at + 1..key_end - 1].to_owned();
        at = skip(text, key_end);
        if text.as_bytes().get(at) != Some(&b':') {
            return found;
        }
        at = skip(text, at + 1);
        let Some(end) = value_end(text, at) else {
            found.push((key, &text[at..]));
            return found;
        };
        found.push((key, &text[at..end]));
        at = end;
    }
}

/// Where the value that starts at `at` ends; nothing if it does not. `at` must not be white space. A closing brace right
/// inside a list closes nothing.
pub(super) fn value_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    let mut at = at;
    loop {
        match bytes.get(at)? {
            b'"' => {
                at = string_end(bytes, at)?;
                if open.is_empty() {
                    return Some(at);
                }
                continue;
            }
            bracket @ (b'{' | b'[') => open.push(*bracket),
            b'}' if open.last() == Some(&b'[') => {}
            b'}' | b']' => {
                open.pop();
                if open.is_empty() {
                    return Some(at + 1);
                }
            }
            _ if open.is_empty() => return Some(scalar_end(bytes, at)),
            _ => {}
        }
        at += 1;
    }
}

/// After the closing quotation mark of the string that opens at `at`.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// After a number or a word. It always moves on.
fn scalar_end(bytes: &[u8], at: usize) -> usize {
    let length = bytes[at..].iter().position(|byte| matches!(byte, b',' | b']' | b'}' | b'[' | b'{' | b'"' | b'\n'));
    at + length.unwrap_or(bytes.len() - at).max(1)
}

/// After white space and commas.
fn skip(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    text.len() - rest.trim_start_matches(is_skipped).len()
}

fn is_skipped(c: char) -> bool {
    c == ',' || c.is_whitespace() || c == '\u{feff}'
}

/// Where the next row seems to begin: an opening brace after a closing one and a comma.
fn next_row(text: &str, at: usize) -> Option<usize> {
    let mut from = at + 1;
    loop {
        let closing = from + text.get(from..)?.find('}')?;
        let after = text[closing + 1..].trim_start();
        if let Some(after) = after.strip_prefix(',').map(str::trim_start)
            && after.starts_with('{')
        {
            return Some(text.len() - after.len());
        }
        from = closing + 1;
    }
}

/// The value of a piece, or why there is none.
pub(super) fn parse<'t, V: Deserialize<'t> + From<Value>>(piece: Piece<'t>) -> Result<V, String> {
    let text = piece.text();
    if let Piece::Stray(_) = piece {
        return Err(format!("Here a bracket is closed that was never opened: {}. It was left out.", quote(text)));
    }
    let repaired = |_| serde_json::from_str::<Value>(&repair::repair(text)).map(V::from);
    serde_json::from_str(text).or_else(repaired).map_err(|_| match piece {
        Piece::Broken(_) | Piece::Stray(_) => format!("This row does not end: {}. It was left out.", quote(text)),
        Piece::Whole(_) if too_deep(text) => "This row has too many lists within lists. It was left out.".to_owned(),
        Piece::Whole(_) => format!("This row is damaged and cannot be read: {}. It was left out.", quote(text)),
    })
}

/// Whether brackets nest deeper than the parser goes.
fn too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth >= 127
    })
}
