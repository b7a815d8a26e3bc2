//! From the feeds file to a new edition: reads every feed, keeps what a failed one said last, and puts up.
//!
//! A feed of garbage, or a file that is gone, costs itself alone: its records of the standing edition stay. When not
//! one feed gives a record, nothing is put up and the standing edition stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use index::feed::{self, Complaint, Harvest, Part};
use index::generation::Generation;
use index::merge::merge;
use index::plan::{Doubt, Limits, Plan};
use index::record::Record;
use index::vocabulary::Vocabulary;
use jiff::civil::Date;

use crate::config::{FeedsFile, Listed, Source};
use crate::store;

/// The longest feed that is read, in bytes.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What a refresh tells on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// The records of the new edition.
    pub records: Vec<Record>,
    /// The account of each feed, in the order of the file.
    pub accounts: Vec<Account>,
    /// How many records were read today; the others were kept.
    pub fresh: usize,
    /// The feeds of which records were kept, and how many: they gave nothing.
    pub kept: BTreeMap<String, usize>,
    /// The feeds that were held back, and why: what they say cannot be believed.
    pub held: BTreeMap<String, Doubt>,
}

/// What a refresh stands on.
pub struct Ground<'a> {
    /// The folder from which the files are named.
    pub folder: &'a Path,
    /// What visitors see now.
    pub standing: Option<&'a Generation>,
    /// The words of the field.
    pub vocabulary: &'a Vocabulary,
    /// Today: nothing was confirmed later than that.
    pub today: Date,
    /// How much a feed may change.
    pub limits: Limits,
    /// Feeds that staff have looked at: what they say counts, whatever it is.
    pub accepted: &'a BTreeSet<String>,
    /// Feeds that staff want to stay as they are.
    pub held: &'a BTreeSet<String>,
}

/// Reads all feeds, and tells what it finds on the way.
pub fn gather(feeds: &FeedsFile, ground: &Ground<'_>, tell: &mut impl FnMut(Step)) -> Gathered {
    let mut gathered = Gathered::default();
    let harvests = feeds.feeds.iter().map(|listed| gathered.take(listed, ground, tell)).collect();
    let mut merged = merge(harvests);
    for record in &mut merged.records {
        // A date of confirmation that lies ahead is a slip of the feed; it must not make a listing look fresh.
        record.checked = record.checked.filter(|checked| *checked <= ground.today);
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
            gathered.fresh += account.records;
        }
    }
    gathered.records = merged.records;
    gathered
}

impl Gathered {
    /// Reads a feed, and decides whether what it says counts, or what it said before.
    fn take(&mut self, listed: &Listed, ground: &Ground<'_>, tell: &mut impl FnMut(Step)) -> Harvest {
        let name = &listed.feed.name;
        let mut harvest = read(listed, ground.folder, ground.vocabulary);
        if harvest.records.is_empty() && harvest.complaints.is_empty() {
            // An empty file is a fault of whoever filled it, not a directory without listings.
            harvest.complaints.extend(unread(listed, "there is no listing in it".to_owned()).complaints);
        }
        tell(Step::Read { feed: name.clone(), rows: harvest.rows });
        let Harvest { rows, joined, dropped, .. } = harvest;
        self.accounts.push(Account { name: name.clone(), rows, joined, dropped, ..Account::default() });
        let before = ground.standing.map(|standing| standing.records_of(name)).unwrap_or_default();
        if harvest.records.is_empty() && !ground.accepted.contains(name) {
            // There is nothing to weigh.
            self.stays(name, &mut harvest, before, tell);
            return harvest;
        }
        let plan = Plan::of(&before, &harvest.records);
        let wanted = ground.held.contains(name);
        let doubt = plan.doubt(ground.limits).filter(|_| !ground.accepted.contains(name));
        let doubt = doubt.or(wanted.then_some(Doubt::Wanted));
        tell(Step::Planned { feed: name.clone(), plan, doubt });
        if let Some(doubt) = doubt {
            tell(Step::Held { feed: name.clone(), doubt, records: before.len() });
            self.held.insert(name.clone(), doubt);
            harvest.records = before;
        }
        harvest
    }

    /// A feed that gave nothing: what it said before stays.
    fn stays(&mut self, name: &str, harvest: &mut Harvest, before: Vec<Record>, tell: &mut impl FnMut(Step)) {
        if !before.is_empty() {
            tell(Step::Kept { feed: name.to_owned(), records: before.len() });
            self.kept.insert(name.to_owned(), before.len());
            harvest.records = before;
        }
    }
}

/// Reads one feed. What cannot be read is a complaint.
fn read(listed: &Listed, folder: &Path, vocabulary: &Vocabulary) -> Harvest {
    let (name, bytes) = match &listed.source {
        Source::BuiltIn(part) => match store::BUILT_IN.iter().find(|(name, _)| name == part) {
            Some((name, text)) => ((*name).to_owned(), text.as_bytes().to_vec()),
            None => return unread(listed, format!("there is no built-in feed \"{part}\"")),
        },
        Source::File(path) => match store::bytes(&folder.join(path), MOST_BYTES) {
            Ok(bytes) if bytes.len() > MOST_BYTES => {
                return unread(
                    listed,
                    format!("{} is longer than {MOST_BYTES} bytes and was not read", path.display()),
                );
            }
            Ok(bytes) => (path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(), bytes),
            Err(fault) => return unread(listed, format!("{}: {}", path.display(), store::plain(&fault))),
        },
        Source::Url(url) => {
            let text = format!("this version reads files only; download {url} and name the file with `file`");
            return unread(listed, text);
        }
    };
    feed::read(listed.form, &listed.feed, &[Part { name: &name, bytes: &bytes }], vocabulary)
}

fn unread(listed: &Listed, text: String) -> Harvest {
    let complaint = Complaint { feed: listed.feed.name.clone(), key: None, place: None, text, dropped: false };
    Harvest { complaints: vec![complaint], ..Harvest::default() }
}
