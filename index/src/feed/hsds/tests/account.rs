//! What becomes of rows.

use super::*;

#[test]
fn a_service_is_a_record_at_each_of_its_places() {
    let harvest = read_text(
        r#"[{"id": "s1", "name": "Desk", "status": "active", "service_at_locations": [
            {"id": "o1", "location": {"id": "north", "name": "North Hall", "latitude": 40.1, "longitude": -83.1}},
            {"id": "o2", "location": {"id": "south", "name": "South Hall", "latitude": 39.9, "longitude": -83.0}},
            {"id": "o3", "description": "Again", "location": {"id": "south", "name": "South Hall"}}]}]"#,
    );
    assert_eq!(ids(&harvest), ["town:s1@north", "town:s1@south"]);
    assert_eq!((harvest.rows, harvest.joined, harvest.dropped), (2, 0, 0));
    assert_eq!(
        harvest.records[1].place.as_ref().unwrap().point,
        Some(crate::record::Point { latitude: 39.9, longitude: -83.0 })
    );
    assert!(texts(&harvest).is_empty());
}

#[test]
fn the_same_service_twice_is_one_and_the_fuller_leads() {
    let list = r#"{"contents": [{"id": "s1", "name": "Desk", "status": "active", "email": "desk@example.org", "description": "In short"}]}"#;
    let full = r#"{"id": "s1", "name": "Desk", "status": "active", "description": "All of it",
        "phones": [{"id": "p", "number": "555-0100"}], "organization": {"id": "o", "name": "Town Hall"}}"#;
    for parts in [[("page.json", list), ("s1.json", full)], [("s1.json", full), ("page.json", list)]] {
        let harvest = read_files(&parts);
        assert_eq!((harvest.rows, harvest.joined, harvest.records.len()), (2, 1, 1), "{:?}", texts(&harvest));
        let record = &harvest.records[0];
        assert_eq!(record.summary.plain, "All of it");
        assert_eq!(contact(record, Way::Phone).unwrap().value, "555-0100");
        assert_eq!(contact(record, Way::Email).unwrap().value, "desk@example.org");
        assert_eq!(service(record).run_by, "Town Hall");
    }
    let harvest = read_files(&[("a.json", full), ("b.json", full)]);
    assert_eq!((harvest.rows, harvest.joined, harvest.records[0].contacts.len()), (2, 1, 1), "no number twice");
}

#[test]
fn what_has_only_an_id_points_to_what_has_a_name() {
    let stub = r#"{"id": "x", "service": {"id": "s1"}, "location": {"id": "l1"}}"#;
    let full = r#"{"id": "s1", "name": "Desk", "status": "active", "organization": {"id": "o1"}}"#;
    let place = r#"{"id": "l1", "name": "North Hall", "location_type": "physical"}"#;
    let hall = r#"{"id": "o1", "name": "Town Hall", "website": "hall.example.org"}"#;
    for parts in [[stub, full, place, hall], [hall, place, full, stub]] {
        let parts: Vec<(&str, &str)> = parts.into_iter().map(|text| ("part.json", text)).collect();
        let harvest = read_files(&parts);
        assert_eq!((ids(&harvest), harvest.joined), (vec!["town:s1"], 1), "{:?}", texts(&harvest));
        assert_eq!(harvest.records[0].place.as_ref().unwrap().name, "North Hall");
        assert_eq!(service(&harvest.records[0]).run_by, "Town Hall");
        assert!(harvest.complaints.is_empty(), "{:?}", texts(&harvest));
    }
}

#[test]
fn another_service_under_the_same_id_is_kept() {
    let harvest = read_text(
        r#"[{"id": "s1", "name": "Desk", "status": "active"}, {"id": "s1", "name": "Kitchen", "status": "active"}]"#,
    );
    assert_eq!((harvest.rows, harvest.records.len(), harvest.complaints.len()), (2, 2, 1));
    assert_ne!(harvest.records[0].id, harvest.records[1].id);
}

#[test]
fn what_is_over_is_left_out_and_what_is_closed_for_now_is_suspended() {
    let harvest = read_text(
        r#"[{"id": "1", "name": "A", "status": "inactive"}, {"id": "2", "name": "B", "status": "Defunct"},
            {"id": "3", "name": "C", "status": "temporarily closed"}, {"id": "4", "name": "D", "status": ""},
            {"id": "5", "name": "E", "status": "planned", "description": "x"}]"#,
    );
    assert_eq!(ids(&harvest), ["town:3", "town:4", "town:5"]);
    assert_eq!((harvest.rows, harvest.dropped), (5, 2));
    assert_eq!(harvest.records[0].attendance, Some(Attendance::Suspended));
    assert!(!harvest.records[0].happens());
    assert_eq!(harvest.complaints.len(), 3, "two left out, one status unknown");
}

#[test]
fn a_service_without_a_name_borrows_one_or_is_dropped() {
    let harvest = read_text(
        r#"[{"id": "1", "name": "", "description": "<p><br></p>", "status": "active"},
            {"id": "2", "name": " ", "status": "active", "organization": {"id": "o", "name": "Town Hall"}}]"#,
    );
    assert_eq!((harvest.records.len(), harvest.dropped, harvest.complaints.len()), (1, 1, 2));
    assert_eq!(harvest.records[0].name.plain, "Town Hall");
}

#[test]
fn a_service_without_an_id_has_the_same_key_after_every_refresh() {
    let read = |rest: &str| read_text(&format!(r#"[{{"name": "Desk", "status": "active"{rest}}}]"#));
    let (first, second) = (read(""), read(r#", "description": "New words""#));
    assert_eq!(ids(&first), ids(&second));
    assert!(ids(&first)[0].starts_with("town:desk~"), "{:?}", ids(&first));
    let empty = read_text(
        r#"[{"id": "", "name": "Desk", "status": "active", "service_at_locations": [{"id": "", "location": {"id": "", "name": "North Hall"}}, {"id": null, "location": {"id": "", "name": "South Hall"}}]},
            {"id": "", "name": "Kitchen", "status": "active"}]"#,
    );
    assert_eq!((empty.rows, empty.records.len(), empty.joined), (3, 3, 0), "an empty id is none");
    let twice = read_text(r#"[{"name": "Desk", "status": "active"}, {"name": "Desk", "status": "active"}]"#);
    assert_eq!((twice.rows, twice.joined), (2, 1));
    let two = read_text(
        r#"[{"name": "Desk", "status": "active", "description": "One"}, {"name": "Desk", "status": "active", "description": "Two", "email": "b@example.org"}]"#,
    );
    assert_eq!(two.rows, 2, "{:?}", texts(&two));
}

#[test]
fn an_organization_stands_for_itself_with_no_service_or_with_several() {
    let harvest = read_text(
        r#"[{"id": "a", "name": "Desk", "status": "active", "organization": {"id": "o1", "name": "Town Hall", "description": "We help."}},
            {"id": "b", "name": "Kitchen", "status": "active", "organization_id": "o1"},
            {"id": "c", "name": "Alone", "status": "active", "organization": {"id": "o2", "name": "One Only", "website": "one.example.org", "description": "About us"}},
            {"id": "o3", "name": "Sample Recovery Community", "description": "Peers", "website": "http://rco.example.org", "parent_organization_id": "o1"},
            {"id": "o4", "name": "Says nothing", "legal_status": "charity"}]"#,
    );
    assert_eq!(ids(&harvest), ["town:a", "town:b", "town:c", "town:o1", "town:o3"]);
    assert_eq!((harvest.rows, harvest.joined, harvest.dropped), (5, 0, 0));
    assert_eq!(organization(&harvest.records[3]).offers, ["Desk", "Kitchen"]);
    assert_eq!(organization(&harvest.records[4]).parent, "Town Hall");
    let alone = &harvest.records[2];
    assert_eq!((service(alone).run_by.as_str(), alone.summary.plain.as_str()), ("One Only", "About us"));
    assert_eq!(contact(alone, Way::Website).unwrap().note, "One Only");
}

#[test]
fn an_organization_of_the_name_of_its_service_is_no_listing_of_its_own() {
    let harvest = read_text(
        r#"[{"id": "a", "name": "Town Hall", "status": "active", "organization": {"id": "o1", "name": "town hall", "description": "We help."}},
            {"id": "b", "name": "Kitchen", "status": "active", "organization_id": "o1"}]"#,
    );
    assert_eq!(ids(&harvest), ["town:a", "town:b"]);
}
