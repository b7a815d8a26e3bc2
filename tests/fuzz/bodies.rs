//! What must hold of any bytes, whoever makes them up: the properties of the suite draw them by proptest, the targets
//! beside this file by cargo-fuzz. See `Cargo.toml` here for how to run these.

#![allow(unreachable_pub, reason = "the same file is a module of the suite and the library of the fuzz targets")]

use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Duration;

use index::feed::columns::Mapping;
use index::feed::{self, Feed, Form, Harvest, Part};
use index::generation::Generation;
use index::query::Here;
use index::text;
use index::vocabulary::Vocabulary;
use jiff::Zoned;
use porchlight::app::{App, Around, Directory, Site};
use porchlight::ask::ask;
use porchlight::config::{self, FeedsFile, Settings, Words};
use porchlight::decode::{Decoder, KEYS_A_FEED, URGENT_A_FEED};
use porchlight::errand::News;
use porchlight::event::{Effect, Event};
use porchlight::layout::{Preview, Size};
use porchlight::locale::Locale;
use porchlight::pin::Latch;
use porchlight::view::{Glyphs, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent};

/// The bytes of a terminal: the same keys however they are cut up, never more than a feed may give, and after a silence
/// the next key is heard.
pub fn decoder(bytes: &[u8]) {
    let (cut, bytes) = bytes.split_first().map_or((1, bytes), |(first, rest)| (usize::from(*first).max(1), rest));
    for chunk in bytes.chunks(KEYS_A_FEED) {
        assert_eq!(keys(&[chunk]), keys(&chunk.chunks(cut).collect::<Vec<_>>()));
    }
    let mut decoder = Decoder::new();
    let mut given = 0;
    decoder.feed(bytes, &mut |_| given += 1);
    assert!(given <= KEYS_A_FEED + URGENT_A_FEED);
    decoder.timeout(&mut |_| {});
    assert!(!decoder.pending());
    let mut heard = Vec::new();
    decoder.feed(b"x", &mut |key| heard.push(key.code));
    assert_eq!(heard, [KeyCode::Char('x')]);
}

fn keys(pieces: &[&[u8]]) -> Vec<KeyEvent> {
    let mut decoder = Decoder::new();
    let mut keys = Vec::new();
    for piece in pieces {
        decoder.feed(piece, &mut |key| keys.push(key));
    }
    decoder.timeout(&mut |key| keys.push(key));
    keys
}

/// A file of Meeting Guide JSON, or of anything else.
pub fn meeting_guide(bytes: &[u8]) {
    sound(&read(Form::MeetingGuide, bytes));
}

/// A directory in our own form, or anything else.
pub fn own_form(bytes: &[u8]) {
    sound(&read(Form::Porchlight, bytes));
}

/// The CSV of the plugin, or anything else.
pub fn plugin_csv(bytes: &[u8]) {
    sound(&read(Form::TsmlCsv, bytes));
}

/// HSDS: objects of JSON, and the tables of a package between bytes that no text holds.
pub fn services(bytes: &[u8]) {
    const TABLES: [&str; 8] = [
        "services.csv",
        "service_at_location.csv",
        "locations.csv",
        "schedules.csv",
        "phones.csv",
        "regular_schedules.csv",
        "service_capacity.csv",
        "organizations.csv",
    ];
    let tables = bytes.split(|byte| *byte == 0xff).zip(TABLES).map(|(bytes, name)| Part { name, bytes });
    sound(&feed::read(Form::Hsds, &feed_of(bytes), &tables.collect::<Vec<_>>(), Vocabulary::builtin()));
    sound(&read(Form::Hsds, bytes));
}

/// The answers of a BMLT server: parts between bytes that no text holds.
pub fn bmlt(bytes: &[u8]) {
    let parts = bytes.split(|byte| *byte == 0xff).take(8).map(|bytes| Part { name: "fuzz", bytes });
    sound(&feed::read(Form::Bmlt, &feed_of(bytes), &parts.collect::<Vec<_>>(), Vocabulary::builtin()));
}

/// Pages of FindTreatment.gov between bytes that no text holds.
pub fn facilities(bytes: &[u8]) {
    let pages = bytes.split(|byte| *byte == 0xff).take(8).map(|bytes| Part { name: "fuzz", bytes });
    sound(&feed::read(Form::FindTreatment, &feed_of(bytes), &pages.collect::<Vec<_>>(), Vocabulary::builtin()));
}

/// Any table: the first bytes say its kind and what its columns hold, the others are its rows.
pub fn table(bytes: &[u8]) {
    let (head, rows) = bytes.split_at(bytes.len().min(9));
    let Some((kind, picked)) = head.split_first() else { return };
    let mut mapping = Mapping::new(Mapping::KINDS[usize::from(*kind) % Mapping::KINDS.len()]);
    let fields: Vec<_> = Mapping::fields(mapping.kind).collect();
    let picked = picked.iter().map(|byte| fields[usize::from(*byte) % fields.len()]);
    let names: Vec<&str> = std::iter::once("name").chain(picked).collect();
    for field in &names {
        let columns = vec![(*field).to_owned(), "name".to_owned()];
        mapping.columns.insert(fields.iter().find(|known| *known == field).unwrap(), columns);
    }
    let table = [names.join(",").as_bytes(), b"\n", rows].concat();
    sound(&read_by(Form::Csv, Some(mapping), &table));
}

fn read(form: Form, bytes: &[u8]) -> Harvest {
    read_by(form, None, bytes)
}

fn read_by(form: Form, columns: Option<Mapping>, bytes: &[u8]) -> Harvest {
    let feed = Feed { columns, ..feed_of(bytes) };
    feed::read(form, &feed, &[Part { name: "fuzz", bytes }], Vocabulary::builtin())
}

/// A feed whose credit is as strange as its bytes.
fn feed_of(bytes: &[u8]) -> Feed {
    let credit = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).into_owned();
    Feed {
        name: "fuzz".to_owned(),
        fellowship: Some("aa".to_owned()),
        timezone: Some("America/New_York".to_owned()),
        licence: credit.clone(),
        credit,
        columns: None,
    }
}

/// Every row is accounted for, and no text holds what a terminal would act on.
fn sound(harvest: &Harvest) {
    assert_eq!(harvest.rows, harvest.records.len() + harvest.joined + harvest.dropped);
    for complaint in &harvest.complaints {
        assert!(text::is_clean(&complaint.text), "{:?}", complaint.text);
    }
    for record in &harvest.records {
        walk(&serde_json::to_value(record).unwrap());
    }
}

fn walk(value: &serde_json::Value) {
    match value {
        serde_json::Value::String(text) => assert!(text.split('\n').all(text::is_clean), "{text:?}"),
        serde_json::Value::Array(list) => list.iter().for_each(walk),
        serde_json::Value::Object(object) => object.values().for_each(walk),
        _ => {}
    }
}

/// A settings file, a feeds file, a file of words. The kiosk stands on what is sound of the first, whatever it holds.
pub fn configuration(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (settings, faults) = Settings::read_anyway("fuzz.toml", &text);
    assert_eq!(Settings::read("fuzz.toml", &text).is_err(), !faults.is_empty());
    let feeds = FeedsFile::read("fuzz.toml", &text, Vocabulary::builtin(), &["national"]).err();
    let words = config::vocabulary("fuzz.toml", &text).err();
    for fault in faults.iter().chain(feeds.iter().flatten()).chain(words.iter().flatten()) {
        assert!(fault.line >= 1 && text::is_clean(&fault.text), "{fault}");
    }
    assert!((20..=3600).contains(&settings.idle.as_secs()) && (20..=600).contains(&settings.notice.as_secs()));
    let notices = settings.notices.iter().map(|notice| &notice.text);
    let lines = settings.crisis.iter().flat_map(|line| [&line.name, &line.reach, &line.note]);
    for text in [&settings.name, &settings.greeting].into_iter().chain(notices).chain(lines) {
        assert!(text::is_tame(text), "{text:?}");
    }
}

/// A text of anybody's: what is cleaned is clean, stays as it is, and is no longer than it may be.
pub fn text_door(bytes: &[u8]) {
    let raw = String::from_utf8_lossy(bytes);
    let most = bytes.first().map_or(0, |first| usize::from(*first));
    let line = text::clean(&raw, most);
    assert!(text::is_clean(&line) && text::is_tame(&line) && line.chars().count() <= most, "{line:?}");
    assert_eq!(text::clean(&line, most), line);
    let paragraphs = text::clean_paragraphs(&raw, most);
    assert!(text::is_clean(&paragraphs) && paragraphs.chars().count() <= most, "{paragraphs:?}");
    assert_eq!(text::clean_paragraphs(&paragraphs, most), paragraphs);
    let folded = text::fold(&raw);
    assert_eq!(text::fold(&folded), folded);
}

/// Whatever comes from a terminal, the state takes it, every screen can be drawn and shows the crisis number, and when
/// the visitor is gone nothing of them is left. Bytes from 0xf8 on, which begin no character, stand for what is no key.
pub fn update(bytes: &[u8]) {
    let mut visit = Visit::new();
    let mut decoder = Decoder::new();
    for piece in bytes.chunk_by(|one, next| *one < 0xf8 && *next < 0xf8) {
        let mut keys = Vec::new();
        match piece {
            [0xf8, ..] => visit.happen(Event::Idle),
            [0xf9, ..] => visit.happen(Event::Abandoned),
            [0xfa, ..] => decoder.timeout(&mut |key| keys.push(key)),
            [size @ 0xfb..=0xff, ..] => visit.resize(usize::from(size - 0xfb)),
            typed => decoder.feed(typed, &mut |key| keys.push(key)),
        }
        for key in keys {
            visit.at += Duration::from_millis(700);
            visit.happen(Event::Key(key, visit.at));
        }
    }
    visit.happen(Event::Abandoned);
    let size = visit.app.around.size;
    let mut fresh = Visit::new();
    fresh.happen(Event::Resize(size));
    fresh.app.around.site = visit.app.around.site.clone();
    assert!(visit.app == fresh.app, "something of a visitor is left");
}

/// A visit to a kiosk with the starter pack.
struct Visit {
    app: App,
    at: Duration,
}

const SIZES: [Size; 5] = [
    Size { width: 80, height: 25 },
    Size { width: 40, height: 12 },
    Size { width: 30, height: 8 },
    Size { width: 1, height: 1 },
    Size { width: 130, height: 30 },
];

impl Visit {
    fn new() -> Self {
        let site = Site {
            centre: "Porchlight".to_owned(),
            greeting: String::new(),
            notices: Vec::new(),
            own_lines: Vec::new(),
            preview: Preview::Auto,
            locale: Locale::english(),
            words: Words::BuiltIn,
            latch: Latch::Pin,
            stale_days: 14,
            notice_seconds: 30,
        };
        let now: Zoned = "2026-11-24T18:00:00-05:00[America/New_York]".parse().unwrap();
        let around = Around { site: Rc::new(site), now, size: SIZES[0], directory: Directory::Opening };
        let mut visit = Self { app: App::start(around).0, at: Duration::ZERO };
        visit.happen(Event::Directory(starter().counts()));
        visit
    }

    fn resize(&mut self, which: usize) {
        self.happen(Event::Resize(SIZES[which % SIZES.len()]));
        self.draw();
    }

    fn happen(&mut self, event: Event) {
        let mut effects = self.app.update(event);
        while let Some(effect) = effects.pop() {
            let here = Here { now: self.app.around.now.clone(), point: None };
            let event = match effect {
                Effect::Search(ticket, question, limit) => {
                    Event::Answer(ticket, ask(starter(), &question, Vocabulary::builtin(), &here, limit))
                }
                Effect::Open(ticket, id) => Event::Opened(ticket, starter().record(&id)),
                Effect::Staff(ticket, _) => Event::Staff(ticket, News::Wrong(Duration::ZERO)),
                Effect::Forget | Effect::Leave => continue,
            };
            effects.extend(self.app.update(event));
        }
        self.draw();
    }

    fn draw(&self) {
        let Size { width, height } = self.app.around.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| view(&self.app, Glyphs::Unicode, frame)).unwrap();
        let shown: String = terminal.backend().buffer().content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert!(width < 3 || shown.contains("988"), "{shown}");
    }
}

fn starter() -> &'static Generation {
    static STARTER: OnceLock<Generation> = OnceLock::new();
    STARTER.get_or_init(|| porchlight::store::starter(Vocabulary::builtin()).unwrap())
}
