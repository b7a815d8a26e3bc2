//! Answers made by hand, over records of the starter pack: what the glass does with them does not depend on what the
//! engine understands.

use index::query::{Answer, Constraint, Day, Facet, Facets, Here, Hit, Place, Query, Section, Span, Value, Wish, Word};
use index::record::Kind;
use jiff::Zoned;
use porchlight::event::{Question, Reply};

use crate::glass::{TUESDAY_EVENING, starter};

/// A wish that was typed as these words, where they stand in what was typed.
pub(crate) fn typed(wish: Wish, words: &str, question: &Question) -> Option<Constraint> {
    let at = question.typed.find(words)?;
    let end = at + words.len();
    let end = end + usize::from(question.typed[end..].starts_with(' '));
    Some(Constraint { wish, from: words.to_owned(), at: std::iter::once(at..end).collect(), instead: Vec::new() })
}

pub(crate) fn has(facet: Facet, key: &str) -> Wish {
    Wish::Has(vec![Value::new(facet, key)])
}

pub(crate) fn tonight() -> Wish {
    let now: Zoned = TUESDAY_EVENING.parse().unwrap();
    let (from, until) = (now.datetime(), now.datetime().tomorrow().unwrap());
    Wish::Day(Day::Span { name: Span::Tonight, from, until })
}

pub(crate) fn downtown() -> Place {
    Place { name: "Downtown".to_owned(), key: "downtown".to_owned(), point: None }
}

/// The constraints of an answer: what was typed, then door and chosen values.
pub(crate) fn constraints(question: &Question, typed: impl IntoIterator<Item = Option<Constraint>>) -> Vec<Constraint> {
    let door = question.door.map(Constraint::door);
    let chosen = question.chosen.iter().cloned().map(Constraint::chosen);
    typed.into_iter().flatten().chain(door).chain(chosen).collect()
}

/// Meetings of the starter pack as hits of a section, from the one with this number on.
pub(crate) fn hits(from: usize, how_many: usize, section: Section) -> Vec<Hit> {
    let now: Zoned = TUESDAY_EVENING.parse().unwrap();
    let mut query = Query::new(Here { now, point: None });
    query.constraints.push(Constraint::kind(Kind::Meeting));
    query.words.push(Word::plain("riverbend"));
    let found = starter().search(&query, from + how_many);
    let hits = found.hits.into_iter().skip(from);
    hits.map(|hit| Hit { section, tier: 0, ..hit }).collect()
}

/// Counts, written short: `who/women 5`.
pub(crate) fn facets(counts: &[(Facet, &[(&str, u64)])]) -> Facets {
    let told = |values: &[(&str, u64)]| values.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect();
    Facets::new(counts.iter().map(|(facet, values)| (*facet, told(values))).collect())
}

/// Women's meetings tonight near Downtown, of which there are twelve until something is chosen.
pub(crate) fn women_tonight(question: &Question) -> Reply {
    let typed = [
        typed(has(Facet::Who, "women"), "women", question),
        typed(tonight(), "tonight", question),
        typed(Wish::Near(downtown()), "near downtown", question),
    ];
    let evening = question.chosen.iter().any(|value| value.facet == Facet::Part);
    let total: u64 = if evening { 4 } else { 12 };
    let fellowships: Vec<(String, u64)> =
        ["aa", "na", "al-anon", "smart", "ca", "ma", "oa", "ga", "aca", "nar-anon", "lifering", "slaa"]
            .iter()
            .zip(0..)
            .map(|(key, place)| ((*key).to_owned(), 12 - place))
            .collect();
    let mut counts: Vec<(Facet, Vec<(String, u64)>)> = [
        (Facet::Kind, vec![("meeting", total)]),
        (Facet::Door, vec![("meetings", total), ("family", 3)]),
        (Facet::Day, vec![("monday", 2), ("tuesday", total), ("wednesday", 5)]),
        (Facet::Part, vec![("evening", 4), ("night", 8), ("morning", 0)]),
        (Facet::Distance, vec![("5", total), ("2", 3), ("1", 2)]),
        (Facet::Who, if evening { vec![("women", 4)] } else { vec![("women", 12), ("young-people", 3)] }),
    ]
    .into_iter()
    .map(|(facet, values)| (facet, values.into_iter().map(|(key, count)| (key.to_owned(), count)).collect()))
    .collect();
    counts.push((Facet::Fellowship, fellowships));
    let mut hits = hits(0, usize::try_from(total).unwrap(), Section::Fits);
    for (hit, miles) in hits.iter_mut().zip(1_u32..) {
        hit.distance_m = Some(f64::from(miles) * 1609.344);
    }
    let answer = Answer { total, hits, facets: Facets::new(counts), ..Answer::default() };
    Reply { constraints: constraints(question, typed), answer, ..Reply::default() }
}

/// So many that fit, three that do not say it, two online.
pub(crate) fn sections(question: &Question, fits: usize) -> Reply {
    let typed = [typed(has(Facet::Who, "women"), "women", question), typed(Wish::In(downtown()), "downtown", question)];
    let mut all = hits(0, fits, Section::Fits);
    all.extend(hits(2, 3, Section::Unsaid));
    all.extend(hits(5, 2, Section::Online));
    let counts = facets(&[(Facet::Part, &[("evening", 1), ("night", 1)])]);
    let answer = Answer { total: fits as u64, beside: [0, 3, 2], hits: all, facets: counts, ..Answer::default() };
    Reply { constraints: constraints(question, typed), answer, ..Reply::default() }
}
