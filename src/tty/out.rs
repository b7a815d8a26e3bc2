//! Writing to the terminal without being held up by it.
//!
//! A terminal stops taking output when somebody presses Scroll Lock, when it is sent XOFF, or when another program
//! stops it. Then, and only then, it is told to go on, four times a second. A terminal that takes nothing all the same
//! is an error of the kind `TimedOut`, after a while: whoever draws has other things to do too.

use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{Action, tcflow};

/// So long it may take nothing before it is told to go on.
const TURN: Duration = Duration::from_millis(250);

/// The output of a terminal that was opened without blocking.
#[derive(Clone, Debug)]
pub struct Out {
    terminal: Arc<OwnedFd>,
    /// So many turns without a byte taken are an error.
    turns: u32,
}

impl Out {
    /// Output that waits about so long for a terminal that takes nothing.
    pub fn over(terminal: OwnedFd, patience: Duration) -> Self {
        let turns = patience.as_millis() / TURN.as_millis();
        Self { terminal: Arc::new(terminal), turns: u32::try_from(turns).unwrap_or(u32::MAX).max(1) }
    }

    /// Waits until it may take bytes, or has taken none for a turn; then it is told to go on.
    fn wait(&self) -> io::Result<()> {
        let turn = Timespec::try_from(TURN).map_err(io::Error::other)?;
        match poll(&mut [PollFd::new(&*self.terminal, PollFlags::OUT)], Some(&turn)) {
            Ok(0) => {
                // "Go on" alone does not undo XOFF or Scroll Lock; "stop" and "go on" do.
                tcflow(&*self.terminal, Action::OOff)?;
                tcflow(&*self.terminal, Action::OOn)?;
                Ok(())
            }
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        patiently(self.turns, || rustix::io::write(&*self.terminal, bytes), || self.wait())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Tries until some bytes are taken, and waits between, for so many turns.
pub(super) fn patiently(
    turns: u32,
    mut write: impl FnMut() -> Result<usize, Errno>,
    mut wait: impl FnMut() -> io::Result<()>,
) -> io::Result<usize> {
    for _ in 0..=turns {
        match write() {
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => wait()?,
            ended => return ended.map_err(Into::into),
        }
    }
    Err(io::ErrorKind::TimedOut.into())
}
