//! Real feeds, where there are some: the variable `PORCHLIGHT_FEEDS` names their folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use index::text::words;
use serde_json::Value;

use crate::desk::Desk;

/// The Meeting Guide files of the folder; none when there is no folder.
fn files() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("PORCHLIGHT_FEEDS") else { return Vec::new() };
    let entries = std::fs::read_dir(Path::new(&folder).join("meeting-guide")).expect("the folder of feeds");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort_unstable();
    assert!(!files.is_empty(), "there are no feeds in {}", folder.display());
    files
}

/// A feed's name made from its file's.
fn name(file: &Path) -> String {
    let stem = file.file_stem().unwrap().to_string_lossy().to_lowercase();
    stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// The rows of a file, where it is plain JSON.
fn rows(file: &Path) -> Option<Vec<Value>> {
    serde_json::from_slice(&std::fs::read(file).unwrap()).ok()
}

/// The fields of a row that a visitor may read.
const READ: [&str; 9] =
    ["name", "notes", "location", "location_notes", "group", "group_notes", "region", "sub_region", "city"];

fn has(row: &Value, word: &str) -> bool {
    READ.iter().filter_map(|key| row[*key].as_str()).any(|text| words(text).any(|found| found.starts_with(word)))
}

fn codes(row: &Value) -> Vec<&str> {
    row["types"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn folded(name: &str) -> String {
    words(name).collect::<Vec<_>>().join(" ")
}

/// A feeds file over these files.
fn feeds(desk: &Desk, files: &[&PathBuf]) -> PathBuf {
    let table = |file: &&PathBuf| {
        format!(
            "[[feed]]\nname = \"{}\"\nform = \"meeting-guide\"\nfile = \"{}\"\nfellowship = \"aa\"\n\
             timezone = \"America/Los_Angeles\"\n",
            name(file),
            file.display()
        )
    };
    desk.write("feeds.toml", files.iter().map(table).collect::<Vec<_>>().concat())
}

#[test]
fn every_row_of_real_feeds_is_accounted_for() {
    let files = files();
    if files.is_empty() {
        return;
    }
    let desk = Desk::new();
    let ran = desk.refresh(&feeds(&desk, &files.iter().collect::<Vec<_>>()));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let accounts = ran.accounts();
    assert_eq!(accounts.len(), files.len());
    for (account, file) in accounts.iter().zip(&files) {
        if let Some(rows) = rows(file) {
            assert_eq!(account["rows"], rows.len(), "{}", file.display());
        }
        assert!(account["records"].as_u64().unwrap() > 0, "{account}");
    }
    let records: u64 = accounts.iter().map(|account| account["records"].as_u64().unwrap()).sum();
    assert_eq!(desk.status()["records"], records);
}

#[test]
fn a_search_over_real_feeds_finds_what_a_scan_finds() {
    for file in files() {
        let Some(rows) = rows(&file) else { continue };
        let word = "candlelight";
        let may: Vec<&Value> = rows.iter().filter(|row| has(row, word) || codes(row).contains(&"CAN")).collect();
        if may.is_empty() {
            continue;
        }
        let desk = Desk::new();
        assert_eq!(desk.refresh(&feeds(&desk, &[&file])).code, 0);
        let found: BTreeSet<String> = desk.names(word).iter().map(|name| folded(name)).collect();
        let names = |rows: &mut dyn Iterator<Item = &&Value>| -> BTreeSet<String> {
            rows.map(|row| folded(row["name"].as_str().unwrap_or_default())).collect()
        };
        // The code says it of a meeting in a room; one that is online alone has no candles.
        let in_a_room = |row: &Value| row["conference_url"].as_str().is_none_or(str::is_empty);
        let says = names(&mut may.iter().filter(|row| has(row, word) || in_a_room(row)));
        let missing: Vec<_> = says.difference(&found).collect();
        assert!(missing.is_empty(), "{}: not found: {missing:?}", file.display());
        let may = names(&mut may.iter());
        let wrong: Vec<_> = found.difference(&may).collect();
        assert!(wrong.is_empty(), "{}: found without reason: {wrong:?}", file.display());
    }
}
