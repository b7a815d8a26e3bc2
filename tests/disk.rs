//! Disks and folders that cannot be written or read: staff get a clear word, visitors the directory that there is.
//!
//! What needs a disk of its own is run where one can be mounted (`unshare`); a machine that allows nobody that says so.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::desk::{Desk, Ran};

/// A desk with a feed, and nothing put up yet.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("hill.toml", "[[meeting]]\nkey = \"hill\"\nname = \"Hilltop Lanterns\"\n");
    desk.feeds(&[("hill", "porchlight", "hill.toml")]);
    desk
}

/// Whether this machine lets us have a disk, or a user without rights, of our own.
fn unshares(words: &[&str]) -> bool {
    let ran = Command::new("unshare").args(words).arg("true").stderr(Stdio::null()).status();
    let can = ran.is_ok_and(|status| status.success());
    if !can {
        eprintln!("this machine does not allow `unshare {}`: not tried", words.join(" "));
    }
    can
}

/// Runs a script with a small disk at the data folder. `p` is the program with that folder; each command is to be
/// written as `say WORD COMMAND`, which prints what it said and its code.
fn on_a_disk(desk: &Desk, options: &str, script: &str) -> Vec<(String, i32, String)> {
    const START: &str = r#"
        set -u; mkdir -p data; mount -t tmpfs -o "$1" none data || exit 99
        bin=$2
        p() { "$bin" --data data "$@"; }
        say() { word=$1; shift; said=$("$@" 2>&1); code=$?; printf '%s\036%s\036%s\035' "$word" "$code" "$said"; }
    "#;
    let ran = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "/bin/sh", "-c", &format!("{START}{script}"), "sh", options])
        .arg(env!("CARGO_BIN_EXE_porchlight"))
        .env_clear()
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
        .env("HOME", desk.path(""))
        .current_dir(desk.path(""))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{ran:?}");
    let said = String::from_utf8(ran.stdout).unwrap();
    let told = |told: &str| {
        let mut parts = told.splitn(3, '\u{1e}');
        let mut part = || parts.next().unwrap().to_owned();
        (part(), part().parse().unwrap(), part())
    };
    said.split('\u{1d}').filter(|said| !said.is_empty()).map(told).collect()
}

/// Refreshes that failed said why in plain words, and the directory answered all the same.
fn is_told_and_nothing_lost(told: &[(String, i32, String)], why: &str) {
    assert!(told.iter().any(|(word, ..)| word == "hindered"), "{told:?}");
    for (word, code, said) in told {
        match word.as_str() {
            "hindered" => {
                assert_eq!(*code, 1, "{said}");
                assert!(said.contains(why) && !said.contains("os error"), "{said}");
            }
            "search" => assert!(*code == 0 && said.contains("Hilltop Lanterns"), "{said}"),
            _ => assert_eq!(*code, 0, "{word}: {said}"),
        }
    }
}

#[test]
fn a_disk_without_room_for_another_file_leaves_what_stands() {
    if !unshares(&["--user", "--map-root-user", "--mount"]) {
        return;
    }
    let told = on_a_disk(
        &desk(),
        "size=64m,nr_inodes=120",
        r#"
        say refresh p refresh --feeds feeds.toml
        # With every number of free files, until there are enough.
        n=0; while touch data/filler-$n 2>/dev/null; do n=$((n+1)); done
        for free in 0 1 2 3 5 8; do
            while [ "$(ls data | grep -c filler-)" -gt $((n - free)) ]; do
                rm "data/$(ls data | grep filler- | head -1)"
            done
            say hindered p refresh --feeds feeds.toml
            say search p search hilltop
        done
        rm data/filler-*
        say again p refresh --feeds feeds.toml
        say status p status
        "#,
    );
    is_told_and_nothing_lost(&told, "No space left");
}

#[test]
fn a_disk_with_room_for_less_than_an_edition_leaves_what_stands_however_much_less_it_is() {
    if !unshares(&["--user", "--map-root-user", "--mount"]) {
        return;
    }
    let desk = desk();
    // So much that it takes some room, and each time something new.
    for edition in 0..2 {
        let row = |number: usize| {
            format!(
                "[[meeting]]\nkey = \"k{number}\"\nname = \"Lantern {number}\"\nsummary = \"Said {edition} times.\"\n"
            )
        };
        let rows: String = (0..300).map(row).collect();
        desk.write(
            &format!("hill-{edition}.toml"),
            format!("[[meeting]]\nkey = \"hill\"\nname = \"Hilltop Lanterns\"\n{rows}"),
        );
    }
    let told = on_a_disk(
        &desk,
        "size=64m",
        r#"
        cp hill-0.toml hill.toml
        say refresh p refresh --feeds feeds.toml
        cp hill-1.toml hill.toml
        # With every number of free pages at which something else is the last that fits.
        for free in 0 4 8 12 16 24 32 40 48 64 80 96 112 128 160; do
            mount -o remount,size=$(($(df -k --output=used data | tail -1) + free))k data || exit 98
            say "with-$free" p refresh --feeds feeds.toml
            say search p search hilltop
            say check p status
        done
        mount -o remount,size=64m data
        say again p refresh --feeds feeds.toml
        say status p status
        say left ls -A data/editions data/feeds/hill
        "#,
    );
    let hindered = |(word, code, _): &&(String, i32, String)| word.starts_with("with-") && *code != 0;
    assert!(told.iter().filter(hindered).count() > 4, "{told:?}");
    for (word, code, said) in &told {
        match word.as_str() {
            // Some room is enough: then it is done. Else it says why.
            word if word.starts_with("with-") => {
                let is_told = said.contains("No space left") && !said.contains("os error");
                assert!(*code == 0 || *code == 1 && is_told, "{word}: {code} {said}");
            }
            "search" => assert!(*code == 0 && said.contains("Hilltop Lanterns"), "{said}"),
            "left" => assert!(!said.contains("next"), "{said}"),
            _ => assert_eq!(*code, 0, "{word}: {said}"),
        }
    }
}

#[test]
fn a_disk_that_became_read_only_still_answers() {
    if !unshares(&["--user", "--map-root-user", "--mount"]) {
        return;
    }
    let told = on_a_disk(
        &desk(),
        "size=64m",
        r"
        say refresh p refresh --feeds feeds.toml
        mount -o remount,ro data || exit 98
        say hindered p refresh --feeds feeds.toml
        say search p search hilltop
        say status p status
        say check p check --feeds feeds.toml
        mount -o remount,rw data
        say again p refresh --feeds feeds.toml
        ",
    );
    is_told_and_nothing_lost(&told, "Read-only");
}

/// Runs the program as a user without the rights of the one who owns the machine.
fn plainly(desk: &Desk, words: &[&str]) -> Ran {
    let ours = desk.command(words);
    if !rustix::process::geteuid().is_root() {
        return desk.run(words);
    }
    let mut command = Command::new("unshare");
    command.arg("--user").arg(ours.get_program()).args(ours.get_args());
    command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", desk.path("")).current_dir(desk.path(""));
    Ran::from(command.stdin(Stdio::null()).output().unwrap())
}

fn allow(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn folders_that_may_not_be_read_or_written_are_named_and_visitors_see_something() {
    let root = rustix::process::geteuid().is_root();
    if root && !unshares(&["--user"]) {
        return;
    }
    let desk = desk();
    let feeds = desk.path("feeds.toml");
    let refresh = ["refresh", "--feeds", feeds.to_str().unwrap()];
    assert_eq!(plainly(&desk, &refresh).code, 0);
    for (folder, mode) in [("data", 0o000), ("data/editions", 0o000), ("data/editions", 0o555)] {
        let place = desk.path(folder);
        allow(&place, mode);
        let ran = plainly(&desk, &refresh);
        let (search, status) = (plainly(&desk, &["search", "hope"]), plainly(&desk, &["status"]));
        let hilltop = plainly(&desk, &["search", "hilltop"]);
        allow(&place, 0o755);
        assert_eq!(ran.code, 1, "{folder} {mode:o}: {}", ran.out);
        let why = ["ermission denied", "may not"].iter().any(|why| ran.err.contains(why));
        assert!(why && !ran.err.contains("os error"), "{folder} {mode:o}: {}", ran.err);
        assert_eq!((search.code, status.code), (0, 0), "{folder} {mode:o}: {}{}", search.err, status.err);
        // What can be read is shown.
        assert_eq!(hilltop.out.contains("Hilltop Lanterns"), mode == 0o555, "{folder} {mode:o}: {}", hilltop.out);
    }
    assert_eq!(plainly(&desk, &refresh).code, 0, "and all is well again");
    if root {
        // Somebody else's.
        std::os::unix::fs::chown(desk.data().join("editions"), Some(1234), Some(1234)).unwrap();
        allow(&desk.data().join("editions"), 0o700);
        let ran = plainly(&desk, &refresh);
        assert!(ran.code == 1 && ran.err.contains("ermission denied"), "{}", ran.err);
        assert_eq!(plainly(&desk, &["search", "hope"]).code, 0);
    }
}
