//! What is kept of a feed: whole, or nothing.

use std::fs;
use std::path::PathBuf;
use std::thread;

use jiff::Timestamp;
use porchlight::fetch::kept::{Attempt, Ended, Kept, Origin, Unsound};
use porchlight::fetch::{Known, Outcome, Part, Request, fetch};
use tempfile::TempDir;

use super::server::{Server, answer};
use super::{JSON, fault, never, new, request, rules};

const ADDRESS: &str = "https://example.org/feed.json?key=sesame";

fn at(hour: u8) -> Timestamp {
    format!("2026-11-25T{hour:02}:00:00Z").parse().unwrap()
}

fn origin() -> Origin {
    Origin {
        from: "https://example.org/feed.json".to_owned(),
        status: Some(200),
        content_type: Some("application/json".to_owned()),
        known: Known { etag: Some("\"one\"".to_owned()), last_modified: None },
    }
}

fn parts(texts: &[&str]) -> Vec<Part> {
    let part =
        |(number, text): (usize, &&str)| Part { name: format!("page-{}", number + 1), bytes: text.as_bytes().into() };
    texts.iter().enumerate().map(part).collect()
}

/// A keeping of a test, gone after it.
struct Feed {
    home: TempDir,
}

impl Feed {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("feeds/county-aa")
    }

    fn kept(&self) -> Kept {
        Kept::at(self.folder())
    }

    fn keep(&self, hour: u8, texts: &[&str]) {
        self.kept().keep(at(hour), ADDRESS, &origin(), &parts(texts)).unwrap();
    }

    /// The texts that are kept.
    fn texts(&self) -> Vec<String> {
        let good = self.kept().last_good().unwrap().unwrap();
        good.parts.into_iter().map(|part| String::from_utf8(part.bytes).unwrap()).collect()
    }

    /// Every file of it.
    fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.home.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        files
    }

    fn is_damaged(&self) -> bool {
        let damaged = matches!(self.kept().last_good(), Err(Unsound::Damaged(_)));
        // What is damaged must come anew, whatever the server has.
        assert!(!damaged || self.kept().known(ADDRESS) == Known::default());
        damaged
    }
}

#[test]
fn where_nothing_was_kept_there_is_nothing() {
    let feed = Feed::new();
    assert!(feed.kept().last_good().unwrap().is_none());
    assert!(feed.kept().last_attempt().unwrap().is_none());
    assert_eq!(feed.kept().known(ADDRESS), Known::default());
    assert!(feed.files().is_empty());
}

#[test]
fn what_was_kept_is_there_the_next_time() {
    let feed = Feed::new();
    feed.keep(1, &["[1]", "[2]"]);
    let good = feed.kept().last_good().unwrap().unwrap();
    assert_eq!(good.parts, parts(&["[1]", "[2]"]));
    assert_eq!((good.origin, good.at, good.confirmed), (origin(), at(1), at(1)));
    assert_eq!(feed.kept().last_attempt().unwrap(), Some(Attempt { at: at(1), ended: Ended::New }));
    assert!(feed.kept().is(&parts(&["[1]", "[2]"])) && !feed.kept().is(&parts(&["[1]"])));
    feed.keep(2, &["[3]"]);
    assert_eq!(feed.texts(), ["[3]"]);
    assert_eq!(feed.files().len(), 2, "{:?}", feed.files());
}

#[test]
fn an_attempt_that_fails_takes_nothing_away() {
    let feed = Feed::new();
    let failed = Ended::Failed("the server refused the connection".to_owned());
    feed.kept().attempted(at(1), failed.clone()).unwrap();
    assert!(feed.kept().last_good().unwrap().is_none());
    feed.keep(2, &["[1]"]);
    feed.kept().attempted(at(3), failed.clone()).unwrap();
    assert_eq!(feed.kept().last_attempt().unwrap(), Some(Attempt { at: at(3), ended: failed }));
    let good = feed.kept().last_good().unwrap().unwrap();
    assert_eq!((good.at, good.confirmed), (at(2), at(2)));
    feed.kept().attempted(at(4), Ended::Unchanged).unwrap();
    let good = feed.kept().last_good().unwrap().unwrap();
    assert_eq!((good.at, good.confirmed), (at(2), at(4)));
}

#[test]
fn only_the_server_that_gave_it_is_told_what_is_known() {
    let feed = Feed::new();
    feed.keep(1, &["[1]"]);
    assert_eq!(feed.kept().known(ADDRESS), origin().known);
    assert_eq!(feed.kept().known("https://example.org/feed.json?key=other"), Known::default());
    // What came in several parts has no one name.
    feed.keep(2, &["[1]", "[2]"]);
    assert_eq!(feed.kept().known(ADDRESS), Known::default());
}

#[test]
fn damage_of_any_byte_is_noticed_and_mended() {
    let feed = Feed::new();
    feed.keep(1, &["[1]", "[2]"]);
    let files: Vec<_> = feed.files().into_iter().filter(|path| !path.ends_with("fetched.json")).collect();
    assert_eq!(files.len(), 2);
    for file in files {
        let whole = fs::read(&file).unwrap();
        for damaged in [&b""[..], b"[", b"[9]", b"[1] "] {
            fs::write(&file, damaged).unwrap();
            assert!(feed.is_damaged(), "{}", file.display());
        }
        fs::remove_file(&file).unwrap();
        assert!(feed.is_damaged());
        fs::write(&file, whole).unwrap();
        assert_eq!(feed.texts(), ["[1]", "[2]"]);
    }
    fs::write(feed.files().pop().unwrap(), "").unwrap();
    let fault = feed.kept().last_good().unwrap_err().to_string();
    assert!(fault.contains("is damaged (the part \"page-2\" is not as it was) and is not used"), "{fault}");
    feed.keep(2, &["[3]"]);
    assert_eq!(feed.texts(), ["[3]"]);
}

#[test]
fn a_state_that_is_damaged_is_none() {
    let feed = Feed::new();
    feed.keep(1, &["[1]"]);
    let state = feed.folder().join("fetched.json");
    let whole = fs::read_to_string(&state).unwrap();
    // Wherever it is cut (the last byte is only the end of the line), and of another form.
    for cut in 0..whole.len() - 1 {
        fs::write(&state, &whole[..cut]).unwrap();
        assert!(feed.is_damaged(), "{cut}");
    }
    for other in [whole.replace("\"form\": 1", "\"form\": 2"), "[".repeat(100_000), "null".to_owned()] {
        fs::write(&state, other).unwrap();
        assert!(feed.is_damaged());
    }
    feed.kept().attempted(at(2), Ended::Failed("no".to_owned())).unwrap();
    assert!(feed.kept().last_good().unwrap().is_none());
    feed.keep(3, &["[3]"]);
    assert_eq!(feed.texts(), ["[3]"]);
}

#[test]
fn what_was_cut_short_does_not_count() {
    let feed = Feed::new();
    feed.keep(1, &["[1]"]);
    // A kill before the state was in its place: parts without a state, and a state that is not in its place.
    fs::create_dir(feed.folder().join("parts-000002")).unwrap();
    fs::write(feed.folder().join("parts-000002/0"), "[hal").unwrap();
    fs::write(feed.folder().join("fetched.json.next"), "{\"form\": 1").unwrap();
    assert_eq!(feed.texts(), ["[1]"]);
    feed.keep(2, &["[2]"]);
    assert_eq!(feed.texts(), ["[2]"]);
    assert_eq!(feed.files().len(), 2, "{:?}", feed.files());
}

#[test]
fn who_reads_while_others_are_put_in_place_sees_no_damage() {
    let feed = Feed::new();
    feed.keep(0, &["[0]"]);
    thread::scope(|scope| {
        let writes = scope.spawn(|| (1..24).for_each(|hour| feed.keep(hour, &["[0]", "[1]", "[2]"])));
        while !writes.is_finished() {
            assert_eq!(feed.texts()[0], "[0]");
        }
    });
}

#[test]
fn what_cannot_be_kept_takes_nothing_away() {
    let feed = Feed::new();
    feed.keep(1, &["[1]"]);
    // Something stands where the next state is to be written.
    fs::create_dir(feed.folder().join("fetched.json.next")).unwrap();
    assert!(feed.kept().keep(at(2), ADDRESS, &origin(), &parts(&["[2]"])).is_err());
    assert!(feed.kept().attempted(at(2), Ended::Unchanged).is_err());
    assert_eq!(feed.texts(), ["[1]"]);
    assert_eq!(feed.files().len(), 2, "{:?}", feed.files());
}

#[test]
fn names_are_no_paths_and_keys_are_not_written_down() {
    let feed = Feed::new();
    let evil = vec![Part { name: "../../../evil".to_owned(), bytes: b"[1]".to_vec() }];
    feed.kept().keep(at(1), ADDRESS, &origin(), &evil).unwrap();
    assert_eq!(feed.kept().last_good().unwrap().unwrap().parts, evil);
    assert!(feed.files().iter().all(|path| path.starts_with(feed.folder())));
    let state = fs::read_to_string(feed.folder().join("fetched.json")).unwrap();
    assert!(!state.contains("sesame") && state.contains("\"etag\": \"\\\"one\\\"\""), "{state}");
}

#[test]
fn a_file_is_kept_as_a_feed_of_the_network_is() {
    let feed = Feed::new();
    let origin = Origin { from: "meetings.csv".to_owned(), ..Origin::default() };
    feed.kept().keep(at(1), "meetings.csv", &origin, &parts(&["name,day"])).unwrap();
    assert_eq!(feed.kept().last_good().unwrap().unwrap().origin, origin);
    assert_eq!(feed.kept().known("meetings.csv"), Known::default());
}

#[test]
fn a_feed_goes_from_the_network_to_the_disk_and_is_there_without_a_network() {
    let feed = Feed::new();
    let server = Server::new(|asked, line| {
        let unchanged = asked.header("If-None-Match") == Some("\"one\"");
        let same = b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec();
        line.say(if unchanged { same } else { answer("200 OK", &[("ETag", "\"one\"")], JSON) });
    });
    let address = server.at("/feed.json?key=sesame");
    let ask = || Request { known: feed.kept().known(&address), ..request(address.clone()) };
    let came = new(fetch(&ask(), &rules(), &never()));
    let part = Part { name: "feed.json".to_owned(), bytes: came.bytes.clone() };
    feed.kept().keep(at(1), &address, &came.origin(), &[part]).unwrap();
    assert_eq!(fetch(&ask(), &rules(), &never()), Outcome::Unchanged);
    feed.kept().attempted(at(2), Ended::Unchanged).unwrap();
    drop(server);
    let gone = fault(fetch(&ask(), &rules(), &never()));
    feed.kept().attempted(at(3), Ended::Failed(gone.to_string())).unwrap();
    let good = feed.kept().last_good().unwrap().unwrap();
    assert_eq!((good.parts[0].bytes.as_slice(), good.at, good.confirmed), (JSON.as_bytes(), at(1), at(2)));
    // A damaged part is asked for as if there were none.
    fs::write(feed.files().pop().unwrap(), "{").unwrap();
    assert_eq!(ask().known, Known::default());
}
