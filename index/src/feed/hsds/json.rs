//! JSON of HSDS: pages, lists, single objects, and whole packages in one object, each object with others inside it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::objects::{Fields, Object};
use super::package::Package;
use crate::feed::foreign;
use crate::feed::notes::{Notes, quote};
use crate::feed::scan::{self, Piece};
use crate::feed::{Part, Spot};

/// Names under which a page keeps its list.
const LISTS: &[&str] = &["contents", "content", "items", "data", "results", "records"];

/// Objects nested deeper than this are not read: a service, its places, their schedules are three.
const DEEPEST: usize = 12;

/// Reads a file of JSON.
pub(super) fn read(part: &Part<'_>, text: &str, package: &mut Package, pages: &mut Pages, notes: &mut Notes<'_>) {
    let mut reading = Reading { name: part.name, usual: usual(part.name), package, pages, notes };
    match text.strip_prefix('[') {
        Some(list) => reading.list(list, None, true),
        None => reading.object(text),
    }
}

/// How many pages were handed over, by how many there are: lists of different lengths are different lists.
pub(super) type Pages = BTreeMap<u64, u64>;

/// What objects of a file are taken for that could be anything: its name may tell.
fn usual(name: &str) -> Object {
    let name = name.to_lowercase();
    // Of an address on the web the host says nothing.
    let name =
        name.split_once("://").map_or(name.as_str(), |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let told = [
        ("service_at_location", Object::Offer),
        ("organi", Object::Organization),
        ("location", Object::Location),
        ("taxonom", Object::Term),
    ];
    told.iter().find(|(word, _)| name.contains(word)).map_or(Object::Service, |(_, object)| *object)
}

struct Reading<'r, 'n> {
    name: &'r str,
    usual: Object,
    package: &'r mut Package,
    pages: &'r mut Pages,
    notes: &'r mut Notes<'n>,
}

impl Reading<'_, '_> {
    fn complain(&mut self, what: &str) {
        self.notes.feed(format!("{} {what}", quote(self.name)));
    }

    /// The elements of a list whose opening bracket has been read. `of` is what they are, if that is known.
    fn list(&mut self, text: &str, of: Option<Object>, outermost: bool) {
        let elements = scan::elements(text);
        match elements.rest {
            Some(rest) if outermost && !rest.trim().is_empty() => {
                self.complain(&format!("goes on after the end of its list with {}. That was left out.", quote(rest)));
            }
            None => self.complain(
                "ends before its list does; it may have been cut off. The whole rows before the end were read.",
            ),
            Some(_) => {}
        }
        if elements.pieces.is_empty() && of.is_none() {
            self.complain("holds an empty list: no services.");
        }
        self.pieces(elements.pieces.into_iter().enumerate().map(|(at, piece)| (Spot::row(at + 1), piece)), of);
    }

    fn pieces<'t>(&mut self, pieces: impl Iterator<Item = (Spot, Piece<'t>)>, of: Option<Object>) {
        let values: Vec<_> = pieces.map(|(spot, piece)| (spot, scan::parse::<Value>(piece))).collect();
        let rows = values.iter().filter_map(|(_, value)| value.as_ref().ok()?.as_object());
        if let Some(what) = foreign::instead(rows, &[foreign::HSDS]) {
            return self.complain(&foreign::told(what, "services of HSDS"));
        }
        for (spot, value) in values {
            let spot = self.notes.here(spot);
            match value {
                Ok(Value::Object(members)) => {
                    let object = of.unwrap_or_else(|| sort(&members, self.usual));
                    if object.link().is_some() {
                        self.head(object, &members, spot, None, 0);
                    } else {
                        self.package.add_loose(object, Fields::of_json(&members));
                    }
                }
                Ok(other) => {
                    let written = quote(&other.to_string());
                    self.broken(of, spot, format!("This is no listing: {written}. It was left out."));
                }
                Err(why) => self.broken(of, spot, why),
            }
        }
    }

    /// A piece that cannot be read counts as a lost listing, unless the list is known to hold something else.
    fn broken(&mut self, of: Option<Object>, spot: Spot, why: String) {
        match of {
            None | Some(Object::Service) => self.package.broken.push((spot, why)),
            Some(_) => self.complain(&format!("has a damaged {spot}: {why}")),
        }
    }

    /// An object is a page, a package, a description of either, or one listing.
    fn object(&mut self, text: &str) {
        let members = scan::members(&text[1..]);
        let get = |name: &str| members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
        if let Some(list) = LISTS.iter().find_map(|name| get(name)?.strip_prefix('[')) {
            let number = |name: &str| get(name).and_then(|value| value.trim().parse::<u64>().ok()).unwrap_or(1);
            *self.pages.entry(number("total_pages").max(number("totalPages"))).or_default() += 1;
            return self.list(list, None, false);
        }
        let described = get("resources").is_some() || get("openapi_url").is_some();
        let one = get("id").is_some() || get("name").is_some();
        if described && get("description").is_none_or(|_| get("resources").is_some()) {
            return;
        }
        let tables: Vec<_> = members
            .iter()
            .filter_map(|(name, value)| Some((name, value.strip_prefix('[')?)))
            .filter_map(|(name, list)| {
                let file = name.strip_suffix(".csv");
                let name = file.or((!one).then_some(name.as_str()))?;
                Some((Object::of_name(name)?, list))
            })
            .collect();
        if !tables.is_empty() {
            for (object, list) in tables {
                self.list(list, Some(object), false);
            }
            return;
        }
        if !one {
            let what = foreign::by_members(&members);
            let keys: Vec<_> = members.iter().take(8).map(|(key, _)| key.as_str()).collect();
            let what = what.unwrap_or_else(|| format!("holds no services (it has {})", quote(&keys.join(", "))));
            return self.complain(&format!("{what}. Nothing was read from it."));
        }
        // One listing; or several, one after the other.
        let elements = scan::elements(text);
        self.pieces(elements.pieces.into_iter().enumerate().map(|(at, piece)| (Spot::row(at + 1), piece)), None);
    }

    /// Takes a head with all that is in it, and gives its id.
    fn head(
        &mut self,
        object: Object,
        members: &Map<String, Value>,
        spot: Spot,
        within: Option<(&str, &str)>,
        depth: usize,
    ) -> Option<String> {
        if depth > DEEPEST {
            self.complain("holds lists within lists, deeper than HSDS has them; the innermost were left out.");
            return None;
        }
        let mut fields = Fields::of_json(members);
        if let Some((link, id)) = within {
            fields.set(link, id);
        }
        // What it points to, as objects in it: the organization of a service, the place of an offer.
        for (name, value) in members {
            let (Some(inner), Value::Object(inside)) = (Object::of_name(name), value) else { continue };
            if let Some(link) = inner.link().filter(|_| !(object == Object::Service && inner == Object::Location))
                && let Some(id) = self.head(inner, inside, spot, None, depth + 1)
            {
                fields.set(link, &id);
            }
        }
        let content = if fields.get("id").is_some() { String::new() } else { content(&fields, members) };
        let (id, index) = self.package.add(object, spot, fields, &content);
        for (name, value) in members {
            let Some(inner) = Object::of_name(name) else { continue };
            match value {
                Value::Array(list) => {
                    for inside in list.iter().filter_map(Value::as_object) {
                        self.inside((object, index, &id), name, inner, inside, spot, depth);
                    }
                }
                Value::Object(inside)
                    if inner.link().is_none() || (object, inner) == (Object::Service, Object::Location) =>
                {
                    self.inside((object, index, &id), name, inner, inside, spot, depth);
                }
                _ => {}
            }
        }
        Some(id)
    }

    /// Takes an object that stands in a list of a head's.
    fn inside(
        &mut self,
        (object, index, id): (Object, usize, &str),
        name: &str,
        inner: Object,
        inside: &Map<String, Value>,
        spot: Spot,
        depth: usize,
    ) {
        let Some(link) = object.link() else { return };
        match (object, inner) {
            (Object::Service, Object::Location) => {
                let Some(place) = self.head(inner, inside, spot, None, depth + 1) else { return };
                let mut offer = Fields::default();
                offer.set("service_id", id);
                offer.set("location_id", &place);
                self.package.add(Object::Offer, spot, offer, &format!("{id} at {place}"));
            }
            // The place of an offer has been taken already.
            (_, Object::Location) if object == Object::Offer => {}
            _ if inner.link().is_some() => {
                self.head(inner, inside, spot, Some((link, id)), depth + 1);
            }
            _ => {
                let mut row = Fields::of_json(inside);
                address_sort(name, &mut row);
                for (name, value) in inside {
                    if let (Some(head), Value::Object(members)) = (Object::of_name(name), value)
                        && let Some(link) = head.link()
                        && let Some(id) = self.head(head, members, spot, None, depth + 1)
                    {
                        row.set(link, &id);
                    }
                }
                self.package.attach((object, index), inner, row);
            }
        }
    }
}

/// What stands for the id of a head without one: all that it says.
fn content(fields: &Fields, members: &Map<String, Value>) -> String {
    let inside: Vec<String> =
        members.values().filter(|value| value.is_array() || value.is_object()).map(Value::to_string).collect();
    format!("{:?} {inside:?}", fields.content())
}

/// Version 1.1 tells addresses apart by the name of their table.
pub(super) fn address_sort(name: &str, row: &mut Fields) {
    let name = name.to_lowercase();
    let sorts = [("physical", "physical"), ("postal", "postal"), ("mail", "postal")];
    let sort = sorts.into_iter().find(|(word, _)| name.contains(word)).map(|(_, sort)| sort);
    if let Some(sort) = sort.filter(|_| name.contains("address")) {
        row.set("address_type", sort);
    }
}

/// What an object of a list is, by its members.
fn sort(members: &Map<String, Value>, usual: Object) -> Object {
    let has = |names: &[&str]| names.iter().any(|name| members.contains_key(*name));
    if members.contains_key("service") && members.contains_key("location")
        || members.contains_key("service_id") && members.contains_key("location_id")
    {
        Object::Offer
    } else if has(&["status", "service_at_locations", "eligibility_description", "attending_type", "assured_date"]) {
        Object::Service
    } else if has(&["location_type", "latitude", "addresses", "transportation"]) {
        Object::Location
    } else if has(&["taxonomy_id", "taxonomy_detail", "term", "vocabulary"]) {
        Object::Term
    } else if has(&["organization", "organization_id"]) {
        Object::Service
    } else if has(&[
        "website",
        "legal_status",
        "year_incorporated",
        "parent_organization_id",
        "organization_identifiers",
        "services",
    ]) {
        Object::Organization
    } else {
        usual
    }
}
