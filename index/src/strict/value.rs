//! A value of a page: it says what it is, or notes what it must be.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use jiff::civil::{Date, DateTime, Time};
use toml::Spanned;
use toml::de::DeValue;

use super::{Page, Table, kind_of, meant, shown};

/// More words than this are not listed in a fault's text.
const LISTED: usize = 20;

/// The longest list of values on one key.
pub const MOST_ENTRIES: usize = 200;

/// The value of a key or an entry of a list. Each question answers with `None` after noting what is wrong.
#[derive(Clone, Debug)]
pub struct Value<'p> {
    page: &'p Page<'p>,
    key: Cow<'static, str>,
    inner: &'p Spanned<DeValue<'p>>,
}

impl<'p> Value<'p> {
    pub(super) fn new(page: &'p Page<'p>, key: Cow<'static, str>, inner: &'p Spanned<DeValue<'p>>) -> Self {
        Self { page, key, inner }
    }

    /// The line on which it begins, from 1.
    pub fn line(&self) -> usize {
        self.page.line_at(self.inner.span().start)
    }

    /// Notes that the value is `is`, and what it `must` be.
    pub fn fault(&self, is: &str, must: &str) {
        self.page.note(self.line(), format!("`{}` is {is}; it must be {must}", self.key));
    }

    /// Notes that what was written (a text) is wrong, and what it `must` be.
    pub fn wrong(&self, must: &str) {
        let is = match self.inner.get_ref() {
            DeValue::String(text) => format!("\"{}\"", shown(text)),
            other => kind_of(other).to_owned(),
        };
        self.fault(&is, must);
    }

    /// Notes something about the value in words of its own.
    pub fn note(&self, text: &str) {
        self.page.note(self.line(), text);
    }

    fn not(&self, must: &str) {
        self.fault(kind_of(self.inner.get_ref()), must);
    }

    /// A text, as written.
    pub fn text(&self) -> Option<&'p str> {
        let text = self.inner.get_ref().as_str();
        if text.is_none() {
            self.not("text in quotes");
        }
        text
    }

    /// A text with something in it.
    pub fn words(&self) -> Option<&'p str> {
        let text = self.text()?.trim();
        if text.is_empty() {
            self.fault("empty", "text in quotes, or the line must go");
            return None;
        }
        Some(text)
    }

    /// `true` or `false`.
    pub fn truth(&self) -> Option<bool> {
        let truth = self.inner.get_ref().as_bool();
        if truth.is_none() {
            self.not("true or false, without quotes");
        }
        truth
    }

    /// A whole number in `range`.
    pub fn integer(&self, range: RangeInclusive<i64>) -> Option<i64> {
        let (least, most) = (range.start(), range.end());
        let Some(written) = self.inner.get_ref().as_integer() else {
            self.not(&format!("a whole number from {least} to {most}, without quotes"));
            return None;
        };
        // A number too long for the machine is out of range like any other.
        let number = i64::from_str_radix(written.as_str(), written.radix()).ok().filter(|n| range.contains(n));
        if number.is_none() {
            self.fault(&shown(&written.to_string()), &format!("from {least} to {most}"));
        }
        number
    }

    /// A text, a number, `true` or `false`, or a date, as it would stand in a file without types.
    pub fn plain(&self) -> Option<String> {
        let plain = match self.inner.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Boolean(truth) => truth.to_string(),
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::Array(_) | DeValue::Table(_) => {
                self.not("a text, a number, true or false, or a date");
                return None;
            }
        };
        Some(plain)
    }

    /// A number in `range`, whole or not.
    pub fn number(&self, range: RangeInclusive<f64>) -> Option<f64> {
        let (least, most) = (range.start(), range.end());
        let written = match self.inner.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
            DeValue::Float(float) => float.as_str(),
            _ => {
                self.not(&format!("a number from {least} to {most}, without quotes"));
                return None;
            }
        };
        let number = written.parse::<f64>().ok().filter(|number| range.contains(number));
        if number.is_none() {
            self.fault(&shown(written), &format!("from {least} to {most}"));
        }
        number
    }

    /// A date: `2026-09-19`.
    pub fn date(&self) -> Option<Date> {
        let date = match self.inner.get_ref().as_datetime() {
            Some(toml::value::Datetime { date: Some(date), time: None, offset: None }) => civil_date(*date),
            _ => None,
        };
        if date.is_none() {
            self.not("a date like 2026-09-19, without quotes");
        }
        date
    }

    /// A date with a time of the wall clock: `2026-09-19T09:30:00`. A date alone is the start of its day.
    pub fn datetime(&self) -> Option<DateTime> {
        let moment = match self.inner.get_ref().as_datetime() {
            Some(toml::value::Datetime { date: Some(date), time, offset: None }) => {
                civil_date(*date).zip(time.map_or(Some(Time::midnight()), civil_time))
            }
            _ => None,
        };
        if moment.is_none() {
            self.not("a date with a time like 2026-09-19T09:30:00, without quotes and without a zone");
        }
        moment.map(|(date, time)| date.to_datetime(time))
    }

    /// One of some words, each with what it stands for.
    pub fn choice<'w, T>(&self, words: impl IntoIterator<Item = (&'w str, T)>) -> Option<T> {
        let written = self.text()?;
        let mut known = Vec::new();
        for (word, stands_for) in words {
            if word == written {
                return Some(stands_for);
            }
            known.push(word);
        }
        match meant(written, known.iter().copied()) {
            Some(meant) => self
                .page
                .note(self.line(), format!("`{}` is \"{}\"; did you mean \"{meant}\"?", self.key, shown(written))),
            None if known.len() > LISTED => {
                let some: Vec<_> = known.iter().take(5).copied().collect();
                self.wrong(&format!("one of {} known words, such as {}", known.len(), some.join(", ")));
            }
            None => self.wrong(&format!("one of: {}", known.join(", "))),
        }
        None
    }

    /// A list of anything.
    pub fn list(&self) -> Option<Vec<Value<'p>>> {
        let Some(list) = self.inner.get_ref().as_array() else {
            self.not("a list, like [\"one\", \"two\"]");
            return None;
        };
        Some(list.iter().map(|entry| Value::new(self.page, self.key.clone(), entry)).collect())
    }

    /// A list of texts with something in each; one text alone counts as a list of one. Faulty entries are left out.
    pub fn texts(&self) -> Vec<&'p str> {
        self.one_or_more().iter().filter_map(Value::words).collect()
    }

    /// The entries of a list, at most [`MOST_ENTRIES`]; anything else is taken as the only entry.
    pub fn one_or_more(&self) -> Vec<Value<'p>> {
        if !self.is_list() {
            return vec![self.clone()];
        }
        let mut entries = self.list().unwrap_or_default();
        if entries.len() > MOST_ENTRIES {
            let is = format!("a list of {} and was cut", entries.len());
            self.fault(&is, &format!("at most {MOST_ENTRIES} long"));
            entries.truncate(MOST_ENTRIES);
        }
        entries
    }

    /// Its key, short and harmless, as it stands in the faults' texts.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        self.inner.get_ref().is_integer()
    }

    /// Whether it is a list, of whatever length.
    pub fn is_list(&self) -> bool {
        self.inner.get_ref().is_array()
    }

    /// Whether it is a table; for values that may be something else as well.
    pub fn is_table(&self) -> bool {
        self.inner.get_ref().is_table()
    }

    /// Whether it is a list with a table in it.
    pub fn holds_tables(&self) -> bool {
        self.inner.get_ref().as_array().is_some_and(|list| list.iter().any(|entry| entry.get_ref().is_table()))
    }

    /// A table: `[key]` or `key = { ... }`.
    pub fn table(&self) -> Option<Table<'p>> {
        let Some(table) = self.inner.get_ref().as_table() else {
            self.not(&format!("a table: [{0}] or {0} = {{ ... }}", self.key));
            return None;
        };
        Some(Table::new(self.page, table, self.line(), format!("[{}]", self.key)))
    }

    /// Tables one after the other, each under its own `[[key]]`. Entries that are something else are left out.
    pub fn tables(&self) -> Vec<Table<'p>> {
        let DeValue::Array(list) = self.inner.get_ref() else {
            self.not(&format!("a table for each, under a heading [[{}]]", self.key));
            return Vec::new();
        };
        let entries = list.iter().map(|entry| Value::new(self.page, self.key.clone(), entry));
        entries
            .filter_map(|entry| {
                let mut table = entry.table()?;
                table.relabel(format!("[[{}]]", self.key));
                Some(table)
            })
            .collect()
    }
}

fn civil_date(date: toml::value::Date) -> Option<Date> {
    let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
    Date::new(i16::try_from(date.year).ok()?, month, day).ok()
}

fn civil_time(time: toml::value::Time) -> Option<Time> {
    let (hour, minute) = (i8::try_from(time.hour).ok()?, i8::try_from(time.minute).ok()?);
    Time::new(hour, minute, i8::try_from(time.second.unwrap_or(0)).ok()?, 0).ok()
}
