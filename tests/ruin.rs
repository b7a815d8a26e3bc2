//! Whatever becomes of the editions: visitors see a directory and the crisis line, staff hear of it, and a refresh mends it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::keeper::{put_up_all, until};
use crate::room::Room;

fn edition(data: &Path, name: &str) {
    put_up_all(data, &format!("[[meeting]]\nkey = \"own\"\nname = \"{name}\"\nsummary = \"Ring twice at {name}.\"\n"));
}

/// Every file of every edition.
fn files(data: &Path) -> Vec<PathBuf> {
    let inside = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = inside(data.join("editions")).flat_map(inside).collect();
    files.sort();
    files
}

fn flip(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for at in (0..bytes.len()).step_by(97) {
        bytes[at] ^= 0x20;
    }
    bytes
}

/// One thing that can become of the editions.
type Ruin = fn(&Path);

/// Takes away every file of which this holds.
fn remove(data: &Path, is_one: impl Fn(&Path) -> bool) {
    for file in files(data).iter().filter(|file| is_one(file)) {
        fs::remove_file(file).unwrap();
    }
}

/// Changes every file.
fn change(data: &Path, how: impl Fn(&[u8]) -> Vec<u8>) {
    for file in files(data) {
        fs::write(&file, how(&fs::read(&file).unwrap())).unwrap();
    }
}

/// What can become of all editions at once.
const RUINS: [(&str, Ruin); 7] = [
    ("every file is empty", |data| change(data, |_| Vec::new())),
    ("bits are turned in every file", |data| change(data, flip)),
    ("no edition has a manifest", |data| remove(data, |file| file.ends_with("manifest.json"))),
    ("only the manifests are left", |data| remove(data, |file| !file.ends_with("manifest.json"))),
    ("the editions are folders without anything", |data| remove(data, |_| true)),
    ("there is no folder of editions", |data| fs::remove_dir_all(data.join("editions")).unwrap()),
    ("it is a file", |data| {
        fs::remove_dir_all(data.join("editions")).unwrap();
        fs::write(data.join("editions"), "not a folder").unwrap();
    }),
];

#[test]
fn whatever_becomes_of_all_editions_visitors_see_the_built_in_listings() {
    for (what, ruin) in RUINS {
        let data = tempfile::tempdir().unwrap();
        edition(data.path(), "Hilltop Lanterns");
        edition(data.path(), "Valley Lanterns");
        ruin(data.path());
        let porchlight = |data: &Path, words: &[&str]| {
            let ran =
                Command::new(env!("CARGO_BIN_EXE_porchlight")).arg("--data").arg(data).args(words).output().unwrap();
            (ran.status.code(), String::from_utf8(ran.stdout).unwrap())
        };
        let (code, told) = porchlight(data.path(), &["status"]);
        assert!(code == Some(0) && told.contains("visitors see the starter pack"), "{what}: {told}");
        let (code, told) = porchlight(data.path(), &["search", "sponsor"]);
        assert!(code == Some(0) && told.contains("found for: sponsor"), "{what}: {told}");
        let mut room = Room::with("linux", data, &[]);
        room.shows("Find a meeting").shows("988").press(b"sponsor").shows("Search: sponsor").shows("found");
        room.shows("A member with more time");
        assert!(!room.text().contains("Nothing found"), "{what}: {}", room.text());
        room.press(b"\x1b[21~").shows("Find a meeting");
        if room.data.path().join("editions").is_file() {
            fs::remove_file(room.data.path().join("editions")).unwrap();
        }
        edition(room.data.path(), "Quiet Harbor");
        room.until(b"\x1b[21~", "Find a meeting").until(b"harbor", "Quiet Harbor");
    }
}

#[test]
fn a_visitor_reads_on_in_an_edition_that_is_long_gone() {
    let data = tempfile::tempdir().unwrap();
    edition(data.path(), "Hilltop Lanterns");
    let mut room = Room::with("linux", data, &[]);
    room.shows("Find a meeting").press(b"lanterns").shows("Hilltop Lanterns");
    let first = index::shelf::Shelf::at(room.data.path()).newest_name().unwrap();
    let first = room.data.path().join("editions").join(first);
    for name in ["Valley", "Dale", "Lake", "Elm", "Oak", "Ash"] {
        edition(room.data.path(), &format!("{name} Lanterns"));
    }
    assert!(!first.exists(), "it is not kept any more");
    // From the list to a listing, and on to another search.
    room.press(b"\r").press(b"\r").shows("Ring twice at Hilltop Lanterns");
    room.press(b"\x1b").shows("1 found").press(b"\x7f").shows("Search: lantern ").shows("Hilltop Lanterns");
    assert!(!room.text().contains("Ash Lanterns"), "{}", room.text());
    // The next visit is of the newest.
    until(&mut room, "the next glass is opened anew", |room| crate::keeper::glasses(room).len() == 2);
    room.until(b"\x1b[21~", "Find a meeting").until(b"lantern", "Ash Lanterns");
    assert!(!room.text().contains("Hilltop"), "{}", room.text());
}
