//! Where a service is. A virtual location has no point, and a postal address is where letters go: of it only the town is
//! told. Whose attention an address is for is not read.

use super::objects::{Fields, Object};
use super::package::Head;
use crate::feed::notes::{At, Notes, quote};
use crate::feed::places;
use crate::record::{Place, Point};
use crate::text;

/// What a location is, as far as it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Physical,
    Postal,
    Virtual,
}

pub(super) fn sort(location: &Head) -> Sort {
    if location.get("virtual").is_some_and(|said| text::fold(said) == "true") {
        return Sort::Virtual;
    }
    match text::fold(location.fields.first(&["location_type", "type"]).unwrap_or_default()).as_str() {
        "virtual" | "online" => Sort::Virtual,
        "postal" => Sort::Postal,
        _ => Sort::Physical,
    }
}

/// The place of a location where people go.
pub(super) fn read(location: &Head, at: &At, notes: &mut Notes<'_>) -> Place {
    let field = |name: &str, most: usize| text::clean(location.get(name).unwrap_or_default(), most);
    let mut place = Place { name: field("name", 200), point: point(location, at, notes), ..Place::default() };
    let addresses = location.rows(Object::Address);
    let is = |row: &Fields, sort: &str| row.get("address_type").is_some_and(|said| text::fold(said) == sort);
    let address =
        addresses.iter().find(|row| is(row, "physical")).or_else(|| addresses.iter().find(|row| !is(row, "virtual")));
    if let Some(address) = address {
        write_address(address, &mut place);
        if is(address, "postal") {
            place.street.clear();
            place.postal_code.clear();
            place.approximate = place.point.is_none();
            notes.feed("Some places have a postal address alone; only their town is shown.");
        }
    } else {
        place.approximate = place.point.is_none();
    }
    let remarks = ["description", "transportation"]
        .map(|name| text::clean_paragraphs(location.get(name).unwrap_or_default(), 800));
    place.notes = remarks.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n");
    place
}

fn write_address(address: &Fields, place: &mut Place) {
    let field = |name: &str, most: usize| text::clean(address.get(name).unwrap_or_default(), most);
    let lines = ["address_1", "address_2", "address_3", "address_4"].map(|name| field(name, 150));
    place.street = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    place.city = field("city", 100);
    place.state = field("state_province", 60);
    place.postal_code = field("postal_code", 20);
    place.country = field("country", 60);
    place.regions = Some(field("region", 100)).filter(|region| !region.is_empty()).into_iter().collect();
}

/// The point of a location. One at 0, 0 or off the earth is none.
fn point(location: &Head, at: &At, notes: &mut Notes<'_>) -> Option<Point> {
    let [latitude, longitude] = ["latitude", "longitude"].map(|name| location.get(name));
    if latitude.is_none() && longitude.is_none() {
        return None;
    }
    let numbers = ["latitude", "longitude"].map(|name| location.fields.number(name));
    let [Some(north), Some(east)] = numbers else {
        let written = format!("{} {}", latitude.unwrap_or_default(), longitude.unwrap_or_default());
        notes.row(at, format!("The point {} on the map cannot be read; it was left out.", quote(&written)));
        return None;
    };
    let point = places::point(north, east);
    if point.is_none() {
        notes.row(at, format!("The point {north}, {east} on the map cannot be true; it was left out."));
    }
    point
}
