//! The door for staff: it waits for a PIN, and shows of it how many digits there are.

use std::time::Duration;

use super::{App, Menu, Reading, Screen, Subject};
use crate::errand::Errand;
use crate::event::{Effect, Ticket};
use crate::keys::Action;
use crate::page::{Page, Role};
use crate::pin::{Latch, Pin};

/// The door, and what was typed at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keypad {
    pin: Pin,
    /// What was asked last: the answer to anything else comes too late.
    ticket: Ticket,
    /// A PIN is being looked at.
    pub trying: bool,
    /// What the door said: a sentence's name, and how long it waits.
    pub said: Option<(&'static str, Duration)>,
}

impl Keypad {
    /// How many digits were typed.
    pub fn digits(&self) -> usize {
        self.pin.len()
    }

    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        self.ticket == ticket
    }

    /// Takes what the door said.
    pub(super) fn hear(&mut self, say: Option<&'static str>, wait: Duration) {
        self.trying = false;
        self.said = say.map(|say| (say, wait));
    }
}

impl App {
    /// Goes to the door for staff.
    pub(super) fn door(&mut self) -> Vec<Effect> {
        if self.is_staffed() {
            // Whoever is inside needs no door.
            return Vec::new();
        }
        match self.around.site.latch {
            Latch::Open => self.lay(Screen::Menu(Menu::leaving())),
            Latch::Stuck => {
                let locale = &self.around.site.locale;
                let mut page = Page::new(locale.say("staff-title"));
                page.push(Role::Strong, locale.say("staff-stuck"));
                page.push(Role::Plain, locale.say("staff-stuck-more"));
                self.lay(Screen::Reading(Reading::page(Subject::Stuck, page)));
            }
            Latch::Pin => {
                self.lay(Screen::Keypad(Keypad::default()));
                return self.ask_the_door(Errand::Knock);
            }
        }
        Vec::new()
    }

    fn ask_the_door(&mut self, errand: Errand) -> Vec<Effect> {
        let effect = self.errand(errand);
        let ticket = self.ticket;
        if let Some(Screen::Keypad(keypad)) = self.stack.last_mut() {
            keypad.ticket = ticket;
        }
        vec![effect]
    }

    pub(super) fn at_keypad(&mut self, action: Action) -> Vec<Effect> {
        let Some(Screen::Keypad(keypad)) = self.stack.last_mut() else { return Vec::new() };
        match action {
            Action::Back => return self.back(),
            Action::StartOver => return self.start_over(),
            Action::Crisis => {
                // Who comes back from the card comes back to where they were before the door.
                let mut effects = self.back();
                effects.extend(self.act(action));
                return effects;
            }
            // One PIN at a time.
            _ if keypad.trying => {}
            Action::Type(digit) if digit.is_ascii_digit() => {
                keypad.said = None;
                if !keypad.pin.push(digit) {
                    self.word = Some("pin-full");
                }
            }
            Action::Erase => keypad.pin.pop(),
            Action::EraseAll => keypad.pin = Pin::default(),
            Action::Open if keypad.pin.is_whole() => {
                keypad.trying = true;
                keypad.said = None;
                let pin = std::mem::take(&mut keypad.pin);
                return self.ask_the_door(Errand::Try(pin));
            }
            Action::Open => self.word = Some("pin-short"),
            _ => self.word = Some("pin-digits"),
        }
        Vec::new()
    }
}
