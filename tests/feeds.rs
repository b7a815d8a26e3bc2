//! Real feeds, where there are some: the variable PORCHLIGHT_FEEDS names their folder.

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

#[test]
fn real_feeds_are_accounted_for_and_searched_completely() {
    let files = files();
    if files.is_empty() {
        return;
    }
    let desk = Desk::new();
    let names: Vec<String> = files.iter().map(|file| name(file)).collect();
    let listed: Vec<(&str, &str, &str)> =
        names.iter().zip(&files).map(|(name, file)| (name.as_str(), "meeting-guide", file.to_str().unwrap())).collect();
    let ran = desk.refresh(&desk.feeds(&listed));
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

    let all: Vec<Value> = files.iter().filter_map(|file| rows(file)).flatten().collect();
    let found: BTreeSet<String> = desk.names("candlelight").iter().map(|name| folded(name)).collect();
    let name_of = |row: &Value| folded(row["name"].as_str().unwrap_or_default());
    // Whoever says candlelight is found. The code says it too, of a meeting in a room; one that is online alone has
    // no candles.
    let in_a_room =
        |row: &Value| row["conference_url"].as_str().is_none_or(str::is_empty) && !codes(row).contains(&"ONL");
    let says: BTreeSet<String> = all
        .iter()
        .filter(|row| has(row, "candlelight") || codes(row).contains(&"CAN") && in_a_room(row))
        .map(name_of)
        .collect();
    let missing: Vec<_> = says.difference(&found).collect();
    assert!(missing.is_empty(), "not found: {missing:?}");
    // And nobody else is.
    let may: BTreeSet<String> =
        all.iter().filter(|row| has(row, "candlelight") || codes(row).contains(&"CAN")).map(name_of).collect();
    let wrong: Vec<_> = found.difference(&may).collect();
    assert!(wrong.is_empty(), "found without reason: {wrong:?}");
}
