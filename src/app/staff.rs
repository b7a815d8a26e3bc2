//! Behind the door for staff: a menu, and pages that tell what came of what was chosen.

use std::time::Duration;

use super::{App, Menu, Reading, Screen, Subject};
use crate::app::menu::{Does, Item};
use crate::errand::{Decided, Errand, News, Planned, Refreshed, Standing, Step, Unchanged};
use crate::event::{Effect, Ticket};

mod told;

/// Something that staff can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// See how it stands with the directory.
    Look,
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
}

/// What a page for staff tells of.
#[derive(Clone, Debug, PartialEq)]
pub enum Topic {
    /// How it stands; nothing before it is known.
    Standing(Option<Standing>),
    /// What a refresh would change, and what is decided of it.
    Plan(Refresh, Decided),
    /// A refresh.
    Refresh(Refresh),
    /// The taking back of the newest edition.
    RollBack(Option<Result<crate::errand::Edition, Unchanged>>),
    /// The faults of the settings.
    Faults(Option<Vec<String>>),
    /// Nothing: whoever carries it out is gone.
    Gone,
}

/// A refresh, as far as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refresh {
    steps: Vec<Step>,
    ended: Option<Refreshed>,
    /// Staff asked for it to be stopped.
    stopping: bool,
}

impl Refresh {
    /// What each feed would change.
    fn plans(&self) -> impl Iterator<Item = &Planned> {
        self.steps.iter().filter_map(|step| match step {
            Step::Planned(planned) => Some(planned),
            _ => None,
        })
    }

    /// Turns the decision about a feed over. Where nothing is decided, what is doubted is held back, and the rest is
    /// taken.
    fn judge(&self, feed: &str, decided: &mut Decided) {
        let Some(planned) = self.plans().find(|planned| planned.feed == feed) else { return };
        let list = if planned.doubt.is_some() { &mut decided.accepted } else { &mut decided.held };
        if !list.remove(feed) {
            list.insert(feed.to_owned());
        }
    }
}

impl Topic {
    /// Whether going back means stopping it.
    pub(super) fn is_under_way(&self) -> bool {
        let (Self::Refresh(refresh) | Self::Plan(refresh, _)) = self else { return false };
        matches!(refresh, Refresh { ended: None, stopping: false, .. })
    }

    /// Takes what came of it. False when that belongs to something else.
    fn hear(&mut self, news: News) -> bool {
        match (self, news) {
            (Self::Standing(standing), News::Stands(news)) => *standing = Some(news),
            (Self::Refresh(refresh) | Self::Plan(refresh, _), News::Step(step)) => refresh.steps.push(step),
            (Self::Refresh(refresh) | Self::Plan(refresh, _), News::Refreshed(ended)) => refresh.ended = Some(ended),
            (Self::RollBack(outcome), News::RolledBack(news)) => *outcome = Some(news),
            (Self::Faults(faults), News::Checked(news)) => *faults = Some(news),
            (topic, News::Gone) => *topic = Self::Gone,
            _ => return false,
        }
        true
    }
}

impl Menu {
    /// What staff can do.
    fn office() -> Self {
        let item = |say, task| Item { say, does: Does::Staff(task) };
        let items = vec![
            item("staff-look", Task::Look),
            item("staff-plan", Task::Plan),
            item("staff-refresh", Task::Refresh),
            item("staff-roll-back", Task::AskToRollBack),
            item("staff-check", Task::Check),
            Item { say: "staff-close", does: Does::Key(crate::keys::Action::StartOver) },
            item("staff-end", Task::AskToLeave),
        ];
        Self { title: "staff-title", intro: "staff-intro", note: None, items, focus: 0 }
    }

    /// The question before the newest edition is taken back. Leaving it comes first.
    fn rolling_back() -> Self {
        let items = vec![
            Item { say: "staff-roll-back-no", does: Does::Stay },
            Item { say: "staff-roll-back-yes", does: Does::Staff(Task::RollBack) },
        ];
        Self { title: "staff-roll-back", intro: "staff-roll-back-question", note: None, items, focus: 0 }
    }

    /// The question before the program is left, behind the door.
    fn ending() -> Self {
        let items = vec![
            Item { say: "staff-stay", does: Does::Stay },
            Item { say: "staff-leave", does: Does::Staff(Task::Leave) },
        ];
        Self { title: "staff-end", intro: "staff-question", note: None, items, focus: 0 }
    }

    /// Whether this is the menu behind the door: going back from it shuts the door.
    pub(super) fn is_the_offices(&self) -> bool {
        self.items.iter().any(|item| item.does == Does::Staff(Task::Look))
    }

    fn is_staffs(&self) -> bool {
        self.items.iter().any(|item| matches!(item.does, Does::Staff(_)))
    }
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
        let (topic, errand) = match task {
            Task::Look => (Topic::Standing(None), Errand::Look),
            Task::Plan => (Topic::Plan(Refresh::default(), Decided::default()), Errand::Plan),
            Task::Refresh => (Topic::Refresh(Refresh::default()), Errand::Refresh(Decided::default())),
            Task::AskToRollBack => {
                self.lay(Screen::Menu(Menu::rolling_back()));
                return Vec::new();
            }
            Task::RollBack => {
                self.back();
                (Topic::RollBack(None), Errand::RollBack)
            }
            Task::Check => (Topic::Faults(None), Errand::Check),
            Task::AskToLeave => {
                self.lay(Screen::Menu(Menu::ending()));
                return Vec::new();
            }
            Task::Leave => return vec![Effect::Leave],
        };
        self.show(topic, errand)
    }

    /// Asks for an errand, and lays down the page that tells of it.
    fn show(&mut self, topic: Topic, errand: Errand) -> Vec<Effect> {
        let page = topic.page(&self.around.teller());
        self.lay(Screen::Reading(Reading::page(Subject::Staff(Ticket::default(), topic), page)));
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
        if let Topic::Plan(refresh, decided) = topic {
            refresh.judge(feed, decided);
        }
        reading.page = topic.page(&teller);
        reading.row = reading.row.min(reading.rows(size).len().saturating_sub(1));
    }

    /// Puts up what was looked at, as it was decided.
    pub(super) fn put_up(&mut self) -> Vec<Effect> {
        let Some(Screen::Reading(Reading { subject: Subject::Staff(_, Topic::Plan(_, decided)), .. })) =
            self.stack.last()
        else {
            return Vec::new();
        };
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
            if let Topic::Refresh(refresh) | Topic::Plan(refresh, _) = topic {
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
