//! One built directory: a tantivy index that never changes once it stands. The only module that knows tantivy.
//!
//! Built in one go into one segment, ordered by id, so that the same records always give the same answers. Reading
//! needs no write permission, takes no lock and starts no thread.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use tantivy::columnar::Column;
use tantivy::directory::{Directory, MmapDirectory, RamDirectory};
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::schema::Value as _;
use tantivy::store::StoreReader;
use tantivy::{Index, TantivyDocument, TantivyError, Term};

use crate::query::{Answer, Counts, Here, Place, Query};
use crate::record::{Credit, Record, RecordId};
use crate::understand::Known;
use crate::vocabulary::Vocabulary;

mod build;
mod expand;
mod ingest;
mod rank;
mod schema;
mod search;
mod slips;
mod spoken;
mod standing;
mod stems;
mod sweep;
#[cfg(test)]
mod tests;
mod weights;

pub(crate) use ingest::takes;

use expand::Lexicon;
use schema::{Fields, Marks};
use standing::{Columns, Moment, Standing};
use stems::Stems;

/// The number of the layout on disk. An index of another number is not opened, but built anew.
pub const FORMAT: u32 = 1;

/// Beside the index: what is known of it as a whole ([`About`]).
const ABOUT: &str = "about.json";

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
    /// The zones that packed times count by their place in this list.
    zones: Vec<String>,
    /// The credits that stored records name by their place in this list.
    credits: Vec<Credit>,
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
    store: StoreReader,
    marks: Vec<Marks>,
    rank: Column<u64>,
    columns: Columns,
    stems: Stems,
    standing: Mutex<Option<Arc<Standing>>>,
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
        let (_, about) = build::build(directory, true, records, vocabulary)?;
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
        let (index, about) = build::build(RamDirectory::create(), false, records, vocabulary)?;
        Opened::read_from(&index, about)
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
        let directory: Box<dyn Directory> =
            Box::new(MmapDirectory::open(dir).map_err(|error| OpenError::Damaged(error.to_string()))?);
        let index = Index::open(directory).map_err(damaged)?;
        Opened::read_from(&index, about).map(|opened| Self(Some(opened))).map_err(damaged)
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
        let all = (0..u32::try_from(opened.marks.len()).unwrap_or(u32::MAX)).filter_map(|number| opened.read(number));
        all.filter(|record| record.id.feed() == feed).map(Arc::unwrap_or_clone).collect()
    }

    /// How much it holds.
    pub fn counts(&self) -> Counts {
        self.0.as_ref().map(Opened::counts).unwrap_or_default()
    }
}

impl Known for Generation {
    fn has(&self, _word: &str) -> bool {
        false
    }

    fn goes_on(&self, _start: &str, _family: &dyn Fn(&str) -> bool) -> bool {
        false
    }

    fn place(&self, _name: &str, _bare: bool) -> Option<Place> {
        None
    }
}

impl Opened {
    fn read_from(index: &Index, about: About) -> Result<Self, TantivyError> {
        /// Blocks of records kept unpacked: the same few are shown again while one types.
        const BLOCKS: usize = 16;
        let (schema, fields) = schema::schema();
        if index.schema() != schema {
            return Err(TantivyError::SchemaError("it has other fields".to_owned()));
        }
        let segments = index.searchable_segments()?;
        let [segment] = segments.as_slice() else {
            return Err(TantivyError::SchemaError(format!("{} segments", segments.len())));
        };
        let reader = SegmentReader::open(segment)?;
        let numbers = reader.fast_fields();
        let packed = numbers.u64("marks")?;
        let mut marks = vec![0; reader.max_doc() as usize];
        if packed.values.num_vals() != reader.max_doc() || about.records != u64::from(reader.max_doc()) {
            return Err(TantivyError::SchemaError("it has another number of records".to_owned()));
        }
        packed.values.get_range(0, &mut marks);
        Ok(Self {
            fields,
            about,
            ids: reader.inverted_index(fields.id)?,
            words: reader.inverted_index(fields.words)?,
            starts: reader.inverted_index(fields.starts)?,
            store: reader.get_store_reader(BLOCKS)?,
            marks: marks.into_iter().map(Marks::from).collect(),
            rank: numbers.u64("rank")?,
            columns: Columns {
                point: numbers.u64("point")?,
                fresh: numbers.u64("fresh")?,
                times: numbers.column_opt("times")?.unwrap_or_else(|| Column::build_empty_column(reader.max_doc())),
            },
            stems: Stems::new(),
            standing: Mutex::new(None),
        })
    }

    fn record(&self, id: &RecordId) -> Option<Arc<Record>> {
        let info = self.ids.get_term_info(&Term::from_field_text(self.fields.id, id.as_str())).ok()??;
        let postings = self.ids.read_block_postings_from_terminfo(&info, tantivy::schema::IndexRecordOption::Basic);
        self.read(*postings.ok()?.docs().first()?)
    }

    fn counts(&self) -> Counts {
        let mut counts = Counts { records: self.about.records, feeds: self.about.feeds.clone(), ..Counts::default() };
        for marks in &self.marks {
            if let Some(kind) = counts.kinds.get_mut(marks.kind()) {
                *kind += 1;
            }
            for (door, count) in counts.doors.iter_mut().enumerate() {
                *count += u64::from(marks.doors() >> door & 1);
            }
        }
        counts
    }

    /// Reads a record by its number.
    fn read(&self, number: u32) -> Option<Arc<Record>> {
        let stored: TantivyDocument = self.store.get(number).ok()?;
        let bytes = stored.get_first(self.fields.record)?.as_bytes()?;
        let (credit, mut record): (usize, Record) = postcard::from_bytes(bytes).ok()?;
        record.credit = self.about.credits.get(credit)?.clone();
        Some(Arc::new(record))
    }

    fn lexicon(&self) -> Lexicon<'_> {
        Lexicon {
            fields: self.fields,
            words: &self.words,
            starts: &self.starts,
            stems: &self.stems,
            records: u32::try_from(self.marks.len()).unwrap_or(u32::MAX),
        }
    }

    /// How all records stand now and here; worked out anew when the minute or the place is another.
    fn standing(&self, here: &Here, day: Option<Weekday>) -> Arc<Standing> {
        let mut kept = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some(standing) if standing.moment == Moment::of(here, day) => Arc::clone(standing),
            _ => {
                let standing = Arc::new(Standing::new(here, day, &self.marks, &self.columns, &self.about.zones));
                *kept = Some(Arc::clone(&standing));
                standing
            }
        }
    }
}

fn damaged(error: TantivyError) -> OpenError {
    match error {
        TantivyError::IoError(error) => OpenError::Unreadable(io::Error::other(error)),
        error => OpenError::Damaged(error.to_string()),
    }
}
