//! A terminal that does not take what is written to it: at every write of a session in turn, until one is as long as
//! the session. Whatever it did, the screen is right again as soon as it takes bytes.

#![expect(clippy::disallowed_methods, reason = "the clock of these tests stands still but for waiting")]

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use porchlight::errand::{Errand, News, Office};
use porchlight::kiosk::{Ended, Hands, Input, Source, run};
use porchlight::layout::Size;
use porchlight::tty::Surface;
use porchlight::view::Glyphs;
use ratatui::Terminal;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tokio::time::{Instant, sleep_until};

use crate::glass::{TUESDAY_EVENING, plain_site};
use crate::room::cells;

/// What goes wrong.
#[derive(Clone, Copy, Debug)]
enum Fault {
    None,
    /// It takes a part, and the next time the rest.
    Short,
    /// A signal came.
    Interrupted,
    /// It takes a part, and then nothing so many times.
    Stopped(usize),
    /// It is gone.
    Gone,
}

/// The terminal: what it was given, what it shows, and at which write it fails.
struct Line {
    fault: Fault,
    at: usize,
    writes: usize,
    bytes: Vec<u8>,
    screen: vt100::Parser,
}

#[derive(Clone)]
struct Wire(Rc<RefCell<Line>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut line = self.0.borrow_mut();
        let late = line.writes.checked_sub(line.at);
        line.writes += 1;
        let half = bytes.len().div_ceil(2);
        let taken = match (line.fault, late) {
            (Fault::Short | Fault::Stopped(_), Some(0)) => half,
            (Fault::Interrupted, Some(0)) => return Err(io::ErrorKind::Interrupted.into()),
            (Fault::Stopped(turns), Some(late)) if late <= turns => return Err(io::ErrorKind::TimedOut.into()),
            (Fault::Gone, Some(_)) => return Err(rustix::io::Errno::IO.into()),
            _ => bytes.len(),
        };
        line.bytes.extend_from_slice(&bytes[..taken]);
        line.screen.process(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

thread_local! {
    static SIZE: Cell<Size> = const { Cell::new(USUAL) };
}

const USUAL: Size = Size { width: 80, height: 24 };

/// What a visitor does.
#[derive(Clone, Copy)]
enum Step {
    Press(KeyCode),
    Sized(u16, u16),
    /// The screen is looked at.
    Look,
}

/// Quickly there and back, so that a frame that was not taken is followed by one that does not know of it; then a
/// while in which nobody does anything.
const STEPS: &[Step] = {
    use KeyCode::{Backspace, Char, Down, Esc, F, Tab};
    use Step::{Look, Press, Sized};
    &[
        Look,
        Press(Tab),
        Press(Esc),
        Look,
        Press(F(9)),
        Press(Down),
        Press(Backspace),
        Press(F(1)),
        Look,
        Press(Backspace),
        Press(Char('s')),
        Press(Char('z')),
        Press(Backspace),
        Look,
        Sized(60, 20),
        Press(Char('y')),
        Sized(80, 24),
        Press(Backspace),
        Look,
        Press(F(10)),
        Look,
    ]
};

/// The rows, every cell with its colours, and the cursor.
#[derive(Debug, PartialEq)]
struct Look {
    rows: String,
    cells: Vec<String>,
    cursor: (u16, u16),
}

impl Look {
    fn at(screen: &vt100::Screen) -> Self {
        let (height, width) = (screen.size().0.get(), screen.size().1.get());
        let places = (0..height).flat_map(|row| (0..width).map(move |column| (row, column)));
        let cells = places.map(|(row, column)| screen.cell(row, column).unwrap()).map(|cell| {
            format!("{} {:?} {:?} {}", cell.contents().trim(), cell.fgcolor(), cell.bgcolor(), cell.bold())
        });
        Self {
            rows: screen.rows(0, width).collect::<Vec<_>>().join("\n"),
            cells: cells.collect(),
            cursor: screen.cursor_position(),
        }
    }
}

struct Script {
    steps: VecDeque<Step>,
    at: Instant,
    wire: Wire,
    looks: Vec<Look>,
}

impl Source for Script {
    async fn next(&mut self) -> Vec<Input> {
        loop {
            let pause = if let Some(Step::Look) | None = self.steps.front() { 5000 } else { 100 };
            let at = self.at + Duration::from_millis(pause);
            sleep_until(at).await;
            self.at = at;
            match self.steps.pop_front() {
                None => return vec![Input::End],
                Some(Step::Press(code)) => return vec![Input::Key(KeyEvent::new(code, KeyModifiers::NONE))],
                Some(Step::Sized(width, height)) => {
                    SIZE.set(Size { width, height });
                    self.wire.0.borrow_mut().screen.screen_mut().set_size(cells(height), cells(width));
                    return vec![Input::Resize(SIZE.get())];
                }
                Some(Step::Look) => {
                    let line = self.wire.0.borrow();
                    self.looks.push(Look::at(line.screen.screen()));
                }
            }
        }
    }
}

struct Nobody;

impl Office for Nobody {
    fn carry_out(&self, _errand: Errand, _tell: &dyn Fn(News)) {}

    fn close(&self) {}
}

/// What is left of a session with this fault at this write.
struct Session {
    ended: anyhow::Result<Ended>,
    looks: Vec<Look>,
    writes: usize,
    bytes: Vec<u8>,
}

async fn session(fault: Fault, at: usize) -> Session {
    SIZE.set(USUAL);
    let screen = vt100::Parser::new(cells(USUAL.height), cells(USUAL.width), 0);
    let wire = Wire(Rc::new(RefCell::new(Line { fault, at, writes: 0, bytes: Vec::new(), screen })));
    // What stood there before must not shine through.
    wire.0.borrow_mut().screen.process("old words of somebody else ".repeat(70).as_bytes());
    let hands = Hands {
        site: Rc::new(plain_site()),
        point: None,
        glyphs: Glyphs::Unicode,
        idle: Duration::from_secs(600),
        notice: Duration::from_secs(30),
        now: Box::new(|| TUESDAY_EVENING.parse().unwrap()),
        office: Arc::new(Nobody),
        open: Box::new(|| None),
    };
    let mut terminal = Terminal::new(Surface::over(wire.clone(), || SIZE.get())).unwrap();
    let mut script =
        Script { steps: STEPS.iter().copied().collect(), at: Instant::now(), wire: wire.clone(), looks: Vec::new() };
    let ended = run(&mut terminal, &mut script, USUAL, hands).await;
    let writes = wire.0.borrow().writes;
    drop(terminal);
    let line = wire.0.borrow();
    assert_eq!(line.writes, writes, "what was not taken is nobody's when the loop has ended");
    Session { ended, looks: script.looks, writes: line.writes, bytes: line.bytes.clone() }
}

/// A session with the fault at each of its writes, beside the one without.
async fn at_every_write(fault: Fault, check: impl Fn(usize, &Session, &Session)) {
    let whole = session(Fault::None, 0).await;
    assert_eq!(whole.looks.len(), STEPS.iter().filter(|step| matches!(step, Step::Look)).count());
    assert!(whole.writes > STEPS.len(), "{} writes", whole.writes);
    for at in 0..whole.writes {
        check(at, &session(fault, at).await, &whole);
    }
}

#[track_caller]
fn same_screens(fault: &str, at: usize, session: &Session, whole: &Session) {
    assert!(matches!(session.ended, Ok(Ended::Gone)), "{fault} at write {at}");
    for (turn, (seen, right)) in session.looks.iter().zip(&whole.looks).enumerate() {
        assert!(seen == right, "{fault} at write {at}, look {turn}:\n{}\n\n{}", seen.rows, right.rows);
    }
    assert_eq!(session.looks.len(), whole.looks.len());
}

#[tokio::test(start_paused = true)]
async fn a_part_taken_loses_and_doubles_no_byte() {
    for fault in [Fault::Short, Fault::Interrupted] {
        at_every_write(fault, |at, session, whole| {
            same_screens("a part", at, session, whole);
            assert_eq!(session.bytes, whole.bytes, "{fault:?} at write {at}");
        })
        .await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_terminal_that_stops_and_goes_on_shows_what_it_should() {
    for turns in [1, 2, 5, 9] {
        at_every_write(Fault::Stopped(turns), |at, session, whole| same_screens("stopped", at, session, whole)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_terminal_that_is_gone_ends_the_loop_and_is_left_alone() {
    at_every_write(Fault::Gone, |at, session, whole| {
        let fault = session.ended.as_ref().unwrap_err().downcast_ref::<io::Error>().unwrap();
        assert_eq!(fault.raw_os_error(), Some(rustix::io::Errno::IO.raw_os_error()));
        assert!(whole.bytes.starts_with(&session.bytes), "at write {at}");
        assert!(session.writes <= at + 3, "{} writes after it was gone", session.writes - at);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_terminal_that_never_goes_on_gets_nothing_more_at_the_end() {
    at_every_write(Fault::Stopped(usize::MAX), |at, session, whole| {
        assert!(matches!(session.ended, Ok(Ended::Gone)));
        assert!(whole.bytes.starts_with(&session.bytes), "at write {at}");
    })
    .await;
}
