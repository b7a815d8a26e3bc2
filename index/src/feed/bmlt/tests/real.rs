//! Feeds as they were published. They are no part of the repository: the tests run where `PORCHLIGHT_FEEDS` names their
//! folder.

use std::path::PathBuf;

use super::*;

/// Published files, read as one feed in a zone.
fn published(files: &[&str], zone: &str) -> Option<Harvest> {
    let folder = PathBuf::from(std::env::var_os("PORCHLIGHT_FEEDS")?).join("bmlt");
    let bytes: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(folder.join(file)).unwrap()).collect();
    let parts: Vec<(&str, &[u8])> = files.iter().zip(&bytes).map(|(file, bytes)| (*file, bytes.as_slice())).collect();
    let harvest = read_parts(&Feed { timezone: Some(zone.to_owned()), ..feed() }, &parts);
    for text in texts(&harvest) {
        println!("{text}");
    }
    Some(harvest)
}

fn berlin() -> Option<Harvest> {
    published(&["berlin.json", "german-formats-de.json", "german-formats-en.json"], "Europe/Berlin")
}

fn count(harvest: &Harvest, wanted: impl Fn(&Record) -> bool) -> usize {
    harvest.records.iter().filter(|record| wanted(record)).count()
}

/// The numbers were counted in the file by themselves: rows by venue type, by the ids of formats, by their marks.
#[test]
fn berlin_is_read_as_a_person_would_count_it() {
    let Some(harvest) = berlin() else { return };
    assert_eq!((harvest.rows, harvest.records.len(), harvest.joined, harvest.dropped), (108, 108, 0, 0));
    assert_eq!(count(&harvest, |record| record.attendance == Some(Attendance::Online)), 23);
    assert_eq!(count(&harvest, |record| record.attendance == Some(Attendance::InPerson)), 85);
    assert_eq!(count(&harvest, |record| contact(record, Way::Join).is_some()), 23);
    let points = |record: &Record| record.place.as_ref().is_some_and(|place| place.point.is_some());
    assert_eq!(count(&harvest, points), 85, "no virtual meeting has a point");
    let has = |terms: &[crate::record::Term], key: &str| terms.iter().any(|term| term.as_str() == key);
    assert_eq!(count(&harvest, |record| meeting(record).open == Some(crate::record::Openness::Open)), 17);
    assert_eq!(count(&harvest, |record| has(&record.access, "wheelchair")), 14);
    assert_eq!(count(&harvest, |record| has(&record.who, "women")), 6);
    assert_eq!(count(&harvest, |record| has(&record.who, "men")), 3);
    for (language, meetings) in [("en", 17), ("ru", 6), ("fa", 6)] {
        assert_eq!(count(&harvest, |record| record.languages.iter().any(|known| known == language)), meetings);
    }
    assert!(!format!("{harvest:?}").contains("#@-@#"));
    assert_eq!(count(&harvest, |record| record.times.len() == 1), 108);
}

#[test]
fn berlin_has_two_meetings_that_share_a_thursday() {
    let Some(harvest) = berlin() else { return };
    let of = |id: &str| harvest.records.iter().find(|record| record.id.as_str() == format!("region:{id}")).unwrap();
    let nth = |n| Weeks::nth(n).unwrap();
    assert_eq!(weeks(of("10859")), nth(1).union(nth(3)));
    assert_eq!(weeks(of("10860")), nth(2).union(nth(4)));
    assert_eq!(hours(of("10859")), (19 * 60, Some(120)));
    assert_eq!(count(&harvest, |record| !weeks(record).is_every()), 2);
    assert!(harvest.complaints.is_empty(), "{:?}", texts(&harvest));
}

#[test]
fn new_york_has_its_formats_with_it_and_no_lengths() {
    let Some(harvest) = published(&["newyork-day2.json"], "America/New_York") else { return };
    assert_eq!((harvest.rows, harvest.records.len()), (53, 53), "one meeting stands there under two ids");
    assert!(harvest.records.iter().all(|record| hours(record).1.is_none()), "no row says how long it is");
    assert!(harvest.records.iter().all(|record| record.times[0].rule.days().contains(jiff::civil::Weekday::Monday)));
    assert!(harvest.records.iter().all(|record| record.attendance == Some(Attendance::InPerson)));
    assert!(harvest.complaints.is_empty(), "{:?}", texts(&harvest));
}

#[test]
fn service_bodies_and_an_empty_reply_are_no_meetings() {
    let Some(harvest) = published(&["newyork-service-bodies.json", "newyork-formats.json"], "America/New_York") else {
        return;
    };
    assert_eq!((harvest.rows, harvest.complaints.len()), (0, 1), "the address of one area lacks a slash");
    let Some(harvest) = published(&["empty-reply.json"], "America/New_York") else { return };
    assert_eq!((harvest.rows, harvest.complaints.len()), (0, 1));
}
