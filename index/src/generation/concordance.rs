//! Every term with the records that hold it: gathered record by record, handed out term by term.
//!
//! Terms are known by number. What a record holds is written down as it comes, four bytes a term; once all records have
//! come, the list is turned over by counting, so that nothing is sorted and no term has a list of its own that grows.

/// A term's number and how often it counts (1 to 15) in four bytes; the same for a record's number.
const COUNT: u32 = 4;

/// So many terms and so many records can be told apart.
pub(super) const MOST: usize = 1 << (u32::BITS - COUNT);

/// So much of the list stands in one piece: it never moves, and is gone piece by piece when it is turned over.
const PIECE: usize = 1 << 18;

/// What the records hold, in their order.
#[derive(Default)]
pub(super) struct Concordance {
    pieces: Vec<Vec<u32>>,
    /// How many terms each record holds.
    counts: Vec<u32>,
    /// How many terms the record that comes now has held so far.
    now: u32,
}

/// The records of each term, in their order.
#[derive(Default)]
pub(super) struct Turned {
    /// Where in `records` each term begins, and the last one ends.
    starts: Vec<usize>,
    records: Vec<u32>,
}

fn pack(number: u32, count: u8) -> u32 {
    number << COUNT | u32::from(count)
}

fn unpack(packed: u32) -> (u32, u32) {
    (packed >> COUNT, packed & ((1 << COUNT) - 1))
}

impl Concordance {
    /// The record that comes now holds this term.
    pub(super) fn hold(&mut self, term: u32, count: u8) {
        let held = pack(term, count);
        self.now += 1;
        match self.pieces.last_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(held),
            // The first piece grows: a starter pack should not begin with megabytes.
            None => self.pieces.push(vec![held]),
            Some(_) => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(held);
                self.pieces.push(piece);
            }
        }
    }

    /// The next record comes.
    pub(super) fn next_record(&mut self) {
        self.counts.push(std::mem::take(&mut self.now));
    }

    /// The records of each of so many terms.
    pub(super) fn turned(self, terms: usize) -> Turned {
        let mut starts = vec![0; terms + 1];
        for held in self.pieces.iter().flatten() {
            if let Some(start) = starts.get_mut(unpack(*held).0 as usize + 1) {
                *start += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut records = vec![0; self.pieces.iter().map(Vec::len).sum()];
        let mut held = self.pieces.into_iter().flatten();
        for (record, count) in (0..).zip(self.counts) {
            for (term, count) in held.by_ref().take(count as usize).map(unpack) {
                let slot = next.get_mut(term as usize).and_then(|next| {
                    *next += 1;
                    records.get_mut(*next - 1)
                });
                if let Some(slot) = slot {
                    *slot = record << COUNT | count;
                }
            }
        }
        Turned { starts, records }
    }
}

impl Turned {
    /// The next term, with its records in their order and how often it counts in each.
    pub(super) fn term(&mut self, records: impl Iterator<Item = (u32, u8)>) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.records.extend(records.map(|(record, count)| pack(record, count)));
        self.starts.push(self.records.len());
    }

    /// How often all terms count together.
    pub(super) fn tokens(&self) -> u64 {
        self.records.iter().map(|held| u64::from(unpack(*held).1)).sum()
    }

    /// The records of a term and how often it counts in each.
    pub(super) fn records(&self, term: u32) -> impl ExactSizeIterator<Item = (u32, u32)> {
        let ends = (self.starts.get(term as usize), self.starts.get(term as usize + 1));
        let range = if let (Some(start), Some(end)) = ends { *start..*end } else { 0..0 };
        self.records.get(range).unwrap_or_default().iter().map(|held| unpack(*held))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_term_has_the_records_that_hold_it_in_their_order() {
        let mut all = Concordance::default();
        for record in [&[(2, 15), (0, 1)][..], &[], &[(0, 3), (3, 2)]] {
            for (term, count) in record {
                all.hold(*term, *count);
            }
            all.next_record();
        }
        let mut turned = all.turned(4);
        assert_eq!(turned.tokens(), 21);
        let records = |term| turned.records(term).collect::<Vec<_>>();
        assert_eq!(
            [records(0), records(1), records(2), records(3)],
            [vec![(0, 1), (2, 3)], vec![], vec![(0, 15)], vec![(2, 2)],]
        );
        assert_eq!(records(4), vec![], "there is no such term");
        turned.term([(1, 7), (2, 1)].into_iter());
        assert_eq!(turned.records(4).collect::<Vec<_>>(), vec![(1, 7), (2, 1)]);
    }
}
