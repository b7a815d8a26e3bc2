//! The files of the one segment, written from lists that are known already.
//!
//! Tantivy's own writer takes tokens and looks each of them up to learn which term it is. Here the terms have numbers
//! when they come, so that its files are written through its public serializers: terms in the order of their bytes, the
//! records of each in the order of their numbers.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::{Directory, TerminatingWrite as _};
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::FieldNormsSerializer;
use tantivy::index::{Segment, SegmentComponent};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::store::StoreWriter;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexMeta, TantivyDocument, TantivyError};

use crate::record::Record;

use super::concordance::{MOST, Turned};
use super::ingest::Listed;

/// A segment that is being written.
pub(super) struct Writing {
    segment: Segment,
    postings: InvertedIndexSerializer,
}

impl Writing {
    /// A new segment of this index.
    pub(super) fn begin(index: &Index) -> Result<Self, TantivyError> {
        let segment = index.new_segment();
        let postings = InvertedIndexSerializer::open(&segment)?;
        Ok(Self { segment, postings })
    }

    /// The store of its documents, to be closed by whoever fills it.
    pub(super) fn store(&self) -> Result<StoreWriter, TantivyError> {
        let settings = self.segment.index().settings();
        let file = self.segment.open_write(SegmentComponent::Store)?;
        Ok(StoreWriter::new(file, settings.docstore_compression, settings.docstore_blocksize, false)?)
    }

    /// Writes the ids of the records, which come in the order of their ids. Fields have to come in their order.
    pub(super) fn ids(&mut self, field: Field, records: &[&Record]) -> Result<(), TantivyError> {
        let mut field = self.postings.new_field(field, records.len() as u64, None)?;
        for (number, record) in (0..).zip(records) {
            field.new_term_without_freq(record.id.as_str().as_bytes())?;
            field.write_doc(number, 0, &[]);
            field.close_term()?;
        }
        Ok(field.close()?)
    }

    /// Writes a field: the text of each term, and which records hold it. A field without a term is not written at all.
    pub(super) fn field(&mut self, field: Field, Ordered { terms, order, held }: &Ordered) -> Result<(), TantivyError> {
        if terms.is_empty() {
            return Ok(());
        }
        if terms.len() > MOST {
            return Err(TantivyError::InvalidArgument("there are too many words".to_owned()));
        }
        let has_freq = match self.segment.schema().get_field_entry(field).field_type().index_record_option() {
            Some(option) => option != IndexRecordOption::Basic,
            None => false,
        };
        let mut field = self.postings.new_field(field, held.tokens(), None)?;
        for number in order {
            let Some(text) = terms.get(*number as usize) else { continue };
            let records = held.records(*number);
            let frequency = u32::try_from(records.len()).unwrap_or(u32::MAX);
            field.new_term(text.as_bytes(), if has_freq { frequency } else { 0 }, has_freq)?;
            for (record, count) in records {
                field.write_doc(record, if has_freq { count } else { 0 }, &[]);
            }
            field.close_term()?;
        }
        Ok(field.close()?)
    }

    /// Closes it, and has the index consist of it.
    pub(super) fn finish(self, records: u32) -> Result<(), TantivyError> {
        let Self { segment, postings } = self;
        postings.close()?;
        // No field has norms or columns; tantivy expects their files all the same.
        FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?.close()?;
        let manager = TokenizerManager::default();
        let mut columns = FastFieldsWriter::from_schema_and_tokenizer_manager(&segment.schema(), manager)?;
        for _ in 0..records {
            columns.add_document(&TantivyDocument::default())?;
        }
        let mut file = segment.open_write(SegmentComponent::FastFields)?;
        columns.serialize(&mut file, None)?;
        file.terminate()?;
        let index = segment.index();
        let meta = IndexMeta {
            index_settings: index.settings().clone(),
            persisted_custom_extensions: Vec::new(),
            segments: vec![index.new_segment_meta(segment.id(), records)],
            schema: index.schema(),
            opstamp: 0,
            payload: None,
        };
        let mut text = serde_json::to_vec_pretty(&meta)?;
        writeln!(text)?;
        let directory = index.directory();
        directory.sync_directory()?;
        directory.atomic_write(Path::new("meta.json"), &text)?;
        Ok(directory.sync_directory()?)
    }
}

/// The terms of a field, with the records that hold each, as they are written.
pub(super) struct Ordered {
    terms: Vec<Arc<str>>,
    /// Their numbers, in the order of their bytes.
    order: Vec<u32>,
    held: Turned,
}

impl Ordered {
    pub(super) fn of(Listed { terms, held }: Listed) -> Self {
        Self { order: in_order(&terms), held: held.turned(terms.len()), terms }
    }

    /// Of terms that are in their order already.
    pub(super) fn in_order(terms: Vec<Arc<str>>, held: Turned) -> Self {
        Self { order: (0..).zip(&terms).map(|(number, _)| number).collect(), terms, held }
    }

    /// The texts of the terms, in their order.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(|number| self.terms.get(*number as usize).map_or("", |text| &**text))
    }

    /// The records of the term in this place, in their order, and how often it counts in each.
    pub(super) fn records(&self, at: usize) -> impl Iterator<Item = (u32, u32)> {
        self.order.get(at).into_iter().flat_map(|number| self.held.records(*number))
    }
}

/// The numbers of all terms, in the order of their bytes.
fn in_order(terms: &[Arc<str>]) -> Vec<u32> {
    // Most terms differ in their first eight bytes, so few have to be looked at again.
    let beginning = |text: &str| text.bytes().chain([0; 8]).take(8).fold(0_u64, |all, byte| all << 8 | u64::from(byte));
    let mut order: Vec<(u64, u32)> = terms.iter().map(|text| beginning(text)).zip(0..).collect();
    let text = |number: u32| terms.get(number as usize);
    order.sort_unstable_by(|one, other| one.0.cmp(&other.0).then_with(|| text(one.1).cmp(&text(other.1))));
    order.into_iter().map(|(_, number)| number).collect()
}
