//! The forms behind the door: what each asks, and what staff say with it. What is wrong is found before anything is
//! asked of the office, and told at the field that it is about.

use std::sync::Arc;

use index::overrides::{Draft, Field as Part, LONGEST, Overrides, Piece, Target, What};
use index::record::{Details, Kind, OrganizationSort, Record, RecordId, ServiceSort, Way};
use index::schedule::Dates;
use jiff::civil::{Date, DateTime};

use super::day;
use crate::app::form::{Entry, Field, Form};
use crate::errand::{Home, Saying};
use crate::locale::text;
use crate::tell::Teller;

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

/// What staff say, or the field that is wrong and why.
type Said = Result<Vec<Saying>, (usize, String)>;

/// The fields of a listing that can be corrected in a form.
const PARTS: [Part; 7] = [Part::Name, Part::Phone, Part::Website, Part::Times, Part::Street, Part::City, Part::Summary];

/// The pieces of a listing that can be added in a form; its kind stands before them, and says its sort too.
const PIECES: [Piece; 8] =
    [Piece::Name, Piece::Times, Piece::Place, Piece::Street, Piece::City, Piece::Phone, Piece::Website, Piece::Summary];

/// The longest summary that is typed, in letters.
const SUMMARY: usize = 600;

impl Aim {
    fn of(record: &Record) -> Self {
        let place = record.place.as_ref().filter(|place| !place.withheld);
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
        [("form-from", "form-from-hint"), ("form-until", "form-until-hint")].map(|(label, hint)| Field {
            label: self.say(label),
            hint: self.say(hint),
            entry: Entry::Day(String::new()),
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
        let Details::Housing(house) = &record.details else { return self.beds(Vec::new()) };
        let city = record.place.as_ref().map(|place| place.city.clone()).unwrap_or_default();
        self.beds(vec![Home { id: record.id.clone(), name: self.0.name(record), city, beds: house.beds }])
    }

    pub(super) fn beds(&self, homes: Vec<Home>) -> Form {
        let field = |home: &Home| {
            let name = [home.name.as_str(), home.city.as_str()];
            let name: Vec<&str> = name.into_iter().filter(|part| !part.is_empty()).collect();
            let hint = match home.beds {
                None => self.say("form-beds-unknown"),
                Some(beds) => {
                    let when =
                        beds.counted.map_or_else(|| self.say("form-beds-undated"), |counted| self.0.ago(counted));
                    let free = crate::locale::number(beds.free);
                    self.0.locale.say_with("form-beds-known", &[("count", free), ("when", text(&when))])
                }
            };
            Field { label: name.join(", "), hint, entry: Entry::Number(String::new()) }
        };
        let fields = homes.iter().map(field).collect();
        let ids = homes.into_iter().map(|home| home.id).collect();
        Form::new(self.say("staff-beds"), self.say("form-beds-about"), Purpose::Beds(ids), fields)
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

    /// What staff say with a form, or what is wrong with it.
    pub(super) fn said(&self, form: &Form) -> Said {
        let fields = form.fields.as_slice();
        match (&form.purpose, fields) {
            (Purpose::Note(id), [note, from, until]) => {
                let what = What::Note(Target::Listing(id.clone()), self.must_say(0, note)?);
                self.dated(what, (1, from), (2, until))
            }
            (Purpose::Notice, [notice, from, until]) => {
                self.dated(What::Notice(self.must_say(0, notice)?), (1, from), (2, until))
            }
            (Purpose::Close(aim), [choice, why, from, until]) => {
                self.dated(What::Close(aim.target(choice), why.said().to_owned()), (2, from), (3, until))
            }
            (Purpose::Hide(aim), [choice, from, until]) => {
                self.dated(What::Hide(aim.target(choice)), (1, from), (2, until))
            }
            (Purpose::Correct(record), fields) => self.corrections(record, fields),
            (Purpose::Beds(ids), fields) => self.counts(ids, fields),
            (Purpose::Add, [kind, pieces @ ..]) => self.added(kind, pieces),
            // A form has the fields that it was made with.
            _ => Ok(Vec::new()),
        }
    }

    fn must_say(&self, place: usize, field: &Field) -> Result<String, (usize, String)> {
        let said = field.said();
        if said.is_empty() { Err((place, self.say("form-must-say"))) } else { Ok(said.to_owned()) }
    }

    fn dated(&self, what: What, from: (usize, &Field), until: (usize, &Field)) -> Said {
        let (first, last) = (self.day(from)?, self.day(until)?);
        let today = self.0.now.date();
        let wrong = |id: &str| Err((until.0, self.say(id)));
        match last {
            Some(last) if last < today => wrong("form-day-over"),
            Some(last) if first.is_some_and(|first| last < first) => wrong("form-day-before"),
            _ => Ok(vec![Saying::Say(Dates { from: first, until: last }, what)]),
        }
    }

    fn day(&self, (place, field): (usize, &Field)) -> Result<Option<Date>, (usize, String)> {
        match field.said() {
            "" => Ok(None),
            typed => day::read(typed, self.0.now.date()).map(Some).ok_or_else(|| (place, self.say("form-day-wrong"))),
        }
    }

    fn corrections(&self, record: &Record, fields: &[Field]) -> Said {
        let changed = PARTS.iter().zip(fields).enumerate().filter(|(_, (_, field))| field.is_changed());
        let correction = |(place, (part, field)): (usize, (&Part, &Field))| {
            if *part == Part::Street && record.place.as_ref().is_some_and(|place| place.withheld) {
                return Err((place, self.say("form-address-private")));
            }
            match part.fault(field.said()) {
                Some(must) => Err((place, self.0.locale.say_with("form-it", &[("must", text(&must))]))),
                None => {
                    Ok(Saying::Say(Dates::default(), What::Correct(record.id.clone(), *part, field.said().to_owned())))
                }
            }
        };
        changed.map(correction).collect()
    }

    fn counts(&self, ids: &[RecordId], fields: &[Field]) -> Said {
        let counted = ids.iter().zip(fields).enumerate().filter(|(_, (_, field))| field.is_changed());
        let count = |(place, (id, field)): (usize, (&RecordId, &Field))| {
            let what = field.said().parse().ok().map(|free| What::Beds(id.clone(), free));
            let what = what
                .filter(|what| Overrides::default().with(DateTime::default(), Dates::default(), what.clone()).is_ok());
            Ok(Saying::Say(Dates::default(), what.ok_or_else(|| (place, self.say("form-beds-many")))?))
        };
        counted.map(count).collect()
    }

    fn added(&self, kind: &Field, fields: &[Field]) -> Said {
        let kinds = kinds();
        let Some((kind, sort, _)) = kinds.get(kind.chosen()) else { return Ok(Vec::new()) };
        let said = PIECES.into_iter().zip(fields).map(|(piece, field)| (piece, field.said().to_owned()));
        let sort = sort.map(|sort| (Piece::Sort, sort.to_owned()));
        let pieces = said.chain(sort).filter(|(_, said)| !said.is_empty()).collect();
        let draft = Draft { kind: kind.word().to_owned(), pieces };
        // The kind stands before the pieces.
        let place = |piece: Option<Piece>| PIECES.iter().position(|other| Some(*other) == piece).map_or(1, |at| at + 1);
        if !draft.pieces.contains_key(&Piece::Name) {
            return Err((place(Some(Piece::Name)), self.say("form-must-say")));
        }
        let zone = self.0.now.time_zone().iana_name();
        match draft.faults(zone, self.0.words.vocabulary()).into_iter().next() {
            Some((piece, why)) => Err((place(piece), index::text::clean(&why, LONGEST))),
            None => Ok(vec![Saying::Add(draft)]),
        }
    }

    /// How a day was understood, for the field that is focused; empty where there is nothing to say.
    pub(super) fn understood(&self, field: &Field) -> String {
        match &field.entry {
            Entry::Day(typed) if !typed.trim().is_empty() => match day::read(typed, self.0.now.date()) {
                Some(day) => {
                    let (weekday, date) = (self.0.weekday(day.weekday()), self.0.date(day));
                    self.0.locale.say_with("form-day", &[("weekday", text(&weekday)), ("date", text(&date))])
                }
                None => self.say("form-day-wrong"),
            },
            _ => field.hint.clone(),
        }
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
