//! The columns of a CSV feed: which column holds which field, what its words mean, and what stands in.
//!
//! Read strictly: a field that the kind does not have is a fault with the field that was probably meant, and what stands
//! in or is given as a meaning must be a word that the reader of the feed understands.

use std::collections::BTreeMap;

use index::feed::columns::{ANY_OTHER, Mapping, fault_of};
use index::strict::{Table, Value, remedy};
use index::text;
use index::vocabulary::Vocabulary;

/// Reads `kind`, `[feed.columns]`, `[feed.values.*]` and `[feed.defaults]` of a feed.
pub(super) fn read(table: &mut Table<'_>, vocabulary: &Vocabulary) -> Option<Mapping> {
    let kinds = Mapping::KINDS.map(|kind| (kind.word(), kind));
    let kind = table.need("kind").and_then(|value| value.choice(kinds));
    let (columns, values) = (table.need("columns"), table.get("values"));
    let defaults = table.get("defaults");
    let mut mapping = Mapping::new(kind?);
    let mut columns = columns?.table()?;
    let fields: Vec<_> = Mapping::fields(mapping.kind).collect();
    for (field, value) in entries(&mut columns, &fields) {
        let names: Vec<String> = value.texts().into_iter().map(ToOwned::to_owned).collect();
        if !names.is_empty() {
            mapping.columns.insert(field, names);
        }
    }
    if let Some(mut defaults) = defaults.and_then(|value| value.table()) {
        let fields: Vec<_> = Mapping::fields_with_default(mapping.kind).collect();
        for (field, value) in entries(&mut defaults, &fields) {
            let standing = value.one_or_more();
            let standing = standing.iter().filter_map(|entry| sound(&mapping, field, entry, vocabulary)).collect();
            mapping.defaults.insert(field, standing);
        }
    }
    if let Some(mut values) = values.and_then(|value| value.table()) {
        let fields: Vec<_> = Mapping::fields_with_values(mapping.kind).collect();
        for (field, value) in entries(&mut values, &fields) {
            if !mapping.columns.contains_key(field) {
                value.note(&format!("[feed.values.{field}] gives meanings, but [feed.columns] names no column for it"));
            }
            if let Some(mut table) = value.table() {
                let meanings = meanings(&mapping, field, &mut table, vocabulary);
                mapping.values.insert(field, meanings);
            }
        }
    }
    complain_of_lacks(table, &mapping);
    Some(mapping)
}

/// The fields of a table with their values. Those that are not known are noted.
fn entries<'p>(table: &mut Table<'p>, fields: &[&'static str]) -> Vec<(&'static str, Value<'p>)> {
    let mut found = Vec::new();
    for (word, value) in table.rest() {
        match fields.iter().find(|field| **field == word) {
            Some(field) => found.push((*field, value)),
            None => value.note(&format!("`{}` is no field here; {}", value.key(), remedy(word, fields))),
        }
    }
    found
}

/// What the words of a field mean.
fn meanings(
    mapping: &Mapping,
    field: &'static str,
    table: &mut Table<'_>,
    vocabulary: &Vocabulary,
) -> BTreeMap<String, Vec<String>> {
    let meanings = table.rest().into_iter().map(|(word, value)| {
        let entries = value.one_or_more();
        let ours = entries.iter().filter_map(|entry| sound(mapping, field, entry, vocabulary));
        let word = if word == ANY_OTHER { word.to_owned() } else { text::fold(word).trim().to_owned() };
        (word, ours.collect())
    });
    meanings.collect()
}

/// A word of ours, if the reader of the feed understands it.
fn sound(mapping: &Mapping, field: &'static str, value: &Value<'_>, vocabulary: &Vocabulary) -> Option<String> {
    let plain = value.plain()?;
    if let Some(fault) = fault_of(mapping, field, &plain, vocabulary) {
        value.note(&format!("`{}` {}", value.key(), fault.trim_end_matches(" It was left out.")));
        return None;
    }
    Some(plain)
}

/// What a mapping cannot be without.
fn complain_of_lacks(table: &Table<'_>, mapping: &Mapping) {
    let has = |field: &str| mapping.columns.contains_key(field) || mapping.defaults.contains_key(field);
    if !mapping.columns.contains_key("name") {
        table.fault("[feed.columns] has no `name`; it must say which column holds the names");
    }
    if Mapping::fields(mapping.kind).any(|field| field == "sort") && !has("sort") {
        table.fault("a list of this kind must have `sort` in [feed.columns] or in [feed.defaults]");
    }
}
