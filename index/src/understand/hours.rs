//! Times of the day as people write them: `7pm`, `7:30 p.m.`, `19:00`, `5-7pm`, "after 6", "a las 7 de la noche",
//! "between 5 and 7".

use super::readings::{Meaning, Reading};
use super::sentence::Sentence;
use crate::query::Clock;
use crate::vocabulary::Sense;
use crate::vocabulary::lookup::{Role, Use};

/// Words before the first of two hours.
const FROM: [&str; 5] = ["between", "from", "entre", "de", "desde"];

/// Words between two hours.
const TO: [&str; 8] = ["and", "to", "until", "till", "y", "a", "hasta", "e"];

/// Words that may stand before a Spanish hour.
const THE: [&str; 2] = ["las", "la"];

/// Hours in words, from two on: one is too often another word.
const SPOKEN: [[&str; 2]; 11] = [
    ["two", "dos"],
    ["three", "tres"],
    ["four", "cuatro"],
    ["five", "cinco"],
    ["six", "seis"],
    ["seven", "siete"],
    ["eight", "ocho"],
    ["nine", "nueve"],
    ["ten", "diez"],
    ["eleven", "eleven"],
    ["twelve", "doce"],
];

/// Half of a day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// An hour by the clock, with the half of the day as far as it was said.
#[derive(Clone, Copy)]
pub(super) struct Stroke {
    hour: u16,
    minute: u16,
    half: Option<Half>,
    /// It can be nothing else: it has minutes, or says its half.
    sure: bool,
}

/// A time that was asked for.
#[derive(Clone, Copy)]
pub(super) enum Time {
    At(Stroke),
    After(Stroke),
    Before(Stroke),
    Between(Stroke, Stroke),
}

/// What decides between morning and evening when the hour does not say it.
pub(super) struct Around {
    /// The half in which the named part of the day lies.
    pub(super) half: Option<Half>,
    /// It is a night: twelve, one and two come after the evening.
    pub(super) night: bool,
    /// Now, in minutes of the day.
    pub(super) now: u16,
}

/// Whether this word belongs to hours.
pub(super) fn knows(word: &str) -> bool {
    SPOKEN.iter().flatten().chain(&FROM).chain(&TO).any(|known| *known == word)
}

/// The time that begins at this word: one that says that it is a time.
pub(super) fn at<'a>(sentence: &Sentence<'_>, at: usize) -> Option<Reading<'a>> {
    let possible = [led(sentence, at), between(sentence, at), sure(sentence, at)];
    let (time, end) = possible.into_iter().flatten().max_by_key(|(_, end)| *end)?;
    Some(Reading { span: at..end, means: Meaning::Time(time) })
}

/// An hour, or two, behind a word for it: "after 6".
fn led(sentence: &Sentence<'_>, at: usize) -> Option<(Time, usize)> {
    [Role::After, Role::Before, Role::At].into_iter().find_map(|role| {
        let behind = sentence.role(at, role)?;
        if let Some(range) = two(sentence, behind).filter(|_| role == Role::At) {
            return Some(range);
        }
        let (hour, end) = hour_or_noon(sentence, behind)?;
        let time = match role {
            Role::After => Time::After(hour),
            Role::Before => Time::Before(hour),
            _ => Time::At(hour),
        };
        Some((time, end))
    })
}

/// "between 5 and 7", "from 5 to 7", "de 5 a 7".
fn between(sentence: &Sentence<'_>, at: usize) -> Option<(Time, usize)> {
    FROM.contains(&sentence.word(at)).then(|| two(sentence, over(sentence, at + 1, &THE)))?
}

/// `7pm`, `19:00`, `5-7pm`, "5 to 7 pm".
fn sure(sentence: &Sentence<'_>, at: usize) -> Option<(Time, usize)> {
    bare(sentence, at).filter(|(time, _)| match time {
        Time::Between(from, until) => from.sure || until.sure,
        Time::At(hour) | Time::After(hour) | Time::Before(hour) => hour.sure,
    })
}

/// An hour, or two, that may as well be other numbers.
pub(super) fn bare(sentence: &Sentence<'_>, at: usize) -> Option<(Time, usize)> {
    two(sentence, at).or_else(|| hour(sentence, at).map(|(hour, end)| (Time::At(hour), end)))
}

/// `5-7`, "5 to 7".
fn two(sentence: &Sentence<'_>, at: usize) -> Option<(Time, usize)> {
    if let Some((raw, end)) = sentence.shape(at)
        && let Some((from, until)) = raw.split_once(['-', '–'])
    {
        let (until, end) = with_half(sentence, spelled(until)?, end);
        return Some((Time::Between(spelled(from)?, until), end));
    }
    let (from, to) = hour(sentence, at)?;
    let (until, end) = TO.contains(&sentence.word(to)).then(|| hour(sentence, over(sentence, to + 1, &THE)))??;
    Some((Time::Between(from, until), end))
}

/// Behind the words of `filler`, if they stand at `at`.
fn over(sentence: &Sentence<'_>, at: usize, filler: &[&str]) -> usize {
    if filler.contains(&sentence.word(at)) { at + 1 } else { at }
}

fn hour_or_noon(sentence: &Sentence<'_>, at: usize) -> Option<(Stroke, usize)> {
    let noon = || {
        let is_noon = |used| match used {
            Use::Wish(number) => sentence
                .vocabulary
                .wishes
                .get(number)
                .is_some_and(|wish| matches!(wish.means.as_slice(), [Sense::Part(part)] if part == "noon")),
            _ => false,
        };
        let (end, _) = sentence.phrases(at).find(|(_, used)| is_noon(*used))?;
        Some((Stroke { hour: 12, minute: 0, half: Some(Half::Pm), sure: true }, end))
    };
    hour(sentence, at).or_else(noon)
}

/// An hour with the words behind it that say its half.
fn hour(sentence: &Sentence<'_>, at: usize) -> Option<(Stroke, usize)> {
    if let Some(hour) = SPOKEN.iter().position(|words| words.contains(&sentence.word(at))) {
        let hour = Stroke { hour: u16::try_from(hour).ok()? + 2, minute: 0, half: None, sure: false };
        return Some(with_half(sentence, hour, at + 1));
    }
    let (raw, end) = sentence.shape(at)?;
    let minutes_are_missing = end > at + 1 && sentence.is_unfinished(end - 1);
    let hour = spelled(raw).or_else(|| spelled(raw.split_once(':').filter(|_| minutes_are_missing)?.0))?;
    Some(with_half(sentence, hour, end))
}

fn with_half(sentence: &Sentence<'_>, hour: Stroke, end: usize) -> (Stroke, usize) {
    let end = over(sentence, end, &["oclock", "horas", "hrs"]);
    let said = [(Role::Am, Half::Am), (Role::Pm, Half::Pm)]
        .into_iter()
        .find_map(|(role, half)| Some((half, sentence.role(end, role)?)))
        .filter(|_| hour.half.is_none() && hour.hour <= 12);
    match said {
        Some((half, end)) => (Stroke { half: Some(half), sure: true, ..hour }, end),
        None => (hour, end),
    }
}

/// `7`, `7pm`, `7:30`, `7.30pm`, `19:00`, `19h`.
fn spelled(raw: &str) -> Option<Stroke> {
    const HALVES: [(&str, Option<Half>, bool); 8] = [
        ("p.m", Some(Half::Pm), true),
        ("a.m", Some(Half::Am), true),
        ("pm", Some(Half::Pm), true),
        ("am", Some(Half::Am), true),
        // A flat may be called 4a, so these are only hours where an hour is expected.
        ("p", Some(Half::Pm), false),
        ("a", Some(Half::Am), false),
        ("hrs", None, true),
        ("h", None, true),
    ];
    let raw = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '$' && c != '#');
    let ending = HALVES.into_iter().find_map(|(end, half, sure)| Some((raw.strip_suffix(end)?, half, sure)));
    let (digits, half, sure) = ending.unwrap_or((raw, None, false));
    let (hour, minute) = match digits.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, Some(number(minute)?)),
        Some(_) => return None,
        None => (digits, None),
    };
    let hour = Some(hour).filter(|hour| hour.len() <= 2).and_then(number)?;
    let minute_fits = minute.is_none_or(|minute| minute < 60);
    let hour_fits = if half.is_some() { (1..=12).contains(&hour) } else { hour < 24 && (hour > 0 || minute.is_some()) };
    let sure = sure || minute.is_some();
    (hour_fits && minute_fits).then_some(Stroke { hour, minute: minute.unwrap_or(0), half, sure })
}

fn number(digits: &str) -> Option<u16> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

impl Stroke {
    /// Its minute of the day.
    fn minute_of(self, around: &Around) -> u16 {
        let minute = self.hour * 60 + self.minute;
        if self.half.is_none() && !(1..=12).contains(&self.hour) {
            return minute;
        }
        let morning = self.hour % 12 * 60 + self.minute;
        let evening = morning + HALF;
        match self.half.or(around.half) {
            _ if around.night && self.hour % 12 < 3 && self.half != Some(Half::Am) => morning + 2 * HALF,
            Some(Half::Am) => morning,
            None if around.now <= morning => morning,
            Some(Half::Pm) | None => evening,
        }
    }
}

/// Minutes of half a day.
const HALF: u16 = 12 * 60;

impl Time {
    /// As a wish, morning and evening decided.
    pub(super) fn clock(self, around: &Around) -> Clock {
        match self {
            Self::At(hour) => Clock::at(hour.minute_of(around)),
            Self::After(hour) => Clock::after(hour.minute_of(around)),
            Self::Before(hour) => Clock::before(hour.minute_of(around)),
            Self::Between(from, until) => between_hours(from, until, around),
        }
    }
}

/// What one of the hours says of its half holds for the other too, unless they would come in the wrong order.
fn between_hours(from: Stroke, until: Stroke, around: &Around) -> Clock {
    let said = from.half.or(until.half);
    let around = Around { half: said.or(around.half), night: said.is_none() && around.night, now: around.now };
    let until_minute = until.minute_of(&around);
    let mut first = from.minute_of(&around);
    if first >= until_minute && from.half.is_none() && first >= HALF {
        first -= HALF;
    }
    let mut last = until_minute;
    while last <= first {
        last += HALF;
    }
    Clock { part: None, from: first, until: last, at: None }
}
