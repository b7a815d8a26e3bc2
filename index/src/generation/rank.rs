//! Counting all that fits and keeping the best of it.

use std::collections::BinaryHeap;

use crate::query::Section;

use super::facets::{Counted, Declined};
use super::field::{ByName, Field};
use super::rows::Head;
use super::weights;

/// A record's place in the answer; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// From the highest bit: section 8, tier 8, score (turned round) 32, minutes until the next start 16.
    first: u64,
    /// Distance 16, rank by name and id 32.
    then: u64,
}

const SECTION: u32 = 56;
const TIER: u32 = 48;
const SCORE: u32 = 16;
const NEAR: u32 = 32;

/// The first half of a place.
#[inline]
fn first(section: Section, tier: u8, score: f32, soon: u16) -> u64 {
    (section as u64) << SECTION | u64::from(tier) << TIER | u64::from(!score.to_bits()) << SCORE | u64::from(soon)
}

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
    /// The worst place that is kept, once there are enough: what comes behind it is not looked at.
    worst: Place,
    pub(super) total: u64,
    pub(super) beside: [u64; 3],
    counted: Counted,
}

impl<'a> Tally<'a> {
    pub(super) fn new(field: &'a Field<'a>, limit: usize) -> Self {
        let best = BinaryHeap::with_capacity(limit.min(1024) + 1);
        let counted = Counted::new(&field.opened.tables);
        Self { field, limit, best, worst: Place { first: u64::MAX, then: u64::MAX }, total: 0, beside: [0; 3], counted }
    }

    /// Counts a record, if it stands in the answer, and keeps it while it is among the best. `judge` gives its tier and
    /// how well the words fit, if there are words.
    #[inline]
    pub(super) fn add(&mut self, record: u32, judge: impl FnOnce(Head) -> Option<(u8, f32)>) {
        let field = self.field;
        if field.is_hidden(record) {
            return;
        }
        let head = field.opened.head(record);
        let seen = field.at_a_glance(record, head);
        if seen == Some(false) {
            return;
        }
        let near = field.standing.near(record);
        if seen == Some(true) {
            self.counted.add(head, field.limits.bucket(near));
            self.total += 1;
            if self.limit > 0 {
                self.keep(record, head, near, Section::Fits, judge(head));
            }
            return;
        }
        let (section, declined) = field.place_of(record, head, near);
        let Some(section) = section else { return };
        if section == Section::Fits {
            let bucket = field.limits.bucket(near);
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
        let timing = field.timings.get(head.timetable());
        let mut named = ByName { tier: judged.map_or(0, |(tier, _)| tier), times: 1.0, gain: 0.0 };
        if field.has_names {
            named = field.by_name(record, head, named.tier);
        }
        // Most records are far from the best, and need not be looked at more closely.
        let score = match judged {
            Some((_, fit)) => fit * standing.most(head, timing, near),
            None if head.has_beds() => standing.bare(head, timing, near) + weights::BED_FIRST,
            None => standing.bare(head, timing, near),
        };
        let soon = if head.has_beds() { 0 } else { timing.soon };
        let at_best = first(section, named.tier, score * named.times + named.gain, soon);
        if (Place { first: at_best, then: u64::from(near) << NEAR }) > self.worst {
            return;
        }
        self.keep_closely(record, head, near, section, judged.map(|(_, fit)| fit), named);
    }

    /// The same for one that may be among the best.
    fn keep_closely(&mut self, record: u32, head: Head, near: u16, section: Section, fit: Option<f32>, named: ByName) {
        let field = self.field;
        let standing = &field.standing;
        let timing = field.timings.get(head.timetable());
        let facts = field.opened.facts(record);
        let score = match fit {
            Some(fit) => fit * standing.factor(head, &facts, timing, near),
            None => standing.bare(head, timing, near) + standing.bed(head, &facts),
        };
        let soon = standing.soon(head, &facts, timing);
        let place = Place {
            first: first(section, named.tier, score * named.times + named.gain, soon),
            then: u64::from(near) << NEAR | u64::from(facts.rank),
        };
        if place > self.worst {
            return;
        }
        self.best.push((place, record));
        if self.best.len() > self.limit {
            self.best.pop();
        }
        if self.best.len() >= self.limit
            && let Some((worst, _)) = self.best.peek()
        {
            self.worst = *worst;
        }
    }

    /// The best, best first, and the counts.
    #[expect(clippy::cast_possible_truncation, reason = "each part is cut out by its width")]
    pub(super) fn chosen(self) -> (crate::query::Facets, Vec<Chosen>) {
        let field = self.field;
        let measured = field.standing.measures();
        let facets = self.counted.facets(&field.opened.tables, &field.timings, measured, &field.chosen);
        let part = |place: Place, at: u32| (place.first >> at) as u32;
        let chosen = self.best.into_sorted_vec().into_iter().map(|(place, record)| Chosen {
            record,
            section: Section::ALL[(part(place, SECTION) as usize).min(Section::ALL.len() - 1)],
            tier: part(place, TIER) as u8,
            score: f32::from_bits(!part(place, SCORE)),
        });
        (facets, chosen.collect())
    }
}
