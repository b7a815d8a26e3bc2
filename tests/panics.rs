//! A fault in the middle of a visit, in every screen: nothing of the visitor is told, and nothing stays on the screen.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::rc::Rc;

use porchlight::app::{App, Around, Directory};
use porchlight::event::Event;
use porchlight::guard;
use porchlight::layout::Size;
use porchlight::tty::Surface;
use porchlight::view::{Glyphs, view};
use ratatui::Terminal;
use ratatui::crossterm::event::KeyCode;
use rustix::process::{Signal, kill_process};

use crate::glass::{Glass, TUESDAY_EVENING, plain_site};
use crate::keeper::{both, glasses, until};
use crate::room::Room;
use crate::terminal::kept;

/// What the visitor typed.
const CANARY: &str = "zqcanaryqz";
/// In this process, a panic is what is wanted.
const CHILD: &str = "PORCHLIGHT_PANICS_HERE";

/// The state in every screen of a visit, with the canary in its search line.
fn screens() -> Vec<App> {
    use KeyCode::{BackTab, Down, Enter, F, Tab};
    let pinned = || porchlight::app::Site { latch: porchlight::pin::Latch::Pin, ..plain_site() };
    let to: [&[KeyCode]; 9] = [
        &[],
        &[Down],
        &[Down, Enter],
        &[Tab],
        &[BackTab],
        &[F(1)],
        &[F(9)],
        &[F(12)],
        &[F(12), KeyCode::Char('4'), KeyCode::Char('7')],
    ];
    let mut screens: Vec<App> = to
        .into_iter()
        .map(|keys| {
            let mut glass = Glass::with(pinned(), 80, 24);
            glass.type_in(&format!("hope {CANARY}"));
            for key in keys {
                glass.key(*key);
            }
            glass.app
        })
        .collect();
    let mut asked = screens[0].clone();
    asked.update(Event::Idle);
    let now = TUESDAY_EVENING.parse().unwrap();
    let size = Size { width: 80, height: 24 };
    let around = Around { site: Rc::new(pinned()), now, size, directory: Directory::Missing };
    screens.extend([asked, App::start(around).0]);
    screens
}

/// Panics while it draws each screen, with what it has just drawn as the message.
fn panic_everywhere() -> usize {
    guard::keep_quiet_in_a_panic();
    let mut drawn = HashSet::new();
    for app in screens() {
        let mut written = Vec::new();
        let mut seen = String::new();
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let mut terminal = Terminal::new(Surface::over(&mut written, || Size { width: 80, height: 24 })).unwrap();
            let _ = terminal.draw(|frame| {
                view(&app, Glyphs::Unicode, frame);
                seen = frame.buffer_mut().content.iter().map(ratatui::buffer::Cell::symbol).collect();
                panic!("{CANARY} {seen} {app:?}");
            });
        }));
        assert!(ended.is_err() && written.is_empty(), "a frame that broke is not written");
        // Another one than all before.
        assert!(drawn.insert(seen));
    }
    drawn.len()
}

#[test]
fn a_panic_in_any_screen_tells_nothing_of_the_visitor() {
    if std::env::var_os(CHILD).is_some() {
        let panicked = panic_everywhere();
        // How often, and no word more: the code of the end. A failed test has another.
        #[expect(clippy::exit, reason = "this process is nothing but the panics")]
        std::process::exit(i32::try_from(panicked).unwrap());
    }
    let words = ["panics::a_panic_in_any_screen_tells_nothing_of_the_visitor", "--exact", "--nocapture"];
    let ended = Command::new(std::env::current_exe().unwrap()).args(words).env(CHILD, "1").output().unwrap();
    assert_eq!(ended.status.code(), Some(11), "{ended:?}");
    for told in [ended.stdout, ended.stderr] {
        let told = String::from_utf8_lossy(&told).into_owned();
        assert!(!told.contains(CANARY) && !told.contains("panicked") && !told.contains("988"), "{told}");
    }
}

/// Keys from the home screen to another one, and what is shown there.
type Way = &'static [(&'static [u8], &'static str)];

const F1: &[u8] = b"\x1bOP";
const F9: &[u8] = b"\x1b[20~";
const F12: &[u8] = b"\x1b[24~";
const DOWN: &[u8] = b"\x1b[B";

/// The ways to every screen of a kiosk with a PIN. Each begins with what the visitor types.
const WAYS: [Way; 9] = [
    &[(DOWN, "Search: hope")],
    &[(DOWN, "Search: hope"), (b"\r", "See also")],
    &[(b"\t", "Narrow")],
    &[(b"\x1b[Z", "Start over")],
    &[(F1, "How this works")],
    &[(F9, "Call 911")],
    &[(F12, "PIN:"), (b"4711", "****")],
    &[(F12, "PIN:"), (b"271828\r", "Check the settings")],
    &[(F12, "PIN:"), (b"271828\r", "Check the settings"), (b"\r", "Visitors see the starter pack")],
];

#[test]
fn a_crash_in_any_screen_leaves_the_home_screen_and_no_word() {
    // A fifth crash within a minute would have the crisis card stand alone.
    for ways in WAYS.chunks(3) {
        let (data, config) = kept();
        let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
        for way in ways {
            room.shows("Welcome");
            let [glass, _] = both(&mut room);
            room.press(b"hope").shows("Search: hope").shows("found");
            for (keys, words) in *way {
                room.press(keys).shows(words);
            }
            kill_process(glass, Signal::ABORT).unwrap();
            until(&mut room, "it is gone", |room| !glasses(room).contains(&glass));
            // From its last word on: the wipe, and the next home screen.
            room.shows("Welcome").shows("988");
            let wiped = room.heard.windows(2).rposition(|bytes| bytes == b"\x1bc").unwrap();
            let since = String::from_utf8_lossy(&room.heard[wiped..]).into_owned();
            for word in ["hope", "****", "Check the settings", "starter pack", "Call 911", "How this works"] {
                assert!(!since.contains(word) && !room.text().contains(word), "{word} after {way:?}: {}", room.text());
            }
        }
    }
}
