//! Names, keys, and rows that are one meeting.

use super::*;

#[test]
fn keys_are_the_feeds_own() {
    let harvest = read_text(
        r#"[{"name": "Hope", "slug": 5202}, {"name": "Joy", "slug": "10-pm-late-night_Fri"}, {"name": "Air", "slug": " a b "}]"#,
    );
    assert_eq!(ids(&harvest), ["town:5202", "town:10-pm-late-night_Fri", "town:a-b"]);
    let long = "x".repeat(151);
    assert_eq!(ids(&read_text(&format!(r#"[{{"name": "Hope", "slug": "{long}"}}]"#))), [format!("town:{long}")]);
    let (one, two) = (format!("{}1", "x".repeat(400)), format!("{}2", "x".repeat(400)));
    let harvest = read_text(&format!(r#"[{{"name": "Hope", "slug": "{one}"}}, {{"name": "Hope", "slug": "{two}"}}]"#));
    assert_ne!(harvest.records[0].id, harvest.records[1].id, "keys that are cut stay different");
}

#[test]
fn a_missing_key_is_made_from_name_place_and_time_and_stays() {
    let first = r#"{"name": "Hope", "location": "Town Hall", "day": 1, "time": "19:00"}"#;
    let second = r#"{"name": "Hope", "location": "Town Hall", "day": 2, "time": "19:00"}"#;
    let harvest = read_text(&format!("[{first}, {second}]"));
    let swapped =
        read_text(&format!("[{}, {}]", second, first.replace("\"day\"", "\"notes\": \"New words\", \"day\"")));
    assert_eq!(ids(&harvest), [ids(&swapped)[1], ids(&swapped)[0]], "neither order nor notes change a key");
    assert_eq!(harvest.complaints.len(), 1, "said once for the feed");
    assert!(ids(&harvest)[0].starts_with("town:hope~"));
}

#[test]
fn the_same_meeting_twice_is_one_record() {
    let row = r#"{"name": "Hope", "slug": "a", "day": 1, "time": "19:00", "notes": "Welcome"}"#;
    let harvest = read_text(&format!("[{row}, {row}]"));
    assert_eq!((harvest.rows, harvest.records.len(), harvest.joined), (2, 1, 1));
}

#[test]
fn several_days_of_one_key_are_one_record() {
    let harvest = read_text(
        r#"[{"name": "Hope", "slug": "a", "day": 1, "time": "19:00"}, {"name": "Hope", "slug": "a", "day": 3, "time": "19:00"},
        {"name": "Hope", "slug": "a", "day": 3, "time": "21:00"}]"#,
    );
    assert_eq!((harvest.records.len(), harvest.joined), (1, 2));
    assert_eq!(harvest.records[0].times.len(), 2);
    assert_eq!(days(&harvest.records[0]), Days::of([Weekday::Monday, Weekday::Wednesday]));
}

#[test]
fn rows_that_differ_in_small_things_are_joined_aloud() {
    let harvest = read_text(
        r#"[{"name": "Hope", "slug": "a", "day": 1, "time": "19:00", "notes": "Old"}, {"name": "Hope", "slug": "a", "day": 1, "time": "19:00", "notes": "New"}]"#,
    );
    assert_eq!((harvest.records.len(), harvest.joined, harvest.complaints.len()), (1, 1, 1));
    assert_eq!(harvest.records[0].summary.plain, "Old");
}

#[test]
fn rows_for_other_people_or_with_another_room_are_not_joined() {
    let common = r#""name": "Hope", "day": 1, "time": "19:00", "city": "Sampleton""#;
    for (first, second) in [
        (r#""types": ["O"]"#, r#""types": ["O", "W"]"#),
        (r#""types": ["W"]"#, r#""types": ["M"]"#),
        (r#""conference_url": "https://zoom.us/j/5550100000""#, r#""conference_url": "https://zoom.us/j/5550100001""#),
        (r#""conference_phone": "+16465550100""#, r#""conference_phone": "+16465550101""#),
        (r#""attendance_option": "in_person""#, r#""attendance_option": "hybrid""#),
    ] {
        for slug in ["", r#""slug": "a", "#] {
            let text = format!("[{{{slug}{common}, {first}}}, {{{slug}{common}, {second}}}]");
            let harvest = read_text(&text);
            assert_eq!((harvest.records.len(), harvest.joined), (2, 0), "{first} {second}");
            assert_ne!(ids(&harvest)[0], ids(&harvest)[1]);
            assert_eq!(ids(&harvest), ids(&read_text(&text)));
        }
    }
}

#[test]
fn different_meetings_with_one_key_stay_two() {
    let rows = r#"{"name": "Pass It On", "slug": "pass", "day": 0, "time": "09:30", "location": "Garden House"}, {"name": "Pass It On", "slug": "pass", "day": 0, "time": "09:30", "location": "Youth Center"}"#;
    let harvest = read_text(&format!("[{rows}]"));
    assert_eq!((harvest.records.len(), harvest.joined, harvest.complaints.len()), (2, 0, 1));
    assert_eq!(ids(&harvest)[0], "town:pass");
    assert!(ids(&harvest)[1].starts_with("town:pass~"));
    assert_eq!(ids(&harvest), ids(&read_text(&format!("[{rows}]"))));
}

#[test]
fn days_with_keys_of_their_own_stay_records_of_their_own() {
    let harvest = read_text(
        r#"[{"name": "Hope", "slug": "a", "day": 1, "time": "19:00"}, {"name": "Hope", "slug": "a-2", "day": 2, "time": "19:00"}]"#,
    );
    assert_eq!((harvest.records.len(), harvest.joined), (2, 0));
}

#[test]
fn names_are_cleaned_and_the_office_number_goes() {
    for (written, shown) in [
        ("  Hope   ", "Hope"),
        (".W. - Tuesday 1:30pm  -  Hybrid", ".W. - Tuesday 1:30pm - Hybrid"),
        ("Hope / GSO #641664", "Hope"),
        ("Hope (GSO# 641664)", "Hope"),
        ("Fish &amp; Loaves", "Fish & Loaves"),
        ("GSO 12", "GSO 12"),
        ("Farsi Meeting جلسه فارسی", "Farsi Meeting جلسه فارسی"),
        ("Love ♡ Café", "Love ♡ Café"),
    ] {
        let name = serde_json::to_string(written).unwrap();
        assert_eq!(one_of(&format!(r#"{{"name": {name}, "slug": "a"}}"#)).0.name.plain, shown);
    }
}

#[test]
fn a_row_without_a_name_borrows_one_or_is_dropped() {
    for (fields, shown) in [
        (r#""group": "Hope Group""#, "Hope Group"),
        (r#""location": "Town Hall""#, "Town Hall"),
        (r#""name": " - ", "formatted_address": "1 Elm St, Sampleton, OH, USA""#, "1 Elm St, Sampleton, OH, USA"),
    ] {
        let (record, complaints) = one_of(&format!(r#"{{"slug": "a", {fields}}}"#));
        assert_eq!((record.name.plain.as_str(), complaints.len()), (shown, 1));
    }
    let harvest = read_text(r#"[{"slug": "a", "day": 1, "time": "19:00"}]"#);
    assert_eq!((harvest.rows, harvest.dropped), (1, 1));
}

#[test]
fn the_group_is_kept_and_searched() {
    let record = one(r#""group": "Chapter House""#);
    assert_eq!(meeting(&record).group, "Chapter House");
    assert_eq!(record.also, ["Chapter House"]);
    assert!(one(r#""group": "HOPE""#).also.is_empty());
}

#[test]
fn keys_stay_different_whatever_rows_call_themselves() {
    let first = read_text(r#"[{"name": "A", "slug": "x"}, {"name": "B", "slug": "x"}]"#);
    let made = ids(&first)[1].trim_start_matches("town:").to_owned();
    for rows in [
        format!(r#"[{{"name": "A", "slug": "x"}}, {{"name": "B", "slug": "x"}}, {{"name": "C", "slug": "{made}"}}]"#),
        format!(r#"[{{"name": "C", "slug": "{made}"}}, {{"name": "A", "slug": "x"}}, {{"name": "B", "slug": "x"}}]"#),
    ] {
        let harvest = read_text(&rows);
        let mut found = ids(&harvest);
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), 3);
    }
}
