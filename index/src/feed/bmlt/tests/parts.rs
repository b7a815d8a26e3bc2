//! What a feed is made of.

use super::*;

const BODIES: &str = r#"[
    {"id": "1", "parent_id": "0", "name": "Sample Region", "type": "RS", "url": "region.example.org", "helpline": "555-555-0100"},
    {"id": "2", "parent_id": "1", "name": "Elm Area", "type": "AS", "url": "", "helpline": "ask Robert", "contact_email": "r@example.org"},
    {"id": "3", "parent_id": "2", "name": "Oak Area", "type": "AS", "url": "", "helpline": ""},
    {"id": "4", "parent_id": "4", "name": "Own Parent", "type": "AS", "url": "", "helpline": ""}
]"#;

fn served(body: &str) -> Harvest {
    let list = format!("[{}]", row(&format!(r#""service_body_bigint": "{body}""#)));
    read_parts(&Feed { credit: String::new(), ..feed() }, &[("b", BODIES.as_bytes()), ("m", list.as_bytes())])
}

#[test]
fn meetings_and_formats_may_come_in_one_object() {
    let whole = format!(r#"{{"meetings": [{}], "formats": {FORMATS}}}"#, row(r#""formats": "O""#));
    let harvest = read_text(&whole);
    assert_eq!((harvest.rows, harvest.records.len(), harvest.complaints.len()), (1, 1, 0), "{:?}", texts(&harvest));
    assert!(meeting(&harvest.records[0]).open.is_some());
}

#[test]
fn parts_are_told_apart_by_what_stands_in_them() {
    let list = format!("[{}]", row(r#""format_shared_id_list": "1", "service_body_bigint": "1""#));
    let parts: [(&str, &[u8]); 3] = [("x", list.as_bytes()), ("y", FORMATS.as_bytes()), ("z", BODIES.as_bytes())];
    for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1]] {
        let harvest = read_parts(&feed(), &order.map(|at| parts[at]));
        assert_eq!((harvest.rows, harvest.complaints.len()), (1, 1), "one area's helpline is words");
        let record = &harvest.records[0];
        assert!(meeting(record).open.is_some());
        assert_eq!(contact(record, Way::Phone).unwrap().note, "Sample Region");
    }
}

#[test]
fn an_area_without_a_helpline_has_that_of_its_region() {
    let record = &served("3").records[0];
    assert_eq!(record.credit.line, "Oak Area");
    let helpline = contact(record, Way::Phone).unwrap();
    assert_eq!((helpline.value.as_str(), helpline.note.as_str()), ("555-555-0100", "Oak Area"));
    assert_eq!(contact(record, Way::Website).unwrap().value, "https://region.example.org");
    let harvest = served("2");
    assert_eq!(texts(&harvest), ["The helpline of “Elm Area” cannot be read; it was left out."]);
    assert!(served("4").records[0].contacts.is_empty());
    assert!(served("99").records[0].contacts.is_empty());
}

#[test]
fn an_empty_list_is_an_error_of_the_server() {
    let harvest = read_text("[]");
    assert_eq!(harvest.rows, 0);
    assert_eq!(
        texts(&harvest),
        ["“meetings.json”: the server answered with an empty list, which is how it says an error."]
    );
    let harvest = read_text(r#"{"meetings": [], "formats": []}"#);
    assert_eq!(texts(&harvest), ["“meetings.json” holds an empty list: no meetings."]);
}

#[test]
fn a_wrapping_call_and_rows_without_a_list_are_read() {
    for whole in
        [format!("callback([{}]);", row("")), row(""), format!("{}\n{}", row(""), row("").replace("\"7\"", "\"8\""))]
    {
        let harvest = read_text(&whole);
        assert!(!harvest.records.is_empty(), "{:?}", texts(&harvest));
        assert!(harvest.complaints.is_empty(), "{:?}", texts(&harvest));
    }
}

#[test]
fn what_is_cut_off_keeps_its_whole_rows() {
    let whole = format!("[{}, {}", row(""), row("").replace("\"7\"", "\"8\""));
    let harvest = read_text(&whole[..whole.len() - 20]);
    assert_eq!((harvest.rows, harvest.records.len(), harvest.dropped), (2, 1, 1));
}

#[test]
fn another_format_is_named() {
    let table = [
        (r#"[{"name": "Hope", "slug": "hope", "day": 2, "time": "19:00"}]"#, "Meeting Guide"),
        (r#"[{"id": "1", "organization_id": "2", "name": "Help"}]"#, "HSDS"),
        (r#"{"contents": [{"id": "1"}], "total_pages": 3}"#, "HSDS"),
        (r#"{"page": 1, "totalPages": 1, "recordCount": 0, "rows": []}"#, "FindTreatment.gov"),
        (r#"[{"name1": "Help", "street1": "1 Elm St"}]"#, "FindTreatment.gov"),
        (r#"{"records": [{"id": "rec1", "fields": {"name": "Hope"}}]}"#, "Airtable"),
        (r#"{"values": [["Name", "Day"]]}"#, "Google sheet"),
        ("<!DOCTYPE html><html></html>", "HTML"),
        ("[[listing]]\nname = \"Hope\"\n", "TOML"),
        ("Name,Day,Time\nHope,Monday,7 PM\n", "CSV"),
        (r#"{"error": "no such server"}"#, "error message"),
        ("", "is empty"),
        ("PK\u{3}\u{4}", "spreadsheet"),
    ];
    for (text, name) in table {
        let harvest = read_text(text);
        assert_eq!(harvest.rows, 0, "{text}");
        assert!(texts(&harvest).iter().any(|told| told.contains(name)), "{name}: {:?}", texts(&harvest));
    }
}

#[test]
fn what_is_not_published_is_left_out() {
    let harvest = read_text(&format!("[{}]", row(r#""published": "0""#)));
    assert_eq!((harvest.rows, harvest.dropped), (1, 1));
    assert_eq!(read_text(&format!("[{}]", row(r#""published": "1""#))).dropped, 0);
}

#[test]
fn keys_are_the_servers_else_made_and_stay_the_same() {
    assert_eq!(one("").id.as_str(), "region:7");
    let bare = row("").replace(r#""id_bigint": "7","#, "");
    let (first, complaints) = one_of(&bare);
    assert_eq!((&first.id, complaints.len()), (&one_of(&bare).0.id, 1));
    assert!(first.id.as_str().starts_with("region:hope~"));
}

#[test]
fn a_meeting_without_a_name_is_kept() {
    let nameless = |fields: &str| one_of(&row(fields).replace("\"Hope\"", "\"\"")).0.name.plain;
    assert_eq!(nameless(r#""location_text": "Hall""#), "Hall");
    assert_eq!(nameless(""), "Narcotics Anonymous");
}

#[test]
fn the_fellowship_is_the_feeds_else_the_usual_one() {
    assert_eq!(one("").fellowship.as_deref(), Some("na"));
    let other = Feed { fellowship: Some("ma".to_owned()), ..feed() };
    let harvest = read_parts(&other, &[("m", format!("[{}]", row("")).as_bytes())]);
    assert_eq!(harvest.records[0].fellowship.as_deref(), Some("ma"));
}

#[test]
fn the_servers_usual_openness_stands_in_where_nothing_is_said() {
    let info: &[u8] = br#"[{"version": "3", "default_closed_status": true}]"#;
    let open = |fields: &str| {
        let list = format!("[{}]", row(fields));
        let harvest = read_parts(&feed(), &[("f", FORMATS.as_bytes()), ("i", info), ("m", list.as_bytes())]);
        meeting(&harvest.records[0]).open
    };
    assert_eq!(open(""), Some(crate::record::Openness::Closed));
    assert_eq!(open(r#""format_shared_id_list": "1""#), Some(crate::record::Openness::Open));
    assert_eq!(open(r#""format_shared_id_list": "9""#), None, "open in one week");
}
