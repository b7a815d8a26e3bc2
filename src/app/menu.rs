//! A list of things to do: the menu of commands, the staff's menus, and the questions before what is not easily undone.

use super::{App, Screen, Task};
use crate::event::Effect;
use crate::keys::{Action, BINDINGS};

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The sentence's name.
    pub say: &'static str,
    /// What it does.
    pub does: Does,
}

/// What an item does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// What a key does.
    Key(Action),
    /// Nothing: back to where one was.
    Stay,
    /// Ends the program.
    Leave,
    /// Something for staff.
    Staff(Task),
}

/// A list of things to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// The name of the title's sentence.
    pub title: &'static str,
    /// The name of the sentence under it.
    pub intro: &'static str,
    /// What it is about, under that; empty when the title says it.
    pub about: String,
    /// The name of a sentence below the items, where there is something to add.
    pub note: Option<&'static str>,
    /// The items.
    pub items: Vec<Item>,
    /// The focused one.
    pub focus: usize,
}

impl Menu {
    /// All commands, made from the table of keys.
    pub fn commands(over_others: bool) -> Self {
        let back = over_others.then_some(Item { say: "menu-back", does: Does::Stay });
        let commands = BINDINGS
            .iter()
            .filter(|binding| binding.in_menu)
            .map(|binding| Item { say: binding.help, does: Does::Key(binding.action) });
        let items = back.into_iter().chain(commands).collect();
        Self { title: "menu-title", intro: "menu-hint", about: String::new(), note: None, items, focus: 0 }
    }

    /// The question before the program is left, while no PIN is set. Staying comes first.
    pub fn leaving() -> Self {
        let items = vec![Item { say: "staff-stay", does: Does::Stay }, Item { say: "staff-leave", does: Does::Leave }];
        let (title, intro, note) = ("staff-title", "staff-question", Some("staff-no-pin"));
        Self { title, intro, about: String::new(), note, items, focus: 0 }
    }
}

impl App {
    pub(super) fn at_menu(&mut self, action: Action) -> Vec<Effect> {
        let Some(Screen::Menu(menu)) = self.stack.last_mut() else { return Vec::new() };
        let last = menu.items.len().saturating_sub(1);
        match action {
            Action::Up => menu.focus = menu.focus.checked_sub(1).unwrap_or(last),
            Action::Down => menu.focus = if menu.focus == last { 0 } else { menu.focus + 1 },
            Action::PageUp | Action::First => menu.focus = 0,
            Action::PageDown | Action::Last => menu.focus = last,
            Action::Back | Action::Erase if menu.is_the_offices() => return self.start_over(),
            Action::Back | Action::Erase => return self.back(),
            Action::Open => {
                let does = menu.items.get(menu.focus).map_or(Does::Stay, |item| item.does);
                if let Does::Staff(task) = does {
                    return self.task(task);
                }
                let mut effects = self.back();
                match does {
                    Does::Stay | Does::Staff(_) => {}
                    Does::Key(action) => effects.extend(self.act(action)),
                    Does::Leave => effects.push(Effect::Leave),
                }
                return effects;
            }
            _ => {}
        }
        Vec::new()
    }
}
