//! One small page for every rule of the format, as it is documented. All facilities are invented.

use super::read;
use crate::feed::soundness::accounted;
use crate::feed::{Feed, Harvest, Part};
use crate::record::{Contact, Details, Record, Residence, Service, Way};
use crate::vocabulary::Vocabulary;

mod facts;
mod laws;
mod pages;
mod ways;

fn feed() -> Feed {
    Feed {
        name: "treatment".to_owned(),
        credit: "FindTreatment.gov, SAMHSA".to_owned(),
        licence: "public domain".to_owned(),
        ..Feed::default()
    }
}

fn read_parts(parts: &[(&str, &[u8])]) -> Harvest {
    let parts: Vec<Part<'_>> = parts.iter().map(|(name, bytes)| Part { name, bytes }).collect();
    let harvest = read(&feed(), &parts, Vocabulary::builtin());
    accounted(&harvest);
    harvest
}

fn read_text(text: &str) -> Harvest {
    read_parts(&[("page-1.json", text.as_bytes())])
}

/// A page of these rows.
fn page(rows: &[String]) -> String {
    let count = rows.len();
    format!(r#"{{"page": 1, "totalPages": 1, "recordCount": {count}, "rows": [{}]}}"#, rows.join(","))
}

/// A facility with these fields besides a name and an address.
fn row(fields: &str) -> String {
    let comma = if fields.is_empty() { "" } else { "," };
    format!(
        r#"{{"_irow": 1, "name1": "Elm House", "street1": "1 Elm St", "city": "Sampleton", "state": "OH",
            "zip": "43000", "typeFacility": "SA"{comma} {fields}}}"#
    )
}

/// A facility with these categories, each as (label, code, values).
fn offering(categories: &[(&str, &str, &str)]) -> Record {
    let entry = |(label, code, values): &(&str, &str, &str)| {
        serde_json::json!({ "f1": label, "f2": code, "f3": values }).to_string()
    };
    let entries: Vec<String> = categories.iter().map(entry).collect();
    one(&format!(r#""services": [{}]"#, entries.join(",")))
}

/// The record of one facility, and what was complained of.
fn one_of(row: &str) -> (Record, Vec<String>) {
    let harvest = read_text(&page(&[row.to_owned()]));
    assert_eq!(harvest.records.len(), 1, "{:?}", harvest.complaints);
    let complaints = texts(&harvest);
    (harvest.records.into_iter().next().unwrap(), complaints)
}

fn one(fields: &str) -> Record {
    one_of(&row(fields)).0
}

fn texts(harvest: &Harvest) -> Vec<String> {
    harvest.complaints.iter().map(|complaint| complaint.text.clone()).collect()
}

fn service(record: &Record) -> &Service {
    match &record.details {
        Details::Service(service) => service,
        other => panic!("no service: {other:?}"),
    }
}

fn residence(record: &Record) -> &Residence {
    match &record.details {
        Details::Housing(residence) => residence,
        other => panic!("no residence: {other:?}"),
    }
}

fn who(record: &Record) -> Vec<&str> {
    record.who.iter().map(crate::record::Term::as_str).collect()
}

fn phones(record: &Record) -> Vec<(&str, &str)> {
    let phones = record.contacts.iter().filter(|contact: &&Contact| contact.way == Way::Phone);
    phones.map(|contact| (contact.value.as_str(), contact.note.as_str())).collect()
}
