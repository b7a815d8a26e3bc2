//! Reading what directories of services mean by their words.

use std::collections::BTreeMap;

use super::words::phrases;
use super::{ServiceWords, Sorted, TermEntry};
use crate::record::{ServiceSort, Term};
use crate::strict::{Page, Table};

/// Reads the file. `terms` are those that it may name.
pub(super) fn services(page: &Page<'_>, terms: &BTreeMap<String, TermEntry>) -> ServiceWords {
    let mut top = page.table();
    let sorts = ServiceSort::ALL.map(|sort| (sort.word(), Sorted::Service(sort)));
    let sorts = tables(&mut top, "sort", |table| {
        table.need("is")?.choice(sorts.into_iter().chain([("residence", Sorted::Residence)]))
    });
    let known = || terms.keys().map(|key| (key.as_str(), Term::new(key.as_str())));
    let terms = tables(&mut top, "term", |table| table.need("is")?.choice(known()));
    let languages = top.get("language").and_then(|value| value.table()).map(|mut table| {
        let codes = table.rest().into_iter();
        codes
            .filter_map(|(code, value)| Some((code.to_lowercase(), value.choice(known())?.as_str().to_owned())))
            .collect()
    });
    top.finish();
    ServiceWords { sorts, terms, languages: languages.unwrap_or_default() }
}

/// The tables of this name: what each is about, and its phrases.
fn tables<T>(
    top: &mut Table<'_>,
    name: &'static str,
    is: impl Fn(&mut Table<'_>) -> Option<T>,
) -> Vec<(T, Vec<Vec<String>>)> {
    let mut found = Vec::new();
    for mut table in top.get(name).map(|value| value.tables()).unwrap_or_default() {
        let (is, words) = (is(&mut table), phrases(table.need("words")));
        table.finish();
        found.extend(is.map(|is| (is, words)));
    }
    found
}
