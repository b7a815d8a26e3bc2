//! Checking the settings and the feeds file before a kiosk depends on them.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{End, Files};

/// The options of `check`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The feeds. Else feeds.toml beside the settings, else the built-in ones.
    #[arg(long, value_name = "FILE")]
    feeds: Option<PathBuf>,
}

pub(super) fn run(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    let settings = files.settings();
    let feeds = files.feeds(options.feeds.as_deref());
    let words = settings.as_ref().ok().and_then(|settings| files.words(settings).err());
    let mut fine = true;
    for faults in [settings.as_ref().err(), words.as_ref(), feeds.as_ref().err()].into_iter().flatten() {
        fine = false;
        for fault in faults {
            writeln!(out, "{fault}")?;
        }
    }
    if let Ok(feeds) = &feeds {
        for fault in feeds.missing() {
            fine = false;
            writeln!(out, "{fault}")?;
        }
    }
    let (Ok(settings), Ok(feeds), true) = (settings, feeds, fine) else { return Ok(End::Faults) };
    let from = files.settings_file().map_or_else(|| "the defaults".to_owned(), |path| path.display().to_string());
    writeln!(out, "No faults.")?;
    writeln!(out, "settings   {from}")?;
    if !settings.words.is_empty() {
        writeln!(out, "words      {}", settings.words)?;
    }
    writeln!(out, "feeds      {} ({})", feeds.name, feeds.file.feeds.len())?;
    writeln!(out, "directory  {}", files.data(&settings).display())?;
    Ok(End::Done)
}
