//! Type codes: what they mean in the fellowship of the feed, and what becomes of it in a record.

use std::collections::BTreeMap;

use std::borrow::Cow;

use serde_json::Value;

use super::notes::{Notes, quote};
use super::row::Row;
use crate::feed::written::Written;
use crate::record::{Openness, Term};
use crate::vocabulary::{Fellowship, Meaning, Vocabulary};

/// Codes that mean the same for any fellowship whose own table lacks them: languages, online, closed place.
const COMMON: &str = "common";

/// Types written out as words.
const NAMES: &str = "names";

/// More codes than any row has; a bound because rows come from outside.
const MOST_CODES: usize = 100;

/// Translates the codes of one feed.
pub(super) struct Codes<'v> {
    vocabulary: &'v Vocabulary,
    own: Option<&'v BTreeMap<String, Vec<Meaning>>>,
    /// Whether the feed names its fellowship; without one, codes are not read at all.
    known: bool,
}

/// What the types of a row say.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds {
    pub(super) terms: Vec<Term>,
    pub(super) open: Option<Openness>,
    pub(super) online: bool,
    pub(super) place_closed: bool,
}

impl<'v> Codes<'v> {
    pub(super) fn new(fellowship: Option<&Fellowship>, vocabulary: &'v Vocabulary) -> Self {
        let own = fellowship.and_then(|fellowship| vocabulary.codes.get(&fellowship.codes));
        Self { vocabulary, own, known: fellowship.is_some() }
    }

    /// What the types of a row mean. Unknown codes become complaints.
    pub(super) fn read(&self, row: &Row<'_>, notes: &mut Notes<'_>) -> Kinds {
        let mut kinds = Kinds::default();
        let mut open = Vec::new();
        for (code, meanings) in self.split(row).into_iter().take(MOST_CODES) {
            let Some(meanings) = meanings else {
                if self.known {
                    notes.row(
                        &row.at,
                        format!("The type {} is not known for this fellowship; it is not shown.", quote(&code)),
                    );
                }
                continue;
            };
            for meaning in meanings {
                match meaning {
                    Meaning::Term(term) if !kinds.terms.contains(term) => kinds.terms.push(term.clone()),
                    Meaning::Open(openness) if !open.contains(openness) => open.push(*openness),
                    Meaning::Online => kinds.online = true,
                    Meaning::PlaceClosed => kinds.place_closed = true,
                    Meaning::Term(_) | Meaning::Open(_) | Meaning::Nothing => {}
                }
            }
        }
        match open[..] {
            [openness] => kinds.open = Some(openness),
            [] => {}
            _ => notes.row(&row.at, "It is marked both open and closed; who may come is left open."),
        }
        kinds
    }

    /// The codes of a row: a list, or one text like `C,W` or `[open]`.
    fn split(&self, row: &Row<'_>) -> Vec<(String, Option<&'v Vec<Meaning>>)> {
        let mut codes = Vec::new();
        let written = match row.value("types") {
            Some(Written::List(list)) => list.as_slice(),
            Some(value) => std::slice::from_ref(value),
            None => &[],
        };
        for text in written.iter().filter_map(code_text) {
            let bare = text.trim().trim_start_matches('[').trim_end_matches(']');
            if let Some(meanings) = self.meanings(bare) {
                codes.push((bare.trim().to_owned(), Some(meanings)));
                continue;
            }
            let parts = bare.split([',', ';', '|']).map(|part| part.trim().trim_matches(['"', '\'']));
            codes.extend(parts.filter(|part| !part.is_empty()).map(|part| (part.to_owned(), self.meanings(part))));
        }
        codes
    }

    fn meanings(&self, code: &str) -> Option<&'v Vec<Meaning>> {
        let code = code.trim();
        // Most are written as the tables have them.
        let is_upper = code.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_lowercase());
        let code = if is_upper { Cow::Borrowed(code) } else { Cow::Owned(code.to_uppercase()) };
        let of = |table: &str| self.vocabulary.codes.get(table)?.get(&*code);
        self.own.and_then(|own| own.get(&*code)).or_else(|| of(COMMON)).or_else(|| of(NAMES))
    }
}

fn code_text<'r>(value: &'r Written<'_>) -> Option<Cow<'r, str>> {
    match value {
        Written::Text(text) => Some(Cow::Borrowed(&**text)).filter(|text| !text.trim().is_empty()),
        Written::Plain(Value::Null) => None,
        other => Some(other.to_string().into()),
    }
}
