//! What staff ask for behind their door, and what comes back. Data only: who carries it out may be another process.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use index::overrides::{Draft, What};
use index::record::{Beds, RecordId};
use index::schedule::Dates;
use jiff::Timestamp;
use jiff::civil::DateTime;
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
    /// Read the feeds and say what would change.
    Plan,
    /// Read the feeds and put up a new edition, with what staff decided of single feeds.
    Refresh(Decided),
    /// Stop the refresh that is running.
    Stop,
    /// Take the newest edition back.
    RollBack,
    /// Look for faults in the settings and the feeds file.
    Check,
    /// What was wrong in the feeds when they were read last?
    Complaints,
    /// What have staff changed by hand?
    Changes,
    /// Write all of this down or nothing of it, and put up an edition with it.
    Change(Vec<Saying>),
    /// Which places to live are there, and how many beds are free?
    Homes,
}

/// Something that staff say by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Saying {
    /// This, from one day to another.
    Say(Dates, What),
    /// Here is a listing of our own.
    Add(Draft),
    /// The override of this number, written then, holds no more.
    TakeBack(u32, Option<DateTime>),
}

/// What staff decided of single feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// These are believed, as long as they say what was looked at: so many listings.
    pub accepted: BTreeMap<String, u64>,
    /// These stay as they are.
    pub held: BTreeSet<String>,
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
    Stands(Box<Standing>),
    /// A refresh gets on.
    Step(Step),
    /// A refresh is over.
    Refreshed(Refreshed),
    /// The newest edition was taken back, and this one stands now; or why it was not.
    RolledBack(Result<Edition, Unchanged>),
    /// The faults, each with its file and line.
    Checked(Vec<String>),
    /// What was wrong in the feeds, in their order.
    Complaints(Found),
    /// What staff have changed by hand; or the faults of the file that holds it.
    Changes(Result<Changes, Vec<String>>),
    /// It is written down under these numbers, and an edition with it is on its way.
    Written(Vec<u32>),
    /// Nothing is written down, and why.
    Unwritten(Vec<String>),
    /// The places to live, those first whose beds were counted, then by name, and how many more there are; or why that
    /// cannot be told.
    Homes(Result<(Vec<Home>, u64), Vec<String>>),
    /// Whoever carries out errands is gone.
    Gone,
}

/// What was found wrong in the feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The edition in which it was, when that was taken back since.
    pub taken_back: Option<String>,
    /// Feed by feed.
    pub feeds: Vec<Complaints>,
}

/// What was wrong in a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaints {
    /// Its name.
    pub feed: String,
    /// A line for each of the first of them.
    pub notes: Vec<String>,
    /// So many more there are.
    pub more: u64,
}

/// What staff have changed by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The latest of it, first.
    pub latest: Vec<Change>,
    /// So much more there is.
    pub more: u64,
}

/// Something that staff have changed by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its number.
    pub number: u32,
    /// When it was written.
    pub written: Option<DateTime>,
    /// When it holds.
    pub dates: Dates,
    /// What it does. Of what was added, not the listing itself.
    pub what: What,
    /// What the listing is called that it is about or that was added; empty when that is gone.
    pub name: String,
}

/// A place to live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Its id.
    pub id: RecordId,
    /// What it is called.
    pub name: String,
    /// Its town.
    pub city: String,
    /// The free beds that are known.
    pub beds: Option<Beds>,
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
    /// The feeds that are read from outside.
    pub lately: BTreeMap<String, Lately>,
    /// Free and all bytes of the disk with the folder.
    pub disk: Option<[u64; 2]>,
}

/// How a feed has done lately.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lately {
    /// When it was read last.
    pub read: Option<Timestamp>,
    /// Why the last try failed, when it did.
    pub failed: Option<String>,
    /// Why what it said at the last try is held back, when it is: it waits for staff.
    pub held: Option<String>,
    /// When it is to be read next.
    pub due: Option<Timestamp>,
}

/// What a refresh tells on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// These feeds are read, one after another.
    Feeds(Vec<String>),
    /// This one is asked for now.
    Asking(String),
    /// So many bytes of it have come, of so many where that is known.
    Got(String, u64, Option<u64>),
    /// A feed was read: so many rows were seen.
    Read(String, u64),
    /// How far it is: a word of the command's.
    Phase(String),
    /// What a feed would change.
    Planned(Planned),
    /// A feed gave nothing; so many of its listings stay from the last edition.
    Kept(String, u64),
    /// A feed was held back, for this reason; so many listings of before stay.
    Held(String, String, u64),
    /// Something about a feed that staff should know.
    Note(String, String),
    /// So many more notes, which are only counted.
    MoreNotes(u64),
}

/// What a feed would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Its name.
    pub feed: String,
    /// How many listings it had and has.
    pub sizes: [u64; 2],
    /// How many are new, changed and gone.
    pub counts: [u64; 3],
    /// Why it would be held back.
    pub doubt: Option<String>,
    /// Some of the new ones, by name.
    pub added: Vec<String>,
    /// Some of the changed ones: the name, and a line for each field.
    pub changed: Vec<(String, Vec<String>)>,
    /// Some of those that are gone, by name.
    pub removed: Vec<String>,
}

/// How a refresh ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refreshed {
    /// A new edition stands.
    Done(String, Vec<Account>),
    /// It was only looked at what would change.
    Planned,
    /// All that was read is held back, and waits for staff; nothing has changed.
    Waits,
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
    /// Nobody is there any more who could say.
    Unknown,
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

/// Tells what comes of an errand, in steps where it takes long. Runs beside the loop.
pub type Hearing = Box<dyn FnOnce(&dyn Fn(News)) + Send>;

/// Who carries out errands, beside the loop.
pub trait Office: Send + Sync {
    /// Carries out an errand and tells what comes of it. Behind the door, only after the right PIN.
    fn carry_out(&self, errand: Errand, tell: &dyn Fn(News));

    /// Hands an errand over before anything else happens, so that whoever goes right after it has said it.
    fn hand_over(self: Arc<Self>, errand: Errand) -> Hearing
    where
        Self: 'static,
    {
        Box::new(move |tell| self.carry_out(errand, tell))
    }

    /// The visit is over: the door is shut again.
    fn close(&self);
}
