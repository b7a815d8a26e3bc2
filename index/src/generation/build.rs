//! Writing a generation: every record once, in the order of the ids, into one segment.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Serialize;
use tantivy::directory::Directory;
use tantivy::schema::Schema;
use tantivy::store::StoreWriter;
use tantivy::{Index, IndexSettings, TantivyDocument, TantivyError};

use crate::beside::beside;
use crate::record::{Attendance, Contact, Credit, Details, Pathway, Place, Record, RecordId, Remark, Term, Text};
use crate::schedule::Recurrence;
use crate::text;
use crate::vocabulary::Vocabulary;

use super::ingest::{Names, Reader};
use super::rows::{self, Facts, HEAD, Head};
use super::schema::{self, Fields};
use super::segment::{Ordered, Writing};
use super::tables::Filling;
use super::{About, BuildError, FACTS, FORMAT, HEADS, TABLES};
use super::{beginnings, concordance};

/// Bytes of records packed together. Ten records to show are ten blocks to unpack, so they are small.
const BLOCK: usize = 4096;

/// Builds an index in an empty directory.
pub(super) fn build<D: Directory + Clone>(
    directory: &D,
    threads: bool,
    records: &[Record],
    vocabulary: &Vocabulary,
) -> Result<(Index, About), BuildError> {
    let (schema, fields) = schema::schema();
    let settings = IndexSettings { docstore_blocksize: BLOCK, ..IndexSettings::default() };
    let boxed: Box<dyn Directory> = Box::new(directory.clone());
    let index = Index::create(boxed, schema.clone(), settings).map_err(failed)?;
    let mut ordered: Vec<&Record> = records.iter().collect();
    ordered.sort_by(|one, other| one.id.cmp(&other.id));
    ordered.dedup_by(|next, kept| next.id == kept.id);
    let feeds = Record::by_feed(&ordered).map(|(feed, records)| (feed.to_owned(), records.len() as u64)).collect();
    let about = About { format: FORMAT, records: ordered.len() as u64, feeds };
    let many = u32::try_from(ordered.len()).ok().filter(|many| *many as usize <= concordance::MOST);
    let many = many.ok_or_else(|| BuildError::Index("there are too many records".to_owned()))?;
    let mut writing = Writing::begin(&index).map_err(failed)?;
    let store = writing.store().map_err(failed)?;
    let keep = || Kept::of(directory, &ordered, store, &schema, fields);
    let mut find = || write_words(&ordered, vocabulary, &mut writing, fields);
    let (kept, name_words) = if threads { beside("store", keep, find) } else { (Ok(keep()), find()) };
    let (name_words, kept) = (name_words?, kept??);
    writing.field(fields.whole, &kept.names).map_err(failed)?;
    let mut heads = Vec::with_capacity(ordered.len() * HEAD);
    for ((record, words), (profile, timetable)) in ordered.iter().zip(name_words).zip(kept.numbers) {
        Head::of(record, profile, timetable, words).write(&mut heads);
    }
    directory.atomic_write(Path::new(HEADS), &heads)?;
    writing.finish(many).map_err(failed)?;
    Ok((index, about))
}

/// Writes the ids and the words of all records. Returns how many different words the name of each has.
fn write_words(
    ordered: &[&Record],
    vocabulary: &Vocabulary,
    writing: &mut Writing,
    fields: Fields,
) -> Result<Vec<usize>, BuildError> {
    let mut reader = Reader::new(vocabulary);
    let name_words = ordered.iter().map(|record| reader.read(record)).collect();
    let words = Ordered::of(reader.into_list());
    writing.ids(fields.id, ordered).map_err(failed)?;
    writing.field(fields.words, &words).map_err(failed)?;
    writing.field(fields.starts, &beginnings::of(&words, ordered.len())).map_err(failed)?;
    Ok(name_words)
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

/// What comes of storing all records, and of all that is counted and ranked by: about as much to do as their words.
struct Kept {
    /// The profile and the timetable of each record.
    numbers: Vec<(u32, u32)>,
    /// Names as a whole.
    names: Ordered,
}

impl Kept {
    /// Stores every record as bytes, and writes down the tables of all, with the credits, which records share with their
    /// whole feed and name by number.
    fn of(
        directory: &impl Directory,
        ordered: &[&Record],
        mut store: StoreWriter,
        schema: &Schema,
        fields: Fields,
    ) -> Result<Self, BuildError> {
        let mut credited: FxHashMap<&Credit, usize> = FxHashMap::default();
        let (mut credits, mut credit): (Vec<Arc<Credit>>, _) = (Vec::new(), 0);
        let (mut names, mut filling) = (Names::default(), Filling::default());
        let (mut numbers, mut facts) =
            (Vec::with_capacity(ordered.len()), Vec::with_capacity(ordered.len() * rows::FACTS));
        for ((number, record), rank) in (0..).zip(ordered).zip(ranks(ordered)) {
            names.read(record);
            filling.hide(number, record);
            numbers.push((filling.profile(record), filling.timetable(record)));
            Facts::of(record, rank).write(&mut facts);
            // Mostly that of the record before.
            if !credits.get(credit).is_some_and(|known| Arc::ptr_eq(known, &record.credit)) {
                credit = *credited.entry(&record.credit).or_insert_with(|| {
                    credits.push(Arc::clone(&record.credit));
                    credits.len() - 1
                });
            }
            let bytes = postcard::to_stdvec(&(credit, Stored::of(record)));
            let mut document = TantivyDocument::new();
            document.add_bytes(fields.record, &bytes.map_err(|error| BuildError::Index(error.to_string()))?);
            store.store(&document, schema)?;
        }
        store.close()?;
        let mut tables = filling.finish();
        tables.credits = credits;
        let tables = postcard::to_stdvec(&tables).map_err(|error| BuildError::Index(error.to_string()))?;
        directory.atomic_write(Path::new(TABLES), &tables)?;
        directory.atomic_write(Path::new(FACTS), &facts)?;
        Ok(Self { numbers, names: Ordered::of(names.into_list()) })
    }
}

/// A record without its credit: in bytes, what a [`Record`] with an empty one is.
#[derive(Serialize)]
struct Stored<'r> {
    id: &'r RecordId,
    name: &'r Text,
    also: &'r [String],
    summary: &'r Text,
    place: Option<&'r Place>,
    attendance: Option<Attendance>,
    times: &'r [Recurrence],
    contacts: &'r [Contact],
    who: &'r [Term],
    languages: &'r [String],
    access: &'r [Term],
    pathways: &'r [Pathway],
    fellowship: Option<&'r str>,
    details: &'r Details,
    credit: Credit,
    checked: Option<jiff::civil::Date>,
    sample: bool,
    desk: &'r [Remark],
}

impl<'r> Stored<'r> {
    fn of(record: &'r Record) -> Self {
        Self {
            id: &record.id,
            name: &record.name,
            also: &record.also,
            summary: &record.summary,
            place: record.place.as_deref(),
            attendance: record.attendance,
            times: &record.times,
            contacts: &record.contacts,
            who: &record.who,
            languages: &record.languages,
            access: &record.access,
            pathways: &record.pathways,
            fellowship: record.fellowship.as_deref(),
            details: &record.details,
            credit: Credit::default(),
            checked: record.checked,
            sample: record.sample,
            desk: &record.desk,
        }
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
