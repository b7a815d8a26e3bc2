//! Reading a vocabulary: one function for each file, in the order in which they lean on each other.

use std::collections::BTreeMap;

use super::services::services;
use super::words::words;
use super::{BmltCodes, CodeTable, Fellowship, Group, Meaning, TermEntry, Vocabulary, VocabularyFiles};
use crate::record::{Openness, Pathway, Term, Text};
use crate::strict::{self, Fault, Page, Table, Value};
use crate::text;

/// The longest label or name, in characters.
const MOST: usize = 120;

const GROUPS: [(&str, Group); 4] =
    [("style", Group::Style), ("who", Group::Who), ("access", Group::Access), ("language", Group::Language)];

pub(super) fn read(files: &VocabularyFiles<'_>) -> Result<Vocabulary, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut read = Vocabulary::default();
    read.terms = strict::gather(files.terms.0, files.terms.1, &mut faults, terms);
    read.codes = strict::gather(files.codes.0, files.codes.1, &mut faults, |page| codes(page, &read.terms));
    read.bmlt = strict::gather(files.bmlt.0, files.bmlt.1, &mut faults, |page| bmlt(page, &read.terms));
    let (file, text) = files.fellowships;
    read.fellowships = strict::gather(file, text, &mut faults, |page| fellowships(page, &read.codes));
    read.services = strict::gather(files.services.0, files.services.1, &mut faults, |page| services(page, &read.terms));
    let words = strict::gather(files.words.0, files.words.1, &mut faults, |page| words(page, &read));
    (read.synonyms, read.wishes, read.danger, read.little) = (words.synonyms, words.wishes, words.danger, words.little);
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

fn terms(page: &Page<'_>) -> BTreeMap<String, TermEntry> {
    page.table()
        .rest()
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), term(&mut value.table()?)?)))
        .collect()
}

fn term(table: &mut Table<'_>) -> Option<TermEntry> {
    let group = table.need("group").and_then(|value| value.choice(GROUPS));
    let (en, es) = (table.need("en").and_then(|value| value.words()), table.need("es").and_then(|value| value.words()));
    let in_person_only = table.get("in_person_only").and_then(|value| value.truth()).unwrap_or(false);
    table.finish();
    let label = Text { plain: text::clean(en?, MOST), es: Some(text::clean(es?, MOST)) };
    Some(TermEntry { group: group?, label, in_person_only })
}

type Codes = BTreeMap<String, CodeTable>;

fn codes(page: &Page<'_>, terms: &BTreeMap<String, TermEntry>) -> Codes {
    let tables = page.table().rest();
    tables
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), code_table(&mut value.table()?, terms))))
        .collect()
}

fn code_table(table: &mut Table<'_>, terms: &BTreeMap<String, TermEntry>) -> CodeTable {
    let mut codes = BTreeMap::new();
    for (code, value) in table.rest() {
        let meanings = value.one_or_more().iter().filter_map(|value| meaning(value, terms)).collect();
        if codes.insert(code.to_uppercase(), meanings).is_some() {
            value
                .note(&format!("the code {code} is written twice in small and large letters; it must stand here once"));
        }
    }
    codes
}

fn bmlt(page: &Page<'_>, terms: &BTreeMap<String, TermEntry>) -> BmltCodes {
    let mut top = page.table();
    let mut codes = |name: &'static str| {
        let table = top.get(name).and_then(|value| value.table());
        table.map(|mut table| code_table(&mut table, terms)).unwrap_or_default()
    };
    let read = BmltCodes { world: codes("world"), names: codes("names"), languages: codes("languages") };
    top.finish();
    read
}

fn meaning(value: &Value<'_>, terms: &BTreeMap<String, TermEntry>) -> Option<Meaning> {
    let special = [
        ("open", Meaning::Open(Openness::Open)),
        ("closed", Meaning::Open(Openness::Closed)),
        ("families-only", Meaning::Open(Openness::FamiliesOnly)),
        ("online", Meaning::Online),
        ("place-closed", Meaning::PlaceClosed),
        ("nothing", Meaning::Nothing),
    ];
    // A term is made only when it is the one: there are many codes, and many terms for each.
    let known = terms.keys().map(|key| (key.as_str(), Err(key.as_str())));
    let chosen = value.choice(special.map(|(word, meaning)| (word, Ok(meaning))).into_iter().chain(known))?;
    Some(chosen.unwrap_or_else(|key| Meaning::Term(Term::new(key))))
}

fn fellowships(page: &Page<'_>, codes: &Codes) -> BTreeMap<String, Fellowship> {
    let tables = page.table().rest();
    tables
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), fellowship(key, &mut value.table()?, codes)?)))
        .collect()
}

fn fellowship(key: &str, table: &mut Table<'_>, codes: &Codes) -> Option<Fellowship> {
    let clean = |value: Value<'_>| value.words().map(|words| text::clean(words, MOST));
    let name = table.need("name").and_then(clean);
    let es = table.get("name_es").and_then(clean);
    let short = table.get("short").and_then(|value| value.text()).map(|short| text::clean(short, MOST));
    let words = Pathway::ALL.map(|pathway| (pathway.word(), pathway));
    let pathways = table.need("pathways").map(|value| value.one_or_more()).unwrap_or_default();
    let pathways = pathways.iter().filter_map(|value| value.choice(words)).collect();
    let codes = match table.get("codes") {
        Some(value) => value.choice(codes.keys().map(|key| (key.as_str(), key.clone()))),
        None if codes.contains_key(key) => Some(key.to_owned()),
        None => {
            table.fault(format!(
                "[{key}] has no `codes`, and there is no code table [{key}]; it must name a code table"
            ));
            None
        }
    };
    table.finish();
    Some(Fellowship { name: Text { plain: name?, es }, short: short.unwrap_or_default(), pathways, codes: codes? })
}
