//! How far a refresh is, at the bottom of a terminal: a line for each feed that was asked for, and one for the whole.
//! Where there is no terminal, nothing: the lines that are printed say it all.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::fetch::Got;
use crate::refresh::{Phase, Step};

/// How the line of a feed looks: until something of it came, while it comes and its length is known, while it comes
/// and nobody knows how long it is, and when it was read.
const WAITS: &str = "  {prefix}  asking";
const COMES: &str = "  {prefix}  {bar:24} {decimal_bytes} of {decimal_total_bytes}";
const COMES_ON: &str = "  {prefix}  {decimal_bytes}";
const IS_READ: &str = "  {prefix}  {msg}";

/// How the line of the whole looks.
const WHOLE: &str = "{bar:30} {pos}/{len} {msg} {elapsed}";

/// The bars. Where there is no terminal, none.
#[derive(Default)]
pub(super) struct Bars(Option<Shown>);

struct Shown {
    all: MultiProgress,
    feeds: BTreeMap<String, ProgressBar>,
    whole: ProgressBar,
}

impl Bars {
    /// Bars on standard error, where they are wanted and it is a terminal.
    pub(super) fn new(wanted: bool) -> Self {
        if !wanted || !std::io::stderr().is_terminal() {
            return Self::default();
        }
        let bars = Self::on(ProgressDrawTarget::stderr());
        // So that it is seen to live while nothing is told.
        bars.0.iter().for_each(|shown| shown.whole.enable_steady_tick(Duration::from_millis(500)));
        bars
    }

    fn on(target: ProgressDrawTarget) -> Self {
        let all = MultiProgress::with_draw_target(target);
        let whole = all.add(ProgressBar::new(0));
        dress(&whole, WHOLE);
        Self(Some(Shown { all, feeds: BTreeMap::new(), whole }))
    }

    /// Takes a step.
    pub(super) fn step(&mut self, step: &Step) {
        let Some(Shown { all, feeds, whole }) = &mut self.0 else { return };
        match step {
            // After the feeds come the phases.
            Step::Feeds(names) => whole.set_length((names.len() + Phase::ALL.len() - 1) as u64),
            Step::Asking { feed } => {
                let bar = all.insert_before(whole, ProgressBar::new(0));
                dress(&bar, WAITS);
                bar.set_prefix(feed.clone());
                bar.tick();
                feeds.insert(feed.clone(), bar);
            }
            Step::Got { feed, got: Got { bytes, of } } => {
                let Some(bar) = feeds.get(feed) else { return };
                dress(bar, if of.is_some() { COMES } else { COMES_ON });
                bar.set_length(of.unwrap_or(*bytes));
                bar.set_position(*bytes);
            }
            Step::Read { feed, rows } => {
                whole.inc(1);
                let Some(bar) = feeds.get(feed) else { return };
                dress(bar, IS_READ);
                bar.abandon_with_message(format!("{rows} row{}", if *rows == 1 { "" } else { "s" }));
            }
            Step::Phase(phase) => {
                if *phase != Phase::Reading {
                    whole.inc(1);
                    // Their rows were told. What is found wrong may be much, and each of it draws again what stands here.
                    feeds.values().for_each(ProgressBar::finish_and_clear);
                    feeds.clear();
                }
                whole.set_message(phase.word());
            }
            _ => {}
        }
    }

    /// Writes something above the bars.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(shown) => shown.all.suspend(write),
            None => write(),
        }
    }

    /// Takes the bars away.
    pub(super) fn end(&self) {
        let Some(Shown { all, feeds, whole }) = &self.0 else { return };
        feeds.values().chain([whole]).for_each(ProgressBar::finish_and_clear);
        // Nothing is left to take away when the terminal is gone.
        let _ = all.clear();
    }
}

fn dress(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
}

#[cfg(test)]
mod tests;
