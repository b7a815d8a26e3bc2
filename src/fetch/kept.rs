//! What a feed gave last that was good, on the disk, so that the directory can be made again without a network.
//!
//! ```text
//! data/feeds/<name>/fetched.json   what is kept, with a digest of each part, and how the last attempt ended
//!                   parts-000003/  the parts, named by their numbers; the state names the folders that count
//! ```
//!
//! A folder of parts is written and on the disk before the state that names it; renaming the state into place is the
//! one moment at which it becomes what is kept. So a kill or a power cut leaves the old or the new, never a mixture.
//!
//! Which of what is kept was good last, the edition that stands says ([`Editions`]): bytes are kept before the edition
//! that is built of them stands ([`Kept::lay_down`], [`Kept::offer`]), and as long as an edition is there that was. To take the newest edition
//! back therefore takes back what the feeds said in it, and nothing has to be written for that. Only where no edition
//! says it, the state does.
//! Names of parts are data and never become paths. Nothing here knows where bytes come from: a file or a folder of files
//! is kept as a feed of the network is.
//!
//! One refresh at a time writes here; its turn is asked for before ([`crate::store`] knows it). Reading needs no turn.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use index::disk;
use jiff::Timestamp;

mod state;

pub use state::{Attempt, Editions, Ended, Origin};

use super::{Known, Part, digest};
use state::{Good, Listed, State};

const STATE: &str = "fetched.json";
const NEXT: &str = "fetched.json.next";
/// How the name of a folder of parts begins.
pub const PARTS: &str = "parts-";
/// A state is no longer than this.
const LONGEST: u64 = 16 * 1024 * 1024;

/// What is kept cannot be used. It counts as if nothing were kept.
#[derive(Debug, thiserror::Error)]
pub enum Unsound {
    /// The bytes are not those that were kept.
    #[error("what was kept of this feed is damaged ({0}) and is not used; the next refresh that succeeds mends it")]
    Damaged(String),
    /// The disk would not give them.
    #[error("what was kept of this feed cannot be read: {0}")]
    Disk(#[from] io::Error),
}

/// What is kept, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The parts, in their order.
    pub parts: Vec<Part>,
    /// Where they came from.
    pub origin: Origin,
    /// When they were kept.
    pub at: Timestamp,
    /// When somebody last said that they are what there is: then, or at an attempt since that found nothing new.
    pub confirmed: Timestamp,
    /// By what an edition that is built of them names them.
    pub stamp: String,
}

/// Parts that were laid down, and count for nothing yet.
#[derive(Clone, Debug)]
pub struct LaidDown {
    folder: u64,
    parts: Vec<Listed>,
}

/// The folder of one feed.
#[derive(Clone, Debug)]
pub struct Kept {
    folder: PathBuf,
    editions: Editions,
}

impl Kept {
    /// The keeping in this folder. Nothing is read or made yet.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), editions: Editions::default() }
    }

    /// The same, for these editions: the one that stands says what counts.
    #[must_use]
    pub fn under(self, editions: Editions) -> Self {
        Self { editions, ..self }
    }

    /// The parts of the last good fetch, every byte compared with its digest. `None` when nothing was ever kept.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn last_good(&self) -> Result<Option<Parts>, Unsound> {
        let mut before = None;
        loop {
            let Some(good) = self.counting()? else { return Ok(None) };
            let stamp = good.stamp();
            let Good { at, confirmed, origin, folder, parts, .. } = good;
            let parts = parts.iter().enumerate().map(|(number, part)| self.part(folder, number, part));
            match parts.collect() {
                // A refresh may have put others in their place while they were read.
                Err(Unsound::Damaged(_)) if before != Some(folder) => before = Some(folder),
                parts => return Ok(Some(Parts { parts: parts?, origin, at, confirmed, stamp })),
            }
        }
    }

    /// How the last attempt ended. `None` when there was none.
    ///
    /// # Errors
    /// When that cannot be read.
    pub fn last_attempt(&self) -> Result<Option<Attempt>, Unsound> {
        Ok(self.state()?.last)
    }

    /// When somebody last said that what is kept is what there is. `None` when nothing is.
    ///
    /// # Errors
    /// When that cannot be read.
    pub fn confirmed(&self) -> Result<Option<Timestamp>, Unsound> {
        Ok(self.counting()?.map(|good| good.confirmed))
    }

    /// The name of the folder with the parts that count. `None` when none do.
    pub fn name_of_parts(&self) -> Option<String> {
        let good = self.counting().ok()??;
        Some(self.parts(good.folder).file_name()?.to_string_lossy().into_owned())
    }

    /// Whether what is kept came with an edition that was taken back, and nothing stands for it.
    pub fn is_withdrawn(&self) -> bool {
        !self.editions.withdrawn.is_empty() && self.counting().is_ok_and(|good| good.is_none())
    }

    /// Whether what is kept came from another address than this.
    pub fn is_of_another(&self, address: &str) -> bool {
        let good = self.counting().ok().flatten();
        good.is_some_and(|good| good.address != digest(address.as_bytes()))
    }

    /// What to tell the server of this address, so that it sends only what is not here. Nothing, when what is here came
    /// from another address, in several parts, or is not whole: then all is wanted.
    pub fn known(&self, address: &str) -> Known {
        let known = || {
            let good = self.counting().ok()??;
            (good.parts.len() == 1 && good.address == digest(address.as_bytes())).then_some(())?;
            self.last_good().ok()??;
            Some(good.origin.known)
        };
        known().unwrap_or_default()
    }

    /// Whether these parts are those that are kept, byte for byte.
    pub fn is(&self, parts: &[Part]) -> bool {
        self.last_good().is_ok_and(|good| good.is_some_and(|good| good.parts == parts))
    }

    /// Notes how an attempt ended. What is kept stays as it is.
    ///
    /// # Errors
    /// When the disk does not take it; then what stood there stands.
    pub fn attempted(&self, now: Timestamp, ended: Ended) -> io::Result<()> {
        let mut state = self.state_or_none()?;
        self.settle(&mut state);
        if let (Some(good), Ended::Unchanged) = (&mut state.good, &ended) {
            good.confirmed = now;
        }
        state.last = Some(Attempt { at: now, ended });
        disk::make_folder(&self.folder)?;
        self.write(&state)?;
        // What a keeping that was killed left behind: nothing may pile up where nothing new comes for long.
        self.clear(&state);
        Ok(())
    }

    /// Writes down what counts for the editions, where nothing else says it: before they change.
    ///
    /// # Errors
    /// When the disk does not take it; then what stood there stands.
    pub fn agree(&self) -> io::Result<()> {
        let mut state = self.state_or_none()?;
        let before = (state.good.clone(), state.others.clone());
        self.settle(&mut state);
        if (&state.good, &state.others) != (&before.0, &before.1) {
            self.write(&state)?;
            self.clear(&state);
        }
        Ok(())
    }

    /// Lays these parts down beside what counts. They are nothing yet, and go with the next that are kept, unless they are
    /// offered.
    ///
    /// # Errors
    /// When the disk does not take them; then what was kept is kept.
    pub fn lay_down(&self, parts: &[Part]) -> io::Result<LaidDown> {
        disk::make_folder(&self.folder)?;
        let state = self.state_or_none()?;
        let folder = self.folders()?.into_iter().chain(state.folders()).max().unwrap_or(0).saturating_add(1);
        let written = self.write_parts(folder, parts);
        if written.is_err() {
            // Best effort: what lies about is cleared by the next one that is kept.
            let _ = fs::remove_dir_all(self.parts(folder));
        }
        Ok(LaidDown { folder, parts: written? })
    }

    /// Offers what was laid down for an edition that will be built of it: it counts when that stands. Returns the stamp by
    /// which it names them.
    ///
    /// # Errors
    /// When the disk does not take it; then what was kept is kept.
    pub fn offer(&self, now: Timestamp, address: &str, origin: &Origin, laid: &LaidDown) -> io::Result<String> {
        let mut state = self.state_or_none()?;
        // What was offered before, and did not come to stand, goes.
        self.settle(&mut state);
        let LaidDown { folder, parts } = laid.clone();
        let (address, origin) = (digest(address.as_bytes()), origin.clone());
        let good = Good { at: now, confirmed: now, address, origin, folder, parts };
        let stamp = good.stamp();
        state.others.retain(|other| other.stamp() != stamp);
        state.others.push(good);
        let written = self.write(&state);
        // Best effort, both ways.
        match &written {
            Ok(()) => self.clear(&state),
            Err(_) if self.state().is_ok_and(|state| state.folders().all(|kept| kept != folder)) => {
                let _ = fs::remove_dir_all(self.parts(folder));
            }
            Err(_) => {}
        }
        written.map(|()| stamp)
    }

    /// Has what was offered count, and notes that the attempt was a good one: the edition that is built of it stands.
    ///
    /// # Errors
    /// When the disk does not take it. The edition says it, too.
    pub fn accept(&self, now: Timestamp, stamp: &String) -> io::Result<()> {
        let mut state = self.state_or_none()?;
        // The newest of the same: that is the one that was offered.
        let all = state.good.take().into_iter().chain(std::mem::take(&mut state.others));
        let (mut same, others): (Vec<_>, Vec<_>) = all.partition(|good| good.stamp() == *stamp);
        same.sort_by_key(|good| good.folder);
        (state.good, state.others) = (same.pop(), others);
        state.settle(Some(stamp), &self.editions);
        state.last = Some(Attempt { at: now, ended: Ended::New });
        self.write(&state)?;
        self.clear(&state);
        Ok(())
    }

    /// Keeps these parts in place of what was kept.
    ///
    /// # Errors
    /// When the disk does not take them; then what was kept is kept.
    pub fn keep(&self, now: Timestamp, address: &str, origin: &Origin, parts: &[Part]) -> io::Result<()> {
        self.accept(now, &self.offer(now, address, origin, &self.lay_down(parts)?)?)
    }

    /// What counts.
    fn counting(&self) -> Result<Option<Good>, Unsound> {
        Ok(self.state()?.counting(&self.editions).cloned())
    }

    fn settle(&self, state: &mut State) {
        let stamp = state.counting(&self.editions).map(Good::stamp);
        state.settle(stamp.as_ref(), &self.editions);
    }

    fn state(&self) -> Result<State, Unsound> {
        let bytes = match read(&self.folder.join(STATE), LONGEST) {
            Ok(bytes) => bytes,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(State::default()),
            Err(fault) => return Err(fault.into()),
        };
        State::read(&bytes).map_err(|why| Unsound::Damaged(format!("{STATE}: {why}")))
    }

    /// The state, or none when it is damaged. One that only cannot be read now must not be written over.
    fn state_or_none(&self) -> io::Result<State> {
        match self.state() {
            Ok(state) => Ok(state),
            Err(Unsound::Damaged(_)) => Ok(State::default()),
            Err(Unsound::Disk(fault)) => Err(fault),
        }
    }

    fn part(&self, folder: u64, number: usize, listed: &Listed) -> Result<Part, Unsound> {
        let path = self.parts(folder).join(number.to_string());
        let damaged = |why: &str| Unsound::Damaged(format!("the part \"{}\" {why}", listed.name));
        let bytes = match read(&path, listed.bytes) {
            Ok(bytes) => bytes,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Err(damaged("is gone")),
            Err(fault) => return Err(fault.into()),
        };
        if digest(&bytes) == listed.sha256 {
            Ok(Part { name: listed.name.clone(), bytes })
        } else {
            Err(damaged("is not as it was"))
        }
    }

    fn write_parts(&self, folder: u64, parts: &[Part]) -> io::Result<Vec<Listed>> {
        let folder = self.parts(folder);
        fs::create_dir(&folder)?;
        let mut listed = Vec::new();
        for (number, Part { name, bytes }) in parts.iter().enumerate() {
            write(&folder.join(number.to_string()), bytes)?;
            listed.push(Listed { name: name.clone(), bytes: bytes.len() as u64, sha256: digest(bytes) });
        }
        File::open(&folder)?.sync_all()?;
        File::open(&self.folder)?.sync_all()?;
        Ok(listed)
    }

    fn write(&self, state: &State) -> io::Result<()> {
        let next = self.folder.join(NEXT);
        write(&next, &state.text()?)?;
        fs::rename(&next, self.folder.join(STATE))?;
        File::open(&self.folder)?.sync_all()
    }

    /// Removes all folders of parts that this state does not name.
    fn clear(&self, state: &State) {
        for folder in self.folders().unwrap_or_default() {
            if state.folders().all(|named| named != folder) {
                let _ = fs::remove_dir_all(self.parts(folder));
            }
        }
    }

    fn parts(&self, folder: u64) -> PathBuf {
        self.folder.join(format!("{PARTS}{folder:06}"))
    }

    /// The numbers of all folders of parts.
    fn folders(&self) -> io::Result<Vec<u64>> {
        let number = |name: &str| name.strip_prefix(PARTS)?.parse::<u64>().ok();
        let mut folders = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            folders.extend(entry?.file_name().to_str().and_then(number));
        }
        Ok(folders)
    }
}

/// The bytes of a file, of one more than `most` when it is longer.
fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
