//! The menus behind the door, and the questions before what is not easily undone. In each, what changes nothing comes
//! first.

use index::record::{Details, Record};
use jiff::civil::DateTime;

use super::{Remedy, Task};
use crate::app::Menu;
use crate::app::menu::{Does, Item};
use crate::keys::Action;

fn item(say: &'static str, task: Task) -> Item {
    Item { say, does: Does::Staff(task) }
}

fn question(title: &'static str, intro: &'static str, about: String, no: &'static str, yes: Item) -> Menu {
    let items = vec![Item { say: no, does: Does::Stay }, yes];
    Menu { title, intro, about, note: None, items, focus: 0 }
}

impl Menu {
    /// What staff can do: what they come for daily first.
    pub(super) fn office() -> Self {
        let items = vec![
            item("staff-look", Task::Look),
            item("staff-beds", Task::Beds),
            item("staff-find", Task::Find),
            item("staff-add", Task::Add),
            item("staff-notice", Task::Notice),
            item("staff-changes", Task::Changes),
            item("staff-plan", Task::Plan),
            item("staff-refresh", Task::Refresh),
            item("staff-complaints", Task::Complaints),
            item("staff-roll-back", Task::AskToRollBack),
            item("staff-check", Task::Check),
            Item { say: "staff-close", does: Does::Key(Action::StartOver) },
            item("staff-end", Task::AskToLeave),
        ];
        Self { title: "staff-title", intro: "staff-intro", about: String::new(), note: None, items, focus: 0 }
    }

    /// The ways to change a listing.
    pub(super) fn changing(record: &Record, about: String) -> Self {
        let beds =
            matches!(record.details, Details::Housing(_)).then(|| item("staff-beds", Task::Change(Remedy::Beds)));
        let ways = [
            item("change-note", Task::Change(Remedy::Note)),
            item("change-close", Task::Change(Remedy::Close)),
            item("change-correct", Task::Change(Remedy::Correct)),
            item("change-hide", Task::Change(Remedy::Hide)),
        ];
        let stay = Item { say: "menu-back", does: Does::Stay };
        let items = beds.into_iter().chain(ways).chain([stay]).collect();
        Self { title: "staff-change", intro: "staff-change-intro", about, note: None, items, focus: 0 }
    }

    /// The question before a change is taken back.
    pub(super) fn taking_back((number, written): (u32, Option<DateTime>), about: String) -> Self {
        let yes = item("take-back-yes", Task::TakeBack(number, written));
        question("staff-changes", "take-back-question", about, "take-back-no", yes)
    }

    /// The question before the newest edition is taken back.
    pub(super) fn rolling_back() -> Self {
        let yes = item("staff-roll-back-yes", Task::RollBack);
        question("staff-roll-back", "staff-roll-back-question", String::new(), "staff-roll-back-no", yes)
    }

    /// The question before the program is left, behind the door.
    pub(super) fn ending() -> Self {
        let yes = item("staff-leave", Task::Leave);
        question("staff-end", "staff-question", String::new(), "staff-stay", yes)
    }

    /// Whether this is the menu behind the door: going back from it shuts the door.
    pub(in crate::app) fn is_the_offices(&self) -> bool {
        self.items.iter().any(|item| item.does == Does::Staff(Task::Look))
    }

    pub(super) fn is_staffs(&self) -> bool {
        self.items.iter().any(|item| matches!(item.does, Does::Staff(_)))
    }
}
