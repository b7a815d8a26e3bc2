use jiff::civil::{Weekday, date};

use super::*;
use crate::query::{Answer, Constraint, Query, Word};
use crate::record::{
    Attendance, Contact, Details, Door, Kind, Meeting, Place, Point, Publication, Residence, Text, Topic, Way,
};
use crate::schedule::{Days, Recurrence};
use crate::text;

const ZONE: &str = "America/New_York";

/// Sunday, 22 November 2026, noon in New York.
fn here() -> Here {
    let now = date(2026, 11, 22).at(12, 0, 0, 0).to_zoned(crate::schedule::zone(ZONE).unwrap()).unwrap();
    Here { now, point: None }
}

/// Words as they stand, the last one unfinished.
fn asks(typed: &str) -> Query {
    let mut words: Vec<Word> =
        text::words(typed).map(|text| Word { text, unfinished: false, synonyms: Vec::new() }).collect();
    if let Some(last) = words.last_mut() {
        last.unfinished = !typed.ends_with(' ');
    }
    Query { words, constraints: Vec::new(), here: here() }
}

fn meeting(key: &str, name: &str) -> Record {
    Record::new(RecordId::new("t", key), name, Details::Meeting(Meeting::default()))
}

fn weekly(record: Record, day: Weekday, minute: u16) -> Record {
    Record { times: vec![Recurrence::weekly(ZONE, Days::of([day]), minute, Some(60))], ..record }
}

fn generation(records: &[Record]) -> Generation {
    Generation::in_memory(records, &Vocabulary::default()).unwrap()
}

fn keys(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.record.id.as_str().split_once(':').unwrap().1).collect()
}

fn finds(generation: &Generation, typed: &str) -> Vec<String> {
    keys(&generation.search(&asks(typed), 10)).into_iter().map(ToOwned::to_owned).collect()
}

fn some() -> Vec<Record> {
    let mut booklet = Record::new(
        RecordId::new("t", "esteem"),
        "Building Self-Esteem",
        Details::Publication(Publication { ids: vec!["SMA-3720".into()], ..Publication::default() }),
    );
    booklet.summary = Text { plain: "A self-help guide about serenity.".into(), es: Some("Una guía".into()) };
    let mut house = Record::new(RecordId::new("t", "elm"), "Elm House", Details::Housing(Residence::default()));
    house.contacts = vec![Contact::new(Way::Phone, "(555) 555-0142")];
    let mut spanish = meeting("reunion", "Grupo Nueva Vida");
    spanish.name.es = Some("Reunión de la mañana".into());
    vec![
        booklet,
        house,
        spanish,
        weekly(meeting("serenity", "Serenity Group"), Weekday::Monday, 19 * 60),
        weekly(meeting("anonymous", "Alcoholics Anonymous Downtown"), Weekday::Tuesday, 19 * 60),
    ]
}

#[test]
fn a_name_stands_before_a_note() {
    assert_eq!(finds(&generation(&some()), "serenity"), ["serenity", "esteem"]);
}

#[test]
fn every_beginning_of_a_name_finds_it() {
    let generation = generation(&some());
    for end in 3..="serenity".len() {
        assert_eq!(finds(&generation, &"serenity"[..end]).first().map(String::as_str), Some("serenity"), "{end}");
    }
}

#[test]
fn slips_are_forgiven() {
    let generation = generation(&some());
    assert_eq!(finds(&generation, "serinity ").first().map(String::as_str), Some("serenity"));
    assert_eq!(finds(&generation, "alcholics anonymus"), ["anonymous"]);
    assert_eq!(finds(&generation, "alcholics anonymus "), ["anonymous"]);
    assert_eq!(finds(&generation, "serenitygroup "), ["serenity"]);
    assert_eq!(finds(&generation, "seren ity "), ["serenity", "esteem"]);
}

#[test]
fn accents_and_spelling_of_numbers_do_not_matter() {
    let generation = generation(&some());
    assert_eq!(finds(&generation, "reunion mañana").first().map(String::as_str), Some("reunion"));
    for number in ["sma3720", "SMA-3720", "sma 3720", "3720", "sma37"] {
        assert_eq!(finds(&generation, number), ["esteem"], "{number}");
    }
    for number in ["555-555-0142", "5555550142", "(555) 555 0142", "5550142", "555-0142", "555-01"] {
        assert_eq!(finds(&generation, number), ["elm"], "{number}");
    }
}

#[test]
fn numbers_are_never_guessed_at() {
    assert_eq!(finds(&generation(&some()), "5555550143"), [""; 0]);
    assert_eq!(finds(&generation(&some()), "sma3721"), [""; 0]);
}
