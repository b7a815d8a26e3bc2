//! The words of the field: our terms with their labels, what codes mean in each fellowship, what people type for
//! what directories write, and the wishes that words stand for. Read from TOML, strictly; handed to the importers, to the
//! index and to `understand`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::record::{Openness, Pathway, ServiceSort, Term, Text};
use crate::strict::Fault;

pub(crate) mod lookup;
mod read;
mod services;
mod words;

use lookup::{Lookup, Made};

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
    Open(Openness),
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

/// What a directory of services lists, by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// A recovery residence.
    Residence,
    /// A service of this sort.
    Service(ServiceSort),
}

/// What directories of services mean by their words. Each phrase is a list of folded words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceWords {
    /// What is listed, by phrases that stand in its taxonomy terms or its name. The first that fits counts.
    pub sorts: Vec<(Sorted, Vec<Vec<String>>)>,
    /// For whom it is and what helps to come, by entries that are these phrases.
    pub terms: Vec<(Term, Vec<Vec<String>>)>,
    /// Our languages by other codes, in small letters.
    pub languages: BTreeMap<String, String>,
}

/// What people type for what directories write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// Phrases that people type, each a list of folded words.
    pub typed: Vec<Vec<String>>,
    /// Phrases that directories write, each a list of folded words.
    pub written: Vec<Vec<String>>,
}

/// What words of a wish mean: a value of a facet, or one of the special ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A value of a facet, both as words: ("who", "women").
    Value {
        /// The facet, as it is called in files and in JSON.
        facet: &'static str,
        /// The value's key.
        key: String,
    },
    /// `sunday` to `saturday`, `today`, `tonight`, `tomorrow`, `weekend`.
    Day(String),
    /// `morning`, `noon`, `afternoon`, `evening`, `night`.
    Part(String),
    /// Going on, or about to begin.
    Now,
    /// Nearest to the kiosk first.
    NearHere,
}

/// Words that stand for a wish, and so narrow the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WishWords {
    /// Phrases that people type, each a list of folded words. A phrase stands in one wish only.
    pub typed: Vec<Vec<String>>,
    /// What they mean: any of these. The first names the chip.
    pub means: Vec<Sense>,
    /// They mean it only beside a word that stands for meetings or a fellowship; elsewhere they are words like others.
    pub beside: bool,
}

/// Words that mean something only beside others (a place, an hour, an amount), each a list of phrases of folded words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Little {
    /// They carry nothing: the, para.
    pub empty: Vec<Vec<String>>,
    /// Before a place: nearest to it first.
    pub near: Vec<Vec<String>>,
    /// Before a place: there.
    pub r#in: Vec<Vec<String>>,
    /// Before a distance: at most so far.
    pub within: Vec<Vec<String>>,
    /// Behind a number: miles.
    pub miles: Vec<Vec<String>>,
    /// Behind a number: kilometres.
    pub kilometers: Vec<Vec<String>>,
    /// Before an hour: from then on.
    pub after: Vec<Vec<String>>,
    /// Before an hour: until then.
    pub before: Vec<Vec<String>>,
    /// Before an hour: then.
    pub at: Vec<Vec<String>>,
    /// Behind an hour: before noon.
    pub am: Vec<Vec<String>>,
    /// Behind an hour: after noon.
    pub pm: Vec<Vec<String>>,
    /// Before an amount of money: at most so much.
    pub under: Vec<Vec<String>>,
    /// Behind a number: dollars.
    pub dollars: Vec<Vec<String>>,
    /// Behind an amount of money: a week.
    pub week: Vec<Vec<String>>,
    /// Behind an amount of money: a month.
    pub month: Vec<Vec<String>>,
    /// At the beginning: what follows shall be explained ("what is a ...").
    pub explain: Vec<Vec<String>>,
}

/// What codes mean, in upper case.
pub type CodeTable = BTreeMap<String, Vec<Meaning>>;

/// What the formats of BMLT mean. A server names them as it likes, in its own languages; only some of them carry a world
/// id, which means the same everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BmltCodes {
    /// World ids.
    pub world: CodeTable,
    /// Names of formats, folded and in upper case, for what has no world id.
    pub names: CodeTable,
    /// Names of languages, folded and in upper case, besides the labels of our terms.
    pub languages: CodeTable,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Our terms by key.
    pub terms: BTreeMap<String, TermEntry>,
    /// Fellowships by key.
    pub fellowships: BTreeMap<String, Fellowship>,
    /// Code tables by key, each from code to meaning. Codes are upper case.
    pub codes: BTreeMap<String, CodeTable>,
    /// What the formats of BMLT mean.
    pub bmlt: BmltCodes,
    /// What directories of services mean by their words.
    pub services: ServiceWords,
    /// Synonyms, in the order of the file.
    pub synonyms: Vec<Synonym>,
    /// Words that stand for wishes, in the order of the file.
    pub wishes: Vec<WishWords>,
    /// What somebody in danger types: phrases, each a list of folded words.
    pub danger: Vec<Vec<String>>,
    /// Words that mean something only beside others.
    pub little: Little,
    /// All phrases by their words. Made at the first question: nothing above may change after it.
    pub(crate) lookup: Made,
}

/// The files of a vocabulary, each as (name, text).
#[derive(Clone, Copy, Debug)]
pub struct VocabularyFiles<'a> {
    /// Our terms and their labels.
    pub terms: (&'a str, &'a str),
    /// The fellowships.
    pub fellowships: (&'a str, &'a str),
    /// What codes mean, a table for each fellowship that has its own.
    pub codes: (&'a str, &'a str),
    /// What the formats of BMLT mean.
    pub bmlt: (&'a str, &'a str),
    /// What directories of services mean by their words.
    pub services: (&'a str, &'a str),
    /// What people type: synonyms, wishes, words of danger, little words.
    pub words: (&'a str, &'a str),
}

impl VocabularyFiles<'static> {
    /// The files that are compiled in.
    pub const BUILTIN: Self = Self {
        terms: ("config/codes/terms.toml", include_str!("../../config/codes/terms.toml")),
        fellowships: ("config/codes/fellowships.toml", include_str!("../../config/codes/fellowships.toml")),
        codes: ("config/codes/meeting-guide.toml", include_str!("../../config/codes/meeting-guide.toml")),
        bmlt: ("config/codes/bmlt.toml", include_str!("../../config/codes/bmlt.toml")),
        services: ("config/codes/hsds.toml", include_str!("../../config/codes/hsds.toml")),
        words: ("config/words.toml", include_str!("../../config/words.toml")),
    };
}

impl Vocabulary {
    /// Reads a vocabulary, strictly, and checks that its files fit each other.
    ///
    /// # Errors
    /// Every fault of every file, file by file in the order of the lines.
    pub fn read(files: &VocabularyFiles<'_>) -> Result<Self, Vec<Fault>> {
        read::read(files)
    }

    /// The vocabulary that is compiled in, read once.
    pub fn builtin() -> &'static Self {
        static READ: OnceLock<Vocabulary> = OnceLock::new();
        // That it can be read is proved by a test; without it the kiosk would still search words as they are.
        READ.get_or_init(|| Self::read(&VocabularyFiles::BUILTIN).unwrap_or_default())
    }

    /// All its phrases, by their words.
    pub(crate) fn lookup(&self) -> &Lookup {
        self.lookup.of(self)
    }
}

#[cfg(test)]
mod tests;
