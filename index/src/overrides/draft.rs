//! A listing that staff add piece by piece, as a table of Porchlight's own form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{harvest, quoted};
use crate::record::{DESK, Kind, RecordId};
use crate::text;
use crate::vocabulary::Vocabulary;

/// What can be said of a listing that staff add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Piece {
    /// What it is called.
    Name,
    /// Of a service or an organization: of which sort it is.
    Sort,
    /// When, as in Porchlight's own form, parted by semicolons.
    Times,
    /// The building.
    Place,
    /// Street and number.
    Street,
    /// The town.
    City,
    /// A telephone number.
    Phone,
    /// A web address.
    Website,
    /// What it is, in a few words.
    Summary,
}

/// What staff say of a listing of theirs. Nothing of it is checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The word of its kind.
    pub kind: String,
    /// What is said of it.
    pub pieces: BTreeMap<Piece, String>,
}

impl Piece {
    /// All of them, in the order in which one asks.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Sort,
        Self::Times,
        Self::Place,
        Self::Street,
        Self::City,
        Self::Phone,
        Self::Website,
        Self::Summary,
    ];

    /// Its word at the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Sort => "sort",
            Self::Times => "times",
            Self::Place => "place",
            Self::Street => "street",
            Self::City => "city",
            Self::Phone => "phone",
            Self::Website => "website",
            Self::Summary => "summary",
        }
    }
}

impl Draft {
    /// The table, under a key that is made of the name and that no other listing has.
    pub fn to_toml(&self, is_taken: impl Fn(&RecordId) -> bool) -> String {
        let name = self.said(Piece::Name).unwrap_or_default();
        let kinds = Kind::ALL.map(Kind::word);
        // A kind that there is none of is quoted, and so found to be a fault.
        let kind = kinds.into_iter().find(|word| *word == self.kind).map_or(quoted(&self.kind), str::to_owned);
        let mut table = format!("[[{kind}]]\nkey = {}\nname = {}\n", quoted(&key(name, is_taken)), quoted(name));
        let mut line = |key: &str, value: &str| table.extend([key, " = ", value, "\n"]);
        for piece in [Piece::Sort, Piece::Summary] {
            if let Some(said) = self.said(piece) {
                line(piece.word(), &quoted(said));
            }
        }
        if let Some(times) = self.said(Piece::Times) {
            let times: Vec<String> =
                times.split(';').map(str::trim).filter(|time| !time.is_empty()).map(quoted).collect();
            line("times", &format!("[{}]", times.join(", ")));
        }
        let pairs = |pieces: &[(&str, Piece)]| -> Vec<String> {
            let pairs =
                pieces.iter().filter_map(|(key, piece)| Some(format!("{key} = {}", quoted(self.said(*piece)?))));
            pairs.collect()
        };
        let place = pairs(&[("name", Piece::Place), ("street", Piece::Street), ("city", Piece::City)]);
        if !place.is_empty() {
            line("place", &format!("{{ {} }}", place.join(", ")));
        }
        let ways = pairs(&[("phone", Piece::Phone), ("website", Piece::Website)]);
        if !ways.is_empty() {
            let ways: Vec<String> = ways.into_iter().map(|way| format!("{{ {way} }}")).collect();
            line("contacts", &format!("[{}]", ways.join(", ")));
        }
        table
    }

    /// What is wrong with it: the piece, where one is to blame, and what it must be.
    pub fn faults(&self, timezone: Option<&str>, vocabulary: &Vocabulary) -> Vec<(Option<Piece>, String)> {
        let faults = |draft: &Self| -> Vec<String> {
            let harvest = harvest(&draft.to_toml(|_| false), timezone, vocabulary);
            let mut faults: Vec<String> = harvest.complaints.into_iter().map(|complaint| complaint.text).collect();
            if harvest.records.is_empty() && faults.is_empty() {
                faults.push("there is no listing in it".to_owned());
            }
            faults
        };
        let blamed = |text: &String| {
            // A piece is to blame when without it the fault is gone, or when it is the one that is missing.
            let is_gone = |piece: &Piece| {
                let mut without = self.clone();
                without.pieces.remove(piece).is_some() && !faults(&without).contains(text)
            };
            let is_named = |piece: &Piece| self.said(*piece).is_none() && text.contains(&format!("`{}`", piece.word()));
            Piece::ALL.into_iter().find(is_named).or_else(|| Piece::ALL.into_iter().find(is_gone))
        };
        faults(self).into_iter().map(|text| (blamed(&text), text)).collect()
    }

    fn said(&self, piece: Piece) -> Option<&str> {
        self.pieces.get(&piece).map(|said| said.trim()).filter(|said| !said.is_empty())
    }
}

/// A key of the first words of a name, with a number behind it where that is taken.
fn key(name: &str, is_taken: impl Fn(&RecordId) -> bool) -> String {
    let letters = |word: String| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let words: Vec<String> = text::words(name).map(letters).filter(|word| !word.is_empty()).take(8).collect();
    let slug = if words.is_empty() { "listing".to_owned() } else { words.join("-") };
    let keys = std::iter::once(slug.clone()).chain((2..).map(|number| format!("{slug}-{number}")));
    keys.into_iter().find(|key| !is_taken(&RecordId::new(DESK, key))).unwrap_or(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(kind: &str, pieces: &[(Piece, &str)]) -> Draft {
        let pieces = pieces.iter().map(|(piece, said)| (*piece, (*said).to_owned())).collect();
        Draft { kind: kind.to_owned(), pieces }
    }

    fn blamed(draft: &Draft) -> Vec<Option<Piece>> {
        let faults = draft.faults(Some("America/New_York"), Vocabulary::builtin());
        faults.into_iter().map(|(piece, _)| piece).collect()
    }

    #[test]
    fn a_whole_draft_becomes_one_listing_with_all_that_was_said() {
        let draft = draft(
            "meeting",
            &[
                (Piece::Name, "Lantern \"Night\" Group"),
                (Piece::Times, "Tue 19:00-20:00; Sat noon"),
                (Piece::Place, "Sample Hall"),
                (Piece::Street, "1 Sample Street"),
                (Piece::City, "Riverbend"),
                (Piece::Phone, "555-0142"),
                (Piece::Website, "https://example.org/lantern"),
                (Piece::Summary, "Coffee first."),
            ],
        );
        assert_eq!(blamed(&draft), []);
        let taken = RecordId::new(DESK, "lantern-night-group");
        let harvest = harvest(&draft.to_toml(|id| *id == taken), Some("America/New_York"), Vocabulary::builtin());
        let [record] = &harvest.records[..] else { panic!("{harvest:?}") };
        assert_eq!(record.id, RecordId::new(DESK, "lantern-night-group-2"));
        assert_eq!((record.name.plain.as_str(), record.times.len()), ("Lantern \"Night\" Group", 2));
        assert_eq!(record.place.as_ref().map(|place| place.city.as_str()), Some("Riverbend"));
        assert_eq!((record.contacts.len(), record.summary.plain.as_str()), (2, "Coffee first."));
    }

    #[test]
    fn the_piece_that_is_to_blame_is_named() {
        let name = (Piece::Name, "Lanterns");
        assert_eq!(blamed(&draft("meeting", &[name])), []);
        assert_eq!(blamed(&draft("meeting", &[name, (Piece::Times, "now and then")])), [Some(Piece::Times)]);
        assert_eq!(blamed(&draft("housing", &[name, (Piece::Phone, "ask Bo")])), [Some(Piece::Phone)]);
        assert_eq!(blamed(&draft("housing", &[name, (Piece::Website, "no where")])), [Some(Piece::Website)]);
        assert_eq!(blamed(&draft("meeting", &[])).first(), Some(&Some(Piece::Name)));
        assert_eq!(blamed(&draft("service", &[name, (Piece::Sort, "unheard of")])), [Some(Piece::Sort)]);
        assert_eq!(blamed(&draft("feast", &[name])).first(), Some(&None));
    }
}
