use jiff::civil::date;

use super::*;

fn asked(typed: &str) -> Query {
    let now = date(2026, 11, 22).at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
    let phrase = |text: &str| text::words(text).collect::<Vec<_>>();
    let synonym = |typed: &[&str], written: &[&str]| Synonym {
        typed: typed.iter().map(|text| phrase(text)).collect(),
        written: written.iter().map(|text| phrase(text)).collect(),
    };
    let vocabulary = Vocabulary {
        synonyms: vec![
            synonym(&["house"], &["residence"]),
            synonym(&["halfway house", "sober living"], &["recovery residence"]),
            synonym(&["na", "n a"], &["narcotics anonymous"]),
        ],
        ..Vocabulary::default()
    };
    understand(typed, &vocabulary, &(), &Here { now, point: None })
}

fn texts(typed: &str) -> Vec<String> {
    asked(typed).words.into_iter().map(|word| word.text).collect()
}

#[test]
fn the_longest_phrase_is_taken_as_one_word() {
    let query = asked("halfway house women ");
    assert_eq!(query.words[0].text, "halfway house");
    assert_eq!(query.words[0].synonyms, [["recovery", "residence"]]);
    assert_eq!(query.words[1].text, "women");
    assert_eq!(texts("house halfway"), ["house", "halfway"]);
}

#[test]
fn only_the_last_word_may_be_unfinished_and_a_space_finishes_it() {
    let unfinished = |typed: &str| asked(typed).words.iter().map(|word| word.unfinished).collect::<Vec<_>>();
    assert_eq!(unfinished("women house"), [false, true]);
    assert_eq!(unfinished("women house "), [false, false]);
}

#[test]
fn words_that_carry_nothing_are_left_out_unless_they_are_all_there_is() {
    assert_eq!(texts("a house for the women"), ["house", "women"]);
    assert_eq!(texts("casa para mujeres"), ["casa", "mujeres"]);
    assert_eq!(texts("to the"), ["to", "the"]);
    assert_eq!(texts("N.A."), ["na"]);
    assert_eq!(texts("n a"), ["n a"]);
}

#[test]
fn a_telephone_number_is_one_word_in_every_spelling() {
    for typed in ["555 555 0142", "(555) 555-0142", "1-555-555-0142", "15555550142", "+1 555 5550142"] {
        assert_eq!(texts(typed), ["5555550142"], "{typed}");
    }
    assert_eq!(texts("555-0142 women"), ["5550142", "women"]);
    assert_eq!(texts("92627 12"), ["92627", "12"]);
}

#[test]
fn nothing_typed_is_nothing_asked() {
    assert!(asked("").words.is_empty() && asked(" .,! ").words.is_empty());
}
