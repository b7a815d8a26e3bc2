//! Whether looking things up gets on. A slow answer is no fault; one that never comes is.

use std::time::Duration;

use tokio::time::Instant;

use crate::event::Ticket;

/// Nothing that is looked up takes so long on a machine that works.
const STUCK: Duration = Duration::from_secs(15);

/// What is being waited for.
pub(super) struct Pulse {
    /// Since when no outcome has come although one is due.
    since: Option<Instant>,
    /// The last question: the visit and its ticket.
    last: Option<(u64, Ticket)>,
}

impl Pulse {
    /// The directory is being opened.
    pub(super) fn opening(now: Instant) -> Self {
        Self { since: Some(now), last: None }
    }

    /// Something was asked.
    pub(super) fn asked(&mut self, visit: u64, ticket: Ticket, now: Instant) {
        self.last = Some((visit, ticket));
        self.since.get_or_insert(now);
    }

    /// An outcome came. Of several questions only the latest is sure to be answered.
    pub(super) fn answered(&mut self, visit: u64, ticket: Option<Ticket>, now: Instant) {
        let all = match (self.last, ticket) {
            (Some(last), Some(ticket)) => last == (visit, ticket),
            (last, _) => last.is_none(),
        };
        self.since = (!all).then_some(now);
    }

    /// Whether it gets on.
    pub(super) fn gets_on(&self, now: Instant) -> bool {
        self.since.is_none_or(|since| now.saturating_duration_since(since) < STUCK)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "some moment to count from")]

    use super::*;

    #[test]
    fn only_what_never_comes_stops_the_pulse() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut pulse = Pulse::opening(start);
        assert!(pulse.gets_on(at(5)) && !pulse.gets_on(at(20)));
        pulse.answered(0, None, at(5));
        assert!(pulse.gets_on(at(1000)));
        // Two questions; the first is answered late, the second never.
        pulse.asked(1, Ticket(1), at(1000));
        pulse.asked(1, Ticket(2), at(1010));
        assert!(pulse.gets_on(at(1012)) && !pulse.gets_on(at(1016)));
        pulse.answered(1, Some(Ticket(1)), at(1014));
        assert!(pulse.gets_on(at(1028)) && !pulse.gets_on(at(1030)));
        pulse.answered(1, Some(Ticket(2)), at(1030));
        assert!(pulse.gets_on(at(9999)));
    }
}
