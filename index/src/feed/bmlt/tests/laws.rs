//! Laws that hold for all bytes.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::feed::soundness::damaged;

fn sound(parts: &[(&str, &[u8])]) {
    let harvest = read_parts(&feed(), parts);
    for record in &harvest.records {
        let in_room = record.attendance.unwrap().has_place();
        assert!(in_room || record.place.as_ref().is_none_or(|place| place.point.is_none()), "{record:?}");
        for time in &record.times {
            assert!(jiff::tz::TimeZone::get(&time.zone).is_ok(), "{time:?}");
            if let Rule::Weekly { start, minutes, days, .. } = time.rule {
                assert!(start < 1440 && minutes.is_none_or(|minutes| (1..=180).contains(&minutes)) && !days.is_empty());
            }
        }
    }
}

pub(super) const FIELDS: &[&str] = &[
    "id_bigint",
    "meeting_name",
    "weekday_tinyint",
    "venue_type",
    "start_time",
    "duration_time",
    "time_zone",
    "formats",
    "format_shared_id_list",
    "lang_enum",
    "longitude",
    "latitude",
    "published",
    "service_body_bigint",
    "service_body_name",
    "location_text",
    "location_info",
    "location_street",
    "location_city_subsection",
    "location_neighborhood",
    "location_municipality",
    "location_sub_province",
    "location_province",
    "location_postal_code_1",
    "location_nation",
    "comments",
    "format_comments",
    "public_transport",
    "train_lines",
    "bus_lines",
    "phone_meeting_number",
    "virtual_meeting_link",
    "virtual_meeting_additional_info",
    "key_string",
    "name_string",
    "world_id",
    "parent_id",
];

fn value() -> impl Strategy<Value = Value> {
    let known = prop::sample::select(vec![
        json!(null),
        json!(""),
        json!("0"),
        json!("1"),
        json!("2"),
        json!("3"),
        json!(7),
        json!(-1),
        json!("99999999999999999999"),
        json!([]),
        json!({}),
        json!("19:00:00"),
        json!("24:00:00"),
        json!("01:30:00"),
        json!("65535:59"),
        json!("1,3,6,7"),
        json!("O,VM,S,ZZ"),
        json!("-118.5"),
        json!("NaN"),
        json!("America/Denver"),
        json!("Label#@-@#value"),
        json!("#@-@#"),
        json!("https://zoom.us/j/1"),
        json!("+16465550100,,1#"),
        json!("1 Elm St, Sampleton, OH 43000, USA"),
        json!("Meets only on the 3rd Tuesday"),
        json!("x\u{1b}[2J\u{202e}\u{0}y"),
        json!("<p>one</p><br>two&nbsp;&amp;&#x1b;"),
        json!("x".repeat(5000)),
    ]);
    prop_oneof![4 => known, 1 => any::<String>().prop_map(Value::from), 1 => any::<f64>().prop_map(|number| json!(number))]
}

fn any_row() -> impl Strategy<Value = Value> {
    let field = prop::sample::select(&FIELDS[..FIELDS.len() - 4]);
    prop::collection::vec((field, value()), 0..14)
        .prop_map(|fields| Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
}

fn any_part() -> impl Strategy<Value = String> {
    let field = prop::sample::select(FIELDS);
    let row = prop::collection::vec((field, value()), 0..10)
        .prop_map(|fields| Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()));
    let row = prop_oneof![8 => row, 1 => value()];
    (prop::collection::vec(row, 0..8), 0..4_u8).prop_map(|(rows, wrapping)| match wrapping {
        0 => json!({ "meetings": rows, "formats": rows }).to_string(),
        1 => rows.iter().map(|row| row.to_string() + "\n").collect(),
        2 => format!("back({});", json!(rows)),
        _ => json!(rows).to_string(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        sound(&[("a", &bytes)]);
    }

    #[test]
    fn any_text_that_begins_like_a_feed_is_read(start in "(\\[|\\{|\\[\\{|a\\(\\[|\\{\"meetings\": ?\\[)", rest in "[\\[\\]{}\":,a-z0-9\\\\ \n\u{e9}]{0,200}") {
        sound(&[("a", format!("{start}{rest}").as_bytes())]);
    }

    #[test]
    fn any_parts_are_read(one in any_part(), other in any_part()) {
        sound(&[("a", one.as_bytes()), ("f", FORMATS.as_bytes()), ("b", other.as_bytes())]);
    }

    #[test]
    fn any_parts_are_read_after_any_damage(bytes in damaged(any_part())) {
        sound(&[("a", &bytes), ("f", FORMATS.as_bytes())]);
    }

    #[test]
    fn every_named_row_is_kept(rows in prop::collection::vec(any_row(), 1..8)) {
        let rows: Vec<Value> = rows.into_iter().enumerate().map(|(n, mut row)| {
            let fields = row.as_object_mut().unwrap();
            fields.remove("published");
            fields.insert("meeting_name".to_owned(), json!("Hope"));
            fields.insert("id_bigint".to_owned(), json!(n.to_string()));
            row
        }).collect();
        let text = json!(rows).to_string();
        let harvest = read_parts(&feed(), &[("a", text.as_bytes()), ("f", FORMATS.as_bytes())]);
        prop_assert_eq!(harvest.records.len(), rows.len(), "{:?}", texts(&harvest));
    }
}
