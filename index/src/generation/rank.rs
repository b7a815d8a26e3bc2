//! Counting all that fits and keeping the best of it.

use std::collections::BinaryHeap;

use jiff::civil::Weekday;
use tantivy::columnar::Column;

use crate::query::{Constraint, Day, Facet, Facets, Wish, weekday};
use crate::record::{Door, Kind};
use crate::schedule::Days;

use super::schema::Marks;
use super::standing::Standing;

/// The constraints of a question, as bits of [`Marks`].
pub(super) struct Filter {
    doors: u32,
    days: usize,
    kind: Option<Kind>,
    impossible: bool,
}

impl Filter {
    pub(super) fn of(constraints: &[Constraint]) -> Self {
        let mut filter = Self { doors: 0, days: 0, kind: None, impossible: false };
        for constraint in constraints {
            match &constraint.wish {
                Wish::Has(values) => {
                    for value in values {
                        if let Some(door) = Door::ALL.into_iter().find(|door| door.word() == value.key) {
                            filter.doors |= 1 << (door as u32);
                        }
                        if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.word() == value.key) {
                            filter.impossible |= filter.kind.is_some_and(|other| other != kind);
                            filter.kind = Some(kind);
                        }
                    }
                }
                Wish::Day(Day::Weekday(day)) => filter.days |= 1 << sunday_index(*day),
                _ => {}
            }
        }
        filter
    }

    fn lets_through(&self, marks: Marks) -> bool {
        !self.impossible
            && marks.doors() & self.doors == self.doors
            && marks.days() & self.days == self.days
            && self.kind.is_none_or(|kind| marks.is(kind))
    }
}

fn sunday_index(day: Weekday) -> u32 {
    u32::from(day.to_sunday_zero_offset().unsigned_abs())
}

/// A record's place in the answer; smaller is better. From the highest bit: tier, score (turned round), minutes until
/// the next start, distance, rank by name and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u128);

const TIER: u32 = 96;
const SCORE: u32 = 64;
const SOON: u32 = 48;
const NEAR: u32 = 32;

/// One of the best.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen {
    pub(super) record: u32,
    pub(super) tier: u8,
    pub(super) score: f32,
}

/// What is known of all records for one question.
pub(super) struct Field<'a> {
    pub(super) marks: &'a [Marks],
    pub(super) standing: &'a Standing,
    pub(super) rank: &'a Column<u64>,
    pub(super) filter: Filter,
}

impl Field<'_> {
    /// The marks of a record that the constraints let through.
    pub(super) fn allowed(&self, record: u32) -> Option<Marks> {
        self.marks.get(record as usize).copied().filter(|marks| self.filter.lets_through(*marks))
    }
}

/// The counts and the best so far.
pub(super) struct Tally<'a> {
    field: &'a Field<'a>,
    limit: usize,
    best: BinaryHeap<(Place, u32)>,
    pub(super) total: u64,
    kinds_and_doors: Vec<u64>,
    days: Vec<u64>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(field: &'a Field<'a>, limit: usize) -> Self {
        let best = BinaryHeap::with_capacity(limit.min(1024) + 1);
        Self { field, limit, best, total: 0, kinds_and_doors: vec![0; 512], days: vec![0; 128] }
    }

    /// Counts a record, if the constraints let it through, and keeps it while it is among the best. `judge` gives its
    /// tier and how well the words fit.
    pub(super) fn add(&mut self, record: u32, judge: impl FnOnce(Marks) -> (u8, f32)) {
        let Some(marks) = self.field.allowed(record) else { return };
        self.total += 1;
        if let Some(count) = self.kinds_and_doors.get_mut(marks.kind_and_doors()) {
            *count += 1;
        }
        if let Some(count) = self.days.get_mut(marks.days()) {
            *count += 1;
        }
        if self.limit > 0 {
            let (tier, score) = judge(marks);
            self.keep(record, tier, score);
        }
    }

    fn keep(&mut self, record: u32, tier: u8, score: f32) {
        let standing = self.field.standing;
        let at = |all: &[u16]| u128::from(all.get(record as usize).copied().unwrap_or(u16::MAX));
        let place = u128::from(tier) << TIER
            | u128::from(!score.to_bits()) << SCORE
            | at(&standing.soon) << SOON
            | at(&standing.near) << NEAR;
        let full = self.best.len() >= self.limit;
        if full && self.best.peek().is_some_and(|(worst, _)| place > worst.0) {
            return;
        }
        // The name decides only among equals, so it is looked up last.
        let rank = self.field.rank.values.get_val(record) & u64::from(u32::MAX);
        self.best.push((Place(place | u128::from(rank)), record));
        if full {
            self.best.pop();
        }
    }

    /// The best, best first.
    #[expect(clippy::cast_possible_truncation, reason = "each part is cut out by its width")]
    pub(super) fn chosen(self) -> (Facets, u64, Vec<Chosen>) {
        let facets = self.facets();
        let total = self.total;
        let part = |place: Place, at: u32| (place.0 >> at) as u32;
        let chosen = self.best.into_sorted_vec().into_iter().map(|(place, record)| Chosen {
            record,
            tier: part(place, TIER) as u8,
            score: f32::from_bits(!part(place, SCORE)),
        });
        (facets, total, chosen.collect())
    }

    fn facets(&self) -> Facets {
        let (mut kinds, mut doors, mut days) = ([0; 6], [0; 6], [0; 7]);
        for (at, count) in self.kinds_and_doors.iter().enumerate() {
            if let Some(kind) = kinds.get_mut(at & 7) {
                *kind += count;
            }
            share(&mut doors, at >> 3, *count);
        }
        for (at, count) in self.days.iter().enumerate() {
            share(&mut days, at, *count);
        }
        let told = |names: &[&str], counts: &[u64]| {
            names
                .iter()
                .zip(counts)
                .filter(|(_, count)| **count > 0)
                .map(|(name, count)| ((*name).to_owned(), *count))
                .collect()
        };
        Facets::new(vec![
            (Facet::Kind, told(&Kind::ALL.map(Kind::word), &kinds)),
            (Facet::Door, told(&Door::ALL.map(Door::word), &doors)),
            (Facet::Day, told(&Days::WEEK.map(weekday), &days)),
        ])
    }
}

/// Adds a count to each whose bit is set.
fn share(counts: &mut [u64], bits: usize, count: u64) {
    for (at, sum) in counts.iter_mut().enumerate() {
        if bits >> at & 1 == 1 {
            *sum += count;
        }
    }
}
