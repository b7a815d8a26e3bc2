//! The real program in a real pseudo-terminal: keys as bytes, the screen as a terminal shows it.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;

use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, Winsize, tcgetattr};
use rustix_openpty::{Pty, openpty};

use crate::room::{PATIENCE, Room, cells};

#[test]
fn a_visitor_types_serenity_and_opens_the_first_page() {
    for term in ["linux", "xterm-256color"] {
        let mut room = Room::new(term);
        room.shows("Find a meeting").shows("listings").shows("988");
        room.press(b"serenity").shows("found");
        room.press(b"\x1b[B").press(b"\r").shows("Who may come").shows("988");
        assert_eq!(room.screen.screen().alternate_screen(), term != "linux", "an old console has no second screen");
        room.press(b"\x1b").shows("Search: serenity");
        // F10 as this terminal sends it.
        room.press(b"\x1b[21~").shows("Find a meeting");
        assert!(!room.text().contains("serenity"), "{}", room.text());
    }
}

#[test]
fn no_chord_silences_the_kiosk() {
    let chords: [&[u8]; 8] =
        [b"\x1b[", b"\x1bO", b"\xc3", b"\x1b[200~", b"\x1b[?999", b"\x1b]52;c;aGk=", b"\x1b[M   ", b"\x1b[<0;0;5M"];
    let mut room = Room::new("linux");
    room.shows("Find a meeting");
    for chord in chords {
        // The crisis card opens and closes after each of them.
        room.press(chord).until(b"\x1b[20~", "Call 911").press(b"\x1b[21~").shows("Find a meeting");
    }
}

#[test]
fn keys_that_end_other_programs_do_nothing_and_so_do_their_signals() {
    let mut room = Room::new("xterm-256color");
    room.shows("Find a meeting").press(b"\x03\x1a\x1c\x13\x11");
    for signal in [Signal::INT, Signal::QUIT, Signal::TSTP, Signal::USR1, Signal::USR2, Signal::PIPE] {
        room.signal(signal);
    }
    room.press(b"hope").shows("Search: hope");
}

#[test]
fn another_size_is_another_layout() {
    let mut room = Room::new("xterm-256color");
    room.shows("Find a meeting").resize(8, 30);
    room.shows("Crisis? Call 988");
    room.resize(40, 120);
    room.shows("In crisis? Call or text 988, free, day and night").shows("Find a meeting");
}

#[test]
fn who_ends_the_program_leaves_nothing_on_the_screen() {
    let mut room = Room::new("linux");
    room.shows("Find a meeting").press(b"suboxone").shows("Search: suboxone");
    room.signal(Signal::TERM);
    assert!(room.ends().success());
    assert!(!room.text().contains("suboxone"), "{}", room.text());
    let names = std::fs::read_dir(room.data.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["log"], "the kiosk writes nothing but its log");
}

#[test]
fn the_glass_confines_itself_and_holds_nothing_but_its_terminal() {
    let mut room = Room::new("linux");
    room.shows("listings");
    let process = room.glass();
    let says = |key: &str| {
        let status = std::fs::read_to_string(process.join("status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        line.trim_start_matches(':').trim().to_owned()
    };
    assert_eq!((says("NoNewPrivs").as_str(), says("Seccomp").as_str()), ("1", "2"));
    // A filter, one for what is newer, and one that shut the door on files once the directory was open. Whoever runs
    // these tests may have put us under filters of their own.
    let ours = std::fs::read_to_string("/proc/self/status").unwrap();
    let around = ours.lines().find_map(|line| line.strip_prefix("Seccomp_filters:")).unwrap_or("0").trim().to_owned();
    let filters = |text: &str| text.parse::<usize>().unwrap();
    assert_eq!(filters(&says("Seccomp_filters")), filters(&around) + 3);
    for thread in std::fs::read_dir(process.join("task")).unwrap() {
        let children = std::fs::read_to_string(thread.unwrap().path().join("children")).unwrap_or_default();
        assert_eq!(children, "", "it runs no program");
    }
    // What is open is the terminal, the loop's own and, unless it was built in memory, the directory.
    for open in std::fs::read_dir(process.join("fd")).unwrap() {
        let led = std::fs::read_link(open.unwrap().path()).unwrap();
        let name = led.to_str().unwrap();
        let own = ["/dev/pts/", "anon_inode:", "socket:", "pipe:"].iter().any(|kind| name.starts_with(kind));
        // What whoever runs these tests left open for us, it has inherited.
        let inherited = std::fs::read_dir("/proc/self/fd")
            .unwrap()
            .any(|ours| ours.is_ok_and(|ours| std::fs::read_link(ours.path()).is_ok_and(|ours| ours == led)));
        assert!(own || inherited, "{name} is open");
    }
    room.press(b"hope").shows("Search: hope").press(b"\x1b[B\r").shows("988");
}

#[test]
fn a_trial_is_left_with_f12() {
    let mut room = Room::new("xterm-256color");
    room.shows("Find a meeting").press(b"\x1b[24~").shows("leave the program");
    room.press(b"\x1b[B\r");
    assert!(room.ends().success());
    let modes = tcgetattr(&room.keyboard).unwrap().local_modes;
    assert!(modes.contains(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG), "{modes:?}");
}

#[test]
fn what_was_typed_before_the_kiosk_stood_is_nobodys() {
    let mut room = Room::new("xterm-256color");
    // The bytes wait in the terminal while the program starts.
    room.press(b"password\x1b");
    room.shows("Find a meeting").press(b"hope").shows("Search: hope");
    assert!(!room.text().contains("password"), "{}", room.text());
}

#[test]
fn a_paste_is_typed_and_its_line_ends_open_nothing() {
    let mut room = Room::new("xterm-256color");
    room.shows("Find a meeting").press(b"\x1b[200~recovery\r\nhouse\r\n\x1b[20~\x1b[201~");
    room.shows("Search: recovery house");
    assert!(!room.text().contains("Call 911"), "{}", room.text());
}

#[test]
fn a_flood_of_keys_is_cut_and_the_way_out_stays_open() {
    let mut room = Room::new("xterm-256color");
    room.shows("Find a meeting").press(&vec![b'x'; 1_000_000]).shows("Search: xxx");
    room.until(b"\x1b[21~", "Find a meeting");
    room.press(b"y\x1b[200~").press(&vec![b'y'; 1_000_000]).shows("Search: yyy");
    // What is typed before the next visitor's screen stands is nobody's.
    room.until(b"\x1b[21~", "Find a meeting").until(b"h", "Search: h");
    // What random keys do to the state is walked in process; here they are bytes, valid and not.
    let mut seed = 0x2545_f491_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        seed.to_le_bytes()[1]
    })
    .take(50_000)
    .collect();
    room.press(&noise).until(b"\x1b[20~", "Call 911").until(b"\x1b[21~", "Find a meeting");
}

#[test]
fn sizes_that_no_screen_has_break_nothing() {
    let mut room = Room::new("xterm-256color");
    room.shows("Find a meeting");
    for (rows, columns) in [(0, 0), (1, 1), (1, 2), (11, 39), (12, 40), (1, 65535), (1310, 2000), (5, 20), (4, 19)] {
        room.resize(rows, columns);
        room.press(b"a\x7f");
    }
    room.resize(25, 80);
    room.until(b"\x1b[21~", "Find a meeting").until(b"h", "Search: h");
}

#[test]
fn a_terminal_that_is_gone_ends_the_program() {
    let Pty { controller, user } = openpty(None, None).unwrap();
    let stdio = || Stdio::from(user.try_clone().unwrap());
    let data = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
    command.arg("--data").arg(data.path()).env_clear().env("TERM", "linux");
    let mut program = command.stdin(stdio()).stdout(stdio()).stderr(stdio()).spawn().unwrap();
    drop((command, user));
    // It stands when it has drawn its first screen.
    let mut reader = std::fs::File::from(controller);
    let mut screen = vt100::Parser::new(cells(24), cells(80), 0);
    let mut buffer = [0; 4096];
    while !screen.screen().contents().contains("Find a meeting") {
        let bytes = reader.read(&mut buffer).unwrap();
        screen.process(&buffer[..bytes]);
    }
    drop(reader);
    let pid = Pid::from_child(&program);
    let (send, ended) = channel();
    std::thread::spawn(move || send.send(program.wait()));
    let Ok(status) = ended.recv_timeout(PATIENCE) else {
        kill_process(pid, Signal::KILL).unwrap();
        panic!("it lives on without a terminal");
    };
    // It may have met the end while reading or while drawing.
    assert!(status.unwrap().code().is_some());
}

#[test]
fn what_staff_put_up_is_what_a_visitor_finds() {
    let data = tempfile::tempdir().unwrap();
    let path = |name: &str| data.path().join(name);
    std::fs::write(path("hill.toml"), "[[meeting]]\nkey = \"hill\"\nname = \"Hilltop Lanterns\"\n").unwrap();
    let feeds = "[[feed]]\nname = \"hill\"\nform = \"porchlight\"\nfile = \"hill.toml\"\n";
    std::fs::write(path("feeds.toml"), feeds).unwrap();
    let config = path("porchlight.toml");
    std::fs::write(&config, "[centre]\nname = \"Riverbend Recovery Center\"\n").unwrap();
    let words = ["--config", config.to_str().unwrap()];
    let put_up = Command::new(env!("CARGO_BIN_EXE_porchlight"))
        .args(["--data", data.path().to_str().unwrap(), "refresh"])
        .args(words)
        .output()
        .unwrap();
    assert!(put_up.status.success(), "{put_up:?}");
    let mut room = Room::with("linux", data, &words);
    room.shows("Riverbend Recovery Center").shows("Find a meeting").press(b"hilltp").shows("Hilltop Lanterns");
}

/// A kiosk of a centre with one feed, two editions and the PIN 271828.
pub(crate) fn kept() -> (tempfile::TempDir, std::path::PathBuf) {
    let data = tempfile::tempdir().unwrap();
    let path = |name: &str| data.path().join(name);
    std::fs::write(path("hill.toml"), "[[meeting]]\nkey = \"hill\"\nname = \"Hilltop Lanterns\"\n").unwrap();
    let feeds = "[[feed]]\nname = \"hill\"\nform = \"porchlight\"\nfile = \"hill.toml\"\n";
    std::fs::write(path("feeds.toml"), feeds).unwrap();
    let lock = porchlight::pin::Lock::new(&porchlight::pin::Pin::read("271828").unwrap()).unwrap();
    std::fs::write(path("porchlight.toml"), format!("[staff]\npin = \"{lock}\"\n")).unwrap();
    let config = path("porchlight.toml");
    (data, config)
}

const F12: &[u8] = b"\x1b[24~";
const DOWN: &[u8] = b"\x1b[B";
/// Goes back, and is not Esc: three of those within a second start over.
const BACK: &[u8] = b"\x7f";

#[test]
fn staff_come_in_by_their_pin_and_run_the_kiosk_from_there() {
    let (data, config) = kept();
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    room.shows("Find a meeting").press(F12).shows("PIN:");
    room.press(b"000000\r").shows("That is not the PIN").press(b"271828").shows("******");
    assert!(!room.text().contains("271828"));
    room.press(b"\r").shows("Check the settings");
    // No edition yet; a refresh puts one up, and then another.
    room.press(b"\r").shows("Visitors see the starter pack").shows("feeds.toml");
    room.press(BACK).shows("Check the settings");
    let choose = |room: &mut Room, item: &str| {
        room.press(b"\x1b[H").shows("> How the directory").until(DOWN, &format!("> {item}")).press(b"\r");
    };
    choose(&mut room, "See what a refresh");
    room.shows("Nothing is changed yet").shows("New: Hilltop Lanterns");
    room.press(BACK).shows("Check the settings");
    for edition in ["Edition 000001-", "Edition 000002-"] {
        choose(&mut room, "Refresh: read the feeds");
        room.shows(edition).shows("Listings: 1.");
        room.press(BACK).shows("Check the settings");
    }
    choose(&mut room, "Go back to the edition");
    room.shows("Take the newest edition back?");
    room.press(DOWN).press(b"\r").shows("Edition 000001-").shows("is the newest now");
    room.press(BACK).shows("Check the settings");
    room.press(DOWN).press(b"\r").shows("have no faults").press(BACK).shows("Leave the program");
    // Up from the first is the last.
    room.press(b"\x1b[H\x1b[A\r").shows("Stop the kiosk").press(DOWN).press(b"\r");
    assert!(room.ends().success());
    assert!(!room.data.path().join("attempts").exists(), "the right PIN wiped the wrong one away");
}

#[test]
fn wrong_pins_are_still_counted_when_the_program_is_started_again() {
    let (data, config) = kept();
    let words = ["--config", config.to_str().unwrap()];
    let mut room = Room::with("linux", data, &words);
    room.shows("Find a meeting").press(F12).shows("PIN:");
    room.press(b"000000\r").shows("That is not the PIN");
    room.signal(Signal::KILL);
    room.ends();
    let data = std::mem::replace(&mut room.data, tempfile::tempdir().unwrap());
    let kept = std::fs::read_to_string(data.path().join("attempts")).unwrap();
    let last = kept.trim_end().strip_prefix("1 ").unwrap();
    // As if it had been the ninth.
    std::fs::write(data.path().join("attempts"), format!("9 {last}\n")).unwrap();
    let mut room = Room::with("linux", data, &words);
    room.shows("Find a meeting").press(F12).shows("Please wait");
    // Typing takes the words away; the right PIN, too early, brings them back.
    room.press(b"271828").shows("******");
    assert!(!room.text().contains("Please wait"), "{}", room.text());
    room.press(b"\r").shows("Please wait");
}

#[test]
fn a_visitor_cannot_leave_a_kiosk_with_a_pin() {
    let (data, config) = kept();
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    room.shows("Find a meeting").press(F12).shows("PIN:").press(DOWN).press(b"\r").shows("at least 4 digits");
    room.press(b"\x1b").shows("Find a meeting").press(b"hope").shows("Search: hope");
    // Nor one whose lock was torn: it stays shut.
    let (data, config) = kept();
    let torn = std::fs::read_to_string(&config).unwrap().replace("$argon2id$", "$argon2id");
    std::fs::write(&config, torn).unwrap();
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    room.shows("Find a meeting").press(F12).shows("this door stays shut").press(DOWN).press(b"\r");
    room.press(b"hope").shows("Search: hope");
}

#[test]
fn settings_that_are_broken_while_the_kiosk_runs_count_when_they_are_whole_again() {
    let (data, config) = kept();
    let lock = std::fs::read_to_string(&config).unwrap();
    let named = |name: &str| format!("{lock}\n[centre]\nname = \"{name}\"\n");
    std::fs::write(&config, named("Riverbend")).unwrap();
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    room.shows("Riverbend").shows("Find a meeting");
    // An editor that has written half of it; two visits later every glass was started since.
    let half = named("Lakeside");
    for broken in [&half[..half.len() - 9], "", "[centre]\nname = 7\n", "\0\u{1}"] {
        std::fs::write(&config, broken).unwrap();
        for _ in 0..2 {
            room.press(b"x").shows("Search: x").press(b"\x1b[21~").shows("Find a meeting");
        }
        room.press(F12).shows("PIN:");
        assert!(room.text().contains("Riverbend"), "{}", room.text());
        room.press(b"000000\r").shows("That is not the PIN").press(b"271828\r").shows("Check the settings");
        room.press(b"\x1b[21~").shows("Find a meeting");
    }
    std::fs::write(&config, named("Lakeside")).unwrap();
    for _ in 0..2 {
        room.press(b"x").shows("Search: x").press(b"\x1b[21~").shows("Find a meeting");
    }
    room.shows("Lakeside");
}

/// The staff's offices that the keeper has started.
fn offices(room: &Room) -> Vec<Pid> {
    let keeper = room.pid().as_raw_nonzero();
    let named = std::fs::read_to_string(format!("/proc/{keeper}/task/{keeper}/children")).unwrap();
    let is_office = |pid: &&str| {
        std::fs::read_to_string(format!("/proc/{pid}/cmdline"))
            .is_ok_and(|line| line.split('\0').nth(1) == Some("staff"))
    };
    named.split_whitespace().filter(is_office).filter_map(|pid| Pid::from_raw(pid.parse().unwrap())).collect()
}

/// The one office, as soon as it has come.
fn office(room: &mut Room) -> Pid {
    loop {
        match offices(room)[..] {
            [office] => return office,
            [] => room.moment(),
            _ => panic!("two offices"),
        };
    }
}

#[test]
fn the_office_behind_the_door_comes_when_somebody_knocks_and_the_glass_outlives_it() {
    let mut room = Room::new("linux");
    room.shows("Find a meeting").press(F12).shows("porchlight hash-pin");
    assert_eq!(offices(&room), [], "without a PIN there is no office");
    let (data, config) = kept();
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    room.shows("Find a meeting");
    assert_eq!(offices(&room), [], "nobody knocked");
    room.press(F12).shows("PIN:");
    let came = office(&mut room);
    kill_process(came, Signal::KILL).unwrap();
    room.press(b"271828\r").shows("Nobody answers behind this door");
    room.press(b"\x1b").shows("Find a meeting").press(b"hope").shows("Search: hope");
    // The next visit has an office of its own, which ends with the visit.
    room.press(b"\x1b[21~").until(F12, "PIN:").press(b"271828\r").shows("Check the settings");
    let came = office(&mut room);
    room.press(b"\x1b[21~").shows("Find a meeting");
    assert_eq!(offices(&room), []);
    assert!(rustix::process::test_kill_process(came).is_err(), "it is gone, and waited for");
    // And with the kiosk.
    room.until(F12, "PIN:");
    let came = office(&mut room);
    room.signal(Signal::TERM);
    assert!(room.ends().success());
    assert!(rustix::process::test_kill_process(came).is_err(), "the office lives on without a kiosk");
}

#[test]
fn a_new_pin_is_typed_twice_and_not_shown() {
    let size = Winsize { ws_row: 25, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0 };
    let Pty { controller, user } = openpty(None, Some(&size)).unwrap();
    let (stdin, stderr) = (Stdio::from(user.try_clone().unwrap()), Stdio::from(user.try_clone().unwrap()));
    let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
    command.arg("hash-pin").env_clear().stdin(stdin).stderr(stderr).stdout(Stdio::piped());
    let program = command.spawn().unwrap();
    let mut keyboard = std::fs::File::from(controller);
    let mut seen = String::new();
    let mut buffer = [0; 1024];
    for question in ["digits: ", "again: "] {
        while !seen.ends_with(question) {
            let bytes = keyboard.read(&mut buffer).unwrap();
            seen += &String::from_utf8_lossy(&buffer[..bytes]);
        }
        keyboard.write_all(b"271828\n").unwrap();
    }
    let ended = program.wait_with_output().unwrap();
    assert!(ended.status.success(), "{seen}");
    assert!(String::from_utf8_lossy(&ended.stdout).contains("$argon2id$"));
    assert!(!seen.contains("27"), "{seen}");
    let modes = tcgetattr(&user).unwrap().local_modes;
    assert!(modes.contains(LocalModes::ECHO | LocalModes::ISIG), "{modes:?}");
}

#[test]
fn settings_with_faults_do_not_keep_the_kiosk_dark() {
    // Also when the file of the site's own words is gone: the built-in ones stand in.
    for text in ["[centre\nname = 7", "words = \"gone.toml\"\n"] {
        let data = tempfile::tempdir().unwrap();
        let config = data.path().join("porchlight.toml");
        std::fs::write(&config, text).unwrap();
        let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
        room.shows("Find a meeting").press(b"hope").shows("Search: hope");
    }
}

#[test]
fn without_a_terminal_it_says_so_and_ends() {
    let ended = Command::new(env!("CARGO_BIN_EXE_porchlight")).stdin(Stdio::null()).output().unwrap();
    assert!(!ended.status.success());
    assert!(String::from_utf8_lossy(&ended.stderr).contains("needs a terminal"));
}
