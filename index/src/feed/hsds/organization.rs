//! Organizations that stand for themselves: without a listed service, or with several. That of a single service is told
//! with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::listing::{MOST_NAME, MOST_NOTES, Reader};
use super::objects::Object;
use super::package::Head;
use super::place::{self, Sort};
use super::ways::Ways;
use crate::feed::keys;
use crate::feed::notes::{At, Notes};
use crate::feed::register::Register;
use crate::record::{Details, Organization, OrganizationSort, Record, RecordId, Text};
use crate::text;

/// More services than a page of an organization tells.
const MOST_OFFERS: usize = 30;

/// Makes records of organizations, and tells how many. `listed` are the services that became records, by organization.
pub(super) fn take_all(
    reader: &Reader<'_>,
    listed: &BTreeMap<&str, Vec<&Head>>,
    register: &mut Register,
    notes: &mut Notes<'_>,
) -> usize {
    let mut places: BTreeMap<&str, Vec<&Head>> = BTreeMap::new();
    for location in reader.package.heads(Object::Location).iter() {
        if let Some(owner) = reader.package.heads(Object::Organization).get(location.get("organization_id")) {
            places.entry(&owner.id).or_default().push(location);
        }
    }
    let mut made = 0;
    for organization in reader.package.heads(Object::Organization).iter() {
        let services = listed.get(organization.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let places = places.get(organization.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let at = At { spot: organization.spot, key: organization.own_id().and_then(keys::own) };
        if let Some(record) = record(reader, organization, services, places, &at, notes) {
            let key =
                at.key.clone().unwrap_or_else(|| keys::made(&record.name.plain, &[text::fold(&record.name.plain)]));
            let record = Record { id: RecordId::new(&reader.feed.name, &key), ..record };
            register.add(&at, record, notes);
            made += 1;
        }
    }
    made
}

fn record(
    reader: &Reader<'_>,
    organization: &Head,
    services: &[&Head],
    places: &[&Head],
    at: &At,
    notes: &mut Notes<'_>,
) -> Option<Record> {
    let name = text::clean(organization.get("name").unwrap_or_default(), MOST_NAME);
    let twin = |service: &&Head| service.get("name").is_some_and(|other| text::fold(other) == text::fold(&name));
    if services.len() == 1 || services.iter().any(twin) || !name.chars().any(char::is_alphanumeric) {
        return None;
    }
    let mut ways = Ways::default();
    ways.take(organization, "", at, notes);
    let summary = text::clean_paragraphs(organization.get("description").unwrap_or_default(), MOST_NOTES);
    let physical: Vec<_> = places.iter().filter(|location| place::sort(location) == Sort::Physical).collect();
    if summary.is_empty() && ways.list.is_empty() && physical.is_empty() && services.is_empty() {
        return None;
    }
    let parent = reader.package.heads(Object::Organization).get(organization.get("parent_organization_id"));
    let clean = |raw: Option<&str>| text::clean(raw.unwrap_or_default(), MOST_NAME);
    let mut offers: Vec<String> = Vec::new();
    for name in services.iter().take(MOST_OFFERS).map(|service| clean(service.get("name"))) {
        if !name.is_empty() && !offers.contains(&name) {
            offers.push(name);
        }
    }
    let details = Organization {
        sort: OrganizationSort::Other,
        offers,
        member_of: String::new(),
        parent: clean(parent.and_then(|parent| parent.get("name"))),
    };
    let mut record = Record::new(RecordId::from(""), name.clone(), Details::Organization(details));
    let also = clean(organization.get("alternate_name"));
    if !also.is_empty() && text::fold(&also) != text::fold(&name) {
        record.also.push(also);
    }
    record.summary = Text::new(summary);
    // Of several places none is the organization's own.
    if let [location] = physical[..] {
        record.place = Some(place::read(location, at, notes).into());
    }
    record.contacts = ways.list;
    record.credit = Arc::clone(&reader.credit);
    Some(record)
}
