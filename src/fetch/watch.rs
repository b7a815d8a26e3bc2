//! The one who waits beside a fetch with a watch in hand: ends it when the time is over, when nothing or too little
//! comes, when too much has come, or when staff say so. Whatever waits for the network waits through it, never longer
//! than [`TICK`] at a time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::fault::Fault;
use super::{Progress, Rules};

/// So long nobody looks whether it is time to stop.
pub(super) const TICK: Duration = Duration::from_millis(200);

/// Watches over one fetch, from its first to its last address.
#[derive(Debug)]
pub(super) struct Watch {
    rules: Rules,
    stop: Arc<AtomicBool>,
    began: Instant,
    count: Mutex<Count>,
}

/// What has come so far.
#[derive(Debug)]
struct Count {
    /// Bytes of the whole fetch.
    wire: u64,
    /// Bytes since the last [`Watch::turn`].
    since: u64,
    /// Whether the body is on its way; before, the server may think.
    body: bool,
    /// When that, or the wait before it, began.
    turned: Instant,
    /// When something came last.
    heard: Instant,
}

impl Watch {
    pub(super) fn new(rules: Rules, stop: Arc<AtomicBool>) -> Self {
        let now = now();
        let count = Count { wire: 0, since: 0, body: false, turned: now, heard: now };
        Self { rules, stop, began: now, count: Mutex::new(count) }
    }

    pub(super) fn rules(&self) -> &Rules {
        &self.rules
    }

    /// A new wait begins: for an answer, or for its body.
    pub(super) fn turn(&self, body: bool) {
        let now = now();
        let mut count = self.count();
        *count = Count { wire: count.wire, since: 0, body, turned: now, heard: now };
    }

    /// So many bytes came.
    ///
    /// # Errors
    /// When that was too many.
    pub(super) fn hear(&self, bytes: usize) -> Result<(), Fault> {
        let mut count = self.count();
        let bytes = bytes as u64;
        count.wire += bytes;
        count.since += bytes;
        count.heard = now();
        if count.wire > self.rules.most_wire { Err(Fault::TooLarge(self.rules.most_wire)) } else { Ok(()) }
    }

    /// Who is told how much of the body is here.
    pub(super) fn progress(&self) -> Option<&Progress> {
        self.rules.progress.as_ref()
    }

    /// Whether nothing has come since the last turn.
    pub(super) fn heard_nothing(&self) -> bool {
        self.count().since == 0
    }

    /// How many bytes have come.
    pub(super) fn wire(&self) -> u64 {
        self.count().wire
    }

    /// Whether to go on.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn check(&self) -> Result<(), Fault> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Fault::Stopped);
        }
        let rules = &self.rules;
        let now = now();
        if now.duration_since(self.began) >= rules.time {
            return Err(Fault::TooSlow(rules.time));
        }
        let count = self.count();
        let silent = now.duration_since(count.heard);
        if !count.body {
            return if silent >= rules.patience { Err(Fault::Silent(rules.patience)) } else { Ok(()) };
        }
        if silent >= rules.patience {
            return Err(Fault::Stalled(rules.patience));
        }
        let time = now.duration_since(count.turned);
        let least = u128::from(rules.slowest) * time.as_millis() / 1000;
        if time >= rules.grace && u128::from(count.since) < least {
            return Err(Fault::TooSlow(time));
        }
        Ok(())
    }

    /// Does on another thread what the system lets nobody break off, and waits for it no longer than [`Watch::check`]
    /// and `most` allow. The thread ends by itself, later. `None` when `most` is over.
    ///
    /// # Errors
    /// Why not to go on.
    pub(super) fn beside<T: Send + 'static>(
        &self,
        most: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<Option<T>, Fault> {
        let (done, result) = mpsc::sync_channel(1);
        // Nobody may be there any more to take it.
        let work = move || drop(done.send(work()));
        thread::Builder::new().spawn(work).map_err(|fault| Fault::Machine(fault.to_string()))?;
        let began = now();
        loop {
            match result.recv_timeout(TICK) {
                Ok(result) => return Ok(Some(result)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => self.check()?,
            }
            if now().duration_since(began) >= most {
                return Ok(None);
            }
        }
    }

    fn count(&self) -> MutexGuard<'_, Count> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[expect(clippy::disallowed_methods, reason = "how long a server takes is measured here")]
pub(super) fn now() -> Instant {
    Instant::now()
}
