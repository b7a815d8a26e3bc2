use std::collections::BTreeSet;

use jiff::civil::{DateTime, date};

use super::*;
use crate::query::Day;
use crate::record::Point;

mod laws;

/// A small town's directory.
struct Town {
    words: BTreeSet<&'static str>,
    /// Names of places, and whether the word alone mostly means the place.
    places: Vec<(&'static str, bool)>,
}

impl Known for Town {
    fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    fn goes_on(&self, start: &str, family: &dyn Fn(&str) -> bool) -> bool {
        let mut longer = self.words.iter().filter(|word| word.len() > start.len() && word.starts_with(start));
        longer.any(|word| !family(word))
    }

    fn place(&self, name: &str, bare: bool) -> Option<Place> {
        let (name, _) = self.places.iter().find(|(place, alone)| *place == name && (*alone || !bare))?;
        Some(Place { name: (*name).to_owned(), key: (*name).to_owned(), point: None })
    }
}

fn town() -> Town {
    let words = "aa anonymous beach big book center closed club costa counseling county door downtown fresno friday \
        group home hope house living los lincoln meadow meeting meetings men mens mental mesa near middle mars night north \
        open orange park recovery serenity sma sober step study sunday the to women womens young 3720 92627 714";
    let places = [
        ("downtown", true),
        ("fresno", true),
        ("costa mesa", true),
        ("92627", true),
        ("orange", false),
        ("lincoln park", true),
        ("the marina", false),
        ("serenity club", false),
        ("beach", false),
        ("near meadow", false),
    ];
    Town { words: words.split_ascii_whitespace().collect(), places: places.to_vec() }
}

/// Sunday, 22 November 2026.
fn at(hour: i8, minute: i8) -> DateTime {
    date(2026, 11, 22).at(hour, minute, 0, 0)
}

fn here(now: DateTime) -> Here {
    let now = now.to_zoned(jiff::tz::TimeZone::UTC).unwrap();
    Here { now, point: Some(Point { latitude: 36.7, longitude: -119.8 }) }
}

fn asked_at(now: DateTime, typed: &str) -> Query {
    understand(typed, Vocabulary::builtin(), &town(), &here(now))
}

/// Asked at noon.
fn asked(typed: &str) -> Query {
    asked_at(at(12, 0), typed)
}

/// All that was understood, and what is left to look for: `who women, day tonight | serenity`.
fn told(query: &Query) -> String {
    let wishes: Vec<String> =
        query.constraints.iter().map(|known| format!("{} {}", known.wish.kind(), known.wish.value())).collect();
    let words: Vec<&str> = query.words.iter().map(|word| word.text.as_str()).collect();
    [wishes.join(", "), words.join(" ")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" | ")
}

/// Each question, and what is understood of it at noon.
fn check(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(typed, expected)| {
            let told = told(&asked(typed));
            (told != *expected).then(|| format!("{typed:?} is {told:?}, not {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn days_and_times() {
    check(&[
        ("tonight", "day tonight"),
        ("tomorrow morning", "day tomorrow, part morning"),
        ("sunday 7pm", "day sunday, time 19:00"),
        ("sunday 7 pm", "day sunday, time 19:00"),
        ("sunday 7", "day sunday, time 19:00"),
        ("7 tonight", "time 19:00, day tonight"),
        ("tonight at 7:30", "day tonight, time 19:30"),
        ("12 tonight", "time 00:00, day tonight"),
        ("after 6", "time after 18:00"),
        ("before 9 in the morning", "time before 09:00"),
        ("before noon ", "time before 12:00"),
        ("noon", "part noon"),
        ("19:00", "time 19:00"),
        ("7:30 p.m.", "time 19:30"),
        ("sunday 7 in the morning", "day sunday, time 07:00"),
        ("morning 7 ", "part morning, time 07:00"),
        ("between 5 and 7", "time 17:00-19:00"),
        ("from 5 to 7", "time 17:00-19:00"),
        ("5-7pm", "time 17:00-19:00"),
        ("11-1pm", "time 11:00-13:00"),
        ("friday 5-7", "day friday, time 17:00-19:00"),
        ("this weekend", "day weekend"),
        ("starting soon", "now now"),
        ("open now", "now now"),
        ("women 7 ", "who women, time 19:00"),
        ("7 ", "time 19:00"),
        ("tonight night", "day tonight"),
        ("sunday night", "day sunday, part night"),
        ("six pm", "time 18:00"),
        ("a las siete", "time 19:00"),
    ]);
}

#[test]
fn numbers_that_are_no_times() {
    check(&[
        ("7", "7"),
        ("women 7", "who women | 7"),
        ("serenity 7 ", "serenity 7"),
        ("12 step sunday", "pathway twelve-step, day sunday"),
        ("meeting at 12 step", "kind meeting, pathway twelve-step"),
        ("sma 3720", "sma 3720"),
        ("SMA-3720", "sma 3720"),
        ("sma3720", "sma3720"),
        ("pep12 recdef ", "pep12 recdef"),
        ("12x12", "style steps-traditions"),
        ("unit 4a", "unit 4a"),
        ("25:00", "25 00"),
    ]);
}

#[test]
fn a_bare_hour_is_the_evening_after_noon_and_else_the_next() {
    let table =
        [(6, 0, "07:00"), (7, 0, "07:00"), (7, 1, "19:00"), (10, 0, "19:00"), (12, 0, "19:00"), (20, 0, "19:00")];
    for (hour, minute, expected) in table {
        assert_eq!(told(&asked_at(at(hour, minute), "at 7")), format!("time {expected}"), "at {hour}:{minute:02}");
    }
}

#[test]
fn days_reach_as_far_as_people_mean() {
    let span = |now, typed| {
        let query = asked_at(now, typed);
        let Some(Constraint { wish: Wish::Day(Day::Span { from, until, .. }), .. }) = query.constraints.first() else {
            panic!("{typed}")
        };
        format!("{from} {until}")
    };
    let table = [
        (at(12, 0), "today", "2026-11-22T12:00:00 2026-11-23T00:00:00"),
        (at(12, 0), "tonight", "2026-11-22T17:00:00 2026-11-23T03:00:00"),
        (at(20, 0), "tonight", "2026-11-22T20:00:00 2026-11-23T03:00:00"),
        (at(2, 0), "tonight", "2026-11-22T02:00:00 2026-11-22T03:00:00"),
        (at(12, 0), "tomorrow", "2026-11-23T00:00:00 2026-11-24T00:00:00"),
        (at(12, 0), "this weekend", "2026-11-22T12:00:00 2026-11-23T00:00:00"),
        (date(2026, 11, 23).at(9, 0, 0, 0), "this weekend", "2026-11-27T17:00:00 2026-11-30T00:00:00"),
        (date(2026, 11, 27).at(18, 0, 0, 0), "this weekend", "2026-11-27T18:00:00 2026-11-30T00:00:00"),
    ];
    for (now, typed, expected) in table {
        assert_eq!(span(now, typed), expected, "{typed} at {now}");
    }
}

#[test]
fn places() {
    check(&[
        ("near downtown", "near downtown"),
        ("fresno", "place fresno"),
        ("92627", "place 92627"),
        ("in costa mesa", "place costa mesa"),
        ("women costa mesa tonight", "who women, place costa mesa, day tonight"),
        ("near the marina", "near the marina"),
        ("near the beach ", "near beach"),
        ("at serenity club", "place serenity club"),
        ("orange ", "orange"),
        ("in orange ", "place orange"),
        ("within 5 miles", "within 5 miles"),
        ("5 mi ", "within 5 miles"),
        ("5mi", "within 5 miles"),
        ("within 2.5 miles of downtown", "within 2.5 miles of downtown"),
        ("a menos de 10 km", "within 6.2 miles"),
        ("near me ", "near here"),
        ("aa meeting near me ", "fellowship aa, kind meeting, near here"),
    ]);
}

#[test]
fn a_place_that_nobody_lists_is_said_so_and_searched_as_words() {
    let nowhere = |typed| asked(typed).nowhere;
    assert_eq!(nowhere("women near Atlantis "), Some("Atlantis".to_owned()));
    assert_eq!(told(&asked("women near Atlantis ")), "who women | atlantis");
    assert_eq!(nowhere("near the lincoln tower tonight"), Some("lincoln tower".to_owned()));
    assert_eq!(nowhere("in atlantis "), Some("atlantis".to_owned()));
    assert_eq!(nowhere("within 5 miles of atlantis "), Some("atlantis".to_owned()));
    assert_eq!(nowhere("in recovery "), None, "words of the directory, not a place");
    assert_eq!(nowhere("near down"), None, "on the way to downtown");
    assert_eq!(nowhere("near fresno"), None);
}

#[test]
fn without_a_point_of_its_own_a_kiosk_knows_no_distance() {
    let here = Here { point: None, ..here(at(12, 0)) };
    for (typed, expected) in [
        ("aa near me ", "fellowship aa"),
        ("near me ", ""),
        ("within 5 miles ", ""),
        ("within 5 miles of fresno ", "within 5 miles of fresno"),
    ] {
        assert_eq!(told(&understand(typed, Vocabulary::builtin(), &town(), &here)), expected, "{typed}");
    }
}

#[test]
fn who_and_how() {
    check(&[
        ("women", "who women"),
        ("young people", "who young-people"),
        ("lgbt beginners", "who lgbtq, style newcomers"),
        ("spanish speaking", "language es"),
        ("wheelchair", "access wheelchair"),
        ("online", "how online"),
        ("zoom online", "how online"),
        ("by phone", "how phone"),
        ("aa sunday morning with childcare", "fellowship aa, day sunday, part morning, access childcare"),
        ("something in spanish to read", "language es, kind publication"),
    ]);
}

#[test]
fn open_is_a_kind_of_meeting_only_beside_one() {
    check(&[
        ("open meeting", "open open, kind meeting"),
        ("open aa", "open open, fellowship aa"),
        ("open womens meeting", "open open, who women, kind meeting"),
        ("the open door ", "open door"),
        ("open ", "open"),
        ("open women ", "who women | open"),
    ]);
}

#[test]
fn facts_of_housing() {
    check(&[
        ("sober living that takes suboxone", "kind housing, housing moud"),
        ("bed available", "housing beds"),
        ("level 2", "housing level-2"),
        ("sober living under $150 a week", "kind housing, fee 150 a week"),
        ("sober living under 150", "kind housing, fee 150 a week"),
        ("$1,200 a month", "fee 277 a week"),
        ("150 dollars weekly", "fee 150 a week"),
        ("$150/week", "fee 150 a week"),
        ("under 150 ", ""),
        ("serenity under 30", "who young-people | serenity"),
    ]);
}

#[test]
fn spanish() {
    check(&[
        ("reunión esta noche", "kind meeting, day tonight"),
        ("reuniones el domingo a las 7 de la noche", "kind meeting, day sunday, time 19:00"),
        ("mañana por la mañana", "day tomorrow, part morning"),
        ("mujeres cerca de fresno", "who women, near fresno"),
        ("después de las 6", "time after 18:00"),
        ("de 5 a 7", "time 17:00-19:00"),
        ("casa sobria en costa mesa", "kind housing, place costa mesa"),
        ("silla de ruedas", "access wheelchair"),
    ]);
}

#[test]
fn slips_are_forgiven_unless_the_directory_has_the_word() {
    check(&[
        ("mens metting", "who men, kind meeting"),
        ("tonigt ", "day tonight"),
        ("wensday ", "day wednesday"),
        ("spansh ", "language es"),
        ("womne tonight", "who women, day tonight"),
        ("to night", "day tonight"),
        ("week end ", "day weekend"),
        ("new comers ", "style newcomers"),
        ("sundaymorning ", "day sunday, part morning"),
        ("wihtin 5 miles", "within 5 miles"),
        ("mars ", "mars"),
        ("ladeis ", "who women"),
        ("mends ", "mends"),
        ("serinity ", "serinity"),
        ("recvery huse ", "kind housing"),
        ("alcholics anonymus ", "fellowship aa"),
    ]);
    assert_eq!(asked("womne tonight").constraints[0].from, "womne", "said as it was typed");
}

#[test]
fn an_unfinished_word_is_no_wish_while_it_may_become_another() {
    check(&[
        ("men", "men"),
        ("men ", "who men"),
        ("sunday men", "day sunday | men"),
        ("women", "who women"),
        ("womens m", "who women | m"),
        ("meeting", "kind meeting"),
        ("near me", ""),
        ("women near me", "who women"),
        ("near meadow", "meadow"),
        ("near downtow", "downtow"),
        ("costa me", "costa"),
    ]);
}

#[test]
fn the_beginning_of_a_wish_moves_nothing() {
    check(&[
        ("women tonig", "who women"),
        ("women starting so", "who women"),
        ("within 5", ""),
        ("women within 5 mil", "who women"),
        ("within 5 m", ""),
        ("within 5 miles of fres", "within 5 miles"),
        ("sober living under 1", "kind housing"),
        ("tonig", "tonig"),
        ("women sere", "who women | sere"),
    ]);
}

#[test]
fn danger_is_heard_in_both_languages_and_through_a_slip() {
    for typed in [
        "i want to die",
        "want to just die",
        "overdose",
        "overdoze",
        "Suicide",
        "kill myslef",
        "quiero morir",
        "sobredosis",
        "I WANT TO DIE tonight near fresno",
    ] {
        assert!(asked(typed).danger, "{typed}");
    }
    for typed in ["women", "die", "kill time at home with myself", ""] {
        assert!(!asked(typed).danger, "{typed}");
    }
    assert_eq!(told(&asked("overdose tonight")), "day tonight | overdose", "the words stay");
}

#[test]
fn a_chip_knows_its_words_and_what_to_look_for_instead() {
    let query = asked("  Women's AA, near Downtown");
    let told: Vec<_> = query.constraints.iter().map(|known| (known.from.as_str(), known.at[0].clone())).collect();
    assert_eq!(told, [("Women's", 2..10), ("AA,", 10..14), ("near Downtown", 14..27)]);
    let instead = &query.constraints[1].instead[0];
    assert_eq!((instead.text.as_str(), instead.unfinished), ("aa", false));
    assert_eq!(instead.synonyms[0], ["alcoholics", "anonymous"]);
    assert!(query.constraints[2].instead.is_empty());
    let twice = asked("zoom women online");
    assert_eq!(twice.constraints[0].from, "zoom online");
    assert_eq!(twice.constraints[0].at, [0..5, 11..17]);
}

#[test]
fn a_name_is_what_was_typed_or_what_it_stands_for() {
    assert_eq!(asked("The Open  Door").names, ["the open door"]);
    assert_eq!(asked("aa ").names[..2], ["aa", "alcoholics anonymous"]);
    assert_eq!(asked("aa tonight ").names, ["aa tonight"]);
}

#[test]
fn only_the_last_word_may_be_unfinished_and_a_space_finishes_it() {
    let unfinished = |typed| asked(typed).words.iter().map(|word| word.unfinished).collect::<Vec<_>>();
    assert_eq!(unfinished("serenity hope"), [false, true]);
    assert_eq!(unfinished("serenity hope "), [false, false]);
}

#[test]
fn words_that_carry_nothing_are_left_out_unless_they_are_all_there_is() {
    check(&[("a group for the hope", "group hope"), ("to the", "to the"), ("N.A. ", "fellowship na")]);
}

#[test]
fn a_telephone_number_is_one_word_in_every_spelling() {
    for typed in ["555 555 0142", "(555) 555-0142", "1-555-555-0142", "15555550142", "+1 555 5550142"] {
        assert_eq!(told(&asked(typed)), "5555550142", "{typed}");
    }
    check(&[("555-0142 women", "who women | 5550142"), ("92628 12", "92628 12")]);
}

#[test]
fn nothing_typed_is_nothing_asked() {
    assert!(told(&asked("")).is_empty() && told(&asked(" .,! ")).is_empty());
    assert!(asked("").names.is_empty());
}
