use std::collections::BTreeMap;

use jiff::Timestamp;

use super::*;
use crate::record::{Details, Meeting, RecordId};

fn records(count: usize) -> Vec<Record> {
    let record = |n: usize| {
        Record::new(RecordId::new("t", &format!("{n:04}")), format!("Group {n}"), Details::Meeting(Meeting::default()))
    };
    (0..count).map(record).collect()
}

fn origin() -> Origin {
    let source = Source { credit: "Thanks to the sample list".into(), ..Source::default() };
    Origin {
        built_at: Timestamp::UNIX_EPOCH,
        feeds: BTreeMap::from([("t".to_owned(), source)]),
        notices: Vec::new(),
        gone: Vec::new(),
        originals: Vec::new(),
    }
}

fn put_up(shelf: &Shelf, count: usize) -> Edition {
    shelf.put_up(&records(count), &Vocabulary::default(), &origin()).unwrap()
}

/// How many records the newest sound edition holds.
fn newest(shelf: &Shelf) -> Option<u64> {
    shelf.newest_sound().map(|(_, generation)| generation.counts().records)
}

fn folders(data: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(data.join("editions"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != LOCK)
        .collect();
    names.sort();
    names
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn what_was_put_up_is_opened_and_says_where_it_comes_from() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    assert!(shelf.newest_sound().is_none());
    let edition = put_up(&shelf, 3);
    let (opened, generation) = shelf.newest_sound().unwrap();
    assert_eq!(opened, edition);
    assert_eq!(generation.counts().records, 3);
    assert_eq!(edition.manifest.feeds["t"].records, 3);
    assert_eq!(edition.manifest.feeds["t"].credit, "Thanks to the sample list");
    assert!(shelf.verify(&edition).is_ok() && shelf.check().is_empty());
}

#[test]
fn five_editions_are_kept_and_leftovers_go() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    put_up(&shelf, 1);
    // A build that was killed half-way.
    fs::create_dir(data.path().join("editions/.next-1")).unwrap();
    fs::write(data.path().join("editions/.next-1/half"), "half").unwrap();
    for count in 2..=7 {
        put_up(&shelf, count);
    }
    assert_eq!(newest(&shelf), Some(7));
    let numbers: Vec<u64> = shelf.editions().iter().map(|edition| edition.sequence).collect();
    assert_eq!(numbers, [7, 6, 5, 4, 3]);
    assert_eq!(folders(data.path()).len(), KEPT);
}

#[test]
fn going_back_opens_the_one_before_and_the_next_gets_a_higher_number() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    put_up(&shelf, 1);
    assert!(matches!(shelf.roll_back(), Err(RollBackError::NothingBefore)));
    put_up(&shelf, 2);
    assert_eq!(shelf.roll_back().unwrap().sequence, 1);
    assert_eq!(newest(&shelf), Some(1));
    shelf.prune();
    assert_eq!(put_up(&shelf, 3).sequence, 3);
    assert_eq!(newest(&shelf), Some(3));
    assert_eq!(folders(data.path()).len(), 2, "what was withdrawn has gone: {:?}", folders(data.path()));
}

#[test]
fn every_damage_to_every_file_is_found_and_the_edition_before_is_opened() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    put_up(&shelf, 2);
    let damages: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes.truncate(bytes.len() / 2),
        |bytes| bytes.push(0),
        |bytes| bytes.iter_mut().for_each(|byte| *byte = 0),
        |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        },
    ];
    let kinds_of_file = files(&data.path().join("editions").join(put_up(&shelf, 9).name)).len();
    for damage in damages {
        for nth in 0..kinds_of_file {
            let edition = put_up(&shelf, 9);
            let file = files(&data.path().join("editions").join(&edition.name)).remove(nth);
            let mut bytes = fs::read(&file).unwrap();
            damage(&mut bytes);
            fs::write(&file, bytes).unwrap();
            let found = shelf.check();
            assert_eq!(found.len(), 1, "{}", file.display());
            assert_eq!(found[0].0, edition.name);
            assert!(shelf.newest_sound().is_some_and(|(opened, _)| opened.sequence < edition.sequence));
            shelf.prune();
        }
    }
}

#[test]
fn a_file_that_is_gone_or_cut_is_noticed_without_reading_it_all() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    put_up(&shelf, 2);
    let edition = put_up(&shelf, 5);
    let folder = data.path().join("editions").join(&edition.name);
    fs::remove_file(files(&folder).remove(0)).unwrap();
    assert_eq!(newest(&shelf), Some(2));
}

#[test]
fn an_edition_of_another_format_is_passed_over() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    put_up(&shelf, 2);
    fs::create_dir(data.path().join("editions/000009-00000000")).unwrap();
    assert_eq!(newest(&shelf), Some(2));
    assert_eq!(put_up(&shelf, 3).sequence, 10, "its number is not given out again");
}

/// Puts the manifest of an edition back under another format, with a folder name that fits it. Returns that name.
fn reformat(data: &Path, edition: &Edition) -> String {
    let editions = data.join("editions");
    let file = editions.join(&edition.name).join("manifest.json");
    let format = format!("\"format\": {}", edition.manifest.format);
    let text = fs::read_to_string(&file).unwrap().replacen(&format, "\"format\": 999", 1);
    fs::write(&file, &text).unwrap();
    let name = format!("{:06}-{}", edition.sequence, manifest::beginning_of(text.as_bytes()));
    fs::rename(editions.join(&edition.name), editions.join(&name)).unwrap();
    name
}

#[test]
fn an_edition_of_another_format_is_told_and_left_where_it_stands() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    put_up(&shelf, 2);
    let name = reformat(data.path(), &put_up(&shelf, 3));
    let told = shelf.check();
    assert!(matches!(told.as_slice(), [(other, Unsound::OtherFormat(999))] if *other == name), "{told:?}");
    assert!(folders(data.path()).contains(&name));
    assert_eq!(newest(&shelf), Some(2));
    assert_eq!(shelf.outdated(), Some(name));
    // A damaged one above it hides nothing, and one of this format that is put up again is all that is wanted.
    let damaged = put_up(&shelf, 4);
    fs::write(data.path().join("editions").join(&damaged.name).join("manifest.json"), "{}").unwrap();
    assert!(shelf.outdated().is_some());
    put_up(&shelf, 5);
    assert_eq!(shelf.outdated(), None);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_now_sets_no_edition_aside() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    put_up(&shelf, 2);
    for nth in 0..files(&data.path().join("editions").join(&put_up(&shelf, 3).name)).len() {
        let edition = put_up(&shelf, 3);
        let folder = data.path().join("editions").join(&edition.name);
        let file = files(&folder).remove(nth);
        let kept = data.path().join("kept");
        fs::rename(&file, &kept).unwrap();
        // A link to itself fails to open for every user, and not because something is missing.
        std::os::unix::fs::symlink(&file, &file).unwrap();
        let told = shelf.check();
        assert!(matches!(told.as_slice(), [(_, Unsound::Unreadable { .. })]), "{told:?}");
        assert_ne!(shelf.editions().first(), Some(&edition));
        fs::remove_file(&file).unwrap();
        fs::rename(&kept, &file).unwrap();
        assert!(shelf.check().is_empty());
        assert_eq!(shelf.newest_sound().map(|(newest, _)| newest), Some(edition));
    }
}

#[test]
fn nothing_is_set_aside_while_somebody_builds() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    let edition = put_up(&shelf, 2);
    fs::remove_file(data.path().join("editions").join(&edition.name).join("manifest.json")).unwrap();
    let lock = shelf.lock().unwrap().unwrap();
    assert_eq!(shelf.check().len(), 1);
    assert_eq!(folders(data.path()), [edition.name.as_str()]);
    drop(lock);
    shelf.check();
    assert_eq!(folders(data.path()), [format!("{DAMAGED}{}", edition.name)]);
}

#[test]
fn two_refreshes_at_once_are_one() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    put_up(&shelf, 1);
    let lock = shelf.lock().unwrap().unwrap();
    let second = shelf.put_up(&records(2), &Vocabulary::default(), &origin());
    assert!(matches!(second, Err(PutUpError::Busy)));
    assert!(matches!(shelf.roll_back(), Err(RollBackError::Busy)));
    drop(lock);
    assert_eq!(put_up(&shelf, 2).sequence, 2);
}

#[test]
fn names_of_many_bytes_are_put_up_and_found() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    let names = ["알코올중독자들".to_owned(), "กลุ่มผู้ติดสุรานิรนามกรุงเทพ".to_owned(), "é".repeat(59), "w".repeat(200)];
    let records: Vec<Record> = (0..)
        .zip(&names)
        .map(|(n, name)| Record { name: crate::record::Text::new(name), ..records(n + 1).remove(n) })
        .collect();
    shelf.put_up(&records, &Vocabulary::default(), &origin()).unwrap();
    let (_, generation) = shelf.newest_sound().unwrap();
    let here = Here { now: Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC), point: None };
    for record in &records {
        let words = text::words(&record.name.plain);
        let words = words.map(|text| Word { text, unfinished: false, synonyms: Vec::new() }).collect();
        let answer = generation.search(&Query { words, ..Query::new(here.clone()) }, 5);
        let ids: Vec<_> = answer.hits.iter().map(|hit| &hit.record.id).collect();
        assert_eq!(ids, [&record.id], "{}", record.name.plain);
    }
}

#[test]
fn nothing_is_not_put_up() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    assert!(matches!(shelf.put_up(&[], &Vocabulary::default(), &origin()), Err(PutUpError::Empty)));
}

#[test]
fn a_data_folder_that_cannot_be_made_is_an_error() {
    let data = tempfile::tempdir().unwrap();
    fs::write(data.path().join("file"), "").unwrap();
    let shelf = Shelf::at(data.path().join("file"));
    assert!(matches!(shelf.put_up(&records(1), &Vocabulary::default(), &origin()), Err(PutUpError::Disk(_))));
    assert!(shelf.newest_sound().is_none() && shelf.check().is_empty());
}

#[cfg(unix)]
#[test]
fn reading_needs_no_write_permission_and_files_are_readable_for_everybody() {
    use std::os::unix::fs::PermissionsExt;
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(data.path());
    let edition = put_up(&shelf, 4);
    let folder = data.path().join("editions").join(&edition.name);
    let before = files(&folder).len();
    for file in files(&folder) {
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o444, 0o444, "{}", file.display());
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    assert_eq!(newest(&shelf), Some(4));
    assert_eq!(files(&folder).len(), before, "opening left nothing behind");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn another_user_can_read_what_a_user_with_a_narrow_umask_put_up() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let narrow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let data = tempfile::tempdir().unwrap();
    let editions = data.path().join("editions");
    fs::create_dir(&editions).unwrap();
    narrow(&editions, 0o700);
    let folder = editions.join(put_up(&Shelf::at(data.path()), 2).name);
    let readable = || {
        assert!(files(&folder).len() > 1);
        for file in files(&folder) {
            assert_eq!(mode(&file) & 0o644, 0o644, "{}", file.display());
        }
        assert_eq!(mode(&folder) & 0o755, 0o755);
    };
    readable();
    assert_eq!(mode(&editions), 0o755);
    // As a build under umask 0077 leaves them.
    for file in &files(&folder) {
        narrow(file, 0o600);
    }
    narrow(&folder, 0o700);
    share(&folder).unwrap();
    readable();
}
