use index::vocabulary::Vocabulary;
use proptest::prelude::*;

use super::*;

mod columns;

const BUILT_IN: [&str; 2] = ["national", "sample"];

fn faults(text: &str) -> Vec<String> {
    Settings::read("p.toml", text).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

fn feed_faults(text: &str) -> Vec<String> {
    let read = FeedsFile::read("feeds.toml", text, Vocabulary::builtin(), &BUILT_IN);
    read.err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn the_defaults_are_a_settings_file_without_fault() {
    let settings = Settings::read("porchlight.toml", DEFAULTS).unwrap();
    assert_eq!(settings.idle, Duration::from_secs(90));
    assert_eq!(settings.zone.iana_name(), Some("America/New_York"));
    assert_eq!(settings, Settings::defaults());
}

#[test]
fn a_file_says_only_what_differs() {
    let settings = Settings::read("p.toml", "[centre]\nname = \"Hilltop\"\n").unwrap();
    assert_eq!(settings, Settings { name: "Hilltop".to_owned(), ..Settings::defaults() });
}

#[test]
fn every_fault_is_told_at_once_with_its_line_and_remedy() {
    let text = "[centre]\nnmae = \"Hilltop\"\ntimezone = \"Mars/Olympus\"\nlatitude = 95\n\n[idle]\nseconds = 5\n\n[screen]\nglyphs = \"asci\"\n";
    let told = faults(text);
    let expected = [
        ("p.toml:1:", "both"),
        ("p.toml:2:", "`name`"),
        ("p.toml:3:", "time zone"),
        ("p.toml:4:", "90"),
        ("p.toml:7:", "from 20 to 3600"),
        ("p.toml:10:", "\"ascii\""),
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for ((place, remedy), told) in expected.iter().zip(&told) {
        assert!(told.starts_with(place) && told.contains(remedy), "{told}");
    }
}

#[test]
fn notices_are_texts_or_tables_with_a_last_day() {
    let text = "[centre]\nnotices = [\"Coffee at 9\", { text = \"Closed on Thursday\", until = 2026-11-26 }]\n";
    let notices = Settings::read("p.toml", text).unwrap().notices;
    assert_eq!(notices[0], Notice { text: "Coffee at 9".to_owned(), from: None, until: None });
    assert_eq!(notices[1].until, Some(jiff::civil::date(2026, 11, 26)));
}

#[test]
fn a_lock_that_cannot_be_read_leaves_the_door_shut() {
    let lock = Lock::new(&crate::pin::Pin::read("271828").unwrap()).unwrap();
    let whole = format!("[staff]\npin = \"{lock}\"\n");
    assert_eq!(Settings::read("p.toml", &whole).unwrap().latch(), Latch::Pin);
    let latch = |text: &str| Settings::read_anyway("p.toml", text).0.latch();
    assert_eq!(latch(&format!("{whole}[idle]\nseconds = 1\n")), Latch::Pin, "another fault is none of the door's");
    assert_eq!(latch("[idle]\nseconds = 1\n"), Latch::Open);
    assert_eq!(latch("[staff]\npin = \"\"\n"), Latch::Open);
    let torn = [
        "[staff]\npin = \"1234\"\n".to_owned(),
        "[staff]\npin = 1234\n".to_owned(),
        whole.replace("pin =", "pim ="),
        whole.replace("[staff]", "[staf]"),
        whole.replace("[staff]", "[staff"),
        whole.trim_end().trim_end_matches('"').to_owned(),
        whole.replace("argon2id", "argon2d"),
    ];
    for torn in torn {
        assert_eq!(latch(&torn), Latch::Stuck, "{torn}");
    }
}

#[test]
fn a_wrong_crisis_number_is_not_taken() {
    let told = faults("[[crisis]]\nname = \"County\"\nreach = \"1-800-622-4357\"\n");
    assert!(told[0].starts_with("p.toml:3:") && told[0].contains("1-800-662-4357"), "{told:?}");
}

#[test]
fn a_feed_needs_a_name_a_form_and_one_source() {
    let told = feed_faults("[[feed]]\nname = \"County AA\"\nform = \"meeting-gide\"\nfile = \"a\"\nurl = \"b\"\n");
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told.iter().any(|fault| fault.contains("did you mean \"meeting-guide\"")), "{told:#?}");
    for form in ["bmlt", "hsds", "findtreatment", "meeting-guide", "tsml-csv"] {
        let told = feed_faults(&format!("[[feed]]\nname = \"a\"\nform = \"{form}\"\nfile = \"a.json\"\n"));
        assert!(told.is_empty(), "{told:#?}");
    }
    let twice = "[[feed]]\nname = \"a\"\nform = \"porchlight\"\nfile = \"a.toml\"\n".repeat(2);
    assert!(feed_faults(&twice)[0].contains("two feeds"));
}

#[test]
fn hours_between_two_readings_have_a_range() {
    assert_eq!(Settings::defaults().every_hours, 24);
    assert_eq!(Settings::read("p.toml", "[refresh]\nevery_hours = 720\n").unwrap().every_hours, 720);
    for wrong in ["0", "721", "\"day\"", "1.5"] {
        let told = faults(&format!("[refresh]\nevery_hours = {wrong}\n"));
        assert!(told.len() == 1 && told[0].starts_with("p.toml:2:") && told[0].contains("`every_hours`"), "{told:?}");
    }
    let feed = |more: &str| format!("[[feed]]\nname = \"a\"\nform = \"porchlight\"\n{more}\n");
    let read = |text: &str| FeedsFile::read("feeds.toml", text, Vocabulary::builtin(), &BUILT_IN).unwrap().feeds;
    assert_eq!(read(&feed("file = \"a.toml\""))[0].every_hours, None);
    assert_eq!(read(&feed("file = \"a.toml\"\nevery_hours = 1"))[0].every_hours, Some(1));
    let told = feed_faults(&feed("file = \"a.toml\"\nevery_hours = 1000"));
    assert!(told.len() == 1 && told[0].starts_with("feeds.toml:5:") && told[0].contains("720"), "{told:?}");
    let told = feed_faults(&feed("builtin = \"sample\"\nevery_hours = 5"));
    assert!(told.len() == 1 && told[0].starts_with("feeds.toml:5:") && told[0].contains("built in"), "{told:?}");
}

#[test]
fn the_name_of_what_staff_say_is_for_no_feed() {
    let told = feed_faults("[[feed]]\nname = \"desk\"\nform = \"porchlight\"\nfile = \"a.toml\"\n");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("feeds.toml:2:") && told[0].contains("another name"), "{told:?}");
    assert!(feed_faults("[[feed]]\nname = \"desks\"\nform = \"porchlight\"\nfile = \"a.toml\"\n").is_empty());
}

#[test]
fn the_built_in_feeds_file_has_no_fault() {
    let parts = ["national", "publications", "guide", "glossary", "sample"];
    let read = FeedsFile::read("feeds.toml", feeds::DEFAULTS, Vocabulary::builtin(), &parts).unwrap();
    assert_eq!(read.feeds.len(), parts.len());
}

proptest! {
    #[test]
    fn damage_to_a_settings_file_is_told_and_nothing_panics(at in 0..DEFAULTS.len(), letter in any::<char>()) {
        let mut text = DEFAULTS.to_owned();
        if text.is_char_boundary(at) {
            text.insert(at, letter);
        }
        for fault in Settings::read("p.toml", &text).err().unwrap_or_default() {
            prop_assert!(fault.line >= 1 && index::text::is_clean(&fault.text), "{}", fault);
        }
    }
}
