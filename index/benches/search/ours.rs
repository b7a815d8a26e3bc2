//! Our own engine as the kiosk asks it. What the crate's interface changes, changes here alone.

use std::path::Path;

use index::generation::Generation;
use index::query::{Answer, Constraint, Here, Query};
use index::record::{Door, Record};
use index::understand::understand;
use index::vocabulary::Vocabulary;
use jiff::civil::date;

use crate::generator::Towns;

pub(crate) struct Ours {
    generation: Generation,
    vocabulary: &'static Vocabulary,
    here: Here,
}

impl Ours {
    pub(crate) fn build(folder: &Path, records: &[Record]) {
        Generation::build(folder, records, Vocabulary::builtin()).unwrap();
    }

    pub(crate) fn open(folder: &Path, here: Here) -> Self {
        Self { generation: Generation::open(folder).unwrap(), vocabulary: Vocabulary::builtin(), here }
    }

    pub(crate) fn understand(&self, typed: &str) -> Query {
        understand(typed, self.vocabulary, &self.generation, &self.here)
    }

    pub(crate) fn search(&self, query: &Query) -> Answer {
        self.generation.search(query, 10)
    }

    /// Everything behind a door.
    pub(crate) fn behind(&self, door: Door) -> Query {
        let mut query = self.understand("");
        query.constraints.push(Constraint::door(door));
        query
    }

    /// A minute passes.
    pub(crate) fn pass(&mut self) {
        self.here.now = self.here.now.saturating_add(jiff::Span::new().minutes(1));
    }
}

/// A Sunday half past five in the largest town of a directory of so many records.
pub(crate) fn here(records: usize) -> Here {
    let towns = Towns::of(records);
    let zone = index::schedule::zone(towns.largest().zone).unwrap();
    let now = date(2026, 11, 22).at(17, 30, 0, 0).to_zoned(zone).unwrap();
    Here { now, point: Some(towns.largest().center()) }
}
