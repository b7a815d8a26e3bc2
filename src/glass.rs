//! The glass: one visitor's program, put together. The terminal, the settings' words and the directory go into the
//! loop here; nothing else knows all three.
//!
//! This is the seam at which a keeper will start one such process for each visitor.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use index::record::Point;
use jiff::Zoned;
use ratatui::Terminal;

use crate::app::Site;
use crate::confine;
use crate::crisis;
use crate::errand::Office;
use crate::kiosk::{self, Hands, Input, Open, Source};
use crate::tty::{self, Call, Keys, Screen, Signals, Surface};
use crate::view::Glyphs;

/// What the glass is put together from.
pub struct Parts {
    /// The centre and its words.
    pub site: Site,
    /// Where the kiosk stands.
    pub point: Option<Point>,
    /// Which characters the font has; `None` asks `term`.
    pub glyphs: Option<Glyphs>,
    /// Without a key for so long, the visitor is asked.
    pub idle: Duration,
    /// Without an answer for so long, everything is forgotten.
    pub notice: Duration,
    /// The clock on the wall, in the kiosk's zone.
    pub now: Box<dyn Fn() -> Zoned>,
    /// Opens the directory.
    pub open: Open,
    /// Who carries out what staff ask for.
    pub office: Arc<dyn Office>,
    /// The folder in which it is looked for.
    pub folder: PathBuf,
}

/// Shows the kiosk on this terminal, until somebody leaves the program or the terminal is gone.
///
/// # Errors
/// When this is no terminal, or it cannot be drawn to.
pub fn show(parts: Parts, term: &str) -> Result<()> {
    give_back_in_a_panic();
    // One thread for the loop; looking things up runs on another, which ends when it has nothing to do. Two more for
    // staff: a refresh may run while they ask for something else.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(4)
        .build()
        .context("the program's loop cannot be started")?;
    let shown = runtime.block_on(async {
        let screen = Screen::enter(term)?;
        let mut hands = Wired { screen, keys: Keys::open()?, signals: Signals::listen()? };
        let mut terminal = Terminal::new(Surface::new())?;
        // The terminal is open, and there is one thread: from here on the glass can do little but compute and draw.
        confine::glass(&parts.folder);
        let glyphs = parts.glyphs.unwrap_or(if tty::is_console(term) { Glyphs::Console } else { Glyphs::Unicode });
        let loop_hands = Hands {
            site: Rc::new(parts.site),
            point: parts.point,
            glyphs,
            idle: parts.idle,
            notice: parts.notice,
            now: parts.now,
            open: sealing(parts.open),
            office: parts.office,
        };
        kiosk::run(&mut terminal, &mut hands, tty::size(), loop_hands).await
    });
    // A search that is still under way must not keep the terminal waiting.
    runtime.shutdown_background();
    shown
}

/// Once the directory is open, no file is opened again.
fn sealing(open: Open) -> Open {
    Box::new(move || {
        let directory = open();
        confine::seal();
        directory
    })
}

/// Keys and signals as one source of input, from a terminal that is given back when this is dropped.
struct Wired {
    screen: Screen,
    keys: Keys,
    signals: Signals,
}

impl Source for Wired {
    async fn next(&mut self) -> Vec<Input> {
        // A signal first: whoever ends the program should not wait for a flood of keys.
        tokio::select! {
            biased;
            call = self.signals.next() => vec![match call {
                Call::Resized => Input::Resize(tty::size()),
                Call::End => Input::End,
            }],
            keys = self.keys.next() => match keys {
                Some(keys) => keys.into_iter().map(Input::Key).collect(),
                None => vec![Input::End],
            },
        }
    }

    fn forget(&mut self) {
        self.keys.forget();
        // A terminal that cannot be written to is gone; the next drawing says so.
        let _ = self.screen.wipe();
    }
}

/// A panic gives the terminal back, shows the crisis lines, and says where it happened but never what was said: a
/// panic's message may hold a visitor's words.
fn give_back_in_a_panic() {
    let the_loops = std::thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        // Beside the loop, a damaged index may panic and be caught; the glass lives on. When it is not caught, the loop
        // ends by itself and gives the terminal back.
        if std::thread::current().id() != the_loops {
            return;
        }
        tty::restore();
        let place = info.location().map_or_else(String::new, |place| format!("{}:{}", place.file(), place.line()));
        let mut said = String::new();
        for line in crisis::lines(&[], "en").first().into_iter().chain(crisis::lines(&[], "es").first()) {
            said.push_str(line);
            said.push('\n');
        }
        // Written as bytes: when even this fails, there is nobody to tell.
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            format!("{said}porchlight stopped at {place}\n").as_bytes(),
        );
    }));
}
