//! A refresh that is killed at any moment: what stood stands, or the new edition does, whole; and the next one cleans up.
//!
//! `PORCHLIGHT_KILLS=200 PORCHLIGHT_LISTINGS=10000 cargo test kill -- --nocapture` kills oftener, over more listings, and
//! prints how often in which phase.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use index::shelf::Shelf;
use porchlight::refresh::Phase;
use serde_json::{Value, json};

use crate::desk::Desk;

fn of(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|count| count.parse().ok()).unwrap_or(usual)
}

/// A list of so many invented meetings.
fn list(count: usize) -> String {
    let row = |number: usize| {
        json!({
            "slug": format!("sample-{number}"), "name": format!("Sample Lantern {number}"), "day": number % 7,
            "time": format!("{:02}:{:02}", number % 24, number % 60), "location": format!("Hall {}", number % 97),
            "formatted_address": format!("{} Sample Street, Sampleton, OH 43000, USA", number % 900),
            "notes": "Invented, to try a refresh out.", "types": ["O", "D"],
        })
    };
    Value::from((0..count).map(row).collect::<Vec<_>>()).to_string()
}

/// A refresh that is under way, and the phases that it tells, as it tells them.
fn started(desk: &Desk, feeds: &Path) -> (std::process::Child, Receiver<Phase>) {
    let mut refresh = desk.command(&["refresh", "--json", "--feeds", feeds.to_str().unwrap()]).spawn().unwrap();
    let (tell, told) = channel();
    let out = BufReader::new(refresh.stdout.take().unwrap());
    std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            let said: Value = serde_json::from_str(&line).unwrap();
            let phase = Phase::ALL.into_iter().find(|phase| said["event"] == "phase" && said["name"] == phase.word());
            if let Some(phase) = phase
                && tell.send(phase).is_err()
            {
                break;
            }
        }
    });
    (refresh, told)
}

/// How long each phase lasts, roughly: only to choose moments by.
#[expect(clippy::disallowed_methods, reason = "moments to kill at are chosen by it, and nothing is concluded from it")]
fn lengths(desk: &Desk, feeds: &Path) -> BTreeMap<&'static str, Duration> {
    let (mut refresh, told) = started(desk, feeds);
    let mut lengths = BTreeMap::new();
    let mut last: Option<(Phase, Instant)> = None;
    loop {
        let next = told.recv();
        if let Some((phase, since)) = last {
            lengths.insert(phase.word(), since.elapsed());
        }
        match next {
            Ok(phase) => last = Some((phase, Instant::now())),
            Err(_) => break,
        }
    }
    assert!(refresh.wait().unwrap().success());
    lengths
}

/// Runs a refresh into a phase and a part of it, and kills it. The phase in which it was then; `None` when it was over.
fn killed(desk: &Desk, feeds: &Path, wanted: Phase, delay: Duration) -> Option<Phase> {
    let (mut refresh, told) = started(desk, feeds);
    let mut phase = None;
    while phase != Some(wanted) {
        phase = Some(told.recv().expect("it gets so far"));
    }
    let over = loop {
        match told.recv_timeout(delay) {
            Ok(next) => phase = Some(next),
            Err(RecvTimeoutError::Timeout) => break false,
            Err(RecvTimeoutError::Disconnected) => break true,
        }
    };
    refresh.kill().unwrap();
    refresh.wait().unwrap();
    phase.filter(|_| !over)
}

#[test]
fn a_refresh_that_is_killed_at_any_moment_leaves_the_old_edition_or_the_new_one() {
    let (kills, listings) = (of("PORCHLIGHT_KILLS", 21), of("PORCHLIGHT_LISTINGS", 400));
    let desk = Desk::new();
    let feeds = desk.write(
        "feeds.toml",
        "[[feed]]\nname = \"town\"\nform = \"meeting-guide\"\nfile = \"town.json\"\nfellowship = \"aa\"\n\
         timezone = \"America/New_York\"\n",
    );
    let (old, new) = (listings, listings + listings / 10);
    desk.write("town.json", list(old));
    assert_eq!(desk.refresh(&feeds).code, 0);
    let lengths = lengths(&desk, &feeds);
    let (smaller, larger) = (list(old), list(new));
    let shelf = Shelf::at(desk.data());
    let mut hits: BTreeMap<&str, usize> = BTreeMap::new();
    let mut stood: BTreeMap<u64, usize> = BTreeMap::new();
    // Moments that are as if by chance, and the same in every run.
    let mut chance = 1_u64;
    for kill in 0..kills {
        // Always something new, so that there is a new edition to be half put up.
        let stands = shelf.newest_sound().expect("an edition stands").0.manifest.records;
        desk.write("town.json", if stands == old as u64 { &larger } else { &smaller });
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wanted = Phase::ALL[kill % Phase::ALL.len()];
        let part = lengths[wanted.word()].mul_f64(f64::from(u32::try_from(chance >> 40).unwrap()) / f64::from(1 << 24));
        let phase = killed(&desk, &feeds, wanted, part);
        *hits.entry(phase.map_or("over", Phase::word)).or_default() += 1;
        let (edition, generation) = shelf.newest_sound().expect("an edition stands");
        shelf.verify(&edition).expect("every byte of it is as it was put up");
        let records = edition.manifest.records;
        assert!(records == old as u64 || records == new as u64, "{records} listings stand");
        assert_eq!(generation.counts().records, records);
        *stood.entry(records).or_default() += 1;
        // Whenever it was, what is kept is what this edition was built of.
        let again = desk.run(&["refresh", "--offline", "--plan", "--json", "--feeds", feeds.to_str().unwrap()]);
        let plan = again.events("plan").pop().expect("it can be read");
        assert_eq!((&plan["before"], &plan["after"]), (&records.into(), &records.into()), "{plan}");
        assert_eq!(again.events("complaint").len(), 0, "{}", again.out);
    }
    println!("killed {kills} times over {listings} listings: {hits:?}; stood after it: {stood:?}");
    assert!(hits.len() > 3, "the kills are spread: {hits:?}");
    // The next one succeeds, and cleans up; also where it finds nothing new.
    desk.write("town.json", &larger);
    assert_eq!(desk.refresh(&feeds).code, 0);
    let ran = desk.refresh(&feeds);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(desk.status()["records"], new);
    let names = |folder: &Path| -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    };
    let editions = names(&desk.data().join("editions"));
    let whole = editions.iter().filter(|name| name.starts_with(|c: char| c.is_ascii_digit())).count();
    assert!(whole <= 5 && editions.len() <= whole + 1, "nothing half-built is left: {editions:?}");
    // As many as the editions were built of.
    let kept = names(&desk.data().join("feeds/town"));
    assert!(kept.iter().filter(|name| name.starts_with("parts-")).count() <= 2, "{kept:?}");
}
