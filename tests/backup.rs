//! A backup holds what cannot be had again, and a damaged or hostile one changes nothing.

use std::io::Write;
use std::path::Path;

use flate2::write::GzEncoder;

use crate::desk::{Desk, Ran};

/// A desk with settings, a feed, and an edition of it.
fn site() -> Desk {
    let desk = Desk::new();
    desk.write("porchlight.toml", "[centre]\nname = \"Riverbend Recovery Center\"\n");
    desk.write("hill.toml", "[[meeting]]\nkey = \"hill\"\nname = \"Hilltop Lanterns\"\nsample = true\n");
    desk.write("feeds.toml", "[[feed]]\nname = \"hill\"\nform = \"porchlight\"\nfile = \"hill.toml\"\n");
    assert_eq!(with(&desk, &["refresh"]).code, 0);
    desk
}

fn with(desk: &Desk, words: &[&str]) -> Ran {
    let config = desk.path("porchlight.toml");
    desk.run(&[&["--config", config.to_str().unwrap()], words].concat())
}

fn backup(desk: &Desk) -> std::path::PathBuf {
    let file = desk.path("site.backup");
    let ran = with(desk, &["backup", file.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("Backed up 4 files"), "{}", ran.out);
    file
}

/// Everything under a folder, with its bytes.
fn all(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { all.push((path.clone(), std::fs::read(path).unwrap())) }
        }
    }
    all.sort_unstable();
    all.retain(|(path, _)| !path.ends_with("refresh.lock"));
    all
}

#[test]
fn a_site_stands_again_on_another_machine_without_a_network() {
    let first = site();
    let file = backup(&first);
    let desk = Desk::new();
    std::fs::copy(file, desk.path("site.backup")).unwrap();
    let ran = with(&desk, &["restore", desk.path("site.backup").to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    // The file of the feed is not there, and is not needed.
    let ran = with(&desk, &["refresh", "--offline"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(desk.names("hilltop"), ["Hilltop Lanterns"]);
    let settings = std::fs::read_to_string(desk.path("porchlight.toml")).unwrap();
    assert!(settings.contains("Riverbend"));
    // Settings that are different are replaced only when somebody says so, and kept.
    desk.write("porchlight.toml", "[centre]\nname = \"Lakeside\"\n");
    let before = all(&desk.data());
    let ran = with(&desk, &["restore", desk.path("site.backup").to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("is different") && ran.err.contains("--replace"), "{}", ran.err);
    assert_eq!(all(&desk.data()), before);
    let ran = with(&desk, &["restore", "--replace", desk.path("site.backup").to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(std::fs::read_to_string(desk.path("porchlight.toml")).unwrap().contains("Riverbend"));
    assert!(std::fs::read_to_string(desk.path("porchlight.toml.before")).unwrap().contains("Lakeside"));
}

/// A backup with these entries besides its list, which names the digests of `listed`.
fn made(listed: &[(&str, &[u8])], entries: &[(tar::EntryType, &str, &[u8])]) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let byte = |byte: &u8| format!("{byte:02x}");
    let hex = |bytes: &[u8]| Sha256::digest(bytes).iter().map(byte).collect::<Vec<_>>().concat();
    let files: serde_json::Map<String, serde_json::Value> =
        listed.iter().map(|(name, bytes)| ((*name).to_owned(), hex(bytes).into())).collect();
    let list = serde_json::json!({"form": 1, "program": "0.1.0", "made": "2026-11-20T00:00:00Z", "files": files});
    let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    let mut append = |kind: tar::EntryType, name: &str, bytes: &[u8]| {
        let mut header = tar::Header::new_old();
        header.set_entry_type(kind);
        header.set_size(if kind.is_file() { bytes.len() as u64 } else { 0 });
        // By hand: the crate itself refuses to write such names.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        if !kind.is_file() {
            header.set_link_name_literal(bytes).unwrap();
        }
        header.set_cksum();
        tar.append(&header, if kind.is_file() { bytes } else { &[] }).unwrap();
    };
    append(tar::EntryType::Regular, "porchlight-backup.json", list.to_string().as_bytes());
    for (kind, name, bytes) in entries {
        append(*kind, name, bytes);
    }
    tar.into_inner().unwrap().finish().unwrap()
}

#[test]
fn a_damaged_or_hostile_backup_is_refused_whole() {
    use tar::EntryType::{Regular, Symlink};
    let desk = site();
    let whole = std::fs::read(backup(&desk)).unwrap();
    let good: (&str, &[u8]) = ("data/overrides.toml", b"# ours\n");
    let entry = (Regular, good.0, good.1);
    let evil = |name: &'static str| made(&[good, (name, b"evil")], &[entry, (Regular, name, b"evil")]);
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x10;
    let mut plain = Vec::new();
    GzEncoder::new(&mut plain, flate2::Compression::fast()).write_all(b"not a tar").unwrap();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("cut", whole[..whole.len() / 2].to_vec()),
        ("flipped", flipped),
        ("empty", Vec::new()),
        ("another file", b"<!doctype html>".to_vec()),
        ("another packed file", plain),
        ("out of the folder", evil("../../evil.toml")),
        ("hidden in a name of ours", evil("data/feeds/x/../../../evil")),
        ("absolute", evil("/tmp/porchlight-evil")),
        ("a name that is none of ours", evil("data/editions/evil")),
        ("a link", made(&[good], &[(Symlink, good.0, b"/etc/passwd")])),
        ("twice", made(&[good], &[entry, entry])),
        ("other bytes than listed", made(&[good], &[(Regular, good.0, b"# else\n")])),
        ("an end that is missing", made(&[good, ("data/added.toml", b"x")], &[entry])),
    ];
    let file = desk.path("evil.backup");
    let home = desk.path("");
    for (what, bytes) in cases {
        std::fs::write(&file, bytes).unwrap();
        let before = all(&home);
        let ran = with(&desk, &["restore", "--replace", file.to_str().unwrap()]);
        assert_eq!(ran.code, 1, "{what}: {}", ran.out);
        assert!(ran.err.contains("was not restored, and nothing was changed"), "{what}: {}", ran.err);
        assert_eq!(all(&home).len(), before.len(), "{what}");
        assert!(all(&home) == before, "{what} changed something");
    }
    assert!(!Path::new("/tmp/porchlight-evil").exists());
    // The good one of the same make goes in.
    std::fs::write(&file, made(&[good], &[entry])).unwrap();
    assert_eq!(with(&desk, &["restore", file.to_str().unwrap()]).code, 0);
    assert_eq!(std::fs::read(desk.data().join("overrides.toml")).unwrap(), good.1);
}
