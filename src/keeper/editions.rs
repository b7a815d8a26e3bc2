//! Whether another edition is the newest now. Only names of folders are read.

use std::future::pending;
use std::io;

use index::shelf::Shelf;
use rustix::fs::inotify::{CreateFlags, WatchFlags, add_watch, init};
use tokio::net::unix::pipe::Receiver;

use crate::log::Name;

/// The shelf, and what stood on it.
#[derive(Debug)]
pub(super) struct Editions {
    shelf: Shelf,
    newest: Option<String>,
    /// Called a pipe, as the terminal is: tokio waits for any opened file that can be waited for.
    watch: Option<Receiver>,
}

impl Editions {
    /// The shelf as it is now. Needs a running tokio.
    pub(super) fn watch(shelf: Shelf) -> Self {
        let watch = init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)
            .map_err(io::Error::from)
            .and_then(Receiver::from_owned_fd_unchecked);
        let newest = shelf.newest_name();
        let editions = Self { shelf, newest, watch: watch.ok() };
        editions.follow();
        editions
    }

    /// Waits until something changes among the names. May be dropped while it waits.
    pub(super) async fn changed(&self) {
        let Some(watch) = &self.watch else { return pending().await };
        // What is told does not matter: the names are read anew.
        let mut told = [0; 4096];
        loop {
            if watch.readable().await.is_err() {
                return pending().await;
            }
            if watch.try_read(&mut told).is_ok() {
                return;
            }
        }
    }

    /// Whether the newest edition is another one than when this was asked last.
    pub(super) fn is_another(&mut self) -> bool {
        self.follow();
        let newest = self.shelf.newest_name();
        let another = self.newest != newest;
        self.newest = newest;
        another
    }

    /// The newest one's name, for the log.
    pub(super) fn newest(&self) -> Option<Name> {
        Name::of_newest(&self.shelf)
    }

    /// Watches the folder of the editions, or until there is one, the folder in which it will be. To watch a folder
    /// once more changes nothing.
    fn follow(&self) {
        let Some(watch) = &self.watch else { return };
        let names = WatchFlags::CREATE | WatchFlags::MOVE | WatchFlags::DELETE | WatchFlags::ONLYDIR;
        if add_watch(watch, self.shelf.folder(), names).is_err()
            && let Some(above) = self.shelf.folder().parent()
        {
            let _ = add_watch(watch, above, names);
        }
    }
}
