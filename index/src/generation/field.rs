//! What a question asks of all records besides its words, and where that puts each of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::query::{Constraint, Facet, MILES, Section, Value, Wish};
use crate::record::Kind;

use super::facets::{self, Declined};
use super::rows::Head;
use super::standing::{Standing, steps_of_miles};
use super::timing::Timings;
use super::verdict::Verdict;
use super::{Opened, weights};

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
    /// What names say of the wishes that were typed.
    pub(super) saying: Vec<Saying>,
    /// Something else was asked than what listings often do not say.
    pub(super) asks_more: bool,
    pub(super) limits: Limits,
    pub(super) chosen: Vec<Value>,
    /// Nothing but words was asked: everything fits.
    is_open: bool,
    /// Names have to do with the question.
    pub(super) has_names: bool,
    /// The few records that staff hide today, in order: they stand in no answer and are not counted.
    hidden: Vec<u32>,
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
    pub(super) fn gain(&self, record: u32) -> f32 {
        if self.is_empty() {
            return 0.0;
        }
        let gains = [(&self.named, weights::NAMED), (&self.begun, weights::BEGUN), (&self.meant, weights::MEANT)];
        gains.into_iter().find(|(records, _)| records.contains(&record)).map_or(0.0, |(_, gain)| gain)
    }
}

/// What a record's name does for its place.
#[derive(Clone, Copy)]
pub(super) struct ByName {
    /// Its tier.
    pub(super) tier: u8,
    /// What its score is multiplied by.
    pub(super) times: f32,
    /// What is added to it.
    pub(super) gain: f32,
}

/// The records whose names say a typed wish.
pub(super) struct Saying {
    /// The bit of the wish's group.
    pub(super) group: u16,
    pub(super) records: Arc<Bits>,
    /// Only pages and publications may say it: a house is not a home by its name.
    pub(super) only_reading: bool,
}

/// The limits of distance and fee.
pub(super) struct Limits {
    /// A place was typed.
    place: bool,
    within: Option<u16>,
    within_chosen: Option<u16>,
    fee: Option<u32>,
    /// For so many hundreds of metres, the shortest of [`MILES`] that reaches so far.
    buckets: Vec<u8>,
    /// There are none.
    are_none: bool,
}

impl Limits {
    /// The place of a distance among [`MILES`]; beyond them the last.
    #[inline]
    pub(super) fn bucket(&self, near: u16) -> usize {
        self.buckets.get(usize::from(near)).map_or(MILES.len(), |bucket| usize::from(*bucket))
    }
}

impl<'a> Field<'a> {
    pub(super) fn new(
        opened: &'a Opened,
        constraints: &[Constraint],
        standing: Standing,
        timings: Arc<Timings>,
        verdicts: Arc<Vec<Verdict>>,
        hidden: Vec<u32>,
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
            buckets: facets::buckets(),
            are_none: false,
        };
        let are_none = !limits.place && limits.within_chosen.is_none() && limits.fee.is_none();
        let limits = Limits { are_none, ..limits };
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
            is_open: false,
            has_names: false,
            hidden,
        }
    }

    /// Whether staff hide a record today.
    #[inline]
    pub(super) fn is_hidden(&self, record: u32) -> bool {
        !self.hidden.is_empty() && self.hidden.binary_search(&record).is_ok()
    }

    /// To be called when all of it is there.
    pub(super) fn ready(mut self, constraints: &[Constraint]) -> Self {
        self.has_names = !self.names.is_empty() || !self.saying.is_empty();
        self.is_open = constraints.is_empty();
        self
    }

    /// What is seen of a record at a glance: that it fits, or that it does not stand in the answer. Most are decided so.
    #[inline]
    pub(super) fn at_a_glance(&self, record: u32, head: Head) -> Option<bool> {
        if self.is_open {
            return Some(true);
        }
        let verdict = self.verdicts.get(head.profile() as usize)?;
        let timing = self.timings.get(head.timetable());
        if verdict.is_met && timing.fits && self.limits.are_none {
            return Some(true);
        }
        // What is neither met nor said by the name is out, unless the name itself was typed.
        let says = |saying: &Saying| saying.records.has(record);
        let out = !timing.typed || verdict.lacks & !verdict.silent != 0 && !self.saying.iter().any(says);
        (out && self.names.is_empty()).then_some(false)
    }

    /// Where in the answer a record stands, if it stands in it at all.
    pub(super) fn place_of(&self, record: u32, head: Head, near: u16) -> (Option<Section>, Declined) {
        if self.is_open {
            return (Some(Section::Fits), Declined::default());
        }
        let verdict = self.verdicts.get(head.profile() as usize).copied().unwrap_or_default();
        let timing = self.timings.get(head.timetable());
        if verdict.is_met && timing.fits && self.limits.are_none {
            return (Some(Section::Fits), Declined::default());
        }
        let declined = Declined {
            facets: verdict.declined,
            time: !timing.fits && timing.typed,
            distance: self.limits.within_chosen.is_some_and(|limit| near > limit),
        };
        let named = self.names.is_typed(record);
        let fee = || self.opened.facts(record).fee();
        let hard = !timing.typed || self.limits.fee.is_some_and(|most| fee().is_none_or(|fee| u32::from(fee) > most));
        if hard && !named {
            return (None, declined);
        }
        let said = if self.saying.is_empty() { 0 } else { self.said(record, head) };
        let lacks = verdict.lacks & !(said & verdict.open);
        // Pages and publications are for nobody in particular: they speak about it.
        let about = lacks != verdict.lacks && !named && is_reading(head.kind());
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
    fn said(&self, record: u32, head: Head) -> u16 {
        let says = |saying: &&Saying| saying.records.has(record) && (!saying.only_reading || is_reading(head.kind()));
        self.saying.iter().filter(says).fold(0, |all, saying| all | saying.group)
    }

    /// What a record's name does for its place, where names have to do with the question.
    pub(super) fn by_name(&self, record: u32, head: Head, tier: u8) -> ByName {
        let gain = self.names.gain(record);
        let said = self.said(record, head);
        let lacks = self.verdicts.get(head.profile() as usize).map_or(0, |verdict| verdict.lacks);
        // What a listing says of itself as a fact stands before what only its name says.
        let tier = if self.names.is_typed(record) { 0 } else { tier.max(u8::from(said & lacks != 0)) };
        let times = if said != 0 && self.standing.is_timeless() { weights::SAID_BY_NAME } else { 1.0 };
        ByName { tier, times, gain }
    }

    /// Whether a record stands in the answer among what fits.
    pub(super) fn fits(&self, record: u32) -> Option<Head> {
        if self.is_hidden(record) {
            return None;
        }
        let head = self.opened.head(record);
        let (section, declined) = self.place_of(record, head, self.standing.near(record));
        (section == Some(Section::Fits) && declined == Declined::default()).then_some(head)
    }

    /// The factor of a record's score.
    pub(super) fn factor(&self, record: u32, head: Head) -> f32 {
        let facts = self.opened.facts(record);
        self.standing.factor(head, &facts, self.timings.get(head.timetable()), self.standing.near(record))
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
