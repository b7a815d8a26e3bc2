//! The settings and the feeds file: handed text, they give values or every fault with its line.
//!
//! Reading is strict: an unknown key, a wrong type or a value out of range is a fault, and all faults of a file are
//! told at once. The defaults are a settings file themselves (`config/porchlight.toml`, compiled in) and are read by
//! the same code as a site's own, which needs to say only what differs.

use std::time::Duration;

use index::plan::Limits;
use index::record::Point;
use index::strict::{self, Fault, Page, Table, Value};
use index::{schedule, text};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::crisis::OwnLine;
use crate::layout::Preview;
use crate::pin::{Latch, Lock};

mod columns;
mod feeds;
mod numbers;
mod source;
mod words;

pub use feeds::{DEFAULTS as DEFAULT_FEEDS, FeedsFile, Listed};
pub use source::{Source, Web};
pub use words::{Words, vocabulary};

/// The defaults, with a sentence on each setting.
pub const DEFAULTS: &str = include_str!("../config/porchlight.toml");

/// Lengths at which a text on the first screen is cut, in characters.
const MOST: usize = 200;

/// What a line on the home screen says, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// The first day on which it is shown.
    pub from: Option<Date>,
    /// The last day on which it is shown.
    pub until: Option<Date>,
}

/// Which characters the terminal's font has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Font {
    /// By the name of the terminal.
    #[default]
    Auto,
    /// All of Unicode.
    Unicode,
    /// What a Linux console's font has.
    Console,
    /// ASCII alone.
    Ascii,
}

/// What a site can set.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The centre's name.
    pub name: String,
    /// Its greeting; empty for ours.
    pub greeting: String,
    /// Its notices.
    pub notices: Vec<Notice>,
    /// The zone of the clock on the wall.
    pub zone: TimeZone,
    /// Where the kiosk stands.
    pub point: Option<Point>,
    /// The folder of the editions; empty for the user's own.
    pub data: String,
    /// The file of the site's own words; empty for the built-in ones.
    pub words: String,
    /// The file of the site's feeds; empty for `feeds.toml` where there is one.
    pub feeds: String,
    /// What opens the door for staff.
    pub pin: Option<Lock>,
    /// Something was meant to open it, and cannot be read.
    pub pin_is_broken: bool,
    /// How much a feed may change at once.
    pub limits: Limits,
    /// A feed that could not be read for so many days is not confirmed lately.
    pub stale_days: u16,
    /// A feed is asked again after so many hours, where the feeds file says nothing else of it.
    pub every_hours: u16,
    /// Without a key for so long, the visitor is asked.
    pub idle: Duration,
    /// Without an answer for so long, everything is forgotten.
    pub notice: Duration,
    /// Which characters the font has.
    pub font: Font,
    /// Whether a preview stands beside the list.
    pub preview: Preview,
    /// The centre's own crisis lines.
    pub crisis: Vec<OwnLine>,
}

impl Notice {
    /// Whether it is shown on this day.
    pub fn is_shown(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| until >= day)
    }
}

impl Settings {
    /// The defaults. A test proves that they have no fault.
    pub fn defaults() -> Self {
        Self::read("porchlight.toml", DEFAULTS).unwrap_or_else(|_| Self::bare())
    }

    /// Reads a settings file. What it does not say keeps its default.
    ///
    /// # Errors
    /// Every fault of the file, in the order of the lines.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let start = if text == DEFAULTS { Self::bare() } else { Self::defaults() };
        strict::read(file, text, |page| Some(start.over(page)))
    }

    /// As [`Settings::read`], for a kiosk that has to stand in any case: every sound setting counts, a faulty one keeps
    /// its default, and the faults are handed over beside.
    pub fn read_anyway(file: &str, text: &str) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut settings = strict::gather(file, text, &mut faults, |page| Self::defaults().over(page));
        // A torn file may have lost its lock on the way: then the door must not stand open.
        settings.pin_is_broken |= !faults.is_empty() && settings.pin.is_none() && text.contains("argon2");
        (settings, faults)
    }

    /// How the door for staff is kept.
    pub fn latch(&self) -> Latch {
        match self.pin {
            Some(_) => Latch::Pin,
            None if self.pin_is_broken => Latch::Stuck,
            None => Latch::Open,
        }
    }

    /// What stands below the defaults: only so that there is something to write them over.
    fn bare() -> Self {
        Self {
            name: "Porchlight".to_owned(),
            greeting: String::new(),
            notices: Vec::new(),
            zone: TimeZone::UTC,
            point: None,
            data: String::new(),
            words: String::new(),
            feeds: String::new(),
            pin: None,
            pin_is_broken: false,
            limits: Limits::default(),
            stale_days: 14,
            every_hours: 24,
            idle: Duration::from_secs(90),
            notice: Duration::from_secs(30),
            font: Font::Auto,
            preview: Preview::Auto,
            crisis: Vec::new(),
        }
    }

    /// These settings, with what the page says written over them.
    fn over(mut self, page: &Page<'_>) -> Self {
        let mut top = page.table();
        with(top.get("centre"), |table| self.centre(table));
        with(top.get("idle"), |table| {
            seconds(table.get("seconds"), 20..=3600, &mut self.idle);
            seconds(table.get("notice"), 20..=600, &mut self.notice);
        });
        with(top.get("refresh"), |table| {
            percent(table.get("most_lost"), &mut self.limits.lost);
            percent(table.get("most_moved"), &mut self.limits.moved);
            percent(table.get("most_unread"), &mut self.limits.unread);
            let days = table.get("stale_days").and_then(|value| value.integer(1..=3650));
            set(&mut self.stale_days, days.and_then(|days| u16::try_from(days).ok()));
            set(&mut self.every_hours, table.get("every_hours").and_then(|value| hours(&value)));
        });
        with(top.get("screen"), |table| {
            let fonts =
                [("auto", Font::Auto), ("unicode", Font::Unicode), ("console", Font::Console), ("ascii", Font::Ascii)];
            set(&mut self.font, table.get("glyphs").and_then(|value| value.choice(fonts)));
            let previews = [("auto", Preview::Auto), ("always", Preview::Always), ("never", Preview::Never)];
            set(&mut self.preview, table.get("preview").and_then(|value| value.choice(previews)));
        });
        if let Some(data) = top.get("data").and_then(|value| value.text()) {
            data.clone_into(&mut self.data);
        }
        if let Some(words) = top.get("words").and_then(|value| value.text()) {
            words.clone_into(&mut self.words);
        }
        if let Some(feeds) = top.get("feeds").and_then(|value| value.text()) {
            feeds.clone_into(&mut self.feeds);
        }
        with(top.get("staff"), |table| self.pin(table));
        if let Some(lines) = top.get("crisis") {
            self.crisis = lines.tables().into_iter().filter_map(|mut table| own_line(&mut table)).collect();
        }
        top.finish();
        self
    }

    fn pin(&mut self, table: &mut Table<'_>) {
        let Some(value) = table.get("pin") else { return };
        let said = value.text();
        if said == Some("") {
            return;
        }
        self.pin = said.and_then(Lock::read);
        self.pin_is_broken = self.pin.is_none();
        if self.pin_is_broken && said.is_some() {
            // What was written may be the PIN itself, and is not repeated.
            value.note("`pin` is no whole hash of a PIN; it must be the line that `porchlight hash-pin` prints");
        }
    }

    fn centre(&mut self, table: &mut Table<'_>) {
        set(&mut self.name, table.get("name").and_then(|value| value.words()).map(short));
        set(&mut self.greeting, table.get("greeting").and_then(|value| value.text()).map(short));
        if let Some(value) = table.get("timezone") {
            let zone = value.words().and_then(schedule::zone);
            if zone.is_none() {
                value.wrong("the name of a time zone, like \"America/New_York\"");
            }
            set(&mut self.zone, zone);
        }
        let latitude = table.get("latitude").map(|value| (value.line(), value.number(-90.0..=90.0)));
        let longitude = table.get("longitude").map(|value| (value.line(), value.number(-180.0..=180.0)));
        match (latitude, longitude) {
            (Some((_, latitude)), Some((_, longitude))) => {
                self.point = latitude.zip(longitude).map(|(latitude, longitude)| Point { latitude, longitude });
            }
            (None, None) => {}
            _ => table.fault("[centre] has one of `latitude` and `longitude`; it must have both, or none"),
        }
        if let Some(notices) = table.get("notices") {
            self.notices = notices.one_or_more().iter().filter_map(notice).collect();
        }
    }
}

/// `"text"`, or `{ text = "text", until = 2026-12-01 }`.
fn notice(value: &Value<'_>) -> Option<Notice> {
    let Some(mut table) = value.is_table().then(|| value.table()).flatten() else {
        return Some(Notice { text: short(value.words()?), from: None, until: None });
    };
    let said = table.need("text").and_then(|value| value.words()).map(short);
    let from = table.get("from").and_then(|value| value.date());
    let until = table.get("until").and_then(|value| value.date());
    table.finish();
    Some(Notice { text: said?, from, until })
}

fn own_line(table: &mut Table<'_>) -> Option<OwnLine> {
    let name = table.need("name").and_then(|value| value.words()).map(short);
    let reach = table.need("reach");
    let warning = reach.as_ref().and_then(|value| numbers::warning(value.words()?));
    if let (Some(value), Some(warning)) = (&reach, &warning) {
        value.note(warning);
    }
    let note = table.get("note").and_then(|value| value.text()).map(short).unwrap_or_default();
    table.finish();
    // A wrong number is never shown, whatever else is.
    warning.is_none().then_some(())?;
    Some(OwnLine { name: name?, reach: short(reach?.words()?), note })
}

fn with(value: Option<Value<'_>>, read: impl FnOnce(&mut Table<'_>)) {
    if let Some(mut table) = value.and_then(|value| value.table()) {
        read(&mut table);
        table.finish();
    }
}

fn seconds(value: Option<Value<'_>>, range: std::ops::RangeInclusive<i64>, into: &mut Duration) {
    let seconds = value.and_then(|value| value.integer(range)).and_then(|seconds| u64::try_from(seconds).ok());
    set(into, seconds.map(Duration::from_secs));
}

/// How often a feed is asked, in hours: no oftener than is polite to a server, and once a month at least.
fn hours(value: &Value<'_>) -> Option<u16> {
    value.integer(1..=720).and_then(|hours| u16::try_from(hours).ok())
}

fn percent(value: Option<Value<'_>>, into: &mut u8) {
    set(into, value.and_then(|value| value.integer(0..=100)).and_then(|percent| u8::try_from(percent).ok()));
}

fn set<T>(into: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *into = value;
    }
}

fn short(raw: &str) -> String {
    text::clean(raw, MOST)
}

#[cfg(test)]
mod tests;
