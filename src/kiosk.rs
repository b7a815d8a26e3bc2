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
use index::generation::Generation;
use index::query::{Counts, Here};
use index::record::{Point, Record, RecordId};
use jiff::Zoned;
use jiff::civil::Date;
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::crossterm::event::KeyEvent;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

use crate::app::{App, Around, Directory, Site};
use crate::ask::ask;
use crate::config::Words;
use crate::errand::{Errand, News, Office};
use crate::event::{Effect, Event, Question, Reply, Ticket};
use crate::layout::Size;
use crate::view::{Glyphs, view};

mod idle;
mod pulse;

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

/// Opens the directory, if there is any.
pub type Open = Box<dyn FnOnce() -> Option<Generation> + Send>;

/// What comes back from beside the loop.
enum Outcome {
    Directory(Option<Counts>),
    Answer(Ticket, Reply),
    Opened(Ticket, Option<Arc<Record>>),
    Staff(Ticket, News),
}

impl Outcome {
    /// The ticket that it answers; none for the opening of the directory.
    fn ticket(&self) -> Option<Ticket> {
        match self {
            // Nobody waits for the loop while staff are at work.
            Self::Directory(_) | Self::Staff(..) => None,
            Self::Answer(ticket, _) | Self::Opened(ticket, _) => Some(*ticket),
        }
    }
}

/// One thing to look up.
#[derive(Clone)]
enum Wish {
    Search(Ticket, Question, usize),
    Open(Ticket, RecordId),
}

/// A wish, tied to the visit it belongs to and to its moment and place.
#[derive(Clone)]
struct Asked {
    visit: u64,
    wish: Wish,
    here: Here,
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

/// What an outcome means to the state; nothing, when it belongs to an earlier visit.
fn event_of(outcome: Outcome, of_this_visit: bool) -> Option<Event> {
    match outcome {
        Outcome::Directory(Some(counts)) => Some(Event::Directory(counts)),
        Outcome::Directory(None) => Some(Event::NoDirectory),
        Outcome::Answer(ticket, answer) => of_this_visit.then_some(Event::Answer(ticket, answer)),
        Outcome::Opened(ticket, record) => of_this_visit.then_some(Event::Opened(ticket, record)),
        Outcome::Staff(ticket, news) => of_this_visit.then_some(Event::Staff(ticket, news)),
    }
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

/// Where outcomes go, each with the visit that it belongs to.
type Answers = mpsc::UnboundedSender<(u64, Outcome)>;

/// Has an errand of the staff carried out beside the loop.
fn run_errand(office: &Arc<dyn Office>, (visit, ticket): (u64, Ticket), errand: Errand, answers: &Answers) {
    let (office, answers) = (office.clone(), answers.clone());
    tokio::task::spawn_blocking(move || {
        office.carry_out(errand, &|news| {
            // When the loop has ended, nobody waits for news.
            let _ = answers.send((visit, Outcome::Staff(ticket, news)));
        });
    });
}

/// What is found in the directory.
fn look_up(generation: &Generation, asked: Asked, words: Words) -> Outcome {
    match asked.wish {
        Wish::Search(ticket, question, limit) => {
            Outcome::Answer(ticket, ask(generation, &question, words.vocabulary(), &asked.here, limit))
        }
        Wish::Open(ticket, id) => {
            let today = asked.here.now.date();
            Outcome::Opened(ticket, generation.record(&id).filter(|record| !record.is_hidden(today)))
        }
    }
}

/// Opens the directory and looks things up in it, beside the loop. One question waits at most: the latest. Ends when
/// looking up breaks.
fn desk(
    words: Words,
    open: Open,
    look_up: fn(&Generation, Asked, Words) -> Outcome,
    today: Date,
    answers: Answers,
) -> watch::Sender<Option<Asked>> {
    let (questions, mut waiting) = watch::channel(None::<Asked>);
    tokio::spawn(async move {
        let generation = tokio::task::spawn_blocking(open).await.unwrap_or(None).map(Arc::new);
        let counts = generation.as_ref().map(|generation| generation.counts_on(today));
        let mut gone = answers.send((0, Outcome::Directory(counts))).is_err();
        let Some(generation) = generation else {
            // Nothing can be looked up. The loop goes on, for the crisis card; it ends this task by ending itself.
            return answers.closed().await;
        };
        // Whoever types first should not wait for the words to be read: they are read while nobody does.
        let _ = tokio::task::spawn_blocking(move || words.vocabulary()).await;
        while !gone && waiting.changed().await.is_ok() {
            let Some(asked) = waiting.borrow_and_update().clone() else { continue };
            let generation = generation.clone();
            let looking = tokio::task::spawn_blocking(move || (asked.visit, look_up(&generation, asked, words)));
            gone = match looking.await {
                Ok(outcome) => answers.send(outcome).is_err(),
                Err(_) => true,
            };
        }
    });
    questions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_that_breaks_closes_the_desk() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let open: Open = Box::new(|| crate::store::starter(Words::BuiltIn.vocabulary()).ok());
            let (answers, mut outcomes) = mpsc::unbounded_channel();
            let questions =
                desk(Words::BuiltIn, open, |_, _, _| panic!("a search that breaks"), Date::default(), answers);
            assert!(matches!(outcomes.recv().await, Some((0, Outcome::Directory(Some(_))))));
            assert!(!questions.is_closed());
            let now = "2026-11-24T18:00:00-05:00[America/New_York]".parse().unwrap();
            let wish = Wish::Search(Ticket(1), Question::default(), 10);
            questions.send_replace(Some(Asked { visit: 1, wish, here: Here { now, point: None } }));
            questions.closed().await;
        });
    }
}
