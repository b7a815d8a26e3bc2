//! Whether the visitor is still there, by the clock that nobody can set, and by the sleep of the machine.
//!
//! The loop's clock stands still while the machine sleeps (a lid, a power key), and the visit that was open then is
//! over, however short the time before: so a sleep counts as time without a key. The clock on the wall counts nothing.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use tokio::time::Instant;

/// A shorter sleep is none: two clocks are never read at once.
const NAP: Duration = Duration::from_secs(1);

/// When the last key came, and how patient the kiosk is.
pub(super) struct Idle {
    patience: Duration,
    notice: Duration,
    last_key: Instant,
    /// How long the machine had slept by then.
    slept: Duration,
}

impl Idle {
    pub(super) fn new((patience, notice): (Duration, Duration), now: Instant, slept: Duration) -> Self {
        Self { patience, notice, last_key: now, slept }
    }

    /// A key came.
    pub(super) fn key(&mut self, now: Instant, slept: Duration) {
        (self.last_key, self.slept) = (now, slept);
    }

    /// When the visitor is asked, or when they were, forgotten.
    pub(super) fn deadline(&self, asked: bool, slept: Duration) -> Instant {
        let patience = if asked { self.patience + self.notice } else { self.patience };
        self.last_key + patience.saturating_sub(self.since(slept))
    }

    /// Whether the visit ended in the machine's sleep.
    pub(super) fn overslept(&self, now: Instant, slept: Duration) -> bool {
        !self.since(slept).is_zero() && self.deadline(true, slept) <= now
    }

    fn since(&self, slept: Duration) -> Duration {
        let since = slept.saturating_sub(self.slept);
        if since > NAP { since } else { Duration::ZERO }
    }
}

/// How long the machine has slept since it was started, all in all.
pub fn asleep() -> Duration {
    let [boot, running] = [ClockId::Boottime, ClockId::Monotonic].map(|clock| {
        let time = clock_gettime(clock);
        Duration::new(u64::try_from(time.tv_sec).unwrap_or_default(), u32::try_from(time.tv_nsec).unwrap_or_default())
    });
    boot.saturating_sub(running)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "some moment to count from")]

    use super::*;

    #[test]
    fn a_sleep_counts_as_time_without_a_key_and_two_readings_are_no_sleep() {
        let start = Instant::now();
        let seconds = Duration::from_secs;
        let mut idle = Idle::new((seconds(90), seconds(30)), start, seconds(7));
        assert_eq!(idle.deadline(false, seconds(7)), start + seconds(90));
        assert_eq!(idle.deadline(true, seconds(7) + Duration::from_millis(3)), start + seconds(120));
        assert!(!idle.overslept(start + seconds(500), seconds(8)), "without a sleep a key in time is a key in time");
        assert_eq!(idle.deadline(false, seconds(47)), start + seconds(50));
        assert!(!idle.overslept(start + seconds(79), seconds(47)) && idle.overslept(start + seconds(80), seconds(47)));
        assert_eq!(idle.deadline(false, seconds(100_000)), start);
        idle.key(start + seconds(5), seconds(100_000));
        assert_eq!(idle.deadline(false, seconds(100_000)), start + seconds(95));
    }

    #[test]
    fn the_two_clocks_are_read() {
        let first = asleep();
        assert!(asleep().abs_diff(first) < NAP);
    }
}
