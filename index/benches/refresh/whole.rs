//! A plain tantivy index that gives back what was put in: the texts of a record as tantivy's own text fields, and the whole
//! record stored beside them as JSON, in one segment.

use std::path::Path;

use index::record::Record;
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{STORED, STRING, Schema, TEXT};
use tantivy::{Index, IndexWriter, TantivyDocument};

/// Builds one of these records.
pub(crate) fn build(folder: &Path, records: &[Record]) {
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STRING | STORED);
    let [name, location, city, notes] =
        ["name", "location", "city", "notes"].map(|name| schema.add_text_field(name, TEXT));
    let whole = schema.add_text_field("record", STORED);
    let index = Index::create_in_dir(folder, schema.build()).unwrap();
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 200_000_000).unwrap();
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for record in records {
        let mut document = TantivyDocument::default();
        document.add_text(id, record.id.as_str());
        document.add_text(name, &record.name.plain);
        if let Some(place) = &record.place {
            document.add_text(location, &place.name);
            document.add_text(location, &place.street);
            document.add_text(city, &place.city);
        }
        document.add_text(notes, &record.summary.plain);
        document.add_text(whole, serde_json::to_string(record).unwrap());
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    let segments = index.searchable_segment_ids().unwrap();
    if segments.len() > 1 {
        writer.merge(&segments).wait().unwrap();
    }
    writer.wait_merging_threads().unwrap();
}
