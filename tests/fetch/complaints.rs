//! What was found wrong stays to be read, whoever ran the refresh.

use serde_json::{Value, json};

use super::refresh::{Feed, refresh};
use super::server::answer;
use crate::desk::Desk;

/// A list with a row that cannot be used, and one of which something is not known.
fn list() -> Vec<u8> {
    let rows = json!([
        {"slug": "noon", "name": "Lantern Noon", "day": 2, "time": "12:00", "city": "Elm"},
        {"slug": "none", "day": 3, "time": "19:00"},
        {"slug": "late", "name": "Lantern Late", "day": 2, "time": "25:70"},
    ]);
    answer("200 OK", &[("ETag", "\"one\""), ("Content-Type", "application/json")], rows.to_string())
}

fn told(desk: &Desk, words: &[&str]) -> String {
    let ran = desk.run(&[&["complaints"], words].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out
}

#[test]
fn what_was_found_wrong_is_told_until_it_is_mended() {
    let feed = Feed::new();
    let desk = feed.desk();
    assert_eq!(told(&desk, &[]), "Nothing is known yet. It is, after: porchlight refresh\n");
    feed.says(list());
    refresh(&desk, &["--plan"]);
    assert!(told(&desk, &[]).starts_with("Nothing is known yet"), "a plan puts up nothing");
    refresh(&desk, &[]);
    let first = told(&desk, &[]);
    let lines: Vec<&str> = first.lines().collect();
    assert_eq!(lines[0], "town");
    assert!(lines.iter().any(|line| line.starts_with("  row 2: ") && line.ends_with(" (left out)")), "{first}");
    assert!(lines.iter().any(|line| line.starts_with("  row 3, late: ")), "{first}");
    // What was not sent again, and what nobody was asked for, has the same faults.
    refresh(&desk, &[]);
    assert_eq!((told(&desk, &[]), feed.server.asked().len()), (first.clone(), 3));
    refresh(&desk, &["--offline"]);
    assert_eq!(told(&desk, &[]), first);
    // What stays while the server is gone has them too.
    feed.says(answer("500 Internal Server Error", &[], ""));
    refresh(&desk, &[]);
    let failed = told(&desk, &["town"]);
    assert!(failed.contains("500"), "{failed}");
    assert!(first.lines().all(|line| failed.contains(line)), "{failed}");
    feed.says_list(3, "\"two\"");
    refresh(&desk, &["--accept", "town"]);
    assert_eq!(told(&desk, &["town"]), "Nothing was found wrong.\n");
}

#[test]
fn each_feed_and_the_corrections_have_their_own_list_for_programs_too() {
    let feed = Feed::new();
    let desk = feed.desk();
    feed.says(list());
    refresh(&desk, &[]);
    let config = desk.write("site.toml", "");
    let ran = desk.run(&["--config", config.to_str().unwrap(), "hide", "dale:dale"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    // What was hidden is gone, and what is there looks like one in town; nobody can be sure.
    let noon = "key = \"noon\"\nname = \"Lantern Noon\"\ntimezone = \"America/New_York\"\ntimes = [\"Tue 12:00\"]\n";
    desk.write("dale.toml", format!("[[meeting]]\n{noon}place = {{ city = \"Elm\" }}\n"));
    refresh(&desk, &[]);
    let lines: Vec<Value> = desk.run(&["complaints", "--json"]).lines();
    let of = |feed: &str| lines.iter().find(|line| line["feed"] == feed).unwrap_or_else(|| panic!("{feed}: {lines:?}"));
    let notes = of("town")["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| note["place"] == "row 2" && note["dropped"] == true), "{notes:?}");
    assert_eq!(of("town")["more"], 0);
    let dale = of("dale")["notes"].to_string();
    assert!(dale.contains("\"dale\""), "a correction of what is gone: {dale}");
    let all = lines.iter().map(|line| line["notes"].to_string()).collect::<String>();
    assert!(all.contains("looks like dale:noon"), "a doubtful twin: {all}");
    assert_eq!(desk.run(&["complaints", "--json", "dale"]).lines(), [of("dale").clone()]);
    let ran = desk.run(&["complaints", "dael"]);
    assert!(ran.code == 2 && ran.err.contains("no feed \"dael\"") && ran.err.contains("dale, town"), "{}", ran.err);
    // A file of corrections that nobody can read is found wrong as well.
    std::fs::write(desk.data().join("overrides.toml"), "form = ").unwrap();
    refresh(&desk, &[]);
    assert!(told(&desk, &["desk"]).starts_with("desk (what you corrected by hand)\n  overrides.toml, line 1: "));
}

#[test]
fn of_a_folder_the_file_is_named() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("stick")).unwrap();
    desk.write("stick/north.csv", "Name,Day,Time\nLanterns,Monday,7:00 PM\n");
    desk.write("stick/south.csv", "Name,Day,Time\n,Tuesday,7:00 PM\n");
    let table = "[[feed]]\nname = \"town\"\nform = \"tsml-csv\"\nfolder = \"stick\"\ntimezone = \"America/New_York\"\n";
    let feeds = desk.write("feeds.toml", table);
    let ran = desk.refresh(&feeds);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let left_out: Vec<_> = ran.events("complaint").into_iter().filter(|told| told["dropped"] == true).collect();
    assert_eq!(left_out[0]["place"], "south.csv, line 2", "{left_out:?}");
    let told = told(&desk, &["town"]);
    assert!(told.contains("  south.csv, line 2: It has no name"), "{told}");
}

#[test]
fn what_was_found_in_an_edition_that_was_taken_back_is_told_as_such() {
    let feed = Feed::new();
    let desk = feed.desk();
    feed.says_list(3, "\"good\"");
    refresh(&desk, &[]);
    feed.says(list());
    refresh(&desk, &["--accept", "town"]);
    let newest = desk.status()["edition"].as_str().unwrap().to_owned();
    assert!(told(&desk, &[]).starts_with("town\n"));
    let of = |lines: &[Value]| (lines[0]["edition"].clone(), lines[0]["taken_back"].clone());
    assert_eq!(of(&desk.run(&["complaints", "--json"]).lines()), (json!(newest), json!(false)));
    assert_eq!(desk.run(&["rollback"]).code, 0);
    let first = told(&desk, &[]);
    assert!(
        first.starts_with(&format!("This is of edition {newest}, which was taken back; the next refresh ")),
        "{first}"
    );
    assert!(first.contains("\ntown\n  row 2: "), "{first}");
    assert_eq!(of(&desk.run(&["complaints", "--json"]).lines()), (json!(newest), json!(true)));
    // The next one is of the edition that stands.
    refresh(&desk, &["--offline"]);
    assert_eq!(told(&desk, &["town"]), "Nothing was found wrong.\n");
    let stands = desk.status()["edition"].clone();
    assert_eq!(of(&desk.run(&["complaints", "--json"]).lines()), (stands, json!(false)));
    // A file of an earlier version of the program names no edition.
    let kept = desk.data().join("complaints.json");
    let mut said: Value = serde_json::from_slice(&std::fs::read(&kept).unwrap()).unwrap();
    said.as_object_mut().unwrap().remove("edition");
    std::fs::write(&kept, said.to_string()).unwrap();
    assert_eq!(told(&desk, &["town"]), "Nothing was found wrong.\n");
}
