//! Words of one family: "meeting" and "meetings", "reunión" and "reuniones".
//!
//! Nothing is stored for it: the terms that share the beginning of a word are few, and each is stemmed when it is
//! met. A term belongs to the family when its English or its Spanish stem is the word's.

use std::sync::Mutex;

use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

/// The stemmers of the two languages of the kiosk.
pub(super) struct Stems(Mutex<[TextAnalyzer; 2]>);

/// A word with its stems.
pub(super) struct Family<'a> {
    stems: &'a Stems,
    start: String,
    length: usize,
    of: [String; 2],
}

/// Shorter words have no other forms worth a guess.
const SHORTEST: usize = 4;
/// How many letters an ending may add.
const ENDING: usize = 4;

impl Stems {
    pub(super) fn new() -> Self {
        let analyzer = |language| TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(language)).build();
        Self(Mutex::new([analyzer(Language::English), analyzer(Language::Spanish)]))
    }

    fn stem(&self, word: &str) -> [String; 2] {
        let mut analyzers = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        analyzers.each_mut().map(|analyzer| {
            let mut stem = String::new();
            analyzer.token_stream(word).process(&mut |token| stem.push_str(&token.text));
            stem
        })
    }

    /// The family of a word; nothing for short words and numbers.
    pub(super) fn family(&self, word: &str) -> Option<Family<'_>> {
        let length = word.chars().count();
        if length < SHORTEST || word.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let of = self.stem(word);
        // The last letter of a stem may not stand in the word itself ("happi"), so one less is safe.
        let shorter = of.iter().map(|stem| stem.chars().count()).min()?.saturating_sub(1).max(SHORTEST - 1);
        let start = word.chars().take(shorter).collect();
        Some(Family { stems: self, start, length, of })
    }
}

impl Family<'_> {
    /// How all of the family begin.
    pub(super) fn start(&self) -> &str {
        &self.start
    }

    /// Whether `term` is one of it.
    pub(super) fn has(&self, term: &str) -> bool {
        let length = term.chars().count();
        length >= SHORTEST
            && length.abs_diff(self.length) <= ENDING
            && self.stems.stem(term).iter().zip(&self.of).any(|(one, other)| one == other)
    }
}
