//! A rule as one number, for ranking many records without loading them.
//!
//! This is wall-clock arithmetic in whole minutes: it does not know that clocks change, so on those two nights a year
//! the wait is off by the change. It ranks; what is shown comes from [`Recurrence::next_start`].

use jiff::Unit;
use jiff::civil::{Date, DateTime};

use super::{DAY_MINUTES, Dates, Days, HORIZON_DAYS, Recurrence, Rule, STILL_WELCOME, Weeks};

/// A rule and the number of its zone in a table of the caller, in 64 bits:
/// kind 2, days 7, weeks 6, start 11, length 11, zone 16, from the lowest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Packed(u64);

const WEEKLY: u64 = 0;
const OPEN: u64 = 1;
const ALWAYS: u64 = 2;
const APPOINTMENT: u64 = 3;

const DAYS_AT: u32 = 2;
const WEEKS_AT: u32 = 9;
const START_AT: u32 = 15;
const LENGTH_AT: u32 = 26;
const ZONE_AT: u32 = 37;
/// Weeks that a rule may name: five by number, and the last.
const WEEKS: u32 = 6;
const LONGEST: u16 = (1 << 11) - 1;

impl Recurrence {
    /// The rule in 64 bits, with `zone_index` in place of the zone's name. A length over 34 hours is cut to that.
    pub fn pack(&self, zone_index: u16) -> Packed {
        let kind = match self.rule {
            Rule::Weekly { .. } => WEEKLY,
            Rule::Open { .. } => OPEN,
            Rule::RoundTheClock => ALWAYS,
            Rule::ByAppointment => APPOINTMENT,
        };
        let (days, weeks, start) = self.rule.starts().unwrap_or((self.rule.days(), Weeks::EVERY, 0));
        // A start that no day has never happens.
        let days = if start < DAY_MINUTES { days } else { Days::NONE };
        Packed(
            kind | u64::from(days.bits()) << DAYS_AT
                | u64::from(weeks.bits()) << WEEKS_AT
                | u64::from(start.min(LONGEST)) << START_AT
                | u64::from(self.rule.length().min(LONGEST)) << LENGTH_AT
                | u64::from(zone_index) << ZONE_AT,
        )
    }
}

impl From<Packed> for u64 {
    fn from(packed: Packed) -> Self {
        packed.0
    }
}

impl From<u64> for Packed {
    /// Any number is taken; one that [`Recurrence::pack`] did not make means something, but nothing that was meant.
    fn from(bits: u64) -> Self {
        Self(bits)
    }
}

/// The wall clock of one zone at the moment of a question, with what rules of weeks need to know of the days ahead.
/// Built once for each zone of a question.
#[derive(Clone, Debug)]
pub struct WallNow {
    weekday: u32,
    minute: u32,
    /// Days until the next date that is this weekday in this week of its month, from today and from tomorrow.
    ahead: [[[u16; 6]; 7]; 2],
    /// Today, yesterday and the day before, as a weekday and its weeks: what may still go on began then.
    back: [(Days, Weeks); 3],
    /// Some days are closed: which day is next is not to be told from the weekday alone.
    has_closings: bool,
    /// Minutes until the first day that is not closed; 0 when that is today.
    opens: Option<u32>,
}

/// In [`WallNow::ahead`]: not before the horizon.
const NEVER: u16 = u16::MAX;

impl WallNow {
    /// What the clock on the wall shows.
    pub fn new(now: DateTime) -> Self {
        Self::without(now, &[])
    }

    /// The same where nothing starts on these days.
    pub fn without(now: DateTime, closings: &[Dates]) -> Self {
        let is_closed = |date: Date| closings.iter().any(|dates| dates.hold(date));
        let minute = u32::from(now.hour().unsigned_abs()) * 60 + u32::from(now.minute().unsigned_abs());
        let mut ahead = [[[NEVER; 6]; 7]; 2];
        let mut opens = None;
        let mut date = now.date();
        for days in 0..=horizon(date, closings) {
            if is_closed(date) {
                match date.tomorrow() {
                    Ok(next) => date = next,
                    Err(_) => break,
                }
                continue;
            }
            opens = opens.or(Some((u32::from(days) * u32::from(DAY_MINUTES)).saturating_sub(minute)));
            let weekday = weekday_index(date);
            for week in bits(Weeks::of_date(date).bits().into()) {
                for (not_before, table) in (0..).zip(&mut ahead) {
                    if days >= not_before && table[weekday][week] == NEVER {
                        table[weekday][week] = days;
                    }
                }
            }
            match date.tomorrow() {
                Ok(next) => date = next,
                Err(_) => break,
            }
        }
        let mut date = now.date();
        let back = [(); 3].map(|()| {
            let days = if is_closed(date) { Days::NONE } else { Days::of([date.weekday()]) };
            let day = (days, Weeks::of_date(date));
            date = date.yesterday().unwrap_or(date);
            day
        });
        let weekday = u32::from(now.date().weekday().to_sunday_zero_offset().unsigned_abs());
        Self { weekday, minute, ahead, back, has_closings: !closings.is_empty(), opens }
    }

    /// Minutes until what is always there is there: until the first day that is not closed.
    pub fn opens(&self) -> Option<u32> {
        self.opens
    }
}

/// How many days have to be looked at: the longest wait for a start, and what is closed of it.
fn horizon(today: Date, closings: &[Dates]) -> u16 {
    /// Nobody closes for longer and knows when it ends.
    const MOST: u16 = 3000;
    let ends = closings.iter().filter_map(|dates| dates.until).max();
    let closed = ends.and_then(|end| today.until((Unit::Day, end)).ok()).map_or(0, |span| span.get_days().max(0));
    HORIZON_DAYS + u16::try_from(closed).unwrap_or(MOST).min(MOST)
}

impl Packed {
    fn field(self, at: u32, mask: u16) -> u16 {
        // Masked to at most 16 bits, so nothing is lost.
        u16::try_from((self.0 >> at) & u64::from(mask)).unwrap_or(0)
    }

    /// The number of its zone in the caller's table.
    pub fn zone_index(self) -> u16 {
        self.field(ZONE_AT, u16::MAX)
    }

    /// The days of the week on which it starts, for counting by day ([`Rule::days`]).
    pub fn days(self) -> Days {
        Days::from_bits(self.low_byte(DAYS_AT))
    }

    /// The same, on one of these days of the week alone; without such a day, it never starts. What is always there
    /// stays.
    #[must_use]
    pub fn on(self, days: Days) -> Self {
        let others = days.bits() ^ Days::EVERY.bits();
        if self.is_always() { self } else { Self(self.0 & !(u64::from(others) << DAYS_AT)) }
    }

    /// Whether it is always there.
    pub fn is_always(self) -> bool {
        self.0 & 3 == ALWAYS
    }

    /// Whether these are opening hours, in which one may come at any time.
    pub fn is_open_hours(self) -> bool {
        self.0 & 3 == OPEN
    }

    /// The minute of the day at which it starts; nothing for what has no starts.
    pub fn start(self) -> Option<u16> {
        self.has_starts().then(|| self.field(START_AT, LONGEST))
    }

    /// For how many minutes it goes on.
    pub fn length(self) -> u16 {
        self.field(LENGTH_AT, LONGEST)
    }

    fn weeks(self) -> Weeks {
        Weeks::from_bits(self.low_byte(WEEKS_AT))
    }

    fn low_byte(self, at: u32) -> u8 {
        self.0.wrapping_shr(at).to_le_bytes()[0]
    }

    fn has_starts(self) -> bool {
        matches!(self.0 & 3, WEEKLY | OPEN)
    }

    /// Minutes from now until its next start; 0 if it starts in this minute. Nothing for what has no starts.
    pub fn minutes_until_next(self, now: &WallNow) -> Option<u32> {
        if !self.has_starts() {
            return None;
        }
        let start = u32::from(self.field(START_AT, LONGEST));
        let not_before = u32::from(start < now.minute);
        let days = if self.weeks().is_every() && !now.has_closings {
            days_until(self.days(), now.weekday, not_before)?
        } else {
            self.days_until_named_week(&now.ahead[usize::from(start < now.minute)])?
        };
        Some(days * u32::from(DAY_MINUTES) + start - now.minute)
    }

    fn days_until_named_week(self, ahead: &[[u16; 6]; 7]) -> Option<u32> {
        let weekdays = bits(self.days().bits().into());
        let weeks = if self.weeks().is_every() { u32::MAX >> (u32::BITS - WEEKS) } else { self.weeks().bits().into() };
        let waits = weekdays.flat_map(|day| bits(weeks).map(move |week| ahead[day][week]));
        waits.min().filter(|wait| *wait != NEVER).map(u32::from)
    }

    /// Whether it is going on now ([`Recurrence::current`]).
    pub fn is_current(self, now: &WallNow) -> bool {
        if !self.has_starts() {
            return self.0 & 3 == ALWAYS;
        }
        self.began_within(now, u32::from(self.field(LENGTH_AT, LONGEST)))
    }

    /// Whether it has just begun, so that one can still walk in ([`Recurrence::just_begun`]).
    pub fn just_begun(self, now: &WallNow) -> bool {
        let length = u32::from(self.field(LENGTH_AT, LONGEST));
        self.has_starts() && self.began_within(now, length.min(u32::from(STILL_WELCOME) + 1))
    }

    /// Whether it began less than so many minutes ago.
    fn began_within(self, now: &WallNow, length: u32) -> bool {
        let start = u32::from(self.field(START_AT, LONGEST));
        (0..).step_by(DAY_MINUTES.into()).zip(now.back).any(|(ago, (day, week))| {
            let minute = now.minute + ago;
            self.days().bits() & day.bits() != 0
                && (self.weeks().is_every() || self.weeks().bits() & week.bits() != 0)
                && start <= minute
                && minute < start + length
        })
    }
}

/// Days from `today` (0 is Sunday) to the next day of the set that is at least `not_before` days ahead.
fn days_until(days: Days, today: u32, not_before: u32) -> Option<u32> {
    // The week twice in a row, so that looking ahead is a shift.
    let two_weeks = u32::from(days.bits()) << 7 | u32::from(days.bits());
    let from = two_weeks >> (today + not_before);
    (from != 0).then(|| from.trailing_zeros() + not_before)
}

fn weekday_index(date: Date) -> usize {
    usize::from(date.weekday().to_sunday_zero_offset().unsigned_abs())
}

/// The numbers of the bits that are set.
fn bits(mut set: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        (lowest < u32::BITS).then_some(lowest as usize)
    })
}
