//! What staff change by hand at the glass: keys in, screens out, and what the office is asked to write down.

use std::collections::BTreeMap;

use index::overrides::{Draft, Field, Piece, Target, What};
use index::record::{Beds, RecordId};
use index::schedule::Dates;
use jiff::civil::date;
use porchlight::errand::{Change, Changes, Complaints, Errand, Found, Home, News, Refreshed, Saying, Step};
use porchlight::event::{Event, Ticket};
use ratatui::crossterm::event::KeyCode;

use crate::glass::Glass;
use crate::staff::Kiosk;

fn home(key: &str, name: &str, free: Option<u32>) -> Home {
    let counted = Some(date(2026, 11, 24).at(9, 30, 0, 0));
    let beds = free.map(|free| Beds { free, counted });
    Home { id: RecordId::new("sample", key), name: name.to_owned(), city: "Riverbend".to_owned(), beds }
}

/// A kiosk whose office writes everything down.
fn kiosk(width: u16, height: u16) -> Kiosk {
    Kiosk::telling(width, height, |errand| match errand {
        Errand::Homes => {
            vec![News::Homes(Ok((vec![home("elm", "Elm Row House", Some(2)), home("oak", "Oak House", None)], 0)))]
        }
        Errand::Change(_) => {
            vec![News::Written(vec![1]), News::Refreshed(Refreshed::Done("000014-aa".to_owned(), Vec::new()))]
        }
        _ => Vec::new(),
    })
}

impl Kiosk {
    /// The listing of these words, and the way to change it.
    fn listing(mut self, words: &str, way: &str) -> Self {
        self.glass.type_in(words).key(KeyCode::Down).key(KeyCode::Enter);
        self.glass.key(KeyCode::Home);
        assert!(self.glass.at_cursor().starts_with("Staff: change this listing"), "{}", self.glass.screen());
        self.glass.key(KeyCode::Enter);
        self.choose(way);
        self
    }

    /// Types into the field of this label.
    fn fill(&mut self, label: &str, words: &str) -> &mut Self {
        self.to(label);
        self.glass.key(KeyCode::Delete).type_in(words);
        self
    }

    fn to(&mut self, label: &str) {
        for _ in 0..20 {
            let row = self.glass.cursor_row();
            if row.trim_start_matches(['>', ' ']).starts_with(label) {
                return;
            }
            self.glass.key(KeyCode::Down);
        }
        panic!("no field {label} on\n{}", self.glass.screen());
    }

    fn save(&mut self) {
        self.to("Save");
        self.glass.key(KeyCode::Enter);
    }

    /// What the office was asked to write down.
    fn said(&self) -> Vec<Saying> {
        let asked = self.asked.borrow();
        asked
            .iter()
            .filter_map(|errand| if let Errand::Change(said) = errand { Some(said.clone()) } else { None })
            .next_back()
            .unwrap_or_default()
    }
}

fn say(dates: Dates, what: What) -> Vec<Saying> {
    vec![Saying::Say(dates, what)]
}

#[test]
fn beds_are_counted_by_arrow_and_number() {
    let mut kiosk = kiosk(80, 24).inside("Free beds");
    assert!(kiosk.glass.shows("2 free, counted 9 hours ago"), "{}", kiosk.glass.screen());
    kiosk.glass.key(KeyCode::Down).type_in("x");
    assert!(kiosk.glass.shows("Type digits here"), "{}", kiosk.glass.screen());
    kiosk.glass.type_in("3");
    insta::assert_snapshot!("staff_beds", kiosk.glass.screen());
    kiosk.save();
    assert_eq!(kiosk.said(), say(Dates::default(), What::Beds(RecordId::new("sample", "oak"), 3)));
    assert!(kiosk.glass.shows("Edition 000014-aa is up"), "{}", kiosk.glass.screen());
    kiosk.glass.key(KeyCode::Esc);
    assert!(
        kiosk.glass.at_cursor().starts_with("Free beds"),
        "back in the menu, not in the form\n{}",
        kiosk.glass.screen()
    );
}

#[test]
fn nothing_typed_is_nothing_saved_and_too_many_beds_are_a_slip() {
    let mut kiosk = kiosk(80, 24).inside("Free beds");
    kiosk.save();
    assert!(kiosk.glass.shows("Nothing was typed") && kiosk.said().is_empty(), "{}", kiosk.glass.screen());
    kiosk.fill("Elm Row House", "99999").save();
    assert!(kiosk.glass.shows("That is too many.") && kiosk.said().is_empty(), "{}", kiosk.glass.screen());
    assert!(kiosk.glass.cursor_row().contains("Elm Row House, Riverbend: 99999"), "and it says where");
}

#[test]
fn a_listing_or_its_building_is_closed_between_two_days() {
    let mut kiosk = kiosk(80, 24).inside("Change a listing").listing("smart women", "Close it");
    kiosk.fill("Why", "burst pipe").fill("First day", "11/23");
    assert!(kiosk.glass.shows("Monday, November 23"), "what began yesterday: {}", kiosk.glass.screen());
    kiosk.fill("First day", "12/1");
    assert!(kiosk.glass.shows("Tuesday, December 1"), "how it is understood: {}", kiosk.glass.screen());
    kiosk.fill("Last day", "11/23/2026").save();
    assert!(kiosk.glass.shows("That day is over.") && kiosk.said().is_empty(), "{}", kiosk.glass.screen());
    assert!(kiosk.glass.cursor_row().contains("Last day"));
    kiosk.fill("Last day", "tomorrow").save();
    assert!(kiosk.glass.shows("That is before the first day."), "{}", kiosk.glass.screen());
    kiosk.fill("Last day", "sometime").save();
    assert!(kiosk.glass.shows("That is no day."), "{}", kiosk.glass.screen());
    kiosk.fill("Last day", "friday").fill("First day", "").to("What");
    insta::assert_snapshot!("staff_close", kiosk.glass.screen());
    kiosk.glass.key(KeyCode::Right);
    assert!(kiosk.glass.shows("Everything at"), "{}", kiosk.glass.screen());
    kiosk.save();
    let building = "Motherhood Center".to_owned();
    let target = Target::Building { building, city: "Riverbend".to_owned() };
    let dates = Dates { from: None, until: Some(date(2026, 11, 27)) };
    assert_eq!(kiosk.said(), say(dates, What::Close(target, "burst pipe".to_owned())));
}

#[test]
fn only_what_was_changed_is_corrected_and_what_is_wrong_is_said_at_its_field() {
    let mut kiosk = kiosk(80, 24).inside("Change a listing").listing("smart women", "Correct");
    kiosk.fill("Phone", "ask Bo").save();
    assert!(kiosk.glass.cursor_row().contains("Phone: ask Bo"), "{}", kiosk.glass.screen());
    assert!(kiosk.glass.shows("It must be") && kiosk.said().is_empty(), "{}", kiosk.glass.screen());
    kiosk.fill("Phone", "555-0199").fill("Times", "whenever").save();
    assert!(kiosk.glass.cursor_row().contains("Times: whenever") && kiosk.said().is_empty());
    kiosk.fill("Times", "Fri 19:00-20:00").save();
    let id = || RecordId::new("sample", "smart-women");
    let said = kiosk.said();
    let correct = |field, value: &str| Saying::Say(Dates::default(), What::Correct(id(), field, value.to_owned()));
    assert_eq!(said, [correct(Field::Phone, "555-0199"), correct(Field::Times, "Fri 19:00-20:00")]);
}

#[test]
fn a_note_and_hiding_and_a_notice() {
    let mut note = kiosk(80, 24).inside("Change a listing").listing("smart women", "Say something");
    note.save();
    assert!(note.glass.shows("This must say something.") && note.said().is_empty(), "{}", note.glass.screen());
    note.fill("What to say", "moved to room 4").fill("Last day", "12/1").save();
    let target = || Target::Listing(RecordId::new("sample", "smart-women"));
    let until = |month, day| Dates { from: None, until: Some(date(2026, month, day)) };
    assert_eq!(note.said(), say(until(12, 1), What::Note(target(), "moved to room 4".to_owned())));
    let mut hide = kiosk(80, 24).inside("Change a listing").listing("smart women", "Hide");
    hide.save();
    assert_eq!(hide.said(), say(Dates::default(), What::Hide(target())));
    let mut notice = kiosk(80, 24).inside("A notice");
    notice.fill("What to say", "Potluck on Friday").fill("First day", "today").save();
    let today = Dates { from: Some(date(2026, 11, 24)), until: None };
    assert_eq!(notice.said(), say(today, What::Notice("Potluck on Friday".to_owned())));
}

#[test]
fn a_listing_of_any_kind_is_added_field_by_field() {
    let mut kiosk = kiosk(80, 24).inside("Add a listing");
    kiosk.glass.key(KeyCode::Right).key(KeyCode::Right).key(KeyCode::Right);
    assert!(kiosk.glass.cursor_row().contains("Kind: Fellowship"), "{}", kiosk.glass.screen());
    kiosk.glass.type_in("x");
    assert!(kiosk.glass.shows("Left or Right"), "{}", kiosk.glass.screen());
    kiosk.glass.key(KeyCode::Left).key(KeyCode::Left).key(KeyCode::Left).key(KeyCode::Left).key(KeyCode::Right);
    kiosk.save();
    assert!(kiosk.glass.cursor_row().contains("Name:") && kiosk.glass.shows("This must say something."));
    kiosk.fill("Name", "Lantern Night").fill("Website", "no where").save();
    assert!(
        kiosk.glass.cursor_row().contains("Website: no where") && kiosk.said().is_empty(),
        "{}",
        kiosk.glass.screen()
    );
    kiosk.fill("Website", "").fill("Times", "Tue 19:00-20:00").fill("Town", "Riverbend");
    insta::assert_snapshot!("staff_add", kiosk.glass.screen());
    kiosk.save();
    let pieces = [(Piece::Name, "Lantern Night"), (Piece::Times, "Tue 19:00-20:00"), (Piece::City, "Riverbend")];
    let pieces = pieces.map(|(piece, said)| (piece, said.to_owned())).into();
    assert_eq!(kiosk.said(), [Saying::Add(Draft { kind: "meeting".to_owned(), pieces })]);
}

#[test]
fn every_kind_that_can_be_chosen_can_be_added() {
    let mut kinds = BTreeMap::new();
    for turns in 0..20 {
        let mut kiosk = kiosk(80, 24).inside("Add a listing");
        for _ in 0..turns {
            kiosk.glass.key(KeyCode::Right);
        }
        kiosk.fill("Name", "Lantern").save();
        let said = kiosk.said();
        let [Saying::Add(draft)] = &said[..] else { panic!("{}", kiosk.glass.screen()) };
        *kinds.entry(draft.kind.clone()).or_insert(0) += 1;
    }
    let kinds: Vec<_> = kinds.iter().map(|(kind, times)| (kind.as_str(), *times)).collect();
    assert_eq!(kinds, [("housing", 1), ("meeting", 1), ("organization", 3), ("service", 15)]);
}

#[test]
fn what_could_not_be_written_is_told_and_what_was_typed_is_still_there() {
    let mut kiosk = Kiosk::telling(80, 24, |errand| match errand {
        Errand::Change(_) => vec![News::Unwritten(vec!["Somebody else is changing something.".to_owned()])],
        _ => Vec::new(),
    })
    .inside("A notice");
    kiosk.fill("What to say", "Potluck").save();
    assert!(
        kiosk.glass.shows("Nothing was changed.") && kiosk.glass.shows("Somebody else"),
        "{}",
        kiosk.glass.screen()
    );
    kiosk.glass.key(KeyCode::Esc);
    assert!(kiosk.glass.shows("What to say: Potluck"), "{}", kiosk.glass.screen());
    // Where it is written down and no edition could be made, that is no loss, and it is said.
    for (ended, told) in [
        (Refreshed::Busy, "When it is done, run another one."),
        (Refreshed::Failed("the disk is full".to_owned()), "the disk is full"),
    ] {
        let mut kiosk = Kiosk::telling(80, 24, move |errand| match errand {
            Errand::Change(_) => vec![News::Written(vec![1]), News::Refreshed(ended.clone())],
            _ => Vec::new(),
        })
        .inside("A notice");
        kiosk.fill("What to say", "Potluck").save();
        let glass = &kiosk.glass;
        assert!(glass.shows("It is written down.") && glass.shows("after the next refresh"), "{}", glass.screen());
        assert!(glass.shows(told), "{}", glass.screen());
    }
}

/// Something comes from the office, to whoever asked for it.
fn tell(kiosk: &mut Kiosk, news: &News) {
    for ticket in 0..40 {
        kiosk.glass.happen(Event::Staff(Ticket(ticket), news.clone()));
    }
}

#[test]
fn what_changed_nothing_is_said_to_have_changed_nothing() {
    let note = |text: &str| News::Step(Step::Note("sample".to_owned(), text.to_owned()));
    let mut kiosk = Kiosk::telling(80, 24, |_| Vec::new()).inside("A notice");
    kiosk.fill("What to say", "Potluck").save();
    tell(&mut kiosk, &News::Written(vec![7]));
    tell(&mut kiosk, &note("elm: override 7 (beds) is older than the count of its source"));
    tell(&mut kiosk, &note("oak: override 71 (hide) is for a listing that is gone"));
    tell(&mut kiosk, &News::Refreshed(Refreshed::Done("000014-aa".to_owned(), Vec::new())));
    let glass = &kiosk.glass;
    assert!(glass.shows("changes nothing now") && glass.shows("override 7 (beds)"), "{}", glass.screen());
    assert!(!glass.shows("override 71"), "that is another one: {}", glass.screen());
}

#[test]
fn the_crisis_card_stays_under_whoever_reads_it_while_a_change_is_written() {
    let mut kiosk = Kiosk::telling(80, 24, |_| Vec::new()).inside("A notice");
    kiosk.fill("What to say", "Potluck").save();
    kiosk.glass.key(KeyCode::F(9));
    tell(&mut kiosk, &News::Written(vec![7]));
    assert!(kiosk.glass.shows("Call 911"), "{}", kiosk.glass.screen());
    kiosk.glass.key(KeyCode::Esc);
    assert!(kiosk.glass.shows("It is written down."), "{}", kiosk.glass.screen());
    kiosk.glass.key(KeyCode::Esc);
    assert!(kiosk.glass.shows("Use the arrows"), "the form is done with: {}", kiosk.glass.screen());
}

#[test]
fn an_office_that_goes_leaves_no_doubt_about_what_is_written() {
    let mut kiosk = Kiosk::telling(80, 24, |_| Vec::new()).inside("A notice");
    kiosk.fill("What to say", "Potluck").save();
    tell(&mut kiosk, &News::Gone);
    assert!(kiosk.glass.shows("It is not known if your change was written down."), "{}", kiosk.glass.screen());
    let mut kiosk = Kiosk::telling(80, 24, |_| Vec::new()).inside("A notice");
    kiosk.fill("What to say", "Potluck").save();
    tell(&mut kiosk, &News::Written(vec![7]));
    tell(&mut kiosk, &News::Gone);
    let glass = &kiosk.glass;
    assert!(glass.shows("It is written down.") && glass.shows("after the next refresh"), "{}", glass.screen());
}

#[test]
fn a_listing_says_that_it_does_not_show_what_was_changed_since_the_door_was_opened() {
    let mut kiosk = kiosk(80, 24).inside("Change a listing").listing("smart women", "Hide");
    assert!(!kiosk.glass.shows("as it was when this door was opened"));
    kiosk.save();
    kiosk.glass.key(KeyCode::Esc);
    kiosk.choose("Change a listing");
    kiosk.glass.type_in("smart women").key(KeyCode::Down).key(KeyCode::Enter);
    assert!(kiosk.glass.shows("as it was when this door was opened"), "{}", kiosk.glass.screen());
}

#[test]
fn homes_that_cannot_be_told_or_have_no_room_are_no_homes_that_are_not_there() {
    let told = |homes: Result<(Vec<Home>, u64), Vec<String>>| {
        Kiosk::telling(80, 24, move |errand| match errand {
            Errand::Homes => vec![News::Homes(homes.clone())],
            _ => Vec::new(),
        })
        .inside("Free beds")
        .glass
    };
    let glass = told(Err(vec!["porchlight.toml:3: it is broken".to_owned()]));
    assert!(glass.shows("it is broken") && !glass.shows("Add one first"), "{}", glass.screen());
    assert!(told(Ok((Vec::new(), 0))).shows("Add one first"));
    assert!(told(Ok((vec![home("elm", "Elm Row House", None)], 3))).shows("3 more homes"));
}

#[test]
fn nobody_says_a_thing_twice_while_it_is_being_written() {
    let mut kiosk = Kiosk::telling(80, 24, |_| Vec::new()).inside("A notice");
    kiosk.fill("What to say", "Potluck").save();
    kiosk.glass.key(KeyCode::Esc);
    assert!(kiosk.glass.shows("One moment.") && !kiosk.glass.shows("What to say"), "{}", kiosk.glass.screen());
}

#[test]
fn a_form_is_left_by_esc_twice_once_something_was_typed() {
    let mut kiosk = kiosk(80, 24).inside("A notice");
    kiosk.glass.type_in("Pot").key(KeyCode::Esc);
    assert!(
        kiosk.glass.shows("Press Esc once more") && kiosk.glass.shows("What to say: Pot"),
        "{}",
        kiosk.glass.screen()
    );
    kiosk.glass.key(KeyCode::Backspace).key(KeyCode::Esc);
    assert!(kiosk.glass.shows("What to say: Po"), "whoever goes on is warned again");
    // The card over the form takes the warning away, and it is given again.
    kiosk.glass.key(KeyCode::F(9)).key(KeyCode::Esc).key(KeyCode::Esc);
    assert!(
        kiosk.glass.shows("Press Esc once more") && kiosk.glass.shows("What to say: Po"),
        "{}",
        kiosk.glass.screen()
    );
    kiosk.glass.key(KeyCode::Esc);
    assert!(kiosk.glass.at_cursor().starts_with("A notice on the first screen"), "{}", kiosk.glass.screen());
    kiosk.choose("A notice");
    kiosk.glass.key(KeyCode::Esc);
    assert!(kiosk.glass.at_cursor().starts_with("A notice"), "an empty one is left at once");
}

#[test]
fn what_was_changed_is_taken_back_after_one_question() {
    let written = Some(date(2026, 11, 20).at(9, 0, 0, 0));
    let change = |number, what, name: &str, dates| Change { number, written, dates, what, name: name.to_owned() };
    let listing = |key: &str| Target::Listing(RecordId::new("sample", key));
    let dates = |from, until| Dates { from, until };
    let changes = vec![
        change(4, What::Notice("Potluck".to_owned()), "", dates(None, Some(date(2026, 11, 20)))),
        change(3, What::Hide(listing("gone")), "", Dates::default()),
        change(2, What::Close(listing("a"), "flood".to_owned()), "Lanterns", dates(Some(date(2026, 12, 1)), None)),
        change(1, What::Beds(RecordId::new("sample", "elm"), 1), "Elm Row House", Dates::default()),
    ];
    let mut kiosk = Kiosk::telling(80, 24, move |errand| match errand {
        Errand::Changes => vec![News::Changes(Ok(Changes { latest: changes.clone(), more: 0 }))],
        _ => Vec::new(),
    })
    .inside("What was changed");
    insta::assert_snapshot!("staff_changes", kiosk.glass.screen());
    kiosk.choose("Closed: Lanterns");
    assert!(kiosk.glass.shows("Take this change back?") && kiosk.glass.shows("Lanterns"), "{}", kiosk.glass.screen());
    kiosk.glass.key(KeyCode::Enter);
    assert!(kiosk.said().is_empty(), "leaving it comes first");
    kiosk.choose("Closed: Lanterns");
    kiosk.choose("Yes");
    assert_eq!(kiosk.said(), [Saying::TakeBack(2, written)]);
}

#[test]
fn complaints_stand_by_feed() {
    let notes = vec!["row 7, Lanterns: it has no time (left out)".to_owned()];
    let feeds = vec![Complaints { feed: "county-aa".to_owned(), notes, more: 2 }];
    let told = Found { taken_back: Some("000012-5f0c9a1e".to_owned()), feeds };
    let kiosk = Kiosk::telling(80, 24, move |errand| match errand {
        Errand::Complaints => vec![News::Complaints(told.clone())],
        _ => Vec::new(),
    })
    .inside("What was wrong");
    for words in ["000012-5f0c9a1e", "was taken back", "county-aa", "row 7, Lanterns", "And 2 more."] {
        assert!(kiosk.glass.shows(words), "{}", kiosk.glass.screen());
    }
}

#[test]
fn a_form_fits_every_screen_and_the_cursor_follows() {
    for (width, height) in [(120, 40), (80, 25), (40, 12), (30, 8)] {
        let mut kiosk = kiosk(width, height).inside("Add a listing");
        for _ in 0..10 {
            assert!(kiosk.glass.cursor_row().starts_with('>'), "{}", kiosk.glass.screen());
            assert!(kiosk.glass.shows("988"));
            assert!(!kiosk.glass.shows("piece-"), "a sentence is missing: {}", kiosk.glass.screen());
            kiosk.glass.key(KeyCode::Down);
        }
    }
}

#[test]
fn no_visitor_is_offered_a_change() {
    let mut glass = Glass::new(80, 24);
    glass.type_in("smart women").key(KeyCode::Down).key(KeyCode::Enter);
    assert!(glass.shows("SMART Women") && !glass.shows("Staff"), "{}", glass.screen());
}
