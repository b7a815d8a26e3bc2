//! From harvests to one directory: records ordered by id, no twins.
//!
//! Twins are joined only when it is evident that they are one and the same: same kind, name, times and place (or room on
//! the internet, or telephone number where that is not shared by many), listed by two feeds, and nothing that tells them
//! apart: fellowship, town, state, for whom it is, in person or online. What merely looks alike is told, never joined: a
//! meeting that is lost hurts more than one that is listed twice. Nothing is lost uncounted: what is joined is counted
//! for its feed, so that `rows = records + joined + dropped` holds for each feed after merging as well.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::feed::{Complaint, Harvest, told};
use crate::record::{Contact, Details, Place, Record, RecordId, Way};

mod links;
#[cfg(test)]
mod tests;
mod twins;

use twins::{TwinKey, are_twins, look_alike, marks, twin_key};

/// How many pairs that share a street, a room or a town are compared of one name and time: enough for any true list,
/// and a bound for a damaged one in which every row is called the same.
const MOST_PAIRS: usize = 10_000;

/// How many doubtful pairs of one name and time are told; nobody looks at more.
const MOST_TOLD: usize = 20;

/// One directory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// The records, ordered by id; every id stands once.
    pub records: Vec<Record>,
    /// What the importers complained of, in their order, then what merging found.
    pub complaints: Vec<Complaint>,
    /// How many records of each feed became one with another, here and in the importer.
    pub joined: BTreeMap<String, usize>,
    /// The records that became one with another, each with the one that stands for it now.
    pub leaders: BTreeMap<RecordId, RecordId>,
    /// How much merging found of each feed, told or not.
    noted: BTreeMap<String, usize>,
}

/// Makes one directory of what was read from all feeds.
pub fn merge(harvests: Vec<Harvest>) -> Merged {
    let mut merged = Merged::default();
    let all: usize = harvests.iter().map(|harvest| harvest.records.len()).sum();
    for harvest in harvests {
        if let (Some(record), 1..) = (harvest.records.first(), harvest.joined) {
            *merged.joined.entry(record.id.feed().to_owned()).or_default() += harvest.joined;
        }
        if harvest.records.len() == all {
            merged.records = harvest.records;
        } else {
            // Nothing where they all are in the first.
            merged.records.reserve_exact(all - merged.records.len());
            merged.records.extend(harvest.records);
        }
        merged.complaints.extend(harvest.complaints);
    }
    // Of the same id the one with the later date leads; the sort is stable, so else the first.
    let place = |record: &Record| (record.id.clone(), Reverse(record.checked));
    let in_order =
        |one: &Record, other: &Record| one.id.cmp(&other.id).then(other.checked.cmp(&one.checked)) != Ordering::Greater;
    // Records are large, so their places are sorted, and each is moved once; not at all where they were weighed in order.
    if !merged.records.is_sorted_by(in_order) {
        merged.records.sort_by_cached_key(place);
    }
    merged.one_of_each_id();
    merged.one_of_each_pair();
    let mut records = std::mem::take(&mut merged.records);
    links::name(&mut records, |complaint| merged.note(complaint));
    merged.records = records;
    let untold = std::mem::take(&mut merged.noted).into_iter().filter(|(_, noted)| *noted > told::MOST);
    merged.complaints.extend(untold.map(|(feed, noted)| told::untold(&feed, noted - told::MOST)));
    merged
}

impl Merged {
    fn one_of_each_id(&mut self) {
        let mut records = std::mem::take(&mut self.records);
        records.dedup_by(|record, first| {
            let same = first.id == record.id;
            if same {
                let text = if first == record {
                    "the same listing came twice; it stands once"
                } else {
                    "two listings have the same key; the one confirmed later stays"
                };
                self.join(record, text.to_owned());
            }
            same
        });
        self.records = records;
    }

    fn one_of_each_pair(&mut self) {
        let mut alike: HashMap<TwinKey, Vec<usize>> = HashMap::new();
        for at in self.named_alike() {
            if let Some(key) = self.records.get(at).and_then(twin_key) {
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

    /// The records whose name another feed has as well: only they can have twins, and they are few.
    fn named_alike(&self) -> Vec<usize> {
        // In the order of their ids, the first and the last are of one feed only where all are.
        let feed_of = |record: Option<&Record>| record.map(|record| record.id.feed().to_owned());
        if feed_of(self.records.first()) == feed_of(self.records.last()) {
            return Vec::new();
        }
        let names: Vec<u64> = self.records.iter().map(twins::name_mark).collect();
        // For each name the first record that has it, and whether another feed has it too.
        let mut feeds: HashMap<u64, (usize, bool)> = HashMap::with_capacity(names.len());
        let feed = |at: usize| self.records.get(at).map_or("", |record| record.id.feed());
        for (at, name) in names.iter().enumerate() {
            let (first, several) = feeds.entry(*name).or_insert((at, false));
            *several |= feed(*first) != feed(at);
        }
        let shared = |name: &u64| feeds.get(name).is_some_and(|(_, several)| *several);
        names.iter().enumerate().filter(|(_, name)| shared(name)).map(|(at, _)| at).collect()
    }

    /// Compares the records of one kind, name and times, across feeds only: the rows of one feed are for its importer to
    /// join. First the twins become one, then what is left and looks alike is told.
    fn compare(&mut self, group: &[usize], gone: &mut [bool]) {
        let pairs = self.pairs(group);
        // What each has taken up: of one feed it stands for one row only.
        let mut feeds: HashMap<usize, BTreeSet<String>> = HashMap::new();
        for &(one, other) in &pairs {
            if is_gone(gone, one) || is_gone(gone, other) {
                continue;
            }
            let (Some(left), Some(right)) = (self.records.get(one), self.records.get(other)) else { continue };
            let of = |at: usize, record: &Record| {
                feeds.get(&at).cloned().unwrap_or_else(|| BTreeSet::from([record.id.feed().to_owned()]))
            };
            let (left_feeds, right_feeds) = (of(one, left), of(other, right));
            if !left_feeds.is_disjoint(&right_feeds) || !are_twins(left, right) {
                continue;
            }
            let (leads, follows) = in_order(left, right, one, other);
            if let Some(gone) = gone.get_mut(follows) {
                *gone = true;
            }
            feeds.insert(leads, left_feeds.union(&right_feeds).cloned().collect());
            // Joined at once: what the leader takes from its twin may tell it apart from the next.
            self.unite(leads, follows);
        }
        let mut told = BTreeSet::new();
        for (one, other) in pairs {
            let (Some(left), Some(right)) = (self.records.get(one), self.records.get(other)) else { continue };
            let skip = is_gone(gone, one) || is_gone(gone, other) || !look_alike(left, right);
            if skip || !told.insert((one, other)) {
                continue;
            }
            let (leads, follows) = in_order(left, right, one, other);
            self.tell(leads, follows, told.len() == MOST_TOLD);
            if told.len() == MOST_TOLD {
                break;
            }
        }
    }

    /// The pairs of a group that share something beyond name and times, each of two feeds, by what they share. A pair
    /// comes as often as it shares something.
    fn pairs(&self, group: &[usize]) -> Vec<(usize, usize)> {
        let feed = |at: &usize| self.records.get(*at).map_or("", |record| record.id.feed());
        let of_one_feed = |one: &usize, other: &usize| feed(one) == feed(other);
        // Ordered by id, the rows of a feed stand together.
        if group.chunk_by(of_one_feed).count() < 2 {
            return Vec::new();
        }
        let mut shared: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for &at in group {
            for mark in self.records.get(at).map(marks).unwrap_or_default() {
                shared.entry(mark).or_default().push(at);
            }
        }
        let mut pairs = Vec::new();
        for alike in shared.values() {
            let feeds: Vec<&[usize]> = alike.chunk_by(of_one_feed).collect();
            let across = feeds.iter().enumerate().flat_map(|(nth, rows)| {
                let others = feeds.get(nth + 1..).unwrap_or_default();
                let others = move || others.iter().flat_map(|others| others.iter().copied());
                rows.iter().flat_map(move |&one| others().map(move |other| (one, other)))
            });
            pairs.extend(across.take(MOST_PAIRS));
        }
        pairs
    }

    fn unite(&mut self, leads: usize, follows: usize) {
        let Some(follower) = self.records.get(follows).cloned() else { return };
        let Some(leader) = self.records.get_mut(leads) else { return };
        let text = format!("joined with {}: same name, times and place", leader.id);
        complete(leader, &follower);
        self.leaders.insert(follower.id.clone(), leader.id.clone());
        self.join(&follower, text);
    }

    fn tell(&mut self, leads: usize, follows: usize, last: bool) {
        let (Some(leader), Some(follower)) = (self.records.get(leads), self.records.get(follows)) else { return };
        let more = if last { "; if more of that name and time look alike, they are not told" } else { "" };
        let text = format!(
            "looks like {}: same name and times, and the same town or room; both stay, please look{more}",
            leader.id
        );
        let complaint = complaint(follower, text);
        self.note(complaint);
    }

    fn join(&mut self, record: &Record, text: String) {
        *self.joined.entry(record.id.feed().to_owned()).or_default() += 1;
        self.note(complaint(record, text));
    }

    /// What is found of one feed has the bound that importers have.
    fn note(&mut self, complaint: Complaint) {
        let noted = self.noted.entry(complaint.feed.clone()).or_default();
        *noted += 1;
        if *noted <= told::MOST {
            self.complaints.push(complaint);
        }
    }
}

fn is_gone(gone: &[bool], at: usize) -> bool {
    gone.get(at) == Some(&true)
}

/// Which leads and which follows: the one confirmed later leads, else the first.
fn in_order(left: &Record, right: &Record, one: usize, other: usize) -> (usize, usize) {
    if right.checked > left.checked { (other, one) } else { (one, other) }
}

fn complaint(record: &Record, text: String) -> Complaint {
    let key = record.id.as_str().split_once(':').map(|(_, key)| key.to_owned());
    Complaint { key, ..Complaint::of_feed(record.id.feed(), text) }
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
        let line = format!("{}{and}{}", leader.credit.line, twin.credit.line);
        Arc::make_mut(&mut leader.credit).line = line;
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
