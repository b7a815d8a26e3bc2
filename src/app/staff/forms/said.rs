//! What staff say with a form, or the field that is wrong and why.

use index::overrides::{Draft, Field as Part, LONGEST, Overrides, Piece, Target, What};
use index::record::{Record, RecordId};
use index::schedule::Dates;
use jiff::civil::{Date, DateTime};

use super::{Forms, PARTS, PIECES, Purpose, kinds};
use crate::app::form::{Bound, Entry, Field, Form};
use crate::app::staff::day::{self, Near};
use crate::errand::Saying;
use crate::locale::text;

/// What staff say, or the field that is wrong and why.
type Said = Result<Vec<Saying>, (usize, String)>;

impl Forms<'_> {
    /// What staff say with a form, or what is wrong with it.
    pub(in crate::app::staff) fn said(&self, form: &Form) -> Said {
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
        if field.said().is_empty() {
            return Ok(None);
        }
        self.day_of(field).map(Some).ok_or_else(|| (place, self.say("form-day-wrong")))
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
            // The marks around a name are for whoever reads files.
            Some((piece, why)) => Err((place(piece), index::text::clean(&why.replace('`', ""), LONGEST))),
            None => Ok(vec![Saying::Add(draft)]),
        }
    }

    /// The day that was typed into a field.
    fn day_of(&self, field: &Field) -> Option<Date> {
        let Entry::Day(typed, bound) = &field.entry else { return None };
        let near = if *bound == Bound::First { Near::Today } else { Near::Ahead };
        day::read(typed, self.0.now.date(), near)
    }

    /// How a day was understood, in words; nothing where none is typed, or none is understood.
    pub(in crate::app::staff) fn understood(&self, field: &Field) -> Option<String> {
        let day = self.day_of(field)?;
        let (weekday, date) = (self.0.weekday(day.weekday()), self.0.date(day));
        Some(self.0.locale.say_with("form-day", &[("weekday", text(&weekday)), ("date", text(&date))]))
    }

    /// What helps with a field.
    pub(in crate::app::staff) fn hint(&self, field: &Field) -> String {
        match &field.entry {
            Entry::Day(typed, _) if !typed.trim().is_empty() => {
                self.understood(field).unwrap_or_else(|| self.say("form-day-wrong"))
            }
            _ => field.hint.clone(),
        }
    }
}
