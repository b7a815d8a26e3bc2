//! How far a refresh is, at the bottom of a terminal. Where there is none, nothing: the lines say it all.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::refresh::{Phase, Step};

/// A bar over feeds and phases.
pub(super) struct Bar(Option<ProgressBar>);

impl Bar {
    /// A bar for so many feeds, on standard error where that is a terminal.
    pub(super) fn over(feeds: usize, wanted: bool) -> Self {
        if !wanted || !std::io::stderr().is_terminal() {
            return Self(None);
        }
        // After the feeds come the phases.
        let steps = feeds + Phase::ALL.len() - 1;
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg} {elapsed}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.enable_steady_tick(Duration::from_millis(500));
        Self(Some(bar))
    }

    /// Takes a step.
    pub(super) fn step(&self, step: &Step) {
        let Some(bar) = &self.0 else { return };
        match step {
            Step::Read { feed, .. } => {
                bar.inc(1);
                bar.set_message(feed.clone());
            }
            Step::Phase(Phase::Reading) => bar.set_message("reading"),
            Step::Phase(phase) => {
                bar.inc(1);
                bar.set_message(phase.word());
            }
            _ => {}
        }
    }

    /// Writes something above the bar.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
