//! A refresh that a timer runs: it asks the feeds whose time has come, and nobody else.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::refresh::{Feed, list};
use super::server::answer;
use crate::desk::{Desk, Ran};

/// Two feeds of the network.
struct Two {
    town: Feed,
    dale: Feed,
    desk: Desk,
}

impl Two {
    /// Both read, and an edition up.
    fn new() -> Self {
        let two = Self { town: Feed::new(), dale: Feed::new(), desk: Desk::new() };
        two.town.says_list(50, "\"town\"");
        two.dale.says_list(20, "\"dale\"");
        two.write("", "");
        let ran = two.due(&[]);
        assert_eq!((ran.code, ran.events("asking").len()), (0, 2), "what was never read is due: {}", ran.err);
        two
    }

    /// Writes the feeds file, with a line more on each of them.
    fn write(&self, of_town: &str, of_dale: &str) {
        let table = |name, feed: &Feed, more| {
            let url = feed.server.at("/meetings.json");
            format!(
                "[[feed]]\nname = \"{name}\"\nform = \"meeting-guide\"\nurl = \"{url}\"\nprivate_network = true\n\
                 timezone = \"America/New_York\"\n{more}\n"
            )
        };
        let ours = "[[feed]]\nname = \"guide\"\nform = \"porchlight\"\nbuiltin = \"guide\"\n";
        let tables = [&table("town", &self.town, of_town), &table("dale", &self.dale, of_dale), ours];
        self.desk.write("feeds.toml", tables.concat());
    }

    fn due(&self, words: &[&str]) -> Ran {
        let feeds = self.desk.path("feeds.toml");
        self.desk.run(&[&["refresh", "--json", "--due", "--feeds", feeds.to_str().unwrap()], words].concat())
    }

    /// The names of the feeds that are asked.
    fn asked(&self) -> Vec<String> {
        let ran = self.due(&[]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.events("asking").iter().map(|asked| asked["name"].as_str().unwrap().to_owned()).collect()
    }

    /// That nothing is due, and nothing happens.
    #[track_caller]
    fn nothing_is_due(&self) {
        let (edition, asked) = (self.edition(), self.town.server.asked().len() + self.dale.server.asked().len());
        let ran = self.due(&[]);
        let first = ran.lines().swap_remove(0);
        assert_eq!((ran.code, first, ran.out.lines().count()), (0, json!({"event": "nothing-due"}), 1), "{}", ran.err);
        assert_eq!(self.edition(), edition);
        assert_eq!(self.town.server.asked().len() + self.dale.server.asked().len(), asked);
    }

    fn edition(&self) -> Value {
        self.desk.status()["edition"].clone()
    }

    /// As if the last attempt had been so many minutes ago.
    fn ago(&self, feed: &str, minutes: i64) {
        let path = self.desk.data().join("feeds").join(feed).join("fetched.json");
        let mut state: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        state["last"]["at"] = json!(now() - SignedDuration::from_mins(minutes));
        std::fs::write(path, state.to_string()).unwrap();
    }

    /// What `status` says of a feed.
    fn status(&self, feed: &str) -> String {
        let feeds = self.desk.path("feeds.toml");
        let out = self.desk.run(&["status", "--feeds", feeds.to_str().unwrap()]).out;
        out.lines().find(|line| line.starts_with(&format!("{feed}: "))).unwrap_or(&out).to_owned()
    }
}

#[expect(clippy::disallowed_methods, reason = "the program reads the clock, and its files are made older than that")]
fn now() -> Timestamp {
    Timestamp::now()
}

#[test]
fn only_what_is_due_is_asked_and_the_rest_stays() {
    let two = Two::new();
    two.nothing_is_due();
    assert!(two.status("town").ends_with("; next due in 23 hours"), "{}", two.status("town"));
    let feeds = two.desk.path("feeds.toml");
    let told = two.desk.run(&["refresh", "--due", "--feeds", feeds.to_str().unwrap()]);
    let line = "No feed is due; the next one is ";
    assert!(told.out.starts_with(line) && told.out.lines().count() == 1, "{}", told.out);
    two.ago("town", 23 * 60);
    two.nothing_is_due();
    two.ago("town", 24 * 60 - 5);
    assert!(two.status("town").ends_with("; due now"), "{}", two.status("town"));
    let edition = two.edition();
    two.town.says_list(51, "\"more\"");
    two.dale.says_list(21, "\"more\"");
    // The one that is built in is read whenever anything is, and makes nothing due.
    assert_eq!(two.asked(), ["town"]);
    let status = two.desk.status();
    assert_eq!((&status["feeds"]["town"], &status["feeds"]["dale"]), (&json!(51), &json!(20)));
    assert_ne!(status["edition"], edition);
    two.nothing_is_due();
}

#[test]
fn what_failed_is_tried_again_after_an_hour_and_puts_up_nothing() {
    let two = Two::new();
    two.ago("town", 25 * 60);
    two.town.says(answer("503 Service Unavailable", &[], "later"));
    let edition = two.edition();
    let ran = two.due(&[]);
    assert_eq!(ran.code, 1, "nothing came of what was asked: {}", ran.out);
    assert!(ran.err.contains("nothing was put up; the standing edition stays"), "{}", ran.err);
    assert_eq!((two.edition(), &two.desk.status()["feeds"]["town"]), (edition, &json!(50)));
    two.nothing_is_due();
    two.ago("town", 30);
    two.nothing_is_due();
    two.ago("town", 55);
    two.town.says_list(49, "\"again\"");
    assert_eq!(two.asked(), ["town"]);
    assert_eq!(two.desk.status()["feeds"]["town"], 49);
    two.ago("town", 60);
    two.nothing_is_due();
}

#[test]
fn what_is_held_back_waits_for_staff_and_is_asked_again_at_its_ordinary_time() {
    let two = Two::new();
    two.ago("town", 25 * 60);
    two.town.says_list(5, "\"few\"");
    let ran = two.due(&[]);
    let last = ran.lines().pop().unwrap();
    assert_eq!((ran.code, last), (0, json!({"event": "waits", "feeds": ["town"]})), "{}", ran.err);
    assert_eq!(ran.events("held")[0]["why"], "it lost 45 of 50 listings");
    let attempt = || {
        let state = std::fs::read(two.desk.data().join("feeds/town/fetched.json")).unwrap();
        serde_json::from_slice::<Value>(&state).unwrap()
    };
    assert_eq!(attempt()["last"]["ended"], "held");
    for hours in [1, 23] {
        two.ago("town", hours * 60);
        two.nothing_is_due();
    }
    // Told as what it is, and how to accept it.
    let lately = || two.desk.status()["lately"]["town"].clone();
    let said = lately();
    assert_eq!((&said["failed"], &said["held"]), (&Value::Null, &json!("it lost 45 of 50 listings")));
    assert_eq!(said["look"], false);
    let told = two.status("town");
    assert!(!told.contains("failed") && told.contains("HELD BACK, it waits for you"), "{told}");
    assert!(told.contains("porchlight refresh --accept town; next due in "), "{told}");
    // How fresh it is counts from when what stands was confirmed, and not from the list that waits.
    let mut state = attempt();
    let long_ago = json!(now() - SignedDuration::from_hours(73));
    state["good"]["confirmed"] = long_ago.clone();
    std::fs::write(two.desk.data().join("feeds/town/fetched.json"), state.to_string()).unwrap();
    two.ago("town", 24 * 60);
    assert_eq!(two.asked(), ["town"]);
    assert_eq!((&lately()["read"], &lately()["look"]), (&long_ago, &json!(true)));
    assert!(two.status("town").ends_with("<-- PLEASE LOOK"), "{}", two.status("town"));
    // As an earlier version of the program wrote it, it is read too.
    let mut state = attempt();
    state["last"] = json!({"at": now(), "ended": "failed", "why": "it was held back: it lost 45 of 50 listings"});
    std::fs::write(two.desk.data().join("feeds/town/fetched.json"), state.to_string()).unwrap();
    assert!(two.status("town").contains("failed: it was held back: it lost 45"), "{}", two.status("town"));
    assert_eq!(two.due(&["--accept", "town"]).code, 0);
    assert_eq!(
        (&lately()["held"], &lately()["failed"], &lately()["look"]),
        (&Value::Null, &Value::Null, &json!(false))
    );
    assert_eq!(two.desk.status()["feeds"]["town"], 5);
}

#[test]
fn a_feed_can_say_its_own_hours_and_a_settings_file_those_of_all() {
    let two = Two::new();
    two.ago("town", 3 * 60);
    two.ago("dale", 3 * 60);
    two.write("every_hours = 2", "");
    assert_eq!(two.asked(), ["town"]);
    let config = two.desk.write("porchlight.toml", "[refresh]\nevery_hours = 3\n");
    let config = config.to_str().unwrap();
    let status = two.desk.run(&["status", "--json", "--config", config]).json();
    let due = |feed: &str| status["lately"][feed]["due"].as_str().unwrap().parse::<Timestamp>().unwrap();
    assert!(due("dale") < now() && due("town") > now(), "{status}");
    let ran = two.due(&["--config", config]);
    assert_eq!(ran.events("asking")[0]["name"], "dale", "{}", ran.out);
}

#[test]
fn a_clock_that_was_set_back_and_a_new_address_make_it_due() {
    let two = Two::new();
    two.ago("dale", -600 * 24 * 60);
    assert!(two.status("dale").ends_with("; due now"), "{}", two.status("dale"));
    assert_eq!(two.asked(), ["dale"]);
    two.nothing_is_due();
    let feeds = std::fs::read_to_string(two.desk.path("feeds.toml")).unwrap();
    let moved = feeds.replacen("/meetings.json", "/moved.json", 1);
    two.desk.write("feeds.toml", moved);
    assert_eq!(two.asked(), ["town"]);
    assert_eq!(two.town.server.paths().last().unwrap(), "/moved.json");
    two.nothing_is_due();
    // What staff want to have read is read.
    let ran = two.due(&["--accept", "dale"]);
    assert_eq!(ran.events("asking")[0]["name"], "dale", "{}", ran.out);
}

#[test]
fn that_nobody_was_asked_confirms_nothing() {
    let two = Two::new();
    two.ago("town", 23 * 60);
    let state = || std::fs::read(two.desk.data().join("feeds/town/fetched.json")).unwrap();
    let before = state();
    let feeds = two.desk.path("feeds.toml");
    let ran = two.desk.run(&["refresh", "--offline", "--feeds", feeds.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(state() == before, "what is put up again without a network was not read anew");
    two.ago("dale", 25 * 60);
    let before = state();
    assert_eq!(two.asked(), ["dale"]);
    assert!(state() == before, "nor was what is not due");
}

#[test]
fn a_list_that_can_never_be_had_is_not_asked_for_every_time() {
    let two = Two::new();
    std::fs::remove_dir_all(two.desk.data().join("feeds/town")).unwrap();
    two.town.says(answer("404 Not Found", &[], ""));
    assert_eq!(two.due(&[]).code, 1);
    two.nothing_is_due();
    // While another is read, its listings of before stay.
    two.dale.says(answer("200 OK", &[], list(20)));
    two.ago("dale", 25 * 60);
    assert_eq!(two.asked(), ["dale"]);
    assert_eq!(two.desk.status()["feeds"]["town"], 50);
}
