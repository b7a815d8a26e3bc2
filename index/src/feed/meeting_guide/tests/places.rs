//! Addresses, regions and points.

use super::*;
use crate::record::{Place, Point};

fn place(fields: &str) -> Place {
    *one(fields).place.unwrap()
}

#[test]
fn an_address_in_one_line_is_taken_apart() {
    for (line, street, city, state, postal_code, country) in [
        ("1 Elm St, Sampleton, OH 43000, USA", "1 Elm St", "Sampleton", "OH", "43000", "USA"),
        ("1 Elm St, Sampleton, OH 43000-1234", "1 Elm St", "Sampleton", "OH", "43000-1234", ""),
        ("1 Elm St, Bldg. K, Sampleton, OH 43000, USA", "1 Elm St, Bldg. K", "Sampleton", "OH", "43000", "USA"),
        ("Sampleton, OH, USA", "", "Sampleton", "OH", "", "USA"),
        (
            "8318 104 St, Sampleton, Alberta, T6E 4E8, Canada",
            "8318 104 St",
            "Sampleton",
            "Alberta",
            "T6E 4E8",
            "Canada",
        ),
        ("Sampleton, Alberta, Canada", "", "Sampleton", "Alberta", "", "Canada"),
        ("1 Rue X, Montréal, QC H2X 1Y4, Canada", "1 Rue X", "Montréal", "QC", "H2X 1Y4", "Canada"),
        ("Elmstr. 5, 10557 Berlin, Germany", "Elmstr. 5", "Berlin", "", "10557", "Germany"),
        ("London, UK", "", "London", "", "", "UK"),
        ("United States", "", "", "", "", "United States"),
        ("Sampleton", "", "Sampleton", "", "", ""),
        ("1 Elm St", "1 Elm St", "", "", "", ""),
        ("1 Elm St, Sampleton", "1 Elm St", "Sampleton", "", "", ""),
        ("1 Elm St, USA", "1 Elm St", "", "", "", "USA"),
        ("10557 Berlin, Germany", "", "Berlin", "", "10557", "Germany"),
    ] {
        let place = place(&format!(r#""formatted_address": "{line}", "approximate": "no""#));
        assert_eq!(
            [&place.street, &place.city, &place.state, &place.postal_code, &place.country],
            [street, city, state, postal_code, country],
            "{line}"
        );
    }
}

#[test]
fn fields_of_an_address_win() {
    let place = place(
        r#""address": "1 Elm St", "city": "Sampleton", "state": "OH", "postal_code": 4300, "country": "USA", "location": "Town Hall",
        "location_notes": "Side door<br>Ring twice""#,
    );
    assert_eq!([&place.name, &place.street, &place.city, &place.state], ["Town Hall", "1 Elm St", "Sampleton", "OH"]);
    assert_eq!(place.postal_code, "04300", "a number has lost its zero");
    assert_eq!(place.notes, "Side door\nRing twice");
    assert!(!place.approximate && !place.withheld);
}

#[test]
fn regions_go_from_general_to_specific() {
    for fields in [
        r#""regions": ["County", "Town", "North"]"#,
        r#""regions": "County > Town > North""#,
        r#""region": "County", "sub_region": "Town", "sub_sub_region": "North""#,
        r#""region": "County", "regions": ["County", "Town", "North", "North", ""]"#,
    ] {
        assert_eq!(place(fields).regions, ["County", "Town", "North"], "{fields}");
    }
}

#[test]
fn points_come_in_many_forms() {
    let expected = Some(Point { latitude: 40.5, longitude: -83.25 });
    for fields in [
        r#""latitude": 40.5, "longitude": -83.25"#,
        r#""latitude": "40.5", "longitude": " -83.25""#,
        r#""coordinates": "40.5,-83.25""#,
        r#""coordinates": [40.5, -83.25]"#,
        r#""coordinates": "40.0,-83.0,41.0,-83.5""#,
    ] {
        let record = one(&format!(r#""address": "1 Elm St", {fields}"#));
        assert_eq!(record.place.unwrap().point, expected, "{fields}");
    }
}

#[test]
fn points_that_cannot_be_true_are_left_out() {
    for fields in [
        r#""latitude": 0, "longitude": 0"#,
        r#""latitude": "0.0", "longitude": "0.0""#,
        r#""latitude": -122.4, "longitude": 37.7"#,
        r#""latitude": 40.5, "longitude": 200"#,
        r#""latitude": "north", "longitude": 3"#,
        r#""longitude": -83.25"#,
        r#""coordinates": "somewhere""#,
    ] {
        let (record, complaints) = one_of(&row(&format!(r#""address": "1 Elm St", {fields}"#)));
        assert_eq!(record.place.unwrap().point, None, "{fields}");
        assert_eq!(complaints.len(), 1, "{fields}");
    }
    assert_eq!(place(r#""address": "1 Elm St", "latitude": null, "longitude": """#).point, None);
}

#[test]
fn nothing_known_of_a_place_is_no_place() {
    assert_eq!(one("").place, None);
}
