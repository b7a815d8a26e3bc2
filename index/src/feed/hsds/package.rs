//! One model for both serialisations: heads by id, and with each head the rows that belong to it.

use std::collections::{BTreeMap, BTreeSet};

use super::objects::{Fields, INLINE, Object};
use crate::feed::Spot;
use crate::feed::notes::Notes;
use crate::feed::register::digest;
use crate::text;

/// Stands at the beginning of ids that rows have not of their own. It cannot stand in an id of theirs.
const MADE: char = '\u{1}';

/// More rows of one sort than a listing has; it bounds the time, for a service may stand at many places.
const MOST_ROWS: usize = 100;

/// A service, an organization, a location, ...
#[derive(Debug)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) spot: Spot,
    pub(super) fields: Fields,
    rows: BTreeMap<Object, Vec<Fields>>,
}

impl Head {
    /// Its id, if its source gave it one.
    pub(super) fn own_id(&self) -> Option<&str> {
        Some(self.id.as_str()).filter(|id| !id.starts_with(MADE))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name)
    }

    /// The rows of this object that belong to it, each once.
    pub(super) fn rows(&self, object: Object) -> &[Fields] {
        self.rows.get(&object).map(Vec::as_slice).unwrap_or_default()
    }

    /// Keeps each row once, and no more of them than anybody has. True when there were more.
    fn tidy(&mut self) -> bool {
        let mut many = false;
        for (object, rows) in &mut self.rows {
            let mut said = BTreeSet::new();
            let fresh: Vec<bool> = rows.iter().map(|row| said.insert(key(*object, row))).collect();
            drop(said);
            let mut fresh = fresh.into_iter();
            rows.retain(|_| fresh.next().unwrap_or(false));
            many |= rows.len() > MOST_ROWS;
            rows.truncate(MOST_ROWS);
        }
        many
    }

    fn weight(&self) -> usize {
        self.fields.len() + self.rows.values().map(Vec::len).sum::<usize>()
    }
}

/// What makes a row another row: what it says, and the ids that are all that some rows say.
fn key(object: Object, row: &Fields) -> (Vec<(&str, &str)>, [Option<&str>; 2]) {
    let ids = match object {
        Object::Attribute => [row.get("taxonomy_term_id"), row.get("taxonomy_id")],
        Object::Capacity => [row.get("unit_id"), None],
        _ => [None, None],
    };
    (row.content(), ids)
}

/// All heads of one sort.
#[derive(Debug, Default)]
pub(super) struct Heads {
    list: Vec<Head>,
    by_id: BTreeMap<String, usize>,
    /// How often one was seen.
    pub(super) seen: usize,
}

impl Heads {
    pub(super) fn get(&self, id: Option<&str>) -> Option<&Head> {
        self.list.get(*self.by_id.get(&plain_id(id?))?)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Head> {
        self.list.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    fn add(&mut self, id: String, spot: Spot, fields: Fields) -> usize {
        self.seen += 1;
        let index = self.list.len();
        self.by_id.entry(id.clone()).or_insert(index);
        self.list.push(Head { id, spot, fields, rows: BTreeMap::new() });
        index
    }

    /// Joins heads of one id and one name; the fuller leads. Another name under the same id is another head; one without
    /// a name is a pointer to the first that has one.
    fn join(&mut self) {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for head in &self.list {
            if let Some(name) = head.get("name") {
                names.entry(head.id.clone()).or_insert_with(|| text::fold(name));
            }
        }
        let mut list: Vec<Head> = Vec::with_capacity(self.list.len());
        let mut first: BTreeMap<(String, String), usize> = BTreeMap::new();
        self.by_id.clear();
        for head in std::mem::take(&mut self.list) {
            let own = head.get("name").map(text::fold);
            let name = own.or_else(|| names.get(&head.id).cloned()).unwrap_or_default();
            let key = (head.id.clone(), name);
            if let Some(known) = first.get(&key).and_then(|at| list.get_mut(*at)) {
                join(known, head);
                continue;
            }
            first.insert(key, list.len());
            self.by_id.entry(head.id.clone()).or_insert(list.len());
            list.push(head);
        }
        self.list = list;
    }
}

fn join(known: &mut Head, mut other: Head) {
    if other.weight() > known.weight() {
        std::mem::swap(&mut known.fields, &mut other.fields);
        std::mem::swap(&mut known.rows, &mut other.rows);
    }
    known.fields.fill_up(other.fields);
    for (object, rows) in other.rows {
        known.rows.entry(object).or_default().extend(rows);
    }
}

/// All that a feed holds.
#[derive(Debug, Default)]
pub(super) struct Package {
    heads: BTreeMap<Object, Heads>,
    /// Rows of tables, which belong to the heads that they name.
    loose: Vec<(Object, Fields)>,
    /// Where something stands that should be a listing and cannot be read, and why.
    pub(super) broken: Vec<(Spot, String)>,
}

impl Package {
    pub(super) fn heads(&self, object: Object) -> &Heads {
        const NONE: &Heads = &Heads { list: Vec::new(), by_id: BTreeMap::new(), seen: 0 };
        self.heads.get(&object).unwrap_or(NONE)
    }

    /// Adds a head, and gives its id and its number. `content` stands for the id of a row that has none.
    pub(super) fn add(&mut self, object: Object, spot: Spot, fields: Fields, content: &str) -> (String, usize) {
        // Not even kept: what is not here cannot be shown by mistake.
        let fields = if object == Object::Contact { fields.without_person() } else { fields };
        let id = fields.get("id").map(plain_id).filter(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| {
            let parts = [content.to_owned(), "twice as long, for there may be many".to_owned()];
            format!("{MADE}{}{}", digest(&parts[..1]), digest(&parts))
        });
        let inline = inline(object, &fields);
        let index = self.heads.entry(object).or_default().add(id.clone(), spot, fields);
        for (inner, row) in inline {
            self.attach((object, index), inner, row);
        }
        (id, index)
    }

    /// Adds a row to a head.
    pub(super) fn attach(&mut self, owner: (Object, usize), object: Object, row: Fields) {
        let head = self.heads.get_mut(&owner.0).and_then(|heads| heads.list.get_mut(owner.1));
        if let Some(head) = head.filter(|_| !row.is_empty()) {
            head.rows.entry(object).or_default().push(row);
        }
    }

    /// Adds a row of a table.
    pub(super) fn add_loose(&mut self, object: Object, row: Fields) {
        self.loose.push((object, row));
    }

    /// Joins what is one and gives the rows of tables to their heads.
    pub(super) fn settle(&mut self, notes: &mut Notes<'_>) {
        self.heads.values_mut().for_each(Heads::join);
        self.offer_where_services_are();
        let offers: BTreeMap<(String, String), String> = self
            .heads(Object::Offer)
            .iter()
            .filter_map(|offer| {
                let pair = (plain_id(offer.get("service_id")?), plain_id(offer.get("location_id")?));
                Some((pair, offer.id.clone()))
            })
            .collect();
        let mut lost: BTreeMap<Object, usize> = BTreeMap::new();
        for (object, row) in std::mem::take(&mut self.loose) {
            match self.owner(object, &row, &offers) {
                Owner::Head(owner) => self.attach(owner, object, row),
                Owner::Lost => *lost.entry(object).or_default() += 1,
                Owner::Other => {}
            }
        }
        for (owner, phone) in self.numbers_of_contacts(&offers) {
            self.attach(owner, Object::Phone, phone);
        }
        let heads = self.heads.values_mut().flat_map(|heads| &mut heads.list);
        if heads.fold(false, |many, head| head.tidy() | many) {
            notes.feed("Some listings have very many rows of one sort; those beyond the first hundred were left out.");
        }
        for (object, count) in lost {
            notes.feed(format!(
                "Rows of {} that belong to nothing in the feed: {count}. They were left out.",
                format!("{object:?}").to_lowercase()
            ));
        }
    }

    /// Early packages name the one location of a service in the service itself.
    fn offer_where_services_are(&mut self) {
        let offered: BTreeSet<String> =
            self.heads(Object::Offer).iter().filter_map(|offer| offer.get("service_id").map(plain_id)).collect();
        let services = self.heads(Object::Service).iter().filter(|service| !offered.contains(&service.id));
        let places = services.filter_map(|service| {
            let mut offer = Fields::default();
            offer.set("service_id", &service.id);
            offer.set("location_id", service.get("location_id")?);
            Some((service.spot, offer))
        });
        for (spot, offer) in places.collect::<Vec<_>>() {
            let content = format!("{:?}", [offer.get("service_id"), offer.get("location_id")]);
            self.add(Object::Offer, spot, offer, &content);
        }
    }

    /// The numbers of contacts that are no person's, and whose they are.
    fn numbers_of_contacts(&self, offers: &BTreeMap<(String, String), String>) -> Vec<((Object, usize), Fields)> {
        let mut numbers = Vec::new();
        for contact in self.heads(Object::Contact).iter().filter(|contact| contact.get("person").is_none()) {
            if let Owner::Head(owner) = self.owner(Object::Phone, &contact.fields, offers) {
                let department = contact.get("department").unwrap_or_default();
                numbers.extend(contact.rows(Object::Phone).iter().map(|phone| {
                    let mut phone = phone.clone();
                    phone.set("description", department);
                    (owner, phone)
                }));
            }
        }
        numbers
    }

    fn owner(&self, object: Object, row: &Fields, offers: &BTreeMap<(String, String), String>) -> Owner {
        let offer_of_pair = || {
            let pair = (plain_id(row.get("service_id")?), plain_id(row.get("location_id")?));
            offers.get(&pair).map(String::as_str)
        };
        for owner in object.owners() {
            let Some(link) = owner.link() else { continue };
            let mut id = row.get(link);
            if id.is_none() && *owner == Object::Offer && object != Object::Language {
                id = offer_of_pair();
            }
            let heads = self.heads(*owner);
            let id = id.or_else(|| row.get("link_id")).map(plain_id);
            if let Some(index) = id.and_then(|id| heads.by_id.get(&id)) {
                return Owner::Head((*owner, *index));
            }
        }
        // A number of a person, the language of a number, a mark on something else: nothing that is shown.
        let elsewhere = row.get("contact_id").or(row.get("phone_id")).or(row.get("link_entity")).is_some();
        if elsewhere && row.get("service_id").is_none() { Owner::Other } else { Owner::Lost }
    }
}

/// The rows that stand between commas in columns of a head.
fn inline(object: Object, fields: &Fields) -> Vec<(Object, Fields)> {
    let mut rows = Vec::new();
    for (_, column, inner, name) in INLINE.iter().filter(|(head, ..)| *head == object) {
        for entry in fields.get(column).into_iter().flat_map(|listed| listed.split(',')).take(MOST_ROWS) {
            let mut row = Fields::default();
            row.set(name, entry);
            rows.push((*inner, row));
        }
    }
    rows
}

/// To whom a row of a table belongs.
enum Owner {
    Head((Object, usize)),
    /// It names somebody who is not there.
    Lost,
    /// To somebody of whom nothing is shown.
    Other,
}

/// Ids as they are compared: exports differ in spaces and in what cannot be seen.
fn plain_id(raw: &str) -> String {
    if raw.starts_with(MADE) { raw.to_owned() } else { text::clean(raw, 300) }
}
