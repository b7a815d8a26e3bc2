//! Words typed to a query. Pure: handed the moment and the place.
//!
//! A sentence is cut into words, slips in words of the vocabulary are mended, and each run of words is read for what it
//! may mean: a wish of the vocabulary, a time, an amount, a place. The longest readings hold; what is left over are
//! words to look for.

use crate::query::{Constraint, Facet, Here, Place, Query, Wish, Word};
use crate::text;
use crate::vocabulary::Vocabulary;

mod amounts;
mod danger;
mod hours;
mod mending;
mod places;
mod readings;
mod rest;
mod sentence;
#[cfg(test)]
mod tests;
mod wishes;

use readings::{Meaning, Readings};
use sentence::Sentence;

/// What a directory knows, as far as understanding a question needs it.
pub trait Known {
    /// Whether this folded word stands somewhere in it.
    fn has(&self, word: &str) -> bool;
    /// Whether it has a word that begins with `start`, is longer, and does not belong to `family`.
    fn goes_on(&self, start: &str, family: &dyn Fn(&str) -> bool) -> bool;
    /// The place of this folded name. A `bare` name stands alone in the question, not behind "in" or "near": then it is
    /// only a place when the word mostly means it there.
    fn place(&self, name: &str, bare: bool) -> Option<Place>;
}

/// Nothing is known.
impl Known for () {
    fn has(&self, _: &str) -> bool {
        false
    }

    fn goes_on(&self, _: &str, _: &dyn Fn(&str) -> bool) -> bool {
        false
    }

    fn place(&self, _: &str, _: bool) -> Option<Place> {
        None
    }
}

/// What was typed, as a question.
///
/// The last word is unfinished unless white space follows it.
pub fn understand(typed: &str, vocabulary: &Vocabulary, directory: &dyn Known, here: &Here) -> Query {
    let mut query = Query::new(here.clone());
    if typed.trim().is_empty() {
        // The first screen asks this, and waits for no lookup.
        return query;
    }
    let mut sentence = Sentence::new(typed, vocabulary, directory, here);
    if sentence.tokens.is_empty() {
        return query;
    }
    query.danger = danger::speaks_of_danger(&sentence);
    query.names.push(sentence.joined(0..sentence.tokens.len()));
    mending::mend(&mut sentence);
    let readings = Readings::of(&sentence);
    query.constraints = wishes::constraints(&sentence, &readings);
    query.nowhere =
        places::nowhere(&sentence, &readings).map(|span| sentence.typed(&sentence.place_of(&span)).to_owned());
    let (words, nothing) = rest::words(&sentence, &readings);
    query.lost = readings.all.iter().any(|reading| matches!(reading.means, Meaning::Lost));
    query.words = if words.is_empty() && query.constraints.is_empty() && !query.lost { nothing } else { words };
    for name in full_names(&query.constraints, &query.words, vocabulary) {
        if !query.names.contains(&name) {
            query.names.push(name);
        }
    }
    query
}

/// The names that a question stands for that is one wish and nothing else: "aa" for Alcoholics Anonymous.
fn full_names(constraints: &[Constraint], words: &[Word], vocabulary: &Vocabulary) -> Vec<String> {
    let ([Constraint { wish: Wish::Has(values), .. }], []) = (constraints, words) else {
        return Vec::new();
    };
    let fellowships = values.iter().filter(|value| value.facet == Facet::Fellowship);
    let names = fellowships.filter_map(|value| vocabulary.fellowships.get(&value.key));
    names.map(|fellowship| text::words(&fellowship.name.plain).collect::<Vec<_>>().join(" ")).collect()
}
