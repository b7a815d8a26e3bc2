//! The complaints of one feed, of which so many are told word for word and the rest is counted: whatever a feed is, what
//! is wrong with it takes no more room than somebody can read.
//!
//! What would be missed most goes first: what is about the feed as a whole, then rows that were left out, then remarks on
//! rows that stand. Which are told follows from all that were noticed and their order alone, so it is the same whether
//! they were noticed in one go or in pieces that were put together.

use super::Complaint;

/// So many of a feed are told word for word.
pub(crate) const MOST: usize = 2_000;

/// How much a complaint would be missed; the first the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// It is about the feed or a file as a whole.
    Whole,
    /// A row was left out.
    LeftOut,
    /// It is about a row that stands.
    Remark,
}

/// A complaint that was noticed; nothing where it is counted alone.
pub(crate) type Noticed = Option<Complaint>;

/// The last complaint of a feed, where so many are not told.
pub(crate) fn untold(feed: &str, others: usize) -> Complaint {
    let text = format!("And {others} more like these, which are not told one by one.");
    Complaint { stands_for: others, ..Complaint::of_feed(feed, text) }
}

/// Complaints in the order in which they were noticed.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// How many were noticed.
    all: usize,
    /// Of each weight the first, with their numbers among all.
    kept: [Vec<(usize, Complaint)>; 3],
}

impl Told {
    /// Takes one more.
    pub(crate) fn add(&mut self, weight: Weight, complaint: Complaint) {
        let [whole, left_out, remarks] = &mut self.kept;
        let list = match weight {
            Weight::Whole => whole,
            Weight::LeftOut => left_out,
            Weight::Remark => remarks,
        };
        if list.len() < MOST {
            list.push((self.all, complaint));
        }
        self.all += 1;
    }

    /// Takes one more that is counted alone.
    pub(crate) fn count(&mut self) {
        self.all += 1;
    }

    /// Those that may yet be told and are about a row.
    pub(crate) fn of_rows(&mut self) -> impl Iterator<Item = &mut Complaint> {
        let [_, left_out, remarks] = &mut self.kept;
        left_out.iter_mut().chain(remarks).map(|(_, complaint)| complaint)
    }

    /// Counts alone what there is no room for. Room is for so many rows that were left out, and for so many remarks; less
    /// of it is left after that.
    pub(crate) fn fit(&mut self, room: &mut [usize; 2]) {
        let [_, left_out, remarks] = &mut self.kept;
        for (list, room) in [left_out, remarks].into_iter().zip(room) {
            list.truncate(*room);
            *room -= list.len();
        }
    }

    /// How many were noticed.
    pub(crate) fn all(&self) -> usize {
        self.all
    }

    /// Those that may yet be told, in their order, and gaps for the others.
    pub(crate) fn into_noticed(self) -> impl Iterator<Item = Noticed> {
        let all = self.all;
        let mut kept = self.in_order().into_iter().peekable();
        (0..all).map(move |number| kept.next_if(|(kept, _)| *kept == number).map(|(_, complaint)| complaint))
    }

    /// What is told, in its order. The last one says how many are not.
    pub(crate) fn into_list(mut self, feed: &str) -> Vec<Complaint> {
        let mut room = MOST;
        for list in &mut self.kept {
            list.truncate(room);
            room -= list.len();
        }
        let all = self.all;
        let mut list: Vec<Complaint> = self.in_order().into_iter().map(|(_, complaint)| complaint).collect();
        let others = all - list.len();
        if others > 0 {
            list.push(untold(feed, others));
        }
        list
    }

    fn in_order(self) -> Vec<(usize, Complaint)> {
        let mut kept: Vec<_> = self.kept.into_iter().flatten().collect();
        kept.sort_unstable_by_key(|(number, _)| *number);
        kept
    }
}

#[cfg(test)]
mod tests;
