//! What one would use instead: a plain tantivy index of the same records, and words forgiven in stages over it.
//!
//! Five text fields, split and folded by tantivy's own tokenizers; one segment. Each word has to stand in some field:
//! as it is, or, the last one, as a beginning; when that finds fewer than ten, with slips. Answered are the ten best by
//! BM25 and their number: no facets, constraints, times or distances, and no record is read.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use index::record::{Details, Record, Way};
use index::vocabulary::Vocabulary;
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use serde::Deserialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::index::InvertedIndexReader;
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};
use tantivy_fst::Automaton;

/// Name, location, city, notes, facts.
const FIELDS: [&str; 5] = ["name", "location", "city", "notes", "facts"];
const TOKENIZER: &str = "folded";
/// So many terms stand for a word in each field, the commonest first.
const TERMS: usize = 64;
const ENOUGH: usize = 10;

/// A row of Meeting Guide, as one would read it who knows that all rows are well-formed.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    name: String,
    notes: String,
    group: String,
    location: String,
    location_notes: String,
    formatted_address: String,
    regions: Vec<String>,
    types: Vec<String>,
    conference_url_notes: String,
    conference_phone: String,
    contact_1_phone: String,
}

pub(crate) struct Bare {
    searcher: Searcher,
    fields: Vec<(Field, Arc<InvertedIndexReader>)>,
    analyzer: TextAnalyzer,
}

fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(60))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

impl Bare {
    pub(crate) fn build(folder: &Path, records: &[Record]) {
        Self::build_of(folder, records.iter(), document);
    }

    /// The same of rows of Meeting Guide, straight from the file: of each those texts that are in its record too.
    #[allow(dead_code, reason = "for the cost of a refresh alone")]
    pub(crate) fn build_of_rows(folder: &Path, rows: &[u8]) {
        let rows: Vec<Row> = serde_json::from_slice(rows).unwrap();
        Self::build_of(folder, rows.iter(), |row, [name, location, city, notes, facts]| {
            let mut document = TantivyDocument::new();
            let mut add = |field, text: &str| {
                if !text.is_empty() {
                    document.add_text(field, text);
                }
            };
            add(name, &row.name);
            for text in [&row.notes, &row.location_notes, &row.conference_url_notes] {
                add(notes, text);
            }
            for text in [&row.location, &row.group].into_iter().chain(&row.regions) {
                add(location, text);
            }
            add(city, &row.formatted_address);
            for text in [&row.conference_phone, &row.contact_1_phone].into_iter().chain(&row.types) {
                add(facts, text);
            }
            add(facts, "meeting twelve-step Alcoholics Anonymous AA");
            document
        });
    }

    fn build_of<T>(folder: &Path, all: impl Iterator<Item = T>, document: fn(T, [Field; 5]) -> TantivyDocument) {
        let mut schema = Schema::builder();
        // No phrase is asked for, so no positions are kept.
        let indexing =
            TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields = FIELDS.map(|name| match name {
            "name" => schema.add_text_field(name, options.clone().set_stored()),
            _ => schema.add_text_field(name, options.clone()),
        });
        let index = Index::create_in_dir(folder, schema.build()).unwrap();
        index.tokenizers().register(TOKENIZER, analyzer());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 200_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for one in all {
            writer.add_document(document(one, fields)).unwrap();
        }
        writer.commit().unwrap();
        let segments = index.searchable_segment_ids().unwrap();
        if segments.len() > 1 {
            writer.merge(&segments).wait().unwrap();
        }
        writer.wait_merging_threads().unwrap();
        let writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.garbage_collect_files().wait().unwrap();
    }

    pub(crate) fn open(folder: &Path) -> Self {
        let index = Index::open_in_dir(folder).unwrap();
        index.tokenizers().register(TOKENIZER, analyzer());
        let searcher = index.reader().unwrap().searcher();
        let segment = searcher.segment_reader(0);
        let fields = FIELDS.map(|name| index.schema().get_field(name).unwrap());
        let fields = fields.map(|field| (field, segment.inverted_index(field).unwrap())).to_vec();
        Self { searcher, fields, analyzer: analyzer() }
    }

    /// How many there are; the ten best are found and forgotten.
    pub(crate) fn search(&mut self, typed: &str) -> usize {
        let mut words = Vec::new();
        self.analyzer.token_stream(typed).process(&mut |token| words.push(token.text.clone()));
        let unfinished = !typed.ends_with(char::is_whitespace);
        let found = self.stage(&words, unfinished, false);
        if found >= ENOUGH || !words.iter().any(|word| slips(word) > 0) {
            return found;
        }
        self.stage(&words, unfinished, true)
    }

    fn stage(&self, words: &[String], unfinished: bool, forgiving: bool) -> usize {
        let mut all: Vec<Box<dyn Query>> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let beginning = unfinished && at + 1 == words.len();
            let near = (forgiving && slips(word) > 0).then(|| dfa(word, beginning));
            let mut any: Vec<Box<dyn Query>> = Vec::new();
            for (field, index) in &self.fields {
                let mut terms = vec![word.as_bytes().to_vec()];
                if beginning {
                    terms.extend(beginnings(index, word));
                }
                terms.extend(near.iter().flat_map(|dfa| like(index, dfa)));
                terms.sort_unstable();
                terms.dedup();
                any.extend(terms.iter().filter_map(|term| query(*field, index, term)));
            }
            if any.is_empty() {
                return 0;
            }
            all.push(Box::new(BooleanQuery::union(any)));
        }
        if all.is_empty() {
            return 0;
        }
        let query = BooleanQuery::intersection(all);
        let collector = (TopDocs::with_limit(ENOUGH).order_by_score(), Count);
        let (best, count) = self.searcher.search(&query, &collector).unwrap();
        std::hint::black_box(best);
        count
    }
}

/// What finds one term, if the field has it.
fn query(field: Field, index: &InvertedIndexReader, term: &[u8]) -> Option<Box<dyn Query>> {
    let term = Term::from_field_text(field, std::str::from_utf8(term).ok()?);
    index.get_term_info(&term).unwrap()?;
    Some(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
}

/// The terms that begin so.
fn beginnings(index: &InvertedIndexReader, start: &str) -> Vec<Vec<u8>> {
    let mut end = start.as_bytes().to_vec();
    end.push(0xff);
    let mut stream = index.terms().range().gt(start).lt(end).into_stream().unwrap();
    let mut found = Vec::new();
    while stream.advance() {
        found.push((0, u32::MAX - stream.value().doc_freq, stream.key().to_vec()));
    }
    commonest(found)
}

/// The terms that the automaton takes.
fn like(index: &InvertedIndexReader, dfa: &DFA) -> Vec<Vec<u8>> {
    let mut stream = index.terms().search(Near(dfa)).into_stream().unwrap();
    let mut found = Vec::new();
    while stream.advance() {
        let Distance::Exact(distance) = dfa.eval(stream.key()) else { continue };
        found.push((distance, u32::MAX - stream.value().doc_freq, stream.key().to_vec()));
    }
    commonest(found)
}

fn commonest(mut found: Vec<(u8, u32, Vec<u8>)>) -> Vec<Vec<u8>> {
    if found.len() > TERMS {
        found.select_nth_unstable(TERMS);
        found.truncate(TERMS);
    }
    found.into_iter().map(|(.., term)| term).collect()
}

/// How many slips are forgiven.
fn slips(word: &str) -> u8 {
    match word.chars().count() {
        _ if word.bytes().any(|byte| byte.is_ascii_digit()) => 0,
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

fn dfa(word: &str, beginning: bool) -> DFA {
    static BUILDERS: OnceLock<[LevenshteinAutomatonBuilder; 2]> = OnceLock::new();
    let builders = BUILDERS.get_or_init(|| [1, 2].map(|slips| LevenshteinAutomatonBuilder::new(slips, true)));
    let builder = &builders[usize::from(slips(word) > 1)];
    if beginning { builder.build_prefix_dfa(word) } else { builder.build_dfa(word) }
}

struct Near<'a>(&'a DFA);

impl Automaton for Near<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

fn document(record: &Record, fields: [Field; 5]) -> TantivyDocument {
    let [name, location, city, notes, facts] = fields;
    let mut document = TantivyDocument::new();
    document.add_text(name, &record.name.plain);
    let mut add = |field, text: &str| {
        if !text.is_empty() {
            document.add_text(field, text);
        }
    };
    add(notes, &record.summary.plain);
    if let Some(place) = &record.place {
        for text in [&place.name, &place.street, &place.state, &place.postal_code, &place.country] {
            add(location, text);
        }
        place.regions.iter().chain(&place.serves).for_each(|text| add(location, text));
        add(city, &place.city);
        add(notes, &place.notes);
    }
    for contact in &record.contacts {
        add(notes, &contact.note);
        if matches!(contact.way, Way::Phone | Way::Dial) {
            add(facts, &contact.value);
        }
    }
    add(facts, record.kind().word());
    add(facts, record.attendance.map_or("", |attendance| attendance.word()));
    record.pathways.iter().for_each(|pathway| add(facts, pathway.word()));
    let vocabulary = Vocabulary::builtin();
    if let Some(known) = record.fellowship.as_ref().and_then(|key| vocabulary.fellowships.get(key)) {
        add(facts, &known.name.plain);
        add(facts, &known.short);
    }
    let style: &[_] = if let Details::Meeting(meeting) = &record.details { &meeting.style } else { &[] };
    let terms = record.who.iter().chain(&record.access).chain(style).map(index::record::Term::as_str);
    for term in terms.chain(record.languages.iter().map(String::as_str)) {
        add(facts, vocabulary.terms.get(term).map_or(term, |entry| &entry.label.plain));
    }
    details(&record.details, [name, location, notes, facts], add);
    document
}

fn details(details: &Details, fields: [Field; 4], mut add: impl FnMut(Field, &str)) {
    let [name, location, notes, facts] = fields;
    match details {
        Details::Meeting(meeting) => {
            add(location, &meeting.group);
            add(facts, meeting.open.map_or("", |open| open.word()));
        }
        Details::Housing(home) => {
            add(location, &home.operator);
            add(facts, &home.certification);
            for text in [&home.fee, &home.pays, &home.moud_note, &home.admission, &home.rules] {
                add(notes, text);
            }
        }
        Details::Organization(organization) => {
            organization.offers.iter().chain([&organization.member_of]).for_each(|text| add(facts, text));
        }
        Details::Service(service) => {
            add(location, &service.run_by);
            add(facts, service.sort.word());
            for text in [&service.cost, &service.how, &service.eligibility] {
                add(notes, text);
            }
        }
        Details::Publication(publication) => {
            publication.ids.iter().for_each(|id| add(name, id));
            add(location, &publication.publisher);
            publication.audience.iter().chain(&publication.topics).for_each(|text| add(facts, text));
            add(facts, &publication.format);
        }
        Details::Topic(topic) => topic.sources.iter().for_each(|text| add(notes, text)),
    }
}
