//! What is left of a question: the words to look for.

use super::readings::{Meaning, Readings, word};
use super::sentence::Sentence;
use crate::query::Word;
use crate::vocabulary::lookup::{Role, Use};

/// Little words that carry nothing where they mean nothing.
const NOTHING: [Role; 8] =
    [Role::Empty, Role::Near, Role::In, Role::Within, Role::After, Role::Before, Role::At, Role::Under];

/// The words to look for, and those that carry nothing: to be looked for when there is nothing else.
pub(super) fn words(sentence: &Sentence<'_>, readings: &Readings<'_>) -> (Vec<Word>, Vec<Word>) {
    let (mut words, mut nothing) = (Vec::new(), Vec::new());
    let mut at = 0;
    let all = sentence.tokens.len();
    let end = pending(sentence, readings);
    while at < end {
        if let Some(reading) = readings.at(at) {
            if let Meaning::Word(word) = &reading.means {
                words.push(word.clone());
            }
            at = reading.span.end;
            continue;
        }
        let phrases = sentence.phrases(at).filter(|(end, _)| (at..*end).all(|at| readings.is_free(at)));
        let kinds = phrases.filter_map(|(end, used)| match used {
            Use::Synonym(_) => Some((end, true)),
            Use::Little(role) => NOTHING.contains(&role).then_some((end, false)),
            Use::Wish(_) => None,
        });
        // The longest; of equally long ones the one that stands for something.
        let best = kinds.max();
        match best {
            Some((after, true)) => words.push(word(sentence, &(at..after))),
            Some((after, false)) => nothing.extend((at..after).map(|at| plain(sentence, at))),
            None => words.push(plain(sentence, at)),
        }
        at = best.map_or(at + 1, |(after, _)| after);
    }
    if end < all {
        nothing.clear();
    }
    (words, nothing)
}

/// A word as it was typed: what it may have been meant for, the search knows better, unless it is a slip that is listed.
fn plain(sentence: &Sentence<'_>, at: usize) -> Word {
    let text = sentence.tokens.get(at).map(|token| token.typed.clone()).unwrap_or_default();
    let listed = sentence.lookup.listed_slip(&text).map(|meant| vec![vec![meant.to_owned()]]);
    Word { text, unfinished: sentence.is_unfinished(at), synonyms: listed.unwrap_or_default() }
}

/// From where on the words are only the beginning of something: nothing is asked by them yet, and nothing shall move
/// on the screen for them. The only word of a question is looked for as it is.
fn pending(sentence: &Sentence<'_>, readings: &Readings<'_>) -> usize {
    let all = sentence.tokens.len();
    let Some(last) = all.checked_sub(1).filter(|last| readings.is_free(*last)) else { return all };
    let mut begin = if sentence.unfinished { begun(sentence, readings, last) } else { all };
    // "within 5" and "within 5 mil", on the way to "within 5 miles".
    let before = last.checked_sub(1).filter(|_| sentence.unfinished);
    if let Some(amount) = [before, Some(last)].into_iter().flatten().find(|at| is_led_amount(sentence, readings, *at)) {
        begin = begin.min(amount);
    }
    if begin == 0 && all == 1 { all } else { begin }
}

/// Whether a number stands at `at` that nothing is made of, behind a word for an amount.
fn is_led_amount(sentence: &Sentence<'_>, readings: &Readings<'_>, at: usize) -> bool {
    let is_number = sentence.word(at).bytes().all(|byte| byte.is_ascii_digit());
    let leads = |role| (0..at).any(|before| sentence.roles(before, role).any(|end| end == at));
    is_number && readings.is_free(at) && (leads(Role::Within) || leads(Role::Under))
}

/// From where on the words begin a phrase of the vocabulary and are in no record; the end when they are words for
/// themselves.
fn begun(sentence: &Sentence<'_>, readings: &Readings<'_>, last: usize) -> usize {
    /// No phrase has more words before the last that is worth to wait for.
    const BEFORE: usize = 4;
    let typed = sentence.word(last);
    let stands = sentence.directory.has(typed) || sentence.directory.goes_on(typed, &|_| false);
    for at in last.saturating_sub(BEFORE)..last {
        let free = (at..last).all(|at| readings.is_free(at));
        let little = |at: usize| NOTHING.into_iter().any(|role| sentence.is(at, role));
        let strange = |at: usize| !sentence.directory.has(sentence.word(at)) && !little(at);
        let waits = (at..last).any(strange) || (at..=last).all(little);
        if free && waits && begins_phrase(sentence, at, last) {
            return at;
        }
    }
    if sentence.lookup.goes_on(typed) && !stands && !typed.contains(char::is_numeric) { last } else { last + 1 }
}

/// Whether the words from `at` to the unfinished `last` are the beginning of a phrase.
fn begins_phrase(sentence: &Sentence<'_>, at: usize, last: usize) -> bool {
    sentence.lookup.starting(sentence.word(at)).iter().any(|phrase| {
        let (before, next) = (phrase.words.get(..last - at), phrase.words.get(last - at));
        let same = before.is_some_and(|words| words.iter().zip(at..).all(|(word, at)| sentence.word(at) == word));
        same && next.is_some_and(|next| next.starts_with(sentence.word(last)))
    })
}
