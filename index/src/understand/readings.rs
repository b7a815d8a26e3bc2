//! What each run of words may mean, and which of these readings hold.
//!
//! One rule decides: the longest reading wins, and of equally long ones the surer. Readings that lean on others ("open"
//! beside a meeting, a bare "7" beside a day) are looked for when those have been found.

use std::ops::Range;

use super::amounts;
use super::hours::{self, Time};
use super::places;
use super::sentence::Sentence;
use crate::query::{Wish, Word};
use crate::vocabulary::lookup::{Role, Use};
use crate::vocabulary::{Sense, WishWords};

/// What some words mean.
pub(super) enum Meaning<'a> {
    /// The wishes that the vocabulary lists for them.
    Listed(&'a WishWords),
    /// A time of the day, whose half is not decided yet.
    Time(Time),
    /// A distance, an amount of money.
    Amount(Wish),
    /// A place.
    Place(Wish),
    /// Something that cannot be had here: what is near an unknown point. The words are understood all the same.
    Lost,
    /// A place that nobody lists.
    Nowhere,
    /// One word to look for.
    Word(Word),
    /// What follows shall be explained.
    Explain,
}

/// What the words of `span` mean.
pub(super) struct Reading<'a> {
    pub(super) span: Range<usize>,
    pub(super) means: Meaning<'a>,
}

impl Reading<'_> {
    /// Of equally long readings the one with the lowest is the surest.
    fn doubt(&self) -> u8 {
        match self.means {
            Meaning::Listed(_) => 0,
            Meaning::Time(_) | Meaning::Amount(_) | Meaning::Lost => 1,
            Meaning::Place(_) | Meaning::Nowhere => 2,
            Meaning::Word(_) | Meaning::Explain => 3,
        }
    }

    /// What the vocabulary lists for it.
    fn senses(&self) -> &[Sense] {
        match &self.means {
            Meaning::Listed(wish) => &wish.means,
            _ => &[],
        }
    }

    /// Whether it is about meetings: beside it, "open" says who may come.
    fn is_about_meetings(&self) -> bool {
        self.senses().iter().any(|sense| match sense {
            Sense::Value { facet, key } => match *facet {
                "kind" => key == "meeting",
                "door" => key == "meetings",
                "fellowship" | "style" | "open" => true,
                _ => false,
            },
            _ => false,
        })
    }

    /// Whether it names a day or a part of one: beside it, "7" is an hour.
    fn is_about_days(&self) -> bool {
        self.senses().iter().any(|sense| matches!(sense, Sense::Day(_) | Sense::Part(_)))
    }
}

/// The readings that hold, none over another, in the order of the words.
pub(super) struct Readings<'a> {
    pub(super) all: Vec<Reading<'a>>,
}

impl<'a> Readings<'a> {
    /// What the words of a sentence mean. What is left over are words to look for.
    pub(super) fn of(sentence: &Sentence<'a>) -> Self {
        let mut readings = Self { all: Vec::new() };
        readings.take((0..sentence.tokens.len()).flat_map(|at| possible(sentence, at)).collect());
        readings.take(beside_meetings(sentence, &readings));
        readings.take(bare_hours(sentence, &readings));
        readings.take(amounts::fees_of_housing(sentence, &readings));
        readings.explain(sentence);
        readings
    }

    /// "What is a halfway house": no house is asked for, but a page on it. What asks for a time or a place asks for more.
    fn explain(&mut self, sentence: &Sentence<'a>) {
        let begins = sentence.phrases(0).filter(|(_, used)| matches!(used, Use::Little(Role::Explain)));
        let Some(end) = begins.map(|(end, _)| end).max().filter(|end| *end < sentence.tokens.len()) else { return };
        let is_value = |sense: &Sense| matches!(sense, Sense::Value { .. });
        let plain = |reading: &Reading<'_>| match &reading.means {
            Meaning::Listed(wish) => wish.means.iter().all(is_value),
            Meaning::Word(_) => true,
            _ => false,
        };
        if self.all.iter().filter(|reading| reading.span.start >= end).all(plain) {
            self.all.retain(|reading| reading.span.start >= end);
            for reading in &mut self.all {
                reading.means = Meaning::Word(word(sentence, &reading.span));
            }
            self.all.insert(0, Reading { span: 0..end, means: Meaning::Explain });
        }
    }

    /// Takes the longest first, then the surest, as far as their words are free.
    fn take(&mut self, mut possible: Vec<Reading<'a>>) {
        possible.sort_by_key(|reading| (usize::MAX - reading.span.len(), reading.doubt(), reading.span.start));
        for reading in possible {
            if reading.span.clone().all(|at| self.is_free(at)) {
                self.all.push(reading);
            }
        }
        self.all.sort_by_key(|reading| reading.span.start);
    }

    /// What the word at `at` belongs to.
    pub(super) fn at(&self, at: usize) -> Option<&Reading<'a>> {
        self.all.iter().find(|reading| reading.span.contains(&at))
    }

    /// Whether the word at `at` is understood by nothing yet.
    pub(super) fn is_free(&self, at: usize) -> bool {
        self.at(at).is_none()
    }

    /// Whether some value of this facet, or of this value alone, is wished for.
    pub(super) fn wishes_for(&self, facet: &str, key: Option<&str>) -> bool {
        let senses = self.all.iter().flat_map(Reading::senses);
        let mut values = senses.filter_map(|sense| match sense {
            Sense::Value { facet, key } => Some((*facet, key.as_str())),
            _ => None,
        });
        values.any(|(of, value)| of == facet && key.is_none_or(|key| key == value))
    }
}

/// All that the words at `at` may mean for themselves.
fn possible<'a>(sentence: &Sentence<'a>, at: usize) -> Vec<Reading<'a>> {
    let mut possible = places::at(sentence, at);
    possible.extend(hours::at(sentence, at));
    possible.extend(amounts::at(sentence, at));
    for (end, used) in sentence.phrases(at) {
        let span = at..end;
        match used {
            Use::Wish(number) => {
                let wish = sentence.vocabulary.wishes.get(number).filter(|wish| !wish.beside);
                possible.extend(wish.and_then(|wish| listed(sentence, span, wish)));
            }
            // A single word has no need to be kept together.
            Use::Synonym(_) if span.len() > 1 => {
                let word = word(sentence, &span);
                possible.push(Reading { span, means: Meaning::Word(word) });
            }
            Use::Synonym(_) | Use::Little(_) => {}
        }
    }
    possible
}

fn listed<'a>(sentence: &Sentence<'a>, span: Range<usize>, wish: &'a WishWords) -> Option<Reading<'a>> {
    let of_the_wish = |word: &str| wish.typed.iter().flatten().any(|typed| typed == word);
    let lost = wish.means.contains(&Sense::NearHere) && sentence.here.point.is_none();
    let means = if lost { Meaning::Lost } else { Meaning::Listed(wish) };
    sentence.is_settled(&span, &of_the_wish).then_some(Reading { span, means })
}

/// One word to look for in place of all of `span`, with what directories write for it.
pub(super) fn word(sentence: &Sentence<'_>, span: &Range<usize>) -> Word {
    let number = sentence.phrases(span.start).find_map(|(end, used)| match used {
        Use::Synonym(number) if end == span.end => Some(number),
        _ => None,
    });
    let synonym = number.and_then(|number| sentence.vocabulary.synonyms.get(number));
    Word {
        text: sentence.joined(span.clone()),
        unfinished: span.end.checked_sub(1).is_some_and(|last| sentence.is_unfinished(last)),
        synonyms: synonym.map(|synonym| synonym.written.clone()).unwrap_or_default(),
    }
}

/// Words that mean something only beside what stands for meetings, over little words and other wishes.
fn beside_meetings<'a>(sentence: &Sentence<'a>, readings: &Readings<'a>) -> Vec<Reading<'a>> {
    let mut found = Vec::new();
    for at in 0..sentence.tokens.len() {
        for (end, used) in sentence.phrases(at) {
            let Use::Wish(number) = used else { continue };
            let Some(wish) = sentence.vocabulary.wishes.get(number).filter(|wish| wish.beside) else { continue };
            if meets(sentence, readings, (0..at).rev()) || meets(sentence, readings, end..sentence.tokens.len()) {
                found.extend(listed(sentence, at..end, wish));
            }
        }
    }
    found
}

/// Whether, word by word, something about meetings comes before any word that stands for nothing.
fn meets(sentence: &Sentence<'_>, readings: &Readings<'_>, mut way: impl Iterator<Item = usize>) -> bool {
    way.find_map(|at| match readings.at(at) {
        Some(reading) if reading.is_about_meetings() => Some(true),
        Some(Reading { means: Meaning::Word(_), .. }) => Some(false),
        None if !sentence.is(at, Role::Empty) => Some(false),
        _ => None,
    })
    .unwrap_or(false)
}

/// Hours of which nothing tells that they are hours but the words beside them: "sunday 7". Where all other words are
/// wishes, a finished number is an hour too.
fn bare_hours<'a>(sentence: &Sentence<'a>, readings: &Readings<'a>) -> Vec<Reading<'a>> {
    let mut found = Vec::new();
    for at in (0..sentence.tokens.len()).filter(|at| readings.is_free(*at)) {
        let Some((time, end)) = hours::bare(sentence, at) else { continue };
        let about_days = |at: usize| readings.at(at).is_some_and(Reading::is_about_days);
        let stands_for_nothing = |other: usize| match readings.at(other) {
            Some(reading) => matches!(reading.means, Meaning::Word(_)),
            None => !(at..end).contains(&other) && !sentence.is(other, Role::Empty),
        };
        let nothing_else = || !(0..sentence.tokens.len()).any(stands_for_nothing);
        let finished = end.checked_sub(1).is_some_and(|last| !sentence.is_unfinished(last));
        if at.checked_sub(1).is_some_and(about_days) || about_days(end) || finished && nothing_else() {
            found.push(Reading { span: at..end, means: Meaning::Time(time) });
        }
    }
    found
}
