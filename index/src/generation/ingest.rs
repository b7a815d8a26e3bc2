//! What of a record can be found: its words, each with the parts that hold it.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::record::{Contact, Details, Pathway, Record, Text, Way};
use crate::text;
use crate::vocabulary::Vocabulary;

use super::concordance::Concordance;
use super::schema::{self, FACTS, NAME, PLACE, TEXT};
use super::{place, spoken};

/// So many texts are remembered.
const KNOWN: usize = 30_000;

/// Whether the index takes a word. What is longer than a word of a question can be is never asked for.
pub(crate) fn takes(word: &str) -> bool {
    !word.is_empty() && word.chars().count() <= text::LONGEST_WORD
}

/// Takes records apart, and remembers the words it met: most texts of a directory are said again and again.
pub(super) struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    words: Numbered,
    /// Texts that were taken apart before.
    known: FxHashMap<String, Rc<[u32]>>,
    /// For each word, the parts of the record at hand that have it.
    bag: Vec<u8>,
    /// The words that it has, each once.
    bagged: Vec<u32>,
    /// The words of the text at hand.
    text: Vec<u32>,
}

/// Texts, each with a number, and the records that hold them.
#[derive(Default)]
struct Numbered {
    numbers: FxHashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
    held: Concordance,
}

impl Numbered {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    fn listed(self) -> Listed {
        Listed { terms: self.texts, held: self.held }
    }
}

/// The terms of a field by number, and the records that hold them.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) terms: Vec<Arc<str>>,
    pub(super) held: Concordance,
}

/// Collects names as a whole.
#[derive(Default)]
pub(super) struct Names {
    whole: Numbered,
    /// Names as they are compared.
    keys: FxHashMap<String, Rc<str>>,
    /// The one that is looked up.
    name: String,
}

impl Names {
    /// Takes the names of a record and of its places.
    pub(super) fn read(&mut self, record: &Record) {
        let Self { whole, keys, name } = self;
        for (kind, key) in place::names(record, |text| Self::key(keys, text)) {
            name.clear();
            name.push(kind);
            name.push_str(&key);
            let number = whole.number(name);
            whole.held.hold(number, 1);
        }
        whole.held.next_record();
    }

    /// A name as it is compared.
    fn key(keys: &mut FxHashMap<String, Rc<str>>, text: &str) -> Rc<str> {
        if let Some(known) = keys.get(text) {
            return Rc::clone(known);
        }
        let key: Rc<str> = place::key(text).into();
        if keys.len() < KNOWN {
            keys.insert(text.to_owned(), Rc::clone(&key));
        }
        key
    }

    /// The names of all records that were read.
    pub(super) fn into_list(self) -> Listed {
        self.whole.listed()
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(vocabulary: &'a Vocabulary) -> Self {
        Self {
            vocabulary,
            words: Numbered::default(),
            known: FxHashMap::default(),
            bag: Vec::new(),
            bagged: Vec::new(),
            text: Vec::new(),
        }
    }

    /// The words of all records that were read.
    pub(super) fn into_list(self) -> Listed {
        self.words.listed()
    }

    /// Takes a record apart. Returns how many different words its name has.
    pub(super) fn read(&mut self, record: &Record) -> usize {
        self.add(&record.name.plain, NAME);
        let name_words = self.bagged.len();
        self.record(record);
        for word in self.bagged.drain(..) {
            let parts = self.bag.get_mut(word as usize).map(std::mem::take).unwrap_or_default();
            self.words.held.hold(word, schema::count_for(parts));
        }
        self.words.held.next_record();
        name_words
    }

    fn word(&mut self, word: &str, part: u8) {
        if takes(word) {
            let number = self.number(word);
            self.hold(number, part);
        }
    }

    /// The record at hand has this word in this part.
    fn hold(&mut self, word: u32, part: u8) {
        let Some(parts) = self.bag.get_mut(word as usize) else { return };
        if *parts == 0 {
            self.bagged.push(word);
        }
        *parts |= part;
    }

    fn number(&mut self, word: &str) -> u32 {
        let number = self.words.number(word);
        self.bag.resize(self.words.texts.len(), 0);
        number
    }

    fn add(&mut self, text: &str, part: u8) {
        /// Longer texts are rarely said twice.
        const SHORT_TEXT: usize = 60;
        if text.is_empty() {
            return;
        }
        if let Some(known) = self.known.get(text) {
            for word in &*Rc::clone(known) {
                self.hold(*word, part);
            }
            return;
        }
        self.text.clear();
        text::each_word(text, |word| {
            if takes(word) {
                let number = self.number(word);
                self.text.push(number);
                self.hold(number, part);
            }
        });
        if text.len() <= SHORT_TEXT && self.known.len() < KNOWN {
            self.known.insert(text.to_owned(), self.text.as_slice().into());
        }
    }

    fn record(&mut self, record: &Record) {
        self.text(&record.name, NAME);
        self.each(&record.also, NAME);
        self.text(&record.summary, TEXT);
        self.place(record);
        self.facts(record);
        self.details(&record.details);
        for contact in &record.contacts {
            self.contact(contact);
        }
    }

    fn text(&mut self, text: &Text, part: u8) {
        self.add(&text.plain, part);
        self.add(text.es.as_deref().unwrap_or_default(), part);
    }

    fn each(&mut self, texts: &[String], part: u8) {
        for text in texts {
            self.add(text, part);
        }
    }

    fn place(&mut self, record: &Record) {
        let Some(place) = &record.place else { return };
        for text in [&place.name, &place.street, &place.city, &place.state, &place.postal_code, &place.country] {
            self.add(text, PLACE);
        }
        self.each(&place.regions, PLACE);
        self.each(&place.serves, PLACE);
        self.add(&place.notes, TEXT);
    }

    fn facts(&mut self, record: &Record) {
        self.add(spoken::kind(record.kind()), FACTS);
        if let Some(attendance) = record.attendance {
            self.add(spoken::attendance(attendance), FACTS);
        }
        for term in record.who.iter().chain(&record.access) {
            self.term(term.as_str());
        }
        for language in &record.languages {
            self.term(language);
        }
        for pathway in record.pathways.iter().filter(|pathway| **pathway != Pathway::All) {
            self.add(spoken::pathway(*pathway), FACTS);
        }
        if let Some(key) = &record.fellowship {
            self.add(key, FACTS);
            if let Some(fellowship) = self.vocabulary.fellowships.get(key) {
                self.text(&fellowship.name, FACTS);
                self.add(&fellowship.short, FACTS);
            }
        }
    }

    fn term(&mut self, key: &str) {
        self.add(key, FACTS);
        if let Some(entry) = self.vocabulary.terms.get(key) {
            self.text(&entry.label, FACTS);
        }
    }

    fn details(&mut self, details: &Details) {
        match details {
            Details::Meeting(meeting) => {
                self.add(&meeting.group, PLACE);
                if let Some(open) = meeting.open {
                    self.add(spoken::openness(open), FACTS);
                }
                for style in &meeting.style {
                    self.term(style.as_str());
                }
            }
            Details::Housing(home) => {
                self.add(&home.operator, PLACE);
                if let Some(level) = home.level {
                    self.add(spoken::level(level), FACTS);
                }
                if home.children == Some(true) {
                    self.add(spoken::CHILDREN, FACTS);
                }
                if home.moud.is_some_and(|moud| moud != crate::record::Moud::No) {
                    self.add(spoken::MEDICATION, FACTS);
                }
                self.add(&home.certification, FACTS);
                for text in [&home.fee, &home.pays, &home.moud_note, &home.admission, &home.rules] {
                    self.add(text, TEXT);
                }
            }
            Details::Organization(organization) => {
                self.add(spoken::organization(organization.sort), FACTS);
                self.add(&organization.parent, PLACE);
                self.add(&organization.member_of, FACTS);
                self.each(&organization.offers, FACTS);
            }
            Details::Service(service) => {
                self.add(spoken::service(service.sort), FACTS);
                self.add(&service.run_by, PLACE);
                for text in [&service.cost, &service.how, &service.eligibility] {
                    self.add(text, TEXT);
                }
            }
            Details::Publication(publication) => {
                for id in &publication.ids {
                    self.printed_number(id);
                }
                self.add(&publication.publisher, PLACE);
                self.add(&publication.format, FACTS);
                self.each(&publication.audience, FACTS);
                self.each(&publication.topics, FACTS);
            }
            Details::Topic(topic) => self.each(&topic.sources, TEXT),
        }
    }

    /// A publication's number can be typed with or without its dashes, whole or in part.
    fn printed_number(&mut self, id: &str) {
        self.add(id, NAME);
        let whole: String = text::fold(id).chars().filter(|c| c.is_alphanumeric()).collect();
        for run in whole.as_bytes().chunk_by(|one, other| one.is_ascii_digit() == other.is_ascii_digit()) {
            self.word(std::str::from_utf8(run).unwrap_or_default(), NAME);
        }
        self.word(&whole, NAME);
    }

    /// A telephone number can be typed in any spelling: its parts are words, and so are its last ten and seven digits.
    fn contact(&mut self, contact: &Contact) {
        self.add(&contact.note, TEXT);
        if matches!(contact.way, Way::Phone | Way::Dial | Way::Tty | Way::Text) {
            self.add(&contact.value, FACTS);
            let digits = number(&contact.value);
            let digits = if digits.len() == 11 { digits.strip_prefix('1').unwrap_or(&digits) } else { &digits };
            for length in [10, 7] {
                if let Some(tail) = digits.len().checked_sub(length).and_then(|at| digits.get(at..)) {
                    self.word(tail, FACTS);
                }
            }
        }
    }
}

/// The digits of the first telephone number in `value`, without what is dialed after it: extensions and codes come
/// after a letter (`ext 12`), a pause or a key (`,,901#`).
fn number(value: &str) -> String {
    /// Fewer digits are no number of their own: `Text 4HOPE`.
    const SHORTEST: usize = 7;
    let ends = |c: char| c.is_alphabetic() || matches!(c, ',' | ';' | '#' | '*');
    let mut runs = value.split(ends).map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>());
    runs.find(|digits| digits.len() >= SHORTEST).unwrap_or_default()
}
