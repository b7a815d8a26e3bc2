//! Checking the settings, the feeds file and what staff corrected by hand before a kiosk depends on them.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use index::strict::Fault;

use super::site::Feeds;
use super::{End, Files};
use crate::config::Settings;
use crate::overrides::{self, Book};

/// The options of `check`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The feeds. Else those of the setting `feeds`, else feeds.toml beside the settings, else the built-in ones.
    #[arg(long, value_name = "FILE")]
    feeds: Option<PathBuf>,
}

pub(super) fn run(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    let settings = files.settings();
    let feeds = files.feeds(options.feeds.as_deref(), settings.as_ref().ok());
    let faults = faults(files, &settings, &feeds);
    for fault in &faults {
        writeln!(out, "{fault}")?;
    }
    let (Ok(settings), Ok(feeds), true) = (settings, feeds, faults.is_empty()) else { return Ok(End::Faults) };
    let from = files.settings_file().map_or_else(|| "the defaults".to_owned(), |path| path.display().to_string());
    writeln!(out, "No faults.")?;
    writeln!(out, "settings   {from}")?;
    if !settings.words.is_empty() {
        writeln!(out, "words      {}", settings.words)?;
    }
    writeln!(out, "feeds      {} ({})", feeds.name, feeds.file.feeds.len())?;
    let data = files.data(&settings);
    let count = Book::at(&data).read().map_or(0, |overrides| overrides.entries.len());
    if count > 0 {
        writeln!(out, "overrides  {} ({count})", data.join(overrides::FILE).display())?;
    }
    writeln!(out, "directory  {}", data.display())?;
    Ok(End::Done)
}

type Read<T> = std::result::Result<T, Vec<Fault>>;

/// Every fault of the files, also of those that they name.
fn faults(files: &Files, settings: &Read<Settings>, feeds: &Read<Feeds>) -> Vec<Fault> {
    let words = settings.as_ref().ok().and_then(|settings| files.words(settings).err());
    let read = [settings.as_ref().err(), words.as_ref(), feeds.as_ref().err()].into_iter().flatten().flatten();
    // Where the data is, settings with a fault do not say for sure.
    let data = settings.as_ref().ok().map(|settings| files.data(settings)).or_else(|| files.data.clone());
    let overrides = data.and_then(|data| Book::at(&data).read().err()).into_iter().flatten();
    read.cloned().chain(feeds.iter().flat_map(Feeds::missing)).chain(overrides).collect()
}

impl Files {
    /// Every fault of the settings, and of the words and feeds that they name.
    pub fn faults(&self) -> Vec<Fault> {
        let settings = self.settings();
        let feeds = self.feeds(None, settings.as_ref().ok());
        faults(self, &settings, &feeds)
    }
}
