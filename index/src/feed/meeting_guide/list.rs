//! All rows of a list together: how it writes dates, and which of its rows are one meeting.

use super::dates::Dates;
use super::notes::{At, Notes};
use super::sheaves::{Draft, Read, Sheaf};
use super::{Reader, Rows};
use crate::feed::register::{Marked, Register};
use crate::feed::{Feed, Harvest, Part};
use crate::record::Record;

/// What a list gives.
#[derive(Default)]
pub(super) struct Settled {
    pub(super) harvest: Harvest,
    /// Of each record the mark of its row, where it has one and no other row its key.
    pub(super) marks: Vec<Option<u64>>,
    /// The marks of the rows that have others' keys.
    pub(super) clashing: Vec<u64>,
}

/// A list whose rows have been read one by one.
pub(super) struct List<'a> {
    sheaves: Vec<Sheaf>,
    notes: Notes<'a>,
}

impl<'a> List<'a> {
    /// Reads the rows of these files.
    pub(super) fn read(feed: &'a Feed, parts: &[Part<'_>], reader: &Reader<'_>, rows: Rows) -> Self {
        let mut list = Self { sheaves: Vec::new(), notes: Notes::new(&feed.name) };
        for part in parts {
            list.notes.begin(part);
            let sheaves = rows(part, reader, &mut list.notes);
            list.sheaves.extend(sheaves.into_iter().map(|sheaf| sheaf.of_file(&mut list.notes)));
        }
        list
    }

    /// Its rows, in their order.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Read> + Clone {
        self.sheaves.iter().flat_map(|sheaf| &sheaf.rows)
    }

    /// What was made of them.
    pub(super) fn records(&self) -> impl Iterator<Item = &Record> {
        self.sheaves.iter().flat_map(|sheaf| &sheaf.records)
    }

    /// How it writes dates. What the feeds file should say of it is said.
    pub(super) fn survey(&mut self, reader: &Reader<'_>) -> Dates {
        let Self { sheaves, notes } = self;
        let drafts = sheaves.iter().flat_map(|sheaf| &sheaf.rows).filter_map(|read| read.draft.as_ref());
        let (updated, contacted) =
            (drafts.clone().filter_map(Draft::updated), drafts.clone().filter_map(Draft::contacted));
        let dates = Dates::survey(updated, contacted, notes);
        if drafts.clone().next().is_some() {
            reader.complain_of_feed(notes);
        }
        dates
    }

    /// Makes of it what it gives.
    pub(super) fn settle(self, dates: &Dates) -> Settled {
        let Self { sheaves, mut notes } = self;
        let mut rows = Vec::with_capacity(sheaves.len());
        let all: usize = sheaves.iter().map(|sheaf| sheaf.records.len()).sum();
        let mut records: Vec<Record> = Vec::new();
        for Sheaf { rows: read, records: of_these, complaints } in sheaves {
            rows.push((read, complaints));
            if records.is_empty() {
                records = of_these;
                records.reserve_exact(all - records.len());
            } else {
                records.extend(of_these);
            }
        }
        let mut register = Register::over(records);
        let (mut seen, mut dropped) = (0, 0);
        for (rows, complaints) in rows {
            let (mut complaints, mut told) = (complaints.into_noticed(), 0);
            for Read { draft, mark, is_known, complained } in rows {
                seen += 1;
                notes.take_over(complaints.by_ref().take(complained - told));
                told = complained;
                let Some(Draft { updated, contacted, used: Some(spot) }) = draft else {
                    dropped += usize::from(!is_known);
                    continue;
                };
                let Some(record) = register.next() else { continue };
                let at = |record: &Record| At { spot, key: Some(record.id.key().to_owned()) };
                let mut tell = |text| notes.row(&at(record), text);
                record.checked = dates.confirmed(updated.as_ref(), contacted.as_ref(), &mut tell);
                register.settle(at, mark, &mut notes);
            }
        }
        let joined = register.joined;
        let Marked { records, marks, clashing } = register.into_marked();
        let harvest = Harvest { rows: seen, joined, dropped, records, complaints: notes.into_list() };
        Settled { harvest, marks, clashing }
    }
}
