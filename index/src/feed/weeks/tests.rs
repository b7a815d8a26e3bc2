//! What is passed over at first sight says nothing of weeks.

use jiff::civil::Weekday;
use proptest::prelude::*;

use super::{WeeksSaid, read, where_it_may};

const WORDS: [&str; 24] = [
    "1st",
    "third",
    "last",
    "every",
    "other",
    "week",
    "bi",
    "weekly",
    "fortnightly",
    "alternate",
    "Tuesday",
    "Fri.",
    "of",
    "the",
    "month",
    "only",
    "except",
    "no",
    "meeting",
    "f'irst",
    "7 p.m.",
    "and",
    "&",
    "candlelight",
];

proptest! {
    #[test]
    fn a_first_sight_and_a_close_look_say_the_same(
        name in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..6),
        notes in prop::collection::vec(prop::collection::vec(prop::sample::select(&WORDS[..]), 0..8), 0..3),
    ) {
        let name = name.join(" ");
        let notes: Vec<String> = notes.iter().map(|words| words.join(" ")).collect();
        let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
        let on = [Weekday::Tuesday];
        prop_assert_eq!(read(&on, &[19 * 60], &name, &notes), where_it_may(|_| true, &on, &[19 * 60], &name, &notes));
    }
}

#[test]
fn weeks_are_heard_through_an_apostrophe() {
    assert!(matches!(read(&[Weekday::Tuesday], &[], "Hope", &["Meets f'irst Tuesday only."]), WeeksSaid::Only(_)));
}
