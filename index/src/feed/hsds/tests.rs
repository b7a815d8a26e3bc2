//! One small feed for every rule and quirk of the format. All of it is invented.

use super::read;
use crate::feed::soundness::accounted;
use crate::feed::{Feed, Harvest, Part};
use crate::record::{Attendance, Contact, Details, Organization, Record, Residence, Service, ServiceSort, Way};
use crate::schedule::{Days, Rule, Weeks};
use crate::vocabulary::Vocabulary;
use jiff::civil::Weekday;

mod account;
mod containers;
mod hours;
mod laws;
mod listings;
mod privacy;
mod real;
mod tables;

fn feed() -> Feed {
    Feed {
        name: "town".to_owned(),
        timezone: Some("America/New_York".to_owned()),
        credit: "Thanks to the town's information line".to_owned(),
        licence: "with permission".to_owned(),
        ..Feed::default()
    }
}

fn read_parts(feed: &Feed, parts: &[(&str, &[u8])]) -> Harvest {
    let parts: Vec<Part<'_>> = parts.iter().map(|(name, bytes)| Part { name, bytes }).collect();
    let harvest = read(feed, &parts, Vocabulary::builtin());
    accounted(&harvest);
    harvest
}

fn read_text(text: &str) -> Harvest {
    read_parts(&feed(), &[("services.json", text.as_bytes())])
}

fn read_files(files: &[(&str, &str)]) -> Harvest {
    let parts: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    read_parts(&feed(), &parts)
}

/// The record of one service with these members besides id, name and status, and what was complained of.
fn one_of(members: &str) -> (Record, Vec<String>) {
    let comma = if members.is_empty() { "" } else { "," };
    let harvest =
        read_text(&format!(r#"[{{"id": "s1", "name": "Sample Desk", "status": "active"{comma} {members}}}]"#));
    assert_eq!(harvest.records.len(), 1, "{:?}", harvest.complaints);
    let complaints = texts(&harvest);
    (harvest.records.into_iter().next().unwrap(), complaints)
}

fn one(members: &str) -> Record {
    one_of(members).0
}

/// The record of a service at a location with these members.
fn at(location: &str) -> Record {
    one(&format!(r#""service_at_locations": [{{"id": "o1", "location": {{"id": "l1", {location}}}}}]"#))
}

fn texts(harvest: &Harvest) -> Vec<String> {
    harvest.complaints.iter().map(|complaint| complaint.text.clone()).collect()
}

fn ids(harvest: &Harvest) -> Vec<&str> {
    harvest.records.iter().map(|record| record.id.as_str()).collect()
}

fn service(record: &Record) -> &Service {
    match &record.details {
        Details::Service(service) => service,
        other => panic!("not a service: {other:?}"),
    }
}

fn house(record: &Record) -> &Residence {
    match &record.details {
        Details::Housing(house) => house,
        other => panic!("not a residence: {other:?}"),
    }
}

fn organization(record: &Record) -> &Organization {
    match &record.details {
        Details::Organization(organization) => organization,
        other => panic!("not an organization: {other:?}"),
    }
}

fn contact(record: &Record, way: Way) -> Option<&Contact> {
    record.contacts.iter().find(|contact| contact.way == way)
}
