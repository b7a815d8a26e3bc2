//! What staff correct at the command line: each command writes one override, then puts up a new edition without asking
//! any feed.
//!
//! Nothing is written when anything is not understood: the words that name a listing, a day, a value, or the file as it
//! stands. What was written holds from the next refresh on, even if the new edition could not be put up now.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use index::overrides::{Overrides, What};
use index::schedule::Dates;
use index::strict;
use jiff::civil::{Date, DateTime};

use super::{End, Files, now, refresh, report, tell, wrong};
use crate::config::{Settings, Words};
use crate::overrides::{BEFORE, Book, FILE, wall};

mod add;
mod told;
mod which;

pub(super) use add::Add;
pub(super) use told::List;

/// Which feeds the new edition is built of.
#[derive(Debug, Args)]
pub(super) struct Again {
    /// The feeds, as in `porchlight refresh --feeds`.
    #[arg(long, value_name = "FILE")]
    feeds: Option<PathBuf>,
}

/// From one day to another.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Days {
    /// The first day, like 2026-11-26. Else it holds at once.
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// The last day, like 2026-12-01. Else it holds until it is removed.
    #[arg(long, value_name = "DAY")]
    until: Option<Date>,
}

/// One listing, or everything in a building.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// The id of a listing, or words that fit exactly one.
    #[arg(value_name = "WHAT", required_unless_present = "building", conflicts_with = "building")]
    what: Option<String>,
    /// Everything in this building: its name, or its street and number.
    #[arg(long, value_name = "BUILDING")]
    building: Option<String>,
    /// The town of the building.
    #[arg(long, value_name = "TOWN", requires = "building")]
    city: Option<String>,
}

/// The options of `close`.
#[derive(Debug, Args)]
pub(super) struct Close {
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    days: Days,
    /// Why, in a few words that visitors read.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    again: Again,
}

/// The options of `hide`.
#[derive(Debug, Args)]
pub(super) struct Hide {
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    days: Days,
    #[command(flatten)]
    again: Again,
}

/// The options of `note`.
#[derive(Debug, Args)]
pub(super) struct Note {
    /// The id of a listing, or words that fit exactly one.
    what: String,
    /// What visitors are told.
    text: String,
    #[command(flatten)]
    days: Days,
    #[command(flatten)]
    again: Again,
}

/// The options of `beds`.
#[derive(Debug, Args)]
pub(super) struct Beds {
    /// The id of a place to live, or words that fit exactly one.
    what: String,
    /// How many beds are free now.
    number: u32,
    #[command(flatten)]
    again: Again,
}

/// The options of `correct`.
#[derive(Debug, Args)]
pub(super) struct Correct {
    /// The id of a listing, or words that fit exactly one.
    what: String,
    /// name, phone, website, street, city, summary or times.
    field: String,
    /// What it is. Several times are parted by semicolons: "Tue 19:00-20:00; Sat noon".
    value: String,
    #[command(flatten)]
    again: Again,
}

/// The options of `notice`.
#[derive(Debug, Args)]
pub(super) struct Notice {
    /// What stands on the home screen.
    text: String,
    #[command(flatten)]
    days: Days,
    #[command(flatten)]
    again: Again,
}

/// Where staff are at work.
struct Desk {
    settings: Settings,
    words: Words,
    folder: PathBuf,
    /// The clock on the wall, to the second.
    now: DateTime,
}

/// What is to be written, or how the command ended without.
type Wanted = Result<What, End>;

impl Desk {
    fn open(files: &Files) -> Result<Self, End> {
        let faults = |faults: Vec<strict::Fault>| {
            tell(&faults);
            End::Faults
        };
        let settings = files.settings().map_err(faults)?;
        let words = files.words(&settings).map_err(faults)?;
        let folder = files.data(&settings);
        let now = wall(now(), &settings.zone);
        Ok(Self { settings, words, folder, now })
    }

    /// What stands in the file. What cannot be understood is not written over.
    fn overrides(&self) -> Result<Overrides, End> {
        Book::at(&self.folder).read().map_err(|faults| {
            tell(&faults);
            report(&format!("nothing was changed; mend {FILE}, or copy {BEFORE} over it, which is what held before"));
            End::Faults
        })
    }
}

/// Writes what `wanted` gives, and puts up a new edition.
fn write(
    files: &Files,
    again: &Again,
    days: Days,
    out: &mut impl Write,
    wanted: impl FnOnce(&Desk, &Overrides) -> Result<Wanted>,
) -> Result<End> {
    let dates = Dates { from: days.from, until: days.until };
    change(files, again, out, |desk, overrides| {
        let today = desk.now.date();
        if dates.are_over(today) {
            return Ok(Err(wrong("--until is in the past; it must be today or a later day")));
        }
        let what = match wanted(desk, overrides)? {
            Ok(what) => what,
            Err(end) => return Ok(Err(end)),
        };
        Ok(match overrides.with(desk.now, dates, what) {
            Ok((overrides, number)) => {
                let entry = overrides.entries.iter().find(|entry| entry.number == number);
                let said = format!("Override {number}: {}", entry.map(told::sentence).unwrap_or_default());
                Ok((overrides, said))
            }
            Err(faults) => Err(wrong(&faults)),
        })
    })
}

/// Changes the file and puts up a new edition. `edit` gives what is to stand in it, and a sentence about it.
fn change(
    files: &Files,
    again: &Again,
    out: &mut impl Write,
    edit: impl FnOnce(&Desk, &Overrides) -> Result<Result<(Overrides, String), End>>,
) -> Result<End> {
    let desk = match Desk::open(files) {
        Ok(desk) => desk,
        Err(end) => return Ok(end),
    };
    let pen = Book::at(&desk.folder).pen();
    let Some(pen) = pen.with_context(|| format!("the folder {} cannot be used", desk.folder.display()))? else {
        report("somebody else is changing the overrides right now; nothing was changed, try again");
        return Ok(End::Busy);
    };
    let edited = match desk.overrides() {
        Ok(overrides) => edit(&desk, &overrides)?,
        Err(end) => return Ok(end),
    };
    let (mut overrides, said) = match edited {
        Ok(edited) => edited,
        Err(end) => return Ok(end),
    };
    let over = overrides.expire(desk.now.date());
    pen.write(&overrides).with_context(|| format!("{FILE} cannot be written; it stands as it stood"))?;
    drop(pen);
    writeln!(out, "{said}")?;
    for entry in over {
        writeln!(out, "Override {} is over and was taken away: {}", entry.number, told::sentence(&entry))?;
    }
    let ended = refresh::run(files, &refresh::Options::again(again.feeds.clone()), out);
    if !matches!(ended, Ok(End::Done)) {
        report("what you said is written down; visitors see it after the next refresh: porchlight refresh --offline");
    }
    ended
}

pub(super) fn close(files: &Files, options: &Close, out: &mut impl Write) -> Result<End> {
    let why = options.note.clone().unwrap_or_default();
    write(files, &options.again, options.days, out, |desk, _| {
        Ok(desk.target(&options.target)?.map(|target| What::Close(target, why)))
    })
}

pub(super) fn hide(files: &Files, options: &Hide, out: &mut impl Write) -> Result<End> {
    write(files, &options.again, options.days, out, |desk, _| Ok(desk.target(&options.target)?.map(What::Hide)))
}

pub(super) fn note(files: &Files, options: &Note, out: &mut impl Write) -> Result<End> {
    write(files, &options.again, options.days, out, |desk, _| {
        let listing = desk.listing(&options.what)?;
        Ok(listing.map(|record| What::Note(index::overrides::Target::Listing(record.id.clone()), options.text.clone())))
    })
}

const ALWAYS: Days = Days { from: None, until: None };

pub(super) fn beds(files: &Files, options: &Beds, out: &mut impl Write) -> Result<End> {
    write(files, &options.again, ALWAYS, out, |desk, _| desk.home(&options.what, options.number))
}

pub(super) fn correct(files: &Files, options: &Correct, out: &mut impl Write) -> Result<End> {
    write(files, &options.again, ALWAYS, out, |desk, _| {
        desk.correction(&options.what, &options.field, options.value.clone())
    })
}

pub(super) fn notice(files: &Files, options: &Notice, out: &mut impl Write) -> Result<End> {
    write(files, &options.again, options.days, out, |_, _| Ok(Ok(What::Notice(options.text.clone()))))
}

pub(super) fn add(files: &Files, options: &Add, out: &mut impl Write) -> Result<End> {
    write(files, options.again(), ALWAYS, out, |desk, overrides| options.what(desk, overrides))
}

pub(super) fn list(files: &Files, options: &List, out: &mut impl Write) -> Result<End> {
    let Some(number) = options.remove else {
        let desk = match Desk::open(files) {
            Ok(desk) => desk,
            Err(end) => return Ok(end),
        };
        return match desk.overrides() {
            Ok(overrides) => told::all(&overrides, desk.now.date(), options.json, out).map(|()| End::Done),
            Err(end) => Ok(end),
        };
    };
    change(files, options.again(), out, |_, overrides| {
        let mut overrides = overrides.clone();
        Ok(match overrides.remove(number) {
            Some(entry) => Ok((overrides, format!("Removed override {number}: {}", told::sentence(&entry)))),
            None => Err(wrong(&format!("there is no override {number}; see: porchlight overrides"))),
        })
    })
}
