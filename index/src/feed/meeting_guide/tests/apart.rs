//! Two lists read beside each other differ where each read whole does.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::feed;
use crate::feed::meeting_guide::{read, read_apart};
use crate::feed::{Apart, Harvest, Part};
use crate::record::Record;
use crate::vocabulary::Vocabulary;

fn list(rows: &[Value]) -> Vec<u8> {
    serde_json::to_vec(rows).unwrap()
}

fn apart(before: &[u8], now: &[u8]) -> Option<(Harvest, Apart)> {
    let [before, now] = [before, now].map(|bytes| [Part { name: "rows", bytes }]);
    read_apart(&feed(), &before, &now, Vocabulary::builtin())
}

fn whole(bytes: &[u8]) -> Harvest {
    read(&feed(), &[Part { name: "rows", bytes }], Vocabulary::builtin())
}

/// What is wrong with what was told, beside both lists read whole.
fn check(before: &[u8], now: &[u8], (harvest, apart): &(Harvest, Apart)) {
    let before = whole(before);
    assert_eq!(*harvest, whole(now));
    assert_eq!((apart.rows, apart.dropped), (before.rows, before.dropped));
    for record in &apart.before {
        assert!(before.records.contains(record), "{} was never so", record.id);
    }
    let rest = |records: &[Record], told: &dyn Fn(usize, &Record) -> bool| {
        let rest = records.iter().enumerate().filter(|(at, record)| !told(*at, record));
        let mut rest: Vec<Record> = rest.map(|(_, record)| record.clone()).collect();
        rest.sort_by(|one, other| one.id.cmp(&other.id));
        rest
    };
    let same = rest(&before.records, &|_, record| apart.before.iter().any(|told| told.id == record.id));
    assert_eq!(same, rest(&harvest.records, &|at, _| apart.now.contains(&at)), "what is not told is the same in both");
}

/// A row of one of a few keys, places, hours and dates, so that rows clash.
fn row(number: usize, quirk: u8) -> Value {
    let mut row = json!({
        "slug": format!("hope-{number}"), "name": format!("Hope {}", number % 7), "day": number % 7, "time": "19:00",
        "updated": format!("2026-0{}-11", number % 9 + 1),
    });
    match quirk % 12 {
        0 => row["slug"] = json!(format!("hope-{}", number / 2)),
        1 => row["slug"] = json!(""),
        2 => row["name"] = json!(""),
        3 => row["time"] = json!("20:00"),
        4 => row["day"] = json!(quirk % 7),
        5 => row["notes"] = json!(format!("Room {quirk}")),
        6 => return json!(format!("no row {number}")),
        _ => {}
    }
    row
}

/// A list, and the same with some rows changed, gone, doubled or put elsewhere.
fn lists() -> impl Strategy<Value = (Vec<Value>, Vec<Value>)> {
    let quirks = prop::collection::vec(any::<u8>(), 12..40);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), 0_u8..5, any::<u8>()), 0..5);
    (quirks, changes).prop_map(|(quirks, changes)| {
        let old: Vec<Value> = quirks.iter().enumerate().map(|(number, quirk)| row(number, *quirk)).collect();
        let mut new = old.clone();
        for (at, change, quirk) in changes {
            let at = at.index(new.len());
            match change {
                0 => _ = new.remove(at),
                1 => new.push(new[at].clone()),
                2 => new.rotate_left(at),
                3 => new[at] = row(at, quirk),
                _ => new.insert(at, row(at + 1, quirk)),
            }
        }
        (old, new)
    })
}

proptest! {
    #[test]
    fn what_is_not_told_is_the_same_in_both((old, new) in lists()) {
        let (old, new) = (list(&old), list(&new));
        if let Some(told) = apart(&old, &new) {
            check(&old, &new, &told);
        }
        // And back again, as after a roll back.
        if let Some(told) = apart(&new, &old) {
            check(&new, &old, &told);
        }
    }
}

#[test]
fn of_a_list_that_is_mostly_the_same_only_the_rest_is_read() {
    let old: Vec<Value> = (0..3000).map(|number| row(number, 7)).collect();
    let mut new = old.clone();
    new[5]["name"] = json!("Another name");
    new.remove(70);
    new.push(row(4000, 7));
    let (old, new) = (list(&old), list(&new));
    let told = apart(&old, &new).unwrap();
    check(&old, &new, &told);
    let names =
        |records: Vec<&Record>| -> Vec<String> { records.iter().map(|record| record.id.key().to_owned()).collect() };
    assert_eq!(names(told.1.before.iter().collect()), ["hope-5", "hope-70"]);
    assert_eq!(names(told.1.now.iter().map(|at| &told.0.records[*at]).collect()), ["hope-5", "hope-4000"]);
}

#[test]
fn a_row_that_takes_the_key_of_another_touches_it() {
    let old: Vec<Value> = (0..20).map(|number| row(number, 7)).collect();
    let mut new = old.clone();
    // The same meeting on one more day.
    new.push(json!({"slug": "hope-3", "name": "Hope 3", "day": 6, "time": "19:00", "updated": "2026-04-11"}));
    let (old, new) = (list(&old), list(&new));
    for (before, now) in [(&old, &new), (&new, &old)] {
        let told = apart(before, now).unwrap();
        check(before, now, &told);
        assert_eq!(told.1.before.len(), 1);
        assert_ne!(told.1.before[0].times, told.0.records[told.1.now[0]].times);
    }
}

#[test]
fn lists_that_write_dates_in_another_way_or_differ_in_most_are_not_told_apart() {
    let dated = |first: &str| -> Vec<u8> {
        let mut rows: Vec<Value> = (0..20).map(|number| row(number, 7)).collect();
        for row in &mut rows {
            row["updated"] = json!("3/4/2026");
        }
        rows[0]["updated"] = json!(first);
        list(&rows)
    };
    // In the second list the day comes first in all rows, though only one of them is another.
    assert_eq!(apart(&dated("12/4/2026"), &dated("25/4/2026")), None);
    assert!(apart(&dated("12/4/2026"), &dated("11/4/2026")).is_some());
    let rows = |quirk: u8| list(&(0..20).map(|number| row(number, quirk)).collect::<Vec<_>>());
    assert_eq!(apart(&rows(7), &rows(3)), None);
    assert_eq!(apart(&rows(7), b"Name,Day\nHope,3\n"), None);
    assert_eq!(apart(b"", &rows(7)), None);
}
