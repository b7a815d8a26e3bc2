//! The fields that staff can correct, and what a correction does to a record.

use serde::{Deserialize, Serialize};

use crate::feed::porchlight;
use crate::record::{Contact, Details, Record, Text, Way};
use crate::schedule::Recurrence;
use crate::text;

/// The longest summary, in characters.
const PAGE: usize = 4000;

/// A field that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// What it is called.
    Name,
    /// Its first telephone number.
    Phone,
    /// Its website.
    Website,
    /// Street and number.
    Street,
    /// The town.
    City,
    /// What it is, in a few words.
    Summary,
    /// When it happens, as in Porchlight's own form, parted by semicolons.
    Times,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Name, Self::Phone, Self::Website, Self::Street, Self::City, Self::Summary, Self::Times];

    /// Its name in the file and at the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Website => "website",
            Self::Street => "street",
            Self::City => "city",
            Self::Summary => "summary",
            Self::Times => "times",
        }
    }

    /// The field of this name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word() == word)
    }

    /// What a value must be, when it cannot be this one, in words that continue "it".
    pub fn fault(self, raw: &str) -> Option<String> {
        self.wrong(&self.tidy(raw))
    }

    /// A value, harmless and short enough.
    pub(super) fn tidy(self, raw: &str) -> String {
        match self {
            Self::Summary => text::clean_paragraphs(raw, PAGE),
            _ => text::clean(raw, super::LONGEST),
        }
    }

    /// What is wrong with a value, in words that continue "it".
    pub(super) fn wrong(self, value: &str) -> Option<String> {
        if value.is_empty() {
            return Some("is empty; it must say something".to_owned());
        }
        match self {
            Self::Phone => porchlight::contact_must(Way::Phone, value).map(|must| format!("must be {must}")),
            Self::Website => porchlight::contact_must(Way::Website, value).map(|must| format!("must be {must}")),
            Self::Times => times(value).find_map(|time| porchlight::time(time, false).err()),
            Self::Name | Self::Street | Self::City | Self::Summary => None,
        }
    }
}

/// The times of a value, one by one.
fn times(value: &str) -> impl Iterator<Item = &str> {
    value.split(';').map(str::trim).filter(|time| !time.is_empty())
}

/// Corrects a field of a record.
///
/// # Errors
/// Why it cannot be, in words that stand behind a semicolon.
pub(super) fn correct(record: &mut Record, field: Field, value: &str, timezone: Option<&str>) -> Result<(), String> {
    match field {
        Field::Name => record.name = Text::new(value),
        Field::Summary => record.summary = Text::new(value),
        Field::Phone => reach(&mut record.contacts, Way::Phone, value),
        Field::Website => reach(&mut record.contacts, Way::Website, value),
        Field::Street => {
            let place = record.place.get_or_insert_default();
            if place.withheld {
                return Err("its address is kept private".to_owned());
            }
            value.clone_into(&mut place.street);
            // The point on the map was that of the other street.
            place.point = None;
        }
        Field::City => {
            let place = record.place.get_or_insert_default();
            value.clone_into(&mut place.city);
            place.point = None;
        }
        Field::Times => {
            let known = record.times.first().map(|time| time.zone.clone());
            let zone = known.or_else(|| timezone.map(ToOwned::to_owned)).ok_or("its time zone is not known")?;
            let meeting = matches!(record.details, Details::Meeting(_));
            let times = times(value).map(|time| Ok(Recurrence::new(zone.clone(), porchlight::time(time, meeting)?)));
            record.times = times.collect::<Result<_, String>>()?;
        }
    }
    Ok(())
}

/// Puts a way to reach it in place of the first of its sort; else before all others.
fn reach(contacts: &mut Vec<Contact>, way: Way, value: &str) {
    match contacts.iter_mut().find(|contact| contact.way == way) {
        Some(contact) if contact.value == value => {}
        Some(contact) => *contact = Contact::new(way, value),
        None => contacts.insert(0, Contact::new(way, value)),
    }
}
