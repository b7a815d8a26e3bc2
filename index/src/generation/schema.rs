//! The fields of the index.
//!
//! One text field holds the words of all the parts of a record. How often a word "occurs" in it is no count but a
//! set: the parts of the record that hold the word ([`count_for`], [`parts_of`]). One list per word then says all that
//! ranking needs, and short beginnings have lists of their own, so that the first keys are as quick as the last.

use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};

/// The part of a record that is its name.
pub(super) const NAME: u8 = 8;
/// The part that says where and by whom.
pub(super) const PLACE: u8 = 4;
/// The part that is made of facts.
pub(super) const FACTS: u8 = 2;
/// The part that is running text.
pub(super) const TEXT: u8 = 1;

/// The sets of parts, by the count that stands for each. A count of five costs five times the work of a count of one
/// when the index is built, so the commonest sets come first.
const SETS: [u8; 16] = [
    0,
    TEXT,
    FACTS,
    PLACE,
    NAME,
    PLACE | FACTS,
    FACTS | TEXT,
    NAME | FACTS,
    PLACE | TEXT,
    NAME | TEXT,
    NAME | PLACE,
    NAME | FACTS | TEXT,
    PLACE | FACTS | TEXT,
    NAME | PLACE | FACTS,
    NAME | PLACE | TEXT,
    NAME | PLACE | FACTS | TEXT,
];

/// The counts, by the set of parts for which each stands.
const COUNTS: [u8; 16] = {
    let (mut counts, mut count) = ([1; 16], 1);
    while count < 16 {
        counts[SETS[count as usize] as usize] = count;
        count += 1;
    }
    counts
};

/// The count that stands for a set of parts, 1 to 15.
pub(super) fn count_for(parts: u8) -> u8 {
    COUNTS[usize::from(parts & 15)]
}

/// The set of parts that a count stands for.
pub(super) fn parts_of(count: u32) -> u8 {
    SETS[(count & 15) as usize]
}

/// Of several parts that have words with one beginning, only the best is told: the first letters of a word say little.
pub(super) fn best_part(parts: u8) -> u8 {
    [NAME, PLACE, FACTS].into_iter().find(|part| parts & part != 0).unwrap_or(TEXT)
}

/// Beginnings of up to so many letters have lists of their own.
pub(super) const SHORT: usize = 3;

/// The fields.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    /// The record's id, whole.
    pub(super) id: Field,
    /// Words with the parts that hold them.
    pub(super) words: Field,
    /// Beginnings of one to three letters with the parts that hold them.
    pub(super) starts: Field,
    /// The record as bytes.
    pub(super) record: Field,
    /// Names as a whole ([`super::place`]).
    pub(super) whole: Field,
}

/// Nothing is split into terms when it is written: terms come as they are. The index wants a name for that.
const TOKENIZER: &str = "listed";

/// Makes the schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let listed = |option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false))
    };
    let fields = Fields {
        id: schema.add_text_field("id", listed(IndexRecordOption::Basic)),
        words: schema.add_text_field("words", listed(IndexRecordOption::WithFreqs)),
        starts: schema.add_text_field("starts", listed(IndexRecordOption::WithFreqs)),
        record: schema.add_bytes_field("record", STORED),
        whole: schema.add_text_field("whole", listed(IndexRecordOption::Basic)),
    };
    (schema.build(), fields)
}
