//! What a refresh would change, feed by feed and field by field, and whether that can be believed.
//!
//! A plan compares what a feed says now with what it said when it was last accepted; it reads no clock and no file. The
//! [`Limits`] hold a feed back alone: one that loses many listings, turns empty, says another day, hour or name of most
//! of them, or has more rows than before that cannot be read has more likely broken than changed. What was accepted before then stays, and somebody has to look.

use std::borrow::Cow;
use std::fmt;

use crate::feed::Harvest;
use crate::record::{Record, RecordId};
use crate::schedule::Recurrence;

mod earlier;
mod fields;
#[cfg(test)]
mod tests;

pub use earlier::Earlier;

/// From so many listings on, a share of them says something: of three, one that is gone is no broken feed.
const FEW: usize = 10;

/// How much a feed may change before it is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The greatest part of its listings that it may lose, in percent.
    pub lost: u8,
    /// The greatest part of its listings that may have another day, hour or name, in percent.
    pub moved: u8,
    /// The greatest part of its rows that may be left out because they cannot be read, in percent.
    pub unread: u8,
}

impl Limits {
    /// None: whatever changes is believed.
    pub const NONE: Self = Self { lost: 100, moved: 100, unread: 100 };
}

impl Default for Limits {
    fn default() -> Self {
        Self { lost: 20, moved: 50, unread: 5 }
    }
}

/// The rows of a feed, and how many of them could not be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// How many were seen.
    pub seen: usize,
    /// How many of them were left out.
    pub dropped: usize,
}

impl Rows {
    /// Those of a harvest.
    pub fn of(harvest: &Harvest) -> Self {
        Self { seen: harvest.rows, dropped: harvest.dropped }
    }
}

/// What a feed's refresh would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// How many listings it had.
    pub before: usize,
    /// How many it has.
    pub after: usize,
    /// Listings that are new.
    pub added: Vec<Listing>,
    /// Listings that say something else.
    pub changed: Vec<Change>,
    /// Listings that are gone.
    pub removed: Vec<Listing>,
    /// Of how many listings day, hour or name differ.
    moved: usize,
}

/// A listing by id and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Its id.
    pub id: RecordId,
    /// Its name.
    pub name: String,
}

/// A listing that says something else than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which, by its present name.
    pub listing: Listing,
    /// The fields that differ.
    pub fields: Vec<FieldChange>,
}

/// A field that says something else than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name, as in Porchlight's own form (`place.street`).
    pub field: String,
    /// What it said; empty when nothing.
    pub before: String,
    /// What it says; empty when nothing.
    pub after: String,
}

/// Why a feed is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It has no listing any more, and had so many.
    Empty(usize),
    /// So many of so many listings are gone.
    Lost(usize, usize),
    /// So many of so many listings have another day, hour or name.
    Moved(usize, usize),
    /// So many of so many rows cannot be read, a larger part than before.
    Unread(usize, usize),
    /// Staff want it to stay as it is.
    Wanted,
}

impl Plan {
    /// Compares what a feed said with what it says. The order of the listings does not matter.
    pub fn of(before: &[Record], after: &[Record]) -> Self {
        Self::between(before, &after.iter().collect::<Vec<_>>())
    }

    /// The same, where what may differ is known: all else, and that are so many listings, says what it said.
    pub fn apart(before: &[Record], after: &[&Record], same: usize) -> Self {
        let plan = Self::between(before, after);
        Self { before: plan.before + same, after: plan.after + same, ..plan }
    }

    fn between(before: &[Record], after: &[&Record]) -> Self {
        let ids = before.iter().map(|record| record.id.clone());
        let old = |nth: usize| before.get(nth).map(Cow::Borrowed);
        Self::compared(ids, old, |nth, record| before.get(nth) == Some(record), after)
    }

    /// The same, of what is held packed.
    pub fn since(before: &Earlier, after: &[Record]) -> Self {
        let mut scratch = Vec::new();
        let same = |nth: usize, record: &Record| before.says(nth, record, &mut scratch);
        let after: Vec<&Record> = after.iter().collect();
        Self::compared(before.ids(), |nth| before.record(nth).map(Cow::Owned), same, &after)
    }

    fn compared<'r>(
        ids: impl Iterator<Item = RecordId>,
        old: impl Fn(usize) -> Option<Cow<'r, Record>>,
        mut same: impl FnMut(usize, &Record) -> bool,
        after: &[&Record],
    ) -> Self {
        let had = by_id(ids);
        let has = by_id(after.iter().map(|record| &record.id));
        let mut plan = Self { before: had.len(), after: has.len(), ..Self::default() };
        let gone = |nth: usize| old(nth).map(|old| listing(&old));
        let mut had = had.into_iter().peekable();
        for (id, at) in has {
            let Some(record) = after.get(at).copied() else { continue };
            while let Some((_, nth)) = had.next_if(|(old, _)| old < id) {
                plan.removed.extend(gone(nth));
            }
            let Some((_, nth)) = had.next_if(|(old, _)| old == id) else {
                plan.added.push(listing(record));
                continue;
            };
            if same(nth, record) {
                continue;
            }
            let Some(old) = old(nth).filter(|old| **old != *record) else { continue };
            plan.moved += usize::from(old.name.plain != record.name.plain || !starts_alike(&old, record));
            plan.changed.push(Change { listing: listing(record), fields: fields::differing(&old, record) });
        }
        plan.removed.extend(had.filter_map(|(_, nth)| gone(nth)));
        plan
    }

    /// The plan of a feed that says of so many listings what it said before.
    pub fn unchanged(listings: usize) -> Self {
        Self { before: listings, after: listings, ..Self::default() }
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// Why the feed should be held back; `None` when its change can be believed. A feed that had nothing is believed.
    pub fn doubt(&self, limits: Limits) -> Option<Doubt> {
        if self.before > 0 && self.after == 0 {
            return Some(Doubt::Empty(self.before));
        }
        if self.before < FEW {
            return None;
        }
        let lost = self.removed.len();
        // Also when as many came: listings under other keys lose what staff corrected.
        if over(lost, self.before, limits.lost) {
            return Some(Doubt::Lost(lost, self.before));
        }
        let stayed = self.before - lost;
        (stayed >= FEW && over(self.moved, stayed, limits.moved)).then_some(Doubt::Moved(self.moved, stayed))
    }

    /// The same, because of rows that cannot be read: a feed that has always had some is believed, and one of which
    /// nothing stood.
    pub fn doubt_of_rows(&self, before: Rows, now: Rows, limits: Limits) -> Option<Doubt> {
        let is_more = now.dropped.saturating_mul(before.seen) > before.dropped.saturating_mul(now.seen);
        let is_much = self.before >= FEW && over(now.dropped, now.seen, limits.unread);
        (is_more && is_much).then_some(Doubt::Unread(now.dropped, now.seen))
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(before) => write!(out, "it has no listings now, and had {before}"),
            Self::Lost(lost, before) => write!(out, "it lost {lost} of {before} listings"),
            Self::Moved(moved, stayed) => write!(out, "{moved} of {stayed} listings have another day, time or name"),
            Self::Unread(dropped, rows) => write!(out, "{dropped} of {rows} rows cannot be read, more than before"),
            Self::Wanted => out.write_str("it is to stay as it is"),
        }
    }
}

/// Whether a part is more than so many percent of the whole.
fn over(part: usize, whole: usize, percent: u8) -> bool {
    part * 100 > whole * usize::from(percent)
}

/// Whether both begin at the same times. A list that begins to tell ends has not moved its meetings.
fn starts_alike(one: &Record, other: &Record) -> bool {
    let starts = |time: &Recurrence| (time.rule.starts(), time.zone.clone());
    one.times.iter().map(starts).eq(other.times.iter().map(starts))
}

/// Ids in their order, each with its place; of several that are the same the last.
fn by_id<I: Ord>(ids: impl Iterator<Item = I>) -> Vec<(I, usize)> {
    let mut ordered: Vec<(I, usize)> = ids.zip(0..).collect();
    ordered.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)));
    ordered.dedup_by(|next, kept| next.0 == kept.0);
    ordered
}

fn listing(record: &Record) -> Listing {
    Listing { id: record.id.clone(), name: record.name.plain.clone() }
}
