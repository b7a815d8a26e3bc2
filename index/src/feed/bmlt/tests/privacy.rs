//! What never enters a record.

use super::*;

#[test]
fn fields_of_servants_and_made_up_fields_are_not_read() {
    let private = [
        "email_contact",
        "contact_name1",
        "contact_name2",
        "contact_email1",
        "contact_email2",
        "contact_phone_1",
        "contact_phone_2",
        "shared_group_id_bigint",
        "worldid_mixed",
        "root_server_uri",
        "seat_reservation",
        "user_id_bigint",
        "admin_notes",
        "zone",
        "Phone of the secretary",
    ];
    let fields: Vec<String> =
        private.iter().map(|name| format!(r#""{name}": "https://secret.example.org/marker-5550199""#)).collect();
    let (record, complaints) = one_of(&row(&fields.join(", ")));
    let written = serde_json::to_string(&record).unwrap();
    assert!(!written.contains("secret") && !written.contains("5550199"), "{written}");
    assert!(complaints.is_empty(), "{complaints:?}");
}

#[test]
fn an_address_that_is_kept_private_is_not_told_by_its_point() {
    let town = r#""venue_type": "1", "location_municipality": "Sampleton", "latitude": "40.512345", "longitude": "-82.567891""#;
    let point = |fields: &str| {
        let place = one(fields).place.unwrap();
        let point = place.point.unwrap();
        (format!("{} {}", point.latitude, point.longitude), place.approximate)
    };
    assert_eq!(point(town), ("40.51 -82.57".to_owned(), true));
    let door = format!(r#"{town}, "location_street": "1 Elm St""#);
    assert_eq!(point(&door), ("40.512345 -82.567891".to_owned(), false));
}

#[test]
fn nothing_that_a_terminal_would_act_on_gets_through() {
    let evil = "x\\u001b[2J\\u0007\\u009b31m\\u202e\\u200b\\ufeff<b>bold</b>&#27;[31m";
    let names = super::laws::FIELDS;
    for kept in ["weekday_tinyint", "start_time", "none"] {
        let fields: Vec<String> =
            names.iter().filter(|name| **name != kept).map(|name| format!(r#""{name}": "{evil}""#)).collect();
        let formats = format!(r#"[{{"id": "1", "key_string": "{evil}", "name_string": "{evil}"}}]"#);
        let list = format!(r#"[{{{}, "format_shared_id_list": "1"}}]"#, fields.join(", "));
        let harvest = read_parts(&feed(), &[("f", formats.as_bytes()), ("m", list.as_bytes())]);
        assert_eq!(harvest.records.len(), 1, "it is read, and reading checks that every text is clean");
    }
}
