//! A disk that takes no more, and folders that are none: a clear word, nothing lost, and all is well when there is room.

use std::process::Stdio;

use index::shelf::Shelf;
use serde_json::{Value, json};

use crate::desk::{Desk, Ran};

/// A list of so many invented meetings.
fn list(count: usize) -> String {
    let row = |number: usize| json!({"slug": format!("s{number}"), "name": format!("Sample Lantern {number}"), "day": 2, "time": "19:00"});
    Value::from((0..count).map(row).collect::<Vec<_>>()).to_string()
}

fn town(count: usize) -> Desk {
    let desk = Desk::new();
    desk.write("town.json", list(count));
    desk.write(
        "feeds.toml",
        "[[feed]]\nname = \"town\"\nform = \"meeting-guide\"\nfile = \"town.json\"\nfellowship = \"aa\"\n\
         timezone = \"America/New_York\"\n",
    );
    desk
}

/// A refresh that may write files of at most so many blocks of 512 bytes.
fn under_a_limit(desk: &Desk, blocks: usize) -> Ran {
    let refresh = desk.command(&["refresh", "--feeds", desk.path("feeds.toml").to_str().unwrap()]);
    let mut shell = std::process::Command::new("/bin/sh");
    shell.args(["-c", r#"ulimit -f "$1" && shift && exec "$@""#, "sh"]).arg(blocks.to_string());
    shell.arg(refresh.get_program()).args(refresh.get_args());
    shell.env_clear().env("HOME", desk.path("")).current_dir(desk.path(""));
    Ran::from(shell.stdin(Stdio::null()).output().unwrap())
}

#[test]
fn a_refresh_for_which_there_is_no_room_leaves_what_stood_and_the_next_one_succeeds() {
    let desk = town(400);
    let feeds = desk.path("feeds.toml");
    assert_eq!(desk.refresh(&feeds).code, 0);
    desk.write("town.json", list(430));
    let shelf = Shelf::at(desk.data());
    let mut failed = 0;
    for blocks in (0..8).map(|power| 1 << power) {
        let ran = under_a_limit(&desk, blocks);
        let (edition, _) = shelf.newest_sound().expect("an edition stands");
        shelf.verify(&edition).expect("and is whole");
        if edition.manifest.records == 430 {
            assert_eq!(ran.code, 0, "{}", ran.err);
            break;
        }
        failed += 1;
        assert_eq!((ran.code, edition.manifest.records), (1, 400), "{blocks}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains("what stood before stands"), "{}", ran.err);
        assert!(!ran.err.contains("os error"), "{}", ran.err);
    }
    assert!(failed > 2, "some had no room");
    // Room again, and nobody has to do anything.
    let ran = desk.refresh(&feeds);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(desk.status()["records"], 430);
    let names =
        std::fs::read_dir(shelf.folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = names.filter(|name| !name.starts_with('0') && name != "lock").collect();
    assert!(left.iter().all(|name| !name.contains("next")), "{left:?}");
}

#[test]
fn a_folder_that_is_none_is_named_and_costs_nothing_else() {
    let desk = town(3);
    let feeds = desk.path("feeds.toml");
    // Where editions would stand, stands a file.
    std::fs::create_dir(desk.data()).unwrap();
    std::fs::write(desk.data().join("editions"), "").unwrap();
    let ran = desk.refresh(&feeds);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("could not be put up"), "{}", ran.err);
    assert!(desk.run(&["status"]).out.contains("starter pack"));
    std::fs::remove_file(desk.data().join("editions")).unwrap();
    // Where the last good bytes would be kept (some lie there, for the edition that came not to stand): the edition stands all the same, and staff hear of it.
    std::fs::remove_dir_all(desk.data().join("feeds")).unwrap();
    std::fs::write(desk.data().join("feeds"), "").unwrap();
    let ran = desk.refresh(&feeds);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("could not be kept"), "{}", ran.err);
    assert_eq!(desk.status()["records"], 3);
    // No folder at all can be made there.
    let mut refresh = std::process::Command::new(env!("CARGO_BIN_EXE_porchlight"));
    let ran =
        Ran::from(refresh.args(["--data", "/proc/porchlight", "refresh", "--feeds"]).arg(&feeds).output().unwrap());
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("/proc/porchlight cannot be used"), "{}", ran.err);
}
