//! What an edition says of itself: its files with sizes and digests, its counts, and where its records came from.
//!
//! The name of the edition's folder ends in the beginning of the manifest's own digest, so that the manifest cannot
//! change unnoticed either.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::generation::FORMAT;
use crate::overrides::Notice;
use crate::query::Counts;
use crate::record::Record;

const FILE: &str = "manifest.json";
/// The records that staff have corrected, as their sources have them. Absent where there are none.
const ORIGINALS: &str = "originals.json";
/// Files up to this size are read whole at every opening.
const SMALL: u64 = 32 * 1024;

/// Where a feed's records came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The line of thanks.
    pub credit: String,
    /// The licence under which it may be shown.
    pub licence: String,
    /// When it was fetched. Absent for files that somebody put there.
    pub fetched: Option<Timestamp>,
    /// What they were read from, as whoever keeps that knows it again. Absent where nothing of it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_from: Option<String>,
    /// How many records of it the edition holds. Filled in when it is put up.
    #[serde(default)]
    pub records: u64,
}

/// Where an edition comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// When it is built; the crate knows no clock.
    pub built_at: Timestamp,
    /// Its feeds, by name.
    pub feeds: BTreeMap<String, Source>,
    /// What staff say on the home screen.
    pub notices: Vec<Notice>,
    /// The numbers of the overrides that speak of something that is not in it.
    pub gone: Vec<u32>,
    /// The records that staff have corrected, as their sources have them.
    pub originals: Vec<Record>,
}

/// What an edition says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the index ([`FORMAT`]).
    pub format: u32,
    /// The edition's number.
    pub sequence: u64,
    /// When it was built.
    pub built_at: Timestamp,
    /// How many records it holds.
    pub records: u64,
    /// Records by kind, in the order of [`Kind::ALL`](crate::record::Kind::ALL).
    pub kinds: [u64; 6],
    /// Its feeds, by name.
    pub feeds: BTreeMap<String, Source>,
    /// What staff say on the home screen.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// The numbers of the overrides that speak of something that is not in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<u32>,
    files: BTreeMap<String, Stored>,
}

/// What the manifest of every version says.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// A file of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stored {
    size: u64,
    sha256: String,
}

/// Why an edition is not opened.
#[derive(Debug, thiserror::Error)]
pub enum Unsound {
    /// The manifest is missing, cut or changed.
    #[error("its manifest is missing or damaged")]
    Manifest,
    /// It was built by another version of the program: it is not damaged, but has to be built anew.
    #[error("it has format {0}, this program reads format {FORMAT}")]
    OtherFormat(u32),
    /// This file is missing, cut or changed.
    #[error("its file {0} is missing or damaged")]
    File(String),
    /// This file could not be read just now. That says nothing about the edition: too many files may be open, the
    /// folder may belong to somebody else, the cable may be loose.
    #[error("its file {file} cannot be read now: {source}")]
    Unreadable {
        /// Its name in the folder of the edition.
        file: String,
        /// What the system said.
        source: io::Error,
    },
}

impl Unsound {
    /// Whether the edition itself is at fault, and stays so however often it is read.
    pub(super) fn is_damage(&self) -> bool {
        matches!(self, Self::Manifest | Self::File(_))
    }

    /// What `error` says about `file`: `missing` if it is not there, else only that it cannot be read now.
    fn reading(file: &str, error: io::Error, missing: Self) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => missing,
            _ => Self::Unreadable { file: file.to_owned(), source: error },
        }
    }
}

/// What stands in the files of `folder`, all of which are read.
pub(super) fn files(folder: &Path) -> io::Result<BTreeMap<String, Stored>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string() {
            files.insert(name, stored(&entry.path())?);
        }
    }
    Ok(files)
}

fn stored(path: &Path) -> io::Result<Stored> {
    let file = File::open(path)?;
    Ok(Stored { size: file.metadata()?.len(), sha256: digest(file)? })
}

/// Writes the manifest of the edition of these `files` in `folder`. Returns it with the beginning of its digest.
pub(super) fn write(
    folder: &Path,
    sequence: u64,
    counts: &Counts,
    origin: &Origin,
    mut files: BTreeMap<String, Stored>,
) -> io::Result<(Manifest, String)> {
    if !origin.originals.is_empty() {
        let path = folder.join(ORIGINALS);
        let mut file = File::create_new(&path)?;
        file.write_all(&serde_json::to_vec(&origin.originals)?)?;
        file.sync_all()?;
        files.insert(ORIGINALS.to_owned(), stored(&path)?);
    }
    let mut feeds = origin.feeds.clone();
    for (feed, records) in &counts.feeds {
        feeds.entry(feed.clone()).or_default().records = *records;
    }
    let manifest = Manifest {
        format: FORMAT,
        sequence,
        built_at: origin.built_at,
        records: counts.records,
        kinds: counts.kinds,
        feeds,
        notices: origin.notices.clone(),
        gone: origin.gone.clone(),
        files,
    };
    let text = serde_json::to_vec_pretty(&manifest)?;
    let mut file = File::create_new(folder.join(FILE))?;
    file.write_all(&text)?;
    file.sync_all()?;
    Ok((manifest, beginning(&digest(text.as_slice())?)))
}

/// Reads the manifest of the edition in `folder`, and compares sizes and small files with it.
pub(super) fn read(folder: &Path, name: &str) -> Result<Manifest, Unsound> {
    let manifest = read_alone(folder, name)?;
    if manifest.format != FORMAT {
        return Err(Unsound::OtherFormat(manifest.format));
    }
    compare(folder, &manifest, SMALL)?;
    Ok(manifest)
}

/// Reads the manifest of the edition in `folder`, whatever became of its other files and whichever version wrote it.
pub(super) fn read_alone(folder: &Path, name: &str) -> Result<Manifest, Unsound> {
    let text = fs::read(folder.join(FILE)).map_err(|error| Unsound::reading(FILE, error, Unsound::Manifest))?;
    let digest = digest(text.as_slice()).map_err(|_| Unsound::Manifest)?;
    if name.rsplit('-').next() != Some(&beginning(&digest)) {
        return Err(Unsound::Manifest);
    }
    let understood = serde_json::from_slice::<Manifest>(&text);
    understood.map_err(|_| match serde_json::from_slice(&text) {
        // What else another version says need not be understood.
        Ok(Format { format }) if format != FORMAT => Unsound::OtherFormat(format),
        _ => Unsound::Manifest,
    })
}

/// The records of an edition that staff have corrected, as their sources have them. Empty too where it is damaged.
pub(super) fn originals(folder: &Path, manifest: &Manifest) -> Vec<Record> {
    let Some(stored) = manifest.files.get(ORIGINALS) else { return Vec::new() };
    let Ok(bytes) = fs::read(folder.join(ORIGINALS)) else { return Vec::new() };
    let is_whole = digest(bytes.as_slice()).is_ok_and(|digest| digest == stored.sha256);
    if is_whole { serde_json::from_slice(&bytes).unwrap_or_default() } else { Vec::new() }
}

/// Reads everything and compares it.
pub(super) fn verify(folder: &Path, name: &str) -> Result<(), Unsound> {
    compare(folder, &read(folder, name)?, u64::MAX)
}

/// Compares the sizes of all files, and the digests of those of at most `most` bytes.
fn compare(folder: &Path, manifest: &Manifest, most: u64) -> Result<(), Unsound> {
    for (name, stored) in &manifest.files {
        let path = folder.join(name);
        let unread = |error| Unsound::reading(name, error, Unsound::File(name.clone()));
        let same = fs::metadata(&path).map_err(unread)?.len() == stored.size
            && (stored.size > most || File::open(&path).and_then(digest).map_err(unread)? == stored.sha256);
        if !same {
            return Err(Unsound::File(name.clone()));
        }
    }
    Ok(())
}

/// The end of the folder's name that fits a manifest of these bytes.
#[cfg(test)]
pub(super) fn beginning_of(manifest: &[u8]) -> String {
    digest(manifest).map(|digest| beginning(&digest)).unwrap_or_default()
}

fn beginning(digest: &str) -> String {
    digest.chars().take(8).collect()
}

/// SHA-256 of all that can be read, in hexadecimal.
fn digest(mut from: impl Read) -> io::Result<String> {
    let mut sum = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer)? {
            0 => break,
            read => sum.update(buffer.get(..read).unwrap_or_default()),
        }
    }
    Ok(sum.finalize().iter().fold(String::new(), |mut text, byte| {
        text.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        text.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        text
    }))
}
