//! Answering: in stages, from the exact words to ever more forgiving ones, and only as far as needed.

use std::io;
use std::sync::Arc;

use crate::query::{Answer, Constraint, Dropped, Facet, Hit, Query, Relaxation, Section, Value, Wish, Word};
use crate::record::{Attendance, Kind, Point, Record};

use super::expand::{Lexicon, Sought};
use super::field::{Bits, Field, Saying};
use super::place::{NAME as NAMES, PLACE as PLACES};
use super::rank::{Chosen, Tally};
use super::rows::Head;
use super::schema::NAME;
use super::slips::Slips;
use super::standing::{Standing, metres, middle, nearness};
use super::sweep::{Lacking, Wanted, parts, score, sweep, tier};
use super::timing::{Asked, Timings, minute_of};
use super::verdict::Groups;
use super::{Opened, place, relax, weights};

/// What to do with words of which no record has all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// One may be left out, if the directory does not have it or if that only adds to what fits.
    Known,
    /// One may be left out.
    AllButOne,
}

/// Whether there is anything to show that may be what was asked for.
pub(super) fn finds_something(answer: &Answer) -> bool {
    answer.total + answer.count(Section::About) + answer.count(Section::Unsaid) > 0
}

impl Opened {
    pub(super) fn answer(&self, query: &Query, limit: usize) -> io::Result<Answer> {
        let typed = query.constraints.iter().any(|constraint| !constraint.is_chosen());
        let first = if typed { Words::Known } else { Words::AllButOne };
        let answer = self.found(query, &query.constraints, &query.words, first, limit)?;
        if finds_something(&answer) || !typed {
            return Ok(answer);
        }
        if let Some(shorter) = self.without_the_unfinished(query, limit)? {
            return Ok(shorter);
        }
        if let Some(relaxed) = relax::relaxed(self, query, limit)? {
            return Ok(relaxed);
        }
        self.found(query, &query.constraints, &query.words, Words::AllButOne, limit)
    }

    /// While somebody types the last word, and nothing has it yet: what stood there before.
    fn without_the_unfinished(&self, query: &Query, limit: usize) -> io::Result<Option<Answer>> {
        let Some((last, words)) = query.words.split_last().filter(|(last, _)| last.unfinished) else { return Ok(None) };
        let mut answer = self.found(query, &query.constraints, words, Words::Known, limit)?;
        let dropped = answer.relaxed.take().into_iter().flat_map(|relaxed| relaxed.dropped);
        let dropped = dropped.chain([Dropped::Word(last.text.clone())]).collect();
        answer.relaxed = Some(Relaxation { dropped, fitting: 0 });
        Ok(finds_something(&answer).then_some(answer))
    }

    /// What fits these words and these constraints; all words but one, if too little does.
    pub(super) fn found(
        &self,
        query: &Query,
        constraints: &[Constraint],
        words: &[Word],
        how: Words,
        limit: usize,
    ) -> io::Result<Answer> {
        let asked = Asked::of(constraints);
        let field = self.field(query, constraints, &asked)?;
        let told = |tally: Tally<'_>, sought: &[Sought], relaxed| {
            self.told(tally, query, (constraints, &asked), sought, relaxed)
        };
        if words.is_empty() {
            let mut tally = Tally::new(&field, limit);
            for record in 0..self.records() {
                tally.add(record, |_| None);
            }
            return Ok(told(tally, &[], None));
        }
        let lexicon = self.lexicon();
        let words = words.iter().take(weights::WORDS);
        let mut sought = words.map(|word| lexicon.seek(word)).collect::<io::Result<Vec<_>>>()?;
        let mut tally = fitting(&lexicon, &sought, Lacking::Nothing, &field, limit)?;
        for slips in [Slips::One, Slips::Two] {
            if tally.total < weights::ENOUGH && lexicon.forgive(&mut sought, slips)? {
                tally = fitting(&lexicon, &sought, Lacking::Nothing, &field, limit)?;
            }
        }
        let may_lack = how == Words::AllButOne || tally.total > 0 || sought.iter().any(Sought::is_unknown);
        if tally.total < weights::ENOUGH
            && may_lack
            && let Some((relaxed, relaxation)) = all_but_one(&lexicon, &sought, &field, limit, tally.total)?
        {
            return Ok(told(relaxed, &sought, Some(relaxation)));
        }
        Ok(told(tally, &sought, None))
    }

    /// What the question asks of all records besides its words.
    fn field(&self, query: &Query, constraints: &[Constraint], asked: &Asked) -> io::Result<Field<'_>> {
        let (now, here) = (&query.here.now, &query.here);
        let timings =
            self.timings.get((minute_of(now), asked.clone()), |(_, asked)| Timings::new(now, asked, &self.tables));
        let groups = Groups::of(constraints);
        let saying = self.saying(constraints, &groups)?;
        let verdicts = self.verdicts.get(groups, |groups| groups.verdicts(&self.tables));
        let near = middle(constraints, here).map(|point| {
            let key = (point.latitude.to_bits(), point.longitude.to_bits());
            self.nearness.get(key, |_| nearness(point, self.records(), |record| self.facts(record).point))
        });
        let standing = Standing::new(now, constraints, near, asked);
        let mut field =
            Field::new(self, constraints, standing, timings, Arc::clone(&verdicts), self.tables.hidden_on(now.date()));
        field.saying = saying;
        let soft = |constraint: &Constraint| {
            !constraint.is_chosen() && constraint.wish.facet().is_some_and(Facet::is_often_unsaid)
        };
        field.asks_more = !query.words.is_empty() || !constraints.iter().all(soft);
        let mut inside = constraints.iter().filter_map(|constraint| match &constraint.wish {
            Wish::In(place) => Some(place),
            _ => None,
        });
        if let Some(first) = inside.next() {
            let mut bits = Bits::none_of(self.records());
            for place in std::iter::once(first).chain(inside) {
                self.under(PLACES, &place.key, |record| bits.add(record))?;
                self.under(place::BUILDING, &place.key, |record| bits.add(record))?;
            }
            field.inside = Some(bits);
        }
        if let Some((typed, meant)) = query.names.split_first() {
            self.under(NAMES, typed, |record| field.names.named.extend([record]))?;
            self.begins_with(typed, |record| field.names.begun.extend([record]))?;
            if field.names.is_empty() {
                self.nearly(typed, |record| field.names.named.extend([record]))?;
            }
            for name in meant {
                self.under(NAMES, name, |record| field.names.meant.extend([record]))?;
            }
        }
        Ok(field.ready(constraints))
    }

    /// For each typed wish that a name may say, the records whose names do.
    fn saying(&self, constraints: &[Constraint], groups: &Groups) -> io::Result<Vec<Saying>> {
        let lexicon = self.lexicon();
        let mut saying = Vec::new();
        for constraint in constraints.iter().filter(|constraint| !constraint.is_chosen()) {
            let Wish::Has(values) = &constraint.wish else { continue };
            // "Phone" in a name says nothing, and neither does "meeting".
            let only_reading = values.iter().any(|value| *value == Value::new(Facet::Kind, Kind::Housing.word()));
            let telling =
                only_reading || !matches!(constraint.wish.facet(), Some(Facet::Kind | Facet::Door | Facet::How));
            let Some(group) = groups.place_of(values).filter(|_| telling && !constraint.instead.is_empty()) else {
                continue;
            };
            let words = constraint.instead.iter().map(|word| lexicon.open(&lexicon.seek(word)?));
            let mut wanted = words.collect::<io::Result<Vec<Wanted>>>()?;
            let said = constraint.instead.iter().map(|word| word.text.clone()).collect();
            let records = self.said.get(said, |_| {
                let mut records = Bits::none_of(self.records());
                sweep(&mut wanted, Lacking::Nothing, |record, worths| {
                    if worths.iter().all(|worth| parts(*worth) & NAME != 0) {
                        records.add(record);
                    }
                });
                records
            });
            saying.push(Saying { group: 1 << group, records, only_reading });
        }
        Ok(saying)
    }

    fn told(
        &self,
        tally: Tally<'_>,
        query: &Query,
        asked: (&[Constraint], &Asked),
        sought: &[Sought],
        relaxed: Option<Relaxation>,
    ) -> Answer {
        let (constraints, asked) = asked;
        let (total, beside) = (tally.total, tally.beside);
        let (facets, chosen) = tally.chosen();
        let point = middle(constraints, &query.here);
        let hits: Vec<Hit> = chosen.into_iter().filter_map(|chosen| self.hit(chosen, asked, point, query)).collect();
        let guessed = hits.iter().any(|hit| hit.section == Section::Fits && hit.tier > 1);
        let spelled = if guessed { sought.iter().filter_map(Sought::spelled).collect() } else { Vec::new() };
        Answer { total, beside, hits, facets, relaxed, spelled }
    }

    fn hit(&self, chosen: Chosen, asked: &Asked, point: Option<Point>, query: &Query) -> Option<Hit> {
        let record = self.read(chosen.record)?;
        let next = asked.next(&record, &query.here.now);
        let distance_m = distance(&record, point);
        let Chosen { section, tier, score, .. } = chosen;
        Some(Hit { record, next, distance_m, score, tier, section })
    }
}

/// Sweeps over the lists of the words, one of which may be missing.
fn fitting<'a>(
    lexicon: &Lexicon<'_>,
    sought: &[Sought],
    lacking: Lacking,
    field: &'a Field<'a>,
    limit: usize,
) -> io::Result<Tally<'a>> {
    let mut wanted = sought.iter().map(|sought| lexicon.open(sought)).collect::<io::Result<Vec<Wanted>>>()?;
    let saying: Vec<f32> = wanted.iter().map(|word| word.weight).collect();
    let mut tally = Tally::new(field, limit);
    sweep(&mut wanted, lacking, |record, worths| {
        tally.add(record, |head| Some(judge(worths, &saying, head)));
    });
    Ok(tally)
}

/// The tier of a record and how well the words fit it.
fn judge(worths: &[u16], saying: &[f32], head: Head) -> (u8, f32) {
    let (mut worst, mut sum, mut whole, mut named) = (0, 0.0, 0.0, 0_u8);
    for (worth, weight) in worths.iter().zip(saying) {
        whole += weight;
        if *worth == 0 {
            worst = weights::WITHOUT_ONE;
            continue;
        }
        worst = worst.max(tier(*worth));
        sum += weight * score(*worth);
        named += u8::from(parts(*worth) & NAME != 0);
    }
    let mut fit = sum / whole;
    if usize::from(named) == worths.len() {
        fit *= 1.0 + weights::WHOLE_NAME * (f32::from(named) / f32::from(head.name_words())).min(1.0);
    }
    (worst, fit)
}

/// Leaves out one word, if that gives more.
fn all_but_one<'a>(
    lexicon: &Lexicon<'_>,
    sought: &[Sought],
    field: &'a Field<'a>,
    limit: usize,
    fitting_all: u64,
) -> io::Result<Option<(Tally<'a>, Relaxation)>> {
    let Some(at) = dispensable(lexicon, sought, field)? else { return Ok(None) };
    let tally = fitting(lexicon, sought, Lacking::This(at), field, limit)?;
    let dropped = sought.get(at).map(|word| word.text().to_owned()).unwrap_or_default();
    let relaxation = Relaxation { dropped: vec![Dropped::Word(dropped)], fitting: fitting_all };
    Ok((tally.total > fitting_all).then_some((tally, relaxation)))
}

/// The word to leave out: an unknown one, or else the one without which the best of what is added fits best. A number
/// that the directory knows is never left out: nobody who types one wants another.
fn dispensable(lexicon: &Lexicon<'_>, sought: &[Sought], field: &Field<'_>) -> io::Result<Option<usize>> {
    if sought.len() < 2 {
        return Ok(None);
    }
    let mut unknown = sought.iter().enumerate().filter(|(_, word)| word.is_unknown());
    match (unknown.next(), unknown.next()) {
        (Some((at, _)), None) => return Ok(Some(at)),
        (Some(_), Some(_)) => return Ok(None),
        _ => {}
    }
    let mut wanted = sought.iter().map(|sought| lexicon.open(sought)).collect::<io::Result<Vec<Wanted>>>()?;
    let saying: Vec<f32> = wanted.iter().map(|word| word.weight).collect();
    let mut best = (0.0, None);
    sweep(&mut wanted, Lacking::AnyOne, |record, worths| {
        let missing = worths.iter().position(|worth| *worth == 0);
        let Some(at) = missing.filter(|at| sought.get(*at).is_some_and(|word| !word.is_number())) else { return };
        let Some(head) = field.fits(record) else { return };
        let fit = judge(worths, &saying, head).1 * field.factor(record, head);
        if fit > best.0 {
            best = (fit, Some(at));
        }
    });
    Ok(best.1)
}

/// Metres from a point to a record, where that means something.
fn distance(record: &Record, from: Option<Point>) -> Option<f64> {
    let there = record.place.as_ref()?.point?;
    let real = record.attendance.is_none_or(Attendance::has_place);
    real.then_some(metres(from?, there))
}
