//! Asking, taking the answer, and the keys of a search: typing, moving through the list, opening what was found.

use super::{App, Focus, Narrow, Results, Screen};
use crate::event::{Effect, Question, Reply, Ticket};
use crate::keys::Action;

/// Letters that the search line holds. Longer questions are no better.
pub const LONGEST: usize = 64;

impl App {
    /// Lays a new search over what is there, and asks.
    pub(super) fn ask(&mut self, question: Question) -> Vec<Effect> {
        self.lay(Screen::Results(Results::new(question)));
        self.search()
    }

    /// Asks the topmost search's question, be it on top or under a page.
    pub(super) fn search(&mut self) -> Vec<Effect> {
        let results = self.stack.iter_mut().rev().find_map(|screen| match screen {
            Screen::Results(results) => Some(results),
            _ => None,
        });
        let Some(results) = results else { return Vec::new() };
        self.ticket.0 += 1;
        vec![results.ask(self.ticket, self.around.size)]
    }

    /// Only the search that asked may show an answer, and other screens may lie over that by now.
    pub(super) fn answer(&mut self, ticket: Ticket, reply: Reply) {
        let today = self.around.now.weekday();
        let mut screens = self.stack.iter_mut();
        let asked = screens.find_map(|screen| match screen {
            Screen::Results(results) if results.awaits(ticket) => Some(results),
            _ => None,
        });
        let Some(results) = asked else { return };
        // A panel lies right over the results that it narrows.
        if let Some(Screen::Narrow(narrow)) = screens.next() {
            let place = narrow.place(results, today);
            results.take(reply);
            narrow.settle(place, results, today);
        } else {
            results.take(reply);
        }
    }

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
        // The panel shows the words of the search under it: typing goes on there.
        if begins && matches!(self.stack.as_slice(), [.., Screen::Results(_), Screen::Narrow(_)]) {
            self.stack.pop();
        }
        let Some(results) = self.results_mut() else {
            if !begins {
                return Vec::new();
            }
            // A letter closes no door: what staff have under way is not lost to a slip of the finger.
            if self.is_staffed() {
                self.word = Some("staff-no-typing");
                return Vec::new();
            }
            self.stack.clear();
            return self.ask(Question { typed: letter.to_string(), ..Question::default() });
        };
        let typed = &mut results.question.typed;
        let follows = letter == ' ' && !typed.is_empty() && !typed.ends_with(' ');
        if typed.chars().count() < LONGEST && (begins || follows) {
            typed.push(letter);
            results.question.finished = false;
            results.begin_again(Focus::Field);
            return self.search();
        }
        Vec::new()
    }

    pub(super) fn at_results(&mut self, action: Action) -> Vec<Effect> {
        let size = self.around.size;
        let today = self.around.now.weekday();
        let Some(Screen::Results(results)) = self.stack.last_mut() else { return Vec::new() };
        let screenful = results.screenful(&self.around);
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
        let Some(results) = self.results_mut() else { return Vec::new() };
        // Whoever goes into the list has finished the words.
        let is_finished = results.focus != Focus::Field && results.finish();
        let is_short = results.runs_short(size);
        if is_short {
            results.want_more(size);
        }
        if is_finished || is_short { self.search() } else { Vec::new() }
    }

    fn open(&mut self) -> Vec<Effect> {
        let Some(Screen::Results(results)) = self.stack.last_mut() else { return Vec::new() };
        match results.focus {
            // Enter after typing goes into the list, so that nobody lands on a page they did not choose.
            Focus::Field => {
                if !results.hits().is_empty() {
                    results.focus = Focus::Hit(0);
                }
                if results.finish() {
                    return self.search();
                }
            }
            Focus::Narrow => return self.act(Action::Narrow),
            Focus::Menu => return self.act(Action::Menu),
            Focus::Hit(place) => {
                if let Some(hit) = results.hits().get(place) {
                    let record = hit.record.clone();
                    let reading = self.page_of(record);
                    self.lay(Screen::Reading(reading));
                }
            }
        }
        Vec::new()
    }

    /// Opens the panel that narrows the list; where there is no list, the menu.
    pub(super) fn narrow(&mut self) -> Vec<Effect> {
        let today = self.around.now.weekday();
        let Some(Screen::Results(results)) = self.stack.last_mut() else { return self.act(Action::Menu) };
        let Some(narrow) = Narrow::over(results, today) else { return self.act(Action::Menu) };
        let is_new = results.finish();
        self.lay(Screen::Narrow(narrow));
        if is_new { self.search() } else { Vec::new() }
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

    /// When nothing is asked any more, there is nothing to list: back to the first screen.
    fn erased(&mut self) -> Vec<Effect> {
        let Some(results) = self.results_mut() else { return Vec::new() };
        results.begin_again(Focus::Field);
        results.question.finished = false;
        let Question { typed, door, chosen, .. } = &results.question;
        if typed.trim().is_empty() && door.is_none() && chosen.is_empty() {
            return self.back();
        }
        self.search()
    }
}
