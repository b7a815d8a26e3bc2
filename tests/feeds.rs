//! Real feeds, where there are some: the variable `PORCHLIGHT_FEEDS` names their folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use index::feed::{self, Feed, Form, Part};
use index::generation::Generation;
use index::query::{self, Answer, Facet, Here, Section};
use index::text::words;
use index::vocabulary::Vocabulary;
use porchlight::ask::ask;
use porchlight::event::{Question, Reply};
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
        // So few that no good feed is ever held back because of them.
        let count = |key: &str| account[key].as_u64().unwrap();
        assert!(count("dropped") * 20 <= count("rows"), "{account}");
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
        // The code says it of a meeting in a room; one that is online alone has no candles. What only notes say is no fact.
        let in_a_room = |row: &Value| row["conference_url"].as_str().is_none_or(str::is_empty);
        let titled = |row: &Value| row["name"].as_str().is_some_and(|name| folded(name).contains(word));
        let says = names(&mut may.iter().filter(|row| titled(row) || codes(row).contains(&"CAN") && in_a_room(row)));
        let missing: Vec<_> = says.difference(&found).collect();
        assert!(missing.is_empty(), "{}: not found: {missing:?}", file.display());
        let may = names(&mut may.iter());
        let wrong: Vec<_> = found.difference(&may).collect();
        assert!(wrong.is_empty(), "{}: found without reason: {wrong:?}", file.display());
    }
}

/// The rows of a real file that can be told by their keys, and the directory that is made of the file.
struct Town {
    file: String,
    rows: BTreeMap<String, Value>,
    generation: Generation,
}

const ZONE: &str = "America/Los_Angeles";

impl Town {
    fn of(file: &Path) -> Option<Self> {
        let rows = rows(file)?;
        let name = name(file);
        let fellowship = if name.starts_with("eda") { "eda" } else { "aa" };
        let feed = Feed {
            name: name.clone(),
            fellowship: Some(fellowship.to_owned()),
            timezone: Some(ZONE.to_owned()),
            ..Feed::default()
        };
        let bytes = std::fs::read(file).unwrap();
        let part = Part { name: "feed.json", bytes: &bytes };
        let harvest = feed::read(Form::MeetingGuide, &feed, &[part], Vocabulary::builtin());
        let generation = Generation::in_memory(&harvest.records, Vocabulary::builtin()).unwrap();
        let mut keyed: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for row in rows {
            if let Some(slug) = row["slug"].as_str() {
                keyed.entry(format!("{name}:{slug}")).or_default().push(row);
            }
        }
        // Rows that share a key may be one meeting or several: what becomes of them is tested elsewhere.
        let alone = |(key, mut rows): (String, Vec<Value>)| Some((key, rows.pop().filter(|_| rows.is_empty())?));
        Some(Self { file: name, rows: keyed.into_iter().filter_map(alone).collect(), generation })
    }

    fn ask(&self, typed: &str, chosen: &[(Facet, &str)]) -> Answer {
        self.reply(typed, chosen).answer
    }

    fn reply(&self, typed: &str, chosen: &[(Facet, &str)]) -> Reply {
        let chosen = chosen.iter().map(|(facet, key)| query::Value::new(*facet, *key)).collect();
        let question = Question { typed: typed.to_owned(), finished: true, door: None, chosen };
        let here = Here { now: format!("2026-11-24T17:30[{ZONE}]").parse().unwrap(), point: None };
        ask(&self.generation, &question, Vocabulary::builtin(), &here, 100_000)
    }

    /// What fits must be found, and nothing that may not fit.
    fn check(&self, what: &str, answer: &Answer, must: impl Fn(&Value) -> bool, may: impl Fn(&Value) -> bool) {
        let hits = answer.hits.iter().filter(|hit| hit.section == Section::Fits);
        let found: BTreeSet<&str> = hits.map(|hit| hit.record.id.as_str()).collect();
        assert_eq!(found.len() as u64, answer.total, "{}: {what}", self.file);
        let missing: Vec<_> =
            self.rows.iter().filter(|(key, row)| must(row) && !found.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "{}: {what}: not found: {missing:#?}", self.file);
        let wrong: Vec<_> = self.rows.iter().filter(|(key, row)| found.contains(key.as_str()) && !may(row)).collect();
        assert!(wrong.is_empty(), "{}: {what}: found without reason: {wrong:#?}", self.file);
    }
}

/// The days of a row, 0 being Sunday.
fn days(row: &Value) -> Vec<u64> {
    let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
    match &row["day"] {
        Value::Array(days) => days.iter().filter_map(number).collect(),
        day => number(day).into_iter().collect(),
    }
}

/// The minute of the day at which a row's meeting begins.
fn minute(row: &Value) -> Option<u64> {
    let (hour, minute) = row["time"].as_str()?.split_once(':')?;
    Some(hour.parse::<u64>().ok()? * 60 + minute.parse::<u64>().ok()?)
}

/// Whether a meeting that is held is told of, at a time by the kiosk's own clock.
fn is_held(row: &Value) -> bool {
    let closed = codes(row).contains(&"TC") && !is_joined(row);
    let here = row["timezone"].as_str().is_none_or(|zone| zone.is_empty() || zone == ZONE);
    row["attendance_option"] != "inactive" && !closed && here
}

/// Whether there is a way to take part from elsewhere.
fn is_joined(row: &Value) -> bool {
    ["conference_url", "conference_phone"].iter().any(|key| row[*key].as_str().is_some_and(|way| !way.is_empty()))
}

/// Whether it is surely held in a room.
fn is_in_a_room(row: &Value) -> bool {
    match row["attendance_option"].as_str().filter(|said| !said.is_empty()) {
        Some(said) => matches!(said, "in_person" | "hybrid"),
        None => !is_joined(row) && !codes(row).iter().any(|code| ["TC", "ONL"].contains(code)),
    }
}

fn towns() -> impl Iterator<Item = Town> {
    files().into_iter().filter_map(|file| Town::of(&file))
}

#[test]
fn days_and_hours_over_real_feeds_lose_no_meeting() {
    for town in towns() {
        let monday = |row: &Value| days(row).contains(&1);
        let chosen = town.ask("", &[(Facet::Day, "monday")]);
        town.check("Monday, chosen", &chosen, |row| monday(row) && minute(row).is_some() && is_held(row), monday);
        assert_eq!(town.ask("", &[]).facets.count(Facet::Day, "monday"), chosen.total, "{}", town.file);

        let about_seven =
            |row: &Value| minute(row).is_none_or(|minute| (18 * 60 + 30..=19 * 60 + 30).contains(&minute));
        let elsewhere = |row: &Value| row["timezone"].as_str().is_some_and(|zone| !zone.is_empty() && zone != ZONE);
        let typed = town.ask("monday 7pm", &[]);
        if typed.relaxed.is_none() {
            let must = |row: &Value| monday(row) && minute(row) == Some(19 * 60) && is_held(row);
            town.check("monday 7pm", &typed, must, |row| monday(row) && about_seven(row) || elsewhere(row));
        }
    }
}

#[test]
fn for_whom_in_which_language_and_how_one_gets_in_over_real_feeds() {
    /// What is chosen and typed, the code that AA writes for it, and how words say it.
    const SAID: [(Facet, &str, &str, &str, &[&str]); 3] = [
        (Facet::Who, "women", "women", "W", &["women", "woman", "mujer", "ladies", "femme"]),
        (Facet::Language, "es", "spanish", "S", &["spanish", "espanol", "hispan"]),
        (Facet::Access, "wheelchair", "wheelchair", "X", &["wheelchair"]),
    ];
    for town in towns().filter(|town| !town.file.starts_with("eda")) {
        let open = town.ask("", &[]);
        for (facet, key, word, code, written) in SAID {
            // A code for a room is not believed of a meeting that has none.
            let must = |row: &Value| codes(row).contains(&code) && (code != "X" || is_in_a_room(row));
            let says = |row: &Value| codes(row).contains(&code) || written.iter().any(|word| has(row, word));
            let chosen = town.ask("", &[(facet, key)]);
            town.check(&format!("{key}, chosen"), &chosen, must, |row| codes(row).contains(&code));
            assert_eq!(open.facets.count(facet, key), chosen.total, "{}: {key}", town.file);
            let typed = town.ask(word, &[]);
            if chosen.total > 0 {
                town.check(&format!("{word}, typed"), &typed, must, says);
            }
        }
        // Two facets at once leave what fits both.
        let both = town.ask("", &[(Facet::Who, "women"), (Facet::Day, "monday")]);
        let monday = |row: &Value| codes(row).contains(&"W") && days(row).contains(&1);
        town.check("women, Monday", &both, |row| monday(row) && minute(row).is_some() && is_held(row), monday);
    }
}

#[test]
fn a_town_of_real_feeds_holds_its_meetings() {
    for town in towns() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for city in town.rows.values().filter_map(|row| row["city"].as_str()).filter(|city| !city.is_empty()) {
            *counts.entry(city).or_default() += 1;
        }
        let often = counts.into_iter().filter(|(_, count)| *count >= 5);
        for city in often.map(|(city, _)| city).collect::<Vec<_>>() {
            let Reply { constraints, answer, .. } = town.reply(&format!("in {city}"), &[]);
            let must = |row: &Value| row["city"] == city && is_in_a_room(row) && row["attendance_option"] != "inactive";
            if answer.relaxed.is_some() {
                assert!(!town.rows.values().any(must), "{}: nothing in {city}?", town.file);
                continue;
            }
            let place = constraints.iter().find_map(|known| known.wish.place());
            // "San Francisco area" is no town.
            if place.is_none_or(|place| folded(&place.name) != folded(city)) {
                continue;
            }
            let may = |row: &Value| {
                let place = ["city", "region", "sub_region", "formatted_address", "location", "address"];
                place.iter().filter_map(|key| row[*key].as_str()).any(|text| folded(text).contains(&folded(city)))
            };
            town.check(&format!("in {city}"), &answer, must, may);
        }
    }
}

/// Rows of a list by slug, where every slug stands once.
fn by_slug(rows: &[Value]) -> BTreeMap<String, &Value> {
    rows.iter().filter_map(|row| Some((row["slug"].as_str()?.to_owned(), row))).collect()
}

#[test]
fn two_versions_of_a_feed_give_the_plan_that_their_rows_give() {
    let files = files();
    let of = |date: &str| files.iter().find(|file| file.ends_with(format!("aasanjose.{date}.json")));
    let (Some(old), Some(new)) = (of("2021-05-22"), of("2021-10-02")) else { return };
    let desk = Desk::new();
    let feeds = |file: &Path| {
        std::fs::copy(file, desk.path("now.json")).unwrap();
        let table = "[[feed]]\nname = \"sj\"\nform = \"meeting-guide\"\nfile = \"now.json\"\nfellowship = \"aa\"\n\
                     timezone = \"America/Los_Angeles\"\n";
        desk.write("feeds.toml", table)
    };
    assert_eq!(desk.refresh(&feeds(old)).code, 0);
    let ran = desk.run(&["refresh", "--plan", "--json", "--feeds", feeds(new).to_str().unwrap()]);
    let [plan] = &ran.events("plan")[..] else { panic!("{}", ran.err) };
    let ids = |list: &str| -> BTreeSet<String> {
        let id = |row: &Value| row["id"].as_str().unwrap().trim_start_matches("sj:").to_owned();
        // One slug stands twice in both files; its second meeting goes by a key of our own.
        plan[list].as_array().unwrap().iter().map(id).filter(|slug| !slug.starts_with("pass-it-on-group")).collect()
    };
    let (before, after) = (rows(old).unwrap(), rows(new).unwrap());
    let (before, after) = (by_slug(&before), by_slug(&after));
    let only = |one: &BTreeMap<String, &Value>, other: &BTreeMap<String, &Value>| -> BTreeSet<String> {
        one.keys().filter(|slug| !other.contains_key(*slug) && !slug.starts_with("pass-it-on-group")).cloned().collect()
    };
    assert_eq!(ids("added"), only(&after, &before));
    assert_eq!(ids("removed"), only(&before, &after));
    let differs = |fields: &[&str]| -> BTreeSet<String> {
        let both = after.iter().filter_map(|(slug, row)| Some((slug, *row, *before.get(slug)?)));
        let changed = both.filter(|(_, new, old)| fields.iter().any(|field| new[*field] != old[*field]));
        changed.map(|(slug, ..)| slug.clone()).filter(|slug| !slug.starts_with("pass-it-on-group")).collect()
    };
    // What the plan calls changed did change in the file, and a new day, hour or name never goes unseen.
    let any: Vec<&str> = before
        .values()
        .chain(after.values())
        .flat_map(|row| row.as_object().unwrap().keys())
        .map(String::as_str)
        .collect();
    let changed = ids("changed");
    assert!(changed.is_subset(&differs(&any)), "{:?}", changed.difference(&differs(&any)));
    let moved = differs(&["day", "time", "name"]);
    assert!(moved.is_subset(&changed), "{:?}", moved.difference(&changed));
    assert!(ids("added").len() > 50 && ids("removed").len() > 20 && changed.len() > 300, "{} changed", changed.len());
}

/// Whether a row says something.
type Says<'s> = &'s dyn Fn(&Value) -> bool;

/// Berlin as its BMLT server tells it, with its formats: choosing a value leaves the rows whose ids of formats, day or
/// venue type say so, and no other.
#[test]
fn choosing_over_a_real_bmlt_server_leaves_what_its_rows_say() {
    let Some(folder) = std::env::var_os("PORCHLIGHT_FEEDS").map(|folder| Path::new(&folder).join("bmlt")) else {
        return;
    };
    let bytes = ["berlin.json", "german-formats-de.json"].map(|file| std::fs::read(folder.join(file)).unwrap());
    let parts: Vec<Part<'_>> = bytes.iter().map(|bytes| Part { name: "part", bytes }).collect();
    let feed = Feed { name: "berlin".to_owned(), timezone: Some("Europe/Berlin".to_owned()), ..Feed::default() };
    let harvest = feed::read(Form::Bmlt, &feed, &parts, Vocabulary::builtin());
    let rows = rows(&folder.join("berlin.json")).unwrap();
    let generation = Generation::in_memory(&harvest.records, Vocabulary::builtin()).unwrap();
    let key = |row: &Value| format!("berlin:{}", row["id_bigint"].as_str().unwrap());
    let rows = rows.into_iter().map(|row| (key(&row), row)).collect();
    let town = Town { file: "berlin".to_owned(), rows, generation };
    let has =
        |row: &Value, id: &str| row["format_shared_id_list"].as_str().unwrap().split(',').any(|known| known == id);
    let is_virtual = |row: &Value| row["venue_type"] == "2";
    let said: [(Facet, &str, Says<'_>); 7] = [
        (Facet::Who, "women", &|row| has(row, "11")),
        (Facet::Language, "ru", &|row| has(row, "109")),
        (Facet::Language, "en", &|row| has(row, "107")),
        (Facet::Access, "wheelchair", &|row| has(row, "33") && !is_virtual(row)),
        (Facet::Day, "monday", &|row| row["weekday_tinyint"] == "2"),
        (Facet::Day, "sunday", &|row| row["weekday_tinyint"] == "1"),
        (Facet::How, "online", &is_virtual),
    ];
    for (facet, key, says) in said {
        let answer = town.ask("", &[(facet, key)]);
        assert!(answer.total > 0, "{key}");
        town.check(key, &answer, says, says);
    }
}
