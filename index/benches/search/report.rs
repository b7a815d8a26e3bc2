//! The tables: what we took beside what the bare index took and what is aimed at.

use std::collections::BTreeMap;

use crate::measure::{Facts, Key, percentile};

/// What is aimed at for one size.
struct Goals {
    records: usize,
    /// p50, p95, p99 of a whole answer, in milliseconds.
    answer: [f64; 3],
    /// The same as shares of what the bare index takes.
    ratio: [f64; 3],
    /// Resident and private megabytes.
    memory: [f64; 2],
}

const GOALS: [Goals; 3] = [
    Goals { records: 10_000, answer: [0.25, 1.2, 2.0], ratio: [1.1, 0.8, 0.9], memory: [20.0, 8.0] },
    Goals { records: 100_000, answer: [0.5, 2.5, 5.0], ratio: [0.8, 0.8, 0.95], memory: [30.0, 10.0] },
    Goals { records: 1_000_000, answer: [2.0, 12.0, 25.0], ratio: [1.1, 1.0, 1.5], memory: [100.0, 12.0] },
];
/// The least share of the bare index's building speed.
const BUILD: f64 = 1.0 / 1.5;
/// The most bytes on disk for each record.
const DISK: f64 = 700.0;

const SHARES: [(&str, f64); 3] = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)];
const SLOWEST: usize = 10;

/// One line of the table.
#[derive(Default)]
struct Line {
    what: String,
    ours: f64,
    bare: Option<f64>,
    /// The most that ours may be.
    goal: Option<f64>,
    /// The most that the ratio may be.
    ratio: Option<f64>,
    /// The least that the ratio may be.
    least: Option<f64>,
}

impl Line {
    fn of(what: impl Into<String>, ours: f64) -> Self {
        Self { what: what.into(), ours, ..Self::default() }
    }

    fn print(&self) {
        let Self { what, ours, bare, goal, .. } = self;
        let ratio = bare.filter(|bare| *bare > 0.0).map(|bare| ours / bare);
        let small = |number: Option<f64>| number.map_or(String::new(), |number| format!("{number:.2}"));
        let met = |met: Option<bool>| met.map_or("", |met| if met { "met" } else { "MISSED" });
        let ratio_met = match (ratio, self.ratio, self.least) {
            (Some(ratio), Some(most), _) => Some(ratio <= most),
            (Some(ratio), _, Some(least)) => Some(ratio >= least),
            _ => None,
        };
        let line = format!(
            "  {what:<38} {:>8} {:>8} {:>6}   {:>8} {:<6}   {:>5} {}",
            number(Some(*ours)),
            number(*bare),
            small(ratio),
            number(*goal),
            met(goal.map(|goal| *ours <= goal)),
            small(self.ratio.or(self.least)),
            met(ratio_met)
        );
        println!("{}", line.trim_end());
    }
}

fn number(number: Option<f64>) -> String {
    match number {
        None => String::new(),
        Some(number @ 0.0..10.0) => format!("{number:.3}"),
        Some(number @ 10.0..1_000.0) => format!("{number:.1}"),
        Some(number) => format!("{number:.0}"),
    }
}

/// Everything about one size.
pub(crate) fn report(records: usize, facts: &Facts, keys: &[Key]) {
    println!("{records} records, {} keys", keys.len());
    println!("  {:<38} {:>8} {:>8} {:>6}   {:>8} {:6}   {:>5}", "", "ours", "bare", "ratio", "goal", "", "ratio");
    let goals = GOALS.iter().find(|goals| goals.records == records);
    times(goals, facts, keys);
    let fact = |name: &str| facts.get(name).copied().unwrap_or(0.0);
    let [resident, private] = goals.map_or([None; 2], |goals| goals.memory.map(Some));
    let bare = |name: &str| Some(fact(&format!("bare {name}")));
    let lines = [
        Line { bare: bare("resident"), goal: resident, ..Line::of("resident after the keys, MB", fact("resident")) },
        Line { bare: bare("private"), goal: private, ..Line::of("private after the keys, MB", fact("private")) },
        Line::of("private after opening, MB", fact("private after open")),
        Line::of("vocabulary, ms", fact("vocabulary") / 1e3),
        Line::of("open, ms", fact("open") / 1e3),
        Line::of("first answer, ms", fact("first answer") / 1e3),
        Line::of("everything, ms p50", fact("everything p50") / 1e3),
        Line::of("everything in a new minute, ms p50", fact("a new minute p50") / 1e3),
        Line::of("behind a door, ms p50", fact("doors p50") / 1e3),
        Line::of("behind a door, ms p99", fact("doors p99") / 1e3),
        Line { bare: bare("build"), ..Line::of("build, records/s", fact("build")) },
        Line {
            bare: bare("build work"),
            least: (records >= 10_000).then_some(BUILD),
            ..Line::of("build, records/s of one processor", fact("build work"))
        },
        Line { bare: bare("disk"), goal: Some(DISK), ..Line::of("disk, bytes/record", fact("disk")) },
    ];
    for line in lines {
        line.print();
    }
    let nothing = |total: fn(&Key) -> u64| keys.iter().filter(|key| total(key) == 0).count() as f64;
    let bare = Some(nothing(|key| key.bare_total));
    Line { bare, ..Line::of("keys that found nothing", nothing(|key| key.ours_total)) }.print();
    grouped("by class", keys, |key| key.class.clone());
    grouped("by words", keys, |key| key.typed.split(' ').count().min(6).to_string());
    // The last word's length tells which lists are walked.
    grouped("by letters", keys, |key| {
        key.typed.rsplit(' ').next().map_or(0, |word| word.chars().count().min(9)).to_string()
    });
    slowest(keys);
}

fn times(goals: Option<&Goals>, facts: &Facts, keys: &[Key]) {
    for (at, (percent, share)) in SHARES.into_iter().enumerate() {
        let of = |time: fn(&Key) -> f64| in_ms(keys, time, share);
        Line {
            bare: Some(of(|key| key.bare)),
            goal: goals.map(|goals| goals.answer[at]),
            ratio: goals.map(|goals| goals.ratio[at]),
            ..Line::of(format!("answer to a key, ms {percent}"), of(|key| key.ours))
        }
        .print();
    }
    for (percent, share) in SHARES {
        let of = |time: fn(&Key) -> f64| in_ms(keys, time, share);
        let bare = Some(of(|key| key.bare_first));
        Line { bare, ..Line::of(format!("  at the first time, ms {percent}"), of(|key| key.ours_first)) }.print();
    }
    for (percent, _) in SHARES {
        let alone = facts.get(&format!("alone {percent}")).copied().unwrap_or(0.0) / 1e3;
        Line::of(format!("  first, in its own process, ms {percent}"), alone).print();
    }
    for (percent, share) in SHARES {
        let understanding = in_ms(keys, |key| key.understanding, share);
        Line::of(format!("  of it understanding, ms {percent}"), understanding).print();
    }
}

fn in_ms(keys: &[Key], time: impl Fn(&Key) -> f64, share: f64) -> f64 {
    percentile(&mut keys.iter().map(time).collect::<Vec<f64>>(), share) / 1e3
}

fn grouped(what: &str, keys: &[Key], group: impl Fn(&Key) -> String) {
    let mut groups: BTreeMap<String, Vec<Key>> = BTreeMap::new();
    for key in keys {
        groups.entry(group(key)).or_default().push(key.clone());
    }
    println!(
        "  {what:<20} {:>6} {:>30}   {:>30}   {:>12}",
        "keys", "ours p50 / p95 / p99, ms", "bare", "share of ours"
    );
    let all: f64 = keys.iter().map(|key| key.ours).sum();
    for (name, keys) in &groups {
        let times = |time: fn(&Key) -> f64| {
            let [half, most, nearly_all] = SHARES.map(|(_, share)| in_ms(keys, time, share));
            format!("{half:.3} / {most:.3} / {nearly_all:.3}")
        };
        let share = 100.0 * keys.iter().map(|key| key.ours).sum::<f64>() / all;
        let (ours, bare) = (times(|key| key.ours), times(|key| key.bare));
        println!("    {name:<18} {:>6} {ours:>30}   {bare:>30}   {share:>10.0} %", keys.len());
    }
}

fn slowest(keys: &[Key]) {
    let mut keys: Vec<&Key> = keys.iter().collect();
    keys.sort_by(|one, other| other.ours.total_cmp(&one.ours));
    println!("  {:<20} {:>9} {:>9} {:>9} {:>9}", "the slowest", "ours ms", "bare ms", "found", "bare");
    for key in keys.into_iter().take(SLOWEST) {
        let (ours, bare) = (key.ours / 1e3, key.bare / 1e3);
        println!(
            "    {:<18} {ours:>9.3} {bare:>9.3} {:>9} {:>9}  {}",
            key.class, key.ours_total, key.bare_total, key.typed
        );
    }
    println!();
}
