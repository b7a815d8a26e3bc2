//! A random walk: ten thousand keys at all sizes. Nothing panics, the crisis line stands, the cursor stands on the
//! screen; and after `Abandoned` the kiosk equals a freshly started one.

use std::time::Duration;

use index::overrides::What;
use index::query::Answer;
use index::record::RecordId;
use index::schedule::Dates;
use porchlight::app::Site;
use porchlight::errand::{self, Change, Changes, Errand, Home, News, Refreshed, Unchanged};
use porchlight::event::{Event, Question, Reply};
use porchlight::pin::Latch;
use proptest::prelude::*;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::glass::{Glass, own_site};
use crate::replies::{sections, women_tonight};

#[derive(Clone, Debug)]
enum Step {
    Key(KeyCode, bool),
    Size(u16, u16),
    Idle,
    /// Through the door for staff, when there is one.
    Door,
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
        1 => Just(Step::Door),
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

/// An office that opens to many a PIN, and tells everything that can be told.
fn office(errand: &Errand, at: Duration) -> Vec<News> {
    let seconds = at.as_secs() / 2;
    match errand {
        Errand::Knock | Errand::Stop => vec![News::Wait(Duration::from_secs(seconds % 3))],
        Errand::Try(_) if seconds.is_multiple_of(3) => vec![News::Wrong(Duration::from_secs(seconds % 2))],
        Errand::Try(_) => vec![News::Right],
        Errand::Look => vec![News::Stands(Box::default())],
        Errand::Plan | Errand::Refresh(_) => vec![
            News::Step(errand::Step::Read("county-aa".to_owned(), seconds)),
            News::Step(errand::Step::Note("county-aa".to_owned(), "a long note ".repeat(30).trim_end().to_owned())),
            News::Refreshed(
                [Refreshed::Busy, Refreshed::NoFeeds, Refreshed::Stopped][(at.as_secs() % 3) as usize].clone(),
            ),
        ],
        Errand::RollBack => vec![News::RolledBack(Err(Unchanged::NothingBefore))],
        Errand::Check => vec![News::Checked(vec!["feeds.toml:3: a fault".to_owned(); 30])],
        Errand::Complaints => {
            let notes = vec!["row 3: a fault".to_owned(); 30];
            let feeds = vec![errand::Complaints { feed: "county-aa".to_owned(), notes, more: seconds }];
            vec![News::Complaints(errand::Found {
                taken_back: (seconds % 2 == 1).then(|| "000012-5f0c9a1e".to_owned()),
                feeds,
            })]
        }
        Errand::Changes => {
            let what = What::Notice("a long notice ".repeat(20));
            let change = Change { number: 3, written: None, dates: Dates::default(), what, name: String::new() };
            vec![News::Changes(Ok(Changes { latest: vec![change; 30], more: seconds }))]
        }
        Errand::Change(_) if seconds.is_multiple_of(3) => vec![News::Unwritten(vec!["it is closed".to_owned()])],
        Errand::Change(_) => vec![News::Written(vec![1]), News::Refreshed(Refreshed::Busy)],
        Errand::Homes => {
            let home = Home {
                id: RecordId::new("sample", "house"),
                name: "A house with a long name ".repeat(5),
                city: "Riverbend".to_owned(),
                beds: None,
            };
            vec![News::Homes(Ok((vec![home; usize::try_from(seconds % 40).unwrap()], seconds % 2)))]
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, ..ProptestConfig::default() })]

    #[test]
    fn a_random_walk_never_panics_and_always_shows_the_crisis_number(
        steps in prop::collection::vec(step(), 200),
        by_hand in prop::bool::ANY,
        pinned in prop::bool::ANY,
    ) {
        let site = Site { latch: if pinned { Latch::Pin } else { Latch::Open }, ..own_site() };
        let mut glass =
            if by_hand { Glass::answering(site, (80, 24), varied) } else { Glass::with(site, 80, 24) };
        glass.errands = Some(Box::new(|errand, at| office(&errand, at)));
        for step in steps {
            match step {
                Step::Key(code, control) => {
                    let modifiers = if control { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
                    glass.press(KeyEvent::new(code, modifiers));
                }
                Step::Size(width, height) => _ = glass.resize(width, height),
                Step::Idle => glass.happen(Event::Idle),
                Step::Door => _ = glass.key(KeyCode::F(12)).type_in("7979").key(KeyCode::Enter),
            }
            let size = glass.app.around.size;
            if size.width >= 3 && size.height >= 1 {
                prop_assert!(glass.shows("988"), "{}", glass.screen());
                // The cursor stands on a text, or in the search line behind what was typed.
                let (here, row) = (glass.at_cursor(), glass.cursor_row());
                // In a form the focused field is marked.
                let field = ["Search:", "PIN:"].iter().any(|field| row.contains(field)) || row.starts_with('>');
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
