//! Fifty visits with a word that stands nowhere else, typed everywhere and left in every way. Afterwards it is in no
//! memory, in no file and in nothing that was written to the terminal since; and it was found while the visit lasted.

use std::fs::{self, File};
use std::io::BufRead;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::keeper::{both, glasses, put_up_all, until};
use crate::room::Room;
use crate::terminal::kept;

pub(crate) const CANARY: &str = "zqcanaryqz";
/// At the door for staff only digits are taken.
const DIGITS: &str = "908172635443";

const F10: &[u8] = b"\x1b[21~";
const F12: &[u8] = b"\x1b[24~";
const DOWN: &[u8] = b"\x1b[B";

/// Where the visitor goes after having typed: keys, and what is shown then.
type Way = &'static [(&'static [u8], &'static str)];

const WAYS: [Way; 8] = [
    &[],
    &[(DOWN, "> ")],
    &[(DOWN, "> "), (b"\r", "Esc back   Up/Down")],
    &[(b"\t", "[ ] ")],
    &[(b"\x1b[Z", "Start over")],
    &[(b"\x1b[20~", "Call 911")],
    &[(F12, "PIN:"), (DIGITS.as_bytes(), "************")],
    &[(F12, "PIN:"), (DIGITS.as_bytes(), "************"), (b"\r", "not the PIN")],
];

/// How the visit ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Exit {
    StartOver,
    Hurry,
    Crash,
}

/// Whether these bytes stand in others. Looks for the first one as the standard library does: fast, also in a test.
fn stand_in(word: &[u8], mut bytes: &[u8]) -> bool {
    while bytes.skip_until(word[0]).unwrap() > 0 {
        if bytes.starts_with(&word[1..]) {
            return true;
        }
    }
    false
}

/// Whether a word stands in the memory of a process. Nothing where the system does not let us look, nor others.
fn remembers(pid: Pid, word: &str) -> Option<bool> {
    /// Read at once; a word on the border is in both pieces.
    const PIECE: usize = 1 << 20;
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).ok()?;
    let memory = File::open(format!("/proc/{pid}/mem")).ok()?;
    let mut piece = vec![0; PIECE + word.len()];
    let (mut looked, mut held) = (0, false);
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (from, to) = line.split_once(' ').unwrap().0.split_once('-').unwrap();
        let [mut from, to] = [from, to].map(|number| u64::from_str_radix(number, 16).unwrap());
        while from < to {
            let length = usize::try_from(to - from).unwrap().min(piece.len());
            let Ok(bytes @ 1..) = memory.read_at(&mut piece[..length], from) else { break };
            looked += bytes;
            held |= stand_in(word.as_bytes(), &piece[..bytes]);
            from += u64::try_from(bytes.min(PIECE)).unwrap();
        }
    }
    assert!(looked > 100_000, "{pid} has so little memory: {looked}");
    Some(held)
}

/// The keeper and whatever it and its children have started.
pub(crate) fn everybody(room: &Room) -> Vec<Pid> {
    let mut all = vec![room.pid()];
    let mut looked = 0;
    while let Some(pid) = all.get(looked) {
        let tasks = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten();
        let children = tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok());
        let found: Vec<_> =
            children.collect::<String>().split_whitespace().filter_map(|pid| pid.parse().ok()).collect();
        all.extend(found.into_iter().filter_map(Pid::from_raw));
        looked += 1;
    }
    all
}

/// Whether a word stands in a file under this folder.
fn kept_in(folder: &Path, word: &str) -> bool {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() { kept_in(&path, word) } else { stand_in(word.as_bytes(), &fs::read(path).unwrap()) }
    })
}

/// What stands nowhere: in no process, no file, and nothing that was written since the last wipe.
pub(crate) fn forgotten(room: &mut Room) {
    both(room);
    // The keeper and two glasses: the office that somebody called has gone with the visit.
    until(room, "nobody else is there", |room| everybody(room).len() == 3);
    // A way that led home shows the first screen before the visit is over: what was written since has to be read.
    assert!(room.catch_up(Duration::from_millis(300)));
    for word in [CANARY, DIGITS] {
        for pid in everybody(room) {
            assert_ne!(remembers(pid, word), Some(true), "{word} in {pid} of {:?}", everybody(room));
        }
        assert!(!kept_in(room.data.path(), word));
        assert!(!room.text().contains(word), "{}", room.text());
        let wiped = room.heard.windows(2).rposition(|bytes| bytes == b"\x1bc").unwrap();
        assert!(!stand_in(word.as_bytes(), &room.heard[wiped..]));
    }
    // What the program itself could have left in the place for passing files.
    let own = fs::read_dir("/tmp").unwrap().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    assert!(!own.into_iter().any(|name| name.contains("porchlight")));
}

/// How often the screen was wiped.
fn wipes(room: &Room) -> usize {
    room.heard.windows(2).filter(|bytes| bytes == b"\x1bc").count()
}

#[test]
fn after_fifty_visits_the_word_is_nowhere() {
    let (data, config) = kept();
    // An edition on the disk: a glass that has to build the starter pack first takes its time.
    put_up_all(data.path(), include_str!("../config/starter/sample.toml"));
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    // Beside them somebody types, and goes away without a key.
    let (data, config) = kept();
    let lock = fs::read_to_string(&config).unwrap();
    fs::write(&config, format!("{lock}\n[idle]\nseconds = 20\nnotice = 20\n")).unwrap();
    let mut left = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    left.shows("Welcome").press(CANARY.as_bytes()).shows("Search: zqcanaryqz");
    let mut found = 0;
    for visit in 0..50 {
        // Four crashes: a fifth within a minute would have the crisis card stand alone.
        let exit = match visit {
            3 | 20 | 30 | 45 => Exit::Crash,
            visit if visit % 3 == 1 => Exit::Hurry,
            _ => Exit::StartOver,
        };
        room.shows("Welcome");
        let [glass, _] = both(&mut room);
        room.press(b"hope ").press(CANARY.as_bytes()).shows("Search: hope zqcanaryqz").shows("found");
        for (keys, words) in WAYS[visit % WAYS.len()] {
            room.press(keys);
            // A door that was tried too often asks to wait.
            if visit < WAYS.len() || !words.contains("PIN") {
                room.shows(words);
            }
        }
        // Where we can look, we see it while it is there.
        let word = if visit % WAYS.len() == 6 { DIGITS } else { CANARY };
        if visit < WAYS.len() {
            assert_ne!(remembers(glass, word), Some(false), "visit {visit}");
            found += 1;
        }
        let before = wipes(&room);
        match exit {
            Exit::StartOver => _ = room.press(F10),
            Exit::Hurry => _ = room.press(b"\x1b").press(b"\x1b").press(b"\x1b"),
            Exit::Crash => kill_process(glass, Signal::KILL).unwrap(),
        }
        until(&mut room, "the visit is over", |room| !glasses(room).contains(&glass));
        // Esc on the way shows the first screen before that; what counts is written when the keeper has wiped.
        until(&mut room, "the screen is wiped", |room| wipes(room) > before);
        if visit % 10 == 9 {
            forgotten(room.shows("Welcome"));
        }
    }
    assert_eq!(found, WAYS.len());
    left.shows("Still there?").shows("Welcome");
    forgotten(&mut left);
}
