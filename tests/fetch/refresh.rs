//! A whole refresh over the network: the server may do what it wants, and what was accepted before stays.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::server::{Server, answer};
use crate::desk::{Desk, Ran};

/// A list of so many invented meetings, in Meeting Guide's form.
pub(super) fn list(count: usize) -> String {
    let row = |number: usize| json!({"slug": format!("s{number}"), "name": format!("Lantern {number}"), "day": 2, "time": "19:00"});
    Value::from((0..count).map(row).collect::<Vec<_>>()).to_string()
}

/// A server whose answer can be changed, and that counts how often it said that nothing had changed.
pub(super) struct Feed {
    pub(super) server: Server,
    says: Arc<Mutex<Vec<u8>>>,
    unchanged: Arc<AtomicUsize>,
}

impl Feed {
    pub(super) fn new() -> Self {
        let says = Arc::new(Mutex::new(Vec::new()));
        let unchanged = Arc::new(AtomicUsize::new(0));
        let (answers, counts) = (says.clone(), unchanged.clone());
        let server = Server::new(move |asked, line| {
            let says: Vec<u8> = answers.lock().unwrap().clone();
            if asked.header("If-None-Match") == Some("\"one\"") && says.windows(5).any(|part| part == b"\"one\"") {
                counts.fetch_add(1, Ordering::SeqCst);
                line.say(answer("304 Not Modified", &[("ETag", "\"one\"")], ""));
            } else {
                line.say(says);
            }
        });
        Self { server, says, unchanged }
    }

    pub(super) fn says(&self, answer: Vec<u8>) {
        *self.says.lock().unwrap() = answer;
    }

    pub(super) fn says_list(&self, count: usize, tag: &str) {
        self.says(answer("200 OK", &[("ETag", tag), ("Content-Type", "application/json")], list(count)));
    }

    /// How often it said so.
    pub(super) fn unchanged(&self) -> usize {
        self.unchanged.load(Ordering::SeqCst)
    }

    /// A desk with this feed and one from a file.
    pub(super) fn desk(&self) -> Desk {
        let desk = Desk::new();
        desk.write("dale.toml", "[[meeting]]\nkey = \"dale\"\nname = \"Valley Lanterns\"\n");
        let url = self.server.at("/meetings.json");
        desk.write(
            "feeds.toml",
            format!(
                "[[feed]]\nname = \"town\"\nform = \"meeting-guide\"\nurl = \"{url}\"\nprivate_network = true\n\
                 fellowship = \"aa\"\ntimezone = \"America/New_York\"\n\n\
                 [[feed]]\nname = \"dale\"\nform = \"porchlight\"\nfile = \"dale.toml\"\n"
            ),
        );
        desk
    }
}

pub(super) fn refresh(desk: &Desk, words: &[&str]) -> Ran {
    let feeds = desk.path("feeds.toml");
    let ran = desk.run(&[&["refresh", "--json", "--feeds", feeds.to_str().unwrap()], words].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

pub(super) fn complaint(ran: &Ran) -> String {
    ran.events("complaint").iter().filter(|told| told["feed"] == "town").map(|told| told["text"].to_string()).collect()
}

#[test]
fn what_a_server_said_last_that_was_good_stays_whatever_it_says_now() {
    let feed = Feed::new();
    let desk = feed.desk();
    feed.says_list(50, "\"one\"");
    refresh(&desk, &[]);
    assert_eq!(desk.status()["feeds"]["town"], 50);
    // Nothing new: it is not sent again, and counts as read.
    let ran = refresh(&desk, &[]);
    assert_eq!((feed.unchanged.load(Ordering::SeqCst), desk.status()["feeds"]["town"].as_u64()), (1, Some(50)));
    assert_eq!(ran.events("kept").len(), 0);
    let half = answer("200 OK", &[], list(50));
    for (says, why) in [
        (answer("500 Internal Server Error", &[], "sorry"), "500"),
        (answer("404 Not Found", &[], "gone"), "404"),
        (answer("200 OK", &[("Content-Type", "text/html")], "<!DOCTYPE html><title>Log in</title>"), "web page"),
        (answer("200 OK", &[], "[]"), "empty list"),
        (half[..half.len() / 2].to_vec(), ""),
        (Vec::new(), ""),
    ] {
        feed.says(says);
        let ran = refresh(&desk, &[]);
        assert_eq!(ran.events("kept")[0]["records"], 50, "{}", ran.out);
        let told = complaint(&ran);
        assert!(!told.is_empty() && told.contains(why), "{why:?} is not in {told}");
        assert_eq!(desk.names("lantern 44"), ["Lantern 44"]);
        assert_eq!(desk.status()["feeds"]["dale"], 1, "the others go on");
    }
    // Staff see which feed, since when, and why.
    let lately = &desk.status()["lately"]["town"];
    assert!(lately["read"].is_string() && !lately["failed"].as_str().unwrap().is_empty(), "{lately}");
    assert_eq!(lately["look"], false, "not for so short a time");
    let told = desk.run(&["status"]).out;
    assert!(told.contains("town: read 0 minutes ago; the last try failed: "), "{told}");
    // A list that shrank to a tenth.
    feed.says_list(5, "\"two\"");
    assert_eq!(refresh(&desk, &[]).events("held")[0]["why"], "it lost 45 of 50 listings");
    assert_eq!(desk.status()["feeds"]["town"], 50);
    // And a server that is gone.
    drop(feed);
    let ran = refresh(&desk, &[]);
    assert_eq!(ran.events("kept")[0]["records"], 50, "{}", ran.out);
    assert_eq!(desk.status()["feeds"]["town"], 50);
}

#[test]
fn without_a_network_everything_is_built_again_from_what_is_kept() {
    let feed = Feed::new();
    let desk = feed.desk();
    feed.says_list(50, "\"one\"");
    refresh(&desk, &[]);
    drop(feed);
    // Also when not one edition is left.
    std::fs::remove_dir_all(desk.data().join("editions")).unwrap();
    let ran = refresh(&desk, &["--offline"]);
    assert_eq!(ran.events("complaint").len(), 0, "{}", ran.out);
    assert_eq!(desk.status()["feeds"]["town"], 50);
    // What is kept and damaged is not used, and the standing edition stands in.
    let kept = desk.data().join("feeds/town");
    let parts =
        std::fs::read_dir(&kept).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap();
    std::fs::write(parts.join("0"), "[]").unwrap();
    let ran = refresh(&desk, &[]);
    assert!(complaint(&ran).contains("damaged"), "{}", ran.out);
    assert_eq!(desk.status()["feeds"]["town"], 50);
}

#[test]
fn a_plan_keeps_nothing_and_a_held_feed_is_weighed_against_what_was_accepted() {
    let feed = Feed::new();
    let desk = feed.desk();
    feed.says_list(50, "\"one\"");
    refresh(&desk, &["--plan"]);
    assert!(!desk.data().join("feeds").exists(), "a plan writes nothing");
    refresh(&desk, &[]);
    feed.says_list(30, "\"two\"");
    for _ in 0..2 {
        assert_eq!(refresh(&desk, &[]).events("held")[0]["why"], "it lost 20 of 50 listings");
    }
    refresh(&desk, &["--accept", "town"]);
    assert_eq!(desk.status()["feeds"]["town"], 30);
    feed.says_list(25, "\"three\"");
    assert_eq!(refresh(&desk, &[]).events("held").len(), 0);
    assert_eq!(desk.status()["feeds"]["town"], 25);
}

#[test]
fn a_list_that_comes_page_by_page_is_whole_or_not_taken() {
    let breaks = Arc::new(AtomicUsize::new(0));
    let broken = breaks.clone();
    let server = Server::new(move |asked, line| {
        let page: usize = asked.path.rsplit('=').next().unwrap().parse().unwrap();
        if page == 3 && broken.load(Ordering::SeqCst) > 0 {
            line.say(answer("503 Service Unavailable", &[("Retry-After", "120")], ""));
            return;
        }
        let service = |number: usize| json!({"id": format!("s{page}-{number}"), "name": format!("Sample Service {page}-{number}"), "status": "active"});
        let body = json!({"total_pages": 3, "page_number": page, "contents": (0..20).map(service).collect::<Vec<_>>()});
        line.say(answer("200 OK", &[("Content-Type", "application/json")], body.to_string()));
    });
    let desk = Desk::new();
    let feeds = format!(
        "[[feed]]\nname = \"town\"\nform = \"hsds\"\nurl = \"{}\"\nprivate_network = true\ntimezone = \"America/New_York\"\n",
        server.at("/services?status=active")
    );
    desk.write("feeds.toml", feeds);
    refresh(&desk, &[]);
    assert_eq!(desk.status()["feeds"]["town"], 60);
    assert_eq!(server.paths().len(), 3, "each page was asked for once");
    breaks.store(1, Ordering::SeqCst);
    let feeds = desk.path("feeds.toml");
    let ran = desk.refresh(&feeds);
    assert_eq!(ran.code, 1, "nothing new came, so nothing was put up");
    assert_eq!(ran.events("kept")[0]["records"], 60, "{}", ran.out);
    let told = complaint(&ran);
    assert!(told.contains("503") && told.contains("page"), "{told}");
    let status = desk.status();
    assert_eq!(status["feeds"]["town"], 60);
    assert!(status["lately"]["town"]["failed"].as_str().unwrap().contains("503"), "staff see it all the same");
}
