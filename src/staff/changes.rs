//! What staff change by hand at the glass: written down whole or not at all, then put up.

use index::overrides::{Overrides, What, harvest};
use index::query::Here;
use index::record::{Details, Door, Record};
use index::schedule::Dates;
use index::text;
use jiff::Unit;
use jiff::civil::DateTime;

use super::{Staff, Wanted, tame};
use crate::ask::ask;
use crate::config::{Settings, Words};
use crate::errand::{Change, Changes, Home, News, Saying};
use crate::event::Question;
use crate::overrides::Book;
use crate::store::{self, Store};

/// So many homes are told, and so many changes: more than staff look through, and few enough for one line to the glass.
const MOST_HOMES: usize = 500;
const MOST_CHANGES: usize = 400;

/// The longest name that is told with them, in characters.
const MOST_NAME: usize = 100;

/// Why nothing was written down, line by line.
type Why = Vec<String>;

impl Staff {
    /// Writes down what is said, and puts up an edition with it.
    pub(super) fn change(&self, sayings: &[Saying], tell: &dyn Fn(News)) {
        match self.write(sayings) {
            Ok(()) => {
                tell(News::Written);
                self.refresh(&Wanted::Again, tell);
            }
            Err(why) => tell(News::Unwritten(why)),
        }
    }

    fn write(&self, sayings: &[Saying]) -> Result<(), Why> {
        let (settings, words) = self.ground()?;
        let book = Book::at(&self.folder);
        let pen = book.pen().map_err(|fault| vec![tame(&store::plain(&fault))])?;
        let Some(pen) = pen else { return Err(vec!["Somebody else is changing something right now.".to_owned()]) };
        let mut overrides = read(&book)?;
        let now = self.wall(&settings);
        for saying in sayings {
            overrides = said(overrides, saying, now, (&settings, words))?;
        }
        overrides.expire(now.date());
        pen.write(&overrides).map_err(|fault| vec![tame(&store::plain(&fault))])
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
            dates: entry.dates,
            what: if let What::Add(_) = entry.what { What::Add(String::new()) } else { entry.what },
        };
        let more = overrides.entries.len().saturating_sub(MOST_CHANGES);
        let latest = overrides.entries.into_iter().rev().take(MOST_CHANGES);
        Ok(Changes { latest: latest.map(change).collect(), more: more as u64 })
    }

    /// The places to live, and the free beds that are known.
    pub(super) fn homes(&self) -> Vec<Home> {
        let Ok((settings, words)) = self.ground() else { return Vec::new() };
        let vocabulary = words.vocabulary();
        let Ok(directory) = Store::at(self.folder.clone()).open(vocabulary) else { return Vec::new() };
        let question = Question { door: Some(Door::Living), ..Question::default() };
        let here = Here { now: (self.now)().to_zoned(settings.zone), point: None };
        let answer = ask(&directory.generation, &question, vocabulary, &here, MOST_HOMES).answer;
        let mut homes: Vec<Home> = answer.hits.iter().filter_map(|hit| home(&hit.record)).collect();
        homes.sort_by_key(|home| (home.beds.is_none(), home.name.clone(), home.id.clone()));
        homes
    }

    fn ground(&self) -> Result<(Settings, Words), Why> {
        let lines = |faults: Vec<index::strict::Fault>| -> Why {
            faults.iter().map(|fault| tame(&fault.to_string())).collect()
        };
        let settings = self.files.settings().map_err(lines)?;
        let words = self.files.words(&settings).map_err(lines)?;
        Ok((settings, words))
    }

    /// The clock on the wall, to the second.
    fn wall(&self, settings: &Settings) -> DateTime {
        let wall = (self.now)().to_zoned(settings.zone.clone()).datetime();
        wall.round(Unit::Second).unwrap_or(wall)
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
) -> Result<Overrides, Why> {
    let (dates, what) = match saying {
        Saying::TakeBack(number) => {
            // What is gone already is as it should be.
            overrides.remove(*number);
            return Ok(overrides);
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
        Ok((overrides, _)) => Ok(overrides),
        Err(why) => Err(vec![tame(&why)]),
    }
}

fn home(record: &Record) -> Option<Home> {
    let Details::Housing(house) = &record.details else { return None };
    let city = record.place.as_ref().map(|place| text::clean(&place.city, MOST_NAME)).unwrap_or_default();
    let name = text::clean(&record.name.plain, MOST_NAME);
    Some(Home { id: record.id.clone(), name, city, beds: house.beds })
}
