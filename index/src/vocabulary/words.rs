//! Reading the words file: what people type for what directories write, the wishes that words stand for, words of
//! danger, and words that mean something only beside others.

use std::collections::HashMap;

use super::{Group, Little, Sense, Synonym, Vocabulary, WishWords};
use crate::record::{Attendance, Door, Kind, Openness, Pathway};
use crate::strict::{Page, Table, Value, remedy};
use crate::text;

/// The keys of a `[[wish]]` that say how it is used. The others say what it means.
const USES: [&str; 2] = ["typed", "beside"];

/// The keys of a `[[wish]]` that say what it means: the facets with values of their own, then the special ones.
const MEANINGS: [&str; 15] = [
    "kind",
    "door",
    "pathway",
    "fellowship",
    "how",
    "language",
    "who",
    "style",
    "open",
    "access",
    "housing",
    "day",
    "part",
    "now",
    "near",
];

const DAYS: [&str; 11] = [
    "sunday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "today",
    "tonight",
    "tomorrow",
    "weekend",
];

const PARTS: [&str; 5] = ["morning", "noon", "afternoon", "evening", "night"];

/// What a residence can say of itself that people ask for in words.
const HOUSING: [&str; 7] = ["moud", "children", "beds", "level-1", "level-2", "level-3", "level-4"];

/// All that the file holds.
#[derive(Default)]
pub(super) struct Words {
    pub(super) synonyms: Vec<Synonym>,
    pub(super) wishes: Vec<WishWords>,
    pub(super) danger: Vec<Vec<String>>,
    pub(super) little: Little,
}

/// Reads the file. `known` holds the terms and fellowships that wishes may name.
pub(super) fn words(page: &Page<'_>, known: &Vocabulary) -> Words {
    let mut top = page.table();
    let synonyms = synonyms(top.need("synonym").map(|value| value.tables()).unwrap_or_default());
    let wishes = wishes(top.get("wish").map(|value| value.tables()).unwrap_or_default(), known);
    let danger = top.get("danger").and_then(|value| value.table()).map(danger).unwrap_or_default();
    let little = top.get("little").and_then(|value| value.table()).map(little).unwrap_or_default();
    top.finish();
    Words { synonyms, wishes, danger, little }
}

fn synonyms(mut tables: Vec<Table<'_>>) -> Vec<Synonym> {
    let mut synonyms = Vec::new();
    for table in &mut tables {
        let typed = phrases(table.need("typed"));
        let written = phrases(table.need("written"));
        table.finish();
        synonyms.push(Synonym { typed, written });
    }
    each_once("[[synonym]]", tables.iter().zip(synonyms.iter().map(|synonym| synonym.typed.as_slice())));
    synonyms
}

fn wishes(mut tables: Vec<Table<'_>>, known: &Vocabulary) -> Vec<WishWords> {
    let mut wishes = Vec::new();
    for table in &mut tables {
        let typed = phrases(table.need("typed"));
        let beside = table.get("beside").and_then(|value| value.choice([("meeting", ())])).is_some();
        let means = meanings(table, known);
        wishes.push(WishWords { typed, means, beside });
    }
    each_once("[[wish]]", tables.iter().zip(wishes.iter().map(|wish| wish.typed.as_slice())));
    wishes
}

/// Notes each phrase that stands in an earlier table too: which of the two was meant could not be told.
fn each_once<'p>(heading: &str, tables: impl Iterator<Item = (&'p Table<'p>, &'p [Vec<String>])>) {
    let mut before = HashMap::new();
    for (table, typed) in tables {
        for phrase in typed {
            if let Some(line) = before.insert(phrase, table.line()) {
                let phrase = phrase.join(" ");
                table.fault(format!("\"{phrase}\" is typed in line {line} as well; it must stand in one {heading}"));
            }
        }
    }
}

/// What a `[[wish]]` means, in the order in which it is written.
fn meanings(table: &mut Table<'_>, known: &Vocabulary) -> Vec<Sense> {
    let mut means = Vec::new();
    let mut said = false;
    for (key, value) in table.rest() {
        // A slip in the key is fault enough.
        said = true;
        if let Some(facet) = MEANINGS.into_iter().find(|facet| *facet == key) {
            let values = value.one_or_more();
            if values.is_empty() {
                value.fault("an empty list", "one value or more");
            }
            means.extend(values.iter().filter_map(|value| sense(facet, value, known)));
        } else {
            let remedy = remedy(key, &[USES.as_slice(), MEANINGS.as_slice()].concat());
            value.note(&format!("`{}` is not known in [[wish]]; {remedy}", value.key()));
        }
    }
    if !said {
        table.fault(format!("[[wish]] means nothing; it must have one or more of: {}", MEANINGS.join(", ")));
    }
    means
}

fn sense(facet: &'static str, value: &Value<'_>, known: &Vocabulary) -> Option<Sense> {
    let sense = |key: &str| match facet {
        "day" => Sense::Day(key.to_owned()),
        "part" => Sense::Part(key.to_owned()),
        "near" => Sense::NearHere,
        _ => Sense::Value { facet, key: key.to_owned() },
    };
    if facet == "now" {
        if !value.truth()? {
            value.fault("false", "true, or the line must go");
        }
        return Some(Sense::Now);
    }
    value.choice(keys(facet, known).into_iter().map(|key| (key, key))).map(sense)
}

/// The values that a facet has.
fn keys<'v>(facet: &str, known: &'v Vocabulary) -> Vec<&'v str> {
    let terms = |group: Group| {
        let entries = known.terms.iter().filter(|(_, entry)| entry.group == group);
        entries.map(|(key, _)| key.as_str()).collect()
    };
    match facet {
        "kind" => Kind::ALL.map(Kind::word).to_vec(),
        "door" => Door::ALL.map(Door::word).to_vec(),
        "pathway" => Pathway::ALL.map(Pathway::word).to_vec(),
        "fellowship" => known.fellowships.keys().map(String::as_str).collect(),
        // What has to be asked about, or does not meet, is nobody's wish.
        "how" => [Attendance::InPerson, Attendance::Online, Attendance::Hybrid, Attendance::Phone]
            .map(Attendance::word)
            .to_vec(),
        "language" => terms(Group::Language),
        "who" => terms(Group::Who),
        "style" => terms(Group::Style),
        "open" => [Openness::Open, Openness::Closed, Openness::FamiliesOnly].map(Openness::word).to_vec(),
        "access" => terms(Group::Access),
        "housing" => HOUSING.to_vec(),
        "day" => DAYS.to_vec(),
        "part" => PARTS.to_vec(),
        "near" => vec!["here"],
        _ => Vec::new(),
    }
}

fn danger(mut table: Table<'_>) -> Vec<Vec<String>> {
    let typed = phrases(table.need("typed"));
    table.finish();
    typed
}

fn little(mut table: Table<'_>) -> Little {
    let mut list = |key| phrases(table.get(key));
    let little = Little {
        empty: list("empty"),
        near: list("near"),
        r#in: list("in"),
        within: list("within"),
        miles: list("miles"),
        kilometers: list("kilometers"),
        after: list("after"),
        before: list("before"),
        at: list("at"),
        am: list("am"),
        pm: list("pm"),
        under: list("under"),
        dollars: list("dollars"),
        week: list("week"),
        month: list("month"),
        explain: list("explain"),
    };
    table.finish();
    little
}

/// Phrases as lists of folded words, as the index holds them. People have more words for the same than other lists are
/// allowed to be long; the length of the file is bound enough.
pub(super) fn phrases(value: Option<Value<'_>>) -> Vec<Vec<String>> {
    let mut phrases = Vec::new();
    let Some(value) = value else { return phrases };
    let values = if value.is_list() { value.list().unwrap_or_default() } else { vec![value] };
    for value in values {
        let Some(phrase) = value.words() else { continue };
        let words: Vec<_> = text::words(phrase).collect();
        if words.is_empty() {
            value.wrong("words, with letters or digits");
        } else {
            phrases.push(words);
        }
    }
    phrases
}
