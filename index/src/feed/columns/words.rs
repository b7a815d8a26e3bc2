//! What people write into the cells of a sheet: yes and no, numbers, dates, words of a list. Each reader gives a value, or
//! what would have to stand there.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::{Date, DateTime};

use crate::feed::{clock, dates};
use crate::record::{Attendance, Moud, Openness, Term};
use crate::strict;
use crate::text;
use crate::vocabulary::{Group, Meaning, Vocabulary};

/// More words than this are not listed.
const LISTED: usize = 20;

const YES: [&str; 11] = ["yes", "y", "true", "t", "1", "x", "on", "si", "s", "verdadero", "cierto"];
const NO: [&str; 9] = ["no", "n", "false", "f", "0", "off", "falso", "none", "ninguno"];

/// Yes or no, in English or Spanish.
pub(super) fn truth(written: &str) -> Result<bool, String> {
    let word = text::fold(written);
    let word = word.trim().trim_end_matches(['.', '!']);
    match (YES.contains(&word), NO.contains(&word)) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err("it must be yes or no".to_owned()),
    }
}

/// A whole number, perhaps with the word for what is counted behind it: `12`, `1,200`, `12 beds`. What is counted in
/// something else (`2 weeks`) is no such number.
pub(super) fn count(written: &str, most: u32) -> Result<u32, String> {
    const COUNTED: [&str; 21] = [
        "bed",
        "beds",
        "cama",
        "camas",
        "open",
        "available",
        "vacancy",
        "vacancies",
        "person",
        "persons",
        "people",
        "residents",
        "day",
        "days",
        "dias",
        "page",
        "pages",
        "p",
        "pp",
        "copy",
        "copies",
    ];
    let fault = || format!("it must be a whole number from 0 to {most}");
    let folded = text::fold(written).replace(',', "");
    let folded = folded.trim();
    let (digits, rest) = folded.split_at(folded.find(|c: char| !c.is_ascii_digit()).unwrap_or(folded.len()));
    let words = rest.strip_prefix(".0").unwrap_or(rest);
    let counted = words.split_whitespace().all(|word| COUNTED.contains(&word.trim_end_matches('.')));
    digits.parse().ok().filter(|number| counted && *number <= most).ok_or_else(fault)
}

/// Free beds: a number, or no for none. That there are some says nothing of how many.
pub(super) fn beds(written: &str) -> Result<Option<u32>, String> {
    if ["full", "lleno", "waitlist", "waiting list"].contains(&text::fold(written).trim()) {
        return Ok(Some(0));
    }
    // `1` is one bed, not yes.
    match (count(written, 1_000), truth(written)) {
        (Ok(free), _) => Ok(Some(free)),
        (Err(_), Ok(true)) => Ok(None),
        (Err(_), Ok(false)) => Ok(Some(0)),
        (Err(_), Err(_)) => Err("it must be the number of free beds".to_owned()),
    }
}

/// A number with a point, in `range`.
pub(super) fn number(written: &str, range: RangeInclusive<f64>) -> Result<f64, String> {
    let number = written.trim().parse::<f64>().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("it must be a number from {} to {}", range.start(), range.end()))
}

/// A day: `2026-09-19`, `9/19/2026`, `Sep 19, 2026`. The month comes before the day.
pub(super) fn date(written: &str) -> Result<Date, String> {
    dates::date(written, false).ok_or_else(|| "it must be a date like 2026-09-19".to_owned())
}

/// A day, perhaps with a time of the wall clock: `2026-11-20T09:30:00`, `11/20/2026 9:30 AM`. A day alone is its beginning.
pub(super) fn moment(written: &str) -> Result<DateTime, String> {
    let day = date(written)?;
    let clock = written.split_once(':').map(|(before, _)| {
        let begin = before.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
        let clock = written.get(begin..).unwrap_or_default();
        clock.split(['Z', '+', '.']).next().unwrap_or_default()
    });
    let minute = match clock {
        Some(clock) => clock::minute(clock).ok_or("it must be a date with a time like 2026-11-20 09:30")?,
        None => 0,
    };
    let time = i8::try_from(minute / 60).ok().zip(i8::try_from(minute % 60).ok());
    let time = time.and_then(|(hour, minute)| jiff::civil::Time::new(hour, minute, 0, 0).ok());
    time.map(|time| day.to_datetime(time)).ok_or_else(|| "its time must be from 00:00 to 23:59".to_owned())
}

/// One of some words, however its parts are joined (`case by case` is `case-by-case`).
pub(super) fn choice<T: Clone>(written: &str, words: &[(&str, T)]) -> Result<T, String> {
    let word = joined(written);
    let found = words.iter().find(|(known, _)| *known == word).map(|(_, stands_for)| stands_for.clone());
    found.ok_or_else(|| must_be(&word, &words.iter().map(|(known, _)| *known).collect::<Vec<_>>()))
}

/// What must be one of these words: the one that was probably meant, else all of them, if they are not too many.
fn must_be(word: &str, known: &[&str]) -> String {
    let remedy = strict::remedy(word, known);
    if known.len() <= LISTED || remedy.starts_with("did") {
        return remedy;
    }
    format!("it must be one of {} known words, such as {}", known.len(), known[..5].join(", "))
}

/// Folded, its words joined by hyphens.
pub(super) fn joined(written: &str) -> String {
    let folded = text::fold(written);
    let words = folded.split([' ', '_', '-', '/']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// What a residence says of medication.
pub(super) fn moud(written: &str) -> Result<Moud, String> {
    if let Ok(yes) = truth(written) {
        return Ok(if yes { Moud::Yes } else { Moud::No });
    }
    let words = [
        ("yes", Moud::Yes),
        ("accepted", Moud::Yes),
        ("welcome", Moud::Yes),
        ("allowed", Moud::Yes),
        ("case-by-case", Moud::CaseByCase),
        ("depends", Moud::CaseByCase),
        ("sometimes", Moud::CaseByCase),
        ("limited", Moud::CaseByCase),
        ("caso-por-caso", Moud::CaseByCase),
        ("no", Moud::No),
        ("not-accepted", Moud::No),
        ("not-allowed", Moud::No),
    ];
    choice(written, &words).map_err(|_| "it must be yes, no or case by case".to_owned())
}

/// Who may come.
pub(super) fn open(written: &str) -> Result<Openness, String> {
    let words = [
        (Openness::Open.word(), Openness::Open),
        (Openness::Closed.word(), Openness::Closed),
        (Openness::FamiliesOnly.word(), Openness::FamiliesOnly),
        ("abierta", Openness::Open),
        ("cerrada", Openness::Closed),
    ];
    choice(written, &words)
}

/// How one takes part.
pub(super) fn attendance(written: &str) -> Result<Attendance, String> {
    let mut words = Attendance::ALL.map(|attendance| (attendance.word(), attendance)).to_vec();
    words.extend([
        ("en-persona", Attendance::InPerson),
        ("presencial", Attendance::InPerson),
        ("virtual", Attendance::Online),
        ("zoom", Attendance::Online),
        ("en-linea", Attendance::Online),
        ("hibrida", Attendance::Hybrid),
        ("telephone", Attendance::Phone),
        ("telefono", Attendance::Phone),
    ]);
    choice(written, &words)
}

/// Our terms, by every word for them: their keys, their labels in both languages, and the names under which types go.
pub(super) struct Terms<'v> {
    vocabulary: &'v Vocabulary,
    /// Made when the first term is read: most lists have none.
    known: OnceCell<Known>,
}

type Known = BTreeMap<Group, BTreeMap<String, Term>>;

impl<'v> Terms<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, known: OnceCell::new() }
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            let mut known = Known::new();
            let mut add = |group: Group, word: &str, key: &str| {
                known.entry(group).or_default().entry(joined(word)).or_insert_with(|| Term::new(key));
            };
            // A key before a label, a label before a name.
            for (key, entry) in &self.vocabulary.terms {
                add(entry.group, key, key);
            }
            for (key, entry) in &self.vocabulary.terms {
                for label in [Some(&entry.label.plain), entry.label.es.as_ref()].into_iter().flatten() {
                    add(entry.group, label, key);
                }
            }
            for (name, meanings) in self.vocabulary.codes.get("names").into_iter().flatten() {
                if let [Meaning::Term(term)] = &meanings[..]
                    && let Some(entry) = self.vocabulary.terms.get(term.as_str())
                {
                    add(entry.group, name, term.as_str());
                }
            }
            known
        })
    }

    /// The terms that a text names, as a whole or each of its words between commas; and of the words that name none, what
    /// they must be.
    pub(super) fn read(&self, group: Group, written: &str) -> (Vec<Term>, Vec<(String, String)>) {
        let known = |word: &str| self.known().get(&group)?.get(&joined(word)).cloned();
        let (mut terms, mut wrong) = (Vec::new(), Vec::new());
        if let Some(term) = known(written) {
            return (vec![term], wrong);
        }
        let spelled = written.replace(" and ", ",").replace(" y ", ",").replace(" or ", ",");
        for word in spelled.split([',', '/', '&']).map(str::trim).filter(|word| !word.is_empty()) {
            match known(word) {
                Some(term) => terms.push(term),
                None => wrong.push((word.to_owned(), self.must_be(group, word))),
            }
        }
        (terms, wrong)
    }

    fn must_be(&self, group: Group, word: &str) -> String {
        let terms = self.vocabulary.terms.iter().filter(|(_, entry)| entry.group == group);
        must_be(&joined(word), &terms.map(|(key, _)| key.as_str()).collect::<Vec<_>>())
    }
}
