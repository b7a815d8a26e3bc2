//! A random walk: ten thousand keys at all sizes. Nothing panics, the crisis line stands, the cursor stands on the
//! screen; and after `Abandoned` the kiosk equals a freshly started one.

use index::query::Answer;
use porchlight::event::{Event, Question, Reply};
use proptest::prelude::*;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::glass::{Glass, own_site};
use crate::replies::{sections, women_tonight};

#[derive(Clone, Debug)]
enum Step {
    Key(KeyCode, bool),
    Size(u16, u16),
    Idle,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => prop::sample::select(vec![
            KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Enter, KeyCode::Esc, KeyCode::Tab,
            KeyCode::BackTab, KeyCode::Backspace, KeyCode::Delete, KeyCode::Home, KeyCode::End, KeyCode::PageUp,
            KeyCode::PageDown, KeyCode::F(1), KeyCode::F(2), KeyCode::F(9), KeyCode::F(10), KeyCode::F(12),
        ]).prop_map(|code| Step::Key(code, false)),
        4 => prop::sample::select("aehinorst 79ñ".chars().collect::<Vec<_>>())
            .prop_map(|letter| Step::Key(KeyCode::Char(letter), false)),
        1 => (b'a'..=b'z').prop_map(|letter| Step::Key(KeyCode::Char(char::from(letter)), true)),
        1 => prop::sample::select(vec![
            (0, 0), (1, 1), (2, 1), (19, 4), (20, 5), (30, 8), (39, 11), (40, 12), (60, 15), (80, 24), (80, 25),
            (120, 40), (300, 100),
        ]).prop_map(|(width, height)| Step::Size(width, height)),
        1 => Just(Step::Idle),
    ]
}

/// Answers with everything that an answer can say, another for each length of what was typed.
fn varied(question: &Question) -> Reply {
    let reply = match question.typed.chars().count() % 4 {
        0 => women_tonight(question),
        1 => sections(question, question.chosen.len() % 3),
        2 => Reply { answer: Answer::default(), ..women_tonight(question) },
        _ => Reply { nowhere: Some("Xanadu".to_owned()), ..sections(question, 2) },
    };
    Reply { danger: question.typed.contains('s'), ..reply }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, ..ProptestConfig::default() })]

    #[test]
    fn a_random_walk_never_panics_and_always_shows_the_crisis_number(
        steps in prop::collection::vec(step(), 200),
        by_hand in prop::bool::ANY,
    ) {
        let mut glass =
            if by_hand { Glass::answering(own_site(), (80, 24), varied) } else { Glass::with(own_site(), 80, 24) };
        for step in steps {
            match step {
                Step::Key(code, control) => {
                    let modifiers = if control { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
                    glass.press(KeyEvent::new(code, modifiers));
                }
                Step::Size(width, height) => _ = glass.resize(width, height),
                Step::Idle => glass.happen(Event::Idle),
            }
            let size = glass.app.around.size;
            if size.width >= 3 && size.height >= 1 {
                prop_assert!(glass.shows("988"), "{}", glass.screen());
                // The cursor stands on a text, or in the search line behind what was typed.
                let (here, field) = (glass.at_cursor(), glass.cursor_row().contains("Search:"));
                prop_assert!(field || here.starts_with(|c: char| !c.is_whitespace()), "{here:?}\n{}", glass.screen());
                let crisis = glass.crisis_row();
                prop_assert!(!crisis.ends_with('…'), "the crisis line is cut: {crisis}");
            }
        }
        glass.happen(Event::Abandoned);
        let size = glass.app.around.size;
        let fresh = Glass::with(own_site(), size.width, size.height);
        prop_assert!(glass.equals(&fresh), "{}", glass.screen());
    }
}
