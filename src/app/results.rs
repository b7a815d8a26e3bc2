//! What a search found: the question, the answer, and where one is in it.

use std::fmt;

use index::query::{Answer, Constraint, Facet, Hit, Place, Section, Value, Wish};
use index::record::{Door, Kind};
use jiff::civil::Weekday;

use super::{Around, Directory};
use crate::event::{Effect, Question, Reply, Ticket};
use crate::layout::{self, Room, Size};
use crate::tell::Teller;

/// What is focused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The search line.
    #[default]
    Field,
    /// A hit, from 0.
    Hit(usize),
    /// The way to the panel that narrows the list, below it.
    Narrow,
    /// The menu below that.
    Menu,
}

/// A search and what it found.
#[derive(Clone, Default, PartialEq)]
pub struct Results {
    /// What is asked.
    pub question: Question,
    /// What is focused.
    pub focus: Focus,
    /// How the last answer was understood, each a chip on the screen.
    pub constraints: Vec<Constraint>,
    /// The words of the last answer speak of danger for life.
    pub danger: bool,
    /// A place that was asked for and that nobody lists.
    pub nowhere: Option<String>,
    /// What is near was asked for, and where the kiosk stands is not known.
    pub lost: bool,
    /// The last answer. It stays while the next one is under way, so that nothing flickers.
    pub answer: Option<Box<Answer>>,
    /// The question that the last answer answers.
    answered: Question,
    /// The question under way, if there is one.
    awaited: Option<Ticket>,
    /// Hits asked for.
    limit: usize,
}

impl fmt::Debug for Results {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A place that nobody lists is told as it was typed.
        write!(out, "Results({:?}, {:?}, {:?})", self.question, self.focus, self.answer)
    }
}

impl Results {
    /// A search that was not asked yet. Who comes through a door looks at the list; who types looks at the words.
    pub fn new(question: Question) -> Self {
        let focus = if question.typed.is_empty() { Focus::Hit(0) } else { Focus::Field };
        Self { question, focus, ..Self::default() }
    }

    /// The question as an effect.
    pub(super) fn ask(&mut self, ticket: Ticket, size: Size) -> Effect {
        self.awaited = Some(ticket);
        self.limit = self.limit.max(2 * size.hits());
        Effect::Search(ticket, self.question.clone(), self.limit)
    }

    /// Whether it waits for this answer. One to an older question is stale.
    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        self.awaited == Some(ticket)
    }

    /// Whether it waits for any.
    pub(super) fn is_waiting(&self) -> bool {
        self.awaited.is_some()
    }

    /// Takes the answer.
    pub(super) fn take(&mut self, reply: Reply) {
        let Reply { constraints, danger, nowhere, lost, answer } = reply;
        (self.constraints, self.danger, self.nowhere, self.lost) = (constraints, danger, nowhere, lost);
        // Whatever changes the question asks anew: what is awaited answers the question as it stands.
        self.answered = self.question.clone();
        self.awaited = None;
        let hits = answer.hits.len();
        self.answer = Some(Box::new(answer));
        self.focus = match self.focus {
            Focus::Hit(_) if hits == 0 => Focus::Field,
            Focus::Hit(place) => Focus::Hit(place.min(hits - 1)),
            Focus::Narrow if !self.can_narrow() => Focus::Menu,
            focus => focus,
        };
    }

    /// The hits that are there.
    pub fn hits(&self) -> &[Hit] {
        self.answer.as_ref().map_or(&[], |answer| &answer.hits)
    }

    /// Whether the answer is there and holds nothing.
    pub fn is_empty(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.hits.is_empty())
    }

    /// The hit whose preview may be shown.
    pub fn focused(&self) -> Option<&Hit> {
        match self.focus {
            Focus::Hit(place) => self.hits().get(place),
            Focus::Field | Focus::Narrow | Focus::Menu => self.hits().first(),
        }
    }

    /// The place that was asked for, from which distances are told.
    pub fn place(&self) -> Option<&Place> {
        self.constraints.iter().find_map(|constraint| constraint.wish.place())
    }

    /// The section that begins with this hit.
    pub fn begins(&self, place: usize) -> Option<Section> {
        let section = |place: usize| self.hits().get(place).map(|hit| hit.section);
        let before = place.checked_sub(1).and_then(section);
        section(place).filter(|section| before != Some(*section))
    }

    /// The heading rows over this hit, where a section begins with it.
    pub fn heading(&self, place: usize, teller: &Teller<'_>, size: Size, columns: u16) -> Vec<String> {
        let Some(section) = self.begins(place) else { return Vec::new() };
        let said = teller.section(section, &self.constraints).unwrap_or_default();
        let mut rows = layout::wrap(&said, usize::from(columns).saturating_sub(3));
        // A heading must not push the listings off a small screen.
        rows.truncate(if size.room() == Room::Full { 3 } else { 2 });
        rows.retain(|row| !row.is_empty());
        rows
    }

    /// What stands below the hits.
    pub fn below(&self) -> &'static [Focus] {
        if self.can_narrow() { &[Focus::Narrow, Focus::Menu] } else { &[Focus::Menu] }
    }

    /// Moves the focus by so many hits. Beyond the last stand the panel and the menu, before the first the search line.
    pub(super) fn step(&mut self, by: isize) {
        let (hits, below) = (self.hits().len(), self.below());
        let last = (hits + below.len()).cast_signed() - 1;
        let place = match self.focus {
            Focus::Field => -1,
            Focus::Hit(place) => place.cast_signed(),
            Focus::Narrow => hits.cast_signed(),
            Focus::Menu => last,
        };
        let target = match (place, by) {
            // Once around: from the search line up to the menu, from the menu down to the search line.
            (-1, -1) => last,
            (place, 1) if place == last => -1,
            (place, by) => place.saturating_add(by).min(last),
        };
        self.focus = match usize::try_from(target) {
            Err(_) => Focus::Field,
            Ok(place) if place < hits => Focus::Hit(place),
            Ok(place) => below.get(place - hits).copied().unwrap_or(Focus::Menu),
        };
    }

    /// Whether more hits should be fetched before the visitor comes to the end of those that are there.
    pub(super) fn runs_short(&self, size: Size) -> bool {
        let hits = self.hits().len();
        let all = self.answer.as_ref().is_none_or(|answer| hits as u64 >= answer.all());
        let place = match self.focus {
            Focus::Field => 0,
            Focus::Hit(place) => place,
            Focus::Narrow | Focus::Menu => hits,
        };
        !all && place + size.hits() >= hits
    }

    /// Asks for more hits than are there.
    pub(super) fn want_more(&mut self, size: Size) {
        self.limit = self.hits().len() + 4 * size.hits();
    }

    /// The words are finished. Whether that is new, and has to be asked.
    pub(super) fn finish(&mut self) -> bool {
        let is_new = !self.question.finished && !self.question.typed.is_empty();
        self.question.finished = true;
        is_new
    }

    /// The question is another one: the list begins at its top.
    pub(super) fn begin_again(&mut self, focus: Focus) {
        self.focus = focus;
        self.limit = 0;
    }

    /// Chooses a value, or takes it away when it is asked for already.
    pub(super) fn toggle(&mut self, value: &Value) {
        let chosen = &mut self.question.chosen;
        if let Some(place) = chosen.iter().position(|other| other == value) {
            chosen.remove(place);
        } else if let Some(place) = self.constraints.iter().position(|typed| names(typed, value)) {
            self.take_away(place);
            return;
        } else {
            // Of distances, one holds the other.
            chosen.retain(|other| value.facet != Facet::Distance || other.facet != Facet::Distance);
            chosen.push(value.clone());
        }
        self.begin_again(Focus::Hit(0));
    }

    /// Whether a value is asked for, be it chosen or typed.
    pub fn asks_for(&self, value: &Value) -> bool {
        self.question.chosen.contains(value) || self.constraints.iter().any(|typed| names(typed, value))
    }

    /// Takes a constraint out of the question. Its words were typed in the question that is answered; when that is
    /// another one by now, nothing is taken.
    pub(super) fn take_away(&mut self, place: usize) {
        let Some(constraint) = self.constraints.get(place) else { return };
        if !constraint.is_chosen() {
            if self.answered.typed == self.question.typed {
                self.question.cut(&constraint.at);
            }
        } else if let Wish::Has(values) = &constraint.wish {
            for value in values {
                self.question.chosen.retain(|other| other != value);
                let door = self.question.door.map(Door::word);
                if value.facet == Facet::Door && door == Some(value.key.as_str()) {
                    self.question.door = None;
                }
            }
        }
        self.begin_again(Focus::Hit(0));
    }

    /// The next day (or the one before) among: any day, today, tomorrow, and on to the end of a week.
    pub(super) fn turn_day(&mut self, today: Weekday, by: i64) {
        let place = self.question.day().map_or(0, |day| i64::from(day.since(today)) + 1);
        let place = (place + by).rem_euclid(8);
        self.question.choose_day((place > 0).then(|| today.wrapping_add(place - 1)));
        self.begin_again(Focus::Hit(0));
    }

    /// The line that says how many there are.
    pub fn count_line(&self, teller: &Teller<'_>, directory: &Directory) -> String {
        match &self.answer {
            Some(answer) if self.lost => teller.lost(answer, &self.constraints),
            Some(answer) => teller.found(answer, &self.constraints, self.nowhere.as_deref()),
            None => teller.locale.say(match directory {
                Directory::Opening => "directory-opening",
                Directory::Open(_) => "results-searching",
                Directory::Missing => "directory-missing",
            }),
        }
    }

    /// What each chip says. A chip that says the same as another is shown once.
    pub fn chips(&self, teller: &Teller<'_>) -> Vec<String> {
        let mut chips: Vec<String> = Vec::with_capacity(self.constraints.len());
        for constraint in &self.constraints {
            let said = teller.chip(constraint);
            if !chips.contains(&said) {
                chips.push(said);
            }
        }
        chips
    }

    /// Whether choosing a day makes sense: there are meetings, or a day is chosen.
    pub fn has_days(&self) -> bool {
        let meetings = matches!(self.question.door, None | Some(Door::Meetings | Door::Family));
        let found = |answer: &Answer| answer.facets.count(Facet::Kind, Kind::Meeting.word()) > 0;
        let chosen = self.question.chosen.iter().any(|value| value.facet == Facet::Day);
        chosen || meetings && self.answer.as_deref().is_some_and(found)
    }

    /// How many hits one sees at once, about: what a page key moves by.
    pub(super) fn screenful(&self, around: &Around) -> isize {
        let size = around.size;
        let columns = size.columns(around.site.preview).0;
        let teller = around.teller();
        let headings: usize =
            (0..self.hits().len()).map(|place| self.heading(place, &teller, size, columns).len()).sum();
        let rows = size.rows().saturating_sub(self.alarm(around).height() + headings);
        (rows / size.rows_per_hit()).max(1).cast_signed()
    }
}

/// Whether a typed constraint is named by this value.
fn names(typed: &Constraint, value: &Value) -> bool {
    let first = match &typed.wish {
        Wish::Has(values) => values.first(),
        _ => None,
    };
    !typed.is_chosen() && first == Some(value)
}
