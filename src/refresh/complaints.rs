//! What was found wrong with each feed when it was last read, kept for whoever looks at it later: a refresh that a timer
//! ran has told it to nobody.
//!
//! One file in the data folder, put in place whole after each edition, which it names: whoever takes that edition back is
//! told that this was found in it, until the next one is put up. It can always be had again by another refresh, so one
//! that is damaged says nothing and is no fault. What stands in it came from outside once: it was cleaned when it was
//! written, and is cleaned again, for nobody knows who wrote the file.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::Path;

use index::feed::Complaint;
use index::text;
use serde::{Deserialize, Serialize};

use crate::store::{self, Store};

/// The file.
const FILE: &str = "complaints.json";

/// The form of the file.
const FORM: u32 = 1;

/// So many are kept of a feed; nobody reads more, and they repeat each other. Remarks on listings that stand make room
/// for what was left out.
const MOST: usize = 200;

/// So many of all feeds together.
const MOST_OF_ALL: usize = 10_000;

/// The longest file that is read, in bytes: so many of the longest.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// The longest text of one, and the longest of its place and its key, in characters.
const MOST_TEXT: usize = 400;
const MOST_NAME: usize = 80;

/// What was found wrong with a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaints {
    /// It, in its order; where it is much, what would be missed most.
    pub notes: Vec<Note>,
    /// How much more there was.
    pub more: usize,
}

/// One thing that was found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where: "row 7", or of several files "houses.csv, row 7".
    pub place: Option<String>,
    /// The key of the listing, where it has one.
    pub key: Option<String>,
    /// What is wrong and what was done about it, in plain words.
    pub text: String,
    /// Whether the listing was left out because of it.
    pub dropped: bool,
}

impl Note {
    fn of(complaint: &Complaint) -> Self {
        let Complaint { key, text, dropped, .. } = complaint;
        Self { place: complaint.at(), key: key.clone(), text: text.clone(), dropped: *dropped }
    }

    /// As it may be shown, whatever was written.
    fn clean(self) -> Self {
        let name =
            |name: Option<String>| name.map(|name| text::clean(&name, MOST_NAME)).filter(|name| !name.is_empty());
        let Self { place, key, text, dropped } = self;
        Self { place: name(place), key: name(key), text: text::clean(&text, MOST_TEXT), dropped }
    }
}

/// `row 7, monday-noon: what is wrong (left out)`
impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whose: Vec<&str> = self.place.iter().chain(&self.key).map(String::as_str).collect();
        let colon = if whose.is_empty() { "" } else { ": " };
        let left = if self.dropped { " (left out)" } else { "" };
        write!(out, "{}{colon}{}{left}", whose.join(", "), self.text)
    }
}

/// All that was found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The edition in which it was; `None` where an earlier version of the program did not write it down.
    pub edition: Option<String>,
    /// Whether that edition was taken back.
    pub is_taken_back: bool,
    /// It, by the feed's name; a feed without a fault has an empty list.
    pub feeds: BTreeMap<String, Complaints>,
}

/// All of the file.
#[derive(Serialize, Deserialize)]
struct Kept {
    form: u32,
    #[serde(default)]
    edition: Option<String>,
    feeds: BTreeMap<String, Complaints>,
}

/// What was found wrong with each feed when it was last read. Empty when nothing is known: no edition was put up yet, or the file is damaged.
pub fn complaints(data: &Path) -> Found {
    let kept = store::bytes(&data.join(FILE), MOST_BYTES).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Some(Kept { form: FORM, edition, feeds }) = kept else { return Found::default() };
    let clean = |(feed, Complaints { notes, more }): (String, Complaints)| {
        let more = notes.len().saturating_sub(MOST).saturating_add(more);
        let notes = notes.into_iter().take(MOST).map(Note::clean).collect();
        (text::clean(&feed, MOST_NAME), Complaints { notes, more })
    };
    let edition = edition.map(|name| text::clean(&name, MOST_NAME)).filter(|name| !name.is_empty());
    let withdrawn = Store::at(data.to_owned()).shelf().withdrawn();
    let is_taken_back = edition.as_ref().is_some_and(|name| withdrawn.iter().any(|other| other.name.ends_with(name)));
    Found { edition, is_taken_back, feeds: feeds.into_iter().map(clean).collect() }
}

/// Keeps what was found wrong in this edition, in place of what was found before. `feeds` are all that were read.
///
/// # Errors
/// When the disk does not take it; then what was found before stays.
pub fn keep_complaints<'a>(
    data: &Path,
    edition: &str,
    feeds: impl IntoIterator<Item = &'a str>,
    complaints: &[Complaint],
) -> io::Result<()> {
    let mut all: BTreeMap<String, Complaints> =
        feeds.into_iter().map(|feed| (feed.to_owned(), Complaints::default())).collect();
    let most = (MOST_OF_ALL / all.len().max(1)).min(MOST);
    let mut of_feeds: BTreeMap<&str, Vec<(usize, &Complaint)>> = BTreeMap::new();
    for (number, complaint) in complaints.iter().enumerate() {
        of_feeds.entry(&complaint.feed).or_default().push((number, complaint));
    }
    for (feed, mut found) in of_feeds {
        // What only counts others says nothing that the count does not.
        found.sort_by_key(|(number, complaint)| (complaint.stands_for > 1, complaint.is_remark(), *number));
        let more = found.split_off(most.min(found.len())).into_iter().map(|(_, complaint)| complaint.stands_for).sum();
        found.sort_by_key(|(number, _)| *number);
        let notes = found.into_iter().map(|(_, complaint)| Note::of(complaint).clean()).collect();
        all.insert(feed.to_owned(), Complaints { notes, more });
    }
    let kept = Kept { form: FORM, edition: Some(edition.to_owned()), feeds: all };
    store::replace(&data.join(FILE), &serde_json::to_vec(&kept)?)
}

#[cfg(test)]
mod tests {
    use index::feed::Spot;

    use super::*;

    fn complaint(feed: &str, text: &str) -> Complaint {
        let (key, place) = (Some("noon".to_owned()), Some(Spot::row(7)));
        Complaint { feed: feed.to_owned(), key, file: None, place, text: text.to_owned(), dropped: true, stands_for: 1 }
    }

    #[test]
    fn what_is_kept_is_read_again_and_there_is_an_end_to_it() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(complaints(data.path()), Found::default());
        let mut all = vec![complaint("town", "it has no name"); MOST + 3];
        all.push(complaint("desk", "it is gone"));
        keep_complaints(data.path(), "000001-sample", ["town", "dale"], &all).unwrap();
        let kept = complaints(data.path()).feeds;
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["dale", "desk", "town"]);
        assert_eq!((kept["town"].notes.len(), kept["town"].more), (MOST, 3));
        assert_eq!(kept["desk"].notes[0].to_string(), "row 7, noon: it is gone (left out)");
        assert_eq!(kept["dale"], Complaints::default());
        let whole = Note { text: "all of it".to_owned(), ..Note::default() };
        assert_eq!(whole.to_string(), "all of it");
    }

    #[test]
    fn what_was_left_out_is_kept_before_remarks_and_all_is_counted() {
        let data = tempfile::tempdir().unwrap();
        let remark = |number: usize| Complaint { dropped: false, ..complaint("town", &format!("remark {number}")) };
        let mut all: Vec<Complaint> = (0..MOST).map(remark).collect();
        all.push(Complaint::of_feed("town", "no time zone"));
        all.push(complaint("town", "it has no name"));
        all.push(Complaint { stands_for: 1000, ..Complaint::of_feed("town", "and a thousand more") });
        keep_complaints(data.path(), "000001-sample", ["town"], &all).unwrap();
        let kept = &complaints(data.path()).feeds["town"];
        assert_eq!((kept.notes.len(), kept.more), (MOST, 1002));
        let texts: Vec<&str> = kept.notes.iter().map(|note| note.text.as_str()).collect();
        let last = format!("remark {}", MOST - 3);
        assert_eq!((texts[0], &texts[MOST - 3..]), ("remark 0", &[&last, "no time zone", "it has no name"][..]));
    }

    #[test]
    fn the_most_that_is_written_can_be_read() {
        let data = tempfile::tempdir().unwrap();
        let feeds: Vec<String> = (0..MOST_OF_ALL / 5).map(|number| format!("feed-{number}")).collect();
        let all = vec![complaint("feed-3", "it has no name"); 9];
        keep_complaints(data.path(), "000001-sample", feeds.iter().map(String::as_str), &all).unwrap();
        let kept = complaints(data.path()).feeds;
        assert_eq!((kept.len(), kept["feed-3"].notes.len(), kept["feed-3"].more), (feeds.len(), 5, 4));
        let long = |most: usize| "🏠".repeat(most);
        let longest = Note { place: Some(long(99)), key: Some(long(99)), text: long(999), dropped: false }.clean();
        assert!(serde_json::to_vec(&longest).unwrap().len() * MOST_OF_ALL < MOST_BYTES);
    }

    #[test]
    fn a_damaged_file_says_nothing_and_an_evil_one_nothing_evil() {
        let data = tempfile::tempdir().unwrap();
        let write = |text: &str| std::fs::write(data.path().join(FILE), text).unwrap();
        keep_complaints(data.path(), "000001-sample", [], &[complaint("town", "it has no name")]).unwrap();
        let whole = std::fs::read_to_string(data.path().join(FILE)).unwrap();
        assert_eq!(complaints(data.path()).feeds.len(), 1);
        for damaged in ["", "[]", "null", &whole[..whole.len() / 2], &whole.replace("\"form\":1", "\"form\":2")] {
            write(damaged);
            assert_eq!(complaints(data.path()), Found::default(), "{damaged}");
        }
        write(&whole.replace("noon", "no\\u001b]0;x\\u0007on").replace("no name", "\\u009b2J\\u202e\\ufefftext"));
        let kept = complaints(data.path()).feeds;
        let Note { key, text, .. } = &kept["town"].notes[0];
        assert!(text::is_clean(text) && text::is_clean(key.as_ref().unwrap()), "{text:?} {key:?}");
        std::fs::remove_file(data.path().join(FILE)).unwrap();
        std::fs::create_dir(data.path().join(FILE)).unwrap();
        assert_eq!(complaints(data.path()), Found::default());
    }
}
