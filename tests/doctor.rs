//! `porchlight doctor`: what it says of a machine, and what a glass that was taken over could do.

use std::path::PathBuf;

use crate::desk::{Desk, Ran};

/// What cannot be tried without unsafe code; the tests of the filter hold it.
const UNTRIED: [&str; 2] = ["type into its own terminal (TIOCSTI)", "switch to another console (VT_ACTIVATE)"];

fn findings(ran: &Ran) -> Vec<(String, String, String)> {
    let word = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let told = ran.json();
    let found = told["findings"].as_array().unwrap().iter();
    found.map(|finding| (word(&finding["state"]), word(&finding["about"]), word(&finding["said"]))).collect()
}

#[test]
fn a_glass_that_was_taken_over_can_do_nothing() {
    let desk = Desk::new();
    let ran = desk.run(&["doctor", "--attack", "--json"]);
    let told = ran.json();
    if told["calls"] != "holds" {
        eprintln!("not tested: this kernel offers no seccomp ({})", told["calls"]);
        return;
    }
    assert_eq!((ran.code, &told["sound"]), (0, &true.into()), "{told:#}");
    let tries = told["tries"].as_array().unwrap();
    assert!(tries.len() >= 30, "{told:#}");
    for tried in tries {
        let (name, glass) = (tried["name"].as_str().unwrap(), &tried["glass"]["ended"]);
        match name {
            _ if UNTRIED.contains(&name) => assert_eq!(glass, "untried", "{name}"),
            // Not "impossible": the system said no.
            _ => assert_eq!(glass, &tried["expected"], "{name}: {}", tried["glass"]),
        }
    }
    // The tries are real: without the confinement they succeed.
    for name in ["run /bin/sh", "open a TCP socket", "add to a file", "end another process", "start a process (fork)"] {
        let row = tries.iter().find(|row| row["name"] == name).unwrap();
        assert_eq!(row["open"]["ended"], "allowed", "{name}: {row}");
    }
    assert!(!desk.data().exists(), "nothing is left behind");
    let left: Vec<_> = std::fs::read_dir(desk.path("")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn the_attack_is_a_table_for_people_too() {
    let desk = Desk::new();
    assert_eq!(desk.refresh(&town(&desk)).code, 0);
    let ran = desk.run(&["doctor", "--attack"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    for words in ["any program", "read /etc/passwd", "denied (EPERM)", "Landlock", "The glass is shut."] {
        assert!(ran.out.contains(words), "{words} in\n{}", ran.out);
    }
}

fn town(desk: &Desk) -> PathBuf {
    desk.write("town.toml", "[[meeting]]\nkey = \"a\"\nname = \"Hilltop Lanterns\"\n");
    desk.feeds(&[("town", "porchlight", "town.toml")])
}

#[test]
fn a_new_machine_can_stand_and_a_damaged_edition_is_named() {
    let desk = Desk::new();
    let fresh = desk.run(&["doctor", "--json"]);
    assert_eq!(fresh.code, 0, "{}", fresh.out);
    let about =
        |ran: &Ran, what: &str| findings(ran).into_iter().filter(|(_, about, _)| about == what).collect::<Vec<_>>();
    assert_eq!(about(&fresh, "edition")[0].0, "note");
    for what in ["settings", "words", "feeds", "disk", "terminal", "font", "system calls", "file access", "core dumps"]
    {
        assert_eq!(about(&fresh, what).len(), 1, "{what} in {}", fresh.out);
    }

    assert_eq!(desk.refresh(&town(&desk)).code, 0);
    assert_eq!(about(&desk.run(&["doctor", "--json"]), "edition")[0].0, "good");
    let edition = desk.status()["edition"].as_str().unwrap().to_owned();
    let files = std::fs::read_dir(desk.data().join("editions").join(edition)).unwrap().map(|file| file.unwrap().path());
    let damaged =
        files.filter(|file| !file.ends_with("manifest.json")).max_by_key(|file| std::fs::metadata(file).unwrap().len());
    let damaged = damaged.unwrap();
    let mut bytes = std::fs::read(&damaged).unwrap();
    bytes[0] ^= 1;
    std::fs::write(&damaged, bytes).unwrap();
    let name = damaged.file_name().unwrap().to_str().unwrap().to_owned();
    let damaged = desk.run(&["doctor"]);
    assert_eq!(damaged.code, 1, "{}", damaged.out);
    assert!(damaged.out.contains("BAD   edition") && damaged.out.contains(&name), "{}", damaged.out);
}

#[test]
fn faults_of_the_files_are_told_with_their_lines() {
    let desk = Desk::new();
    let config = desk.write("site.toml", "[centre]\nnmae = \"Riverbend\"\n");
    let config = config.to_str().unwrap();
    let ran = desk.run(&["doctor", "--config", config]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains(&format!("BAD   settings      {config}:2:")), "{}", ran.out);
}
