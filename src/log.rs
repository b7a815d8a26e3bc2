//! The log for staff and operators: starts and ends, editions, faults. Never a visitor.
//!
//! What can be logged is a closed list ([`Note`]). A note holds counts, words of this program, and two small names that
//! are read letter by letter ([`Name`], [`Place`]); nothing that was typed, searched or opened can become one, because no
//! function here takes a text. A visit is not logged either: neither that somebody came, nor when.
//!
//! Under systemd the notes go to the journal. Elsewhere they go to files in the folder `log` beside the editions, one a
//! day, of which fourteen are kept. Their number is bounded by what they tell of: crashes by the keeper's rests, tried PINs
//! by the door's waits. Where neither can be written, nothing is: a kiosk does not stop for want of a log.

use std::fmt;
use std::panic::Location;
use std::path::Path;

use index::feed::Feed;
use index::shelf::{Edition, Shelf};
use serde::{Deserialize, Serialize};
use tracing::Level;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::layer::SubscriberExt;

/// Files that are kept, one for each day on which there was something to tell.
const KEPT: usize = 14;

/// The folder of the files, beside the editions.
pub const FOLDER: &str = "log";

/// The variable by which the service manager says that standard error is its journal.
pub const JOURNAL: &str = "JOURNAL_STREAM";

/// Something that staff may want to know later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The kiosk stands.
    Started,
    /// The kiosk ends: somebody asked it to, or its terminal is gone.
    Ended,
    /// The terminal failed with this error number.
    TerminalFailed(Option<i32>),
    /// A program of ours panicked here.
    Panicked(Place),
    /// The program before a visitor, or the one that waits for the next, ended by itself.
    Crashed(Gone),
    /// A program did not answer and was replaced.
    Silent,
    /// No program could be started; the error number of the system.
    NotStarted(Option<i32>),
    /// Five crashed within a minute: the crisis card stands alone for so many seconds.
    Rests(u64),
    /// This edition is the newest now; without one, the starter pack is shown.
    Newest(Option<Name>),
    /// Another version of the program built this edition: it is built again from what is kept.
    BuiltAgain(Name),
    /// So many of the newest editions cannot be used, and were passed over.
    Damaged(usize),
    /// Somebody opened the staff's door.
    DoorOpened,
    /// Somebody tried a PIN that was wrong.
    WrongPin,
    /// Staff took the newest edition back; this one stands now.
    RolledBack(Name),
    /// A refresh began.
    RefreshBegan,
    /// A feed gave nothing; so many of its listings stay.
    FeedKept(Name, u64),
    /// What a feed says cannot be believed, and was not accepted.
    FeedHeld(Name),
    /// A refresh put up an edition of so many listings.
    RefreshDone(Name, u64),
    /// A refresh changed nothing, and ended with this code.
    RefreshFailed(u8),
}

/// How a program ended that should not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// By a signal.
    Signal(i32),
    /// With a code.
    Code(i32),
    /// It is not known how.
    Unknown,
}

/// The name of an edition or a feed: letters, digits and hyphens, at most [`Name::MOST`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// The most characters of one.
    pub const MOST: usize = 40;

    /// That of the newest edition on a shelf.
    pub fn of_newest(shelf: &Shelf) -> Option<Self> {
        shelf.newest_name().map(|name| Self::read(&name))
    }

    /// That of the newest edition on a shelf, when another version of the program built it.
    pub fn of_outdated(shelf: &Shelf) -> Option<Self> {
        shelf.outdated().map(|name| Self::read(&name))
    }

    fn read(name: &str) -> Self {
        Self(name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(Self::MOST).collect())
    }
}

impl From<&Feed> for Name {
    fn from(feed: &Feed) -> Self {
        Self::read(&feed.name)
    }
}

impl From<&Edition> for Name {
    fn from(edition: &Edition) -> Self {
        Self::read(&edition.name)
    }
}

/// A line of this program's source: where it panicked. The message of a panic may hold anything, and is never read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    file: String,
    line: u32,
}

impl Place {
    /// The longest file name.
    const MOST: usize = 60;

    /// The end of the file's name and the line.
    pub fn of(place: &Location<'_>) -> Self {
        let file = place.file();
        let end = file.char_indices().rev().nth(Self::MOST - 1).map_or(0, |(at, _)| at);
        Self { file: file.get(end..).unwrap_or_default().to_owned(), line: place.line() }.tame()
    }

    /// The same, of what another process says: nothing but what the name of a source file can be.
    #[must_use]
    pub fn tame(mut self) -> Self {
        let fits = |c: char| c.is_ascii_alphanumeric() || "_./-".contains(c);
        let is_source = Path::new(&self.file).extension().is_some_and(|extension| extension == "rs");
        if self.file.len() > Self::MOST || !is_source || !self.file.chars().all(fits) {
            "a file".clone_into(&mut self.file);
        }
        self
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.file, self.line)
    }
}

impl fmt::Display for Gone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signal(number) => write!(out, "by signal {number}"),
            Self::Code(code) => write!(out, "with code {code}"),
            Self::Unknown => out.write_str("it is not known how"),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |number: &Option<i32>| number.map_or_else(String::new, |number| format!(" (error {number})"));
        match self {
            Self::Started => out.write_str("The kiosk stands."),
            Self::Ended => out.write_str("The kiosk ends."),
            Self::TerminalFailed(fault) => write!(out, "The terminal cannot be used{}.", number(fault)),
            Self::Panicked(place) => write!(out, "A fault in the program, at {place}."),
            Self::Crashed(how) => write!(out, "The screen's program ended by itself, {how}; the next one took over."),
            Self::Silent => out.write_str("The screen's program did not answer; the next one took over."),
            Self::NotStarted(fault) => write!(out, "The screen's program cannot be started{}.", number(fault)),
            Self::Rests(seconds) => {
                write!(
                    out,
                    "It crashed five times within a minute: the crisis card stands alone for {seconds} seconds."
                )
            }
            Self::Newest(Some(edition)) => write!(out, "Edition {edition} is shown from now on."),
            Self::Newest(None) => out.write_str("There is no edition; the built-in listings are shown."),
            Self::BuiltAgain(edition) => {
                write!(
                    out,
                    "Edition {edition} is of another version of the program: it is built again, without a network."
                )
            }
            Self::Damaged(count) => write!(out, "Editions that cannot be used, and were passed over: {count}."),
            Self::DoorOpened => out.write_str("The staff's door was opened."),
            Self::WrongPin => out.write_str("A wrong PIN was tried at the staff's door."),
            Self::RolledBack(edition) => write!(out, "The newest edition was taken back; edition {edition} stands."),
            Self::RefreshBegan => out.write_str("A refresh began."),
            Self::FeedKept(feed, listings) => {
                write!(out, "Feed {feed} gave nothing; its {listings} listings of before stay.")
            }
            Self::FeedHeld(feed) => {
                write!(out, "Feed {feed} was held back: too much in it has changed. What it said before stays.")
            }
            Self::RefreshDone(edition, listings) => {
                write!(out, "A refresh put up edition {edition}, {listings} listings.")
            }
            Self::RefreshFailed(code) => write!(out, "A refresh changed nothing, and ended with code {code}."),
        }
    }
}

impl Note {
    /// How much it matters.
    fn level(&self) -> Level {
        match self {
            Self::TerminalFailed(_) | Self::NotStarted(_) | Self::Rests(_) | Self::Damaged(_) => Level::ERROR,
            Self::Panicked(_)
            | Self::Crashed(_)
            | Self::Silent
            | Self::WrongPin
            | Self::FeedKept(..)
            | Self::FeedHeld(_)
            | Self::RefreshFailed(_) => Level::WARN,
            _ => Level::INFO,
        }
    }
}

/// Where the notes of this process go from here on: the journal, or files beside the editions. Asked for once, by a
/// program that may write.
pub fn open(data: &Path) {
    if std::env::var_os(JOURNAL).is_some()
        && let Ok(journal) = tracing_journald::layer()
    {
        let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(journal));
        return;
    }
    let folder = data.join(FOLDER);
    // The appender reports on standard error, which may be a visitor's screen, when the folder is not there.
    if std::fs::create_dir_all(&folder).is_err() {
        return;
    }
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("porchlight")
        .filename_suffix("log")
        .max_log_files(KEPT)
        .build(folder);
    if let Ok(files) = files {
        let lines = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_target(false)
            .log_internal_errors(false)
            .with_writer(files);
        let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lines));
    }
}

/// Writes a note down.
pub fn note(note: &Note) {
    match note.level() {
        Level::ERROR => tracing::error!("{note}"),
        Level::WARN => tracing::warn!("{note}"),
        _ => tracing::info!("{note}"),
    }
}
