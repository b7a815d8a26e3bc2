//! Addresses, points and numbers.

use super::*;

#[test]
fn the_address_and_the_point_are_texts() {
    let place = one(r#""street2": "Suite 2", "latitude": "40.5", "longitude": "-82.5""#).place.unwrap();
    assert_eq!(
        [&place.street, &place.city, &place.state, &place.postal_code],
        ["1 Elm St, Suite 2", "Sampleton", "OH", "43000"]
    );
    let point = place.point.unwrap();
    assert_eq!((point.latitude, point.longitude, place.approximate), (40.5, -82.5, false));
}

#[test]
fn a_point_that_cannot_be_true_is_none() {
    for (latitude, longitude) in [("\"0\"", "\"0\""), ("\"\"", "\"-82\""), ("\"x\"", "\"1\""), ("400", "1")] {
        let (record, complaints) = one_of(&row(&format!(r#""latitude": {latitude}, "longitude": {longitude}"#)));
        assert_eq!((record.place.unwrap().point, complaints.len()), (None, 1), "{latitude} {longitude}");
    }
    assert!(one_of(&row(r#""latitude": null"#)).1.is_empty());
}

#[test]
fn an_address_that_is_kept_private_has_no_point() {
    let text = row(r#""latitude": "40.5", "longitude": "-82.5""#).replace("1 Elm St", "Confidential location");
    let place = one_of(&text).0.place.unwrap();
    assert!(place.withheld && place.point.is_none() && place.street.is_empty());
    assert_eq!(place.city, "Sampleton");
}

#[test]
fn numbers_say_what_they_are_for() {
    let record = one(
        r#""phone": "555-555-0100 x12", "intake1": "555-555-0101", "hotline1": "(555) 555-0102", "intake2": "555.555.0101",
        "website": "http://www.example.org/elm""#,
    );
    assert_eq!(
        phones(&record),
        [("555-555-0100 x12", ""), ("555-555-0101", "Intake"), ("(555) 555-0102", "Hotline")],
        "the second intake number is the first"
    );
    assert_eq!(record.contacts.last().unwrap().value, "http://www.example.org/elm");
}

#[test]
fn what_is_no_number_and_no_address_is_told() {
    let (record, complaints) = one_of(&row(r#""phone": "call Robert", "website": "ask us""#));
    assert!(record.contacts.is_empty());
    assert_eq!(complaints.len(), 2);
    assert!(!complaints.concat().contains("Robert"));
}

#[test]
fn the_counter_and_the_distance_are_not_read() {
    let private = ["miles", "contact_name", "director", "email", "internal_notes"];
    let fields: Vec<String> = private.iter().map(|name| format!(r#""{name}": "secret-5550199""#)).collect();
    let (record, complaints) = one_of(&row(&fields.join(",")));
    assert!(!serde_json::to_string(&record).unwrap().contains("secret"));
    assert!(complaints.is_empty(), "{complaints:?}");
}
