//! When a row was last confirmed.

use super::*;
use jiff::civil::{Date, date};

fn checked(updated: &str) -> (Option<Date>, usize) {
    let (record, complaints) = one_of(&row(&format!(r#""updated": {updated}"#)));
    (record.checked, complaints.len())
}

#[test]
fn dates_come_in_many_forms() {
    for (written, read) in [
        ("\"2021-04-07 00:53:26\"", date(2021, 4, 7)),
        ("\"2021-04-07T00:53:26Z\"", date(2021, 4, 7)),
        ("\"2021-04-07\"", date(2021, 4, 7)),
        ("\"8/29/2021\"", date(2021, 8, 29)),
        ("\"10/1/2021\"", date(2021, 10, 1)),
        ("\"1/1/2020 10:10:30 AM\"", date(2020, 1, 1)),
        ("\"2020-04-0416:50:58\"", date(2020, 4, 4)),
        ("\"Aug 29, 2021\"", date(2021, 8, 29)),
        ("\"29 August 2021\"", date(2021, 8, 29)),
    ] {
        assert_eq!(checked(written), (Some(read), 0), "{written}");
    }
}

#[test]
fn what_cannot_be_read_is_unknown_and_never_now() {
    for written in [
        "\"soon\"",
        "\"0000-00-00 00:00:00\"",
        "\"2021-02-30\"",
        "\"1970-01-01 00:00:00\"",
        "\"9999-01-01\"",
        "17",
        "\"13/13/2021\"",
    ] {
        assert_eq!(checked(written), (None, 1), "{written}");
    }
    for written in ["null", "\"\""] {
        assert_eq!(checked(written), (None, 0), "{written}");
    }
    assert_eq!(one("").checked, None);
}

#[test]
fn the_later_of_update_and_contact_counts() {
    assert_eq!(
        one(r#""updated": "2021-04-07 00:53:26", "last_contact": "2022-01-02""#).checked,
        Some(date(2022, 1, 2))
    );
    assert_eq!(one(r#""last_contact": "2022-01-02""#).checked, Some(date(2022, 1, 2)));
}

fn many(count: usize, updated: impl Fn(usize) -> String) -> Harvest {
    let rows: Vec<String> =
        (0..count).map(|n| format!(r#"{{"name": "Hope {n}", "slug": {n}, "updated": "{}"}}"#, updated(n))).collect();
    read_text(&format!("[{}]", rows.join(",")))
}

#[test]
fn the_same_moment_in_every_row_is_the_export() {
    let harvest = many(21, |_| "2021-04-28 11:53:20".to_owned());
    assert!(harvest.records.iter().all(|record| record.checked.is_none()));
    assert_eq!(harvest.complaints.len(), 1);
    let harvest = many(21, |n| if n == 7 { "2021-05-01 11:00:00" } else { "2021-04-28 11:53:20" }.to_owned());
    assert!(harvest.records.iter().all(|record| record.checked.is_some()));
    let harvest = many(3, |_| "2021-04-28 11:53:20".to_owned());
    assert!(harvest.records.iter().all(|record| record.checked.is_some()));
}

#[test]
fn days_before_months_are_known_from_the_other_rows() {
    let harvest = many(2, |n| ["29/8/2021", "3/4/2021"][n].to_owned());
    assert_eq!(harvest.records[1].checked, Some(date(2021, 4, 3)));
}

#[test]
fn a_date_far_after_all_others_is_a_slip() {
    let harvest =
        many(5, |n| if n == 2 { "2099-01-01 00:00:00".to_owned() } else { format!("2021-04-0{} 00:00:00", n + 1) });
    assert_eq!(harvest.records[2].checked, None);
    assert_eq!(harvest.complaints.len(), 1);
    assert_eq!(harvest.records[4].checked, Some(date(2021, 4, 5)));
}
