//! Days, starts, lengths and zones.

use super::*;
use jiff::civil::Weekday;

fn on(record: &Record) -> Vec<Weekday> {
    record.times.iter().flat_map(|time| time.rule.days().iter().collect::<Vec<_>>()).collect()
}

/// A row with other values for day, start and length.
fn timed(day: &str, start: &str, length: &str) -> String {
    row("")
        .replace(r#""weekday_tinyint": "3""#, &format!(r#""weekday_tinyint": {day}"#))
        .replace("19:00:00", start)
        .replace("01:30:00", length)
}

#[test]
fn the_first_day_is_sunday() {
    let days = ["\"1\"", "\"2\"", "3", "\"7\""].map(|day| on(&one_of(&timed(day, "19:00:00", "01:00:00")).0));
    let expected = [Weekday::Sunday, Weekday::Monday, Weekday::Tuesday, Weekday::Saturday];
    assert_eq!(days, expected.map(|day| vec![day]));
}

#[test]
fn a_day_that_is_none_leaves_the_words() {
    let (record, complaints) = one_of(&timed("\"8\"", "19:00:00", "01:00:00"));
    assert!(record.times.is_empty());
    assert_eq!(record.summary.plain, "Listed time: 19:00:00. Please ask before you go.");
    assert_eq!(complaints, ["The day “8” cannot be read; the listing says to ask."]);
}

#[test]
fn a_short_file_with_a_day_0_is_not_guessed() {
    let harvest = read_text(&format!(
        "[{}, {}]",
        timed("\"0\"", "19:00:00", ""),
        timed("\"2\"", "20:00:00", "").replace("\"7\"", "\"8\"")
    ));
    assert_eq!(harvest.records.len(), 2);
    assert!(harvest.records.iter().all(|record| record.times.is_empty()));
}

#[test]
fn a_long_file_with_a_day_0_and_no_day_7_counts_from_0() {
    let rows: Vec<String> = (0..21)
        .map(|n| timed(&format!("\"{}\"", n % 7), "19:00:00", "").replace("\"7\",", &format!("\"{}\",", n + 100)))
        .collect();
    let harvest = read_text(&format!("[{}]", rows.join(",")));
    assert_eq!(on(&harvest.records[0]), [Weekday::Sunday]);
    assert_eq!(on(&harvest.records[6]), [Weekday::Saturday]);
    assert_eq!(harvest.complaints.len(), 1, "{:?}", texts(&harvest));
}

#[test]
fn a_length_is_kept_where_it_can_be_believed() {
    let table = [
        ("19:00:00", "01:30:00", (1140, Some(90)), 0),
        ("19:00:00", "00:35:00", (1140, Some(35)), 0),
        ("23:00:00", "02:00:00", (1380, Some(120)), 0),
        ("09:00", "03:00:00", (540, Some(180)), 0),
        ("10:00:00", "24:00:00", (600, None), 1),
        ("10:00:00", "07:00:00", (600, None), 1),
        ("10:00:00", "an hour", (600, None), 1),
        ("10:00:00", "00:00:00", (600, None), 0),
        ("00:00:00", "", (0, None), 0),
    ];
    for (start, length, expected, complaints) in table {
        let (record, told) = one_of(&timed("\"3\"", start, length));
        assert_eq!((hours(&record), told.len()), (expected, complaints), "{start} {length}");
    }
}

#[test]
fn the_servers_usual_length_stands_in() {
    let info = br#"[{"version": "3.0.0", "defaultDuration": "01:15:00", "google_api_key": "secret"}]"#;
    let list = format!("[{}]", timed("\"3\"", "19:00:00", "00:00:00"));
    let harvest = read_parts(&feed(), &[("info", info), ("meetings", list.as_bytes())]);
    assert_eq!(hours(&harvest.records[0]), (1140, Some(75)));
    assert!(!format!("{harvest:?}").contains("secret"));
}

#[test]
fn the_zone_is_the_rows_else_the_feeds_else_unknown() {
    let record = one(r#""time_zone": "America/Denver""#);
    assert_eq!(record.times[0].zone, "America/Denver");
    assert_eq!(one(r#""time_zone": """#).times[0].zone, "America/New_York");
    let (record, complaints) = one_of(&row(r#""time_zone": "Middle/Earth""#));
    assert_eq!(record.summary.plain, "Listed time: Tuesday 19:00:00 Middle/Earth. Please ask before you go.");
    assert_eq!((record.times.len(), complaints.len()), (0, 1));
    let nowhere = Feed { timezone: None, ..feed() };
    let harvest = read_parts(&nowhere, &[("m", format!("[{}]", row("")).as_bytes())]);
    assert!(harvest.records[0].times.is_empty());
    assert_eq!(harvest.complaints.len(), 1);
}

#[test]
fn clear_words_about_weeks_become_a_rule_and_others_stay_words() {
    assert_eq!(weeks(&one(r#""comments": "Meets only on the 2nd Tuesday""#)), Weeks::nth(2).unwrap());
    let (record, complaints) = one_of(&row(r#""comments": "Birthdays on the last Tuesday""#));
    assert!(weeks(&record).is_every());
    assert_eq!(complaints.len(), 1);
}
