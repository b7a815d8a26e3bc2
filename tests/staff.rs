//! The door for staff and what is behind it: keys in, whole screens out, and a million random keys that open nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use index::record::Kind;
use jiff::{SignedDuration, Timestamp};
use porchlight::app::{App, Around, Directory, Screen, Site};
use porchlight::errand::{Account, Edition, Errand, Lately, News, Refreshed, Standing, Step, Unchanged};
use porchlight::event::{Effect, Event};
use porchlight::keys::{self, Action};
use porchlight::layout::Size;
use porchlight::pin::{Latch, Pin};
use porchlight::staff::{Answer, Door};
use proptest::prelude::*;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::glass::{Glass, TUESDAY_EVENING, own_site, plain_site};

const RIGHT: &str = "271828";

fn pinned(latch: Latch) -> Site {
    Site { latch, ..plain_site() }
}

fn put_up(hours: i64) -> Timestamp {
    let evening: jiff::Zoned = TUESDAY_EVENING.parse().unwrap();
    evening.timestamp().checked_sub(SignedDuration::from_hours(hours)).unwrap()
}

fn edition(name: &str) -> Edition {
    Edition { name: name.to_owned(), put_up: put_up(5) }
}

fn after(at: Duration) -> Timestamp {
    Timestamp::UNIX_EPOCH.checked_add(at).unwrap()
}

/// What a door says that opens to one PIN.
fn said(door: &mut Door, errand: &Errand, at: Duration) -> Option<News> {
    Some(match errand {
        Errand::Knock => News::Wait(door.wait(after(at))),
        Errand::Try(pin) => match door.answer(pin, after(at)) {
            Answer::Right => News::Right,
            Answer::Wrong(wait) => News::Wrong(wait),
            Answer::Wait(wait) => News::Wait(wait),
        },
        _ => return None,
    })
}

fn opens_to(right: &'static str) -> (tempfile::TempDir, Door) {
    let folder = tempfile::tempdir().unwrap();
    let door = Door::new(folder.path(), move |pin| Some(pin) == Pin::read(right).as_ref());
    (folder, door)
}

/// A kiosk with a PIN, and what staff asked for behind the door.
pub(crate) struct Kiosk {
    pub(crate) glass: Glass,
    pub(crate) asked: Rc<RefCell<Vec<Errand>>>,
}

impl Kiosk {
    fn new(width: u16, height: u16) -> Self {
        Self::telling(width, height, |_| Vec::new())
    }

    /// A kiosk whose office tells this.
    pub(crate) fn telling(width: u16, height: u16, tell: impl Fn(&Errand) -> Vec<News> + 'static) -> Self {
        let mut glass = Glass::with(pinned(Latch::Pin), width, height);
        let asked = Rc::new(RefCell::new(Vec::new()));
        let (folder, mut door) = opens_to(RIGHT);
        let heard = asked.clone();
        glass.errands = Some(Box::new(move |errand, at| {
            let _lives_as_long = &folder;
            let answer = said(&mut door, &errand, at).map_or_else(|| tell(&errand), |news| vec![news]);
            heard.borrow_mut().push(errand);
            answer
        }));
        Self { glass, asked }
    }

    /// Behind the door, with the item in focus whose text begins so.
    pub(crate) fn inside(mut self, item: &str) -> Self {
        self.glass.key(KeyCode::F(12)).type_in(RIGHT).key(KeyCode::Enter);
        self.glass.shows("How the directory stands").then_some(()).expect("the door is open");
        self.choose(item);
        self
    }

    pub(crate) fn choose(&mut self, item: &str) {
        for _ in 0..14 {
            if self.glass.at_cursor().starts_with(item) {
                self.glass.key(KeyCode::Enter);
                return;
            }
            self.glass.key(KeyCode::Down);
        }
        panic!("no {item} on\n{}", self.glass.screen());
    }

    pub(crate) fn asked_for(&self, errand: &Errand) -> bool {
        self.asked.borrow().contains(errand)
    }
}

#[test]
fn without_a_pin_the_door_says_how_to_set_one_and_leaving_stays_three_keys() {
    let mut glass = Glass::with(pinned(Latch::Open), 80, 24);
    glass.key(KeyCode::F(12));
    assert!(glass.shows("porchlight hash-pin") && glass.shows("988"));
    insta::assert_snapshot!("staff_no_pin", glass.screen());
    glass.key(KeyCode::Down).key(KeyCode::Enter);
    assert!(glass.left);
}

#[test]
fn a_pin_that_cannot_be_read_leaves_the_door_shut_and_says_what_to_do() {
    let mut glass = Glass::with(pinned(Latch::Stuck), 80, 24);
    glass.key(KeyCode::F(12));
    assert!(glass.shows("porchlight check") && !glass.shows("Leave the program"), "{}", glass.screen());
    glass.key(KeyCode::Down).key(KeyCode::Enter);
    assert!(!glass.left);
}

#[test]
fn the_door_shows_no_digit_and_goes_back_with_esc() {
    let mut kiosk = Kiosk::new(80, 24);
    let glass = &mut kiosk.glass;
    glass.type_in("serenity").key(KeyCode::F(12)).type_in("27x");
    assert!(glass.shows("Type the PIN in digits"), "{}", glass.screen());
    glass.key(KeyCode::Backspace).type_in("71");
    insta::assert_snapshot!("staff_door", glass.screen());
    assert!(glass.shows("PIN: ***") && !glass.shows("271"), "{}", glass.screen());
    assert!(!format!("{:?}", glass.app).contains("271"), "nor any log");
    glass.key(KeyCode::Enter);
    assert!(glass.shows("at least 4 digits"));
    glass.key(KeyCode::Esc);
    assert!(glass.shows("Search: serenity") && glass.shows("found"), "{}", glass.screen());
    assert!(!kiosk.asked.borrow().iter().any(|errand| matches!(errand, Errand::Try(_))));
}

#[test]
fn wrong_pins_wait_longer_and_longer_and_the_right_one_opens() {
    let mut kiosk = Kiosk::new(80, 24);
    let glass = &mut kiosk.glass;
    glass.key(KeyCode::F(12));
    for wait in ["Please try again.", "Please try again.", "Please try again.", "in 5 seconds."] {
        glass.type_in("000000").key(KeyCode::Enter);
        assert!(glass.shows("That is not the PIN.") && glass.shows(wait), "{}", glass.screen());
    }
    // Digits take two seconds each; so the fifth waits no more, and its own wait is longer.
    glass.type_in("000000").key(KeyCode::Enter);
    assert!(glass.shows("in 15 seconds."), "{}", glass.screen());
    // Neither going away nor the right PIN shortens it.
    glass.key(KeyCode::F(10)).key(KeyCode::F(12));
    assert!(glass.shows("Please wait 11 seconds."), "{}", glass.screen());
    for digit in RIGHT.chars() {
        glass.quickly(KeyCode::Char(digit));
    }
    glass.quickly(KeyCode::Enter);
    assert!(glass.shows("Please wait 10 seconds."), "{}", glass.screen());
    glass.at += Duration::from_secs(10);
    glass.type_in(RIGHT).key(KeyCode::Enter);
    insta::assert_snapshot!("staff_menu", glass.screen());
    assert!(glass.app.is_staffed() && glass.shows("988"));
}

#[test]
fn an_answer_that_comes_too_late_opens_nothing() {
    let mut glass = Glass::with(pinned(Latch::Pin), 80, 24);
    let tried: Rc<RefCell<Vec<Errand>>> = Rc::default();
    let heard = tried.clone();
    // The door takes its time.
    glass.errands = Some(Box::new(move |errand, _| {
        heard.borrow_mut().push(errand);
        Vec::new()
    }));
    glass.key(KeyCode::F(12)).type_in(RIGHT).key(KeyCode::Enter);
    assert!(glass.shows("One moment."));
    glass.type_in("12345").key(KeyCode::Enter);
    assert_eq!(tried.borrow().len(), 2, "one PIN at a time");
    let mut late = glass.app.clone();
    // Whoever has gone, or come back, or has the crisis card before them is not let in.
    let ways: [&[KeyCode]; 3] = [&[KeyCode::Esc], &[KeyCode::Esc, KeyCode::F(12)], &[KeyCode::F(9)]];
    for way in ways {
        let mut app = late.clone();
        for code in way {
            app.update(Event::Key(KeyEvent::new(*code, KeyModifiers::NONE), Duration::from_secs(100)));
        }
        for ticket in 0..20 {
            app.update(Event::Staff(porchlight::event::Ticket(ticket), News::Right));
        }
        assert!(!app.is_staffed());
    }
    for ticket in 0..20 {
        late.update(Event::Staff(porchlight::event::Ticket(ticket), News::Right));
    }
    assert!(late.is_staffed(), "whoever waited is");
}

#[test]
fn how_it_stands() {
    let standing = |edition| {
        Box::new(Standing {
            edition,
            folder: "/var/lib/porchlight".to_owned(),
            feeds_file: Some("/etc/porchlight/feeds.toml".to_owned()),
            records: 21,
            kinds: [1, 2, 3, 4, 5, 6],
            feeds: BTreeMap::from([("county-aa".to_owned(), 20), ("our-list".to_owned(), 1)]),
            lately: BTreeMap::from([
                ("county-aa".to_owned(), Lately { read: Some(put_up(3)), due: Some(put_up(-21)), ..Lately::default() }),
                (
                    "our-list".to_owned(),
                    Lately {
                        read: Some(put_up(100)),
                        failed: Some("the server example.org was not found".to_owned()),
                        due: Some(put_up(2)),
                        ..Lately::default()
                    },
                ),
            ]),
            disk: Some([57 << 30, 252 << 30]),
        })
    };
    let newest = standing(Some(edition("000012-5f0c9a1e")));
    let mut kiosk = Kiosk::telling(80, 30, move |_| vec![News::Stands(newest.clone())]).inside("How the directory");
    assert!(kiosk.asked_for(&Errand::Look));
    insta::assert_snapshot!("staff_look", kiosk.glass.screen());
    assert_eq!(Kind::ALL.len(), 6);
    kiosk.glass.key(KeyCode::Esc);
    assert!(kiosk.glass.at_cursor().starts_with("How the directory"), "back in the menu");
    let starter = Kiosk::telling(80, 30, move |_| vec![News::Stands(standing(None))]).inside("How the directory");
    assert!(starter.glass.shows("Visitors see the starter pack"), "{}", starter.glass.screen());
}

#[test]
fn a_refresh_tells_what_it_finds_and_what_became_of_every_row() {
    let steps = vec![
        News::Step(Step::Read("county-aa".to_owned(), 12)),
        News::Step(Step::Note("county-aa".to_owned(), "row 7: it has no name".to_owned())),
        News::Step(Step::Read("our-list".to_owned(), 0)),
        News::Step(Step::Kept("our-list".to_owned(), 3)),
        News::Step(Step::MoreNotes(2)),
    ];
    let mut kiosk = Kiosk::telling(80, 24, move |errand| match errand {
        Errand::Refresh(_) => steps.clone(),
        _ => Vec::new(),
    })
    .inside("Refresh");
    assert!(kiosk.glass.shows("Reading the feeds. Press Esc to stop."), "{}", kiosk.glass.screen());
    assert!(kiosk.glass.shows("Esc stop"));
    insta::assert_snapshot!("staff_refresh_runs", kiosk.glass.screen());
    let account = Account { name: "county-aa".to_owned(), rows: 12, records: 10, joined: 1, dropped: 1 };
    let mut done = kiosk.glass.app.clone();
    let done_news = News::Refreshed(Refreshed::Done("000013-aa".to_owned(), vec![account]));
    for ticket in 0..20 {
        done.update(Event::Staff(porchlight::event::Ticket(ticket), done_news.clone()));
    }
    kiosk.glass.app = done;
    kiosk.glass.happen(Event::Resize(Size { width: 80, height: 24 }));
    insta::assert_snapshot!("staff_refresh_done", kiosk.glass.screen());
    assert!(!kiosk.asked_for(&Errand::Stop));
    kiosk.glass.key(KeyCode::Esc);
    assert!(kiosk.glass.shows("Check the settings"), "back in the menu");
    assert!(!kiosk.asked_for(&Errand::Stop), "what is over is not stopped");
}

#[test]
fn a_refresh_can_be_stopped() {
    let mut kiosk = Kiosk::new(80, 24).inside("Refresh");
    kiosk.glass.key(KeyCode::Esc);
    assert!(kiosk.asked_for(&Errand::Stop) && kiosk.glass.shows("Stopping."), "{}", kiosk.glass.screen());
    for ticket in 0..20 {
        kiosk.glass.happen(Event::Staff(porchlight::event::Ticket(ticket), News::Refreshed(Refreshed::Stopped)));
    }
    assert!(kiosk.glass.shows("Stopped. Nothing was changed."), "{}", kiosk.glass.screen());
}

#[test]
fn every_way_a_refresh_can_end_is_told() {
    let ends = [
        (Refreshed::NoFeeds, "no file of feeds"),
        (Refreshed::Busy, "A refresh is running"),
        (Refreshed::Waits, "held back and waits for you"),
        (Refreshed::Faults(vec!["feeds.toml:3: broken".to_owned()]), "feeds.toml:3: broken"),
        (Refreshed::Failed("no feed gave a record".to_owned()), "no feed gave a record"),
    ];
    for (ended, told) in ends {
        let kiosk = Kiosk::telling(80, 24, move |_| vec![News::Refreshed(ended.clone())]).inside("Refresh");
        assert!(kiosk.glass.shows(told), "{}", kiosk.glass.screen());
    }
}

#[test]
fn rolling_back_is_asked_once_and_says_what_stands_then() {
    let rolls = |outcome: Result<Edition, Unchanged>| {
        let mut kiosk = Kiosk::telling(80, 24, move |_| vec![News::RolledBack(outcome.clone())]).inside("Go back");
        assert!(!kiosk.asked_for(&Errand::RollBack));
        kiosk.glass.key(KeyCode::Enter);
        assert!(!kiosk.asked_for(&Errand::RollBack), "leaving it comes first");
        kiosk.choose("Go back");
        kiosk.choose("Yes");
        assert!(kiosk.asked_for(&Errand::RollBack));
        kiosk.glass
    };
    let glass = rolls(Ok(edition("000011-0c9a1e5f")));
    insta::assert_snapshot!("staff_rolled_back", glass.screen());
    assert!(rolls(Err(Unchanged::Busy)).shows("A refresh is running"));
    assert!(rolls(Err(Unchanged::NothingBefore)).shows("no edition before"));
    assert!(rolls(Err(Unchanged::Disk("this user may not do that".to_owned()))).shows("this user may not"));
}

#[test]
fn the_settings_can_be_checked() {
    let faults = vec!["/etc/porchlight/porchlight.toml:7: `nmae` is not known; did you mean `name`?".to_owned()];
    let kiosk = Kiosk::telling(80, 24, move |_| vec![News::Checked(faults.clone())]).inside("Check");
    assert!(kiosk.glass.shows("1 fault") && kiosk.glass.shows("porchlight.toml:7:"), "{}", kiosk.glass.screen());
    let kiosk = Kiosk::telling(80, 24, |_| vec![News::Checked(Vec::new())]).inside("Check");
    assert!(kiosk.glass.shows("no faults"), "{}", kiosk.glass.screen());
}

#[test]
fn leaving_is_asked_behind_the_door_too() {
    let mut kiosk = Kiosk::new(80, 24).inside("Leave");
    assert!(!kiosk.glass.left && kiosk.glass.shows("Stop the kiosk"));
    kiosk.choose("Yes");
    assert!(kiosk.glass.left);
}

#[test]
fn the_door_closes_by_esc_by_f10_and_when_nobody_is_there() {
    let fresh = Glass::with(pinned(Latch::Pin), 80, 24);
    let ways: [&dyn Fn(&mut Glass); 4] = [
        &|glass| _ = glass.key(KeyCode::Esc).key(KeyCode::Esc),
        &|glass| _ = glass.key(KeyCode::F(10)),
        &|glass| {
            glass.happen(Event::Idle);
            glass.happen(Event::Abandoned);
        },
        &|glass| _ = glass.key(KeyCode::Esc).key(KeyCode::Down).key(KeyCode::Enter),
    ];
    for way in ways {
        let mut kiosk = Kiosk::new(80, 24).inside("Check");
        way(&mut kiosk.glass);
        assert!(kiosk.glass.equals(&fresh), "{}", kiosk.glass.screen());
    }
    // And so does the keypad.
    let mut kiosk = Kiosk::new(80, 24);
    kiosk.glass.key(KeyCode::F(12)).type_in("2718");
    kiosk.glass.happen(Event::Idle);
    assert!(kiosk.glass.shows("Still there?"));
    kiosk.glass.happen(Event::Abandoned);
    assert!(kiosk.glass.equals(&fresh));
}

#[test]
fn the_crisis_line_and_card_are_there_behind_the_door_and_a_letter_closes_nothing() {
    let mut kiosk = Kiosk::new(80, 24).inside("Refresh");
    kiosk.glass.type_in("x");
    assert!(kiosk.glass.shows("Nothing can be typed here") && kiosk.glass.app.is_staffed());
    kiosk.glass.key(KeyCode::F(9));
    assert!(kiosk.glass.shows("Call 911"));
    kiosk.glass.key(KeyCode::Esc);
    assert!(kiosk.glass.shows("Reading the feeds"), "the refresh goes on: {}", kiosk.glass.screen());
    for (width, height) in [(120, 40), (40, 12), (30, 8), (20, 5), (19, 4)] {
        kiosk.glass.resize(width, height);
        assert!(kiosk.glass.shows("988"));
    }
}

/// A state without a screen, as quick as can be, with a door whose wait runs by a clock of its own.
struct Bare {
    app: App,
    door: Door,
    _folder: tempfile::TempDir,
    at: Duration,
    tried: u32,
}

impl Bare {
    fn new() -> Self {
        let around = Around {
            site: Rc::new(Site { latch: Latch::Pin, ..own_site() }),
            now: TUESDAY_EVENING.parse().unwrap(),
            size: Size { width: 80, height: 24 },
            directory: Directory::Opening,
        };
        let (folder, door) = opens_to(RIGHT);
        Self { app: App::start(around).0, door, _folder: folder, at: Duration::ZERO, tried: 0 }
    }

    /// A key, a tenth of a second after the one before.
    fn press(&mut self, key: &KeyEvent) {
        self.at += Duration::from_millis(100);
        let effects = self.app.update(Event::Key(*key, self.at));
        for effect in effects {
            let Effect::Staff(ticket, errand) = effect else { continue };
            self.tried += u32::from(matches!(errand, Errand::Try(_)));
            let news = said(&mut self.door, &errand, self.at).expect("nothing else is asked for before the door");
            self.app.update(Event::Staff(ticket, news));
        }
    }

    fn at_the_door(&self) -> bool {
        matches!(self.app.screen(), Some(Screen::Keypad(_)))
    }
}

/// Keys of a hand that means nothing, with a liking for the door and for digits.
fn any_key(random: &mut u64) -> KeyEvent {
    let mut next = |below: u64| {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        (*random >> 16) % below
    };
    let code = match next(100) {
        0..4 => KeyCode::F(12),
        4..44 => KeyCode::Char(char::from(b'0' + u8::try_from(next(10)).unwrap())),
        44..62 => KeyCode::Enter,
        62..66 => KeyCode::F(u8::try_from(next(12)).unwrap() + 1),
        66..70 => KeyCode::Esc,
        70..90 => {
            let keys = [
                KeyCode::Up,
                KeyCode::Down,
                KeyCode::Left,
                KeyCode::Right,
                KeyCode::Tab,
                KeyCode::BackTab,
                KeyCode::Backspace,
                KeyCode::Delete,
            ];
            keys[usize::try_from(next(8)).unwrap()]
        }
        _ => KeyCode::Char(char::from(b' ' + u8::try_from(next(95)).unwrap())),
    };
    let modifiers = if next(20) == 0 { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
    KeyEvent::new(code, modifiers)
}

#[test]
fn a_million_random_keys_never_open_the_door() {
    let mut kiosk = Bare::new();
    let mut random = 0x2545_f491_4f6c_dd1d;
    let mut stood_there = 0_u32;
    for _ in 0..1_000_000 {
        kiosk.press(&any_key(&mut random));
        stood_there += u32::from(kiosk.at_the_door());
        assert!(!kiosk.app.is_staffed());
    }
    assert!(stood_there > 100_000 && kiosk.tried > 1_000, "{stood_there} {}", kiosk.tried);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// The keypad is left by the right PIN, by going back, and by the two keys that always work; by nothing else.
    #[test]
    fn the_keypad_is_left_only_as_it_may_be(seed in 1..u64::MAX) {
        let mut kiosk = Bare::new();
        let mut random = seed;
        for _ in 0..400 {
            if !kiosk.at_the_door() {
                kiosk.press(&KeyEvent::new(KeyCode::F(10), KeyModifiers::NONE));
                kiosk.press(&KeyEvent::new(KeyCode::F(12), KeyModifiers::NONE));
            }
            let key = any_key(&mut random);
            kiosk.press(&key);
            let way_out = [Action::Back, Action::StartOver, Action::Crisis].map(Some).contains(&keys::action(&key));
            prop_assert_eq!(kiosk.at_the_door(), !way_out, "{:?}", key);
            prop_assert!(!kiosk.app.is_staffed());
        }
        kiosk.app.update(Event::Idle);
        kiosk.app.update(Event::Abandoned);
        prop_assert!(!kiosk.at_the_door());
        // And the right PIN opens it, after all that.
        kiosk.at += Duration::from_secs(301);
        kiosk.press(&KeyEvent::new(KeyCode::F(12), KeyModifiers::NONE));
        for digit in RIGHT.chars() {
            kiosk.press(&KeyEvent::new(KeyCode::Char(digit), KeyModifiers::NONE));
        }
        kiosk.press(&KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE));
        prop_assert!(kiosk.app.is_staffed());
    }
}
