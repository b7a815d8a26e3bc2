//! What a facility says of itself: categories with a label (`f1`), a code (`f2`) and values between semicolons (`f3`).

use serde_json::Value as Json;

use super::lists::{Object, as_text};
use super::notes::{At, Notes};
use crate::text;

/// Categories that have a field of their own in a record, so that the summary does not say them again: payment, special
/// groups, sex, ages.
const ELSEWHERE: &[&str] = &["PAY", "PYAS", "SG", "SN", "AGE"];

/// More categories than there are, and more values than any has; bounds because rows come from outside.
const MOST_CATEGORIES: usize = 60;
const MOST_VALUES: usize = 120;

/// One value: in the words of its source, and folded, to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) words: String,
    pub(super) folded: String,
}

/// One category.
#[derive(Clone, Debug, Default)]
pub(super) struct Category {
    pub(super) label: String,
    pub(super) code: String,
    pub(super) values: Vec<Value>,
}

/// All categories of a facility.
#[derive(Clone, Debug, Default)]
pub(super) struct Services(Vec<Category>);

impl Services {
    /// The categories of a row. A facility may have none at all (`null`), which says nothing.
    pub(super) fn read(row: &Object, at: &At, notes: &mut Notes<'_>) -> Self {
        let list = match row.get("services") {
            None | Some(Json::Null) => return Self::default(),
            Some(Json::Array(list)) => list.as_slice(),
            Some(Json::String(text)) if text.trim().is_empty() => return Self::default(),
            Some(_) => {
                notes.row(at, "Its services cannot be read; they were left out.");
                return Self::default();
            }
        };
        let mut services = Self::default();
        for entry in list.iter().take(MOST_CATEGORIES) {
            let field = |name: &str| match entry.get(name) {
                Some(Json::Array(values)) => values.iter().filter_map(as_text).collect::<Vec<_>>().join(";"),
                value => value.and_then(as_text).unwrap_or_default(),
            };
            let mut category = Category {
                label: text::clean(&field("f1"), 100),
                code: text::clean(&field("f2"), 20).to_uppercase(),
                values: Vec::new(),
            };
            for words in field("f3").split(';').take(MOST_VALUES).map(|raw| text::clean(raw, 200)) {
                let value = Value { folded: text::fold(&words), words };
                if !value.words.is_empty() && !category.values.contains(&value) {
                    category.values.push(value);
                }
            }
            if category.values.is_empty() {
                notes.row(at, "One of its services says nothing; it was left out.");
            } else {
                services.0.push(category);
            }
        }
        services
    }

    pub(super) fn categories(&self) -> impl Iterator<Item = &Category> {
        self.0.iter()
    }

    /// All values of these categories; of all categories when none is named.
    pub(super) fn values<'a>(&'a self, codes: &'a [&'a str]) -> impl Iterator<Item = &'a Value> {
        let wanted = move |category: &&Category| codes.is_empty() || codes.contains(&category.code.as_str());
        self.0.iter().filter(wanted).flat_map(|category| &category.values)
    }

    /// The values of these categories in one line.
    pub(super) fn words_of(&self, codes: &[&str]) -> String {
        joined(self.values(codes))
    }

    /// What it costs and who pays. Nothing about a sliding scale is added: it is there when its source says it.
    pub(super) fn cost(&self) -> String {
        self.words_of(&["PAY", "PYAS"])
    }

    /// A paragraph for each category that has no field of its own.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = String> {
        let shown = self.0.iter().filter(|category| !ELSEWHERE.contains(&category.code.as_str()));
        shown.map(|category| {
            let values = joined(category.values.iter());
            if category.label.is_empty() { values } else { format!("{}: {values}", category.label) }
        })
    }
}

fn joined<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    values.map(|value| value.words.as_str()).collect::<Vec<_>>().join("; ")
}
