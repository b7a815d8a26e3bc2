//! What was typed, cut into words that know where they stand.

use std::ops::Range;

use super::Known;
use crate::query::Here;
use crate::text;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::lookup::{Lookup, Role, Use};

/// Nobody asks a question of more words. What follows is not looked at.
const MOST: usize = 40;

/// A run between white space.
struct Chunk {
    /// Where it stands, in bytes.
    at: Range<usize>,
    /// Where the white space after it ends.
    after: usize,
    /// The whole of it, folded, when it has digits: hours and amounts are more than words.
    folded: Option<String>,
}

/// A word of the question.
pub(super) struct Token {
    /// As typed, folded.
    pub(super) typed: String,
    /// The word of the vocabulary that is taken to be meant, when that is another one.
    pub(super) meant: Option<String>,
    /// The chunks that it was made of: mostly one, two when a space too many was typed.
    pub(super) chunks: Range<usize>,
}

impl Token {
    /// What is taken to be meant.
    pub(super) fn text(&self) -> &str {
        self.meant.as_deref().unwrap_or(&self.typed)
    }
}

/// A question in words, and all that is needed to understand it.
pub(super) struct Sentence<'a> {
    text: &'a str,
    chunks: Vec<Chunk>,
    pub(super) tokens: Vec<Token>,
    /// The last word may go on.
    pub(super) unfinished: bool,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) lookup: &'a Lookup,
    pub(super) directory: &'a dyn Known,
    pub(super) here: &'a Here,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(text: &'a str, vocabulary: &'a Vocabulary, directory: &'a dyn Known, here: &'a Here) -> Self {
        let mut chunks = Vec::new();
        let mut tokens = Vec::new();
        let mut rest = chunks_of(text).peekable();
        while let Some((at, after)) = rest.next_if(|_| tokens.len() < MOST) {
            let raw = text.get(at.clone()).unwrap_or_default();
            let folded = raw.contains(char::is_numeric).then(|| text::fold(raw));
            let number = chunks.len();
            let made = |typed| Token { typed, meant: None, chunks: number..number + 1 };
            tokens.extend(text::words(raw).take(MOST - tokens.len()).map(made));
            chunks.push(Chunk { at, after, folded });
        }
        let unfinished = !text.ends_with(char::is_whitespace) && rest.peek().is_none();
        Self { text, chunks, tokens, unfinished, vocabulary, lookup: vocabulary.lookup(), directory, here }
    }

    /// The word at `at`; nothing behind the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", Token::text)
    }

    /// Whether the word at `at` may go on.
    pub(super) fn is_unfinished(&self, at: usize) -> bool {
        self.unfinished && at + 1 == self.tokens.len()
    }

    /// Some of its words with a space between each two.
    pub(super) fn joined(&self, span: Range<usize>) -> String {
        let words: Vec<&str> = self.tokens.get(span).unwrap_or_default().iter().map(Token::text).collect();
        words.join(" ")
    }

    /// Where these words stand, with the space after them: what to take away with them.
    pub(super) fn place_of(&self, span: &Range<usize>) -> Range<usize> {
        self.bounds(span).map_or(0..0, |(first, last)| first.at.start..last.after)
    }

    /// What was typed there.
    pub(super) fn typed(&self, at: &Range<usize>) -> &'a str {
        self.text.get(at.clone()).unwrap_or_default().trim_end()
    }

    fn bounds(&self, span: &Range<usize>) -> Option<(&Chunk, &Chunk)> {
        let tokens = self.tokens.get(span.clone())?;
        let (first, last) = (tokens.first()?, tokens.last()?);
        Some((self.chunks.get(first.chunks.start)?, self.chunks.get(last.chunks.end.checked_sub(1)?)?))
    }

    /// The whole chunk that begins with the word at `at`, if it has digits, and where the words after it begin.
    pub(super) fn shape(&self, at: usize) -> Option<(&str, usize)> {
        let chunks = &self.tokens.get(at)?.chunks;
        if at.checked_sub(1).and_then(|before| self.tokens.get(before)).is_some_and(|before| before.chunks == *chunks) {
            return None;
        }
        let folded = self.chunks.get(chunks.start)?.folded.as_deref()?;
        let same = self.tokens.iter().skip(at).take_while(|token| token.chunks == *chunks).count();
        Some((folded, at + same))
    }

    /// The phrases of the vocabulary that stand at `at`, the longest first, each with its end and its use.
    pub(super) fn phrases(&self, at: usize) -> impl Iterator<Item = (usize, Use)> {
        let stands = move |words: &[String]| words.iter().zip(at..).all(|(word, at)| self.word(at) == word);
        let starting = self.lookup.starting(self.word(at)).iter();
        starting.filter(move |phrase| stands(&phrase.words)).map(move |phrase| (at + phrase.words.len(), phrase.used))
    }

    /// Where the little words that do this and stand at `at` end, the longest first: "near the", "near".
    pub(super) fn roles(&self, at: usize, role: Role) -> impl Iterator<Item = usize> {
        self.phrases(at).filter(move |(_, used)| *used == Use::Little(role)).map(|(end, _)| end)
    }

    /// Where the longest of them ends.
    pub(super) fn role(&self, at: usize, role: Role) -> Option<usize> {
        self.roles(at, role).next()
    }

    /// Whether such words stand at `at`.
    pub(super) fn is(&self, at: usize, role: Role) -> bool {
        self.role(at, role).is_some()
    }

    /// Whether the words of `span` will not become others while one types on: the last of them is finished, or nothing
    /// in the directory goes on from it but its own `family`.
    pub(super) fn is_settled(&self, span: &Range<usize>, family: &dyn Fn(&str) -> bool) -> bool {
        /// The last word of a phrase that is so long settles it: what it may become would hardly stand here.
        const SURE: usize = 4;
        let Some(last) = self.tokens.last().filter(|_| self.unfinished && span.end == self.tokens.len()) else {
            return true;
        };
        let plural = |word: &str| word.strip_prefix(&last.typed).is_some_and(|end| matches!(end, "s" | "es"));
        span.len() > 1 && last.typed.chars().count() >= SURE
            || !self.directory.goes_on(&last.typed, &|word| plural(word) || family(word))
    }
}

/// The runs between white space: where each stands, and where the white space after it ends.
fn chunks_of(text: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
    let mut at = text.len() - text.trim_start().len();
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let long = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let after = rest.get(long..)?;
        let space = after.len() - after.trim_start().len();
        let chunk = at..at + long;
        at = chunk.end + space;
        Some((chunk, at))
    })
}
