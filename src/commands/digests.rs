//! Reading every byte of the directory, as the keeper has it done at the start and every night.

use std::io::Write;

use anyhow::Result;
use index::shelf::Unsound;

use super::{End, Files};
use crate::config::Settings;
use crate::log::{self, Note};
use crate::store::Store;

pub(super) fn run(files: &Files, out: &mut impl Write) -> Result<End> {
    // The keeper names the folder; the settings matter only to whoever starts this by hand.
    let settings = files.settings().unwrap_or_else(|_| Settings::defaults());
    let data = files.data(&settings);
    log::open(&data);
    let passed_over = Store::at(data).shelf().check();
    // One that another version of the program built is none of them: it is built again.
    let unusable = passed_over.iter().filter(|(_, why)| !matches!(why, Unsound::OtherFormat(_))).count();
    if unusable > 0 {
        log::note(&Note::Damaged(unusable));
    }
    for (edition, unsound) in passed_over {
        writeln!(out, "{edition}: {unsound}")?;
    }
    Ok(End::Done)
}
