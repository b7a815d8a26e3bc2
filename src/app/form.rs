//! A form: fields under each other, of which one is focused, and below them the way to save. What is wrong is said at the
//! field that it is about; nothing that was typed is lost by it.

use super::staff::Purpose;
use super::{App, Screen};
use crate::event::{Effect, Ticket};
use crate::keys::Action;

/// The longest day that is typed, in letters.
const MOST_OF_A_DAY: usize = 30;
/// The longest number that is typed, in digits.
const MOST_DIGITS: usize = 5;

/// A form for staff.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// What it is called.
    pub title: String,
    /// What it is about; empty when the title says it.
    pub about: String,
    /// The fields.
    pub fields: Vec<Field>,
    /// The focused one; below the last stands the way to save.
    pub focus: usize,
    /// What is wrong with the focused field.
    pub wrong: Option<String>,
    /// What comes of it.
    pub(super) purpose: Purpose,
    /// The errand that brings the fields, until they are there.
    pub(super) awaits: Option<Ticket>,
    /// Whoever goes back once more leaves without saving.
    is_warned: bool,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it asks for.
    pub label: String,
    /// What helps to fill it in.
    pub hint: String,
    /// What stands in it.
    pub entry: Entry,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Words, so many letters at most; and what stood there before.
    Words {
        /// What stands there.
        said: String,
        /// The most letters.
        most: usize,
        /// What stood there when the form was opened.
        before: String,
    },
    /// A day, as it was typed: the first or the last of some.
    Day(String, Bound),
    /// A number, as it was typed.
    Number(String),
    /// One of several.
    Choice {
        /// What can be chosen.
        choices: Vec<String>,
        /// Which is.
        chosen: usize,
    },
}

/// Which day of some it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The first.
    First,
    /// The last.
    Last,
}

impl Field {
    /// A field for words.
    pub(super) fn words(label: String, hint: String, before: &str, most: usize) -> Self {
        let entry = Entry::Words { said: before.to_owned(), most, before: before.to_owned() };
        Self { label, hint, entry }
    }

    /// What was typed, without the spaces around it.
    pub fn said(&self) -> &str {
        match &self.entry {
            Entry::Words { said, .. } | Entry::Day(said, _) | Entry::Number(said) => said.trim(),
            Entry::Choice { choices, chosen } => choices.get(*chosen).map_or("", String::as_str),
        }
    }

    /// Which one is chosen.
    pub(super) fn chosen(&self) -> usize {
        if let Entry::Choice { chosen, .. } = self.entry { chosen } else { 0 }
    }

    /// Whether it says something else than at first.
    pub(super) fn is_changed(&self) -> bool {
        match &self.entry {
            Entry::Words { said, before, .. } => said.trim() != before.trim(),
            Entry::Day(said, _) | Entry::Number(said) => !said.is_empty(),
            Entry::Choice { chosen, .. } => *chosen != 0,
        }
    }

    /// Takes a letter. False when it does not belong there, or there is no room.
    fn take(&mut self, letter: char) -> bool {
        let mut buffer = [0; 4];
        let is_tame = index::text::is_tame(letter.encode_utf8(&mut buffer));
        let (said, most) = match &mut self.entry {
            Entry::Words { said, most, .. } => (said, *most),
            Entry::Day(said, _) => (said, MOST_OF_A_DAY),
            Entry::Number(said) if letter.is_ascii_digit() => (said, MOST_DIGITS),
            Entry::Number(_) | Entry::Choice { .. } => return false,
        };
        let fits =
            is_tame && said.chars().count() < most && !(letter == ' ' && (said.is_empty() || said.ends_with(' ')));
        if fits {
            said.push(letter);
        }
        fits || is_tame && letter == ' '
    }

    /// Whether there is no room for another letter.
    fn is_full(&self) -> bool {
        match &self.entry {
            Entry::Words { said, most, .. } => said.chars().count() >= *most,
            Entry::Day(said, _) => said.chars().count() >= MOST_OF_A_DAY,
            Entry::Number(said) => said.len() >= MOST_DIGITS,
            Entry::Choice { .. } => false,
        }
    }

    fn erase(&mut self, all: bool) {
        let (Entry::Words { said, .. } | Entry::Day(said, _) | Entry::Number(said)) = &mut self.entry else { return };
        if all {
            said.clear();
        } else {
            said.pop();
        }
    }

    fn turn(&mut self, by: isize) {
        if let Entry::Choice { choices, chosen } = &mut self.entry
            && !choices.is_empty()
        {
            let turned = (chosen.cast_signed() + by).rem_euclid(choices.len().cast_signed());
            *chosen = turned.unsigned_abs();
        }
    }
}

impl Form {
    pub(super) fn new(title: String, about: String, purpose: Purpose, fields: Vec<Field>) -> Self {
        Self { title, about, fields, focus: 0, wrong: None, purpose, awaits: None, is_warned: false }
    }

    /// Whether the way to save is focused.
    pub fn is_at_end(&self) -> bool {
        self.focus >= self.fields.len()
    }

    /// Whether it waits for its fields.
    pub fn is_waiting(&self) -> bool {
        self.awaits.is_some()
    }

    pub(super) fn is_changed(&self) -> bool {
        self.fields.iter().any(Field::is_changed)
    }

    /// Says what is wrong, where.
    pub(super) fn blame(&mut self, place: usize, why: String) {
        (self.focus, self.wrong) = (place, Some(why));
    }

    /// The warning is no longer on the screen, so that it is given again.
    pub(super) fn forget_warning(&mut self) {
        self.is_warned = false;
    }

    fn step(&mut self, by: isize) {
        let all = self.fields.len().cast_signed() + 1;
        let target = self.focus.cast_signed() + by;
        // Once around, step by step; a screenful ends at an end.
        let target = if by.abs() == 1 { target.rem_euclid(all) } else { target.clamp(0, all - 1) };
        self.focus = target.unsigned_abs();
        self.wrong = None;
    }
}

impl App {
    pub(super) fn at_form(&mut self, action: Action) -> Vec<Effect> {
        let screenful = self.around.size.rows().cast_signed().max(2);
        let Some(Screen::Form(form)) = self.stack.last_mut() else { return Vec::new() };
        if action != Action::Back {
            form.forget_warning();
        }
        match action {
            Action::Back => {}
            // There is nothing yet to go through or to save.
            _ if form.is_waiting() => return Vec::new(),
            _ => {}
        }
        match action {
            Action::Up | Action::Menu => form.step(-1),
            Action::PageUp => form.step(-screenful),
            Action::PageDown => form.step(screenful),
            Action::First => form.step(-isize::from(u8::MAX)),
            Action::Last => form.step(isize::from(u8::MAX)),
            Action::Open if form.is_at_end() => return self.save(),
            Action::Open | Action::Down | Action::Narrow => form.step(1),
            Action::Back if form.is_changed() && !form.is_warned => {
                form.is_warned = true;
                self.word = Some("form-leave");
            }
            Action::Back => return self.back(),
            action => return self.edit(action),
        }
        Vec::new()
    }

    /// The keys that change what stands in a field.
    fn edit(&mut self, action: Action) -> Vec<Effect> {
        let Some(Screen::Form(form)) = self.stack.last_mut() else { return Vec::new() };
        let focus = form.focus;
        let Some(field) = form.fields.get_mut(focus) else {
            if let Action::Type(_) = action {
                self.word = Some("form-at-end");
            }
            return Vec::new();
        };
        form.wrong = None;
        match action {
            Action::Type(letter) if !field.take(letter) => {
                self.word = Some(match field.entry {
                    _ if field.is_full() => "form-full",
                    Entry::Number(_) => "form-digits",
                    Entry::Choice { .. } => "form-choose",
                    Entry::Words { .. } | Entry::Day(..) => "form-letter",
                });
            }
            Action::Erase | Action::EraseAll => field.erase(action == Action::EraseAll),
            Action::Earlier => field.turn(-1),
            Action::Later => field.turn(1),
            _ => {}
        }
        Vec::new()
    }
}
