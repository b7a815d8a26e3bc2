//! A feed in the form of Meeting Guide: invented meetings, row by row as sites publish them.

use index::record::{Details, Openness, Place, Record, Way};
use index::schedule::Rule;
use serde_json::{Map, Value, json};

use crate::generator::directory;

/// What our terms are called in the codes of the fellowship.
const CODES: [(&str, &str); 14] = [
    ("women", "W"),
    ("men", "M"),
    ("lgbtq", "LGBTQ"),
    ("young-people", "Y"),
    ("seniors", "SEN"),
    ("wheelchair", "X"),
    ("discussion", "D"),
    ("speaker", "SP"),
    ("step-study", "ST"),
    ("newcomers", "BE"),
    ("literature", "LIT"),
    ("meditation", "MED"),
    ("candlelight", "CAN"),
    ("es", "S"),
];

/// So many rows, of which every hundredth says something else in each `edition`.
pub(crate) fn rows(count: usize, edition: usize) -> Vec<u8> {
    // Of a directory, 84 of a hundred are meetings; the rest is no matter of this form.
    let meetings = directory(count * 5 / 4 + 100).into_iter().filter(|record| record.kind().word() == "meeting");
    let rows = meetings.take(count).enumerate().map(|(at, record)| row(at, &record, edition));
    let rows: Vec<Value> = rows.collect();
    assert_eq!(rows.len(), count, "there are enough meetings");
    serde_json::to_vec(&rows).unwrap()
}

fn row(at: usize, record: &Record, edition: usize) -> Value {
    let mut row = Map::new();
    let mut say = |name: &str, value: Value| {
        if value != json!("") {
            row.insert(name.to_owned(), value);
        }
    };
    say("slug", json!(format!("sample-{at}")));
    say("name", json!(record.name.plain));
    let notes = &record.summary.plain;
    let is_other = edition > 0 && at.is_multiple_of(100);
    say("notes", json!(if is_other { format!("{notes} Bring a chair, as of list {edition}.") } else { notes.clone() }));
    for time in &record.times {
        say("timezone", json!(time.zone));
        if let Rule::Weekly { days, start, minutes, .. } = time.rule {
            let days: Vec<_> = days.iter().map(jiff::civil::Weekday::to_sunday_zero_offset).collect();
            say("day", if let [day] = days[..] { json!(day) } else { json!(days) });
            say("time", json!(clock(start)));
            say("end_time", minutes.map_or(json!(""), |minutes| json!(clock(start + minutes))));
        }
    }
    if let Some(place) = &record.place {
        where_it_is(place, &mut say);
    }
    for contact in &record.contacts {
        let number = || json!(format!("(614) 555-{:04}", 100 + at % 100));
        match contact.way {
            Way::Join => {
                say("conference_url", json!(contact.value));
                say("conference_url_notes", json!(contact.note));
            }
            Way::Dial => say("conference_phone", number()),
            _ => say("contact_1_phone", number()),
        }
    }
    say("types", json!(types(record)));
    let Details::Meeting(meeting) = &record.details else { return Value::Object(row) };
    say("group", json!(meeting.group));
    let confirmed = record.checked.map_or(String::new(), |day| format!("{day} {}:00", clock((at % 1440) as u16)));
    say("updated", json!(confirmed));
    Value::Object(row)
}

fn where_it_is(place: &Place, say: &mut impl FnMut(&str, Value)) {
    let Place { name, street, city, state, postal_code, notes, .. } = place;
    say("location", json!(name));
    let street = if street.is_empty() { String::new() } else { format!("{street}, ") };
    say("formatted_address", json!(format!("{street}{city}, {state} {postal_code}, USA")));
    say("location_notes", json!(notes));
    say("regions", json!(place.regions));
    if let Some(point) = place.point {
        say("latitude", json!(point.latitude));
        say("longitude", json!(point.longitude));
    }
}

fn types(record: &Record) -> Vec<&'static str> {
    let Details::Meeting(meeting) = &record.details else { return Vec::new() };
    let open = meeting.open.map(|open| if open == Openness::Open { "O" } else { "C" });
    let terms = record.who.iter().chain(&record.access).chain(&meeting.style).map(index::record::Term::as_str);
    let terms = terms.chain(record.languages.iter().map(String::as_str));
    let code = |term: &str| CODES.iter().find(|(known, _)| *known == term).map(|(_, code)| *code);
    open.into_iter().chain(terms.filter_map(code)).collect()
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}
