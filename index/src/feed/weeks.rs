//! Weeks of the month in words: "2nd & 4th Fridays Only". They become a rule only where they can mean nothing but the
//! meeting itself; most such words are about one evening among many ("birthdays on the last Friday") and stay words.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use jiff::civil::Weekday;

use super::clock;
use crate::schedule::Weeks;
use crate::text;

#[cfg(test)]
mod tests;

/// What the words of a row say about weeks of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WeeksSaid {
    /// Nothing: every week.
    Nothing,
    /// The meeting is held in these weeks alone.
    Only(Weeks),
    /// Something about certain weeks, but not beyond doubt when the meeting is held.
    Unclear,
}

/// What a row's name and notes say about the weeks in which a meeting on these days is held. `hours` are its start and
/// its end, as minutes of the day: notes that name another hour are about something else.
pub(super) fn read(on: &[Weekday], hours: &[u16], name: &str, notes: &[&str]) -> WeeksSaid {
    // Most say nothing of weeks, and a directory has many.
    where_it_may(may_speak_of_weeks, on, hours, name, notes)
}

/// The same, where only those texts and clauses are taken apart that `may` speak of weeks.
fn where_it_may(may: fn(&str) -> bool, on: &[Weekday], hours: &[u16], name: &str, notes: &[&str]) -> WeeksSaid {
    let mut found = Found::default();
    if may(name) {
        let aside = text::words(name).any(|word| ABOUT_ONE_EVENING.contains(&word.as_str()));
        let segments = name.split(['(', ')', '[', ']', '"', '“', '”', '|']).flat_map(|piece| piece.split(" - "));
        for segment in segments.filter(|segment| may(segment)) {
            let clause = Clause::of(segment);
            let pure = clause.other.iter().all(|word| is_neutral(word));
            found.add(&clause, on, !aside && (pure || clause.only && !clause.is_aside()));
        }
    }
    let name_words = LazyCell::new(|| -> BTreeSet<String> {
        text::words(name).filter(|word| !ASIDE.contains(&word.as_str())).collect()
    });
    for text in notes.iter().filter(|text| may(text)) {
        let clauses = clauses(text);
        let whole = clauses.iter().filter(|clause| !clause.trim().is_empty()).count() == 1;
        for clause in clauses.iter().filter(|clause| may(clause)) {
            let clause = Clause::of(clause);
            let sure = clause.is_about_the_meeting(&name_words, whole) && !clause.names_another_hour(hours);
            found.add(&clause, on, sure);
        }
    }
    found.said()
}

/// Whether a word stands in a text without which no clause of it can speak of weeks.
fn may_speak_of_weeks(text: &str) -> bool {
    const OTHERS: [&str; 6] = ["other", "bi", "biweekly", "fortnightly", "alternate", "alternating"];
    let speaking = || NTH.iter().chain(&OTHERS);
    if text.is_ascii() && !text.contains(['\'', '`', '\r']) {
        // Nothing would be folded but the case of letters, so nothing is copied.
        let mut words = text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
        return words.any(|word| {
            let begins = word.first().is_some_and(|first| b"12345fstlobaFSTLOBA".contains(first));
            begins && speaking().any(|speaks| word.eq_ignore_ascii_case(speaks.as_bytes()))
        });
    }
    let folded = text::fold(text).replace(['\'', '’', '\r'], "");
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| speaking().any(|speaks| word == *speaks))
}

#[derive(Default)]
struct Found {
    sure: Vec<Weeks>,
    unclear: bool,
}

impl Found {
    fn add(&mut self, clause: &Clause, on: &[Weekday], sure: bool) {
        if clause.groups.is_empty() {
            self.unclear |= clause.unreadable;
            return;
        }
        let weeks = clause.groups.iter().fold(Weeks::EVERY, |all, (weeks, _)| all.union(*weeks));
        let weeks = if clause.is_exception() { all_but(weeks) } else { Some(weeks) };
        let same_day = matches!(on, [day] if clause.groups.iter().all(|(_, named)| named == day));
        match weeks {
            Some(weeks) if sure && same_day && !clause.unreadable => self.sure.push(weeks),
            _ => self.unclear = true,
        }
    }

    /// Words about other evenings beside a clear rule do not make the rule unclear; two rules that differ do.
    fn said(&self) -> WeeksSaid {
        match self.sure.split_first() {
            Some((first, others)) if others.iter().all(|other| other == first) => WeeksSaid::Only(*first),
            Some(_) => WeeksSaid::Unclear,
            None if self.unclear => WeeksSaid::Unclear,
            None => WeeksSaid::Nothing,
        }
    }
}

/// All weeks but these. The last week cannot be taken away: it is the fourth in one month and the fifth in another.
fn all_but(weeks: Weeks) -> Option<Weeks> {
    if weeks.names_last() {
        return None;
    }
    let others = (1..=5).filter(|n| !weeks.names(*n)).filter_map(Weeks::nth);
    Some(others.fold(Weeks::EVERY, Weeks::union))
}

/// The clauses of a text. An abbreviated weekday ("3rd Fri. has chips") ends no clause, nor does a line that ends in the
/// middle of one.
fn clauses(text: &str) -> Vec<String> {
    let mut clauses = vec![String::new()];
    let joined = text.replace(":\n", ": ").replace(",\n", ", ").replace("-\n", "- ").replace('\r', "");
    let mut words = joined.split_inclusive(char::is_whitespace).peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_end();
        if let Some(last) = clauses.last_mut() {
            last.push_str(word);
        }
        let stem = text::fold(bare.trim_end_matches(['.', '!', '?', ';']));
        let shortened = !stem.contains("day") && clock::weekday(&stem).is_some() || stem == "a.m" || stem == "p.m";
        let ends_sentence = bare.ends_with(['.', '!', '?', ';']) && !shortened;
        if (ends_sentence || word.contains('\n')) && words.peek().is_some() {
            clauses.push(String::new());
        }
    }
    clauses
}

/// A clause, taken apart: groups of weeks with their weekday, and all other words.
#[derive(Debug, Default)]
struct Clause {
    groups: Vec<(Weeks, Weekday)>,
    other: Vec<String>,
    /// It speaks of weeks in a way that is no rule: "every other", "second week", "last meeting of the month".
    unreadable: bool,
    /// "Only" stands right after a group.
    only: bool,
}

impl Clause {
    fn of(text: &str) -> Self {
        let text = text::fold(text).replace("p.m", "pm").replace("a.m", "am");
        let text = text.replace(['&', '/', '+'], " and ").replace(['\'', '’'], "");
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric() && c != ':')
            .map(|word| word.trim_matches(':'))
            .filter(|word| !word.is_empty())
            .collect();
        let mut clause = Self::default();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let rest = &words[at..];
            if let Some((weeks, day, length)) = group(rest) {
                clause.groups.push((weeks, day));
                at += length;
                clause.only |= words.get(at) == Some(&"only");
                continue;
            }
            clause.unreadable |= speaks_of_weeks(rest);
            clause.other.push((*word).to_owned());
            at += 1;
        }
        clause
    }

    /// Whether it can only be about when the meeting itself is held (or not held).
    fn is_about_the_meeting(&self, name_words: &BTreeSet<String>, whole: bool) -> bool {
        let says = |wanted: &[&str]| self.other.iter().any(|word| wanted.contains(&word.as_str()));
        if self.is_exception() {
            return self.other.iter().all(|word| is_neutral(word) || EXCEPT.contains(&word.as_str()));
        }
        let held = says(&["only", "meets", "meet", "held", "occurs", "gathers", "takes"]);
        if self.other.iter().all(|word| is_neutral(word) || name_words.contains(word)) {
            return held || whole;
        }
        let monthly = says(&["once", "monthly"]);
        says(&["only"]) && held && monthly && !self.is_aside()
    }

    /// Whether a time of day stands in it that is none of these. A time without its half of the day may mean either.
    fn names_another_hour(&self, hours: &[u16]) -> bool {
        self.other.iter().enumerate().any(|(at, word)| {
            let half = self.other.get(at + 1).map(String::as_str).filter(|half| ["am", "pm"].contains(half));
            let spelled = |half: &str| clock::minute(&format!("{word}{half}"));
            let meant = match half {
                Some(half) => vec![spelled(half)],
                None if spelled("").is_some_and(|minute| minute >= 13 * 60) => vec![spelled("")],
                None => vec![spelled(""), spelled("am"), spelled("pm")],
            };
            let mut meant = meant.into_iter().flatten().peekable();
            meant.peek().is_some() && !meant.any(|minute| hours.contains(&minute))
        })
    }

    fn is_aside(&self) -> bool {
        self.other.iter().any(|word| ASIDE.contains(&word.as_str()))
    }

    fn is_exception(&self) -> bool {
        let says = |wanted: &str| self.other.iter().any(|word| word == wanted);
        says("except") || (says("no") && (says("meeting") || says("meetings")))
    }
}

/// Words of a clause that leaves out a week.
const EXCEPT: &[&str] = &["no", "except", "for"];

/// Words that make a name's weeks those of one evening among others.
const ABOUT_ONE_EVENING: &[&str] =
    &["open", "closed", "birthday", "birthdays", "chip", "chips", "business", "potluck", "eating", "celebration"];

/// Words that show that a clause is about something beside the meeting, even when they stand in its name.
const ASIDE: &[&str] = &[
    "open",
    "closed",
    "birthday",
    "birthdays",
    "chip",
    "chips",
    "business",
    "potluck",
    "eating",
    "celebration",
    "speaker",
    "speakers",
    "welcome",
    "room",
    "zoom",
    "online",
    "person",
    "hybrid",
];

/// Words that change nothing about what weeks mean.
fn is_neutral(word: &str) -> bool {
    const NEUTRAL: &[&str] = &[
        "this", "the", "a", "an", "meeting", "meetings", "mtg", "group", "we", "it", "meets", "meet", "met", "is",
        "are", "be", "held", "occurs", "occur", "gathers", "gather", "takes", "place", "only", "on", "of", "each",
        "every", "month", "months", "monthly", "in", "at", "time", "times", "from", "to", "till", "until", "note",
        "please", "and", "am", "pm", "noon", "just", "once", "per", "will", "central", "eastern", "mountain",
        "pacific", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "et", "ct", "mt", "pt",
    ];
    let clock = word.starts_with(|c: char| c.is_ascii_digit())
        && word.trim_end_matches("am").trim_end_matches("pm").chars().all(|c| c.is_ascii_digit() || c == ':');
    NEUTRAL.contains(&word) || clock || clock::weekday(word).is_some()
}

/// "1st, 3rd and 5th Tuesday(s)" at the beginning of `words`: the weeks, the day, and how many words that is.
fn group(words: &[&str]) -> Option<(Weeks, Weekday, usize)> {
    let mut weeks = nth(words.first()?)?;
    for (at, word) in words.iter().enumerate().skip(1) {
        if let Some(next) = nth(word) {
            weeks = weeks.union(next);
        } else if *word != "and" {
            return clock::weekday(word).map(|day| (weeks, day, at + 1));
        }
    }
    None
}

/// The weeks of a month by number, two words for each, and the last.
const NTH: [&str; 11] = ["1st", "first", "2nd", "second", "3rd", "third", "4th", "fourth", "5th", "fifth", "last"];

fn nth(word: &str) -> Option<Weeks> {
    let at = NTH.iter().position(|nth| *nth == word)?;
    if at + 1 == NTH.len() { Some(Weeks::LAST) } else { Weeks::nth(u8::try_from(at / 2 + 1).ok()?) }
}

/// Whether words begin that speak of certain weeks without being a group.
fn speaks_of_weeks(words: &[&str]) -> bool {
    let second = words.get(1).copied().unwrap_or_default();
    let third = words.get(2).copied().unwrap_or_default();
    match *words {
        ["every", "other", ..] => clock::weekday(third).is_some() || ["week", "weeks"].contains(&third),
        ["biweekly" | "fortnightly", ..] | ["bi", "weekly", ..] => true,
        ["alternate" | "alternating", ..] => clock::weekday(second).is_some() || ["week", "weeks"].contains(&second),
        [first, ..] if nth(first).is_some() => {
            let of_month =
                ["of", "in"].contains(&third) && words.iter().skip(3).take(2).any(|word| word.starts_with("month"));
            ["week", "weeks"].contains(&second) || (["meeting", "meetings"].contains(&second) && of_month)
        }
        _ => false,
    }
}
