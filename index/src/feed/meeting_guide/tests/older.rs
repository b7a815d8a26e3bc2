//! Rows of the older sheets of online intergroups.

use super::*;

const ROW: &str = r#"{"name": "Hope Online", "wso_id": 1234, "times": ["Tuesday 08:15 PM", "Friday 12:00 AM"], "timezone": "America/New_York",
    "url": "https://zoom.us/j/5550100", "meeting_id": "555 0100", "meeting_password": "123", "phone": "646-555-0100", "access_code": "99",
    "email": "hope@example.org", "types": ["Open", "Women"], "languages": ["English", "Spanish"], "formats": ["Zoom", "Phone"], "is_24_7": false}"#;

#[test]
fn times_ways_and_languages_come_over() {
    let (record, complaints) = one_of(ROW);
    assert_eq!(complaints, [""; 0]);
    assert_eq!(record.id.as_str(), "town:1234");
    let starts: Vec<_> = record.times.iter().map(|time| time.rule).collect();
    let weekly = |day, start| Rule::Weekly { days: Days::of([day]), weeks: Weeks::EVERY, start, minutes: None };
    assert_eq!(starts, [weekly(Weekday::Tuesday, 20 * 60 + 15), weekly(Weekday::Friday, 0)]);
    assert_eq!(record.attendance, Some(Attendance::Online));
    assert_eq!(contact(&record, Way::Join).unwrap().note, "Meeting ID: 555 0100, Password: 123");
    assert_eq!(contact(&record, Way::Dial).unwrap().note, "Access code: 99");
    assert_eq!(record.languages, ["en", "es"]);
}

#[test]
fn a_meeting_without_end_is_round_the_clock_and_one_by_mail_asks_first() {
    let (record, _) = one_of(&ROW.replace("false", "true"));
    assert_eq!(record.times[0].rule, Rule::RoundTheClock);
    let (record, _) = one_of(
        r#"{"name": "Hope by mail", "wso_id": 5, "times": "", "email": "hope@example.org", "formats": ["Email"]}"#,
    );
    assert_eq!(record.attendance, Some(Attendance::AskFirst));
    assert_eq!(contact(&record, Way::Email).unwrap().value, "hope@example.org");
}

#[test]
fn a_time_that_cannot_be_read_stays_in_words() {
    let (record, complaints) = one_of(&ROW.replace("Friday 12:00 AM", "whenever"));
    assert_eq!((record.times.len(), complaints.len()), (1, 1));
    assert!(record.summary.plain.contains("whenever"));
}
