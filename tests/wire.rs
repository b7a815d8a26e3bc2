//! A kiosk whose screen is the bytes that a terminal would get, and a reader of these bytes that knows our own escape
//! sequences and no others.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use index::generation::Generation;
use index::query::Here;
use index::vocabulary::Vocabulary;
use porchlight::app::{App, Around, Directory, Site};
use porchlight::ask::ask;
use porchlight::event::{Effect, Event};
use porchlight::layout::Size;
use porchlight::view::{Glyphs, view};
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use crate::glass::TUESDAY_EVENING;

/// What was written to the terminal and not yet read.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl io::Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A kiosk on a wire. Every frame is read before the next key.
pub(crate) struct Wired<'a> {
    pub(crate) app: App,
    terminal: Terminal<CrosstermBackend<Wire>>,
    wire: Wire,
    screen: vt100::Parser,
    generation: &'a Generation,
    at: Duration,
    glyphs: Glyphs,
}

impl<'a> Wired<'a> {
    pub(crate) fn new(site: Site, generation: &'a Generation, (width, height): (u16, u16), glyphs: Glyphs) -> Self {
        let around = Around {
            site: Rc::new(site),
            now: TUESDAY_EVENING.parse().unwrap(),
            size: Size { width, height },
            directory: Directory::Opening,
        };
        let wire = Wire::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        let terminal =
            Terminal::with_options(CrosstermBackend::new(wire.clone()), TerminalOptions { viewport }).unwrap();
        let cells = |count: u16| std::num::NonZero::new(count).unwrap();
        let screen = vt100::Parser::new(cells(height), cells(width), 0);
        let (app, _) = App::start(around);
        let mut wired = Self { app, terminal, wire, screen, generation, at: Duration::ZERO, glyphs };
        wired.happen(Event::Directory(generation.counts()));
        wired
    }

    fn happen(&mut self, event: Event) {
        let mut effects = self.app.update(event);
        while let Some(effect) = effects.pop() {
            let here = Here { now: self.app.around.now.clone(), point: None };
            let event = match effect {
                Effect::Search(ticket, question, limit) => {
                    Event::Answer(ticket, ask(self.generation, &question, Vocabulary::builtin(), &here, limit))
                }
                Effect::Open(ticket, id) => Event::Opened(ticket, self.generation.record(&id)),
                Effect::Staff(..) | Effect::Forget | Effect::Leave => continue,
            };
            effects.extend(self.app.update(event));
        }
        let (app, glyphs) = (&self.app, self.glyphs);
        self.terminal.draw(|frame| view(app, glyphs, frame)).unwrap();
        let bytes = std::mem::take(&mut *self.wire.0.borrow_mut());
        only_ours(&bytes);
        self.screen.process(&bytes);
    }

    pub(crate) fn key(&mut self, code: KeyCode) -> &mut Self {
        self.at += Duration::from_secs(2);
        let at = self.at;
        self.happen(Event::Key(KeyEvent::new(code, KeyModifiers::NONE), at));
        self
    }

    pub(crate) fn type_in(&mut self, words: &str) -> &mut Self {
        for letter in words.chars() {
            self.key(KeyCode::Char(letter));
        }
        self
    }

    /// The screen as a terminal shows it.
    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }
}

/// Whether the bytes hold nothing for a terminal but what drawing needs: where the cursor stands, how letters look,
/// whether the cursor is seen. Everything else is letters that show as what they are.
pub(crate) fn only_ours(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        harmless(&rest[..at]);
        let sequence = &rest[at + 1..];
        let body = sequence.strip_prefix('[').unwrap_or_else(|| panic!("ESC without [ before {:?}", start(sequence)));
        let end = body.find(|c: char| ('@'..='~').contains(&c)).unwrap_or_else(|| panic!("no end: {:?}", start(body)));
        let (numbers, last) = (&body[..end], &body[end..=end]);
        let counted = numbers.chars().all(|c| c.is_ascii_digit() || c == ';');
        let ours = match last {
            "H" | "m" => counted,
            "h" | "l" => numbers == "?25",
            _ => false,
        };
        assert!(ours, "ESC [ {numbers} {last} is none of ours");
        rest = &body[end + 1..];
    }
    harmless(rest);
}

fn harmless(text: &str) {
    let mut marks = 0;
    for c in text.chars() {
        assert!(index::text::is_tame(c.encode_utf8(&mut [0; 4])), "{c:?} in {:?}", start(text));
        marks = if unicode_width::UnicodeWidthChar::width(c) == Some(0) { marks + 1 } else { 0 };
        assert!(marks <= 4, "so many marks on a letter in {:?}", start(text));
    }
}

fn start(text: &str) -> String {
    text.chars().take(60).collect()
}

#[test]
fn the_reader_of_the_wire_sees_what_is_not_ours() {
    only_ours("\u{1b}[1;1HSearch\u{1b}[0m\u{1b}[38;5;2m ñ\u{1b}[?25h".as_bytes());
    for foreign in [
        "\u{1b}]52;c;aGk=\u{7}",
        "\u{1b}[2J",
        "\u{1b}[?1049l",
        "\u{1b}P$q\u{1b}\\",
        "\u{1b}c",
        "\u{9b}2J",
        "a\u{202e}b",
        "a\u{200b}b",
        "\u{7}",
        "\u{1b}",
        "e\u{301}\u{301}\u{301}\u{301}\u{301}",
    ] {
        let seen = std::panic::catch_unwind(|| only_ours(foreign.as_bytes()));
        assert!(seen.is_err(), "{foreign:?}");
    }
}
