//! Writing a generation: every record once, in the order of the ids, into one segment.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::Path;

use tantivy::directory::Directory;
use tantivy::{Index, IndexBuilder, IndexSettings, SingleSegmentIndexWriter, TantivyDocument, TantivyError};

use crate::record::{Attendance, Credit, Details, Record};
use crate::schedule::Days;
use crate::text;
use crate::vocabulary::Vocabulary;

use super::ingest::Reader;
use super::schema::{self, Fields, Freshness, Marks, pack_point, tokenizers};
use super::standing::days_since_1970;
use super::{About, BuildError, FORMAT};

/// Bytes of records packed together. Ten records to show are ten blocks to unpack, so they are small.
const BLOCK: usize = 4096;
/// Bytes that the writer's first table may take for each record. It grows, but a starter pack should not begin with
/// megabytes.
const TABLE: usize = 500;

/// Builds an index in an empty directory.
pub(super) fn build(
    directory: impl Directory,
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
    let directory: Box<dyn Directory> = Box::new(directory);
    let budget = (records.len() * TABLE).clamp(100_000, 15_000_000);
    let writer: SingleSegmentIndexWriter = IndexBuilder::new()
        .schema(schema)
        .settings(settings)
        .tokenizers(tokenizers())
        .single_segment_index_writer(directory, budget)
        .map_err(failed)?;
    let mut ordered: Vec<&Record> = records.iter().collect();
    ordered.sort_by(|one, other| one.id.cmp(&other.id));
    ordered.dedup_by(|next, kept| next.id == kept.id);
    let ranks = ranks(&ordered);
    let mut builder =
        Builder { writer, fields, reader: Reader::new(vocabulary), zones: HashMap::new(), credits: HashMap::new() };
    let mut feeds = BTreeMap::new();
    for (record, rank) in ordered.iter().zip(ranks) {
        builder.add(record, rank)?;
        *feeds.entry(record.id.feed().to_owned()).or_default() += 1;
    }
    let about = About {
        format: FORMAT,
        records: ordered.len() as u64,
        feeds,
        zones: in_order(builder.zones),
        credits: in_order(builder.credits),
    };
    Ok((builder.writer.finalize().map_err(failed)?, about))
}

/// The place of each record among all: what is read in the order of a shelf (the guide, publications, the meanings of
/// words), then by name, then id.
fn ranks(ordered: &[&Record]) -> Vec<u64> {
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
    zones: HashMap<String, usize>,
    credits: HashMap<Credit, usize>,
}

impl Builder<'_> {
    fn add(&mut self, record: &Record, rank: u64) -> Result<(), BuildError> {
        let fields = self.fields;
        let listing = self.reader.listing(record);
        let mut document = TantivyDocument::new();
        let mut days = Days::default();
        if record.attendance != Some(Attendance::Suspended) {
            for time in &record.times {
                // A zone beyond the 65,536th would be another's; a directory has a dozen.
                let zone = u16::try_from(number(&mut self.zones, &time.zone)).unwrap_or(u16::MAX);
                days = days.union(time.rule.days());
                document.add_u64(fields.times, time.pack(zone).into());
            }
        }
        let mut id = String::new();
        schema::list(&mut id, record.id.as_str(), 1);
        document.add_text(fields.id, id);
        document.add_bytes(fields.record, &self.stored(record)?);
        document.add_u64(fields.marks, Marks::of(record, days.bits(), listing.name_words).into());
        document.add_text(fields.words, listing.words);
        document.add_text(fields.starts, listing.starts);
        document.add_u64(fields.rank, rank);
        document.add_u64(fields.point, pack_point(record));
        document.add_u64(fields.fresh, freshness(record).pack());
        self.writer.add_document(document).map_err(failed)
    }

    /// The record as bytes, its credit, which it shares with its whole feed, as a number.
    fn stored(&mut self, record: &Record) -> Result<Vec<u8>, BuildError> {
        let credit = number(&mut self.credits, &record.credit);
        let bare = Record { credit: Credit::default(), ..record.clone() };
        postcard::to_stdvec(&(credit, bare)).map_err(|error| BuildError::Index(error.to_string()))
    }
}

/// The number of a value in a table that grows.
fn number<T: Clone + Eq + std::hash::Hash>(table: &mut HashMap<T, usize>, value: &T) -> usize {
    if let Some(number) = table.get(value) {
        return *number;
    }
    let number = table.len();
    table.insert(value.clone(), number);
    number
}

fn in_order<T>(table: HashMap<T, usize>) -> Vec<T> {
    let mut all: Vec<(usize, T)> = table.into_iter().map(|(value, number)| (number, value)).collect();
    all.sort_unstable_by_key(|(number, _)| *number);
    all.into_iter().map(|(_, value)| value).collect()
}

fn freshness(record: &Record) -> Freshness {
    let mut fresh = Freshness { checked: record.checked.map_or(0, days_since_1970), ..Freshness::default() };
    if let Details::Housing(home) = &record.details
        && let Some(beds) = home.beds
    {
        fresh.counted = beds.counted.map_or(0, |counted| days_since_1970(counted.date()));
        fresh.free = u8::try_from(beds.free).unwrap_or(u8::MAX);
    }
    fresh
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
