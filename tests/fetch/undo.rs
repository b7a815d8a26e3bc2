//! Taking an edition back takes back what the feeds said in it, for good: no later command brings it in again unasked.

use std::fs;
use std::path::Path;

use super::refresh::{Feed, complaint, refresh};
use crate::desk::{Desk, rewrite_manifest};

/// A desk whose newest edition, of 55 listings where the one before has 50, was taken back.
fn rolled_back(feed: &Feed) -> Desk {
    let desk = feed.desk();
    feed.says_list(50, "\"one\"");
    refresh(&desk, &[]);
    feed.says_list(55, "\"two\"");
    refresh(&desk, &[]);
    assert_eq!(desk.status()["feeds"]["town"], 55);
    roll_back(&desk);
    assert_eq!(desk.status()["feeds"]["town"], 50);
    desk
}

fn roll_back(desk: &Desk) {
    let ran = desk.run(&["rollback"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// The feeds as `--feeds` names them, for a command that puts up again.
fn with_feeds<'w>(feeds: &'w str, words: &[&'w str]) -> Vec<&'w str> {
    [words, &["--feeds", feeds]].concat()
}

/// The listings that are found, by name.
fn listings(desk: &Desk) -> Vec<String> {
    let mut names = desk.names("lantern");
    names.sort_unstable();
    names
}

/// The names in the folder of what is kept of the feed.
fn parts(desk: &Desk) -> usize {
    let names = fs::read_dir(desk.data().join("feeds/town")).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_str().unwrap().starts_with("parts-")).count()
}

#[test]
fn what_was_taken_back_stays_away_whatever_staff_do_without_a_network() {
    let feed = Feed::new();
    let desk = rolled_back(&feed);
    drop(feed);
    let stood = listings(&desk);
    let feeds = desk.path("feeds.toml");
    let feeds = feeds.to_str().unwrap();
    for words in [
        &["refresh", "--offline"] as &[_],
        &["close", "town:s7", "--note", "Water damage"],
        &["notice", "Soup on Friday"],
        &["overrides", "--remove", "2"],
        &["refresh", "--offline"],
    ] {
        let ran = desk.run(&with_feeds(feeds, words));
        assert_eq!(ran.code, 0, "{words:?}: {}{}", ran.out, ran.err);
        assert_eq!(listings(&desk), stood, "{words:?}");
    }
}

#[test]
fn the_next_refresh_asks_as_if_it_had_never_been_and_weighs_against_what_stands() {
    let feed = Feed::new();
    let desk = rolled_back(&feed);
    // The same again: it is new, and is sent, although it came before.
    let ran = refresh(&desk, &[]);
    let plans = ran.events("plan");
    let town = plans.iter().find(|plan| plan["feed"] == "town").unwrap();
    assert_eq!((&town["before"], &town["after"]), (&50.into(), &55.into()), "{town}");
    assert_eq!(desk.status()["feeds"]["town"], 55);
    // What the server said before is what is here: nothing has to be sent.
    roll_back(&desk);
    feed.says_list(50, "\"one\"");
    refresh(&desk, &[]);
    assert_eq!((feed.unchanged(), desk.status()["feeds"]["town"].as_u64()), (1, Some(50)));
    // A list that shrank is weighed against the one that stands, not against the one that was taken back.
    feed.says_list(64, "\"three\"");
    refresh(&desk, &[]);
    roll_back(&desk);
    feed.says_list(41, "\"four\"");
    let ran = refresh(&desk, &[]);
    assert_eq!(ran.events("held").len(), 0, "{}", ran.out);
    assert_eq!(desk.status()["feeds"]["town"], 41);
}

#[test]
fn several_can_be_taken_back_and_no_more_is_kept_than_editions_need() {
    let feed = Feed::new();
    let desk = feed.desk();
    for count in [40, 42, 44, 46, 48, 50, 52, 54] {
        feed.says_list(count, &format!("\"{count}\""));
        refresh(&desk, &[]);
        assert!(parts(&desk) <= 6, "{count}");
    }
    for count in [52, 50, 48] {
        roll_back(&desk);
        refresh_offline_gives(&desk, count);
        // What was put up just now, of the same bytes.
        roll_back(&desk);
    }
    assert!(parts(&desk) <= 6);
}

fn refresh_offline_gives(desk: &Desk, count: u64) {
    assert_eq!(desk.status()["feeds"]["town"], count);
    let ran = refresh(desk, &["--offline"]);
    assert_eq!(complaint(&ran), "");
    assert_eq!(desk.status()["feeds"]["town"], count);
}

#[test]
fn a_backup_brings_back_also_what_was_taken_back() {
    let feed = Feed::new();
    let desk = feed.desk();
    feed.says_list(50, "\"one\"");
    refresh(&desk, &[]);
    feed.says_list(55, "\"two\"");
    refresh(&desk, &[]);
    drop(feed);
    let file = desk.path("site.backup");
    let words = |what| [what, file.to_str().unwrap()];
    assert_eq!(desk.run(&words("backup")).code, 0);
    roll_back(&desk);
    // Somebody wants it as it was when the backup was made.
    assert_eq!(desk.run(&words("restore")).code, 0);
    refresh(&desk, &["--offline"]);
    assert_eq!(desk.status()["feeds"]["town"], 55);
}

#[test]
fn a_backup_after_an_edition_was_taken_back_holds_what_stands() {
    let feed = Feed::new();
    let desk = rolled_back(&feed);
    drop(feed);
    let file = desk.path("site.backup");
    assert_eq!(desk.run(&["backup", file.to_str().unwrap()]).code, 0);
    fs::remove_dir_all(desk.data()).unwrap();
    assert_eq!(desk.run(&["restore", file.to_str().unwrap()]).code, 0);
    refresh(&desk, &["--offline"]);
    assert_eq!(desk.status()["feeds"]["town"], 50);
}

#[test]
fn a_feed_that_came_with_the_edition_goes_with_it() {
    let (feed, other) = (Feed::new(), Feed::new());
    let desk = feed.desk();
    feed.says_list(50, "\"one\"");
    refresh(&desk, &[]);
    let before = fs::read_to_string(desk.path("feeds.toml")).unwrap();
    let url = other.server.at("/meetings.json");
    other.says_list(30, "\"one\"");
    desk.write("hill.toml", "[[meeting]]\nkey = \"hill\"\nname = \"Hilltop Lantern\"\n");
    desk.write(
        "feeds.toml",
        format!(
            "{before}\n[[feed]]\nname = \"lake\"\nform = \"meeting-guide\"\nurl = \"{url}\"\nprivate_network = true\n\
             fellowship = \"na\"\ntimezone = \"America/New_York\"\n\n\
             [[feed]]\nname = \"hill\"\nform = \"porchlight\"\nfile = \"hill.toml\"\n"
        ),
    );
    refresh(&desk, &[]);
    assert_eq!((desk.status()["feeds"]["lake"].as_u64(), desk.status()["records"].as_u64()), (Some(30), Some(82)));
    roll_back(&desk);
    refresh(&desk, &["--offline"]);
    assert_eq!(desk.status()["records"], 51);
    // Asked for, it comes again.
    refresh(&desk, &[]);
    assert_eq!(desk.status()["records"], 82);
}

/// Takes out of all manifests what the editions were built of, as an earlier version of the program left them.
fn as_of_before(desk: &Desk) {
    for edition in fs::read_dir(desk.data().join("editions")).unwrap().map(|entry| entry.unwrap().path()) {
        if edition.is_dir() {
            rewrite_manifest(&edition, |text| {
                let mut said: serde_json::Value = serde_json::from_str(text).unwrap();
                for (_, feed) in said["feeds"].as_object_mut().unwrap() {
                    feed.as_object_mut().unwrap().remove("read_from");
                }
                said.to_string()
            });
        }
    }
}

#[test]
fn editions_of_an_earlier_version_are_taken_back_too() {
    let feed = Feed::new();
    let desk = feed.desk();
    feed.says_list(50, "\"one\"");
    refresh(&desk, &[]);
    as_of_before(&desk);
    refresh(&desk, &["--offline"]);
    assert_eq!(desk.status()["feeds"]["town"], 50, "what is kept counts");
    as_of_before(&desk);
    feed.says_list(55, "\"two\"");
    refresh(&desk, &[]);
    // The one before does not say what it was built of: its own listings stand for that.
    roll_back(&desk);
    let stood = listings(&desk);
    refresh(&desk, &["--offline"]);
    assert_eq!((listings(&desk), stood.len()), (stood, 51));
    refresh(&desk, &[]);
    assert_eq!(desk.status()["feeds"]["town"], 55);
}

#[test]
fn what_a_damaged_edition_was_built_of_still_counts() {
    let feed = Feed::new();
    let desk = feed.desk();
    for count in [50, 55] {
        feed.says_list(count, &format!("\"{count}\""));
        refresh(&desk, &[]);
    }
    drop(feed);
    let editions = desk.data().join("editions");
    let newest = index::shelf::Shelf::at(desk.data()).newest_name().unwrap();
    for file in fs::read_dir(editions.join(newest)).unwrap().map(|entry| entry.unwrap().path()) {
        if !is_manifest(&file) {
            fs::write(file, "").unwrap();
        }
    }
    assert_eq!(desk.status()["feeds"]["town"], 50, "the one before is shown");
    assert_eq!(desk.run(&["digests"]).code, 0);
    refresh(&desk, &["--offline"]);
    assert_eq!(desk.status()["feeds"]["town"], 55);
}

fn is_manifest(file: &Path) -> bool {
    file.ends_with("manifest.json")
}

#[test]
fn a_refresh_that_was_cut_short_before_it_could_note_anything_counts_when_its_edition_stands() {
    let feed = Feed::new();
    let desk = feed.desk();
    feed.says_list(50, "\"one\"");
    refresh(&desk, &[]);
    let state = desk.data().join("feeds/town/fetched.json");
    let noted = fs::read_to_string(&state).unwrap();
    feed.says_list(55, "\"two\"");
    refresh(&desk, &[]);
    drop(feed);
    // As it is between the edition and the note: what was good is as it was, and what is new stands beside it.
    let mut said: serde_json::Value = serde_json::from_str(&fs::read_to_string(&state).unwrap()).unwrap();
    let before: serde_json::Value = serde_json::from_str(&noted).unwrap();
    assert_eq!(said["others"].as_array().unwrap().len(), 1, "{said}");
    said["others"] = serde_json::json!([said["good"].clone()]);
    said["good"] = before["good"].clone();
    fs::write(&state, said.to_string()).unwrap();
    refresh(&desk, &["--offline"]);
    assert_eq!(desk.status()["feeds"]["town"], 55);
    // And where the edition came not to stand, what is beside counts for nothing.
    fs::remove_dir_all(desk.data().join("editions")).unwrap();
    fs::write(&state, said.to_string()).unwrap();
    refresh(&desk, &["--offline"]);
    assert_eq!(desk.status()["feeds"]["town"], 50);
    assert_eq!(parts(&desk), 1);
}
