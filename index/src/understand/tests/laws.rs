//! What holds for every question.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;

/// Wishes that do not lean on each other, each in some of its spellings.
const APART: [&[&str]; 8] = [
    &["women", "women's", "ladies"],
    &["tonight", "Tonigth"],
    &["zoom", "online", "zoom online"],
    &["in fresno", "near downtown", "fresno", "within 5 miles", "10 km"],
    &["after 6pm", "7:30 pm", "between 5pm and 7pm"],
    &["wheelchair"],
    &["in spanish", "en español"],
    &["serenity", "hope", "the open door"],
];

/// Questions of such wishes, and where each ends.
fn wishes() -> impl Strategy<Value = String> {
    let some = subsequence(APART.to_vec(), 1..=APART.len()).prop_shuffle();
    let spelled =
        some.prop_flat_map(|wishes| wishes.into_iter().map(|spellings| select(spellings.to_vec())).collect::<Vec<_>>());
    spelled.prop_map(|words| words.join("  ") + " ")
}

/// Texts in which the shapes and words that are looked for are likely.
fn likely() -> impl Strategy<Value = String> {
    let word = select(
        "women men meeting open aa a the near in within 5 7 7pm 12 19:00 5-7 $150 under week sunday night tonight \
            fresno costa mesa downtown zoom online level 2 step to and from of miles mi after before at am pm big book \
            starting soon serinity metting 555 0142 me want die español noche las 7:3 1,200 24/7 al-anon"
            .split_ascii_whitespace()
            .collect::<Vec<_>>(),
    );
    prop::collection::vec(word, 0..9)
        .prop_flat_map(|words| select(vec![" ", "  ", " , ", "-"]).prop_map(move |between| words.join(between)))
}

/// The text with something instead of what these ranges hold.
fn without(typed: &str, at: &[std::ops::Range<usize>], instead: &str) -> String {
    let mut left = typed.to_owned();
    let mut at = at.to_vec();
    at.sort_by_key(|range| std::cmp::Reverse(range.start));
    for range in at {
        left.replace_range(range, instead);
    }
    left
}

fn is_sound(typed: &str) -> Result<(), TestCaseError> {
    let query = asked(typed);
    for known in &query.constraints {
        prop_assert!(!known.at.is_empty() && !known.from.is_empty());
        for range in &known.at {
            prop_assert!(range.start < range.end && typed.get(range.clone()).is_some(), "{:?} in {:?}", range, typed);
        }
    }
    prop_assert!(query.words.iter().all(|word| !word.text.is_empty()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_understood_and_every_range_fits_it(typed in any::<String>()) {
        is_sound(&typed)?;
    }

    #[test]
    fn likely_texts_are_understood_and_every_range_fits_them(typed in likely()) {
        is_sound(&typed)?;
    }

    #[test]
    fn a_chip_that_was_taken_away_stays_away(typed in likely()) {
        let query = asked(&typed);
        for known in &query.constraints {
            // Words that stood apart may mean something side by side; a word between them keeps them apart.
            let left = without(&typed, &known.at, " serenity ");
            let again = asked(&left);
            let back = again.constraints.iter().find(|other| other.wish == known.wish);
            prop_assert!(back.is_none(), "{} is back in {:?} from {:?}", told(&again), left, typed);
        }
    }

    #[test]
    fn what_is_taken_away_leaves_the_other_wishes(typed in wishes()) {
        let query = asked(&typed);
        for known in &query.constraints {
            let again = asked(&without(&typed, &known.at, ""));
            let rest: Vec<&Wish> = query.constraints.iter().map(|other| &other.wish).filter(|wish| **wish != known.wish).collect();
            let left: Vec<&Wish> = again.constraints.iter().map(|other| &other.wish).collect();
            prop_assert!(left == rest, "{:?}: {} without {}", typed, told(&again), known.from);
            prop_assert_eq!(&again.words.len(), &query.words.len());
        }
    }

    #[test]
    fn large_and_small_letters_mean_the_same(typed in prop_oneof![likely(), wishes()]) {
        let (small, large) = (asked(&typed.to_lowercase()), asked(&typed.to_uppercase()));
        prop_assert_eq!(told(&small), told(&large));
        prop_assert!(small.danger == large.danger && small.names == large.names && small.words == large.words);
    }

    #[test]
    fn a_slip_does_not_hide_danger(
        phrase in select(Vocabulary::builtin().danger.clone()), pick in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(), letter in "[a-z]", way in 0..3,
    ) {
        let mut words = phrase;
        let word = pick.index(words.len());
        if words[word].len() >= 5 && words[word].is_ascii() {
            let at = at.index(words[word].len());
            let end = at + usize::from(way > 0);
            words[word].replace_range(at..end, if way == 2 { "" } else { &letter });
        }
        prop_assert!(asked(&words.join(" ")).danger, "{:?}", words);
    }
}

#[test]
fn a_very_long_text_is_cut_off() {
    let query = asked(&"women near fresno at 7pm serinity ".repeat(2000));
    assert!(query.words.len() <= 40 && query.constraints.len() <= 40);
}
