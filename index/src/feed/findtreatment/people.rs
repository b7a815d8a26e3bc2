//! For whom a facility is, and in which languages it speaks.

use super::notes::{Notes, quote};
use super::services::{Category, Services};
use super::terms::Languages;
use crate::record::Term;
use crate::text;

/// Special groups by words of their value. Programmes for women and for men are left to the sexes that a facility
/// accepts: most have one for either.
const GROUPS: &[(&str, &str)] = &[
    ("pregnant", "pregnant"),
    ("veteran", "veterans"),
    ("lgbt", "lgbtq"),
    ("lesbian", "lgbtq"),
    ("co-occurring mental", "dual-diagnosis"),
    ("young adult", "young-adults"),
    ("senior", "seniors"),
    ("older adult", "seniors"),
    ("adolescent", "teens"),
];

/// For whom a facility is.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    pub(super) terms: Vec<Term>,
    /// The same and more in the words of the source.
    pub(super) words: Vec<String>,
}

/// Reads for whom a facility is.
pub(super) fn read(services: &Services, languages: &Languages, notes: &mut Notes<'_>) -> People {
    let mut people = People::default();
    for category in services.categories() {
        match category.code.as_str() {
            "SG" => people.groups(category),
            "SN" => people.sexes(category),
            "AGE" => people.ages(category),
            _ => {}
        }
        if ["SG", "SN", "AGE"].contains(&category.code.as_str()) {
            people.words.extend(category.values.iter().map(|value| value.words.clone()));
        }
        people.languages(category, languages, notes);
        people.access(category);
    }
    people
}

impl People {
    fn add(&mut self, term: Term) {
        if !self.terms.contains(&term) {
            self.terms.push(term);
        }
    }

    fn groups(&mut self, category: &Category) {
        for value in category.values.iter().map(|value| value.folded.as_str()) {
            for (_, term) in GROUPS.iter().filter(|(words, _)| value.contains(words)) {
                self.add(Term::new(*term));
            }
        }
    }

    /// Who accepts both says no limit.
    fn sexes(&mut self, category: &Category) {
        let has = |wanted: &str| category.values.iter().any(|value| value.folded == wanted);
        match (has("female"), has("male")) {
            (true, false) => self.add(Term::new("women")),
            (false, true) => self.add(Term::new("men")),
            _ => {}
        }
    }

    /// A single age group is a limit; several are none that could be said in a word.
    fn ages(&mut self, category: &Category) {
        let [only] = &category.values[..] else { return };
        let only = only.folded.as_str();
        if only.contains("child") || only.contains("adolescent") {
            self.add(Term::new("teens"));
        } else if only.contains("young adult") {
            self.add(Term::new("young-adults"));
        } else if only.contains("senior") || only.contains("older") {
            self.add(Term::new("seniors"));
        } else if only.contains("adult") {
            self.add(Term::new("adults"));
        }
    }

    /// Languages are said in categories of their own; Spanish and signs stand elsewhere as well.
    fn languages(&mut self, category: &Category, languages: &Languages, notes: &mut Notes<'_>) {
        let own = text::fold(&category.label).contains("language");
        for value in &category.values {
            let folded = value.folded.as_str();
            if folded.contains("sign language") {
                self.add(Term::new("asl"));
            } else if folded == "spanish" {
                self.add(Term::new("es"));
            } else if own {
                match languages.named(&value.words) {
                    Some(language) => self.add(language.clone()),
                    None => {
                        notes.feed(format!("The language {} is not known; it is shown as words.", quote(&value.words)));
                    }
                }
            }
        }
    }

    fn access(&mut self, category: &Category) {
        for value in category.values.iter().map(|value| value.folded.as_str()) {
            if value.starts_with("smoking not permitted") {
                self.add(Term::new("smoke-free"));
            } else if value.starts_with("child care for clients") {
                self.add(Term::new("childcare"));
            }
        }
    }
}
