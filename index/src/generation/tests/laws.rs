//! What holds for every directory and every question, tried on small ones against a scan of all records.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::query::Wish;

/// Words that share beginnings, but no stem, and that no fact is told by.
const WORDS: [&str; 12] =
    ["sal", "salt", "salamander", "mar", "marble", "marsh", "ñu", "tundra", "tun", "12", "1242", "zigzag"];

fn word() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(&WORDS[..])
}

/// Words of the name, of the summary, of the town; a kind; days and minutes.
type Row = (Vec<&'static str>, Vec<&'static str>, &'static str, u8, Vec<(u8, u16)>);

fn records() -> impl Strategy<Value = Vec<Record>> {
    let one = (vec(word(), 1..4), vec(word(), 0..4), word(), 0..3_u8, vec((0..7_u8, 0..1440_u16), 0..3));
    vec(one, 0..40).prop_map(|rows| {
        let record = |(at, row): (usize, Row)| {
            let (name, notes, city, kind, times) = row;
            let details = match kind {
                0 => Details::Meeting(Meeting::default()),
                1 => Details::Housing(Box::default()),
                _ => Details::Topic(Topic::default()),
            };
            let mut record = Record::new(RecordId::new("t", &at.to_string()), name.join(" "), details);
            record.summary.plain = notes.join(" ");
            record.place = Some(Box::new(Place { city: city.into(), ..Place::default() }));
            let time = |(day, minute)| Recurrence::weekly(ZONE, Days::from_sunday_index(day).unwrap(), minute, None);
            record.times = times.into_iter().map(time).collect();
            record
        };
        rows.into_iter().enumerate().map(record).collect()
    })
}

fn question() -> impl Strategy<Value = Query> {
    let constraint = prop_oneof![
        proptest::sample::select(&Kind::ALL[..]).prop_map(Constraint::kind),
        proptest::sample::select(&Door::ALL[..]).prop_map(Constraint::door),
        (0..7_i8).prop_map(|day| on(Weekday::from_sunday_zero_offset(day).unwrap())),
    ];
    (vec((word(), 1..9_usize), 0..4), any::<bool>(), vec(constraint, 0..2)).prop_map(|(words, space, constraints)| {
        let last = words.len().saturating_sub(1);
        let cut = |(at, (word, length)): (usize, (&str, usize))| {
            let end = word.char_indices().nth(length).map_or(word.len(), |(at, _)| at);
            if at == last { text::fold(&word[..end]) } else { text::fold(word) }
        };
        let typed = words.into_iter().enumerate().map(cut).collect::<Vec<_>>().join(" ");
        Query { constraints, ..asks(&format!("{typed}{}", if space { " " } else { "" })) }
    })
}

/// The scan: all words are there, as they are or as beginnings.
fn fits(record: &Record, query: &Query) -> bool {
    let city = &record.place.as_ref().unwrap().city;
    let all = format!("{} {} {city}", record.name.plain, record.summary.plain);
    let here: Vec<String> = text::words(&all).collect();
    let has =
        |word: &Word| here.iter().any(|text| *text == word.text || word.unfinished && text.starts_with(&word.text));
    query.words.iter().all(has) && allowed(record, query)
}

fn allowed(record: &Record, query: &Query) -> bool {
    let has = |value: &Value| match value.facet {
        Facet::Kind => record.kind().word() == value.key,
        Facet::Door => record.doors().iter().any(|door| door.word() == value.key),
        Facet::Day => record.times.iter().any(|time| time.rule.days().iter().any(|day| weekday(day) == value.key)),
        _ => false,
    };
    let values = |constraint: &Constraint| match &constraint.wish {
        Wish::Has(values) => values.clone(),
        _ => Vec::new(),
    };
    let all: Vec<Value> = query.constraints.iter().flat_map(values).collect();
    // Values of one facet are alternatives.
    Facet::ALL.iter().all(|facet| {
        let mut of_facet = all.iter().filter(|value| value.facet == *facet).peekable();
        of_facet.peek().is_none() || of_facet.any(has)
    })
}

/// Words of a kind's facts, which the scan does not know, begin with these letters.
fn is_told_by_a_fact(query: &Query) -> bool {
    query.words.iter().any(|word| word.unfinished && word.text.chars().count() < 3)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Nothing that fits is lost, nothing else stands among what fits, and no constraint is overlooked.
    #[test]
    fn what_fits_is_what_a_scan_finds(records in records(), query in question()) {
        prop_assume!(!is_told_by_a_fact(&query));
        let answer = generation(&records).search(&query, records.len());
        let mut found: Vec<&str> =
            answer.hits.iter().filter(|hit| hit.tier == 0).map(|hit| hit.record.id.as_str()).collect();
        found.sort_unstable();
        let mut scanned: Vec<&str> =
            records.iter().filter(|record| fits(record, &query)).map(|record| record.id.as_str()).collect();
        scanned.sort_unstable();
        prop_assert_eq!(found, scanned);
        prop_assert!(answer.hits.iter().all(|hit| allowed(&hit.record, &query)));
    }

    /// Better tiers stand first, inside a tier better scores; the counts are those of all hits; and the first few of a
    /// long answer are a short answer.
    #[test]
    fn an_answer_is_in_order_and_adds_up(records in records(), query in question(), limit in 0..9_usize) {
        let generation = generation(&records);
        let answer = generation.search(&query, records.len());
        prop_assert_eq!(answer.total, answer.hits.len() as u64);
        for pair in answer.hits.windows(2) {
            prop_assert!((pair[0].tier, -pair[0].score) <= (pair[1].tier, -pair[1].score));
        }
        if query.constraints.is_empty() {
            for kind in Kind::ALL {
                let count = answer.hits.iter().filter(|hit| hit.record.kind() == kind).count();
                prop_assert_eq!(answer.facets.count(Facet::Kind, kind.word()), count as u64);
            }
            for door in Door::ALL {
                let count = answer.hits.iter().filter(|hit| hit.record.doors().contains(&door)).count();
                prop_assert_eq!(answer.facets.count(Facet::Door, door.word()), count as u64);
            }
        }
        let short = generation.search(&query, limit);
        prop_assert_eq!(short.total, answer.total);
        prop_assert_eq!(&short.hits[..], &answer.hits[..limit.min(answer.hits.len())]);
    }

    /// Meetings that fit equally well come in the order in which they begin.
    #[test]
    fn equals_come_soonest_first(starts in vec((0..7_u8, 0..1440_u16), 2..30)) {
        let meetings: Vec<Record> = starts.iter().enumerate().map(|(at, (day, minute))| {
            let day = Weekday::from_sunday_zero_offset(i8::try_from(*day).unwrap()).unwrap();
            weekly(meeting(&at.to_string(), "Marble"), day, *minute)
        }).collect();
        let generation = generation(&meetings);
        for typed in ["", "marble"] {
            let answer = generation.search(&asks(typed), 30);
            // What has just begun is now, whenever it was.
            let now = here().now.timestamp();
            let start = |hit: &crate::query::Hit| hit.next.as_ref().unwrap().start.timestamp().max(now);
            let starts: Vec<_> = answer.hits.iter().map(start).collect();
            prop_assert!(starts.is_sorted(), "{:?}", starts);
        }
    }

    /// The same records give the same answers, in whatever order they come.
    #[test]
    fn the_order_of_the_feeds_does_not_matter(records in records(), query in question()) {
        let mut reversed = records.clone();
        reversed.reverse();
        prop_assert_eq!(generation(&records).search(&query, 20), generation(&reversed).search(&query, 20));
    }

    /// Whatever is typed, there is an answer.
    #[test]
    fn nothing_typed_can_break_it(records in records(), typed in ".{0,80}") {
        let generation = generation(&records);
        let mut query = asks(&typed);
        if let Some(word) = query.words.first_mut() {
            word.text = typed.clone();
        }
        let answer = generation.search(&query, 10);
        prop_assert!(answer.hits.len() <= 10 && answer.hits.len() as u64 <= answer.total);
    }
}
