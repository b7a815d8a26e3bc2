//! Sets of weekdays and of weeks of a month, each a few bits.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// A set of weekdays. Bit 0 is Sunday, as in Meeting Guide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Days(u8);

impl Days {
    /// The weekdays in the order in which all tables and facets count them.
    pub const WEEK: [Weekday; 7] = [
        Weekday::Sunday,
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
    ];
    /// No day.
    pub const NONE: Self = Self(0);
    /// Every day.
    pub const EVERY: Self = Self(0b111_1111);

    /// The set of these days.
    pub fn of(days: impl IntoIterator<Item = Weekday>) -> Self {
        Self(days.into_iter().fold(0, |bits, day| bits | bit(day)))
    }

    /// The day that Meeting Guide numbers so: 0 is Sunday, 6 is Saturday. Absent for other numbers.
    pub fn from_sunday_index(index: u8) -> Option<Self> {
        (index < 7).then(|| Self(1 << index))
    }

    /// Whether `day` is in it.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// Its days, Sunday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Self::WEEK.into_iter().filter(move |day| self.contains(*day))
    }

    /// Whether no day is in it.
    pub fn is_empty(self) -> bool {
        self.0 & Self::EVERY.0 == 0
    }

    /// The days of both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The days that both have.
    #[must_use]
    pub fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The days after these.
    #[must_use]
    pub fn next(self) -> Self {
        Self((self.0 << 1 | self.0 >> 6) & Self::EVERY.0)
    }

    /// Bit 0 is Sunday, bit 6 is Saturday.
    pub fn bits(self) -> u8 {
        self.0 & Self::EVERY.0
    }

    /// The set of these bits.
    pub fn from_bits(bits: u8) -> Self {
        Self(bits & Self::EVERY.0)
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_sunday_zero_offset()
}

/// The weeks of a month in which something happens. Bits 0 to 4 are the 1st to 5th such weekday, bit 5 is the last
/// one. Empty means every week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Weeks(u8);

impl Weeks {
    /// Every week: no week is named.
    pub const EVERY: Self = Self(0);
    /// The last such weekday of the month.
    pub const LAST: Self = Self(0b10_0000);
    const ALL_BITS: u8 = 0b11_1111;

    /// The `n`th such weekday of the month, `n` from 1 to 5. Absent for other numbers.
    pub fn nth(n: u8) -> Option<Self> {
        (1..=5).contains(&n).then(|| Self(1 << (n - 1)))
    }

    /// The weeks that either names. [`Weeks::EVERY`] names none, so its union with another is the other: sets can be
    /// gathered starting from it.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it holds in every week.
    pub fn is_every(self) -> bool {
        self.0 & Self::ALL_BITS == 0
    }

    /// Whether the `n`th such weekday (1 to 5) is named.
    pub fn names(self, n: u8) -> bool {
        Self::nth(n).is_some_and(|nth| self.0 & nth.0 != 0)
    }

    /// Whether the last such weekday is named.
    pub fn names_last(self) -> bool {
        self.0 & Self::LAST.0 != 0
    }

    /// Whether it holds for `date`, seen from the weekday of `date`.
    pub fn contains(self, date: Date) -> bool {
        self.is_every() || self.0 & Self::of_date(date).0 != 0
    }

    /// What `date` is in its month: its nth such weekday, and perhaps the last.
    pub(super) fn of_date(date: Date) -> Self {
        let nth = 1 << ((date.day() - 1) / 7);
        let last = if date.day() + 7 > date.days_in_month() { Self::LAST.0 } else { 0 };
        Self(nth | last)
    }

    /// Bits 0 to 4 are the 1st to 5th, bit 5 is the last; none means every week.
    pub fn bits(self) -> u8 {
        self.0 & Self::ALL_BITS
    }

    pub(super) fn from_bits(bits: u8) -> Self {
        Self(bits & Self::ALL_BITS)
    }
}
