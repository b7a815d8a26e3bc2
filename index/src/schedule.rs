//! When things happen: wall-clock recurrences in a zone, and the exact next start from a moment.
//!
//! A recurrence is what a notice on a door says ("1st and 3rd Tuesday, 7 pm"): wall-clock time plus an IANA zone,
//! never an offset. So a meeting keeps its hour when the clocks change. A start that falls into the hour that a
//! spring change skips happens when the clocks have moved on (RFC 5545 says the same); one that happens twice in
//! autumn counts at its first pass.
//!
//! Nothing here walks minutes: a rule has at most one start a day, and the starts of consecutive days are in order
//! whatever the clocks do, so it is enough to look at candidate days, and their number is bounded.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use serde::{Deserialize, Serialize};

mod dates;
mod packed;
mod sets;
#[cfg(test)]
mod tests;

pub use dates::Dates;
pub use packed::{Packed, WallNow};
pub use sets::{Days, Weeks};

/// What repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rule {
    /// Starts on these days at this minute of the day.
    Weekly {
        /// On which days.
        days: Days,
        /// In which weeks of the month.
        weeks: Weeks,
        /// Minute of the day, 0 to 1439, wall clock.
        start: u16,
        /// How long, in minutes that pass. Unknown when the source gives no believable end.
        minutes: Option<u16>,
    },
    /// Open on these days from one minute of the day to another; `until <= from` means past midnight.
    Open {
        /// On which days it opens.
        days: Days,
        /// In which weeks of the month.
        weeks: Weeks,
        /// Minute of the day at which it opens.
        from: u16,
        /// Minute of the day at which it closes.
        until: u16,
    },
    /// Always.
    RoundTheClock,
    /// By appointment.
    ByAppointment,
}

/// A rule in its zone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recurrence {
    /// What repeats.
    pub rule: Rule,
    /// IANA name of the zone in which the wall clock hangs (`America/New_York`).
    pub zone: String,
}

/// One time at which something really happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    /// When it starts, in its own zone.
    pub start: Zoned,
    /// When it ends, if that is known.
    pub end: Option<Zoned>,
}

/// How long a meeting is taken to go on when nobody says when it ends, in minutes.
pub const USUAL_MINUTES: u16 = 60;

/// For so many minutes after its start a meeting is now: one can still walk in.
pub const STILL_WELCOME: u16 = 15;

/// The longest wait for a start is 119 days, for a fifth weekday (over a February that has none); a day of leeway on
/// either side is for the clocks.
const HORIZON_DAYS: u16 = 121;

const DAY_MINUTES: u16 = 24 * 60;

/// The zone of this IANA name, from the bundled database (cached there), or nothing if there is none of that name.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok().filter(|zone| !zone.is_unknown())
}

/// The name as the IANA database spells it, for importers: `america/new_york` gives `America/New_York`, and a name
/// that is no zone gives nothing.
pub fn zone_name(name: &str) -> Option<String> {
    zone(name)?.iana_name().map(ToOwned::to_owned)
}

/// The earliest next start among several times ([`Recurrence::next_start`]).
pub fn next(times: &[Recurrence], from: Timestamp) -> Option<Occurrence> {
    times.iter().filter_map(|time| time.next_start(from)).min_by_key(|occurrence| occurrence.start.timestamp())
}

/// What is going on at `at` among several times ([`Recurrence::current`]): the one that began last.
pub fn current(times: &[Recurrence], at: Timestamp) -> Option<Occurrence> {
    times.iter().filter_map(|time| time.current(at)).max_by_key(|occurrence| occurrence.start.timestamp())
}

impl Rule {
    /// The days of the week on which it starts: all for what is always there, none for what is by appointment.
    pub fn days(&self) -> Days {
        match *self {
            Self::Weekly { days, .. } | Self::Open { days, .. } => days,
            Self::RoundTheClock => Days::EVERY,
            Self::ByAppointment => Days::NONE,
        }
    }

    /// The days, weeks and minute of the day at which it starts; nothing for what has no start.
    pub(crate) fn starts(self) -> Option<(Days, Weeks, u16)> {
        match self {
            Self::Weekly { days, weeks, start, .. } => Some((days, weeks, start)),
            Self::Open { days, weeks, from, .. } => Some((days, weeks, from)),
            Self::RoundTheClock | Self::ByAppointment => None,
        }
    }

    /// For how long it goes on, in minutes by the wall clock, the usual length standing in for an unknown one.
    pub(crate) fn length(self) -> u16 {
        match self {
            Self::Weekly { minutes, .. } => minutes.unwrap_or(USUAL_MINUTES),
            Self::Open { from, until, .. } if until > from => until - from,
            Self::Open { from, until, .. } => (DAY_MINUTES + until).saturating_sub(from),
            Self::RoundTheClock | Self::ByAppointment => 0,
        }
    }
}

impl Recurrence {
    /// A rule in a zone. Importers ask [`zone_name`] first: a recurrence in a zone that does not exist never happens.
    pub fn new(zone: impl Into<String>, rule: Rule) -> Self {
        Self { rule, zone: zone.into() }
    }

    /// Every week on these days, at this minute of the day (0 to 1439), for so many minutes.
    pub fn weekly(zone: impl Into<String>, days: Days, start: u16, minutes: Option<u16>) -> Self {
        Self::monthly(zone, days, Weeks::EVERY, start, minutes)
    }

    /// In these weeks of the month on these days, at this minute of the day (0 to 1439), for so many minutes.
    pub fn monthly(zone: impl Into<String>, days: Days, weeks: Weeks, start: u16, minutes: Option<u16>) -> Self {
        Self::new(zone, Rule::Weekly { days, weeks, start, minutes })
    }

    /// Open on these days from one minute of the day to another; `until <= from` means past midnight.
    pub fn open(zone: impl Into<String>, days: Days, from: u16, until: u16) -> Self {
        Self::new(zone, Rule::Open { days, weeks: Weeks::EVERY, from, until })
    }

    /// Always.
    pub fn round_the_clock(zone: impl Into<String>) -> Self {
        Self::new(zone, Rule::RoundTheClock)
    }

    /// By appointment.
    pub fn by_appointment(zone: impl Into<String>) -> Self {
        Self::new(zone, Rule::ByAppointment)
    }

    /// The same, on these days of the week alone; nothing when it does not start on any of them. What is always there
    /// stays.
    pub fn on(&self, only: Days) -> Option<Self> {
        let mut on = self.clone();
        match &mut on.rule {
            Rule::Weekly { days, .. } | Rule::Open { days, .. } => {
                *days = days.common(only);
                (!days.is_empty()).then_some(on)
            }
            Rule::RoundTheClock => Some(on),
            Rule::ByAppointment => None,
        }
    }

    /// The first start (of opening hours: the first opening) at or after `from`. Nothing for what is always there or
    /// by appointment, for a rule without days, and in a zone that does not exist.
    pub fn next_start(&self, from: Timestamp) -> Option<Occurrence> {
        let (days, weeks, minute) = self.rule.starts()?;
        let zone = zone(&self.zone)?;
        // Yesterday's start may lie ahead still, when the clocks skip midnight.
        let mut date = zone.to_datetime(from).date().yesterday().ok()?;
        for _ in 0..=HORIZON_DAYS {
            if days.contains(date.weekday()) && weeks.contains(date) {
                let start = at_minute(date, minute, &zone)?;
                if start.timestamp() >= from {
                    return self.occurrence(date, start);
                }
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// What is going on at `at`: begun at or before it, and not over. A meeting without a known end counts as
    /// [`USUAL_MINUTES`] long. What goes on past midnight is found from the day before. If several overlap, the one
    /// that began last.
    ///
    /// What is round the clock is always current: its occurrence starts at `at` and has no end; it does not need its
    /// zone, and in one that does not exist it is given in UTC, because a line that is always open must not be lost.
    pub fn current(&self, at: Timestamp) -> Option<Occurrence> {
        if self.rule == Rule::RoundTheClock {
            let zone = zone(&self.zone).unwrap_or(TimeZone::UTC);
            return Some(Occurrence { start: at.to_zoned(zone), end: None });
        }
        let (days, weeks, minute) = self.rule.starts()?;
        let zone = zone(&self.zone)?;
        // Tomorrow's start may be over when the clocks go back over midnight.
        let mut date = zone.to_datetime(at).date().tomorrow().ok()?;
        for _ in 0..self.rule.length() / DAY_MINUTES + 4 {
            if days.contains(date.weekday()) && weeks.contains(date) {
                let start = at_minute(date, minute, &zone)?;
                if start.timestamp() <= at {
                    let occurrence = self.occurrence(date, start)?;
                    if occurrence.known_or_usual_end()? > at {
                        return Some(occurrence);
                    }
                }
            }
            date = date.yesterday().ok()?;
        }
        None
    }

    /// What began at most [`STILL_WELCOME`] minutes before `at` and is not over.
    pub fn just_begun(&self, at: Timestamp) -> Option<Occurrence> {
        let latest = SignedDuration::from_mins(i64::from(STILL_WELCOME) + 1);
        self.current(at).filter(|current| at.duration_since(current.start.timestamp()) < latest)
    }

    /// The occurrence of `date`, which starts at `start`.
    fn occurrence(&self, date: Date, start: Zoned) -> Option<Occurrence> {
        let end = match self.rule {
            Rule::Weekly { minutes: Some(minutes), .. } => {
                Some(start.checked_add(SignedDuration::from_mins(minutes.into())).ok()?)
            }
            Rule::Open { from, until, .. } => {
                let closing_day = if until > from { date } else { date.tomorrow().ok()? };
                let closing = at_minute(closing_day, until, start.time_zone())?;
                // In the hour that a spring change skips, opening moves past a closing inside the same hour.
                Some(if closing < start { start.clone() } else { closing })
            }
            _ => None,
        };
        Some(Occurrence { start, end })
    }
}

impl Occurrence {
    /// When it ends, or is taken to end because nobody says.
    fn known_or_usual_end(&self) -> Option<Timestamp> {
        match &self.end {
            Some(end) => Some(end.timestamp()),
            None => self.start.timestamp().checked_add(SignedDuration::from_mins(USUAL_MINUTES.into())).ok(),
        }
    }
}

/// The moment at which the clocks of `zone` show this minute of `date`: after a gap by as much as the gap is long, and
/// the first pass of an hour that comes twice. Nothing for a minute that no day has.
fn at_minute(date: Date, minute: u16, zone: &TimeZone) -> Option<Zoned> {
    let (hour, minute) = (i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?);
    let time = jiff::civil::Time::new(hour, minute, 0, 0).ok()?;
    date.to_datetime(time).to_zoned(zone.clone()).ok()
}
