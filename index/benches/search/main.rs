//! How fast the directory answers, key by key: `cargo bench -p porchlight-index --bench search -- 10000 100000`.
//!
//! For each size a directory is invented and built, as ours and as a plain tantivy index ([`bare`]). Then fresh
//! processes open what lies on disk: one asks both the same three hundred questions, typed letter by letter, each key
//! to one and then to the other; two ask one alone and look at its memory. An answer of ours is whole (understood,
//! searched, counted, ten records read), one of the bare index is ten numbers and a count. Times are the best of three
//! rounds; on a machine that has other things to do, the ratio of the two is what to read.

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

mod bare;
mod generator;
mod measure;
mod ours;
mod questions;
mod report;

use std::process::Command;
use std::time::Instant;

use bare::Bare;
use generator::{Towns, directory};
use index::generation::Generation;
use index::vocabulary::Vocabulary;
use measure::{Facts, Folders, disk, memory, worked};
use ours::Ours;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [what, folder, records] = arguments.as_slice() {
        let (folders, records) = (Folders(folder.into()), records.parse().unwrap());
        match what.as_str() {
            "read" => return measure::read(&folders, records),
            "hold" => return measure::hold(&folders),
            "race" => return measure::race(&folders, records),
            _ => {}
        }
    }
    let mut sizes: Vec<usize> = arguments.iter().filter_map(|size| size.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 10_000, 100_000];
    }
    starter();
    for size in sizes {
        let folders = Folders(std::env::temp_dir().join(format!("porchlight-bench-{}-{size}", std::process::id())));
        let mut facts = build(size, &folders);
        for what in ["read", "hold", "race"] {
            let child = std::env::current_exe().unwrap();
            let status = Command::new(child).arg(what).arg(&folders.0).arg(size.to_string()).status();
            assert!(status.unwrap().success(), "the process that was to {what} failed");
        }
        facts.extend(folders.read_facts());
        report::report(size, &facts, &folders.read_keys());
        std::fs::remove_dir_all(&folders.0).unwrap();
    }
}

/// A directory as small as the starter pack, built in memory as the kiosk does when it has no edition.
fn starter() {
    let begun = Instant::now();
    let vocabulary = Vocabulary::builtin();
    let read = begun.elapsed();
    let records = directory(600);
    let begun = Instant::now();
    let generation = Generation::in_memory(&records, vocabulary).unwrap();
    let built = begun.elapsed();
    println!("600 records in memory: {} ms, after {} ms for the vocabulary", built.as_millis(), read.as_millis());
    assert_eq!(generation.counts().records, 600, "all are there");
    println!("  {:.1} MB resident, {:.1} MB private\n", memory("VmRSS:"), memory("RssAnon:"));
}

/// Builds both, and writes down what will be typed.
fn build(size: usize, folders: &Folders) -> Facts {
    let records = directory(size);
    for folder in [folders.ours(), folders.bare()] {
        std::fs::create_dir_all(folder).unwrap();
    }
    let mut facts = Facts::new();
    let mut fact = |name: &str, number: f64| {
        facts.insert(name.to_owned(), number);
    };
    let (took, work) = worked(|| Ours::build(&folders.ours(), &records));
    fact("build", size as f64 / took.as_secs_f64());
    fact("build work", size as f64 / work.max(0.01));
    let (took, work) = worked(|| Bare::build(&folders.bare(), &records));
    fact("bare build", size as f64 / took.as_secs_f64());
    fact("bare build work", size as f64 / work.max(0.01));
    let (bytes, files) = disk(&folders.ours());
    fact("disk", bytes as f64 / size as f64);
    fact("bare disk", disk(&folders.bare()).0 as f64 / size as f64);
    let kinds: Vec<String> = files
        .iter()
        .take(5)
        .map(|(name, bytes)| format!("{} {:.0}", name.rsplit('.').next().unwrap_or(name), *bytes as f64 / size as f64))
        .collect();
    println!("{size} records built; bytes for each: {}", kinds.join(", "));
    questions::write(&folders.questions(), &questions::questions(&records, &Towns::of(size)));
    facts
}
