//! Where a meeting is.

use super::notes::Notes;
use super::parts::Parts;
use super::row::Row;
use crate::feed::{address, places};
use crate::record::{Place, Point};

/// Reads the place of a row.
pub(super) fn read(row: &Row, parts: &Parts, notes: &mut Notes<'_>) -> Place {
    let mut place = Place {
        name: row.clean("location_text", 200),
        street: row.clean("location_street", 300),
        city: row.clean("location_municipality", 100),
        regions: regions(row),
        state: row.clean("location_province", 60),
        postal_code: row.clean("location_postal_code_1", 20),
        country: row.clean("location_nation", 60),
        notes: directions(row),
        ..Place::default()
    };
    // Some write the whole line into the field of the street.
    if place.city.is_empty() && place.state.is_empty() && place.street.matches(',').count() >= 2 {
        let line = address::of_line(&place.street);
        place.street = line.street;
        place.city = line.city;
        place.state = line.state;
        if place.postal_code.is_empty() {
            place.postal_code = line.postal_code;
        }
        if place.country.is_empty() {
            place.country = line.country;
        }
    }
    place.point = point(row, parts, &place, notes);
    place.approximate = place.street.is_empty();
    place
}

/// Whether nothing at all is known of a place.
pub(super) fn is_empty(place: &Place) -> bool {
    *place == Place { approximate: place.approximate, ..Place::default() }
}

/// County, borough and neighbourhood, from general to specific.
fn regions(row: &Row) -> Vec<String> {
    let mut regions: Vec<String> = Vec::new();
    for field in ["location_sub_province", "location_city_subsection", "location_neighborhood"] {
        let region = row.clean(field, 100);
        if !region.is_empty() && !regions.contains(&region) {
            regions.push(region);
        }
    }
    regions
}

/// How to find the door, and how to come without a car.
fn directions(row: &Row) -> String {
    let fields = ["location_info", "public_transport", "train_lines", "bus_lines"];
    let mut lines: Vec<String> = Vec::new();
    for line in fields.map(|field| row.paragraphs(field, 1000)) {
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// The point of a row. A server gives the middle of its map to meetings without one: where nothing names a place, or the
/// point is that middle, there is none.
fn point(row: &Row, parts: &Parts, place: &Place, notes: &mut Notes<'_>) -> Option<Point> {
    let pair = row.number("latitude").zip(row.number("longitude"));
    let Some((latitude, longitude)) = pair else {
        if row.has("latitude") || row.has("longitude") {
            notes.row(&row.at, "Its point on the map cannot be read; it was left out.");
        }
        return None;
    };
    let point = places::point(latitude, longitude);
    if point.is_none() {
        notes.row(&row.at, format!("The point {latitude}, {longitude} on the map cannot be true; it was left out."));
    }
    let near = |one: f64, other: f64| (one - other).abs() < 0.0005;
    let centre = |point: Point| {
        parts.map_centre.is_some_and(|map| near(map.latitude, point.latitude) && near(map.longitude, point.longitude))
    };
    if point.is_some_and(centre) {
        if !place.street.is_empty() {
            notes.row(
                &row.at,
                "Its point on the map is the one that the server gives when it knows none; it was left out.",
            );
        }
        return None;
    }
    let somewhere = [&place.street, &place.name, &place.city, &place.postal_code].iter().any(|text| !text.is_empty());
    let addressed = !place.street.is_empty() || !place.name.is_empty();
    point.filter(|_| somewhere).map(|point| if addressed { point } else { blurred(point) })
}

/// The area of a point, a kilometre or so. A meeting that keeps its address to itself ("ask us by mail") may have its true
/// point all the same; near enough to be found by its area, the point must not tell the door.
fn blurred(point: Point) -> Point {
    let round = |degrees: f64| (degrees * 100.0).round() / 100.0;
    Point { latitude: round(point.latitude), longitude: round(point.longitude) }
}
