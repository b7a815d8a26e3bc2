//! Facets: the count of a value is what choosing it gives; and what was typed and chosen, tried against a scan.

use jiff::Span;
use jiff::civil::{DateTime, date};
use proptest::collection::vec;
use proptest::prelude::*;

use super::search::Words;
use super::*;
use crate::query::{Clock, Day, Part, Place as Somewhere, Section, Wish};
use crate::record::{Attendance, Beds, Level, Moud, Openness, Pathway, Remark, Said, Term};
use crate::schedule::{Dates, Rule, Weeks};

const CENTRE: Point = Point { latitude: 40.0, longitude: -74.0 };

fn time() -> impl Strategy<Value = Recurrence> {
    let days = || (1..128_u8).prop_map(Days::from_bits);
    let minute = || (0..96_u16).prop_map(|quarter| quarter * 15);
    prop_oneof![
        6 => (days(), minute()).prop_map(|(days, start)| Recurrence::weekly(ZONE, days, start, Some(60))),
        2 => (days(), minute(), 1..6_u8).prop_map(|(days, start, nth)| {
            Recurrence::monthly(ZONE, days, Weeks::nth(nth).unwrap(), start, None)
        }),
        2 => (days(), minute(), minute()).prop_map(|(days, from, until)| Recurrence::open(ZONE, days, from, until)),
        1 => Just(Recurrence::round_the_clock(ZONE)),
        1 => Just(Recurrence::by_appointment(ZONE)),
    ]
}

fn some_of(words: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    proptest::sample::subsequence(words, 0..=words.len()).prop_map(|some| some.into_iter().map(str::to_owned).collect())
}

fn terms(words: &'static [&'static str]) -> impl Strategy<Value = Vec<Term>> {
    some_of(words).prop_map(|words| words.into_iter().map(Term::new).collect())
}

fn details() -> impl Strategy<Value = Details> {
    let open = proptest::option::of(prop_oneof![Just(Openness::Open), Just(Openness::Closed)]);
    let home = (any::<bool>(), any::<bool>(), any::<bool>());
    prop_oneof![
        3 => (open, terms(&["speaker", "newcomers"])).prop_map(|(open, style)| {
            Details::Meeting(Meeting { open, style, ..Meeting::default() })
        }),
        1 => home.prop_map(|(moud, children, beds)| Details::Housing(Box::new(Residence {
            moud: Some(if moud { Moud::CaseByCase } else { Moud::No }),
            children: Some(children),
            beds: Some(Beds { free: u32::from(beds), counted: None }),
            level: Some(Level::Monitored),
            fee: if children { "$150 a week".into() } else { "$800 a month".into() },
            ..Residence::default()
        }))),
        1 => Just(Details::Topic(Topic::default())),
    ]
}

/// Some days around the moment of the question, mostly with an end.
fn dates() -> impl Strategy<Value = Dates> {
    let length = proptest::option::weighted(0.9, prop_oneof![0..12_i64, 0..200_i64]);
    (proptest::option::weighted(0.8, -9..12_i64), length).prop_map(|(ahead, length)| {
        let from = moment().date() + Span::new().days(ahead.unwrap_or(0));
        Dates { from: ahead.map(|_| from), until: length.map(|length| from + Span::new().days(length)) }
    })
}

/// What staff say: rarely anything.
fn remarks() -> impl Strategy<Value = Vec<Remark>> {
    let what = prop_oneof![
        2 => Just(Said::Hidden),
        4 => Just(Said::Closed(String::new())),
        1 => Just(Said::Note("Marble".into()))
    ];
    let remark = (dates(), what).prop_map(|(dates, what)| Remark { dates, what });
    prop_oneof![3 => Just(Vec::new()), 1 => vec(remark, 1..3)]
}

fn listing() -> impl Strategy<Value = Record> {
    let how = proptest::option::of(proptest::sample::select(&Attendance::ALL[..]));
    let place = (0..60_i32, proptest::sample::select(&["Elm", "Oak Hill", ""][..]));
    let facts = (terms(&["women", "men", "young-people"]), some_of(&["en", "es"]), terms(&["wheelchair"]), how);
    let paths = (some_of(&["aa"]), proptest::option::of(proptest::sample::select(&Pathway::ALL[..])));
    let all = (details(), vec(time(), 0..3), facts, place, paths, remarks());
    all.prop_map(|(details, times, facts, place, paths, remarks)| {
        let mut record = Record::new(RecordId::new("t", ""), "Marble", details);
        record.desk = remarks;
        (record.who, record.languages, record.access, record.attendance) = facts;
        record.times = times;
        record.fellowship = paths.0.into_iter().next();
        record.pathways = paths.1.into_iter().collect();
        let (away, city) = place;
        let point = Point { latitude: 40.0 + f64::from(away) / 100.0, longitude: -74.0 };
        record.place =
            Some(Box::new(Place { city: city.into(), point: (away > 5).then_some(point), ..Place::default() }));
        record
    })
}

fn listings() -> impl Strategy<Value = Vec<Record>> {
    vec(listing(), 1..40).prop_map(|mut records| {
        for (at, record) in records.iter_mut().enumerate() {
            record.id = RecordId::new("t", &format!("{at:03}"));
        }
        records
    })
}

fn value(facet: Facet, key: &str) -> Wish {
    Wish::Has(vec![Value::new(facet, key)])
}

/// A stretch from now: hours until it begins, and its length.
fn span(ahead: i64, hours: i64) -> Wish {
    let from = moment().datetime() + Span::new().hours(ahead);
    Wish::Day(Day::Span { name: crate::query::Span::Tonight, from, until: from + Span::new().hours(hours) })
}

fn wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        Just(value(Facet::Who, "women")),
        Just(value(Facet::Language, "es")),
        Just(value(Facet::Access, "wheelchair")),
        Just(value(Facet::How, "online")),
        Just(value(Facet::Kind, "meeting")),
        Just(value(Facet::Fellowship, "aa")),
        (0..7_i8).prop_map(|day| Wish::Day(Day::Weekday(Weekday::from_sunday_zero_offset(day).unwrap()))),
        (0..60_i64, 1..40_i64).prop_map(|(ahead, hours)| span(ahead, hours)),
        proptest::sample::select(vec![Part::Morning, Part::Noon, Part::Night])
            .prop_map(|p| Wish::Clock(Clock::part(p))),
        (0..48_u16).prop_map(|half| Wish::Clock(Clock::at(half * 30))),
        (0..24_u16).prop_map(|hour| Wish::Clock(Clock::after(hour * 60))),
        Just(Wish::Now),
        Just(Wish::In(elm())),
        Just(Wish::Within(Somewhere::here(Some(CENTRE)), 20.0)),
        Just(Wish::Near(elm())),
        Just(Wish::Fee(160)),
    ]
}

fn elm() -> Somewhere {
    Somewhere { name: "Elm".into(), key: "elm".into(), point: Some(CENTRE) }
}

fn chosen() -> impl Strategy<Value = Value> {
    proptest::sample::select(vec![
        (Facet::Day, "sunday"),
        (Facet::Day, "tuesday"),
        (Facet::Part, "morning"),
        (Facet::Part, "night"),
        (Facet::Who, "women"),
        (Facet::Who, "men"),
        (Facet::Kind, "meeting"),
        (Facet::How, "online"),
        (Facet::Distance, "10"),
        (Facet::Housing, "beds"),
    ])
    .prop_map(|(facet, key)| Value::new(facet, key))
}

/// A Tuesday evening.
fn moment() -> jiff::Zoned {
    date(2026, 11, 24).at(17, 30, 0, 0).to_zoned(crate::schedule::zone(ZONE).unwrap()).unwrap()
}

fn question(wishes: Vec<Wish>, chosen: &[Value]) -> Query {
    let mut query = Query::new(Here { now: moment(), point: Some(CENTRE) });
    let typed = |wish| Constraint { wish, from: "x".into(), at: std::iter::once(0..1).collect(), instead: Vec::new() };
    query.constraints = wishes.into_iter().map(typed).collect();
    query.constraints.extend(chosen.iter().cloned().map(Constraint::chosen));
    query
}

/// When a meeting can still be come to, from the day before yesterday's evening to the horizon: its starts.
fn starts(time: &Recurrence) -> Vec<DateTime> {
    let Rule::Weekly { days, weeks, start, .. } = time.rule else { return Vec::new() };
    let now = moment().datetime();
    let all = (-1..400_i32).map(|ahead| now.date() + Span::new().days(ahead));
    all.filter(|date| days.contains(date.weekday()) && weeks.contains(*date))
        .map(|date| date.to_datetime(jiff::civil::Time::midnight()) + Span::new().minutes(i64::from(start)))
        .filter(|start| *start + Span::new().minutes(15) >= now)
        .collect()
}

/// Whether a start is at a time that was asked for.
fn is_in_time(start: DateTime, wishes: &[Wish], chosen: &[Value]) -> bool {
    let now = moment().datetime();
    let minute = u16::from(start.hour().unsigned_abs()) * 60 + u16::from(start.minute().unsigned_abs());
    let days: Vec<&Day> =
        wishes.iter().filter_map(|wish| if let Wish::Day(day) = wish { Some(day) } else { None }).collect();
    let clocks: Vec<&Clock> =
        wishes.iter().filter_map(|wish| if let Wish::Clock(clock) = wish { Some(clock) } else { None }).collect();
    let fits_day = |late: i64| {
        let counted = start - Span::new().days(late);
        days.is_empty()
            || days.iter().any(|day| match day {
                Day::Weekday(day) => counted.weekday() == *day,
                Day::Span { from, until, .. } => {
                    let begun = *from <= now && start <= now && late == 0
                        || *from + Span::new().days(late) <= now && start <= now;
                    (counted >= *from || begun) && counted < *until
                }
            })
    };
    let fits = |late: u16| {
        let at = minute + late * 1440;
        // An hour and a part of the day both hold; of two hours, or of two parts, one does.
        let of_kind = |part: bool| {
            let mut of_kind = clocks.iter().filter(move |clock| clock.part.is_some() == part).peekable();
            of_kind.peek().is_none() || of_kind.any(|clock| (clock.from..clock.until).contains(&at))
        };
        let clock = if clocks.is_empty() { late == 0 } else { of_kind(true) && of_kind(false) };
        clock && fits_day(i64::from(late))
    };
    let now_fits = !wishes.contains(&Wish::Now) || start <= now + Span::new().minutes(60);
    let chosen_of = |facet| chosen.iter().filter(move |value| value.facet == facet).peekable();
    let day = chosen_of(Facet::Day).peek().is_none()
        || chosen_of(Facet::Day).any(|value| weekday(start.weekday()) == value.key);
    let in_part = |value: &Value| {
        let (from, until) = Part::of_word(&value.key).unwrap().minutes();
        [minute, minute + 1440].iter().any(|minute| (from..until).contains(minute))
    };
    let part = chosen_of(Facet::Part).peek().is_none() || chosen_of(Facet::Part).any(in_part);
    (fits(0) || fits(1)) && now_fits && day && part
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whatever was typed and chosen: of each value of each facet the count is what is found once it is chosen instead
    /// of what is chosen in its facet.
    #[test]
    fn a_count_is_what_choosing_gives(
        records in listings(), wishes in vec(wish(), 0..3), taken in vec(chosen(), 0..3)
    ) {
        let generation = generation(&records);
        let opened = generation.0.as_ref().unwrap();
        // Without what a search does when nothing fits.
        let asked = |query: &Query| opened.found(query, &query.constraints, &[], Words::Known, 0).unwrap();
        let answer = asked(&question(wishes.clone(), &taken));
        for (facet, values) in answer.facets.iter() {
            for (key, count) in values {
                let mut instead: Vec<Value> = taken.iter().filter(|value| value.facet != facet).cloned().collect();
                instead.push(Value::new(facet, key.clone()));
                let found = asked(&question(wishes.clone(), &instead));
                prop_assert_eq!(found.total, *count, "{:?} {}, typed {:?}, chosen {:?}", facet, key, &wishes, &taken);
            }
        }
    }

    /// What staff hide today is in no answer and in no count, whatever was asked.
    #[test]
    fn what_is_hidden_is_nowhere(
        records in listings(), wishes in vec(wish(), 0..3), taken in vec(chosen(), 0..3)
    ) {
        let today = moment().date();
        let shown: Vec<Record> = records.iter().filter(|record| !record.is_hidden(today)).cloned().collect();
        let (whole, without) = (generation(&records), generation(&shown));
        let query = Query { names: vec!["marble".into()], ..question(wishes, &taken) };
        let (found, wanted) = (whole.search(&query, 100), without.search(&query, 100));
        prop_assert_eq!((found.total, found.beside), (wanted.total, wanted.beside));
        // A value that was chosen is told with no listings, as far as the directory knows it at all.
        let counted = |answer: &Answer| -> Vec<(Facet, String, u64)> {
            let all = answer.facets.iter().flat_map(|(facet, values)| values.iter().map(move |value| (facet, value)));
            all.filter(|(_, (_, count))| *count > 0).map(|(facet, (key, count))| (facet, key.clone(), *count)).collect()
        };
        prop_assert_eq!(counted(&found), counted(&wanted));
        prop_assert_eq!(keys(&found), keys(&wanted));
        prop_assert_eq!((whole.counts_on(today).doors, whole.counts().records),
            (without.counts().doors, records.len() as u64));
    }

    /// A meeting is found exactly when one of its starts is at a time that was asked for and not on a day on which it is
    /// closed; and the start that is told is such a one, the first of them unless an hour was named.
    #[test]
    fn a_time_is_kept_to(
        times in vec(time(), 1..3), wishes in vec(wish(), 1..3), taken in vec(chosen(), 0..2),
        closed in vec(dates(), 0..2)
    ) {
        let wishes: Vec<Wish> = wishes.into_iter().filter(Wish::is_time).collect();
        let taken: Vec<Value> =
            taken.into_iter().filter(|value| matches!(value.facet, Facet::Day | Facet::Part)).collect();
        let weekly: Vec<Recurrence> =
            times.into_iter().filter(|time| matches!(time.rule, Rule::Weekly { .. })).collect();
        prop_assume!(!(weekly.is_empty() || wishes.contains(&Wish::Now) && wishes.len() > 1));
        let mut fitting: Vec<DateTime> =
            weekly.iter().flat_map(starts).filter(|start| is_in_time(*start, &wishes, &taken)).collect();
        fitting.retain(|start| !closed.iter().any(|dates| dates.hold(start.date())));
        fitting.sort_unstable();
        let closed = closed.into_iter().map(|dates| Remark { dates, what: Said::Closed(String::new()) });
        let record = Record { times: weekly, desk: closed.collect(), ..meeting("m", "Marble") };
        let generation = generation(&[record]);
        let query = question(wishes.clone(), &taken);
        let opened = generation.0.as_ref().unwrap();
        let found = opened.found(&query, &query.constraints, &[], Words::Known, 1).unwrap();
        // What is closed for good is found all the same, where no time is asked for; and no start of it is told.
        let is_asked = !(wishes.is_empty() && taken.is_empty());
        prop_assert_eq!(found.total > 0, !(is_asked && fitting.is_empty()), "{:?} {:?}", fitting.first(), &wishes);
        if fitting.is_empty() {
            prop_assert!(found.hits.iter().all(|hit| hit.next.is_none()));
            return Ok(());
        }
        if let Some(hit) = found.hits.first() {
            let told = hit.next.as_ref().unwrap().start.datetime();
            prop_assert!(fitting.contains(&told), "{} is not among {:?}", told, fitting);
            if !wishes.iter().any(|wish| matches!(wish, Wish::Clock(Clock { at: Some(_), .. }))) {
                prop_assert_eq!(told, fitting[0]);
            }
        }
    }

    /// What stands among what fits has every wished value; what may fit lacks it and does not deny it.
    #[test]
    fn sections_say_what_they_hold(records in listings()) {
        let generation = generation(&records);
        let answer = generation.search(&question(vec![value(Facet::Who, "women"), Wish::In(elm())], &[]), 100);
        for hit in &answer.hits {
            let says = |term: &str| hit.record.who.iter().any(|who| who.as_str() == term);
            let placeless = hit.record.kind() == Kind::Meeting
                && matches!(hit.record.attendance, Some(Attendance::Online | Attendance::Phone));
            let in_elm = hit.record.place.as_ref().is_some_and(|place| place.city == "Elm");
            if answer.relaxed.is_none() {
                match hit.section {
                    Section::Fits => prop_assert!(says("women") && in_elm && !placeless),
                    Section::Unsaid => prop_assert!(!says("women") && !says("men") && in_elm && !placeless),
                    Section::Online => prop_assert!(says("women") && placeless),
                    Section::About => prop_assert!(false, "no name says women"),
                }
            }
        }
        prop_assert!(answer.hits.windows(2).all(|pair| pair[0].section <= pair[1].section));
    }
}
