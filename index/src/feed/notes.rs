//! What staff should know, gathered while reading. The same fault in many rows has the same words, so that it can be
//! counted instead of read many times.

use std::collections::BTreeSet;

use crate::feed::{Complaint, Part, Spot};
use crate::text;

/// The longest name of a file, in characters.
pub(super) const MOST_FILE: usize = 60;

/// The complaints of one feed.
pub(super) struct Notes<'a> {
    feed: &'a str,
    /// The files that were begun, by name.
    files: Vec<String>,
    said: BTreeSet<String>,
    list: Vec<Complaint>,
}

/// Which row a complaint is about.
#[derive(Clone, Debug)]
pub(super) struct At {
    /// Where it stands in the file.
    pub(super) spot: Spot,
    /// Its key, once it is known.
    pub(super) key: Option<String>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(feed: &'a str) -> Self {
        Self { feed, files: Vec::new(), said: BTreeSet::new(), list: Vec::new() }
    }

    /// From here on it is about this file.
    pub(super) fn begin(&mut self, part: &Part<'_>) {
        self.files.push(text::clean(part.name, MOST_FILE));
    }

    /// A place in the file that was begun last.
    pub(super) fn here(&self, spot: Spot) -> Spot {
        Spot { file: self.files.len(), ..spot }
    }

    /// About the feed as a whole; said once, however often it is noticed.
    pub(super) fn feed(&mut self, text: impl Into<String>) {
        let text = text.into();
        if self.said.insert(text.clone()) {
            self.push(None, text, false);
        }
    }

    /// About a row that is kept.
    pub(super) fn row(&mut self, at: &At, text: impl Into<String>) {
        self.push(Some(at), text.into(), false);
    }

    /// About a row that cannot be used.
    pub(super) fn dropped(&mut self, at: &At, text: impl Into<String>) {
        self.push(Some(at), text.into(), true);
    }

    /// The name of the file that was begun last.
    pub(super) fn file(&self) -> Option<&str> {
        self.files.last().map(String::as_str)
    }

    /// What was noticed elsewhere, as if it had been noticed here.
    pub(super) fn take_over(&mut self, complaints: impl IntoIterator<Item = Complaint>) {
        for complaint in complaints {
            // What has no place is about the feed as a whole.
            if complaint.place.is_some() || self.said.insert(complaint.text.clone()) {
                self.list.push(complaint);
            }
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    pub(super) fn into_list(mut self) -> Vec<Complaint> {
        if self.files.len() < 2 {
            // Nobody asks in which file, where there is one.
            self.list.iter_mut().for_each(|complaint| complaint.file = None);
        }
        self.list
    }

    fn push(&mut self, at: Option<&At>, text: String, dropped: bool) {
        self.list.push(Complaint {
            feed: self.feed.to_owned(),
            key: at.and_then(|at| at.key.clone()),
            file: at.and_then(|at| self.files.get(at.spot.file.checked_sub(1)?)).cloned(),
            place: at.map(|at| Spot { file: 0, ..at.spot }),
            text,
            dropped,
        });
    }
}

/// A piece of a file, fit to be quoted in a complaint.
pub(super) fn quote(raw: &str) -> String {
    const MOST: usize = 60;
    let short = text::clean(raw, MOST);
    if short.chars().count() == MOST { format!("“{short}…”") } else { format!("“{short}”") }
}
