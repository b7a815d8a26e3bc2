//! A terminal that is gone while nobody tells: every process of the kiosk ends, and none uses the processor to find out.

use std::fs;
use std::process::Command;
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use crate::room::{PATIENCE, Room};

/// Ticks of processor time, a hundredth of a second each: its own, and that of the children it has waited for.
fn ticks(pid: Pid) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields = stat.rsplit_once(')').unwrap().1;
    fields.split_whitespace().skip(11).take(4).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
}

/// The processes that the kiosk has started and not waited for.
fn children(room: &Room) -> Vec<Pid> {
    let pid = room.pid();
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
    children.split_whitespace().map(|child| Pid::from_raw(child.parse().unwrap()).unwrap()).collect()
}

/// Whether a process has this parent.
fn is_child(child: Pid, parent: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    fields.split_whitespace().nth(1) == Some(parent.to_string().as_str())
}

/// The kiosk, started by something that says so first; each in its own words.
fn started_by(words: &[&str]) -> Room {
    let data = tempfile::tempdir().unwrap();
    let [program, words @ ..] = words else { panic!("a program") };
    let mut command = Command::new(program);
    command.args(words).arg(env!("CARGO_BIN_EXE_porchlight")).arg("--data").arg(data.path());
    command.env_clear().env("TERM", "linux").env("PATH", "/usr/bin:/bin");
    Room::starting(command, data)
}

/// Takes the terminal away, waits for the end, and says how much processor time that took.
fn taken_away(mut room: Room, glasses: usize) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", room.pid())).unwrap();
    let keeper = room.pid();
    // All that it stands on is open before, so that only the end is counted.
    let (both, before) = loop {
        let before: u64 = children(&room).into_iter().chain([keeper]).map(ticks).sum();
        room.catch_up(Duration::from_millis(300));
        let both = children(&room);
        if both.len() == glasses && both.iter().copied().chain([keeper]).map(ticks).sum::<u64>() == before {
            break (both, before);
        }
    };
    room.unplug();
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
    let ended = (0..PATIENCE.as_millis() / 20).find_map(|_| {
        std::thread::park_timeout(Duration::from_millis(20));
        waitid(WaitId::Pid(keeper), look).unwrap()
    });
    let ended = ended.expect("it lives on without a terminal");
    // A process that has ended and was not waited for still says what it used; so do those that it waited for.
    let after = ticks(keeper);
    assert!(ended.exited(), "it ends by itself, by no signal: {status}");
    assert!(both.into_iter().all(|glass| !is_child(glass, keeper)), "it waited for what it started");
    after.saturating_sub(before)
}

/// Ways to start it with SIGHUP ignored, with this terminal as the controlling one and without.
const WAYS: [&[&str]; 2] = [
    &["/bin/sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""],
    &["setsid", "--ctty", "/bin/sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""],
];

#[test]
fn a_terminal_that_is_gone_ends_every_process_and_uses_no_time() {
    for way in WAYS {
        // Before anybody came, and in the middle of a visit.
        for typed in [b"" as &[u8], b"hope"] {
            let mut room = started_by(way);
            room.shows("listings");
            if !typed.is_empty() {
                room.press(typed).shows("Search: hope").shows("found");
            }
            let used = taken_away(room, 2);
            assert!(used < 10, "{used} hundredths of a second after {typed:?}");
        }
    }
}

#[test]
fn it_is_noticed_while_the_crisis_card_stands_alone_too() {
    // A service manager that wants to hear often has the keeper look often.
    let mut room = Room::told("linux", tempfile::tempdir().unwrap(), |command| command.env("WATCHDOG_USEC", "500000"));
    for _ in 0..5 {
        while children(&room).len() < 2 {
            room.moment();
        }
        kill_process(children(&room)[0], Signal::KILL).unwrap();
        room.catch_up(Duration::from_millis(200));
    }
    room.shows("cannot be shown right now");
    assert!(taken_away(room, 0) < 10);
}
