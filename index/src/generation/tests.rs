use jiff::civil::{Weekday, date};

use super::*;
use crate::query::{Constraint, Facet, Here, Value, Word, weekday};
use crate::record::{
    Attendance, Contact, Details, Door, Kind, Meeting, Place, Point, Publication, Residence, Text, Topic, Way,
};
use crate::schedule::{Days, Recurrence};
use crate::text;
use crate::vocabulary::{Fellowship, Group, TermEntry};

mod choices;
mod laws;

const ZONE: &str = "America/New_York";

/// Sunday, 22 November 2026, noon in New York.
fn here() -> Here {
    let now = date(2026, 11, 22).at(12, 0, 0, 0).to_zoned(crate::schedule::zone(ZONE).unwrap()).unwrap();
    Here { now, point: None }
}

/// Words as they stand, the last one unfinished.
fn asks(typed: &str) -> Query {
    let mut words: Vec<Word> = text::words(typed).map(Word::plain).collect();
    if let Some(last) = words.last_mut() {
        last.unfinished = !typed.ends_with(' ');
    }
    Query { words, ..Query::new(here()) }
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

/// A day of the week that was chosen.
fn on(day: Weekday) -> Constraint {
    Constraint::chosen(Value::new(Facet::Day, weekday(day)))
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
        Details::Publication(Publication { ids: vec!["SMA-3720".into()], ..Publication::default() }.into()),
    );
    booklet.summary = Text { plain: "A self-help guide about serenity.".into(), es: Some("Una guía".into()) };
    let mut house = Record::new(RecordId::new("t", "elm"), "Elm House", Details::Housing(Box::default()));
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
    assert_eq!(finds(&generation, "alochlics "), ["anonymous"], "a transposition");
    assert_eq!(finds(&generation, "xerenity "), ["serenity", "esteem"], "the first letter");
    assert_eq!(finds(&generation, "eln "), [""; 0], "but too short a word is not guessed at");
    assert_eq!(finds(&generation, "alcholics anonymus "), ["anonymous"]);
    assert_eq!(finds(&generation, "serenitygroup "), ["serenity"]);
    assert_eq!(finds(&generation, "seren ity "), ["serenity", "esteem"]);
}

#[test]
fn two_doubles_amiss_in_one_word_are_forgiven() {
    let generation = generation(&[
        meeting("city", "Cincinnati Group"),
        meeting("state", "Tennessee Group"),
        meeting("committee", "Committee Night"),
    ]);
    for (typed, found) in [("cincinatti", "city"), ("tenesee", "state"), ("comitee", "committee")] {
        assert_eq!(finds(&generation, typed), [found], "{typed}, unfinished");
        assert_eq!(finds(&generation, &format!("{typed} ")), [found], "{typed}, finished");
    }
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
fn a_number_is_found_without_its_extension_or_code() {
    let with = |key, way, value: &str| {
        let mut record = meeting(key, "Group");
        record.contacts = vec![Contact::new(way, value)];
        record
    };
    let generation = generation(&[
        with("extension", Way::Phone, "555-123-4567 ext 12"),
        with("code", Way::Dial, "+16465550100,,901964988#"),
        with("words", Way::Text, "Text HOPE to 1 (212) 555-0177"),
    ]);
    let asked = |typed: &str| {
        let query = crate::understand::understand(typed, &Vocabulary::default(), &(), &here());
        keys(&generation.search(&query, 10)).into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    let numbers = [("555-123-4567", "extension"), ("646-555-0100", "code"), ("212-555-0177", "words")];
    for (number, found) in numbers {
        assert_eq!(asked(number), [found], "{number}");
        assert_eq!(asked(&number.replace('-', "")), [found], "{number} in one");
        assert_eq!(asked(&number[4..]), [found], "{number} without the area");
        assert_eq!(asked(&format!("1 {number}")), [found], "{number} after a 1");
    }
}

#[test]
fn numbers_are_never_guessed_at() {
    assert_eq!(finds(&generation(&some()), "5555550143"), [""; 0]);
    assert_eq!(finds(&generation(&some()), "sma3721"), [""; 0]);
}

#[test]
fn another_form_of_a_word_finds_it_in_both_languages() {
    let mut house = Record::new(RecordId::new("t", "casa"), "Casas", Details::Housing(Box::default()));
    house.name.es = Some("Reuniones y apoyos".into());
    let generation = generation(&[house, meeting("steps", "Step Studies")]);
    assert_eq!(finds(&generation, "steps "), ["steps"]);
    assert_eq!(finds(&generation, "study "), ["steps"]);
    assert_eq!(finds(&generation, "apoyo ").first().map(String::as_str), Some("casa"));
}

#[test]
fn what_directories_write_is_found_by_what_people_type() {
    let mut vocabulary = Vocabulary::default();
    let aa = Fellowship {
        name: Text { plain: "Alcoholics Anonymous".into(), es: Some("Alcohólicos Anónimos".into()) },
        short: "AA".into(),
        pathways: Vec::new(),
        codes: "aa".into(),
    };
    vocabulary.fellowships.insert("aa".into(), aa);
    let label = Text { plain: "Women".into(), es: Some("Mujeres".into()) };
    vocabulary.terms.insert("women".into(), TermEntry { group: Group::Who, label, in_person_only: false });
    let mut hope = meeting("hope", "Tuesday Hope");
    hope.fellowship = Some("aa".into());
    hope.who = vec![crate::record::Term::new("women")];
    let mut residence = Record::new(RecordId::new("t", "elm"), "Elm", Details::Housing(Box::default()));
    residence.summary.plain = "A recovery residence.".into();
    let mut scattered = Record::new(RecordId::new("t", "oak"), "Recovery", Details::Topic(Topic::default()));
    scattered.summary.plain = "Not a residence.".into();
    let generation = Generation::in_memory(&[hope, residence, scattered], &vocabulary).unwrap();
    for typed in ["aa", "alcoholics anonymous", "alcoholicos", "mujeres", "women aa"] {
        assert_eq!(finds(&generation, typed), ["hope"], "{typed}");
    }
    let mut query = asks("halfway ");
    query.words[0].synonyms = vec![vec!["recovery".into(), "residence".into()]];
    let answer = generation.search(&query, 10);
    assert_eq!(keys(&answer), ["elm"], "both words of a phrase stand together");
    assert_eq!(answer.hits[0].tier, 1);
}

#[test]
fn a_word_that_fits_nothing_is_dropped_and_named() {
    let generation = generation(&some());
    let answer = generation.search(&asks("serenity zzzz "), 10);
    assert_eq!(keys(&answer), ["serenity", "esteem"]);
    let relaxed = answer.relaxed.unwrap();
    assert_eq!((relaxed.words().collect::<Vec<_>>(), relaxed.fitting), (vec!["zzzz"], 0));
    assert!(answer.hits.iter().all(|hit| hit.tier == 4));
    let nothing = generation.search(&asks("qqqq zzzz "), 10);
    assert_eq!((nothing.total, nothing.hits.len(), nothing.relaxed), (0, 0, None));
}

#[test]
fn with_nothing_typed_the_next_meeting_comes_first_and_the_rest_by_name() {
    let at = |key, day, hour: u16| weekly(meeting(key, "Same"), day, hour * 60);
    let mut suspended = at("suspended", Weekday::Sunday, 13);
    suspended.attendance = Some(Attendance::Suspended);
    let topic = |key, name: &str| Record::new(RecordId::new("t", key), name, Details::Topic(Topic::default()));
    let mut west = at("west", Weekday::Sunday, 14);
    west.times[0].zone = "America/Los_Angeles".into();
    let generation = generation(&[
        topic("zebra", "zebra"),
        topic("apple", "Apple"),
        at("tomorrow", Weekday::Monday, 7),
        west,
        at("soon", Weekday::Sunday, 16),
        at("this-morning", Weekday::Sunday, 8),
        suspended,
    ]);
    let everything = generation.search(&asks(""), 10);
    assert_eq!(keys(&everything), ["soon", "west", "tomorrow", "this-morning", "apple", "suspended", "zebra"]);
    assert_eq!(everything.hits[1].next.as_ref().unwrap().start.timestamp().to_string(), "2026-11-22T22:00:00Z");
    assert_eq!(everything.hits[5].next, None, "what is suspended does not happen");
    assert_eq!(everything.facets.of(Facet::Day), [("sunday".to_owned(), 3), ("monday".to_owned(), 1)]);
    assert_eq!(keys(&generation.search(&asks("same"), 4)), ["soon", "west", "tomorrow", "this-morning"]);
}

#[test]
fn among_equals_the_nearer_comes_first_and_what_is_online_has_no_distance() {
    let at = |key, latitude, attendance| {
        let mut record = meeting(key, "Same");
        record.attendance = Some(attendance);
        record.place = Some(Box::new(Place { point: Some(Point { latitude, longitude: -74.0 }), ..Place::default() }));
        record
    };
    let generation = generation(&[
        at("far", 41.0, Attendance::InPerson),
        at("near", 40.01, Attendance::Hybrid),
        at("online", 40.0, Attendance::Online),
    ]);
    let mut query = asks("same");
    query.here.point = Some(Point { latitude: 40.0, longitude: -74.0 });
    let answer = generation.search(&query, 10);
    let metres = |at: usize| answer.hits[at].distance_m;
    assert_eq!(answer.hits[0].record.id.as_str(), "t:near");
    assert!((1_100.0..1_130.0).contains(&metres(0).unwrap()), "{:?}", metres(0));
    let online = answer.hits.iter().find(|hit| hit.record.id.as_str() == "t:online").unwrap();
    assert_eq!(online.distance_m, None);
}

#[test]
fn what_begins_sooner_in_another_part_of_the_country_comes_later() {
    let at = |key, latitude, hour: u16| {
        let mut record = weekly(meeting(key, "Same"), Weekday::Sunday, hour * 60);
        record.place = Some(Box::new(Place { point: Some(Point { latitude, longitude: -74.0 }), ..Place::default() }));
        record
    };
    let generation = generation(&[at("far", 45.0, 14), at("here", 40.1, 16)]);
    let mut query = asks("");
    query.here.point = Some(Point { latitude: 40.0, longitude: -74.0 });
    assert_eq!(keys(&generation.search(&query, 2)), ["here", "far"]);
}

#[test]
fn the_freshest_count_of_free_beds_comes_first() {
    let house = |key, free, day: i8| {
        let counted = Some(date(2026, 11, day).at(9, 0, 0, 0));
        let home = Residence { beds: Some(crate::record::Beds { free, counted }), ..Residence::default() };
        Record::new(RecordId::new("t", key), "Same", Details::Housing(home.into()))
    };
    let houses =
        [house("week", 1, 16), house("none", 0, 22), house("old", 4, 3), house("today", 1, 22), house("few", 1, 20)];
    assert_eq!(keys(&generation(&houses).search(&asks(""), 9)), ["today", "few", "week", "old", "none"]);
}

#[test]
fn what_is_open_now_says_so() {
    let mut line = Record::new(RecordId::new("t", "line"), "Helpline", Details::Topic(Topic::default()));
    line.times = vec![Recurrence::open(ZONE, Days::EVERY, 9 * 60, 17 * 60)];
    let answer = generation(&[line]).search(&asks("helpline"), 1);
    assert_eq!(answer.hits[0].next.as_ref().unwrap().start, here().now.with().hour(9).build().unwrap());
}

#[test]
fn constraints_narrow_and_everything_is_counted() {
    let generation = generation(&some());
    let counts = generation.counts();
    assert_eq!((counts.records, counts.kinds), (5, [3, 1, 0, 0, 1, 0]));
    assert_eq!(counts.feeds, BTreeMap::from([("t".to_owned(), 5)]));
    let narrowed = |constraint| {
        let mut query = asks("");
        query.constraints = vec![constraint];
        generation.search(&query, 10)
    };
    assert_eq!(keys(&narrowed(Constraint::kind(Kind::Housing))), ["elm"]);
    assert_eq!(keys(&narrowed(on(Weekday::Tuesday))), ["anonymous"]);
    assert_eq!(narrowed(Constraint::door(Door::Meetings)).total, 3);
    assert_eq!(narrowed(Constraint::door(Door::Treatment)).total, 0);
}

#[test]
fn a_record_is_given_back_as_it_was_put_in() {
    let records = some();
    let generation = generation(&records);
    for record in &records {
        assert_eq!(generation.record(&record.id).as_deref(), Some(record));
    }
    assert_eq!(generation.record(&RecordId::from("t:nobody")), None);
}

#[test]
fn an_empty_directory_answers_too() {
    for generation in [generation(&[]), Generation::default()] {
        assert_eq!(generation.search(&asks("serenity"), 10), Answer::default());
        assert_eq!(generation.counts().records, 0);
    }
}

#[test]
fn what_was_built_on_disk_answers_like_memory() {
    let folder = tempfile::tempdir().unwrap();
    Generation::build(folder.path(), &some(), &Vocabulary::default()).unwrap();
    let opened = Generation::open(folder.path()).unwrap();
    let memory = generation(&some());
    for typed in ["", "s", "serenity", "serinity", "group", "anonymous downtown", "555"] {
        assert_eq!(opened.search(&asks(typed), 10), memory.search(&asks(typed), 10), "{typed}");
    }
    assert!(Generation::build(folder.path(), &some(), &Vocabulary::default()).is_err(), "it stands there for ever");
}

#[test]
fn what_is_no_generation_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Generation::open(folder.path()), Err(OpenError::Unreadable(_))));
    Generation::build(folder.path(), &some(), &Vocabulary::default()).unwrap();
    let about = folder.path().join(ABOUT);
    let text = fs::read_to_string(&about).unwrap();
    fs::write(&about, text.replace(&format!("\"format\":{FORMAT}"), "\"format\":99")).unwrap();
    assert!(matches!(Generation::open(folder.path()), Err(OpenError::OtherFormat { found: 99 })));
    fs::write(&about, "{").unwrap();
    assert!(matches!(Generation::open(folder.path()), Err(OpenError::Damaged(_))));
}
