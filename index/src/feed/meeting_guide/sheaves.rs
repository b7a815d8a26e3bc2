//! Rows made into records, many at a time, as far as each can be read alone.
//!
//! What a row means does not depend on its neighbours, but for two things: how its feed writes dates, and whether another
//! row has its key. So rows are read beside each other, in as many threads as there are processors, and bound into
//! sheaves in the order of the feed; a row's tree of values is gone before the next row is parsed. What is left to do is
//! done sheaf by sheaf, and gives the same records and complaints as if one row had been read after the other.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use hashbrown::DefaultHashBuilder;

use super::Reader;
use super::container::Found;
use super::notes::{At, Notes};
use super::row::Row;
use super::scan::Piece;
use crate::feed::Spot;
use crate::feed::dates::Moment;
use crate::feed::told::Told;
use crate::record::Record;

/// For fewer rows no thread is worth its start.
const FEW: usize = 1024;

/// Rows that were read one by one, and what was noticed on the way.
pub(super) struct Sheaf {
    pub(super) rows: Vec<Read>,
    /// The records of those rows that have one. They are large, and stay where they are.
    pub(super) records: Vec<Record>,
    pub(super) complaints: Told,
}

/// One row.
pub(super) struct Read {
    /// What became of it, and what it says of dates; nothing where there was no row of fields.
    pub(super) draft: Option<Draft>,
    /// What stands for its bytes, where two lists are read.
    pub(super) mark: Option<u64>,
    /// It is known of another list, and was not read.
    pub(super) is_known: bool,
    /// Where in the complaints of its sheaf those about it end.
    pub(super) complained: usize,
}

/// A row of fields, read but for its dates.
pub(super) struct Draft {
    /// When it says that it was last updated, and its group spoken with.
    pub(super) updated: Option<Moment<String>>,
    pub(super) contacted: Option<Moment<String>>,
    /// Where it stands, if it can be used at all: then there is a record of it.
    pub(super) used: Option<Spot>,
}

impl Draft {
    pub(super) fn updated(&self) -> Option<&Moment<String>> {
        self.updated.as_ref()
    }

    pub(super) fn contacted(&self) -> Option<&Moment<String>> {
        self.contacted.as_ref()
    }
}

/// By what rows of one list are known again in another: numbers of 64 bits that stand for their bytes, and are others in
/// every run. Should two rows ever come to the same number, a change is not told; what is put up is read whole all the same.
#[derive(Clone, Default)]
pub(super) struct Marks<'a> {
    hash: DefaultHashBuilder,
    /// The marks of the rows that need not be read, because they have been.
    known: Option<&'a HashSet<u64>>,
}

impl<'a> Marks<'a> {
    /// The same marks, where rows with these need not be read.
    pub(super) fn knowing<'k>(&'a self, known: &'k HashSet<u64>) -> Marks<'k> {
        Marks { hash: self.hash.clone(), known: Some(known) }
    }

    /// The mark of a row, where it is whole, and whether it is known.
    pub(super) fn of(&self, piece: Piece<'_>) -> (Option<u64>, bool) {
        let Piece::Whole(text) = piece else { return (None, false) };
        let mark = self.hash.hash_one(text);
        (Some(mark), self.known.is_some_and(|known| known.contains(&mark)))
    }
}

impl Sheaf {
    /// What was read in the file that was begun last.
    pub(super) fn of_file(mut self, notes: &mut Notes<'_>) -> Self {
        notes.expect(&mut self.complaints);
        for spot in self.rows.iter_mut().filter_map(|row| row.draft.as_mut()?.used.as_mut()) {
            *spot = notes.here(*spot);
        }
        self
    }
}

impl Reader<'_> {
    /// Binds what was found, in its order.
    pub(super) fn bind<'t>(&self, found: impl IntoIterator<Item = Found<'t>>) -> Sheaf {
        self.bind_marked(found.into_iter().map(|found| (None, Some(found))))
    }

    /// The same of rows with their marks; nothing was found where a row is known.
    pub(super) fn bind_marked<'t>(&self, found: impl Iterator<Item = (Option<u64>, Option<Found<'t>>)>) -> Sheaf {
        let mut notes = Notes::new(&self.feed.name);
        let is_first = self.marks.as_ref().is_none_or(|marks| marks.known.is_none());
        let mut records = Vec::with_capacity(if is_first { found.size_hint().0 } else { 0 });
        let read = |(mark, found): (_, Option<Found<'t>>)| {
            let is_known = found.is_none();
            let draft = found.and_then(|found| self.draft(found, &mut records, &mut notes));
            Read { draft, mark, is_known, complained: notes.count() }
        };
        // In one piece, so that all of its room goes back to the system.
        let rows: Vec<Read> = found.map(read).collect();
        Sheaf { rows, records, complaints: notes.into_piece() }
    }

    fn draft(&self, found: Found<'_>, records: &mut Vec<Record>, notes: &mut Notes<'_>) -> Option<Draft> {
        match found {
            Found::Row(row) => {
                let moment = |field| row.text(field).map(|written| Moment::of(written.into_owned()));
                let (updated, contacted) = (moment("updated"), moment("last_contact"));
                let spot = row.at.spot;
                let record = self.read(row, notes);
                let used = record.is_some().then_some(spot);
                records.extend(record);
                Some(Draft { updated, contacted, used })
            }
            Found::Broken(spot, why) => {
                notes.dropped(&At { spot, key: None }, why);
                None
            }
        }
    }

    /// A row's record. Nothing when nothing in it can be used.
    fn read(&self, mut row: Row<'_>, notes: &mut Notes<'_>) -> Option<Record> {
        let Some(name) = super::name(&row) else {
            notes.dropped(&row.at, "It has no name, no group and no place. It was left out.");
            return None;
        };
        let (key, own) = super::keys::key(&row, &name.text);
        row.at.key = Some(key);
        if !own {
            notes.feed("Some rows have no key of their own; one was made from name, place and time.");
        }
        if name.borrowed {
            notes.row(&row.at, format!("It has no name; it is shown as {}.", super::quote(&name.text)));
        }
        let mut record = self.record(&row, name.text, notes);
        record.shrink();
        Some(record)
    }
}

/// Does the same with shares of a list, beside each other, and gives what came of them in the order of the list. The
/// shares are large at first and small at last, and whoever is done takes the next one: so all are done at once, though
/// one processor may be slower. Short lists are done here and now.
pub(super) fn beside<T: Sync, R: Send>(list: &[T], work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(list.len() / FEW);
    if threads < 2 {
        return vec![work(list)];
    }
    let shares = shares(list, threads);
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(share) = shares.get(number) else { return done };
            done.push((number, work(share)));
        }
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let start = |_| thread::Builder::new().name("rows".to_owned()).spawn_scoped(scope, take).ok();
        let started: Vec<_> = (0..threads).filter_map(start).collect();
        // Where no thread is to be had, the others do its part, or else this one does all.
        let mut done = if started.is_empty() { take() } else { Vec::new() };
        for thread in started {
            done.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, of_share)| of_share).collect()
}

/// A list in shares: of what is left, each is half of what one of so many would have to do.
fn shares<T>(list: &[T], threads: usize) -> Vec<&[T]> {
    let mut shares = Vec::new();
    let mut left = list;
    while !left.is_empty() {
        let (share, others) = left.split_at((left.len() / (2 * threads)).max(FEW / 4).min(left.len()));
        shares.push(share);
        left = others;
    }
    shares
}
