//! Folders that are there after a power cut too.
//!
//! A name reaches the disk when the folder in which it stands is written through, and not before: neither with the
//! bytes of its file, nor with what stands in the folder that it names. Whoever says that something is kept makes folders
//! here.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

#[cfg(test)]
mod tests;

/// Makes a folder, and all above it that are missing. What is new has reached the disk under its name.
///
/// # Errors
/// When the disk does not take it, or something else has its name.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    // The root, and where the program looks from, are there.
    let Some(above) = folder.parent() else { return Ok(()) };
    let is_new = match make(folder) {
        Err(fault) if fault.kind() == ErrorKind::NotFound => {
            make_folder(above)?;
            make(folder)?
        }
        made => made?,
    };
    if is_new {
        let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        File::open(above)?.sync_all()?;
    }
    Ok(())
}

/// Whether a folder was made; not, where there is one.
fn make(folder: &Path) -> io::Result<bool> {
    match fs::create_dir(folder) {
        Err(_) if folder.is_dir() => Ok(false),
        made => made.map(|()| true),
    }
}

/// Has all of a folder reach the disk: every file in it, every name, and the same of the folders in it.
///
/// # Errors
/// When the disk does not take it.
pub fn write_through(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            write_through(&path)?;
        } else {
            File::open(path)?.sync_all()?;
        }
    }
    File::open(folder)?.sync_all()
}
