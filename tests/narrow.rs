//! Chips, and the panel that narrows a list: keys in, whole screens out, over answers made by hand.

use index::query::{Answer, Facet, Value};
use porchlight::event::{Question, Reply};
use ratatui::crossterm::event::KeyCode;

use crate::glass::{Glass, plain_site};
use crate::replies::{constraints, hits, women_tonight};

fn glass(width: u16, height: u16) -> Glass {
    let mut glass = Glass::answering(plain_site(), (width, height), women_tonight);
    glass.type_in("women tonight near downtown");
    glass
}

/// Down, until a row that begins so is focused.
fn down_to(glass: &mut Glass, words: &str) {
    for _ in 0..80 {
        if glass.at_cursor().starts_with(words) {
            return;
        }
        glass.key(KeyCode::Down);
    }
    panic!("{words} is not reached\n{}", glass.screen());
}

#[test]
fn whatever_narrows_the_answer_stands_beside_the_count() {
    for (width, height) in [(80, 24), (120, 40), (40, 12), (30, 8)] {
        insta::assert_snapshot!(format!("chips_{width}x{height}"), glass(width, height).screen());
    }
    assert!(glass(80, 24).row(2).contains("12 found  [Women] [Tonight] [Near Downtown]"));
    // Where there is no room, what is missing is counted.
    assert!(glass(40, 12).row(2).contains("[Women] [Tonight] +1 more"), "{}", glass(40, 12).row(2));
    assert!(glass(20, 6).row(2).contains("+3 more"), "{}", glass(20, 6).row(2));
}

#[test]
fn the_panel_shows_what_is_asked_and_what_can_be_chosen() {
    for (width, height) in [(80, 24), (40, 12), (30, 8)] {
        let mut glass = glass(width, height);
        glass.key(KeyCode::Tab);
        assert!(glass.shows("Narrow the list: 12 found"), "{}", glass.screen());
        assert!(glass.at_cursor().starts_with("Take away: Women"), "{}", glass.screen());
        insta::assert_snapshot!(format!("narrow_{width}x{height}"), glass.screen());
        glass.key(KeyCode::End);
        assert!(glass.at_cursor().starts_with("Menu"), "{}", glass.screen());
        glass.key(KeyCode::Home).key(KeyCode::Esc);
        assert!(glass.shows("Search: ") && glass.shows("12 found"), "{}", glass.screen());
    }
    let mut glass = glass(80, 80);
    glass.key(KeyCode::Tab);
    // What only one kind of listing has needs no choice, and what leaves nothing is not offered.
    for words in ["What it is", "Meetings: 12", "Morning", "For family"] {
        assert!(!glass.shows(words), "{words}\n{}", glass.screen());
    }
    let screen = glass.screen();
    let order =
        ["Today (Tuesday): 12", "Tomorrow (Wednesday): 5", "Monday: 2", "Evening, 5 PM to 9 PM: 4", "Within 1 mile: 2"];
    let places: Vec<_> =
        order.iter().map(|words| screen.find(words).unwrap_or_else(|| panic!("{words}\n{screen}"))).collect();
    assert!(places.is_sorted(), "{screen}");
}

#[test]
fn a_value_is_chosen_and_taken_back_in_place() {
    let mut glass = glass(80, 24);
    glass.key(KeyCode::Tab);
    down_to(&mut glass, "[ ] Evening");
    glass.key(KeyCode::Enter);
    assert_eq!(glass.asked.chosen, [Value::new(Facet::Part, "evening")]);
    assert!(glass.at_cursor().starts_with("[x] Evening, 5 PM to 9 PM: 4"), "{}", glass.at_cursor());
    assert!(glass.shows("4 found"), "{}", glass.screen());
    insta::assert_snapshot!("narrow_chosen_80x24", glass.screen());
    // A second value of the same facet, beside the first.
    glass.key(KeyCode::Down).key(KeyCode::Enter);
    assert_eq!(glass.asked.chosen.len(), 2);
    assert!(glass.at_cursor().starts_with("[x] Night"), "{}", glass.at_cursor());
    glass.key(KeyCode::Enter).key(KeyCode::Up).key(KeyCode::Enter);
    assert!(glass.asked.chosen.is_empty() && glass.at_cursor().starts_with("[ ] Evening"), "{}", glass.at_cursor());
    // Of distances, one holds the other.
    down_to(&mut glass, "[ ] Within 1 mile");
    glass.key(KeyCode::Enter).key(KeyCode::Down).key(KeyCode::Enter);
    assert_eq!(glass.asked.chosen, [Value::new(Facet::Distance, "2")]);
    glass.key(KeyCode::Esc);
    assert!(glass.row(2).contains("[Within 2 miles]"), "{}", glass.row(2));
}

#[test]
fn the_focused_value_stays_on_its_row_while_counts_change_around_it() {
    let mut glass = glass(80, 24);
    glass.key(KeyCode::Tab);
    down_to(&mut glass, "[ ] Evening");
    let row = |glass: &Glass| glass.screen().lines().position(|line| line.starts_with('>')).unwrap();
    let before = row(&glass);
    glass.key(KeyCode::Enter);
    assert_eq!(row(&glass), before, "{}", glass.screen());
}

#[test]
fn a_typed_chip_takes_its_words_away_and_no_others() {
    let mut glass = glass(80, 24);
    glass.key(KeyCode::Tab).key(KeyCode::Down).key(KeyCode::Enter);
    assert_eq!(glass.asked.typed, "women near downtown");
    assert!(glass.at_cursor().starts_with("Take away: Near Downtown"), "{}", glass.at_cursor());
    glass.key(KeyCode::Enter);
    assert_eq!(glass.asked.typed, "women ");
    // A value that was typed is marked in its facet as well, and taken away there.
    down_to(&mut glass, "[x] Women");
    glass.key(KeyCode::Enter);
    assert_eq!(glass.asked, Question { finished: true, ..Question::default() });
    assert!(!glass.shows("Take away"), "{}", glass.screen());
}

#[test]
fn a_door_and_a_chosen_day_are_chips_too_and_can_be_taken_away() {
    let mut glass = Glass::answering(plain_site(), (80, 24), women_tonight);
    glass.key(KeyCode::Down).key(KeyCode::Enter).key(KeyCode::Right);
    assert!(glass.row(2).contains("[Find a meeting] [Today (Tuesday)]"), "{}", glass.row(2));
    glass.key(KeyCode::Tab).key(KeyCode::Enter);
    assert_eq!((glass.asked.door, glass.asked.chosen.len()), (None, 1));
    glass.key(KeyCode::Enter);
    assert!(glass.asked.chosen.is_empty());
}

#[test]
fn a_long_list_shows_its_first_and_opens_the_rest() {
    let mut glass = glass(80, 24);
    glass.key(KeyCode::Tab);
    down_to(&mut glass, "[ ] Alcoholics Anonymous");
    down_to(&mut glass, "Show 4 more");
    assert!(glass.screen().matches("[ ]").count() >= 8, "{}", glass.screen());
    glass.key(KeyCode::Enter);
    let ninth = glass.at_cursor();
    assert!(ninth.contains("(ACA)") && !glass.shows("Show 4 more"), "{}", glass.screen());
    // A hidden value that is chosen is shown without opening the rest.
    glass.key(KeyCode::Enter).key(KeyCode::Esc).key(KeyCode::Tab);
    down_to(&mut glass, "[x] Adult Children");
    down_to(&mut glass, "Show 3 more");
}

#[test]
fn arrows_and_enter_alone_narrow_a_list_and_reach_the_menu_from_there() {
    let mut glass = glass(80, 24);
    glass.key(KeyCode::Up);
    assert!(glass.at_cursor().starts_with("Menu"), "{}", glass.at_cursor());
    glass.key(KeyCode::Up);
    assert!(glass.at_cursor().starts_with("Narrow the list"), "{}", glass.at_cursor());
    glass.key(KeyCode::Enter).key(KeyCode::Up).key(KeyCode::Enter);
    assert!(glass.row(2).contains("Menu"), "{}", glass.screen());
    glass.key(KeyCode::Esc).key(KeyCode::Esc);
    assert!(glass.at_cursor().starts_with("Narrow the list"), "back where it was left");
    // The other keys of the menu mean the menu everywhere.
    glass.key(KeyCode::BackTab);
    assert!(glass.row(2).contains("Menu"), "{}", glass.screen());
}

#[test]
fn typing_in_the_panel_goes_on_with_the_search() {
    let mut glass = glass(80, 24);
    glass.key(KeyCode::Tab);
    glass.type_in("s");
    assert_eq!(glass.asked.typed, "women tonight near downtowns");
    assert!(glass.row(2).contains("found"), "{}", glass.screen());
}

/// Over the real starter pack: what is chosen leaves as many as the panel promised.
#[test]
fn a_value_leaves_as_many_as_it_says() {
    for words in ["Meetings: ", "Services and helplines: ", "Booklets and books: "] {
        let mut glass = Glass::new(80, 24);
        glass.type_in("recovery").key(KeyCode::Tab);
        down_to(&mut glass, &format!("[ ] {words}"));
        let promised = glass.at_cursor().trim().rsplit(' ').next().unwrap().to_owned();
        glass.key(KeyCode::Enter);
        assert!(glass.at_cursor().starts_with("[x]"), "{}", glass.screen());
        glass.key(KeyCode::Esc);
        let chip = words.trim_end_matches(": ");
        assert!(glass.row(2).contains(&format!("{promised} found")), "{promised}\n{}", glass.screen());
        assert!(glass.row(2).contains(&format!("[{chip}]")), "{}", glass.row(2));
    }
}

#[test]
fn distances_are_told_from_the_place_that_was_asked_for() {
    assert!(glass(120, 40).shows("1 mile from Downtown"), "{}", glass(120, 40).screen());
    let mut glass = Glass::answering(plain_site(), (118, 40), women_tonight);
    glass.type_in("women");
    assert!(glass.shows("2 miles away"), "{}", glass.screen());
}

#[test]
fn a_hits_time_is_the_one_that_was_found() {
    let mut glass = Glass::answering(plain_site(), (80, 24), |question| {
        let mut hits = hits(0, 1, index::query::Section::Fits);
        let next = hits[0].next.as_mut().unwrap();
        next.start = next.start.saturating_add(jiff::Span::new().days(1));
        next.end = None;
        let answer = Answer { total: 1, hits, ..Answer::default() };
        Reply { constraints: constraints(question, []), answer, ..Reply::default() }
    });
    glass.type_in("tomorrow");
    assert!(glass.row(5).contains("Tomorrow"), "{}", glass.screen());
}

#[test]
fn nothing_prints_what_was_typed() {
    let reply = |question: &Question| {
        let spelled = vec![(question.typed.clone(), "serenity".to_owned())];
        Reply {
            nowhere: Some(question.typed.clone()),
            answer: Answer { spelled, ..Answer::default() },
            ..Reply::default()
        }
    };
    let mut glass = Glass::answering(plain_site(), (80, 24), reply);
    glass.type_in("qzx");
    let printed = format!("{:?} {:?} {:?}", glass.app, glass.asked, reply(&glass.asked));
    assert!(glass.shows("qzx") && !printed.contains("qz"), "{printed}");
}
