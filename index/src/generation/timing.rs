//! When: what a question asks of time, judged for each timetable once.
//!
//! Two ways to the same answer. [`Timings`] works on packed times in whole minutes of the wall clock, for all timetables
//! of a directory; [`Asked::next`] works on the recurrences of one record, exactly, for what is shown. A test holds them
//! against each other.

use std::cell::OnceCell;

use jiff::civil::DateTime;
use jiff::{Span, Timestamp, Zoned};

use crate::query::{Clock, Constraint, Day, Facet, Part, Wish, weekday};
use crate::record::Record;
use crate::schedule::{self, Dates, Days, Occurrence, Packed, Recurrence, Rule, WallNow};

use super::tables::Tables;

/// No start.
pub(super) const NEVER: u16 = u16::MAX;

const DAY: u16 = 24 * 60;

/// Minutes from now within which what begins is "now".
const ABOUT_TO_BEGIN: u32 = 60;

/// What a question asks of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Asked {
    /// Days of the week that were typed: any of them, or of `spans`.
    days: Days,
    /// Stretches of days that were typed, by the kiosk's wall clock.
    spans: Vec<(DateTime, DateTime)>,
    /// Parts of the day that were typed, any of them; and hours, any of them.
    clocks: [Vec<Clock>; 2],
    /// "Now" was typed.
    now: bool,
    /// Days that were chosen.
    chosen_days: Days,
    /// Parts of the day that were chosen.
    chosen_parts: Vec<Clock>,
}

/// What of the choices counts: to know what another choice would give, one facet at a time is set aside.
#[derive(Clone, Copy)]
struct Choice {
    days: Days,
    parts: bool,
}

impl Asked {
    /// What these constraints ask.
    pub(super) fn of(constraints: &[Constraint]) -> Self {
        let mut asked = Self::default();
        for constraint in constraints {
            match &constraint.wish {
                Wish::Day(Day::Weekday(day)) => asked.days = asked.days.union(Days::of([*day])),
                Wish::Day(Day::Span { from, until, .. }) => asked.spans.push((*from, *until)),
                Wish::Clock(clock) => asked.clocks[usize::from(clock.part.is_none())].push(*clock),
                Wish::Now => asked.now = true,
                Wish::Has(values) => {
                    for value in values {
                        match value.facet {
                            Facet::Day => asked.chosen_days = asked.chosen_days.union(day_of(&value.key)),
                            Facet::Part => asked.chosen_parts.extend(Part::of_word(&value.key).map(Clock::chosen)),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        asked
    }

    /// Whether a time was typed that is near: hours count then, not days.
    pub(super) fn is_soon(&self) -> bool {
        self.now || !self.spans.is_empty()
    }

    /// Whether a time was typed.
    pub(super) fn is_typed(&self) -> bool {
        self.is_soon() || !self.days.is_empty() || self.clocks.iter().any(|clocks| !clocks.is_empty())
    }

    /// Whether anything was asked of time.
    fn is_any(&self) -> bool {
        self.is_typed() || !self.chosen_days.is_empty() || !self.chosen_parts.is_empty()
    }

    fn choice(&self) -> Choice {
        Choice {
            days: if self.chosen_days.is_empty() { Days::EVERY } else { self.chosen_days },
            parts: !self.chosen_parts.is_empty(),
        }
    }

    /// The days that a start `late` days after them is counted to: Friday's night ends on Saturday.
    fn days_for(&self, late: u16, choice: Choice) -> Days {
        let typed = if self.days.is_empty() || !self.spans.is_empty() { Days::EVERY } else { self.days };
        let typed = if late == 0 { typed } else { typed.next() };
        typed.common(choice.days)
    }

    /// Whether what goes on from this minute for so long is at a time of day that was typed, as of its own day (0) or of
    /// the day before (1).
    fn is_at_time(&self, start: u16, length: u16, late: u16) -> bool {
        let mut asked = self.clocks.iter().filter(|clocks| !clocks.is_empty()).peekable();
        if asked.peek().is_none() {
            return late == 0;
        }
        let start = start + late * DAY;
        let is_at = |clock: &Clock| start < clock.until && start + length.max(1) > clock.from;
        asked.all(|clocks| clocks.iter().any(is_at))
    }

    fn is_in_part(&self, start: u16, length: u16) -> bool {
        self.chosen_parts.iter().any(|part| overlaps(part, start, length))
    }

    /// How much later than it starts it counts, so that what is nearer to the hour asked for comes first.
    fn late_by(&self, start: u16, late: u16) -> u32 {
        let start = start + late * DAY;
        let nearest = self.clocks.iter().flatten().filter_map(|clock| clock.at).min_by_key(|at| at.abs_diff(start));
        nearest.map_or(0, |at| 2 * u32::from(at.saturating_sub(start)))
    }
}

/// Whether minutes of a day are in a part of it, be it the end of the night before.
fn overlaps(part: &Clock, start: u16, length: u16) -> bool {
    [0, DAY].into_iter().any(|later| start + later < part.until && start + later + length.max(1) > part.from)
}

fn day_of(key: &str) -> Days {
    Days::of(Days::WEEK.into_iter().filter(|day| weekday(*day) == key))
}

/// How one timetable stands to a question.
#[expect(clippy::struct_excessive_bools, reason = "answers to as many questions, each by itself")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Timing {
    /// Minutes until it can be used: until the next start that was asked for, until the doors open (0 when they are
    /// open); [`NEVER`] when nobody says.
    pub(super) soon: u16,
    /// It fits what was typed.
    pub(super) typed: bool,
    /// It fits what was typed and chosen.
    pub(super) fits: bool,
    /// It would, were no day chosen.
    pub(super) but_for_day: bool,
    /// It would, were no part of the day chosen.
    pub(super) but_for_part: bool,
    /// It is always there.
    pub(super) always: bool,
    /// The days on which it fits, were no day chosen; Sunday first.
    pub(super) days: u8,
    /// The parts of the day in which it fits, were none chosen, in the order of [`Part::ALL`].
    pub(super) parts: u8,
}

/// How all timetables stand at one moment to one question.
pub(super) struct Timings {
    all: Vec<Timing>,
}

/// The minute that all timings hold for.
pub(super) fn minute_of(now: &Zoned) -> i64 {
    now.timestamp().as_second().div_euclid(60)
}

impl Timings {
    pub(super) fn new(now: &Zoned, asked: &Asked, tables: &Tables) -> Self {
        let judge = Judge { asked, walls: Walls::new(now, asked, &tables.zones, &[]) };
        let timetables = tables.timetables().zip(&tables.of_meetings);
        let mut all: Vec<Timing> = timetables.map(|(times, meeting)| judge.timing(times, *meeting)).collect();
        // Few are closed for a time, and each is looked at by its own calendar.
        for (number, closings) in &tables.closings {
            let number = *number as usize;
            let judge = Judge { asked, walls: Walls::new(now, asked, &tables.zones, closings) };
            if let (Some(timing), Some(meeting)) = (all.get_mut(number), tables.of_meetings.get(number)) {
                *timing = judge.timing(tables.timetable(number), *meeting);
            }
        }
        Self { all }
    }

    /// The timing of a timetable.
    #[inline]
    pub(super) fn get(&self, timetable: u32) -> Timing {
        self.all.get(timetable as usize).copied().unwrap_or_default()
    }
}

/// A stretch of time that was asked for, as minutes from now.
#[derive(Clone, Copy)]
struct Stretch {
    /// The first minute that counts; not before now.
    from: Timestamp,
    /// Minutes from now to it.
    ahead: u32,
    /// Its length.
    minutes: u32,
    /// It has begun: what is going on fits.
    begun: bool,
}

impl Stretch {
    /// The stretch of a span, moved by so many days; nothing when it is over.
    fn of(now: &Zoned, span: (DateTime, DateTime), late: u16) -> Option<Self> {
        let moved = |wall: DateTime| {
            let wall = wall.checked_add(Span::new().days(i64::from(late))).ok()?;
            Some(wall.to_zoned(now.time_zone().clone()).ok()?.timestamp())
        };
        let (from, until) = (moved(span.0)?, moved(span.1)?);
        let begun = from <= now.timestamp();
        let from = from.max(now.timestamp());
        let minutes = |to: Timestamp, since: Timestamp| {
            u32::try_from((to.as_second().div_euclid(60)) - since.as_second().div_euclid(60)).ok()
        };
        let length = minutes(until, from).filter(|length| *length > 0)?;
        Some(Self { from, ahead: minutes(from, now.timestamp())?, minutes: length, begun })
    }
}

/// The clocks on the walls of all zones, at now and at the beginning of each stretch.
struct Walls<'a> {
    now: &'a Zoned,
    zones: &'a [String],
    /// What was asked for, for starts of the day itself and for those counted to the day before.
    stretches: [Vec<Stretch>; 2],
    /// Made when they are looked at first; nothing for a zone that does not exist.
    clocks: Vec<OnceCell<Option<WallNow>>>,
    /// When it is closed.
    closings: &'a [Dates],
}

impl<'a> Walls<'a> {
    fn new(now: &'a Zoned, asked: &Asked, zones: &'a [String], closings: &'a [Dates]) -> Self {
        let stretches = |late| asked.spans.iter().filter_map(|span| Stretch::of(now, *span, late)).collect();
        let stretches: [Vec<Stretch>; 2] = [stretches(0), stretches(1)];
        let moments = 1 + stretches.iter().map(Vec::len).sum::<usize>();
        Self { now, zones, clocks: vec![OnceCell::new(); moments * zones.len()], stretches, closings }
    }

    /// The wall clock of a zone at now (0) or at the beginning of a stretch.
    fn at(&self, zone: u16, moment: usize, from: Timestamp) -> Option<&WallNow> {
        let zone = usize::from(zone);
        let clock = self.clocks.get(moment * self.zones.len() + zone).filter(|_| zone < self.zones.len())?;
        let wall = clock.get_or_init(|| {
            let zone = schedule::zone(self.zones.get(zone)?)?;
            Some(WallNow::without(zone.to_datetime(from), self.closings))
        });
        wall.as_ref()
    }
}

struct Judge<'a> {
    asked: &'a Asked,
    walls: Walls<'a>,
}

impl Judge<'_> {
    fn timing(&self, times: &[u64], meeting: bool) -> Timing {
        let times = || times.iter().map(|packed| Packed::from(*packed));
        let choice = self.asked.choice();
        let every = Choice { days: Days::EVERY, parts: false };
        let soonest = |choice: Choice| times().filter_map(|time| self.wait(time, meeting, choice)).min();
        let fits = soonest(choice);
        let chosen = choice.days != Days::EVERY || choice.parts;
        let [but_for_day, but_for_part, typed] = if chosen {
            [Choice { days: Days::EVERY, ..choice }, Choice { parts: false, ..choice }, every]
                .map(|choice| soonest(choice).is_some())
        } else {
            [fits.is_some(); 3]
        };
        let (mut days, mut parts) = (0, 0);
        for time in times() {
            for day in time.days().iter() {
                let day = Days::of([day]);
                if days & day.bits() == 0 && self.wait(time, meeting, Choice { days: day, ..choice }).is_some() {
                    days |= day.bits();
                }
            }
            let here = parts_of(time);
            if parts & here != here && self.wait(time, meeting, Choice { parts: false, ..choice }).is_some() {
                parts |= here;
            }
        }
        let soon = fits.map_or(NEVER, |minutes| u16::try_from(minutes).unwrap_or(NEVER - 1).min(NEVER - 1));
        let any = self.asked.is_any();
        let all = |fits: bool| fits || !any;
        let always = times().any(|time| time.is_always() && self.wait_for_open(time) == Some(0));
        Timing {
            soon,
            typed: typed || !self.asked.is_typed(),
            fits: all(fits.is_some()),
            but_for_day: all(but_for_day) || !self.asked.is_typed() && !choice.parts,
            but_for_part: all(but_for_part) || !self.asked.is_typed() && choice.days == Days::EVERY,
            always,
            days,
            parts,
        }
    }

    /// Minutes until it can be used in the time that was asked for.
    fn wait(&self, time: Packed, meeting: bool, choice: Choice) -> Option<u32> {
        if time.is_always() {
            return self.wait_for_open(time);
        }
        let start = time.start()?;
        // One comes to a meeting when it begins, and to what is open while it is.
        let length = if time.is_open_hours() { time.length() } else { 1 };
        if choice.parts && !self.asked.is_in_part(start, length) {
            return None;
        }
        let asked = self.asked;
        let waits = [0, 1].into_iter().filter(|late| asked.is_at_time(start, length, *late)).filter_map(|late| {
            let wait = self.wait_for(time.on(asked.days_for(late, choice)), meeting, late, choice)?;
            Some(wait + asked.late_by(start, late))
        });
        waits.min()
    }

    /// The same for what is always there, unless it is closed.
    fn wait_for_open(&self, time: Packed) -> Option<u32> {
        if self.walls.closings.is_empty() {
            return Some(0);
        }
        let opens = |moment, from| self.walls.at(time.zone_index(), moment, from)?.opens();
        let now = opens(0, self.walls.now.timestamp());
        if self.asked.now {
            return now.filter(|wait| *wait == 0);
        }
        if self.asked.spans.is_empty() {
            return now;
        }
        let waits = (1..).zip(&self.walls.stretches[0]).filter_map(|(moment, stretch)| {
            let wait = opens(moment, stretch.from).filter(|wait| *wait < stretch.minutes)?;
            Some(stretch.ahead + wait)
        });
        waits.chain(now.filter(|_| !self.asked.days.is_empty())).min()
    }

    /// The same, for starts that count to their own day (0) or to the day before (1).
    fn wait_for(&self, time: Packed, meeting: bool, late: u16, choice: Choice) -> Option<u32> {
        if time.days().is_empty() {
            return None;
        }
        let asked = self.asked;
        let zone = time.zone_index();
        let now = self.walls.now.timestamp();
        if asked.now {
            let wall = self.walls.at(zone, 0, now)?;
            return wait_now(time, meeting, wall).filter(|wait| *wait <= ABOUT_TO_BEGIN);
        }
        if asked.spans.is_empty() {
            let wall = self.walls.at(zone, 0, now)?;
            return if is_present(time, meeting, wall) { Some(0) } else { time.minutes_until_next(wall) };
        }
        let named = time.on(if late == 0 { asked.days } else { asked.days.next() }.common(choice.days));
        let wall = self.walls.at(zone, 0, now)?;
        let named = if named.days().is_empty() { None } else { named.minutes_until_next(wall) };
        let first = 1 + if late == 0 { 0 } else { self.walls.stretches[0].len() };
        let stretches = self.walls.stretches[usize::from(late)].clone();
        let waits = (first..).zip(stretches).filter_map(|(moment, stretch)| {
            if stretch.begun && is_present(time, meeting, self.walls.at(zone, 0, now)?) {
                return Some(0);
            }
            let wall = self.walls.at(zone, moment, stretch.from)?;
            let opens = time.minutes_until_next(wall).filter(|wait| *wait < stretch.minutes);
            // What is still open from the day before is of that day, as long as it opens on this one too.
            let still = || (time.is_open_hours() && time.is_current(wall)).then_some(0);
            Some(stretch.ahead + opens.or_else(still)?)
        });
        waits.chain(named).min()
    }
}

fn is_present(time: Packed, meeting: bool, wall: &WallNow) -> bool {
    if meeting { time.just_begun(wall) } else { time.is_current(wall) }
}

/// Minutes until a meeting that is about to begin; what has opening hours must be open.
fn wait_now(time: Packed, meeting: bool, wall: &WallNow) -> Option<u32> {
    if is_present(time, meeting, wall) {
        return Some(0);
    }
    if time.is_open_hours() { None } else { time.minutes_until_next(wall) }
}

/// The parts of the day that hold a time, in the order of [`Part::ALL`].
fn parts_of(time: Packed) -> u8 {
    let bit = |(at, _): (usize, Clock)| 1 << at;
    let parts = || Part::ALL.map(Clock::chosen).into_iter().enumerate();
    match time.start() {
        _ if time.is_always() => parts().map(bit).sum(),
        None => 0,
        Some(start) => {
            let length = if time.is_open_hours() { time.length() } else { 1 };
            parts().filter(|(_, part)| overlaps(part, start, length)).map(bit).sum()
        }
    }
}

impl Asked {
    /// When a record happens next, in the time that was asked for; without one, when it happens next at all.
    pub(super) fn next(&self, record: &Record, now: &Zoned) -> Option<Occurrence> {
        if !self.is_any() || !record.happens() {
            return record.next(now.timestamp());
        }
        let choice = self.choice();
        let fitting = record.times.iter().filter_map(|time| {
            let Some((_, _, start)) = time.rule.starts() else {
                return record.present(std::slice::from_ref(time), now.timestamp()).map(|next| (0, next));
            };
            let length = if matches!(time.rule, Rule::Open { .. }) { time.rule.length() } else { 1 };
            if choice.parts && !self.is_in_part(start, length) {
                return None;
            }
            let late = [0, 1].into_iter().filter(|late| self.is_at_time(start, length, *late));
            late.filter_map(|late| {
                let next = self.next_of(record, time, late, choice, now)?;
                Some((self.late_by(start, late), next))
            })
            .min_by_key(soonest)
        });
        fitting.min_by_key(soonest).map(|(_, next)| next).or_else(|| record.next(now.timestamp()))
    }

    fn next_of(
        &self,
        record: &Record,
        time: &Recurrence,
        late: u16,
        choice: Choice,
        now: &Zoned,
    ) -> Option<Occurrence> {
        let time = time.on(self.days_for(late, choice))?;
        let times = std::slice::from_ref(&time);
        let present = || record.present(times, now.timestamp());
        if self.spans.is_empty() {
            return present().or_else(|| record.next_start(&time, now.timestamp()));
        }
        let named = if late == 0 { self.days } else { self.days.next() };
        let named = time.on(named).and_then(|time| record.next_start(&time, now.timestamp()));
        let stretches = self.spans.iter().filter_map(|span| Stretch::of(now, *span, late));
        let next = stretches.filter_map(|stretch| {
            let open =
                || if matches!(time.rule, Rule::Weekly { .. }) { None } else { record.current(&time, stretch.from) };
            let begun = if stretch.begun { present() } else { None };
            let opens = || {
                let until = stretch.from.checked_add(Span::new().minutes(i64::from(stretch.minutes))).ok()?;
                record.next_start(&time, stretch.from).filter(|next| next.start.timestamp() < until)
            };
            begun.or_else(opens).or_else(open)
        });
        next.chain(named).min_by_key(|next| next.start.timestamp())
    }
}

/// In the order of their starts, those that count as later by as much.
fn soonest((late, next): &(u32, Occurrence)) -> i64 {
    next.start.timestamp().as_second() + 60 * i64::from(*late)
}
