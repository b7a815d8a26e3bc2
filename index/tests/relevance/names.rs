//! Every name of every record, typed as it is and with a slip, finds its bearer.

use std::collections::BTreeMap;

use index::record::Record;

use super::judge::{ask, ids};
use super::questions::hash;
use super::scan::{fold, names};
use super::{MOMENT, Pack, pack};

/// A name that somebody may type: as it stands there, with all its bearers.
struct Name<'a> {
    name: &'a str,
    bearers: Vec<&'a str>,
}

fn all(records: &[Record]) -> Vec<Name<'_>> {
    let mut by_name: BTreeMap<String, Name<'_>> = BTreeMap::new();
    for record in records {
        for name in names(record) {
            let entry = by_name.entry(fold(name)).or_insert_with(|| Name { name, bearers: Vec::new() });
            if !entry.bearers.contains(&record.id.as_str()) {
                entry.bearers.push(record.id.as_str());
            }
        }
    }
    by_name.into_values().filter(|name| !fold(name.name).is_empty()).collect()
}

/// How many (name, bearer) pairs there are, and those of them that are not found among the first `seen`, or among as
/// many as there are bearers of the name.
fn missed(pack: &Pack, seen: usize, typed: impl Fn(&str) -> Option<String>) -> (usize, Vec<String>) {
    let now = MOMENT.parse().unwrap();
    let (mut asked, mut missed) = (0, Vec::new());
    for name in all(&pack.records) {
        let Some(typed) = typed(name.name) else { continue };
        let (_, answer) = ask(&pack.generation, &format!("{typed} "), &now, seen.max(name.bearers.len()));
        let found = ids(&answer.hits);
        asked += name.bearers.len();
        for bearer in name.bearers.iter().filter(|bearer| !found.contains(bearer)) {
            let first = found.iter().take(3).copied().collect::<Vec<_>>().join(", ");
            missed.push(format!("\"{typed}\" does not find {bearer}, but {first}"));
        }
    }
    (asked, missed)
}

/// The name with one slip in one of its words of four letters and more: a letter lost, doubled, mistaken or changed
/// with its neighbour, never the first. The same slip each time.
fn slipped(name: &str) -> Option<String> {
    let words: Vec<String> = fold(name).split(' ').map(ToOwned::to_owned).collect();
    let long = |word: &String| word.chars().count() >= 4 && word.chars().all(char::is_alphabetic);
    let chance = hash(name);
    let choice = |of: usize, part: u32| usize::try_from((chance >> part) % u64::try_from(of).unwrap()).unwrap();
    let candidates: Vec<usize> = (0..words.len()).filter(|&at| long(&words[at])).collect();
    let at = *candidates.get(choice(candidates.len().max(1), 8))?;
    let mut letters: Vec<char> = words[at].chars().collect();
    let place = 1 + choice(letters.len() - 2, 16);
    match choice(4, 24) {
        0 => drop(letters.remove(place)),
        1 => letters.insert(place, letters[place]),
        2 if letters[place] != letters[place + 1] => letters.swap(place, place + 1),
        _ => letters[place] = if letters[place] == 'e' { 'a' } else { 'e' },
    }
    let slip: String = letters.into_iter().collect();
    let mut words = words;
    words[at] = slip;
    Some(words.join(" "))
}

#[test]
fn a_name_typed_whole_finds_its_bearer_among_the_first_three() {
    let (asked, missed) = missed(pack(), 3, |name| Some(name.to_owned()));
    assert!(missed.is_empty(), "{} of {asked}:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn a_name_with_a_slip_finds_its_bearer_among_the_first_ten() {
    let (asked, missed) = missed(pack(), 10, slipped);
    assert!(missed.len() * 50 <= asked, "{} of {asked}:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn a_slip_is_one_and_the_same() {
    for name in ["Serenity on Second", "Elm Row House", "Padrino o madrina"] {
        let slip = slipped(name).unwrap();
        assert_ne!(slip, fold(name));
        assert_eq!(Some(slip), slipped(name));
    }
    assert_eq!(slipped("988"), None);
}
