//! The stable key of a row.

use super::row::Row;
use crate::feed::keys;
use crate::text;

/// The key of a row: its own, or one made from name, place and time, so that it is the same after every refresh.
pub(super) fn key(row: &Row<'_>, name: &str) -> (String, bool) {
    let own = ["slug", "id", "airtable_id"].iter().find_map(|field| row.text(field));
    if let Some(key) = own.and_then(|raw| keys::own(&raw)) {
        return (key, true);
    }
    let fields = ["location", "formatted_address", "address", "city", "time", "timezone"];
    let mut parts: Vec<String> = fields.iter().map(|field| text::fold(&row.text(field).unwrap_or_default())).collect();
    parts.push(row.value("day").map(ToString::to_string).unwrap_or_default());
    parts.push(text::fold(name));
    (keys::made(name, &parts), false)
}
