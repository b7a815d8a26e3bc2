//! The short beginnings of words, each with the records that have it: those that have a word which begins so.
//!
//! They follow from the words and their records. In the order of their bytes the words of one beginning stand together, so
//! each list is put together from the lists of a run of words, and nothing is looked up and nothing is sorted.

use std::ops::Range;
use std::sync::Arc;

use super::concordance::Turned;
use super::schema::{self, SHORT};
use super::segment::Ordered;

/// The beginnings of these words, which stand in so many records.
pub(super) fn of(words: &Ordered, records: usize) -> Ordered {
    let mut runs: Vec<(&str, Range<usize>)> = (1..=SHORT).flat_map(|length| runs(words, length)).collect();
    runs.sort_unstable_by_key(|(beginning, _)| *beginning);
    let mut having = Having::of(records);
    let mut held = Turned::default();
    for (_, run) in &runs {
        for (record, count) in run.clone().flat_map(|at| words.records(at)) {
            having.add(record, schema::best_part(schema::parts_of(count)));
        }
        held.term(having.drain().map(|(record, parts)| (record, schema::count_for(schema::best_part(parts)))));
    }
    Ordered::in_order(runs.into_iter().map(|(beginning, _)| Arc::from(beginning)).collect(), held)
}

/// The beginnings of so many letters, each with the run of words that have it. Shorter words have none.
fn runs(words: &Ordered, length: usize) -> Vec<(&str, Range<usize>)> {
    let mut runs: Vec<(&str, Range<usize>)> = Vec::new();
    for (at, word) in words.texts().enumerate() {
        let Some((last, letter)) = word.char_indices().nth(length - 1) else { continue };
        let beginning = &word[..last + letter.len_utf8()];
        match runs.last_mut() {
            Some((known, run)) if *known == beginning => run.end = at + 1,
            _ => runs.push((beginning, at..at + 1)),
        }
    }
    runs
}

/// The records that have one beginning, and in which parts.
struct Having {
    parts: Vec<u8>,
    /// A bit for each record that has it; and one for each of these words of bits that has any.
    records: Vec<u64>,
    any: Vec<u64>,
}

impl Having {
    fn of(records: usize) -> Self {
        let words = records.div_ceil(64);
        Self { parts: vec![0; records], records: vec![0; words], any: vec![0; words.div_ceil(64)] }
    }

    fn add(&mut self, record: u32, parts: u8) {
        let at = record as usize;
        let Some(known) = self.parts.get_mut(at) else { return };
        if *known == 0 {
            set(&mut self.records, at);
            set(&mut self.any, at / 64);
        }
        *known |= parts;
    }

    /// Hands all of them out, in their order, and forgets them.
    fn drain(&mut self) -> impl Iterator<Item = (u32, u8)> {
        let Self { parts, records, any } = self;
        let words = any.iter_mut().zip(0..).flat_map(|(any, at)| bits(std::mem::take(any), at));
        let records = words.flat_map(|at| bits(records.get_mut(at as usize).map_or(0, std::mem::take), at));
        records.filter_map(|record| Some((record, std::mem::take(parts.get_mut(record as usize)?))))
    }
}

fn set(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

/// The numbers of the bits that are set in the word of this number, the lowest first.
fn bits(mut word: u64, number: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros();
        (word != 0).then(|| {
            word &= word - 1;
            number * 64 + bit
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::generation::concordance::Concordance;
    use crate::generation::ingest::Listed;

    const WORDS: [&str; 9] = ["a", "ab", "abcde", "abd", "b", "éa", "éab", "reunión", "日本語会"];

    proptest! {
        #[test]
        fn a_record_has_the_beginnings_of_its_words(
            all in prop::collection::vec(prop::collection::btree_map(0..WORDS.len(), 1_u8..16, 0..5), 1..200),
        ) {
            let mut held = Concordance::default();
            let mut expected: BTreeMap<String, BTreeMap<u32, u8>> = BTreeMap::new();
            for (record, words) in (0..).zip(&all) {
                for (word, count) in words {
                    held.hold(u32::try_from(*word).unwrap(), *count);
                    let best = schema::best_part(schema::parts_of(u32::from(*count)));
                    for length in 1..=SHORT.min(WORDS[*word].chars().count()) {
                        let beginning: String = WORDS[*word].chars().take(length).collect();
                        *expected.entry(beginning).or_default().entry(record).or_default() |= best;
                    }
                }
                held.next_record();
            }
            let words = Ordered::of(Listed { terms: WORDS.map(Arc::from).into(), held });
            let found = of(&words, all.len());
            let found: BTreeMap<String, Vec<(u32, u32)>> =
                found.texts().enumerate().map(|(at, text)| (text.to_owned(), found.records(at).collect())).collect();
            // A word that no record has begins with nothing that one has.
            prop_assert_eq!(found.values().filter(|records| !records.is_empty()).count(), expected.len());
            for (beginning, records) in expected {
                let count = |parts: u8| u32::from(schema::count_for(schema::best_part(parts)));
                let records: Vec<_> = records.into_iter().map(|(record, parts)| (record, count(parts))).collect();
                prop_assert_eq!(&found[&beginning], &records, "{}", beginning);
            }
        }
    }
}
