//! Overrides told, for people and for machines.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use index::overrides::{Override, Overrides, Target, What};
use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::Again;

/// The options of `overrides`.
#[derive(Debug, Args)]
pub(in crate::commands) struct List {
    /// Take the override of this number away.
    #[arg(long, value_name = "N")]
    pub(super) remove: Option<u32>,
    /// Tell them as one JSON object.
    #[arg(long, conflicts_with = "remove")]
    pub(super) json: bool,
    #[command(flatten)]
    again: Again,
}

impl List {
    pub(super) fn again(&self) -> &Again {
        &self.again
    }
}

/// All of them, as JSON.
#[derive(Serialize)]
struct All<'a> {
    overrides: Vec<One<'a>>,
}

/// An override as JSON: the keys of the file, and how it stands today.
#[derive(Default, Serialize)]
struct One<'a> {
    number: u32,
    #[serde(rename = "do")]
    what: &'a str,
    stands: &'a str,
    listing: Option<&'a str>,
    building: Option<&'a str>,
    city: Option<&'a str>,
    field: Option<&'a str>,
    text: Option<&'a str>,
    free: Option<u32>,
    from: Option<Date>,
    until: Option<Date>,
    written: Option<DateTime>,
}

/// Tells all of them.
pub(super) fn all(overrides: &Overrides, today: Date, json: bool, out: &mut impl Write) -> Result<()> {
    if json {
        let overrides = overrides.entries.iter().map(|entry| one(entry, today)).collect();
        serde_json::to_writer(&mut *out, &All { overrides }).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(());
    }
    if overrides.entries.is_empty() {
        writeln!(out, "Nothing is corrected by hand.")?;
    }
    for entry in &overrides.entries {
        let stands = match stands(entry, today) {
            "holds" => String::new(),
            other => format!("  [{other}]"),
        };
        writeln!(out, "{:>4}  {}{stands}", entry.number, sentence(entry))?;
    }
    Ok(())
}

fn stands(entry: &Override, today: Date) -> &'static str {
    match entry.dates {
        dates if dates.are_over(today) => "over",
        dates if dates.hold(today) => "holds",
        _ => "ahead",
    }
}

fn one(entry: &Override, today: Date) -> One<'_> {
    let mut one = One {
        number: entry.number,
        what: entry.what.word(),
        stands: stands(entry, today),
        listing: entry.what.listing().map(index::record::RecordId::as_str),
        from: entry.dates.from,
        until: entry.dates.until,
        written: entry.written,
        ..One::default()
    };
    match &entry.what {
        What::Hide(target) => place(&mut one, target),
        What::Close(target, text) | What::Note(target, text) => {
            place(&mut one, target);
            one.text = Some(text);
        }
        What::Correct(_, field, value) => (one.field, one.text) = (Some(field.word()), Some(value.as_str())),
        What::Beds(_, free) => one.free = Some(*free),
        What::Add(text) | What::Notice(text) => one.text = Some(text),
    }
    one
}

fn place<'a>(one: &mut One<'a>, target: &'a Target) {
    if let Target::Building { building, city } = target {
        one.building = Some(building);
        one.city = Some(city.as_str()).filter(|city| !city.is_empty());
    }
}

/// An override in a line for people.
pub(super) fn sentence(entry: &Override) -> String {
    let said = match &entry.what {
        What::Hide(target) => format!("hide {}", named(target)),
        What::Close(target, why) if why.is_empty() => format!("close {}", named(target)),
        What::Close(target, why) => format!("close {}: {why}", named(target)),
        What::Note(target, text) => format!("note on {}: {text}", named(target)),
        What::Correct(id, field, value) => format!("correct {} of {id}: {}", field.word(), in_a_line(value)),
        What::Beds(id, free) => format!("{free} free beds at {id}"),
        What::Add(toml) => format!("add {}", in_a_line(toml)),
        What::Notice(text) => format!("notice: {text}"),
    };
    let from = entry.dates.from.map(|day| format!(", from {day}")).unwrap_or_default();
    let until = entry.dates.until.map(|day| format!(", until {day}")).unwrap_or_default();
    format!("{said}{from}{until}")
}

fn named(target: &Target) -> String {
    match target {
        Target::Listing(id) => id.to_string(),
        Target::Building { building, city } if city.is_empty() => format!("all at {building}"),
        Target::Building { building, city } => format!("all at {building}, {city}"),
    }
}

/// The beginning of a text, harmless, on one line.
fn in_a_line(raw: &str) -> String {
    index::text::clean(raw, 100)
}
