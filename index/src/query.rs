//! What was asked, and what was found. Plain data.
//!
//! A query never reaches a disk or a log: it is not `Serialize`, and its `Debug` does not print what was typed.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use jiff::Zoned;

use crate::record::{Door, Kind, Point, Record};
use crate::schedule::Occurrence;

mod facet;
mod wish;

pub use facet::{Facet, Facets, MILES, Value};
pub use wish::{Clock, Day, Part, Place, Span, Wish, weekday};

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

impl Word {
    /// A finished word with nothing that stands for it.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), unfinished: false, synonyms: Vec::new() }
    }
}

/// One wish that narrows the answer. Each stands on the screen as a chip that can be taken away.
#[derive(Clone, PartialEq)]
pub struct Constraint {
    /// What is wished for.
    pub wish: Wish,
    /// The words that said it, as they were typed. Empty for what was chosen.
    pub from: String,
    /// Where those words stand in what was typed, in bytes, with the space after them: what to take out of it when the
    /// chip is taken away. Empty for what was chosen.
    pub at: Vec<Range<usize>>,
    /// What to look for as words when the wish itself is given up.
    pub instead: Vec<Word>,
}

impl Constraint {
    /// A value that was chosen among those of a facet, or by a door: it filters strictly.
    pub fn chosen(value: Value) -> Self {
        Self { wish: Wish::Has(vec![value]), from: String::new(), at: Vec::new(), instead: Vec::new() }
    }

    /// What stands behind this door.
    pub fn door(door: Door) -> Self {
        Self::chosen(Value::new(Facet::Door, door.word()))
    }

    /// What is of this kind.
    pub fn kind(kind: Kind) -> Self {
        Self::chosen(Value::new(Facet::Kind, kind.word()))
    }

    /// Whether a visitor chose it. What was typed is understood, and may be misunderstood.
    pub fn is_chosen(&self) -> bool {
        self.at.is_empty()
    }
}

impl fmt::Debug for Constraint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Constraint({:?})", self.wish)
    }
}

/// A question, understood.
#[derive(Clone)]
pub struct Query {
    /// All of them are wanted.
    pub words: Vec<Word>,
    /// What narrows the answer, in the order in which it was typed, then what was chosen.
    pub constraints: Vec<Constraint>,
    /// Names that records may have as a whole, folded: what was typed, then what it stands for. Who types a name is shown
    /// its bearer first, whatever its words mean besides.
    pub names: Vec<String>,
    /// The words speak of danger for life: the crisis lines stand above whatever is found.
    pub danger: bool,
    /// A place that was asked for and that nobody lists, as it was typed. It is searched as words.
    pub nowhere: Option<String>,
    /// What is near was asked for, and where the kiosk stands is not known: that wish is not among the constraints.
    pub lost: bool,
    /// When and where it is asked.
    pub here: Here,
}

impl Query {
    /// Nothing asked yet.
    pub fn new(here: Here) -> Self {
        Self {
            words: Vec::new(),
            constraints: Vec::new(),
            names: Vec::new(),
            danger: false,
            nowhere: None,
            lost: false,
            here,
        }
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a visitor typed must not reach a log through a careless `{:?}`.
        write!(out, "Query({} words, {} constraints)", self.words.len(), self.constraints.len())
    }
}

/// Where in an answer a record stands. Sections follow each other under headings of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// It fits all that was asked.
    #[default]
    Fits,
    /// It is to be read: a page or a publication whose name speaks of what was wished for.
    About,
    /// It does not say one of the things that were typed (for whom it is, in which language), says nothing against it,
    /// and fits the rest: it may well fit.
    Unsaid,
    /// A place was asked for, and it is online, where places do not matter.
    Online,
}

impl Section {
    /// All sections, in their order.
    pub const ALL: [Self; 4] = [Self::Fits, Self::About, Self::Unsaid, Self::Online];

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::About => "about",
            Self::Unsaid => "unsaid",
            Self::Online => "online",
        }
    }
}

/// One record that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The record itself, ready to be drawn.
    pub record: Arc<Record>,
    /// Its next start (or now, when it is open at this moment), seen from the moment of the question, inside the time
    /// that was asked for.
    pub next: Option<Occurrence>,
    /// Metres from the place that was asked for, else from the kiosk, when both points are known and the record has a
    /// place.
    pub distance_m: Option<f64>,
    /// Higher is better. Only comparable inside one section of one answer.
    pub score: f32,
    /// How well the words fit, lower comes first, whatever the score: 0 all words as typed or as beginnings, 1 by
    /// another form or a synonym, 2 by one slip, 3 by two, 4 all words but one.
    pub tier: u8,
    /// Where in the answer it stands.
    pub section: Section,
}

/// What was given up because nothing, or too little, fitted everything.
#[derive(Clone, PartialEq)]
pub enum Dropped {
    /// This word, folded.
    Word(String),
    /// This wish.
    Wish(Wish),
}

/// What was given up to find more.
#[derive(Clone, PartialEq)]
pub struct Relaxation {
    /// The least important first. Never empty.
    pub dropped: Vec<Dropped>,
    /// How many records fit everything all the same. The rest of [`Answer::total`] lacks what was dropped.
    pub fitting: u64,
}

impl Relaxation {
    /// The wishes that were given up.
    pub fn wishes(&self) -> impl Iterator<Item = &Wish> {
        self.dropped.iter().filter_map(|dropped| match dropped {
            Dropped::Wish(wish) => Some(wish),
            Dropped::Word(_) => None,
        })
    }

    /// The words that were given up.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.dropped.iter().filter_map(|dropped| match dropped {
            Dropped::Word(word) => Some(word.as_str()),
            Dropped::Wish(_) => None,
        })
    }
}

impl fmt::Debug for Relaxation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Relaxation({} dropped, {} fit all)", self.dropped.len(), self.fitting)
    }
}

/// What a question found.
#[derive(Clone, Default, PartialEq)]
pub struct Answer {
    /// How many records fit ([`Section::Fits`]).
    pub total: u64,
    /// How many more stand in the sections below, in their order.
    pub beside: [u64; 3],
    /// The best of them, section by section, best first.
    pub hits: Vec<Hit>,
    /// Counts over all that fit: for each value of each facet, how many would be left if it were chosen.
    pub facets: Facets,
    /// Said when something had to be left out to find more.
    pub relaxed: Option<Relaxation>,
    /// Words that the directory does not have, each with the likeliest word that was meant and searched instead.
    pub spelled: Vec<(String, String)>,
}

impl Answer {
    /// How many hits there are in all sections together.
    pub fn all(&self) -> u64 {
        self.total + self.beside.iter().sum::<u64>()
    }

    /// How many stand in a section.
    pub fn count(&self, section: Section) -> u64 {
        (section as usize).checked_sub(1).map_or(self.total, |at| self.beside.get(at).copied().unwrap_or(0))
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is misspelled was typed, and what is found tells what was looked for.
        let (hits, spelled) = (self.hits.len(), self.spelled.len());
        write!(out, "Answer({} fit, {:?} beside, {hits} hits, {spelled} spelled, ", self.total, self.beside)?;
        write!(out, "{:?})", self.relaxed)
    }
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
