//! A refresh says what it would change before it counts, and cannot make things worse.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::desk::{Desk, Ran};

/// A directory of so many invented meetings.
fn hill(count: usize, hour: usize) -> String {
    let mut text = "[defaults]\ntimezone = \"America/New_York\"\nsample = true\n".to_owned();
    for key in 0..count {
        let _ = write!(
            text,
            "\n[[meeting]]\nkey = \"m{key}\"\nname = \"Lantern {key}\"\ntimes = [\"Tue {hour:02}:00-{hour:02}:50\"]\n"
        );
    }
    text
}

/// A desk on which a feed of fifty meetings stands, beside a small one.
fn standing() -> (Desk, PathBuf) {
    let desk = Desk::new();
    desk.write("hill.toml", hill(50, 19));
    desk.write("dale.toml", hill(2, 8));
    let feeds = desk.feeds(&[("hill", "porchlight", "hill.toml"), ("dale", "porchlight", "dale.toml")]);
    assert_eq!(desk.refresh(&feeds).code, 0);
    assert_eq!(desk.status()["records"], 52);
    (desk, feeds)
}

fn standing_edition(desk: &Desk) -> String {
    desk.status()["edition"].as_str().unwrap().to_owned()
}

fn with(desk: &Desk, feeds: &Path, words: &[&str]) -> Ran {
    desk.run(&[&["refresh", "--json", "--feeds", feeds.to_str().unwrap()], words].concat())
}

#[test]
fn a_plan_tells_every_listing_that_would_change_and_changes_nothing() {
    let (desk, feeds) = standing();
    let before = standing_edition(&desk);
    let changed = hill(51, 19)
        .replace("\"Lantern 7\"\ntimes = [\"Tue 19:00-19:50\"]", "\"Late Lantern\"\ntimes = [\"Tue 21:00\"]");
    desk.write("hill.toml", changed.replace("key = \"m3\"", "key = \"other\""));
    let ran = with(&desk, &feeds, &["--plan"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let plans = ran.events("plan");
    let hill = plans.iter().find(|plan| plan["feed"] == "hill").unwrap();
    assert_eq!((&hill["before"], &hill["after"]), (&50.into(), &51.into()));
    let ids =
        |list: &str| hill[list].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(ids("added"), ["hill:m50", "hill:other"]);
    assert_eq!(ids("removed"), ["hill:m3"]);
    assert_eq!(ids("changed"), ["hill:m7"]);
    let fields = hill["changed"][0]["fields"].to_string();
    assert!(fields.contains("Tue 19:00-19:50") && fields.contains("Tue 21:00"), "{fields}");
    assert!(fields.contains("Lantern 7") && fields.contains("Late Lantern"), "{fields}");
    assert_eq!(standing_edition(&desk), before, "it is only a plan");
    // For people, the same.
    let told = desk.run(&["refresh", "--plan", "--feeds", feeds.to_str().unwrap()]).out;
    for line in
        ["50 listings before, 51 now: 2 new, 1 changed, 1 gone", "+ Lantern 50 (hill:m50)", "~ Late Lantern (hill:m7)"]
    {
        assert!(told.contains(line), "{line:?} is not in\n{told}");
    }
    assert_eq!(standing_edition(&desk), before);
}

#[test]
fn a_feed_that_shrinks_is_held_back_alone_until_somebody_accepts_it() {
    let (desk, feeds) = standing();
    desk.write("hill.toml", hill(5, 19));
    desk.write("dale.toml", hill(3, 8));
    let ran = with(&desk, &feeds, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let [held] = &ran.events("held")[..] else { panic!("{}", ran.out) };
    assert_eq!((&held["feed"], &held["why"]), (&"hill".into(), &"it lost 45 of 50 listings".into()));
    let status = desk.status();
    assert_eq!((&status["feeds"]["hill"], &status["feeds"]["dale"]), (&50.into(), &3.into()));
    assert_eq!(desk.names("lantern 44"), ["Lantern 44"]);
    // Staff are told how to accept it.
    let told = desk.run(&["refresh", "--feeds", feeds.to_str().unwrap()]).out;
    assert!(told.contains("HELD BACK") && told.contains("porchlight refresh --accept hill"), "{told}");
    // Whoever has seen another number of listings has seen another list.
    let ran = with(&desk, &feeds, &["--accept", "hill=6"]);
    assert_eq!((ran.code, ran.events("held").len()), (0, 1), "{}", ran.err);
    desk.write("hill.toml", "");
    assert_eq!(with(&desk, &feeds, &["--accept", "hill=5"]).code, 0);
    assert_eq!(desk.status()["feeds"]["hill"], 50);
    desk.write("hill.toml", hill(5, 19));
    let ran = with(&desk, &feeds, &["--accept", "hill=5"]);
    assert_eq!((ran.code, ran.events("held").len()), (0, 0), "{}", ran.err);
    assert_eq!(desk.status()["feeds"]["hill"], 5);
    desk.write("hill.toml", hill(1, 19));
    assert_eq!(with(&desk, &feeds, &["--accept", "hill"]).code, 0);
    assert_eq!(desk.status()["feeds"]["hill"], 1);
}

#[test]
fn a_list_of_which_most_stays_is_held_back_and_accepted_like_any_other() {
    let rows = |keys: std::ops::Range<usize>, room: &str| {
        let row = |key: usize| {
            format!(
                r#"{{"slug":"m{key}","name":"Lantern {key}","day":2,"time":"19:00","timezone":"America/New_York","notes":"{}"}}"#,
                if key == 12 { room } else { "Upstairs" }
            )
        };
        format!("[{}]", keys.map(row).collect::<Vec<_>>().join(",\n"))
    };
    let desk = Desk::new();
    desk.write("hill.json", rows(0..40, "Room 1"));
    desk.write("dale.toml", hill(2, 8));
    let feeds = desk.feeds(&[("hill", "meeting-guide", "hill.json"), ("dale", "porchlight", "dale.toml")]);
    assert_eq!(desk.refresh(&feeds).code, 0);
    desk.write("hill.json", rows(9..40, "Room 2"));
    // A new edition is put up, for the other feed's sake.
    desk.write("dale.toml", hill(3, 8));
    let ran = with(&desk, &feeds, &[]);
    assert_eq!(ran.events("held")[0]["why"], "it lost 9 of 40 listings", "{}", ran.out);
    let plan = ran.events("plan").into_iter().find(|plan| plan["feed"] == "hill").unwrap();
    assert_eq!((&plan["before"], &plan["after"]), (&40.into(), &31.into()));
    assert_eq!((plan["removed"].as_array().unwrap().len(), plan["added"].as_array().unwrap().len()), (9, 0));
    assert_eq!(plan["changed"][0]["id"], "hill:m12");
    assert_eq!(plan["changed"].as_array().unwrap().len(), 1);
    // All of it stays, also where nobody is asked; and nothing of what waits is kept meanwhile.
    for words in [&[][..], &["--offline"]] {
        with(&desk, &feeds, words);
        let status = desk.status();
        assert_eq!((&status["feeds"]["hill"], &status["feeds"]["dale"]), (&40.into(), &3.into()));
        assert_eq!(desk.names("lantern 8"), ["Lantern 8"]);
    }
    let kept = desk
        .data()
        .join("feeds/hill")
        .read_dir()
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_str().unwrap().starts_with("parts-"));
    assert_eq!(kept.count(), 1);
    let ran = with(&desk, &feeds, &["--accept", "hill=31"]);
    assert_eq!((ran.events("held").len(), desk.status()["feeds"]["hill"].as_u64()), (0, Some(31)), "{}", ran.out);
    assert_eq!(desk.names("lantern 30"), ["Lantern 30"]);
}

#[test]
fn a_feed_that_moves_or_turns_empty_is_held_back_and_one_that_is_held_stays() {
    let (desk, feeds) = standing();
    desk.write("hill.toml", hill(50, 20));
    let ran = with(&desk, &feeds, &[]);
    assert_eq!(ran.events("held")[0]["why"], "50 of 50 listings have another day, time or name");
    desk.write("hill.toml", "");
    let ran = with(&desk, &feeds, &[]);
    assert_eq!(ran.events("kept")[0]["records"], 50, "{}", ran.out);
    assert_eq!(desk.status()["feeds"]["hill"], 50);
    desk.write("hill.toml", hill(49, 19));
    let ran = with(&desk, &feeds, &["--hold", "hill"]);
    assert_eq!(ran.events("held")[0]["why"], "it is to stay as it is");
    assert_eq!(desk.status()["feeds"]["hill"], 50);
    assert_eq!(with(&desk, &feeds, &[]).code, 0);
    assert_eq!(desk.status()["feeds"]["hill"], 49);
    let ran = with(&desk, &feeds, &["--accept", "hil"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no feed \"hil\""), "{}", ran.err);
}

#[test]
fn a_feed_with_more_rows_that_cannot_be_read_is_held_back() {
    let (desk, feeds) = standing();
    // As many listings as before, and four rows without a name.
    let unread = |count: usize| "\n[[meeting]]\nkey = \"none\"\ntimes = [\"Tue 19:00\"]\n".repeat(count);
    desk.write("hill.toml", hill(50, 19) + &unread(2));
    assert_eq!(with(&desk, &feeds, &[]).events("held").len(), 0);
    desk.write("hill.toml", hill(51, 19) + &unread(4));
    let ran = with(&desk, &feeds, &[]);
    assert_eq!(ran.events("held")[0]["why"], "4 of 55 rows cannot be read, more than before");
    assert_eq!(desk.status()["feeds"]["hill"], 50);
    let mild = desk.write("porchlight.toml", "[refresh]\nmost_unread = 10\n");
    let ran = with(&desk, &feeds, &["--plan", "--config", mild.to_str().unwrap()]);
    assert_eq!(ran.events("held").len(), 0, "{}", ran.out);
    let ran = with(&desk, &feeds, &["--accept", "hill"]);
    assert_eq!((ran.events("held").len(), desk.status()["feeds"]["hill"].as_u64()), (0, Some(51)), "{}", ran.out);
    // What has been so for long is no news.
    desk.write("hill.toml", hill(52, 19) + &unread(4));
    assert_eq!(with(&desk, &feeds, &[]).events("held").len(), 0);
}

#[test]
fn how_much_a_feed_may_change_is_a_setting() {
    let (desk, feeds) = standing();
    desk.write("hill.toml", hill(45, 19));
    let strict = desk.write("porchlight.toml", "[refresh]\nmost_lost = 5\n");
    let ran = with(&desk, &feeds, &["--config", strict.to_str().unwrap()]);
    assert_eq!(ran.events("held")[0]["why"], "it lost 5 of 50 listings");
    let ran = with(&desk, &feeds, &[]);
    assert_eq!(ran.events("held").len(), 0, "{}", ran.out);
    let wrong = desk.write("porchlight.toml", "[refresh]\nmost_lost = 101\n");
    assert_eq!(with(&desk, &feeds, &["--config", wrong.to_str().unwrap()]).code, 2);
}

#[test]
fn the_newest_edition_can_be_taken_back() {
    let (desk, feeds) = standing();
    let first = standing_edition(&desk);
    let ran = desk.run(&["rollback"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("no earlier edition"), "{}", ran.err);
    desk.write("hill.toml", hill(45, 19));
    assert_eq!(with(&desk, &feeds, &[]).code, 0);
    assert_ne!(standing_edition(&desk), first);
    let ran = desk.run(&["rollback"]);
    assert!(ran.code == 0 && ran.out.contains(&first), "{}{}", ran.out, ran.err);
    assert_eq!((standing_edition(&desk), desk.status()["records"].as_u64()), (first, Some(52)));
    assert_eq!(Desk::new().run(&["rollback"]).code, 1, "where nothing stands");
}
