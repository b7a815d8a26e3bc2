//! Counting all that fits and keeping the best of it.

use std::collections::{BTreeSet, BinaryHeap};
use std::sync::Arc;

use crate::query::{Constraint, Facet, MILES, Section, Value, Wish};

use crate::record::Kind;

use super::facets::{self, Counted, Declined};
use super::rows::Row;
use super::standing::{Standing, steps_of_miles};
use super::timing::Timings;
use super::verdict::Verdict;
use super::{Opened, weights};

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

/// What a question asks of all records besides its words.
pub(super) struct Field<'a> {
    pub(super) opened: &'a Opened,
    pub(super) standing: Standing,
    pub(super) timings: Arc<Timings>,
    pub(super) verdicts: Arc<Vec<Verdict>>,
    /// Records in the places that were asked for.
    pub(super) inside: Option<Bits>,
    /// Records by their whole names.
    pub(super) names: Names,
    /// For groups of typed wishes, by their bit: records whose names say it.
    pub(super) saying: Vec<(u16, Bits)>,
    /// Something else was asked than what listings often do not say.
    pub(super) asks_more: bool,
    limits: Limits,
    chosen: Vec<Value>,
}

/// Few records, by what their whole names have to do with a question.
#[derive(Default)]
pub(super) struct Names {
    /// It was typed. They stand in the answer whatever its words mean besides.
    pub(super) named: BTreeSet<u32>,
    /// It begins with what was typed so far.
    pub(super) begun: BTreeSet<u32>,
    /// What was typed stands for it.
    pub(super) meant: BTreeSet<u32>,
}

impl Names {
    pub(super) fn is_empty(&self) -> bool {
        self.named.is_empty() && self.begun.is_empty() && self.meant.is_empty()
    }

    fn is_typed(&self, record: u32) -> bool {
        self.named.contains(&record)
    }

    /// What a record gains by its whole name.
    #[inline]
    fn gain(&self, record: u32) -> f32 {
        if self.is_empty() {
            return 0.0;
        }
        let gains = [(&self.named, weights::NAMED), (&self.begun, weights::BEGUN), (&self.meant, weights::MEANT)];
        gains.into_iter().find(|(records, _)| records.contains(&record)).map_or(0.0, |(_, gain)| gain)
    }
}

/// The limits of distance and fee.
struct Limits {
    /// A place was typed.
    place: bool,
    within: Option<u16>,
    within_chosen: Option<u16>,
    fee: Option<u32>,
    miles: [u16; MILES.len()],
}

impl<'a> Field<'a> {
    pub(super) fn new(
        opened: &'a Opened,
        constraints: &[Constraint],
        standing: Standing,
        timings: Arc<Timings>,
        verdicts: Arc<Vec<Verdict>>,
    ) -> Self {
        let chosen: Vec<Value> = constraints
            .iter()
            .filter(|constraint| constraint.is_chosen())
            .filter_map(|constraint| match &constraint.wish {
                Wish::Has(values) => Some(values.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        let wishes = || constraints.iter().map(|constraint| &constraint.wish);
        let within = wishes().filter_map(|wish| match wish {
            Wish::Within(_, miles) => Some(steps_of_miles(*miles)),
            _ => None,
        });
        let fee = wishes().filter_map(|wish| match wish {
            Wish::Fee(dollars) => Some(*dollars),
            _ => None,
        });
        let miles = chosen.iter().filter(|value| value.facet == Facet::Distance);
        let limits = Limits {
            place: wishes().any(Wish::is_place),
            within: within.max(),
            within_chosen: miles.filter_map(|value| value.key.parse().ok()).map(steps_of_miles).max(),
            fee: fee.max(),
            miles: facets::limits(),
        };
        Self {
            opened,
            standing,
            timings,
            verdicts,
            inside: None,
            names: Names::default(),
            saying: Vec::new(),
            asks_more: false,
            limits,
            chosen,
        }
    }

    /// Where in the answer a record stands, if it stands in it at all.
    #[inline]
    fn place_of(&self, record: u32, row: &Row, near: u16) -> (Option<Section>, Declined) {
        let verdict = self.verdicts.get(row.profile as usize).copied().unwrap_or_default();
        let timing = self.timings.get(row.timetable);
        let declined = Declined {
            facets: verdict.declined,
            time: !timing.fits && timing.typed,
            distance: self.limits.within_chosen.is_some_and(|limit| near > limit),
        };
        let named = self.names.is_typed(record);
        let hard =
            !timing.typed || self.limits.fee.is_some_and(|most| row.fee().is_none_or(|fee| u32::from(fee) > most));
        if hard && !named {
            return (None, declined);
        }
        let said = if self.saying.is_empty() { 0 } else { self.said(record) };
        let lacks = verdict.lacks & !(said & verdict.open);
        // Pages and publications are for nobody in particular: they speak about it.
        let about = lacks != verdict.lacks && !named && is_reading(row.kind);
        if lacks & !verdict.silent != 0 && !named {
            return (None, declined);
        }
        let elsewhere = self.limits.place
            && (verdict.placeless
                || self.limits.within.is_some_and(|limit| near > limit)
                || self.inside.as_ref().is_some_and(|inside| !inside.has(record)));
        let section = match (elsewhere, lacks) {
            _ if named => Section::Fits,
            (false, 0) if about => Section::About,
            (false, 0) => Section::Fits,
            (false, _) if self.asks_more => Section::Unsaid,
            (true, 0) if verdict.placeless => Section::Online,
            _ => return (None, declined),
        };
        (Some(section), declined)
    }

    /// The groups of typed wishes that a record's name says.
    fn said(&self, record: u32) -> u16 {
        self.saying.iter().filter(|(_, bits)| bits.has(record)).fold(0, |all, (bit, _)| all | bit)
    }

    /// Whether a record's name says a wish that was typed, and whether nothing else does.
    fn speaks(&self, record: u32, row: &Row) -> (bool, bool) {
        if self.saying.is_empty() {
            return (false, false);
        }
        let said = self.said(record);
        let lacks = self.verdicts.get(row.profile as usize).map_or(0, |verdict| verdict.lacks);
        (said != 0, said & lacks != 0)
    }

    /// Whether a record stands in the answer among what fits.
    pub(super) fn fits(&self, record: u32) -> Option<Row> {
        let row = self.opened.row(record);
        let (section, declined) = self.place_of(record, &row, self.standing.near(&row));
        (section == Some(Section::Fits) && declined == Declined::default()).then_some(row)
    }

    /// The factor of a record's score.
    pub(super) fn factor(&self, row: &Row) -> f32 {
        self.standing.factor(row, self.timings.get(row.timetable), self.standing.near(row))
    }
}

/// Whether this kind is to be read, not to be gone to.
fn is_reading(kind: u8) -> bool {
    [Kind::Publication, Kind::Topic].iter().any(|reading| *reading as u8 == kind)
}

/// A set of records.
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// None of so many.
    pub(super) fn none_of(records: u32) -> Self {
        Self(vec![0; (records as usize).div_ceil(64)])
    }

    /// Adds a record.
    pub(super) fn add(&mut self, record: u32) {
        if let Some(word) = self.0.get_mut(record as usize / 64) {
            *word |= 1 << (record % 64);
        }
    }

    /// Whether a record is in it.
    #[inline]
    fn has(&self, record: u32) -> bool {
        self.0.get(record as usize / 64).is_some_and(|word| word >> (record % 64) & 1 == 1)
    }
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
        Self { field, limit, best, total: 0, beside: [0; 3], counted: Counted::new() }
    }

    /// Counts a record, if it stands in the answer, and keeps it while it is among the best. `judge` gives its tier and
    /// how well the words fit, if there are words.
    #[inline]
    pub(super) fn add(&mut self, record: u32, judge: impl FnOnce(&Row) -> Option<(u8, f32)>) {
        let field = self.field;
        let row = field.opened.row(record);
        let near = field.standing.near(&row);
        let (section, declined) = field.place_of(record, &row, near);
        let Some(section) = section else { return };
        if section == Section::Fits {
            let bucket = facets::bucket(near, &field.limits.miles);
            let tables = &field.opened.tables;
            if declined != Declined::default() {
                let timing = field.timings.get(row.timetable);
                let but = (timing.but_for_day, timing.but_for_part);
                self.counted.add_but(tables, declined, (row.profile, row.timetable), bucket, but);
                return;
            }
            self.counted.add(tables, row.profile, row.timetable, bucket);
            self.total += 1;
        } else if declined != Declined::default() {
            return;
        } else if let Some(count) = self.beside.get_mut(section as usize - 1) {
            *count += 1;
        }
        if self.limit > 0 {
            self.keep(record, &row, near, section, judge(&row));
        }
    }

    fn keep(&mut self, record: u32, row: &Row, near: u16, section: Section, judged: Option<(u8, f32)>) {
        let field = self.field;
        let gain = field.names.gain(record);
        let named = gain == weights::NAMED;
        let (says, alone) = field.speaks(record, row);
        // What a listing says of itself as a fact stands before what only its name says.
        let tier = judged.map_or(0, |(tier, _)| tier).max(u8::from(alone));
        let tier = if named { 0 } else { tier };
        let head = (section as u128) << SECTION | u128::from(tier) << TIER;
        let at = |score: f32| head | u128::from(!score.to_bits()) << SCORE;
        let full = self.best.len() >= self.limit;
        let worst = if full { self.best.peek().map(|(worst, _)| worst.0) } else { None };
        // Most records are far from the best, and need not be looked at more closely.
        let most = judged.map_or(1.0, |(_, fit)| fit * weights::MOST_FACTOR) * weights::SAID_BY_NAME;
        if gain == 0.0 && worst.is_some_and(|worst| at(most) > worst) {
            return;
        }
        let timing = field.timings.get(row.timetable);
        let standing = &field.standing;
        let score = judged
            .map_or_else(|| standing.bare(row, timing, near), |(_, fit)| fit * standing.factor(row, timing, near));
        let score = if says && standing.is_timeless() { score * weights::SAID_BY_NAME } else { score };
        let score = score + gain;
        let soon = standing.soon(row, timing);
        let place = at(score) | u128::from(soon) << SOON | u128::from(near) << NEAR | u128::from(row.rank);
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
