//! What staff change by hand at the glass: written down whole or not at all, then put up.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use index::overrides::{Overrides, What, harvest};
use index::query::Here;
use index::record::{Details, Door, Record};
use index::schedule::Dates;
use index::text;
use jiff::civil::DateTime;

use super::{Staff, Wanted, tame};
use crate::ask::ask;
use crate::config::{Settings, Words};
use crate::errand::{Change, Changes, Home, News, Saying};
use crate::event::Question;
use crate::overrides::{Book, wall};
use crate::store::{self, Store};

/// So many homes are told, and so many changes: more than staff look through, and few enough for one line to the glass.
const MOST_HOMES: usize = 500;
const MOST_CHANGES: usize = 400;
/// So many are looked for.
const MOST_ASKED: usize = 10_000;

/// The longest name that is told with them, in characters.
const MOST_NAME: usize = 100;

const BUSY: &str = "Somebody else is changing something right now. Try again in a moment.";
const OTHER: &str = "This was changed by somebody else in the meantime. Look at what was changed by hand once more.";

/// Why nothing was written down, line by line.
type Why = Vec<String>;

impl Staff {
    /// Writes down what is said, and puts up an edition with it.
    pub(super) fn change(&self, sayings: &[Saying], writing: Option<Writing>, tell: &dyn Fn(News)) {
        let said = self.write(sayings);
        let started = said.is_ok().then(|| self.running.start(&self.files, &self.folder, Wanted::Again));
        drop(writing);
        match said {
            Ok(numbers) => tell(News::Written(numbers)),
            Err(why) => tell(News::Unwritten(why)),
        }
        if let Some(started) = started {
            Self::hear(started, tell);
        }
    }

    /// Writes all of it or nothing, and gives the numbers that it has now.
    fn write(&self, sayings: &[Saying]) -> Result<Vec<u32>, Why> {
        let (settings, words) = self.ground()?;
        let book = Book::at(&self.folder);
        let pen = book.pen().map_err(|fault| vec![tame(&store::plain(&fault))])?;
        let Some(pen) = pen else { return Err(vec![BUSY.to_owned()]) };
        let mut overrides = read(&book)?;
        let now = wall((self.now)(), &settings.zone);
        let mut numbers = Vec::new();
        for saying in sayings {
            let (changed, number) = said(overrides, saying, now, (&settings, words))?;
            overrides = changed;
            numbers.extend(number);
        }
        overrides.expire(now.date());
        pen.write(&overrides).map_err(|fault| vec![tame(&store::plain(&fault))])?;
        Ok(numbers)
    }

    /// What staff have changed by hand, the latest first.
    pub(super) fn changes(&self) -> Result<Changes, Why> {
        let (settings, words) = self.ground()?;
        let vocabulary = words.vocabulary();
        let overrides = read(&Book::at(&self.folder))?;
        let directory =
            Store::at(self.folder.clone()).open(vocabulary).map_err(|fault| vec![tame(&fault.to_string())])?;
        let name = |what: &What| {
            if let What::Add(toml) = what {
                let added = harvest(toml, settings.zone.iana_name(), vocabulary).records;
                return added.iter().map(|record| record.name.plain.clone()).collect::<Vec<_>>().join(", ");
            }
            let record = what.listing().and_then(|id| directory.generation.record(id));
            record.map(|record| record.name.plain.clone()).unwrap_or_default()
        };
        let change = |entry: index::overrides::Override| Change {
            name: text::clean(&name(&entry.what), MOST_NAME),
            number: entry.number,
            written: entry.written,
            dates: entry.dates,
            what: if let What::Add(_) = entry.what { What::Add(String::new()) } else { entry.what },
        };
        let more = overrides.entries.len().saturating_sub(MOST_CHANGES);
        let latest = overrides.entries.into_iter().rev().take(MOST_CHANGES);
        Ok(Changes { latest: latest.map(change).collect(), more: more as u64 })
    }

    /// The places to live, and the free beds that are known.
    pub(super) fn homes(&self) -> Result<(Vec<Home>, u64), Why> {
        let (settings, words) = self.ground()?;
        let vocabulary = words.vocabulary();
        let directory =
            Store::at(self.folder.clone()).open(vocabulary).map_err(|fault| vec![tame(&fault.to_string())])?;
        let question = Question { door: Some(Door::Living), ..Question::default() };
        let here = Here { now: (self.now)().to_zoned(settings.zone), point: None };
        let answer = ask(&directory.generation, &question, vocabulary, &here, MOST_ASKED).answer;
        let mut homes: Vec<Home> = answer.hits.iter().filter_map(|hit| home(&hit.record)).collect();
        homes.sort_by_key(|home| (home.beds.is_none(), home.name.clone(), home.id.clone()));
        let more = homes.len().saturating_sub(MOST_HOMES);
        homes.truncate(MOST_HOMES);
        Ok((homes, more as u64))
    }

    fn ground(&self) -> Result<(Settings, Words), Why> {
        let lines = |faults: Vec<index::strict::Fault>| -> Why {
            faults.iter().map(|fault| tame(&fault.to_string())).collect()
        };
        let settings = self.files.settings().map_err(lines)?;
        let words = self.files.words(&settings).map_err(lines)?;
        Ok((settings, words))
    }
}

/// How many changes are on their way from the line to the disk.
#[derive(Default)]
pub(super) struct Pending {
    count: Mutex<u32>,
    fewer: Condvar,
}

impl Pending {
    /// Waits until each is written and on its way to be put up: whoever has typed it may be gone.
    pub(super) fn finish(&self) {
        let count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.fewer.wait_while(count, |count| *count > 0));
    }
}

/// One of them, as long as this lives.
pub(super) struct Writing(Arc<Pending>);

impl Writing {
    pub(super) fn begin(pending: &Arc<Pending>) -> Self {
        *pending.count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Self(pending.clone())
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        *self.0.count.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.fewer.notify_all();
    }
}

/// What stands in the file. What cannot be understood is not written over.
fn read(book: &Book) -> Result<Overrides, Why> {
    book.read().map_err(|faults| faults.iter().map(|fault| tame(&fault.to_string())).collect())
}

fn said(
    mut overrides: Overrides,
    saying: &Saying,
    now: DateTime,
    (settings, words): (&Settings, Words),
) -> Result<(Overrides, Option<u32>), Why> {
    let (dates, what) = match saying {
        Saying::TakeBack(number, written) => {
            return match overrides.remove(*number) {
                // A number that came free stands for another one by now.
                Some(entry) if entry.written != *written => Err(vec![OTHER.to_owned()]),
                // What is gone already is as it should be.
                _ => Ok((overrides, None)),
            };
        }
        Saying::Say(dates, what) => (*dates, what.clone()),
        Saying::Add(draft) => {
            let (zone, vocabulary) = (settings.zone.iana_name(), words.vocabulary());
            let faults = draft.faults(zone, vocabulary);
            if !faults.is_empty() {
                return Err(faults.into_iter().map(|(_, text)| tame(&text)).collect());
            }
            let before = overrides.added(zone, vocabulary).records;
            let toml = draft.to_toml(|id| before.iter().any(|record| record.id == *id));
            (Dates::default(), What::Add(toml))
        }
    };
    match overrides.with(now, dates, what) {
        Ok((overrides, number)) => Ok((overrides, Some(number))),
        Err(why) => Err(vec![tame(&why)]),
    }
}

fn home(record: &Record) -> Option<Home> {
    let Details::Housing(house) = &record.details else { return None };
    let city = record.place.as_ref().map(|place| text::clean(&place.city, MOST_NAME)).unwrap_or_default();
    let name = text::clean(&record.name.plain, MOST_NAME);
    Some(Home { id: record.id.clone(), name, city, beds: house.beds })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use index::record::RecordId;
    use jiff::Timestamp;

    use super::*;
    use crate::commands::Files;
    use crate::overrides::FILE;

    #[test]
    fn all_of_it_is_written_or_nothing() {
        let data = tempfile::tempdir().unwrap();
        let file = || fs::read_to_string(data.path().join(FILE)).unwrap();
        let files = Files { config: None, data: Some(data.path().to_owned()) };
        let staff = Staff::new(files, &Settings::defaults(), || Timestamp::UNIX_EPOCH);
        let notice = |text: &str| Saying::Say(Dates::default(), What::Notice(text.to_owned()));
        assert_eq!(staff.write(&[notice("Potluck"), notice("Quilting")]), Ok(vec![1, 2]));
        let before = file();
        let too_many = Saying::Say(Dates::default(), What::Beds(RecordId::new("sample", "elm"), 99_999));
        let draft = Saying::Add(index::overrides::Draft::default());
        for wrong in [too_many, draft, Saying::TakeBack(1, None)] {
            assert!(staff.write(&[notice("Singing"), wrong]).is_err());
            assert_eq!(file(), before);
        }
        let pen = Book::at(data.path()).pen().unwrap().unwrap();
        assert_eq!(staff.write(&[notice("Singing")]), Err(vec![BUSY.to_owned()]));
        drop(pen);
        // What is gone is gone, and what is there is taken back by who means it.
        let written = staff.changes().unwrap().latest[1].written;
        assert_eq!(staff.write(&[Saying::TakeBack(9, None), Saying::TakeBack(1, written)]), Ok(Vec::new()));
        assert!(!file().contains("Potluck") && file().contains("Quilting"));
        // What cannot be understood is not written over.
        fs::write(data.path().join(FILE), "[[override]\n").unwrap();
        assert!(staff.write(&[notice("Singing")]).is_err() && staff.changes().is_err());
        assert_eq!(file(), "[[override]\n");
    }
}
