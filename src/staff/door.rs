//! The door for staff: a wrong PIN is counted, and the next one is looked at later and later.
//!
//! The count survives a restart in a small file of the data folder. It holds how often and when, and never a digit. An
//! attempt is counted before it is looked at, so that pulling the plug in between gains nothing. No wait is longer than
//! [`delay`] allows, whatever the clock on the wall does meanwhile: nobody is locked out for good.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use index::disk;
use jiff::Timestamp;

use crate::pin::Pin;
use crate::store;

/// The name of the file.
const NAME: &str = "attempts";

/// More wrong PINs than these are not told apart.
const MOST: u32 = 99;

/// So many count when the file is there and says nothing: the next wrong PIN has to be waited for.
const UNKNOWN: u32 = 3;

/// How long the door waits after so many wrong PINs.
pub fn delay(wrong: u32) -> Duration {
    let seconds = match wrong {
        0..=3 => 0,
        4 => 5,
        5 => 15,
        6 => 60,
        _ => 300,
    };
    Duration::from_secs(seconds)
}

/// What the door says to a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is open.
    Right,
    /// That was not it; the next one is looked at after so long.
    Wrong(Duration),
    /// It was not looked at, and is not until so long.
    Wait(Duration),
}

/// How often a wrong PIN was tried since the last right one, and when last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Attempts {
    wrong: u32,
    last: Timestamp,
}

/// The door.
pub struct Door {
    file: PathBuf,
    /// What the file does not say because it could not be written.
    unsaved: Option<Attempts>,
    opens: Box<dyn Fn(&Pin) -> bool + Send>,
}

impl Door {
    /// The door of the kiosk with this data folder, which opens to these PINs. Nothing is read or written yet.
    pub fn new(folder: &Path, opens: impl Fn(&Pin) -> bool + Send + 'static) -> Self {
        Self { file: folder.join(NAME), unsaved: None, opens: Box::new(opens) }
    }

    /// How long it waits still before it looks at a PIN.
    pub fn wait(&mut self, now: Timestamp) -> Duration {
        let attempts = self.attempts(now);
        let since = now.duration_since(attempts.last).unsigned_abs();
        delay(attempts.wrong).saturating_sub(since)
    }

    /// Looks at a PIN, unless it has to be waited for.
    pub fn answer(&mut self, pin: &Pin, now: Timestamp) -> Answer {
        let wait = self.wait(now);
        if !wait.is_zero() {
            return Answer::Wait(wait);
        }
        let wrong = (self.attempts(now).wrong + 1).min(MOST);
        self.keep(Attempts { wrong, last: now });
        if (self.opens)(pin) {
            self.keep(Attempts::default());
            Answer::Right
        } else {
            Answer::Wrong(delay(wrong))
        }
    }

    /// The attempts so far, none of them later than now. A clock that was set back begins the wait anew, once.
    fn attempts(&mut self, now: Timestamp) -> Attempts {
        let unknown = || Attempts { wrong: UNKNOWN, last: now };
        let attempts = match self.unsaved {
            Some(unsaved) => unsaved,
            None => match store::bytes(&self.file, 64) {
                Ok(bytes) => read(&bytes).unwrap_or_else(unknown),
                Err(fault) if fault.kind() == io::ErrorKind::NotFound => Attempts::default(),
                // The folder of the folder may be a file: then nothing was ever written here.
                Err(fault) if fault.kind() == io::ErrorKind::NotADirectory => Attempts::default(),
                Err(_) => unknown(),
            },
        };
        if attempts.wrong > 0 && attempts.last > now {
            let anew = Attempts { last: now, ..attempts };
            self.keep(anew);
            return anew;
        }
        attempts
    }

    /// Keeps the count: in the file, and in memory while that cannot be written.
    fn keep(&mut self, attempts: Attempts) {
        let kept = if attempts.wrong == 0 { remove(&self.file) } else { write(&self.file, attempts) };
        self.unsaved = kept.err().map(|_| attempts);
    }
}

/// `wrong seconds`, as [`write`] leaves it.
fn read(bytes: &[u8]) -> Option<Attempts> {
    let (wrong, last) = std::str::from_utf8(bytes).ok()?.trim_end().split_once(' ')?;
    Some(Attempts {
        wrong: wrong.parse::<u32>().ok()?.min(MOST),
        last: Timestamp::from_second(last.parse().ok()?).ok()?,
    })
}

/// Writes beside and renames, so that a power cut leaves the one or the other.
fn write(file: &Path, attempts: Attempts) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new(""));
    disk::make_folder(folder)?;
    let beside = file.with_extension("new");
    let mut next = File::create(&beside)?;
    writeln!(next, "{} {}", attempts.wrong, attempts.last.as_second())?;
    next.sync_all()?;
    fs::rename(&beside, file)?;
    File::open(folder)?.sync_all()
}

fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

#[cfg(test)]
mod tests;
