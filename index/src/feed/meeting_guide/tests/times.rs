//! Days, times, ends and zones.

use super::*;

fn at(day: &str, time: &str) -> (Record, Vec<String>) {
    one_of(&format!(r#"{{"name": "Hope", "slug": "a", "day": {day}, "time": {time}}}"#))
}

fn sunday_to_saturday(record: &Record) -> String {
    let letters = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"];
    days(record).iter().map(|day| letters[usize::try_from(day.to_sunday_zero_offset()).unwrap()]).collect()
}

#[test]
fn days_come_in_many_forms() {
    for (written, meant) in [
        ("0", "Su"),
        ("6", "Sa"),
        ("\"1\"", "Mo"),
        ("1.0", "Mo"),
        ("[2]", "Tu"),
        ("[0, 3, 6]", "SuWeSa"),
        ("[\"1\", \"3\"]", "MoWe"),
        ("\"Monday\"", "Mo"),
        ("\"tues\"", "Tu"),
        ("\"Mon, Wed & Fri\"", "MoWeFr"),
        ("\"1,3\"", "MoWe"),
        ("\"Mon-Fri\"", "MoTuWeThFr"),
        ("\"Friday to Sunday\"", "SuFrSa"),
        ("\"daily\"", "SuMoTuWeThFrSa"),
        ("\"Weekends\"", "SuSa"),
        ("\"Miércoles\"", "We"),
        ("[\"Sunday\", \"SAT\"]", "SuSa"),
    ] {
        let (record, complaints) = at(written, "\"19:00\"");
        assert_eq!(sunday_to_saturday(&record), meant, "{written}");
        assert!(complaints.is_empty(), "{written}: {complaints:?}");
        assert_eq!(record.times.len(), 1, "several days of a row are one rule");
    }
}

#[test]
fn no_day_and_no_time_is_by_appointment() {
    for row in [
        r#"{"name": "Hope", "slug": "a"}"#,
        r#"{"name": "Hope", "slug": "a", "day": null, "time": ""}"#,
        r#"{"name": "Hope", "slug": "a", "day": [], "time": null}"#,
        r#"{"name": "Hope", "slug": "a", "day": "Appointment"}"#,
    ] {
        let (record, complaints) = one_of(row);
        assert_eq!(record.times.iter().map(|time| time.rule).collect::<Vec<_>>(), [Rule::ByAppointment], "{row}");
        assert!(complaints.is_empty());
    }
}

#[test]
fn what_cannot_be_read_is_said_in_words_and_never_guessed() {
    for (day, time, words) in [
        ("2", "null", "Tuesday"),
        ("2", "\"evening\"", "Tuesday evening"),
        ("2", "\"25:00\"", "Tuesday 25:00"),
        ("2", "0.8333", "Tuesday"),
        ("null", "\"19:00\"", "19:00"),
        ("\"Blursday\"", "\"19:00\"", "Blursday 19:00"),
        ("7", "\"20:00\"", "7 20:00"),
        ("-1", "\"20:00\"", "-1 20:00"),
        ("{}", "\"20:00\"", "20:00"),
    ] {
        let (record, complaints) = at(day, time);
        assert!(record.times.is_empty(), "{day} {time}: {:?}", record.times);
        assert!(record.summary.plain.contains(words), "{day} {time}: {}", record.summary.plain);
        assert!(!complaints.is_empty(), "{day} {time}");
    }
}

#[test]
fn a_seventh_day_is_believed_when_the_name_says_which() {
    let (record, _) = one_of(r#"{"name": "Sunday 8pm", "slug": "a", "day": "7", "time": "20:00"}"#);
    assert_eq!(sunday_to_saturday(&record), "Su");
}

#[test]
fn a_day_that_cannot_be_read_beside_others_stays_visible() {
    let (record, complaints) = at("[1, \"Blursday\"]", "\"19:00\"");
    assert_eq!(sunday_to_saturday(&record), "Mo");
    assert!(record.summary.plain.contains("Blursday"));
    assert_eq!(complaints.len(), 1);
}

#[test]
fn clocks_come_in_many_forms() {
    for (written, minute) in [
        ("19:00", 1140),
        ("07:05", 425),
        ("8:00", 480),
        ("8:00 PM", 1200),
        ("8:00PM", 1200),
        ("8:00 p.m.", 1200),
        ("8pm", 1200),
        ("8 PM", 1200),
        ("19:00:00", 1140),
        ("1900", 1140),
        ("0730", 450),
        ("7.30 pm", 1170),
        ("12:00 AM", 0),
        ("12:30 am", 30),
        ("12:00 PM", 720),
        ("noon", 720),
        ("12 Noon", 720),
        ("Midnight", 0),
        ("19h30", 1170),
        ("00:00", 0),
        ("23:59", 1439),
        ("8:00\u{a0}PM", 1200),
        ("19:30 PM", 1170),
    ] {
        let (record, complaints) = at("2", &format!("\"{written}\""));
        assert_eq!(hours(&record), (minute, None), "{written}");
        assert!(complaints.is_empty(), "{written}: {complaints:?}");
    }
    assert_eq!(hours(&at("2", "1900").0), (1140, None));
}

#[test]
fn the_time_may_name_the_day_or_the_end() {
    let (record, _) = one_of(r#"{"name": "Hope", "slug": "a", "time": "Thursday 12:00 AM"}"#);
    assert_eq!((sunday_to_saturday(&record).as_str(), hours(&record)), ("Th", (0, None)), "the start of Thursday");
    assert_eq!(hours(&at("2", "\"7:00 PM - 8:30 PM\"").0), (1140, Some(90)));
}

#[test]
fn the_end_says_for_both_whether_it_is_evening() {
    for (time, end, start, minutes) in [
        ("7:00-8:00 PM", "", 1140, 60),
        ("7 - 8 p.m.", "", 1140, 60),
        ("7:00", "8:00 PM", 1140, 60),
        ("7:00 AM", "8:00 AM", 420, 60),
        ("11:30", "1:00 PM", 690, 90),
        ("12:00", "1:00 PM", 720, 60),
        ("19:00", "8:00 PM", 1140, 60),
        ("07:00", "08:00", 420, 60),
    ] {
        let row = format!(r#"{{"name": "Hope", "slug": "a", "day": 1, "time": "{time}", "end_time": "{end}"}}"#);
        let (record, complaints) = one_of(&row);
        assert_eq!(hours(&record), (start, Some(minutes)), "{time} {end}");
        assert!(complaints.is_empty(), "{time} {end}: {complaints:?}");
    }
}

#[test]
fn an_end_is_kept_where_it_can_be_believed() {
    for (start, end, minutes) in [
        ("19:00", "20:00", Some(60)),
        ("23:00", "00:00", Some(60)),
        ("22:30", "24:00", Some(90)),
        ("23:30", "01:00", Some(90)),
        ("18:00", "21:00", Some(180)),
        ("18:00", "21:01", None),
        ("12:15", "01:15", None),
        ("19:15", "08:15", None),
        ("10:00", "10:00", None),
        ("00:00", "23:59", None),
        ("09:30", "22:30", None),
        ("19:00", "later", None),
    ] {
        let (record, complaints) =
            one_of(&format!(r#"{{"name": "Hope", "slug": "a", "day": 1, "time": "{start}", "end_time": "{end}"}}"#));
        assert_eq!(hours(&record).1, minutes, "{start} {end}");
        assert_eq!(complaints.len(), usize::from(minutes.is_none()), "{start} {end}: {complaints:?}");
    }
    assert_eq!(hours(&one("\"end_time\": null")).1, None, "an end that is not said is not known");
}

#[test]
fn the_zone_is_the_rows_else_the_feeds() {
    assert_eq!(one("").times[0].zone, "America/New_York");
    for (written, zone) in [
        ("America/Los_Angeles", "America/Los_Angeles"),
        ("america/denver", "America/Denver"),
        ("America/Los Angeles", "America/Los_Angeles"),
        ("Eastern Standard Time", "America/New_York"),
        ("US/Pacific", "America/Los_Angeles"),
        ("PST", "America/Los_Angeles"),
        ("UTC", "UTC"),
    ] {
        assert_eq!(one(&format!("\"timezone\": \"{written}\"")).times[0].zone, zone, "{written}");
    }
}

#[test]
fn a_zone_that_is_not_known_leaves_the_words() {
    for zone in ["Middle-earth", "Etc/Unknown"] {
        let (record, complaints) = one_of(&row(&format!("\"timezone\": \"{zone}\"")));
        assert!(record.times.is_empty(), "{zone}");
        assert!(record.summary.plain.contains(&format!("Tuesday 19:00 {zone}")), "{}", record.summary.plain);
        assert_eq!(complaints.len(), 1, "{zone}");
    }
}

#[test]
fn without_any_zone_rows_are_kept_and_the_feed_complains_once() {
    let feed = Feed { timezone: None, ..feed() };
    let rows = r#"[{"name": "Hope", "slug": "a", "day": 1, "time": "19:00", "notes": "Bring a chair."}, {"name": "Joy", "slug": "b", "day": 2, "time": "20:00"},
        {"name": "Own", "slug": "c", "day": 2, "time": "20:00", "timezone": "America/Denver"}]"#;
    let harvest = read_bytes(&feed, rows.as_bytes());
    assert_eq!(harvest.records.len(), 3);
    assert!(harvest.records[0].times.is_empty());
    assert_eq!(
        harvest.records[0].summary.plain.lines().collect::<Vec<_>>(),
        ["Listed time: Monday 19:00. Please ask before you go.", "Bring a chair."]
    );
    assert_eq!(harvest.records[2].times.len(), 1);
    assert_eq!(harvest.complaints.len(), 1);
    let wrong = Feed { timezone: Some("Atlantis".to_owned()), ..feed };
    let harvest = read_bytes(&wrong, rows.as_bytes());
    assert!(texts(&harvest)[0].contains("Atlantis"));
}

#[test]
fn a_zone_beside_the_very_time_in_the_name_is_believed() {
    for (name, zone) in [
        ("Sampleton - Mondays 3:30 pm Central - In-Person", "America/Chicago"),
        ("Sampleton - Mondays @ 3:30pm (Mountain)", "America/Denver"),
        ("Sampleton 3:30 PM Eastern", "America/New_York"),
        ("Sampleton 2:30 pm Central", "America/New_York"),
        ("Central Group 3:30 pm", "America/New_York"),
        ("3:30 pm at Pacific House Central", "America/New_York"),
        ("3:30pm Pacific Avenue Group", "America/New_York"),
        ("3:30 pm Central Park Group", "America/New_York"),
        ("3:30 PM Mountain View", "America/New_York"),
        ("Sampleton - 3:30pm Central- In-Person", "America/Chicago"),
        ("Sampleton - 3:30pm Central European Time - In-Person", "America/New_York"),
        ("3:30 PM Mountain Time Group", "America/Denver"),
        ("3:30 PM PST Group", "America/Los_Angeles"),
        ("Sampleton (3:30 pm Pacific), Group", "America/Los_Angeles"),
    ] {
        let (record, complaints) = one_of(&format!(r#"{{"name": "{name}", "slug": "a", "day": 1, "time": "15:30"}}"#));
        assert_eq!(record.times[0].zone, zone, "{name}");
        assert_eq!(complaints.len(), usize::from(zone != "America/New_York"), "{name}");
    }
    let own =
        r#"{"name": "Hope 3:30 pm Central", "slug": "a", "day": 1, "time": "15:30", "timezone": "America/Denver"}"#;
    assert_eq!(one_of(own).0.times[0].zone, "America/Denver", "the row's own field comes first");
}
