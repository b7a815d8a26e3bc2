//! A server that takes its time costs itself alone: it is left when its time is over, what it said last stays, and the
//! feeds before and behind it are taken as ever.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use index::overrides::Overrides;
use index::plan::Limits;
use index::vocabulary::Vocabulary;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use porchlight::config::FeedsFile;
use porchlight::fetch::Rules;
use porchlight::refresh::{Built, Gathered, Ground, gather};
use serde_json::{Value, json};

use super::server::{Line, Server, answer, head};
use super::{hasty, never};

/// What a server does with who asks.
type Slowness = fn(&mut Line);

/// The ways to be slow, and what staff are told of each.
const SLOW: [(&str, &str, Slowness); 4] = [
    ("a byte now and then", "sends too slowly", |line| {
        line.say(head("200 OK", &[], 100_000));
        line.drip();
    }),
    ("half a body, and no more", "stopped sending", |line| {
        line.say(head("200 OK", &[], 100_000));
        line.say("[".repeat(50_000));
        line.hold();
    }),
    ("no word at all", "did not answer", Line::hold),
    ("chunk after chunk without end", "sends too slowly", |line| {
        line.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while line.say("1\r\n \r\n") {
            // Until the client hangs up.
        }
    }),
];

/// A list of so many invented meetings of this name.
fn list(name: &str, count: usize) -> String {
    let row = |number: usize| json!({"slug": format!("s{number}"), "name": format!("{name} Lantern {number}"), "day": 2, "time": "19:00"});
    Value::from((0..count).map(row).collect::<Vec<_>>()).to_string()
}

/// Three feeds of the network, read and kept in a folder of their own.
struct Town {
    home: tempfile::TempDir,
    feeds: FeedsFile,
}

impl Town {
    fn new(servers: &[(&str, &Server)]) -> Self {
        let table = |(name, server): &(&str, &Server)| {
            let url = server.at("/meetings.json");
            format!(
                "[[feed]]\nname = \"{name}\"\nform = \"meeting-guide\"\nurl = \"{url}\"\nprivate_network = true\nfellowship = \"aa\"\ntimezone = \"America/New_York\"\n"
            )
        };
        let text: String = servers.iter().map(table).collect();
        let feeds = FeedsFile::read("feeds.toml", &text, Vocabulary::builtin(), &[]).unwrap();
        Self { home: tempfile::tempdir().unwrap(), feeds }
    }

    /// All of them asked, at this hour, and what came of it kept.
    fn asked(&self, hour: u8, rules: &Rules) -> Gathered {
        let now: Timestamp = format!("2026-11-25T{hour:02}:00:00Z").parse().unwrap();
        let ground = Ground {
            folder: self.home.path(),
            kept: &self.home.path().join("feeds"),
            built: &Built::default(),
            keeps: true,
            offline: false,
            rules,
            due: None,
            now,
            standing: None,
            originals: &[],
            vocabulary: Vocabulary::builtin(),
            today: "2026-11-25".parse().unwrap(),
            zone: TimeZone::UTC,
            limits: Limits::default(),
            accepted: &BTreeMap::new(),
            held: &BTreeSet::new(),
            overrides: &Overrides::default(),
            stop: never(),
        };
        let gathered = gather(&self.feeds, &ground, &mut |_| ());
        let faults = gathered.settle(now);
        assert!(faults.is_empty(), "{faults:?}");
        gathered
    }
}

/// The records of each feed.
fn counts(gathered: &Gathered) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for record in &gathered.records {
        *counts.entry(record.id.feed()).or_default() += 1;
    }
    counts
}

/// A server with a list of so many meetings, and one more once `later` is set.
fn healthy(name: &'static str, count: usize, later: &Arc<AtomicBool>) -> Server {
    let later = Arc::clone(later);
    Server::new(move |_, line| {
        let more = usize::from(later.load(Ordering::SeqCst));
        line.say(answer("200 OK", &[("Content-Type", "application/json")], list(name, count + more)));
    })
}

fn is_left_and_the_others_are_taken(what: &str, told: &str, slowness: Slowness) {
    let later = Arc::new(AtomicBool::new(false));
    let slow = {
        let later = Arc::clone(&later);
        Server::new(move |_, line| {
            if later.load(Ordering::SeqCst) {
                slowness(line);
            } else {
                line.say(answer("200 OK", &[("Content-Type", "application/json")], list("Slow", 5)));
            }
        })
    };
    let (first, last) = (healthy("First", 10, &later), healthy("Last", 20, &later));
    let town = Town::new(&[("first", &first), ("slow", &slow), ("last", &last)]);
    let before = town.asked(1, &Rules::default());
    assert_eq!(counts(&before), BTreeMap::from([("first", 10), ("slow", 5), ("last", 20)]), "{what}");
    later.store(true, Ordering::SeqCst);
    // Also the second time in a row: what was kept is not used up.
    for hour in [2, 3] {
        let after = town.asked(hour, &Rules { slowest: 0, ..hasty() });
        assert_eq!(counts(&after), BTreeMap::from([("first", 11), ("slow", 5), ("last", 21)]), "{what}");
        assert_eq!(after.kept, BTreeMap::from([("slow".to_owned(), 5)]), "{what}");
        let read = |feed: &str| after.read[feed].to_string();
        assert_eq!(read("slow"), "2026-11-25T01:00:00Z", "{what}: it is as old as it is");
        assert_eq!(read("last"), format!("2026-11-25T0{hour}:00:00Z"), "{what}");
        let [complaint] = &after.complaints[..] else { panic!("{what}: {:?}", after.complaints) };
        assert!(complaint.feed == "slow" && complaint.text.contains(told), "{what}: {complaint:?}");
    }
}

#[test]
fn a_server_that_takes_its_time_is_left_and_the_others_are_taken() {
    std::thread::scope(|scope| {
        for (what, told, slowness) in SLOW {
            scope.spawn(move || is_left_and_the_others_are_taken(what, told, slowness));
        }
    });
}
