//! The terminal: its bytes as keys, its modes, its size, and the signals that reach a program at a terminal.
//!
//! The keeper has the modes and wipes the screen; a glass has the keys and draws. Both know the terminal as their
//! standard input.
//!
//! * It is read and written through an own opening, so that only that does not block; the shell's stays as it was.
//! * Whatever waits comes in one batch, so that a held key or a flood costs one drawing, not one for each key.
//! * A terminal that is gone ends the stream of keys; nothing spins.
//! * Whatever [`Screen::enter`] changes, [`restore`] gives back: at the end, in a panic, and only once.
//! * The size comes from a system call and the cursor from memory: no program is run, and no key is eaten, for them.

use std::io::{self, IsTerminal, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::pin::Pin;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ratatui::crossterm::event::KeyEvent;
use ratatui::crossterm::terminal;
use rustix::fs::{Mode, OFlags};
use rustix::process::Signal as Number;
use rustix::termios::{self, QueueSelector};
use tokio::net::unix::pipe::Receiver;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::Sleep;

use crate::decode::{Decoder, GRACE};
use crate::layout::Size;

mod out;
mod surface;
#[cfg(test)]
mod tests;

pub use out::Out;
pub use surface::Surface;

/// The size taken for a terminal that does not know its own (a serial line).
pub const USUAL: Size = Size { width: 80, height: 24 };

/// The largest area that is drawn. A hostile terminal may claim millions of cells.
pub const LARGEST: Size = Size { width: 300, height: 100 };

/// The most bytes taken in one batch. Sixteen times what the kernel keeps for a terminal.
const BATCH: usize = 65_536;

/// Why the kiosk cannot be shown here.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// Input or output is a pipe or a file.
    #[error(
        "the kiosk needs a terminal for its keys and its screen. Start it on a console or in a terminal window, not \
         through a pipe. To search without one: porchlight search WORDS"
    )]
    NoTerminal,
    /// A shell runs it in the background, where reading keys would stop it.
    #[error("the kiosk was started in the background, where no keys reach it. Start it without & at the end")]
    Background,
    /// The terminal cannot be opened or set up.
    #[error("the terminal cannot be used: {0}")]
    Broken(#[from] io::Error),
}

/// Whether this is the Linux console, by the value of `TERM`.
pub fn is_console(term: &str) -> bool {
    term == "linux" || term.starts_with("linux-")
}

/// The terminal's size now, never empty and never above [`LARGEST`].
pub fn size() -> Size {
    size_of(io::stdin())
}

/// The terminal that is standard input, opened once more, to be read and written without blocking.
///
/// # Errors
/// When it cannot be opened again.
pub fn open() -> io::Result<OwnedFd> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    // Inside a container the name may lead nowhere; then the controlling terminal is the one.
    let named = termios::ttyname(io::stdin(), Vec::new())
        .and_then(|name| rustix::fs::open(name.as_c_str(), flags, Mode::empty()));
    Ok(named.or_else(|_| rustix::fs::open("/dev/tty", flags, Mode::empty()))?)
}

fn size_of(terminal: impl AsFd) -> Size {
    match termios::tcgetwinsize(terminal) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => {
            Size { width: size.ws_col.min(LARGEST.width), height: size.ws_row.min(LARGEST.height) }
        }
        _ => USUAL,
    }
}

// ---------------------------------------------------------------------------------------------------------------------

/// The screen is ours. A static, because a panic hook has no other way to know.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// Where it is written to, and whether it is the Linux console.
static SCREEN: OnceLock<(Out, bool)> = OnceLock::new();

/// The keeper waits so long for a terminal that takes nothing.
const PATIENCE: Duration = Duration::from_secs(2);

/// The screen, taken over. Dropping it gives it back.
#[derive(Debug)]
pub struct Screen(());

impl Screen {
    /// Takes the terminal over: raw mode, an empty screen, nothing of what was there before.
    ///
    /// # Errors
    /// [`Unfit`] when standard input or output is no terminal, or the terminal cannot be set up.
    pub fn enter(term: &str) -> Result<Self, Unfit> {
        fit()?;
        let console = is_console(term);
        let out = Out::over(open()?, PATIENCE);
        SCREEN.get_or_init(|| (out, console));
        terminal::enable_raw_mode()?;
        ENTERED.store(true, Ordering::SeqCst);
        let screen = Self(());
        write_now(if console { CONSOLE_WIPE } else { WINDOW_ENTER })?;
        Ok(screen)
    }

    /// Wipes whatever the screen shows or remembers, between two visitors, and whatever was typed ahead. The next
    /// drawing has to be a whole one.
    ///
    /// # Errors
    /// When the terminal is gone. One that only takes no output at the moment is drawn over by the next visitor's
    /// first frame, which paints every cell.
    pub fn wipe(&self) -> io::Result<()> {
        if let Err(fault) = termios::tcflush(io::stdin(), QueueSelector::IFlush)
            && fault == rustix::io::Errno::IO
        {
            return Err(fault.into());
        }
        let console = SCREEN.get().is_some_and(|(_, console)| *console);
        self.show(wiping(console))
    }

    /// Whether the terminal still is one.
    ///
    /// # Errors
    /// When it is gone.
    pub fn stands(&self) -> io::Result<()> {
        match termios::tcgetwinsize(io::stdin()) {
            Err(fault) if fault == rustix::io::Errno::IO => Err(fault.into()),
            _ => Ok(()),
        }
    }

    /// Writes these bytes, as far as the terminal takes them.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn show(&self, text: &str) -> io::Result<()> {
        match write_now(text) {
            Err(fault) if fault.kind() == io::ErrorKind::TimedOut => Ok(()),
            ended => ended,
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back as it was, with nothing of the visitor on it. Does nothing when it is not ours, so that it
/// can be called from a panic hook and from every way out.
pub fn restore() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let console = SCREEN.get().is_some_and(|(_, console)| *console);
        // There is nobody to tell when even this fails: the terminal is gone.
        let _ = write_now(if console { CONSOLE_LEAVE } else { WINDOW_LEAVE });
        let _ = terminal::disable_raw_mode();
    }
}

/// What wipes the screen and its memory.
pub fn wiping(console: bool) -> &'static str {
    if console { CONSOLE_WIPE } else { WINDOW_WIPE }
}

// The console has no second screen on older kernels (1049), so it is reset (ESC c) and wiped with its memory (3J).
const CONSOLE_WIPE: &str = "\x18\x1bc\x1b[2J\x1b[3J\x1b[H";
const CONSOLE_LEAVE: &str = "\x18\x1b[0m\x1b[?25h\x1b[2J\x1b[3J\x1b[H";
// In a window we draw on the second screen, which has no memory; what stands on the first is somebody else's. Pastes
// are bracketed (2004), so that a line end in one is not the Enter key. A glass that was shut down in the middle of a
// sequence must not swallow the next one: CAN ends it.
const WINDOW_ENTER: &str = "\x1b[?1049h\x1b[?2004h\x1b[0m\x1b[2J\x1b[H";
const WINDOW_WIPE: &str = "\x18\x1b[0m\x1b[2J\x1b[H";
const WINDOW_LEAVE: &str = "\x18\x1b[0m\x1b[?25h\x1b[2J\x1b[?2004l\x1b[?1049l";

fn write_now(sequence: &str) -> io::Result<()> {
    match SCREEN.get() {
        Some((out, _)) => out.clone().write_all(sequence.as_bytes()),
        None => Ok(()),
    }
}

fn fit() -> Result<(), Unfit> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Unfit::NoTerminal);
    }
    // A terminal that does not control us (no job control) says an error here, and that is fine.
    match termios::tcgetpgrp(io::stdin()) {
        Ok(front) if front != rustix::process::getpgrp() => Err(Unfit::Background),
        _ => Ok(()),
    }
}

// ---------------------------------------------------------------------------------------------------------------------

/// The keys of the terminal, batch by batch.
pub struct Keys {
    /// Called a pipe, for want of a better name: tokio waits for any opened file that can be waited for.
    terminal: Receiver,
    decoder: Decoder,
    /// Runs while something is begun. Kept here, so that whoever waits may stop waiting and come back.
    grace: Option<Pin<Box<Sleep>>>,
    buffer: Box<[u8]>,
}

impl Keys {
    /// The keys that come out of a terminal already opened without blocking. Needs a running tokio.
    ///
    /// # Errors
    /// When it cannot be waited on.
    pub fn over(terminal: OwnedFd) -> io::Result<Self> {
        Ok(Self {
            terminal: Receiver::from_owned_fd_unchecked(terminal)?,
            decoder: Decoder::new(),
            grace: None,
            buffer: vec![0; BATCH].into_boxed_slice(),
        })
    }

    /// Waits for keys and gives all that wait, at least one; `None` when the terminal is gone.
    ///
    /// May be dropped while it waits: nothing is lost, and an Esc key's time runs on.
    pub async fn next(&mut self) -> Option<Vec<KeyEvent>> {
        loop {
            let mut keys = Vec::new();
            if self.ready().await.ok()? {
                let bytes = match self.fill() {
                    Ok(bytes) => bytes,
                    Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => continue,
                    Err(_) => return None,
                };
                let fresh = self.buffer.get_mut(..bytes).unwrap_or_default();
                self.decoder.feed(fresh, &mut |key| keys.push(key));
                // What a visitor typed is not kept.
                fresh.fill(0);
                self.grace = self.decoder.pending().then(|| Box::pin(tokio::time::sleep(GRACE)));
            } else {
                self.decoder.timeout(&mut |key| keys.push(key));
                self.grace = None;
            }
            if !keys.is_empty() {
                return Some(keys);
            }
        }
    }

    /// Waits until there may be bytes (true) or what is begun has waited long enough (false).
    async fn ready(&mut self) -> io::Result<bool> {
        match self.grace.as_mut() {
            None => self.terminal.readable().await.map(|()| true),
            // Bytes first: when we come late, the rest of a sequence is there already and the time-out is not true.
            Some(grace) => tokio::select! {
                biased;
                ready = self.terminal.readable() => ready.map(|()| true),
                () = grace => Ok(false),
            },
        }
    }

    /// Takes all bytes that wait, as far as they fit into one batch, and says how many. An error when there are none:
    /// not yet ([`io::ErrorKind::WouldBlock`]), or never again.
    fn fill(&mut self) -> io::Result<usize> {
        let mut filled = 0;
        loop {
            let room = self.buffer.get_mut(filled..).unwrap_or_default();
            if room.is_empty() {
                return Ok(filled);
            }
            let end = match self.terminal.try_read(room) {
                Ok(0) => io::ErrorKind::UnexpectedEof.into(),
                Ok(bytes) => {
                    filled += bytes;
                    continue;
                }
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
                Err(fault) => fault,
            };
            // What came before the end is somebody's keys; the end will be met again.
            return if filled > 0 { Ok(filled) } else { Err(end) };
        }
    }
}

// ---------------------------------------------------------------------------------------------------------------------

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// The terminal has another size: see [`size`].
    Resized,
    /// End cleanly: the service manager says so, or the terminal hung up.
    End,
}

/// The signals that may reach a program at a terminal.
#[derive(Debug)]
pub struct Signals {
    resized: Signal,
    terminate: Signal,
    hung_up: Signal,
}

impl Signals {
    /// Listens from now on. Interrupt, quit, stop and the other signals of a terminal or a shell do nothing from now
    /// on, for the life of the process. Needs a running tokio.
    ///
    /// # Errors
    /// When the system refuses a handler.
    pub fn listen() -> io::Result<Self> {
        // Handlers that nobody listens to: tokio never takes one away again, and a handled signal does not kill.
        for quiet in QUIET {
            drop(signal(SignalKind::from_raw(quiet.as_raw()))?);
        }
        Ok(Self {
            resized: signal(SignalKind::window_change())?,
            terminate: signal(SignalKind::terminate())?,
            hung_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next call. May be dropped while it waits.
    pub async fn next(&mut self) -> Call {
        tokio::select! {
            biased;
            _ = self.terminate.recv() => Call::End,
            _ = self.hung_up.recv() => Call::End,
            _ = self.resized.recv() => Call::Resized,
        }
    }
}

/// Signals that mean nothing to a kiosk. A file that may not grow (XFSZ) comes back as an error where it is written.
const QUIET: [Number; 9] = [
    Number::INT,
    Number::QUIT,
    Number::TSTP,
    Number::TTIN,
    Number::TTOU,
    Number::USR1,
    Number::USR2,
    Number::PIPE,
    Number::XFSZ,
];
