//! What an answer says besides its hits: sections, what was given up, places nobody lists, danger, nothing at all.

use index::query::{Answer, Dropped, Facet, Relaxation, Section, Wish};
use porchlight::event::{Question, Reply};
use ratatui::crossterm::event::KeyCode;

use crate::glass::{Glass, own_site, plain_site};
use crate::replies::{constraints, downtown, has, hits, sections, tonight, women_tonight};

/// The second row of the screen when this was given up, the best hit being the one with this number.
fn given_up(dropped: Vec<Dropped>, fitting: u64, first: usize) -> String {
    let mut glass = Glass::answering(plain_site(), (80, 24), move |_| {
        let relaxed = Some(Relaxation { dropped: dropped.clone(), fitting });
        let answer = Answer { total: 5, hits: hits(first, 5, Section::Fits), relaxed, ..Answer::default() };
        Reply { answer, ..Reply::default() }
    });
    glass.type_in("x");
    glass.row(2)
}

#[test]
fn what_does_not_say_it_and_what_is_online_stand_under_headings() {
    for (width, height) in [(80, 24), (120, 40), (40, 12), (30, 8)] {
        let mut glass = Glass::answering(plain_site(), (width, height), |question| sections(question, 2));
        glass.type_in("women downtown");
        insta::assert_snapshot!(format!("sections_{width}x{height}"), glass.screen());
        // Seven hits, the panel, the menu; no key stops at a heading.
        let mut seen = Vec::new();
        for _ in 0..9 {
            glass.key(KeyCode::Down);
            seen.push(glass.at_cursor());
        }
        assert!(seen[7].starts_with("Narrow the list") && seen[8].starts_with("Menu"), "{seen:?}");
        assert!(seen.iter().all(|row| !row.contains("do not say") && !row.contains("Also online")), "{seen:?}");
    }
}

#[test]
fn when_none_says_it_the_count_says_so() {
    let mut glass = Glass::answering(plain_site(), (80, 24), |question| sections(question, 0));
    glass.type_in("women downtown");
    assert!(glass.row(2).contains("None says Women. 3 may fit, 2 online.  [Women] [In Downtown]"), "{}", glass.row(2));
    insta::assert_snapshot!("none_says_80x24", glass.screen());
    glass.key(KeyCode::Down);
    assert!(!glass.at_cursor().trim().is_empty());
}

#[test]
fn what_was_given_up_is_said() {
    let wish = |wish| vec![Dropped::Wish(wish)];
    let level = || has(Facet::Housing, "level-2");
    for (dropped, first, said) in [
        (wish(tonight()), 0, "Nothing tonight. The next ones:"),
        (wish(tonight()), 40, "Nothing tonight. Tomorrow:"),
        (wish(Wish::Now), 0, "Nothing right now. The next ones:"),
        (wish(Wish::Within(index::query::Place::here(None), 5.0)), 0, "Nothing within 5 miles. Farther away:"),
        (wish(Wish::Within(downtown(), 1.0)), 0, "Nothing within 1 mile of Downtown. Farther away:"),
        (wish(Wish::In(downtown())), 0, "Nothing in Downtown. Elsewhere:"),
        (wish(has(Facet::Who, "women")), 0, "Nothing for: Women. Without that:"),
        (wish(level()), 0, "Nothing with all of that. Without [Level 2]:"),
        (
            vec![Dropped::Wish(level()), Dropped::Word("quiet".to_owned())],
            0,
            "Nothing with all of that. Without [Level 2] [quiet]:",
        ),
        (vec![Dropped::Word("quiet".to_owned())], 0, "5 found with most of these words, none with all"),
    ] {
        let row = given_up(dropped, 0, first);
        assert!(row.contains(said), "{said}: {row}");
    }
    let row = given_up(wish(level()), 2, 0);
    assert!(row.contains("2 found. Then others, without [Level 2]:"), "{row}");
}

#[test]
fn a_close_word_and_a_place_that_nobody_lists_are_named() {
    let reply = |question: &Question| {
        let spelled = vec![("serinity".to_owned(), "serenity".to_owned())];
        let answer = Answer { total: 5, hits: hits(0, 5, Section::Fits), spelled, ..Answer::default() };
        Reply { constraints: constraints(question, []), answer, ..Reply::default() }
    };
    let mut glass = Glass::answering(plain_site(), (80, 24), reply);
    glass.type_in("serinity");
    assert!(glass.row(2).contains("Nothing for \"serinity\". Showing: serenity. 5 found"), "{}", glass.row(2));
    let mut glass = Glass::answering(plain_site(), (80, 24), move |question| Reply {
        nowhere: Some("Xanadu".to_owned()),
        ..reply(question)
    });
    glass.type_in("near Xanadu");
    assert!(glass.row(2).contains("No place named Xanadu is listed here. 5 found"), "{}", glass.row(2));
}

#[test]
fn nothing_at_all_names_what_to_try_whom_to_call_and_what_to_take_away() {
    for (width, height) in [(80, 24), (40, 12), (30, 8), (20, 5)] {
        let mut glass = Glass::answering(plain_site(), (width, height), |question| Reply {
            answer: Answer::default(),
            ..women_tonight(question)
        });
        glass.type_in("women tonight");
        insta::assert_snapshot!(format!("nothing_chips_{width}x{height}"), glass.screen());
        glass.key(KeyCode::Down);
        assert!(glass.at_cursor().starts_with("Narrow the list"), "{}", glass.screen());
        glass.key(KeyCode::Enter);
        assert!(glass.at_cursor().starts_with("Take away"), "{}", glass.screen());
    }
}

#[test]
fn in_danger_988_stands_above_everything_and_the_hits_below_are_reached() {
    for (site, name) in [(plain_site as fn() -> _, "danger"), (own_site, "danger_own")] {
        for (width, height) in [(80, 25), (120, 40), (40, 12), (30, 8), (20, 5)] {
            let mut glass =
                Glass::answering(site(), (width, height), |question| Reply { danger: true, ..sections(question, 2) });
            glass.type_in("kill myself");
            assert!(glass.shows("911"), "{}", glass.screen());
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), glass.screen());
            assert!(glass.screen().matches("988").count() >= 2, "{}", glass.screen());
            let above = |glass: &Glass| glass.screen().lines().take(7).collect::<Vec<_>>().join("\n");
            // Down goes to the first hit, and the box moves with nothing.
            for place in 0..9 {
                glass.key(KeyCode::Down);
                assert!(!glass.at_cursor().trim().is_empty(), "{place}\n{}", glass.screen());
                assert!(above(&glass).contains("911"), "{}", glass.screen());
            }
            // A chip does not push it aside.
            glass.type_in(" women downtown");
            assert!(above(&glass).contains("911"), "{}", glass.screen());
            // Other words, and it is gone.
            glass.key(KeyCode::F(10));
            assert!(!above(&glass).contains("911"));
        }
    }
}
