//! Words typed to a query. Pure: handed the moment and the place.
//!
//! What stands here so far: words, phrases of the vocabulary with what directories write for them, telephone numbers
//! in any spelling. Days, hours and places are still searched as words.

use crate::query::{Here, Place, Query, Word};
use crate::text;
use crate::vocabulary::{Synonym, Vocabulary};

#[cfg(test)]
mod tests;

/// Words that carry nothing, in both languages.
const EMPTY: &str = "a about al am an and any are at be by can con de del do e el en esta este for from get have hay how \
    i if im in into is it la las lo los me mi my near need o of on or para por que se some someone something su take \
    takes that the there this to un una want was what where which who with y yo you your";

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
pub fn understand(typed: &str, vocabulary: &Vocabulary, _directory: &dyn Known, here: &Here) -> Query {
    let tokens: Vec<String> = text::words(typed).collect();
    let unfinished = !typed.ends_with(char::is_whitespace);
    let mut words = Vec::new();
    let mut rest = tokens.as_slice();
    while let [first, ..] = rest {
        let (length, word) = phrase(rest, vocabulary).or_else(|| number(rest)).unwrap_or_else(|| (1, plain(first)));
        rest = rest.get(length..).unwrap_or_default();
        words.push(Word { unfinished: unfinished && rest.is_empty(), ..word });
    }
    if words.iter().any(|word| !carries_nothing(word)) {
        words.retain(|word| !carries_nothing(word));
    }
    Query { words, ..Query::new(here.clone()) }
}

fn plain(token: &str) -> Word {
    Word { text: token.to_owned(), unfinished: false, synonyms: Vec::new() }
}

fn carries_nothing(word: &Word) -> bool {
    word.synonyms.is_empty() && EMPTY.split_ascii_whitespace().any(|empty| empty == word.text)
}

/// The longest phrase of the vocabulary at the beginning of `tokens`: how many it takes, and the word it makes.
fn phrase(tokens: &[String], vocabulary: &Vocabulary) -> Option<(usize, Word)> {
    let typed = vocabulary.synonyms.iter().flat_map(|synonym| synonym.typed.iter().map(move |typed| (typed, synonym)));
    let fitting = typed.filter(|(typed, _)| !typed.is_empty() && tokens.starts_with(typed));
    let (typed, synonym): (_, &Synonym) = fitting.max_by_key(|(typed, _)| typed.len())?;
    let word = Word { text: typed.join(" "), unfinished: false, synonyms: synonym.written.clone() };
    Some((typed.len(), word))
}

/// A telephone number that was typed in groups: one word, without the 1 that one dials before it.
fn number(tokens: &[String]) -> Option<(usize, Word)> {
    let digits = |token: &&String| token.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&String> = tokens.iter().take_while(digits).collect();
    (1..=groups.len()).rev().find_map(|length| {
        let lengths: Vec<usize> = groups.iter().take(length).map(|group| group.len()).collect();
        let skipped = match lengths.as_slice() {
            [3, 3, 4] | [3, 7 | 4] | [6, 4] | [10] => 0,
            [1, 3, 3, 4] | [1, 3, 7] | [1, 10] | [4, 3, 4] | [4, 7] | [11] => 1,
            _ => return None,
        };
        let whole: String = groups.iter().take(length).map(|group| group.as_str()).collect();
        let number = if skipped == 1 { whole.strip_prefix('1')? } else { &whole };
        Some((length, plain(number)))
    })
}
