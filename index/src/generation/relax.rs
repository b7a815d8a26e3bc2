//! Never a dead end: when nothing fits everything, the least important wish is given up, and the answer says which.

use std::io;

use crate::query::{Answer, Constraint, Dropped, Facet, Query, Relaxation, Wish, Word};

use super::Opened;
use super::search::{Words, finds_something};

/// How much a wish weighs: the lightest is given up first. A person can come at another hour sooner than on another day,
/// travel farther, and do without a kind of meeting; the language, the fellowship and a roof weigh most.
fn weight(wish: &Wish) -> u8 {
    match wish {
        Wish::Near(_) => 0,
        Wish::Clock(_) => 1,
        Wish::Fee(_) => 2,
        Wish::Now => 3,
        Wish::Day(_) => 4,
        Wish::Within(..) => 5,
        Wish::In(_) => 7,
        Wish::Has(values) => match values.first().map(|value| value.facet) {
            Some(Facet::Style | Facet::Open) => 6,
            Some(Facet::How) => 8,
            Some(Facet::Access) => 9,
            Some(Facet::Who) => 10,
            Some(Facet::Housing) => 11,
            Some(Facet::Language) => 12,
            Some(Facet::Pathway) => 13,
            Some(Facet::Fellowship) => 14,
            _ => 15,
        },
    }
}

/// What is found without the least important of the typed wishes; without several, if need be. What was chosen is never
/// given up.
pub(super) fn relaxed(opened: &Opened, query: &Query, limit: usize) -> io::Result<Option<Answer>> {
    let mut typed: Vec<usize> =
        query.constraints.iter().enumerate().filter(|(_, one)| !one.is_chosen()).map(|(at, _)| at).collect();
    typed.sort_by_key(|at| query.constraints.get(*at).map(|constraint| weight(&constraint.wish)));
    let one_by_one = typed.iter().map(std::slice::from_ref);
    let more_and_more = (2..=typed.len()).filter_map(|count| typed.get(..count));
    for given_up in one_by_one.chain(more_and_more) {
        if let Some(answer) = without(opened, query, given_up, limit)? {
            return Ok(Some(answer));
        }
    }
    Ok(None)
}

/// The answer without some of the constraints, if there is one. Their words are searched as words first.
fn without(opened: &Opened, query: &Query, given_up: &[usize], limit: usize) -> io::Result<Option<Answer>> {
    let (mut kept, mut dropped) = (Vec::new(), Vec::new());
    let mut words: Vec<Word> = query.words.clone();
    for (at, constraint) in query.constraints.iter().enumerate() {
        if given_up.contains(&at) {
            dropped.push(Dropped::Wish(constraint.wish.clone()));
            words.extend(constraint.instead.iter().cloned());
            // What lies nearest still comes first.
            if let Wish::In(place) | Wish::Within(place, _) = &constraint.wish {
                kept.push(Constraint { wish: Wish::Near(place.clone()), ..constraint.clone() });
            }
        } else {
            kept.push(constraint.clone());
        }
    }
    let bare = words.len() == query.words.len();
    let attempts = [words.as_slice(), query.words.as_slice()];
    for words in attempts.into_iter().skip(usize::from(bare)) {
        if words.is_empty() && kept.is_empty() {
            // Everything is no answer to something.
            continue;
        }
        let mut answer = opened.found(query, &kept, words, Words::Known, limit)?;
        if finds_something(&answer) {
            dropped.extend(answer.relaxed.take().into_iter().flat_map(|relaxed| relaxed.dropped));
            answer.relaxed = Some(Relaxation { dropped, fitting: 0 });
            return Ok(Some(answer));
        }
    }
    Ok(None)
}
