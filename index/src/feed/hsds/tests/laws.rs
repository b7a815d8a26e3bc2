//! Laws that hold for all bytes.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::feed::soundness::damaged;

/// What holds besides the account: hours that can be, and nothing on the map that is not there.
pub(super) fn sound(harvest: &Harvest) {
    for time in harvest.records.iter().flat_map(|record| &record.times) {
        assert!(jiff::tz::TimeZone::get(&time.zone).is_ok(), "{time:?}");
        match time.rule {
            Rule::Open { from, until, days, .. } => assert!(from < 1440 && until < 1440 && !days.is_empty()),
            Rule::Weekly { start, minutes, days, .. } => assert!(start < 1440 && minutes.is_none() && !days.is_empty()),
            Rule::RoundTheClock => {}
            Rule::ByAppointment => panic!("no such hours"),
        }
    }
    let nowhere = harvest
        .records
        .iter()
        .filter(|record| matches!(record.attendance, Some(Attendance::Online | Attendance::Phone)));
    assert!(nowhere.filter_map(|record| record.place.as_ref()).all(|place| place.point.is_none()));
}

fn value() -> impl Strategy<Value = Value> {
    let known = prop::sample::select(vec![
        json!(null),
        json!(""),
        json!(0),
        json!(-1),
        json!(1e300),
        json!(true),
        json!("1"),
        json!("a"),
        json!("b"),
        json!("active"),
        json!("inactive"),
        json!("temporarily closed"),
        json!("physical"),
        json!("virtual"),
        json!("postal"),
        json!("WEEKLY"),
        json!("MONTHLY"),
        json!("DAILY"),
        json!("MO,TU"),
        json!("2MO,-1FR"),
        json!("9:00"),
        json!("00:00"),
        json!("23:59"),
        json!("10:00:00Z"),
        json!("24:00"),
        json!("2024-01-02"),
        json!("2005-01-01T00:00:00Z"),
        json!("\"+44 1234 555010\""),
        json!("fax"),
        json!("https://zoom.us/j/1"),
        json!("a@b.example"),
        json!("Sober living"),
        json!("Wheelchair"),
        json!("Urdu"),
        json!("x\u{1b}[2J\u{202e}\u{0}\u{1}y"),
        json!("<p>one</p><br>two&nbsp;&amp;&#x1b;"),
        json!("1 Elm St, Sampleton \u{301}, \u{1ac8}OH"),
        json!("é".repeat(300)),
        json!("x".repeat(5000)),
    ]);
    prop_oneof![4 => known, 1 => any::<String>().prop_map(Value::from), 1 => any::<f64>().prop_map(|number| json!(number))]
}

const FIELDS: &[&str] = &[
    "id",
    "name",
    "description",
    "status",
    "url",
    "email",
    "website",
    "alternate_name",
    "service_id",
    "location_id",
    "organization_id",
    "service_at_location_id",
    "program_id",
    "taxonomy_term_id",
    "unit_id",
    "link_id",
    "contact_id",
    "location_type",
    "latitude",
    "longitude",
    "address_1",
    "city",
    "address_type",
    "number",
    "extension",
    "type",
    "freq",
    "interval",
    "byday",
    "bymonthday",
    "opens_at",
    "closes_at",
    "until",
    "valid_to",
    "valid_from",
    "dtstart",
    "count",
    "weekday",
    "start_date",
    "closed",
    "language",
    "code",
    "note",
    "assured_date",
    "last_modified",
    "minimum_age",
    "maximum_age",
    "fees",
    "option",
    "amount",
    "currency",
    "document",
    "available",
    "maximum",
    "updated",
    "attending_type",
    "interpretation_services",
    "alert",
    "accessibility",
    "details",
    "audienceType",
];

const INNER: &[&str] = &[
    "service_at_locations",
    "locations",
    "organization",
    "organizations",
    "services",
    "phones",
    "schedules",
    "languages",
    "addresses",
    "accessibility",
    "service_areas",
    "cost_options",
    "required_documents",
    "attributes",
    "taxonomy_term",
    "location",
    "service",
    "program",
    "contacts",
    "capacities",
    "unit",
    "pc_targetAudience",
    "holiday_schedules",
    "eligibility",
    "funding",
    "contents",
    "additional_urls",
];

fn fields() -> impl Strategy<Value = serde_json::Map<String, Value>> {
    prop::collection::vec((prop::sample::select(FIELDS), value()), 0..9)
        .prop_map(|fields| fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Objects with objects in them, as deep as those of the format and a little deeper.
fn any_object() -> impl Strategy<Value = Value> {
    let leaf = fields().prop_map(Value::Object);
    leaf.prop_recursive(5, 24, 4, |inner| {
        let inner = (prop::sample::select(INNER), prop::collection::vec(inner, 0..4), any::<bool>());
        (fields(), prop::collection::vec(inner, 0..4)).prop_map(|(mut fields, inner)| {
            for (name, mut list, alone) in inner {
                let value = if alone { list.pop().unwrap_or(Value::Null) } else { Value::Array(list) };
                fields.insert(name.to_owned(), value);
            }
            Value::Object(fields)
        })
    })
}

fn any_list() -> impl Strategy<Value = String> {
    (prop::collection::vec(any_object(), 0..5), 0..4_u8).prop_map(|(rows, wrapping)| match wrapping {
        0 => json!({ "contents": rows, "total_pages": 3 }).to_string(),
        1 => rows.iter().map(|row| row.to_string() + "\n").collect(),
        2 => json!({ "services": rows, "organizations": [] }).to_string(),
        _ => json!(rows).to_string(),
    })
}

const FILES: &[&str] = &[
    "services.csv",
    "organizations.csv",
    "locations.csv",
    "service_at_location.csv",
    "phones.csv",
    "schedules.csv",
    "regular_schedules.csv",
    "holiday_schedules.csv",
    "addresses.csv",
    "postal_addresses.csv",
    "languages.csv",
    "attributes.csv",
    "taxonomy_terms.csv",
    "service_capacity.csv",
    "units.csv",
    "cost_options.csv",
    "url.csv",
    "accessibility.csv",
    "contacts.csv",
    "nothing.csv",
];

fn cell(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A table with an id and some other columns.
fn any_table() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(FIELDS), 1..8).prop_flat_map(|columns| {
        let width = columns.len();
        prop::collection::vec(prop::collection::vec(value(), width), 0..6).prop_map(move |rows| {
            let lines = rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(","));
            let header = format!("id,{}", columns.join(","));
            let lines = lines.enumerate().map(|(at, line)| format!("{},{line}", ["a", "b", "c"][at % 3]));
            std::iter::once(header).chain(lines).collect::<Vec<_>>().join("\n")
        })
    })
}

/// A file of a package, whole or damaged.
fn any_file() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    (prop::sample::select(FILES), prop_oneof![any_table().prop_map(String::into_bytes), damaged(any_table())])
}

/// A mark belongs to the letter before it. Wherever an importer takes a text apart, a part must not begin with one.
#[test]
fn a_mark_is_never_parted_from_its_letter() {
    for separator in " ,;:>/|()[]{}<#@+*-_=.?&'\"%$!~\n\t0TZ".chars() {
        let text = format!("a{separator}\u{301}b{separator}\u{1ac8}{separator}c 09:00{separator}\u{1ac8}");
        let row: serde_json::Map<String, Value> = FIELDS
            .iter()
            .filter(|name| !["id", "status"].contains(name))
            .map(|name| ((*name).to_owned(), json!(text)))
            .collect();
        let mut service = row.clone();
        for inner in
            ["phones", "schedules", "languages", "service_areas", "cost_options", "required_documents", "eligibility"]
        {
            service.insert(inner.to_owned(), json!([row]));
        }
        let mut place = row.clone();
        place.insert("addresses".to_owned(), json!([row]));
        place.insert("location_type".to_owned(), json!("physical"));
        service.insert("service_at_locations".to_owned(), json!([{ "location": place }]));
        sound(&read_text(&json!([service]).to_string()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600), name in prop::sample::select(FILES)) {
        sound(&read_parts(&feed(), &[("services.json", &bytes), (name, &bytes)]));
    }

    #[test]
    fn any_objects_are_read(list in any_list()) {
        sound(&read_text(&list));
    }

    #[test]
    fn any_objects_are_read_after_any_damage(bytes in damaged(any_list())) {
        sound(&read_parts(&feed(), &[("services.json", &bytes)]));
    }

    #[test]
    fn any_tables_are_read_after_any_damage(tables in prop::collection::vec(any_file(), 1..8)) {
        let parts: Vec<(&str, &[u8])> = tables.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        sound(&read_parts(&feed(), &parts));
    }

    #[test]
    fn every_named_service_is_kept(objects in prop::collection::vec(fields(), 1..8)) {
        let rows: Vec<Value> = objects.into_iter().enumerate().map(|(n, mut fields)| {
            for (name, value) in [("name", json!("Desk")), ("id", json!(n)), ("status", json!("active"))] {
                fields.insert(name.to_owned(), value);
            }
            for name in ["service_id", "location_id", "slug"] {
                fields.remove(name);
            }
            Value::Object(fields)
        }).collect();
        let harvest = read_text(&json!(rows).to_string());
        prop_assert_eq!(harvest.records.len(), rows.len(), "{:?}", texts(&harvest));
    }
}
