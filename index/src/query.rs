//! What was asked, and what was found. Plain data.
//!
//! A query never reaches a disk or a log: it is not `Serialize`, and its `Debug` does not print what was typed.

use std::fmt;
use std::sync::Arc;

use jiff::Zoned;

use crate::record::{Door, Kind, Point, Record};

/// The moment and the place at which a question is asked.
#[derive(Clone, Debug)]
pub struct Here {
    /// Now, in the kiosk's zone.
    pub now: Zoned,
    /// Where the kiosk stands, when that is configured.
    pub point: Option<Point>,
}

/// A word to look for, with what may stand for it.
#[derive(Clone, PartialEq, Eq)]
pub struct Word {
    /// As typed, folded (lower case, no accents).
    pub text: String,
    /// It is the last word and may be unfinished: it is looked for as a beginning too.
    pub unfinished: bool,
    /// Other words or phrases (each a list of folded words) that directories write for it.
    pub synonyms: Vec<Vec<String>>,
}

/// One wish that narrows the answer. Each stands on the screen as a chip that can be taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Only what stands behind this door.
    Door(Door),
    /// Only this kind.
    Kind(Kind),
    /// Only what happens on this day of the week. What is always there happens every day; what is suspended, never.
    Day(jiff::civil::Weekday),
}

/// A question, understood.
#[derive(Clone)]
pub struct Query {
    /// All of them are wanted.
    pub words: Vec<Word>,
    /// All of them hold.
    pub constraints: Vec<Constraint>,
    /// When and where it is asked.
    pub here: Here,
}

impl fmt::Debug for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a visitor typed must not reach a log through a careless `{:?}`.
        write!(out, "Query({} words, {} constraints)", self.words.len(), self.constraints.len())
    }
}

/// One record that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The record itself, ready to be drawn.
    pub record: Arc<Record>,
    /// Its next start (or now, when it is open at this moment), seen from the moment of the question.
    pub next: Option<crate::schedule::Occurrence>,
    /// Metres from the kiosk, when both points are known and the record has a place.
    pub distance_m: Option<f64>,
    /// Higher is better. Only comparable inside one answer.
    pub score: f32,
    /// How well the words fit, lower comes first, whatever the score: 0 all words as typed or as beginnings, 1 by
    /// another form or a synonym, 2 by one slip, 3 by two, 4 all words but one.
    pub tier: u8,
}

/// How many of the fitting records have each value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By kind, in the order of [`Kind::ALL`].
    pub kinds: [u64; 6],
    /// By door, in the order of [`Door::ALL`].
    pub doors: [u64; 6],
    /// By day of the week on which it happens, Sunday first.
    pub days: [u64; 7],
}

/// What was given up because too little fitted all the words.
#[derive(Clone, PartialEq, Eq)]
pub struct Relaxation {
    /// The word, folded, that some of the hits lack.
    pub dropped: String,
    /// How many records fit all words. The rest of [`Answer::total`] lacks the one.
    pub fitting: u64,
}

impl fmt::Debug for Relaxation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Relaxation({} fit all words)", self.fitting)
    }
}

/// What a question found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// How many records fit.
    pub total: u64,
    /// The best of them, best first.
    pub hits: Vec<Hit>,
    /// Counts over all that fit.
    pub facets: Facets,
    /// Said when one of the words had to be left out to find more.
    pub relaxed: Option<Relaxation>,
}

/// How much a directory holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All records.
    pub records: u64,
    /// By kind, in the order of [`Kind::ALL`].
    pub kinds: [u64; 6],
    /// By door, in the order of [`Door::ALL`]. A record may stand behind several.
    pub doors: [u64; 6],
    /// By feed.
    pub feeds: std::collections::BTreeMap<String, u64>,
}
