//! Fields that are read alike in every kind of record: every string cleaned, every fault noted at its line.

use crate::feed::Feed;
use crate::record::Text;
use crate::strict::{Table, Value};
use crate::text;
use crate::vocabulary::Vocabulary;

/// The longest name, in characters.
pub(super) const NAME: usize = 200;
/// The longest text of one line.
pub(super) const LINE: usize = 600;
/// The longest text of several paragraphs.
pub(super) const PAGE: usize = 12_000;

/// What every record of a file is read with.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub feed: &'a Feed,
    pub vocabulary: &'a Vocabulary,
}

/// One cleaned line with something in it; what is longer than `most` characters is cut, and said.
pub(super) fn line(value: &Value<'_>, most: usize) -> Option<String> {
    let raw = value.words()?;
    bounded(value, text::clean(raw, most + 1), most)
}

/// The same for several paragraphs.
fn page(value: &Value<'_>) -> Option<String> {
    let raw = value.words()?;
    bounded(value, text::clean_paragraphs(raw, PAGE + 1), PAGE)
}

fn bounded(value: &Value<'_>, cleaned: String, most: usize) -> Option<String> {
    if cleaned.is_empty() {
        value.fault("without a character that can be shown", "plain text");
        return None;
    }
    let Some((end, _)) = cleaned.char_indices().nth(most) else { return Some(cleaned) };
    value.fault(&format!("longer than {most} characters and was cut"), "shorter");
    cleaned.get(..end).map(|short| short.trim_end().to_owned())
}

/// One line, empty when it is not there.
pub(super) fn optional(table: &mut Table<'_>, key: &'static str) -> String {
    table.get(key).and_then(|value| line(&value, LINE)).unwrap_or_default()
}

/// A list of lines; one text alone counts as a list of one.
pub(super) fn lines(table: &mut Table<'_>, key: &'static str) -> Vec<String> {
    let values = table.get(key).map(|value| value.one_or_more()).unwrap_or_default();
    values.iter().filter_map(|value| line(value, LINE)).collect()
}

/// A text of several paragraphs with its Spanish version.
pub(super) fn summary(table: &mut Table<'_>) -> Text {
    let plain = table.get("summary").and_then(|value| page(&value)).unwrap_or_default();
    Text { plain, es: table.get("summary_es").and_then(|value| page(&value)) }
}

/// A whole number that is not negative.
pub(super) fn count(table: &mut Table<'_>, key: &'static str, most: u32) -> Option<u32> {
    let number = table.get(key)?.integer(0..=i64::from(most))?;
    u32::try_from(number).ok()
}
