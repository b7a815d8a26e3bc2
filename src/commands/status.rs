//! Which edition stands, how old it is, and what it holds.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use index::overrides::Overrides;
use index::query::Counts;
use index::record::Kind;
use index::vocabulary::Vocabulary;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{Counted, End, Files, now, span, tell};
use crate::overrides::Book;
use crate::refresh::{FEEDS, Lately, lately};
use crate::store::Store;

/// The options of `status`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Answer as one JSON object.
    #[arg(long)]
    json: bool,
    /// The feeds. Else those of the setting `feeds`, else feeds.toml beside the settings, else the built-in ones.
    #[arg(long, value_name = "FILE")]
    feeds: Option<PathBuf>,
}

/// The answer as JSON.
#[derive(Serialize)]
struct Told<'a> {
    /// `null` when no edition stands and visitors see the starter pack.
    edition: Option<&'a str>,
    /// An edition that is newer, and that another version of the program built: it has to be built again.
    outdated: Option<&'a str>,
    put_up: Option<String>,
    age_seconds: Option<i64>,
    records: u64,
    kinds: Counted,
    feeds: &'a BTreeMap<String, u64>,
    /// What staff have corrected by hand; `null` when that cannot be read.
    overrides: Option<Corrected>,
    /// The feeds that are read from outside, and how they have done.
    lately: BTreeMap<&'a str, Done<'a>>,
}

/// How what staff have corrected by hand stands: how many entries each.
#[derive(Default, Serialize)]
struct Corrected {
    hold: usize,
    ahead: usize,
    /// Of these, the numbers of those whose listing is not in the directory now.
    gone: Vec<u32>,
}

/// How a feed has done lately.
#[derive(Serialize)]
struct Done<'a> {
    read: Option<String>,
    failed: Option<&'a str>,
    held: Option<&'a str>,
    due: Option<String>,
    look: bool,
}

pub(super) fn run(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    let Ok(settings) = files.settings().inspect_err(|faults| tell(faults)) else { return Ok(End::Faults) };
    let folder = files.data(&settings);
    // How much there is does not depend on what people type.
    let store = Store::at(folder.clone());
    let directory = store.open(Vocabulary::builtin())?;
    let outdated = store.shelf().outdated();
    let counts = directory.generation.counts();
    let feeds = files.feeds_anyway(options.feeds.as_deref(), &settings);
    let lately = lately(&folder.join(FEEDS), &feeds, settings.every_hours, now());
    let put_up = directory.edition.as_ref().map(|edition| edition.manifest.built_at);
    let name = directory.edition.as_ref().map(|edition| edition.name.as_str());
    let gone = directory.edition.as_ref().map(|edition| edition.manifest.gone.as_slice()).unwrap_or_default();
    let overrides = Book::at(&folder).read().ok();
    let overrides =
        overrides.map(|overrides| corrected(&overrides, now().to_zoned(settings.zone.clone()).date(), gone));
    if options.json {
        let told = Told {
            edition: name,
            outdated: outdated.as_deref(),
            put_up: put_up.map(|moment| moment.to_string()),
            age_seconds: put_up.map(age),
            records: counts.records,
            kinds: Counted::new(Kind::ALL.map(Kind::word), counts.kinds),
            feeds: &counts.feeds,
            overrides,
            lately: lately.iter().map(|(feed, done)| (feed.as_str(), Done::of(done))).collect(),
        };
        serde_json::to_writer(&mut *out, &told).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(End::Done);
    }
    match (name, put_up) {
        (Some(name), Some(moment)) => {
            let wall = moment.to_zoned(settings.zone).strftime("%a %b %-d %Y, %-I:%M %P").to_string();
            writeln!(out, "edition    {name}")?;
            writeln!(out, "put up     {wall} ({} ago)", span(age(moment)))?;
        }
        _ if outdated.is_some() => writeln!(out, "edition    none of this version: visitors see the starter pack")?,
        _ => writeln!(out, "edition    none yet: visitors see the starter pack. Put one up with: porchlight refresh")?,
    }
    if let Some(outdated) = outdated {
        writeln!(out, "newest     {outdated} is of another version of the program; run: porchlight refresh --offline")?;
    }
    writeln!(out, "folder     {}", folder.display())?;
    writeln!(out, "overrides  {}", overrides.as_ref().map_or_else(|| UNREAD.to_owned(), Corrected::said))?;
    table(&counts, out)?;
    for (feed, done) in &lately {
        let read = done.read.map_or_else(|| "never read".to_owned(), |read| format!("read {} ago", span(age(read))));
        let look = if done.is_long_unread(now()) { "  <-- PLEASE LOOK" } else { "" };
        let failed = done.failed.as_ref().map(|(_, why)| format!("; the last try failed: {why}")).unwrap_or_default();
        let held = done.held.as_ref().map(|why| waits(feed, why)).unwrap_or_default();
        writeln!(out, "{feed}: {read}{failed}{held}{}{look}", due(done))?;
    }
    Ok(End::Done)
}

const UNREAD: &str = "they cannot be read; what is wrong: porchlight check";

/// How the overrides stand on this day, in an edition in which these are gone.
fn corrected(overrides: &Overrides, today: Date, gone: &[u32]) -> Corrected {
    let mut corrected = Corrected::default();
    for entry in overrides.entries.iter().filter(|entry| !entry.dates.are_over(today)) {
        let count = if entry.dates.hold(today) { &mut corrected.hold } else { &mut corrected.ahead };
        *count += 1;
        corrected.gone.extend(Some(entry.number).filter(|number| gone.contains(number)));
    }
    corrected
}

impl Corrected {
    fn said(&self) -> String {
        if self.hold + self.ahead == 0 {
            return "none".to_owned();
        }
        let ahead = if self.ahead > 0 { format!(", {} ahead", self.ahead) } else { String::new() };
        let numbers: Vec<String> = self.gone.iter().map(ToString::to_string).collect();
        let gone = if numbers.is_empty() {
            String::new()
        } else {
            format!("; the listing is gone of number {}. All of them: porchlight overrides", numbers.join(", "))
        };
        format!("{} hold{ahead}{gone}", self.hold)
    }
}

impl<'a> Done<'a> {
    fn of(done: &'a Lately) -> Self {
        Self {
            read: done.read.map(|read| read.to_string()),
            failed: done.failed.as_ref().map(|(_, why)| why.as_str()),
            held: done.held.as_deref(),
            due: done.due.map(|due| due.to_string()),
            look: done.is_long_unread(now()),
        }
    }
}

/// That a feed is held back, and what to do about it.
fn waits(feed: &str, why: &str) -> String {
    format!(
        "; HELD BACK, it waits for you: {why}. Look at it with: porchlight refresh --plan. If it is right: porchlight \
         refresh --accept {feed}"
    )
}

/// From when on a feed is asked again, where that is known.
fn due(done: &Lately) -> String {
    match done.due {
        Some(_) if done.is_due(now()) => "; due now".to_owned(),
        Some(due) => format!("; next due in {}", span(due.duration_since(now()).as_secs())),
        None => String::new(),
    }
}

fn table(counts: &Counts, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "records    {}\n", counts.records)?;
    for (kind, count) in Kind::ALL.iter().zip(counts.kinds) {
        writeln!(out, "{count:>9}  {}", kind.word())?;
    }
    writeln!(out)?;
    for (feed, count) in &counts.feeds {
        writeln!(out, "{count:>9}  from {feed}")?;
    }
    Ok(())
}

/// Seconds since a moment; a clock that was set back makes none.
fn age(moment: Timestamp) -> i64 {
    now().duration_since(moment).as_secs().max(0)
}
