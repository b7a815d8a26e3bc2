//! A refresh against servers that send without end has an end of its own, also in memory.

use std::path::Path;
use std::process::Stdio;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::server::{Server, answer};
use crate::desk::{Desk, Ran};

/// Kilobytes that the refresh may take, for all that it writes into: threads, the text it reads, the index it builds.
const MOST: &str = "200000";

/// The same, where there is room for two hundred thousand rows before one is read.
const MOST_WITH_ROWS: &str = "300000";

/// Two gigabytes of nothing, packed: the same sixteen megabytes one after the other.
fn bomb() -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    std::io::copy(&mut std::io::Read::take(std::io::repeat(b' '), 16 << 20), &mut packed).unwrap();
    packed.finish().unwrap().repeat(128)
}

/// A refresh that may take so much and no more.
fn under_a_limit(desk: &Desk, feeds: &Path, most: &str) -> Ran {
    let refresh = desk.command(&["refresh", "--json", "--feeds", feeds.to_str().unwrap()]);
    let mut shell = std::process::Command::new("/bin/sh");
    shell.args(["-c", r#"ulimit -d "$1" && shift && exec "$@""#, "sh", most]);
    shell.arg(refresh.get_program()).args(refresh.get_args());
    shell.env_clear().env("HOME", desk.path("")).current_dir(desk.path("")).stdin(Stdio::null());
    Ran::from(shell.output().unwrap())
}

#[test]
fn bombs_and_endless_bodies_take_no_memory_and_the_others_go_on() {
    let bomb = bomb();
    assert!(bomb.len() < 16 << 20, "{}", bomb.len());
    let server = Server::new(move |asked, line| {
        if asked.path == "/bomb" {
            line.say(answer("200 OK", &[("Content-Encoding", "gzip")], &bomb));
            return;
        }
        let piece = [b"100000\r\n" as &[u8], &b" ".repeat(1 << 20), b"\r\n"].concat();
        line.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while line.say(&piece) {}
    });
    let desk = Desk::new();
    desk.write("dale.toml", "[[meeting]]\nkey = \"dale\"\nname = \"Valley Lanterns\"\n");
    let web = |name: &str| {
        let url = server.at(&format!("/{name}"));
        format!(
            "[[feed]]\nname = \"{name}\"\nform = \"meeting-guide\"\nurl = \"{url}\"\nprivate_network = true\nfellowship = \"aa\"\n\n"
        )
    };
    let dale = "[[feed]]\nname = \"dale\"\nform = \"porchlight\"\nfile = \"dale.toml\"\n";
    let feeds = desk.write("feeds.toml", [&web("bomb"), &web("endless"), dale].concat());
    let ran = under_a_limit(&desk, &feeds, MOST);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    for name in ["bomb", "endless"] {
        let told: Vec<_> = ran.events("complaint").into_iter().filter(|told| told["feed"] == name).collect();
        assert!(told.iter().any(|told| told["text"].as_str().unwrap().contains("more than 32 MB")), "{name}: {told:?}");
    }
    assert_eq!(desk.status()["feeds"]["dale"], 1);
}

#[test]
fn very_many_rows_of_nothing_one_very_long_and_one_very_deep_cost_themselves_alone() {
    let row =
        |name: &str, more: &str| format!(r#"{{"slug": "{name}", "name": "{name}", "day": 2, "time": "19:00"{more}}}"#);
    let long = format!(r#", "notes": "{}""#, "long ".repeat(2_000_000));
    let deep = format!(r#", "notes": {}{}"#, "[".repeat(100_000), "]".repeat(100_000));
    for (what, between, rows, most) in [
        ("rows of nothing", "{},".repeat(200_000), 200_002, MOST_WITH_ROWS),
        ("a row of ten megabytes", row("Long", &long) + ",", 3, MOST),
        ("a row a hundred thousand deep", row("Deep", &deep) + ",", 3, MOST),
    ] {
        let desk = Desk::new();
        desk.write("town.json", ["[", &row("Alpha", ""), ",", &between, &row("Omega", ""), "]"].concat());
        desk.write("dale.toml", "[[meeting]]\nkey = \"dale\"\nname = \"Valley Lanterns\"\n");
        let feeds = desk.feeds(&[("town", "meeting-guide", "town.json"), ("dale", "porchlight", "dale.toml")]);
        let ran = under_a_limit(&desk, &feeds, most);
        let said: String = ran.out.chars().take(400).collect();
        assert_eq!(ran.code, 0, "{what}: {said}{}", ran.err);
        let town = &ran.accounts()[0];
        assert_eq!(town["rows"], rows, "{what}: {town}");
        for name in ["alpha", "omega", "valley"] {
            assert_eq!(desk.names(name).len(), 1, "{what}: {name}");
        }
        // Nobody reads more than some thousands of complaints. The account has all of them.
        let told = ran.events("complaint");
        assert!(told.len() < 2100, "{what}: {}", told.len());
        let all: u64 = told.iter().map(|told| told["stands_for"].as_u64().unwrap_or(1)).sum();
        assert_eq!(town["complaints"], all, "{what}: {town}");
        assert!(all >= town["dropped"].as_u64().unwrap(), "{what}: {town}");
        // What is kept of the complaints is no longer than anybody reads.
        let kept = std::fs::metadata(desk.data().join("complaints.json")).map_or(0, |file| file.len());
        assert!(kept < 1 << 20, "{what}: {kept}");
    }
}
