//! From pages to facilities, and whether all pages are there.

use std::collections::BTreeSet;

use super::lists::{self, Entry, as_text};
use super::notes::{Notes, quote};
use crate::feed::Part;
use crate::feed::foreign::FINDTREATMENT;

/// The most pages that are named one by one.
const MOST_NAMED: u64 = 10_000;

/// The facilities of all pages.
pub(super) fn read(parts: &[Part<'_>], notes: &mut Notes<'_>) -> Vec<Entry> {
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    let mut pages = 0;
    for part in parts {
        notes.begin(part);
        let found = lists::read(part, &["rows"], &[FINDTREATMENT], "pages of FindTreatment.gov", notes);
        let number = |name: &str| found.beside.get(name).and_then(as_text)?.parse::<u64>().ok();
        if let Some(page) = number("page") {
            pages = pages.max(number("totalpages").unwrap_or_default());
            if !seen.insert(page) {
                notes.feed(format!("Page {page} came twice; its facilities were joined."));
            }
        }
        if !found.lists.is_empty() && found.is_empty() {
            notes.feed(format!("{} holds no facilities.", quote(part.name)));
        }
        let found = found.lists.into_iter().flat_map(|list| list.rows);
        rows.extend(found.map(|(spot, row)| (notes.here(spot), row)));
    }
    if pages > MOST_NAMED {
        notes.feed(format!("The answer is said to have {pages} pages, which cannot be true."));
        return rows;
    }
    let missing: Vec<String> = (1..=pages).filter(|page| !seen.contains(page)).map(|page| page.to_string()).collect();
    if !missing.is_empty() {
        let named = missing.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
        let more = if missing.len() > 10 { format!(" and {} more", missing.len() - 10) } else { String::new() };
        notes.feed(format!("Of {pages} pages these are missing: {named}{more}. Their facilities are not listed."));
    }
    rows
}
