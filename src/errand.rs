//! What staff ask for behind their door, and what comes back. Data only: who carries it out may be another process.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::pin::Pin;

/// Something that staff ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Errand {
    /// How long does the door wait before it looks at a PIN?
    Knock,
    /// Open to this PIN.
    Try(Pin),
    /// How does it stand with the directory?
    Look,
    /// Read the feeds and put up a new edition.
    Refresh,
    /// Stop the refresh that is running.
    Stop,
    /// Take the newest edition back.
    RollBack,
    /// Look for faults in the settings and the feeds file.
    Check,
}

/// What comes back from an errand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// The door is open.
    Right,
    /// That was not the PIN; the next one is looked at after so long.
    Wrong(Duration),
    /// The door looks at a PIN after so long.
    Wait(Duration),
    /// How it stands.
    Stands(Standing),
    /// A refresh gets on.
    Step(Step),
    /// A refresh is over.
    Refreshed(Refreshed),
    /// The newest edition was taken back, and this one stands now; or why it was not.
    RolledBack(Result<Edition, Unchanged>),
    /// The faults, each with its file and line.
    Checked(Vec<String>),
    /// Whoever carries out errands is gone.
    Gone,
}

/// An edition of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its name.
    pub name: String,
    /// When it was put up.
    pub put_up: Timestamp,
}

/// How it stands with the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The newest sound edition; `None` while visitors see the starter pack.
    pub edition: Option<Edition>,
    /// The folder of the editions.
    pub folder: String,
    /// The file that names the feeds; `None` when there is none of one's own.
    pub feeds_file: Option<String>,
    /// All listings.
    pub records: u64,
    /// By kind, in the order of `Kind::ALL`.
    pub kinds: [u64; 6],
    /// By feed.
    pub feeds: BTreeMap<String, u64>,
}

/// What a refresh tells on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// A feed was read: so many rows were seen.
    Read(String, u64),
    /// A feed gave nothing; so many of its listings stay from the last edition.
    Kept(String, u64),
    /// Something about a feed that staff should know.
    Note(String, String),
    /// So many more notes, which are only counted.
    MoreNotes(u64),
}

/// How a refresh ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refreshed {
    /// A new edition stands.
    Done(String, Vec<Account>),
    /// No file of feeds is set.
    NoFeeds,
    /// Another refresh is running.
    Busy,
    /// Staff stopped it; nothing has changed.
    Stopped,
    /// The files have faults; nothing has changed.
    Faults(Vec<String>),
    /// It failed, and said so; nothing has changed.
    Failed(String),
}

/// What became of the rows of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// Rows seen.
    pub rows: u64,
    /// Listings that stand in the new edition.
    pub records: u64,
    /// Rows that became one listing with another.
    pub joined: u64,
    /// Rows that could not be used.
    pub dropped: u64,
}

/// Why the newest edition still stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unchanged {
    /// A refresh is running.
    Busy,
    /// There is none before it.
    NothingBefore,
    /// The folder cannot be changed: what the system says.
    Disk(String),
}

/// Who carries out errands, beside the loop.
pub trait Office: Send + Sync {
    /// Carries out an errand and tells what comes of it, in steps where it takes long. Behind the door, only after the
    /// right PIN.
    fn carry_out(&self, errand: Errand, tell: &dyn Fn(News));

    /// The visit is over: the door is shut again.
    fn close(&self);
}
