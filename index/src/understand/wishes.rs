//! From readings to what narrows the answer.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Time as WallTime, Weekday};

use super::hours::{Around, Half};
use super::readings::{Meaning, Reading, Readings, word};
use super::sentence::Sentence;
use crate::query::{Clock, Constraint, Day, Facet, Here, Part, Place, Span, Value, Wish, weekday};
use crate::record::Kind;
use crate::schedule::Days;
use crate::vocabulary::Sense;

/// What was asked for, in the order of the words; what was said twice once.
pub(super) fn constraints(sentence: &Sentence<'_>, readings: &Readings<'_>) -> Vec<Constraint> {
    let mut constraints: Vec<Constraint> = Vec::new();
    let around = around(sentence.here, readings);
    for reading in &readings.all {
        let at = sentence.place_of(&reading.span);
        for wish in wishes(sentence.here, &around, reading) {
            if let Some(known) = constraints.iter_mut().find(|known| known.wish == wish) {
                known.also(at.clone());
                continue;
            }
            let instead = match wish {
                Wish::Has(_) if !matches!(reading.means, Meaning::Explain) => vec![word(sentence, &reading.span)],
                _ => Vec::new(),
            };
            constraints.push(Constraint { wish, from: String::new(), at: vec![at.clone()], instead });
        }
    }
    join_night_to_tonight(&mut constraints);
    for known in &mut constraints {
        let typed: Vec<&str> = known.at.iter().map(|at| sentence.typed(at)).collect();
        known.from = typed.join(" ");
    }
    constraints
}

impl Constraint {
    /// It was said here too: in words of its own, or, where no space was typed, in some of the same.
    fn also(&mut self, at: Range<usize>) {
        match self.at.iter_mut().find(|known| known.start < at.end && at.start < known.end) {
            Some(known) => *known = known.start.min(at.start)..known.end.max(at.end),
            None => self.at.push(at),
        }
    }
}

/// Tonight is at night: who says both says one thing.
fn join_night_to_tonight(constraints: &mut Vec<Constraint>) {
    let is_tonight = |wish: &Wish| matches!(wish, Wish::Day(Day::Span { name: Span::Tonight, .. }));
    let is_night = |wish: &Wish| matches!(wish, Wish::Clock(Clock { part: Some(Part::Night), .. }));
    if constraints.iter().any(|known| is_tonight(&known.wish))
        && let Some(at) = constraints.iter().position(|known| is_night(&known.wish))
    {
        let night = constraints.remove(at);
        if let Some(tonight) = constraints.iter_mut().find(|known| is_tonight(&known.wish)) {
            night.at.into_iter().for_each(|at| tonight.also(at));
        }
    }
}

/// The wishes of one reading. The values that a phrase lists are alternatives; the rest of it stands beside them.
fn wishes(here: &Here, around: &Around, reading: &Reading<'_>) -> Vec<Wish> {
    match &reading.means {
        Meaning::Listed(words) => {
            let values: Vec<Value> = words.means.iter().filter_map(value).collect();
            let has = (!values.is_empty()).then_some(Wish::Has(values));
            has.into_iter().chain(words.means.iter().filter_map(|sense| wish(here, sense))).collect()
        }
        Meaning::Time(time) => vec![Wish::Clock(time.clock(around))],
        Meaning::Amount(wish) | Meaning::Place(wish) => vec![wish.clone()],
        Meaning::Explain => vec![Wish::Has(vec![Value::new(Facet::Kind, Kind::Topic.word())])],
        Meaning::Lost | Meaning::Nowhere | Meaning::Word(_) => Vec::new(),
    }
}

fn value(sense: &Sense) -> Option<Value> {
    match sense {
        Sense::Value { facet, key } => Some(Value::new(Facet::of_word(facet)?, key.as_str())),
        _ => None,
    }
}

fn wish(here: &Here, sense: &Sense) -> Option<Wish> {
    match sense {
        Sense::Value { .. } => None,
        Sense::Day(word) => day(here, word).map(Wish::Day),
        Sense::Part(word) => Part::of_word(word).map(|part| Wish::Clock(Clock::part(part))),
        Sense::Now => Some(Wish::Now),
        Sense::NearHere => Some(Wish::Near(Place::here(here.point))),
    }
}

/// The day of this word, seen from here.
fn day(here: &Here, word: &str) -> Option<Day> {
    if let Some(day) = Days::WEEK.into_iter().find(|day| weekday(*day) == word) {
        return Some(Day::Weekday(day));
    }
    let name = Span::ALL.into_iter().find(|span| span.word() == word)?;
    let now = here.now.datetime();
    let (from, until) = match name {
        Span::Today => (now, midnight_after(now.date())?),
        Span::Tonight => tonight(now)?,
        Span::Tomorrow => {
            let from = midnight_after(now.date())?;
            (from, midnight_after(from.date())?)
        }
        Span::Weekend => weekend(now)?,
    };
    Some(Day::Span { name, from, until })
}

fn midnight_after(date: Date) -> Option<DateTime> {
    Some(date.tomorrow().ok()?.to_datetime(WallTime::midnight()))
}

/// From five to three at night. Who asks at two means the night that is going on.
fn tonight(now: DateTime) -> Option<(DateTime, DateTime)> {
    /// The first hour of a new day.
    const OVER: i8 = 3;
    if now.hour() < OVER {
        return Some((now, now.date().at(OVER, 0, 0, 0)));
    }
    let until = now.date().tomorrow().ok()?.at(OVER, 0, 0, 0);
    Some((now.max(evening(now.date())), until))
}

/// From Friday at five to the end of Sunday.
fn weekend(now: DateTime) -> Option<(DateTime, DateTime)> {
    let days_to = |day: Weekday| i64::from(now.weekday().until(day));
    let sunday = now.date().checked_add(jiff::Span::new().days(days_to(Weekday::Sunday))).ok()?;
    let friday = sunday.yesterday().ok()?.yesterday().ok()?;
    Some((now.max(evening(friday)), midnight_after(sunday)?))
}

fn evening(date: Date) -> DateTime {
    date.at(17, 0, 0, 0)
}

/// What else the question says of the time, and now.
fn around(here: &Here, readings: &Readings<'_>) -> Around {
    let mut around = Around { half: None, night: false, now: 0 };
    let senses = readings.all.iter().filter_map(|reading| match &reading.means {
        Meaning::Listed(words) => Some(&words.means),
        _ => None,
    });
    for sense in senses.flatten() {
        let (Sense::Day(word) | Sense::Part(word)) = sense else { continue };
        match word.as_str() {
            "morning" => around.half = Some(Half::Am),
            "noon" | "afternoon" | "evening" => around.half = Some(Half::Pm),
            "night" | "tonight" => (around.half, around.night) = (Some(Half::Pm), true),
            _ => {}
        }
    }
    let now = here.now.datetime();
    around.now = u16::try_from(i32::from(now.hour()) * 60 + i32::from(now.minute())).unwrap_or(0);
    around
}
