//! One meeting as it came: fields by name.

use crate::feed::Spot;
use crate::feed::lists::{Object, as_text};
use crate::feed::notes::At;
use crate::text;

/// Between a label and its value, in fields that a server added to its older versions.
const AFTER_LABEL: &str = "#@-@#";

/// A row of a feed, not yet understood.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Where it stands, and its key once that is known.
    pub(super) at: At,
    fields: Object,
}

impl Row {
    pub(super) fn new(spot: Spot, fields: Object) -> Self {
        Self { at: At { spot, key: None }, fields }
    }

    /// What a field says, if it says something. Of `label#@-@#value` only the value is said.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let written = as_text(self.fields.get(name)?)?;
        let value = written.rsplit_once(AFTER_LABEL).map_or(written.as_str(), |(_, value)| value).trim();
        let nothing = value.is_empty() || value.eq_ignore_ascii_case("null");
        (!nothing).then(|| value.to_owned())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.text(name).is_some()
    }

    /// A field in one line, fit for the screen; empty when it says nothing.
    pub(super) fn clean(&self, name: &str, most: usize) -> String {
        self.text(name).map(|raw| text::clean(&raw, most)).unwrap_or_default()
    }

    /// A field in paragraphs, fit for the screen; empty when it says nothing.
    pub(super) fn paragraphs(&self, name: &str, most: usize) -> String {
        self.text(name).map(|raw| text::clean_paragraphs(&raw, most)).unwrap_or_default()
    }

    /// A number, which BMLT writes as a text.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.text(name)?.parse().ok()
    }

    /// The ids or keys of a field that lists them with commas.
    pub(super) fn listed(&self, name: &str) -> Vec<String> {
        /// More formats than any meeting has; a bound because rows come from outside.
        const MOST: usize = 100;
        let written = self.text(name).unwrap_or_default();
        let mut found: Vec<String> = Vec::new();
        for part in written.split(',').map(str::trim).filter(|part| !part.is_empty()).take(MOST) {
            if !found.iter().any(|known| known == part) {
                found.push(part.to_owned());
            }
        }
        found
    }
}
