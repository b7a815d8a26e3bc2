//! Feeds as they were published. They are no part of the repository: the tests run where `PORCHLIGHT_FEEDS` names their
//! folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::*;

fn folder() -> Option<PathBuf> {
    std::env::var_os("PORCHLIGHT_FEEDS").map(|folder| PathBuf::from(folder).join("meeting-guide"))
}

/// A published file, read as the feed of a fellowship in a zone.
fn published(file: &str) -> Option<Harvest> {
    let bytes = std::fs::read(folder()?.join(file)).unwrap();
    let (fellowship, zone) = match file.split('.').next() {
        Some("eda") => ("eda", "America/New_York"),
        Some("edmonton") => ("aa", "America/Edmonton"),
        Some("kc" | "nwta") => ("aa", "America/Chicago"),
        Some("atlanta" | "times") => ("aa", "America/New_York"),
        _ => ("aa", "America/Los_Angeles"),
    };
    let feed = Feed { fellowship: Some(fellowship.to_owned()), timezone: Some(zone.to_owned()), ..feed() };
    Some(read_bytes(&feed, &bytes))
}

fn by_attendance(harvest: &Harvest) -> BTreeMap<Attendance, usize> {
    let mut counts = BTreeMap::new();
    for record in &harvest.records {
        *counts.entry(record.attendance.unwrap()).or_default() += 1;
    }
    counts
}

fn record<'h>(harvest: &'h Harvest, key: &str) -> &'h Record {
    harvest.records.iter().find(|record| record.id.as_str() == format!("town:{key}")).unwrap()
}

/// What a table of all files looks like; shown with `--nocapture`.
#[test]
fn no_published_row_is_lost() {
    let Some(folder) = folder() else { return };
    let mut files: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    for file in files {
        let harvest = published(&file).unwrap();
        println!(
            "{file} | {} | {} | {} | {} | {}",
            harvest.rows,
            harvest.records.len(),
            harvest.joined,
            harvest.dropped,
            harvest.complaints.len()
        );
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for complaint in &harvest.complaints {
            *kinds.entry(&complaint.text).or_default() += 1;
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for (text, count) in kinds.iter().take(14) {
            println!("      {count} x {text}");
        }
        println!("      {:?}", by_attendance(&harvest));
        harvest.records.iter().for_each(crate::feed::soundness::all_clean);
        assert_eq!(harvest.dropped, 0, "{file}");
        assert!(harvest.rows > 0, "{file}");
        assert!(harvest.records.iter().all(|record| !record.name.is_empty() && record.attendance.is_some()));
    }
}

#[test]
fn rows_are_counted_as_a_person_would() {
    for (file, rows, joined) in [
        ("aasanjose.2021-05-22.json", 618, 0),
        ("aasanjose.2021-10-02.json", 693, 0),
        ("aasfmarin.2020-07-21.json", 545, 0),
        ("aasfmarin.2021-05-25.json", 658, 0),
        ("airtable-json.2020-07-18.json", 545, 0),
        ("appointment.2021-05-20.json", 2, 0),
        ("atlanta.2024-10-06.json", 6, 0),
        ("benlomond.2021-05-26.json", 35, 0),
        ("data.2019-07-28.json", 570, 0),
        ("eda.2023-07-10.json", 185, 0),
        ("edmonton.2022-09-18.json", 315, 0),
        ("invalid.2022-09-05.json", 8, 0),
        ("kc.2021-05-31.json", 206, 0),
        ("nwta.2021-05-31.json", 613, 0),
        ("oc.2023-09-01.json", 1967, 0),
        ("times.2024-09-28.json", 9, 0),
        ("timezones.2021-05-22.json", 2, 0),
    ] {
        let Some(harvest) = published(file) else { return };
        assert_eq!((harvest.rows, harvest.joined), (rows, joined), "{file}");
    }
}

#[test]
fn orange_county_says_itself_how_one_takes_part() {
    let Some(harvest) = published("oc.2023-09-01.json") else { return };
    let counts = by_attendance(&harvest);
    assert_eq!(counts[&Attendance::InPerson], 1432);
    assert_eq!((counts[&Attendance::Online], counts[&Attendance::AskFirst]), (384, 1), "one room has no number");
    assert_eq!(counts[&Attendance::Hybrid], 148);
    assert_eq!(counts[&Attendance::Suspended], 2);
    let virtual_points = harvest.records.iter().filter(|record| !record.attendance.unwrap().has_place());
    assert!(virtual_points.filter_map(|record| record.place.as_ref()).all(|place| place.point.is_none()));
    let by_appointment =
        harvest.records.iter().filter(|record| record.times.iter().any(|time| time.rule == Rule::ByAppointment));
    assert_eq!(by_appointment.count(), 1);
    let past_midnight = harvest.records.iter().filter(|record| {
        record.times.iter().any(
            |time| matches!(time.rule, Rule::Weekly { start, minutes: Some(minutes), .. } if start + minutes >= 1440),
        )
    });
    assert_eq!(past_midnight.count(), 9);
    let spanish = harvest.records.iter().filter(|record| record.languages.iter().any(|language| language == "es"));
    assert_eq!(spanish.count(), 499);
}

#[test]
fn edmonton_lists_days_and_writes_evening_times() {
    let Some(harvest) = published("edmonton.2022-09-18.json") else { return };
    assert!(harvest.records.iter().all(|record| record.times.len() == 1 && record.times[0].zone == "America/Edmonton"));
    assert!(harvest.records.iter().all(|record| record.checked.is_some()));
    let shifters = record(&harvest, "6");
    assert_eq!(hours(shifters), (11 * 60, None));
    assert_eq!(days(shifters), Days::of([Weekday::Saturday]));
    let place = shifters.place.as_ref().unwrap();
    assert_eq!(
        [&place.street, &place.city, &place.state, &place.postal_code],
        ["8318 104 St", "Edmonton", "Alberta", "T6E 4E8"]
    );
}

#[test]
fn one_rule_of_weeks_is_found_among_many_remarks() {
    let Some(harvest) = published("nwta.2021-05-31.json") else { return };
    assert!(
        harvest.records.iter().all(|record| weeks(record).is_every()),
        "all their remarks are about single evenings"
    );
    assert!(harvest.records.iter().all(|record| record.checked.is_none()), "their date is the export's");
    assert!(harvest.records.iter().all(|record| meeting(record).open.is_some()));
    let Some(harvest) = published("eda.2023-07-10.json") else { return };
    let monthly: Vec<&str> = harvest
        .records
        .iter()
        .filter(|record| record.times.len() == 1 && !weeks(record).is_every())
        .map(|record| record.name.plain.as_str())
        .collect();
    assert_eq!(monthly.len(), 4, "{monthly:?}");
    let central =
        harvest.records.iter().filter(|record| record.times.iter().any(|time| time.zone == "America/Chicago"));
    assert_eq!(central.count(), 24, "zones beside the times, but not those of Central European Time");
}

#[test]
fn a_closed_place_with_a_room_is_online_and_without_one_suspended() {
    let Some(harvest) = published("aasanjose.2021-05-22.json") else { return };
    let counts = by_attendance(&harvest);
    assert_eq!(counts[&Attendance::Suspended], 173);
    assert!(counts[&Attendance::Online] > 400);
    let Some(harvest) = published("airtable-json.2020-07-18.json") else { return };
    let drydock = harvest.records.iter().find(|record| record.name.plain == "1:30 Came to Believe").unwrap();
    assert_eq!(drydock.attendance, Some(Attendance::AskFirst), "its address is a page to read first");
    assert_eq!(contact(drydock, Way::Website).unwrap().value, "https://www.drydocksf.org/meetings");
}

#[test]
fn zones_of_rows_are_kept() {
    let Some(harvest) = published("timezones.2021-05-22.json") else { return };
    let zones: Vec<&str> = harvest.records.iter().map(|record| record.times[0].zone.as_str()).collect();
    assert_eq!(zones, ["America/Los_Angeles", "America/New_York"]);
}
