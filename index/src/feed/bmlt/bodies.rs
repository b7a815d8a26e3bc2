//! Service bodies: the areas and regions that serve a meeting.

use std::collections::BTreeMap;

use super::MOST_NAME;
use super::notes::{Notes, quote};
use super::row::Row;
use crate::feed::joining::Ways;
use crate::feed::links;
use crate::feed::lists::{Object, as_text};
use crate::record::Way;
use crate::text;

/// How far up one asks for a helpline: area, region, zone.
const MOST_PARENTS: usize = 6;

/// A service body.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    pub(super) name: String,
    parent: String,
    url: Option<String>,
    helpline: Option<String>,
}

/// Service bodies by id.
#[derive(Debug, Default)]
pub(super) struct Bodies(BTreeMap<String, Body>);

impl Bodies {
    pub(super) fn add(&mut self, object: &Object, notes: &mut Notes<'_>) {
        let text = |name: &str| object.get(name).and_then(as_text);
        let Some(id) = text("id") else { return };
        let name = text("name").map(|raw| text::clean(&raw, MOST_NAME)).unwrap_or_default();
        let (url, helpline) = (text("url"), text("helpline"));
        let body = Body {
            parent: text("parent_id").unwrap_or_default(),
            url: url.as_deref().and_then(links::first_web),
            helpline: helpline.as_deref().and_then(links::phone),
            name,
        };
        if helpline.is_some() && body.helpline.is_none() {
            notes.feed(format!("The helpline of {} cannot be read; it was left out.", quote(&body.name)));
        }
        if url.is_some() && body.url.is_none() {
            notes.feed(format!("The web address of {} cannot be opened; it was left out.", quote(&body.name)));
        }
        self.0.entry(id).or_insert(body);
    }

    /// A body with what it lacks taken from those above it: whoever answers for the area answers for its meetings.
    fn whole(&self, id: &str) -> Option<Body> {
        let mut body = self.0.get(id)?.clone();
        for _ in 0..MOST_PARENTS {
            let Some(above) = self.0.get(&body.parent) else { break };
            body.url = body.url.or_else(|| above.url.clone());
            body.helpline = body.helpline.or_else(|| above.helpline.clone());
            body.parent.clone_from(&above.parent);
        }
        Some(body)
    }
}

/// Who serves the meeting of a row.
pub(super) fn of_row(row: &Row, bodies: &Bodies) -> Body {
    let known = row.text("service_body_bigint").and_then(|id| bodies.whole(&id)).unwrap_or_default();
    let name = row.clean("service_body_name", MOST_NAME);
    Body { name: if name.is_empty() { known.name.clone() } else { name }, ..known }
}

/// The helpline and the page of a service body, as ways to reach somebody.
pub(super) fn add_ways(body: &Body, ways: &mut Ways) {
    for (way, value) in [(Way::Phone, &body.helpline), (Way::Website, &body.url)] {
        if let Some(value) = value {
            ways.add(way, value.clone(), &body.name);
        }
    }
}
