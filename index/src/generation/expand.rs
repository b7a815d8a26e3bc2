//! From a word of the question to the terms of the index that may stand for it, each at its level of likeness.

use std::io;

use tantivy::Term;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;

use crate::query::Word;

use super::schema::{self, FACTS, Fields, NAME, PLACE, SHORT, TEXT};
use super::slips::{self, Slips};
use super::stems::Stems;
use super::sweep::{Gathered, Long, Phrase, Union, Wanted, Worths, worth};
use super::weights;

/// How like the typed word a term is, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// The word itself.
    Exact,
    /// It begins with what was typed.
    Beginning,
    /// It begins with what was typed, but that is a word of its own: "na" on the way to "native".
    Further,
    /// What directories write for it.
    Synonym,
    /// Another form of it.
    Stem,
    /// A letter doubled, or one of a double missing.
    Doubled,
    /// One slip.
    Slip,
    /// Two slips.
    TwoSlips,
}

impl Level {
    /// The tier of an answer whose words are all at least this like.
    pub(super) fn tier(self) -> u8 {
        match self {
            Self::Exact | Self::Beginning => 0,
            Self::Synonym | Self::Stem | Self::Further => 1,
            Self::Doubled | Self::Slip => 2,
            Self::TwoSlips => 3,
        }
    }

    fn likeness(self) -> f32 {
        match self {
            Self::Exact => weights::EXACT,
            Self::Beginning | Self::Further => weights::BEGINNING,
            Self::Synonym => weights::SYNONYM,
            Self::Stem => weights::STEM,
            Self::Doubled => weights::DOUBLED,
            Self::Slip => weights::SLIP,
            Self::TwoSlips => weights::TWO_SLIPS,
        }
    }

    /// What a posting at this level is worth, by its count in the index.
    fn worths(self) -> Worths {
        let mut worths = [0; 16];
        for (count, slot) in (0_u32..).zip(&mut worths) {
            let parts = schema::parts_of(count);
            let weighed =
                [(NAME, weights::NAME), (PLACE, weights::PLACE), (FACTS, weights::FACTS), (TEXT, weights::TEXT)];
            let sum: f32 = weighed.iter().filter(|(part, _)| parts & part != 0).map(|(_, weight)| weight).sum();
            *slot = worth(self.tier(), self.likeness() * sum / (sum + weights::SATURATION), parts);
        }
        worths
    }
}

/// A term that was found, and in which list.
#[derive(Clone)]
struct Found {
    info: TermInfo,
    level: Level,
    start: bool,
}

/// Several words that stand for one, each with its forms.
struct FoundPhrase {
    words: Vec<Vec<Found>>,
    level: Level,
}

/// A word of the question with what was found for it so far.
pub(super) struct Sought {
    word: Word,
    found: Vec<Found>,
    phrases: Vec<FoundPhrase>,
    /// The likeliest word that was meant, when only slips were found.
    meant: Option<String>,
}

/// The dictionaries of one generation.
pub(super) struct Lexicon<'a> {
    pub(super) fields: Fields,
    pub(super) words: &'a InvertedIndexReader,
    pub(super) starts: &'a InvertedIndexReader,
    pub(super) stems: &'a Stems,
    pub(super) records: u32,
}

impl Lexicon<'_> {
    /// The exact word, its continuations if it is unfinished, its other forms and its synonyms.
    pub(super) fn seek(&self, word: &Word) -> io::Result<Sought> {
        let mut sought = Sought { word: word.clone(), found: Vec::new(), phrases: Vec::new(), meant: None };
        // What stands for something is finished as it is; what goes on from it comes second.
        let beginning = if word.synonyms.is_empty() { Level::Beginning } else { Level::Further };
        let parts: Vec<&str> = word.text.split(' ').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => {}
            [one] => {
                sought.found = self.exact(one, Level::Exact)?;
                if word.unfinished {
                    self.beginnings(one, beginning, &mut sought.found)?;
                }
                self.forms(one, Level::Stem, &mut sought.found)?;
            }
            [first @ .., last] => {
                let mut words =
                    first.iter().map(|part| self.exact(part, Level::Exact)).collect::<io::Result<Vec<_>>>()?;
                let mut end = self.exact(last, Level::Exact)?;
                if word.unfinished {
                    self.beginnings(last, beginning, &mut end)?;
                }
                words.push(end);
                sought.phrase(words, Level::Exact);
            }
        }
        for synonym in &word.synonyms {
            self.written(synonym, &mut sought)?;
        }
        Ok(sought)
    }

    fn written(&self, synonym: &[String], sought: &mut Sought) -> io::Result<()> {
        if let [one] = synonym {
            sought.found.extend(self.exact(one, Level::Synonym)?);
            return self.forms(one, Level::Synonym, &mut sought.found);
        }
        let mut words = Vec::new();
        for part in synonym {
            let mut forms = self.exact(part, Level::Synonym)?;
            self.forms(part, Level::Synonym, &mut forms)?;
            words.push(forms);
        }
        sought.phrase(words, Level::Synonym);
        Ok(())
    }

    fn exact(&self, word: &str, level: Level) -> io::Result<Vec<Found>> {
        let info = self.words.get_term_info(&Term::from_field_text(self.fields.words, word))?;
        Ok(info.into_iter().map(|info| Found { info, level, start: false }).collect())
    }

    fn beginnings(&self, start: &str, level: Level, found: &mut Vec<Found>) -> io::Result<()> {
        if start.chars().count() <= SHORT {
            let info = self.starts.get_term_info(&Term::from_field_text(self.fields.starts, start))?;
            found.extend(info.map(|info| Found { info, level, start: true }));
            return Ok(());
        }
        self.continuations(start, |term, info| {
            if term.len() > start.len() {
                found.push(Found { info: info.clone(), level, start: false });
            }
            true
        })
    }

    /// Hands out all terms that begin so, in order, while `each` wants more.
    pub(super) fn continuations(&self, start: &str, mut each: impl FnMut(&str, &TermInfo) -> bool) -> io::Result<()> {
        let range = self.words.terms().range().ge(start.as_bytes());
        let mut stream = match after_all_that_begin_with(start) {
            Some(end) => range.lt(end).into_stream()?,
            None => range.into_stream()?,
        };
        while stream.advance() {
            if let Ok(term) = std::str::from_utf8(stream.key())
                && !each(term, stream.value())
            {
                break;
            }
        }
        Ok(())
    }

    /// Other words with the same stem, in English or in Spanish.
    fn forms(&self, word: &str, level: Level, found: &mut Vec<Found>) -> io::Result<()> {
        let Some(family) = self.stems.family(word) else { return Ok(()) };
        self.continuations(family.start(), |term, info| {
            if term != word && family.has(term) {
                found.push(Found { info: info.clone(), level, start: false });
            }
            true
        })
    }

    /// Adds to each word what is one slip (or two) away from it. Returns whether anything was added.
    pub(super) fn forgive(&self, all: &mut [Sought], slips: Slips) -> io::Result<bool> {
        let mut added = false;
        let texts: Vec<String> = all.iter().map(|sought| sought.word.text.clone()).collect();
        for sought in all.iter_mut() {
            let word = &sought.word;
            let mut near = Vec::new();
            let likeliest = slips::near(self.words.terms(), &word.text, word.unfinished, slips, |info, level| {
                near.push(Found { info: info.clone(), level, start: false });
            })?;
            added |= !near.is_empty();
            if sought.is_unknown() {
                sought.meant = likeliest;
            }
            sought.found.append(&mut near);
            if slips == Slips::One {
                added |= self.split(sought)? | self.longer(sought)?;
            }
        }
        if slips == Slips::One {
            for (at, pair) in texts.windows(2).enumerate() {
                let joined = self.exact(&pair.concat(), Level::Slip)?;
                added |= !joined.is_empty();
                for sought in all.iter_mut().skip(at).take(2) {
                    sought.found.extend(joined.iter().cloned());
                }
            }
        }
        Ok(added)
    }

    /// A space left out: "recoveryhouse".
    fn split(&self, sought: &mut Sought) -> io::Result<bool> {
        let mut added = false;
        let text = sought.word.text.clone();
        for (left, right) in slips::halves(&text) {
            let left = self.exact(left, Level::Slip)?;
            if left.is_empty() {
                continue;
            }
            let right = self.exact(right, Level::Slip)?;
            added |= !right.is_empty();
            sought.phrase(vec![left, right], Level::Slip);
        }
        Ok(added)
    }

    /// A word cut short: "lgbt" for "lgbtq".
    fn longer(&self, sought: &mut Sought) -> io::Result<bool> {
        let Word { text, unfinished, .. } = &sought.word;
        if *unfinished || !slips::may_slip(text) {
            return Ok(false);
        }
        let before = sought.found.len();
        let mut longer = Vec::new();
        self.continuations(text, |term, info| {
            if term.len() > text.len() {
                longer.push(Found { info: info.clone(), level: Level::Slip, start: false });
            }
            true
        })?;
        sought.found.append(&mut longer);
        Ok(sought.found.len() > before)
    }

    /// Opens the lists of a word.
    pub(super) fn open(&self, sought: &Sought) -> io::Result<Wanted> {
        let mut wanted = Wanted { forms: self.union(&sought.found)?, ..Wanted::default() };
        let mut postings: u64 = sought.found.iter().map(|found| u64::from(found.info.doc_freq)).sum();
        for phrase in &sought.phrases {
            let words = phrase.words.iter().map(|word| self.union(word)).collect::<io::Result<_>>()?;
            let mut worths = phrase.level.worths();
            // What was typed may be scattered over the record; what stands for it must be said in one breath, and so
            // must what has something that stands for it: "need a job" is no "job" with a "need" somewhere.
            let loose = phrase.level == Level::Exact && sought.word.synonyms.is_empty();
            let scattered = if loose { worths[1] } else { 0 };
            if phrase.level == Level::Exact && !loose {
                let spoken = usize::from(schema::count_for(TEXT));
                worths[spoken] = Level::Synonym.worths()[spoken];
            }
            wanted.phrases.push(Phrase { words, worths, scattered });
            postings += phrase.words.iter().map(|word| frequency(word)).min().unwrap_or(0);
        }
        wanted.cost = postings;
        wanted.weight = sought.weight(self.records);
        Ok(wanted)
    }

    fn union(&self, all: &[Found]) -> io::Result<Union> {
        /// Shorter lists are read whole; one block of the index holds this many.
        const BLOCK: u32 = 128;
        let mut union = Union::default();
        let mut short = Vec::new();
        for found in all {
            let reader = if found.start { self.starts } else { self.words };
            let postings = reader.read_block_postings_from_terminfo(&found.info, IndexRecordOption::WithFreqs)?;
            let worths = found.level.worths();
            if found.info.doc_freq < BLOCK {
                let found = postings.freqs().iter().map(|count| worths[(*count & 15) as usize]);
                short.extend(postings.docs().iter().copied().zip(found));
            } else {
                union.long.push(Long::new(postings, worths));
            }
        }
        union.short = Gathered::new(short);
        Ok(union)
    }
}

fn frequency(forms: &[Found]) -> u64 {
    forms.iter().map(|found| u64::from(found.info.doc_freq)).sum()
}

impl Sought {
    fn phrase(&mut self, words: Vec<Vec<Found>>, level: Level) {
        if words.iter().all(|word| !word.is_empty()) {
            self.phrases.push(FoundPhrase { words, level });
        }
    }

    /// As typed.
    pub(super) fn text(&self) -> &str {
        &self.word.text
    }

    /// As typed, with the likeliest word that was meant, when the directory does not have it.
    pub(super) fn spelled(&self) -> Option<(String, String)> {
        self.meant.clone().map(|meant| (self.word.text.clone(), meant))
    }

    /// Whether it is a number, or has one in it.
    pub(super) fn is_number(&self) -> bool {
        self.word.text.contains(|c: char| c.is_ascii_digit())
    }

    /// Whether the directory has nothing at all for it.
    pub(super) fn is_unknown(&self) -> bool {
        self.found.is_empty() && self.phrases.is_empty()
    }

    /// How much the word says: a rare word says more.
    #[expect(clippy::cast_precision_loss, reason = "a weight")]
    pub(super) fn weight(&self, records: u32) -> f32 {
        let phrases =
            self.phrases.iter().map(|phrase| phrase.words.iter().map(|word| frequency(word)).min().unwrap_or(0));
        let postings = frequency(&self.found) + phrases.sum::<u64>();
        1.0 + (1.0 + records as f32 / (1 + postings) as f32).ln()
    }
}

/// The first key after all that begin with `start`.
fn after_all_that_begin_with(start: &str) -> Option<Vec<u8>> {
    let mut end = start.as_bytes().to_vec();
    while let Some(last) = end.pop() {
        if let Some(next) = last.checked_add(1) {
            end.push(next);
            return Some(end);
        }
    }
    None
}
