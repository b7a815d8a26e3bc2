//! The starter pack, as a visitor and a worried staff member would check it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use index::feed::{self, Feed, Form, Harvest, Part};
use index::generation::Generation;
use index::query::Here;
use index::record::{Details, OrganizationSort, Pathway, Record, SeeAlso, Text, Way};
use index::schedule::{Days, Rule};
use index::understand::understand;
use index::vocabulary::Vocabulary;
use jiff::Zoned;

/// Every file of the pack, by the name of its feed.
const FILES: [(&str, &str); 6] = [
    ("national", include_str!("../../config/starter/national.toml")),
    ("publications", include_str!("../../config/starter/publications.toml")),
    ("guide", include_str!("../../config/starter/guide.toml")),
    ("glossary", include_str!("../../config/starter/glossary.toml")),
    ("sample", include_str!("../../config/starter/sample.toml")),
    ("unconfirmed", include_str!("../../config/starter/unconfirmed.toml")),
];

/// Numbers that public lists print by mistake, or that have ended: digits alone, without the country's 1.
const WRONG_NUMBERS: [&str; 7] = [
    "8008674673", // nobody's
    "8886289454", // the former Spanish lifeline
    "8007797233", // two digits swapped
    "8339435749", // a wrong maternal line
    "8339435746", // the former maternal line
    "8007296686", // defunct
    "8003319474", // 800 for 866
];

/// Labels that are never put on a person. Titles of publications are as printed, so only our own text is held to it.
const LABELS: [&str; 14] = [
    "addict",
    "addicts",
    "addicted",
    "alcoholic",
    "abuse",
    "abuser",
    "clean",
    "dirty",
    "junkie",
    "adicto",
    "adicta",
    "adictos",
    "adictas",
    "abuso",
];

fn read(name: &str, text: &str) -> Harvest {
    let feed = Feed { name: name.to_owned(), ..Feed::default() };
    let file = format!("{name}.toml");
    let part = Part { name: &file, bytes: text.as_bytes() };
    feed::read(Form::Porchlight, &feed, &[part], Vocabulary::builtin())
}

/// The records of the pack, by the name of their feed; read once for all tests.
fn all() -> &'static BTreeMap<&'static str, Vec<Record>> {
    static PACK: LazyLock<BTreeMap<&str, Vec<Record>>> =
        LazyLock::new(|| FILES.into_iter().map(|(name, text)| (name, read(name, text).records)).collect());
    &PACK
}

fn both(text: &Text) -> impl Iterator<Item = &str> {
    std::iter::once(text.plain.as_str()).chain(text.es.as_deref())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[test]
fn every_file_reads_without_a_complaint() {
    for (name, text) in FILES {
        let harvest = read(name, text);
        assert_eq!(harvest.complaints, [], "{name}");
        assert_eq!(harvest.rows, text.matches("\n[[").count(), "{name}: rows");
        assert_eq!(harvest.records.len(), harvest.rows, "{name}: records");
    }
}

#[test]
fn the_pack_holds_what_a_new_kiosk_needs() {
    let pack = all();
    assert!(pack["national"].len() >= 88);
    assert!(pack["publications"].len() >= 75);
    assert!(pack["guide"].len() >= 75);
    assert_eq!(pack["glossary"].len(), 50);
    let numbers: BTreeSet<&str> = pack["publications"]
        .iter()
        .filter_map(|record| match &record.details {
            Details::Publication(publication) => Some(publication.ids.iter().map(String::as_str)),
            _ => None,
        })
        .flatten()
        .collect();
    let page = ["PEP12-RECDEF", "SMA-3504", "SMA-3715", "SMA-3716", "SMA-3717", "SMA-3718", "SMA-3719", "SMA-3720"];
    for number in page {
        assert!(numbers.contains(number), "{number}");
    }
}

#[test]
fn the_sample_town_has_something_for_everyone() {
    let town = &all()["sample"];
    let count = |fits: fn(&Details) -> bool| town.iter().filter(|record| fits(&record.details)).count();
    assert!(count(|details| matches!(details, Details::Meeting(_))) >= 150);
    assert!(count(|details| matches!(details, Details::Housing(_))) >= 15);
    assert!(count(|details| matches!(details, Details::Organization(it) if it.sort == OrganizationSort::Rco)) >= 5);
    assert!(count(|details| matches!(details, Details::Service(_))) >= 20);
    let fellowships: BTreeSet<&str> = town.iter().filter_map(|record| record.fellowship.as_deref()).collect();
    assert!(fellowships.len() >= 8, "{fellowships:?}");
    for pathway in Pathway::ALL {
        assert!(town.iter().any(|record| record.pathways.contains(&pathway)), "{pathway:?}");
    }
}

#[test]
fn the_sample_town_meets_on_every_day_from_dawn_to_midnight() {
    let meetings = all()["sample"].iter().filter(|record| matches!(record.details, Details::Meeting(_)));
    let starts: Vec<_> = meetings
        .flat_map(|meeting| &meeting.times)
        .filter_map(|time| match time.rule {
            Rule::Weekly { days, start, .. } => Some((days, start)),
            _ => None,
        })
        .collect();
    for day in Days::EVERY.iter() {
        let hours: BTreeSet<u16> = starts.iter().filter(|(days, _)| days.contains(day)).map(|at| at.1 / 60).collect();
        assert!(hours.contains(&12) && hours.contains(&19), "{day:?}: {hours:?}");
        assert!(hours.first() <= Some(&8) && hours.last() >= Some(&22), "{day:?}: {hours:?}");
    }
}

#[test]
fn nothing_of_the_sample_town_can_reach_a_real_person() {
    for record in &all()["sample"] {
        assert!(record.sample, "{} is not marked", record.id);
        for contact in &record.contacts {
            let value = contact.value.as_str();
            let harmless = match contact.way {
                Way::Phone | Way::Dial | Way::Tty => is_fictional(value),
                Way::Text => value.rsplit(' ').next().is_some_and(is_fictional),
                Way::Join | Way::Website | Way::Chat => {
                    value.strip_prefix("https://").and_then(|rest| rest.split('/').next()).is_some_and(is_example)
                }
                Way::Email => value.split('@').nth(1).is_some_and(is_example),
            };
            assert!(harmless, "{}: {value}", record.id);
        }
        let code = record.place.as_ref().map_or("", |place| &place.postal_code);
        assert!(code.is_empty() || code.starts_with("0010"), "{}: {code}", record.id);
    }
}

/// Whether this is one of the numbers set aside for stories.
fn is_fictional(number: &str) -> bool {
    let digits = digits(number);
    digits.len() == 7 && digits.starts_with("55501")
}

/// Whether this host is under the names set aside for examples.
fn is_example(host: &str) -> bool {
    ["example.org", "example.com"].iter().any(|name| host == *name || host.ends_with(&format!(".{name}")))
}

#[test]
fn only_the_sample_file_is_a_sample() {
    for (name, records) in all() {
        assert!(records.iter().all(|record| record.sample == (*name == "sample")), "{name}");
    }
}

#[test]
fn numbers_known_to_be_wrong_stand_nowhere() {
    for (name, text) in FILES {
        for (at, line) in text.lines().enumerate() {
            let digits = digits(line);
            for wrong in WRONG_NUMBERS {
                assert!(!digits.contains(wrong), "{name}.toml:{}: {wrong}", at + 1);
            }
        }
    }
}

#[test]
fn a_text_for_help_goes_to_the_right_short_number() {
    let national = &all()["national"];
    let texts = |key: &str| -> Vec<String> {
        let record = national.iter().find(|record| record.id.as_str() == format!("national:{key}"));
        let contacts = record.map(|record| record.contacts.as_slice()).unwrap_or_default();
        contacts.iter().filter(|contact| contact.way == Way::Text).map(|contact| digits(&contact.value)).collect()
    };
    assert!(texts("crisis-text-line").iter().all(|number| number == "741741" || number == "4422983263"));
    assert!(texts("crisis-text-line").contains(&"741741".to_owned()));
    assert_eq!(texts("human-trafficking"), ["233733"]);
    assert_eq!(texts("988"), ["988", "988"]);
}

#[test]
fn what_could_not_be_confirmed_says_so_first() {
    for record in &all()["unconfirmed"] {
        assert!(record.summary.plain.starts_with("Check before you rely on it"), "{}", record.id);
        assert!(record.summary.for_reader("es").starts_with("Confirme antes de contar con"), "{}", record.id);
    }
}

#[test]
fn every_page_leads_to_something_that_is_there() {
    let pack = all();
    let shipped = pack.iter().filter(|(name, _)| !matches!(**name, "unconfirmed" | "sample"));
    let ids: BTreeSet<&str> =
        shipped.flat_map(|(_, records)| records.iter().map(|record| record.id.as_str())).collect();
    for record in pack["guide"].iter().chain(&pack["glossary"]) {
        let Details::Topic(topic) = &record.details else { continue };
        assert!(!topic.see_also.is_empty(), "{} is a dead end", record.id);
        for see in &topic.see_also {
            if let SeeAlso::Record { id, .. } = see {
                assert!(ids.contains(id.as_str()), "{} leads to {id}", record.id);
                assert_ne!(*id, record.id, "a page that leads to itself");
            }
        }
    }
}

#[test]
fn every_search_that_a_page_offers_finds_something() {
    let pack = all();
    let records: Vec<Record> =
        pack.iter().filter(|(name, _)| **name != "unconfirmed").flat_map(|(_, records)| records.clone()).collect();
    let vocabulary = Vocabulary::builtin();
    let generation = Generation::in_memory(&records, vocabulary).unwrap();
    let now: Zoned = "2026-11-23T09:00[America/New_York]".parse().unwrap();
    let here = Here { now, point: None };
    for record in pack["guide"].iter().chain(&pack["glossary"]) {
        let Details::Topic(topic) = &record.details else { continue };
        for see in &topic.see_also {
            if let SeeAlso::Search(words) = see {
                let answer = generation.search(&understand(words, vocabulary, &generation, &here), 10);
                assert!(answer.total > 0, "{}: a search for \"{words}\" finds nothing", record.id);
            }
        }
    }
}

#[test]
fn everything_can_be_read_in_both_languages() {
    for record in all().values().flatten() {
        let said = !record.summary.is_empty() || matches!(record.details, Details::Meeting(_));
        assert!(said, "{} says nothing", record.id);
        assert!(record.summary.is_empty() || record.summary.es.is_some(), "{} is not in Spanish", record.id);
    }
}

#[test]
fn sentences_are_short() {
    for record in all().values().flatten() {
        for text in both(&record.summary) {
            let words = text.split_whitespace().count();
            let sentences = text.split_inclusive(['.', '!', '?', '\n']).filter(|it| it.contains(char::is_alphabetic));
            let sentences = sentences.count().max(1);
            assert!(words <= 16 * sentences, "{}: {words} words in {sentences} sentences", record.id);
        }
    }
}

#[test]
fn nobody_is_called_a_name() {
    for record in all().values().flatten() {
        for text in both(&record.summary) {
            let own = text.to_lowercase();
            let label = own.split(|letter: char| !letter.is_alphanumeric()).find(|word| LABELS.contains(word));
            assert_eq!(label, None, "{}", record.id);
            assert!(!own.contains("confiden"), "{} promises on others' behalf", record.id);
        }
    }
}
