//! The bottom line and the help, both made from the table of keys.

use super::{App, Focus, FormEntry, FormField, Screen, Subject};
use crate::keys::{self, Action, BINDINGS};
use crate::locale::Locale;
use crate::page::{Page, Role};

/// One hint of the bottom line: the keys, and what they do in a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The key's name on the keyboard.
    pub cap: String,
    /// The sentence's name.
    pub word: &'static str,
}

fn hint(action: Action) -> Hint {
    let word = keys::binding(action).map_or("", |binding| binding.hint);
    Hint { cap: keys::cap(action).to_owned(), word }
}

/// Two keys that belong together, under one word.
fn pair(one: Action, other: Action, word: &'static str) -> Hint {
    Hint { cap: format!("{}/{}", keys::cap(one), keys::cap(other)), word }
}

impl App {
    /// The hints of this screen, the most important first. As many are shown as there is room for.
    pub fn hints(&self) -> Vec<Hint> {
        let moving = pair(Action::Up, Action::Down, "hint-move");
        let mut hints = match self.screen() {
            None => vec![moving, hint(Action::Open)],
            // On a page one reads; what a frightened person needs is the way back.
            Some(Screen::Reading(reading)) => {
                let leads = reading.goal(self.around.size).is_some();
                let open = leads.then(|| hint(Action::Open));
                let is_under_way = matches!(&reading.subject, Subject::Staff(_, topic) if topic.is_under_way());
                let word = if is_under_way { "hint-stop" } else { "hint-back" };
                [Hint { word, ..hint(Action::Back) }, moving].into_iter().chain(open).collect()
            }
            Some(Screen::Narrow(_)) => {
                let choose = Hint { word: "hint-choose", ..hint(Action::Open) };
                vec![moving, choose, hint(Action::Back)]
            }
            Some(Screen::Keypad(_)) => {
                let enter = Hint { word: "hint-enter", ..hint(Action::Open) };
                return vec![enter, hint(Action::Back), hint(Action::Erase), hint(Action::StartOver)];
            }
            Some(Screen::Form(form)) => {
                let word = if form.is_at_end() { "hint-save" } else { "hint-next" };
                let is_choice =
                    matches!(form.fields.get(form.focus), Some(FormField { entry: FormEntry::Choice { .. }, .. }));
                let turn = is_choice.then(|| pair(Action::Earlier, Action::Later, "hint-choose"));
                let enter = Hint { word, ..hint(Action::Open) };
                let rest = [moving, enter, hint(Action::Back), hint(Action::Erase), hint(Action::StartOver)];
                return turn.into_iter().chain(rest).collect();
            }
            Some(Screen::Menu(menu)) if menu.is_the_offices() => {
                vec![moving, hint(Action::Open), Hint { word: "hint-close", ..hint(Action::Back) }]
            }
            Some(Screen::Menu(_)) => vec![moving, hint(Action::Open), hint(Action::Back)],
            Some(Screen::Results(results)) => {
                let mut hints = vec![moving, hint(Action::Open), hint(Action::Back)];
                if results.has_days() {
                    hints.push(pair(Action::Earlier, Action::Later, "hint-day"));
                }
                hints
            }
        };
        let menu = |action| Hint { word: "hint-menu", ..hint(action) };
        let (narrow, over) = (hint(Action::Narrow), hint(Action::StartOver));
        match self.screen() {
            Some(Screen::Results(results)) if results.can_narrow() => {
                hints.extend([narrow, over, menu(Action::Menu), hint(Action::Help)]);
            }
            // Where there is no list to narrow, the key that is easier to find opens the menu.
            _ => hints.extend([menu(Action::Narrow), over, hint(Action::Help)]),
        }
        if matches!(self.screen(), Some(Screen::Results(results)) if results.focus == Focus::Field) {
            hints.push(hint(Action::Erase));
        }
        hints
    }
}

/// The help: every line of the table.
pub(super) fn help(locale: &Locale) -> Page {
    let mut page = Page::new(locale.say("help-title"));
    page.push(Role::Strong, locale.say("help-intro"));
    page.push(Role::Plain, locale.say("help-typing"));
    page.push(Role::Plain, locale.say("privacy"));
    page.gap();
    page.push(Role::Heading, locale.say("help-keys"));
    let between = locale.say("help-key-between");
    for binding in BINDINGS {
        let caps: Vec<&str> = binding.presses.iter().map(|press| press.cap).collect();
        let caps = caps.join(&between);
        page.labelled(&caps, [locale.say(binding.help)]);
    }
    page
}
