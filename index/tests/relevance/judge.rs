//! One question put to the search, and its answer held against what was wanted.

use std::collections::BTreeSet;

use index::generation::Generation;
use index::query::{Answer, Here, Hit, Query, Section, Wish};
use index::record::{Attendance, Record};
use index::understand::understand;
use index::vocabulary::Vocabulary;
use jiff::Zoned;

use super::questions::{Class, Danger, Question};
use super::scan::{self, View, Wanted};
use super::{KIOSK, Pack};

/// What there is to see without scrolling.
const SEEN: usize = 10;

/// How far the middle of a place may lie from where we take it to be.
const MIDDLE_M: f64 = 300.0;

/// What a question was worth. A measure that says nothing about it is absent.
#[derive(Default)]
pub(super) struct Verdict {
    /// Of the first ten that fit, how many are what every one should be.
    pub(super) precision: Option<f64>,
    /// One through the rank of the first that is the point.
    pub(super) rank: Option<f64>,
    /// The same while the last word may go on.
    pub(super) rank_live: Option<f64>,
    /// Discounted gain of the first ten against the best order of the graded ones.
    pub(super) gain: Option<f64>,
    /// Whether one of the first ten is right.
    pub(super) hit: Option<bool>,
    /// Of all that must be found, how much is.
    pub(super) recall: Option<f64>,
    /// Whether it was understood as written.
    pub(super) understood: Option<bool>,
    /// The letter from which on what is meant is among the first three, and whether that is early enough.
    pub(super) letters: Option<(usize, bool)>,
    /// Whether the crisis lines were shown when they should be.
    pub(super) danger: Option<bool>,
    /// They were shown when they should not be.
    pub(super) alarm: bool,
    /// Whether all else that was promised holds.
    pub(super) kept: bool,
    /// What was amiss, in words.
    pub(super) faults: Vec<String>,
}

/// Asks in the mind of a visitor who stands at the kiosk.
pub(super) fn ask(generation: &Generation, typed: &str, now: &Zoned, limit: usize) -> (Query, Answer) {
    let here = Here { now: now.clone(), point: Some(KIOSK) };
    let query = understand(typed, Vocabulary::builtin(), generation, &here);
    let answer = generation.search(&query, limit);
    (query, answer)
}

/// The ids of hits, in their order.
pub(super) fn ids(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.record.id.as_str()).collect()
}

/// Asks the question and judges the answer. A question is taken as finished, as by a space after it, except where one
/// is judged while it is typed.
pub(super) fn judge(class: &Class, question: &Question, pack: &Pack) -> Verdict {
    let now = question.now();
    let typed = if class.number == 2 { question.typed.clone() } else { format!("{} ", question.typed) };
    let (query, answer) = ask(&pack.generation, &typed, &now, SEEN);
    let (_, whole) = ask(&pack.generation, &typed, &now, pack.records.len());
    let case = Case { question, pack, now: &now, query: &query, answer: &answer, whole: &whole };
    let mut verdict = Verdict { kept: true, ..Verdict::default() };
    case.chips(&mut verdict);
    case.first_ten(&mut verdict);
    case.graded(&mut verdict);
    case.found(&mut verdict);
    case.promises(&mut verdict);
    case.as_one_types(&mut verdict);
    verdict
}

struct Case<'a> {
    question: &'a Question,
    pack: &'a Pack,
    now: &'a Zoned,
    query: &'a Query,
    answer: &'a Answer,
    whole: &'a Answer,
}

impl Case<'_> {
    fn view(&self) -> View<'_> {
        View { now: self.now, here: KIOSK, middles: &self.pack.middles }
    }

    fn fits(&self, wanted: &Wanted, record: &Record) -> bool {
        wanted.fits(record, &self.view()) || self.question.best.contains_key(record.id.as_str())
    }

    /// The hits of a section, as many as one sees.
    fn seen(&self, section: Section) -> impl Iterator<Item = &Hit> {
        self.whole.hits.iter().filter(move |hit| hit.section == section).take(SEEN)
    }

    fn chips(&self, verdict: &mut Verdict) {
        let wishes = self.query.constraints.iter().map(|it| format!("{}:{}", it.wish.kind(), it.wish.value()));
        let chips: BTreeSet<String> = wishes.collect();
        if let Some(understood) = &self.question.understood {
            let right = chips == understood.iter().cloned().collect();
            verdict.understood = Some(right);
            if !right {
                verdict.faults.push(format!("understood {chips:?}, not {understood:?}"));
            }
        }
        match self.question.danger {
            Danger::Said(true) => verdict.danger = Some(self.query.danger),
            Danger::Said(false) => verdict.alarm = self.query.danger,
            Danger::Either(_) => {}
        }
        if verdict.danger == Some(false) {
            verdict.faults.push("no crisis lines".to_owned());
        }
        if verdict.alarm {
            verdict.faults.push("crisis lines for nothing".to_owned());
        }
    }

    fn first_ten(&self, verdict: &mut Verdict) {
        let question = self.question;
        let Some(every) = &question.every else { return };
        let seen: Vec<&Hit> = self.seen(Section::Fits).collect();
        let wrong: Vec<&str> =
            seen.iter().filter(|hit| !self.fits(every, &hit.record)).map(|hit| hit.record.id.as_str()).collect();
        verdict.precision = Some(if seen.is_empty() { 0.0 } else { 1.0 - share(wrong.len(), seen.len()) });
        verdict.hit = Some(wrong.len() < seen.len());
        if seen.is_empty() {
            verdict.faults.push("nothing fits".to_owned());
        } else if !wrong.is_empty() {
            verdict.faults.push(format!("should not stand there: {}", wrong.join(", ")));
        }
    }

    fn graded(&self, verdict: &mut Verdict) {
        let best = &self.question.best;
        let Some(highest) = best.values().copied().max().filter(|highest| *highest > 0) else { return };
        let ids = ids(&self.answer.hits);
        verdict.gain = Some(
            gain(ids.iter().map(|id| best.get(*id).copied().unwrap_or(0))) / {
                let mut order: Vec<u8> = best.values().copied().collect();
                order.sort_unstable_by(|one, other| other.cmp(one));
                gain(order.into_iter().take(SEEN))
            },
        );
        if highest < 3 {
            return;
        }
        let rank = |hits: &[Hit]| hits.iter().position(|hit| best.get(hit.record.id.as_str()) == Some(&3));
        let first = rank(&self.answer.hits);
        verdict.rank = Some(first.map_or(0.0, |at| share(1, at + 1)));
        verdict.hit = Some(first.is_some());
        let (_, live) = ask(&self.pack.generation, &self.question.typed, self.now, SEEN);
        verdict.rank_live = Some(rank(&live.hits).map_or(0.0, |at| share(1, at + 1)));
        if first != Some(0) {
            let points: Vec<&str> = best.iter().filter(|it| *it.1 == 3).map(|it| it.0.as_str()).collect();
            let place = first.map_or("not among the first".to_owned(), |at| format!("only number {}", at + 1));
            verdict.faults.push(format!("{place}: {}", points.join(", ")));
        }
    }

    fn found(&self, verdict: &mut Verdict) {
        let Some(wanted) = self.question.recall() else { return };
        let view = self.view();
        let all: Vec<&str> =
            self.pack.records.iter().filter(|it| wanted.fits(it, &view)).map(|it| it.id.as_str()).collect();
        let fitting: BTreeSet<&str> = self
            .whole
            .hits
            .iter()
            .filter(|hit| hit.section == Section::Fits)
            .map(|hit| hit.record.id.as_str())
            .collect();
        let lost: Vec<&str> = all.iter().copied().filter(|id| !fitting.contains(id)).collect();
        verdict.recall = Some(1.0 - share(lost.len(), all.len().max(1)));
        if !lost.is_empty() {
            let shown = lost.iter().take(SEEN).copied().collect::<Vec<_>>().join(", ");
            verdict.faults.push(format!("lost {} of {}: {shown}", lost.len(), all.len()));
        }
    }

    fn promises(&self, verdict: &mut Verdict) {
        let mut broken = |fault: String| {
            verdict.kept = false;
            verdict.faults.push(fault);
        };
        if ids(&self.answer.hits) != ids(&self.whole.hits)[..self.answer.hits.len()] {
            broken("a longer answer begins otherwise".to_owned());
        }
        if self.question.exact {
            self.exactly().into_iter().for_each(&mut broken);
        }
        if self.question.nothing && self.answer.total > 0 && self.answer.relaxed.is_none() {
            broken(format!("{} found, though there is nothing", self.answer.total));
        }
        if let Some(kind) = &self.question.relaxed {
            let given_up: Vec<&str> = self.answer.relaxed.iter().flat_map(|it| it.wishes().map(Wish::kind)).collect();
            if given_up != [kind] {
                broken(format!("gave up {given_up:?}, not {kind}"));
            }
        }
        if self
            .question
            .nowhere
            .as_ref()
            .is_some_and(|place| self.query.nowhere.as_deref().map(scan::fold) != Some(scan::fold(place)))
        {
            broken(format!("does not say that nobody lists the place, but {:?}", self.query.nowhere));
        }
        if self.question.online && !self.offers(Section::Online, is_online) {
            broken("online ones are not offered below".to_owned());
        }
        if self.question.unsaid.as_ref().is_some_and(|it| !self.offers(Section::Unsaid, |record| self.fits(it, record)))
        {
            broken("others that may fit are not offered below".to_owned());
        }
        if let Some(place) = &self.question.nearest {
            self.nearest_first(place).into_iter().for_each(&mut broken);
        }
    }

    /// Whether a section has something, and nothing but what it should.
    fn offers(&self, section: Section, fits: impl Fn(&Record) -> bool) -> bool {
        self.seen(section).count() > 0 && self.seen(section).all(|hit| fits(&hit.record))
    }

    /// What fits beyond what should, when just that should.
    fn exactly(&self) -> Option<String> {
        let every = self.question.every.as_ref()?;
        let fitting = self.whole.hits.iter().filter(|hit| hit.section == Section::Fits);
        let beyond: Vec<&str> =
            fitting.filter(|hit| !self.fits(every, &hit.record)).map(|hit| hit.record.id.as_str()).take(SEEN).collect();
        (!beyond.is_empty()).then(|| format!("fit and should not: {}", beyond.join(", ")))
    }

    fn nearest_first(&self, place: &str) -> Option<String> {
        let (from, slack) = match place {
            "here" => (KIOSK, 1.0),
            place => (self.pack.middles[&scan::fold(place)], MIDDLE_M),
        };
        let metres: Vec<f64> =
            self.seen(Section::Fits).map(|hit| scan::distance(&hit.record, from).unwrap_or(f64::INFINITY)).collect();
        let ordered = metres.windows(2).all(|pair| pair[0] <= pair[1] + slack);
        (!ordered).then(|| format!("not nearest first: {metres:.0?}"))
    }

    /// Letter by letter: what is meant rises among the first three, and stays there.
    fn as_one_types(&self, verdict: &mut Verdict) {
        let Some(most) = self.question.letters else { return };
        let typed = &self.question.typed;
        let ends = typed.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let there: Vec<bool> = ends
            .map(|end| {
                let (_, answer) = ask(&self.pack.generation, &typed[..end], self.now, 3);
                ids(&answer.hits).iter().any(|id| self.question.best.get(*id) == Some(&3))
            })
            .collect();
        let settled = there.iter().rposition(|it| !it).map_or(0, |last| last + 1) + 1;
        verdict.letters = Some((settled, settled <= most));
        if settled > most {
            let letters: String = there.iter().map(|it| if *it { '+' } else { '-' }).collect();
            verdict.faults.push(format!("among the first three from letter {settled} on, not {most}: {letters}"));
        }
    }
}

fn is_online(record: &Record) -> bool {
    matches!(record.attendance, Some(Attendance::Online | Attendance::Phone | Attendance::Hybrid))
}

/// Discounted cumulative gain of grades in their order.
fn gain(grades: impl Iterator<Item = u8>) -> f64 {
    (2_u32..).zip(grades).map(|(at, grade)| (2_f64.powi(grade.into()) - 1.0) / f64::from(at).log2()).sum()
}

/// One number through another.
pub(super) fn share(part: usize, of: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "counts of a few hundred")]
    let share = part as f64 / of as f64;
    share
}
