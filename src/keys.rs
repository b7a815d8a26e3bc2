//! What each key means. The one place where a key is named: footer, menu, help and the README's table are made from
//! this table, and a test proves that every line of it is shown.
//!
//! Letters and digits always type. Up, Down, Enter and Esc alone reach everything; every other key is a short cut.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// To the item or line before.
    Up,
    /// To the item or line after.
    Down,
    /// To the day before, among meetings.
    Earlier,
    /// To the day after, among meetings.
    Later,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// Open what is focused.
    Open,
    /// One step back.
    Back,
    /// Take the last letter away.
    Erase,
    /// Take all words away.
    EraseAll,
    /// The panel that narrows a list of results; elsewhere the menu.
    Narrow,
    /// The menu of everything.
    Menu,
    /// How the keys work.
    Help,
    /// The crisis card.
    Crisis,
    /// Forget everything and begin again.
    StartOver,
    /// The door for staff.
    Staff,
    /// A letter, digit or sign for the search line.
    Type(char),
}

/// A key with or without Ctrl.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    code: KeyCode,
    ctrl: bool,
    /// How it is written on the keyboard.
    pub cap: &'static str,
}

const fn key(code: KeyCode, cap: &'static str) -> Press {
    Press { code, ctrl: false, cap }
}

const fn ctrl(letter: char, cap: &'static str) -> Press {
    Press { code: KeyCode::Char(letter), ctrl: true, cap }
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// What it means.
    pub action: Action,
    /// The keys, the one that is shown first.
    pub presses: &'static [Press],
    /// The sentence that says in the help what it does.
    pub help: &'static str,
    /// The short word for the bottom line; empty for keys that it does not show by themselves.
    pub hint: &'static str,
    /// Whether it stands in the menu as a command.
    pub in_menu: bool,
}

/// The table.
pub const BINDINGS: &[Binding] = &[
    Binding { action: Action::Up, presses: &[key(KeyCode::Up, "Up")], help: "key-up", hint: "", in_menu: false },
    Binding {
        action: Action::Down,
        presses: &[key(KeyCode::Down, "Down")],
        help: "key-down",
        hint: "",
        in_menu: false,
    },
    Binding {
        action: Action::Open,
        presses: &[key(KeyCode::Enter, "Enter")],
        help: "key-open",
        hint: "hint-open",
        in_menu: false,
    },
    Binding {
        action: Action::Back,
        presses: &[key(KeyCode::Esc, "Esc")],
        help: "key-back",
        hint: "hint-back",
        in_menu: false,
    },
    Binding {
        action: Action::Narrow,
        presses: &[key(KeyCode::Tab, "Tab")],
        help: "key-narrow",
        hint: "hint-narrow",
        in_menu: false,
    },
    Binding {
        action: Action::Menu,
        presses: &[key(KeyCode::BackTab, "Shift+Tab"), ctrl('n', "Ctrl+N")],
        help: "key-menu",
        hint: "hint-menu",
        in_menu: false,
    },
    Binding {
        action: Action::Crisis,
        presses: &[key(KeyCode::F(9), "F9"), ctrl('x', "Ctrl+X")],
        help: "key-crisis",
        hint: "",
        in_menu: true,
    },
    Binding {
        action: Action::StartOver,
        presses: &[key(KeyCode::F(10), "F10"), ctrl('o', "Ctrl+O")],
        help: "key-start-over",
        hint: "hint-start-over",
        in_menu: true,
    },
    Binding {
        action: Action::Help,
        presses: &[key(KeyCode::F(1), "F1"), ctrl('k', "Ctrl+K")],
        help: "key-help",
        hint: "hint-help",
        in_menu: true,
    },
    Binding {
        action: Action::Earlier,
        presses: &[key(KeyCode::Left, "Left")],
        help: "key-earlier",
        hint: "",
        in_menu: false,
    },
    Binding {
        action: Action::Later,
        presses: &[key(KeyCode::Right, "Right")],
        help: "key-later",
        hint: "",
        in_menu: false,
    },
    Binding {
        action: Action::Erase,
        presses: &[key(KeyCode::Backspace, "Backspace")],
        help: "key-erase",
        hint: "hint-erase",
        in_menu: false,
    },
    Binding {
        action: Action::EraseAll,
        presses: &[key(KeyCode::Delete, "Delete"), ctrl('u', "Ctrl+U")],
        help: "key-erase-all",
        hint: "",
        in_menu: false,
    },
    Binding {
        action: Action::PageUp,
        presses: &[key(KeyCode::PageUp, "Page Up"), ctrl('b', "Ctrl+B")],
        help: "key-page-up",
        hint: "",
        in_menu: false,
    },
    Binding {
        action: Action::PageDown,
        presses: &[key(KeyCode::PageDown, "Page Down"), ctrl('f', "Ctrl+F")],
        help: "key-page-down",
        hint: "",
        in_menu: false,
    },
    Binding {
        action: Action::First,
        presses: &[key(KeyCode::Home, "Home"), ctrl('a', "Ctrl+A")],
        help: "key-first",
        hint: "",
        in_menu: false,
    },
    Binding {
        action: Action::Last,
        presses: &[key(KeyCode::End, "End"), ctrl('e', "Ctrl+E")],
        help: "key-last",
        hint: "",
        in_menu: false,
    },
    Binding {
        action: Action::Staff,
        presses: &[key(KeyCode::F(12), "F12"), ctrl('t', "Ctrl+T")],
        help: "key-staff",
        hint: "",
        in_menu: true,
    },
];

/// The line of the table for an action. `None` for typing, which needs no line.
pub fn binding(action: Action) -> Option<&'static Binding> {
    BINDINGS.iter().find(|binding| binding.action == action)
}

/// How the first key of an action is written on the keyboard.
pub fn cap(action: Action) -> &'static str {
    binding(action).map_or("", |binding| binding.presses[0].cap)
}

/// What a key means, if it means anything.
pub fn action(event: &KeyEvent) -> Option<Action> {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let code = match event.code {
        KeyCode::Char(letter) if control => KeyCode::Char(letter.to_ascii_lowercase()),
        code => code,
    };
    // A function key or an arrow means the same with a finger still on Ctrl; a letter does not.
    let letter = matches!(code, KeyCode::Char(_));
    let same = |press: &Press| press.code == code && (!letter || press.ctrl == control);
    let bound = BINDINGS.iter().find(|binding| binding.presses.iter().any(same));
    match (bound, code) {
        (Some(binding), _) => Some(binding.action),
        // Alt is often a slip of the thumb, and Alt+[ is no letter.
        (None, KeyCode::Char(letter)) if !control && !event.modifiers.contains(KeyModifiers::ALT) => {
            (!letter.is_control()).then_some(Action::Type(letter))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things() {
        let all: Vec<_> = BINDINGS.iter().flat_map(|binding| binding.presses).collect();
        for (place, press) in all.iter().enumerate() {
            assert!(
                all[..place].iter().all(|other| (other.code, other.ctrl) != (press.code, press.ctrl)),
                "{} twice",
                press.cap
            );
        }
    }

    #[test]
    fn every_function_key_has_a_twin_on_the_letters() {
        for binding in BINDINGS {
            let function = binding.presses.iter().any(|press| matches!(press.code, KeyCode::F(_)));
            assert!(!function || binding.presses.iter().any(|press| press.ctrl), "{:?}", binding.action);
        }
    }

    #[test]
    fn the_crisis_line_names_the_key_that_this_table_gives_it() {
        for language in ["en", "es"] {
            assert!(crate::crisis::lines(&[], language)[0].ends_with(cap(Action::Crisis)));
            assert!(crate::crisis::danger(&[], language, 77, 3).concat().contains(cap(Action::Crisis)));
        }
    }

    #[test]
    fn letters_and_digits_always_type() {
        for letter in ('a'..='z').chain('A'..='Z').chain('0'..='9').chain(['ñ', ' ', '-']) {
            let event = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE);
            assert_eq!(action(&event), Some(Action::Type(letter)));
        }
    }
}
