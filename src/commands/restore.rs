//! Putting a backup back: all of it is looked at before anything is changed, and what is replaced is kept beside.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use flate2::read::GzDecoder;
use index::disk;

use super::backup::{FORM, LIST, List, MOST_BYTES, configuration, entry_bytes, is_ours};
use super::{End, Files, report};
use crate::config::{FeedsFile, Settings};
use crate::fetch::digest;
use crate::refresh::{Built, FEEDS};
use crate::store::{self, Store};

/// A backup holds no more than this, unpacked.
const MOST: usize = 2 * 1024 * 1024 * 1024;

/// The options of `restore`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The file that `backup` wrote.
    file: PathBuf,
    /// Replace settings that are different; they are kept beside, as NAME.before.
    #[arg(long)]
    replace: bool,
}

pub(super) fn run(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    let name = options.file.display();
    let unchanged = || format!("{name} was not restored, and nothing was changed");
    let settings = files.settings().unwrap_or_else(|_| Settings::defaults());
    let data = files.data(&settings);
    let turn =
        Store::at(data.clone()).turn().with_context(|| format!("the folder {} cannot be used", data.display()))?;
    let Some(_turn) = turn else { bail!("a refresh is running; try again when it is done") };
    let next = data.join("restore.next");
    let unpacked = clear(&next).and_then(|()| unpack(&options.file, &next)).with_context(unchanged);
    let restored = unpacked.and_then(|all| {
        let places = places(files, &settings, &data, &all);
        look_over(&next, &places, options.replace).with_context(unchanged)?;
        put_back(&next, &data, &places).map(|()| all.len())
    });
    clear(&next)?;
    let count = restored?;
    writeln!(out, "Restored {count} files. To show what the feeds said last: porchlight refresh --offline")?;
    Ok(End::Done)
}

fn clear(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => {
            Err(fault).with_context(|| format!("{} cannot be cleared", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Unpacks a backup into a folder of its own. Every entry is of the closed list, a plain file, and what its digest says.
fn unpack(file: &Path, into: &Path) -> Result<Vec<String>> {
    let packed = File::open(file).map_err(|fault| anyhow::anyhow!("{}", store::plain(&fault)))?;
    let mut tar = tar::Archive::new(GzDecoder::new(packed));
    let mut entries = tar.entries().context("it is no backup of this program")?;
    let first = entries.next().context("it is empty")?;
    let mut first = first.map_err(|_| anyhow::anyhow!("it is no backup of this program"))?;
    if first.path_bytes().as_ref() != LIST.as_bytes() {
        bail!("it is no backup of this program");
    }
    let list: List = serde_json::from_slice(&entry_bytes(&mut first)?).context("its list cannot be read")?;
    if list.form != FORM {
        bail!("it was written by another version of the program ({})", list.program);
    }
    let mut left = list.files;
    let mut all = Vec::new();
    let mut bytes_left = MOST;
    for entry in entries {
        let mut entry = entry.context("it is damaged, or its end is missing")?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
        if !is_ours(&name) || !entry.header().entry_type().is_file() {
            bail!("it holds \"{shown}\", which is no part of a backup");
        }
        let bytes = entry_bytes(&mut entry).with_context(|| format!("\"{shown}\" is damaged"))?;
        if bytes.len() > MOST_BYTES || bytes.len() > bytes_left {
            bail!("\"{shown}\" is too long");
        }
        bytes_left -= bytes.len();
        if left.remove(&name).is_none_or(|expected| expected != digest(&bytes)) {
            bail!("\"{shown}\" is not what the backup's list says: it is damaged, or was changed");
        }
        let path = into.join(&name);
        fs::create_dir_all(path.parent().unwrap_or(into))?;
        fs::write(&path, &bytes)?;
        all.push(name);
    }
    if let Some((missing, _)) = left.first_key_value() {
        bail!("its end is missing: \"{missing}\" and perhaps more");
    }
    Ok(all)
}

/// Where each single file of a backup goes. What is kept of the feeds goes as a whole.
fn places(files: &Files, settings: &Settings, data: &Path, all: &[String]) -> BTreeMap<String, PathBuf> {
    let own = files.settings_file().unwrap_or_else(|| super::site::INSTALLED.into());
    let standing: BTreeMap<&str, PathBuf> = configuration(files, settings).into_iter().collect();
    let place = |name: &String| {
        let path = match name.split('/').collect::<Vec<_>>()[..] {
            ["config", name] => standing.get(name).cloned().unwrap_or_else(|| own.with_file_name(name)),
            ["data", name] => data.join(name),
            _ => return None,
        };
        Some((name.clone(), path))
    };
    all.iter().filter_map(place).collect()
}

/// Whether what is to be put back can be read by this program, and replaces nothing that nobody agreed to.
fn look_over(next: &Path, places: &BTreeMap<String, PathBuf>, replace: bool) -> Result<()> {
    for (name, place) in places {
        let text = String::from_utf8_lossy(&fs::read(next.join(name))?).into_owned();
        let faults = match name.as_str() {
            "config/porchlight.toml" => Settings::read(name, &text).err(),
            "config/feeds.toml" => {
                let built_in = store::BUILT_IN.map(|(name, _)| name);
                FeedsFile::read(name, &text, index::vocabulary::Vocabulary::builtin(), &built_in).err()
            }
            _ => None,
        };
        for fault in faults.into_iter().flatten() {
            // Not a reason to refuse: who restores after a change of program mends the file afterwards.
            report(&fault.to_string());
        }
        let differs = fs::read(place).is_ok_and(|standing| standing != text.as_bytes());
        if differs && !replace && name.starts_with("config/") {
            bail!(
                "{} is different; to replace it and keep it as {}.before, add --replace",
                place.display(),
                place.display()
            );
        }
    }
    Ok(())
}

fn put_back(next: &Path, data: &Path, places: &BTreeMap<String, PathBuf>) -> Result<()> {
    for (name, place) in places {
        let folder = place.parent().unwrap_or(data);
        disk::make_folder(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let with = |end: &str| {
            let mut path = place.clone().into_os_string();
            path.push(end);
            PathBuf::from(path)
        };
        if place.exists() {
            fs::copy(place, with(".before")).with_context(|| format!("{} cannot be kept", place.display()))?;
        }
        // Through a file beside it, because the data may be on another disk than the settings.
        fs::copy(next.join(name), with(".next")).with_context(|| format!("{} cannot be written", place.display()))?;
        File::open(with(".next"))?.sync_all()?;
        fs::rename(with(".next"), place)?;
        File::open(folder)?.sync_all()?;
    }
    let (feeds, restored) = (data.join(FEEDS), next.join("data").join(FEEDS));
    if restored.is_dir() {
        // What counted when it was backed up counts again, whatever the editions here were built of.
        Built::default().agree(&restored);
        let before = data.join("feeds.before");
        clear(&before)?;
        if feeds.exists() {
            fs::rename(&feeds, &before)?;
        }
        disk::write_through(&restored)?;
        fs::rename(restored, &feeds)?;
        File::open(data)?.sync_all()?;
        // What was taken back may be just what is wanted again.
        Store::at(data.to_owned()).shelf().forget_withdrawn();
    }
    Ok(())
}
