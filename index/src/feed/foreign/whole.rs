//! What a whole text is, whichever importer was handed it.

use serde_json::{Map, Value};

use super::{by_first_words, by_members, instead, looks_like_table};
use crate::feed::scan::{self, parse};

/// So many rows of a list are looked at; they are all alike.
const MOST_ROWS: usize = 50;

/// What a text is that should be TOML.
pub(in crate::feed) fn instead_of_toml(text: &str) -> Option<String> {
    let text = without_blanks(text);
    let first = text.lines().next().unwrap_or_default();
    let says_nothing = first.is_empty() || first.starts_with(['#', '"', '\'']);
    // A heading in quotes, which could be a list but for what follows it.
    let is_quoted_header =
        first.trim_end().ends_with(']') && text.lines().nth(1).is_some_and(|line| line.contains('='));
    if says_nothing
        || is_quoted_header
        || is_table_header(text)
        || first.contains('=') && !first.starts_with(['<', '{'])
    {
        return None;
    }
    of_text(text)
}

/// What a text is that should hold a table and has no header, if that can be told from its text.
pub(in crate::feed) fn instead_of_table(text: &str) -> Option<String> {
    let text = without_blanks(text);
    match text.as_bytes().first() {
        None => Some("is empty".to_owned()),
        _ if looks_like_table(text) => None,
        _ => of_text(text),
    }
}

/// Whether a bracket opens a table of TOML (`[[meeting]]`, `[defaults]`) and no list of JSON.
pub(in crate::feed) fn is_table_header(text: &str) -> bool {
    let word = text.trim_start_matches('[');
    let json = ["null", "true", "false"].iter().any(|value| word.starts_with(value));
    text.starts_with('[') && word.starts_with(|c: char| c.is_ascii_alphabetic()) && !json
}

/// What a text is, when that can be told.
fn of_text(text: &str) -> Option<String> {
    let named = |what: &str| format!("holds {what}; name its form in the feeds file");
    match text.as_bytes().first()? {
        b'[' if is_table_header(text) => Some(by_first_words(text)),
        b'[' => Some(instead(rows(&text[1..]).iter(), &[]).map_or_else(|| "looks like JSON".to_owned(), named)),
        b'{' => {
            let members = scan::members(&text[1..]);
            let lists = members.iter().filter_map(|(_, value)| value.strip_prefix('['));
            let what = lists.filter_map(|list| instead(rows(list).iter(), &[])).map(named).next();
            Some(what.or_else(|| by_members(&members)).unwrap_or_else(|| "looks like JSON".to_owned()))
        }
        b'<' => Some(by_first_words(text)),
        _ if text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("begin:vcalendar")) => {
            Some(by_first_words(text))
        }
        _ => looks_like_table(text).then(|| by_first_words(text)),
    }
}

fn rows(list: &str) -> Vec<Map<String, Value>> {
    let pieces = scan::elements(list).pieces.into_iter().take(MOST_ROWS);
    let objects = pieces.filter_map(|piece| match parse(piece) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    });
    objects.collect()
}

fn without_blanks(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0')
}
