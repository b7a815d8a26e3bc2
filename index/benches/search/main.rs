//! How fast the directory answers, key by key: `cargo bench -p porchlight-index -- 10000 100000`.
//!
//! For each size: a directory is invented and built, then a fresh process opens it and is asked a few hundred
//! questions, each typed letter by letter. Reported are microseconds per key of the whole answer (understanding,
//! search, counts, ten records read), and what the process holds in memory. On a machine that has other things to do,
//! the best of three is closer to the truth than the first time; both are told.

#![expect(clippy::print_stdout, reason = "a report is printed")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::unwrap_used,
    reason = "invented numbers are small, and a bench may stop"
)]

mod generator;
mod words;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use generator::{Dice, directory, town_name};
use index::generation::Generation;
use index::query::{Constraint, Here};
use index::record::{Door, Point, Record};
use index::understand::understand;
use index::vocabulary::Vocabulary;
use jiff::civil::date;

const QUESTIONS: usize = 300;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [what, folder] = arguments.as_slice()
        && what == "read"
    {
        read(Path::new(folder));
        return;
    }
    let mut sizes: Vec<usize> = arguments.iter().filter_map(|size| size.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 10_000, 100_000];
    }
    starter();
    for size in sizes {
        let folder = std::env::temp_dir().join(format!("porchlight-bench-{}-{size}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        build(size, &folder);
        let status = Command::new(std::env::current_exe().unwrap()).arg("read").arg(&folder).status();
        assert!(status.unwrap().success(), "the reading process failed");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

/// A directory as small as the starter pack, built in memory as the kiosk does when it has no edition.
fn starter() {
    let records = directory(600);
    let begun = Instant::now();
    let vocabulary = Vocabulary::builtin();
    let read = begun.elapsed();
    let generation = Generation::in_memory(&records, vocabulary).unwrap();
    let built = begun.elapsed().saturating_sub(read);
    println!("600 records in memory: {} ms, after {} ms for the vocabulary", built.as_millis(), read.as_millis());
    assert_eq!(generation.counts().records, 600, "all are there");
    print_memory("in memory");
}

fn build(size: usize, folder: &Path) {
    let records = directory(size);
    let (begun, worked) = (Instant::now(), cpu_seconds());
    Generation::build(folder, &records, Vocabulary::builtin()).unwrap();
    let took = begun.elapsed();
    let worked = cpu_seconds() - worked;
    let mut files: Vec<(String, u64)> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.metadata().unwrap().len()))
        .collect();
    files.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let bytes: u64 = files.iter().map(|(_, bytes)| bytes).sum();
    println!("{size} records");
    let rate = |seconds: f64| size as f64 / seconds;
    println!(
        "  build      {:>9.0} records/s, {:.0} a second of processor time",
        rate(took.as_secs_f64()),
        rate(worked)
    );
    println!("  disk       {:>9.0} bytes/record", bytes as f64 / size as f64);
    for (name, bytes) in files.iter().take(5) {
        let kind = name.rsplit('.').next().unwrap_or(name);
        println!("    {kind:<10} {:>7.0}", *bytes as f64 / size as f64);
    }
    questions_to(&folder.with_extension("questions"), &records);
}

/// Writes what will be typed, one question a line.
fn questions_to(file: &Path, records: &[Record]) {
    let mut dice = Dice::new(99);
    let mut questions = Vec::new();
    while questions.len() < QUESTIONS {
        let record = &records[dice.roll(records.len())];
        let name = record.name.plain.to_lowercase();
        questions.push(match questions.len() % 10 {
            0 => name,
            1 => slipped(&name, &mut dice),
            2 => name.split(' ').next().unwrap_or("").to_owned(),
            3 => slipped(name.split(' ').next_back().unwrap_or(""), &mut dice),
            4 => format!("{} {}", ["women", "online", "spanish", "wheelchair"][dice.roll(4)], town_name(dice.roll(40))),
            5 => ["aa", "na", "narcan", "halfway house", "rehab", "12 step", "sober house", "therapist"][dice.roll(8)]
                .to_owned(),
            6 => format!("{} {}", slipped("meeting", &mut dice), town_name(dice.roll(40)).to_lowercase()),
            7 => format!("house {}", ["suboxone", "women kids", "bed", "level 2"][dice.roll(4)]),
            8 => format!("{}", 10000 + dice.roll(80000)),
            _ => record.summary.plain.split(' ').take(2).collect::<Vec<_>>().join(" "),
        });
    }
    std::fs::write(file, questions.join("\n")).unwrap();
}

/// One slip somewhere after the first letter.
fn slipped(text: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() > 4 {
        let at = 1 + dice.roll(letters.len() - 2);
        match dice.roll(3) {
            0 => drop(letters.remove(at)),
            1 => letters.swap(at, at + 1),
            _ => letters[at] = 'x',
        }
    }
    letters.into_iter().collect()
}

fn read(folder: &Path) {
    let questions = std::fs::read_to_string(folder.with_extension("questions")).unwrap();
    let vocabulary = Vocabulary::builtin();
    let now = date(2026, 11, 22).at(17, 30, 0, 0).to_zoned(index::schedule::zone("America/Denver").unwrap()).unwrap();
    let here = Here { now, point: Some(Point { latitude: 39.0, longitude: -100.0 }) };
    let begun = Instant::now();
    let generation = Generation::open(folder).unwrap();
    let opened = begun.elapsed();
    let first = Instant::now();
    let home = understand("", vocabulary, &(), &here);
    let found = generation.search(&home, 10).total;
    let first = first.elapsed();
    println!("  open       {:>9} us, first ten of {found} {:>6} us", opened.as_micros(), first.as_micros());
    print_memory("after open");
    let (mut keys, mut best) = (Vec::new(), Vec::new());
    let mut doors = Vec::new();
    let mut slowest = (Duration::ZERO, String::new());
    for typed in questions.lines() {
        for end in typed.char_indices().map(|(at, letter)| at + letter.len_utf8()) {
            let times = [(); 3].map(|()| {
                let begun = Instant::now();
                let query = understand(&typed[..end], vocabulary, &generation, &here);
                std::hint::black_box(generation.search(&query, 10));
                begun.elapsed()
            });
            let least = times.into_iter().min().unwrap_or_default();
            keys.push(times[0]);
            best.push(least);
            if least > slowest.0 {
                slowest = (least, typed[..end].to_owned());
            }
        }
    }
    for door in Door::ALL.iter().cycle().take(120) {
        let begun = Instant::now();
        let mut query = home.clone();
        query.constraints.push(Constraint::door(*door));
        std::hint::black_box(generation.search(&query, 10));
        doors.push(begun.elapsed());
    }
    report("keys", &mut best);
    report("at first", &mut keys);
    report("doors", &mut doors);
    println!("    slowest  {:>9} us: {}", slowest.0.as_micros(), slowest.1);
    print_memory("after keys");
    let _ = std::fs::remove_file(folder.with_extension("questions"));
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_micros();
    println!("  {what:<10} {:>6} p50 {:>6} p95 {:>6} p99 us ({} asked)", at(0.5), at(0.95), at(0.99), times.len());
}

/// What this process has worked so far, all threads together.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn print_memory(when: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
    };
    println!("  {when:<10} {:>6.1} MB resident, {:>5.1} MB private", of("VmRSS:"), of("RssAnon:"));
}
