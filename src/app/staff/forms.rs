//! The forms behind the door: what each asks, and what staff say with it. What is wrong is found before anything is
//! asked of the office, and told at the field that it is about.

use std::sync::Arc;

use index::overrides::{Field as Part, LONGEST, Piece, Target};
use index::record::{Details, Kind, OrganizationSort, Record, RecordId, ServiceSort, Way};

use crate::app::form::{Bound, Entry, Field, Form};
use crate::errand::Home;
use crate::locale::{count, number, text};
use crate::tell::Teller;

mod said;

/// What a form is for.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) enum Purpose {
    /// To say something about a listing.
    Note(RecordId),
    /// To close it, or everything in its building.
    Close(Aim),
    /// To hide it, or everything in its building.
    Hide(Aim),
    /// To correct it.
    Correct(Arc<Record>),
    /// To count free beds, a field for each home.
    Beds(Vec<RecordId>),
    /// To add a listing.
    Add,
    /// To post a notice.
    Notice,
}

/// A listing, and the building that it is in, where that is known.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct Aim {
    id: RecordId,
    building: Option<[String; 2]>,
}

/// The fields of a listing that can be corrected in a form.
const PARTS: [Part; 7] = [Part::Name, Part::Phone, Part::Website, Part::Times, Part::Street, Part::City, Part::Summary];

/// The pieces of a listing that can be added in a form; its kind stands before them, and says its sort too.
const PIECES: [Piece; 8] =
    [Piece::Name, Piece::Times, Piece::Place, Piece::Street, Piece::City, Piece::Phone, Piece::Website, Piece::Summary];

/// The longest summary that is typed, in letters.
const SUMMARY: usize = 600;

impl Aim {
    fn of(record: &Record) -> Self {
        // A building without its town would be every building of that name.
        let place = record.place.as_ref().filter(|place| !place.withheld && !place.city.is_empty());
        let building = place.and_then(|place| {
            let name = [&place.name, &place.street].into_iter().find(|name| !name.is_empty())?;
            Some([name.clone(), place.city.clone()])
        });
        Self { id: record.id.clone(), building }
    }

    fn target(&self, choice: &Field) -> Target {
        match (&self.building, choice.chosen()) {
            (Some([building, city]), 1) => Target::Building { building: building.clone(), city: city.clone() },
            _ => Target::Listing(self.id.clone()),
        }
    }
}

/// The forms, with their sentences.
pub(super) struct Forms<'a>(pub(super) Teller<'a>);

impl Forms<'_> {
    fn say(&self, id: &str) -> String {
        self.0.locale.say(id)
    }

    fn about(&self, record: &Record) -> String {
        let city = record.place.as_ref().map(|place| place.city.clone()).filter(|city| !city.is_empty());
        let times = record.times.first().map(|times| self.0.recurrence(times));
        let facts: Vec<String> = [Some(self.0.name(record)), city, times].into_iter().flatten().collect();
        facts.join(&self.say("facts-between"))
    }

    fn words(&self, label: &str, hint: &str, most: usize) -> Field {
        Field::words(self.say(label), self.say(hint), "", most)
    }

    fn days(&self) -> [Field; 2] {
        let days = [("form-from", "form-from-hint", Bound::First), ("form-until", "form-until-hint", Bound::Last)];
        days.map(|(label, hint, bound)| Field {
            label: self.say(label),
            hint: self.say(hint),
            entry: Entry::Day(String::new(), bound),
        })
    }

    fn aim(&self, aim: &Aim) -> Field {
        let all = aim.building.as_ref().map(|[building, city]| {
            self.0.locale.say_with("form-all-at", &[("building", text(building)), ("city", text(city))])
        });
        let choices: Vec<String> = [Some(self.say("form-this-alone")), all].into_iter().flatten().collect();
        let hint = self.say(if choices.len() > 1 { "form-choose" } else { "form-no-building" });
        Field { label: self.say("form-what"), hint, entry: Entry::Choice { choices, chosen: 0 } }
    }

    pub(super) fn note(&self, record: &Record) -> Form {
        let [from, until] = self.days();
        let fields = vec![self.words("form-text", "form-note-hint", LONGEST), from, until];
        Form::new(self.say("change-note"), self.about(record), Purpose::Note(record.id.clone()), fields)
    }

    pub(super) fn close(&self, record: &Record) -> Form {
        let aim = Aim::of(record);
        let [from, until] = self.days();
        let fields = vec![self.aim(&aim), self.words("form-why", "form-why-hint", LONGEST), from, until];
        Form::new(self.say("change-close"), self.about(record), Purpose::Close(aim), fields)
    }

    pub(super) fn hide(&self, record: &Record) -> Form {
        let aim = Aim::of(record);
        let [from, until] = self.days();
        let fields = vec![self.aim(&aim), from, until];
        Form::new(self.say("change-hide"), self.about(record), Purpose::Hide(aim), fields)
    }

    pub(super) fn correct(&self, record: &Arc<Record>) -> Form {
        let way =
            |way: Way| record.contacts.iter().find(|contact| contact.way == way).map(|contact| contact.value.as_str());
        let place = record.place.as_ref();
        let field = |part: Part| {
            let before = match part {
                Part::Name => Some(record.name.plain.as_str()),
                Part::Phone => way(Way::Phone),
                Part::Website => way(Way::Website),
                Part::Street => place.map(|place| place.street.as_str()),
                Part::City => place.map(|place| place.city.as_str()),
                Part::Summary => Some(record.summary.plain.as_str()).filter(|said| said.chars().count() <= SUMMARY),
                // How a time is told is not how it is written.
                Part::Times => None,
            };
            let hint = match part {
                Part::Times => {
                    let now: Vec<String> = record.times.iter().map(|times| self.0.recurrence(times)).collect();
                    let now = if now.is_empty() { self.say("form-times-none") } else { now.join("; ") };
                    self.0.locale.say_with("form-times-now", &[("now", text(&now))])
                }
                Part::Summary if record.summary.plain.chars().count() > SUMMARY => self.say("form-summary-long"),
                _ => self.say(&format!("piece-{}-hint", part.word())),
            };
            let most = if part == Part::Summary { SUMMARY } else { LONGEST };
            Field::words(self.say(&format!("piece-{}", part.word())), hint, before.unwrap_or_default(), most)
        };
        let fields = PARTS.map(field).into();
        Form::new(self.say("change-correct"), self.about(record), Purpose::Correct(record.clone()), fields)
    }

    /// Beds of the home that is on the screen.
    pub(super) fn beds_of(&self, record: &Record) -> Form {
        let Details::Housing(house) = &record.details else { return self.beds(Vec::new(), 0) };
        let city = record.place.as_ref().map(|place| place.city.clone()).unwrap_or_default();
        self.beds(vec![Home { id: record.id.clone(), name: self.0.name(record), city, beds: house.beds }], 0)
    }

    /// Beds of these homes; so many more have no room here.
    pub(super) fn beds(&self, homes: Vec<Home>, more: u64) -> Form {
        let field = |home: &Home| {
            let name = [home.name.as_str(), home.city.as_str()];
            let name: Vec<&str> = name.into_iter().filter(|part| !part.is_empty()).collect();
            Field { label: name.join(", "), hint: self.known_beds(home), entry: Entry::Number(String::new()) }
        };
        let fields = homes.iter().map(field).collect();
        let ids = homes.into_iter().map(|home| home.id).collect();
        let about = match more {
            0 => self.say("form-beds-about"),
            more => self.0.locale.say_with("form-beds-more", &[("count", count(more))]),
        };
        Form::new(self.say("staff-beds"), about, Purpose::Beds(ids), fields)
    }

    fn known_beds(&self, home: &Home) -> String {
        let Some(beds) = home.beds else { return self.say("form-beds-unknown") };
        let free = ("count", number(beds.free));
        match beds.counted {
            None => self.0.locale.say_with("form-beds-undated", &[free]),
            Some(counted) => {
                let when = self.0.ago(counted);
                self.0.locale.say_with("form-beds-known", &[free, ("when", text(&when))])
            }
        }
    }

    pub(super) fn add(&self) -> Form {
        let choices = kinds().iter().map(|(_, _, say)| self.say(say)).collect();
        let kind = Field {
            label: self.say("form-kind"),
            hint: self.say("form-choose"),
            entry: Entry::Choice { choices, chosen: 0 },
        };
        let piece = |piece: Piece| {
            let most = if piece == Piece::Summary { SUMMARY } else { LONGEST };
            self.words(&format!("piece-{}", piece.word()), &format!("piece-{}-hint", piece.word()), most)
        };
        let fields = std::iter::once(kind).chain(PIECES.map(piece)).collect();
        Form::new(self.say("staff-add"), String::new(), Purpose::Add, fields)
    }

    pub(super) fn notice(&self) -> Form {
        let [from, until] = self.days();
        let fields = vec![self.words("form-text", "form-notice-hint", LONGEST), from, until];
        Form::new(self.say("staff-notice"), String::new(), Purpose::Notice, fields)
    }
}

/// What can be added: the kind, its sort, and the name of both.
fn kinds() -> Vec<(Kind, Option<&'static str>, String)> {
    let organization = |sort: OrganizationSort| {
        let say = if sort == OrganizationSort::Other { "organization" } else { sort.word() };
        (Kind::Organization, Some(sort.word()), format!("sort-{say}"))
    };
    let service = |sort: ServiceSort| (Kind::Service, Some(sort.word()), format!("sort-{}", sort.word()));
    let plain = |kind: Kind| (kind, None, format!("sort-{}", kind.word()));
    let mut kinds = vec![plain(Kind::Meeting), plain(Kind::Housing)];
    kinds.extend(OrganizationSort::ALL.map(organization));
    kinds.extend(ServiceSort::ALL.map(service));
    kinds
}

#[cfg(test)]
mod tests {
    use index::record::{Meeting, Place};

    use super::*;
    use crate::config::Words;
    use crate::locale::Locale;

    #[test]
    fn a_building_without_its_town_or_kept_private_is_not_closed_as_a_whole() {
        let now = "2026-11-24T18:00:00-05:00[America/New_York]".parse().unwrap();
        let locale = Locale::english();
        let choices = |city: &str, withheld: bool| {
            let teller = Teller { locale: &locale, words: Words::BuiltIn, now: &now, stale_days: 14 };
            let mut record =
                Record::new(RecordId::new("sample", "a"), "Lanterns", Details::Meeting(Meeting::default()));
            let name = "Community Center".to_owned();
            record.place = Some(Box::new(Place { name, city: city.to_owned(), withheld, ..Place::default() }));
            let forms = Forms(teller);
            match &forms.close(&record).fields[0].entry {
                Entry::Choice { choices, .. } => choices.clone(),
                _ => Vec::new(),
            }
        };
        assert_eq!(choices("Riverbend", false).len(), 2);
        assert_eq!(choices("", false).len(), 1, "there is a Community Center in every town");
        assert_eq!(choices("Riverbend", true).len(), 1);
    }
}
