//! The glass confines itself: what it will never need, it gives up before the first key, whoever started it and however.
//!
//! Whoever took the glass over by a flaw of ours would find a process that can compute, draw on the one terminal it
//! was given, and read one folder for as long as the directory is being opened; after that it opens nothing at all. The
//! kernel keeps it so, not we. A refused call comes back as an error (EPERM), so that a fault of ours stays a fault.
//!
//! * **Landlock** (files, the network, signals) binds the calling thread and the threads it starts later. So
//!   [`glass`] is called while the process has one thread; everything that runs beside the loop inherits it.
//! * **seccomp** (system calls) is a list of what is allowed; see `confine/calls.rs` for the list and the reasons. It is put on
//!   every thread at once, and each new one inherits it.
//! * Opening the directory happens beside the loop, after [`glass`] and within its bounds. [`seal`] then gives up the
//!   opening of files, on all threads.
//! * Nothing here fails: where a kernel offers less, the kiosk stands all the same, and `porchlight doctor` says so.

use std::path::Path;

mod calls;
mod files;
#[cfg(test)]
mod tests;

/// How far a bound holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// As far as we ask.
    Whole,
    /// As far as this kernel offers it.
    Part(String),
    /// Not at all, and why.
    None(String),
}

/// What holds after [`glass`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confined {
    /// Landlock.
    pub files: Bound,
    /// seccomp.
    pub calls: Bound,
}

/// Gives up whatever the glass does not need, for ever. `folder` is where the editions are, the one place that can
/// still be read. To be called once the terminal is open and while there is one thread.
pub fn glass(folder: &Path) -> Confined {
    // Files first: what the second bound allows no longer includes setting the first.
    Confined { files: files::bind(&[folder]), calls: calls::bind() }
}

/// The directory is open: from now on no file is, on any thread.
pub fn seal() -> Bound {
    calls::seal()
}

/// What this kernel has of Landlock, found out by a thread that binds itself and ends.
pub fn landlock() -> Bound {
    std::thread::spawn(|| files::bind(&[])).join().unwrap_or_else(|_| Bound::None("it could not be tried".to_owned()))
}
