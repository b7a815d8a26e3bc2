//! Laws that hold for all bytes.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::feed::soundness::{accounted, damaged};

fn sound(bytes: &[u8]) {
    let harvest = read_bytes(&feed(), bytes);
    accounted(&harvest);
    for time in harvest.records.iter().flat_map(|record| &record.times) {
        assert!(jiff::tz::TimeZone::get(&time.zone).is_ok(), "{time:?}");
        if let Rule::Weekly { start, minutes, days, .. } = time.rule {
            assert!(start < 1440 && minutes.is_none_or(|minutes| (1..=180).contains(&minutes)) && !days.is_empty());
        }
    }
}

/// Values that are found in the fields of real feeds, and some that should not be.
fn value() -> impl Strategy<Value = Value> {
    let known = prop::sample::select(vec![
        json!(null),
        json!(""),
        json!(0),
        json!(7),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(true),
        json!([]),
        json!({}),
        json!([1, "2", null]),
        json!(["C", "W"]),
        json!("C,W"),
        json!("[open]"),
        json!("19:00"),
        json!("8:00 PM"),
        json!("24:00"),
        json!("00:00"),
        json!("Monday"),
        json!("America/Denver"),
        json!("Nowhere/None"),
        json!("2021-04-07 00:53:26"),
        json!("8/29/2021"),
        json!("Hope"),
        json!("1st & 3rd Tuesdays only"),
        json!("No meeting last Friday"),
        json!("yes"),
        json!("1 Elm St, Sampleton, OH 43000, USA"),
        json!("https://zoom.us/j/1"),
        json!("Http://x"),
        json!("+1+16465550100,,1#"),
        json!("+16465550100,,12#SECRET"),
        json!("hybrid"),
        json!("inactive"),
        json!("0,0"),
        json!("1,2,3,4"),
        json!("a@b.example"),
        json!("x\u{1b}[2J\u{202e}\u{0}y"),
        json!("<p>one</p><br>two&nbsp;&amp;&#x1b;"),
        json!("Hope / GSO #641664"),
        json!("é".repeat(300)),
        json!("x".repeat(5000)),
    ]);
    prop_oneof![4 => known, 1 => any::<String>().prop_map(Value::from), 1 => any::<f64>().prop_map(|number| json!(number))]
}

const FIELDS: &[&str] = &[
    "name",
    "slug",
    "id",
    "day",
    "time",
    "end_time",
    "timezone",
    "formatted_address",
    "address",
    "city",
    "state",
    "postal_code",
    "country",
    "region",
    "regions",
    "sub_region",
    "conference_url",
    "conference_url_notes",
    "conference_phone",
    "conference_phone_notes",
    "types",
    "notes",
    "location",
    "location_notes",
    "group",
    "group_notes",
    "latitude",
    "longitude",
    "coordinates",
    "approximate",
    "updated",
    "last_contact",
    "url",
    "website",
    "phone",
    "email",
    "entity",
    "entity_phone",
    "entity_email",
    "entity_url",
    "attendance_option",
    "fields",
    "meetings",
];

fn any_row() -> impl Strategy<Value = Value> {
    let field = prop::sample::select(FIELDS);
    prop::collection::vec((field, value()), 0..14)
        .prop_map(|fields| Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
}

fn any_list() -> impl Strategy<Value = String> {
    let row = prop_oneof![8 => any_row(), 1 => value()];
    (prop::collection::vec(row, 0..8), 0..5_u8).prop_map(|(rows, wrapping)| match wrapping {
        0 => json!({ "meetings": rows }).to_string(),
        1 => json!({ "records": rows.iter().map(|row| json!({ "id": "rec", "fields": row })).collect::<Vec<_>>() })
            .to_string(),
        2 => rows.iter().map(|row| row.to_string() + "\n").collect(),
        3 => json!({ "values": [["Name", "Day", "Time", "ID"], rows] }).to_string(),
        _ => json!(rows).to_string(),
    })
}

/// A mark belongs to the letter before it. Wherever an importer takes a text apart, a part must not begin with one.
#[test]
fn a_mark_is_never_parted_from_its_letter() {
    for separator in " ,;:>/|()[]{}<#@+*-_=.?&'\"%$!~\n\t0".chars() {
        for field in FIELDS {
            let text = format!("a{separator}\u{301}b{separator}\u{1ac8}{separator}c {separator}\u{1ac8}");
            for text in [
                text.clone(),
                format!("Hope{separator}\u{1ac8}"),
                format!("https://zoom.us/j/1{separator}\u{1ac8}"),
                format!("1 Elm St, Sampleton{separator}\u{1ac8}, OH 43000, USA"),
            ] {
                let mut row = json!({ "name": "Hope", "slug": "hope", "day": 1, "time": "19:00" });
                row[field] = json!(text);
                sound(json!([row]).to_string().as_bytes());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        sound(&bytes);
    }

    #[test]
    fn any_text_that_begins_like_a_feed_is_read(start in "(\\[|\\{|\\[\\{|\\[\\[|\\{\"meetings\": ?\\[)", rest in "[\\[\\]{}\":,a-z0-9\\\\ \n\u{e9}]{0,200}") {
        sound(format!("{start}{rest}").as_bytes());
    }

    #[test]
    fn any_rows_are_read(list in any_list()) {
        sound(list.as_bytes());
    }

    #[test]
    fn any_rows_are_read_after_any_damage(bytes in damaged(any_list())) {
        sound(&bytes);
    }

    #[test]
    fn every_named_row_is_kept(rows in prop::collection::vec(any_row(), 1..8)) {
        let rows: Vec<Value> = rows.into_iter().enumerate().map(|(n, mut row)| {
            let fields = row.as_object_mut().unwrap();
            for name in ["fields", "meetings"] {
                fields.remove(name);
            }
            fields.insert("name".to_owned(), json!("Hope"));
            fields.insert("slug".to_owned(), json!(n));
            row
        }).collect();
        let harvest = read_bytes(&feed(), json!(rows).to_string().as_bytes());
        prop_assert_eq!(harvest.records.len(), rows.len(), "{:?}", texts(&harvest));
    }
}
