//! Wrappings, and what is no list of meetings.

use super::*;
use crate::feed::Spot;

const ROWS: &str = r#"{"name": "Hope", "slug": "a", "day": 1, "time": "19:00"}, {"name": "Joy", "slug": "b", "day": 2, "time": "20:00"}"#;

fn both(text: &str) -> Harvest {
    let harvest = read_text(text);
    assert_eq!(ids(&harvest), ["town:a", "town:b"], "{:?}", harvest.complaints);
    harvest
}

#[test]
fn a_plain_list_is_read_without_complaint() {
    assert_eq!(texts(&both(&format!("[{ROWS}]"))), [""; 0]);
}

#[test]
fn wrappers_are_opened() {
    both(&format!(r#"{{"meetings": [{ROWS}]}}"#));
    both(&format!(r#"{{"status": "ok", "data": [{ROWS}]}}"#));
    both(&format!(r#"{{"data": {{"meetings": [{ROWS}]}}}}"#));
}

#[test]
fn airtable_keeps_fields_in_fields_and_its_id_serves_as_a_key() {
    let harvest = both(
        r#"{"records": [{"id": "rec1", "createdTime": "2020-07-18T00:00:00Z", "fields": {"Name": "Hope", "Slug": "a", "Day": 1, "Time": "19:00"}},
                        {"id": "b", "fields": {"name": "Joy", "day": 2, "time": "20:00"}}]}"#,
    );
    assert_eq!(harvest.records[1].name.plain, "Joy");
    let page = read_text(r#"{"records": [{"id": "rec1", "fields": {"name": "Hope"}}], "offset": "itr/rec1"}"#);
    assert!(texts(&page).iter().any(|text| text.contains("one page of several")));
}

#[test]
fn a_google_sheet_has_plain_headers_and_plain_values() {
    let harvest = both(
        r#"{"range": "Meetings!A1:J3", "values": [
            ["Name", "ID", "Day", "Time", "End Time", "Types", "Regions", "Formatted Address", "Feedback Emails"],
            ["Hope", "a", "Monday", "6:00 PM", "7:00 PM", "Open, Wheelchair Access", "County > North > Town", "1 Elm St, Sampleton, OH 43000, USA", "a@example.org,b@example.org"],
            [],
            ["Joy", "b", "Tuesday", "12:00 PM"],
            ["", ""]]}"#,
    );
    assert_eq!(harvest.rows, 2, "rows without a filled cell are no rows");
    let hope = &harvest.records[0];
    assert_eq!(hours(hope), (18 * 60, Some(60)));
    assert_eq!(hope.place.as_ref().unwrap().regions, ["County", "North", "Town"]);
    assert_eq!(hope.access.iter().map(crate::record::Term::as_str).collect::<Vec<_>>(), ["wheelchair"]);
    assert!(contact(hope, Way::Email).is_none(), "feedback addresses are for reports, not for visitors");
}

#[test]
fn comma_separated_values_of_the_plugin_are_read() {
    let harvest = both(concat!(
        "\u{feff}Our meetings\r\n",
        "\"Time\",\"End Time\",\"Day\",\"Name\",\" Address\",\"Types\",\"Slug\",\"Updated\"\r\n",
        "\"7:00 PM\",####,\"Monday\",\"Hope, \"\"north\"\"\",\"1 Elm St, Sampleton, OH 43000, USA\",\"Closed, Women\",\"a\",\"2020-04-0416:50:58\"\r\n",
        "\"8:00 PM\",,\"Tuesday\",\"Joy\",,\"Open\",\"b\",\"2020-05-0416:50:58\"\r\n",
    ));
    let hope = &harvest.records[0];
    assert_eq!(hope.name.plain, "Hope, \"north\"");
    assert_eq!(hours(hope), (19 * 60, None));
    assert_eq!(hope.checked, Some(jiff::civil::date(2020, 4, 4)));
    assert_eq!(hope.place.as_ref().unwrap().city, "Sampleton");
}

#[test]
fn a_line_of_a_sheet_is_one_row_however_it_ends() {
    for end in ["\n", "\r\n", "\r"] {
        let harvest = read_text(&["name,slug,day,time", "Hope,a,1,19:00", "Joy,b,9,19:00"].join(end));
        let places: Vec<_> = harvest.complaints.iter().map(|complaint| complaint.place).collect();
        assert_eq!(places, [Some(Spot::line(3))], "{end:?}");
    }
}

#[test]
fn a_sheet_that_ends_inside_a_quoted_cell_is_complained_of() {
    let harvest = read_text("name,slug,day,time\nHope,a,1,19:00\n\"Joy,b,2,20:00\n");
    assert_eq!((harvest.records[0].name.plain.as_str(), harvest.dropped), ("Hope", 1));
    assert!(texts(&harvest).iter().any(|text| text.contains("quotation mark")), "{:?}", texts(&harvest));
}

#[test]
fn a_closing_brace_too_many_costs_no_row() {
    for braces in ["}", "}}", "} ,}"] {
        let rows = format!(r#"{{"name": "Hope", "slug": "a"}}{braces}, {{"name": "Joy", "slug": "b"}}"#);
        for text in [format!("[{rows}]"), format!(r#"{{"meetings": [{rows}]}}"#)] {
            let harvest = both(&text);
            assert!(harvest.dropped >= 1, "{text}");
            assert!(texts(&harvest).iter().all(|text| text.contains("never opened")), "{:?}", texts(&harvest));
        }
    }
}

#[test]
fn rows_may_stand_one_a_line_and_a_broken_line_costs_itself() {
    let text = "{\"name\": \"Hope\", \"slug\": \"a\"}\n\n{\"name\": \"Broken\n{\"name\": \"Joy\", \"slug\": \"b\"}\n";
    let harvest = both(text);
    assert_eq!((harvest.rows, harvest.dropped), (3, 1));
    let complaint = harvest.complaints.iter().find(|complaint| complaint.dropped).unwrap();
    assert_eq!(complaint.place, Some(Spot::line(3)));
    both("{\n\"name\": \"Hope\", \"slug\": \"a\"\n}\n{\n\"name\": \"Joy\", \"slug\": \"b\"\n}");
}

#[test]
fn rows_before_garbage_are_kept() {
    let harvest = both(&format!("[{ROWS}]\n  invalid text"));
    assert_eq!(texts(&harvest).len(), 1);
    assert!(texts(&harvest)[0].contains("invalid text"));
}

#[test]
fn whole_rows_before_a_cut_are_kept() {
    for cut in ["", ",", r#", {"name": "Half"#, r#", {"name": "Half", "day": 1"#, ", {"] {
        for text in [format!("[{ROWS}{cut}"), format!(r#"{{"meetings": [{ROWS}{cut}"#)] {
            let harvest = both(&text);
            assert!(texts(&harvest).iter().any(|text| text.contains("cut off")), "{cut}");
            assert_eq!(harvest.dropped, usize::from(cut.contains('{')), "half a row is a dropped row");
        }
    }
}

#[test]
fn a_broken_row_does_not_harm_its_neighbours() {
    let deep = format!(r#"{{"name": "Deep", "x": {}1{}}}"#, "[".repeat(5000), "]".repeat(5000));
    for broken in [
        deep.as_str(),
        r#"{"name": "Bad", "day": NaN}"#,
        r#"{"name": "No end, "day": 1}"#,
        r#"{"name": "Never closed, "day": 1, "x": "}"#,
        "null",
        "7",
        "[1]",
        "{}",
    ] {
        let text = format!(r#"[{{"name": "Hope", "slug": "a"}}, {broken}, {{"name": "Joy", "slug": "b"}}]"#);
        assert_eq!(both(&text).dropped, 1, "{broken:.60}");
    }
}

#[test]
fn hand_made_faults_of_json_are_mended() {
    let harvest = both(
        "[{\"name\": \"Ho\tpe\", \"slug\": \"a\", \"notes\": \"one\ntwo \\ud83d three \\ud83d\\ude00\"}{\"name\": \"Joy\", \"slug\": \"b\"},]",
    );
    assert_eq!(harvest.records[0].name.plain, "Ho pe");
    assert!(harvest.records[0].summary.plain.contains('😀'));
}

#[test]
fn marks_and_encodings_are_understood() {
    both(&format!("\u{feff}  [{ROWS}]"));
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(format!("[{ROWS}]").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(read_bytes(&feed(), &utf16).records.len(), 2);
    let latin = read_bytes(&feed(), b"[{\"name\": \"Caf\xe9 \x93noon\x94\", \"slug\": \"a\"}]");
    assert_eq!(latin.records[0].name.plain, "Café “noon”");
    assert!(texts(&latin)[0].contains("UTF-8"));
}

#[test]
fn what_is_no_list_of_meetings_is_named_once() {
    for (text, named) in [
        ("", "empty"),
        ("   \n", "empty"),
        ("[]", "empty list"),
        (r#"{"meetings": []}"#, "empty list"),
        ("<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        ("<?xml version=\"1.0\"?><rss><channel/></rss>", "RSS"),
        ("Too many requests", "Too many requests"),
        ("\"denied\"", "denied"),
        ("callback([{}])", "JSONP"),
        ("[[meeting]]\nkey = \"a\"", "TOML"),
        ("%PDF-1.7", "PDF"),
        ("\u{1f}\u{8b}", "cannot be read as JSON"),
        (r#"{"error": "no such sheet"}"#, "no such sheet"),
        (r#"{"foo": 1, "bar": {}}"#, "foo, bar"),
        (r#"[{"id_bigint": "1", "weekday_tinyint": "2", "meeting_name": "X", "start_time": "19:00:00"}]"#, "BMLT"),
        (r#"{"meetings": [{"id_bigint": "1", "weekday_tinyint": "2"}], "formats": []}"#, "BMLT"),
        (r#"[{"key_string": "BT", "name_string": "Basic Text"}]"#, "BMLT"),
        (r#"{"total_items": 1, "contents": [{"id": "1"}]}"#, "HSDS"),
        (r#"[{"id": "1", "name": "Food bank", "organization": {"name": "Org"}}]"#, "HSDS"),
        (r#"{"type": "FeatureCollection", "features": []}"#, "GeoJSON"),
        (r#"{"page": 1, "totalPages": 1, "recordCount": 1, "rows": [{"_irow": 1}]}"#, "FindTreatment"),
        (r#"[["a", "b"], ["c", "d"]]"#, "without a row of headers"),
    ] {
        let harvest = read_text(text);
        assert_eq!((harvest.rows, harvest.records.len()), (0, 0), "{text}");
        assert_eq!(harvest.complaints.len(), 1, "{text}: {:?}", texts(&harvest));
        assert!(texts(&harvest)[0].contains(named), "{text}: {}", texts(&harvest)[0]);
    }
    assert!(texts(&read_bytes(&feed(), b"\x1f\x8b\x08"))[0].contains("gzip"));
}

#[test]
fn several_parts_are_one_feed() {
    let parts = [
        Part { name: "one.json", bytes: br#"[{"name": "Hope", "slug": "a"}]"# },
        Part { name: "two.json", bytes: br#"[{"name": "Joy", "slug": "b"}]"# },
    ];
    assert_eq!(ids(&read(&feed(), &parts, Vocabulary::builtin())), ["town:a", "town:b"]);
}

#[test]
fn one_strange_row_does_not_make_the_feed_foreign() {
    let harvest = both(&format!(r#"[{ROWS}, {{"weekday_tinyint": "1"}}]"#));
    assert_eq!((harvest.rows, harvest.dropped), (3, 1));
}

#[test]
fn what_the_feeds_file_lacks_is_no_matter_when_nothing_was_read() {
    let feed = Feed { fellowship: None, timezone: Some("Atlantis".to_owned()), ..feed() };
    assert_eq!(read_bytes(&feed, b"<html></html>").complaints.len(), 1);
}
