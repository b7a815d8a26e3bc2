//! One row as it came: fields by name, values of any type.

use std::borrow::Cow;

use serde_json::Value;

use super::notes::At;
use super::older;
use crate::feed::Spot;
use crate::feed::table::{is_nothing, plain_name};
use crate::feed::written::Written;

/// A row of a feed, not yet understood.
#[derive(Clone, Debug)]
pub(super) struct Row<'t> {
    /// Where it stands, and its key once that is known.
    pub(super) at: At,
    fields: Fields<'t>,
}

/// The fields of a row by name. They are few, so they stand in a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields<'t>(Vec<(Cow<'t, str>, Written<'t>)>);

impl<'t> Fields<'t> {
    pub(super) fn get(&self, name: &str) -> Option<&Written<'t>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Gives a field its value, if it has none.
    pub(super) fn give(&mut self, name: Cow<'t, str>, value: Written<'t>) {
        if !self.has(&name) {
            self.0.push((name, value));
        }
    }

    pub(super) fn remove(&mut self, name: &str) -> Option<Written<'t>> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(at).1)
    }
}

/// The name of a field that goes by this one in sheets and other hands' feeds.
fn by_other_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "meeting_name" => "name",
        "start_time" | "start" => "time",
        "end" => "end_time",
        "type" => "types",
        "time_zone" => "timezone",
        "location_name" => "location",
        "street" | "street_address" => "address",
        "zip" | "zip_code" | "postcode" | "postal" => "postal_code",
        "lat" => "latitude",
        "lng" | "lon" | "long" => "longitude",
        "subregion" => "sub_region",
        "group_name" => "group",
        "entity_website_url" => "entity_url",
        "last_updated" => "updated",
        _ => return None,
    })
}

impl<'t> Row<'t> {
    /// A row of these fields. Names are compared without regard to case, spaces and signs (`End Time` is `end_time`);
    /// where two fields come to the same name, the first that says something counts.
    pub(super) fn of(spot: Spot, named: impl IntoIterator<Item = (Cow<'t, str>, Written<'t>)>) -> Self {
        let mut fields = Fields::default();
        let mut others = Vec::new();
        for (name, value) in named {
            if says_nothing(&value) {
                continue;
            }
            let name = plain_name(name);
            match by_other_name(&name) {
                Some(known) => others.push((known.into(), value)),
                None => fields.give(name, value),
            }
        }
        for (name, value) in others {
            fields.give(name, value);
        }
        older::mend(&mut fields);
        Self { at: At { spot, key: None }, fields }
    }

    /// The value of a field that says something.
    pub(super) fn value(&self, name: &str) -> Option<&Written<'t>> {
        self.fields.get(name)
    }

    /// The value of a field as text, trimmed: numbers and booleans as they are written, nothing for lists.
    pub(super) fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        self.value(name).and_then(Written::as_text)
    }

    /// The texts of a field that may be one text or a list of them.
    pub(super) fn texts(&self, name: &str) -> Vec<Cow<'_, str>> {
        match self.value(name) {
            Some(Written::List(list)) => list.iter().filter_map(Written::as_text).collect(),
            Some(value) => value.as_text().into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A number, also one that is written as a text.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match self.value(name)? {
            Written::Plain(number) => number.as_f64(),
            Written::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.has(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.0.is_empty()
    }
}

/// Whether a value stands for nothing: what is empty, and what spreadsheets and careless exports write instead.
fn says_nothing(value: &Written<'_>) -> bool {
    match value {
        Written::Text(text) => is_nothing(text),
        Written::List(list) => list.is_empty(),
        Written::Object(object) => object.is_empty(),
        Written::Plain(value) => *value == Value::Null,
    }
}
