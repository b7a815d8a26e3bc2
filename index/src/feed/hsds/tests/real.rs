//! Feeds as they were published. They are no part of the repository: the tests run where `PORCHLIGHT_FEEDS` names their
//! folder. The numbers were counted in the files beforehand, by other means.

use std::path::PathBuf;

use super::*;

fn folder() -> Option<PathBuf> {
    std::env::var_os("PORCHLIGHT_FEEDS").map(|folder| PathBuf::from(folder).join("hsds"))
}

/// A file, or all files of a folder with this ending, read as one feed.
fn published(name: &str, ending: &str) -> Option<Harvest> {
    let path = folder()?.join(name);
    let mut files = if path.is_dir() {
        std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect()
    } else {
        vec![path]
    };
    files.retain(|file| file.to_string_lossy().ends_with(ending));
    files.sort();
    let read: Vec<(String, Vec<u8>)> =
        files.iter().map(|file| (file.to_string_lossy().into_owned(), std::fs::read(file).unwrap())).collect();
    let parts: Vec<(&str, &[u8])> = read.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let harvest = read_parts(&feed(), &parts);
    super::laws::sound(&harvest);
    Some(harvest)
}

fn counts(harvest: &Harvest) -> [usize; 4] {
    [harvest.rows, harvest.records.len(), harvest.joined, harvest.dropped]
}

/// The official example is published whole, as a service, as an organization, under its location, as one object of
/// tables, and as tables: it is the same listing each time.
#[test]
fn the_official_example_is_one_listing_in_all_its_forms() {
    let Some(whole) = published("3.0/service_full.json", "") else { return };
    assert_eq!(counts(&whole), [1, 1, 0, 0]);
    for (name, ending) in [
        ("3.0/organization_full.json", ""),
        ("3.0/service_at_location_full.json", ""),
        ("3.0/tabular.json", ""),
        ("3.0", ".csv"),
    ] {
        let harvest = published(name, ending).unwrap();
        assert_eq!(counts(&harvest), [1, 1, 0, 0], "{name}");
        let mut records = harvest.records;
        if !name.ends_with("full.json") {
            // The attribute of its tables is linked to something else than the service.
            records[0].summary.plain.push_str("\nname");
        }
        assert_eq!(records, whole.records, "{name} {ending}");
    }
    // Six times in the files of JSON and once in the tables, always the same service.
    assert_eq!(counts(&published("3.0", "").unwrap()), [7, 1, 6, 0]);

    let record = &whole.records[0];
    assert_eq!(record.checked.unwrap().to_string(), "2005-01-01");
    assert_eq!(contact(record, Way::Phone).unwrap().value, "+44 1234 234567 ext. 100");
    assert_eq!(record.place.as_ref().unwrap().point, None, "its latitude is 100");
    assert!(record.times.is_empty(), "its hours ended in 2005, and were in certain weeks alone");
    assert!(record.summary.plain.contains("Thu, Fri 10:00–18:00"));
    let written = serde_json::to_string(&whole.records).unwrap();
    assert!(!written.contains("Persona"), "the reception manager is a person");
}

#[test]
fn the_sample_of_version_one_lists_twelve_of_fifteen() {
    let Some(harvest) = published("1.1-sample", "") else { return };
    // 13 services, of which 3 are inactive, and 2 organizations that have several services or none.
    assert_eq!(counts(&harvest), [15, 12, 0, 3]);
    let helpline = harvest.records.iter().find(|record| record.name.plain == "Never Homeless Helpline").unwrap();
    let weekdays = Days::of([Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday]);
    let nine_to_five = Rule::Open { days: weekdays, weeks: Weeks::EVERY, from: 540, until: 1020 };
    assert_eq!(helpline.times.iter().map(|time| time.rule).collect::<Vec<_>>(), [nine_to_five]);
    assert_eq!(helpline.languages, ["en", "es"]);
    assert_eq!(service(helpline).sort, ServiceSort::Helpline);
}

#[test]
fn bristol_is_read_but_for_its_empty_listing() {
    let Some(harvest) = published("oruk-2.0-bristol.json", "") else { return };
    // 261 services, one of them without a name or a word; 25 organizations have several, 8 of them under their own name.
    assert_eq!(counts(&harvest), [261 + 17, 260 + 17, 0, 1]);
    let services: Vec<_> =
        harvest.records.iter().filter(|record| matches!(record.details, Details::Service(_))).collect();
    assert_eq!(services.len(), 260);
    assert_eq!(services.iter().filter(|record| record.checked.is_none()).count(), 2, "two are not dated");
    let mails = services.iter().filter(|record| contact(record, Way::Email).is_some()).count();
    assert_eq!(mails, 184);
    let long = services.iter().find(|record| record.name.plain.starts_with("Celestine Centre")).unwrap();
    assert!(long.summary.plain.chars().count() < 4000, "145,411 characters are mostly a picture");
    assert!(harvest.records.iter().all(|record| !record.summary.plain.contains(['<', '\u{3}'])));
    let by_way = |attendance| services.iter().filter(|record| record.attendance == Some(attendance)).count();
    assert_eq!((by_way(Attendance::InPerson), by_way(Attendance::Phone)), (3, 2));
}
