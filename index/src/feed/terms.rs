//! Where our terms stand in a record.

use std::collections::BTreeMap;

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

/// The languages by name, as our own labels have them in English and Spanish.
#[derive(Debug, Default)]
pub(super) struct Languages(BTreeMap<String, Term>);

impl Languages {
    pub(super) fn of(vocabulary: &Vocabulary) -> Self {
        let languages = vocabulary.terms.iter().filter(|(_, entry)| entry.group == Group::Language);
        let labels = languages.flat_map(|(key, entry)| {
            let labels = [Some(&entry.label.plain), entry.label.es.as_ref()];
            labels.into_iter().flatten().map(|label| (text::fold(label), Term::new(key.clone())))
        });
        Self(labels.collect())
    }

    /// The language of this name.
    pub(super) fn named(&self, name: &str) -> Option<&Term> {
        self.0.get(text::fold(name).trim())
    }
}
