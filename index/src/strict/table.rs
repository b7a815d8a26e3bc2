//! A table of a page: asked key by key, and at the end for what nobody asked.

use toml::de::DeTable;

use super::{MOST_SLIPS, Page, Value, remedy, shown};

/// A table: the whole file, a `[heading]`, one of several `[[headings]]`, or `{ ... }` on a line.
#[derive(Debug)]
pub struct Table<'p> {
    page: &'p Page<'p>,
    entries: &'p DeTable<'p>,
    line: usize,
    /// What it is called in a fault's text; empty for the whole file.
    label: String,
    asked: Vec<&'static str>,
    /// Its writer chooses the keys: none is unknown.
    open: bool,
}

impl<'p> Table<'p> {
    pub(super) fn new(page: &'p Page<'p>, entries: &'p DeTable<'p>, line: usize, label: String) -> Self {
        Self { page, entries, line, label, asked: Vec::new(), open: false }
    }

    /// The line on which it begins, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The value of `key`, if it is there. A value with a fault of the syntax in it is as good as none.
    pub fn get(&mut self, key: &'static str) -> Option<Value<'p>> {
        self.asked.push(key);
        let value = self.entries.get(key)?;
        let broken = self.page.is_broken(value.span());
        let value = Value::new(self.page, key.into(), value);
        // Tables under headings are asked key by key in turn; their span is only their heading.
        (value.is_table() || value.holds_tables() || !broken).then_some(value)
    }

    /// The value of `key`, which must be there.
    pub fn need(&mut self, key: &'static str) -> Option<Value<'p>> {
        let value = self.get(key);
        // In a broken file it may be there, behind the slip: then the slip is what has to be mended first.
        if value.is_none() && self.page.broken.is_empty() {
            self.fault(format!("{} has no `{key}`; it must have one", self.named()));
        }
        value
    }

    /// Every key that was not asked for yet, with its value, in the order of the file. They all count as asked for: this
    /// is for tables whose keys the writer chooses.
    pub fn rest(&mut self) -> Vec<(&'p str, Value<'p>)> {
        let mut rest: Vec<_> = self
            .entries
            .iter()
            .filter(|(key, _)| !self.asked.contains(&&**key.get_ref()))
            .map(|(key, value)| (key.span().start, &**key.get_ref(), value))
            .collect();
        rest.sort_by_key(|(start, ..)| *start);
        let values =
            rest.iter().map(|(_, key, value)| (*key, Value::new(self.page, key_shown(key).into(), value))).collect();
        self.open = true;
        values
    }

    /// Notes something that is wrong with the table as a whole.
    pub fn fault(&self, text: impl Into<String>) {
        self.page.note(self.line, text);
    }

    /// Notes every key that was never asked for, with the key that was probably meant.
    pub fn finish(&mut self) {
        if self.open {
            return;
        }
        let mut unknown = self.entries.keys().filter(|key| !self.asked.contains(&&**key.get_ref()));
        for key in unknown.by_ref().take(MOST_SLIPS) {
            let written = key.get_ref();
            let remedy = remedy(written, &self.asked);
            let text = format!("`{}` is not known in {}; {remedy}", key_shown(written), self.named());
            self.page.note(self.page.line_at(key.span().start), text);
        }
        let more = unknown.count();
        if more > 0 {
            self.fault(format!("and {more} more keys are not known in {}; mend the first ones first", self.named()));
        }
    }

    pub(super) fn relabel(&mut self, label: String) {
        self.label = label;
    }

    fn named(&self) -> &str {
        if self.label.is_empty() { "this file" } else { &self.label }
    }
}

/// A key as it would have to be written. Of one that holds nothing to be seen, the quotes are.
fn key_shown(key: &str) -> String {
    let shown = shown(key);
    if shown.is_empty() { "\"\"".to_owned() } else { shown }
}
