//! A power cut while an edition is put up: what had not reached the disk is lost or torn, in whatever combination. The
//! edition before answers, or the new one, whole; and the next refresh cleans up.
//!
//! The disk may lose more here than one that keeps its word: also what was written through. `PORCHLIGHT_CUTS=1 cargo test
//! cut:: -- --nocapture` tries every state, and else one of many is tried.
//!
//! A disk that keeps its word and nothing more loses every name whose folder was not written through, of a folder as of a
//! file ([`ledger`]): then nothing is lost that a command has said is done.

use std::fs;
use std::path::{Path, PathBuf};

use index::shelf::Shelf;

use crate::desk::Desk;

mod ledger;

/// The listings of the edition that stood, of the one that was being put up, and of the one after the cut.
const OLD: [&str; 2] = ["Hilltop Lanterns", "Valley Lanterns"];
const NEW: [&str; 3] = ["Hilltop Lanterns", "Lakeside Lanterns", "Valley Lanterns"];

/// What a cut can do to one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Harm {
    Empty,
    Half,
    /// As long as it was, and nothing in it: the length had reached the disk and the bytes had not.
    Zeros,
    Gone,
}

impl Harm {
    const ALL: [Self; 4] = [Self::Empty, Self::Half, Self::Zeros, Self::Gone];

    /// Whether the file is another after it.
    fn befalls(self, file: &Path) -> bool {
        let bytes = fs::read(file).unwrap();
        match self {
            Self::Empty => fs::write(file, b"").unwrap(),
            Self::Half => fs::write(file, &bytes[..bytes.len() / 2]).unwrap(),
            Self::Zeros => fs::write(file, vec![0; bytes.len()]).unwrap(),
            Self::Gone => fs::remove_file(file).unwrap(),
        }
        fs::read(file).ok() != Some(bytes)
    }
}

/// How far the putting up had come, as the names in folders tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// What the feeds said is written and not named yet; a folder of an earlier build lies about.
    Offering,
    /// What the feeds said is offered. The new edition has no name yet.
    Building,
    /// The new edition has its name; what the feeds said is offered.
    Named,
    /// It has, and what the feeds said is accepted.
    Done,
}

impl Moment {
    const ALL: [Self; 4] = [Self::Offering, Self::Building, Self::Named, Self::Done];
}

/// What the disk held at each moment, as far as it was written: made by real refreshes.
struct Town {
    desk: Desk,
    /// The data folder before the new edition, when what the feeds said is offered for it, and after it.
    old: PathBuf,
    offered: PathBuf,
    new: PathBuf,
    edition: String,
}

fn list(names: &[&str]) -> String {
    let row = |name: &&str| format!("[[meeting]]\nkey = \"{}\"\nname = \"{name}\"\n", name[..4].to_lowercase());
    names.iter().map(row).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = {
            let entry = entry.unwrap();
            (entry.path(), to.join(entry.file_name()))
        };
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

/// Every file in a folder and below it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

impl Town {
    fn new() -> Self {
        let desk = Desk::new();
        let feeds = desk.feeds(&[("town", "porchlight", "town.toml")]);
        let refreshed = |names: &[&str], code: i32, name: &str| {
            desk.write("town.toml", list(names));
            let ran = desk.refresh(&feeds);
            assert_eq!(ran.code, code, "{}", ran.err);
            copy(&desk.data(), &desk.path(name));
            desk.path(name)
        };
        let old = refreshed(&OLD, 0, "old");
        // Somebody else has the shelf: the refresh comes as far as to ask for it.
        let shelf = fs::File::open(desk.data().join("editions/.lock")).unwrap();
        shelf.try_lock().unwrap();
        let offered = refreshed(&NEW, 75, "offered");
        drop(shelf);
        let new = refreshed(&NEW, 0, "new");
        let edition = Shelf::at(&new).newest_name().unwrap();
        Self { desk, old, offered, new, edition }
    }

    /// Lays the disk out as it was at this moment. Returns the files that may not have reached it.
    fn at(&self, moment: Moment) -> Vec<PathBuf> {
        let data = self.desk.data();
        fs::remove_dir_all(&data).unwrap();
        copy(&self.new, &data);
        let kept = data.join("feeds/town");
        let mut edition = data.join("editions").join(&self.edition);
        if matches!(moment, Moment::Building | Moment::Offering) {
            let next = data.join("editions/.next-4711");
            fs::rename(&edition, &next).unwrap();
            edition = next;
        }
        if moment != Moment::Done {
            fs::remove_dir_all(&kept).unwrap();
            copy(&self.offered.join("feeds/town"), &kept);
        }
        if moment == Moment::Offering {
            fs::rename(kept.join("fetched.json"), kept.join("fetched.json.next")).unwrap();
            copy(&self.old.join("feeds/town"), &kept);
        }
        let before: Vec<_> =
            files(&self.old).iter().map(|file| data.join(file.strip_prefix(&self.old).unwrap())).collect();
        let is_new =
            |file: &PathBuf| file.starts_with(&edition) || !before.contains(file) || file.ends_with("fetched.json");
        let fresh = [files(&edition), files(&kept)].concat();
        fresh.into_iter().filter(is_new).collect()
    }
}

/// After the cut: an answer from a whole edition; and a refresh that leaves nothing lying about.
fn recovers(desk: &Desk, expected: &[&str], what: &str) {
    let names = desk.names("lanterns");
    let mut sorted: Vec<&str> = names.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    assert_eq!(sorted, expected, "{what}");
    // As at the start of the machine.
    let editions = Shelf::at(desk.data());
    let damaged = editions.check();
    assert_eq!(editions.newest_sound().unwrap().0.manifest.records, sorted.len() as u64, "{what}: {damaged:?}");
    let ran = desk.refresh(&desk.path("feeds.toml"));
    assert_eq!(ran.code, 0, "{what}: {}", ran.err);
    let mut names = desk.names("lanterns");
    names.sort_unstable();
    assert_eq!(names, NEW, "{what}");
    assert!(editions.unsound().is_empty(), "{what}: {:?}", editions.unsound());
    let lie_about = |file: &PathBuf| {
        let path = file.strip_prefix(desk.data()).unwrap().to_str().unwrap();
        path.contains("next") || path.contains("damaged")
    };
    let left: Vec<_> = files(&desk.data()).into_iter().filter(lie_about).collect();
    assert!(left.is_empty(), "{what}: {left:?}");
    let kept = fs::read_dir(desk.data().join("feeds/town")).unwrap();
    // The state, and as many as editions were built of.
    assert!(kept.count() <= 3, "{what}: {:?}", files(&desk.data().join("feeds")));
    // What is kept is sound: all of it can be built again without asking anybody.
    let ran = desk.run(&["refresh", "--offline", "--json", "--feeds", desk.path("feeds.toml").to_str().unwrap()]);
    assert_eq!((ran.code, ran.events("complaint").len()), (0, 0), "{what}: {}{}", ran.out, ran.err);
}

#[test]
fn after_a_power_cut_a_whole_edition_answers_and_the_next_refresh_cleans_up() {
    let town = Town::new();
    let every = std::env::var("PORCHLIGHT_CUTS").ok().and_then(|every| every.parse().ok()).unwrap_or(47);
    let (mut state, mut tried) = (0, 0);
    for moment in Moment::ALL {
        let fresh = town.at(moment);
        let singles = fresh.iter().flat_map(|file| Harm::ALL.map(|harm| vec![(file, harm)]));
        let everything = Harm::ALL.map(|harm| fresh.iter().map(|file| (file, harm)).collect());
        // Of two files, each in one way, which changes with the pair.
        let pairs = fresh.iter().enumerate().flat_map(|(first, one)| {
            let others = fresh.iter().enumerate().skip(first + 1);
            others.map(move |(second, other)| {
                vec![(one, Harm::ALL[(first + second) % 4]), (other, Harm::ALL[second % 4])]
            })
        });
        for harms in std::iter::once(Vec::new()).chain(everything).chain(singles).chain(pairs) {
            state += 1;
            if !harms.is_empty() && state % every != 0 {
                continue;
            }
            tried += 1;
            town.at(moment);
            // Whatever became of the feed's bytes, the new edition answers when it has its name and every byte of it.
            let mut is_whole = matches!(moment, Moment::Named | Moment::Done);
            for (file, harm) in &harms {
                let is_changed = harm.befalls(file);
                is_whole &= !(is_changed && file.components().any(|part| part.as_os_str() == "editions"));
            }
            recovers(&town.desk, if is_whole { &NEW } else { &OLD }, &format!("{moment:?} {harms:?}"));
        }
    }
    println!("{tried} of {state} states");
    assert!(tried > 12, "{tried} of {state}");
}

/// Runs a command to its good end, and cuts the power. Returns the names that were lost.
fn cut_after(desk: &Desk, words: &[&str]) -> Vec<PathBuf> {
    let home = desk.path("");
    let (code, ledger) = ledger::heard(&desk.command(words), &home);
    assert_eq!(code, 0, "{words:?}");
    ledger.cut(&home)
}

/// What the feeds said last, put up without their files.
fn is_kept(desk: &Desk, what: &str) {
    fs::remove_file(desk.path("town.toml")).unwrap_or_default();
    let ran = desk.run(&["refresh", "--offline", "--feeds", desk.path("feeds.toml").to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{what}: {}{}", ran.out, ran.err);
    assert_eq!(desk.names("hilltop"), ["Hilltop Lanterns"], "{what}");
}

/// A desk with a feed, and nothing else yet.
fn bare() -> Desk {
    let desk = Desk::new();
    desk.feeds(&[("town", "porchlight", "town.toml")]);
    desk.write("town.toml", list(&NEW));
    desk
}

#[test]
fn the_first_edition_stands_on_a_disk_that_keeps_only_what_was_written_through() {
    let desk = bare();
    let lost = cut_after(&desk, &["refresh", "--feeds", desk.path("feeds.toml").to_str().unwrap()]);
    let what = format!("{lost:?} were lost");
    let mut names = desk.names("lanterns");
    names.sort_unstable();
    assert_eq!(names, NEW, "{what}");
    is_kept(&desk, &what);
    desk.write("town.toml", list(&NEW));
    recovers(&desk, &NEW, &what);
}

#[test]
fn a_new_edition_and_the_one_that_staff_took_back_to_stand_on_such_a_disk() {
    let desk = bare();
    let feeds = desk.path("feeds.toml");
    desk.write("town.toml", list(&OLD));
    assert_eq!(desk.refresh(&feeds).code, 0);
    let found = || {
        let mut names = desk.names("lanterns");
        names.sort_unstable();
        names
    };
    desk.write("town.toml", list(&NEW));
    let lost = cut_after(&desk, &["refresh", "--feeds", feeds.to_str().unwrap()]);
    assert_eq!(found(), NEW, "{lost:?} were lost");
    let lost = cut_after(&desk, &["rollback"]);
    assert_eq!(found(), OLD, "{lost:?} were lost");
    recovers(&desk, &OLD, &format!("{lost:?} were lost"));
}

#[test]
fn what_staff_said_first_and_what_was_restored_stand_on_such_a_disk() {
    let desk = bare();
    let row = desk.write("row.toml", "[[meeting]]\nkey = \"hall\"\nname = \"Hall Lanterns\"\n");
    let lost = cut_after(&desk, &["add", row.to_str().unwrap(), "--feeds", desk.path("feeds.toml").to_str().unwrap()]);
    let said = fs::read_to_string(desk.data().join("overrides.toml")).unwrap_or_default();
    assert!(said.contains("Hall Lanterns"), "{lost:?} were lost");

    let first = bare();
    assert_eq!(first.refresh(&first.path("feeds.toml")).code, 0);
    let backup = first.path("site.backup");
    assert_eq!(first.run(&["backup", backup.to_str().unwrap()]).code, 0);
    let desk = bare();
    let lost = cut_after(&desk, &["restore", backup.to_str().unwrap()]);
    is_kept(&desk, &format!("{lost:?} were lost"));
}
