//! The loop: hands every waiting event to the state, carries out what it asks for, draws once, and waits.
//!
//! Drawing happens after events, never on a clock: an idle kiosk uses no processor time. The loop is the same under
//! tests, with an injected source of keys and a paused clock. Searching runs beside it, and the latest question wins.
//! Whoever asks whether the loop is alive is answered out of it, and only while looking things up gets on too.

use std::error::Error;
use std::io;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use index::query::Here;
use index::record::Point;
use jiff::Zoned;
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::crossterm::event::KeyEvent;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use crate::app::{App, Around, Directory, Site};
use crate::errand::{Errand, Office};
use crate::event::{Effect, Event, Ticket};
use crate::layout::Size;
use crate::view::{Glyphs, view};

mod desk;
mod idle;
mod pulse;

pub use desk::Open;
use desk::{Answers, Asked, Outcome, Wish, desk, event_of, look_up};
use idle::Idle;
pub use idle::asleep;
use pulse::Pulse;

/// What comes from the terminal, and from whoever started the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(KeyEvent),
    /// Another size.
    Resize(Size),
    /// Somebody asks whether the loop is alive.
    Beat,
    /// A newer edition of the directory stands: end as soon as nobody is there.
    Renew,
    /// The terminal is gone, or somebody asked the program to end.
    End,
}

/// Why the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The visit is over, and the next one is another loop's.
    Visit,
    /// Somebody left the program.
    Left,
    /// See [`Input::End`].
    Gone,
}

/// Where input comes from.
pub trait Source {
    /// Waits for input and gives all of it that is there. Dropping the future loses nothing.
    fn next(&mut self) -> impl Future<Output = Vec<Input>>;

    /// A visit begins, the last one is forgotten. Who starts a loop for each visit breaks this one.
    fn forget(&mut self) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    /// The answer to [`Input::Beat`].
    fn alive(&mut self) {}

    /// How long the machine has slept until now, all in all. The clock of deadlines stands still meanwhile.
    fn asleep(&self) -> Duration {
        Duration::ZERO
    }
}

/// What the loop is handed.
pub struct Hands {
    /// The centre and its words.
    pub site: Rc<Site>,
    /// Where the kiosk stands.
    pub point: Option<Point>,
    /// What the terminal can show.
    pub glyphs: Glyphs,
    /// Without a key for so long, the visitor is asked.
    pub idle: Duration,
    /// Without an answer for so long, everything is forgotten.
    pub notice: Duration,
    /// The clock on the wall, in the kiosk's zone.
    pub now: Box<dyn Fn() -> Zoned>,
    /// Opens the directory. Runs beside the loop: the first frame does not wait for it.
    pub open: Open,
    /// Who carries out what staff ask for. Runs beside the loop.
    pub office: Arc<dyn Office>,
}

/// A terminal that takes no output is tried again after so long.
const AGAIN: Duration = Duration::from_millis(500);

/// Runs the kiosk until its terminal ends, somebody leaves the program, or the source breaks it after a visit.
///
/// # Errors
/// When the terminal cannot be drawn to.
pub async fn run<B>(terminal: &mut Terminal<B>, source: &mut impl Source, size: Size, hands: Hands) -> Result<Ended>
where
    B: Backend<Error: Send + Sync + 'static>,
{
    let Hands { site, point, glyphs, idle, notice, now, open, office } = hands;
    let started = instant();
    let (answers, mut outcomes) = mpsc::unbounded_channel();
    let questions = desk(site.words, open, look_up, now().date(), answers.clone());
    let (mut app, mut effects) = App::start(Around { site, now: now(), size, directory: Directory::Opening });
    let mut idle = Idle::new((idle, notice), started, source.asleep());
    let mut visit = 0;
    let mut pulse = Pulse::opening(started);
    let (mut renew, mut late, mut due) = (false, false, true);
    loop {
        for effect in effects.drain(..) {
            let (ticket, wish) = match effect {
                Effect::Search(ticket, question, limit) => (ticket, Wish::Search(ticket, question, limit)),
                Effect::Open(ticket, id) => (ticket, Wish::Open(ticket, id)),
                Effect::Staff(ticket, errand) => {
                    run_errand(&office, (visit, ticket), errand, &answers);
                    continue;
                }
                Effect::Leave => return Ok(Ended::Left),
                Effect::Forget => {
                    // What is still being looked up for the last visitor finds nobody.
                    visit += 1;
                    office.close();
                    questions.send_replace(None);
                    if source.forget().is_break() {
                        return Ok(Ended::Visit);
                    }
                    repaint(terminal);
                    continue;
                }
            };
            pulse.asked(visit, ticket, instant());
            questions.send_replace(Some(Asked { visit, wish, here: Here { now: now(), point } }));
        }
        if renew && app.is_fresh() {
            return Ok(Ended::Visit);
        }
        if due {
            late = !draw(terminal, late, &app, glyphs)?;
        }
        due = true;

        let deadline = idle.deadline(app.asked(), source.asleep());
        let next_minute = instant() + until_next_minute(&app.around.now, &now());
        let again = instant() + AGAIN;
        // In this order: an answer is shown before the next key is taken, and a key that came in time beats the
        // deadline.
        tokio::select! {
            biased;
            outcome = outcomes.recv() => match outcome {
                Some((of, outcome)) => {
                    pulse.answered(of, outcome.ticket(), instant());
                    effects.extend(event_of(outcome, of == visit).map(|event| app.update(event)).unwrap_or_default());
                }
                // We hold one end ourselves.
                None => return Ok(Ended::Gone),
            },
            // Whoever broke looking this up has lost their visit; who waited for an answer would wait in vain.
            () = questions.closed() => anyhow::bail!("the search beside the loop ended"),
            inputs = source.next() => {
                // Who asks from outside moves nothing on the screen.
                due = inputs.iter().any(|input| !matches!(input, Input::Beat | Input::Renew));
                // This keeps "tonight" right; nothing moves on the screen because of it but what a key moves.
                if due && until_next_minute(&app.around.now, &now()).is_zero() {
                    app.update(Event::Minute(now()));
                }
                // Whoever wakes the machine is not the visitor who left it: what is typed first is nobody's.
                let over = !app.is_fresh() && idle.overslept(instant(), source.asleep());
                for input in inputs {
                    match input {
                        Input::Key(_) if over => effects = app.update(Event::Abandoned),
                        Input::Key(key) => {
                            idle.key(instant(), source.asleep());
                            effects.extend(app.update(Event::Key(key, instant() - started)));
                        }
                        Input::Resize(size) => {
                            repaint(terminal);
                            effects.extend(app.update(Event::Resize(size)));
                        }
                        Input::Beat if pulse.gets_on(instant()) => source.alive(),
                        Input::Beat => {}
                        Input::Renew => renew = true,
                        Input::End => return Ok(Ended::Gone),
                    }
                }
            },
            () = sleep_until(deadline), if !app.is_fresh() => {
                effects.extend(app.update(if app.asked() { Event::Abandoned } else { Event::Idle }));
            }
            // The clock moves on the home screen alone; what another program wrote over the screen goes with it.
            () = sleep_until(next_minute), if app.screen().is_none() => {
                repaint(terminal);
                effects.extend(app.update(Event::Minute(now())));
            }
            () = sleep_until(again), if late => {}
        }
    }
}

/// Draws. False when the terminal takes no output now: the rest of the frame waits, has to be tried again, and comes
/// before the next one.
fn draw<B>(terminal: &mut Terminal<B>, late: bool, app: &App, glyphs: Glyphs) -> Result<bool>
where
    B: Backend<Error: Send + Sync + 'static>,
{
    let rest = if late { catch_up(terminal) } else { Ok(()) };
    let drawn = rest.and_then(|()| terminal.draw(|frame| view(app, glyphs, frame)).map(drop));
    let Err(fault) = drawn else { return Ok(true) };
    let source: &(dyn Error + 'static) = &fault;
    let kind = source.downcast_ref::<io::Error>().map(io::Error::kind);
    if kind == Some(io::ErrorKind::TimedOut) { Ok(false) } else { Err(fault.into()) }
}

/// Writes what waits. What the terminal shows then is neither the frame before nor the next one, and perhaps of another
/// size: the next drawing begins with an empty screen.
fn catch_up<B: Backend>(terminal: &mut Terminal<B>) -> Result<(), B::Error> {
    terminal.backend_mut().flush()?;
    let size = terminal.size()?;
    terminal.resize(size.into())
}

/// Has the next drawing paint every cell, whatever stands there: an earlier visitor's words, a message of the kernel.
fn repaint<B: Backend>(terminal: &mut Terminal<B>) {
    /// What no cell of ours ever holds.
    const NONE: &str = "\u{f8ff}";
    for cell in &mut terminal.current_buffer_mut().content {
        cell.set_symbol(NONE);
    }
    terminal.swap_buffers();
}

/// The loop's own clock, for deadlines; it stands still under tests.
#[expect(clippy::disallowed_methods, reason = "the loop is where the clock is read")]
fn instant() -> Instant {
    Instant::now()
}

/// How long until the clock shows another minute than `shown`. Zero when it does already.
fn until_next_minute(shown: &Zoned, now: &Zoned) -> Duration {
    if (shown.date(), shown.hour(), shown.minute()) != (now.date(), now.hour(), now.minute()) {
        return Duration::ZERO;
    }
    Duration::from_secs(u64::from(60_u8.saturating_sub(now.second().unsigned_abs())))
}

/// Hands an errand of the staff over, and has what comes of it heard beside the loop.
fn run_errand(office: &Arc<dyn Office>, (visit, ticket): (u64, Ticket), errand: Errand, answers: &Answers) {
    let (hearing, answers) = (office.clone().hand_over(errand), answers.clone());
    tokio::task::spawn_blocking(move || {
        hearing(&|news| {
            // When the loop has ended, nobody waits for news.
            let _ = answers.send((visit, Outcome::Staff(ticket, news)));
        });
    });
}
