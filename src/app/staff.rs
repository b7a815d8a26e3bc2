//! Behind the door for staff: a menu, and pages that tell what came of what was chosen.

use std::time::Duration;

use jiff::civil::DateTime;

use super::{App, Menu, Reading, Screen, Subject};
use crate::errand::{Decided, Errand, News};
use crate::event::{Effect, Question, Ticket};

mod change;
mod day;
mod forms;
mod menus;
mod refresh;
mod told;
mod topic;

pub(super) use forms::Purpose;
use refresh::Refresh;
pub use topic::Topic;

/// Something that staff can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// See how it stands with the directory.
    Look,
    /// See what was wrong in the feeds.
    Complaints,
    /// See what a refresh would change.
    Plan,
    /// Read the feeds.
    Refresh,
    /// Be asked whether to take the newest edition back.
    AskToRollBack,
    /// Take it back.
    RollBack,
    /// Look for faults in the settings.
    Check,
    /// Be asked whether to end the program.
    AskToLeave,
    /// End the program.
    Leave,
    /// Look for a listing.
    Find,
    /// Change the listing on the screen.
    Change(Remedy),
    /// Count free beds.
    Beds,
    /// Add a listing.
    Add,
    /// Post a notice.
    Notice,
    /// See what was changed by hand.
    Changes,
    /// Take the change of this number, written then, back.
    TakeBack(u32, Option<DateTime>),
}

/// A way to change a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Say something about it.
    Note,
    /// Close it from one day to another.
    Close,
    /// Correct what it says.
    Correct,
    /// Count its free beds.
    Beds,
    /// Show it to nobody.
    Hide,
}

impl App {
    /// Whether somebody came through the door for staff.
    pub fn is_staffed(&self) -> bool {
        self.stack.iter().any(|screen| match screen {
            Screen::Menu(menu) => menu.is_staffs(),
            Screen::Reading(reading) => matches!(reading.subject, Subject::Staff(..)),
            _ => false,
        })
    }

    pub(super) fn task(&mut self, task: Task) -> Vec<Effect> {
        match task {
            Task::Look => self.show(Topic::Standing(None), Errand::Look),
            Task::Complaints => self.show(Topic::Complaints(None), Errand::Complaints),
            Task::Plan => self.show(Topic::Plan(Refresh::default(), Decided::default()), Errand::Plan),
            Task::Refresh => self.show(Topic::Refresh(Refresh::default()), Errand::Refresh(Decided::default())),
            Task::Check => self.show(Topic::Faults(None), Errand::Check),
            Task::Changes => self.show(Topic::Changes(None), Errand::Changes),
            Task::RollBack => {
                self.back();
                self.show(Topic::RollBack(None), Errand::RollBack)
            }
            Task::TakeBack(number, written) => {
                self.back();
                self.take_back(number, written)
            }
            Task::Leave => vec![Effect::Leave],
            Task::Find => self.ask(Question::default()),
            Task::Beds | Task::Add | Task::Notice => self.fill_in(task),
            Task::AskToRollBack | Task::AskToLeave | Task::Change(_) => {
                match task {
                    Task::Change(remedy) => self.change(remedy),
                    Task::AskToLeave => self.lay(Screen::Menu(Menu::ending())),
                    _ => self.lay(Screen::Menu(Menu::rolling_back())),
                }
                Vec::new()
            }
        }
    }

    /// Asks for an errand, and lays down the page that tells of it.
    fn show(&mut self, topic: Topic, errand: Errand) -> Vec<Effect> {
        let page = topic.page(&self.around.teller());
        self.lay(Screen::Reading(Reading::page(Subject::Staff(Ticket::default(), Box::new(topic)), page)));
        let effect = self.errand(errand);
        let last = self.ticket;
        if let Some(Screen::Reading(Reading { subject: Subject::Staff(ticket, _), .. })) = self.stack.last_mut() {
            *ticket = last;
        }
        vec![effect]
    }

    /// Takes the other decision about a feed: to believe one that would be held back, or to hold one back.
    pub(super) fn judge(&mut self, feed: &str) {
        let (teller, size) = (self.around.teller(), self.around.size);
        let Some(Screen::Reading(reading)) = self.stack.last_mut() else { return };
        let Subject::Staff(_, topic) = &mut reading.subject else { return };
        if let Topic::Plan(refresh, decided) = &mut **topic {
            refresh.judge(feed, decided);
        }
        reading.page = topic.page(&teller);
        reading.row = reading.row.min(reading.rows(size).len().saturating_sub(1));
    }

    /// Puts up what was looked at, as it was decided.
    pub(super) fn put_up(&mut self) -> Vec<Effect> {
        let Some(Screen::Reading(Reading { subject: Subject::Staff(_, topic), .. })) = self.stack.last() else {
            return Vec::new();
        };
        let Topic::Plan(_, decided) = &**topic else { return Vec::new() };
        let decided = decided.clone();
        // Whoever goes back from what follows goes to the menu: the plan is no longer true.
        self.back();
        self.show(Topic::Refresh(Refresh::default()), Errand::Refresh(decided))
    }

    /// Asks for the refresh on the screen to be stopped.
    pub(super) fn stop(&mut self) -> Vec<Effect> {
        let teller = self.around.teller();
        if let Some(Screen::Reading(reading)) = self.stack.last_mut()
            && let Subject::Staff(_, topic) = &mut reading.subject
        {
            if let Topic::Refresh(refresh) | Topic::Plan(refresh, _) = &mut **topic {
                refresh.stopping = true;
            }
            reading.page = topic.page(&teller);
        }
        vec![self.errand(Errand::Stop)]
    }

    /// Takes what came of an errand. Only the screen that asked may show it.
    pub(super) fn news(&mut self, of: Ticket, news: News) {
        if let Some(Screen::Keypad(keypad)) = self.stack.last_mut() {
            if !keypad.awaits(of) {
                return;
            }
            match news {
                News::Gone => keypad.hear(Some("pin-gone"), Duration::ZERO),
                News::Right if keypad.trying => self.step_in(),
                News::Wrong(wait) if keypad.trying => keypad.hear(Some("pin-wrong"), wait),
                // A door that was knocked at while somebody types has nothing to say unless one has to wait.
                News::Wait(wait) => keypad.hear(Some("pin-wait").filter(|_| !wait.is_zero()), wait),
                _ => {}
            }
            return;
        }
        if matches!(news, News::Homes(_)) || self.awaits_homes(of) {
            return self.take_homes(of, news);
        }
        if let News::Written(_) = news {
            self.clear_desk(of);
        }
        let (teller, size) = (self.around.teller(), self.around.size);
        for screen in &mut self.stack {
            if let Screen::Reading(reading) = screen
                && let Subject::Staff(ticket, topic) = &mut reading.subject
                && *ticket == of
            {
                if topic.hear(news) {
                    reading.page = topic.page(&teller);
                    reading.row = reading.row.min(reading.rows(size).len().saturating_sub(1));
                }
                return;
            }
        }
    }

    /// The door is open: nothing of the visitor is behind it.
    fn step_in(&mut self) {
        self.stack.clear();
        self.home = 0;
        self.lay(Screen::Menu(Menu::office()));
    }
}
