//! A hostile terminal and a hostile environment: the real program in a real pseudo-terminal, each time with one decided
//! behaviour. What is measured is measured several times, and the best counts: other tests run beside these.

use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::room::Room;

/// Kilobytes that a process holds in memory.
fn resident(process: &Path) -> u64 {
    let status = std::fs::read_to_string(process.join("status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// How long it takes until the crisis card stands after its key, and puts it away again.
#[expect(clippy::disallowed_methods, reason = "a person's patience is measured by the clock")]
fn until_the_card_stands(room: &mut Room) -> Duration {
    let pressed = Instant::now();
    room.press(b"\x1b[20~").shows("Call 911");
    let waited = pressed.elapsed();
    room.press(b"\x1b[21~").shows("Find a meeting");
    waited
}

/// Numbers that look like chance, the same for the same seed.
struct Chance(u32);

impl Chance {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        self.next() as usize % most
    }
}

#[test]
fn a_storm_of_sizes_breaks_nothing_and_takes_no_memory() {
    let mut room = Room::new("xterm-256color");
    room.shows("listings").press(b"hope").shows("Search: hope");
    let before = resident(&room.glass());
    let mut chance = Chance(0x9e37_79b9);
    let edges = [0, 1, 2, 4, 5, 11, 12, 19, 20, 25, 39, 40, 100, 101, 300, 301, 1310, 2000, 65535];
    for _ in 0..300 {
        let (rows, columns) = (edges[chance.below(edges.len())], edges[chance.below(edges.len())]);
        room.resize_unseen(rows, columns);
        room.press(match chance.below(4) {
            0 => b"a",
            1 => b"\x7f",
            2 => b"\x1b[B",
            _ => b"\x1b[A",
        });
    }
    room.resize(25, 80);
    room.until(b"\x1b[21~", "Find a meeting").press(b"hope").shows("Search: hope");
    // Two frames of the largest screen are below ten megabytes; sixty-five thousand columns would be far more.
    let grown = resident(&room.glass()).saturating_sub(before);
    assert!(grown < 16_000, "{grown} kB more");
}

#[test]
fn after_a_megabyte_of_paste_the_next_key_works_at_once() {
    let mut room = Room::new("xterm-256color");
    room.shows("listings").press(b"hope").shows("Search: hope").press(b"\x1b[21~").shows("Find a meeting");
    let before = resident(&room.glass());
    let ended = [&b"\x1b[200~"[..], &vec![b'y'; 1_000_000], b"\x1b[201~"].concat();
    let unended = [&b"\x1b[200~"[..], &vec![b'z'; 1_000_000]].concat();
    for paste in [vec![b'x'; 1_000_000], b"line\r\n".repeat(170_000), ended, unended] {
        room.press(&paste);
        // What comes right after it would be a part of it: a paste that does not end is over after a silence.
        room.catch_up(Duration::from_millis(300));
        room.until(b"\x1b[21~", "Find a meeting");
        let best = (0..5).map(|_| until_the_card_stands(&mut room)).min().unwrap();
        assert!(best < Duration::from_secs(1), "{best:?}");
    }
    let grown = resident(&room.glass()).saturating_sub(before);
    assert!(grown < 4_000, "{grown} kB more");
}

#[test]
fn whatever_is_begun_and_never_ended_the_next_key_works() {
    let long = [&b"\x1b["[..], &vec![b'1'; 10_000]].concat();
    let begun: [&[u8]; 9] =
        [b"\x1b[", b"\x1bO", b"\xc3", b"\xf0\x9f", b"\x1b[?999", b"\x1b]52;c;aGk=", b"\x1bP+q", b"\x1b[M", &long];
    let mut room = Room::new("linux");
    room.shows("listings");
    for bytes in begun {
        // Right after it, and after a silence in which the rest was waited for.
        for silence in [0, 80] {
            let waited = (0..5).map(|_| {
                room.press(bytes);
                room.catch_up(Duration::from_millis(silence));
                until_the_card_stands(&mut room)
            });
            let best = waited.min().unwrap();
            assert!(best < Duration::from_millis(100), "{best:?} after {bytes:?}");
        }
    }
}

#[test]
fn a_chord_and_nobody_there_does_not_stop_the_clock() {
    let data = tempfile::tempdir().unwrap();
    let config = data.path().join("porchlight.toml");
    std::fs::write(&config, "[idle]\nseconds = 20\nnotice = 20\n").unwrap();
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    // A visitor has typed, brushes Alt and [, and walks away.
    room.shows("listings").press(b"hope").shows("Search: hope").press(b"\x1b[").shows("Still there?");
}

#[test]
fn a_held_key_keeps_nobody_waiting() {
    let mut room = Room::new("linux");
    room.shows("listings");
    // Five hundred a second, for two seconds.
    for _ in 0..100 {
        room.press(b"aaaaaaaaaa");
        room.catch_up(Duration::from_millis(10));
    }
    room.until(b"\x1b[21~", "Find a meeting");
    let best = (0..3).map(|_| until_the_card_stands(&mut room)).min().unwrap();
    assert!(best < Duration::from_millis(100), "{best:?}");
}

/// Keys as a terminal sends them. Some do more the more often they come.
const KEYS: [&[u8]; 32] = [
    b"\x1b[A",
    b"\x1b[B",
    b"\x1b[B",
    b"\x1b[C",
    b"\x1b[D",
    b"\r",
    b"\r",
    b"\t",
    b"\x1b[Z",
    b"\x7f",
    b"\x7f",
    b"\x1b[3~",
    b"\x1b[H",
    b"\x1b[F",
    b"\x1b[5~",
    b"\x1b[6~",
    b"\x1bOP",
    b"\x1b[20~",
    b"a",
    b"e",
    b"h",
    b"n",
    b"o",
    b"s",
    b"t",
    b" ",
    b"2",
    b"7",
    b"8",
    b"\xc3\xb1",
    b"\x15",
    b"\x02",
];

/// Keys that end a visit or go to the door for staff; and the word that must be nowhere afterwards. One in a hundred.
const RARE: [&[u8]; 7] =
    [b"\x1b", b"\x1b\x1b\x1b", b"\x1b[21~", b"\x0f", b"\x1b[24~", b"\x14", crate::canary::CANARY.as_bytes()];

/// Keys, until one of the rare ones or so many: what comes after the end of a visit may be thrown away.
fn keys(chance: &mut Chance) -> (Vec<u8>, usize) {
    let (mut piece, mut count) = (Vec::new(), 0);
    loop {
        let rare = chance.below(100) == 0;
        piece.extend_from_slice(if rare { RARE[chance.below(RARE.len())] } else { KEYS[chance.below(KEYS.len())] });
        count += 1;
        if rare || count == 100 {
            return (piece, count);
        }
    }
}

/// What the keeper and the glass of a visitor who looks for something hold, in kilobytes.
fn at_rest(room: &mut Room) -> [u64; 2] {
    room.until(b"\x1b[20~", "Call 911").until(b"\x1b[21~", "Welcome");
    room.press(b"hope").shows("Search: hope").shows("found");
    let keeper = PathBuf::from(format!("/proc/{}", room.pid()));
    let held = [resident(&keeper), resident(&room.glass())];
    room.until(b"\x1b[21~", "Welcome");
    held
}

#[test]
fn random_keys_and_random_bytes_leave_a_whole_screen_and_no_trace_and_never_open_the_door() {
    // A night's run asks for more: `PORCHLIGHT_ROUNDS=6700 cargo test hostile`, and the same with `--release`, is a
    // million keys. A round is 50 keys and 500 bytes of noise for each seed.
    let rounds: usize = std::env::var("PORCHLIGHT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(40);
    for seed in [1, 22, 333] {
        let mut chance = Chance(seed);
        let (data, config) = crate::terminal::kept();
        crate::keeper::put_up_all(data.path(), include_str!("../config/starter/sample.toml"));
        let home = tempfile::tempdir().unwrap();
        let manager = UnixDatagram::bind(home.path().join("notify")).unwrap();
        manager.set_nonblocking(true).unwrap();
        let mut room = Room::told("linux", data, |command| {
            command.args(["--config", config.to_str().unwrap()]).env("NOTIFY_SOCKET", home.path().join("notify"))
        });
        room.shows("listings");
        let (mut typed, mut pieces, mut warm) = (0, 0, None);
        while typed < rounds * 50 {
            let (piece, count) = keys(&mut chance);
            typed += count;
            let mut noise = Vec::new();
            if pieces % 20 == 19 {
                noise.extend(std::iter::repeat_with(|| chance.next().to_le_bytes()[1]).take(6_300));
            }
            pieces += 1;
            for piece in [piece, noise] {
                room.press(&piece);
                assert!(room.catch_up(Duration::from_millis(20)), "seed {seed}: it ended after {typed} keys");
                let opened = String::from_utf8_lossy(&room.heard).contains("Check the settings");
                assert!(!opened && !room.text().contains("Check the settings"), "seed {seed}: the door is open");
                room.shows("988").heard.clear();
            }
            let mut said = [0; 64];
            while let Ok(length) = manager.recv(&mut said) {
                assert!(!said[..length].starts_with(b"STATUS"), "seed {seed}: a crash within {typed} keys");
            }
            if warm.is_none() && typed >= rounds * 5 {
                warm = Some(at_rest(&mut room));
            }
        }
        let (cold, warm) = (at_rest(&mut room), warm.unwrap());
        for (now, then) in cold.into_iter().zip(warm) {
            assert!(now.saturating_sub(then) < 5_000, "seed {seed}: {then} kB became {now} kB");
        }
        println!(
            "seed {seed}: {typed} keys, {} kB and {} kB became {} kB and {} kB",
            warm[0], warm[1], cold[0], cold[1]
        );
        crate::canary::forgotten(&mut room);
        let files = std::fs::read_dir(room.data.path()).unwrap().map(|file| file.unwrap().file_name());
        let ours = ["porchlight.toml", "feeds.toml", "hill.toml", "own.toml"];
        let own = ["attempts", "complaints.json", "editions", "feeds", "log", "refresh.lock", "settings.kept"]
            .into_iter()
            .chain(ours);
        let own: Vec<_> = own.collect();
        let more: Vec<_> = files.filter(|file| !own.contains(&file.to_str().unwrap())).collect();
        assert!(more.is_empty(), "seed {seed}: {more:?}");
    }
}

#[test]
fn a_hostile_environment_changes_nothing() {
    let long = "x".repeat(100_000);
    let hostile: [&[(&str, &str)]; 6] = [
        &[("TERM", "../../../etc/passwd"), ("TERMINFO", "/tmp"), ("COLUMNS", "99999999"), ("LINES", "-1")],
        &[("TERM", "\x1b]52;c;aGk=\x07\x1b[2J"), ("LANG", "../../x"), ("LC_ALL", "%n%s"), ("LANGUAGE", "canary")],
        &[("TERM", &long), ("TZ", "/etc/shadow"), ("TZDIR", "/tmp")],
        &[("RUST_LOG", "trace"), ("RUST_BACKTRACE", "full"), ("RUST_MIN_STACK", "canary"), ("NO_COLOR", "1")],
        &[("TERM", "linux"), ("LD_PRELOAD", "/nowhere/canary.so"), ("LD_LIBRARY_PATH", "/nowhere"), ("PATH", "")],
        &[("HOME", "canary\n\x1b[2J"), ("XDG_DATA_HOME", "relative"), ("TMPDIR", "/nowhere"), ("PAGER", "canary")],
    ];
    for variables in hostile {
        let data = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
        command.arg("--data").arg(data.path()).env_clear().envs(variables.iter().copied());
        let mut room = Room::starting(command, data);
        room.shows("Find a meeting").press(b"hope").shows("Search: hope").shows("988");
        assert!(!room.text().contains("canary") && !room.text().contains("preload"), "{}", room.text());
        assert!(room.press(b"\x1b[20~").shows("Call 911").text().lines().count() >= 20);
    }
}

#[test]
fn without_a_place_for_its_errors_or_a_home_it_stands_too() {
    let data = tempfile::tempdir().unwrap();
    let mut command = Command::new("/bin/sh");
    command.args(["-c", r#"exec "$0" "$@" 2>&-"#, env!("CARGO_BIN_EXE_porchlight")]).env_clear().env("TERM", "linux");
    let mut room = Room::starting(command, data);
    room.shows("Find a meeting").press(b"hope").shows("Search: hope");
    room.signal(rustix::process::Signal::TERM);
    assert!(room.ends().success());
}
