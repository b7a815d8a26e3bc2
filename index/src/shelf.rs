//! The editions on disk: built beside, verified, renamed; the newest sound one is opened, five are kept.
//!
//! ```text
//! data/editions/000012-5f0c9a1e/   an edition: the index and its manifest; never changed once it has this name
//!               withdrawn-000011-…  taken back by staff      damaged-000010-…  found damaged
//!               .next-4711/         being built, or left over from a build that was cut short
//!               .lock               held by the one that builds
//! ```
//!
//! Whatever happens while an edition is put up (a full disk, a kill, a power cut), the editions that stand are not
//! touched, and the next put-up clears what was left over. Opening needs no write permission.

use std::fs::{self, File, TryLockError};
use std::io;
use std::panic;
use std::path::{Path, PathBuf};

use crate::beside::beside;
use crate::disk;
use crate::generation::{self, BuildError, Generation, OpenError};
use crate::query::{Counts, Here, Query, Word};
use crate::record::{Record, Said};
use crate::text;
use crate::vocabulary::Vocabulary;

mod manifest;
#[cfg(test)]
mod tests;

pub use manifest::{Manifest, Origin, Source, Unsound};

/// So many editions are kept.
pub const KEPT: usize = 5;

const LOCK: &str = ".lock";
const NEXT: &str = ".next-";
const WITHDRAWN: &str = "withdrawn-";
const DAMAGED: &str = "damaged-";

/// An edition could not be put up. The one before stands as it stood.
#[derive(Debug, thiserror::Error)]
pub enum PutUpError {
    /// Somebody else is putting one up right now.
    #[error("another refresh is running")]
    Busy,
    /// There is nothing to put up.
    #[error("there are no records to put up")]
    Empty,
    /// The disk would not take it: full, read-only, not ours.
    #[error("the data folder cannot be written: {0}")]
    Disk(#[from] io::Error),
    /// The index could not be made.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// What was built does not give back what was put in. It was thrown away.
    #[error("the new edition failed its trial: {0}")]
    Trial(String),
}

/// The newest edition could not be taken back.
#[derive(Debug, thiserror::Error)]
pub enum RollBackError {
    /// Somebody is putting one up right now.
    #[error("a refresh is running")]
    Busy,
    /// There is no edition before the newest.
    #[error("there is no earlier edition to go back to")]
    NothingBefore,
    /// The folder cannot be changed.
    #[error("the data folder cannot be written: {0}")]
    Disk(#[from] io::Error),
}

/// One edition on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its number. A later edition has a higher one.
    pub sequence: u64,
    /// The name of its folder, which ends in the beginning of the digest of its manifest.
    pub name: String,
    /// What it holds and where that came from.
    pub manifest: Manifest,
}

/// How far the putting up of an edition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The index is built.
    Building,
    /// What was built is opened, counted and asked.
    Trying,
    /// Digests are taken, and all of it is written through to the disk.
    Writing,
    /// It is given its name, and stands.
    Standing,
}

/// The folder in which editions stand.
#[derive(Clone, Debug)]
pub struct Shelf {
    editions: PathBuf,
}

impl Shelf {
    /// The shelf in the data folder `data`. Nothing is read or made yet.
    pub fn at(data: impl AsRef<Path>) -> Self {
        Self { editions: data.as_ref().join("editions") }
    }

    /// The folder in which editions stand, so that changes in it can be noticed.
    pub fn folder(&self) -> &Path {
        &self.editions
    }

    /// The name of the newest edition that stands, without looking into it.
    pub fn newest_name(&self) -> Option<String> {
        self.standing().into_iter().next().map(|(_, name)| name)
    }

    /// The name of the newest edition, when another version of the program built it: it is whole, as far as that can be
    /// said, and has to be built anew. Damaged ones are passed over.
    pub fn outdated(&self) -> Option<String> {
        self.standing().into_iter().find_map(|(_, name)| match manifest::read(&self.editions.join(&name), &name) {
            Err(why) if why.is_damage() => None,
            Err(Unsound::OtherFormat(_)) => Some(Some(name)),
            _ => Some(None),
        })?
    }

    /// Builds an edition of these records, tries it, and puts it up as the newest. Older ones beyond [`KEPT`] go.
    ///
    /// # Errors
    ///
    /// See [`PutUpError`]. In every case the editions that stood still stand.
    pub fn put_up(&self, records: &[Record], vocabulary: &Vocabulary, origin: &Origin) -> Result<Edition, PutUpError> {
        self.put_up_telling(records, vocabulary, origin, &mut |_| ())
    }

    /// As [`Shelf::put_up`], and says on the way how far it is.
    ///
    /// # Errors
    ///
    /// See [`PutUpError`]. In every case the editions that stood still stand.
    pub fn put_up_telling(
        &self,
        records: &[Record],
        vocabulary: &Vocabulary,
        origin: &Origin,
        tell: &mut dyn FnMut(Stage),
    ) -> Result<Edition, PutUpError> {
        if records.is_empty() {
            return Err(PutUpError::Empty);
        }
        disk::make_folder(&self.editions)?;
        let _lock = self.lock()?.ok_or(PutUpError::Busy)?;
        self.clear_leftovers();
        let next = self.editions.join(format!("{NEXT}{}", std::process::id()));
        let edition = self.build(&next, records, vocabulary, origin, tell);
        if edition.is_err() {
            // Best effort: on a disk that is full or gone, the next put-up clears it.
            let _ = fs::remove_dir_all(&next);
        }
        let edition = edition?;
        self.prune_under_lock();
        Ok(edition)
    }

    fn build(
        &self,
        next: &Path,
        records: &[Record],
        vocabulary: &Vocabulary,
        origin: &Origin,
        tell: &mut dyn FnMut(Stage),
    ) -> Result<Edition, PutUpError> {
        tell(Stage::Building);
        fs::create_dir(next)?;
        Generation::build(next, records, vocabulary)?;
        tell(Stage::Trying);
        // What the files hold is summed up while it is tried out whether they hold what they should.
        let (files, tried) = beside("digests", || manifest::files(next), || try_out(next, records));
        let counts = tried?;
        let sequence = self.numbers().map(|(sequence, _)| sequence).max().unwrap_or(0) + 1;
        tell(Stage::Writing);
        let (manifest, digest) = manifest::write(next, sequence, &counts, origin, files??)?;
        share(next)?;
        // Where the shelf belongs to somebody else, that one decides who reads it.
        let _ = allow(&self.editions, 0o755);
        disk::write_through(next)?;
        let name = format!("{sequence:06}-{digest}");
        tell(Stage::Standing);
        fs::rename(next, self.editions.join(&name))?;
        File::open(&self.editions)?.sync_all()?;
        Ok(Edition { sequence, name, manifest })
    }

    /// All editions that could be opened, newest first: their manifests are whole, their files have the right sizes.
    pub fn editions(&self) -> Vec<Edition> {
        self.standing().into_iter().filter_map(|(sequence, name)| self.edition(sequence, name).ok()).collect()
    }

    fn edition(&self, sequence: u64, name: String) -> Result<Edition, Unsound> {
        let manifest = manifest::read(&self.editions.join(&name), &name)?;
        Ok(Edition { sequence, name, manifest })
    }

    /// The records of an edition that staff have corrected, as their sources have them.
    pub fn originals(&self, edition: &Edition) -> Vec<Record> {
        manifest::originals(&self.editions.join(&edition.name), &edition.manifest)
    }

    /// The newest edition that can be opened, open. Damaged ones are passed over.
    ///
    /// Manifest, sizes and the small files are looked at, which takes a millisecond; the whole is read by
    /// [`Shelf::check`], at the start of the machine and every night.
    pub fn newest_sound(&self) -> Option<(Edition, Generation)> {
        self.editions().into_iter().find_map(|edition| {
            let folder = self.editions.join(&edition.name);
            // Bytes that changed since the last check can make the index panic; to the visitor that is only damage.
            let opened = panic::catch_unwind(|| Generation::open(&folder)).ok()?;
            Some((edition, opened.ok()?))
        })
    }

    /// Reads every byte of an edition and compares it with the manifest.
    ///
    /// # Errors
    ///
    /// What is not as it was put up.
    pub fn verify(&self, edition: &Edition) -> Result<(), Unsound> {
        manifest::verify(&self.editions.join(&edition.name), &edition.name)
    }

    /// Reads all of the newest edition, and if it is damaged sets it aside and goes on to the one before, until one is
    /// sound. Returns those that were passed over: the name and what is wrong.
    ///
    /// Only told, not set aside, are editions of another format and those that cannot be read at the moment; and
    /// damaged ones too while somebody builds or on a folder that may not be written.
    pub fn check(&self) -> Vec<(String, Unsound)> {
        let mut passed_over = Vec::new();
        for (_, name) in self.standing() {
            match manifest::verify(&self.editions.join(&name), &name) {
                Ok(()) => break,
                Err(unsound) => {
                    if unsound.is_damage() {
                        self.set_aside(&name);
                    }
                    passed_over.push((name, unsound));
                }
            }
        }
        passed_over
    }

    /// Reads all of every edition and tells which are not sound: the name and what is wrong. Changes nothing.
    pub fn unsound(&self) -> Vec<(String, Unsound)> {
        let verified = |name: &str| manifest::verify(&self.editions.join(name), name);
        self.standing().into_iter().filter_map(|(_, name)| verified(&name).err().map(|why| (name, why))).collect()
    }

    // Best effort: a damaged edition is told in any case, and not opened; this only spares the next check from it.
    fn set_aside(&self, name: &str) {
        if let Ok(Some(_lock)) = self.lock() {
            let _ = fs::rename(self.editions.join(name), self.editions.join(format!("{DAMAGED}{name}")));
        }
    }

    /// Takes the newest edition back, so that the one before it is the newest. Returns that one.
    ///
    /// # Errors
    ///
    /// When there is none before, when a refresh is running, or when the folder cannot be changed.
    pub fn roll_back(&self) -> Result<Edition, RollBackError> {
        let _lock = self.lock()?.ok_or(RollBackError::Busy)?;
        let mut editions = self.editions().into_iter();
        let (Some(newest), Some(before)) = (editions.next(), editions.next()) else {
            return Err(RollBackError::NothingBefore);
        };
        let aside = self.editions.join(format!("{WITHDRAWN}{}", newest.name));
        fs::rename(self.editions.join(&newest.name), aside)?;
        File::open(&self.editions)?.sync_all()?;
        Ok(before)
    }

    /// What the edition that was put up last says of itself, damaged or not, unless it was taken back.
    pub fn last_put_up(&self) -> Option<Manifest> {
        let all = self.numbers().filter(|(_, name)| !name.starts_with(WITHDRAWN));
        let (_, name) = all.max_by_key(|(sequence, _)| *sequence)?;
        manifest::read_alone(&self.editions.join(&name), &name).ok()
    }

    /// The editions that were taken back since the newest one was put up.
    pub fn withdrawn(&self) -> Vec<Edition> {
        let mut withdrawn = Vec::new();
        for (sequence, name) in self.numbers().filter(|(_, name)| name.starts_with(WITHDRAWN)) {
            withdrawn.extend(self.edition(sequence, name).ok());
        }
        withdrawn
    }

    /// Forgets that editions were taken back: what they were built of may count again. Best effort.
    pub fn forget_withdrawn(&self) {
        for name in self.names().filter(|name| name.starts_with(WITHDRAWN)) {
            let _ = fs::remove_dir_all(self.editions.join(name));
        }
    }

    /// Removes all but the newest [`KEPT`] editions, what was set aside before the newest, and what builds left over.
    /// Does nothing while somebody builds.
    pub fn prune(&self) {
        if let Ok(Some(_lock)) = self.lock() {
            self.clear_leftovers();
            self.prune_under_lock();
        }
    }

    // Pruning is best effort: what cannot be removed now is removed next time, and hinders nobody until then.
    fn prune_under_lock(&self) {
        let editions = self.editions();
        let newest = editions.first().map_or(0, |edition| edition.sequence);
        let oldest_kept = editions.get(KEPT - 1).map_or(0, |edition| edition.sequence);
        for (sequence, name) in self.numbers() {
            let aside = !name.starts_with(|c: char| c.is_ascii_digit());
            if sequence < oldest_kept || aside && sequence < newest {
                let _ = fs::remove_dir_all(self.editions.join(name));
            }
        }
    }

    fn clear_leftovers(&self) {
        for name in self.names().filter(|name| name.starts_with(NEXT)) {
            let _ = fs::remove_dir_all(self.editions.join(name));
        }
    }

    /// Takes the lock, or nothing if somebody else has it.
    fn lock(&self) -> io::Result<Option<File>> {
        let file = File::options().write(true).create(true).truncate(false).open(self.editions.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn names(&self) -> impl Iterator<Item = String> {
        let entries = fs::read_dir(&self.editions).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().into_string().ok())
    }

    /// Every edition that is not set aside, newest first: number and name. Nothing is looked into.
    fn standing(&self) -> Vec<(u64, String)> {
        let is_standing = |name: &str| name.starts_with(|c: char| c.is_ascii_digit());
        let mut named: Vec<_> = self.numbers().filter(|(_, name)| is_standing(name)).collect();
        named.sort_unstable_by(|one, other| other.cmp(one));
        named
    }

    /// Every edition, also those set aside: number and name.
    fn numbers(&self) -> impl Iterator<Item = (u64, String)> {
        self.names().filter_map(|name| {
            let plain = [WITHDRAWN, DAMAGED].iter().find_map(|aside| name.strip_prefix(aside)).unwrap_or(&name);
            let (sequence, _) = plain.split_once('-')?;
            Some((sequence.parse().ok()?, name))
        })
    }
}

/// Opens what was built, counts it, and asks it for a few of the records by id and by name. Returns
/// what it counted.
fn try_out(folder: &Path, records: &[Record]) -> Result<Counts, PutUpError> {
    const ASKED: usize = 20;
    let failed = |what: String| Err(PutUpError::Trial(what));
    let generation = Generation::open(folder).map_err(|error: OpenError| PutUpError::Trial(error.to_string()))?;
    let counts = generation.counts();
    let mut ids: Vec<_> = records.iter().map(|record| &record.id).collect();
    // Mostly they stand in their order already.
    ids.sort();
    ids.dedup();
    if counts.records != ids.len() as u64 {
        return failed(format!("{} of {} records", counts.records, ids.len()));
    }
    // What is hidden cannot be found.
    let shown: Vec<&Record> = records.iter().filter(|record| !record.is_said(&Said::Hidden)).collect();
    for record in shown.iter().step_by(shown.len().div_ceil(ASKED).max(1)) {
        if generation.record(&record.id).is_none() {
            return failed(format!("{} cannot be opened", record.id));
        }
        let words = text::words(&record.name.plain).filter(|word| generation::takes(word)).take(4);
        let words: Vec<Word> = words.map(Word::plain).collect();
        let here = Here { now: jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC), point: None };
        if generation.search(&Query { words, ..Query::new(here) }, 1).total == 0 {
            return failed(format!("{} cannot be found by its name", record.id));
        }
    }
    Ok(counts)
}

/// Lets every user read the folder and its files, whatever the umask of this one: the glass is seldom the user that
/// refreshes.
fn share(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        allow(&entry?.path(), 0o644)?;
    }
    allow(folder, 0o755)
}

/// Adds these permissions to what is allowed already.
#[cfg(unix)]
fn allow(path: &Path, permissions: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & permissions == permissions {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode | permissions))
}

#[cfg(not(unix))]
fn allow(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
