//! When things happen: wall-clock recurrences in a zone, and the exact next start from a moment.
//!
//! A recurrence is what a notice on a door says ("1st and 3rd Tuesday, 7 pm"): wall-clock time plus an IANA zone,
//! never an offset. So a meeting keeps its hour when the clocks change. A start that falls into the hour that a
//! spring change skips happens when the clocks have moved on (RFC 5545 says the same); one that happens twice in
//! autumn counts at its first pass.

use jiff::Zoned;
use serde::{Deserialize, Serialize};

/// A set of weekdays. Bit 0 is Sunday, as in Meeting Guide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Days(u8);

/// The weeks of a month in which something happens. Bits 0 to 4 are the 1st to 5th such weekday, bit 5 is the last
/// one. Empty means every week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Weeks(u8);

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
        /// How long, in minutes. Unknown when the source gives no believable end.
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
