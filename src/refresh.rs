//! From the feeds file to a new edition: gets and reads every feed, keeps what a failed one said last, and puts up.
//!
//! A feed of garbage, a server that is gone, or a list that has changed beyond belief costs itself alone: what it said
//! when it was last accepted stays. The bytes of that are kept ([`Kept`]), so that it can be read again without a network,
//! by a newer program too. When not one feed gives a record, nothing is put up and the standing edition stays as it is.
//!
//! A feed's new bytes are on the disk before the edition that is built of them stands ([`Kept::lay_down`], [`Kept::offer`]), and count from
//! the moment at which it does, because the edition says of which bytes it was built ([`Built`]). Whatever interrupts a
//! refresh, the next one starts from what the edition that stands was built of; so does the one after a roll back. What was
//! found wrong is kept when it stands ([`complaints()`]), and from when each feed was read last follows when it is due
//! again ([`lately()`]).

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::iter;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use index::beside::beside;
use index::feed::{Complaint, Harvest};
use index::generation::Generation;
use index::merge::{Merged, merge};
use index::overrides::{self, Overrides};
use index::plan::{Doubt, Limits};
use index::record::{Credit, Record};
use index::vocabulary::Vocabulary;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::config::FeedsFile;
use crate::fetch::kept::{Ended, Kept, LaidDown, Origin};
use crate::fetch::{Part, Rules};

mod built;
mod complaints;
mod lately;
mod obtain;
mod step;
mod weigh;

pub use built::{Built, roll_back};
pub use complaints::{Complaints, Found, Note, complaints, keep_complaints};
pub use lately::{Lately, lately};
pub use step::{Phase, Step};

/// The folder of what is kept of the feeds, beside the editions.
pub const FEEDS: &str = "feeds";

/// The account of one feed: `rows = records + joined + dropped`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// Rows seen.
    pub rows: usize,
    /// Records that stand in the new edition.
    pub records: usize,
    /// Rows that became one record with another.
    pub joined: usize,
    /// Rows that could not be used.
    pub dropped: usize,
    /// How many complaints there are.
    pub complaints: usize,
}

/// What all feeds together say.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The records of the new edition.
    pub records: Vec<Record>,
    /// The account of each feed, in the order of the file.
    pub accounts: Vec<Account>,
    /// How many records were read today; the others were kept, or were not asked for.
    pub fresh: usize,
    /// The feeds of which records were kept, and how many: they gave nothing.
    pub kept: BTreeMap<String, usize>,
    /// The feeds that were held back, and why: what they say cannot be believed.
    pub held: BTreeMap<String, Doubt>,
    /// The records that staff have corrected, as their sources have them.
    pub originals: Vec<Record>,
    /// The numbers of the overrides that speak of something that is not there.
    pub gone: Vec<u32>,
    /// What was found wrong.
    pub complaints: Vec<Complaint>,
    /// When each feed was last read and believed; nothing for the built-in ones.
    pub read: BTreeMap<String, Timestamp>,
    /// What each feed was read from, of what is kept of it.
    pub stamps: BTreeMap<String, String>,
    /// What became of each feed, to be noted when the edition stands.
    attempts: Vec<Attempt>,
}

/// What became of a feed.
#[derive(Debug)]
struct Attempt {
    feed: String,
    kept: Kept,
    address: String,
    how: How,
}

impl Attempt {
    /// Offers what the feed says for the edition that will be built of it. Nothing where it says nothing new, or that could
    /// not be laid down.
    fn offer(&self, now: Timestamp) -> Option<io::Result<String>> {
        let How::Took(Took { origin, laid: Some(laid), .. }) = &self.how else { return None };
        Some(self.kept.offer(now, &self.address, origin, laid))
    }
}

#[derive(Debug)]
enum How {
    Took(Took),
    /// What it took is kept under this stamp, for the edition that is being built.
    Offered(String),
    Otherwise(Ended),
}

/// What a feed says now.
#[derive(Debug)]
struct Took {
    parts: Vec<Part>,
    origin: Origin,
    /// Where it lies on the disk already, if it does.
    laid: Option<LaidDown>,
}

/// What a refresh stands on.
pub struct Ground<'a> {
    /// The folder from which the files are named.
    pub folder: &'a Path,
    /// The folder of what is kept of the feeds.
    pub kept: &'a Path,
    /// What the editions were built of.
    pub built: &'a Built,
    /// Keep what the feeds say, for the edition that will be built of it.
    pub keeps: bool,
    /// Read what is kept, and ask nobody.
    pub offline: bool,
    /// What asking a server may take.
    pub rules: &'a Rules,
    /// Ask only these feeds, and read what is kept of the others; `None`: ask all.
    pub due: Option<&'a BTreeSet<String>>,
    /// The moment.
    pub now: Timestamp,
    /// What visitors see now.
    pub standing: Option<&'a Generation>,
    /// What of it staff have corrected, as its sources had it.
    pub originals: &'a [Record],
    /// The words of the field.
    pub vocabulary: &'a Vocabulary,
    /// Today: nothing was confirmed later than that.
    pub today: Date,
    /// The zone of the clock on the wall.
    pub zone: TimeZone,
    /// How much a feed may change.
    pub limits: Limits,
    /// Feeds that staff have looked at: what they say counts, whatever it is, or as long as they list that many.
    pub accepted: &'a BTreeMap<String, Option<usize>>,
    /// Feeds that staff want to stay as they are.
    pub held: &'a BTreeSet<String>,
    /// What staff have corrected by hand.
    pub overrides: &'a Overrides,
    /// Set when staff want it to end.
    pub stop: Arc<AtomicBool>,
}

impl Ground<'_> {
    fn is_due(&self, feed: &str) -> bool {
        self.due.is_none_or(|due| due.contains(feed))
    }
}

/// Reads all feeds, and tells what it finds on the way.
pub fn gather(feeds: &FeedsFile, ground: &Ground<'_>, tell: &mut impl FnMut(Step)) -> Gathered {
    let mut gathered = Gathered::default();
    tell(Step::Phase(Phase::Reading));
    let harvests: Vec<Harvest> = feeds.feeds.iter().map(|listed| gathered.take(listed, ground, tell)).collect();
    tell(Step::Phase(Phase::Merging));
    let attempts = std::mem::take(&mut gathered.attempts);
    let offer = || attempts.iter().map(|attempt| attempt.offer(ground.now)).collect::<Vec<_>>();
    // The disk has its own pace.
    let (offered, merged) = beside("offering", offer, || gathered.merge(harvests, ground));
    gathered.attempts = attempts;
    gathered.offered(offered.unwrap_or_default());
    for complaint in &merged.complaints {
        tell(Step::Complaint(complaint.clone()));
    }
    let counted = Record::by_feed(&merged.records).map(|(feed, records)| (feed, records.len()));
    let counted: BTreeMap<&str, usize> = counted.collect();
    for account in &mut gathered.accounts {
        let of_feed = merged.complaints.iter().filter(|complaint| complaint.feed == account.name);
        account.complaints = of_feed.map(|complaint| complaint.stands_for).sum();
        // What stayed from before was not read today, and is not counted as if it were.
        if !gathered.kept.contains_key(&account.name) && !gathered.held.contains_key(&account.name) {
            account.records = counted.get(account.name.as_str()).copied().unwrap_or_default();
            account.joined = merged.joined.get(&account.name).copied().unwrap_or(account.joined);
            gathered.fresh += if ground.is_due(&account.name) { account.records } else { 0 };
        }
    }
    gathered.records = merged.records;
    gathered.complaints = merged.complaints;
    gathered
}

impl Gathered {
    /// Makes one directory of what all feeds say, with what staff say of it.
    fn merge(&mut self, mut harvests: Vec<Harvest>, ground: &Ground<'_>) -> Merged {
        let timezone = ground.zone.iana_name();
        harvests.push(ground.overrides.added(timezone, ground.vocabulary));
        let mut merged = merge(harvests);
        let corrected = overrides::Ground { leaders: &merged.leaders, timezone };
        self.originals = ground.overrides.originals(&merged.records, &corrected);
        let (records, complaints) = ground.overrides.apply(std::mem::take(&mut merged.records), &corrected);
        merged.records = records;
        self.gone = ground.overrides.gone(&merged.records, &corrected);
        merged.complaints.extend(complaints);
        let day = |read: &Timestamp| read.to_zoned(ground.zone.clone()).date();
        let read: BTreeMap<&str, Date> = self.read.iter().map(|(feed, read)| (feed.as_str(), day(read))).collect();
        let mut dated: Option<(Arc<Credit>, Arc<Credit>)> = None;
        for record in &mut merged.records {
            // A date of confirmation that lies ahead is a slip of the feed; it must not make a listing look fresh.
            record.checked = record.checked.filter(|checked| *checked <= ground.today);
            // Nearly all of a feed share one credit, and go on sharing it.
            record.credit = match &dated {
                Some((before, after)) if Arc::ptr_eq(before, &record.credit) => Arc::clone(after),
                _ => {
                    let read = read.get(record.id.feed()).copied();
                    let after = Arc::new(Credit { read, ..Credit::clone(&record.credit) });
                    dated = Some((std::mem::replace(&mut record.credit, Arc::clone(&after)), Arc::clone(&after)));
                    after
                }
            };
        }
        merged
    }

    /// Takes note of what of the feeds is kept beside what they said before, for the edition that will be built of it.
    fn offered(&mut self, offered: Vec<Option<io::Result<String>>>) {
        let offered = offered.into_iter().chain(iter::repeat_with(|| None));
        for (Attempt { feed, how, .. }, offered) in self.attempts.iter_mut().zip(offered) {
            match offered {
                Some(Ok(stamp)) => {
                    self.stamps.insert(feed.clone(), stamp.clone());
                    *how = How::Offered(stamp);
                }
                // Where that fails, it is tried once more when the edition stands, and told.
                _ if matches!(how, How::Took(..)) => _ = self.stamps.remove(feed),
                _ => {}
            }
        }
    }

    /// Whether every feed that was asked was read, and is held back.
    pub fn only_waits(&self) -> bool {
        let is_held = |attempt: &Attempt| matches!(attempt.how, How::Otherwise(Ended::Held(_)));
        !self.attempts.is_empty() && self.attempts.iter().all(is_held)
    }

    /// Notes what became of the feeds, now that the edition stands or there is nothing to put up; and keeps what they
    /// said, for the next time.
    ///
    /// # Errors
    /// The feeds of which that could not be written: the next refresh weighs them against what they said before.
    pub fn settle(&self, now: Timestamp) -> Vec<std::io::Error> {
        let noted = self.attempts.iter().map(|Attempt { kept, address, how, .. }| match how {
            How::Took(Took { parts, origin, .. }) => kept.keep(now, address, origin, parts),
            How::Offered(stamp) => kept.accept(now, stamp),
            How::Otherwise(ended) => kept.attempted(now, ended.clone()),
        });
        noted.filter_map(Result::err).collect()
    }
}
