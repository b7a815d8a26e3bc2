//! What the words of a directory of services mean to us: what a service is, for whom, in which languages, and what helps
//! people to come.

use super::objects::{Fields, Object};
use super::package::{Head, Package};
use crate::feed::notes::{Notes, quote};
use crate::feed::terms;
use crate::record::{Attendance, ServiceSort, Term};
use crate::text;
use crate::vocabulary::{Group, Sorted, Vocabulary};

/// More entries of one sort than a listing has.
const MOST: usize = 60;

/// What is said of the taxonomy terms of a head: their names.
pub(super) fn terms_of<'p>(head: &'p Head, package: &'p Package) -> Vec<&'p str> {
    let mut names = Vec::new();
    for row in head.rows(Object::Attribute).iter().take(MOST) {
        let id = row.first(&["taxonomy_term_id", "taxonomy_id"]);
        let term = package.heads(Object::Term).get(id);
        let name = term
            .and_then(|term| term.fields.first(&["name", "term"]))
            .or_else(|| row.first(&["term", "taxonomy_detail"]));
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names
}

/// For whom it is said to be, in the words of Open Referral UK's extension.
pub(super) fn audiences(head: &Head) -> Vec<&str> {
    let rows = head.rows(Object::Audience).iter().take(MOST);
    rows.filter_map(|row| row.get("audiencetype")).collect()
}

/// What a service is, by its taxonomy terms, else by its name.
pub(super) fn sort(terms: &[&str], name: &str, vocabulary: &Vocabulary) -> Sorted {
    let of = |texts: &[&str]| {
        let texts: Vec<Vec<String>> = texts.iter().map(|text| text::words(text).collect()).collect();
        let says = |phrase: &Vec<String>| texts.iter().any(|words| stands_in(phrase, words));
        vocabulary.services.sorts.iter().find(|(_, phrases)| phrases.iter().any(says)).map(|(sort, _)| *sort)
    };
    of(terms).or_else(|| of(&[name])).unwrap_or(Sorted::Service(ServiceSort::Other))
}

fn stands_in(phrase: &[String], words: &[String]) -> bool {
    !phrase.is_empty() && words.windows(phrase.len()).any(|window| window == phrase)
}

/// Our term for an entry that is one of its phrases and nothing else.
fn term(entry: &str, group: Group, vocabulary: &Vocabulary) -> Option<Term> {
    let words: Vec<String> = text::words(entry).collect();
    let known = vocabulary.services.terms.iter().filter(|(_, phrases)| phrases.contains(&words));
    let mut known =
        known.filter(|(term, _)| vocabulary.terms.get(term.as_str()).is_some_and(|entry| entry.group == group));
    known.next().map(|(term, _)| term.clone())
}

/// For whom it is, of entries that may say so.
pub(super) fn who<'t>(entries: impl IntoIterator<Item = &'t str>, vocabulary: &Vocabulary) -> Vec<Term> {
    let mut who = Vec::new();
    for term in entries.into_iter().filter_map(|entry| term(entry, Group::Who, vocabulary)) {
        if !who.contains(&term) {
            who.push(term);
        }
    }
    who
}

/// What helps people to come to a location, and the words about it that are no term of ours.
pub(super) fn access(location: &Head, vocabulary: &Vocabulary) -> (Vec<Term>, Vec<String>) {
    let (mut terms, mut words) = (Vec::new(), Vec::new());
    for row in location.rows(Object::Accessibility).iter().take(MOST) {
        let said = text::clean_paragraphs(row.first(&["description", "accessibility"]).unwrap_or_default(), 600);
        let details = text::clean_paragraphs(row.get("details").unwrap_or_default(), 600);
        let known = term(&said, Group::Access, vocabulary);
        // `disabled_parking` is a code to be read as words.
        let said = if said.contains(' ') { said } else { said.replace('_', " ") };
        for text in [if known.is_some() { String::new() } else { said }, details] {
            if !text.is_empty() && !words.contains(&text) {
                words.push(text);
            }
        }
        terms.extend(known.filter(|term| !terms.contains(term)));
    }
    (terms, words)
}

/// How one takes part, if that is said in one of the words that we know.
pub(super) fn attending(written: &str) -> Option<Attendance> {
    match text::fold(written.trim()).replace(['-', '_'], " ").as_str() {
        "physical" | "in person" | "inperson" | "venue" | "face to face" => Some(Attendance::InPerson),
        "online" | "virtual" | "remote" | "video" => Some(Attendance::Online),
        "hybrid" => Some(Attendance::Hybrid),
        "phone" | "telephone" => Some(Attendance::Phone),
        _ => None,
    }
}

/// Our languages by their codes and names.
pub(super) struct Languages<'v> {
    vocabulary: &'v Vocabulary,
    named: terms::Languages,
}

impl<'v> Languages<'v> {
    pub(super) fn of(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, named: terms::Languages::of(vocabulary) }
    }

    /// Languages of a service and its place, and the words about those that are none of ours.
    pub(super) fn read(&self, rows: &[&Fields], notes: &mut Notes<'_>) -> (Vec<String>, Vec<String>) {
        let (mut languages, mut words) = (Vec::new(), Vec::new());
        for row in rows.iter().take(MOST) {
            let names = row.first(&["name", "language"]).unwrap_or_default();
            let read: Vec<_> = match row.get("code").and_then(|code| self.one(code)) {
                Some(code) => vec![Ok(code)],
                None => names.split([',', ';', '/']).take(MOST).map(|name| self.one(name).ok_or(name)).collect(),
            };
            for language in read {
                match language {
                    Ok(code) if languages.iter().all(|known| known != code) => languages.push(code.to_owned()),
                    Ok(_) => {}
                    Err(name) => {
                        let name = text::clean(name, 60);
                        if !name.is_empty() && !words.contains(&name) {
                            notes.feed(format!("The language {} is not known; it is told in words.", quote(&name)));
                            words.push(name);
                        }
                    }
                }
            }
            let note = text::clean(row.get("note").unwrap_or_default(), 300);
            if !note.is_empty() && !words.contains(&note) {
                words.push(note);
            }
        }
        (languages, words)
    }

    /// Our language of a code or a name.
    fn one(&self, written: &str) -> Option<&str> {
        let folded = text::fold(written.trim());
        let code = folded.split(['-', '_']).next().unwrap_or_default();
        let own = self.vocabulary.terms.get_key_value(code).filter(|(_, entry)| entry.group == Group::Language);
        let own = own.map(|(key, _)| key.as_str());
        let longer = || self.vocabulary.services.languages.get(code).map(String::as_str);
        own.or_else(longer).or_else(|| self.named.named(&folded).map(Term::as_str))
    }
}
