//! From a service at its locations to records.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::meaning::{self, Languages};
use super::objects::{Fields, Object};
use super::package::{Head, Package};
use super::place::Sort;
use super::ways::Ways;
use super::{hours, organization, place, residence, terms};
use crate::feed::notes::{At, Notes, quote};
use crate::feed::register::Register;
use crate::feed::{Feed, Harvest, dates, keys, zones};
use crate::record::{Attendance, Credit, Details, Place, Record, RecordId, Residence, Service, ServiceSort, Text, Way};
use crate::text;
use crate::vocabulary::{Fellowship, Sorted, Vocabulary};

/// The longest name.
pub(super) const MOST_NAME: usize = 255;

/// The longest text of a summary that is kept.
pub(super) const MOST_NOTES: usize = 4000;

/// More offers without a place, or virtual locations, than a service has.
const MOST_SAID: usize = 20;

/// What all listings of a feed have in common.
pub(super) struct Reader<'a> {
    pub(super) feed: &'a Feed,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) package: &'a Package,
    zone: Option<String>,
    pub(super) credit: Credit,
    languages: Languages<'a>,
    /// The offers of each service, by its id.
    offers: BTreeMap<&'a str, Vec<&'a Head>>,
}

/// One place at which a service is offered.
#[derive(Default)]
struct Site<'p> {
    location: Option<&'p Head>,
    offers: Vec<&'p Head>,
}

/// What a service says wherever it is offered.
struct Shared<'p> {
    at: At,
    name: String,
    organization: Option<&'p Head>,
    virtual_sites: Vec<&'p Head>,
    key: String,
}

impl<'a> Reader<'a> {
    pub(super) fn new(feed: &'a Feed, vocabulary: &'a Vocabulary, package: &'a Package) -> Self {
        let clean = |raw: &str| text::clean(raw, MOST_NAME);
        let credit = Credit { feed: feed.name.clone(), line: clean(&feed.credit), licence: clean(&feed.licence) };
        let mut offers: BTreeMap<&str, Vec<&Head>> = BTreeMap::new();
        for offer in package.heads(Object::Offer).iter() {
            if let Some(service) = package.heads(Object::Service).get(offer.get("service_id")) {
                offers.entry(&service.id).or_default().push(offer);
            }
        }
        let zone = feed.timezone.as_deref().and_then(zones::name);
        Self { feed, vocabulary, package, zone, credit, languages: Languages::of(vocabulary), offers }
    }

    /// The records of the package, and the account of its rows.
    pub(super) fn harvest(&self, mut notes: Notes<'_>) -> Harvest {
        self.complain_of_feed(&mut notes);
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

    fn complain_of_feed(&self, notes: &mut Notes<'_>) {
        if let (Some(written), None) = (&self.feed.timezone, &self.zone) {
            notes.feed(format!("The feed's time zone {} is not known.", quote(written)));
        }
    }

    fn organization(&self, service: &Head) -> Option<&'a Head> {
        self.package.heads(Object::Organization).get(service.get("organization_id"))
    }

    /// Makes records of a service, and tells how many. None when it cannot be used.
    fn take(&self, service: &'a Head, register: &mut Register, notes: &mut Notes<'_>) -> usize {
        let mut at = At { spot: service.spot, key: service.own_id().and_then(keys::own) };
        let status = text::fold(service.get("status").unwrap_or_default());
        if ["inactive", "defunct"].contains(&status.as_str()) {
            notes.dropped(&at, format!("It is said to be {status}. It was left out."));
            return 0;
        }
        let Some(name) = self.name(service, &at, notes) else {
            notes.dropped(&at, "It has no name. It was left out.");
            return 0;
        };
        let (sites, virtual_sites) = self.sites(service, &at, notes);
        let organization = self.organization(service);
        let known = ["", "active", "temporarily closed"].contains(&status.as_str());
        if !known {
            notes.row(&at, format!("The status {} is not known; it is taken for active.", quote(&status)));
        }
        let key = at.key.clone().unwrap_or_default();
        at.key = at.key.filter(|key| !key.is_empty());
        let shared = Shared { at, name, organization, virtual_sites, key };
        let several = sites.len() > 1;
        for site in &sites {
            self.list(service, &shared, site, several, register, notes);
        }
        sites.len()
    }

    /// What it is called, or what else can stand for it.
    fn name(&self, service: &Head, at: &At, notes: &mut Notes<'_>) -> Option<String> {
        let usable = |raw: Option<&str>| {
            Some(text::clean(raw?, MOST_NAME)).filter(|name| name.chars().any(char::is_alphanumeric))
        };
        if let Some(name) = usable(service.get("name")) {
            return Some(name);
        }
        let program = self.package.heads(Object::Program).get(service.get("program_id"));
        let borrowed = [Some(service), program, self.organization(service)].into_iter().flatten();
        let name = borrowed.flat_map(|head| [head.get("alternate_name"), head.get("name")]).find_map(usable)?;
        notes.row(at, format!("It has no name; it is shown as {}.", quote(&name)));
        Some(name)
    }

    /// The places of a service where people go, at least one (which may be nowhere), and those that are virtual.
    fn sites(&self, service: &Head, at: &At, notes: &mut Notes<'_>) -> (Vec<Site<'a>>, Vec<&'a Head>) {
        let offers = self.offers.get(service.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let mut sites: Vec<Site<'a>> = Vec::new();
        let (mut number, mut nowhere) = (BTreeMap::new(), Vec::new());
        let mut virtual_sites: Vec<&Head> = Vec::new();
        for offer in offers {
            let location = self.package.heads(Object::Location).get(offer.get("location_id"));
            match location {
                Some(location) if place::sort(location) == Sort::Physical => {
                    let at = *number.entry(location.id.as_str()).or_insert(sites.len());
                    if at == sites.len() {
                        sites.push(Site { location: Some(location), offers: Vec::new() });
                    }
                    sites.get_mut(at).into_iter().for_each(|site| site.offers.push(offer));
                    continue;
                }
                Some(location) if place::sort(location) == Sort::Virtual => virtual_sites.push(location),
                Some(_) => {}
                None if offer.get("location_id").is_some() => {
                    notes.row(at, "One of its locations is not in the feed; it is shown without that place.");
                }
                None => {}
            }
            nowhere.push(*offer);
        }
        nowhere.truncate(MOST_SAID);
        match &mut sites[..] {
            [] => sites.push(Site { location: None, offers: nowhere }),
            // What is said beside a virtual location is true of the service.
            sites => sites.iter_mut().for_each(|site| site.offers.extend(&nowhere)),
        }
        virtual_sites.dedup_by_key(|location| location.id.as_str());
        virtual_sites.truncate(MOST_SAID);
        (sites, virtual_sites)
    }

    /// Makes the record of a service at one place.
    fn list(
        &self,
        service: &'a Head,
        shared: &Shared<'a>,
        site: &Site<'a>,
        several: bool,
        register: &mut Register,
        notes: &mut Notes<'_>,
    ) {
        let mut record = Record::new(RecordId::from(""), shared.name.clone(), self.details(service, shared, notes));
        record.place = site.location.map(|location| place::read(location, &shared.at, notes));
        let ways = self.ways(service, shared, site, notes);
        record.attendance = attendance(service, site, shared, &ways);
        self.say(service, shared, site, &mut record, notes);
        record.contacts = ways.list;
        self.serve(service, &site.offers, &mut record);
        let key = match (shared.key.is_empty(), site.location) {
            (false, Some(location)) if several => {
                let place = location.own_id().map_or_else(|| keys::made("", &identity(&record)), ToOwned::to_owned);
                keys::own(&format!("{}@{place}", shared.key)).unwrap_or_default()
            }
            (false, _) => shared.key.clone(),
            (true, _) => {
                notes.feed("Some services have no id of their own; one was made from name and place.");
                keys::made(&shared.name, &identity(&record))
            }
        };
        record.id = RecordId::new(&self.feed.name, &key);
        record.credit = self.credit.clone();
        if let Some((key, fellowship)) = self.fellowship() {
            record.fellowship = Some(key.clone());
            record.pathways.clone_from(&fellowship.pathways);
        }
        let at = At { spot: shared.at.spot, key: Some(key.clone()) };
        register.add(&self.feed.name, &key, &at, record, notes);
    }

    fn fellowship(&self) -> Option<(&'a String, &'a Fellowship)> {
        let key = self.feed.fellowship.as_ref()?;
        Some((key, self.vocabulary.fellowships.get(key)?))
    }

    /// What only its kind has.
    fn details(&self, service: &Head, shared: &Shared<'_>, notes: &mut Notes<'_>) -> Details {
        let sort = meaning::sort(&meaning::terms_of(service, self.package), &shared.name, self.vocabulary);
        let run_by = shared.organization.and_then(|organization| organization.get("name")).unwrap_or_default();
        let run_by = text::clean(run_by, MOST_NAME);
        let capacity = residence::read(service, self.package, &shared.at, notes);
        let is_home = match sort {
            Sorted::Residence => true,
            Sorted::Service(sort) => {
                capacity.is_some() && [ServiceSort::Other, ServiceSort::HousingHelp].contains(&sort)
            }
        };
        let (cost, how, eligibility) = (terms::cost(service), terms::how(service), terms::eligibility(service));
        match sort {
            Sorted::Service(sort) if !is_home => Details::Service(Service { sort, run_by, cost, how, eligibility }),
            _ => {
                let capacity = capacity.unwrap_or_default();
                Details::Housing(Residence {
                    operator: run_by,
                    certification: accreditation(service),
                    capacity: capacity.all,
                    beds: capacity.free,
                    fee: cost,
                    admission: terms::sentences([eligibility, how]),
                    ..Residence::default()
                })
            }
        }
    }

    /// Its own ways, those of its place, and those of who runs it, if it has none.
    fn ways(&self, service: &Head, shared: &Shared<'_>, site: &Site<'_>, notes: &mut Notes<'_>) -> Ways {
        let mut ways = Ways::default();
        let at = &shared.at;
        for offer in &site.offers {
            ways.take(offer, "", at, notes);
        }
        ways.take(service, "", at, notes);
        for row in schedules(service, site) {
            if let Some(raw) = row.get("schedule_link") {
                ways.web(raw, "", at, notes);
            }
        }
        for location in site.location.iter().chain(&shared.virtual_sites) {
            ways.take(location, "", at, notes);
        }
        if let Some(organization) = shared.organization {
            let name = text::clean(organization.get("name").unwrap_or_default(), 120);
            let mut theirs = Ways::default();
            theirs.take(organization, &name, at, &mut Notes::new(""));
            let lacks = |way: Way| !ways.has(way);
            let wanted: BTreeSet<Way> =
                [Way::Phone, Way::Email, Way::Website].into_iter().filter(|way| lacks(*way)).collect();
            ways.list.extend(theirs.list.into_iter().filter(|contact| wanted.contains(&contact.way)));
        }
        ways
    }

    /// Words, hours, languages, access and dates.
    fn say(&self, service: &Head, shared: &Shared<'_>, site: &Site<'_>, record: &mut Record, notes: &mut Notes<'_>) {
        let at = &shared.at;
        record.checked = confirmed(service, at, notes);
        let rows = schedules(service, site);
        let holidays: Vec<&Fields> = heads(service, site).flat_map(|head| head.rows(Object::Holiday)).collect();
        if !rows.is_empty() && self.zone.is_none() {
            notes.feed("The feed names no time zone, so its hours are told in words; name one in the feeds file.");
        }
        let hours = hours::read((&rows, &holidays), self.zone.as_deref(), record.checked, at, notes);
        record.times = hours.times;

        let mut spoken = heads(service, site).flat_map(|head| head.rows(Object::Language)).collect::<Vec<_>>();
        spoken.extend(site.location.iter().flat_map(|location| location.rows(Object::Language)));
        let (languages, language_words) = self.languages.read(&spoken, notes);
        record.languages = languages;
        let terms = meaning::terms_of(service, self.package);
        let entries = terms.iter().copied().chain(meaning::audiences(service));
        record.who = meaning::who(entries, self.vocabulary);
        if let (Some(location), Some(place)) = (site.location, &mut record.place) {
            let (access, words) = meaning::access(location, self.vocabulary);
            record.access = access;
            place.notes = terms::together(std::iter::once(std::mem::take(&mut place.notes)).chain(words), "\n");
        }
        for name in [service.get("alternate_name"), self.program(service).and_then(|program| program.get("name"))] {
            let name = text::clean(name.unwrap_or_default(), MOST_NAME);
            if !name.is_empty() && text::fold(&name) != text::fold(&shared.name) && !record.also.contains(&name) {
                record.also.push(name);
            }
        }
        let written = |raw: Option<&str>| text::clean_paragraphs(raw.unwrap_or_default(), MOST_NOTES);
        let own = written(service.get("description"));
        if own.chars().count() >= MOST_NOTES {
            notes.row(at, "Its description is very long; its end was left out.");
        }
        let theirs = shared.organization.and_then(|organization| organization.get("description"));
        let about = if own.is_empty() { written(theirs) } else { own };
        let offers = site.offers.iter().map(|offer| written(offer.get("description")));
        let attending = rows.iter().map(|row| text::clean(row.get("attending_type").unwrap_or_default(), 300));
        let attending: Vec<String> = attending.filter(|words| meaning::attending(words).is_none()).collect();
        let terms = terms.iter().map(|term| text::clean(term, 120));
        let languages = labelled("Languages", &terms::together(language_words, ", "));
        let last = [
            languages,
            labelled("Interpretation", &written(service.get("interpretation_services"))),
            terms::together(terms, " · "),
        ];
        let house = matches!(record.details, Details::Housing(_));
        let accredited = if house { String::new() } else { accreditation(service) };
        let texts =
            [written(service.get("alert")), about].into_iter().chain(offers).chain(hours.words).chain(attending);
        let words = terms::together(texts.chain([accredited]).chain(last), "\n");
        record.summary = Text::new(text::clean_paragraphs(&words, 2 * MOST_NOTES));
    }

    fn program(&self, service: &Head) -> Option<&'a Head> {
        self.package.heads(Object::Program).get(service.get("program_id"))
    }

    /// The areas that it serves.
    fn serve(&self, service: &Head, offers: &[&Head], record: &mut Record) {
        const MOST: usize = 40;
        let rows = offers.iter().copied().chain([service]).flat_map(|head| head.rows(Object::Area));
        let names = rows
            .take(MOST)
            .map(|row| text::clean(row.first(&["name", "service_area", "description"]).unwrap_or_default(), 200));
        let mut areas: Vec<String> = Vec::new();
        for name in names.filter(|name| !name.is_empty()) {
            if !areas.contains(&name) {
                areas.push(name);
            }
        }
        if !areas.is_empty() {
            record.place.get_or_insert_with(Place::default).serves = areas;
        }
    }
}

/// The service itself and its offers at a place.
fn heads<'s>(service: &'s Head, site: &'s Site<'_>) -> impl Iterator<Item = &'s Head> {
    site.offers.iter().copied().chain([service])
}

/// Its hours there; without any, those of the service; without any, those of the place.
fn schedules<'s>(service: &'s Head, site: &'s Site<'_>) -> Vec<&'s Fields> {
    let there: Vec<&Fields> = site.offers.iter().flat_map(|offer| offer.rows(Object::Schedule)).collect();
    if !there.is_empty() {
        return there;
    }
    let own = service.rows(Object::Schedule);
    let of_place = site.location.map(|location| location.rows(Object::Schedule)).unwrap_or_default();
    if own.is_empty() { of_place.iter().collect() } else { own.iter().collect() }
}

/// What tells a listing without an id from others.
fn identity(record: &Record) -> Vec<String> {
    let mut parts = vec![text::fold(&record.name.plain)];
    if let Some(place) = &record.place {
        parts.extend([&place.name, &place.street, &place.city].map(|part| text::fold(part)));
    }
    parts
}

/// A few words that say little without what they are about; whole sentences need none. Labels are in the language of most
/// feeds, as the words of a listing are in one language alone.
pub(super) fn labelled(label: &str, words: &str) -> String {
    let few =
        !words.is_empty() && words.chars().count() < 60 && !words.to_lowercase().contains(&label.to_lowercase()[..5]);
    if few { format!("{label}: {words}") } else { words.to_owned() }
}

fn accreditation(service: &Head) -> String {
    let texts = ["accreditations", "licenses"].map(|name| text::clean(service.get(name).unwrap_or_default(), 600));
    terms::sentences(texts)
}

/// When its source last confirmed it: its assurance, else its last change.
fn confirmed(service: &Head, at: &At, notes: &mut Notes<'_>) -> Option<Date> {
    let written = service.fields.first(&["assured_date", "last_modified"])?;
    let date = dates::date(written, false);
    if date.is_none() {
        notes.row(at, format!("The date {} cannot be believed; when it was confirmed is not known.", quote(written)));
    }
    date
}

/// How one takes part: what it says itself, else what its places and ways show.
fn attendance(service: &Head, site: &Site<'_>, shared: &Shared<'_>, ways: &Ways) -> Option<Attendance> {
    if text::fold(service.get("status").unwrap_or_default()) == "temporarily closed" {
        return Some(Attendance::Suspended);
    }
    let mut said: BTreeSet<Attendance> = BTreeSet::new();
    let rows = schedules(service, site);
    let written = rows.iter().filter_map(|row| row.get("attending_type"));
    for entry in written.chain(service.fields.first(&["attending_type"])).flat_map(|text| text.split([',', ';', '|'])) {
        said.extend(meaning::attending(entry));
    }
    let in_person = site.location.is_some() || said.contains(&Attendance::InPerson);
    let online = !shared.virtual_sites.is_empty() || said.contains(&Attendance::Online);
    match (in_person, online) {
        _ if said.contains(&Attendance::Hybrid) => Some(Attendance::Hybrid),
        (true, true) => Some(Attendance::Hybrid),
        (true, false) => Some(Attendance::InPerson),
        (false, true) => Some(Attendance::Online),
        (false, false) if ways.has(Way::Join) => Some(Attendance::Online),
        (false, false) => said.contains(&Attendance::Phone).then_some(Attendance::Phone),
    }
}
