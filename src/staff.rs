//! What staff do behind their door: looking, refreshing, rolling back, checking, and changing by hand: beds, notes, closings,
//! listings of their own. Everything that touches files and
//! starts a process for them is here, and runs in a role of its own ([`serve`]): the glass, which is confined, asks it
//! through a [`Line`].
//!
//! Nothing but the door itself does anything before the right PIN, whoever asks.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use index::shelf::{self, RollBackError};
use index::text;
use index::vocabulary::Vocabulary;
use jiff::Timestamp;

use crate::commands::Files;
use crate::config::Settings;
use crate::errand::{self, Edition, Errand, Hearing, Lately, News, Office, Refreshed, Standing, Unchanged};
use crate::log::{self, Note};
use crate::pin::Pin;
use crate::refresh::{FEEDS, Found, complaints, lately, roll_back};
use crate::store::{self, Store};

mod changes;
mod door;
mod line;
mod refresh;

use changes::{Pending, Writing};
pub use door::{Answer, Door, delay};
pub use line::{Line, ROLE, serve};
use refresh::{Started, Wanted};

/// The most of a line that staff are told, in characters.
const MOST: usize = 300;

/// So many notes on one feed are told, and so many on all of them.
const MOST_OF_A_FEED: usize = 50;
const MOST_NOTES: usize = 500;

/// The staff's office at this kiosk.
pub struct Staff {
    files: Files,
    /// The folder of the editions.
    folder: PathBuf,
    now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    door: Mutex<Door>,
    /// The visit, and whether the right PIN was typed in it.
    visit: Mutex<(u64, bool)>,
    running: refresh::Running,
    /// What is being written down.
    pending: Arc<Pending>,
}

impl Staff {
    /// The office of a kiosk with these files and settings. Nothing is opened or written yet.
    pub fn new(files: Files, settings: &Settings, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        let folder = files.data(settings);
        let lock = settings.pin.clone();
        let opens = move |pin: &Pin| lock.as_ref().is_some_and(|lock| lock.opens(pin));
        Self {
            door: Mutex::new(Door::new(&folder, opens)),
            files,
            folder,
            now: Box::new(now),
            visit: Mutex::default(),
            running: refresh::Running::default(),
            pending: Arc::default(),
        }
    }

    fn door(&self) -> MutexGuard<'_, Door> {
        // A panic while a PIN was tried leaves the door as it was: shut, and the attempt counted.
        self.door.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn visit(&self) -> MutexGuard<'_, (u64, bool)> {
        self.visit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn knock(&self) -> News {
        News::Wait(self.door().wait((self.now)()))
    }

    fn try_pin(&self, pin: &Pin) -> News {
        let (before, _) = *self.visit();
        match self.door().answer(pin, (self.now)()) {
            Answer::Right => {
                let mut visit = self.visit();
                // Whoever has gone while the PIN was looked at has not come in.
                visit.1 |= visit.0 == before;
                log::note(&Note::DoorOpened);
                News::Right
            }
            Answer::Wrong(wait) => {
                log::note(&Note::WrongPin);
                News::Wrong(wait)
            }
            Answer::Wait(wait) => News::Wait(wait),
        }
    }

    fn stands(&self) -> Standing {
        let folder = tame(&self.folder.display().to_string());
        let feeds_file = self.files.feeds_file(self.files.settings().ok().as_ref());
        let feeds_file = feeds_file.map(|path| tame(&path.display().to_string()));
        let settings = self.files.settings().unwrap_or_else(|_| Settings::defaults());
        let feeds = self.files.feeds_anyway(None, &settings);
        let lately = lately(&self.folder.join(FEEDS), &feeds, settings.every_hours, (self.now)());
        let lately = lately.into_iter().map(|(feed, done)| {
            let failed = done.failed.map(|(_, why)| tame(&why));
            (tame(&feed), Lately { read: done.read, failed, held: done.held.map(|why| tame(&why)), due: done.due })
        });
        let disk = store::room(&self.folder);
        let empty = Standing { folder, feeds_file, disk, lately: lately.collect(), ..Standing::default() };
        // How much there is does not depend on what people type.
        let Ok(directory) = Store::at(self.folder.clone()).open(Vocabulary::builtin()) else { return empty };
        let counts = directory.generation.counts();
        let (edition, feeds) = (directory.edition.map(edition), counts.feeds);
        Standing { edition, records: counts.records, kinds: counts.kinds, feeds, ..empty }
    }

    fn roll_back(&self) -> Result<Edition, Unchanged> {
        let rolled_back = roll_back(&self.folder);
        if let Ok(edition) = &rolled_back {
            log::note(&Note::RolledBack(edition.into()));
        }
        rolled_back.map(edition).map_err(|fault| match fault {
            RollBackError::Busy => Unchanged::Busy,
            RollBackError::NothingBefore => Unchanged::NothingBefore,
            // A folder that is not there yet holds no edition.
            RollBackError::Disk(fault) if fault.kind() == std::io::ErrorKind::NotFound => Unchanged::NothingBefore,
            RollBackError::Disk(fault) => Unchanged::Disk(tame(&store::plain(&fault))),
        })
    }

    fn refresh(&self, wanted: Wanted, tell: &dyn Fn(News)) {
        let started = self.running.start(&self.files, &self.folder, wanted);
        Self::hear(started, tell);
    }

    /// Hears a refresh that was started to its end.
    fn hear(started: Result<Started<'_>, Refreshed>, tell: &dyn Fn(News)) {
        let ended = started.map_or_else(|ended| ended, |started| started.hear(&|step| tell(News::Step(step))));
        tell(News::Refreshed(ended));
    }

    /// What was found wrong with each feed: the first of it, so that all of it goes through the line at once.
    fn complaints(&self) -> errand::Found {
        let mut left = MOST_NOTES;
        let Found { edition, is_taken_back, feeds } = complaints(&self.folder);
        let found = feeds.into_iter().filter(|(_, found)| !found.notes.is_empty());
        let told = found.map(|(feed, found)| {
            let all = found.notes.len().saturating_add(found.more);
            let notes = found.notes.iter().take(MOST_OF_A_FEED.min(left)).map(|note| tame(&note.to_string()));
            let notes: Vec<String> = notes.collect();
            left -= notes.len();
            errand::Complaints { feed: tame(&feed), more: all.saturating_sub(notes.len()) as u64, notes }
        });
        errand::Found { feeds: told.collect(), taken_back: edition.filter(|_| is_taken_back) }
    }

    fn check(&self) -> Vec<String> {
        self.files.faults().iter().map(|fault| tame(&fault.to_string())).collect()
    }

    /// Carries out an errand that was handed over while the door was open, or not.
    fn serve(&self, errand: Errand, is_open: bool, writing: Option<Writing>, tell: &dyn Fn(News)) {
        match errand {
            Errand::Knock => tell(self.knock()),
            Errand::Try(pin) => tell(self.try_pin(&pin)),
            // Whoever asks for what is behind the door without having come through it gets no answer.
            _ if !is_open => {}
            Errand::Look => tell(News::Stands(Box::new(self.stands()))),
            Errand::Plan => self.refresh(Wanted::Plan, tell),
            Errand::Refresh(decided) => self.refresh(Wanted::Edition(decided), tell),
            Errand::Stop => self.running.stop(),
            Errand::RollBack => tell(News::RolledBack(self.roll_back())),
            Errand::Check => tell(News::Checked(self.check())),
            Errand::Complaints => tell(News::Complaints(self.complaints())),
            Errand::Changes => tell(News::Changes(self.changes())),
            Errand::Change(sayings) => self.change(&sayings, writing, tell),
            Errand::Homes => tell(News::Homes(self.homes())),
        }
    }
}

impl Office for Staff {
    fn carry_out(&self, errand: Errand, tell: &dyn Fn(News)) {
        let (_, is_open) = *self.visit();
        self.serve(errand, is_open, None, tell);
    }

    fn hand_over(self: Arc<Self>, errand: Errand) -> Hearing {
        // What counts is whether the door was open when it was said: whoever said it may shut it right after.
        let (_, is_open) = *self.visit();
        let writing = matches!(errand, Errand::Change(_)).then(|| Writing::begin(&self.pending));
        Box::new(move |tell| self.serve(errand, is_open, writing, tell))
    }

    fn close(&self) {
        let mut visit = self.visit();
        *visit = (visit.0 + 1, false);
    }
}

fn edition(edition: shelf::Edition) -> Edition {
    Edition { name: edition.name, put_up: edition.manifest.built_at }
}

/// A line that a screen may show, whatever stands in the names of files and feeds.
fn tame(said: &str) -> String {
    text::clean(said, MOST)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::errand::Saying;
    use crate::pin::Lock;

    fn news(staff: &Staff, errand: Errand) -> Vec<News> {
        let (tell, told) = channel();
        staff.carry_out(errand, &|news| tell.send(news).unwrap());
        drop(tell);
        told.into_iter().collect()
    }

    #[test]
    fn nobody_who_did_not_come_through_the_door_is_served() {
        let data = tempfile::tempdir().unwrap();
        let pin = |digits| Pin::read(digits).unwrap();
        let settings = Settings { pin: Lock::new(&pin("271828")).ok(), ..Settings::defaults() };
        let files = Files { config: Some(data.path().join("none.toml")), data: Some(data.path().to_owned()) };
        let staff = Staff::new(files.clone(), &settings, || Timestamp::UNIX_EPOCH);
        let refresh = Errand::Refresh(crate::errand::Decided::default());
        let change = Errand::Change(vec![Saying::TakeBack(1, None)]);
        let behind = [
            Errand::Look,
            Errand::Plan,
            refresh,
            Errand::Stop,
            Errand::RollBack,
            Errand::Check,
            Errand::Complaints,
            Errand::Changes,
            change,
            Errand::Homes,
        ];
        for errand in &behind {
            assert_eq!(news(&staff, errand.clone()), []);
        }
        assert!(matches!(news(&staff, Errand::Try(pin("271829")))[..], [News::Wrong(_)]));
        assert_eq!(news(&staff, Errand::RollBack), []);
        assert_eq!(news(&staff, Errand::Try(pin("271828"))), [News::Right]);
        assert_eq!(news(&staff, Errand::RollBack), [News::RolledBack(Err(Unchanged::NothingBefore))]);
        assert_eq!(news(&staff, Errand::Changes), [News::Changes(Err(vec![staff.check()[0].clone()]))]);
        assert!(matches!(&news(&staff, Errand::Check)[..], [News::Checked(faults)] if faults.len() == 1));
        staff.close();
        for errand in &behind {
            assert_eq!(news(&staff, errand.clone()), []);
        }
        // Without a PIN in the settings, none opens it.
        let staff = Staff::new(files, &Settings::defaults(), || Timestamp::UNIX_EPOCH);
        assert!(matches!(news(&staff, Errand::Try(pin("0000")))[..], [News::Wrong(_)]));
    }
}
