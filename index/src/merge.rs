//! From harvests to one directory: records ordered by id, no twins.
//!
//! Twins are joined only when it is evident that they are one and the same: same kind, name, times and place (or room on
//! the internet, or telephone number where that is not shared by many), listed by two feeds, and nothing that tells them
//! apart: fellowship, town, state, for whom it is, in person or online. What merely looks alike is told, never joined: a
//! meeting that is lost hurts more than one that is listed twice. Nothing is lost uncounted: what is joined is counted
//! for its feed, so that `rows = records + joined + dropped` holds for each feed after merging as well.

use std::collections::{BTreeMap, HashMap};

use crate::feed::{Complaint, Harvest};
use crate::record::{Contact, Details, Place, Record, Way};

#[cfg(test)]
mod tests;
mod twins;

use twins::{TwinKey, are_twins, look_alike, twin_key};

/// One directory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// The records, ordered by id; every id stands once.
    pub records: Vec<Record>,
    /// What the importers complained of, in their order, then what merging found.
    pub complaints: Vec<Complaint>,
    /// How many records of each feed became one with another, here and in the importer.
    pub joined: BTreeMap<String, usize>,
}

/// Makes one directory of what was read from all feeds.
pub fn merge(harvests: Vec<Harvest>) -> Merged {
    let mut merged = Merged::default();
    for harvest in harvests {
        if let (Some(record), 1..) = (harvest.records.first(), harvest.joined) {
            *merged.joined.entry(record.id.feed().to_owned()).or_default() += harvest.joined;
        }
        merged.records.extend(harvest.records);
        merged.complaints.extend(harvest.complaints);
    }
    // Of the same id the one with the later date leads; the sort is stable, so else the first.
    merged.records.sort_by(|one, other| one.id.cmp(&other.id).then_with(|| other.checked.cmp(&one.checked)));
    merged.one_of_each_id();
    merged.one_of_each_pair();
    merged
}

impl Merged {
    fn one_of_each_id(&mut self) {
        let mut kept: Vec<Record> = Vec::with_capacity(self.records.len());
        for record in std::mem::take(&mut self.records) {
            match kept.last() {
                Some(first) if first.id == record.id => {
                    let text = if *first == record {
                        "the same listing came twice; it stands once"
                    } else {
                        "two listings have the same id; the one confirmed later stays"
                    };
                    self.join(&record, text.to_owned());
                }
                _ => kept.push(record),
            }
        }
        self.records = kept;
    }

    fn one_of_each_pair(&mut self) {
        let mut alike: HashMap<TwinKey, Vec<usize>> = HashMap::new();
        for (at, record) in self.records.iter().enumerate() {
            if let Some(key) = twin_key(record) {
                alike.entry(key).or_default().push(at);
            }
        }
        let mut groups: Vec<Vec<usize>> = alike.into_values().filter(|group| group.len() > 1).collect();
        groups.sort_unstable();
        let mut gone = vec![false; self.records.len()];
        for group in groups {
            self.compare(&group, &mut gone);
        }
        let mut at = gone.into_iter();
        self.records.retain(|_| !at.next().unwrap_or(false));
    }

    /// Compares all records of one kind, name and times.
    fn compare(&mut self, group: &[usize], gone: &mut [bool]) {
        for (nth, &one) in group.iter().enumerate() {
            for &other in group.iter().skip(nth + 1) {
                let (Some(left), Some(right)) = (self.records.get(one), self.records.get(other)) else { continue };
                let skip = gone.get(one) == Some(&true) || gone.get(other) == Some(&true);
                if skip || left.id.feed() == right.id.feed() {
                    continue;
                }
                let (leads, follows) = if right.checked > left.checked { (other, one) } else { (one, other) };
                let twins = are_twins(left, right);
                if twins && let Some(gone) = gone.get_mut(follows) {
                    *gone = true;
                }
                // Joined at once: what the leader takes from its twin may tell it apart from the next.
                if twins || look_alike(left, right) {
                    self.tell(leads, follows, twins);
                }
            }
        }
    }

    fn tell(&mut self, leads: usize, follows: usize, twins: bool) {
        let Some(follower) = self.records.get(follows).cloned() else { return };
        let Some(leader) = self.records.get_mut(leads) else { return };
        if twins {
            let text = format!("joined with {}: same name, times and place", leader.id);
            complete(leader, &follower);
            self.join(&follower, text);
        } else {
            let text = format!(
                "looks like {}: same name and times, and the same town or room; both stay, please look",
                leader.id
            );
            self.complaints.push(complaint(&follower, text));
        }
    }

    fn join(&mut self, record: &Record, text: String) {
        *self.joined.entry(record.id.feed().to_owned()).or_default() += 1;
        self.complaints.push(complaint(record, text));
    }
}

fn complaint(record: &Record, text: String) -> Complaint {
    let key = record.id.as_str().split_once(':').map(|(_, key)| key.to_owned());
    Complaint { feed: record.id.feed().to_owned(), key, place: None, text, dropped: false }
}

/// The leader keeps what it says, and takes from its twin what it does not say.
fn complete(leader: &mut Record, twin: &Record) {
    fn fill<T: Clone>(slot: &mut Vec<T>, from: &[T]) {
        if slot.is_empty() {
            slot.extend_from_slice(from);
        }
    }
    if leader.summary.is_empty() {
        leader.summary = twin.summary.clone();
    }
    match (&mut leader.place, &twin.place) {
        (Some(own), Some(twin)) if twin.withheld => withhold(own),
        (None, twin) => leader.place.clone_from(twin),
        _ => {}
    }
    leader.attendance = leader.attendance.or(twin.attendance);
    leader.name.es = leader.name.es.take().or_else(|| twin.name.es.clone());
    add_contacts(&mut leader.contacts, &twin.contacts);
    fill(&mut leader.who, &twin.who);
    fill(&mut leader.languages, &twin.languages);
    fill(&mut leader.access, &twin.access);
    fill(&mut leader.pathways, &twin.pathways);
    leader.fellowship = leader.fellowship.take().or_else(|| twin.fellowship.clone());
    if let (Details::Meeting(leader), Details::Meeting(twin)) = (&mut leader.details, &twin.details) {
        leader.open = leader.open.or(twin.open);
        fill(&mut leader.style, &twin.style);
        if leader.group.is_empty() {
            leader.group.clone_from(&twin.group);
        }
    }
    // Both lists are thanked.
    if !twin.credit.line.is_empty() && !leader.credit.line.contains(&twin.credit.line) {
        let and = if leader.credit.line.is_empty() { "" } else { " · " };
        leader.credit.line = format!("{}{and}{}", leader.credit.line, twin.credit.line);
    }
}

/// An address that one list keeps private stays private, whatever another list tells: street, door and exact point go.
fn withhold(place: &mut Place) {
    if !place.withheld {
        place.withheld = true;
        place.street.clear();
        place.name.clear();
        place.notes.clear();
    }
    place.point = place.point.filter(|_| place.approximate);
}

/// Adds the ways to reach it that only the twin knows, and what only the twin says of a way that both know.
fn add_contacts(own: &mut Vec<Contact>, twin: &[Contact]) {
    for contact in twin {
        match own.iter_mut().find(|known| is_same_way(known, contact)) {
            Some(known) if known.note.is_empty() => known.note.clone_from(&contact.note),
            Some(_) => {}
            None => own.push(contact.clone()),
        }
    }
}

/// Telephone numbers are the same however they are written.
fn is_same_way(one: &Contact, other: &Contact) -> bool {
    let bare = |contact: &Contact| contact.value.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    one.way == other.way && (one.value == other.value || (one.way == Way::Phone && bare(one) == bare(other)))
}
