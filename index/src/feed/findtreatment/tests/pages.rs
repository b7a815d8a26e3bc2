//! Pages, keys, and what is none of them.

use super::*;

#[test]
fn pages_are_parts_and_a_missing_one_is_told() {
    let one = page(&[row("")]).replace("\"totalPages\": 1", "\"totalPages\": 3");
    let two = page(&[row("").replace("Elm House", "Oak House")])
        .replace("\"page\": 1", "\"page\": 3")
        .replace("\"totalPages\": 1", "\"totalPages\": 3");
    let harvest = read_parts(&[("b", two.as_bytes()), ("a", one.as_bytes())]);
    assert_eq!((harvest.rows, harvest.records.len()), (2, 2));
    assert_eq!(texts(&harvest), ["Of 3 pages these are missing: 2. Their facilities are not listed."]);
}

#[test]
fn a_page_that_came_twice_changes_nothing() {
    let text = page(&[row("")]);
    let harvest = read_parts(&[("a", text.as_bytes()), ("b", text.as_bytes())]);
    assert_eq!((harvest.rows, harvest.records.len(), harvest.joined), (2, 1, 1));
    assert_eq!(texts(&harvest), ["Page 1 came twice; its facilities were joined."]);
}

#[test]
fn a_list_alone_is_read_and_an_empty_page_is_told() {
    assert_eq!(read_text(&format!("[{}]", row(""))).records.len(), 1);
    let harvest = read_text(&page(&[]));
    assert_eq!(texts(&harvest), ["“page-1.json” holds no facilities."]);
}

#[test]
fn the_counter_of_a_row_is_no_key() {
    let first = one("");
    assert!(first.id.as_str().starts_with("treatment:elm-house~"), "{}", first.id);
    assert_eq!(one_of(&row("").replace("\"_irow\": 1", "\"_irow\": 99")).0.id, first.id);
    assert_ne!(one_of(&row("").replace("1 Elm St", "2 Elm St")).0.id, first.id);
    assert_eq!(one(r#""frid": "abc-123""#).id.as_str(), "treatment:abc-123");
}

#[test]
fn a_facility_without_a_name_is_left_out_and_its_neighbours_stay() {
    let nameless = row("").replace("\"Elm House\"", "null");
    let harvest = read_text(&page(&[nameless, row(""), "7".to_owned()]));
    assert_eq!((harvest.rows, harvest.records.len(), harvest.dropped), (3, 1, 2));
}

#[test]
fn the_second_line_of_a_name_is_another_name() {
    let record = one(r#""name2": "Women's Programme""#);
    assert_eq!((record.name.plain.as_str(), record.also), ("Elm House", vec!["Women's Programme".to_owned()]));
}

#[test]
fn another_format_is_named() {
    let table = [
        (r#"[{"name": "Hope", "slug": "hope", "day": 2, "time": "19:00"}]"#, "Meeting Guide"),
        (r#"[{"id_bigint": "7", "meeting_name": "Hope", "weekday_tinyint": "3"}]"#, "BMLT"),
        (r#"{"meetings": [{"id_bigint": "7"}], "formats": []}"#, "BMLT"),
        (r#"[{"id": "1", "organization_id": "2", "name": "Help"}]"#, "HSDS"),
        (r#"{"contents": [{"id": "1"}], "total_pages": 3}"#, "HSDS"),
        ("<!DOCTYPE html><html></html>", "HTML"),
        ("Name,City,State\nElm House,Sampleton,OH\n", "CSV"),
        (r#"{"message": "Forbidden"}"#, "error message"),
        ("", "is empty"),
    ];
    for (text, name) in table {
        let harvest = read_text(text);
        assert_eq!(harvest.rows, 0, "{text}");
        assert!(texts(&harvest).iter().any(|told| told.contains(name)), "{name}: {:?}", texts(&harvest));
    }
}
