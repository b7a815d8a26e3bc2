//! Words of somebody in danger, found however they are put.

use super::sentence::Sentence;
use crate::text;

/// So many other words may stand between those of a phrase.
const BETWEEN: usize = 2;

/// From so many letters on, a slip is forgiven.
const ONE_SLIP: usize = 5;

/// Words so short stand in every sentence ("what time does it end"): a phrase of nothing else counts only as it is.
const SHORT: usize = 3;

/// Whether some phrase of danger was typed: its words in any order, with few others between.
pub(super) fn speaks_of_danger(sentence: &Sentence<'_>) -> bool {
    let typed: Vec<&str> = sentence.tokens.iter().map(|token| token.typed.as_str()).collect();
    sentence.vocabulary.danger.iter().any(|phrase| stands_in(phrase, &typed))
}

fn stands_in(phrase: &[String], typed: &[&str]) -> bool {
    if phrase.is_empty() || phrase.len() > typed.len() {
        return false;
    }
    if phrase.iter().all(|word| word.len() <= SHORT) {
        return typed.windows(phrase.len()).any(|window| window.iter().zip(phrase).all(|(typed, word)| typed == word));
    }
    let most = if phrase.len() == 1 { 1 } else { phrase.len() + BETWEEN };
    typed.windows(most.min(typed.len())).any(|window| {
        let mut free: Vec<&str> = window.to_vec();
        phrase.iter().all(|word| {
            let found = free.iter().position(|typed| is_meant(typed, word));
            found.map(|at| free.swap_remove(at)).is_some()
        })
    })
}

fn is_meant(typed: &str, word: &str) -> bool {
    typed == word || singular(typed) == singular(word) || word.len() >= ONE_SLIP && text::at_most_one(typed, word)
}

fn singular(word: &str) -> &str {
    /// A shorter word does not lose its s: us, gas.
    const SHORTEST: usize = 3;
    word.strip_suffix('s').filter(|word| word.len() >= SHORTEST).unwrap_or(word)
}
