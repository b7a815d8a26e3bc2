//! Slips in words that stand for something: letters amiss, a space too many or too few.

use super::hours;
use super::sentence::{Sentence, Token};
use crate::vocabulary::lookup::{Role, Use};

/// The shortest word that is put together from two: "to day" is today, "a a" is not aa.
const SHORTEST_WHOLE: usize = 5;

/// The shortest half of a word that lacks its space.
const SHORTEST_HALF: usize = 3;

/// Takes words for those that they were likeliest meant for. What is a word of the directory or of the vocabulary
/// already is never touched, nor is what may still become one.
pub(super) fn mend(sentence: &mut Sentence<'_>) {
    close_gaps(sentence);
    open_gaps(sentence);
    let meant: Vec<Option<String>> = (0..sentence.tokens.len()).map(|at| meant(sentence, at)).collect();
    for (token, meant) in sentence.tokens.iter_mut().zip(meant) {
        token.meant = meant;
    }
}

fn meant(sentence: &Sentence<'_>, at: usize) -> Option<String> {
    let word = sentence.word(at);
    if let Some(listed) = sentence.lookup.listed_slip(word).filter(|_| !sentence.directory.has(word)) {
        return Some(listed.to_owned());
    }
    if !is_strange(sentence, word) || may_become_known(sentence, at) {
        return None;
    }
    sentence.lookup.nearest(word).map(ToOwned::to_owned)
}

/// Whether nobody knows this word.
fn is_strange(sentence: &Sentence<'_>, word: &str) -> bool {
    let known = sentence.lookup.has(word) || hours::knows(word) || sentence.directory.has(word);
    !known && !word.contains(char::is_numeric)
}

fn may_become_known(sentence: &Sentence<'_>, at: usize) -> bool {
    let word = sentence.word(at);
    sentence.is_unfinished(at) && (sentence.lookup.goes_on(word) || sentence.directory.goes_on(word, &|_| false))
}

/// Whether this is a phrase of one word that stands for a wish.
fn is_wish(sentence: &Sentence<'_>, word: &str) -> bool {
    let alone = sentence.lookup.starting(word).iter().filter(|phrase| phrase.words.len() == 1);
    alone.into_iter().any(|phrase| matches!(phrase.used, Use::Wish(_)))
}

/// Two words that are one together, "to night".
fn close_gaps(sentence: &mut Sentence<'_>) {
    let mut at = 0;
    while at + 1 < sentence.tokens.len() {
        let whole = format!("{}{}", sentence.word(at), sentence.word(at + 1));
        if whole.len() >= SHORTEST_WHOLE && is_wish(sentence, &whole) && !mean_something_apart(sentence, at) {
            let after = sentence.tokens.remove(at + 1);
            if let Some(token) = sentence.tokens.get_mut(at) {
                *token = Token { typed: whole, meant: None, chunks: token.chunks.start..after.chunks.end };
            }
        }
        at += 1;
    }
}

/// Whether the two words at `at` are a phrase, or one of them a wish beside another word: "after noon".
fn mean_something_apart(sentence: &Sentence<'_>, at: usize) -> bool {
    let stands =
        |wish: usize, beside: usize| is_wish(sentence, sentence.word(wish)) && !sentence.is(beside, Role::Empty);
    stands(at, at + 1) || stands(at + 1, at) || sentence.phrases(at).any(|(end, _)| end > at + 1)
}

/// One word that is two, "sundaymorning".
fn open_gaps(sentence: &mut Sentence<'_>) {
    let mut at = 0;
    while at < sentence.tokens.len() {
        if let Some((before, after)) = halves(sentence, at)
            && let Some(token) = sentence.tokens.get_mut(at)
        {
            token.typed = before;
            let after = Token { typed: after, meant: None, chunks: token.chunks.clone() };
            at += 1;
            sentence.tokens.insert(at, after);
        }
        at += 1;
    }
}

fn halves(sentence: &Sentence<'_>, at: usize) -> Option<(String, String)> {
    let word = sentence.word(at);
    if word.len() < 2 * SHORTEST_HALF || !is_strange(sentence, word) || may_become_known(sentence, at) {
        return None;
    }
    let cuts = (SHORTEST_HALF..=word.len() - SHORTEST_HALF).filter_map(|cut| word.split_at_checked(cut));
    let mut known = cuts.filter(|(before, after)| {
        let phrase = |phrase: &[String]| matches!(phrase, [one, other] if one == before && other == after);
        is_wish(sentence, before) && is_wish(sentence, after)
            || sentence.lookup.starting(before).iter().any(|it| phrase(&it.words))
    });
    known.next().map(|(before, after)| (before.to_owned(), after.to_owned()))
}
