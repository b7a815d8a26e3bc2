//! The command line: what is asked for, with which files, and with which code it ends.
//!
//! The clock, the environment and standard output belong to this file and those beside it; what is below is handed
//! the moment, the folder and a place to write to.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use serde::{Serialize, Serializer};

mod backup;
mod check;
mod complaints;
mod digests;
mod doctor;
mod hash_pin;
mod overrides;
mod refresh;
mod restore;
mod rollback;
mod search;
mod site;
mod status;

pub use site::{Files, tell};

use crate::config::Settings;
use crate::log;
use crate::staff::{self, Staff};
use crate::store;

/// How a command ended, as the code that the program leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It did what was asked.
    Done = 0,
    /// It could not, and said why.
    Failed = 1,
    /// A file or the command line is wrong, and every fault was told.
    Faults = 2,
    /// Another refresh is running.
    Busy = 75,
}

const CODES: &str = "\
The code left behind: 0 done, 1 failed, 2 a fault in the settings, the feeds file or the command line, 75 another
refresh is running.

Settings are read from --config FILE, else from /etc/porchlight/porchlight.toml where there is one; else the defaults
hold. The directory is kept in --data DIR, else in the folder of the setting `data`, else in the user's data folder.";

/// A kiosk for recovery community centers. Without a command, it opens the kiosk on this terminal.
#[derive(Debug, Parser)]
#[command(name = "porchlight", version, after_help = CODES)]
struct Line {
    /// Settings of this site.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder in which editions of the directory are kept.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read the feeds and put up a new edition of the directory.
    Refresh(refresh::Options),
    /// Search as a visitor would, without the kiosk.
    Search(search::Options),
    /// Say which edition stands, how old it is and what it holds.
    Status(status::Options),
    /// Say what was found wrong with the feeds when they were last read.
    Complaints(complaints::Options),
    /// Check the settings and the feeds file, and name every fault with its line.
    Check(check::Options),
    /// Take the newest edition back: the one before it stands again.
    Rollback,
    /// Write the settings, the staff's corrections and what the feeds said last into one file.
    Backup(backup::Options),
    /// Put back what `backup` wrote.
    Restore(restore::Options),
    /// Say that a listing, or all in a building, is closed, and from when until when.
    Close(overrides::Close),
    /// Say something about a listing, such as: moved to room 4.
    Note(overrides::Note),
    /// Say how many beds are free now.
    Beds(overrides::Beds),
    /// Hide a listing from visitors.
    Hide(overrides::Hide),
    /// Correct a field of a listing.
    Correct(overrides::Correct),
    /// Add a listing of any kind.
    Add(overrides::Add),
    /// Say something on the home screen.
    Notice(overrides::Notice),
    /// List what was corrected by hand, or take one of it away.
    Overrides(overrides::List),
    /// Ask for a PIN and print the lines that set it: put them into the settings.
    HashPin,
    /// What staff do behind their door, for the glass that started this process.
    #[command(name = staff::ROLE, hide = true)]
    Staff,
    /// Look over the machine and the program; with --attack, try to break out of the glass.
    Doctor(doctor::Options),
    /// One visitor's program, started by the keeper.
    #[command(hide = true)]
    Glass,
    /// Read every byte of the newest edition, and set it aside when it is damaged. Started by the keeper.
    #[command(hide = true)]
    Digests,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        Self::from(end as u8)
    }
}

/// What the command line asked for.
#[derive(Clone, Debug)]
pub enum Asked {
    /// A command, which has run and ended so.
    Ended(End),
    /// The kiosk, on this terminal, with these files.
    Kiosk(Files),
    /// One visitor's program, for the keeper that started this process.
    Glass(Files),
}

/// Reads the command line, the program's own name first, and runs the command that it asks for.
pub fn run(words: impl IntoIterator<Item = OsString>) -> Asked {
    let line = match Line::try_parse_from(words) {
        Ok(line) => line,
        Err(told) => {
            // Help and the version are no fault; nobody is left to tell when printing fails.
            let _ = told.print();
            let end = if told.use_stderr() { End::Faults } else { End::Done };
            return Asked::Ended(end);
        }
    };
    let files = Files { config: line.config, data: line.data };
    if let Some(Command::Staff) = line.command {
        // Before standard output is taken: the office answers from several threads.
        office(&files);
        return Asked::Ended(End::Done);
    }
    let out = &mut io::stdout().lock();
    let ended = match line.command {
        None | Some(Command::Staff) => return Asked::Kiosk(files),
        Some(Command::Refresh(options)) => refresh::run(&files, &options, out),
        Some(Command::Search(options)) => search::run(&files, &options, out),
        Some(Command::Status(options)) => status::run(&files, &options, out),
        Some(Command::Complaints(options)) => complaints::run(&files, &options, out),
        Some(Command::Check(options)) => check::run(&files, &options, out),
        Some(Command::Rollback) => rollback::run(&files, out),
        Some(Command::Backup(options)) => backup::run(&files, &options, out),
        Some(Command::Restore(options)) => restore::run(&files, &options, out),
        Some(Command::Close(options)) => overrides::close(&files, &options, out),
        Some(Command::Note(options)) => overrides::note(&files, &options, out),
        Some(Command::Beds(options)) => overrides::beds(&files, &options, out),
        Some(Command::Hide(options)) => overrides::hide(&files, &options, out),
        Some(Command::Correct(options)) => overrides::correct(&files, &options, out),
        Some(Command::Add(options)) => overrides::add(&files, &options, out),
        Some(Command::Notice(options)) => overrides::notice(&files, &options, out),
        Some(Command::Overrides(options)) => overrides::list(&files, &options, out),
        Some(Command::HashPin) => hash_pin::run(out),
        Some(Command::Doctor(options)) => doctor::run(&files, &options, out),
        Some(Command::Glass) => return Asked::Glass(files),
        Some(Command::Digests) => digests::run(&files, out),
    };
    let ended = ended.and_then(|end| out.flush().map(|()| end).map_err(Into::into));
    Asked::Ended(ended.unwrap_or_else(|fault| told(&fault)))
}

/// Carries out what staff ask for at the glass, until the glass is gone. The door stays shut when the settings cannot
/// be read.
fn office(files: &Files) {
    let kept = files.data.clone().unwrap_or_default();
    let settings = files.settings_for_a_visit(&kept).unwrap_or_else(|_| Settings::defaults());
    log::open(&files.data(&settings));
    staff::serve(Staff::new(files.clone(), &settings, now), io::stdin(), io::stdout());
}

/// Says once, on standard error, why a command failed.
fn told(fault: &anyhow::Error) -> End {
    let closed = fault.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    if closed.into_iter().any(|cause| cause.kind() == io::ErrorKind::BrokenPipe) {
        // Whoever read our output has read enough.
        return End::Done;
    }
    // The numbers of the system are for nobody who reads this.
    let causes: Vec<String> = fault.chain().map(|cause| store::without_number(&cause.to_string())).collect();
    report(&causes.join(": "));
    End::Failed
}

/// Says that the command line is wrong.
fn wrong(text: &str) -> End {
    report(text);
    End::Faults
}

/// Says something on standard error, where it does not mix with what was asked for.
fn report(text: &str) {
    // When standard error is closed, the code says it.
    let _ = writeln!(io::stderr(), "porchlight: {text}");
}

/// Words with a count each, as a JSON object in the order of the words.
struct Counted(Vec<(&'static str, u64)>);

impl Counted {
    fn new<const N: usize>(words: [&'static str; N], counts: [u64; N]) -> Self {
        Self(words.into_iter().zip(counts).collect())
    }
}

impl Serialize for Counted {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().copied())
    }
}

/// The moment. The one place of the commands where the clock is read.
#[expect(clippy::disallowed_methods, reason = "the staff's commands run once, at a moment of their own")]
fn now() -> Timestamp {
    Timestamp::now()
}

/// A length of time in its largest unit, as people say it.
fn span(seconds: i64) -> String {
    let (count, unit) = match seconds {
        ..3600 => (seconds / 60, "minute"),
        3600..172_800 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}
