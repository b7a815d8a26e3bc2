//! Formats: what is done at a meeting, for whom it is, and some of when and where.
//!
//! A meeting names its formats by ids, which are joined with the server's list, or on old servers by keys, which are its
//! own in its own language. What a format means is known by its world id, else by its name; the rest is shown by its name,
//! because it is said for people ("Week 3: speaker", "Not on holidays").

use std::collections::BTreeMap;

use super::notes::{Notes, quote};
use super::parts::Parts;
use super::row::Row;
use crate::feed::lists::{Object, as_text};
use crate::feed::terms::Languages;
use crate::record::{Openness, Term};
use crate::schedule::Weeks;
use crate::text;
use crate::vocabulary::{Meaning, Vocabulary};

mod weeks;
mod words;

/// World ids that are known and better said by the name of the format.
const SAID_BY_NAME: &[&str] = &["NC", "CH"];

/// The most languages of a format, and the most formats of a key; a bound because they come from outside.
const MOST_ALIKE: usize = 40;

/// A format of a server, in all languages in which it came.
#[derive(Clone, Debug, Default)]
pub(super) struct Format {
    /// Whose it is; ids are a server's own.
    server: String,
    /// Two servers have this id, so nobody can know whose is meant.
    claimed_twice: bool,
    world: String,
    /// The sort of format, as the server files it: `LANG`, `O`, `FC1`.
    sort: String,
    /// Names by language.
    names: BTreeMap<String, String>,
    /// The only weeks of the month in which a meeting with it is held.
    weeks: Option<Weeks>,
    /// What it means; nothing before it is settled, and nothing when no table translates it.
    meanings: Vec<Meaning>,
    /// Its world id stands in no table.
    unknown: bool,
    /// What it says of where a meeting is held, beyond what the tables can say.
    held: Option<Held>,
}

/// The formats of a server by id, and ids by key.
#[derive(Debug, Default)]
pub(super) struct Formats {
    by_id: BTreeMap<String, Format>,
    by_key: BTreeMap<String, Vec<(String, String)>>,
}

/// What a format says of where a meeting is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Online,
    Hybrid,
    /// Its place is closed for now.
    PlaceClosed,
    /// Not at all for now.
    Suspended,
}

/// What the formats of a meeting say.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds {
    pub(super) terms: Vec<Term>,
    pub(super) open: Option<Openness>,
    held: Vec<Held>,
    /// The weeks in which alone it is held.
    pub(super) weeks: Weeks,
    /// Names of what no table translates.
    pub(super) words: Vec<String>,
    said_open: Vec<Openness>,
    sometimes_open: bool,
}

impl Format {
    fn settle(&mut self, vocabulary: &Vocabulary, languages: &Languages) {
        let names = || self.names.values().map(String::as_str);
        let world = vocabulary.bmlt.world.get(&self.world);
        let mut meanings: Vec<Meaning> = world.cloned().unwrap_or_default();
        if self.world == "HYBR" {
            self.held = Some(Held::Hybrid);
        } else if self.world == "LANG" || self.sort == "LANG" {
            meanings = names().flat_map(|name| words::languages(name, vocabulary, languages)).collect();
        } else if self.world.is_empty() {
            if names().any(words::is_suspension) {
                self.held = Some(Held::Suspended);
            }
            meanings = names().find_map(|name| words::meanings(name, vocabulary)).unwrap_or_default();
        } else {
            meanings.extend(names().filter_map(|name| words::own_meanings(name, vocabulary)).flatten());
            self.unknown = world.is_none() && !SAID_BY_NAME.contains(&self.world.as_str());
        }
        self.meanings = meanings;
    }
}

impl Formats {
    /// Takes a format; another language of one that is known adds its name.
    pub(super) fn add(&mut self, object: &Object, notes: &mut Notes<'_>) {
        let field = |name: &str| object.get(name).and_then(as_text).unwrap_or_default();
        let key = field("key_string");
        let id = Some(field("id")).filter(|id| !id.is_empty()).unwrap_or_else(|| format!("key {key}"));
        let lang = field("lang");
        let name = text::clean(&field("name_string"), 120);
        if name.is_empty() && key.is_empty() {
            notes.feed("Some kinds of meeting (formats) have no name; they were left out.");
            return;
        }
        let weeks = [&name, &field("description_string")].into_iter().find_map(|said| weeks::only(said));
        let format = self.by_id.entry(id.clone()).or_default();
        let server = field("root_server_uri").trim_end_matches('/').to_lowercase();
        if format.server.is_empty() {
            format.server = server;
        } else if !server.is_empty() && server != format.server {
            notes.feed("Formats of several servers have the same ids; they were left out. Each server needs a feed of its own.");
            format.claimed_twice = true;
        }
        if format.world.is_empty() {
            format.world = field("world_id").to_uppercase();
        }
        if format.sort.is_empty() {
            format.sort = field("format_type_enum").to_uppercase();
        }
        if !name.is_empty() && format.names.len() < MOST_ALIKE {
            format.names.entry(lang.clone()).or_insert(name);
        }
        format.weeks = format.weeks.or(weeks);
        let ids = self.by_key.entry(key).or_default();
        if ids.len() < MOST_ALIKE && !ids.iter().any(|known| known.0 == lang && known.1 == id) {
            ids.push((lang, id));
        }
    }

    /// Looks up what every format means, once all are known.
    pub(super) fn settle(&mut self, vocabulary: &Vocabulary) {
        let languages = Languages::of(vocabulary);
        self.by_id.retain(|_, format| !format.claimed_twice);
        for format in self.by_id.values_mut() {
            format.settle(vocabulary, &languages);
        }
    }

    fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The format of a key in the language of a row. A key that stands for several that differ stands for none.
    fn of_key(&self, key: &str, lang: &str) -> Result<&Format, &'static str> {
        let ids = self.by_key.get(key).map(Vec::as_slice).unwrap_or_default();
        let spoken: Vec<&String> = ids.iter().filter(|(known, _)| known == lang).map(|(_, id)| id).collect();
        let ids = if spoken.is_empty() { ids.iter().map(|(_, id)| id).collect() } else { spoken };
        let mut formats = ids.into_iter().filter_map(|id| self.by_id.get(id));
        let first = formats.next().ok_or("is explained nowhere by its server; it is not shown")?;
        let same = formats.all(|other| !other.world.is_empty() && other.world == first.world);
        if same { Ok(first) } else { Err("stands for several formats that differ; it is not shown") }
    }

    /// The formats of a row.
    fn of_row(&self, row: &Row, notes: &mut Notes<'_>) -> Vec<&Format> {
        let mut found = Vec::new();
        let ids = row.listed("format_shared_id_list");
        let lost: Vec<&String> = ids.iter().filter(|id| !self.by_id.contains_key(*id)).collect();
        if lost.len() < ids.len() {
            for id in lost {
                notes.row(
                    &row.at,
                    format!("The format {} is explained nowhere by its server; it is not shown.", quote(id)),
                );
            }
            found.extend(ids.iter().filter_map(|id| self.by_id.get(id)));
            return found;
        }
        let lang = row.text("lang_enum").unwrap_or_default();
        for key in row.listed("formats") {
            match self.of_key(&key, &lang) {
                Ok(format) => found.push(format),
                Err(why) => notes.row(&row.at, format!("The format {} {why}.", quote(&key))),
            }
        }
        found
    }
}

/// What the formats of a row mean.
pub(super) fn read(row: &Row, parts: &Parts, notes: &mut Notes<'_>) -> Kinds {
    let mut kinds = Kinds::default();
    if parts.formats.is_empty() {
        let keys = row.listed("formats");
        if !keys.is_empty() || row.has("format_shared_id_list") {
            notes.feed(
                "What these meetings are about (their formats) is not in the feed. End its address with \
                 &get_used_formats=1, or add the server's answer to GetFormats as a file.",
            );
        }
        for key in &keys {
            kinds.add_common(key);
        }
        return kinds;
    }
    let lang = row.text("lang_enum").unwrap_or_default();
    for format in parts.formats.of_row(row, notes) {
        kinds.add(format, &lang, notes);
    }
    kinds.open = match kinds.said_open[..] {
        [openness] => Some(openness),
        [] if !kinds.sometimes_open => parts.usual_openness,
        [] => None,
        _ => {
            notes.row(&row.at, "It is marked both open and closed; who may come is left open.");
            None
        }
    };
    kinds
}

impl Kinds {
    pub(super) fn says(&self, held: Held) -> bool {
        self.held.contains(&held)
    }

    /// Keys that any server has from its first day, and that it keeps to say where a meeting is held.
    fn add_common(&mut self, key: &str) {
        match key {
            "VM" => self.held.push(Held::Online),
            "HY" | "HYBR" => self.held.push(Held::Hybrid),
            "TC" => self.held.push(Held::PlaceClosed),
            _ => {}
        }
    }

    fn add(&mut self, format: &Format, lang: &str, notes: &mut Notes<'_>) {
        if let Some(weeks) = format.weeks {
            self.weeks = self.weeks.union(weeks);
            return;
        }
        if let Some(held) = format.held {
            self.held.push(held);
            return;
        }
        // "Week 3: open" is filed as O-3.
        self.sometimes_open |= format.sort.strip_prefix("O-").is_some_and(|week| week != "*");
        if format.unknown {
            let name = quote(&format.world);
            notes.feed(format!(
                "The server's code {name} for a kind of meeting is not known; the kind is shown by its name."
            ));
        }
        if format.meanings.is_empty() {
            self.add_words(format, lang);
        }
        for meaning in &format.meanings {
            match meaning {
                Meaning::Term(term) if !self.terms.contains(term) => self.terms.push(term.clone()),
                Meaning::Open(openness) if !self.said_open.contains(openness) => self.said_open.push(*openness),
                Meaning::Online => self.held.push(Held::Online),
                Meaning::PlaceClosed => self.held.push(Held::PlaceClosed),
                Meaning::Term(_) | Meaning::Open(_) | Meaning::Nothing => {}
            }
        }
    }

    /// The name of a format: in English where there is one, else in the language of the row.
    fn add_words(&mut self, format: &Format, lang: &str) {
        let name = ["en", lang].into_iter().find_map(|lang| format.names.get(lang)).or(format.names.values().next());
        if let Some(name) = name.filter(|name| !self.words.contains(name)) {
            self.words.push(name.clone());
        }
    }
}
