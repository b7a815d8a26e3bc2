//! Where the directory comes from: the newest sound edition, or the starter pack, built in memory.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use index::disk;
use index::feed::{self, Feed, Form, Part};
use index::generation::{BuildError, Generation};
use index::merge::merge;
use index::shelf::{Edition, Shelf};
use index::vocabulary::Vocabulary;

/// The built-in feeds: name and text, in Porchlight's own form.
pub const BUILT_IN: [(&str, &str); 6] = [
    ("national", include_str!("../config/starter/national.toml")),
    ("publications", include_str!("../config/starter/publications.toml")),
    ("guide", include_str!("../config/starter/guide.toml")),
    ("glossary", include_str!("../config/starter/glossary.toml")),
    ("sample", include_str!("../config/starter/sample.toml")),
    (UNCONFIRMED, include_str!("../config/starter/unconfirmed.toml")),
];

/// The part that nobody could confirm. It is off until a feeds file names it.
const UNCONFIRMED: &str = "unconfirmed";

/// The starter pack, built in memory: what the kiosk shows until a center has an edition of its own, and whenever
/// none is sound.
///
/// # Errors
/// When the index library fails, in memory and on texts of ours: only a broken machine does that.
pub fn starter(vocabulary: &Vocabulary) -> Result<Generation, BuildError> {
    let harvests = BUILT_IN
        .iter()
        .filter(|(name, _)| *name != UNCONFIRMED)
        .map(|(name, text)| {
            let feed = Feed { name: (*name).to_owned(), ..Feed::default() };
            feed::read(Form::Porchlight, &feed, &[Part { name, bytes: text.as_bytes() }], vocabulary)
        })
        .collect();
    let records = merge(harvests).records;
    Generation::in_memory(&records, vocabulary)
}

/// The folder of a kiosk's editions.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

/// A directory, open for questions.
pub struct Directory {
    /// The edition that it is; `None` for the starter pack.
    pub edition: Option<Edition>,
    /// What answers.
    pub generation: Generation,
}

/// The right to put up editions. Ends when it is dropped, and with the process.
#[derive(Debug)]
pub struct Turn {
    _held: File,
}

impl Store {
    /// The store in this folder. Nothing is opened or made yet.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The shelf of editions.
    pub fn shelf(&self) -> Shelf {
        Shelf::at(&self.folder)
    }

    /// The newest sound edition.
    pub fn standing(&self) -> Option<(Edition, Generation)> {
        self.shelf().newest_sound()
    }

    /// What visitors see: the newest sound edition, or the starter pack.
    ///
    /// # Errors
    /// When there is no edition and the starter pack cannot be built either.
    pub fn open(&self, vocabulary: &Vocabulary) -> Result<Directory, BuildError> {
        match self.standing() {
            Some((edition, generation)) => Ok(Directory { edition: Some(edition), generation }),
            None => Ok(Directory { edition: None, generation: starter(vocabulary)? }),
        }
    }

    /// Asks for the turn to put up an edition, without waiting. `None` when another process has it.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn turn(&self) -> io::Result<Option<Turn>> {
        let held = self.lock()?;
        match held.try_lock() {
            Ok(()) => Ok(Some(Turn { _held: held })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(fault)) => Err(fault),
        }
    }

    /// Asks for the turn, and waits for it at most so long. `None` when another process has it even then.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn turn_within(&self, most: Duration) -> io::Result<Option<Turn>> {
        let held = self.lock()?;
        let (tell, told) = channel();
        // Waiting for a lock has no end of its own. Who comes too late finds nobody, and lets go of it at once.
        thread::spawn(move || {
            let turn = held.lock().map(|()| Turn { _held: held });
            let _ = tell.send(turn);
        });
        told.recv_timeout(most).ok().transpose()
    }

    fn lock(&self) -> io::Result<File> {
        disk::make_folder(&self.folder)?;
        File::options().create(true).truncate(false).write(true).open(self.folder.join("refresh.lock"))
    }
}

/// The bytes of a file; one more than `most` when it is longer.
///
/// # Errors
/// When it is not there, may not be read, or is no file (a folder, a pipe that would make us wait).
pub fn bytes(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Puts bytes in the place of a file: it holds the old ones or the new ones, whatever happens meanwhile. Whoever may not
/// read the old ones may not read the new ones.
///
/// # Errors
/// When the disk does not take them; then the old ones stay.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    disk::make_folder(folder)?;
    let mut next = path.as_os_str().to_owned();
    next.push(".next");
    let mut file = File::create(&next)?;
    only_for_us(&file)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&next, path)?;
    File::open(folder)?.sync_all()
}

/// Has a file be read by this user alone.
///
/// # Errors
/// When the system refuses.
pub fn only_for_us(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

/// Free and all bytes of the disk that holds a folder, as far as this user may fill it. `None` when the system does not
/// say, or the folder is not there yet.
pub fn room(folder: &Path) -> Option<[u64; 2]> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some([disk.f_bavail, disk.f_blocks].map(|blocks| blocks.saturating_mul(disk.f_frsize)))
}

/// An error of the system in plain words, without its number.
pub fn plain(fault: &io::Error) -> String {
    match fault.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not do that".to_owned(),
        _ => without_number(&fault.to_string()),
    }
}

/// What the system said, up to the number that it gives it.
pub fn without_number(said: &str) -> String {
    said.split(" (os error").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_turn_comes_when_the_other_has_done_and_not_before() {
        let home = tempfile::tempdir().unwrap();
        let store = Store::at(home.path().join("data"));
        let turn = store.turn().unwrap().expect("nobody has it");
        assert!(store.turn().unwrap().is_none());
        assert!(store.turn_within(Duration::ZERO).unwrap().is_none());
        let waits = thread::spawn({
            let store = store.clone();
            move || store.turn_within(Duration::from_secs(600)).unwrap().is_some()
        });
        drop(turn);
        assert!(waits.join().unwrap());
        // Who waited in vain does not keep it.
        assert!(store.turn_within(Duration::from_secs(600)).unwrap().is_some());
    }
}
