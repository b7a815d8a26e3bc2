//! What a refresh costs: `cargo bench -p porchlight-index --bench refresh -- 100000`.
//!
//! For each size a feed of so many rows is invented, in the form of Meeting Guide. The program itself refreshes from it,
//! in a process of its own: the first time, and again after every hundredth row has changed. Beside it stands what one
//! cannot do without: a plain tantivy index ([`bare`]) built of the same records, which are read before the clock starts,
//! also in a process of its own. Beside that again: our own index of the same records, and a plain index made straight of
//! the same file, whose rows are taken to be well-formed and are not understood. Told are the time by the clock, the work
//! of all threads together, and the most memory that was resident; of several rounds the best, because a machine has other
//! things to do too.

#![expect(clippy::print_stdout, reason = "a report is printed")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock, and waits for a process")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::unwrap_used,
    reason = "invented numbers are small, and a bench may stop"
)]

#[path = "../search/bare.rs"]
#[expect(dead_code, reason = "nothing is asked here")]
mod bare;
mod feed;
#[path = "../search/generator/mod.rs"]
#[allow(dead_code, reason = "no question is asked here")]
mod generator;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use index::feed::{Feed, Form, Part};
use index::generation::Generation;
use index::merge::merge;
use index::record::Record;
use index::vocabulary::Vocabulary;

/// The best of so many rounds is told.
const ROUNDS: usize = 6;

/// What is aimed at: of the bare index's time by the clock.
const MOST_TIMES: f64 = 1.5;
/// Megabytes.
const MOST_MEMORY: f64 = 400.0;

const FEEDS: &str = "[[feed]]\nname = \"sample\"\nform = \"meeting-guide\"\nfile = \"rows.json\"\nfellowship = \"aa\"\n\
                     timezone = \"America/New_York\"\n";

/// What one process cost.
#[derive(Clone, Copy)]
struct Cost {
    /// Seconds by the clock.
    wall: f64,
    /// Seconds of all threads together.
    work: f64,
    /// Megabytes that were resident at most.
    memory: f64,
}

impl Cost {
    const WORST: Self = Self { wall: f64::INFINITY, work: f64::INFINITY, memory: f64::INFINITY };

    fn best(self, other: Self) -> Self {
        Self { wall: self.wall.min(other.wall), work: self.work.min(other.work), memory: self.memory.min(other.memory) }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [what, folder] = arguments.as_slice() {
        let folder = Path::new(folder);
        match what.as_str() {
            "bare" => return of_records(folder, bare::Bare::build),
            "ours" => return of_records(folder, build_ours),
            "plain" => {
                return bare::Bare::build_of_rows(&emptied(folder), &fs::read(folder.join("rows.json")).unwrap());
            }
            _ => {}
        }
    }
    let mut sizes: Vec<usize> = arguments.iter().filter_map(|size| size.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000];
    }
    let program = program();
    for size in sizes {
        let folder = std::env::temp_dir().join(format!("porchlight-refresh-{}-{size}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        report(size, &program, &folder);
        fs::remove_dir_all(&folder).unwrap();
    }
}

/// The program as its sources are now, built beside this bench.
fn program() -> PathBuf {
    let bench = std::env::current_exe().unwrap();
    let built = bench.ancestors().nth(2).unwrap();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    cargo.args(["build", "--release", "--package", "porchlight", "--bin", "porchlight", "--target-dir"]);
    assert!(cargo.arg(built.parent().unwrap()).status().unwrap().success(), "the program cannot be built");
    built.join("porchlight")
}

fn report(size: usize, program: &Path, folder: &Path) {
    fs::write(folder.join("feeds.toml"), FEEDS).unwrap();
    let (old, new) = (feed::rows(size, 0), feed::rows(size, 1));
    let data = folder.join("data");
    let refresh = || {
        let mut refresh = Command::new(program);
        refresh.arg("--data").arg(&data).arg("refresh").arg("--feeds").arg(folder.join("feeds.toml"));
        cost(refresh.stdout(Stdio::null()))
    };
    let [mut first, mut again, mut bare, mut ours, mut plain] = [Cost::WORST; 5];
    for _ in 0..ROUNDS {
        let _ = fs::remove_dir_all(&data);
        fs::write(folder.join("rows.json"), &old).unwrap();
        first = first.best(refresh());
        plain = plain.best(cost(Command::new(std::env::current_exe().unwrap()).arg("plain").arg(folder)));
        fs::write(folder.join("rows.json"), &new).unwrap();
        again = again.best(refresh());
        bare = bare.best(told_cost("bare", folder));
        ours = ours.best(told_cost("ours", folder));
    }
    println!("{size} rows, {:.1} MB", new.len() as f64 / 1e6);
    println!("  {:<26} {:>8} {:>6} {:>8} {:>6} {:>8}", "", "clock s", "", "work s", "", "most MB");
    for (what, is_ours, Cost { wall, work, memory }) in [
        ("bare index, records given", false, bare),
        ("our index, records given", true, ours),
        ("bare index, from the file", false, plain),
        ("first refresh", true, first),
        ("1 % changed", true, again),
    ] {
        let times = [wall / bare.wall, work / bare.work].map(|times| format!("{times:.2}x"));
        let met = match is_ours {
            false => "",
            true if wall <= MOST_TIMES * bare.wall && memory <= MOST_MEMORY => "met",
            true => "MISSED",
        };
        println!("  {what:<26} {wall:>8.2} {:>6} {work:>8.2} {:>6} {memory:>8.0} {met}", times[0], times[1]);
    }
    println!("  aimed at: {MOST_TIMES}x by the clock, {MOST_MEMORY} MB\n");
}

/// Runs it to its end, and looks at it all the while.
fn cost(command: &mut Command) -> Cost {
    let begun = Instant::now();
    let mut process = command.spawn().unwrap();
    let status = format!("/proc/{}/status", process.id());
    let mut memory = 0.0;
    // The kernel keeps the most there was, until the process has ended; so none of it is missed between two looks. Its
    // work it remembers until somebody asks how it ended.
    while let Some(most) = most_resident(&fs::read_to_string(&status).unwrap_or_default()) {
        memory = most;
        std::thread::sleep(Duration::from_millis(2));
    }
    let wall = begun.elapsed().as_secs_f64();
    let work = work(&process.id().to_string());
    assert!(process.wait().unwrap().success(), "it failed");
    Cost { wall, work, memory }
}

/// What building of records alone costs. The process tells its own cost: reading the feed is none of it.
fn told_cost(what: &str, folder: &Path) -> Cost {
    let own = std::env::current_exe().unwrap();
    let told = Command::new(own).arg(what).arg(folder).output().unwrap();
    assert!(told.status.success(), "the {what} index failed: {}", String::from_utf8_lossy(&told.stderr));
    let told = String::from_utf8(told.stdout).unwrap();
    let numbers: Vec<f64> = told.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    let [wall, work, memory] = numbers[..] else { unreachable!("it tells three numbers: {told}") };
    Cost { wall, work, memory }
}

fn build_ours(target: &Path, records: &[Record]) {
    Generation::build(target, records, Vocabulary::builtin()).unwrap();
    // A commit of the bare index has them on the disk as well.
    for file in fs::read_dir(target).unwrap() {
        fs::File::open(file.unwrap().path()).unwrap().sync_all().unwrap();
    }
}

/// An empty folder for an index.
fn emptied(folder: &Path) -> PathBuf {
    let target = folder.join("index");
    let _ = fs::remove_dir_all(&target);
    fs::create_dir_all(&target).unwrap();
    target
}

fn of_records(folder: &Path, build: impl Fn(&Path, &[Record])) {
    let feed = Feed { name: "sample".into(), fellowship: Some("aa".into()), ..Feed::default() };
    let bytes = fs::read(folder.join("rows.json")).unwrap();
    let parts = [Part { name: "rows.json", bytes: &bytes }];
    let records = merge(vec![index::feed::read(Form::MeetingGuide, &feed, &parts, Vocabulary::builtin())]).records;
    drop(bytes);
    let target = emptied(folder);
    // From here on the most that is resident is counted anew, where the kernel allows it.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (before, begun) = (work("self"), Instant::now());
    build(&target, &records);
    let (wall, work) = (begun.elapsed().as_secs_f64(), work("self") - before);
    let memory = most_resident(&fs::read_to_string("/proc/self/status").unwrap()).unwrap();
    println!("{wall} {work} {memory}");
}

/// The most that was resident, of a kernel's account of a process; nothing when that has ended.
fn most_resident(status: &str) -> Option<f64> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

/// Seconds that all threads of a process have worked.
fn work(process: &str) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks / 100.0
}
