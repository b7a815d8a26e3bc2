//! Stable keys: the same after every refresh, so that corrections find their listing again.

use super::register::digest;
use crate::text;

/// The longest key that stays as it is.
const MOST: usize = 200;

/// The key that a row has of its own; a very long one is shortened, with a digest of the whole.
pub(super) fn own(raw: &str) -> Option<String> {
    let key = text::clean(raw, MOST + 1).replace(' ', "-");
    if key.chars().count() <= MOST {
        return Some(key).filter(|key| !key.is_empty());
    }
    let start: String = key.chars().take(MOST - 10).collect();
    Some(format!("{start}~{}", digest(&[raw.to_owned()])))
}

/// A key for a row that has none: words of its name, and a digest of what tells it from others (name, place and time).
pub(super) fn made(name: &str, parts: &[String]) -> String {
    let words: Vec<String> = text::words(name).take(8).collect();
    format!("{}~{}", text::clean(&words.join("-"), MOST), digest(parts))
}
