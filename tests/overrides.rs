//! What staff correct at the command line: written whole, put up at once, kept through refreshes, and shown as theirs.

use std::io::{BufRead, BufReader, Read};

use crate::desk::{Desk, Ran};

const LISTINGS: &str = r#"
[defaults]
timezone = "America/New_York"

[[meeting]]
key = "hilltop"
name = "Hilltop Lanterns"
times = ["daily 19:00-20:00"]
place = { name = "Sample Hall", street = "12 Oak St", city = "Elm" }

[[meeting]]
key = "valley"
name = "Valley Lanterns"
times = ["daily 12:00-13:00"]
place = { street = "3 Ash Rd", city = "Elm" }

[[housing]]
key = "house"
name = "Sample Elm House"
place = { city = "Elm" }
"#;

fn center() -> Desk {
    center_of(LISTINGS)
}

/// A center with these listings, put up.
pub(crate) fn center_of(listings: &str) -> Desk {
    let desk = Desk::new();
    desk.write("hill.toml", listings);
    desk.feeds(&[("hill", "porchlight", "hill.toml")]);
    desk.write("site.toml", "[centre]\ntimezone = \"America/New_York\"\n");
    let ran = run(&desk, &["refresh"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    desk
}

/// Runs a command with the settings of the center.
pub(crate) fn run(desk: &Desk, words: &[&str]) -> Ran {
    run_with(desk, words, "")
}

fn run_with(desk: &Desk, words: &[&str], typed: &str) -> Ran {
    let config = desk.path("site.toml");
    let words: Vec<&str> = ["--config", config.to_str().unwrap()].into_iter().chain(words.iter().copied()).collect();
    desk.run_with(&words, typed)
}

fn done(desk: &Desk, words: &[&str]) -> String {
    let ran = run(desk, words);
    assert_eq!(ran.code, 0, "{words:?}: {}{}", ran.out, ran.err);
    ran.out
}

/// What a search finds at a moment: the name and the next start of each.
fn found(desk: &Desk, moment: &str, words: &str) -> Vec<(String, String)> {
    let found = run(desk, &["search", "--json", "--now", moment, words]).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    found["hits"].as_array().unwrap().iter().map(|hit| (text(&hit["name"]), text(&hit["next"]))).collect()
}

fn names(desk: &Desk, moment: &str, words: &str) -> Vec<String> {
    found(desk, moment, words).into_iter().map(|(name, _)| name).collect()
}

fn listed(desk: &Desk) -> Vec<serde_json::Value> {
    run(desk, &["overrides", "--json"]).json()["overrides"].as_array().unwrap().clone()
}

fn file(desk: &Desk) -> String {
    std::fs::read_to_string(desk.data().join("overrides.toml")).unwrap()
}

#[test]
fn hidden_until_a_day_is_gone_until_then_and_through_refreshes() {
    let desk = center();
    let said = done(&desk, &["hide", "hilltop lanterns", "--until", "2099-12-01"]);
    assert!(said.contains("Override 1: hide hill:hilltop, until 2099-12-01"), "{said}");
    for _ in 0..2 {
        assert_eq!(names(&desk, "2099-12-01T23:00", "lanterns"), ["Valley Lanterns"]);
        assert_eq!(names(&desk, "2099-12-02T00:01", "lanterns").len(), 2);
        done(&desk, &["refresh"]);
    }
    done(&desk, &["overrides", "--remove", "1"]);
    assert_eq!(names(&desk, "2099-12-01T23:00", "lanterns").len(), 2);
    assert!(listed(&desk).is_empty());
    assert_eq!(run(&desk, &["overrides", "--remove", "1"]).code, 2);
}

#[test]
fn a_closed_building_begins_again_on_the_day_after() {
    let desk = center();
    done(
        &desk,
        &["close", "--building", "sample hall", "--from", "2099-12-01", "--until", "2099-12-05", "--note", "paint"],
    );
    let next = |moment, words| found(&desk, moment, words)[0].1.clone();
    assert!(next("2099-11-30T08:00", "hilltop").starts_with("2099-11-30T19:00"));
    assert!(next("2099-12-01T08:00", "hilltop").starts_with("2099-12-06T19:00"));
    assert!(next("2099-12-01T08:00", "valley").starts_with("2099-12-01T12:00"));
    // Closed, nothing fits all that was asked, and the answer says what was given up.
    let tonight = |moment| run(&desk, &["search", "--json", "--now", moment, "lanterns tonight"]).json();
    let given_up = |moment| tonight(moment)["relaxed"].as_array().unwrap().len();
    assert_eq!((given_up("2099-12-05T18:00"), given_up("2099-12-06T18:00")), (1, 0));
    assert_eq!(names(&desk, "2099-12-06T18:00", "lanterns tonight"), ["Hilltop Lanterns"]);
    let entry = &listed(&desk)[0];
    assert_eq!((entry["do"].as_str(), entry["stands"].as_str()), (Some("close"), Some("ahead")));
    assert_eq!((entry["building"].as_str(), entry["text"].as_str()), (Some("sample hall"), Some("paint")));
}

#[test]
fn words_that_fit_several_or_none_change_nothing() {
    let desk = center();
    let before = desk.status()["edition"].clone();
    let ran = run(&desk, &["hide", "lanterns"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    for said in ["fits several", "hill:hilltop  Hilltop Lanterns, Elm", "hill:valley  Valley Lanterns, Elm"] {
        assert!(ran.err.contains(said), "{said} is not in {}", ran.err);
    }
    for (words, said) in [
        (&["hide", "zebra crossing"][..], "no listing fits"),
        (&["beds", "hill:valley", "3"], "no place to live"),
        (&["correct", "hill:valley", "phon", "555-0101"], "did you mean `phone`?"),
        (&["correct", "hill:valley", "phone", "ask at the door"], "must be a telephone number"),
        (&["correct", "hill:valley", "times", "Tuesday evening"], "times must be like 19:00"),
        (&["close", "hill:valley", "--until", "2001-01-01"], "in the past"),
        (&["close", "hill:valley", "--until", "soon"], "soon"),
        (&["close", "hill:valley", "--from", "2099-02-02", "--until", "2099-02-01"], "before `from`"),
        (&["note", "hill:valley", ""], "empty"),
        (&["add", "gone.toml"], "there is no such file"),
        (&["add", "--kind", "meting", "--name", "New"], "meting"),
        (&["hide"], "WHAT"),
    ] {
        let ran = run(&desk, words);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words:?} {}", ran.err);
        assert!(ran.err.contains(said), "{words:?}: {said} is not in {}", ran.err);
    }
    assert_eq!(desk.status()["edition"], before);
    assert!(!desk.data().join("overrides.toml").exists());
}

#[test]
fn corrections_beds_and_added_listings_are_found_as_they_are() {
    let desk = center();
    done(&desk, &["correct", "hill:valley", "name", "Riverside Lanterns"]);
    done(&desk, &["correct", "hill:valley", "times", "Tue 18:00; Sat noon"]);
    assert_eq!(names(&desk, "2026-11-24T12:00", "riverside"), ["Riverside Lanterns"]);
    assert!(found(&desk, "2026-11-24T12:00", "riverside")[0].1.starts_with("2026-11-24T18:00"));
    done(&desk, &["beds", "hill:house", "2"]);
    done(&desk, &["beds", "sample elm house", "3"]);
    let beds: Vec<u64> = listed(&desk).iter().filter_map(|entry| entry["free"].as_u64()).collect();
    assert_eq!(beds, [3], "the last count stands for the one before");
    let toml = "[[service]]\nkey = \"pantry\"\nname = \"Sample Pantry\"\nsort = \"basic-needs\"\n";
    let ran = run_with(&desk, &["add", "-"], toml);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(names(&desk, "2026-11-24T12:00", "pantry"), ["Sample Pantry"]);
    assert_eq!(run_with(&desk, &["add", "-"], toml).code, 2, "twice");
    let words =
        ["add", "--kind", "meeting", "--name", "Dawn \"Lamp\"", "--times", "daily 07:00", "--street", "1 Elm St"];
    done(&desk, &words);
    assert_eq!(names(&desk, "2026-11-24T12:00", "dawn"), ["Dawn \"Lamp\""]);
    done(&desk, &["hide", "desk:pantry"]);
    done(&desk, &["refresh"]);
    assert_eq!(names(&desk, "2026-11-24T12:00", "pantry"), Vec::<String>::new());
    assert_eq!(desk.status()["feeds"]["desk"], 2);
}

#[test]
fn a_listing_that_is_gone_keeps_its_override() {
    let desk = center();
    done(&desk, &["note", "hill:valley", "moved to room 4"]);
    desk.write("hill.toml", LISTINGS.replace("\"valley\"", "\"dale\""));
    let said = done(&desk, &["refresh"]);
    assert!(said.contains("override 1 (note) is for a listing that is gone; it is kept"), "{said}");
    desk.write("hill.toml", LISTINGS);
    assert!(!done(&desk, &["refresh"]).contains("override"));
    assert_eq!(listed(&desk).len(), 1);
}

#[test]
fn a_faulty_file_is_told_with_its_lines_and_the_last_good_one_holds() {
    let desk = center();
    done(&desk, &["hide", "hill:valley"]);
    done(&desk, &["note", "hill:hilltop", "bring a cup"]);
    let broken = file(&desk).replace("do = \"hide\"", "do = \"hid\"");
    std::fs::write(desk.data().join("overrides.toml"), &broken).unwrap();
    let ran = run(&desk, &["refresh"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("overrides.toml:7: `do` is \"hid\"; did you mean \"hide\"?"), "{}", ran.err);
    assert_eq!(names(&desk, "2026-11-24T12:00", "lanterns"), ["Hilltop Lanterns"], "what was hidden stays hidden");
    for words in [&["hide", "hill:hilltop"][..], &["overrides"], &["overrides", "--remove", "1"]] {
        let ran = run(&desk, words);
        assert_eq!(ran.code, 2, "{words:?}");
        assert!(ran.err.contains("overrides.toml:7: "), "{}", ran.err);
    }
    assert_eq!(file(&desk), broken, "it is not written over");
}

#[test]
fn two_at_once_do_not_write_over_each_other() {
    let desk = center();
    let lock = std::fs::File::create(desk.data().join("overrides.lock")).unwrap();
    lock.lock().unwrap();
    let ran = run(&desk, &["hide", "hill:valley"]);
    assert_eq!(ran.code, 75);
    assert!(ran.err.contains("nothing was changed") && !desk.data().join("overrides.toml").exists(), "{}", ran.err);
    drop(lock);
}

#[test]
fn what_staff_say_while_a_refresh_is_running_is_shown_when_that_is_done() {
    let desk = center();
    let turn = std::fs::File::create(desk.data().join("refresh.lock")).unwrap();
    turn.lock().unwrap();
    let config = desk.path("site.toml");
    let say = |words: &[&str]| {
        let command = [&["--config", config.to_str().unwrap()], words].concat();
        let mut said = desk.command(&command).spawn().unwrap();
        let mut told = String::new();
        let mut err = BufReader::new(said.stderr.take().unwrap());
        err.read_line(&mut told).unwrap();
        assert!(told.contains("another refresh is running; waiting"), "{told}");
        (said, err)
    };
    // Two, so that they wait for each other too.
    let waiting = [say(&["hide", "hill:valley"]), say(&["notice", "Soup on Friday"])];
    assert_eq!(names(&desk, "2026-11-24T12:00", "lanterns").len(), 2, "nothing is put up meanwhile");
    drop(turn);
    for (said, mut err) in waiting {
        let ended = said.wait_with_output().unwrap();
        let mut told = String::new();
        err.read_to_string(&mut told).unwrap();
        assert!(ended.status.success(), "{told}");
    }
    assert_eq!(names(&desk, "2026-11-24T12:00", "lanterns"), ["Hilltop Lanterns"]);
    let newest = index::shelf::Shelf::at(desk.data()).newest_sound().unwrap().0;
    assert_eq!((newest.sequence, newest.manifest.notices.len()), (3, 1));
}

#[test]
fn what_is_over_is_taken_away_at_the_next_change() {
    let desk = center();
    done(&desk, &["hide", "hill:valley", "--until", "2099-12-01"]);
    let past = file(&desk).replace("2099-12-01", "2001-12-01");
    std::fs::write(desk.data().join("overrides.toml"), past).unwrap();
    assert_eq!(listed(&desk)[0]["stands"], "over");
    let said = done(&desk, &["notice", "Soup on Friday", "--until", "2099-12-04"]);
    assert!(said.contains("Override 1 is over and was taken away"), "{said}");
    assert_eq!(listed(&desk).len(), 1);
    let before = std::fs::read_to_string(desk.data().join("overrides.toml.before")).unwrap();
    assert!(before.contains("2001-12-01"), "what stood before is kept: {before}");
}

/// What staff say at the command line stands on the visitor's screen, as theirs.
#[test]
fn a_visitor_reads_what_staff_say() {
    let data = tempfile::tempdir().unwrap();
    let staff = |words: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_porchlight"));
        let ran = program.env_clear().arg("--data").arg(data.path()).args(words).output().unwrap();
        assert!(ran.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ran.stderr));
    };
    staff(&["notice", "Soup is on at six.", "--until", "2099-12-01"]);
    staff(&["notice", "This comes later.", "--from", "2099-12-01"]);
    staff(&["note", "sample:sunrise-serenity", "Moved to room 4.", "--until", "2099-12-01"]);
    staff(&["close", "sample:sunrise-serenity", "--until", "2099-12-01", "--note", "Burst pipe."]);
    let mut room = crate::room::Room::with("xterm-256color", data, &[]);
    room.shows("Soup is on at six.").shows("Find a meeting");
    assert!(!room.text().contains("This comes later."), "{}", room.text());
    room.press(b"sunrise serenity").shows("Closed until December 1, 2099");
    room.press(b"\x1b[B").press(b"\r").shows("The staff here: Burst pipe.").shows("The staff here: Moved to room 4.");
}
