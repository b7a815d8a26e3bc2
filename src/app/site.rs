//! The centre and its words: what the configuration says about the kiosk, as the glass needs it.

use std::fmt;

use index::vocabulary::Vocabulary;

use crate::config::Notice;
use crate::crisis::OwnLine;
use crate::layout::Preview;
use crate::locale::Locale;

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
    /// The labels of terms.
    pub vocabulary: &'static Vocabulary,
    /// Seconds of the notice "still there?".
    pub notice_seconds: u32,
}

impl fmt::Debug for Site {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Site({})", self.centre)
    }
}
