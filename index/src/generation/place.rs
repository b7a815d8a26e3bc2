//! Names that are known as a whole: of records, of places. And what the directory knows of words, for `understand`.
//!
//! One field of the index holds them, each as one term after a letter that says what it names: `n` a record, `p` a city,
//! a neighbourhood, a county, a state or a ZIP code, `l` a building. Places are learned from the records alone; the middle
//! of a place is that of what lies in it.

use std::io;
use std::rc::Rc;

use tantivy::Term;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;

use crate::query::Place;
use crate::record::{Point, Record};
use crate::text;
use crate::understand::Known;

use super::rows::unpack_point;
use super::{Generation, Opened, slips};

/// So many listings of a place are asked where it is.
const ASKED: usize = 256;

/// The name of a record, of a place, of a building.
pub(super) const NAME: char = 'n';
pub(super) const PLACE: char = 'p';
pub(super) const BUILDING: char = 'l';

/// A name as it is compared: its folded words with single spaces.
pub(super) fn key(name: &str) -> String {
    text::joined_words(name)
}

/// The names of a record and of its places, each after the letter that says what it names; `key` folds them.
pub(super) fn names(record: &Record, mut key: impl FnMut(&str) -> Rc<str>) -> Vec<(char, Rc<str>)> {
    // Other names are often mere keywords, which stand for much else: they are found as words.
    let own = [record.name.plain.as_str(), record.name.es.as_deref().unwrap_or_default()];
    let mut names: Vec<(char, Rc<str>)> = own.into_iter().map(|name| (NAME, key(name))).collect();
    if let Some(place) = &record.place {
        for area in areas(place) {
            let area = key(area);
            names.extend(area.strip_suffix(" county").map(|county| (PLACE, county.into())));
            names.push((PLACE, area));
        }
        names.push((BUILDING, key(&place.name)));
    }
    names.retain(|(_, name)| !name.is_empty());
    names.sort_unstable();
    names.dedup();
    names
}

fn areas(place: &crate::record::Place) -> impl Iterator<Item = &str> {
    // `43215-1234` lies in `43215`.
    let zip = place.postal_code.split_once('-').map_or(place.postal_code.as_str(), |(zip, _)| zip);
    let lists = place.regions.iter().chain(&place.serves).map(String::as_str);
    [place.city.as_str(), place.state.as_str(), zip].into_iter().chain(lists)
}

impl Opened {
    fn named(&self, kind: char, name: &str) -> io::Result<Option<TermInfo>> {
        self.whole.get_term_info(&Term::from_field_text(self.fields.whole, &format!("{kind}{name}")))
    }

    /// The numbers of the records under a name, in order.
    pub(super) fn under(&self, kind: char, name: &str, mut each: impl FnMut(u32)) -> io::Result<()> {
        let Some(info) = self.named(kind, name)? else { return Ok(()) };
        let mut postings = self.whole.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
        while !postings.docs().is_empty() {
            for number in postings.docs() {
                each(*number);
            }
            postings.advance();
        }
        Ok(())
    }

    /// The records whose names begin with two words and more that were typed, unless they are many.
    pub(super) fn begins_with(&self, typed: &str, mut each: impl FnMut(u32)) -> io::Result<()> {
        /// More names than that have only their beginning in common.
        const FEW: usize = 8;
        const SHORTEST: usize = 6;
        if !typed.contains(' ') || typed.len() < SHORTEST {
            return Ok(());
        }
        let mut names = Vec::new();
        let start = format!("{NAME}{typed}");
        let range = self.whole.terms().range().ge(start.as_bytes());
        let mut stream = range.into_stream()?;
        while names.len() <= FEW && stream.advance() && stream.key().starts_with(start.as_bytes()) {
            names.extend(
                std::str::from_utf8(stream.key()).ok().and_then(|name| name.strip_prefix(NAME)).map(str::to_owned),
            );
        }
        for name in names.iter().filter(|_| names.len() <= FEW) {
            self.under(NAME, name, &mut each)?;
        }
        Ok(())
    }

    /// The records whose names are one slip away from what was typed, when one of its words is no word of the directory.
    pub(super) fn nearly(&self, typed: &str, mut each: impl FnMut(u32)) -> io::Result<()> {
        if typed.len() > text::LONGEST_WORD || typed.split(' ').all(|word| self.holding(word) > 0) {
            return Ok(());
        }
        for name in slips::names(self.whole.terms(), NAME, typed)? {
            self.under(NAME, &name, &mut each)?;
        }
        Ok(())
    }

    /// How many records hold a word.
    fn holding(&self, word: &str) -> u32 {
        let info = self.words.get_term_info(&Term::from_field_text(self.fields.words, word));
        info.ok().flatten().map_or(0, |info| info.doc_freq)
    }

    fn place(&self, name: &str, bare: bool) -> Option<Place> {
        /// Shorter words that stand alone are no places: "or", "in", "ca".
        const SHORTEST: usize = 4;
        let known = |kind| self.named(kind, name).ok().flatten().map(|info| (kind, info.doc_freq));
        // A building's name may be that of a group as well; then it is searched as words.
        let alone = || !bare || name.contains(' ') && known(NAME).is_none();
        let (kind, listings) = known(PLACE).or_else(|| known(BUILDING).filter(|_| alone()))?;
        if bare && !name.contains(' ') {
            // "Hope" is a town somewhere, and mostly a word.
            let mostly = u64::from(self.holding(name)) <= 2 * u64::from(listings);
            if name.len() < SHORTEST || !mostly {
                return None;
            }
        }
        let mut listed = Vec::new();
        self.under(kind, name, |number| {
            if listed.len() < ASKED {
                listed.push(number);
            }
        })
        .ok()?;
        let first = self.read(*listed.first()?)?;
        let there = first.place.as_ref()?;
        let as_written = areas(there).chain([there.name.as_str()]).find(|text| {
            let written = key(text);
            written == name || written.strip_suffix(" county") == Some(name)
        });
        let points = listed.iter().filter_map(|number| unpack_point(self.facts(*number).point));
        Some(Place { name: as_written.unwrap_or(name).to_owned(), key: name.to_owned(), point: middle(points) })
    }
}

/// The middle of some points, whatever a few false ones among them say.
fn middle(points: impl Iterator<Item = (f64, f64)>) -> Option<Point> {
    let (mut north, mut east): (Vec<f64>, Vec<f64>) = points.unzip();
    let median = |all: &mut Vec<f64>| {
        all.sort_unstable_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    };
    Some(Point { latitude: median(&mut north)?, longitude: median(&mut east)? })
}

impl Known for Generation {
    fn has(&self, word: &str) -> bool {
        self.0.as_ref().is_some_and(|opened| opened.holding(word) > 0)
    }

    fn goes_on(&self, start: &str, family: &dyn Fn(&str) -> bool) -> bool {
        let Some(opened) = &self.0 else { return false };
        let mut goes_on = false;
        let asked = opened.lexicon().continuations(start, |term, _| {
            goes_on = term.len() > start.len() && !family(term);
            !goes_on
        });
        asked.is_ok() && goes_on
    }

    fn place(&self, name: &str, bare: bool) -> Option<Place> {
        self.0.as_ref()?.place(name, bare)
    }
}
