//! Walking the lists of all words at once, a window of records at a time.
//!
//! A posting is turned into its **worth**, one number that orders itself: the tier (better is higher), the score and
//! the parts that hold the word. The best worth per record and word is then a plain maximum.

use tantivy::TERMINATED;
use tantivy::postings::BlockSegmentPostings;

use super::schema;

/// Records looked at together: what fits in the fastest cache.
const WINDOW: u32 = 4096;

/// Worth of a posting by its count in the index ([`super::schema::parts_of`] says which parts hold the word then).
pub(super) type Worths = [u16; 16];

/// The tier of a worth: 0 is best.
pub(super) fn tier(worth: u16) -> u8 {
    7 - (worth >> 13) as u8
}

/// The score of a worth, 0 to 1.
pub(super) fn score(worth: u16) -> f32 {
    f32::from(worth >> 4 & 511) / 511.0
}

/// The parts of a worth.
pub(super) fn parts(worth: u16) -> u8 {
    (worth & 15) as u8
}

/// Packs a worth. Never 0, which means "not there".
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 9 bits before")]
pub(super) fn worth(tier: u8, score: f32, parts: u8) -> u16 {
    let score = (score * 511.0).round().clamp(0.0, 511.0) as u16;
    u16::from(7 - tier.min(6)) << 13 | score << 4 | u16::from(parts & 15)
}

/// A long list, read block by block.
pub(super) struct Long {
    postings: BlockSegmentPostings,
    at: usize,
    worths: Worths,
}

impl Long {
    pub(super) fn new(postings: BlockSegmentPostings, worths: Worths) -> Self {
        Self { postings, at: 0, worths }
    }

    fn next_from(&mut self, base: u32) -> u32 {
        let docs = self.postings.docs();
        match docs.get(self.at) {
            Some(&doc) if doc >= base => return doc,
            None if docs.is_empty() => return TERMINATED,
            _ => {}
        }
        self.at = self.postings.seek(base);
        self.postings.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn fill(&mut self, base: u32, row: &mut [u16]) {
        let until = base + WINDOW;
        while self.next_from(base) < until {
            let docs = self.postings.docs().get(self.at..).unwrap_or_default();
            let counts = self.postings.freqs().get(self.at..).unwrap_or_default();
            let inside = docs.partition_point(|doc| *doc < until);
            for (doc, count) in docs.iter().zip(counts).take(inside) {
                let worth = self.worths[(*count & 15) as usize];
                if let Some(best) = row.get_mut((*doc - base) as usize) {
                    *best = worth.max(*best);
                }
            }
            self.at += inside;
            if inside < docs.len() {
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }
}

/// Many short lists, gathered into one: record and worth, ordered by record.
#[derive(Default)]
pub(super) struct Gathered {
    all: Vec<(u32, u16)>,
    at: usize,
}

impl Gathered {
    pub(super) fn new(mut all: Vec<(u32, u16)>) -> Self {
        all.sort_unstable();
        Self { all, at: 0 }
    }

    fn next_from(&mut self, base: u32) -> u32 {
        let rest = self.all.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|(doc, _)| *doc < base);
        self.all.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn fill(&mut self, base: u32, row: &mut [u16]) {
        self.next_from(base);
        while let Some((doc, worth)) = self.all.get(self.at) {
            let Some(best) = row.get_mut((doc - base) as usize) else { return };
            *best = (*worth).max(*best);
            self.at += 1;
        }
    }
}

/// One word in all its forms: any of them will do.
#[derive(Default)]
pub(super) struct Union {
    pub(super) long: Vec<Long>,
    pub(super) short: Gathered,
}

impl Union {
    fn next_from(&mut self, base: u32) -> u32 {
        let short = self.short.next_from(base);
        self.long.iter_mut().map(|list| list.next_from(base)).fold(short, u32::min)
    }

    fn fill(&mut self, base: u32, row: &mut [u16]) {
        self.short.fill(base, row);
        for list in &mut self.long {
            list.fill(base, row);
        }
    }
}

/// A phrase: all of its words, in one and the same part of the record, or in several parts if that will do.
pub(super) struct Phrase {
    /// Its words. Of their worth only the parts are used.
    pub(super) words: Vec<Union>,
    /// What the phrase is worth by the count that stands for the parts that hold all of it.
    pub(super) worths: Worths,
    /// What it is worth when no part holds all of it; 0 for nothing.
    pub(super) scattered: u16,
}

impl Phrase {
    fn next_from(&mut self, base: u32) -> u32 {
        self.words.iter_mut().map(|word| word.next_from(base)).max().unwrap_or(TERMINATED)
    }

    fn worth_in(&self, parts: u8) -> u16 {
        self.worths[usize::from(schema::count_for(parts))]
    }

    fn fill(&mut self, base: u32, row: &mut [u16], scratch: &mut Scratch) {
        if self.next_from(base) >= base + WINDOW {
            return;
        }
        scratch.common.fill(PRESENT | 15);
        for word in &mut self.words {
            scratch.row.fill(0);
            word.fill(base, &mut scratch.row);
            for (common, here) in scratch.common.iter_mut().zip(&scratch.row) {
                *common &= if *here == 0 { 0 } else { PRESENT | here & 15 };
            }
        }
        for (best, common) in row.iter_mut().zip(&scratch.common) {
            match *common {
                0 => {}
                PRESENT => *best = self.scattered.max(*best),
                parts => *best = self.worth_in((parts & 15) as u8).max(*best),
            }
        }
    }
}

/// One word of a question with everything that may stand for it.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) forms: Union,
    pub(super) phrases: Vec<Phrase>,
    /// How many postings there are about: the rarest word leads.
    pub(super) cost: u64,
    /// How much the word says compared with the others.
    pub(super) weight: f32,
}

impl Wanted {
    fn next_from(&mut self, base: u32) -> u32 {
        let first = self.forms.next_from(base);
        self.phrases.iter_mut().map(|phrase| phrase.next_from(base)).fold(first, u32::min)
    }

    fn fill(&mut self, base: u32, row: &mut [u16], scratch: &mut Scratch) {
        row.fill(0);
        self.forms.fill(base, row);
        for phrase in &mut self.phrases {
            phrase.fill(base, row, scratch);
        }
    }
}

/// All words of a phrase are in the record, whatever the part.
const PRESENT: u16 = 16;

struct Scratch {
    row: Vec<u16>,
    common: Vec<u16>,
}

/// Which words a record may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lacking {
    /// None.
    Nothing,
    /// This one.
    This(usize),
    /// Any one of them.
    AnyOne,
}

/// Calls `each` with every record that has all the words but those it may lack, in order, and with the worth of each
/// word in it, in the order of `words` (0 for a word that is missing).
pub(super) fn sweep(words: &mut [Wanted], lacking: Lacking, mut each: impl FnMut(u32, &[u16])) {
    // The rarest first: where it is missing, the others need not be looked at.
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_key(|at| (lacking == Lacking::This(*at), words.get(*at).map(|word| word.cost)));
    let window = WINDOW as usize;
    let mut rows = vec![vec![0_u16; window]; words.len()];
    let mut scratch = Scratch { row: vec![0; window], common: vec![0; window] };
    let mut present = Present { all: vec![0; window], but_one: vec![0; window] };
    let mut worths = vec![0_u16; words.len()];
    let mut base = 0;
    loop {
        base = next_base(words, lacking, base);
        if base >= TERMINATED - WINDOW {
            return;
        }
        present.start();
        for at in &order {
            let (Some(word), Some(row)) = (words.get_mut(*at), rows.get_mut(*at)) else { continue };
            word.fill(base, row, &mut scratch);
            if lacking != Lacking::This(*at) {
                present.narrow(row, lacking == Lacking::AnyOne);
                if present.is_empty() {
                    break;
                }
            }
        }
        for (slot, _) in (0_u32..).zip(&present.but_one).filter(|(_, present)| **present != 0) {
            for (worth, row) in worths.iter_mut().zip(&rows) {
                *worth = row.get(slot as usize).copied().unwrap_or(0);
            }
            each(base + slot, &worths);
        }
        base += WINDOW;
    }
}

/// The first record from `base` on that may have enough of the words.
fn next_base(words: &mut [Wanted], lacking: Lacking, base: u32) -> u32 {
    let (mut last, mut last_but_one) = (0, 0);
    for (at, word) in words.iter_mut().enumerate() {
        if lacking != Lacking::This(at) {
            let next = word.next_from(base);
            last_but_one = last_but_one.max(next.min(last));
            last = last.max(next);
        }
    }
    if lacking == Lacking::AnyOne { last_but_one } else { last }
}

/// Which records of a window have all words so far, and which all or all but one.
struct Present {
    all: Vec<u16>,
    but_one: Vec<u16>,
}

impl Present {
    fn start(&mut self) {
        self.all.fill(u16::MAX);
        self.but_one.fill(u16::MAX);
    }

    fn narrow(&mut self, row: &[u16], one_may_lack: bool) {
        let keep = if one_may_lack { u16::MAX } else { 0 };
        for ((all, but_one), worth) in self.all.iter_mut().zip(&mut self.but_one).zip(row) {
            let here = if *worth == 0 { 0 } else { u16::MAX };
            *but_one &= here | *all & keep;
            *all &= here;
        }
    }

    fn is_empty(&self) -> bool {
        self.but_one.iter().fold(0, |any, present| any | present) == 0
    }
}
