//! Taking the newest edition back.

use std::io::Write;

use anyhow::{Context, Result};
use index::shelf::RollBackError;

use super::{End, Files, report, tell};
use crate::log::{self, Note};
use crate::refresh;

pub(super) fn run(files: &Files, out: &mut impl Write) -> Result<End> {
    let Ok(settings) = files.settings().inspect_err(|faults| tell(faults)) else { return Ok(End::Faults) };
    let folder = files.data(&settings);
    match refresh::roll_back(&folder) {
        Ok(edition) => {
            log::open(&folder);
            log::note(&Note::RolledBack((&edition).into()));
            writeln!(out, "Edition {} stands again. The next refresh puts up a new one.", edition.name)?;
            writeln!(out, "What was corrected by hand holds as before; see: porchlight overrides")?;
            Ok(End::Done)
        }
        Err(RollBackError::Busy) => {
            report("a refresh is running; nothing was changed");
            Ok(End::Busy)
        }
        Err(RollBackError::Disk(fault)) if fault.kind() == std::io::ErrorKind::NotFound => {
            report("there is no edition yet");
            Ok(End::Failed)
        }
        Err(RollBackError::NothingBefore) => {
            report("there is no earlier edition to go back to; nothing was changed");
            Ok(End::Failed)
        }
        Err(RollBackError::Disk(fault)) => {
            Err(fault).with_context(|| format!("{} cannot be changed", folder.display()))
        }
    }
}
