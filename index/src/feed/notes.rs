//! What staff should know, gathered while reading. The same fault in many rows has the same words, so that it can be
//! counted instead of read many times.

use std::collections::BTreeSet;

use crate::feed::{Complaint, Spot};
use crate::text;

/// The complaints of one feed.
pub(super) struct Notes<'a> {
    feed: &'a str,
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
        Self { feed, said: BTreeSet::new(), list: Vec::new() }
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

    pub(super) fn into_list(self) -> Vec<Complaint> {
        self.list
    }

    fn push(&mut self, at: Option<&At>, text: String, dropped: bool) {
        self.list.push(Complaint {
            feed: self.feed.to_owned(),
            key: at.and_then(|at| at.key.clone()),
            place: at.map(|at| at.spot),
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
