//! The state at the glass, and what each event does to it. No I/O, no clock, no drawing.
//!
//! One visit is one [`App`]: the home screen with other screens laid over it. [`App::update`] takes what happened and
//! gives what is to be done. After [`Event::Abandoned`], from any state, the app equals a freshly started one.

use std::rc::Rc;
use std::time::Duration;

use index::query::Counts;
use index::record::Door;
use jiff::Zoned;
use ratatui::crossterm::event::KeyEvent;

use crate::crisis;
use crate::errand::Errand;
use crate::event::{Effect, Event, Question, Ticket};
use crate::keys::{self, Action};
use crate::layout::Size;
use crate::page::Goal;
use crate::tell::Teller;

mod alarm;
mod form;
mod hints;
mod keypad;
mod menu;
mod narrow;
mod reading;
mod results;
mod search;
mod site;
mod staff;

pub use alarm::Alarm;
pub use form::{Entry as FormEntry, Field as FormField, Form};
pub use hints::Hint;
pub use keypad::Keypad;
pub use menu::{Item, Menu};
pub use narrow::{Entry, Line, Narrow};
pub use reading::{Reading, Subject};
pub use results::{Focus, Results};
pub use search::LONGEST;
pub use site::Site;
pub use staff::{Task, Topic};

/// Screens that may lie over each other; the oldest is forgotten beyond that.
const DEPTH: usize = 24;

/// Three presses of Esc within this time start over.
const HURRY: Duration = Duration::from_secs(1);

/// What surrounds a visit and outlives it.
#[derive(Clone, Debug)]
pub struct Around {
    /// The centre and its words.
    pub site: Rc<Site>,
    /// Now, in the kiosk's zone; moves with [`Event::Minute`].
    pub now: Zoned,
    /// The terminal's size.
    pub size: Size,
    /// How it stands with the directory.
    pub directory: Directory,
}

/// How it stands with the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directory {
    /// It is being opened; whoever types already gets the answer then.
    Opening,
    /// It holds so many records.
    Open(Counts),
    /// There is none, not even the starter pack.
    Missing,
}

impl PartialEq for Around {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.site, &other.site)
            && (&self.now, self.size, &self.directory) == (&other.now, other.size, &other.directory)
    }
}

impl Around {
    /// Who tells records here and now.
    pub fn teller(&self) -> Teller<'_> {
        Teller { locale: &self.site.locale, words: self.site.words, now: &self.now, stale_days: self.site.stale_days }
    }
}

/// A screen laid over the home screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// What a search found.
    Results(Results),
    /// The panel that narrows the results right under it.
    Narrow(Narrow),
    /// A page: a record, the help, the crisis card.
    Reading(Reading),
    /// A list of things to do: the menu, the staff's question.
    Menu(Menu),
    /// The door for staff, which waits for a PIN.
    Keypad(Keypad),
    /// A form for staff.
    Form(Form),
}

/// The state of one visit.
#[derive(Clone, Debug, PartialEq)]
pub struct App {
    /// What outlives the visit.
    pub around: Around,
    /// The screens over the home screen, the topmost last.
    stack: Vec<Screen>,
    /// The focused item of the home screen: 0 is the search line, then the doors, then the menu.
    home: usize,
    /// "Still there?" stands on the screen.
    asked: bool,
    /// A gentle word about the last key (a sentence's name), until the next one.
    word: Option<&'static str>,
    /// Staff have changed something in this visit, which still shows the directory as it was.
    has_changed: bool,
    /// The last ticket given out.
    ticket: Ticket,
    /// When Esc was pressed last and the time before.
    escapes: [Option<Duration>; 2],
}

/// Items of the home screen: the search line, the doors, the menu.
pub const HOME_ITEMS: usize = Door::ALL.len() + 2;

impl App {
    /// A visit begins.
    pub fn start(around: Around) -> (Self, Vec<Effect>) {
        let app = Self {
            around,
            stack: Vec::new(),
            home: 0,
            asked: false,
            word: None,
            has_changed: false,
            ticket: Ticket::default(),
            escapes: [None; 2],
        };
        (app, vec![Effect::Forget])
    }

    /// The topmost screen; none is the home screen.
    pub fn screen(&self) -> Option<&Screen> {
        self.stack.last()
    }

    /// The focused item of the home screen.
    pub fn home(&self) -> usize {
        self.home
    }

    /// Whether "still there?" stands on the screen.
    pub fn asked(&self) -> bool {
        self.asked
    }

    /// The gentle word about the last key.
    pub fn word(&self) -> Option<&'static str> {
        self.word
    }

    /// Whether there is nothing to forget: then nobody needs to be asked whether they are still there.
    pub fn is_fresh(&self) -> bool {
        self.stack.is_empty() && self.home == 0 && !self.asked && self.word.is_none()
    }

    /// Takes what happened; gives what is to be done.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(key, at) => return self.key(&key, at),
            Event::Resize(size) => self.resize(size),
            Event::Minute(now) => self.minute(now),
            Event::Idle => self.asked = !self.is_fresh(),
            Event::Abandoned => return self.start_over(),
            Event::Directory(counts) => {
                self.around.directory = Directory::Open(counts);
                // Whoever typed before it was open gets the answer now.
                return self.search();
            }
            Event::NoDirectory => self.around.directory = Directory::Missing,
            Event::Answer(ticket, reply) => self.answer(ticket, reply),
            Event::Staff(ticket, news) => self.news(ticket, news),
            Event::Opened(ticket, record) => {
                if ticket == self.ticket
                    && let Some(record) = record
                {
                    let reading = self.page_of(record);
                    self.lay(Screen::Reading(reading));
                } else if ticket == self.ticket {
                    self.word = Some("page-gone");
                }
            }
        }
        Vec::new()
    }

    fn key(&mut self, key: &KeyEvent, at: Duration) -> Vec<Effect> {
        let action = keys::action(key);
        // Any key stays, also one that means nothing; it is swallowed but for the two that always work.
        let asked = std::mem::take(&mut self.asked);
        let Some(action) = action else { return Vec::new() };
        if asked && !matches!(action, Action::Crisis | Action::StartOver) {
            return Vec::new();
        }
        self.word = None;
        if action == Action::Back && self.hurried(at) {
            return self.start_over();
        }
        self.act(action)
    }

    /// Whether this is the third Esc within a moment.
    fn hurried(&mut self, at: Duration) -> bool {
        let [last, before] = self.escapes;
        self.escapes = [Some(at), last];
        before.is_some_and(|before| at.saturating_sub(before) <= HURRY)
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        // The keypad is left by the right PIN, by going back, and by what always works.
        if let Some(Screen::Keypad(_)) = self.stack.last() {
            return self.at_keypad(action);
        }
        let over_all = matches!(action, Action::StartOver | Action::Crisis | Action::Help | Action::Staff);
        if let (Some(Screen::Form(_)), false) = (self.stack.last(), over_all) {
            return self.at_form(action);
        }
        if let Some(Screen::Form(form)) = self.stack.last_mut() {
            form.forget_warning();
        }
        match action {
            Action::Type(letter) => return self.typed(letter),
            Action::StartOver => return self.start_over(),
            Action::Crisis => {
                let page = crisis::card(&self.around.site.own_lines, self.around.site.locale.language());
                self.lay(Screen::Reading(Reading::page(Subject::Crisis, page)));
            }
            Action::Help => {
                let page = hints::help(&self.around.site.locale);
                self.lay(Screen::Reading(Reading::page(Subject::Help, page)));
            }
            Action::Narrow => return self.narrow(),
            Action::Menu => self.lay(Screen::Menu(Menu::commands(!self.stack.is_empty()))),
            Action::Staff => return self.door(),
            action => {
                return match self.stack.last() {
                    None => self.at_home(action),
                    Some(Screen::Results(_)) => self.at_results(action),
                    Some(Screen::Narrow(_)) => self.at_narrow(action),
                    Some(Screen::Reading(_)) => self.at_reading(action),
                    Some(Screen::Menu(_)) => self.at_menu(action),
                    Some(Screen::Keypad(_)) => self.at_keypad(action),
                    Some(Screen::Form(_)) => self.at_form(action),
                };
            }
        }
        Vec::new()
    }

    fn at_home(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Up => self.home = (self.home + HOME_ITEMS - 1) % HOME_ITEMS,
            Action::Down => self.home = (self.home + 1) % HOME_ITEMS,
            Action::PageUp | Action::First | Action::Back => self.home = 0,
            Action::PageDown | Action::Last => self.home = HOME_ITEMS - 1,
            Action::Open => {
                return match self.home.checked_sub(1).map(|place| Door::ALL.get(place)) {
                    None => {
                        self.word = Some("gentle-enter");
                        Vec::new()
                    }
                    Some(Some(door)) => self.ask(Question { door: Some(*door), ..Question::default() }),
                    Some(None) => self.act(Action::Menu),
                };
            }
            _ => {}
        }
        Vec::new()
    }

    /// Asks for something to be done for staff. What comes of it has the ticket that is the last one now.
    fn errand(&mut self, errand: Errand) -> Effect {
        self.ticket.0 += 1;
        Effect::Staff(self.ticket, errand)
    }

    /// Follows where a line of a page leads.
    fn follow(&mut self, goal: Goal) -> Vec<Effect> {
        match goal {
            Goal::Door(door) => self.ask(Question { door: Some(door), ..Question::default() }),
            Goal::Search(words) => self.ask(Question { typed: words, finished: true, ..Question::default() }),
            Goal::Record(id) => {
                self.ticket.0 += 1;
                vec![Effect::Open(self.ticket, id)]
            }
            Goal::Judge(feed) => {
                self.judge(&feed);
                Vec::new()
            }
            Goal::PutUp => self.put_up(),
            Goal::Change => {
                self.offer_changes();
                Vec::new()
            }
            Goal::TakeBack(number, written, about) => {
                self.ask_to_take_back((number, written), about);
                Vec::new()
            }
        }
    }

    /// Lays a screen over the others. One of a kind is enough of help, card and menu.
    fn lay(&mut self, screen: Screen) {
        self.stack.retain(|below| !same_place(below, &screen));
        if self.stack.len() == DEPTH {
            // The menu behind the door stays as long as somebody is there: it says that they are.
            let oldest = usize::from(matches!(self.stack.first(), Some(Screen::Menu(menu)) if menu.is_the_offices()));
            self.stack.remove(oldest);
            // A panel does not stay without the results that it narrows.
            if let Some(Screen::Narrow(_)) = self.stack.get(oldest) {
                self.stack.remove(oldest);
            }
        }
        self.stack.push(screen);
        // A record that was asked for before comes too late: it must not lie down over the crisis card.
        self.ticket.0 += 1;
    }

    /// One step back. A search whose answer was overtaken by another question asks again.
    fn back(&mut self) -> Vec<Effect> {
        self.stack.pop();
        self.ticket.0 += 1;
        match self.stack.last() {
            Some(Screen::Results(results)) if results.is_waiting() => self.search(),
            _ => Vec::new(),
        }
    }

    fn start_over(&mut self) -> Vec<Effect> {
        let (fresh, effects) = Self::start(self.around.clone());
        *self = fresh;
        effects
    }

    fn resize(&mut self, size: Size) {
        for screen in &mut self.stack {
            if let Screen::Reading(reading) = screen {
                reading.resize(self.around.size, size);
            }
        }
        self.around.size = size;
    }

    fn minute(&mut self, now: Zoned) {
        self.around.now = now;
        let teller = self.around.teller();
        for screen in &mut self.stack {
            if let Screen::Reading(reading) = screen {
                reading.retell(&teller, self.around.size);
            }
        }
    }
}

/// Whether a screen takes the place of another one instead of being laid over it.
fn same_place(below: &Screen, above: &Screen) -> bool {
    match (below, above) {
        (Screen::Menu(below), Screen::Menu(above)) => below.title == above.title,
        (Screen::Narrow(_), Screen::Narrow(_)) => true,
        (Screen::Reading(below), Screen::Reading(above)) => {
            below.subject == above.subject && !matches!(above.subject, Subject::Record(..))
        }
        _ => false,
    }
}
