//! How fast the glass stands, and what it holds: `cargo bench --bench glass -- 10000`.
//!
//! The real program in a real pseudo-terminal, with an edition of so many invented records: milliseconds from its
//! start to the first whole frame, to the counts on the doors, from a key to the last byte of its frame, and from the
//! key that starts over to the first frame of the next visitor's process; and the memory of the keeper and of the glass
//! after the keys, as the kernel counts it.

#![expect(clippy::print_stdout, reason = "a report is printed")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(clippy::unwrap_used, reason = "a bench may stop")]

#[path = "search/generator/mod.rs"]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "invented numbers are small"
)]
mod generator;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use index::shelf::{Origin, Shelf};
use index::vocabulary::Vocabulary;
use rustix::termios::Winsize;
use rustix_openpty::{Pty, openpty};

const RUNS: usize = 15;
const TYPED: &str = "womens meeting serenity sunday";

fn main() {
    let mut sizes: Vec<usize> = std::env::args().filter_map(|size| size.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000];
    }
    for size in sizes {
        let data = tempfile::tempdir().unwrap();
        let records = generator::directory(size);
        let origin = Origin {
            built_at: jiff::Timestamp::now(),
            feeds: BTreeMap::new(),
            notices: Vec::new(),
            gone: Vec::new(),
            originals: Vec::new(),
        };
        Shelf::at(data.path()).put_up(&records, Vocabulary::builtin(), &origin).unwrap();
        drop(records);
        report(size, data.path());
    }
}

fn report(size: usize, data: &Path) {
    let (mut first, mut counted, mut keys, mut memory) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut over = Vec::new();
    for _ in 0..RUNS {
        let started = Instant::now();
        let mut glass = Glass::start(data);
        first.push(glass.until("988", started));
        counted.push(glass.until("listings", started));
        for letter in TYPED.bytes() {
            let pressed = Instant::now();
            glass.terminal.write_all(&[letter]).unwrap();
            keys.push(glass.quiet(pressed));
        }
        memory.push(glass.memory());
        let pressed = Instant::now();
        glass.written.clear();
        glass.terminal.write_all(b"\x1b[21~").unwrap();
        over.push(glass.until("988", pressed));
    }
    println!("{size} records, {RUNS} starts");
    tell("first whole frame, ms", &mut first);
    tell("counts on the doors, ms", &mut counted);
    tell("key to last byte of its frame, ms", &mut keys);
    tell("start over to the next first frame, ms", &mut over);
    let names = ["keeper: resident, MB", "keeper: private, MB", "glass: resident, MB", "glass: private, MB"];
    for (at, name) in names.into_iter().enumerate() {
        let mut all: Vec<f64> = memory.iter().map(|kilobytes| kilobytes[at] / 1024.0).collect();
        tell(name, &mut all);
    }
}

fn tell(name: &str, all: &mut [f64]) {
    all.sort_by(f64::total_cmp);
    let at = |percent: usize| all[(all.len() - 1) * percent / 100];
    println!("  {name:<36} median {:>7.2}   p95 {:>7.2}   most {:>7.2}", at(50), at(95), at(100));
}

struct Glass {
    program: Child,
    terminal: std::fs::File,
    written: Vec<u8>,
}

impl Glass {
    fn start(data: &Path) -> Self {
        let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        let Pty { controller, user } = openpty(None, Some(&size)).unwrap();
        let stdio = || Stdio::from(user.try_clone().unwrap());
        let mut program = Command::new(env!("CARGO_BIN_EXE_porchlight"));
        program.arg("--data").arg(data).env("TERM", "xterm-256color").stdin(stdio()).stdout(stdio());
        let program = program.spawn().unwrap();
        Self { program, terminal: controller.into(), written: Vec::new() }
    }

    /// Milliseconds from `since` until these words were written.
    fn until(&mut self, words: &str, since: Instant) -> f64 {
        let mut buffer = vec![0; 65_536];
        while !self.written.windows(words.len()).any(|window| window == words.as_bytes()) {
            let bytes = self.terminal.read(&mut buffer).unwrap();
            self.written.extend_from_slice(&buffer[..bytes]);
        }
        since.elapsed().as_secs_f64() * 1000.0
    }

    /// Milliseconds from `since` to the last byte before the program is quiet.
    fn quiet(&mut self, since: Instant) -> f64 {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let mut last = since.elapsed();
        let mut buffer = vec![0; 65_536];
        loop {
            let patience = Timespec::try_from(Duration::from_millis(40)).unwrap();
            let mut waiting = [PollFd::new(&self.terminal, PollFlags::IN)];
            if poll(&mut waiting, Some(&patience)).unwrap() == 0 {
                return last.as_secs_f64() * 1000.0;
            }
            let bytes = self.terminal.read(&mut buffer).unwrap();
            last = since.elapsed();
            self.written.extend_from_slice(&buffer[..bytes]);
        }
    }

    /// Resident and private kilobytes of the keeper and of the glass before the visitor. Only root may ask: a role lets
    /// nobody look into it.
    fn memory(&self) -> [f64; 4] {
        let keeper = self.program.id();
        let children = std::fs::read_to_string(format!("/proc/{keeper}/task/{keeper}/children")).unwrap_or_default();
        let glass = children.split_whitespace().next().and_then(|pid| pid.parse().ok()).unwrap_or(keeper);
        let rollup = |pid: u32| std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let sum = |rollup: &str, names: &[&str]| {
            let lines = rollup.lines().filter(|line| names.iter().any(|name| line.starts_with(name)));
            lines.filter_map(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).sum()
        };
        let [keeper, glass] = [keeper, glass].map(rollup);
        let private = ["Private_Clean:", "Private_Dirty:"];
        [sum(&keeper, &["Rss:"]), sum(&keeper, &private), sum(&glass, &["Rss:"]), sum(&glass, &private)]
    }
}

impl Drop for Glass {
    fn drop(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}
