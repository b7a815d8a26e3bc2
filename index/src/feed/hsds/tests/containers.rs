//! In what wrappings services come, and what is said of anything else.

use super::*;

const DESK: &str = r#"{"id": "s1", "name": "Desk", "status": "active"}"#;

#[test]
fn services_come_in_many_wrappings() {
    for text in [
        format!("[{DESK}]"),
        format!(r#"{{"total_items": 1, "total_pages": 1, "page_number": 1, "contents": [{DESK}]}}"#),
        format!(r#"{{"totalElements": 1, "totalPages": 1, "content": [{DESK}]}}"#),
        DESK.to_owned(),
        format!("\u{feff}\n {DESK}\n"),
        format!(r#"{{"services": [{DESK}]}}"#),
        format!(r#"{{"services.csv": [{DESK}], "organizations.csv": []}}"#),
        format!(
            "{DESK}\n{{\"id\": \"o1\", \"service\": {DESK}, \"location\": {{\"id\": \"l\", \"location_type\": \"postal\"}}}}"
        ),
        format!(r#"{{"id": "o1", "service": {DESK}, "location": {{"id": "l", "location_type": "virtual"}}}}"#),
        format!(r#"[{{"id": "org", "name": "Town Hall", "website": "x.example.org", "services": [{DESK}]}}]"#),
    ] {
        let harvest = read_text(&text);
        assert_eq!(ids(&harvest), ["town:s1"], "{text} {:?}", texts(&harvest));
    }
}

#[test]
fn what_a_list_holds_is_known_by_its_members_or_the_name_of_its_file() {
    let organization = r#"[{"id": "o1", "name": "Town Hall", "description": "We help"}]"#;
    let harvest = read_files(&[("organizations.json", organization)]);
    assert!(matches!(harvest.records[0].details, Details::Organization(_)));
    let harvest = read_files(&[("list.json", organization)]);
    assert!(matches!(harvest.records[0].details, Details::Service(_)));
    let places =
        r#"[{"id": "l1", "location_type": "physical", "name": "North Hall", "latitude": 40.0, "longitude": -83.0}]"#;
    let offers = r#"[{"id": "o1", "service_id": "s1", "location_id": "l1"}]"#;
    let desk = format!("[{DESK}]");
    let harvest = read_files(&[("x.json", places), ("y.json", offers), ("z.json", &desk)]);
    assert_eq!(harvest.records[0].place.as_ref().unwrap().name, "North Hall");
}

#[test]
fn the_host_of_an_address_tells_nothing() {
    let hall = r#"[{"id": "o1", "name": "Town Hall", "description": "We help"}]"#;
    let kind = |name: &str| read_files(&[(name, hall)]).records[0].kind();
    assert_eq!(kind("https://organisations.example.org/services?page=1"), crate::record::Kind::Service);
    assert_eq!(kind("https://example.org/v3/organizations/o1"), crate::record::Kind::Organization);
}

#[test]
fn open_referral_uk_goes_by_other_names() {
    let record = one(r#""fees": "Free", "eligibilitys": [{"eligibility": "Adults", "minimum_age": 18}],
           "service_taxonomys": [{"id": "x", "taxonomy": {"id": "t", "name": "Detox", "vocabulary": "sample"}}],
           "service_areas": [{"service_area": "Sample County"}], "languages": [{"language": "Welsh and Polish"}],
           "costOptions": [{"option": "Parking", "amount": 2}],
           "service_at_locations": [{"id": "o", "regular_schedule": [{"byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}],
             "location": {"id": "l", "name": "North Hall", "physical_addresses": [{"address_1": "1 Elm St", "city": "Sampleton"}],
               "accessibility_for_disabilities": [{"accessibility": "ramp"}]}}]"#);
    let service = service(&record);
    assert_eq!((service.sort, service.cost.as_str()), (ServiceSort::Treatment, "Free; Parking: 2"));
    assert_eq!(service.eligibility, "Adults. Ages 18 and older");
    let place = record.place.as_ref().unwrap();
    assert_eq!((place.street.as_str(), place.serves.as_slice()), ("1 Elm St", &["Sample County".to_owned()][..]));
    assert_eq!((record.times.len(), record.access.len()), (1, 1));
    assert_eq!(record.summary.plain, "Languages: Welsh and Polish\nDetox");
}

#[test]
fn what_describes_the_feed_is_no_listing() {
    let harvest = read_files(&[
        ("datapackage.json", r#"{"name": "sample", "profile": "tabular-data-package", "resources": [{"name": "x"}]}"#),
        (
            "base.json",
            r#"{"version": "3.0", "profile": "https://example.org", "openapi_url": "https://example.org/x.json"}"#,
        ),
        ("services.json", DESK),
    ]);
    assert_eq!((harvest.rows, harvest.complaints.len()), (1, 0), "{:?}", texts(&harvest));
}

#[test]
fn a_page_of_several_says_so() {
    let page = |n: u8| {
        format!(
            r#"{{"total_pages": 2, "page_number": {n}, "contents": [{{"id": "{n}", "name": "Desk {n}", "status": "active"}}]}}"#
        )
    };
    let harvest = read_files(&[("1.json", &page(1))]);
    assert_eq!(texts(&harvest), ["Of its 2 pages only 1 came. What stands on the others is not listed."]);
    let harvest = read_files(&[("1.json", &page(1)), ("2.json", &page(2))]);
    assert_eq!((harvest.records.len(), harvest.complaints.len()), (2, 0));
}

#[test]
fn damage_costs_its_own_row() {
    let harvest =
        read_text(&format!(r#"[{{"id": "0", "name": "A", "status": }}, {DESK}, 7, {{"id": "2", "name": "B""#));
    assert_eq!((harvest.rows, harvest.records.len(), harvest.dropped), (4, 1, 3), "{:?}", texts(&harvest));
    let harvest = read_text("[{\"id\": \"s\", \"name\": \"Bare\u{3} control\", \"status\": \"active\"}]");
    assert_eq!(harvest.records[0].name.plain, "Bare control");
}

#[test]
fn deep_nesting_is_no_harm() {
    let deep =
        format!("[{DESK}, {}{}]", r#"{"name": "x", "organization": "#.repeat(300), "1".to_owned() + &"}".repeat(300));
    assert_eq!(ids(&read_text(&deep)), ["town:s1"]);
    let nested =
        r#"{"id": "1", "name": "x", "service_at_locations": [{"service": "#.repeat(40) + DESK + &"}]}".repeat(40);
    let harvest = read_text(&nested);
    assert!(!harvest.records.is_empty());
    assert!(texts(&harvest).iter().any(|text| text.contains("lists within lists")), "{:?}", texts(&harvest));
}

#[test]
fn another_format_is_named() {
    for (text, named) in [
        (r#"[{"slug": "hope", "name": "Hope", "day": 1, "time": "19:00"}]"#, "Meeting Guide"),
        (r#"[{"id_bigint": "1", "weekday_tinyint": "2", "meeting_name": "Hope"}]"#, "BMLT"),
        (r#"{"page": 1, "recordCount": 1, "rows": [{"name1": "x"}]}"#, "FindTreatment"),
        (r#"{"error": "not found"}"#, "error message"),
        ("<!doctype html><title>x</title>", "web page"),
        ("\u{1f}\u{8b}", "no file of HSDS"),
        ("", "empty"),
        ("[]", "empty list"),
    ] {
        let harvest = read_files(&[("feed", text)]);
        assert_eq!(harvest.rows, 0, "{text}");
        assert!(texts(&harvest).iter().any(|text| text.contains(named)), "{named}: {:?}", texts(&harvest));
    }
    let harvest = read_parts(&feed(), &[("feed", b"\x1f\x8b\x08")]);
    assert!(texts(&harvest)[0].contains("gzip"));
}
