//! Recovery housing: what a capacity says about beds.

use super::objects::Object;
use super::package::{Head, Package};
use crate::feed::dates;
use crate::feed::notes::{At, Notes};
use crate::record::Beds;
use crate::text;

/// Beds of a service, all and free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Capacity {
    pub(super) all: Option<u32>,
    pub(super) free: Option<Beds>,
}

/// Reads the capacities of a service that are counted in beds (or places, or in nothing that is said). More free beds
/// than there are cannot be believed: then neither number is known.
pub(super) fn read(service: &Head, package: &Package, at: &At, notes: &mut Notes<'_>) -> Option<Capacity> {
    let (mut all, mut free) = (None, None);
    let mut counted = None;
    let mut any = false;
    for row in service.rows(Object::Capacity) {
        let unit = package.heads(Object::Unit).get(row.get("unit_id"));
        let unit = unit.and_then(|unit| unit.get("name")).or_else(|| row.get("unit")).unwrap_or_default();
        let is_bed = unit.is_empty()
            || text::words(unit).any(|word| ["bed", "beds", "place", "places"].contains(&word.as_str()));
        if !is_bed {
            continue;
        }
        any = true;
        let number = |name: &str| row.number(name).filter(|n| (0.0..=100_000.0).contains(n) && n.fract() == 0.0);
        let [available, maximum] = ["available", "maximum"].map(number).map(|n| n.map(whole));
        if available.zip(maximum).is_some_and(|(available, maximum)| available > maximum) {
            notes.row(at, "More beds are said to be free than there are; how many there are is not known.");
            continue;
        }
        all = sum(all, maximum);
        if available.is_some() {
            free = sum(free, available);
            let updated = row.get("updated").and_then(moment);
            // The oldest count says how fresh the sum is.
            counted = counted.map_or(Some(updated), |known: Option<_>| Some(known.min(updated)));
        }
    }
    let free = free.map(|free| Beds { free, counted: counted.flatten() });
    any.then_some(Capacity { all, free })
}

fn sum(known: Option<u32>, more: Option<u32>) -> Option<u32> {
    more.map(|more| known.unwrap_or_default().saturating_add(more)).or(known)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and in range")]
fn whole(number: f64) -> u32 {
    number as u32
}

/// A moment as it is written, without its offset; a date alone is the start of its day.
fn moment(written: &str) -> Option<jiff::civil::DateTime> {
    let bare = written.trim().get(..19).unwrap_or(written.trim()).replace(' ', "T");
    bare.parse().ok().or_else(|| dates::date(written, false).map(|date| date.at(0, 0, 0, 0)))
}
