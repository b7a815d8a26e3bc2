//! Laws that hold for all bytes.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::feed::soundness::damaged;

fn sound(bytes: &[u8]) {
    read_parts(&[("a", bytes)]);
}

fn value() -> impl Strategy<Value = Value> {
    let known = prop::sample::select(vec![
        json!(null),
        json!(""),
        json!("0"),
        json!(7),
        json!([]),
        json!({}),
        json!("40.5"),
        json!("NaN"),
        json!("555-555-0100 x12"),
        json!("https://example.org"),
        json!("Confidential"),
        json!("Female; Male;; Spanish"),
        json!("x\u{1b}[2J\u{202e}\u{0}y; z"),
        json!("<p>one</p><br>two&nbsp;&amp;&#x1b;"),
        json!("a;\u{301}b"),
        json!("x".repeat(5000)),
        json!([{ "f1": "Type of Care\u{7}", "f2": "TC", "f3": "Substance use treatment; \u{1b}[31m" }, null, 7]),
        json!([{ "f1": null, "f2": "SG", "f3": "Veterans" }, { "f2": "PHR", "f3": "Methadone" }]),
    ]);
    prop_oneof![4 => known, 1 => any::<String>().prop_map(Value::from), 1 => any::<f64>().prop_map(|number| json!(number))]
}

fn any_row() -> impl Strategy<Value = Value> {
    let field = prop::sample::select(vec![
        "frid",
        "name1",
        "name2",
        "street1",
        "street2",
        "city",
        "state",
        "zip",
        "phone",
        "intake1",
        "hotline1",
        "website",
        "latitude",
        "longitude",
        "typeFacility",
        "services",
        "_irow",
    ]);
    prop::collection::vec((field, value()), 0..12)
        .prop_map(|fields| Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
}

fn any_page() -> impl Strategy<Value = String> {
    let row = prop_oneof![8 => any_row(), 1 => value()];
    (prop::collection::vec(row, 0..8), value(), any::<bool>()).prop_map(|(rows, pages, wrapped)| {
        if wrapped {
            json!({ "page": 1, "totalPages": pages, "rows": rows }).to_string()
        } else {
            json!(rows).to_string()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        sound(&bytes);
    }

    #[test]
    fn any_page_is_read(page in any_page()) {
        sound(page.as_bytes());
    }

    #[test]
    fn any_page_is_read_after_any_damage(bytes in damaged(any_page())) {
        sound(&bytes);
    }

    #[test]
    fn every_named_row_is_kept(rows in prop::collection::vec(any_row(), 1..8)) {
        let rows: Vec<Value> = rows.into_iter().enumerate().map(|(n, mut row)| {
            let fields = row.as_object_mut().unwrap();
            fields.insert("name1".to_owned(), json!("Elm House"));
            fields.insert("frid".to_owned(), json!(format!("f{n}")));
            fields.insert("typeFacility".to_owned(), json!("SA"));
            row
        }).collect();
        let harvest = read_text(&json!({ "rows": rows }).to_string());
        prop_assert_eq!(harvest.records.len(), rows.len(), "{:?}", texts(&harvest));
    }
}
