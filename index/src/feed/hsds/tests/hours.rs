//! When a service is open.

use super::*;

/// The rules of a service with one row of hours, its words, and what was complained of.
fn hours(row: &str) -> (Vec<Rule>, String, Vec<String>) {
    let (record, complaints) = one_of(&format!(r#""assured_date": "2024-05-01", "schedules": [{row}]"#));
    assert!(record.times.iter().all(|time| time.zone == "America/New_York"));
    (record.times.iter().map(|time| time.rule).collect(), record.summary.plain, complaints)
}

fn open(days: impl IntoIterator<Item = Weekday>, weeks: Weeks, from: u16, until: u16) -> Rule {
    Rule::Open { days: Days::of(days), weeks, from, until }
}

#[test]
fn days_of_every_week_are_opening_hours() {
    for row in [
        r#"{"freq": "WEEKLY", "byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:00:00", "timezone": 3}"#,
        r#"{"freq": "WEEKLY", "interval": 1, "byday": "FR, TH", "opens_at": "10:00", "closes_at": "18:00"}"#,
        r#"{"byday": "TH,FR", "opens_at": "10:00", "closes_at": "18:00", "wkst": "TU", "valid_to": "2099-12-31"}"#,
        r#"{"freq": "weekly", "byday": "Thursday,friday", "opens_at": "10:00", "closes_at": "6:00 PM"}"#,
    ] {
        let (rules, words, complaints) = hours(row);
        assert_eq!(rules, [open([Weekday::Thursday, Weekday::Friday], Weeks::EVERY, 600, 1080)], "{row}");
        assert!(words.is_empty() && complaints.is_empty(), "{words} {complaints:?}");
    }
}

#[test]
fn weeks_of_the_month_are_kept() {
    let (rules, ..) =
        hours(r#"{"freq": "MONTHLY", "byday": "2MO,4MO,-1FR", "opens_at": "9:00", "closes_at": "12:00"}"#);
    let second = open([Weekday::Monday], Weeks::nth(2).unwrap(), 540, 720);
    let fourth = open([Weekday::Monday], Weeks::nth(4).unwrap(), 540, 720);
    assert_eq!(rules, [second, fourth, open([Weekday::Friday], Weeks::LAST, 540, 720)]);
}

#[test]
fn a_week_in_which_the_day_is_not_named_takes_that_of_its_start() {
    let (rules, ..) = hours(r#"{"freq": "WEEKLY", "dtstart": "2024-01-03", "opens_at": "9:00", "closes_at": "12:00"}"#);
    assert_eq!(rules, [open([Weekday::Wednesday], Weeks::EVERY, 540, 720)]);
    let (rules, words, complaints) = hours(r#"{"freq": "WEEKLY", "opens_at": "9:00", "closes_at": "12:00"}"#);
    assert!(rules.is_empty());
    assert_eq!((words.as_str(), complaints.len()), ("09:00–12:00 (ask on which days)", 1));
}

#[test]
fn every_day_all_day_is_round_the_clock() {
    let (rules, ..) = hours(r#"{"freq": "DAILY", "opens_at": "00:00", "closes_at": "23:59"}"#);
    assert_eq!(rules, [Rule::RoundTheClock]);
    let each = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        .map(|day| format!(r#"{{"freq": "WEEKLY", "byday": "{day}", "opens_at": "00:00", "closes_at": "23:59:00"}}"#));
    assert_eq!(hours(&each.join(", ")).0, [Rule::RoundTheClock], "a row for each day");
    assert_eq!(hours(&each[..2].join(", ")).0, [open([Weekday::Monday, Weekday::Tuesday], Weeks::EVERY, 0, 0)]);
}

#[test]
fn midnight_to_midnight_means_nothing() {
    let (rules, _, complaints) = hours(r#"{"freq": "DAILY", "opens_at": "00:00", "closes_at": "00:00"}"#);
    assert_eq!((rules.len(), complaints.len()), (0, 1));
}

#[test]
fn a_night_goes_on_past_midnight_and_a_slip_does_not() {
    let (rules, ..) = hours(r#"{"byday": "FR", "opens_at": "22:00", "closes_at": "06:00"}"#);
    assert_eq!(rules, [open([Weekday::Friday], Weeks::EVERY, 1320, 360)]);
    let (rules, _, complaints) = hours(r#"{"byday": "FR", "opens_at": "09:00", "closes_at": "05:00"}"#);
    let start = Rule::Weekly { days: Days::of([Weekday::Friday]), weeks: Weeks::EVERY, start: 540, minutes: None };
    assert_eq!((rules, complaints.len()), (vec![start], 1));
    assert_eq!(hours(r#"{"byday": "FR", "opens_at": "09:00"}"#).0, [start]);
}

#[test]
fn hours_that_end_or_skip_weeks_stay_words() {
    for (limit, told) in [
        (r#""until": "2024-12-20""#, "until 2024-12-20"),
        (r#""valid_to": "2005-01-01""#, "until 2005-01-01"),
        (r#""valid_from": "2024-01-01", "valid_to": "2024-12-31""#, "from 2024-01-01 until 2024-12-31"),
        (r#""valid_from": "2024-06-01""#, "from 2024-06-01"),
        (r#""count": 3"#, "3 times"),
        (r#""interval": 2"#, "every 2 weeks"),
        (r#""bymonthday": "2,3""#, "on days 2, 3 of the month"),
    ] {
        let (rules, words, complaints) = hours(&format!(
            r#"{{"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "18:00", {limit}}}"#
        ));
        assert_eq!((rules.len(), complaints.len()), (0, 1), "{limit}");
        assert_eq!(words, format!("Tue 10:00–18:00 ({told})"));
    }
    let begun = r#"{"byday": "TU", "opens_at": "10:00", "closes_at": "18:00", "valid_from": "2024-01-01"}"#;
    assert_eq!(hours(begun).0.len(), 1, "it had begun when the listing was confirmed");
}

#[test]
fn an_offset_is_not_read() {
    for time in ["10:00:00Z", "10:00+01:00", "10:00:00-05:00", "10:00:00.000Z"] {
        let (rules, _, complaints) =
            hours(&format!(r#"{{"byday": "MO", "opens_at": "{time}", "closes_at": "18:00"}}"#));
        assert_eq!(rules, [open([Weekday::Monday], Weeks::EVERY, 600, 1080)], "{time}");
        assert_eq!(complaints.len(), 1);
    }
}

#[test]
fn what_cannot_be_read_is_complained_of_and_no_opening_time_is_closed() {
    let (rules, _, complaints) = hours(r#"{"byday": "MO", "opens_at": "soon", "closes_at": "18:00"}"#);
    assert_eq!((rules.len(), complaints.len()), (0, 1));
    let (rules, words, complaints) = hours(r#"{"byday": "MO", "opens_at": "", "closes_at": ""}"#);
    assert!(rules.is_empty() && words.is_empty() && complaints.is_empty());
    let (rules, words, _) = hours(r#"{"byday": "XX", "opens_at": "9:00", "closes_at": "10:00"}"#);
    assert_eq!((rules.len(), words.as_str()), (0, "09:00–10:00 (ask on which days)"));
}

#[test]
fn words_beside_the_hours_stay() {
    let (rules, words, _) = hours(
        r#"{"byday": "MO", "opens_at": "9:00", "closes_at": "10:00", "description": "Not on holidays.", "notes": "Lunch at noon", "attending_type": "In the room or by video"}"#,
    );
    assert_eq!(rules.len(), 1);
    assert_eq!(words, "Not on holidays.\nLunch at noon\nIn the room or by video");
}

#[test]
fn without_a_zone_hours_are_words() {
    let feed = Feed { timezone: None, ..feed() };
    let text = r#"[{"id": "s", "name": "Desk", "status": "active", "schedules": [{"byday": "MO", "opens_at": "9:00", "closes_at": "10:00"}]}]"#;
    let harvest = read_parts(&feed, &[("services.json", text.as_bytes())]);
    assert!(harvest.records[0].times.is_empty());
    assert_eq!(harvest.records[0].summary.plain, "Mon 09:00–10:00");
    assert_eq!(harvest.complaints.len(), 1);
    let unknown = Feed { timezone: Some("Nowhere/None".to_owned()), ..feed };
    assert_eq!(read_parts(&unknown, &[("services.json", text.as_bytes())]).complaints.len(), 2);
}

#[test]
fn the_closest_hours_count() {
    let row = |hour: u8| format!(r#"[{{"byday": "MO", "opens_at": "{hour}:00", "closes_at": "20:00"}}]"#);
    let of = |own: &str, offer: &str| {
        let members = format!(
            r#"{own} "service_at_locations": [{{"id": "o", {offer} "location": {{"id": "l", "name": "Hall", "schedules": {}}}}}]"#,
            row(8)
        );
        let times = one(&members).times;
        assert_eq!(times.len(), 1);
        times[0].rule.starts().unwrap().2 / 60
    };
    let (own, offer) = (format!(r#""schedules": {},"#, row(9)), format!(r#""schedules": {},"#, row(10)));
    assert_eq!([of(&own, &offer), of(&own, ""), of("", "")], [10, 9, 8]);
}

#[test]
fn weekdays_of_version_one_are_names_or_numbers() {
    let files = |rows: &str| {
        let table = format!("id,service_id,weekday,opens_at,closes_at\n{rows}");
        let harvest =
            read_files(&[("services.csv", "id,name,status\ns,Desk,active\n"), ("regular_schedules.csv", &table)]);
        harvest.records[0].times.iter().map(|time| time.rule).collect::<Vec<_>>()
    };
    let rules = files("1,s,1,09:00,17:00\n2,s,7,09:00,17:00\n3,s,Wednesday,09:00,17:00\n4,s,2,,\n");
    assert_eq!(rules, [open([Weekday::Monday, Weekday::Sunday, Weekday::Wednesday], Weeks::EVERY, 540, 1020)]);
}

#[test]
fn holidays_stay_words() {
    let harvest = read_files(&[
        ("services.csv", "id,name,status\ns,Desk,active\n"),
        (
            "holiday_schedules.csv",
            "id,service_id,closed,opens_at,closes_at,start_date,end_date\n1,s,true,,,2019-12-24,2019-12-26\n\
             2,s,false,10:00,14:00,2019-12-31,2019-12-31\n",
        ),
    ]);
    assert_eq!(harvest.records[0].summary.plain, "2019-12-24 – 2019-12-26: closed\n2019-12-31: 10:00–14:00");
    assert!(harvest.records[0].times.is_empty());
}
