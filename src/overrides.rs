//! The file of what staff correct by hand, in the data folder: read, and written whole or not at all.
//!
//! One writes at a time. What stood before is kept beside it, and stands in when the file cannot be understood: a slip
//! of whoever edited it must not bring back a listing that was hidden. What is read is never lost by writing.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use index::disk;
use index::overrides::Overrides;
use index::strict::{self, Fault};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

use crate::store;

/// The file.
pub const FILE: &str = "overrides.toml";
/// What stood in it before the last change.
pub const BEFORE: &str = "overrides.toml.before";
const LOCK: &str = "overrides.lock";

/// The file of a data folder.
#[derive(Clone, Debug)]
pub struct Book {
    folder: PathBuf,
}

/// The right to change it. Ends when it is dropped, and with the process.
#[derive(Debug)]
pub struct Pen {
    folder: PathBuf,
    _held: File,
}

impl Book {
    /// The file in this folder. Nothing is opened or made yet.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// What stands in it; nothing, when there is none.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn read(&self) -> Result<Overrides, Vec<Fault>> {
        read(&self.folder.join(FILE)).map(Option::unwrap_or_default)
    }

    /// What holds in any case: what stands in it, else what stood in it before. The faults are handed over beside.
    pub fn read_anyway(&self) -> (Overrides, Vec<Fault>) {
        let faults = match read(&self.folder.join(FILE)) {
            Ok(overrides) => return (overrides.unwrap_or_default(), Vec::new()),
            Err(faults) => faults,
        };
        let before = read(&self.folder.join(BEFORE)).ok().flatten();
        (before.unwrap_or_default(), faults)
    }

    /// Asks for the pen, without waiting. `None` when another process has it.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn pen(&self) -> io::Result<Option<Pen>> {
        disk::make_folder(&self.folder)?;
        let held = File::options().create(true).truncate(false).write(true).open(self.folder.join(LOCK))?;
        match held.try_lock() {
            Ok(()) => Ok(Some(Pen { folder: self.folder.clone(), _held: held })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(fault)) => Err(fault),
        }
    }
}

/// The clock on the wall at a moment, to the second: when something was written down.
pub fn wall(now: Timestamp, zone: &TimeZone) -> DateTime {
    let wall = now.to_zoned(zone.clone()).datetime();
    wall.round(Unit::Second).unwrap_or(wall)
}

impl Pen {
    /// Writes the file anew. What stands in it, if it is whole, is what stood before from now on.
    ///
    /// # Errors
    /// When the disk would not take it; then the file stands as it stood.
    pub fn write(&self, overrides: &Overrides) -> io::Result<()> {
        let file = self.folder.join(FILE);
        if let Ok(Some(_)) = read(&file) {
            self.put(BEFORE, &fs::read(&file)?)?;
        }
        self.put(FILE, overrides.to_toml().as_bytes())
    }

    /// A file whole or not at all, also when the power fails.
    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let next = self.folder.join(format!(".{name}.next"));
        let mut file = File::create(&next)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(next, self.folder.join(name))?;
        File::open(&self.folder)?.sync_all()
    }
}

/// Nothing when there is no such file.
fn read(path: &Path) -> Result<Option<Overrides>, Vec<Fault>> {
    let name = path.display().to_string();
    let bytes = match store::bytes(path, strict::MOST_BYTES) {
        Ok(bytes) => bytes,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(fault) => {
            return Err(vec![Fault::new(&name, 1, format!("the file cannot be read: {}", store::plain(&fault)))]);
        }
    };
    let text = strict::decode(&name, &bytes).map_err(|fault| vec![fault])?;
    Overrides::read(&name, text).map(Some)
}
