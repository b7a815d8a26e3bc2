//! What a listing says.

use super::*;

#[test]
fn a_location_gives_the_place() {
    let record = at(
        r#""location_type": "physical", "name": "North Hall", "description": "Ring twice", "transportation": "Bus 4",
           "latitude": "40.1", "longitude": -83.0, "url": "hall.example.org",
           "addresses": [{"address_1": "1 Elm St", "city": "Sampleton", "state_province": "OH", "country": "US", "address_type": "physical"}],
           "accessibility": [{"description": "Wheelchair access"}, {"description": "No wheelchair access to the cellar"}]"#,
    );
    let place = record.place.as_ref().unwrap();
    assert_eq!((place.street.as_str(), place.point.unwrap().latitude, place.approximate), ("1 Elm St", 40.1, false));
    assert_eq!(place.notes, "Ring twice\nBus 4\nNo wheelchair access to the cellar");
    assert_eq!(record.access.len(), 1, "the whole entry must say so");
    assert_eq!(contact(&record, Way::Website).unwrap().value, "https://hall.example.org");
}

#[test]
fn a_point_that_cannot_be_true_is_left_out() {
    for point in [
        r#""latitude": 100, "longitude": 101"#,
        r#""latitude": 0, "longitude": 0"#,
        r#""latitude": "north", "longitude": 1"#,
    ] {
        let (record, complaints) =
            one_of(&format!(r#""service_at_locations": [{{"location": {{"name": "Hall", {point}}}}}]"#));
        assert!(record.place.unwrap().point.is_none());
        assert_eq!(complaints.len(), 1, "{point}");
    }
}

#[test]
fn of_a_postal_address_the_town_alone_is_told() {
    let record = at(
        r#""addresses": [{"address_1": "PO Box 1", "city": "Sampleton", "postal_code": "43000", "address_type": "postal"}]"#,
    );
    let place = record.place.unwrap();
    assert_eq!([place.street.as_str(), place.city.as_str(), place.postal_code.as_str()], ["", "Sampleton", ""]);
    assert!(place.approximate);
}

#[test]
fn a_virtual_location_has_no_point() {
    let record =
        at(r#""location_type": "virtual", "latitude": 40.1, "longitude": -83.0, "url": "https://zoom.us/j/1""#);
    assert_eq!((record.attendance, record.place.as_ref()), (Some(Attendance::Online), None));
    assert_eq!(contact(&record, Way::Join).unwrap().value, "https://zoom.us/j/1");
    let both = one(
        r#""service_at_locations": [{"location": {"id": "1", "location_type": "virtual"}}, {"location": {"id": "2", "name": "Hall"}}]"#,
    );
    assert_eq!(both.attendance, Some(Attendance::Hybrid));
    assert_eq!(both.place.unwrap().name, "Hall");
}

#[test]
fn how_one_takes_part_is_said_or_shown_or_unknown() {
    for (members, attendance) in [
        (r#""attending_type": "Venue""#, Some(Attendance::InPerson)),
        (r#""attending_type": "Phone""#, Some(Attendance::Phone)),
        (r#""attending_type": "Online""#, Some(Attendance::Online)),
        (r#""attending_type": "online, venue""#, Some(Attendance::Hybrid)),
        (r#""attending_type": "Home visit""#, None),
        ("", None),
    ] {
        assert_eq!(one(members).attendance, attendance, "{members}");
    }
    assert_eq!(
        service(&one(r#""attending_type": "Home visit", "attending_access": "Self referral""#)).how,
        "Home visit. Self referral"
    );
}

#[test]
fn numbers_are_cleaned() {
    let numbers = r#""phones": [{"number": "\"+44 1234 555010\"", "extension": 100, "type": "voice"},
        {"number": "555-0101", "type": "fax"}, {"number": "555-0102", "type": "textphone"},
        {"number": "555-0103", "type": "text", "description": "Text HELP"}, {"number": "ask Jo", "type": "voice"},
        {"number": "555-0104"}]"#;
    let (record, complaints) = one_of(numbers);
    let told: Vec<_> = record.contacts.iter().map(|contact| (contact.way, contact.value.as_str())).collect();
    assert_eq!(
        told,
        [
            (Way::Phone, "+44 1234 555010 ext. 100"),
            (Way::Tty, "555-0102"),
            (Way::Text, "555-0103"),
            (Way::Phone, "555-0104")
        ]
    );
    assert_eq!(complaints, ["Its phone number cannot be read; it was left out."]);
}

#[test]
fn what_a_service_is_stands_in_its_taxonomy_or_its_name() {
    let sort = |name: &str, term: &str| {
        let harvest = read_text(&format!(
            r#"[{{"id": "s", "name": "{name}", "status": "active", "attributes": [{{"taxonomy_term": {{"id": "t", "name": "{term}"}}}}]}}]"#
        ));
        match &harvest.records[0].details {
            Details::Service(service) => Some(service.sort),
            _ => None,
        }
    };
    for (name, term, expected) in [
        ("Sample Desk", "Detoxification", Some(ServiceSort::Treatment)),
        ("Sample Kitchen", "Soup Kitchens", Some(ServiceSort::BasicNeeds)),
        ("Sample Housing Desk", "Recovery coaching", Some(ServiceSort::Coaching)),
        ("Narcan for all", "Health", Some(ServiceSort::HarmReduction)),
        ("Methadone clinic", "", Some(ServiceSort::Medication)),
        ("Sample Desk", "Sober Living Homes", None),
        ("Choir", "Music", Some(ServiceSort::Other)),
        ("Sample Desk", "Housing Search Assistance", Some(ServiceSort::HousingHelp)),
    ] {
        assert_eq!(sort(name, term), expected, "{name} {term}");
    }
}

#[test]
fn medicine_and_family_support_are_pathways() {
    let pathways = |name: &str| {
        let harvest = read_text(&format!(r#"[{{"id": "s", "name": "{name}", "status": "active"}}]"#));
        harvest.records[0].pathways.clone()
    };
    assert_eq!(pathways("Methadone clinic"), [crate::record::Pathway::Medication]);
    assert_eq!(pathways("Al-Anon Family Group"), [crate::record::Pathway::Family]);
    assert!(pathways("Sample Kitchen").is_empty());
}

#[test]
fn beds_that_cannot_be_are_unknown() {
    let capacity = |row: &str| one_of(&format!(r#""name": "x", "capacities": [{row}]"#));
    let (record, complaints) = capacity(r#"{"available": 3, "maximum": 10, "updated": "2024-05-01"}"#);
    assert_eq!((house(&record).capacity, house(&record).beds.unwrap().free), (Some(10), 3));
    assert!(complaints.is_empty());
    let (record, complaints) = capacity(r#"{"available": 12, "maximum": 10, "unit": {"id": "u", "name": "bed"}}"#);
    assert_eq!((house(&record).capacity, house(&record).beds, complaints.len()), (None, None, 1));
    let (record, _) = capacity(r#"{"available": 3, "maximum": 10, "unit": {"id": "u", "name": "appointments"}}"#);
    assert!(matches!(record.details, Details::Service(_)), "no beds");
    let (record, _) = capacity(r#"{"available": 0, "maximum": 4}, {"available": 1, "updated": "2024-05-02"}"#);
    assert_eq!((house(&record).capacity, house(&record).beds.unwrap().free), (Some(4), 1));
    assert_eq!(house(&record).beds.unwrap().counted, None, "one of the counts has no time");
}

#[test]
fn a_residence_says_what_a_residence_says() {
    let record = one(
        r#""fees_description": "$160 a week", "application_process": "Call first", "eligibility_description": "Men in recovery.",
           "accreditations": "Certified", "organization": {"id": "o", "name": "Sample Homes"},
           "attributes": [{"taxonomy_term": {"id": "t", "name": "Recovery housing"}}]"#,
    );
    let house = house(&record);
    assert_eq!(
        [&house.fee, &house.admission, &house.operator, &house.certification],
        ["$160 a week", "Men in recovery. Call first", "Sample Homes", "Certified"]
    );
}

#[test]
fn costs_ages_and_ways_in_are_words() {
    let record = one(
        r#""fees_description": "We charge for it.", "cost_options": [{"option": "Under 18", "amount": 35, "currency": "gbp", "amount_description": "an hour"}],
           "minimum_age": 12, "maximum_age": 100, "eligibility_description": "For people of the town",
           "application_process": "Call us.", "wait_time": "28 days",
           "required_documents": [{"document": "A photo ID"}], "pc_targetAudience": [{"id": "1", "audienceType": "Women"}, {"id": "2", "audienceType": "Bereaved "}]"#,
    );
    let service = service(&record);
    assert_eq!(service.cost, "We charge for it.; Under 18: 35 GBP an hour");
    assert_eq!(service.eligibility, "For people of the town. Ages 12 and older. Women, Bereaved");
    assert_eq!(service.how, "Call us. Waiting time: 28 days. To bring: A photo ID");
    assert_eq!(record.who.iter().map(crate::record::Term::as_str).collect::<Vec<_>>(), ["women"]);
}

#[test]
fn languages_go_by_code_or_name() {
    let record = one(
        r#""languages": [{"name": "Urdu", "code": "ur"}, {"code": "spa"}, {"name": "French"}, {"name": "Polaco"}, {"name": "American Sign Language", "note": "On request"}],
           "interpretation_services": "Interpreters by phone""#,
    );
    assert_eq!(record.languages, ["ur", "es", "fr", "pl", "asl"]);
    assert_eq!(record.summary.plain, "Languages: On request\nInterpreters by phone");
}

#[test]
fn the_date_is_that_of_the_assurance() {
    let checked = |members: &str| one_of(members).0.checked.map(|date| date.to_string());
    assert_eq!(
        checked(r#""assured_date": "2024-01-02", "last_modified": "2024-03-04T10:30:45.123Z""#).unwrap(),
        "2024-01-02"
    );
    assert_eq!(checked(r#""assured_date": "", "last_modified": "2024-03-04T10:30:45.123Z""#).unwrap(), "2024-03-04");
    assert_eq!(checked(""), None);
    let (record, complaints) = one_of(r#""assured_date": "some day""#);
    assert_eq!((record.checked, complaints.len()), (None, 1));
}

#[test]
fn a_moment_that_all_services_share_is_that_of_the_export() {
    let list = |n: usize, assured: &str| {
        let rows = (0..n).map(|at| format!(r#"{{"id": "{at}", "name": "Desk {at}", "status": "active", "last_modified": "2024-03-04T10:30:45Z"{assured}}}"#));
        read_text(&format!("[{}]", rows.collect::<Vec<_>>().join(",")))
    };
    let exported = list(21, "");
    assert!(exported.records.iter().all(|record| record.checked.is_none()));
    assert_eq!(exported.complaints.len(), 1);
    assert!(list(20, "").records.iter().all(|record| record.checked.is_some()), "a few may have been changed together");
    assert!(list(21, r#", "assured_date": "2024-01-02""#).records.iter().all(|record| record.checked.is_some()));
}

#[test]
fn an_alert_comes_first_and_markup_goes() {
    let picture = format!("<img src='data:image/png;base64,{}'>", "A".repeat(100_000));
    let (record, complaints) = one_of(&format!(
        r#""alert": "Moved upstairs", "description": "<p>One&nbsp;&amp; two\u0003</p><ul><li>Three</li></ul>{picture}""#
    ));
    assert_eq!(record.summary.plain, "Moved upstairs\nOne & two\nThree");
    assert!(complaints.is_empty(), "{complaints:?}");
    let (record, complaints) = one_of(&format!(r#""description": "{}""#, "word ".repeat(40_000)));
    assert!(record.summary.plain.len() < 5000 && complaints.len() == 1);
}

#[test]
fn other_names_are_kept_to_be_found() {
    let record = one(r#""alternate_name": "The Desk", "program": {"id": "p", "name": "Open Door Program"}"#);
    assert_eq!(record.also, ["The Desk", "Open Door Program"]);
}
