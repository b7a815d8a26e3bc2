//! What staff should know, gathered while reading. The same fault in many rows has the same words, so that it can be
//! counted instead of read many times.

use std::collections::BTreeSet;

use super::told::{MOST, Noticed, Told, Weight};
use crate::feed::{Complaint, Part, Spot};
use crate::text;

/// The longest name of a file, in characters.
pub(super) const MOST_FILE: usize = 60;

/// The complaints of one feed.
pub(super) struct Notes<'a> {
    feed: &'a str,
    /// The files that were begun, by name.
    files: Vec<String>,
    /// What was said of the feed as a whole, as far as it can still be told.
    said: BTreeSet<String>,
    told: Told,
    /// How many of several pieces can still be told, by [`Told::fit`].
    room: [usize; 2],
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
        let (said, told) = (BTreeSet::new(), Told::default());
        Self { feed, files: Vec::new(), said, told, room: [MOST; 2] }
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
        if self.is_new(&text) {
            self.push(None, text, Weight::Whole);
        }
    }

    fn is_new(&mut self, text: &str) -> bool {
        // What is beyond that is not told, and may be counted twice.
        !self.said.contains(text) && (self.said.len() >= MOST || self.said.insert(text.to_owned()))
    }

    /// About a row that is kept.
    pub(super) fn row(&mut self, at: &At, text: impl Into<String>) {
        self.push(Some(at), text.into(), Weight::Remark);
    }

    /// About a row that cannot be used.
    pub(super) fn dropped(&mut self, at: &At, text: impl Into<String>) {
        self.push(Some(at), text.into(), Weight::LeftOut);
    }

    /// What was noticed elsewhere, as if it had been noticed here.
    pub(super) fn take_over(&mut self, noticed: impl IntoIterator<Item = Noticed>) {
        for complaint in noticed {
            match complaint {
                None => self.told.count(),
                Some(complaint) if complaint.dropped => self.told.add(Weight::LeftOut, complaint),
                Some(complaint) if complaint.place.is_some() => self.told.add(Weight::Remark, complaint),
                // What has no place is about the feed as a whole.
                Some(complaint) if self.is_new(&complaint.text) => self.told.add(Weight::Whole, complaint),
                Some(_) => {}
            }
        }
    }

    /// Gets a piece ready that is taken over later: it keeps what can then be told, with the name of this file.
    pub(super) fn expect(&mut self, piece: &mut Told) {
        piece.fit(&mut self.room);
        for complaint in piece.of_rows() {
            complaint.file = self.files.last().cloned();
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.told.all()
    }

    /// A piece of what is noticed, for [`Notes::take_over`].
    pub(super) fn into_piece(self) -> Told {
        self.told
    }

    pub(super) fn into_list(self) -> Vec<Complaint> {
        let mut list = self.told.into_list(self.feed);
        if self.files.len() < 2 {
            // Nobody asks in which file, where there is one.
            for complaint in &mut list {
                complaint.file = None;
            }
        }
        list
    }

    fn push(&mut self, at: Option<&At>, text: String, weight: Weight) {
        let complaint = Complaint {
            key: at.and_then(|at| at.key.clone()),
            file: at.and_then(|at| self.files.get(at.spot.file.checked_sub(1)?)).cloned(),
            place: at.map(|at| Spot { file: 0, ..at.spot }),
            dropped: weight == Weight::LeftOut,
            ..Complaint::of_feed(self.feed, text)
        };
        self.told.add(weight, complaint);
    }
}

/// A piece of a file, fit to be quoted in a complaint.
pub(super) fn quote(raw: &str) -> String {
    const MOST: usize = 60;
    let short = text::clean(raw, MOST);
    if short.chars().count() == MOST { format!("“{short}…”") } else { format!("“{short}”") }
}
