//! What a service costs, who can use it and how to begin, in words.

use super::meaning;
use super::objects::{Fields, Object};
use super::package::Head;
use crate::text;

/// More entries of one sort than a listing has.
const MOST: usize = 40;

/// The longest text of one of these.
const MOST_WORDS: usize = 1500;

/// Texts one after the other, each once.
pub(super) fn together(texts: impl IntoIterator<Item = String>, between: &str) -> String {
    let mut said: Vec<String> = Vec::new();
    for text in texts {
        if !text.is_empty() && !said.contains(&text) {
            said.push(text);
        }
    }
    said.join(between)
}

/// Texts as sentences one after the other, each once.
pub(super) fn sentences(texts: impl IntoIterator<Item = String>) -> String {
    let lines = together(texts, "\n");
    let ended = |line: &str| line.ends_with(['.', '!', '?', ':', '…']);
    let mut said = String::new();
    for line in lines.lines() {
        if !said.is_empty() {
            said.push_str(if ended(&said) { " " } else { ". " });
        }
        said.push_str(line);
    }
    said
}

/// A few words that say little without what they are about; whole sentences need none. Labels are in the language of most
/// feeds, as the words of a listing are in one language alone.
pub(super) fn labelled(label: &str, words: &str) -> String {
    let stem: String = label.to_lowercase().chars().take(5).collect();
    let few = !words.is_empty() && words.chars().count() < 60 && !words.to_lowercase().contains(&stem);
    if few { format!("{label}: {words}") } else { words.to_owned() }
}

/// Who vouches for it.
pub(super) fn accreditation(service: &Head) -> String {
    let texts = ["accreditations", "licenses"].map(|name| text::clean(service.get(name).unwrap_or_default(), 600));
    sentences(texts)
}

/// What it costs and who pays.
pub(super) fn cost(service: &Head) -> String {
    let fees = service.fields.first(&["fees_description", "fees"]).unwrap_or_default();
    let options = service.rows(Object::Cost).iter().take(MOST).map(cost_option);
    let payments = service.rows(Object::Payment).iter().take(MOST);
    let payments = payments.map(|row| text::clean(row.get("payment").unwrap_or_default(), 80));
    let texts = std::iter::once(text::clean(fees, MOST_WORDS)).chain(options);
    together(texts.chain([together(payments, ", ")]), "; ")
}

/// `Under 18s: 35 GBP per 1 hour session`.
fn cost_option(row: &Fields) -> String {
    let field = |name: &str, most: usize| text::clean(row.get(name).unwrap_or_default(), most);
    let amount = field("amount", 20);
    let currency = if amount.is_empty() { String::new() } else { field("currency", 5).to_uppercase() };
    let what = [amount, currency, field("amount_description", 200)];
    let what = together(what, " ");
    let option = field("option", 200);
    if option.is_empty() || what.is_empty() { format!("{option}{what}") } else { format!("{option}: {what}") }
}

/// Who can use it: words, ages, audiences.
pub(super) fn eligibility(service: &Head) -> String {
    let words =
        text::clean(service.fields.first(&["eligibility_description", "eligibility"]).unwrap_or_default(), MOST_WORDS);
    let rows = service.rows(Object::Eligibility).iter().take(MOST);
    let rows: Vec<String> =
        rows.map(|row| text::clean(row.first(&["eligibility", "name"]).unwrap_or_default(), 200)).collect();
    let of_rows = service.rows(Object::Eligibility).iter().find_map(ages);
    let audiences =
        meaning::audiences(service).into_iter().map(|audience| text::clean(audience, 120)).collect::<Vec<_>>();
    let ages = ages(&service.fields).or(of_rows).unwrap_or_default();
    let audience = text::clean(service.get("audience").unwrap_or_default(), MOST_WORDS);
    sentences([words, together(rows, ", "), audience, ages, together(audiences, ", ")])
}

/// Ages that are a limit: 0 and above 99 are none.
fn ages(row: &Fields) -> Option<String> {
    let age = |name: &str| row.number(name).filter(|age| *age > 0.0 && *age < 100.0);
    match (age("minimum_age"), age("maximum_age")) {
        (Some(from), Some(to)) if from <= to => Some(format!("Ages {from} to {to}")),
        (Some(from), _) => Some(format!("Ages {from} and older")),
        (None, Some(to)) => Some(format!("Ages up to {to}")),
        (None, None) => None,
    }
}

/// How to begin: how to apply, how long one waits, what to bring.
pub(super) fn how(service: &Head) -> String {
    let field = |name: &str| text::clean(service.get(name).unwrap_or_default(), MOST_WORDS);
    let documents = service.rows(Object::Document).iter().take(MOST);
    let documents = documents.map(|row| text::clean(row.first(&["document", "name"]).unwrap_or_default(), 400));
    let attending = Some(field("attending_type")).filter(|words| meaning::attending(words).is_none());
    let access = [attending.unwrap_or_default(), field("attending_access"), field("pc_attendingaccess_additionalinfo")];
    let first = std::iter::once(field("application_process")).chain(access);
    let [wait, bring] = [("Waiting time", field("wait_time")), ("To bring", together(documents, "; "))]
        .map(|(label, words)| labelled(label, &words));
    sentences(first.chain([wait, bring]))
}
