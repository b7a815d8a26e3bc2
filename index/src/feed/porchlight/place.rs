//! Where something is.

use super::fields::{lines, optional};
use super::places;
use crate::record::{Place, Point};
use crate::strict::Table;

/// Reads a place.
pub(super) fn read(table: &mut Table<'_>) -> Place {
    let mut truth = |key| table.get(key).and_then(|value| value.truth()).unwrap_or(false);
    let (approximate, withheld) = (truth("approximate"), truth("withheld"));
    let mut place = Place {
        name: optional(table, "name"),
        street: optional(table, "street"),
        city: optional(table, "city"),
        regions: lines(table, "regions"),
        state: optional(table, "state"),
        postal_code: optional(table, "postal_code"),
        country: optional(table, "country"),
        point: point(table),
        approximate,
        withheld,
        notes: optional(table, "notes"),
        serves: lines(table, "serves"),
    };
    table.finish();
    if withheld && !place.street.is_empty() {
        table.fault("`withheld` keeps the address private, so its `street` was left out; it must not stand here");
        place.street.clear();
    }
    if withheld && !approximate && place.point.take().is_some() {
        table.fault("`withheld` keeps the address private, so its exact point was left out; it must be `approximate`");
    }
    place
}

fn point(table: &mut Table<'_>) -> Option<Point> {
    let latitude = table.get("latitude").map(|value| value.number(-90.0..=90.0));
    let longitude = table.get("longitude").map(|value| value.number(-180.0..=180.0));
    match (latitude, longitude) {
        (Some(latitude), Some(longitude)) => {
            let point = Point { latitude: latitude?, longitude: longitude? };
            if places::is_nowhere(point) {
                table.fault("the point 0, 0 lies in the sea and was left out; it must be the real one, or go");
                return None;
            }
            Some(point)
        }
        (None, None) => None,
        _ => {
            table.fault("half a point was left out; `latitude` and `longitude` must stand together");
            None
        }
    }
}
