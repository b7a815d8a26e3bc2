//! What of a record can be found: its words, each with the parts that hold it.

use crate::record::{Contact, Details, Pathway, Record, Text, Way};
use crate::text;
use crate::vocabulary::Vocabulary;

use super::schema::{self, FACTS, NAME, PLACE, SHORT, TEXT};
use super::spoken;

/// Longer runs of letters are no words (addresses of web pages, pasted keys).
const LONGEST: usize = 48;

/// The two lists of one record, ready for the index: words, and short beginnings.
#[derive(Default)]
pub(super) struct Listing {
    pub(super) words: String,
    pub(super) starts: String,
    /// How many different words its name has.
    pub(super) name_words: usize,
}

/// Takes a record apart.
pub(super) fn listing(record: &Record, vocabulary: &Vocabulary) -> Listing {
    let mut bag = Bag { words: Vec::with_capacity(128), vocabulary };
    bag.record(record);
    let mut listing = Listing::default();
    let words = united(bag.words);
    for (word, parts) in &words {
        schema::list(&mut listing.words, word, *parts);
    }
    let beginnings = words.iter().flat_map(|(word, parts)| beginnings(word).map(|start| (start.to_owned(), *parts)));
    for (start, parts) in united(beginnings.collect()) {
        schema::list(&mut listing.starts, &start, parts);
    }
    let mut name: Vec<String> = text::words(&record.name.plain).collect();
    name.sort_unstable();
    name.dedup();
    listing.name_words = name.len();
    listing
}

/// The beginnings of a word that have lists of their own.
fn beginnings(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().take(SHORT).map(move |(at, letter)| &word[..at + letter.len_utf8()])
}

/// Each word once, with all the parts that hold it.
fn united(mut words: Vec<(String, u8)>) -> Vec<(String, u8)> {
    words.sort_unstable();
    words.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 |= next.1;
        }
        same
    });
    words
}

struct Bag<'a> {
    words: Vec<(String, u8)>,
    vocabulary: &'a Vocabulary,
}

impl Bag<'_> {
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

    fn add(&mut self, text: &str, part: u8) {
        if !text.is_empty() {
            self.words.extend(text::words(text).filter(|word| word.len() <= LONGEST).map(|word| (word, part)));
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
        let folded = text::fold(id);
        let whole: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        let digits = |c: char| c.is_ascii_digit();
        let runs = whole.split_inclusive(digits).flat_map(|run| run.split_inclusive(|c: char| !digits(c)));
        let mut run = String::new();
        for piece in runs {
            let same = run.chars().last().is_some_and(|last| piece.starts_with(|c| digits(c) == digits(last)));
            if !same && !run.is_empty() {
                self.words.push((std::mem::take(&mut run), NAME));
            }
            run.push_str(piece);
        }
        if !run.is_empty() && run != whole {
            self.words.push((run, NAME));
        }
        if !whole.is_empty() && whole.len() <= LONGEST {
            self.words.push((whole, NAME));
        }
    }

    /// A telephone number can be typed in any spelling: its parts are words, and so are its last ten and seven digits.
    fn contact(&mut self, contact: &Contact) {
        self.add(&contact.note, TEXT);
        if matches!(contact.way, Way::Phone | Way::Dial | Way::Tty | Way::Text) {
            self.add(&contact.value, FACTS);
            let digits: String = contact.value.chars().filter(char::is_ascii_digit).take(LONGEST).collect();
            let digits = if digits.len() == 11 { digits.strip_prefix('1').unwrap_or(&digits) } else { &digits };
            for length in [10, 7] {
                if let Some(tail) = digits.len().checked_sub(length).and_then(|at| digits.get(at..)) {
                    self.words.push((tail.to_owned(), FACTS));
                }
            }
        }
    }
}
