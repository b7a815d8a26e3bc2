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

/// A place, with what it lacks taken from the defaults. What belongs to one door (name, street, point, postal code and
/// how to find it) is taken only by a place that says nothing that could mean another door: a wrong address is worse
/// than none.
pub(super) fn merge(mut own: Place, defaults: &Place) -> Place {
    let same_door = is_same_door(&own, defaults);
    let area =
        [(&mut own.city, &defaults.city), (&mut own.state, &defaults.state), (&mut own.country, &defaults.country)];
    for (own, default) in area {
        inherit(own, default);
    }
    for (own, default) in [(&mut own.regions, &defaults.regions), (&mut own.serves, &defaults.serves)] {
        if own.is_empty() {
            own.clone_from(default);
        }
    }
    own.withheld |= defaults.withheld;
    if same_door {
        take_door(&mut own, defaults);
    }
    if own.withheld {
        own.street.clear();
        own.point = own.point.filter(|_| own.approximate);
    }
    own
}

/// Whether a place says nothing of its own that could mean another door than that of the defaults.
fn is_same_door(own: &Place, defaults: &Place) -> bool {
    let texts = [
        (&own.street, &defaults.street),
        (&own.city, &defaults.city),
        (&own.name, &defaults.name),
        (&own.postal_code, &defaults.postal_code),
    ];
    texts.iter().all(|(own, default)| own.is_empty() || own == default)
}

fn take_door(own: &mut Place, defaults: &Place) {
    inherit(&mut own.name, &defaults.name);
    inherit(&mut own.postal_code, &defaults.postal_code);
    inherit(&mut own.notes, &defaults.notes);
    if !own.withheld {
        inherit(&mut own.street, &defaults.street);
    }
    if own.point.is_none() && (defaults.approximate || !own.withheld) {
        own.point = defaults.point;
        own.approximate |= defaults.approximate;
    }
}

fn inherit(own: &mut String, default: &String) {
    if own.is_empty() {
        own.clone_from(default);
    }
}
