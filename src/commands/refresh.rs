//! Reading the feeds and putting up a new edition, told line by line.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use index::feed::{Complaint, Spot};
use index::generation::Generation;
use index::overrides::Overrides;
use index::record::DESK;
use index::shelf::{Edition, Origin, PutUpError, Source, Stage};
use index::strict::Fault;
use index::vocabulary::Vocabulary;
use nix::sys::signal::{SigSet, Signal};

use super::site::Feeds;
use super::{End, Files, now, report, span, tell, wrong};
use crate::config::{FeedsFile, Listed, Settings, Words};
use crate::fetch::Rules;
use crate::log::{self, Name, Note};
use crate::overrides::{self, Book};
use crate::refresh::{Built, FEEDS, Gathered, Ground, Phase, Step, gather, keep_complaints, lately};
use crate::store::{self, Store, Turn};

mod bar;
mod teller;
mod unheard;

use teller::Teller;
use unheard::Unheard;

/// The options of `refresh`.
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the command line")]
#[derive(Debug, Default, Args)]
pub(super) struct Options {
    /// The feeds. Else those of the setting `feeds`, else feeds.toml beside the settings, else the built-in ones.
    #[arg(long, value_name = "FILE")]
    feeds: Option<PathBuf>,
    /// Tell each step as one JSON object a line.
    #[arg(long)]
    json: bool,
    /// Say what would change, listing by listing, and change nothing.
    #[arg(long)]
    plan: bool,
    /// Tell only the first listings of each list of a plan.
    #[arg(long, hide = true)]
    brief: bool,
    /// Go on when nobody hears what is told any more.
    #[arg(long, hide = true)]
    unheard: bool,
    /// Ask nobody: put up again what the feeds said last, with the corrections of this place.
    #[arg(long)]
    offline: bool,
    /// Only when another version of the program built the newest edition; else do nothing.
    #[arg(long, hide = true)]
    outdated: bool,
    /// While another refresh is running, wait for it.
    #[arg(long, hide = true)]
    wait: bool,
    /// Ask only the feeds that are due (the setting `every_hours`), and do nothing when none is. For a timer.
    #[arg(long, conflicts_with = "offline")]
    due: bool,
    /// Believe what this feed says, also where so much has changed that it would be held back. FEED=NUMBER believes it only
    /// while it lists that many.
    #[arg(long, value_name = "FEED")]
    accept: Vec<String>,
    /// Leave this feed as it is.
    #[arg(long, value_name = "FEED")]
    hold: Vec<String>,
}

impl Options {
    /// Puts up again what the feeds said last, and asks nobody: so that visitors see what staff have just said, also when
    /// another refresh has to end before.
    pub(super) fn again(feeds: Option<PathBuf>) -> Self {
        Self { feeds, offline: true, wait: true, ..Self::default() }
    }

    /// The feeds to believe, and while they list how many.
    fn accepted(&self) -> BTreeMap<String, Option<usize>> {
        let said = self.accept.iter().map(|said| match said.rsplit_once('=') {
            Some((feed, number)) => (feed.to_owned(), Some(number.parse().unwrap_or(usize::MAX))),
            None => (said.clone(), None),
        });
        said.collect()
    }
}

pub(super) fn run(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    outlive_full_files();
    if options.outdated && !is_outdated(files) {
        return Ok(End::Done);
    }
    let ended =
        if options.unheard { refresh(files, options, &mut Unheard::over(out)) } else { refresh(files, options, out) };
    // What stands is written down where it is put up.
    match &ended {
        Ok(End::Done) => {}
        Ok(end) => log::note(&Note::RefreshFailed(*end as u8)),
        Err(_) => log::note(&Note::RefreshFailed(End::Failed as u8)),
    }
    ended
}

/// Whether the newest edition has to be built again because another version of the program built it. Then that is
/// written down.
fn is_outdated(files: &Files) -> bool {
    let data = files.data(&files.settings().unwrap_or_else(|_| Settings::defaults()));
    let Some(edition) = Name::of_outdated(&Store::at(data.clone()).shelf()) else { return false };
    log::open(&data);
    log::note(&Note::BuiltAgain(edition));
    true
}

/// From here on a file that may not grow any more is an error like a full disk, and not the end of this process.
fn outlive_full_files() {
    let mut full = SigSet::empty();
    full.add(Signal::SIGXFSZ);
    // Threads that are started later inherit it.
    let _ = full.thread_block();
}

fn refresh(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    let settings = files.settings();
    let feeds = files.feeds(options.feeds.as_deref(), settings.as_ref().ok());
    let (settings, feeds) = match (settings, feeds) {
        (Ok(settings), Ok(feeds)) => (settings, feeds),
        (settings, feeds) => {
            for faults in [settings.err(), feeds.err()].into_iter().flatten() {
                tell(&faults);
            }
            return Ok(End::Faults);
        }
    };
    let vocabulary = match files.words(&settings).map(Words::vocabulary) {
        Ok(vocabulary) => vocabulary,
        Err(faults) => {
            tell(&faults);
            return Ok(End::Faults);
        }
    };
    let folder = files.data(&settings);
    let store = Store::at(folder.clone());
    let turn = turn(&store, options).with_context(|| format!("the folder {} cannot be used", folder.display()))?;
    let Some(_turn) = turn else {
        report(BUSY);
        return Ok(End::Busy);
    };
    let named = |feed: &String| !feeds.file.feeds.iter().any(|listed| listed.feed.name == *feed);
    if let Some(unknown) = options.accepted().keys().chain(&options.hold).find(|feed| named(feed)).cloned() {
        return Ok(wrong(&format!("there is no feed \"{unknown}\" in {}", feeds.name)));
    }
    log::open(&folder);
    files.keep_settings(&folder);
    let mut teller = Teller::new(options, out);
    let due = match due(options, &feeds.file, &folder, &settings) {
        Ok(due) => due,
        Err(next) => {
            teller.nothing_due(next.as_deref())?;
            return Ok(End::Done);
        }
    };
    teller.tell(&Step::Feeds(feeds.file.feeds.iter().map(|listed| listed.feed.name.clone()).collect()));
    let standing = store.standing();
    let originals = standing.iter().flat_map(|(edition, _)| store.shelf().originals(edition)).collect::<Vec<_>>();
    let built = Built::of(&store.shelf());
    if !options.plan {
        built.agree(&folder.join(FEEDS));
    }
    let before = standing.as_ref().map(|(_, standing)| standing);
    let today = now().to_zoned(settings.zone.clone()).date();
    let accepted = options.accepted();
    let held = options.hold.iter().cloned().collect();
    let limits = settings.limits;
    let (overrides, faults) = corrected(&folder, &mut teller);
    let ground = Ground {
        folder: &feeds.folder,
        kept: &folder.join(FEEDS),
        built: &built,
        originals: &originals,
        keeps: !options.plan,
        offline: options.offline,
        rules: &Rules::default(),
        due: due.as_ref(),
        now: now(),
        standing: before,
        vocabulary,
        today,
        zone: settings.zone.clone(),
        limits,
        accepted: &accepted,
        held: &held,
        overrides: &overrides,
        stop: Arc::default(),
    };
    let mut gathered = gather(&feeds.file, &ground, &mut |step| teller.tell(&step));
    teller.whole()?;
    if options.plan {
        return Ok(End::Done);
    }
    gathered.complaints.extend(faults);
    let end = put_up(&store, &feeds, &gathered, standing, &overrides, vocabulary, &mut teller);
    // The process is at its end, and the system takes a directory of the country back sooner than it could be freed
    // listing by listing.
    std::mem::forget(gathered);
    end
}

/// The turn to put up an edition. `None` when another refresh is running, and goes on running where that is waited for.
fn turn(store: &Store, options: &Options) -> std::io::Result<Option<Turn>> {
    match store.turn()? {
        None if options.wait => {
            if !options.json {
                report("another refresh is running; waiting until it is done");
            }
            store.turn_within(PATIENCE)
        }
        turn => Ok(turn),
    }
}

/// The feeds that are due, where only those are wanted; what staff accept now is. `Err` when none is, with the next one.
fn due(
    options: &Options,
    feeds: &FeedsFile,
    folder: &Path,
    settings: &Settings,
) -> std::result::Result<Option<BTreeSet<String>>, Option<String>> {
    if !options.due {
        return Ok(None);
    }
    let now = now();
    let lately = lately(&folder.join(FEEDS), feeds, settings.every_hours, now);
    let accepted = options.accepted();
    let due = lately.iter().filter(|(feed, done)| done.is_due(now) || accepted.contains_key(*feed));
    let due: BTreeSet<String> = due.map(|(feed, _)| feed.clone()).collect();
    if !due.is_empty() {
        return Ok(Some(due));
    }
    let next = lately.iter().filter_map(|(feed, done)| Some((done.due?, feed))).min();
    Err(next.map(|(due, feed)| format!("{feed}, in {}", span(due.duration_since(now).as_secs()))))
}

/// Puts up what was gathered, and keeps what the feeds said.
fn put_up(
    store: &Store,
    feeds: &Feeds,
    gathered: &Gathered,
    standing: Option<(Edition, Generation)>,
    overrides: &Overrides,
    vocabulary: &Vocabulary,
    teller: &mut Teller<'_, impl Write>,
) -> Result<End> {
    log::note(&Note::RefreshBegan);
    for listed in &feeds.file.feeds {
        if let Some(kept) = gathered.kept.get(&listed.feed.name) {
            log::note(&Note::FeedKept((&listed.feed).into(), *kept as u64));
        }
        if gathered.held.contains_key(&listed.feed.name) {
            log::note(&Note::FeedHeld((&listed.feed).into()));
        }
    }
    if gathered.fresh == 0 {
        return nothing_new(feeds, gathered, standing.is_some(), teller);
    }
    let origin = Origin {
        built_at: now(),
        feeds: sources(&feeds.file, gathered, standing.map(|(edition, _)| edition)),
        notices: overrides.notices(),
        gone: gathered.gone.clone(),
        originals: gathered.originals.clone(),
    };
    let mut at = |stage: Stage| teller.tell(&Step::Phase(stage.into()));
    match store.shelf().put_up_telling(&gathered.records, vocabulary, &origin, &mut at) {
        Ok(edition) => {
            log::note(&Note::RefreshDone((&edition).into(), gathered.records.len() as u64));
            teller.tell(&Step::Phase(Phase::Keeping));
            note(gathered);
            let feeds = gathered.accounts.iter().map(|account| account.name.as_str());
            if let Err(fault) = keep_complaints(store.folder(), &edition.name, feeds, &gathered.complaints) {
                report(&format!("what was found wrong could not be kept: {}", store::plain(&fault)));
            }
            teller.done(&edition.name, gathered)?;
            Ok(End::Done)
        }
        Err(PutUpError::Busy) => {
            report(BUSY);
            Ok(End::Busy)
        }
        Err(fault) => {
            let why = store::without_number(&fault.to_string());
            report(&format!(
                "the new edition could not be put up; what stood before stands: {why}. To look at the disk: porchlight doctor"
            ));
            Ok(End::Failed)
        }
    }
}

/// Puts up nothing, for no feed gave anything that may be: because it failed, or because what it says waits for staff.
fn nothing_new(
    feeds: &Feeds,
    gathered: &Gathered,
    is_standing: bool,
    teller: &mut Teller<'_, impl Write>,
) -> Result<End> {
    note(gathered);
    if is_standing && gathered.only_waits() {
        teller.waits(gathered)?;
        return Ok(End::Done);
    }
    teller.table(&gathered.accounts)?;
    let stands = if is_standing { "the standing edition stays" } else { "the starter pack stays" };
    report(&format!("no feed of {} gave a record that counts, so nothing was put up; {stands}", feeds.name));
    Ok(End::Failed)
}

/// What staff have corrected by hand: as it stands, or where that cannot be understood, as it stood before. The faults
/// are told, and handed over beside.
fn corrected(folder: &Path, teller: &mut Teller<'_, impl Write>) -> (Overrides, Vec<Complaint>) {
    let (overrides, faults) = Book::at(folder).read_anyway();
    if !faults.is_empty() {
        tell(&faults);
        report("what staff corrected by hand cannot be read; as it was before the last change, it still holds");
    }
    let complaints: Vec<Complaint> = faults.iter().map(complaint).collect();
    for complaint in &complaints {
        teller.tell(&Step::Complaint(complaint.clone()));
    }
    (overrides, complaints)
}

/// A fault in the file of overrides, among what is told of the feeds.
fn complaint(fault: &Fault) -> Complaint {
    let place = Some(Spot::line(fault.line));
    Complaint { file: Some(overrides::FILE.to_owned()), place, ..Complaint::of_feed(DESK, &fault.text) }
}

/// So long another refresh is waited for: longer than one that asks nobody takes.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) const BUSY: &str = "another refresh is running; this one did nothing";

/// Notes how the feeds have done, and keeps what was accepted of them.
fn note(gathered: &Gathered) {
    for fault in gathered.settle(now()) {
        report(&format!("what a feed said could not be kept: {}", store::plain(&fault)));
    }
}

/// Where the records of each feed come from. What was kept comes from where it came from before.
fn sources(feeds: &FeedsFile, gathered: &Gathered, standing: Option<Edition>) -> BTreeMap<String, Source> {
    let mut before = standing.map(|edition| edition.manifest.feeds).unwrap_or_default();
    let source = |Listed { feed, .. }: &Listed| {
        let stays = gathered.kept.contains_key(&feed.name) || gathered.held.contains_key(&feed.name);
        let kept = before.remove(&feed.name).filter(|_| stays);
        let now = || Source { credit: feed.credit.clone(), licence: feed.licence.clone(), ..Source::default() };
        let source = kept.unwrap_or_else(now);
        let read_from = gathered.stamps.get(&feed.name).cloned().or(source.read_from);
        (feed.name.clone(), Source { fetched: gathered.read.get(&feed.name).copied(), read_from, ..source })
    };
    feeds.feeds.iter().map(source).collect()
}
