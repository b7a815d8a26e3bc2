//! The words of the field: our terms with their labels, what codes mean in each fellowship, and what people type for
//! what directories write. Read from TOML, strictly; handed to the importers, to the index and to `understand`.

use std::collections::BTreeMap;

use crate::record::{Pathway, Term, Text};

/// What a term is about, and so where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// What is done at a meeting.
    Style,
    /// For whom it is.
    Who,
    /// What makes it possible to come: steps, childcare, scents.
    Access,
    /// A spoken language; the term's key is its ISO 639 code, or `asl`.
    Language,
}

/// One of our terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermEntry {
    /// Where it belongs.
    pub group: Group,
    /// The words for it on the screen, in both languages.
    pub label: Text,
    /// It can only be true in a room (childcare, candlelight): dropped from meetings that are online alone.
    pub in_person_only: bool,
}

/// What a code of a feed means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// One of our terms (the group says where it belongs).
    Term(Term),
    /// Who may come.
    Open(crate::record::Openness),
    /// Held online.
    Online,
    /// The place is closed for now (Meeting Guide `TC`).
    PlaceClosed,
    /// Known, and of no use to a visitor (a digital basket): dropped without a complaint.
    Nothing,
}

/// A fellowship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fellowship {
    /// Its full name.
    pub name: Text,
    /// How people call it, AA or NA. Empty when there is none.
    pub short: String,
    /// Its pathways.
    pub pathways: Vec<Pathway>,
    /// The key of the code table it uses (mostly its own).
    pub codes: String,
}

/// What people type for what directories write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// Phrases that people type, each a list of folded words.
    pub typed: Vec<Vec<String>>,
    /// Phrases that directories write, each a list of folded words.
    pub written: Vec<Vec<String>>,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Our terms by key.
    pub terms: BTreeMap<String, TermEntry>,
    /// Fellowships by key.
    pub fellowships: BTreeMap<String, Fellowship>,
    /// Code tables by key, each from code to meaning. Codes are upper case.
    pub codes: BTreeMap<String, BTreeMap<String, Vec<Meaning>>>,
    /// Synonyms, in the order of the file.
    pub synonyms: Vec<Synonym>,
}
