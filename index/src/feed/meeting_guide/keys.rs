//! The stable key of a row.

use super::register::digest;
use super::row::Row;
use crate::text;

/// The longest key that stays as it is.
const MOST: usize = 200;

/// The key of a row: its own, or one made from name, place and time, so that it is the same after every refresh.
pub(super) fn key(row: &Row, name: &str) -> (String, bool) {
    let own = ["slug", "id", "airtable_id"].iter().find_map(|field| row.text(field));
    let own = own.map(|raw| text::clean(&raw, MOST + 1).replace(' ', "-")).filter(|key| !key.is_empty());
    match own {
        Some(key) if key.chars().count() <= MOST => (key, true),
        Some(key) => {
            let start: String = key.chars().take(MOST - 10).collect();
            (format!("{start}~{}", digest(&[row.text("slug").unwrap_or_default()])), true)
        }
        None => {
            let fields = ["location", "formatted_address", "address", "city", "time", "timezone"];
            let mut parts: Vec<String> =
                fields.iter().map(|field| text::fold(&row.text(field).unwrap_or_default())).collect();
            parts.push(row.value("day").map(ToString::to_string).unwrap_or_default());
            parts.push(text::fold(name));
            let words: Vec<String> = text::words(name).take(8).collect();
            (format!("{}~{}", text::clean(&words.join("-"), MOST), digest(&parts)), false)
        }
    }
}
