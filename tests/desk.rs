//! The staff's desk for tests: the real program, run as a process on folders of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// Folders for one test, gone after it.
pub(crate) struct Desk {
    home: TempDir,
}

/// What a command left behind.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Writes a file into the folder of this test.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    /// Writes a feeds file: name, form and file of each feed.
    pub(crate) fn feeds(&self, feeds: &[(&str, &str, &str)]) -> PathBuf {
        let tables: Vec<String> = feeds
            .iter()
            .map(|(name, form, file)| {
                format!(
                    "[[feed]]\nname = \"{name}\"\nform = \"{form}\"\nfile = \"{file}\"\ntimezone = \"America/New_York\"\n"
                )
            })
            .collect();
        self.write("feeds.toml", tables.concat())
    }

    /// Runs a command with the data folder of this test.
    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        self.run_with(words, "")
    }

    /// Runs a command and types `typed` into it.
    pub(crate) fn run_with(&self, words: &[&str], typed: &str) -> Ran {
        let mut program = self.command(words).spawn().unwrap();
        // The program may end without reading; that is its right.
        let _ = program.stdin.take().unwrap().write_all(typed.as_bytes());
        Ran::from(program.wait_with_output().unwrap())
    }

    /// A command, ready to be started, with nothing of our own environment.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
        command
            .env_clear()
            .env("HOME", self.home.path())
            .current_dir(self.home.path())
            .arg("--data")
            .arg(self.data())
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs `refresh --json` over this feeds file.
    pub(crate) fn refresh(&self, feeds: &Path) -> Ran {
        self.run(&["refresh", "--json", "--feeds", feeds.to_str().unwrap()])
    }

    /// The names of what a search finds, best first.
    pub(crate) fn names(&self, words: &str) -> Vec<String> {
        let ran = self.run(&["search", "--json", "--limit", "100000", words]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let found = ran.json();
        let hits = found["hits"].as_array().unwrap();
        assert_eq!(found["total"], hits.len(), "{found}");
        hits.iter().map(|hit| hit["name"].as_str().unwrap().to_owned()).collect()
    }

    /// What `status --json` says.
    pub(crate) fn status(&self) -> Value {
        self.run(&["status", "--json"]).json()
    }
}

/// Changes the manifest of an edition, and the name of its folder so that it fits. Returns that name.
pub(crate) fn rewrite_manifest(edition: &Path, edit: impl FnOnce(&str) -> String) -> String {
    use sha2::{Digest, Sha256};
    let manifest = edition.join("manifest.json");
    let text = edit(&std::fs::read_to_string(&manifest).unwrap());
    std::fs::write(&manifest, &text).unwrap();
    let digest = Sha256::digest(&text);
    let number = edition.file_name().unwrap().to_str().unwrap().split_once('-').unwrap().0.to_owned();
    let name = format!("{number}-{:08x}", u32::from_be_bytes(digest[..4].try_into().unwrap()));
    std::fs::rename(edition, edition.with_file_name(&name)).unwrap();
    name
}

impl Ran {
    /// The one JSON object that was printed.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|fault| panic!("{fault}: {}\n{}", self.out, self.err))
    }

    /// The JSON objects that were printed, a line each.
    pub(crate) fn lines(&self) -> Vec<Value> {
        let parsed = self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")));
        parsed.collect()
    }

    /// The events of this kind.
    pub(crate) fn events(&self, kind: &str) -> Vec<Value> {
        self.lines().into_iter().filter(|line| line["event"] == kind).collect()
    }

    /// The accounts of the feeds in the last line, each of which must add up.
    pub(crate) fn accounts(&self) -> Vec<Value> {
        let last = self.lines().pop().unwrap();
        assert_eq!(last["event"], "done", "{last}");
        let feeds = last["feeds"].as_array().unwrap().clone();
        for feed in &feeds {
            let count = |key: &str| feed[key].as_u64().unwrap_or_else(|| panic!("{key} in {feed}"));
            assert_eq!(count("rows"), count("records") + count("joined") + count("dropped"), "{feed}");
        }
        feeds
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
