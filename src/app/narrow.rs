//! The panel that narrows a list: what is asked for, to be taken away, and what can be chosen besides, with live counts.
//!
//! What it shows is read from the search under it at every key and every frame; its own are only the place where one is
//! and which long lists were opened.

use std::ops::Range;

use index::query::{Facet, Part, Value};
use index::record::{Attendance, Door, Kind};
use jiff::civil::Weekday;

use super::{App, Around, Results, Screen};
use crate::event::{Effect, weekday_of};
use crate::keys::Action;
use crate::layout::{self, Room, Size};

/// Values of a facet that are shown before the rest has to be opened.
const FIRST: usize = 8;

/// Rows of content from which on two can be spared.
const ROOMY: usize = 10;

/// The panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrow {
    /// What is focused.
    pub focus: Entry,
    /// The facets of which all values are shown.
    opened: Vec<Facet>,
    /// The row of the panel on which the focused entry stays while counts around it change.
    held: Option<usize>,
}

/// What can be focused in the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A constraint of the last reply, to be taken away.
    Chip(usize),
    /// A value, to be chosen or not.
    Value(Value),
    /// The rest of a long list.
    More(Facet),
    /// The menu.
    Menu,
}

/// One row of the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// What the values below are about.
    Heading(Facet),
    /// Takes a chip away.
    Chip(usize),
    /// A value, how many it would leave, and whether it is asked for.
    Value(Value, u64, bool),
    /// So many values of this facet are not shown.
    More(Facet, usize),
    /// The menu.
    Menu,
}

impl Line {
    /// What is focused on this row; nothing on a heading.
    pub fn entry(&self) -> Option<Entry> {
        Some(match self {
            Self::Heading(_) => return None,
            Self::Chip(place) => Entry::Chip(*place),
            Self::Value(value, ..) => Entry::Value(value.clone()),
            Self::More(facet, _) => Entry::More(*facet),
            Self::Menu => Entry::Menu,
        })
    }
}

impl Narrow {
    /// The panel over these results, unless there is nothing to narrow.
    pub(super) fn over(results: &Results, today: Weekday) -> Option<Self> {
        let mut panel = Self { focus: Entry::Menu, opened: Vec::new(), held: None };
        let first = panel.entries(results, today).into_iter().next()?;
        panel.focus = first;
        (panel.focus != Entry::Menu).then_some(panel)
    }

    /// Whether there is room for a word on how it is used, and an empty row.
    pub fn has_intro(size: Size) -> bool {
        size.room() == Room::Full && size.rows() >= ROOMY
    }

    /// The rows of the panel.
    pub fn lines(&self, results: &Results, today: Weekday) -> Vec<Line> {
        let mut lines: Vec<Line> = (0..results.constraints.len()).map(Line::Chip).collect();
        for facet in Facet::ALL {
            let values = values(results, facet, today);
            if values.is_empty() || is_idle(results, facet, &values) {
                continue;
            }
            lines.push(Line::Heading(facet));
            let all = self.opened.contains(&facet) || values.len() <= FIRST + 1;
            let shown = |place: usize, value: &Value| all || place < FIRST || results.asks_for(value);
            let mut hidden = 0;
            for (place, (value, count)) in values.into_iter().enumerate() {
                if shown(place, &value) {
                    let asked = results.asks_for(&value);
                    lines.push(Line::Value(value, count, asked));
                } else {
                    hidden += 1;
                }
            }
            if hidden > 0 {
                lines.push(Line::More(facet, hidden));
            }
        }
        lines.push(Line::Menu);
        lines
    }

    fn entries(&self, results: &Results, today: Weekday) -> Vec<Entry> {
        self.lines(results, today).iter().filter_map(Line::entry).collect()
    }

    /// The row of the focused entry. One that is gone has left its place to another.
    pub fn row(&self, lines: &[Line]) -> usize {
        lines.iter().position(|line| line.entry().as_ref() == Some(&self.focus)).unwrap_or(0)
    }

    /// The rows that are seen.
    pub fn window(&self, lines: &[Line], size: Size) -> Range<usize> {
        let (rows, focus) = (rows(size), self.row(lines));
        match self.held {
            Some(held) => {
                let start = focus.saturating_sub(held.min(rows - 1)).min(lines.len().saturating_sub(rows));
                start..(start + rows).min(lines.len())
            }
            None => layout::window(lines.len(), rows, focus),
        }
    }

    /// Holds the focused entry on its row of the screen.
    fn hold(&mut self, results: &Results, around: &Around) {
        let lines = self.lines(results, around.now.weekday());
        self.held = Some(self.row(&lines).saturating_sub(self.window(&lines, around.size).start));
    }

    /// Where the focus is among the entries, by number.
    pub(super) fn place(&self, results: &Results, today: Weekday) -> usize {
        self.entries(results, today).iter().position(|entry| *entry == self.focus).unwrap_or(0)
    }

    /// The results have changed. When the focused entry is gone, the one that took its place is focused.
    pub(super) fn settle(&mut self, place: usize, results: &Results, today: Weekday) {
        let entries = self.entries(results, today);
        if !entries.contains(&self.focus)
            && let Some(entry) = entries.get(place).or(entries.last())
        {
            self.focus = entry.clone();
        }
    }

    fn step(&mut self, action: Action, results: &Results, around: &Around) {
        let entries = self.entries(results, around.now.weekday());
        let last = entries.len().saturating_sub(1);
        let place = entries.iter().position(|entry| *entry == self.focus).unwrap_or(0);
        let screenful = rows(around.size).saturating_sub(1).max(1);
        let place = match action {
            Action::Up => place.checked_sub(1).unwrap_or(last),
            Action::Down if place == last => 0,
            Action::Down => place + 1,
            Action::PageUp => place.saturating_sub(screenful),
            Action::PageDown => (place + screenful).min(last),
            Action::First => 0,
            Action::Last => last,
            _ => return,
        };
        self.held = None;
        self.focus = entries.get(place).cloned().unwrap_or(Entry::Menu);
    }

    /// Shows all values of a facet, and goes to the first that was hidden.
    fn show_all(&mut self, facet: Facet, results: &Results, today: Weekday) {
        let before = self.entries(results, today);
        self.opened.push(facet);
        let now = self.entries(results, today);
        self.focus = now.into_iter().find(|entry| !before.contains(entry)).unwrap_or(Entry::Menu);
    }
}

impl Results {
    /// Whether there is anything to take away or to choose.
    pub fn can_narrow(&self) -> bool {
        // In which order the days stand does not matter here.
        Narrow::over(self, Weekday::Sunday).is_some()
    }
}

/// Rows that the panel has on a screen.
fn rows(size: Size) -> usize {
    if Narrow::has_intro(size) { size.rows() - 2 } else { size.rows() }
}

/// The values of a facet with their counts, in the order in which they are shown: those that would leave nothing are
/// left out unless they are chosen.
fn values(results: &Results, facet: Facet, today: Weekday) -> Vec<(Value, u64)> {
    let counted = results.answer.as_ref().map_or(&[][..], |answer| answer.facets.of(facet));
    let mut values: Vec<(Value, u64)> =
        counted.iter().map(|(key, count)| (Value::new(facet, key.as_str()), *count)).collect();
    for chosen in results.question.chosen.iter().filter(|chosen| chosen.facet == facet) {
        if !values.iter().any(|(value, _)| value == chosen) {
            values.push((chosen.clone(), 0));
        }
    }
    values.retain(|(value, count)| *count > 0 && can_be_wished(value) || results.asks_for(value));
    values.sort_by_key(|(value, count)| (order(value, today), std::cmp::Reverse(*count)));
    if facet == Facet::Distance {
        // Of distances that leave the same, the nearest says it; one that leaves all says nothing.
        let mut before = 0;
        let total = results.answer.as_ref().map_or(0, |answer| answer.total);
        values.retain(|(value, count)| {
            let tells = *count > before && *count < total;
            before = before.max(*count);
            tells || results.asks_for(value)
        });
    }
    values
}

/// Nobody looks for what is not held at this time, or for a way of taking part that nobody knows.
fn can_be_wished(value: &Value) -> bool {
    let unknown = [Attendance::AskFirst, Attendance::Suspended].map(Attendance::word);
    value.facet != Facet::How || !unknown.contains(&value.key.as_str())
}

/// Where a value stands among those of its facet, when it has a place of its own; the others follow by their counts.
fn order(value: &Value, today: Weekday) -> usize {
    let key = value.key.as_str();
    let among = |words: &[&str]| words.iter().position(|word| *word == key).unwrap_or(words.len());
    match value.facet {
        Facet::Kind => among(&Kind::ALL.map(Kind::word)),
        Facet::Door => among(&Door::ALL.map(Door::word)),
        Facet::Day => weekday_of(key).map_or(7, |day| usize::from(day.since(today).unsigned_abs())),
        Facet::Part => among(&Part::ALL.map(Part::word)),
        Facet::How => among(&["in-person", "online", "phone"]),
        Facet::Open => among(&["open", "closed", "families-only"]),
        Facet::Housing => among(&["beds", "moud", "children", "level-1", "level-2", "level-3", "level-4"]),
        Facet::Distance => key.parse().unwrap_or(usize::MAX),
        Facet::Pathway | Facet::Fellowship | Facet::Language | Facet::Who | Facet::Style | Facet::Access => 0,
    }
}

/// Whether choosing among these values would change nothing, or says again what another facet says.
fn is_idle(results: &Results, facet: Facet, values: &[(Value, u64)]) -> bool {
    if values.iter().any(|(value, _)| results.asks_for(value)) {
        return false;
    }
    let total = results.answer.as_ref().map_or(0, |answer| answer.total);
    let alone = values.len() == 1 && values.iter().all(|(_, count)| *count >= total);
    let settled = |facet: Facet| results.constraints.iter().any(|constraint| constraint.wish.facet() == Some(facet));
    let kinds = results.answer.as_ref().map_or(0, |answer| answer.facets.of(Facet::Kind).len());
    alone || facet == Facet::Door && (settled(Facet::Door) || settled(Facet::Kind) || kinds < 2)
}

impl App {
    /// The panel on top, and the results that it narrows.
    pub fn narrowing(&self) -> Option<(&Narrow, &Results)> {
        match self.stack.as_slice() {
            [.., Screen::Results(results), Screen::Narrow(narrow)] => Some((narrow, results)),
            _ => None,
        }
    }

    pub(super) fn at_narrow(&mut self, action: Action) -> Vec<Effect> {
        let around = &self.around;
        let today = around.now.weekday();
        let [.., Screen::Results(results), Screen::Narrow(narrow)] = self.stack.as_mut_slice() else {
            return self.back();
        };
        match action {
            Action::Back | Action::Erase => return self.back(),
            Action::Open => {}
            _ => {
                narrow.step(action, results, around);
                return Vec::new();
            }
        }
        narrow.hold(results, around);
        match narrow.focus.clone() {
            Entry::Menu => return self.act(Action::Menu),
            Entry::More(facet) => {
                narrow.show_all(facet, results, today);
                return Vec::new();
            }
            Entry::Chip(place) => results.take_away(place),
            Entry::Value(value) => results.toggle(&value),
        }
        self.search()
    }
}
