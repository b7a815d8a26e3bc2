//! The feeds file: which feeds there are, where they lie, and what has to be known to read them.

use std::collections::BTreeSet;

use index::feed::{Feed, Form};
use index::record::DESK;
use index::strict::{self, Fault, Table};
use index::vocabulary::Vocabulary;
use index::{schedule, text};

use super::columns;
use super::source::{self, Source};

/// One feed of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What has to be known to read it.
    pub feed: Feed,
    /// Its form.
    pub form: Form,
    /// Where its bytes are.
    pub source: Source,
    /// It is asked again after so many hours; absent: as the settings say.
    pub every_hours: Option<u16>,
    /// The line at which it is listed, for faults that show only later.
    pub line: usize,
}

/// A feeds file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedsFile {
    /// The feeds, in the order of the file.
    pub feeds: Vec<Listed>,
}

/// The feeds that are read when no file names others: the starter pack.
pub const DEFAULTS: &str = include_str!("../../config/feeds.toml");

impl FeedsFile {
    /// Reads a feeds file. `built_in` are the names of the starter pack's parts.
    ///
    /// # Errors
    /// Every fault of the file, in the order of the lines.
    pub fn read(file: &str, text: &str, vocabulary: &Vocabulary, built_in: &[&str]) -> Result<Self, Vec<Fault>> {
        strict::read(file, text, |page| {
            let mut top = page.table();
            let tables = top.need("feed").map(|value| value.tables()).unwrap_or_default();
            top.finish();
            let mut names = BTreeSet::new();
            let feeds = tables
                .into_iter()
                .filter_map(|mut table| {
                    let listed = listed(&mut table, vocabulary, built_in);
                    table.finish();
                    let listed = listed?;
                    if !names.insert(listed.feed.name.clone()) {
                        table.fault(format!(
                            "two feeds are named \"{}\"; each must have its own name",
                            listed.feed.name
                        ));
                    }
                    Some(listed)
                })
                .collect();
            Some(Self { feeds })
        })
    }
}

fn listed(table: &mut Table<'_>, vocabulary: &Vocabulary, built_in: &[&str]) -> Option<Listed> {
    let name = name(table);
    let form = form(table);
    let fellowships = vocabulary.fellowships.keys().map(|key| (key.as_str(), key.clone()));
    let feed = Feed {
        name: name.clone().unwrap_or_default(),
        fellowship: table.get("fellowship").and_then(|value| value.choice(fellowships)),
        timezone: table.get("timezone").and_then(|value| {
            let zone = value.words().and_then(schedule::zone_name);
            if zone.is_none() {
                value.wrong("the name of a time zone, like \"America/New_York\"");
            }
            zone
        }),
        credit: table.get("credit").and_then(|value| value.text()).map(short).unwrap_or_default(),
        licence: table.get("licence").and_then(|value| value.text()).map(short).unwrap_or_default(),
        columns: (form == Some(Form::Csv)).then(|| columns::read(table, vocabulary)).flatten(),
    };
    let source = source::read(table, built_in);
    let every = table.get("every_hours");
    let every_hours = every.and_then(|every| {
        if let Some(Source::BuiltIn(_)) = source {
            every.note("`every_hours` belongs to a feed from outside; this one is built in. Take it out");
        }
        super::hours(&every)
    });
    name?;
    Some(Listed { feed, form: form?, source: source?, every_hours, line: table.line() })
}

/// A feed's name becomes half of its records' ids: small letters, digits and hyphens.
fn name(table: &mut Table<'_>) -> Option<String> {
    let value = table.need("name")?;
    let name = value.words()?;
    let fine = name.len() <= 40 && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !fine {
        value.wrong("small letters, digits and hyphens, at most 40, like \"county-aa\"");
    }
    if name == DESK {
        let must =
            format!("\"{DESK}\" is the name under which your own corrections stand; give this feed another name");
        value.note(&must);
        return None;
    }
    fine.then(|| name.to_owned())
}

fn form(table: &mut Table<'_>) -> Option<Form> {
    let value = table.need("form")?;
    value.choice(Form::ALL.map(|form| (form.word(), form)))
}

fn short(raw: &str) -> String {
    text::clean(raw, 200)
}
