//! Writing a generation: every record once, in the order of the ids, into one segment.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use tantivy::directory::Directory;
use tantivy::{Index, IndexBuilder, IndexSettings, SingleSegmentIndexWriter, TantivyDocument, TantivyError};

use crate::record::{Credit, Details, Record};
use crate::text;
use crate::vocabulary::Vocabulary;

use super::ingest::Reader;
use super::rows::{Facts, Head};
use super::schema::{self, Fields, tokenizers};
use super::tables::Filling;
use super::{About, BuildError, FACTS, FORMAT, HEADS, TABLES};

/// Bytes of records packed together. Ten records to show are ten blocks to unpack, so they are small.
const BLOCK: usize = 4096;
/// Bytes that the writer's first table may take for each record. It grows, but a starter pack should not begin with
/// megabytes.
const TABLE: usize = 500;

/// Builds an index in an empty directory.
pub(super) fn build<D: Directory + Clone>(
    directory: &D,
    threads: bool,
    records: &[Record],
    vocabulary: &Vocabulary,
) -> Result<(Index, About), BuildError> {
    let (schema, fields) = schema::schema();
    let settings = IndexSettings {
        docstore_blocksize: BLOCK,
        docstore_compress_dedicated_thread: threads,
        ..IndexSettings::default()
    };
    let boxed: Box<dyn Directory> = Box::new(directory.clone());
    let budget = (records.len() * TABLE).clamp(100_000, 15_000_000);
    let writer: SingleSegmentIndexWriter = IndexBuilder::new()
        .schema(schema)
        .settings(settings)
        .tokenizers(tokenizers())
        .single_segment_index_writer(boxed, budget)
        .map_err(failed)?;
    let mut ordered: Vec<&Record> = records.iter().collect();
    ordered.sort_by(|one, other| one.id.cmp(&other.id));
    ordered.dedup_by(|next, kept| next.id == kept.id);
    let ranks = ranks(&ordered);
    let (tables, heads, facts) = (Filling::default(), Vec::new(), Vec::new());
    let mut builder = Builder { writer, fields, reader: Reader::new(vocabulary), tables, heads, facts };
    let mut feeds = BTreeMap::new();
    for ((number, record), rank) in (0..).zip(&ordered).zip(ranks) {
        builder.tables.hide(number, record);
        builder.add(record, rank)?;
        *feeds.entry(record.id.feed().to_owned()).or_default() += 1;
    }
    let about = About { format: FORMAT, records: ordered.len() as u64, feeds };
    let tables = postcard::to_stdvec(&builder.tables.finish()).map_err(|error| BuildError::Index(error.to_string()))?;
    directory.atomic_write(Path::new(TABLES), &tables)?;
    directory.atomic_write(Path::new(HEADS), &builder.heads)?;
    directory.atomic_write(Path::new(FACTS), &builder.facts)?;
    Ok((builder.writer.finalize().map_err(failed)?, about))
}

/// The place of each record among all: what is read in the order of a shelf (the guide, publications, the meanings of
/// words), then by name, then id.
fn ranks(ordered: &[&Record]) -> Vec<u32> {
    let shelf = |record: &Record| match &record.details {
        Details::Publication(_) => 1,
        Details::Topic(topic) if topic.glossary => 2,
        _ => 0,
    };
    let mut named: Vec<(u8, String, usize)> =
        ordered.iter().enumerate().map(|(at, record)| (shelf(record), text::fold(&record.name.plain), at)).collect();
    named.sort_unstable();
    let mut ranks = vec![0; ordered.len()];
    for (rank, (.., at)) in (0..).zip(named) {
        if let Some(slot) = ranks.get_mut(at) {
            *slot = rank;
        }
    }
    ranks
}

struct Builder<'a> {
    writer: SingleSegmentIndexWriter,
    fields: Fields,
    reader: Reader<'a>,
    tables: Filling,
    heads: Vec<u8>,
    facts: Vec<u8>,
}

impl Builder<'_> {
    fn add(&mut self, record: &Record, rank: u32) -> Result<(), BuildError> {
        let fields = self.fields;
        let listing = self.reader.listing(record);
        let (profile, timetable) = (self.tables.profile(record), self.tables.timetable(record));
        Head::of(record, profile, timetable, listing.name_words).write(&mut self.heads);
        Facts::of(record, rank).write(&mut self.facts);
        let mut document = TantivyDocument::new();
        let mut id = String::new();
        schema::list(&mut id, record.id.as_str(), 1);
        document.add_text(fields.id, id);
        document.add_bytes(fields.record, &self.stored(record)?);
        document.add_text(fields.words, listing.words);
        document.add_text(fields.starts, listing.starts);
        document.add_text(fields.whole, listing.whole);
        self.writer.add_document(document).map_err(failed)
    }

    /// The record as bytes, its credit, which it shares with its whole feed, as a number.
    fn stored(&mut self, record: &Record) -> Result<Vec<u8>, BuildError> {
        let credit = self.tables.credit(&record.credit);
        let bare = Record { credit: Credit::default(), ..record.clone() };
        postcard::to_stdvec(&(credit, bare)).map_err(|error| BuildError::Index(error.to_string()))
    }
}

/// Makes every file of the folder readable for everybody: the refresher writes as one user, the glass reads as
/// another.
pub(super) fn make_readable(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(entry?.path(), fs::Permissions::from_mode(0o644))?;
        }
    }
    Ok(())
}

fn failed(error: TantivyError) -> BuildError {
    match error {
        TantivyError::IoError(error) => BuildError::Disk(io::Error::other(error)),
        error => BuildError::Index(error.to_string()),
    }
}
