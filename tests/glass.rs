//! A kiosk for tests: keys in, screens out. The real state, the real drawing and the real starter pack; only the
//! terminal is a grid of cells, and looking things up does not happen beside the loop but at once.

use std::rc::Rc;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use index::generation::Generation;
use index::query::Here;
use index::vocabulary::Vocabulary;
use jiff::Zoned;
use jiff::civil::{Date, date};
use porchlight::app::{App, Around, Directory, Site};
use porchlight::ask::ask;
use porchlight::config::{Notice, Words};
use porchlight::crisis::OwnLine;
use porchlight::errand::{Errand, News};
use porchlight::event::{Effect, Event, Question, Reply};
use porchlight::layout::{Preview, Room, Size};
use porchlight::locale::Locale;
use porchlight::pin::Latch;
use porchlight::view::{Glyphs, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A Tuesday evening in November.
pub(crate) const TUESDAY_EVENING: &str = "2026-11-24T18:00:00-05:00[America/New_York]";

/// The starter pack, built once for all tests.
pub(crate) fn starter() -> &'static Generation {
    static STARTER: OnceLock<Generation> = OnceLock::new();
    STARTER.get_or_init(|| porchlight::store::starter(Vocabulary::builtin()).unwrap())
}

/// The words of a centre with nothing of its own.
pub(crate) fn plain_site() -> Site {
    Site {
        centre: "Porchlight".to_owned(),
        greeting: String::new(),
        notices: Vec::new(),
        own_lines: Vec::new(),
        preview: Preview::Auto,
        locale: Locale::english(),
        words: Words::BuiltIn,
        latch: Latch::Open,
        stale_days: 14,
        notice_seconds: 30,
    }
}

fn notice(text: &str, until: Option<Date>) -> Notice {
    Notice { text: text.to_owned(), from: None, until }
}

/// A centre with its own crisis line, a notice, and one that is over.
pub(crate) fn own_site() -> Site {
    Site {
        centre: "Riverbend Recovery Center".to_owned(),
        notices: vec![
            notice("Potluck on Friday at 6 PM. Everyone is welcome.", None),
            notice("Yesterday we were closed.", Some(date(2026, 11, 23))),
        ],
        own_lines: vec![OwnLine {
            name: "Riverbend line".to_owned(),
            reach: "555-0100".to_owned(),
            note: "Day and night.".to_owned(),
        }],
        ..plain_site()
    }
}

/// Carries out what staff ask for, at a moment after the start, and gives what comes of it.
pub(crate) type Errands = Box<dyn FnMut(Errand, Duration) -> Vec<News>>;

/// Answers made by hand.
type Answers = Box<dyn Fn(&Question) -> Reply>;

pub(crate) struct Glass {
    pub(crate) app: App,
    terminal: Terminal<TestBackend>,
    glyphs: Glyphs,
    pub(crate) at: Duration,
    pub(crate) left: bool,
    pub(crate) open: bool,
    /// Answers instead of the starter pack.
    answers: Option<Answers>,
    /// Who works for staff.
    pub(crate) errands: Option<Errands>,
    /// What was asked last.
    pub(crate) asked: Question,
}

impl Glass {
    /// A kiosk of so many columns and rows, with the directory open.
    pub(crate) fn new(width: u16, height: u16) -> Self {
        Self::with(plain_site(), width, height)
    }

    pub(crate) fn with(site: Site, width: u16, height: u16) -> Self {
        let mut glass = Self::unopened(site, width, height);
        glass.happen(Event::Directory(starter().counts()));
        glass.open = true;
        glass
    }

    /// A kiosk whose answers are made by hand.
    pub(crate) fn answering(site: Site, cells: (u16, u16), answers: impl Fn(&Question) -> Reply + 'static) -> Self {
        let mut glass = Self::with(site, cells.0, cells.1);
        glass.answers = Some(Box::new(answers));
        glass
    }

    /// A kiosk at another moment.
    pub(crate) fn at(moment: &str, width: u16, height: u16) -> Self {
        let mut glass = Self::new(width, height);
        glass.happen(Event::Minute(moment.parse().unwrap()));
        glass
    }

    /// A kiosk whose directory is not open yet.
    pub(crate) fn unopened(site: Site, width: u16, height: u16) -> Self {
        let now: Zoned = TUESDAY_EVENING.parse().unwrap();
        let around = Around { site: Rc::new(site), now, size: Size { width, height }, directory: Directory::Opening };
        let (app, _) = App::start(around);
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut glass = Self {
            app,
            terminal,
            glyphs: Glyphs::Unicode,
            at: Duration::from_secs(1),
            left: false,
            open: false,
            answers: None,
            errands: None,
            asked: Question::default(),
        };
        glass.draw();
        glass
    }

    /// Something happens; everything that follows from it is done, and the screen is drawn.
    pub(crate) fn happen(&mut self, event: Event) {
        let mut effects = self.app.update(event);
        while !effects.is_empty() {
            for effect in std::mem::take(&mut effects) {
                effects.extend(self.carry_out(effect));
            }
        }
        self.draw();
    }

    fn carry_out(&mut self, effect: Effect) -> Vec<Effect> {
        let here = Here { now: self.app.around.now.clone(), point: None };
        match effect {
            // A closed directory answers nothing: the question waits.
            Effect::Search(..) | Effect::Open(..) if self.app.around.directory == Directory::Opening => Vec::new(),
            Effect::Search(ticket, question, limit) => {
                let reply = match &self.answers {
                    Some(answers) => answers(&question),
                    None => ask(starter(), &question, Vocabulary::builtin(), &here, limit),
                };
                self.asked = question;
                self.app.update(Event::Answer(ticket, reply))
            }
            Effect::Open(ticket, id) => {
                let record: Option<Arc<_>> = starter().record(&id);
                self.app.update(Event::Opened(ticket, record))
            }
            Effect::Staff(ticket, errand) => {
                let news = self.errands.as_mut().map(|errands| errands(errand, self.at)).unwrap_or_default();
                news.into_iter().flat_map(|news| self.app.update(Event::Staff(ticket, news))).collect()
            }
            Effect::Forget => Vec::new(),
            Effect::Leave => {
                self.left = true;
                Vec::new()
            }
        }
    }

    fn draw(&mut self) {
        let (app, glyphs) = (&self.app, self.glyphs);
        self.terminal.draw(|frame| view(app, glyphs, frame)).unwrap();
    }

    pub(crate) fn key(&mut self, code: KeyCode) -> &mut Self {
        self.press(KeyEvent::new(code, KeyModifiers::NONE))
    }

    pub(crate) fn press(&mut self, key: KeyEvent) -> &mut Self {
        // A person presses a key every two seconds; who hurries says so.
        self.at += Duration::from_secs(2);
        let at = self.at;
        self.happen(Event::Key(key, at));
        self
    }

    /// A key right after the last one.
    pub(crate) fn quickly(&mut self, code: KeyCode) -> &mut Self {
        self.at += Duration::from_millis(200);
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

    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.terminal.backend_mut().resize(width, height);
        self.happen(Event::Resize(Size { width, height }));
        self
    }

    /// The screen as a person reads it, row by row.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let width = usize::from(buffer.area.width);
        let rows = buffer.content.chunks(width.max(1));
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned() + "\n")
            .collect()
    }

    /// Whether this kiosk is as the other one, in every field of its state and every cell of its screen.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        let mut same = self.app.clone();
        // The same centre, put together twice.
        same.around.site = other.app.around.site.clone();
        same == other.app && self.screen() == other.screen()
    }

    pub(crate) fn row(&self, row: usize) -> String {
        self.screen().lines().nth(row).unwrap_or_default().to_owned()
    }

    pub(crate) fn shows(&self, words: &str) -> bool {
        self.screen().contains(words)
    }

    /// The row in which the terminal's cursor stands.
    pub(crate) fn cursor_row(&mut self) -> String {
        use ratatui::backend::Backend as _;
        let cursor = self.terminal.backend_mut().get_cursor_position().unwrap();
        self.row(usize::from(cursor.y))
    }

    /// The row of the crisis line.
    pub(crate) fn crisis_row(&self) -> String {
        match self.app.around.size.room() {
            Room::Full => self.row(usize::from(self.app.around.size.height) - 2),
            Room::Small | Room::Number => self.row(0),
        }
    }

    /// The row in which the terminal's cursor stands, from the cursor on: what a braille line begins with.
    pub(crate) fn at_cursor(&mut self) -> String {
        use ratatui::backend::Backend as _;
        let cursor = self.terminal.backend_mut().get_cursor_position().unwrap();
        self.row(usize::from(cursor.y)).chars().skip(usize::from(cursor.x)).collect()
    }
}
