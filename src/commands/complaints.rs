//! What was found wrong with each feed when it was last read.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use index::record::DESK;
use serde::Serialize;

use super::{End, Files, tell, wrong};
use crate::refresh::{Found, Note, complaints};

/// The options of `complaints`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The feed; else all of them. `desk` are the corrections of your own.
    feed: Option<String>,
    /// Answer as one JSON object a line, one for each feed.
    #[arg(long)]
    json: bool,
}

/// What was found wrong with a feed, as JSON.
#[derive(Serialize)]
struct Told<'a> {
    feed: &'a str,
    notes: &'a [Note],
    more: usize,
    /// The edition in which it was; `null` where that is not known.
    edition: Option<&'a str>,
    taken_back: bool,
}

pub(super) fn run(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    let Ok(settings) = files.settings().inspect_err(|faults| tell(faults)) else { return Ok(End::Faults) };
    let Found { edition, is_taken_back, feeds: mut all } = complaints(&files.data(&settings));
    let is_known = !all.is_empty();
    if let Some(feed) = &options.feed {
        if is_known && !all.contains_key(feed) && feed != DESK {
            let known: Vec<&str> = all.keys().map(String::as_str).collect();
            return Ok(wrong(&format!("the last refresh read no feed \"{feed}\"; it read {}", known.join(", "))));
        }
        all.retain(|name, _| name == feed);
    }
    if options.json {
        for (feed, found) in &all {
            let (edition, taken_back) = (edition.as_deref(), is_taken_back);
            let told = Told { feed, notes: &found.notes, more: found.more, edition, taken_back };
            serde_json::to_writer(&mut *out, &told).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        return Ok(End::Done);
    }
    if let Some(edition) = edition.filter(|_| is_taken_back) {
        writeln!(
            out,
            "This is of edition {edition}, which was taken back; the next refresh writes what is wrong then.\n"
        )?;
    }
    let mut is_first = true;
    for (feed, found) in all.iter().filter(|(_, found)| !found.notes.is_empty()) {
        let gap = if std::mem::take(&mut is_first) { "" } else { "\n" };
        let whose = if feed == DESK { " (what you corrected by hand)" } else { "" };
        writeln!(out, "{gap}{feed}{whose}")?;
        for note in &found.notes {
            writeln!(out, "  {note}")?;
        }
        if found.more > 0 {
            writeln!(out, "  and {} more", found.more)?;
        }
    }
    match (is_first, is_known) {
        (false, _) => {}
        (true, true) => writeln!(out, "Nothing was found wrong.")?,
        (true, false) => writeln!(out, "Nothing is known yet. It is, after: porchlight refresh")?,
    }
    Ok(End::Done)
}
