//! When something is.

use super::*;
use crate::schedule::Rule;

fn rules(record: &Record) -> Vec<Rule> {
    record.times.iter().map(|time| time.rule).collect()
}

/// What a cell with our words means.
fn ours(written: &str) -> Vec<Rule> {
    let (record, complaints) = cell(Kind::Meeting, "times", written);
    assert_eq!(complaints, [""; 0], "{written}");
    rules(&record)
}

#[test]
fn times_are_those_of_our_own_form() {
    assert_eq!(ours("Mon Wed 19:00-20:00; last Sat 10:00").len(), 2);
    let (record, complaints) = cell(Kind::Meeting, "times", "Mon 19:00 | sometimes");
    assert_eq!((record.times.len(), complaints.len()), (1, 1));
    assert!(complaints[0].contains("“It” is “sometimes”; it needs days and a time"), "{complaints:?}");
}

#[test]
fn days_and_times_may_stand_in_columns_of_their_own() {
    let mapping = mapping(Kind::Meeting, "name = Name\ndays = Day\ntime = Start\nend_time = End");
    for (row, meant) in [
        ("Monday,7:00 PM,8:00 PM", "Mon 19:00-20:00"),
        ("Mondays,7pm,", "Mon 19:00"),
        ("\"Mon, Wed & Fri\",19:00,20:30", "Mon Wed Fri 19:00-20:30"),
        ("Monday through Friday,noon,1:00 PM", "Mon-Fri 12:00-13:00"),
        ("Tue/Thu,7:00-8:00 PM,", "Tue Thu 19:00-20:00"),
        ("1st Tuesday,7:00 PM,", "1st Tue 19:00"),
        ("Lunes,19:00,", "Mon 19:00"),
        ("Saturday,11:00 PM,12:30 AM", "Sat 23:00-00:30"),
        ("daily,07:00:00,", "daily 07:00"),
        ("By appointment,,", "by appointment"),
    ] {
        let (record, complaints) = one(&mapping, &format!("Name,Day,Start,End\nHope,{row}\n"));
        assert_eq!((rules(&record), complaints), (ours(meant), vec![]), "{row}");
    }
    for (row, says) in [
        ("Monday,,", "a time must stand beside it"),
        (",7:00 PM,", "days must stand beside it"),
        ("Someday,7:00 PM,", "for a day"),
        ("Monday,late,", "a time like"),
        ("Monday,7:00 PM,late", "a time like"),
        ("Monday,7:00 PM,6:00 PM", "at most three hours"),
    ] {
        let (record, complaints) = one(&mapping, &format!("Name,Day,Start,End\nHope,{row}\n"));
        assert!(complaints.len() == 1 && complaints[0].contains(says), "{row}: {complaints:?}");
        assert!(record.times.len() <= 1);
    }
}

#[test]
fn opening_hours_are_understood_or_shown_as_words() {
    for (written, meant) in [
        ("Mon-Fri 9am-5pm", "open Mon-Fri 09:00-17:00"),
        ("Monday through Friday: 9:00 am to 5:00 pm", "open Mon-Fri 09:00-17:00"),
        ("Mon-Fri 9am-5pm; Sat 10am-2pm", "open Mon-Fri 09:00-17:00; open Sat 10:00-14:00"),
        ("Mon-Fri 9am-5pm, Sat 10am-2pm", "open Mon-Fri 09:00-17:00; open Sat 10:00-14:00"),
        ("M-F 8:30 AM - 5 PM", "open Mon-Fri 08:30-17:00"),
        ("Monday - Friday, 9am - noon", "open Mon-Fri 09:00-12:00"),
        ("24 hours a day, 7 days a week.", "always"),
        ("24/7", "always"),
        ("By appointment only", "by appointment"),
    ] {
        let (record, complaints) = cell(Kind::Service, "hours", written);
        assert_eq!((rules(&record), complaints), (ours(meant), vec![]), "{written}");
    }
    let (record, complaints) = cell(Kind::Service, "hours", "Weekday mornings, call first");
    assert_eq!(record.summary.plain, "Hours: Weekday mornings, call first");
    assert!(record.times.is_empty() && complaints[0].contains("shown as words"), "{complaints:?}");
}

#[test]
fn a_time_without_a_zone_is_not_known() {
    let columns = mapping(Kind::Meeting, "name = Name\ntimes = When\ntimezone = Zone");
    let table = b"Name,When,Zone\nHope,Mon 19:00,\nJoy,Mon 19:00,Central\nPeace,Mon 19:00,Mars\nAny,by appointment,\n";
    let part = Part { name: "list.csv", bytes: table };
    let harvest = read(&Feed { timezone: None, ..feed(&columns) }, &[part], Vocabulary::builtin());
    let zones: Vec<_> =
        harvest.records.iter().map(|record| record.times.first().map(|time| time.zone.as_str())).collect();
    assert_eq!(zones, [None, Some("America/Chicago"), None, Some("UTC")]);
    assert_eq!(harvest.complaints.len(), 3, "{:?}", harvest.complaints);
    let unknown = Feed { timezone: Some("Atlantis".to_owned()), ..feed(&columns) };
    assert!(texts(&read(&unknown, &[part], Vocabulary::builtin()))[0].contains("Atlantis"));
}
