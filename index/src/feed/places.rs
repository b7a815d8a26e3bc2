//! Where something is, as far as its words and the defaults of its file tell it together.

use crate::record::{Attendance, Contact, Place, Point, Way};
use crate::text;

/// Whether a point is that of a map without one: 0, 0 lies in the sea.
pub(super) fn is_nowhere(point: Point) -> bool {
    point.latitude == 0.0 && point.longitude == 0.0
}

/// A point on the earth. One off the earth, or so near 0, 0 that it is a map without a point, is none.
pub(super) fn point(latitude: f64, longitude: f64) -> Option<Point> {
    let nowhere = latitude.abs() < 0.001 && longitude.abs() < 0.001;
    let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    (on_earth && !nowhere).then_some(Point { latitude, longitude })
}

/// What an address that a meeting is not held at may still say: the town that it belongs to.
pub(super) fn town_alone(place: &mut Place) {
    const VIRTUAL: &[&str] = &["online", "zoom", "remote", "virtual", "internet", "telephone", "phone", "cyberspace"];
    let name_says_so = text::words(&place.name).any(|word| VIRTUAL.contains(&word.as_str()));
    if name_says_so {
        place.name.clear();
    }
    place.street.clear();
    place.postal_code.clear();
    place.point = None;
    place.approximate = true;
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

/// How one takes part in a meeting that does not say it: by what it has. A place without a street or a name (a town
/// alone) says nothing.
pub(super) fn apparent(place: Option<&Place>, contacts: &[Contact]) -> Option<Attendance> {
    let has = |way| contacts.iter().any(|contact| contact.way == way);
    let room = place.is_some_and(|place| !place.street.is_empty() || !place.name.is_empty());
    match (room, has(Way::Join), has(Way::Dial)) {
        (true, false, false) => Some(Attendance::InPerson),
        (true, ..) => Some(Attendance::Hybrid),
        (false, true, _) => Some(Attendance::Online),
        (false, false, true) => Some(Attendance::Phone),
        (false, false, false) => None,
    }
}
