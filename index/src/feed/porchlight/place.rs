//! Where something is.

use super::fields::{lines, optional};
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
        (Some(Some(latitude)), Some(Some(longitude))) if latitude == 0.0 && longitude == 0.0 => {
            table.fault("the point 0, 0 lies in the sea and was left out; it must be the real one, or go");
            None
        }
        (Some(latitude), Some(longitude)) => Some(Point { latitude: latitude?, longitude: longitude? }),
        (None, None) => None,
        _ => {
            table.fault("half a point was left out; `latitude` and `longitude` must stand together");
            None
        }
    }
}

/// A place, with what it lacks taken from the defaults.
pub(super) fn merge(mut own: Place, defaults: &Place) -> Place {
    let texts = [
        (&mut own.name, &defaults.name),
        (&mut own.city, &defaults.city),
        (&mut own.state, &defaults.state),
        (&mut own.postal_code, &defaults.postal_code),
        (&mut own.country, &defaults.country),
        (&mut own.notes, &defaults.notes),
    ];
    for (own, default) in texts {
        if own.is_empty() {
            own.clone_from(default);
        }
    }
    for (own, default) in [(&mut own.regions, &defaults.regions), (&mut own.serves, &defaults.serves)] {
        if own.is_empty() {
            own.clone_from(default);
        }
    }
    own.withheld |= defaults.withheld;
    if own.street.is_empty() && !own.withheld {
        own.street.clone_from(&defaults.street);
    }
    if own.point.is_none() && (defaults.approximate || !own.withheld) {
        own.point = defaults.point;
        own.approximate |= defaults.approximate;
    }
    if own.withheld {
        own.street.clear();
        own.point = own.point.filter(|_| own.approximate);
    }
    own
}
