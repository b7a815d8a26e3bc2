//! What the overrides do to the records of one directory.

use std::collections::{BTreeMap, BTreeSet};

use super::{Override, Overrides, Target, What, correct};
use crate::feed::{Complaint, Feed, Form, Harvest, Part, read as read_feed};
use crate::record::{Beds, DESK, Details, Record, RecordId, Remark, Said};
use crate::schedule::Dates;
use crate::text;
use crate::vocabulary::Vocabulary;

/// What overrides are applied on.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// Where each listing went that merging joined with another.
    pub leaders: &'a BTreeMap<RecordId, RecordId>,
    /// The zone of the clock on the wall, for a listing that had no times before.
    pub timezone: Option<&'a str>,
}

/// The listings that tables of Porchlight's own form add.
pub fn harvest(toml: &str, timezone: Option<&str>, vocabulary: &Vocabulary) -> Harvest {
    let timezone = timezone.map(ToOwned::to_owned);
    let feed = Feed { name: DESK.to_owned(), timezone, ..Feed::default() };
    read_feed(Form::Porchlight, &feed, &[Part { name: "added", bytes: toml.as_bytes() }], vocabulary)
}

impl Overrides {
    /// The listings that staff have added, as a feed of their own. They are merged like those of any other, so that one
    /// that a feed lists later stands once.
    pub fn added(&self, timezone: Option<&str>, vocabulary: &Vocabulary) -> Harvest {
        let mut all = Harvest::default();
        for entry in &self.entries {
            let What::Add(toml) = &entry.what else { continue };
            let Harvest { rows, joined, dropped, records, complaints } = harvest(toml, timezone, vocabulary);
            all.rows += rows;
            all.joined += joined;
            all.dropped += dropped;
            all.records.extend(records);
            all.complaints.extend(complaints);
        }
        all
    }

    /// Builds into the records, which stand in the order of their ids, what staff say of them.
    pub fn apply(&self, mut records: Vec<Record>, ground: &Ground<'_>) -> (Vec<Record>, Vec<Complaint>) {
        for record in &mut records {
            record.desk.clear();
        }
        let mut complaints = Vec::new();
        // Corrections first: what holds for a building looks at the address as it is corrected.
        let (facts, dated): (Vec<&Override>, Vec<&Override>) =
            self.entries.iter().partition(|entry| matches!(entry.what, What::Correct(..) | What::Beds(..)));
        for entry in facts.into_iter().chain(dated) {
            complaints.extend(entry.apply(&mut records, ground));
        }
        (records, complaints)
    }

    /// The records that corrections and counted beds change, as their sources have them: of these records, which stand
    /// in the order of their ids, and before [`Overrides::apply`].
    pub fn originals(&self, records: &[Record], ground: &Ground<'_>) -> Vec<Record> {
        let changed = self.entries.iter().filter_map(|entry| match &entry.what {
            What::Correct(id, ..) | What::Beds(id, _) => position(records, id, ground),
            _ => None,
        });
        let changed: BTreeSet<usize> = changed.collect();
        changed.into_iter().filter_map(|at| records.get(at).cloned()).collect()
    }

    /// The numbers of those that speak of something that is not among these records, which stand in the order of their ids.
    pub fn gone(&self, records: &[Record], ground: &Ground<'_>) -> Vec<u32> {
        let is_gone = |what: &What| match what {
            What::Hide(Target::Building { building, city })
            | What::Close(Target::Building { building, city }, _)
            | What::Note(Target::Building { building, city }, _) => {
                !records.iter().any(|record| is_in(record, building, city))
            }
            what => what.listing().is_some_and(|id| position(records, id, ground).is_none()),
        };
        self.entries.iter().filter(|entry| is_gone(&entry.what)).map(|entry| entry.number).collect()
    }
}

impl Override {
    fn apply(&self, records: &mut [Record], ground: &Ground<'_>) -> Option<Complaint> {
        match &self.what {
            What::Hide(target) => self.remark(records, ground, target, &Said::Hidden),
            What::Close(target, why) => self.remark(records, ground, target, &Said::Closed(why.clone())),
            What::Note(target, text) => self.remark(records, ground, target, &Said::Note(text.clone())),
            What::Correct(id, field, value) => {
                let Some(record) = find(records, id, ground) else { return Some(self.gone(id)) };
                match correct::correct(record, *field, value, ground.timezone) {
                    Ok(()) => {
                        mark(record, Said::Corrected);
                        None
                    }
                    Err(why) => Some(self.complaint(id, &format!("could not correct {}: {why}", field.word()))),
                }
            }
            What::Beds(id, free) => {
                let Some(record) = find(records, id, ground) else { return Some(self.gone(id)) };
                let Details::Housing(home) = &mut record.details else {
                    return Some(self.complaint(id, "counts beds, and this is no place to live"));
                };
                // A count that its source took later is the fresher one.
                if home.beds.is_some_and(|beds| beds.counted > self.written) {
                    return Some(self.complaint(id, "is older than the count of its source, which is told instead"));
                }
                home.beds = Some(Beds { free: *free, counted: self.written });
                mark(record, Said::Beds);
                None
            }
            What::Add(_) | What::Notice(_) => None,
        }
    }

    fn remark(&self, records: &mut [Record], ground: &Ground<'_>, target: &Target, what: &Said) -> Option<Complaint> {
        let remark = Remark { dates: self.dates, what: what.clone() };
        match target {
            Target::Listing(id) => match find(records, id, ground) {
                Some(record) => {
                    record.desk.push(remark);
                    None
                }
                None => Some(self.gone(id)),
            },
            Target::Building { building, city } => {
                let mut found = false;
                for record in records.iter_mut().filter(|record| is_in(record, building, city)) {
                    record.desk.push(remark.clone());
                    found = true;
                }
                let text = format!("{} is for \"{building}\", and nothing is listed there now; {STAYS}", self.named());
                (!found).then(|| Complaint::of_feed(DESK, text))
            }
        }
    }

    fn named(&self) -> String {
        format!("override {} ({})", self.number, self.what.word())
    }

    fn gone(&self, id: &RecordId) -> Complaint {
        self.complaint(id, &format!("is for a listing that is gone; {STAYS}"))
    }

    fn complaint(&self, id: &RecordId, text: &str) -> Complaint {
        let key = id.as_str().split_once(':').map(|(_, key)| key.to_owned());
        let text = format!("{} {text}", self.named());
        Complaint { key, ..Complaint::of_feed(id.feed(), text) }
    }
}

const STAYS: &str = "it is kept, and takes effect again when that comes back";

/// Says once that staff did this.
fn mark(record: &mut Record, what: Said) {
    if !record.is_said(&what) {
        record.desk.push(Remark { dates: Dates::default(), what });
    }
}

/// The record of this id, or the one that it was joined with.
fn find<'r>(records: &'r mut [Record], id: &RecordId, ground: &Ground<'_>) -> Option<&'r mut Record> {
    records.get_mut(position(records, id, ground)?)
}

fn position(records: &[Record], id: &RecordId, ground: &Ground<'_>) -> Option<usize> {
    let mut id = id;
    // No chain of twins is longer than there are twins.
    for _ in 0..=ground.leaders.len() {
        if let Ok(at) = records.binary_search_by(|record| record.id.cmp(id)) {
            return Some(at);
        }
        id = ground.leaders.get(id)?;
    }
    None
}

/// Whether a record's place is this building: by its name, or by its street and number.
fn is_in(record: &Record, building: &str, city: &str) -> bool {
    let Some(place) = &record.place else { return false };
    let is = |one: &str, other: &str| !one.is_empty() && text::words(one).eq(text::words(other));
    (is(&place.name, building) || is(&place.street, building)) && (city.is_empty() || is(&place.city, city))
}
