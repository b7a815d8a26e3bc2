//! Reading the file strictly: every fault at once, each with its line.

use std::collections::BTreeSet;

use super::{Field, LONGEST, Override, Overrides, Target, What};
use crate::record::RecordId;
use crate::schedule::Dates;
use crate::strict::{self, Fault, Table, Value};
use crate::text;

/// More beds are a slip.
const MOST_BEDS: i64 = 10_000;

/// What an override may do, before it is known of what.
#[derive(Clone, Copy)]
enum Do {
    Hide,
    Close,
    Note,
    Correct,
    Beds,
    Add,
    Notice,
}

const DO: [(&str, Do); 7] = [
    ("hide", Do::Hide),
    ("close", Do::Close),
    ("note", Do::Note),
    ("correct", Do::Correct),
    ("beds", Do::Beds),
    ("add", Do::Add),
    ("notice", Do::Notice),
];

impl Overrides {
    /// Reads the file of this name.
    ///
    /// # Errors
    /// Every fault of the file, in the order of the lines.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Fault>> {
        strict::read(file, text, |page| {
            let mut top = page.table();
            let tables = top.get("override").map(|value| value.tables()).unwrap_or_default();
            top.finish();
            let mut numbers = BTreeSet::new();
            let entries = tables.into_iter().filter_map(|mut table| {
                let entry = entry(&mut table);
                table.finish();
                let entry = entry?;
                if !numbers.insert(entry.number) {
                    table.fault(format!("two overrides have the number {}; each must have its own", entry.number));
                }
                Some(entry)
            });
            Some(Self { entries: entries.collect() })
        })
    }
}

fn entry(table: &mut Table<'_>) -> Option<Override> {
    let number = table.need("number").and_then(|value| value.integer(1..=u32::MAX.into()));
    let written = table.get("written").map(|value| value.datetime());
    let dates = dates(table);
    let what = what(table);
    // These are built into the records, which know no day on which they were otherwise.
    let is_undated = matches!(what, Some(What::Correct(..) | What::Beds(..) | What::Add(_)));
    if is_undated && (dates.from.is_some() || dates.until.is_some()) {
        table.fault("a correction, a count of beds and a listing of your own have no `from` and `until`");
    }
    Some(Override { number: u32::try_from(number?).ok()?, written: written.flatten(), dates, what: what? })
}

fn dates(table: &mut Table<'_>) -> Dates {
    let from = table.get("from").and_then(|value| value.date());
    let last = table.get("until");
    let until = last.as_ref().and_then(Value::date);
    if let (Some(first), Some(until), Some(value)) = (from, until, last)
        && until < first
    {
        value.note(&format!("`until` is {until}, which is before `from`, {first}; it must be that day or a later one"));
    }
    Dates { from, until }
}

fn what(table: &mut Table<'_>) -> Option<What> {
    Some(match table.need("do").and_then(|value| value.choice(DO))? {
        Do::Hide => What::Hide(target(table)?),
        Do::Close => {
            let why = table.get("text").map(|value| said(&value));
            What::Close(target(table)?, why.unwrap_or_default())
        }
        Do::Note => {
            let (target, text) = (target(table), need_said(table));
            What::Note(target?, text?)
        }
        Do::Correct => {
            let (id, field) = (listing(table.need("listing")), table.need("field"));
            let field = field.and_then(|value| value.choice(Field::ALL.map(|field| (field.word(), field))));
            let value = table.need("value");
            let (field, value) = (field?, value?);
            let corrected = field.tidy(value.text()?);
            if let Some(wrong) = field.wrong(&corrected) {
                value.note(&format!("`value` for {} {wrong}", field.word()));
                return None;
            }
            What::Correct(id?, field, corrected)
        }
        Do::Beds => {
            let (id, free) = (listing(table.need("listing")), table.need("free"));
            What::Beds(id?, u32::try_from(free?.integer(0..=MOST_BEDS)?).ok()?)
        }
        Do::Add => What::Add(table.need("toml")?.text()?.to_owned()),
        Do::Notice => What::Notice(need_said(table)?),
    })
}

/// One listing, or a building.
fn target(table: &mut Table<'_>) -> Option<Target> {
    let (id, building) = (table.get("listing"), table.get("building"));
    match (id, building) {
        (Some(id), None) => Some(Target::Listing(listing(Some(id))?)),
        (None, Some(building)) => {
            let city = table.get("city").map(|value| said(&value)).unwrap_or_default();
            building.words()?;
            Some(Target::Building { building: said(&building), city })
        }
        _ => {
            table.fault("[[override]] must have a `listing`, or a `building` with its `city`, and not both");
            None
        }
    }
}

fn listing(value: Option<Value<'_>>) -> Option<RecordId> {
    let value = value?;
    let id = text::clean(value.words()?, LONGEST);
    if !id.split_once(':').is_some_and(|(feed, key)| !feed.is_empty() && !key.is_empty()) {
        value.wrong("the id of a listing, like county-aa:12, as `porchlight search` prints it");
        return None;
    }
    Some(RecordId::from(id.as_str()))
}

fn need_said(table: &mut Table<'_>) -> Option<String> {
    let value = table.need("text")?;
    value.words()?;
    Some(said(&value))
}

/// A text, harmless. What is too long to be shown is a fault.
fn said(value: &Value<'_>) -> String {
    let text = text::clean(value.text().unwrap_or_default(), LONGEST + 1);
    if text.chars().count() > LONGEST {
        value.fault("too long", &format!("at most {LONGEST} characters"));
    }
    text
}
