//! Answering: in stages, from the exact words to ever more forgiving ones, and only as far as needed.

use std::io;

use jiff::civil::Weekday;

use crate::query::{Answer, Day, Dropped, Here, Hit, Query, Relaxation, Section, Wish};
use crate::record::{Attendance, Record};

use super::Opened;
use super::expand::{Lexicon, Sought};
use super::rank::{Chosen, Field, Filter, Tally};
use super::schema::{Marks, NAME};
use super::slips::Slips;
use super::standing::metres;
use super::sweep::{Lacking, Wanted, parts, score, sweep, tier};
use super::weights;

impl Opened {
    pub(super) fn answer(&self, query: &Query, limit: usize) -> io::Result<Answer> {
        let standing = self.standing(&query.here, day(query));
        let field =
            Field { marks: &self.marks, standing: &standing, rank: &self.rank, filter: Filter::of(&query.constraints) };
        if query.words.is_empty() {
            let mut tally = Tally::new(&field, limit);
            for (record, _) in (0_u32..).zip(&self.marks) {
                tally.add(record, |_| (0, 1.0));
            }
            return Ok(self.told(tally, None, query));
        }
        let lexicon = self.lexicon();
        let words = query.words.iter().take(weights::WORDS);
        let mut sought = words.map(|word| lexicon.seek(word)).collect::<io::Result<Vec<_>>>()?;
        let mut tally = asked(&lexicon, &sought, Lacking::Nothing, &field, limit)?;
        for slips in [Slips::One, Slips::Two] {
            if tally.total < weights::ENOUGH && lexicon.forgive(&mut sought, slips)? {
                tally = asked(&lexicon, &sought, Lacking::Nothing, &field, limit)?;
            }
        }
        if tally.total < weights::ENOUGH
            && let Some((relaxed, relaxation)) = all_but_one(&lexicon, &sought, &field, limit, tally.total)?
        {
            return Ok(self.told(relaxed, Some(relaxation), query));
        }
        Ok(self.told(tally, None, query))
    }

    fn told(&self, tally: Tally<'_>, relaxed: Option<Relaxation>, query: &Query) -> Answer {
        let (facets, total, chosen) = tally.chosen();
        let hits = chosen.into_iter().filter_map(|chosen| self.hit(chosen, query)).collect();
        Answer { total, hits, facets, relaxed, ..Answer::default() }
    }

    fn hit(&self, chosen: Chosen, query: &Query) -> Option<Hit> {
        let record = self.read(chosen.record)?;
        let next = record.next(query.here.now.timestamp(), day(query));
        let distance_m = distance(&record, &query.here);
        Some(Hit { record, next, distance_m, score: chosen.score, tier: chosen.tier, section: Section::Fits })
    }
}

/// Sweeps over the lists of the words, one of which may be missing.
fn asked<'a>(
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
        tally.add(record, |marks| {
            let (tier, fit) = judge(worths, &saying, marks);
            (tier, fit * field.standing.factor(record))
        });
    });
    Ok(tally)
}

/// The tier of a record and how well the words fit it.
fn judge(worths: &[u16], saying: &[f32], marks: Marks) -> (u8, f32) {
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
        fit *= 1.0 + weights::WHOLE_NAME * (f32::from(named) / f32::from(marks.name_words())).min(1.0);
    }
    (worst, fit)
}

/// Leaves out one word, if that gives more.
fn all_but_one<'a>(
    lexicon: &Lexicon<'_>,
    sought: &[Sought],
    field: &'a Field<'a>,
    limit: usize,
    fitting: u64,
) -> io::Result<Option<(Tally<'a>, Relaxation)>> {
    let Some(at) = dispensable(lexicon, sought, field)? else { return Ok(None) };
    let tally = asked(lexicon, sought, Lacking::This(at), field, limit)?;
    let dropped = sought.get(at).map(|word| word.text().to_owned()).unwrap_or_default();
    Ok((tally.total > fitting).then_some((tally, Relaxation { dropped: vec![Dropped::Word(dropped)], fitting })))
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
        let Some(marks) = field.allowed(record) else { return };
        let fit = judge(worths, &saying, marks).1 * field.standing.factor(record);
        if fit > best.0 {
            best = (fit, Some(at));
        }
    });
    Ok(best.1)
}

/// The day that was asked for.
fn day(query: &Query) -> Option<Weekday> {
    query.constraints.iter().find_map(|constraint| match constraint.wish {
        Wish::Day(Day::Weekday(day)) => Some(day),
        _ => None,
    })
}

fn distance(record: &Record, here: &Here) -> Option<f64> {
    let there = record.place.as_ref()?.point?;
    let real = record.attendance.is_none_or(Attendance::has_place);
    real.then_some(metres(here.point?, there))
}
