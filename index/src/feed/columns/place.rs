//! Where something is, as a sheet has it: in fields of their own, or in one line.

use super::LINE;
use super::row::{Flag, Row, Said};
use super::words;
use crate::feed::address::{self, Address};
use crate::feed::places;
use crate::record::{Place, Point};

/// The place of a row, without what stands in. Of one that is private, nothing is read that leads to its door; where that
/// is not clear, nothing at all.
pub(super) fn own(row: &mut Row<'_>, private: Flag) -> Place {
    if private == Flag::Unclear {
        return Place { withheld: true, ..Place::default() };
    }
    row.stand_in = false;
    let place = read(row, private == Flag::Yes);
    row.stand_in = true;
    place
}

/// The place that stands in for what a row lacks.
pub(super) fn standing(row: &mut Row<'_>) -> Place {
    read(row, false)
}

/// The place of a row with what stands in for it. An area stands in for every row; a door only where the row says nothing
/// that could mean another ([`places::merge`]), and never for what is private or held elsewhere than in a room.
pub(super) fn with_defaults(own: &Place, standing: &Place, virtual_only: bool) -> Option<Place> {
    let nothing = Place::default();
    if *own == nothing && virtual_only {
        return None;
    }
    let area = Place {
        city: standing.city.clone(),
        state: standing.state.clone(),
        country: standing.country.clone(),
        regions: standing.regions.clone(),
        serves: standing.serves.clone(),
        ..Place::default()
    };
    let place = places::merge(own.clone(), if own.withheld { &area } else { standing });
    (place != nothing).then_some(place)
}

fn read(row: &mut Row<'_>, private: bool) -> Place {
    let mut line = |field| row.line(field, LINE);
    let whole = line("address");
    let mut place = Place {
        name: if private { String::new() } else { line("place") },
        street: if private { String::new() } else { line("street") },
        city: line("city"),
        state: line("state"),
        postal_code: line("postal_code"),
        country: line("country"),
        notes: if private { String::new() } else { line("place_notes") },
        withheld: private,
        ..Place::default()
    };
    place.regions = regions(row);
    place.serves = row.lines("serves", LINE);
    place.approximate = row.first("approximate", words::truth).unwrap_or(false);
    place.point = if private && !place.approximate { None } else { point(row) };
    // Of a line nobody knows for sure what in it is the town and what the door.
    let parts = if private { Address::default() } else { address::of_line(&whole) };
    for (own, part) in [
        (&mut place.street, parts.street),
        (&mut place.city, parts.city),
        (&mut place.state, parts.state),
        (&mut place.postal_code, parts.postal_code),
        (&mut place.country, parts.country),
    ] {
        if own.is_empty() {
            *own = part;
        }
    }
    place
}

/// General to specific; `County > North > Town` in one cell too.
fn regions(row: &mut Row<'_>) -> Vec<String> {
    let lines = row.lines("regions", LINE);
    let parts = lines.iter().flat_map(|line| line.split('>')).map(str::trim).filter(|part| !part.is_empty());
    parts.map(ToOwned::to_owned).collect()
}

fn point(row: &mut Row<'_>) -> Option<Point> {
    let (latitude, longitude) = match row.said("coordinates").into_iter().next() {
        Some(said) => {
            let Some((latitude, longitude)) = said.text.split_once(',') else {
                row.fault(&said, "it must be a latitude and a longitude with a comma between them");
                return None;
            };
            let part = |text: &str| Some(Said { text: text.to_owned(), ..said.clone() });
            (part(latitude), part(longitude))
        }
        None => (row.said("latitude").into_iter().next(), row.said("longitude").into_iter().next()),
    };
    let (latitude, longitude) = match (latitude, longitude) {
        (Some(latitude), Some(longitude)) => (latitude, longitude),
        (None, None) => return None,
        _ => {
            row.note("Its point on the map was left out: it has only one of latitude and longitude.");
            return None;
        }
    };
    let mut read = |said: &Said, most: f64| match words::number(&said.text, -most..=most) {
        Ok(number) => Some(number),
        Err(must) => {
            row.fault(said, &must);
            None
        }
    };
    let point = read(&latitude, 90.0).zip(read(&longitude, 180.0));
    let point = point.map(|(latitude, longitude)| Point { latitude, longitude })?;
    if places::is_nowhere(point) {
        row.note("The point 0, 0 lies in the sea and was left out.");
        return None;
    }
    Some(point)
}
