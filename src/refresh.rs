//! From the feeds file to a new edition: gets and reads every feed, keeps what a failed one said last, and puts up.
//!
//! A feed of garbage, a server that is gone, or a list that has changed beyond belief costs itself alone: what it said
//! when it was last accepted stays. The bytes of that are kept ([`Kept`]), so that it can be read again without a network,
//! by a newer program too. When not one feed gives a record, nothing is put up and the standing edition stays as it is.
//!
//! A feed's new bytes are on the disk before the edition that is built of them stands ([`Gathered::offer`]), and count from
//! the moment at which it does, because the edition says of which bytes it was built ([`Built`]). Whatever interrupts a
//! refresh, the next one starts from what the edition that stands was built of; so does the one after a roll back. What was
//! found wrong is kept when it stands ([`complaints()`]), and from when each feed was read last follows when it is due
//! again ([`lately()`]).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use index::feed::{self, Complaint, Harvest};
use index::generation::Generation;
use index::merge::merge;
use index::overrides::{self, Overrides};
use index::plan::{Doubt, Earlier, Limits, Plan};
use index::record::Record;
use index::shelf::Stage;
use index::vocabulary::Vocabulary;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::config::{FeedsFile, Listed, Source};
use crate::fetch::kept::{Ended, Kept, Origin, Parts};
use crate::fetch::{Got, Part};

mod built;
mod complaints;
mod lately;
mod obtain;

pub use built::{Built, roll_back};
pub use complaints::{Complaints, Note, complaints, keep_complaints};
pub use lately::{Lately, lately};
use obtain::{Obtained, obtain};

/// The folder of what is kept of the feeds, beside the editions.
pub const FEEDS: &str = "feeds";

/// What a refresh tells on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// These feeds are read, in this order.
    Feeds(Vec<String>),
    /// A feed from outside is being got now.
    Asking {
        /// Its name.
        feed: String,
    },
    /// So much of it came over the network.
    Got {
        /// Its name.
        feed: String,
        /// How much.
        got: Got,
    },
    /// A feed was read: so many rows were seen.
    Read {
        /// Its name.
        feed: String,
        /// How many.
        rows: usize,
    },
    /// What a feed would change.
    Planned {
        /// Its name.
        feed: String,
        /// What would change.
        plan: Plan,
        /// Why it is held back, when it is.
        doubt: Option<Doubt>,
    },
    /// Something that staff should know.
    Complaint(Complaint),
    /// How far it is.
    Phase(Phase),
    /// A feed gave nothing today; so many records of the standing edition stand in for it.
    Kept {
        /// Its name.
        feed: String,
        /// How many.
        records: usize,
    },
    /// What a feed says cannot be believed, and was not accepted; so many records of before stay.
    Held {
        /// Its name.
        feed: String,
        /// Why.
        doubt: Doubt,
        /// How many.
        records: usize,
    },
}

/// How far a refresh is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// One feed after another is asked for and read.
    Reading,
    /// All feeds become one directory.
    Merging,
    /// The index is built.
    Building,
    /// What was built is tried.
    Trying,
    /// It is written through to the disk.
    Writing,
    /// It is put up.
    Standing,
    /// What the feeds said is kept for the next time.
    Keeping,
}

impl Phase {
    /// All of them, in order.
    pub const ALL: [Self; 7] =
        [Self::Reading, Self::Merging, Self::Building, Self::Trying, Self::Writing, Self::Standing, Self::Keeping];

    /// Its word, for machines and for a bar.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Merging => "merging",
            Self::Building => "building",
            Self::Trying => "trying",
            Self::Writing => "writing",
            Self::Standing => "standing",
            Self::Keeping => "keeping",
        }
    }
}

impl From<Stage> for Phase {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Building => Self::Building,
            Stage::Trying => Self::Trying,
            Stage::Writing => Self::Writing,
            Stage::Standing => Self::Standing,
        }
    }
}

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

#[derive(Debug)]
enum How {
    Took(Vec<Part>, Origin),
    /// What it took is kept under this stamp, for the edition that is being built.
    Offered(String),
    Otherwise(Ended),
}

/// What a refresh stands on.
pub struct Ground<'a> {
    /// The folder from which the files are named.
    pub folder: &'a Path,
    /// The folder of what is kept of the feeds.
    pub kept: &'a Path,
    /// What the editions were built of.
    pub built: &'a Built,
    /// Read what is kept, and ask nobody.
    pub offline: bool,
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
    /// Feeds that staff have looked at: what they say counts, whatever it is.
    pub accepted: &'a BTreeSet<String>,
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
    let mut harvests: Vec<Harvest> = feeds.feeds.iter().map(|listed| gathered.take(listed, ground, tell)).collect();
    tell(Step::Phase(Phase::Merging));
    let timezone = ground.zone.iana_name();
    harvests.push(ground.overrides.added(timezone, ground.vocabulary));
    let mut merged = merge(harvests);
    let corrected = overrides::Ground { leaders: &merged.leaders, timezone };
    gathered.originals = ground.overrides.originals(&merged.records, &corrected);
    let (records, complaints) = ground.overrides.apply(std::mem::take(&mut merged.records), &corrected);
    merged.records = records;
    gathered.gone = ground.overrides.gone(&merged.records, &corrected);
    merged.complaints.extend(complaints);
    let day = |read: &Timestamp| read.to_zoned(ground.zone.clone()).date();
    let read: BTreeMap<&str, Date> = gathered.read.iter().map(|(feed, read)| (feed.as_str(), day(read))).collect();
    for record in &mut merged.records {
        // A date of confirmation that lies ahead is a slip of the feed; it must not make a listing look fresh.
        record.checked = record.checked.filter(|checked| *checked <= ground.today);
        record.credit.read = read.get(record.id.feed()).copied();
    }
    for complaint in &merged.complaints {
        tell(Step::Complaint(complaint.clone()));
    }
    for account in &mut gathered.accounts {
        account.complaints = merged.complaints.iter().filter(|complaint| complaint.feed == account.name).count();
        // What stayed from before was not read today, and is not counted as if it were.
        if !gathered.kept.contains_key(&account.name) && !gathered.held.contains_key(&account.name) {
            account.records = merged.records.iter().filter(|record| record.id.feed() == account.name).count();
            account.joined = merged.joined.get(&account.name).copied().unwrap_or(account.joined);
            gathered.fresh += if ground.is_due(&account.name) { account.records } else { 0 };
        }
    }
    gathered.records = merged.records;
    gathered.complaints = merged.complaints;
    gathered
}

impl Gathered {
    /// Gets and reads a feed, and decides whether what it says counts, or what it said before.
    fn take(&mut self, listed: &Listed, ground: &Ground<'_>, tell: &mut impl FnMut(Step)) -> Harvest {
        let name = &listed.feed.name;
        let kept = ground.built.kept(ground.kept, name);
        let address = obtain::address(&listed.source);
        let mut complaints = Vec::new();
        let good = kept.last_good().unwrap_or_else(|unsound| {
            complaints.push(complaint(listed, unsound.to_string()));
            None
        });
        let is_ours = matches!(listed.source, Source::BuiltIn(_));
        let is_asked = !ground.offline && ground.is_due(name);
        let stands = || !Before::of(listed, None, ground).harvest.records.is_empty();
        // What was taken back does not come again without being asked for.
        let is_gone = good.is_none() && (matches!(listed.source, Source::Web(_)) || kept.is_withdrawn());
        let obtained = match &good {
            // Without a network, and while it is not due, what is kept is what there is.
            Some(_) if !is_asked && !is_ours => Obtained::Unchanged,
            None if !is_asked && is_gone && stands() => Obtained::Unchanged,
            None if !is_asked && is_gone => Obtained::Nothing("nothing of it is kept on this computer yet".to_owned()),
            _ => {
                if !is_ours {
                    tell(Step::Asking { feed: name.clone() });
                }
                let got = |got| tell(Step::Got { feed: name.clone(), got });
                obtain(listed, ground.folder, &kept, &ground.stop, got)
            }
        };
        self.stamps.extend(good.as_ref().map(|good| (name.clone(), good.stamp.clone())));
        let confirmed = good.as_ref().map(|good| good.confirmed);
        let is_known = |parts: &[Part]| good.as_ref().is_some_and(|good| good.parts == parts);
        let obtained = match obtained {
            // The same from another address is kept anew: from then on it is that address's.
            Obtained::Parts(parts, _) if is_known(&parts) && !kept.is_of_another(&address) => Obtained::Unchanged,
            obtained => obtained,
        };
        // The bytes of before are gone once they are read: a list of the country's is large, and here twice.
        let mut before = Before::of(listed, good, ground);
        if matches!(obtained, Obtained::Parts(..)) {
            before.pack();
        }
        let (mut harvest, how) = match obtained {
            Obtained::Nothing(why) => {
                complaints.push(complaint(listed, why.clone()));
                (Harvest::default(), How::Otherwise(Ended::Failed(why)))
            }
            Obtained::Unchanged => (std::mem::take(&mut before.harvest), How::Otherwise(Ended::Unchanged)),
            Obtained::Parts(parts, origin) => (read(listed, &parts, ground.vocabulary), How::Took(parts, origin)),
        };
        if harvest.records.is_empty() && harvest.complaints.is_empty() && complaints.is_empty() {
            // An empty file is a fault of whoever filled it, not a directory without listings.
            complaints.push(complaint(listed, "there is no listing in it".to_owned()));
        }
        harvest.complaints.splice(0..0, complaints);
        tell(Step::Read { feed: name.clone(), rows: harvest.rows });
        let Harvest { rows, joined, dropped, .. } = harvest;
        self.accounts.push(Account { name: name.clone(), rows, joined, dropped, ..Account::default() });
        let how = self.weigh(listed, how, &mut harvest, before, ground, tell);
        let is_taken = matches!(how, How::Took(..));
        let is_read = is_taken || is_asked && matches!(how, How::Otherwise(Ended::Unchanged));
        if !is_ours {
            let read = if is_read { Some(ground.now) } else { confirmed };
            self.read.extend(read.map(|read| (name.clone(), read)));
            // That nobody was asked is no attempt: it confirms nothing.
            if is_asked || is_taken {
                self.attempts.push(Attempt { feed: name.clone(), kept, address, how });
            }
        }
        harvest
    }

    /// Weighs what a feed says now against what it said before. What is not believed is put back.
    fn weigh(
        &mut self,
        listed: &Listed,
        how: How,
        harvest: &mut Harvest,
        mut before: Before,
        ground: &Ground<'_>,
        tell: &mut impl FnMut(Step),
    ) -> How {
        let name = &listed.feed.name;
        if matches!(how, How::Otherwise(Ended::Unchanged)) && !harvest.records.is_empty() {
            tell(Step::Planned { feed: name.clone(), plan: Plan::unchanged(harvest.records.len()), doubt: None });
            return how;
        }
        let is_accepted = ground.accepted.contains(name) && matches!(how, How::Took(..));
        let complaints = std::mem::take(&mut before.harvest.complaints);
        let before = before.packed();
        if harvest.records.is_empty() && !is_accepted {
            // There is nothing to weigh.
            if !before.is_empty() {
                tell(Step::Kept { feed: name.clone(), records: before.len() });
                self.kept.insert(name.clone(), before.len());
                harvest.records = before.into_records();
                // What was wrong with them still is.
                harvest.complaints.extend(complaints);
            }
            return match how {
                How::Took(..) => How::Otherwise(Ended::Failed("there is no listing in it".to_owned())),
                other @ (How::Otherwise(_) | How::Offered(_)) => other,
            };
        }
        let plan = Plan::since(&before, &harvest.records);
        let limits = if matches!(listed.source, Source::BuiltIn(_)) { Limits::NONE } else { ground.limits };
        let doubt = plan.doubt(limits).filter(|_| !is_accepted);
        let doubt = doubt.or((ground.held.contains(name) && !plan.is_empty()).then_some(Doubt::Wanted));
        tell(Step::Planned { feed: name.clone(), plan, doubt });
        let Some(doubt) = doubt else { return how };
        tell(Step::Held { feed: name.clone(), doubt, records: before.len() });
        self.held.insert(name.clone(), doubt);
        harvest.records = before.into_records();
        How::Otherwise(Ended::Failed(format!("it was held back: {doubt}")))
    }

    /// Keeps what the feeds said beside what they said before, for the edition that will be built of it.
    pub fn offer(&mut self, now: Timestamp) {
        for Attempt { feed, kept, address, how } in &mut self.attempts {
            let How::Took(parts, origin) = &*how else { continue };
            // Where that fails, it is tried once more when the edition stands, and told.
            match kept.offer(now, address, origin, parts) {
                Ok(stamp) => {
                    self.stamps.insert(feed.clone(), stamp.clone());
                    *how = How::Offered(stamp);
                }
                Err(_) => _ = self.stamps.remove(feed),
            }
        }
    }

    /// Notes what became of the feeds, now that the edition stands or there is nothing to put up; and keeps what they
    /// said, for the next time.
    ///
    /// # Errors
    /// The feeds of which that could not be written: the next refresh weighs them against what they said before.
    pub fn settle(&self, now: Timestamp) -> Vec<std::io::Error> {
        let noted = self.attempts.iter().map(|Attempt { kept, address, how, .. }| match how {
            How::Took(parts, origin) => kept.keep(now, address, origin, parts),
            How::Offered(stamp) => kept.accept(now, stamp),
            How::Otherwise(ended) => kept.attempted(now, ended.clone()),
        });
        noted.filter_map(Result::err).collect()
    }
}

/// What a feed said when it was last accepted.
struct Before {
    harvest: Harvest,
    /// Its records, once they are packed.
    packed: Earlier,
}

impl Before {
    /// Read again from what is kept; else, where nothing is or nothing can be read of it any more, what stands of it.
    fn of(listed: &Listed, good: Option<Parts>, ground: &Ground<'_>) -> Self {
        let standing = || {
            let mut records =
                ground.standing.map(|standing| standing.records_of(&listed.feed.name)).unwrap_or_default();
            for record in &mut records {
                if let Some(original) = ground.originals.iter().find(|original| original.id == record.id) {
                    record.clone_from(original);
                }
                // That another day has come is no change of a listing, and what staff say of it is none of the feed's.
                record.credit.read = None;
                record.desk.clear();
            }
            Harvest { rows: records.len(), records, ..Harvest::default() }
        };
        let again = good.map(|good| read(listed, &good.parts, ground.vocabulary));
        let harvest = again.filter(|harvest| !harvest.records.is_empty()).unwrap_or_else(standing);
        Self { harvest, packed: Earlier::default() }
    }

    /// Packs its records, so that others can be read beside them.
    fn pack(&mut self) {
        if !self.harvest.records.is_empty() {
            self.packed = Earlier::of(std::mem::take(&mut self.harvest.records));
        }
    }

    fn packed(mut self) -> Earlier {
        self.pack();
        self.packed
    }
}

/// Reads one feed.
fn read(listed: &Listed, parts: &[Part], vocabulary: &Vocabulary) -> Harvest {
    let parts: Vec<feed::Part<'_>> = parts.iter().map(|Part { name, bytes }| feed::Part { name, bytes }).collect();
    feed::read(listed.form, &listed.feed, &parts, vocabulary)
}

fn complaint(listed: &Listed, text: String) -> Complaint {
    Complaint { feed: listed.feed.name.clone(), key: None, file: None, place: None, text, dropped: false }
}
