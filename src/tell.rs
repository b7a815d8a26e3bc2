//! Records told in plain words: a row of the list, and the page of one record.
//!
//! Only what the record says is told, and what it does not say is named as not known. No code reaches a visitor:
//! terms have labels, levels have sentences. Pure: handed the record, the moment, the words.

use index::query::{self, Hit};
use index::record::{Attendance, Details, Kind, Place, Record, Term};
use jiff::Zoned;
use jiff::civil::Date;

use crate::config::Words;
use crate::locale::{Locale, number};

mod answer;
mod desk;
mod kinds;
mod record;
mod time;
mod wish;

/// Who tells: the language, the labels of our terms, and the moment from which "tonight" is said.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    /// The sentences.
    pub locale: &'a Locale,
    /// The labels of terms and the names of fellowships.
    pub words: Words,
    /// Now, in the kiosk's zone.
    pub now: &'a Zoned,
    /// A feed that could not be read for so many days is not confirmed lately.
    pub stale_days: u16,
}

/// One result in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it is called.
    pub name: String,
    /// A word about the whole listing, such as the sample mark. Mostly empty.
    pub mark: String,
    /// What decides whether to open it, the most telling first.
    pub facts: String,
}

impl Teller<'_> {
    /// A result in two lines: its name, and what decides whether to open it.
    ///
    /// Its time is the one that was found, inside the time that was asked for. Where a place was asked for, how far it is
    /// from there says more than the name of the building.
    pub fn hit(&self, hit: &Hit, asked: Option<&query::Place>) -> Told {
        let record = &*hit.record;
        let mut facts: Vec<String> = self.closed(record).into_iter().collect();
        match record.attendance {
            Some(Attendance::Suspended) => facts.push(self.locale.say("attendance-suspended")),
            _ => facts.extend(self.soonest(record, self.still_ahead(hit).as_ref())),
        }
        if facts.is_empty() {
            facts.extend(record.times.first().map(|times| self.recurrence(times)));
        }
        match &record.details {
            Details::Meeting(_) => facts.extend(self.fellowship_short(record)),
            Details::Housing(house) => facts.insert(0, self.beds(record, house)),
            Details::Organization(_) | Details::Service(_) | Details::Publication(_) => {
                facts.insert(0, self.sort(record));
            }
            Details::Topic(_) => {}
        }
        facts.extend(self.notes(record));
        let placed = record.place.as_ref().is_some_and(|place| !place.withheld);
        let away = hit.distance_m.filter(|_| placed).map(|metres| self.away(metres, asked));
        let whereabouts = self.whereabouts(record);
        match asked {
            Some(_) => facts.extend(away.into_iter().chain(whereabouts)),
            None => facts.extend(whereabouts.into_iter().chain(away)),
        }
        facts.extend(record.who.iter().map(|who| self.term(who)));
        match record.kind() {
            Kind::Service | Kind::Organization => facts.extend(self.first_call(record)),
            Kind::Topic => facts.push(first_sentence(record.summary.for_reader(self.locale.language())).to_owned()),
            _ => {}
        }
        facts.retain(|fact| !fact.is_empty());
        let stale = self.stale_since(record).map(|_| "stale-mark");
        let mark =
            record.sample.then_some("sample-mark").or(stale).map(|mark| self.locale.say(mark)).unwrap_or_default();
        Told { name: self.name(record), mark, facts: capital(&facts.join(&self.locale.say("facts-between"))) }
    }

    /// What it is called, in the reader's language.
    pub fn name(&self, record: &Record) -> String {
        record.name.for_reader(self.locale.language()).to_owned()
    }

    /// The day on which its feed was last read, where that is so long ago that it is to be told.
    fn stale_since(&self, record: &Record) -> Option<Date> {
        let read = record.credit.read?;
        let days = self.now.date().since(read).ok()?.get_days();
        (days > i32::from(self.stale_days)).then_some(read)
    }

    /// The label of a term. A term without a label is not shown: its key would be a code.
    fn term(&self, term: &Term) -> String {
        self.label(term.as_str())
    }

    fn label(&self, key: &str) -> String {
        self.words
            .vocabulary()
            .terms
            .get(key)
            .map(|entry| entry.label.for_reader(self.locale.language()).to_owned())
            .unwrap_or_default()
    }

    /// The labels of terms, as a list.
    fn terms<'t>(&self, terms: impl IntoIterator<Item = &'t Term>) -> String {
        let labels: Vec<String> =
            terms.into_iter().map(|term| self.term(term)).filter(|label| !label.is_empty()).collect();
        labels.join(&self.locale.say("terms-between"))
    }

    fn fellowship_name(&self, record: &Record) -> Option<String> {
        let fellowship = self.words.vocabulary().fellowships.get(record.fellowship.as_ref()?)?;
        Some(fellowship.name.for_reader(self.locale.language()).to_owned())
    }

    fn fellowship_short(&self, record: &Record) -> Option<String> {
        let fellowship = self.words.vocabulary().fellowships.get(record.fellowship.as_ref()?)?;
        Some(if fellowship.short.is_empty() {
            fellowship.name.for_reader(self.locale.language()).to_owned()
        } else {
            fellowship.short.clone()
        })
    }

    /// Where it is, in a few words: the building and the town, or how one takes part from anywhere.
    fn whereabouts(&self, record: &Record) -> Vec<String> {
        let mut words = Vec::new();
        match record.attendance {
            Some(Attendance::Online) => words.push(self.locale.say("attendance-online")),
            Some(Attendance::Phone) => words.push(self.locale.say("attendance-phone")),
            Some(Attendance::Hybrid) => words.push(self.locale.say("attendance-hybrid")),
            _ => {}
        }
        if let Some(place) = &record.place
            && record.attendance.is_none_or(Attendance::has_place)
        {
            words.extend(short_place(place));
        }
        words
    }

    /// A yes, a no, or nothing.
    fn yes_no(&self, answer: Option<bool>) -> Vec<String> {
        answer.map(|yes| self.locale.say(if yes { "yes" } else { "no" })).into_iter().collect()
    }

    /// A count in a sentence of its own.
    fn counted(&self, id: &str, count: Option<u32>) -> Vec<String> {
        count.map(|count| self.locale.say_with(id, &[("count", number(count))])).into_iter().collect()
    }
}

/// The building and the town.
fn short_place(place: &Place) -> Vec<String> {
    let town =
        if place.city.is_empty() { place.regions.first().cloned().unwrap_or_default() } else { place.city.clone() };
    let building = if place.name.is_empty() && !place.withheld { &place.street } else { &place.name };
    let mut words = vec![building.clone()];
    if town != *building {
        words.push(town);
    }
    words.retain(|word| !word.is_empty());
    if words.is_empty() { Vec::new() } else { vec![words.join(", ")] }
}

/// The first sentence of a page, for the list.
fn first_sentence(whole: &str) -> &str {
    let line = whole.lines().next().unwrap_or_default();
    let end = line.match_indices(". ").map(|(place, _)| place + 1).next();
    &line[..end.unwrap_or(line.len())]
}

/// With a capital letter, for what stands by itself.
fn capital(said: &str) -> String {
    let mut letters = said.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
