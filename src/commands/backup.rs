//! Everything of a site that cannot be had again, in one file: its settings, what staff corrected, and what the feeds
//! said last. The editions are not in it: they are built again from that.
//!
//! The file is a packed tar. Its first entry lists the others with their digests, so that damage is noticed before
//! anything is put back. The names in it are of a closed list ([`is_ours`]): nothing else goes in or comes out.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::{End, Files, now};
use crate::config::Settings;
use crate::fetch::digest;
use crate::fetch::kept::{Kept, PARTS};
use crate::refresh::FEEDS;
use crate::store::{self, Store};

/// The list of all other entries.
pub(super) const LIST: &str = "porchlight-backup.json";

/// The form of the list.
pub(super) const FORM: u32 = 1;

/// No entry is longer.
pub(super) const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Files of the data folder that staff's work is in.
const DATA: [&str; 3] = ["overrides.toml", "overrides.toml.before", "added.toml"];

/// The options of `backup`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The file to write. One that is there already is replaced when the new one is whole.
    file: PathBuf,
}

/// What stands in the list.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct List {
    pub(super) form: u32,
    /// The version of the program that wrote it.
    pub(super) program: String,
    /// When.
    pub(super) made: jiff::Timestamp,
    /// Digest of each entry, in hexadecimal digits.
    pub(super) files: BTreeMap<String, String>,
}

pub(super) fn run(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    let settings = files.settings().unwrap_or_else(|_| Settings::defaults());
    let data = files.data(&settings);
    // Nobody may put up an edition, and so change what is kept, meanwhile.
    let turn =
        Store::at(data.clone()).turn().with_context(|| format!("the folder {} cannot be used", data.display()))?;
    let Some(_turn) = turn else { bail!("a refresh is running; try again when it is done") };
    let mut all = BTreeMap::new();
    for (name, path) in configuration(files, &settings) {
        all.insert(format!("config/{name}"), path);
    }
    for name in DATA {
        all.insert(format!("data/{name}"), data.join(name));
    }
    for (name, path) in kept(&data.join(FEEDS)) {
        all.insert(format!("data/{FEEDS}/{name}"), path);
    }
    all.retain(|name, path| is_ours(name) && path.is_file());
    if all.is_empty() {
        bail!("there is nothing to back up: no settings, no corrections, and no feed was read yet");
    }
    let next = options.file.with_extension("next");
    let written = write(&next, &all);
    if written.is_err() {
        // Best effort: half a backup must not look like one.
        let _ = fs::remove_file(&next);
    }
    let bytes = written.with_context(|| format!("{} could not be written", options.file.display()))?;
    fs::rename(&next, &options.file)?;
    writeln!(out, "Backed up {} files ({} kB) to {}.", all.len(), bytes.div_ceil(1024), options.file.display())?;
    if all.contains_key("config/porchlight.toml") {
        writeln!(
            out,
            "It holds the settings with the lock of the staff's PIN: keep it where visitors cannot get at it."
        )?;
    }
    Ok(End::Done)
}

/// The settings and the files that they name, by the names that they have in a backup.
pub(super) fn configuration(files: &Files, settings: &Settings) -> Vec<(&'static str, PathBuf)> {
    let Some(own) = files.settings_file() else { return Vec::new() };
    let words = Some(own.with_file_name(&settings.words)).filter(|_| !settings.words.is_empty());
    let feeds = files.feeds_file(Some(settings));
    let named = [("feeds.toml", feeds), ("words.toml", words)];
    let named = named.into_iter().filter_map(|(name, path)| Some((name, path?)));
    named.chain([("porchlight.toml", own)]).collect()
}

/// Everything under the folder of what is kept, two folders deep.
fn kept(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path()))).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    for (feed, path) in entries(folder) {
        // What counts; what earlier editions were built of is for going back to them, and they are not in it either.
        let counting = Kept::at(&path).name_of_parts();
        let is_earlier = |name: &str| name.starts_with(PARTS) && counting.as_deref() != Some(name);
        for (name, path) in entries(&path).into_iter().filter(|(name, _)| !is_earlier(name)) {
            all.push((format!("{feed}/{name}"), path.clone()));
            all.extend(entries(&path).into_iter().map(|(part, path)| (format!("{feed}/{name}/{part}"), path)));
        }
    }
    all
}

/// Whether an entry of this name may be in a backup: no other is written, and none is put back.
pub(super) fn is_ours(name: &str) -> bool {
    let plain = |part: &str, more: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || more.contains(c))
    };
    match name.split('/').collect::<Vec<_>>()[..] {
        ["config", name] => ["porchlight.toml", "feeds.toml", "words.toml"].contains(&name),
        ["data", name] => DATA.contains(&name),
        ["data", FEEDS, feed, "fetched.json"] => plain(feed, "-"),
        ["data", FEEDS, feed, parts, number] => {
            plain(feed, "-") && parts.strip_prefix(PARTS).is_some_and(|n| plain(n, "")) && plain(number, "")
        }
        _ => false,
    }
}

fn write(path: &Path, all: &BTreeMap<String, PathBuf>) -> Result<u64> {
    let mut file = File::options().write(true).create(true).truncate(true).open(path)?;
    store::only_for_us(&file)?;
    let mut list =
        List { form: FORM, program: env!("CARGO_PKG_VERSION").to_owned(), made: now(), files: BTreeMap::new() };
    for (name, path) in all {
        list.files.insert(name.clone(), digest(&read(path)?));
    }
    let mut tar = tar::Builder::new(GzEncoder::new(&mut file, Compression::default()));
    append(&mut tar, LIST, &serde_json::to_vec_pretty(&list)?)?;
    for (name, path) in all {
        append(&mut tar, name, &read(path)?)?;
    }
    tar.into_inner()?.finish()?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let bytes = store::bytes(path, MOST_BYTES).with_context(|| path.display().to_string())?;
    if bytes.len() > MOST_BYTES {
        bail!("{} is longer than {MOST_BYTES} bytes", path.display());
    }
    Ok(bytes)
}

fn append(tar: &mut tar::Builder<impl Write>, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    tar.append_data(&mut header, name, bytes)
}

/// The bytes of an entry; one more than [`MOST_BYTES`] when it is longer.
pub(super) fn entry_bytes(entry: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    entry.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
