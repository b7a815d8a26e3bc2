//! From services at their locations to records.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::meaning::{self, Languages};
use super::objects::Object;
use super::offered::{Offered, Shared, Site};
use super::package::{Head, Package};
use super::place::Sort;
use super::{hours, organization, place, residence, terms};
use crate::feed::notes::{At, Notes, quote};
use crate::feed::register::Register;
use crate::feed::{Feed, Harvest, dates, keys, zones};
use crate::record::{Credit, Details, Pathway, Record, RecordId, Residence, Service, ServiceSort, Text};
use crate::text;
use crate::vocabulary::{Fellowship, Sorted, Vocabulary};

/// The longest name.
pub(super) const MOST_NAME: usize = 255;

/// The longest text of a summary that is kept.
pub(super) const MOST_NOTES: usize = 4000;

/// The longest summary, of all that is said.
const MOST_WORDS: usize = 2 * MOST_NOTES;

/// More offers without a place, or virtual locations, than a service has.
const MOST_SAID: usize = 20;

/// What all listings of a feed have in common.
pub(super) struct Reader<'a> {
    pub(super) feed: &'a Feed,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) package: &'a Package,
    zone: Option<String>,
    pub(super) credit: Arc<Credit>,
    languages: Languages<'a>,
    /// All services carry the same moment of their last change: that of the export.
    exported: bool,
    /// The offers of each service, by its id.
    offers: BTreeMap<&'a str, Vec<&'a Head>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(feed: &'a Feed, vocabulary: &'a Vocabulary, package: &'a Package) -> Self {
        let credit = feed.thanks();
        let mut offers: BTreeMap<&str, Vec<&Head>> = BTreeMap::new();
        for offer in package.heads(Object::Offer).iter() {
            if let Some(service) = package.heads(Object::Service).get(offer.get("service_id")) {
                offers.entry(&service.id).or_default().push(offer);
            }
        }
        let zone = feed.timezone.as_deref().and_then(zones::name);
        let changes = package.heads(Object::Service).iter().filter_map(|service| service.get("last_modified"));
        let exported = dates::of_export(changes).is_some();
        Self { feed, vocabulary, package, zone, credit, languages: Languages::of(vocabulary), exported, offers }
    }

    /// The records of the package, and the account of its rows.
    pub(super) fn harvest(&self, mut notes: Notes<'_>) -> Harvest {
        if let (Some(written), None) = (&self.feed.timezone, &self.zone) {
            notes.feed(format!("The feed's time zone {} is not known.", quote(written)));
        }
        if self.exported {
            notes.feed("All services say that they were changed at one moment: that is when the file was made, and confirms nothing.");
        }
        let mut register = Register::default();
        let services = self.package.heads(Object::Service);
        let (mut rows, mut dropped) = (services.seen, 0);
        for (spot, why) in &self.package.broken {
            notes.dropped(&At { spot: *spot, key: None }, why.clone());
            rows += 1;
            dropped += 1;
        }
        let mut listed: BTreeMap<&str, Vec<&Head>> = BTreeMap::new();
        for service in services.iter() {
            match self.take(service, &mut register, &mut notes) {
                0 => dropped += 1,
                records => {
                    rows += records - 1;
                    if let Some(organization) = self.organization(service) {
                        listed.entry(&organization.id).or_default().push(service);
                    }
                }
            }
        }
        rows += organization::take_all(self, &listed, &mut register, &mut notes);
        let joined = services.seen - services.len() + register.joined;
        Harvest { rows, joined, dropped, records: register.into_records(), complaints: notes.into_list() }
    }

    /// What a head points to.
    fn pointed(&self, head: &Head, object: Object) -> Option<&'a Head> {
        self.package.heads(object).get(head.get(object.link()?))
    }

    /// Who runs a service. Early packages name only its location, and of that the organization.
    fn organization(&self, service: &Head) -> Option<&'a Head> {
        let own = self.pointed(service, Object::Organization);
        own.or_else(|| self.pointed(self.pointed(service, Object::Location)?, Object::Organization))
    }

    /// Makes records of a service, and tells how many. None when it cannot be used.
    fn take(&self, service: &'a Head, register: &mut Register, notes: &mut Notes<'_>) -> usize {
        let at = At { spot: service.spot, key: service.own_id().and_then(keys::own) };
        let status = text::fold(service.get("status").unwrap_or_default());
        if ["inactive", "defunct"].contains(&status.as_str()) {
            notes.dropped(&at, format!("It is said to be {status}. It was left out."));
            return 0;
        }
        let organization = self.organization(service);
        let program = self.pointed(service, Object::Program);
        let Some(name) = name([Some(service), program, organization], &at, notes) else {
            notes.dropped(&at, "It has no name. It was left out.");
            return 0;
        };
        if !["", "active", "temporarily closed"].contains(&status.as_str()) {
            notes.row(&at, format!("The status {} is not known; it is taken for active.", quote(&status)));
        }
        let (sites, virtual_sites) = self.sites(service, &at, notes);
        let shared = Shared { at, name, service, organization, program, virtual_sites };
        for site in &sites {
            let offered = Offered { shared: &shared, site };
            let mut record = self.record(offered, notes);
            let key = key(offered, sites.len() > 1, &record, notes);
            record.id = RecordId::new(&self.feed.name, &key);
            let at = At { spot: shared.at.spot, key: Some(key.clone()) };
            register.add(&at, record, notes);
        }
        sites.len()
    }

    /// The places of a service where people go, at least one (which may be nowhere), and those that are virtual.
    fn sites(&self, service: &Head, at: &At, notes: &mut Notes<'_>) -> (Vec<Site<'a>>, Vec<&'a Head>) {
        let offers = self.offers.get(service.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let mut sites: Vec<Site<'a>> = Vec::new();
        let (mut numbers, mut nowhere) = (BTreeMap::new(), Vec::new());
        let mut virtual_sites: Vec<&Head> = Vec::new();
        for offer in offers {
            let location = self.pointed(offer, Object::Location);
            if location.is_none() && offer.get("location_id").is_some() {
                notes.row(at, "One of its locations is not in the feed; it is shown without that place.");
            }
            match location.map(|location| (location, place::sort(location))) {
                Some((location, Sort::Physical)) => {
                    let number = *numbers.entry(location.id.as_str()).or_insert(sites.len());
                    if number == sites.len() {
                        sites.push(Site { location: Some(location), offers: Vec::new() });
                    }
                    sites.get_mut(number).into_iter().for_each(|site| site.offers.push(offer));
                    continue;
                }
                Some((location, Sort::Virtual)) => virtual_sites.push(location),
                Some((_, Sort::Postal)) | None => {}
            }
            nowhere.push(*offer);
        }
        nowhere.truncate(MOST_SAID);
        virtual_sites.dedup_by_key(|location| location.id.as_str());
        virtual_sites.truncate(MOST_SAID);
        // What is said beside a virtual location is true of the service everywhere.
        if sites.is_empty() {
            sites.push(Site::default());
        }
        for site in &mut sites {
            site.offers.extend(&nowhere);
        }
        (sites, virtual_sites)
    }

    /// The record of a service at one place, still without its id.
    fn record(&self, offered: Offered<'_, 'a>, notes: &mut Notes<'_>) -> Record {
        let Offered { shared, site } = offered;
        let mut record = Record::new(RecordId::from(""), shared.name.clone(), self.details(shared, notes));
        record.place = site.location.map(|location| place::read(location, &shared.at, notes).into());
        let ways = offered.ways(notes);
        record.attendance = offered.attendance(&ways);
        record.contacts = ways.list;
        record.checked = self.confirmed(shared, notes);
        if let (Some(location), Some(place)) = (site.location, &mut record.place) {
            let (access, words) = meaning::access(location, self.vocabulary);
            record.access = access;
            place.notes = terms::together(std::iter::once(std::mem::take(&mut place.notes)).chain(words), "\n");
        }
        let areas = offered.areas();
        if !areas.is_empty() {
            record.place.get_or_insert_default().serves = areas;
        }
        self.say(offered, &mut record, notes);
        if let Some((key, fellowship)) = self.fellowship() {
            record.fellowship = Some(key.clone());
            record.pathways.clone_from(&fellowship.pathways);
        }
        if let Details::Service(service) = &record.details {
            let pathway = match service.sort {
                ServiceSort::Medication => Some(Pathway::Medication),
                ServiceSort::FamilySupport => Some(Pathway::Family),
                _ => None,
            };
            let new = pathway.filter(|pathway| !record.pathways.contains(pathway));
            record.pathways.extend(new);
        }
        record.credit = Arc::clone(&self.credit);
        record
    }

    fn fellowship(&self) -> Option<(&'a String, &'a Fellowship)> {
        let key = self.feed.fellowship.as_ref()?;
        Some((key, self.vocabulary.fellowships.get(key)?))
    }

    /// What only its kind has.
    fn details(&self, shared: &Shared<'_>, notes: &mut Notes<'_>) -> Details {
        let service = shared.service;
        let sort = meaning::sort(&meaning::terms_of(service, self.package), &shared.name, self.vocabulary);
        let run_by = shared.organization.and_then(|organization| organization.get("name")).unwrap_or_default();
        let run_by = text::clean(run_by, MOST_NAME);
        let capacity = residence::read(service, self.package, &shared.at, notes);
        let may_be_home = |sort| [ServiceSort::Other, ServiceSort::HousingHelp].contains(&sort);
        let (cost, how, eligibility) = (terms::cost(service), terms::how(service), terms::eligibility(service));
        match sort {
            Sorted::Service(sort) if capacity.is_none() || !may_be_home(sort) => {
                Details::Service(Service { sort, run_by, cost, how, eligibility }.into())
            }
            Sorted::Service(_) | Sorted::Residence => {
                let capacity = capacity.unwrap_or_default();
                Details::Housing(Box::new(Residence {
                    operator: run_by,
                    certification: terms::accreditation(service),
                    capacity: capacity.all,
                    beds: capacity.free,
                    fee: cost,
                    admission: terms::sentences([eligibility, how]),
                    ..Residence::default()
                }))
            }
        }
    }

    /// When its source last confirmed it: its assurance, else its last change.
    fn confirmed(&self, shared: &Shared<'_>, notes: &mut Notes<'_>) -> Option<Date> {
        let changed = || shared.service.get("last_modified").filter(|_| !self.exported);
        let written = shared.service.get("assured_date").or_else(changed)?;
        let date = dates::date(written, false);
        if date.is_none() {
            let written = quote(written);
            notes
                .row(&shared.at, format!("The date {written} cannot be believed; when it was confirmed is not known."));
        }
        date
    }

    /// Hours, languages, for whom, other names, and all other words.
    fn say(&self, offered: Offered<'_, 'a>, record: &mut Record, notes: &mut Notes<'_>) {
        let Offered { shared, site } = offered;
        let schedules = offered.schedules();
        if !schedules.is_empty() && self.zone.is_none() {
            notes.feed("The feed names no time zone, so its hours are told in words; name one in the feeds file.");
        }
        if offered.borrows_hours() {
            notes.feed("Some services have no hours of their own; those of their place are told.");
        }
        let holidays = offered.rows(Object::Holiday);
        let hours = hours::read((&schedules, &holidays), self.zone.as_deref(), record.checked, &shared.at, notes);
        record.times = hours.times;

        let mut spoken = offered.rows(Object::Language);
        spoken.extend(site.location.iter().flat_map(|location| location.rows(Object::Language)));
        let (languages, language_words) = self.languages.read(&spoken, notes);
        record.languages = languages;
        let terms = meaning::terms_of(shared.service, self.package);
        let entries = terms.iter().copied().chain(meaning::audiences(shared.service));
        record.who = meaning::who(entries, self.vocabulary);

        let programme = shared.program.and_then(|program| program.get("name"));
        for name in [shared.service.get("alternate_name"), programme] {
            let name = text::clean(name.unwrap_or_default(), MOST_NAME);
            if !name.is_empty() && text::fold(&name) != text::fold(&shared.name) && !record.also.contains(&name) {
                record.also.push(name);
            }
        }

        let house = matches!(record.details, Details::Housing(_));
        let accreditation = if house { String::new() } else { terms::accreditation(shared.service) };
        let last = [
            accreditation,
            terms::labelled("Languages", &terms::together(language_words, ", ")),
            terms::labelled("Interpretation", &written(shared.service.get("interpretation_services"))),
            terms::together(terms.iter().map(|term| text::clean(term, 120)), " · "),
        ];
        let texts = about(offered, notes).into_iter().chain(hours.words).chain(attending(offered)).chain(last);
        let words = terms::together(texts, "\n");
        if words.chars().count() > MOST_WORDS {
            notes.row(&shared.at, "Its words are very many in all; the last of them were left out.");
        }
        record.summary = Text::new(text::clean_paragraphs(&words, MOST_WORDS));
    }
}

/// What a service is called, or what else of these can stand for it.
fn name(heads: [Option<&Head>; 3], at: &At, notes: &mut Notes<'_>) -> Option<String> {
    let usable =
        |raw: Option<&str>| Some(text::clean(raw?, MOST_NAME)).filter(|name| name.chars().any(char::is_alphanumeric));
    if let Some(name) = heads[0].and_then(|service| usable(service.get("name"))) {
        return Some(name);
    }
    let borrowed = heads.into_iter().flatten().flat_map(|head| [head.get("alternate_name"), head.get("name")]);
    let name = borrowed.into_iter().find_map(usable)?;
    notes.row(at, format!("It has no name; it is shown as {}.", quote(&name)));
    Some(name)
}

/// The key of a service at a place.
fn key(offered: Offered<'_, '_>, several: bool, record: &Record, notes: &mut Notes<'_>) -> String {
    let Some(own) = &offered.shared.at.key else {
        notes.feed("Some services have no id of their own; one was made from name and place.");
        return keys::made(&record.name.plain, &identity(record));
    };
    let Some(location) = offered.site.location.filter(|_| several) else { return own.clone() };
    let place = location.own_id().map_or_else(|| keys::made("", &identity(record)), ToOwned::to_owned);
    keys::own(&format!("{own}@{place}")).unwrap_or_default()
}

/// What tells a listing without an id from others.
fn identity(record: &Record) -> Vec<String> {
    let mut parts = vec![text::fold(&record.name.plain)];
    if let Some(place) = &record.place {
        parts.extend([&place.name, &place.street, &place.city].map(|part| text::fold(part)));
    }
    parts
}

fn written(raw: Option<&str>) -> String {
    text::clean_paragraphs(raw.unwrap_or_default(), MOST_NOTES)
}

/// What it is: the alert first, its description (or that of who runs it), and what is said at this place.
fn about(offered: Offered<'_, '_>, notes: &mut Notes<'_>) -> Vec<String> {
    let Shared { service, organization, at, .. } = offered.shared;
    let mut own = written(service.get("description"));
    if own.chars().count() >= MOST_NOTES {
        notes.row(at, "Its description is very long; its end was left out.");
    }
    if own.is_empty() {
        own = written(organization.and_then(|organization| organization.get("description")));
    }
    let there = offered.site.offers.iter().map(|offer| written(offer.get("description")));
    [written(service.get("alert")), own].into_iter().chain(there).collect()
}

/// What its hours say of how one takes part, where it is more than a word that we know.
fn attending(offered: Offered<'_, '_>) -> Vec<String> {
    let words = offered.schedules().into_iter().filter_map(|row| row.get("attending_type"));
    words.filter(|words| meaning::attending(words).is_none()).map(|words| text::clean(words, 300)).collect()
}
