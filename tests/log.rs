//! What staff can read later: starts, ends, editions and faults, and nothing of a visitor.

use std::fs;
use std::path::Path;
use std::process::Command;

use rustix::process::{Signal, kill_process};

use crate::room::Room;

/// All that was written down.
fn log(data: &Path) -> String {
    let files = fs::read_dir(data.join("log")).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    files.collect()
}

fn refresh(data: &Path, feeds: &str) -> bool {
    fs::write(data.join("feeds.toml"), feeds).unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_porchlight"))
        .args(["--data", data.to_str().unwrap(), "refresh", "--feeds"])
        .arg(data.join("feeds.toml"))
        .output();
    ran.unwrap().status.success()
}

const OWN: &str = "[[feed]]\nname = \"own\"\nform = \"porchlight\"\nfile = \"own.toml\"\n";

#[test]
fn a_crash_a_refresh_and_an_edition_are_written_down_and_a_visit_is_not() {
    let mut room = Room::new("linux");
    let data = room.data.path().to_owned();
    room.shows("Find a meeting").press(b"suboxone").shows("Search: suboxone");
    let glass: i32 = room.glass().file_name().unwrap().to_str().unwrap().parse().unwrap();
    kill_process(rustix::process::Pid::from_raw(glass).unwrap(), Signal::ABORT).unwrap();
    room.shows("Find a meeting").press(b"naloxone").shows("Search: naloxone");
    fs::write(data.join("own.toml"), "[[meeting]]\nkey = \"own\"\nname = \"Quiet Harbor\"\n").unwrap();
    assert!(refresh(&data, OWN));
    fs::write(data.join("own.toml"), "not a directory").unwrap();
    assert!(!refresh(&data, OWN));
    room.press(b"\x1b[21~").shows("Find a meeting");
    room.signal(Signal::TERM);
    assert!(room.ends().success());
    let said = log(&data);
    for fact in [
        "The kiosk stands.",
        "There is no edition; the built-in listings are shown.",
        "ended by itself, by signal 6",
        "A refresh began.",
        "A refresh put up edition 000001-",
        ", 1 listings.",
        "Edition 000001-",
        "is shown from now on.",
        "Feed own gave nothing; its 1 listings of before stay.",
        "A refresh changed nothing, and ended with code 1.",
        "The kiosk ends.",
    ] {
        assert!(said.contains(fact), "{fact:?} is not in\n{said}");
    }
    for typed in ["suboxone", "naloxone", "subo", "Quiet Harbor"] {
        assert!(!said.contains(typed), "{typed:?} is in\n{said}");
    }
}

#[test]
fn the_staffs_door_is_written_down_without_digits() {
    let data = tempfile::tempdir().unwrap();
    let lock = porchlight::pin::Lock::new(&porchlight::pin::Pin::read("271828").unwrap()).unwrap();
    let config = data.path().join("porchlight.toml");
    fs::write(&config, format!("[staff]\npin = \"{lock}\"\n")).unwrap();
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    room.shows("Find a meeting").press(b"\x1b[24~").shows("PIN:").press(b"314159\r").shows("That is not the PIN");
    room.press(b"271828\r").shows("Check the settings");
    let said = log(room.data.path());
    assert!(said.contains("A wrong PIN was tried") && said.contains("door was opened"), "{said}");
    assert!(!said.contains("314159") && !said.contains("271828"), "{said}");
}

#[test]
fn the_log_says_nothing_on_the_screen() {
    let data = tempfile::tempdir().unwrap();
    let own = data.path().join("own.toml");
    fs::write(own, "[[meeting]]\nkey = \"own\"\nname = \"Quiet Harbor\"\n").unwrap();
    fs::write(data.path().join("feeds.toml"), OWN).unwrap();
    let kept = data.path().join("kept");
    let ran = Command::new(env!("CARGO_BIN_EXE_porchlight"))
        .args(["--data", kept.to_str().unwrap(), "refresh", "--feeds"])
        .arg(data.path().join("feeds.toml"))
        .output()
        .unwrap();
    assert!(ran.status.success());
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "");
    assert!(log(&kept).contains("A refresh put up"));
}

#[test]
fn a_kiosk_whose_log_cannot_be_written_stands_all_the_same() {
    let data = tempfile::tempdir().unwrap();
    // A file stands where the folder would be.
    fs::write(data.path().join("log"), "").unwrap();
    let mut room = Room::with("linux", data, &[]);
    room.shows("Find a meeting").press(b"hope").shows("Search: hope");
}

#[test]
fn where_a_program_fell_is_a_place_in_its_source_and_nothing_else() {
    use porchlight::log::Place;
    let here = std::panic::Location::caller();
    let place = Place::of(here);
    assert!(place.to_string().starts_with("tests/log.rs:"), "{place}");
    for file in ["suboxone near me", "x".repeat(4000).as_str(), "a b.rs", "\u{1b}[2J.rs"] {
        let told = format!("{{\"file\":{},\"line\":7}}", serde_json::to_string(file).unwrap());
        let told: Place = serde_json::from_str(&told).unwrap();
        assert_eq!(told.tame().to_string(), "a file:7");
    }
}
