//! Changing by hand: from a listing, a home or nothing to a form, and from the form to the office.

use std::sync::Arc;

use index::record::Record;
use jiff::civil::DateTime;

use super::forms::Forms;
use super::topic::Written;
use super::{Menu, Refresh, Remedy, Task, Topic};
use crate::app::form::{Field, Form};
use crate::app::{App, Reading, Screen, Subject};
use crate::errand::{Errand, News, Saying};
use crate::event::{Effect, Ticket};

impl App {
    fn forms(&self) -> Forms<'_> {
        Forms(self.around.teller())
    }

    /// The listing that lies topmost.
    fn listing(&self) -> Option<Arc<Record>> {
        self.stack.iter().rev().find_map(|screen| match screen {
            Screen::Reading(Reading { subject: Subject::Record(record, _), .. }) => Some(record.clone()),
            _ => None,
        })
    }

    /// Offers the ways to change the listing on the screen.
    pub(in crate::app) fn offer_changes(&mut self) {
        if let Some(record) = self.listing().filter(|_| self.is_staffed()) {
            let about = self.around.teller().name(&record);
            self.lay(Screen::Menu(Menu::changing(&record, about)));
        }
    }

    /// Lays down the form for changing the listing so.
    pub(super) fn change(&mut self, remedy: Remedy) {
        let Some(record) = self.listing() else { return };
        let forms = self.forms();
        let form = match remedy {
            Remedy::Note => forms.note(&record),
            Remedy::Close => forms.close(&record),
            Remedy::Correct => forms.correct(&record),
            Remedy::Hide => forms.hide(&record),
            Remedy::Beds => forms.beds_of(&record),
        };
        // Whoever goes back from the form goes to the listing.
        self.back();
        self.lay(Screen::Form(form));
    }

    /// Lays down a form that needs no listing.
    pub(super) fn fill_in(&mut self, task: Task) -> Vec<Effect> {
        let forms = self.forms();
        let form = match task {
            Task::Notice => forms.notice(),
            Task::Add => forms.add(),
            _ => forms.beds(Vec::new(), 0),
        };
        self.lay(Screen::Form(form));
        if task != Task::Beds {
            return Vec::new();
        }
        let effect = self.errand(Errand::Homes);
        let ticket = self.ticket;
        if let Some(Screen::Form(form)) = self.stack.last_mut() {
            form.awaits = Some(ticket);
        }
        vec![effect]
    }

    /// The question before a change is taken back.
    pub(in crate::app) fn ask_to_take_back(&mut self, change: (u32, Option<DateTime>), about: String) {
        self.lay(Screen::Menu(Menu::taking_back(change, about)));
    }

    /// Takes it back.
    pub(super) fn take_back(&mut self, number: u32, written: Option<DateTime>) -> Vec<Effect> {
        self.write(vec![Saying::TakeBack(number, written)])
    }

    /// Has what stands in the form written down, or says what is wrong with it.
    pub(in crate::app) fn save(&mut self) -> Vec<Effect> {
        let Some(Screen::Form(form)) = self.stack.last() else { return Vec::new() };
        let said = self.forms().said(form);
        match said {
            Ok(sayings) if sayings.is_empty() => self.word = Some("form-nothing"),
            Ok(sayings) => return self.write(sayings),
            Err((place, why)) => {
                if let Some(Screen::Form(form)) = self.stack.last_mut() {
                    form.blame(place, why);
                }
            }
        }
        Vec::new()
    }

    fn write(&mut self, sayings: Vec<Saying>) -> Vec<Effect> {
        self.show(Topic::Change(Written::NotYet, Refresh::default()), Errand::Change(sayings))
    }

    /// What was typed is written down: the form, and the listing as it was before, are done with. What lies over the page
    /// that tells so, the crisis card or the help, stays under whoever reads it.
    pub(super) fn clear_desk(&mut self, of: Ticket) {
        let tells = |screen: &Screen| match screen {
            Screen::Reading(Reading { subject: Subject::Staff(ticket, topic), .. }) => {
                *ticket == of && matches!(**topic, Topic::Change(..))
            }
            _ => false,
        };
        let Some(place) = self.stack.iter().position(tells) else { return };
        let over = self.stack.split_off(place);
        self.stack.retain(|screen| matches!(screen, Screen::Menu(menu) if menu.is_the_offices()));
        self.stack.extend(over);
        self.has_changed = true;
    }

    /// Whether a form waits for this.
    pub(super) fn awaits_homes(&self, of: Ticket) -> bool {
        self.stack.iter().any(|screen| matches!(screen, Screen::Form(form) if form.awaits == Some(of)))
    }

    /// Fills the form that waits for the homes.
    pub(super) fn take_homes(&mut self, of: Ticket, news: News) {
        let waits = |screen: &Screen| matches!(screen, Screen::Form(form) if form.awaits == Some(of));
        let Some(place) = self.stack.iter().position(waits) else { return };
        let locale = &self.around.site.locale;
        let (homes, more, wrong) = match news {
            News::Homes(Ok((homes, more))) => {
                let wrong = homes.is_empty().then(|| locale.say("form-no-homes"));
                (homes, more, wrong)
            }
            News::Homes(Err(why)) => (Vec::new(), 0, Some(why.join(" "))),
            News::Gone => (Vec::new(), 0, Some(locale.say("pin-gone"))),
            _ => return,
        };
        let mut form = self.forms().beds(homes, more);
        form.wrong = wrong;
        self.stack[place] = Screen::Form(form);
    }

    /// What helps with the field that is focused.
    pub fn form_hint(&self, form: &Form) -> String {
        form.fields.get(form.focus).map(|field| self.forms().hint(field)).unwrap_or_default()
    }

    /// How the day in a field was understood.
    pub fn day_understood(&self, field: &Field) -> Option<String> {
        self.forms().understood(field)
    }
}
