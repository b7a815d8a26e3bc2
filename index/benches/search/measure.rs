//! What is measured, each in a fresh process that finds its directory on disk.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use index::record::Door;
use index::vocabulary::Vocabulary;

use crate::bare::Bare;
use crate::ours::{Ours, here};
use crate::questions;

/// How often all questions are asked; the best time of each key counts, and the first is told too.
const ROUNDS: usize = 3;

/// Numbers by their names.
pub(crate) type Facts = BTreeMap<String, f64>;

/// Where everything about one directory lies.
pub(crate) struct Folders(pub(crate) PathBuf);

impl Folders {
    pub(crate) fn ours(&self) -> PathBuf {
        self.0.join("ours")
    }

    pub(crate) fn bare(&self) -> PathBuf {
        self.0.join("bare")
    }

    pub(crate) fn questions(&self) -> PathBuf {
        self.0.join("questions")
    }

    fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    fn facts(&self) -> PathBuf {
        self.0.join("facts")
    }

    fn add_facts(&self, facts: &Facts) {
        let mut lines = std::fs::read_to_string(self.facts()).unwrap_or_default();
        for (name, number) in facts {
            writeln!(lines, "{name}\t{number}").unwrap();
        }
        std::fs::write(self.facts(), lines).unwrap();
    }

    /// What [`read`] and [`hold`] found.
    pub(crate) fn read_facts(&self) -> Facts {
        let lines = std::fs::read_to_string(self.facts()).unwrap();
        let pairs = lines.lines().filter_map(|line| line.split_once('\t'));
        pairs.map(|(name, number)| (name.to_owned(), number.parse().unwrap())).collect()
    }

    /// What [`race`] found.
    pub(crate) fn read_keys(&self) -> Vec<Key> {
        std::fs::read_to_string(self.keys()).unwrap().lines().filter_map(Key::read).collect()
    }
}

/// One key, in microseconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Key {
    pub(crate) ours: f64,
    pub(crate) ours_first: f64,
    pub(crate) understanding: f64,
    pub(crate) bare: f64,
    pub(crate) bare_first: f64,
    pub(crate) ours_total: u64,
    pub(crate) bare_total: u64,
    pub(crate) class: String,
    pub(crate) typed: String,
}

impl Key {
    fn read(line: &str) -> Option<Self> {
        let parts: Vec<&str> = line.split('\t').collect();
        let [ours, ours_first, understanding, bare, bare_first, ours_total, bare_total, class, typed] = *parts else {
            return None;
        };
        let number = |text: &str| text.parse().unwrap_or(0.0);
        Some(Self {
            ours: number(ours),
            ours_first: number(ours_first),
            understanding: number(understanding),
            bare: number(bare),
            bare_first: number(bare_first),
            ours_total: ours_total.parse().ok()?,
            bare_total: bare_total.parse().ok()?,
            class: class.to_owned(),
            typed: typed.to_owned(),
        })
    }

    fn write(&self, out: &mut String) {
        let Self { ours, ours_first, understanding, bare, bare_first, ours_total, bare_total, class, typed } = self;
        writeln!(
            out,
            "{ours}\t{ours_first}\t{understanding}\t{bare}\t{bare_first}\t{ours_total}\t{bare_total}\t{class}\t{typed}"
        )
        .unwrap();
    }
}

/// Asks both, key by key in turn, so that whatever else the machine does meets both alike.
pub(crate) fn race(folders: &Folders, records: usize) {
    let ours = Ours::open(&folders.ours(), here(records));
    let mut bare = Bare::open(&folders.bare());
    let questions = questions::read(&folders.questions());
    let mut keys: Vec<Key> = Vec::new();
    for round in 0..ROUNDS {
        let typed = questions.iter().flat_map(|question| question.keys().map(|typed| (&question.class, typed)));
        for (at, (class, typed)) in typed.enumerate() {
            let bare_goes_first = (at + round) % 2 == 0;
            let mut theirs = bare_goes_first.then(|| timed(|| bare.search(typed)));
            let (understanding, query) = timed(|| ours.understand(typed));
            let (searching, answer) = timed(|| ours.search(&query));
            let (bare_took, bare_total) = theirs.take().unwrap_or_else(|| timed(|| bare.search(typed)));
            let took = understanding + searching;
            if round == 0 {
                keys.push(Key {
                    ours: took,
                    ours_first: took,
                    understanding,
                    bare: bare_took,
                    bare_first: bare_took,
                    ours_total: answer.total + answer.beside.iter().sum::<u64>(),
                    bare_total: bare_total as u64,
                    class: class.clone(),
                    typed: typed.to_owned(),
                });
            } else if let Some(key) = keys.get_mut(at) {
                key.ours = key.ours.min(took);
                key.understanding = key.understanding.min(understanding);
                key.bare = key.bare.min(bare_took);
            }
        }
    }
    let mut lines = String::new();
    for key in &keys {
        key.write(&mut lines);
    }
    std::fs::write(folders.keys(), lines).unwrap();
}

/// Our engine alone: how it opens, what it holds, how it answers without words.
pub(crate) fn read(folders: &Folders, records: usize) {
    let mut facts = Facts::new();
    let mut fact = |name: &str, number: f64| {
        facts.insert(name.to_owned(), number);
    };
    fact("vocabulary", timed(Vocabulary::builtin).0);
    let here = here(records);
    let (opened, mut ours) = timed(|| Ours::open(&folders.ours(), here));
    let (first, answer) = timed(|| ours.search(&ours.understand("")));
    fact("open", opened);
    fact("first answer", first);
    fact("found", answer.total as f64);
    fact("resident after open", memory("VmRSS:"));
    fact("private after open", memory("RssAnon:"));
    let questions = questions::read(&folders.questions());
    let mut keys: Vec<f64> = Vec::new();
    for typed in questions.iter().flat_map(questions::Question::keys) {
        let (took, answer) = timed(|| ours.search(&ours.understand(typed)));
        std::hint::black_box(answer);
        keys.push(took);
    }
    fact("resident", memory("VmRSS:"));
    fact("private", memory("RssAnon:"));
    let mut report = |name: &str, times: &mut Vec<f64>| {
        for (percent, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
            fact(&format!("{name} {percent}"), percentile(times, share));
        }
    };
    report("alone", &mut keys);
    let again = || timed(|| ours.search(&ours.understand(""))).0;
    report("everything", &mut std::iter::repeat_with(again).take(40).collect());
    let door = |door: &Door| timed(|| ours.search(&ours.behind(*door))).0;
    report("doors", &mut Door::ALL.iter().cycle().take(60).map(door).collect());
    let mut minutes: Vec<f64> = Vec::new();
    for _ in 0..20 {
        ours.pass();
        minutes.push(timed(|| ours.search(&ours.understand(""))).0);
    }
    report("a new minute", &mut minutes);
    folders.add_facts(&facts);
}

/// The bare index alone: what it holds.
pub(crate) fn hold(folders: &Folders) {
    let mut bare = Bare::open(&folders.bare());
    for typed in questions::read(&folders.questions()).iter().flat_map(questions::Question::keys) {
        std::hint::black_box(bare.search(typed));
    }
    let both = [("bare resident", memory("VmRSS:")), ("bare private", memory("RssAnon:"))];
    folders.add_facts(&both.map(|(name, number)| (name.to_owned(), number)).into());
}

/// Sorts and looks.
pub(crate) fn percentile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get((times.len().saturating_sub(1) as f64 * share) as usize).copied().unwrap_or(0.0)
}

/// Microseconds.
fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let begun = Instant::now();
    let done = work();
    (begun.elapsed().as_secs_f64() * 1e6, done)
}

/// How long it took, and what this process worked meanwhile, all threads together.
pub(crate) fn worked(work: impl FnOnce()) -> (Duration, f64) {
    let (begun, before) = (Instant::now(), cpu_seconds());
    work();
    (begun.elapsed(), cpu_seconds() - before)
}

fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// A line of the kernel's account of this process, in megabytes.
pub(crate) fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Bytes of all files of a folder, and of each, the largest first.
pub(crate) fn disk(folder: &Path) -> (u64, Vec<(String, u64)>) {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let mut files: Vec<(String, u64)> = entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.metadata().unwrap().len()))
        .collect();
    files.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    (files.iter().map(|(_, bytes)| bytes).sum(), files)
}
