//! From the parts of a feed to meetings, and what is known beside them.

use std::collections::BTreeMap;

use super::bodies::Bodies;
use super::formats::Formats;
use super::notes::{Notes, quote};
use super::when;
use crate::feed::Part;
use crate::feed::foreign::{BMLT, BMLT_FORMATS};
use crate::feed::lists::{self, Entry, Object, as_text};
use crate::record::{Openness, Point};

/// What the parts of a feed hold.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) meetings: Vec<Entry>,
    pub(super) formats: Formats,
    pub(super) bodies: Bodies,
    /// How long a meeting is that does not say it.
    pub(super) usual_minutes: Option<u16>,
    /// Who may come to a meeting that does not say it.
    pub(super) usual_openness: Option<Openness>,
    /// The middle of the server's map, which it gives to meetings that have no point.
    pub(super) map_centre: Option<Point>,
}

/// What an object of a server can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Meeting,
    Format,
    Body,
    Server,
}

/// Reads all parts.
pub(super) fn read(parts: &[Part<'_>], notes: &mut Notes<'_>) -> Parts {
    let mut found = Parts::default();
    for part in parts {
        notes.begin(part);
        let own = [BMLT, BMLT_FORMATS];
        let lists = lists::read(part, &["meetings", "formats"], &own, "answers of a BMLT server", notes);
        if lists.lists.iter().any(|list| list.name.is_empty()) && lists.is_empty() {
            let name = quote(part.name);
            notes.feed(format!("{name}: the server answered with an empty list, which is how it says an error."));
        }
        for list in lists.lists {
            if list.name == "meetings" && list.rows.is_empty() {
                notes.feed(format!("{} holds an empty list: no meetings.", quote(part.name)));
            }
            let usual = match list.name.as_str() {
                "formats" => Sort::Format,
                "meetings" => Sort::Meeting,
                _ => most(&list.rows),
            };
            for (spot, row) in list.rows {
                let spot = notes.here(spot);
                match row {
                    Ok(object) => found.take(sort(&object).unwrap_or(usual), (spot, Ok(object)), notes),
                    Err(why) if usual == Sort::Meeting => found.meetings.push((spot, Err(why))),
                    Err(_) => notes.feed(format!("{} has damaged rows; they were left out.", quote(part.name))),
                }
            }
        }
    }
    found
}

/// What most rows of a list are; meetings, when nobody knows.
fn most(rows: &[Entry]) -> Sort {
    let mut counts: BTreeMap<Sort, usize> = BTreeMap::new();
    for sort in rows.iter().filter_map(|(_, row)| sort(row.as_ref().ok()?)) {
        *counts.entry(sort).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(Sort::Meeting, |(sort, _)| sort)
}

fn sort(object: &Object) -> Option<Sort> {
    let has = |name: &str| object.contains_key(name);
    if has("id_bigint") || has("weekday_tinyint") || has("meeting_name") {
        Some(Sort::Meeting)
    } else if has("key_string") {
        Some(Sort::Format)
    } else if has("parent_id") && has("name") {
        Some(Sort::Body)
    } else if has("version") || has("centerLatitude") || has("defaultDuration") {
        Some(Sort::Server)
    } else {
        None
    }
}

impl Parts {
    fn take(&mut self, sort: Sort, entry: Entry, notes: &mut Notes<'_>) {
        let (spot, Ok(object)) = entry else { return };
        match sort {
            Sort::Meeting => self.meetings.push((spot, Ok(object))),
            Sort::Format => self.formats.add(&object, notes),
            Sort::Body => self.bodies.add(&object, notes),
            Sort::Server => self.server(&object),
        }
    }

    /// What the server says of itself. Its keys of other services are never looked at.
    fn server(&mut self, info: &Object) {
        let text = |name: &str| info.get(name).and_then(as_text);
        let number = |name: &str| text(name)?.parse::<f64>().ok();
        self.usual_minutes = text("defaultDuration").and_then(|raw| when::believable(&raw)).or(self.usual_minutes);
        self.usual_openness = match text("default_closed_status").as_deref() {
            Some("1" | "true") => Some(Openness::Closed),
            Some("0" | "false") => Some(Openness::Open),
            _ => self.usual_openness,
        };
        let centre = number("centerLatitude").zip(number("centerLongitude"));
        let centre = centre.and_then(|(latitude, longitude)| crate::feed::places::point(latitude, longitude));
        self.map_centre = centre.or(self.map_centre);
    }
}
