//! An answer as one line of JSON.

use std::time::Duration;

use index::query::{Answer, Constraint, Dropped, Facet, Facets, Hit, Query, Section};
use index::record::{Remark, Said};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};

/// An answer as JSON. The order of the fields is the order in the line.
#[derive(Serialize)]
pub(super) struct Told<'a> {
    understood: Vec<Chip>,
    /// The words that were looked for.
    words: Vec<&'a str>,
    /// The words speak of danger for life.
    danger: bool,
    /// A place that was asked for and that nobody lists.
    nowhere: Option<&'a str>,
    /// What is near was asked for, and where the kiosk stands is not known.
    lost: bool,
    /// What was given up because nothing fitted everything, the least important first.
    relaxed: Vec<Chip>,
    /// Words that the directory does not have, with what was searched instead.
    spelled: Vec<[&'a str; 2]>,
    /// How many fit.
    total: u64,
    /// How many more may fit, or are online where a place was asked for.
    beside: Map<String, Value>,
    facets: Map<String, Value>,
    /// From understanding to the records ready, in microseconds.
    micros: u64,
    hits: Vec<Found<'a>>,
}

/// One wish that was understood, or something that was given up.
#[derive(Serialize)]
struct Chip {
    kind: &'static str,
    value: String,
    /// The words that said it.
    from: String,
}

#[derive(Serialize)]
struct Found<'a> {
    id: &'a str,
    kind: &'static str,
    name: &'a str,
    /// With the offset and the zone in which its clock hangs (RFC 9557).
    next: Option<String>,
    distance_m: Option<f64>,
    score: f32,
    section: &'static str,
    /// What staff of the center say of it on that day.
    staff: Vec<Staff<'a>>,
}

/// What staff say of a listing.
#[derive(Serialize)]
struct Staff<'a> {
    /// `closed`, `note`, `corrected` or `beds`.
    said: &'static str,
    /// Why it is closed, or what is to be known.
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    /// The last day on which it holds, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
}

impl<'a> Told<'a> {
    /// Of an answer that holds on this day.
    pub(super) fn new(query: &'a Query, answer: &'a Answer, today: Date, took: Duration) -> Self {
        let beside = Section::ALL.into_iter().skip(1).zip(answer.beside);
        Self {
            understood: query.constraints.iter().map(chip).collect(),
            words: query.words.iter().map(|word| word.text.as_str()).collect(),
            danger: query.danger,
            nowhere: query.nowhere.as_deref(),
            lost: query.lost,
            relaxed: answer.relaxed.iter().flat_map(|relaxed| &relaxed.dropped).map(dropped).collect(),
            spelled: answer.spelled.iter().map(|(typed, meant)| [typed.as_str(), meant.as_str()]).collect(),
            total: answer.total,
            beside: beside.map(|(section, count)| (section.word().to_owned(), count.into())).collect(),
            facets: counted(&answer.facets),
            micros: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            hits: answer.hits.iter().map(|hit| found(hit, today)).collect(),
        }
    }
}

fn found(hit: &Hit, today: Date) -> Found<'_> {
    Found {
        id: hit.record.id.as_str(),
        kind: hit.record.kind().word(),
        name: &hit.record.name.plain,
        next: hit.next.as_ref().map(|next| next.start.to_string()),
        distance_m: hit.distance_m.map(f64::round),
        score: hit.score,
        section: hit.section.word(),
        staff: hit.record.remarks(today).filter_map(staff).collect(),
    }
}

fn staff(remark: &Remark) -> Option<Staff<'_>> {
    let (said, text) = match &remark.what {
        Said::Closed(why) => ("closed", why.as_str()),
        Said::Note(text) => ("note", text.as_str()),
        Said::Corrected => ("corrected", ""),
        Said::Beds => ("beds", ""),
        // Nobody finds it.
        Said::Hidden => return None,
    };
    Some(Staff { said, text, until: remark.dates.until })
}

fn chip(constraint: &Constraint) -> Chip {
    Chip { kind: constraint.wish.kind(), value: constraint.wish.value(), from: constraint.from.clone() }
}

fn dropped(dropped: &Dropped) -> Chip {
    let (kind, value) = match dropped {
        Dropped::Word(word) => ("word", word.clone()),
        Dropped::Wish(wish) => (wish.kind(), wish.value()),
    };
    Chip { kind, value, from: String::new() }
}

/// Every facet with its values, in the order in which they are shown.
fn counted(facets: &Facets) -> Map<String, Value> {
    let values = |facet| facets.of(facet).iter().map(|(key, count)| (key.clone(), (*count).into())).collect();
    Facet::ALL.into_iter().map(|facet| (facet.word().to_owned(), Value::Object(values(facet)))).collect()
}
