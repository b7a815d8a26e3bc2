//! The judged questions, as they stand in `tests/relevance`. Read strictly: what nobody understands is a failure.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Zoned;
use jiff::civil::DateTime;
use serde::Deserialize;

use super::scan::Wanted;

/// The zone of the kiosk.
pub(super) const ZONE: &str = "America/New_York";

/// One class of questions.
pub(super) struct Class {
    pub(super) file: String,
    pub(super) number: u8,
    pub(super) about: String,
    pub(super) questions: Vec<Question>,
}

/// A class as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    class: u8,
    about: String,
    now: DateTime,
    question: Vec<toml::Table>,
}

/// One question, and what its answer has to be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// What the visitor types.
    pub(super) typed: String,
    /// The moment, when it is not that of the file.
    now: Option<DateTime>,
    /// The chips, `kind:value`, no more and no less; their order is free.
    pub(super) understood: Option<Vec<String>>,
    /// What each of the first ten that fit must be. A graded record may stand among them whatever it is.
    pub(super) every: Option<Wanted>,
    /// What must be in the answer, wherever.
    #[serde(default)]
    recall: Recall,
    /// What fits is just what is found for `every`, and the graded records.
    #[serde(default)]
    pub(super) exact: bool,
    /// Graded records: 3 the point, 2 good, 1 fair, 0 may stand there.
    #[serde(default)]
    pub(super) best: BTreeMap<String, u8>,
    /// Whether the crisis lines stand above the answer.
    #[serde(default)]
    pub(super) danger: Danger,
    /// Nothing is found, or something was given up to find more, and the answer says so.
    #[serde(default)]
    pub(super) nothing: bool,
    /// The kind of the wish that is given up.
    pub(super) relaxed: Option<String>,
    /// A place that nobody lists.
    pub(super) nowhere: Option<String>,
    /// Online ones are offered below.
    #[serde(default)]
    pub(super) online: bool,
    /// Below stand others that may fit, and that are at least this.
    pub(super) unsaid: Option<Wanted>,
    /// The place from which the first ten are in the order of their distance.
    pub(super) nearest: Option<String>,
    /// How many slips a word has at most.
    pub(super) slips: Option<u8>,
    /// The most letters until what is meant is among the first three.
    pub(super) letters: Option<usize>,
    /// The file's moment, filled in after reading.
    #[serde(skip)]
    moment: DateTime,
}

/// What must be in the answer: what is wanted of every hit, or what is said for itself.
#[derive(Deserialize)]
#[serde(untagged)]
enum Recall {
    Same(bool),
    Own(Box<Wanted>),
}

impl Default for Recall {
    fn default() -> Self {
        Self::Same(false)
    }
}

/// Whether words speak of danger. With some of them either is right.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Danger {
    Said(bool),
    Either(Either),
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Either {
    Either,
}

impl Default for Danger {
    fn default() -> Self {
        Self::Said(false)
    }
}

impl Question {
    /// When it is asked.
    pub(super) fn now(&self) -> Zoned {
        self.moment.in_tz(ZONE).unwrap()
    }

    /// What must be in the answer.
    pub(super) fn recall(&self) -> Option<&Wanted> {
        match &self.recall {
            Recall::Own(own) => Some(own),
            Recall::Same(true) => self.every.as_ref(),
            Recall::Same(false) => self.every.as_ref().filter(|_| self.exact),
        }
    }

    /// Whether it belongs to the half that is looked at only at the end.
    pub(super) fn is_held(&self) -> bool {
        hash(&self.typed) >> 32 & 1 == 1
    }
}

/// FNV-1a: fixed for all time, so that a question never changes its half.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// All classes, in the order of their files.
pub(super) fn all() -> Vec<Class> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/relevance");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

fn read(path: &Path) -> Class {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let file: File =
        toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let question = |table: toml::Table| {
        let typed = format!("{:?}", table.get("typed"));
        let mut question: Question = table.try_into().unwrap_or_else(|fault| panic!("{name}, {typed}: {fault}"));
        question.moment = question.now.unwrap_or(file.now);
        question
    };
    Class {
        number: file.class,
        about: file.about,
        questions: file.question.into_iter().map(question).collect(),
        file: name,
    }
}
