//! What the names of formats mean.

use crate::feed::terms;
use crate::text;
use crate::vocabulary::{Meaning, Vocabulary};

/// The table of types that are written as words (see `meeting-guide.toml`).
const NAMES: &str = "names";

/// Names that say that a meeting is not held for now, and not only that its place is closed.
pub(super) fn is_suspension(name: &str) -> bool {
    ["temporarily closed", "vorubergehend geschlossen", "suspended"].contains(&text::fold(name).trim())
}

/// What a name means by the table of BMLT.
pub(super) fn own_meanings(name: &str, vocabulary: &Vocabulary) -> Option<Vec<Meaning>> {
    vocabulary.bmlt.names.get(&code(name)).cloned()
}

/// What a name means by the table of BMLT, else as a type that is written as a word.
pub(super) fn meanings(name: &str, vocabulary: &Vocabulary) -> Option<Vec<Meaning>> {
    let written = || vocabulary.codes.get(NAMES)?.get(&code(name)).cloned();
    own_meanings(name, vocabulary).or_else(written)
}

/// The languages that names of formats name: as a whole, else word by word ("Spanish Speaking").
pub(super) fn languages<'n>(names: impl Iterator<Item = &'n str>, vocabulary: &Vocabulary) -> Vec<Meaning> {
    let mut found: Vec<Meaning> = Vec::new();
    for name in names {
        let mut meanings = language(name, vocabulary);
        if meanings.is_empty() {
            let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            meanings = words.flat_map(|word| language(word, vocabulary)).collect();
        }
        for meaning in meanings {
            if !found.contains(&meaning) {
                found.push(meaning);
            }
        }
    }
    found
}

fn language(name: &str, vocabulary: &Vocabulary) -> Vec<Meaning> {
    if let Some(meanings) = vocabulary.bmlt.languages.get(&code(name)) {
        return meanings.clone();
    }
    terms::language(name, vocabulary).map(Meaning::Term).into_iter().collect()
}

fn code(name: &str) -> String {
    text::fold(name).trim().to_uppercase()
}
