//! Asking for a PIN, and printing what stands for it in the settings.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use anyhow::{Context, Result};
use rustix::termios::{self, LocalModes, OptionalActions, Termios};

use super::{End, report, wrong};
use crate::pin::{LONGEST, Lock, Pin, SHORTEST};

pub(super) fn run(out: &mut impl Write) -> Result<End> {
    let Some(pin) = ask()? else {
        return Ok(wrong(&format!("a PIN is {SHORTEST} to {LONGEST} digits, typed twice the same; nothing was made")));
    };
    if pin.is_plain() {
        report("this PIN is one of those that are tried first; another one is safer");
    }
    let lock = Lock::new(&pin).context("the system gives no random numbers")?;
    writeln!(out, "[staff]\npin = \"{lock}\"")?;
    Ok(End::Done)
}

/// Asks for the PIN twice, without showing it. From a pipe or a file, its first line is taken, and a second one has to
/// say the same.
fn ask() -> Result<Option<Pin>> {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        let mut lines = stdin.lock().take(1024).lines();
        let first = lines.next().transpose()?.unwrap_or_default();
        let second = lines.next().transpose()?.filter(|line| !line.is_empty());
        let same = second.is_none_or(|second| second == first);
        return Ok(Pin::read(&first).filter(|_| same));
    }
    let _hidden = Hidden::begin().context("the terminal cannot be told to hide the PIN")?;
    let first = answer("New PIN, 4 to 12 digits: ")?;
    let second = answer("The same again: ")?;
    Ok(Pin::read(&first).filter(|_| first == second))
}

fn answer(question: &str) -> io::Result<String> {
    let mut err = io::stderr();
    write!(err, "{question}")?;
    let mut line = String::new();
    io::stdin().lock().take(1024).read_line(&mut line)?;
    // The line end that was typed was not shown either.
    writeln!(err)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// The terminal does not show what is typed, until this is dropped. Ctrl+C is a letter meanwhile, and no PIN: nobody is
/// left with a terminal that shows nothing.
struct Hidden(Termios);

impl Hidden {
    fn begin() -> io::Result<Self> {
        let before = termios::tcgetattr(io::stdin())?;
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO | LocalModes::ISIG);
        termios::tcsetattr(io::stdin(), OptionalActions::Flush, &hidden)?;
        Ok(Self(before))
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // A terminal that is gone needs no modes.
        let _ = termios::tcsetattr(io::stdin(), OptionalActions::Flush, &self.0);
    }
}
