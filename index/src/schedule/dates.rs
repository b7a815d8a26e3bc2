//! From one day to another: what holds only for a time.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// From one day to another, both included. What has no end on a side is open there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dates {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

impl Dates {
    /// Whether this day is one of them.
    pub fn hold(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && !self.are_over(day)
    }

    /// Whether the last of them was before this day.
    pub fn are_over(self, day: Date) -> bool {
        self.until.is_some_and(|until| until < day)
    }

    /// The first day after them; `None` when there is none.
    pub fn after(self) -> Option<Date> {
        self.until?.tomorrow().ok()
    }
}
