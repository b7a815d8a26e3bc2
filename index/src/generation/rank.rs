//! Counting all that fits and keeping the best of it.

use std::collections::BinaryHeap;

use crate::query::Section;

use super::facets::{self, Counted, Declined};
use super::field::Field;
use super::rows::Head;
use super::weights;

/// A record's place in the answer; smaller is better. From the highest bit: section, tier, score (turned round), minutes
/// until the next start, distance, rank by name and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u128);

const SECTION: u32 = 104;
const TIER: u32 = 96;
const SCORE: u32 = 64;
const SOON: u32 = 48;
const NEAR: u32 = 32;

/// One of the best.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen {
    pub(super) record: u32,
    pub(super) section: Section,
    pub(super) tier: u8,
    pub(super) score: f32,
}

/// The counts and the best so far.
pub(super) struct Tally<'a> {
    field: &'a Field<'a>,
    limit: usize,
    best: BinaryHeap<(Place, u32)>,
    pub(super) total: u64,
    pub(super) beside: [u64; 3],
    counted: Counted,
}

impl<'a> Tally<'a> {
    pub(super) fn new(field: &'a Field<'a>, limit: usize) -> Self {
        let best = BinaryHeap::with_capacity(limit.min(1024) + 1);
        Self { field, limit, best, total: 0, beside: [0; 3], counted: Counted::new(&field.opened.tables) }
    }

    /// Counts a record, if it stands in the answer, and keeps it while it is among the best. `judge` gives its tier and
    /// how well the words fit, if there are words.
    #[inline]
    pub(super) fn add(&mut self, record: u32, judge: impl FnOnce(Head) -> Option<(u8, f32)>) {
        let field = self.field;
        let head = field.opened.head(record);
        let near = field.standing.near(record);
        let (section, declined) = field.place_of(record, head, near);
        let Some(section) = section else { return };
        if section == Section::Fits {
            let bucket = facets::bucket(near, &field.limits.miles);
            if declined != Declined::default() {
                let timing = field.timings.get(head.timetable());
                self.counted.add_but(declined, head, bucket, (timing.but_for_day, timing.but_for_part));
                return;
            }
            self.counted.add(head, bucket);
            self.total += 1;
        } else if declined != Declined::default() {
            return;
        } else if let Some(count) = self.beside.get_mut(section as usize - 1) {
            *count += 1;
        }
        if self.limit > 0 {
            self.keep(record, head, near, section, judge(head));
        }
    }

    #[inline]
    fn keep(&mut self, record: u32, head: Head, near: u16, section: Section, judged: Option<(u8, f32)>) {
        let field = self.field;
        let standing = &field.standing;
        let gain = field.names.gain(record);
        let named = gain == weights::NAMED;
        let (says, alone) = field.speaks(record, head);
        // What a listing says of itself as a fact stands before what only its name says.
        let tier = judged.map_or(0, |(tier, _)| tier).max(u8::from(alone));
        let tier = if named { 0 } else { tier };
        let said = if says && standing.is_timeless() { weights::SAID_BY_NAME } else { 1.0 };
        let above = (section as u128) << SECTION | u128::from(tier) << TIER;
        let at = |score: f32| above | u128::from(!score.to_bits()) << SCORE;
        let full = self.best.len() >= self.limit;
        let worst = if full { self.best.peek().map(|(worst, _)| worst.0) } else { None };
        let timing = field.timings.get(head.timetable());
        // Most records are far from the best, and need not be looked at more closely.
        let best_case = match judged {
            Some((_, fit)) => at(fit * weights::MOST_FACTOR * said + gain),
            None if head.has_beds() => at(standing.bare(head, timing, near) * said + gain),
            None => at(standing.bare(head, timing, near) * said + gain) | u128::from(timing.soon) << SOON,
        };
        if worst.is_some_and(|worst| best_case > worst) {
            return;
        }
        let facts = field.opened.facts(record);
        let score = match judged {
            Some((_, fit)) => fit * standing.factor(head, &facts, timing, near),
            None => standing.bare(head, timing, near),
        };
        let soon = standing.soon(head, &facts, timing);
        let place =
            at(score * said + gain) | u128::from(soon) << SOON | u128::from(near) << NEAR | u128::from(facts.rank);
        if worst.is_some_and(|worst| place > worst) {
            return;
        }
        self.best.push((Place(place), record));
        if full {
            self.best.pop();
        }
    }

    /// The best, best first, and the counts.
    #[expect(clippy::cast_possible_truncation, reason = "each part is cut out by its width")]
    pub(super) fn chosen(self) -> (crate::query::Facets, Vec<Chosen>) {
        let field = self.field;
        let measured = field.standing.measures();
        let facets = self.counted.facets(&field.opened.tables, &field.timings, measured, &field.chosen);
        let part = |place: Place, at: u32| (place.0 >> at) as u32;
        let chosen = self.best.into_sorted_vec().into_iter().map(|(place, record)| Chosen {
            record,
            section: Section::ALL[(part(place, SECTION) as usize).min(Section::ALL.len() - 1)],
            tier: part(place, TIER) as u8,
            score: f32::from_bits(!part(place, SCORE)),
        });
        (facets, chosen.collect())
    }
}
