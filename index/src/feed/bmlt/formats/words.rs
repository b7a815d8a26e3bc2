//! What the names of formats mean.

use crate::feed::terms::Languages;
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

/// The languages that a name of a format names: as a whole, else word by word ("Spanish Speaking").
pub(super) fn languages(name: &str, vocabulary: &Vocabulary, languages: &Languages) -> Vec<Meaning> {
    let named = |name: &str| {
        let own = vocabulary.bmlt.languages.get(&code(name)).cloned();
        own.or_else(|| Some(vec![Meaning::Term(languages.named(name)?.clone())])).unwrap_or_default()
    };
    let whole = named(name);
    if !whole.is_empty() {
        return whole;
    }
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).flat_map(named).collect()
}

fn code(name: &str) -> String {
    text::fold(name).trim().to_uppercase()
}
