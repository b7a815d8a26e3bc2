//! What a search found: the search line, the list, and where one is in it.

use index::query::{Answer, Constraint, Facet, Hit};
use index::record::{Door, Kind};
use jiff::civil::Weekday;

use super::{App, Directory, Reading, Screen};
use crate::event::{Effect, Question, Reply, Ticket};
use crate::keys::Action;
use crate::layout::Size;
use crate::locale::{number, text};
use crate::tell::Teller;

/// Letters that the search line holds. Longer questions are no better.
pub const LONGEST: usize = 64;

/// What is focused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The search line.
    #[default]
    Field,
    /// A hit, from 0.
    Hit(usize),
    /// The menu below the list.
    Menu,
}

/// A search and what it found.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// The last answer. It stays while the next one is under way, so that nothing flickers.
    pub answer: Option<Box<Answer>>,
    /// The question under way, if there is one.
    awaited: Option<Ticket>,
    /// Hits asked for.
    limit: usize,
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
        let Reply { constraints, danger, nowhere, answer } = reply;
        (self.constraints, self.danger, self.nowhere) = (constraints, danger, nowhere);
        self.awaited = None;
        if let Focus::Hit(place) = self.focus {
            self.focus = match answer.hits.len() {
                0 => Focus::Field,
                hits => Focus::Hit(place.min(hits - 1)),
            };
        }
        self.answer = Some(Box::new(answer));
    }

    /// The hits that are there.
    pub fn hits(&self) -> &[Hit] {
        self.answer.as_ref().map_or(&[], |answer| &answer.hits)
    }

    /// The hit whose preview may be shown.
    pub fn focused(&self) -> Option<&Hit> {
        match self.focus {
            Focus::Hit(place) => self.hits().get(place),
            Focus::Field | Focus::Menu => self.hits().first(),
        }
    }

    /// Moves the focus by so many hits. Beyond the last stands the menu, before the first the search line.
    fn step(&mut self, by: isize) {
        let hits = self.hits().len().cast_signed();
        let place = match self.focus {
            Focus::Field => -1,
            Focus::Hit(place) => place.cast_signed(),
            Focus::Menu => hits,
        };
        self.focus = match (place, by) {
            // Once around: from the search line up to the menu, from the menu down to the search line.
            (-1, -1) => Focus::Menu,
            (place, 1) if place == hits => Focus::Field,
            (place, by) => match place.saturating_add(by) {
                ..0 => Focus::Field,
                place if place < hits => Focus::Hit(place.cast_unsigned()),
                _ => Focus::Menu,
            },
        };
    }

    /// Whether more hits should be fetched before the visitor comes to the end of those that are there.
    fn runs_short(&self, size: Size) -> bool {
        let hits = self.hits().len();
        let all = self.answer.as_ref().is_none_or(|answer| hits as u64 >= answer.total);
        let place = match self.focus {
            Focus::Field => 0,
            Focus::Hit(place) => place,
            Focus::Menu => hits,
        };
        !all && place + size.hits() >= hits
    }

    /// The next day (or the one before) among: any day, today, tomorrow, and on to the end of a week.
    fn turn_day(&mut self, today: Weekday, by: i64) {
        let place = self.question.day().map_or(0, |day| i64::from(day.since(today)) + 1);
        let place = (place + by).rem_euclid(8);
        self.question.choose_day((place > 0).then(|| today.wrapping_add(place - 1)));
        self.focus = Focus::Hit(0);
        self.limit = 0;
    }

    /// The line that says how many there are.
    pub fn count_line(&self, teller: &Teller<'_>, directory: &Directory) -> String {
        let locale = teller.locale;
        let Some(answer) = &self.answer else {
            return locale.say(match directory {
                Directory::Opening => "directory-opening",
                Directory::Open(_) => "results-searching",
                Directory::Missing => "directory-missing",
            });
        };
        let total = i64::try_from(answer.total).unwrap_or(i64::MAX);
        let mut count = locale.say_with("results-count", &[("count", number(total))]);
        // A close match is never passed off as what was typed.
        let how = match (&answer.relaxed, answer.hits.first()) {
            (Some(relaxed), _) if relaxed.fitting == 0 => Some("results-relaxed"),
            (_, Some(hit)) if matches!(hit.tier, 2 | 3) => Some("results-spelled"),
            _ => None,
        };
        if let Some(how) = how {
            count = locale.say_with(how, &[("count", text(&count))]);
        }
        let door = self.question.door.map(|door| locale.say(&format!("door-{}", door.word())));
        let day = self.question.day().map(|day| teller.weekday(day));
        match (door, day) {
            (None, None) => count,
            (Some(door), None) => locale.say_with("results-in", &[("count", text(&count)), ("door", text(&door))]),
            (None, Some(day)) => locale.say_with("results-on", &[("count", text(&count)), ("day", text(&day))]),
            (Some(door), Some(day)) => {
                locale.say_with("results-in-on", &[("count", text(&count)), ("door", text(&door)), ("day", text(&day))])
            }
        }
    }

    /// Whether choosing a day makes sense: there are meetings, or a day is chosen.
    pub fn has_days(&self) -> bool {
        let meetings = matches!(self.question.door, None | Some(Door::Meetings | Door::Family));
        let found = |answer: &Answer| answer.facets.count(Facet::Kind, Kind::Meeting.word()) > 0;
        self.question.day().is_some() || meetings && self.answer.as_deref().is_some_and(found)
    }
}

impl App {
    fn results_mut(&mut self) -> Option<&mut Results> {
        match self.stack.last_mut() {
            Some(Screen::Results(results)) => Some(results),
            _ => None,
        }
    }

    /// A letter, wherever one is: it goes on a search that is on the screen, and begins one anywhere else.
    pub(super) fn typed(&mut self, letter: char) -> Vec<Effect> {
        let mut buffer = [0; 4];
        let begins = letter != ' ' && index::text::is_tame(letter.encode_utf8(&mut buffer));
        let Some(results) = self.results_mut() else {
            if !begins {
                return Vec::new();
            }
            self.stack.clear();
            return self.ask(Question { typed: letter.to_string(), ..Question::default() });
        };
        let typed = &mut results.question.typed;
        let follows = letter == ' ' && !typed.is_empty() && !typed.ends_with(' ');
        if typed.chars().count() < LONGEST && (begins || follows) {
            typed.push(letter);
            results.focus = Focus::Field;
            results.limit = 0;
            return self.search();
        }
        Vec::new()
    }

    pub(super) fn at_results(&mut self, action: Action) -> Vec<Effect> {
        let size = self.around.size;
        let today = self.around.now.weekday();
        let Some(results) = self.results_mut() else { return Vec::new() };
        let screenful = size.hits().cast_signed();
        match action {
            Action::Up => results.step(-1),
            Action::Down => results.step(1),
            Action::PageUp => results.step(-screenful.max(2)),
            Action::PageDown => results.step(screenful.max(2)),
            Action::First => results.focus = Focus::Field,
            Action::Last => results.focus = Focus::Menu,
            Action::Open => return self.open(),
            Action::Back => return self.back(),
            Action::Erase => return self.erase(),
            Action::EraseAll => return self.erase_all(),
            Action::Earlier | Action::Later if results.has_days() => {
                results.turn_day(today, if action == Action::Later { 1 } else { -1 });
                return self.search();
            }
            _ => {}
        }
        match self.results_mut() {
            Some(results) if results.runs_short(size) => {
                results.limit = results.hits().len() + 4 * size.hits();
                self.search()
            }
            _ => Vec::new(),
        }
    }

    fn open(&mut self) -> Vec<Effect> {
        let Some(Screen::Results(results)) = self.stack.last_mut() else { return Vec::new() };
        match results.focus {
            // Enter after typing goes into the list, so that nobody lands on a page they did not choose.
            Focus::Field if results.hits().is_empty() => {}
            Focus::Field => results.focus = Focus::Hit(0),
            Focus::Menu => return self.act(Action::Menu),
            Focus::Hit(place) => {
                if let Some(hit) = results.hits().get(place) {
                    let record = hit.record.clone();
                    let reading = Reading::record(record, &self.around.teller());
                    self.lay(Screen::Reading(reading));
                }
            }
        }
        Vec::new()
    }

    fn erase(&mut self) -> Vec<Effect> {
        let Some(results) = self.results_mut() else { return Vec::new() };
        if results.question.typed.pop().is_none() {
            return self.back();
        }
        self.erased()
    }

    fn erase_all(&mut self) -> Vec<Effect> {
        let Some(results) = self.results_mut() else { return Vec::new() };
        results.question.typed.clear();
        self.erased()
    }

    /// Without words and without a door there is nothing to list: back to the first screen.
    fn erased(&mut self) -> Vec<Effect> {
        let Some(results) = self.results_mut() else { return Vec::new() };
        results.focus = Focus::Field;
        results.limit = 0;
        if results.question.typed.trim().is_empty() && results.question.door.is_none() {
            return self.back();
        }
        self.search()
    }
}
