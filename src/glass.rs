//! The glass: one visitor's program, put together. The terminal, the settings' words and the directory go into the
//! loop here; nothing else knows all three.
//!
//! The keeper starts one such process for each visitor, ahead of time. It opens everything that it will need, says
//! that it is ready, and waits; when the keeper gives it the terminal, it shows the home screen. It ends with the
//! visit, and what was typed ends with it. It changes no mode of the terminal, and says nothing to anybody but the
//! closed list of words of [`crate::link`] to the keeper.

use std::io::Write;
use std::ops::ControlFlow;
use std::os::fd::OwnedFd;
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
use crate::errand::Office;
use crate::guard;
use crate::kiosk::{self, Ended, Hands, Input, Open, Source};
use crate::link::{self, FromGlass, Link, ToGlass};
use crate::log::Place;
use crate::staff::Line;
use crate::tty::{self, Call, Keys, Out, Signals, Surface};
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
    /// There is a door for staff, and somebody behind it who carries out what they ask for.
    pub has_door: bool,
    /// The folder in which it is looked for.
    pub folder: PathBuf,
}

/// A terminal that takes no output for so long is left alone for a moment: the loop has other things to do.
const PATIENCE: Duration = Duration::from_secs(1);

/// Serves one visitor on the terminal that is standard input, for the keeper at the other end of standard output.
///
/// # Errors
/// When no keeper started this, or the terminal cannot be drawn to.
pub fn serve(term: &str, parts: impl FnOnce() -> Option<Parts>) -> Result<()> {
    guard::close();
    guard::follow_the_keeper();
    // The keeper sees that we are gone, and wipes the screen.
    guard::keep_quiet_in_a_panic();
    // One thread for the loop; looking things up runs on another, which ends when it has nothing to do. Two more for
    // staff: a refresh may run while they ask for something else.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(4)
        .build()
        .context("the program's loop cannot be started")?;
    let served = runtime.block_on(async {
        let link = Link::inherited()?.context("this part of the program is started by `porchlight` itself")?;
        let to_office = link::inherited_office()?;
        tell_where_it_falls(&link)?;
        let signals = Signals::listen()?;
        let terminal = tty::open()?;
        let keys = Keys::over(terminal.try_clone()?)?;
        let out = Out::over(terminal, PATIENCE);
        let Parts { site, point, glyphs, idle, notice, now, open, folder, has_door } =
            parts().context("the settings cannot be read")?;
        let office = office(to_office.filter(|_| has_door), &link)?;
        let directory = open();
        // Everything is open, one thread runs, and nobody has typed anything yet: from here on this process can do
        // little but compute and draw.
        confine::glass(&folder);
        confine::seal();
        let mut wired = Wired { link, keys, signals, begun: false };
        match wired.waits().await {
            Turn::Ours => {}
            Turn::Never => return Ok(()),
            Turn::Orphaned => return wired.ends(Ended::Gone, out, term),
        }
        let hands = Hands {
            site: Rc::new(site),
            point,
            glyphs: glyphs.unwrap_or(if tty::is_console(term) { Glyphs::Console } else { Glyphs::Unicode }),
            idle,
            notice,
            now,
            open: Box::new(move || directory),
            office,
        };
        let mut terminal = Terminal::new(Surface::over(out.clone(), tty::size))?;
        let ended = kiosk::run(&mut terminal, &mut wired, tty::size(), hands).await?;
        wired.ends(ended, out, term)
    });
    // A search that is still under way must not keep the next visitor waiting.
    runtime.shutdown_background();
    served
}

/// A panic ends the visit. The keeper is told where it was, and wipes the screen.
fn tell_where_it_falls(link: &Link) -> Result<()> {
    let mouth = link.mouth()?;
    std::panic::set_hook(Box::new(move |info| {
        if let Some(place) = info.location() {
            // A keeper that is gone needs not know.
            let _ = mouth.say(FromGlass::Fell(Place::of(place)));
        }
    }));
    Ok(())
}

/// Who carries out what staff ask for: nobody, where there is no door or no line.
fn office(door: Option<OwnedFd>, link: &Link) -> Result<Arc<dyn Office>> {
    let Some(door) = door else { return Ok(Arc::new(Line::to_nobody())) };
    let mouth = link.mouth()?;
    let knock = move || {
        // Where nobody comes, the line ends, and that is told.
        let _ = mouth.say(FromGlass::Knock);
    };
    Ok(Arc::new(Line::over(door, knock)?))
}

/// How the waiting ended.
enum Turn {
    /// The terminal is ours.
    Ours,
    /// Somebody ended us.
    Never,
    /// There is no keeper any more. The glass before the visitor wipes the screen; should it be stuck, we do.
    Orphaned,
}

/// Keys, signals and the keeper's words as one source of input.
struct Wired {
    link: Link,
    keys: Keys,
    signals: Signals,
    /// The home screen was shown: forgetting is the end now.
    begun: bool,
}

impl Wired {
    /// Waits until the terminal is ours, or never will be.
    async fn waits(&mut self) -> Turn {
        if self.link.say(FromGlass::Ready).is_err() {
            return Turn::Orphaned;
        }
        loop {
            // The keeper first: when it dies, the line ends before we are asked to.
            tokio::select! {
                biased;
                word = self.link.hear() => match word {
                    Some(ToGlass::Go) => return Turn::Ours,
                    Some(ToGlass::Beat) => self.alive(),
                    Some(ToGlass::Resized | ToGlass::Renew) => {}
                    None => return Turn::Orphaned,
                },
                call = self.signals.next() => if call == Call::End {
                    return Turn::Never;
                },
            }
        }
    }

    /// Tells the keeper how it ended. When there is none any more, nobody else wipes the screen.
    fn ends(&self, ended: Ended, mut out: Out, term: &str) -> Result<()> {
        match ended {
            Ended::Visit => self.link.say(FromGlass::Done)?,
            Ended::Left => self.link.say(FromGlass::Leave)?,
            Ended::Gone => out.write_all(tty::wiping(tty::is_console(term)).as_bytes())?,
        }
        Ok(())
    }
}

impl Source for Wired {
    async fn next(&mut self) -> Vec<Input> {
        loop {
            // The keeper and signals first: whoever ends the program should not wait for a flood of keys.
            tokio::select! {
                biased;
                call = self.signals.next() => match call {
                    // The keeper says so too, also where the terminal tells only the keeper.
                    Call::Resized => {}
                    Call::End => return vec![Input::End],
                },
                word = self.link.hear() => match word {
                    Some(ToGlass::Go) => {}
                    Some(ToGlass::Beat) => return vec![Input::Beat],
                    Some(ToGlass::Resized) => return vec![Input::Resize(tty::size())],
                    Some(ToGlass::Renew) => return vec![Input::Renew],
                    None => return vec![Input::End],
                },
                keys = self.keys.next() => return match keys {
                    Some(keys) => keys.into_iter().map(Input::Key).collect(),
                    None => vec![Input::End],
                },
            }
        }
    }

    fn forget(&mut self) -> ControlFlow<()> {
        if std::mem::replace(&mut self.begun, true) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn alive(&mut self) {
        // A keeper that does not listen is gone, and the next word that does not come says so.
        let _ = self.link.say(FromGlass::Alive);
    }

    fn asleep(&self) -> Duration {
        // The keeper's next question, a few seconds after the machine woke, has the loop look.
        kiosk::asleep()
    }
}
