//! Places: "near downtown", "in costa mesa", a name that stands alone, a ZIP code.

use std::ops::Range;

use super::readings::{Meaning, Reading, Readings};
use super::sentence::Sentence;
use crate::query::{Place, Wish};
use crate::vocabulary::lookup::Role;

/// No name behind "in" or "near" has more words.
const LONGEST: usize = 6;

/// No name that stands alone has more words.
const LONGEST_BARE: usize = 5;

/// Whether the directory knows the word at `at`, or one that it may become.
fn is_known(sentence: &Sentence<'_>, at: usize) -> bool {
    let Some(token) = sentence.tokens.get(at) else { return false };
    sentence.lookup.has(token.text())
        || sentence.directory.has(&token.typed)
        || sentence.is_unfinished(at)
            && (sentence.lookup.goes_on(&token.typed) || sentence.directory.goes_on(&token.typed, &|_| false))
}

/// The places that may be meant at `at`, the longest names.
pub(super) fn at<'a>(sentence: &Sentence<'_>, at: usize) -> Vec<Reading<'a>> {
    let led = [Role::Near, Role::In].into_iter().filter_map(|role| {
        let (place, end) = sentence.roles(at, role).filter_map(|at| named(sentence, at)).max_by_key(|(_, end)| *end)?;
        let wish = if role == Role::Near { Wish::Near(place) } else { Wish::In(place) };
        Some(Reading { span: at..end, means: Meaning::Place(wish) })
    });
    let bare = longest(sentence, at, LONGEST_BARE, true);
    let bare = bare.map(|(place, end)| Reading { span: at..end, means: Meaning::Place(Wish::In(place)) });
    led.chain(bare).collect()
}

/// The place whose name begins at `at`, behind a word that calls for one, and where it ends.
pub(super) fn named(sentence: &Sentence<'_>, at: usize) -> Option<(Place, usize)> {
    let without_article = || longest(sentence, sentence.role(at, Role::Empty)?, LONGEST, false);
    longest(sentence, at, LONGEST, false).or_else(without_article)
}

fn longest(sentence: &Sentence<'_>, at: usize, most: usize, bare: bool) -> Option<(Place, usize)> {
    let last = sentence.tokens.len().min(at + most);
    (at + 1..=last).rev().find_map(|end| {
        let typed: Vec<&str> = sentence.tokens.get(at..end)?.iter().map(|token| token.typed.as_str()).collect();
        let place = sentence.directory.place(&typed.join(" "), bare)?;
        sentence.is_settled(&(at..end), &|_| false).then_some((place, end))
    })
}

/// A place that was asked for and that nobody lists: the words behind "near", or behind "in" when one of them is
/// unknown to all.
pub(super) fn nowhere(sentence: &Sentence<'_>, readings: &Readings<'_>) -> Option<Range<usize>> {
    let lost = readings.all.iter().find(|reading| matches!(reading.means, Meaning::Nowhere));
    if let Some(behind) = lost.and_then(|reading| words_from(sentence, readings, reading.span.end)) {
        return Some(behind);
    }
    (0..sentence.tokens.len()).filter(|at| readings.is_free(*at)).find_map(|at| {
        if let Some(begin) = sentence.role(at, Role::Near) {
            return words_from(sentence, readings, begin);
        }
        let begin = sentence.role(at, Role::In)?;
        let words = words_from(sentence, readings, begin)?;
        words.clone().any(|at| !is_known(sentence, at)).then_some(words)
    })
}

/// The free words from `begin` on, little ones before them left out. Nothing while the last of them may become a place.
fn words_from(sentence: &Sentence<'_>, readings: &Readings<'_>, begin: usize) -> Option<Range<usize>> {
    let stands = |at: &usize, roles: &[Role]| roles.iter().any(|role| sentence.is(*at, *role));
    let free = |at: &usize| readings.is_free(*at);
    let all = sentence.tokens.len();
    let begin = (begin..all).take_while(free).find(|at| !stands(at, &[Role::Empty]))?;
    let more = (begin + 1..all.min(begin + LONGEST)).take_while(|at| free(at) && !stands(at, &[Role::Near, Role::In]));
    let end = begin + 1 + more.count();
    let last = sentence.tokens.get(end.checked_sub(1)?)?;
    let may_become = sentence.is_unfinished(end - 1) && sentence.directory.goes_on(&last.typed, &|_| false);
    (!may_become).then_some(begin..end)
}
