//! What is typed: twelve classes of questions and sentences that mix them, each in its share, as visitors type them.

use std::fmt::Write as _;
use std::path::Path;

use index::record::{Details, Kind, Record};

use crate::generator::{Dice, Towns, slipped};

/// The classes, with how many of three hundred questions are of each.
const SHARES: [(&str, usize); 13] = [
    ("one word", 30),
    ("beginning", 18),
    ("several words", 36),
    ("slips", 45),
    ("synonyms", 27),
    ("time", 30),
    ("place", 30),
    ("who and how", 24),
    ("housing", 15),
    ("publications", 9),
    ("Spanish", 12),
    ("danger, nothing", 9),
    ("sentences", 15),
];

const SYNONYMS: [&str; 18] = [
    "aa",
    "na",
    "narcan",
    "halfway house",
    "sober house",
    "rehab",
    "therapist for addiction",
    "12 step",
    "mat clinic",
    "al anon",
    "suboxone doctor",
    "detox",
    "atheist meeting",
    "zoom",
    "big book",
    "support group",
    "homeless",
    "ca",
];
const TIMES: [&str; 18] = [
    "tonight",
    "tomorrow morning",
    "sunday 7pm",
    "after 6",
    "noon",
    "this weekend",
    "starting soon",
    "open now",
    "aa sunday morning",
    "monday night",
    "na meeting today",
    "meetings at 8 pm",
    "tuesday noon",
    "wednesday",
    "friday night candlelight",
    "saturday morning women",
    "early morning",
    "thursday after 5pm",
];
const WHO: [&str; 16] = [
    "women",
    "young people",
    "lgbt beginners",
    "spanish speaking",
    "wheelchair",
    "online",
    "by phone",
    "childcare",
    "online spanish",
    "mens stag",
    "gay men",
    "veterans",
    "seniors",
    "asl",
    "newcomers open",
    "secular",
];
const HOUSING: [&str; 10] = [
    "sober living that takes suboxone",
    "house for women with kids",
    "bed available",
    "oxford house",
    "level 2",
    "mens house under $150 a week",
    "sober living",
    "recovery residence methadone",
    "halfway house for women",
    "house with beds that takes medication",
];
const SPANISH: [&str; 10] = [
    "reunión esta noche",
    "casa para mujeres",
    "ayuda para mi hijo",
    "crisis",
    "grupo nueva vida",
    "reuniones en línea",
    "alcohólicos anónimos",
    "domingo por la mañana",
    "clinica de metadona",
    "cerca de mi",
];
const DANGER: [&str; 9] = [
    "i want to die",
    "overdose",
    "asdfgh",
    "zbigniew wrzeszcz",
    "kill myself",
    "suicide",
    "qwertyuiop",
    "xyzzy plugh",
    "hurt myself",
];

/// One question.
pub(crate) struct Question {
    pub(crate) class: String,
    pub(crate) typed: String,
}

/// The questions to a directory of these records: the same number of records always gives the same ones.
pub(crate) fn questions(records: &[Record], towns: &Towns) -> Vec<Question> {
    let mut dice = Dice::new(99);
    let mut all = Vec::new();
    for (class, share) in SHARES {
        for nth in 0..share {
            let typed = typed(class, nth, records, towns, &mut dice).to_lowercase();
            all.push(Question { class: class.to_owned(), typed });
        }
    }
    for at in (1..all.len()).rev() {
        all.swap(at, dice.roll(at + 1));
    }
    all
}

fn typed(class: &str, nth: usize, records: &[Record], towns: &Towns, dice: &mut Dice) -> String {
    let record = &records[dice.roll(records.len())];
    let name = &record.name.plain;
    match class {
        "one word" if nth.is_multiple_of(3) => {
            dice.any(&["serenity", "trauma", "esteem", "suboxone", "candlelight"]).to_owned()
        }
        "one word" => longest(name, dice.chance(50)),
        "beginning" => name.chars().take(2 + dice.roll(4)).collect(),
        "several words" => several(record, dice),
        "slips" => slips(name, towns, dice),
        "synonyms" => SYNONYMS[nth % SYNONYMS.len()].to_owned(),
        "time" => TIMES[nth % TIMES.len()].to_owned(),
        "place" => place(record, towns, dice),
        "who and how" if nth.is_multiple_of(2) => format!("{} {}", WHO[nth % WHO.len()], towns.any(dice).name),
        "who and how" => WHO[nth % WHO.len()].to_owned(),
        "housing" => HOUSING[nth % HOUSING.len()].to_owned(),
        "publications" => publication(nth, records, dice),
        "Spanish" => SPANISH[nth % SPANISH.len()].to_owned(),
        "danger, nothing" => DANGER[nth % DANGER.len()].to_owned(),
        _ => sentence(nth, towns, dice),
    }
}

/// The last or the longest word of a name.
fn longest(name: &str, last: bool) -> String {
    let mut words = name.split(' ');
    let word = if last { words.next_back() } else { words.max_by_key(|word| word.len()) };
    word.unwrap_or_default().to_owned()
}

fn several(record: &Record, dice: &mut Dice) -> String {
    let name = &record.name.plain;
    let mut words: Vec<&str> = name.split(' ').collect();
    match (dice.roll(4), &record.place) {
        (0, _) if words.len() > 2 => words.rotate_left(1),
        (1, Some(place)) if !place.name.is_empty() => words.extend(place.name.split(' ').take(2)),
        (2, _) if !record.summary.is_empty() => words = record.summary.plain.split(' ').take(3).collect(),
        _ => {}
    }
    words.join(" ")
}

fn slips(name: &str, towns: &Towns, dice: &mut Dice) -> String {
    const TYPED: [&str; 9] = [
        "alcholics anonymus",
        "serinity",
        "metings",
        "recvery huse",
        "mens metting",
        "narcotic anonimous",
        "begginers",
        "suboxon",
        "spirtual awakning",
    ];
    match dice.roll(4) {
        0 => dice.any(&TYPED).to_owned(),
        1 => slipped(&longest(name, false), dice),
        2 => format!("{} {}", slipped("meeting", dice), slipped(&towns.any(dice).name, dice)),
        _ => slipped(name, dice),
    }
}

fn place(record: &Record, towns: &Towns, dice: &mut Dice) -> String {
    let town = towns.any(dice);
    let zip = record.place.as_ref().map_or("92627", |place| &place.postal_code);
    match dice.roll(8) {
        0 => format!("near {}", town.quarter(dice)),
        1 => town.name.clone(),
        2 if !zip.is_empty() => zip.to_owned(),
        3 => format!("in {}", town.name),
        4 => dice.any(&["near me", "near downtown", "within 5 miles"]).to_owned(),
        5 => format!("aa {}", town.name),
        6 => format!("meetings near {}", town.name),
        _ => format!("{} {}", dice.any(&["detox", "sober living", "na meeting", "suboxone"]), town.name),
    }
}

fn publication(nth: usize, records: &[Record], dice: &mut Dice) -> String {
    const TYPED: [&str; 4] =
        ["pep12 recdef", "booklet about self esteem", "something in spanish to read", "tip families"];
    if nth % 3 == 2 {
        return TYPED[nth / 3 % TYPED.len()].to_owned();
    }
    let from = dice.roll(records.len());
    let mut papers = records[from..].iter().chain(records).filter(|record| record.kind() == Kind::Publication);
    let id = papers.next().and_then(|record| match &record.details {
        Details::Publication(publication) => publication.ids.first().cloned(),
        _ => None,
    });
    let id = id.unwrap_or_else(|| "SMA-3720".to_owned());
    if nth.is_multiple_of(2) { id } else { id.replace('-', "") }
}

fn sentence(nth: usize, towns: &Towns, dice: &mut Dice) -> String {
    let town = towns.any(dice);
    match nth % 6 {
        0 => format!("womens meeting tonigt near {}", town.quarter(dice)),
        1 => "aa sunday morning with childcare".to_owned(),
        2 => format!("where can i get narcan in {}", town.name),
        3 => format!("online na meeting for beginners tonight {}", town.state),
        4 => format!("sober living for men in {} with a bed available", town.name),
        _ => format!("spanish speaking aa near {} on monday night", town.name),
    }
}

/// Writes them down, one a line.
pub(crate) fn write(file: &Path, questions: &[Question]) {
    let mut lines = String::new();
    for question in questions {
        writeln!(lines, "{}\t{}", question.class, question.typed).unwrap();
    }
    std::fs::write(file, lines).unwrap();
}

/// Reads what was written down.
pub(crate) fn read(file: &Path) -> Vec<Question> {
    let lines = std::fs::read_to_string(file).unwrap();
    let split = lines.lines().filter_map(|line| line.split_once('\t'));
    split.map(|(class, typed)| Question { class: class.to_owned(), typed: typed.to_owned() }).collect()
}

impl Question {
    /// What stands in the line after each key.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.typed.char_indices().map(|(at, letter)| &self.typed[..at + letter.len_utf8()])
    }
}
