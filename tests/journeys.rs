//! Journeys of visitors: keys in, whole screens out.

use std::fmt::Write as _;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use porchlight::keys::BINDINGS;

use crate::glass::{Glass, own_site, plain_site};

#[test]
fn the_first_screen_at_every_size() {
    insta::assert_snapshot!("home_80x24", Glass::new(80, 24).screen());
    insta::assert_snapshot!("home_120x40", Glass::new(120, 40).screen());
    insta::assert_snapshot!("home_40x12", Glass::new(40, 12).screen());
    insta::assert_snapshot!("home_30x8", Glass::new(30, 8).screen());
    assert_eq!(Glass::new(19, 4).screen().trim(), "988");
}

#[test]
fn a_centre_greets_with_its_own_name_notice_and_line() {
    let glass = Glass::with(own_site(), 80, 24);
    assert!(glass.shows("Potluck on Friday") && !glass.shows("Yesterday"), "{}", glass.screen());
    insta::assert_snapshot!("home_own_80x24", glass.screen());
}

#[test]
fn who_types_serenity_finds_a_meeting_and_opens_it() {
    for (width, height) in [(80, 24), (120, 40), (34, 10)] {
        let mut glass = Glass::new(width, height);
        glass.type_in("serenity");
        insta::assert_snapshot!(format!("serenity_{width}x{height}"), glass.screen());
        assert!(glass.shows("Serenity"));
        glass.key(KeyCode::Down);
        assert!(glass.at_cursor().contains("Serenity"), "{}", glass.at_cursor());
        glass.key(KeyCode::Enter);
        insta::assert_snapshot!(format!("serenity_page_{width}x{height}"), glass.screen());
        glass.key(KeyCode::Esc);
        assert!(glass.at_cursor().contains("Serenity"), "back on the same line of the list");
    }
}

#[test]
fn six_doors_lead_to_what_they_promise() {
    for place in 1..=6 {
        let mut glass = Glass::new(80, 24);
        for _ in 0..place {
            glass.key(KeyCode::Down);
        }
        let door = glass.at_cursor();
        let name = door.split("  ").next().unwrap().to_owned();
        let count = door.split_whitespace().find(|word| word.parse::<u64>().is_ok()).unwrap().to_owned();
        glass.key(KeyCode::Enter);
        assert!(glass.row(2).contains(&format!("{count} found  [{name}]")), "{name} {count}\n{}", glass.screen());
        insta::assert_snapshot!(format!("door_{place}"), glass.screen());
        glass.key(KeyCode::Enter);
        insta::assert_snapshot!(format!("door_{place}_first"), glass.screen());
        glass.key(KeyCode::Esc).key(KeyCode::Esc);
        assert_eq!(glass.at_cursor(), door, "back at the door");
    }
}

#[test]
fn meetings_come_soonest_first_and_by_day() {
    let mut glass = Glass::new(80, 24);
    glass.key(KeyCode::Down).key(KeyCode::Enter);
    assert!(glass.shows("Tonight"), "{}", glass.screen());
    glass.key(KeyCode::Right).key(KeyCode::Right);
    assert!(glass.row(2).contains("[Tomorrow (Wednesday)]"), "{}", glass.row(2));
    glass.key(KeyCode::Left).key(KeyCode::Left);
    assert!(!glass.row(2).contains("day"), "{}", glass.row(2));
}

#[test]
fn a_day_lists_only_what_happens_on_it() {
    let mut glass = Glass::new(80, 24);
    glass.key(KeyCode::Down).key(KeyCode::Enter).key(KeyCode::Right).key(KeyCode::Right);
    assert!(glass.shows("Tomorrow 6:") && !glass.shows("Tonight"), "{}", glass.screen());
}

#[test]
fn a_guide_page_leads_into_the_directory() {
    let mut glass = Glass::new(80, 24);
    glass.type_in("recovery housing").key(KeyCode::Enter);
    let mut steps = 0;
    // The guide's page stands among the hits.
    while !glass.at_cursor().starts_with("Recovery housing") && steps < 60 {
        glass.key(KeyCode::Down);
        steps += 1;
    }
    glass.key(KeyCode::Enter);
    assert!(glass.row(2).contains("Recovery housing"), "{}", glass.screen());
    let mut steps = 0;
    while !glass.at_cursor().starts_with("Open: A place to live") && steps < 200 {
        glass.key(KeyCode::Down);
        steps += 1;
    }
    glass.key(KeyCode::Enter);
    assert!(glass.row(2).contains("A place to live"), "{}", glass.screen());
}

#[test]
fn the_crisis_card_is_one_key_away_everywhere() {
    let mut glass = Glass::new(80, 24);
    glass.key(KeyCode::F(9));
    insta::assert_snapshot!("crisis_80x24", glass.screen());
    for keys in ["", "serenity", "zzzzqq"] {
        let mut glass = Glass::new(80, 24);
        glass.type_in(keys).key(KeyCode::F(9));
        assert!(glass.shows("Call 911"));
        glass.key(KeyCode::Esc);
        assert!(!glass.shows("Call 911"));
    }
}

#[test]
fn a_centres_own_line_stands_first_and_the_others_stay() {
    let mut glass = Glass::with(own_site(), 120, 40);
    assert!(glass.row(38).contains("555-0100") && glass.row(38).contains("988"));
    glass.key(KeyCode::F(9));
    let screen = glass.screen();
    assert!(screen.find("555-0100") < screen.find("Call 911"));
    assert!(screen.contains("741741"));
}

#[test]
fn nothing_found_is_no_dead_end() {
    let mut glass = Glass::new(80, 24);
    glass.type_in("qqzzxxj");
    insta::assert_snapshot!("nothing_80x24", glass.screen());
    glass.key(KeyCode::Delete);
    assert!(glass.shows("Find a meeting"), "without words, the first screen is back");
}

#[test]
fn help_and_menu_name_every_key() {
    let mut glass = Glass::new(80, 60);
    glass.key(KeyCode::F(1));
    for binding in BINDINGS {
        for press in binding.presses {
            assert!(glass.shows(press.cap), "{} is not explained", press.cap);
        }
        let sentence = plain_site().locale.say(binding.help);
        assert!(glass.shows(&sentence[..sentence.len().min(40)]), "{sentence}");
    }
    insta::assert_snapshot!("help", glass.screen());
    let mut glass = Glass::new(80, 24);
    glass.key(KeyCode::Tab);
    insta::assert_snapshot!("menu", glass.screen());
}

#[test]
fn arrows_enter_and_esc_alone_reach_every_command() {
    // From the search line, one step up is the menu; every command stands in it.
    let mut glass = Glass::new(80, 24);
    glass.key(KeyCode::Up).key(KeyCode::Enter);
    assert!(glass.row(2).contains("Menu"));
    let mut seen = Vec::new();
    for _ in 0..BINDINGS.iter().filter(|binding| binding.in_menu).count() {
        seen.push(glass.at_cursor().trim().to_owned());
        glass.key(KeyCode::Down);
    }
    for binding in BINDINGS.iter().filter(|binding| binding.in_menu) {
        let sentence = plain_site().locale.say(binding.help);
        assert!(seen.contains(&sentence), "{sentence} not in {seen:?}");
    }
    // And from a list of results.
    let mut glass = Glass::new(80, 24);
    glass.type_in("serenity").key(KeyCode::Up).key(KeyCode::Enter);
    assert!(glass.row(2).contains("Menu"));
}

#[test]
fn esc_three_times_or_f10_starts_over_from_everywhere() {
    let fresh = Glass::new(80, 24);
    let ways: [&dyn Fn(&mut Glass); 4] = [
        &|glass| _ = glass.type_in("house").key(KeyCode::Down).key(KeyCode::Enter),
        &|glass| _ = glass.key(KeyCode::F(9)),
        &|glass| _ = glass.key(KeyCode::Down).key(KeyCode::Enter).key(KeyCode::Down).key(KeyCode::Enter),
        &|glass| _ = glass.key(KeyCode::Tab),
    ];
    for way in ways {
        let mut glass = Glass::new(80, 24);
        way(&mut glass);
        glass.key(KeyCode::F(10));
        assert!(glass.equals(&fresh), "{}", glass.screen());

        way(&mut glass);
        glass.key(KeyCode::Esc).quickly(KeyCode::Esc).quickly(KeyCode::Esc);
        assert!(glass.equals(&fresh), "{}", glass.screen());
    }
    // Slow presses are steps back, no start over.
    let mut glass = Glass::new(80, 24);
    glass.type_in("house").key(KeyCode::Down).key(KeyCode::Enter).key(KeyCode::Esc);
    assert!(glass.shows("house"));
}

#[test]
fn typing_searches_from_every_screen() {
    let mut glass = Glass::new(80, 24);
    glass.key(KeyCode::F(1)).type_in("hope");
    assert!(glass.row(1).contains("hope"), "{}", glass.screen());
    glass.key(KeyCode::Down).key(KeyCode::Enter).type_in("9");
    assert!(glass.row(1).ends_with(" 9"), "digits type, too: {}", glass.row(1));
}

#[test]
fn alt_is_no_letter_and_a_strange_key_changes_nothing() {
    let mut glass = Glass::new(80, 24);
    let before = glass.screen();
    glass.press(KeyEvent::new(KeyCode::Char('['), KeyModifiers::ALT));
    glass.press(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
    glass.press(KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL));
    glass.key(KeyCode::Insert).key(KeyCode::F(5));
    assert_eq!(glass.screen(), before);
}

#[test]
fn leaving_is_asked_twice_and_staying_comes_first() {
    let mut glass = Glass::new(80, 24);
    glass.key(KeyCode::F(12)).key(KeyCode::Enter);
    assert!(!glass.left);
    glass.key(KeyCode::F(12)).key(KeyCode::Down).key(KeyCode::Enter);
    assert!(glass.left);
}

#[test]
fn who_types_before_the_directory_is_open_gets_the_answer_then() {
    let mut glass = Glass::unopened(plain_site(), 80, 24);
    glass.type_in("serenity");
    assert!(glass.shows("Opening the directory"));
    glass.happen(porchlight::event::Event::Directory(crate::glass::starter().counts()));
    assert!(glass.shows("Serenity"), "{}", glass.screen());
}

#[test]
fn samples_are_marked_in_list_and_page() {
    let mut glass = Glass::new(80, 24);
    glass.key(KeyCode::Down).key(KeyCode::Enter);
    let meetings = glass.screen();
    assert!(meetings.lines().skip(4).step_by(2).take(8).all(|row| row.ends_with("SAMPLE")), "{meetings}");
    glass.key(KeyCode::Enter);
    assert!(glass.shows("SAMPLE. This listing is invented"));
}

#[test]
fn the_readme_shows_the_table_of_keys() {
    let locale = plain_site().locale;
    let mut table = "| keys | what they do |\n|---|---|\n".to_owned();
    for binding in BINDINGS {
        let caps: Vec<_> = binding.presses.iter().map(|press| press.cap).collect();
        writeln!(table, "| {} | {} |", caps.join(", "), locale.say(binding.help)).unwrap();
    }
    let readme = include_str!("../README.md");
    let shown = readme.split("<!-- keys -->\n").nth(1).unwrap().split("<!-- /keys -->").next().unwrap();
    assert_eq!(shown, table, "paste this between the marks in README.md:\n{table}");
}

#[test]
fn the_cursor_stands_on_what_is_focused() {
    let mut glass = Glass::new(80, 24);
    assert_eq!(glass.at_cursor().trim(), "", "in the search line, after what was typed");
    for door in ["Find a meeting", "A place to live", "Someone to talk to"] {
        glass.key(KeyCode::Down);
        assert!(glass.at_cursor().starts_with(door), "{}", glass.at_cursor());
    }
    glass.key(KeyCode::Enter);
    for place in 0..4 {
        let row = glass.at_cursor();
        assert!(glass.row(4 + 2 * place).ends_with(row.trim_end()), "{row}");
        glass.key(KeyCode::Down);
    }
    // On a page, line by line, and never on an empty one.
    glass.key(KeyCode::Enter);
    for _ in 0..12 {
        assert!(!glass.at_cursor().trim().is_empty(), "{}", glass.screen());
        glass.key(KeyCode::Down);
    }
}

#[test]
fn resizing_keeps_what_is_read() {
    let mut glass = Glass::new(80, 24);
    glass.type_in("overdose").key(KeyCode::Enter).key(KeyCode::Enter);
    let title = glass.row(2);
    for _ in 0..6 {
        glass.key(KeyCode::Down);
    }
    for (width, height) in [(40, 12), (25, 6), (120, 40), (80, 24)] {
        glass.resize(width, height);
        assert!(!glass.at_cursor().trim().is_empty(), "{}", glass.screen());
    }
    assert_eq!(glass.row(2), title);
}
