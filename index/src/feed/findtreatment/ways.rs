//! Where a facility is and how to reach it.

use super::lists::{Object, as_text};
use super::notes::{At, Notes, quote};
use super::{field, links, places};
use crate::record::{Contact, Place, Way};
use crate::text;

/// Numbers by field, with what is to be known before calling.
const NUMBERS: &[(&str, &str)] =
    &[("phone", ""), ("intake1", "Intake"), ("intake2", "Intake"), ("hotline1", "Hotline"), ("hotline2", "Hotline")];

/// The place of a row.
pub(super) fn place(row: &Object, at: &At, notes: &mut Notes<'_>) -> Option<Place> {
    let (first, second) = (field(row, "street1", 200), field(row, "street2", 100));
    let street = if first.is_empty() || second.is_empty() { first + &second } else { format!("{first}, {second}") };
    let hidden = ["confidential", "undisclosed", "not disclosed", "withheld"];
    let withheld = hidden.iter().any(|word| text::fold(&street).contains(word));
    let place = Place {
        street: if withheld { String::new() } else { street },
        city: field(row, "city", 100),
        state: field(row, "state", 60),
        postal_code: field(row, "zip", 20),
        withheld,
        ..Place::default()
    };
    let somewhere = [&place.street, &place.city, &place.state, &place.postal_code].iter().any(|part| !part.is_empty());
    let number = |name: &str| row.get(name).and_then(as_text);
    let (latitude, longitude) = (number("latitude"), number("longitude"));
    let pair = latitude.as_deref().zip(longitude.as_deref());
    let point = pair.and_then(|(latitude, longitude)| places::point(latitude.parse().ok()?, longitude.parse().ok()?));
    if point.is_none() && (latitude.is_some() || longitude.is_some()) {
        notes.row(at, "Its point on the map cannot be read or cannot be true; it was left out.");
    }
    let point = point.filter(|_| !withheld);
    let approximate = point.is_some() && place.street.is_empty();
    (somewhere || point.is_some() || withheld).then_some(Place { point, approximate, ..place })
}

/// The ways of a row. A number that is written twice is called once, under its first name.
pub(super) fn contacts(row: &Object, at: &At, notes: &mut Notes<'_>) -> Vec<Contact> {
    let mut contacts: Vec<Contact> = Vec::new();
    let digits = |number: &str| number.chars().filter(char::is_ascii_digit).collect::<String>();
    for (name, note) in NUMBERS {
        let Some(raw) = row.get(*name).and_then(as_text) else { continue };
        match links::phone(&raw) {
            Some(number) if contacts.iter().any(|known| digits(&known.value) == digits(&number)) => {}
            Some(value) => contacts.push(Contact { way: Way::Phone, value, note: (*note).to_owned() }),
            None => notes.row(at, format!("The number in `{name}` cannot be read; it was left out.")),
        }
    }
    if let Some(raw) = row.get("website").and_then(as_text) {
        match links::first_web(&raw) {
            Some(address) => contacts.push(Contact::new(Way::Website, address)),
            None => notes.row(at, format!("The web address {} cannot be opened; it was left out.", quote(&raw))),
        }
    }
    contacts
}
