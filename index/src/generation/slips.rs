//! Forgiven slips: which terms a word may have been meant for.
//!
//! One slip from four letters, two from seven; a transposition costs one; a slip in the first letter costs two. Words
//! with digits are never guessed at.

use std::io;
use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::postings::TermInfo;
use tantivy::termdict::TermDictionary;
use tantivy_fst::Automaton;

use super::expand::Level;
use super::weights::{LETTERS_FOR_ONE_SLIP, LETTERS_FOR_TWO_SLIPS, SLIPPED_TERMS};

/// How much is forgiven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slips {
    /// One slip, or a space too many or too few.
    One,
    /// Exactly two.
    Two,
}

struct Near<'a>(&'a DFA);

impl Automaton for Near<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

fn builder(slips: Slips) -> &'static LevenshteinAutomatonBuilder {
    static ONE: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    static TWO: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    match slips {
        Slips::One => ONE.get_or_init(|| LevenshteinAutomatonBuilder::new(1, true)),
        Slips::Two => TWO.get_or_init(|| LevenshteinAutomatonBuilder::new(2, true)),
    }
}

/// Whether a word is long enough to be guessed at, and no number and no phrase.
pub(super) fn may_slip(word: &str) -> bool {
    word.chars().count() >= LETTERS_FOR_ONE_SLIP && !word.contains(|c: char| c == ' ' || c.is_ascii_digit())
}

/// Calls `each` with the likeliest terms that `word` may have been meant for with exactly so many slips, and gives the
/// likeliest of them.
pub(super) fn near(
    terms: &TermDictionary,
    word: &str,
    unfinished: bool,
    slips: Slips,
    mut each: impl FnMut(&TermInfo, Level),
) -> io::Result<Option<String>> {
    if !may_slip(word) || slips == Slips::Two && word.chars().count() < LETTERS_FOR_TWO_SLIPS {
        return Ok(None);
    }
    let builder = builder(slips);
    let dfa = if unfinished { builder.build_prefix_dfa(word) } else { builder.build_dfa(word) };
    let mut stream = terms.search(Near(&dfa)).into_stream()?;
    let mut found = Vec::new();
    while stream.advance() {
        let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
        let Distance::Exact(distance) = dfa.eval(term) else { continue };
        let Some(level) = level(word, term, distance, unfinished) else { continue };
        if (slips == Slips::Two) == (level == Level::TwoSlips) {
            let length = term.len().abs_diff(word.len());
            found.push((level, length, u32::MAX - stream.value().doc_freq, term.to_owned(), stream.value().clone()));
        }
    }
    if found.len() > SLIPPED_TERMS {
        found.sort_by_key(|(level, length, rarity, ..)| (*level, *length, *rarity));
        found.truncate(SLIPPED_TERMS);
    }
    for (level, .., info) in &found {
        each(info, *level);
    }
    let likeliest = found.into_iter().min_by_key(|(level, length, rarity, ..)| (*level, *length, *rarity));
    Ok(likeliest.map(|(.., term, _)| term))
}

/// The names, kept as terms after a letter, that are one slip away from `typed`; none for short ones and numbers.
pub(super) fn names(terms: &TermDictionary, kind: char, typed: &str) -> io::Result<Vec<String>> {
    if !may_slip(&typed.replace(' ', "")) {
        return Ok(Vec::new());
    }
    let dfa = builder(Slips::One).build_dfa(&format!("{kind}{typed}"));
    let mut stream = terms.search(Near(&dfa)).into_stream()?;
    let mut names = Vec::new();
    while stream.advance() {
        let name = std::str::from_utf8(stream.key()).ok().and_then(|term| term.strip_prefix(kind));
        names.extend(name.map(str::to_owned));
    }
    Ok(names)
}

/// How like `term` is, `distance` slips away. Nothing for what is no slip, or no forgivable one.
fn level(word: &str, term: &str, distance: u8, unfinished: bool) -> Option<Level> {
    if distance == 0 {
        return None;
    }
    // Two doubles amiss are two slips: only the search for two finds them, and it takes nothing else.
    if distance == 1 && !unfinished && undoubled(word) == undoubled(term) {
        return Some(Level::Doubled);
    }
    match distance + u8::from(word.chars().next() != term.chars().next()) {
        1 => Some(Level::Slip),
        2 if word.chars().count() >= LETTERS_FOR_TWO_SLIPS => Some(Level::TwoSlips),
        _ => None,
    }
}

/// Each run of one letter as that letter once.
fn undoubled(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// The two halves of a word, at every place where a space may be missing.
pub(super) fn halves(word: &str) -> impl Iterator<Item = (&str, &str)> {
    const SHORTEST: usize = 3;
    let plain = !word.contains(' ');
    let cuts = word.char_indices().map(|(at, _)| at).filter(move |at| plain && *at >= SHORTEST);
    cuts.filter(|at| word.len() - at >= SHORTEST).filter_map(|at| word.split_at_checked(at))
}
