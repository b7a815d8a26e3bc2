//! Reading the feeds and putting up a new edition, told line by line.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use index::feed::Complaint;
use index::shelf::{Edition, Origin, PutUpError, Source};
use serde::Serialize;

use super::{End, Files, now, report, tell};
use crate::config::{FeedsFile, Listed, Words};
use crate::log::{self, Note};
use crate::refresh::{Account, Gathered, Ground, Step, gather};
use crate::store::Store;

/// The options of `refresh`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The feeds. Else those of the setting `feeds`, else feeds.toml beside the settings, else the built-in ones.
    #[arg(long, value_name = "FILE")]
    feeds: Option<PathBuf>,
    /// Tell each step as one JSON object a line.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    let ended = refresh(files, options, out);
    // What stands is written down where it is put up.
    match &ended {
        Ok(End::Done) => {}
        Ok(end) => log::note(&Note::RefreshFailed(*end as u8)),
        Err(_) => log::note(&Note::RefreshFailed(End::Failed as u8)),
    }
    ended
}

fn refresh(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    let settings = files.settings();
    let feeds = files.feeds(options.feeds.as_deref(), settings.as_ref().ok());
    let (settings, feeds) = match (settings, feeds) {
        (Ok(settings), Ok(feeds)) => (settings, feeds),
        (settings, feeds) => {
            for faults in [settings.err(), feeds.err()].into_iter().flatten() {
                tell(&faults);
            }
            return Ok(End::Faults);
        }
    };
    let vocabulary = match files.words(&settings).map(Words::vocabulary) {
        Ok(vocabulary) => vocabulary,
        Err(faults) => {
            tell(&faults);
            return Ok(End::Faults);
        }
    };
    let folder = files.data(&settings);
    let store = Store::at(folder.clone());
    let turn = store.turn().with_context(|| format!("the folder {} cannot be used", folder.display()))?;
    let Some(_turn) = turn else {
        report(BUSY);
        return Ok(End::Busy);
    };
    log::open(&folder);
    log::note(&Note::RefreshBegan);
    let mut teller = Teller { json: options.json, out, broken: None };
    let standing = store.standing();
    let before = standing.as_ref().map(|(_, standing)| standing);
    let today = now().to_zoned(settings.zone.clone()).date();
    let ground = Ground { folder: &feeds.folder, standing: before, vocabulary, today };
    let gathered = gather(&feeds.file, &ground, &mut |step| teller.tell(&step));
    teller.whole()?;
    for listed in &feeds.file.feeds {
        if let Some(kept) = gathered.kept.get(&listed.feed.name) {
            log::note(&Note::FeedKept((&listed.feed).into(), *kept as u64));
        }
    }
    if gathered.fresh == 0 {
        teller.table(&gathered.accounts)?;
        let stands = if standing.is_some() { "the standing edition stays" } else { "the starter pack stays" };
        report(&format!("no feed of {} gave a single record, so nothing was put up; {stands}", feeds.name));
        return Ok(End::Failed);
    }
    let origin =
        Origin { built_at: now(), feeds: sources(&feeds.file, &gathered, standing.map(|(edition, _)| edition)) };
    match store.shelf().put_up(&gathered.records, vocabulary, &origin) {
        Ok(edition) => {
            log::note(&Note::RefreshDone((&edition).into(), gathered.records.len() as u64));
            teller.done(&edition.name, &gathered)?;
            Ok(End::Done)
        }
        Err(PutUpError::Busy) => {
            report(BUSY);
            Ok(End::Busy)
        }
        Err(fault) => Err(fault).context("the new edition could not be put up; what stood before stands"),
    }
}

const BUSY: &str = "another refresh is running; this one did nothing";

/// Where the records of each feed come from. What was kept comes from where it came from before.
fn sources(feeds: &FeedsFile, gathered: &Gathered, standing: Option<Edition>) -> BTreeMap<String, Source> {
    let mut before = standing.map(|edition| edition.manifest.feeds).unwrap_or_default();
    let source = |Listed { feed, .. }: &Listed| {
        let kept = before.remove(&feed.name).filter(|_| gathered.kept.contains_key(&feed.name));
        let now = || Source { credit: feed.credit.clone(), licence: feed.licence.clone(), ..Source::default() };
        (feed.name.clone(), kept.unwrap_or_else(now))
    };
    feeds.feeds.iter().map(source).collect()
}

/// Tells steps and the end, in one of two ways.
struct Teller<'a, W: Write> {
    json: bool,
    out: &'a mut W,
    /// The first error of writing; after it nothing more is written.
    broken: Option<io::Error>,
}

/// A line of JSON. The order of the fields is the order in the line.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Event<'a> {
    Feed { name: &'a str, rows: usize },
    Complaint { feed: &'a str, key: Option<&'a str>, place: Option<String>, text: &'a str, dropped: bool },
    Kept { feed: &'a str, records: usize },
    Done { edition: &'a str, feeds: Vec<Row<'a>> },
}

/// The account of a feed in the last line: `rows = records + joined + dropped`.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    rows: usize,
    records: usize,
    joined: usize,
    dropped: usize,
    complaints: usize,
}

impl<W: Write> Teller<'_, W> {
    fn tell(&mut self, step: &Step) {
        if self.broken.is_some() {
            return;
        }
        let written = if self.json { self.line(&event(step)) } else { writeln!(self.out, "{}", sentence(step)) };
        self.broken = written.err();
    }

    /// Whether everything so far could be written.
    fn whole(&mut self) -> io::Result<()> {
        self.broken.take().map_or(Ok(()), Err)
    }

    fn line(&mut self, event: &Event<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, event)?;
        writeln!(self.out)
    }

    fn done(&mut self, edition: &str, gathered: &Gathered) -> io::Result<()> {
        if self.json {
            let feeds = gathered.accounts.iter().map(row).collect();
            return self.line(&Event::Done { edition, feeds });
        }
        self.table(&gathered.accounts)?;
        writeln!(self.out, "Put up edition {edition} with {} records.", gathered.records.len())
    }

    /// What became of the rows of each feed, for people.
    fn table(&mut self, accounts: &[Account]) -> io::Result<()> {
        if self.json {
            return Ok(());
        }
        let width = accounts.iter().map(|account| account.name.chars().count()).max().unwrap_or(0).max(4);
        writeln!(
            self.out,
            "\n{:width$}  {:>7} {:>7} {:>7} {:>7}  notes",
            "feed", "rows", "records", "joined", "dropped"
        )?;
        for Account { name, rows, records, joined, dropped, complaints } in accounts {
            writeln!(self.out, "{name:width$}  {rows:>7} {records:>7} {joined:>7} {dropped:>7}  {complaints}")?;
        }
        writeln!(self.out)
    }
}

fn event(step: &Step) -> Event<'_> {
    match step {
        Step::Read { feed, rows } => Event::Feed { name: feed, rows: *rows },
        Step::Complaint(Complaint { feed, key, place, text, dropped }) => Event::Complaint {
            feed,
            key: key.as_deref(),
            place: place.as_ref().map(ToString::to_string),
            text,
            dropped: *dropped,
        },
        Step::Kept { feed, records } => Event::Kept { feed, records: *records },
    }
}

fn row(account: &Account) -> Row<'_> {
    let Account { name, rows, records, joined, dropped, complaints } = account;
    Row { name, rows: *rows, records: *records, joined: *joined, dropped: *dropped, complaints: *complaints }
}

fn sentence(step: &Step) -> String {
    match step {
        Step::Read { feed, rows: 1 } => format!("{feed}: read, 1 row"),
        Step::Read { feed, rows } => format!("{feed}: read, {rows} rows"),
        Step::Complaint(Complaint { feed, key, place, text, dropped }) => {
            let place = place.map(|place| format!(", {place}")).unwrap_or_default();
            let key = key.as_ref().map(|key| format!(", {key}")).unwrap_or_default();
            let left = if *dropped { " (left out)" } else { "" };
            format!("{feed}{place}{key}: {text}{left}")
        }
        Step::Kept { feed, records: 1 } => format!("{feed}: gave nothing today; its record of the last edition stays"),
        Step::Kept { feed, records } => {
            format!("{feed}: gave nothing today; its {records} records of the last edition stay")
        }
    }
}
