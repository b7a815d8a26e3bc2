//! The centre and its words: what the configuration says about the kiosk, as the glass needs it.

use std::fmt;

use crate::config::{Notice, Words};
use crate::crisis::OwnLine;
use crate::layout::Preview;
use crate::locale::Locale;
use crate::pin::Latch;

/// What the configuration says, as the glass needs it. Never changes during a run.
pub struct Site {
    /// The centre's name.
    pub centre: String,
    /// The centre's own greeting; empty for ours.
    pub greeting: String,
    /// Its notices, each until its last day.
    pub notices: Vec<Notice>,
    /// Its own crisis lines.
    pub own_lines: Vec<OwnLine>,
    /// Whether a preview stands beside the list.
    pub preview: Preview,
    /// The sentences.
    pub locale: Locale,
    /// The words of the field: what is typed, and the labels of terms.
    pub words: Words,
    /// How the door for staff is kept.
    pub latch: Latch,
    /// A feed that could not be read for so many days is not confirmed lately.
    pub stale_days: u16,
    /// Seconds of the notice "still there?".
    pub notice_seconds: u32,
}

impl fmt::Debug for Site {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Site({})", self.centre)
    }
}
