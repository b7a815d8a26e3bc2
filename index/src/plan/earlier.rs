//! What a feed said before, packed, while what it says now is read.
//!
//! A record takes some five times the room of its bytes, and nearly all of those of before are only asked whether they
//! are the same as now: their bytes tell. The few that differ are unpacked.

use crate::record::{Record, RecordId};

/// Records as bytes, in their order.
#[derive(Debug, Default)]
pub struct Earlier {
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Earlier {
    /// Packs records. One that cannot be packed is not there; there is none.
    pub fn of(records: Vec<Record>) -> Self {
        let mut earlier = Self::default();
        for record in records {
            if let Ok(bytes) = postcard::to_stdvec(&record) {
                earlier.bytes.extend(bytes);
                earlier.ends.push(earlier.bytes.len());
            }
        }
        earlier
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All of them, unpacked.
    pub fn into_records(self) -> Vec<Record> {
        (0..self.len()).filter_map(|nth| self.record(nth)).collect()
    }

    pub(super) fn record(&self, nth: usize) -> Option<Record> {
        postcard::from_bytes(self.packed(nth)).ok()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = RecordId> {
        // The id is the first thing that a record says.
        (0..self.len()).map(|nth| postcard::take_from_bytes(self.packed(nth)).map_or("".into(), |(id, _)| id))
    }

    /// Whether one of them says, byte for byte, what this record says. `scratch` is room to write in.
    pub(super) fn says(&self, nth: usize, record: &Record, scratch: &mut Vec<u8>) -> bool {
        scratch.clear();
        let packed = postcard::to_extend(record, std::mem::take(scratch));
        packed.is_ok_and(|packed| {
            *scratch = packed;
            *scratch == self.packed(nth)
        })
    }

    fn packed(&self, nth: usize) -> &[u8] {
        let start = nth.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(nth)).map(|(start, end)| start..*end);
        range.and_then(|range| self.bytes.get(range)).unwrap_or_default()
    }
}
