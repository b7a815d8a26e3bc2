//! One built directory: a tantivy index that never changes once it stands. The only module that knows tantivy.
//!
//! Built in one go into one segment, ordered by id, so that the same records always give the same answers. Reading
//! needs no write permission, takes no lock and starts no thread.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes, RamDirectory};
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::schema::Value as _;
use tantivy::store::StoreReader;
use tantivy::{Index, TantivyDocument, TantivyError, Term};

use crate::query::{Answer, Counts, Facet, Query};
use crate::record::{Door, Kind, Record, RecordId};
use crate::vocabulary::Vocabulary;

mod beginnings;
mod build;
mod concordance;
mod expand;
mod facets;
mod field;
mod ingest;
mod place;
mod rank;
mod relax;
mod rows;
mod schema;
mod search;
mod segment;
mod slips;
mod spoken;
mod standing;
mod stems;
mod sweep;
mod tables;
#[cfg(test)]
mod tests;
mod timing;
mod verdict;
mod weights;

pub(crate) use ingest::takes;

use expand::Lexicon;
use field::Bits;
use rows::{Facts, Head};
use schema::Fields;
use stems::Stems;
use tables::Tables;
use timing::{Asked, Timings};
use verdict::{Groups, Verdict};

/// The number of the layout on disk. An index of another number is not opened, but built anew.
pub const FORMAT: u32 = 4;

/// Beside the index: what is known of it as a whole ([`About`]).
const ABOUT: &str = "about.json";
/// Beside the index: what many records share ([`Tables`]).
const TABLES: &str = "tables";
/// Beside the index: what every record is asked for ([`Head`]).
const HEADS: &str = "heads";
/// Beside the index: what the best are asked for ([`Facts`]).
const FACTS: &str = "facts";

/// A generation could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The disk would not take it: full, read-only, gone.
    #[error("the index could not be written: {0}")]
    Disk(#[from] io::Error),
    /// The index could not be made.
    #[error("the index could not be made: {0}")]
    Index(String),
}

/// A generation could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is none, or it may not be read.
    #[error("the index cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It was built by another version of the program and has to be built anew.
    #[error("the index has format {found}, this program reads format {FORMAT}")]
    OtherFormat {
        /// The format that was found.
        found: u32,
    },
    /// It does not hold what it should.
    #[error("the index is damaged: {0}")]
    Damaged(String),
}

/// What is known of a generation as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct About {
    format: u32,
    records: u64,
    /// Records by feed.
    feeds: BTreeMap<String, u64>,
}

/// One built directory, open for reading. The default one holds nothing.
#[derive(Default)]
pub struct Generation(Option<Opened>);

/// What there is when there is something.
struct Opened {
    fields: Fields,
    about: About,
    ids: Arc<InvertedIndexReader>,
    words: Arc<InvertedIndexReader>,
    starts: Arc<InvertedIndexReader>,
    whole: Arc<InvertedIndexReader>,
    store: StoreReader,
    heads: OwnedBytes,
    facts: OwnedBytes,
    tables: Tables,
    stems: Stems,
    timings: Kept<(i64, Asked), Timings>,
    verdicts: Kept<Groups, Vec<Verdict>>,
    nearness: Kept<(u64, u64), Vec<u16>>,
    /// Records whose names say what was typed. The words of a visitor: they end with the process, as the visit does.
    said: Kept<Vec<String>, Bits>,
}

/// What the last few questions worked out: the keys of one question share it.
struct Kept<K, T>(Mutex<Vec<(K, Arc<T>)>>);

impl<K: PartialEq, T> Kept<K, T> {
    fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// What was made of `key`, or is now.
    fn get(&self, key: K, make: impl FnOnce(&K) -> T) -> Arc<T> {
        /// A question and what it is without one of its wishes.
        const MOST: usize = 4;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, before)) = kept.iter().find(|(other, _)| *other == key) {
            return Arc::clone(before);
        }
        let anew = Arc::new(make(&key));
        kept.truncate(MOST - 1);
        kept.insert(0, (key, Arc::clone(&anew)));
        anew
    }
}

impl Generation {
    /// Builds a generation of these records in the folder `dir`, which must be there and be empty. Its files are
    /// readable for everybody; to have them and the folder reach the disk is for the caller. Of records with the same
    /// id the first stays.
    ///
    /// # Errors
    ///
    /// When the disk would not take it. What was written until then is for the caller to remove.
    pub fn build(dir: &Path, records: &[Record], vocabulary: &Vocabulary) -> Result<(), BuildError> {
        if fs::read_dir(dir)?.next().is_some() {
            return Err(BuildError::Disk(io::ErrorKind::DirectoryNotEmpty.into()));
        }
        let directory = MmapDirectory::open(dir).map_err(|error| BuildError::Index(error.to_string()))?;
        let (_, about) = build::build(&directory, true, records, vocabulary)?;
        let about = serde_json::to_vec(&about).map_err(|error| BuildError::Index(error.to_string()))?;
        fs::write(dir.join(ABOUT), about)?;
        build::make_readable(dir)?;
        Ok(())
    }

    /// Builds a generation in memory, for a starter pack or a test.
    ///
    /// # Errors
    ///
    /// Only if the index cannot hold the records at all.
    pub fn in_memory(records: &[Record], vocabulary: &Vocabulary) -> Result<Self, BuildError> {
        let directory = RamDirectory::create();
        let (index, about) = build::build(&directory, false, records, vocabulary)?;
        Opened::read_from(&index, &directory, about)
            .map(|opened| Self(Some(opened)))
            .map_err(|error| BuildError::Index(error.to_string()))
    }

    /// Opens the generation in the folder `dir`.
    ///
    /// # Errors
    ///
    /// When there is none, when it is of another format, or when it is damaged as far as that shows without reading
    /// all of it. The shelf's digests find the rest.
    pub fn open(dir: &Path) -> Result<Self, OpenError> {
        let about = fs::read(dir.join(ABOUT))?;
        let about: About = serde_json::from_slice(&about).map_err(|error| OpenError::Damaged(error.to_string()))?;
        if about.format != FORMAT {
            return Err(OpenError::OtherFormat { found: about.format });
        }
        let directory = MmapDirectory::open(dir).map_err(|error| OpenError::Damaged(error.to_string()))?;
        let boxed: Box<dyn Directory> = Box::new(directory.clone());
        let index = Index::open(boxed).map_err(damaged)?;
        Opened::read_from(&index, &directory, about).map(|opened| Self(Some(opened))).map_err(damaged)
    }

    /// What fits the question: the best `limit` records, and the counts over all.
    ///
    /// A damaged index finds nothing; the shelf's digests tell damage from emptiness.
    pub fn search(&self, query: &Query, limit: usize) -> Answer {
        let answer = self.0.as_ref().and_then(|opened| opened.answer(query, limit).ok());
        answer.unwrap_or_default()
    }

    /// The record of this id.
    pub fn record(&self, id: &RecordId) -> Option<Arc<Record>> {
        self.0.as_ref()?.record(id)
    }

    /// All records of one feed, in the order of their ids: what stands in for a feed that failed today.
    pub fn records_of(&self, feed: &str) -> Vec<Record> {
        let Some(opened) = &self.0 else { return Vec::new() };
        let all = (0..opened.records()).filter_map(|number| opened.read(number));
        all.filter(|record| record.id.feed() == feed).map(Arc::unwrap_or_clone).collect()
    }

    /// How much it holds.
    pub fn counts(&self) -> Counts {
        self.0.as_ref().map(|opened| opened.counts(&[])).unwrap_or_default()
    }

    /// How much of it is shown on a day: what staff hide is not counted.
    pub fn counts_on(&self, day: Date) -> Counts {
        let counts = |opened: &Opened| opened.counts(&opened.tables.hidden_on(day));
        self.0.as_ref().map(counts).unwrap_or_default()
    }
}

impl Opened {
    fn read_from(index: &Index, directory: &dyn Directory, about: About) -> Result<Self, TantivyError> {
        /// Blocks of records kept unpacked: the same few are shown again while one types.
        const BLOCKS: usize = 16;
        let wrong = |what: &str| TantivyError::SchemaError(what.to_owned());
        let (schema, fields) = schema::schema();
        if index.schema() != schema {
            return Err(wrong("it has other fields"));
        }
        let segments = index.searchable_segments()?;
        let [segment] = segments.as_slice() else {
            return Err(wrong(&format!("{} segments", segments.len())));
        };
        let reader = SegmentReader::open(segment)?;
        let read = |name: &str| directory.open_read(Path::new(name))?.read_bytes().map_err(TantivyError::from);
        let (heads, facts) = (read(HEADS)?, read(FACTS)?);
        let records = reader.max_doc() as usize;
        let complete = heads.len() == records * rows::HEAD && facts.len() == records * rows::FACTS;
        if !complete || about.records != records as u64 {
            return Err(wrong("it has another number of records"));
        }
        let tables = postcard::from_bytes(&read(TABLES)?).map_err(|_| wrong("its tables cannot be read"))?;
        Ok(Self {
            fields,
            about,
            ids: reader.inverted_index(fields.id)?,
            words: reader.inverted_index(fields.words)?,
            starts: reader.inverted_index(fields.starts)?,
            whole: reader.inverted_index(fields.whole)?,
            store: reader.get_store_reader(BLOCKS)?,
            heads,
            facts,
            tables,
            stems: Stems::new(),
            timings: Kept::new(),
            verdicts: Kept::new(),
            nearness: Kept::new(),
            said: Kept::new(),
        })
    }

    /// How many records there are.
    fn records(&self) -> u32 {
        u32::try_from(self.about.records).unwrap_or(u32::MAX)
    }

    /// What the record of this number is asked for, when it fits.
    #[inline]
    fn head(&self, number: u32) -> Head {
        Head::read(&self.heads, number)
    }

    /// What the record of this number is asked for, when it may be among the best.
    fn facts(&self, number: u32) -> Facts {
        Facts::read(&self.facts, number)
    }

    fn record(&self, id: &RecordId) -> Option<Arc<Record>> {
        let info = self.ids.get_term_info(&Term::from_field_text(self.fields.id, id.as_str())).ok()??;
        let postings = self.ids.read_block_postings_from_terminfo(&info, tantivy::schema::IndexRecordOption::Basic);
        self.read(*postings.ok()?.docs().first()?)
    }

    /// Counts all but some few, which are given in order.
    fn counts(&self, hidden: &[u32]) -> Counts {
        let mut of_profiles = vec![0_u64; self.tables.profile_count()];
        let shown = (0..self.records()).filter(|number| hidden.is_empty() || hidden.binary_search(number).is_err());
        for number in shown {
            if let Some(count) = of_profiles.get_mut(self.head(number).profile() as usize) {
                *count += 1;
            }
        }
        let of_values = facets::of_values(&self.tables, &of_profiles);
        let records = self.about.records.saturating_sub(hidden.len() as u64);
        let mut counts = Counts { records, feeds: self.about.feeds.clone(), ..Counts::default() };
        for ((facet, key), count) in self.tables.values().zip(of_values) {
            match facet {
                Facet::Kind => put(&mut counts.kinds, &Kind::ALL.map(Kind::word), key, count),
                Facet::Door => put(&mut counts.doors, &Door::ALL.map(Door::word), key, count),
                _ => {}
            }
        }
        counts
    }

    /// Reads a record by its number.
    fn read(&self, number: u32) -> Option<Arc<Record>> {
        let stored: TantivyDocument = self.store.get(number).ok()?;
        let bytes = stored.get_first(self.fields.record)?.as_bytes()?;
        let (credit, mut record): (usize, Record) = postcard::from_bytes(bytes).ok()?;
        record.credit = Arc::clone(self.tables.credits.get(credit)?);
        Some(Arc::new(record))
    }

    fn lexicon(&self) -> Lexicon<'_> {
        Lexicon {
            fields: self.fields,
            words: &self.words,
            starts: &self.starts,
            stems: &self.stems,
            records: self.records(),
        }
    }
}

/// Puts a count where its word stands.
fn put(counts: &mut [u64], words: &[&str], word: &str, count: u64) {
    for (slot, _) in counts.iter_mut().zip(words).filter(|(_, other)| **other == word) {
        *slot = count;
    }
}

fn damaged(error: TantivyError) -> OpenError {
    match error {
        TantivyError::IoError(error) => OpenError::Unreadable(io::Error::other(error)),
        error => OpenError::Damaged(error.to_string()),
    }
}
