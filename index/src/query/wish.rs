//! What can be wished for: values of facets, times, places, a fee.

use std::fmt;

use jiff::civil::{DateTime, Weekday};

use super::{Facet, Value};
use crate::record::Point;

/// What is wished for.
#[derive(Clone, PartialEq)]
pub enum Wish {
    /// One of these values; the first names the wish. Never empty.
    Has(Vec<Value>),
    /// Something that happens on this day.
    Day(Day),
    /// Something that happens at this time of the day.
    Clock(Clock),
    /// Something that is going on, or about to begin.
    Now,
    /// Something in this place.
    In(Place),
    /// What is nearest to this place first. Leaves nothing out.
    Near(Place),
    /// Something at most so many miles away from this place.
    Within(Place, f64),
    /// A residence that asks for at most so many dollars a week.
    Fee(u32),
}

/// A day that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// This day of the week, whichever week.
    Weekday(Weekday),
    /// From one moment to another, by the clock on the kiosk's wall.
    Span {
        /// How it was called.
        name: Span,
        /// Its first moment.
        from: DateTime,
        /// The first moment after it.
        until: DateTime,
    },
}

/// Days that are named from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// What is left of today.
    Today,
    /// From this evening until three at night.
    Tonight,
    /// Tomorrow.
    Tomorrow,
    /// From Friday evening to the end of Sunday.
    Weekend,
}

impl Span {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Today, Self::Tonight, Self::Tomorrow, Self::Weekend];

    /// The word for it in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Tonight => "tonight",
            Self::Tomorrow => "tomorrow",
            Self::Weekend => "weekend",
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// 5 to 12.
    Morning,
    /// About 12.
    Noon,
    /// 12 to 17.
    Afternoon,
    /// 17 to 21; asked for in words, to 22.
    Evening,
    /// 21 to 5; asked for in words, 17 to 3.
    Night,
}

impl Part {
    /// The parts that can be chosen: they divide the day.
    pub const ALL: [Self; 4] = [Self::Morning, Self::Afternoon, Self::Evening, Self::Night];

    /// The word for it in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Noon => "noon",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
            Self::Night => "night",
        }
    }

    /// The part of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Morning, Self::Noon, Self::Afternoon, Self::Evening, Self::Night]
            .into_iter()
            .find(|part| part.word() == word)
    }

    /// Its first minute and the first minute after it, where the parts divide the day. Past 1440 is the next day.
    pub fn minutes(self) -> (u16, u16) {
        match self {
            Self::Morning => (5 * 60, 12 * 60),
            Self::Noon => (11 * 60 + 30, 13 * 60),
            Self::Afternoon => (12 * 60, 17 * 60),
            Self::Evening => (17 * 60, 21 * 60),
            Self::Night => (21 * 60, 29 * 60),
        }
    }
}

/// A time of the day: starts from one minute on, and before another. Past 1440 is the night after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    /// The part of the day that was named, if it was one.
    pub part: Option<Part>,
    /// The first minute of the day.
    pub from: u16,
    /// The first minute after it.
    pub until: u16,
    /// The minute that was meant: what is nearer to it comes first.
    pub at: Option<u16>,
}

impl Clock {
    /// A part of the day, as people mean it: Friday night begins in the evening.
    pub fn part(part: Part) -> Self {
        let (from, until) = match part {
            Part::Evening => (17 * 60, 22 * 60),
            Part::Night => (17 * 60, 27 * 60),
            other => other.minutes(),
        };
        Self { part: Some(part), from, until, at: None }
    }

    /// A part of the day as it can be chosen.
    pub fn chosen(part: Part) -> Self {
        let (from, until) = part.minutes();
        Self { part: Some(part), from, until, at: None }
    }

    /// About this minute of the day: half an hour sooner or later.
    pub fn at(minute: u16) -> Self {
        const ABOUT: u16 = 30;
        let from = minute.saturating_sub(ABOUT);
        Self { part: None, from, until: minute + ABOUT + 1, at: Some(minute) }
    }

    /// From this minute on, into the night.
    pub fn after(minute: u16) -> Self {
        Self { part: None, from: minute, until: 27 * 60, at: None }
    }

    /// Before this minute, from the early morning on.
    pub fn before(minute: u16) -> Self {
        Self { part: None, from: 4 * 60, until: minute, at: None }
    }
}

/// A place that the directory knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// As the directory writes it. Empty for where the kiosk stands.
    pub name: String,
    /// Its name folded, by which it is found.
    pub key: String,
    /// Its middle, when that is known.
    pub point: Option<Point>,
}

impl Place {
    /// Where the kiosk stands.
    pub fn here(point: Option<Point>) -> Self {
        Self { name: String::new(), key: String::new(), point }
    }

    /// Its name, or `here`.
    pub fn word(&self) -> &str {
        if self.key.is_empty() { "here" } else { &self.name }
    }
}

impl Wish {
    /// What it is about, in JSON: a facet's word, or `day`, `part`, `time`, `now`, `place`, `near`, `within`, `fee`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Has(values) => values.first().map_or("", |value| value.facet.word()),
            Self::Day(_) => "day",
            Self::Clock(Clock { part: Some(_), .. }) => "part",
            Self::Clock(_) => "time",
            Self::Now => "now",
            Self::In(_) => "place",
            Self::Near(_) => "near",
            Self::Within(..) => "within",
            Self::Fee(_) => "fee",
        }
    }

    /// What is wished for, in JSON: a value's key, a day's word, `after 18:00`, a place's name, `5 miles of Downtown`.
    pub fn value(&self) -> String {
        match self {
            Self::Has(values) => values.first().map(|value| value.key.clone()).unwrap_or_default(),
            Self::Day(Day::Weekday(day)) => weekday(*day).to_owned(),
            Self::Day(Day::Span { name, .. }) => name.word().to_owned(),
            Self::Clock(clock) => match (clock.part, clock.at) {
                (Some(part), _) => part.word().to_owned(),
                (None, Some(at)) => hour(at),
                (None, None) if *clock == Clock::after(clock.from) => format!("after {}", hour(clock.from)),
                (None, None) if *clock == Clock::before(clock.until) => format!("before {}", hour(clock.until)),
                (None, None) => format!("{}-{}", hour(clock.from), hour(clock.until)),
            },
            Self::Now => "now".to_owned(),
            Self::In(place) | Self::Near(place) => place.word().to_owned(),
            Self::Within(place, miles) if place.key.is_empty() => format!("{miles} miles"),
            Self::Within(place, miles) => format!("{miles} miles of {}", place.name),
            Self::Fee(dollars) => format!("{dollars} a week"),
        }
    }

    /// The facet whose values it names.
    pub fn facet(&self) -> Option<Facet> {
        match self {
            Self::Has(values) => values.first().map(|value| value.facet),
            Self::Day(_) => Some(Facet::Day),
            Self::Clock(_) => Some(Facet::Part),
            _ => None,
        }
    }

    /// Whether it is about when.
    pub fn is_time(&self) -> bool {
        matches!(self, Self::Day(_) | Self::Clock(_) | Self::Now)
    }

    /// Whether it is about where.
    pub fn is_place(&self) -> bool {
        self.place().is_some()
    }

    /// The place that it names.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::In(place) | Self::Near(place) | Self::Within(place, _) => Some(place),
            _ => None,
        }
    }
}

impl fmt::Debug for Wish {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A place is a word that was typed.
        out.write_str(self.kind())
    }
}

/// The word for a day of the week in files and in JSON.
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Sunday => "sunday",
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
    }
}

/// A minute of the day as `18:05`.
fn hour(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}
