//! What a question's wishes for facet values mean for each profile, judged once for all its records.

use crate::query::{Constraint, Facet, Value, Wish};
use crate::record::{Attendance, Kind};

use super::tables::Tables;

/// So many typed wishes are looked at; a question has a few.
pub(super) const MOST: usize = 16;

/// Values of which a listing has one and not the other: who says the one says nothing that leaves the other open.
const OPPOSITES: [[&str; 2]; 1] = [["women", "men"]];

/// How one profile stands to a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Typed wishes that it does not fulfil, by their place among the groups.
    pub(super) lacks: u16,
    /// Those of them about which it is silent: they may hold all the same.
    pub(super) silent: u16,
    /// Those of them that it says nothing against: its name may speak for it.
    pub(super) open: u16,
    /// Facets in which another value was chosen, by their place in [`Facet::ALL`].
    pub(super) declined: u16,
    /// It is a meeting online or by telephone alone.
    pub(super) placeless: bool,
    /// It lacks nothing and declines nothing.
    pub(super) is_met: bool,
}

/// The wishes for values, those that are alternatives together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Groups {
    /// Typed: each group must be met.
    typed: Vec<(Facet, Vec<Value>)>,
    /// Chosen: of each facet one of the values.
    chosen: Vec<(Facet, Vec<Value>)>,
}

impl Groups {
    /// The place of a typed wish's group.
    pub(super) fn place_of(&self, values: &[Value]) -> Option<usize> {
        let first = values.first()?;
        self.typed.iter().position(|(_, group)| group.contains(first))
    }

    /// The wishes of these constraints. Times, places and fees are judged elsewhere.
    pub(super) fn of(constraints: &[Constraint]) -> Self {
        let mut groups = Self::default();
        for constraint in constraints {
            let Wish::Has(values) = &constraint.wish else { continue };
            let Some(facet) = values.first().map(|value| value.facet) else { continue };
            if matches!(facet, Facet::Day | Facet::Part | Facet::Distance) {
                continue;
            }
            let list = if constraint.is_chosen() { &mut groups.chosen } else { &mut groups.typed };
            let alternative = constraint.is_chosen() || facet.is_exclusive();
            match list.iter_mut().find(|(of, _)| alternative && *of == facet) {
                Some((_, group)) => group.extend(values.iter().cloned()),
                None => list.push((facet, values.clone())),
            }
        }
        groups.typed.truncate(MOST);
        groups
    }

    /// Judges all profiles; empty when there is nothing to judge by and nothing to know.
    pub(super) fn verdicts(&self, tables: &Tables) -> Vec<Verdict> {
        let notes: Vec<Note> = tables.values().map(|(facet, key)| self.note(facet, key)).collect();
        let (all, chosen) = (self.all_typed(), self.all_chosen());
        let soft: u16 = bits(self.typed.iter().map(|(facet, _)| facet.is_often_unsaid()));
        let judge = |values: &[u32]| {
            let mut sum = Note::default();
            for note in values.iter().filter_map(|value| notes.get(*value as usize)) {
                sum.meets |= note.meets;
                sum.against |= note.against;
                sum.accepted |= note.accepted;
                sum.has_place |= note.has_place;
                sum.placeless |= note.placeless;
                sum.may_be_silent |= note.may_be_silent;
                sum.is_meeting |= note.is_meeting;
            }
            let lacks = all & !sum.meets;
            let open = lacks & !sum.against;
            let declined = chosen & !sum.accepted;
            Verdict {
                is_met: lacks == 0 && declined == 0,
                lacks,
                open,
                silent: if sum.may_be_silent { open & soft } else { 0 },
                declined,
                placeless: sum.placeless && !sum.has_place && sum.is_meeting,
            }
        };
        tables.profiles().map(judge).collect()
    }

    fn all_typed(&self) -> u16 {
        bits(self.typed.iter().map(|_| true))
    }

    fn all_chosen(&self) -> u16 {
        self.chosen.iter().fold(0, |all, (facet, _)| all | facet_bit(*facet))
    }

    /// What having a value means.
    fn note(&self, facet: Facet, key: &str) -> Note {
        let is = |value: &Value| value.facet == facet && value.key == key;
        let chosen = self.chosen.iter().filter(|(_, values)| values.iter().any(is));
        Note {
            meets: bits(self.typed.iter().map(|(_, values)| values.iter().any(is))),
            against: bits(self.typed.iter().map(|(of, values)| *of == facet && speaks_against(facet, key, values))),
            accepted: chosen.fold(0, |all, (facet, _)| all | facet_bit(*facet)),
            has_place: facet == Facet::How && key == Attendance::InPerson.word(),
            placeless: facet == Facet::How
                && [Attendance::Online, Attendance::Phone].iter().any(|how| how.word() == key),
            is_meeting: facet == Facet::Kind && key == Kind::Meeting.word(),
            may_be_silent: facet == Facet::Kind && [Kind::Meeting, Kind::Housing].iter().any(|kind| kind.word() == key),
        }
    }
}

/// Whether a listing that has this value of a facet thereby says that it has none of the wished ones.
fn speaks_against(facet: Facet, key: &str, wished: &[Value]) -> bool {
    match facet {
        Facet::Who => OPPOSITES
            .iter()
            .any(|pair| pair.contains(&key) && wished.iter().any(|wish| pair.contains(&wish.key.as_str()))),
        Facet::How => key != Attendance::AskFirst.word(),
        Facet::Language | Facet::Fellowship | Facet::Open => true,
        // Nobody writes down all that makes it possible to come, or all that is done.
        _ => false,
    }
}

/// What a value says to a question.
#[expect(clippy::struct_excessive_bools, reason = "as many things, each by itself")]
#[derive(Clone, Copy, Default)]
struct Note {
    meets: u16,
    against: u16,
    accepted: u16,
    has_place: bool,
    placeless: bool,
    may_be_silent: bool,
    is_meeting: bool,
}

/// The bit of a facet.
pub(super) fn facet_bit(facet: Facet) -> u16 {
    Facet::ALL.iter().position(|other| *other == facet).map_or(0, |at| 1 << at)
}

/// The first [`MOST`] truths as bits.
fn bits(truths: impl Iterator<Item = bool>) -> u16 {
    truths.take(MOST).enumerate().fold(0, |bits, (at, truth)| bits | u16::from(truth) << at)
}
