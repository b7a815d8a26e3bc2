//! A directory that is handed out page by page: `?page=1`, `?page=2`, until as many are there as the answer says.
//!
//! Half a directory must not look like a whole one, so one page that fails fails them all.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use serde::Deserialize;

use super::address::Address;
use super::fault::Fault;
use super::get::get;
use super::watch::{Watch, now};
use super::{Known, Part, Progress, Request, Rules};

/// How to ask for page after page. As it stands by default it fits the HSDS, Open Referral UK and FindTreatment.gov.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The value of the query that is the number of the page, from 1.
    pub parameter: String,
    /// No more pages than this.
    pub most: u64,
    /// All pages are there in this time.
    pub time: Duration,
}

impl Default for Paging {
    fn default() -> Self {
        Self { parameter: "page".to_owned(), most: 500, time: Duration::from_secs(600) }
    }
}

/// Fetches all pages, one after another, as parts named `page-1`, `page-2` and so on. The limits of size in `rules`
/// hold for all pages together, the others for each.
///
/// # Errors
/// When one page could not be had, or the pages make no sense together.
pub fn fetch_pages(
    request: &Request,
    paging: &Paging,
    rules: &Rules,
    stop: &Arc<AtomicBool>,
) -> Result<Vec<Part>, Fault> {
    let address = Address::read(&request.address)?;
    // A page that did not change says nothing about the others.
    let request = Request { known: Known::default(), ..request.clone() };
    let began = now();
    rules.progress.iter().for_each(Progress::is_in_pages);
    let mut left = rules.clone();
    let mut parts = Vec::new();
    let mut before = String::new();
    for number in 1.. {
        left.time = rules.time.min(paging.time.saturating_sub(now().duration_since(began)));
        let watch = Arc::new(Watch::new(left.clone(), Arc::clone(stop)));
        let at_page = |fault| at_page(number, fault, &left, paging, rules);
        let page = address.with(&paging.parameter, number).and_then(|page| get(&page, &request, &watch));
        // Nothing was known, so nothing can be unchanged.
        let Some(page) = page.map_err(at_page)? else { return Err(Fault::Garbled) };
        if page.sha256 == before {
            return Err(Fault::SamePage);
        }
        let pages = pages(&page.bytes).ok_or(Fault::NoPages).map_err(at_page)?;
        if pages > paging.most {
            return Err(Fault::ManyPages(pages));
        }
        // One page after another eats from the same limits.
        left.most_wire = left.most_wire.saturating_sub(watch.wire());
        left.most = left.most.saturating_sub(page.bytes.len() as u64);
        before = page.sha256;
        parts.push(Part { name: format!("page-{number}"), bytes: page.bytes });
        if number >= pages {
            break;
        }
    }
    rules.progress.iter().for_each(Progress::pages_are_here);
    Ok(parts)
}

/// The fault of a page, as it counts for all of them: what was `left` for this page is not what `rules` say.
fn at_page(number: u64, fault: Fault, left: &Rules, paging: &Paging, rules: &Rules) -> Fault {
    match fault {
        Fault::TooLarge(most) if most == left.most => Fault::TooLarge(rules.most),
        Fault::TooLarge(_) => Fault::TooLarge(rules.most_wire),
        Fault::TooLargeUnpacked(_) => Fault::TooLargeUnpacked(rules.most),
        Fault::TooSlow(time) if time == left.time && time < rules.time => Fault::TooSlow(paging.time),
        fault if number == 1 || fault == Fault::Stopped => fault,
        fault => Fault::AtPage { number, fault: Box::new(fault) },
    }
}

/// How many pages there are, as this one says. A bare list is one page.
fn pages(bytes: &[u8]) -> Option<u64> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Some(1);
    }
    let said: Said = serde_json::from_slice(bytes).ok()?;
    said.total_pages.or(said.pages).and_then(Number::read)
}

/// What a page says about the others; the rest is passed over.
#[derive(Deserialize)]
struct Said {
    total_pages: Option<Number>,
    #[serde(rename = "totalPages")]
    pages: Option<Number>,
}

/// A number, or one that is written as words.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Whole(u64),
    Written(String),
}

impl Number {
    fn read(self) -> Option<u64> {
        match self {
            Self::Whole(number) => Some(number),
            Self::Written(text) => text.trim().parse().ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_how_many_there_are() {
        assert_eq!(pages(br#"{"total_pages": 3, "page_number": 1, "contents": [{"total_pages": 9}]}"#), Some(3));
        assert_eq!(pages(br#"{"page": 1, "totalPages": 12, "rows": []}"#), Some(12));
        assert_eq!(pages(br#"{"content": [], "totalPages": "2"}"#), Some(2));
        assert_eq!(pages(b"\xef\xbb\xbf [1, 2]"), Some(1));
        assert_eq!(pages(br#"{"total_pages": 0, "contents": []}"#), Some(0));
        for none in ["", "{}", "{\"total_pages\": -1}", "{\"total_pages\": \"many\"}", "{\"total_pages\": 3", "null"] {
            assert_eq!(pages(none.as_bytes()), None, "{none}");
        }
        let deep = format!("{{\"a\": {}, \"total_pages\": 1}}", "[".repeat(100_000));
        assert_eq!(pages(deep.as_bytes()), None);
    }
}
