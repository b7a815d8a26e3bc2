//! The fields of the index, and the small numbers that are packed into them.
//!
//! One text field holds the words of all the parts of a record. How often a word "occurs" in it is no count but a
//! set: the parts of the record that hold the word ([`count_for`], [`parts_of`]). One list per word then says all that
//! ranking needs, and short beginnings have lists of their own, so that the first keys are as quick as the last.

use tantivy::schema::{FAST, NumericOptions};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::record::{Attendance, Kind, Record};

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

/// The count that stands for a set of parts, 1 to 15.
pub(super) fn count_for(parts: u8) -> u8 {
    (1_u8..).zip(&SETS[1..]).find(|(_, set)| **set == parts).map_or(1, |(count, _)| count)
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
    /// [`Marks`].
    pub(super) marks: Field,
    /// The place of the record among all, ordered by folded name, then id.
    pub(super) rank: Field,
    /// Where it is ([`pack_point`]).
    pub(super) point: Field,
    /// When it was confirmed and how many beds were free ([`Freshness`]).
    pub(super) fresh: Field,
    /// When it happens, packed; several per record.
    pub(super) times: Field,
}

/// The name under which the index knows [`Listed`].
const TOKENIZER: &str = "listed";

/// Makes the schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let listed = |option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false))
    };
    let number = NumericOptions::default() | FAST;
    let fields = Fields {
        id: schema.add_text_field("id", listed(IndexRecordOption::Basic)),
        words: schema.add_text_field("words", listed(IndexRecordOption::WithFreqs)),
        starts: schema.add_text_field("starts", listed(IndexRecordOption::WithFreqs)),
        record: schema.add_bytes_field("record", STORED),
        marks: schema.add_u64_field("marks", number.clone()),
        rank: schema.add_u64_field("rank", number.clone()),
        point: schema.add_u64_field("point", number.clone()),
        fresh: schema.add_u64_field("fresh", number.clone()),
        times: schema.add_u64_field("times", number),
    };
    (schema.build(), fields)
}

/// Registers the tokenizer that [`schema`] names.
pub(super) fn tokenizers() -> tantivy::tokenizer::TokenizerManager {
    // Fields that hold no text ask for the default one.
    let manager = tantivy::tokenizer::TokenizerManager::default();
    manager.register(TOKENIZER, Listed);
    manager
}

/// Reads terms that were already taken apart: one a line, each after a letter that says how often it stands
/// (`A` once, `B` twice, ...).
#[derive(Clone)]
struct Listed;

struct Lines<'a> {
    rest: std::str::Lines<'a>,
    again: u8,
    token: Token,
}

/// Writes `term` for [`Listed`], to be counted `times` times (1 to 15).
pub(super) fn list(out: &mut String, term: &str, times: u8) {
    out.push(char::from(b'@' + times));
    out.push_str(term);
    out.push('\n');
}

impl Tokenizer for Listed {
    type TokenStream<'a> = Lines<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Lines<'a> {
        Lines { rest: text.lines(), again: 0, token: Token::default() }
    }
}

impl TokenStream for Lines<'_> {
    fn advance(&mut self) -> bool {
        if self.again > 0 {
            self.again -= 1;
            return true;
        }
        let Some(line) = self.rest.next() else { return false };
        let (times, term) = line.split_at_checked(1).unwrap_or(("A", ""));
        self.again = times.bytes().next().map_or(0, |byte| byte.saturating_sub(b'A'));
        self.token.text.clear();
        self.token.text.push_str(term);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// What filters and counts ask of a record, in one number: kind, doors, days, length of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks(u32);

impl From<u64> for Marks {
    #[expect(clippy::cast_possible_truncation, reason = "no mark stands above the 32nd bit")]
    fn from(stored: u64) -> Self {
        Self(stored as u32)
    }
}

impl From<Marks> for u64 {
    fn from(marks: Marks) -> Self {
        marks.0.into()
    }
}

impl Marks {
    const DOORS: u32 = 3;
    const DAYS: u32 = 9;
    const NAME: u32 = 16;

    /// The marks of a record whose name has `words` words.
    pub(super) fn of(record: &Record, days: u8, words: usize) -> Self {
        let doors = record.doors().into_iter().fold(0, |bits, door| bits | 1 << (door as u32));
        let words = u32::try_from(words.clamp(1, 31)).unwrap_or(31);
        Self(record.kind() as u32 | doors << Self::DOORS | u32::from(days & 127) << Self::DAYS | words << Self::NAME)
    }

    /// The place of its kind in [`Kind::ALL`].
    pub(super) fn kind(self) -> usize {
        (self.0 & 7) as usize
    }

    /// Whether it is of this kind.
    pub(super) fn is(self, kind: Kind) -> bool {
        self.kind() == kind as usize
    }

    /// The kind and the doors together, below 512: a row of a table of counts.
    pub(super) fn kind_and_doors(self) -> usize {
        (self.0 & 511) as usize
    }

    /// The doors as bits, in the order of [`crate::record::Door::ALL`].
    pub(super) fn doors(self) -> u32 {
        self.0 >> Self::DOORS & 63
    }

    /// The days as bits, Sunday first.
    pub(super) fn days(self) -> usize {
        (self.0 >> Self::DAYS & 127) as usize
    }

    /// Words of the name, 1 to 31.
    pub(super) fn name_words(self) -> u8 {
        (self.0 >> Self::NAME & 31) as u8
    }
}

/// How many steps a degree has in a packed point: about a metre.
const STEPS: f64 = 100_000.0;

/// Packs the point of a record for which distance means something; 0 is no point.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=36_000_000 before")]
pub(super) fn pack_point(record: &Record) -> u64 {
    let Some(point) = record.place.as_ref().and_then(|place| place.point) else { return 0 };
    if !record.attendance.is_none_or(Attendance::has_place) {
        return 0;
    }
    let step = |degrees: f64, most: f64| ((degrees + most) * STEPS).round().clamp(0.0, 2.0 * most * STEPS) as u64;
    1 + (step(point.latitude, 90.0) << 26 | step(point.longitude, 180.0))
}

/// Latitude and longitude of a packed point, in degrees.
#[expect(clippy::cast_precision_loss, reason = "both halves have at most 26 bits")]
pub(super) fn unpack_point(packed: u64) -> Option<(f64, f64)> {
    let packed = packed.checked_sub(1)?;
    Some(((packed >> 26) as f64 / STEPS - 90.0, (packed & ((1 << 26) - 1)) as f64 / STEPS - 180.0))
}

/// How fresh a record is, packed: days since 1970 on which it was confirmed and its beds were counted (0 unknown),
/// and how many beds were free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Freshness {
    pub(super) checked: u16,
    pub(super) counted: u16,
    pub(super) free: u8,
}

impl Freshness {
    /// As one number.
    pub(super) fn pack(self) -> u64 {
        u64::from(self.checked) | u64::from(self.counted) << 16 | u64::from(self.free) << 32
    }

    /// From one number.
    #[expect(clippy::cast_possible_truncation, reason = "each part is cut out by its width")]
    pub(super) fn unpack(packed: u64) -> Self {
        Self { checked: packed as u16, counted: (packed >> 16) as u16, free: (packed >> 32) as u8 }
    }
}
