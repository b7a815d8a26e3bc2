//! What people ask, put to the starter pack.

use super::*;
use crate::feed::{self, Feed, Form, Part};
use crate::merge::merge;
use crate::understand::understand;

const FILES: [(&str, &str); 5] = [
    ("national", include_str!("../../../../config/starter/national.toml")),
    ("publications", include_str!("../../../../config/starter/publications.toml")),
    ("guide", include_str!("../../../../config/starter/guide.toml")),
    ("glossary", include_str!("../../../../config/starter/glossary.toml")),
    ("sample", include_str!("../../../../config/starter/sample.toml")),
];

fn starter() -> Generation {
    let harvests = FILES.map(|(name, text): (&str, &str)| {
        let feed = Feed { name: name.to_owned(), ..Feed::default() };
        feed::read(Form::Porchlight, &feed, &[Part { name, bytes: text.as_bytes() }], Vocabulary::builtin())
    });
    let records = merge(harvests.into()).records;
    Generation::in_memory(&records, Vocabulary::builtin()).unwrap()
}

/// What is typed, and a name that must be among the first three.
const ASKED: [(&str, &str); 18] = [
    ("esteem", "Building Self-Esteem: A Self-Help Guide"),
    ("booklet about self esteem", "Building Self-Esteem: A Self-Help Guide"),
    ("SMA-3720", "Action Planning for Prevention and Recovery: A Self-Help Guide"),
    ("sma3720", "Action Planning for Prevention and Recovery: A Self-Help Guide"),
    ("pep12 recdef", "SAMHSA's Working Definition of Recovery: 10 Guiding Principles of Recovery"),
    ("988", "988 Suicide & Crisis Lifeline"),
    ("1-800-662-4357", "SAMHSA National Helpline"),
    ("18006624357", "SAMHSA National Helpline"),
    ("800 662 4357", "SAMHSA National Helpline"),
    ("narcan", "Naloxone (Narcan)"),
    ("alcholics anonymus", "Alcoholics Anonymous"),
    ("aa", "Alcoholics Anonymous"),
    ("na", "Narcotics Anonymous"),
    ("al anon", "Al-Anon Family Groups"),
    ("halfway house", "Recovery housing"),
    ("recvery huse", "Recovery housing"),
    ("young people", "Young People in Recovery"),
    ("overdose", "When someone overdoses"),
];

#[test]
fn what_is_looked_for_is_among_the_first_three() {
    let generation = starter();
    let mut missed = Vec::new();
    for (typed, name) in ASKED {
        let answer = generation.search(&understand(typed, Vocabulary::builtin(), &generation, &here()), 3);
        let names: Vec<&str> = answer.hits.iter().map(|hit| hit.record.name.plain.as_str()).collect();
        if !names.contains(&name) {
            missed.push(format!("{typed}: {names:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_nobody_lists_is_not_found() {
    let answer = starter().search(&understand("asdfgh", Vocabulary::builtin(), &(), &here()), 3);
    assert_eq!((answer.total, answer.relaxed), (0, None));
}
