//! What staff corrected by hand, told by the commands that look; and gone without a trace when it is taken away.

use serde_json::json;

use crate::desk::{Desk, Ran};
use crate::overrides::{center_of, run};

const LISTINGS: &str = r#"
[defaults]
timezone = "America/New_York"

[[meeting]]
key = "hilltop"
name = "Hilltop Lanterns"
times = ["daily 19:00-20:00"]
place = { name = "Sample Hall", street = "12 Oak St", city = "Elm" }
contacts = [{ phone = "614-555-0100" }]

[[meeting]]
key = "valley"
name = "Valley Lanterns"
times = ["daily 12:00-13:00"]

[[housing]]
key = "house"
name = "Lantern House"
"#;

fn center() -> Desk {
    center_of(LISTINGS)
}

fn done(desk: &Desk, words: &[&str]) -> Ran {
    let ran = run(desk, words);
    assert_eq!(ran.code, 0, "{words:?}: {}{}", ran.out, ran.err);
    ran
}

#[test]
fn status_says_how_many_hold_are_ahead_or_have_lost_their_listing() {
    let desk = center();
    let told = |desk: &Desk| done(desk, &["status", "--json"]).json()["overrides"].clone();
    assert_eq!(told(&desk), json!({"hold": 0, "ahead": 0, "gone": []}));
    done(&desk, &["note", "hill:valley", "bring a cup"]);
    done(&desk, &["close", "hill:hilltop", "--from", "2099-12-01", "--until", "2099-12-05"]);
    done(&desk, &["close", "--building", "sample hall", "--note", "paint"]);
    assert_eq!(told(&desk), json!({"hold": 2, "ahead": 1, "gone": []}));
    // The feed lists two of them no more.
    desk.write("hill.toml", LISTINGS.replace("valley", "dale").replace("Sample Hall", "Elm Library"));
    done(&desk, &["refresh", "--accept", "hill"]);
    assert_eq!(told(&desk), json!({"hold": 2, "ahead": 1, "gone": [1, 3]}));
    let text = done(&desk, &["status"]).out;
    assert!(text.contains("overrides  2 hold, 1 ahead; the listing is gone of number 1, 3."), "{text}");
    std::fs::write(desk.data().join("overrides.toml"), "nonsense").unwrap();
    assert!(told(&desk).is_null());
    assert!(done(&desk, &["status"]).out.contains("overrides  they cannot be read; what is wrong: porchlight check"));
}

#[test]
fn check_names_every_fault_of_the_overrides_with_its_line() {
    let desk = center();
    done(&desk, &["note", "hill:valley", "bring a cup"]);
    assert!(done(&desk, &["check"]).out.contains("overrides.toml (1)"));
    let file = desk.data().join("overrides.toml");
    let whole = std::fs::read_to_string(&file).unwrap();
    let faulty = whole.replace("do = \"note\"", "do = \"noet\"").replace("number = 1", "number = \"one\"");
    assert_ne!(faulty, whole);
    std::fs::write(&file, &faulty).unwrap();
    let ran = run(&desk, &["check"]);
    let line = |of: &str| faulty.lines().position(|line| line.starts_with(of)).unwrap() + 1;
    assert_eq!(ran.code, 2, "{}", ran.out);
    for fault in [format!("overrides.toml:{}: ", line("do")), format!("overrides.toml:{}: ", line("number"))] {
        assert!(ran.out.contains(&fault), "{fault} is not in {}", ran.out);
    }
    assert!(ran.out.contains("did you mean \"note\"?"), "{}", ran.out);
    // A folder for the data that has none yet is no fault.
    std::fs::remove_dir_all(desk.data()).unwrap();
    assert_eq!(done(&desk, &["check"]).out.matches("overrides").count(), 0);
}

#[test]
fn a_hit_says_what_staff_say_of_it_on_that_day() {
    let desk = center();
    done(&desk, &["close", "hill:hilltop", "--note", "paint", "--from", "2099-12-01", "--until", "2099-12-05"]);
    done(&desk, &["correct", "hill:valley", "phone", "614-555-0123"]);
    done(&desk, &["note", "hill:valley", "bring a cup"]);
    done(&desk, &["beds", "hill:house", "3"]);
    let said = |moment: &str, name: &str| {
        let found = done(&desk, &["search", "--json", "--now", moment, "lantern"]).json();
        let hits = found["hits"].as_array().unwrap();
        hits.iter().find(|hit| hit["name"] == name).unwrap()["staff"].clone()
    };
    assert_eq!(said("2099-11-30T08:00", "Hilltop Lanterns"), json!([]));
    let closed = json!([{"said": "closed", "text": "paint", "until": "2099-12-05"}]);
    assert_eq!(said("2099-12-05T23:00", "Hilltop Lanterns"), closed);
    assert_eq!(said("2099-12-06T00:00", "Hilltop Lanterns"), json!([]));
    let both = json!([{"said": "corrected"}, {"said": "note", "text": "bring a cup"}]);
    assert_eq!(said("2099-12-05T23:00", "Valley Lanterns"), both);
    assert_eq!(said("2099-12-05T23:00", "Lantern House"), json!([{"said": "beds"}]));
}

#[test]
fn a_correction_that_is_taken_away_leaves_nothing_also_where_the_feed_gives_nothing_any_more() {
    let desk = center();
    done(&desk, &["correct", "hill:hilltop", "name", "Summit Lanterns"]);
    done(&desk, &["beds", "hill:house", "3"]);
    // Nothing is kept of the feed, and its file is gone: its listings of the standing edition stand in. Another goes on.
    let feeds = desk.write("dale.toml", "[[meeting]]\nkey = \"dale\"\nname = \"Dale Lanterns\"\n");
    assert!(feeds.exists());
    desk.feeds(&[("hill", "porchlight", "hill.toml"), ("dale", "porchlight", "dale.toml")]);
    std::fs::remove_dir_all(desk.data().join("feeds")).unwrap();
    std::fs::remove_file(desk.path("hill.toml")).unwrap();
    let names = || {
        let found = done(&desk, &["search", "--json", "--now", "2099-12-05T08:00", "lantern"]).json();
        let name = |hit: &serde_json::Value| format!("{} {}", hit["name"].as_str().unwrap(), hit["staff"]);
        let mut names: Vec<_> = found["hits"].as_array().unwrap().iter().map(name).collect();
        names.sort();
        names
    };
    let corrected = [
        "Dale Lanterns []",
        "Lantern House [{\"said\":\"beds\"}]",
        "Summit Lanterns [{\"said\":\"corrected\"}]",
        "Valley Lanterns []",
    ];
    // Through several editions.
    for _ in 0..2 {
        done(&desk, &["refresh"]);
        assert_eq!(names(), corrected);
    }
    done(&desk, &["overrides", "--remove", "1"]);
    done(&desk, &["overrides", "--remove", "2"]);
    assert_eq!(names(), ["Dale Lanterns []", "Hilltop Lanterns []", "Lantern House []", "Valley Lanterns []"]);
    let house = index::record::RecordId::from("hill:house");
    let (_, standing) = index::shelf::Shelf::at(desk.data()).newest_sound().unwrap();
    let record = standing.record(&house).unwrap();
    let index::record::Details::Housing(home) = &record.details else { panic!("it is a house") };
    assert!(home.beds.is_none(), "{home:?}");
}
