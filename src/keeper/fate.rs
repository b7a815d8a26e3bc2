//! When glasses crash, how soon another one is tried.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// So many crashes within [`FAST`] are a fault that the next glass will have too.
const MANY: usize = 5;
const FAST: Duration = Duration::from_secs(60);
/// Then it rests so long, twice as long the next time, up to the longest.
const REST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_secs(480);
/// After one crash the next is opened so soon: not at once, or a fault at the start would use the whole processor.
const SOON: Duration = Duration::from_millis(100);

/// The crashes of the last minute, and what follows from them.
#[derive(Debug, Default)]
pub(super) struct Fate {
    crashes: VecDeque<Instant>,
    rested: Option<(Instant, Duration)>,
    rests: bool,
}

impl Fate {
    /// A glass crashed. Says how long to wait before another one is opened.
    pub(super) fn crashed(&mut self, now: Instant) -> Duration {
        self.crashes.retain(|crash| now.saturating_duration_since(*crash) < FAST);
        self.crashes.push_back(now);
        self.rests = self.crashes.len() >= MANY;
        if !self.rests {
            return SOON;
        }
        self.crashes.clear();
        // Whoever held for a while after the last rest has earned a short one.
        let rest = match self.rested {
            Some((until, last)) if now.saturating_duration_since(until) < FAST => (last * 2).min(LONGEST),
            _ => REST,
        };
        self.rested = Some((now + rest, rest));
        rest
    }

    /// Whether the last crash was one too many.
    pub(super) fn rests(&self) -> bool {
        self.rests
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "some moment to count from")]

    use super::*;

    fn crashes(fate: &mut Fate, at: impl Iterator<Item = Instant>) -> Vec<Duration> {
        at.map(|at| fate.crashed(at)).collect()
    }

    #[test]
    fn five_within_a_minute_rest_and_five_in_an_hour_do_not() {
        let start = Instant::now();
        let every = |seconds: u64| (0..5).map(move |turn| start + Duration::from_secs(turn * seconds));
        let mut fate = Fate::default();
        assert_eq!(crashes(&mut fate, every(1)), [SOON, SOON, SOON, SOON, REST]);
        assert!(fate.rests());
        let mut fate = Fate::default();
        assert_eq!(crashes(&mut fate, every(700)), [SOON; 5]);
        assert!(!fate.rests());
    }

    #[test]
    fn the_rest_grows_while_it_does_not_help_and_is_short_again_after_it_did() {
        let mut at = Instant::now();
        let mut fate = Fate::default();
        for rest in [30, 60, 120, 240, 480, 480] {
            let rest = Duration::from_secs(rest);
            assert_eq!(crashes(&mut fate, [at; 5].into_iter()).pop(), Some(rest));
            at += rest;
        }
        at += FAST * 2;
        assert_eq!(crashes(&mut fate, [at; 5].into_iter()).pop(), Some(REST));
    }
}
