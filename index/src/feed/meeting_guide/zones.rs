//! The time zone of a row.

use super::clock;
use super::row::Row;
use crate::feed::zones::{SPOKEN, name};
use crate::text;

/// Why a row has no zone.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// Neither the row nor the feed names one.
    Missing,
    /// The row names one that is not known. The feed's zone is not put in its place: the row says that it is another.
    Unreadable(String),
}

/// The zone of a row: its own, else the feed's.
pub(super) fn of_row(row: &Row<'_>, feed_zone: Option<&str>) -> Result<String, Unknown> {
    match row.text("timezone") {
        Some(written) => name(&written).ok_or_else(|| Unknown::Unreadable(written.into_owned())),
        None => feed_zone.and_then(name).ok_or(Unknown::Missing),
    }
}

/// The zone that a row's name gives beside the very time of the row: "Sampleton - Mondays 3:30 pm Central" at 15:30.
/// Feeds for a whole country write so when their rows have no field for it. A zone's full word is also that of streets
/// and parks ("7 pm Pacific Avenue Group"), so it counts only where nothing but "time" follows before the next mark.
pub(super) fn in_name(row: &Row<'_>, start: u16) -> Option<String> {
    let name = row.text("name").filter(|_| !row.has("timezone"))?;
    let folded = text::fold(&name);
    let is_zone = |word: &str| SPOKEN.iter().any(|(spoken, _)| *spoken == word);
    if !folded.split(|c: char| !c.is_alphanumeric()).any(is_zone) {
        return None;
    }
    let folded = folded.replace(" -", ",").replace("- ", ",").replace(['(', ')', '–', '—'], ",").replace(',', " , ");
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric() && c != ':' && c != ',').filter(|word| !word.is_empty()).collect();
    (0..words.len()).find_map(|at| {
        let joined =
            words.get(at + 1).filter(|half| ["am", "pm"].contains(half)).map(|half| format!("{}{half}", words[at]));
        let (clock, next) = joined.map_or_else(|| (words[at].to_owned(), at + 1), |clock| (clock, at + 2));
        let same = clock.ends_with('m') && clock::minute(&clock) == Some(start);
        let mut after = words.iter().skip(next).skip_while(|word| **word == ",");
        let zone = after.next().filter(|_| same)?;
        let alone = after.next().is_none_or(|word| [",", "time", "standard", "daylight"].contains(word));
        SPOKEN
            .iter()
            .find(|(spoken, _)| spoken == zone && (alone || spoken.len() <= 3))
            .map(|(_, zone)| (*zone).to_owned())
    })
}
