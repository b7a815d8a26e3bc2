//! Where a meeting is: addresses in one line or in fields, points on the map, and whether they can be believed.

use std::borrow::Cow;

use super::address::{self, Address};
use super::notes::{Notes, quote};
use super::places;
use super::row::Row;
use crate::feed::written::Written;
use crate::record::{Place, Point};
use crate::text;

/// The place of a row, and whether its format calls it approximate (a town or an area instead of an address).
#[derive(Clone, Debug)]
pub(super) struct Where {
    pub(super) place: Place,
    pub(super) approximate: bool,
}

/// Reads the place of a row.
pub(super) fn read(row: &Row<'_>, notes: &mut Notes<'_>) -> Where {
    let address = written_address(row);
    let (point, boxed) = point(row, notes);
    let field = |name: &str, most: usize| row.text(name).map(|raw| text::clean(&raw, most)).unwrap_or_default();
    let approximate = said_approximate(row).unwrap_or(match (&boxed, row.has("coordinates")) {
        (true, _) => true,
        (false, true) if point.is_some() => false,
        _ => !address.is_street_level(),
    });
    let place = Place {
        name: field("location", 200),
        street: address.street,
        city: address.city,
        regions: regions(row),
        state: address.state,
        postal_code: address.postal_code,
        country: address.country,
        point,
        approximate,
        withheld: false,
        notes: text::clean_paragraphs(&row.text("location_notes").unwrap_or_default(), 2000),
        serves: Vec::new(),
    };
    Where { place, approximate }
}

/// Whether nothing at all is known of a place.
pub(super) fn is_empty(place: &Place) -> bool {
    *place == Place { approximate: place.approximate, ..Place::default() }
}

/// The address in one line, in fields, or both: a field that is there wins.
fn written_address(row: &Row<'_>) -> Address {
    let field = |name: &str, most: usize| row.text(name).map(|raw| text::clean(&raw, most)).unwrap_or_default();
    let street = field("address", 300);
    let line = field("formatted_address", 300);
    let (city, state, country) = (field("city", 100), field("state", 60), field("country", 60));
    // Some feeds write the whole line into the field of the street.
    let in_street = line.is_empty() && city.is_empty() && state.is_empty() && street.matches(',').count() >= 2;
    let mut address = match (in_street, line.is_empty()) {
        (true, _) => address::of_line(&street),
        (_, false) => address::of_line(&line),
        _ => Address { parts: 0, ..Address::default() },
    };
    let postal_code = postal_code(row, &country);
    for (of_line, of_field) in [
        (&mut address.street, if in_street { String::new() } else { street }),
        (&mut address.city, city),
        (&mut address.state, state),
        (&mut address.postal_code, postal_code),
        (&mut address.country, country),
    ] {
        if !of_field.is_empty() {
            *of_line = of_field;
        }
    }
    address
}

/// A number has lost the zeros before it: in the United States they belong to it.
fn postal_code(row: &Row<'_>, country: &str) -> String {
    let american = ["US", "USA", "United States"].contains(&country);
    match row.value("postal_code") {
        Some(Written::Plain(number)) if american && number.is_u64() => format!("{:0>5}", number.to_string()),
        Some(_) => row.text("postal_code").map(|raw| text::clean(&raw, 20)).unwrap_or_default(),
        None => String::new(),
    }
}

/// Regions from general to specific, whichever way they are written.
fn regions(row: &Row<'_>) -> Vec<String> {
    let listed = row.texts("regions");
    let mut written: Vec<&str> = listed.iter().flat_map(|text| text.split('>')).collect();
    let named: Vec<Cow<'_, str>>;
    if written.is_empty() {
        named = ["region", "sub_region", "sub_sub_region"].iter().filter_map(|name| row.text(name)).collect();
        written = named.iter().map(|text| &**text).collect();
    }
    let mut regions: Vec<String> = Vec::new();
    for region in written.iter().take(8).map(|raw| text::clean(raw, 100)).filter(|region| !region.is_empty()) {
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    regions
}

fn said_approximate(row: &Row<'_>) -> Option<bool> {
    match row.text("approximate")?.to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" => Some(true),
        "no" | "false" | "0" | "n" => Some(false),
        _ => None,
    }
}

/// The point of a row, and whether it is the middle of a box. A point at 0,0 or off the earth is no point.
fn point(row: &Row<'_>, notes: &mut Notes<'_>) -> (Option<Point>, bool) {
    let numbers: Vec<f64> = match row.value("coordinates") {
        Some(Written::Text(text)) => text.split([',', ';', ' ']).filter_map(|part| part.trim().parse().ok()).collect(),
        Some(Written::List(list)) => list.iter().filter_map(as_number).collect(),
        _ => Vec::new(),
    };
    let (pair, boxed) = match numbers[..] {
        [latitude, longitude] => (Some((latitude, longitude)), false),
        [first, second, third, fourth] => (Some((f64::midpoint(first, third), f64::midpoint(second, fourth))), true),
        _ => (row.number("latitude").zip(row.number("longitude")), false),
    };
    let Some((latitude, longitude)) = pair else {
        if row.has("latitude") || row.has("longitude") || row.has("coordinates") {
            let written = ["latitude", "longitude", "coordinates"].map(|name| row.text(name).unwrap_or_default());
            notes.row(
                &row.at,
                format!("The point {} on the map cannot be read; it was left out.", quote(written.join(" ").trim())),
            );
        }
        return (None, boxed);
    };
    let point = places::point(latitude, longitude);
    if point.is_none() {
        notes.row(&row.at, format!("The point {latitude}, {longitude} on the map cannot be true; it was left out."));
    }
    (point, boxed)
}

fn as_number(value: &Written<'_>) -> Option<f64> {
    let Written::Plain(number) = value else { return None };
    number.as_f64()
}
