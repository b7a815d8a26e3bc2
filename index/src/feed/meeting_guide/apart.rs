//! Where two lists of one feed differ, when most of their rows are the same.
//!
//! A row that both lists have, byte for byte, says the same in both; but for two things that its neighbours decide: how
//! dates are written, and whether another row has its key. So where both lists write dates alike, only those rows need to
//! be read of the old list that are not in both, or whose keys other rows have.
//!
//! Invariant: a record that is not told here is in both lists, and the same, as if each had been read whole.

use std::collections::{HashMap, HashSet};

use super::dates::Dates;
use super::list::{List, Settled};
use super::notes::Notes;
use super::sheaves::{Draft, Marks, Read};
use super::{Reader, container};
use crate::feed::{Apart, Feed, Harvest, Part};
use crate::record::RecordId;
use crate::vocabulary::Vocabulary;

/// Reads what a feed says now, and of what it said before what may be something else now. Nothing where that cannot be
/// told row by row, or more than a quarter is something else: then there is more to read than to save.
pub(crate) fn read_apart(
    feed: &Feed,
    before: &[Part<'_>],
    now: &[Part<'_>],
    vocabulary: &Vocabulary,
) -> Option<(Harvest, Apart)> {
    let marks = Marks::default();
    let mut reader = Reader::new(feed, vocabulary);
    reader.marks = Some(marks.clone());
    let mut new = List::read(feed, now, &reader, container::read);
    let dates = new.survey(&reader);
    let mut known: HashSet<u64> = new.rows().filter_map(|read| read.mark).collect();
    let of_before = |known: &HashSet<u64>| {
        let mut reader = Reader::new(feed, vocabulary);
        reader.marks = Some(marks.knowing(known));
        List::read(feed, before, &reader, container::read)
    };
    let mut old = of_before(&known);
    let Shared { marks: mut shared, unused } = Shared::of(&old, &new, &dates)?;

    let Settled { harvest, marks, clashing } = new.settle(&dates);
    // Rows whose keys others have, here or there, are read there as well.
    let others: HashSet<&RecordId> = old.records().map(|record| &record.id).collect();
    let taken = harvest.records.iter().zip(&marks).filter(|(record, _)| others.contains(&record.id));
    let again: HashSet<u64> = taken.filter_map(|(_, mark)| *mark).chain(clashing).collect();
    if again.iter().any(|mark| shared.remove(mark)) {
        shared.retain(|mark| !again.contains(mark));
        known.retain(|mark| !again.contains(mark));
        old = of_before(&known);
    }
    let is_shared = |mark: &Option<u64>| mark.is_some_and(|mark| shared.contains(&mark));
    let differing = marks.iter().enumerate().filter(|(_, mark)| !is_shared(mark)).map(|(at, _)| at).collect();
    let Harvest { rows, dropped, records, .. } = old.settle(&dates).harvest;
    Some((harvest, Apart { before: records, now: differing, rows, dropped: dropped + unused }))
}

/// What two lists have in common.
struct Shared {
    /// The marks of the rows that are in both.
    marks: HashSet<u64>,
    /// How many rows of the old list are, and cannot be used.
    unused: usize,
}

impl Shared {
    /// Nothing where they do not write dates alike, or most rows are in one list only.
    fn of(old: &List<'_>, new: &List<'_>, dates: &Dates) -> Option<Self> {
        let by_mark: HashMap<u64, &Read> = new.rows().filter_map(|read| Some((read.mark?, read))).collect();
        // What a row of the old list says, where the new one has it too.
        let twin = |read: &Read| by_mark.get(&read.mark?).copied().filter(|_| read.is_known);
        let drafts = old.rows().filter_map(|read| twin(read).unwrap_or(read).draft.as_ref());
        let (updated, contacted) = (drafts.clone().filter_map(Draft::updated), drafts.filter_map(Draft::contacted));
        let twins = || old.rows().filter_map(twin);
        let is_most = |all: usize| 4 * twins().count() >= 3 * all;
        let is_alike = Dates::survey(updated, contacted, &mut Notes::new("")) == *dates;
        (is_alike && is_most(old.rows().count()) && is_most(new.rows().count())).then(|| Self {
            marks: twins().filter_map(|read| read.mark).collect(),
            unused: twins().filter(|read| read.draft.as_ref().is_none_or(|draft| draft.used.is_none())).count(),
        })
    }
}
