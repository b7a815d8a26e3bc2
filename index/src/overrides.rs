//! What staff of the centre correct by hand, and what that does to the directory.
//!
//! One file, `overrides.toml`, written by the program and read strictly. Each entry has a number that never changes, and
//! speaks of one listing by its id, of all listings in a building, or of the home screen. Feeds come and go beneath it:
//! an entry whose listing is gone is kept, told, and holds again when the listing comes back.
//!
//! Invariants: what was written is read as it was ([`Overrides::to_toml`], [`Overrides::read`]). Applying twice is
//! applying once. Corrections, counted beds and added listings are built into the records; what holds from one day to
//! another (hidden, closed, a note) is carried by them as data ([`crate::record::Remark`]) and decided when somebody asks.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::record::RecordId;
use crate::schedule::Dates;

mod apply;
mod correct;
mod draft;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use apply::{Ground, harvest};
pub use correct::Field;
pub use draft::{Draft, Piece};
pub use write::quoted;

/// The longest text that staff may say, in characters.
pub const LONGEST: usize = 300;

/// All that staff have corrected, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The entries.
    pub entries: Vec<Override>,
}

/// One thing that staff have corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Its number.
    pub number: u32,
    /// When it was written, by the clock on the wall.
    pub written: Option<DateTime>,
    /// When it holds.
    pub dates: Dates,
    /// What it does.
    pub what: What,
}

/// What an override does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Shows it to nobody.
    Hide(Target),
    /// Says that it is closed, and why.
    Close(Target, String),
    /// Says something about it.
    Note(Target, String),
    /// Says that one of its fields is otherwise. Several times are parted by semicolons.
    Correct(RecordId, Field, String),
    /// Says how many beds are free.
    Beds(RecordId, u32),
    /// Adds listings: tables of Porchlight's own form.
    Add(String),
    /// Says something on the home screen.
    Notice(String),
}

/// What an override speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// One listing.
    Listing(RecordId),
    /// Everything in a building.
    Building {
        /// The building's name, or its street and number.
        building: String,
        /// Its town; empty for any.
        city: String,
    },
}

/// A line on the home screen, from one day to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// When it is shown.
    pub dates: Dates,
}

impl What {
    /// The word for it in the file.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Hide(_) => "hide",
            Self::Close(..) => "close",
            Self::Note(..) => "note",
            Self::Correct(..) => "correct",
            Self::Beds(..) => "beds",
            Self::Add(_) => "add",
            Self::Notice(_) => "notice",
        }
    }

    /// The listing that it speaks of, when that is one.
    pub fn listing(&self) -> Option<&RecordId> {
        match self {
            Self::Hide(Target::Listing(id))
            | Self::Close(Target::Listing(id), _)
            | Self::Note(Target::Listing(id), _)
            | Self::Correct(id, ..)
            | Self::Beds(id, _) => Some(id),
            _ => None,
        }
    }

    /// Whether it says the same of the same as `other`, whatever it says: then the later one stands for both.
    fn is_about_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Beds(one, _), Self::Beds(other, _)) => one == other,
            (Self::Correct(one, field, _), Self::Correct(other, of, _)) => one == other && field == of,
            (Self::Close(one, _), Self::Close(other, _)) => one == other,
            _ => self == other,
        }
    }
}

impl Overrides {
    /// Adds an entry under the next number, in place of an earlier one of the same from the same day on. Returns the number.
    pub fn add(&mut self, written: DateTime, dates: Dates, what: What) -> u32 {
        let number = self.entries.iter().map(|entry| entry.number).max().unwrap_or(0).saturating_add(1);
        self.entries.retain(|entry| !(what.is_about_the_same(&entry.what) && entry.dates.from == dates.from));
        self.entries.push(Override { number, written: Some(written), dates, what });
        number
    }

    /// These overrides with one more, as they are read again, and its number.
    ///
    /// # Errors
    /// What is wrong with it, in whole sentences.
    pub fn with(&self, written: DateTime, dates: Dates, what: What) -> Result<(Self, u32), String> {
        let mut overrides = self.clone();
        let number = overrides.add(written, dates, what);
        match Self::read("", &overrides.to_toml()) {
            Ok(read) => Ok((read, number)),
            Err(faults) => Err(faults.into_iter().map(|fault| fault.text).collect::<Vec<_>>().join("; ")),
        }
    }

    /// Takes the entry of this number away.
    pub fn remove(&mut self, number: u32) -> Option<Override> {
        let at = self.entries.iter().position(|entry| entry.number == number)?;
        Some(self.entries.remove(at))
    }

    /// Takes away what is over before this day.
    pub fn expire(&mut self, today: Date) -> Vec<Override> {
        let (over, holding) =
            std::mem::take(&mut self.entries).into_iter().partition(|entry| entry.dates.are_over(today));
        self.entries = holding;
        over
    }

    /// What stands on the home screen.
    pub fn notices(&self) -> Vec<Notice> {
        let notices = self.entries.iter().filter_map(|entry| match &entry.what {
            What::Notice(text) => Some(Notice { text: text.clone(), dates: entry.dates }),
            _ => None,
        });
        notices.collect()
    }
}
