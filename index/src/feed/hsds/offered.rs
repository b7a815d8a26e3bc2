//! A service at one of its places: what it says there, taken from the place, the service, and who runs it.

use std::collections::BTreeSet;

use super::meaning;
use super::objects::{Fields, Object};
use super::package::Head;
use super::ways::Ways;
use crate::feed::notes::{At, Notes};
use crate::record::{Attendance, Way};
use crate::text;

/// One place at which a service is offered, which may be nowhere.
#[derive(Default)]
pub(super) struct Site<'p> {
    pub(super) location: Option<&'p Head>,
    pub(super) offers: Vec<&'p Head>,
}

/// What a service says wherever it is offered.
pub(super) struct Shared<'p> {
    pub(super) at: At,
    pub(super) name: String,
    pub(super) service: &'p Head,
    pub(super) organization: Option<&'p Head>,
    pub(super) program: Option<&'p Head>,
    pub(super) virtual_sites: Vec<&'p Head>,
}

/// A service at one of its places.
#[derive(Clone, Copy)]
pub(super) struct Offered<'s, 'p> {
    pub(super) shared: &'s Shared<'p>,
    pub(super) site: &'s Site<'p>,
}

impl<'p> Offered<'_, 'p> {
    /// The rows of this object that its offers there and the service itself have.
    pub(super) fn rows(&self, object: Object) -> Vec<&'p Fields> {
        let heads = self.site.offers.iter().copied().chain([self.shared.service]);
        heads.flat_map(|head| head.rows(object)).collect()
    }

    /// Its hours there; without any, those of the service; without any, those of the place.
    pub(super) fn schedules(&self) -> Vec<&'p Fields> {
        let offers = self.site.offers.iter().copied();
        let there: Vec<_> = offers.flat_map(|offer| offer.rows(Object::Schedule)).collect();
        let rows = |head: Option<&'p Head>| head.map(|head| head.rows(Object::Schedule)).unwrap_or_default();
        let own = [there, rows(Some(self.shared.service)).iter().collect(), rows(self.site.location).iter().collect()];
        own.into_iter().find(|rows| !rows.is_empty()).unwrap_or_default()
    }

    /// Whether its hours are only those of its place.
    pub(super) fn borrows_hours(&self) -> bool {
        self.rows(Object::Schedule).is_empty() && !self.schedules().is_empty()
    }

    /// Its own ways, those of its place, and of those of who runs it the ones that it lacks.
    pub(super) fn ways(&self, notes: &mut Notes<'_>) -> Ways {
        let Shared { at, service, organization, virtual_sites, .. } = self.shared;
        let mut ways = Ways::default();
        for head in self.site.offers.iter().chain([service]) {
            ways.take(head, "", at, notes);
        }
        for raw in self.schedules().iter().filter_map(|row| row.get("schedule_link")) {
            ways.web(raw, "", at, notes);
        }
        for location in self.site.location.iter().chain(virtual_sites) {
            ways.take(location, "", at, notes);
        }
        if let Some(organization) = organization {
            let name = text::clean(organization.get("name").unwrap_or_default(), 120);
            let mut theirs = Ways::default();
            // What is wrong with them is said of the organization, if it is listed, and not of each of its services.
            theirs.take(organization, &name, at, &mut Notes::new(""));
            let wanted = [Way::Phone, Way::Email, Way::Website].map(|way| (way, ways.has(way)));
            let lacks = |way: Way| wanted.contains(&(way, false));
            ways.list.extend(theirs.list.into_iter().filter(|contact| lacks(contact.way)));
        }
        ways
    }

    /// How one takes part: what it says itself, else what its places and ways show.
    pub(super) fn attendance(&self, ways: &Ways) -> Option<Attendance> {
        let service = self.shared.service;
        if text::fold(service.get("status").unwrap_or_default()) == "temporarily closed" {
            return Some(Attendance::Suspended);
        }
        let rows = self.schedules();
        let written = rows.iter().filter_map(|row| row.get("attending_type"));
        let entries = written.chain(service.get("attending_type")).flat_map(|text| text.split([',', ';', '|']));
        let said: BTreeSet<Attendance> = entries.filter_map(meaning::attending).collect();
        let in_person = self.site.location.is_some() || said.contains(&Attendance::InPerson);
        let online = !self.shared.virtual_sites.is_empty() || said.contains(&Attendance::Online);
        match (in_person, online) {
            _ if said.contains(&Attendance::Hybrid) => Some(Attendance::Hybrid),
            (true, true) => Some(Attendance::Hybrid),
            (true, false) => Some(Attendance::InPerson),
            (false, true) => Some(Attendance::Online),
            (false, false) if ways.has(Way::Join) => Some(Attendance::Online),
            (false, false) => said.contains(&Attendance::Phone).then_some(Attendance::Phone),
        }
    }

    /// The areas that it serves, each once.
    pub(super) fn areas(&self) -> Vec<String> {
        const MOST: usize = 40;
        let rows = self.rows(Object::Area).into_iter().take(MOST);
        let names = rows.map(|row| row.first(&["name", "service_area", "description"]).unwrap_or_default());
        let mut areas: Vec<String> = Vec::new();
        for name in names.map(|name| text::clean(name, 200)).filter(|name| !name.is_empty()) {
            if !areas.contains(&name) {
                areas.push(name);
            }
        }
        areas
    }
}
