//! Which bytes of each feed the editions were built of: an edition says it itself, so that whoever takes one back takes
//! back what the feeds said in it.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use index::shelf::{Edition, Manifest, RollBackError, Shelf};

use super::FEEDS;
use crate::fetch::kept::{Editions, Kept};
use crate::store::Store;

/// What the editions on a shelf were built of, by feed.
#[derive(Clone, Debug, Default)]
pub struct Built(BTreeMap<String, Editions>);

impl Built {
    /// What those on this shelf were built of.
    pub fn of(shelf: &Shelf) -> Self {
        let (editions, withdrawn) = (shelf.editions(), shelf.withdrawn());
        let newest = || editions.first().map(|edition| edition.manifest.clone());
        // Of one that is damaged the bytes are as good as before; of one that was taken back they are not.
        let standing = if withdrawn.is_empty() { shelf.last_put_up().or_else(newest) } else { newest() };
        let mut feeds: BTreeMap<String, Editions> = BTreeMap::new();
        for (feed, stamp) in standing.iter().flat_map(stamps) {
            feeds.entry(feed).or_default().standing = Some(stamp);
        }
        for (feed, stamp) in editions.iter().flat_map(|edition| stamps(&edition.manifest)) {
            feeds.entry(feed).or_default().earlier.insert(stamp);
        }
        for (feed, stamp) in withdrawn.iter().flat_map(|edition| stamps(&edition.manifest)) {
            let of = feeds.entry(feed).or_default();
            if of.standing.as_ref() != Some(&stamp) && !of.earlier.contains(&stamp) {
                of.withdrawn.insert(stamp);
            }
        }
        Self(feeds)
    }

    /// What is kept of a feed in the folder of what is kept, for these editions.
    pub(super) fn kept(&self, folder: &Path, feed: &str) -> Kept {
        Kept::at(folder.join(feed)).under(self.0.get(feed).cloned().unwrap_or_default())
    }

    /// Writes down, beside what is kept, what the edition that stands says of it, and lets go of what no edition was built
    /// of. Best effort: as long as that edition is there, it says it itself.
    pub fn agree(&self, kept: &Path) {
        for entry in std::fs::read_dir(kept).into_iter().flatten().flatten() {
            if let Ok(feed) = entry.file_name().into_string() {
                let _ = self.kept(kept, &feed).agree();
            }
        }
    }
}

/// The feeds of which bytes are kept, with their stamps.
fn stamps(manifest: &Manifest) -> impl Iterator<Item = (String, String)> + '_ {
    manifest.feeds.iter().filter_map(|(feed, source)| Some((feed.clone(), source.read_from.clone()?)))
}

/// Takes the newest edition in this data folder back, with what the feeds said in it: the one before it stands again.
///
/// # Errors
/// When there is none before, when a refresh is running, or when the folder cannot be changed.
pub fn roll_back(folder: &Path) -> Result<Edition, RollBackError> {
    let store = Store::at(folder.to_owned());
    let shelf = store.shelf();
    if !shelf.folder().exists() {
        return Err(io::Error::from(io::ErrorKind::NotFound).into());
    }
    // A refresh that has read what is kept must not put up an edition of it afterwards.
    let _turn = store.turn()?.ok_or(RollBackError::Busy)?;
    let edition = shelf.roll_back()?;
    Built::of(&shelf).agree(&folder.join(FEEDS));
    Ok(edition)
}
