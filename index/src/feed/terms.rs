//! Where our terms stand in a record.

use crate::record::{Record, Term};
use crate::text;
use crate::vocabulary::{Group, Vocabulary};

/// Puts terms where their groups belong; those of the style go to `style`. `in_room` says that one can be there in
/// person, so that what is only true in a room may be said.
pub(super) fn place(
    terms: &[Term],
    vocabulary: &Vocabulary,
    in_room: bool,
    style: &mut Vec<Term>,
    record: &mut Record,
) {
    for term in terms {
        let Some(entry) = vocabulary.terms.get(term.as_str()) else { continue };
        if entry.in_person_only && !in_room {
            continue;
        }
        match entry.group {
            Group::Style => style.push(term.clone()),
            Group::Who => record.who.push(term.clone()),
            Group::Access => record.access.push(term.clone()),
            Group::Language => record.languages.push(term.as_str().to_owned()),
        }
    }
}

/// The language of this name, as our own labels have it in English or Spanish.
pub(super) fn language(name: &str, vocabulary: &Vocabulary) -> Option<Term> {
    let folded = text::fold(name);
    let same = |label: &str| text::fold(label) == folded;
    let mut languages = vocabulary.terms.iter().filter(|(_, entry)| entry.group == Group::Language);
    let known = languages.find(|(_, entry)| same(&entry.label.plain) || entry.label.es.as_deref().is_some_and(same));
    known.map(|(key, _)| Term::new(key.clone()))
}
