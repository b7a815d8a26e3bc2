//! One row as it came: fields by name, values of any type.

use std::collections::BTreeMap;

use serde_json::Value;

use super::notes::{At, Notes};
use super::older;
use crate::feed::Spot;
use crate::feed::lists::as_text;
use crate::feed::table::{is_nothing, plain_name};

/// A row of a feed, not yet understood.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Where it stands, and its key once that is known.
    pub(super) at: At,
    fields: BTreeMap<String, Value>,
}

/// Names by which fields go in sheets and other hands' feeds.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("meeting_name", "name"),
    ("start_time", "time"),
    ("start", "time"),
    ("end", "end_time"),
    ("type", "types"),
    ("time_zone", "timezone"),
    ("location_name", "location"),
    ("street", "address"),
    ("street_address", "address"),
    ("zip", "postal_code"),
    ("zip_code", "postal_code"),
    ("postcode", "postal_code"),
    ("postal", "postal_code"),
    ("lat", "latitude"),
    ("lng", "longitude"),
    ("lon", "longitude"),
    ("long", "longitude"),
    ("subregion", "sub_region"),
    ("group_name", "group"),
    ("entity_website_url", "entity_url"),
    ("last_updated", "updated"),
];

impl Row {
    /// A row of these fields. Names are compared without regard to case, spaces and signs (`End Time` is `end_time`);
    /// where two fields come to the same name, the first that says something counts.
    pub(super) fn of(spot: Spot, named: impl IntoIterator<Item = (String, Value)>) -> Self {
        let mut fields = BTreeMap::new();
        let mut by_other_name = Vec::new();
        for (name, value) in named {
            let name = plain_name(&name);
            if says_nothing(&value) {
                continue;
            }
            match OTHER_NAMES.iter().find(|(other, _)| *other == name) {
                Some((_, known)) => by_other_name.push(((*known).to_owned(), value)),
                None => drop(fields.entry(name).or_insert(value)),
            }
        }
        for (name, value) in by_other_name {
            fields.entry(name).or_insert(value);
        }
        older::mend(&mut fields);
        Self { at: At { spot, key: None }, fields }
    }

    /// In the file that was begun last.
    pub(super) fn of_file(mut self, notes: &Notes<'_>) -> Self {
        self.at.spot = notes.here(self.at.spot);
        self
    }

    /// The value of a field that says something.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.fields.get(name)
    }

    /// The value of a field as text, trimmed: numbers and booleans as they are written, nothing for lists.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.value(name).and_then(as_text)
    }

    /// The texts of a field that may be one text or a list of them.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        match self.value(name) {
            Some(Value::Array(list)) => list.iter().filter_map(as_text).collect(),
            Some(value) => as_text(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A number, also one that is written as a text.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match self.value(name)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

/// Whether a value stands for nothing: what is empty, and what spreadsheets and careless exports write instead.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => is_nothing(text),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
