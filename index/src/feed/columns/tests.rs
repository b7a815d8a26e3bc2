//! One small table for every rule.

use super::*;
use crate::feed::{Complaint, Spot};
use crate::record::{Details, Kind, Level, Moud, Publication, Record, Residence, Way};

mod cells;
mod columns;
mod fields;
mod laws;
mod places;
mod privacy;
mod times;

/// A mapping that says `field = column, column` in each line.
fn mapping(kind: Kind, lines: &str) -> Mapping {
    let mut mapping = Mapping::new(kind);
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (field, names) = line.split_once(" = ").unwrap();
        let field = Mapping::fields(kind).find(|known| *known == field).unwrap();
        mapping.columns.insert(field, names.split(", ").map(ToOwned::to_owned).collect());
    }
    mapping
}

fn meaning(mapping: &mut Mapping, field: &'static str, word: &str, ours: &[&str]) {
    let ours = ours.iter().map(ToString::to_string).collect();
    mapping.values.entry(field).or_default().insert(word.to_owned(), ours);
}

fn standing(mapping: &mut Mapping, field: &'static str, ours: &[&str]) {
    mapping.defaults.insert(field, ours.iter().map(ToString::to_string).collect());
}

fn feed(mapping: &Mapping) -> Feed {
    Feed {
        name: "list".to_owned(),
        timezone: Some("America/New_York".to_owned()),
        credit: "Thanks to the county".to_owned(),
        columns: Some(mapping.clone()),
        ..Feed::default()
    }
}

fn read_bytes(mapping: &Mapping, bytes: &[u8]) -> Harvest {
    let harvest = read(&feed(mapping), &[Part { name: "list.csv", bytes }], Vocabulary::builtin());
    let dropped = harvest.complaints.iter().filter(|complaint| complaint.dropped).count();
    assert_eq!(harvest.rows, harvest.records.len() + harvest.joined + harvest.dropped, "every row is accounted for");
    assert_eq!(harvest.dropped, dropped, "each dropped row has its complaint");
    harvest
}

fn read_text(mapping: &Mapping, text: &str) -> Harvest {
    read_bytes(mapping, text.as_bytes())
}

fn texts(harvest: &Harvest) -> Vec<&str> {
    harvest.complaints.iter().map(|complaint| complaint.text.as_str()).collect()
}

/// The record of a table of one row, and what was complained of.
fn one(mapping: &Mapping, text: &str) -> (Record, Vec<String>) {
    let harvest = read_text(mapping, text);
    let complaints = texts(&harvest).into_iter().map(ToOwned::to_owned).collect();
    (harvest.records.into_iter().next().unwrap(), complaints)
}

/// The record of a row with a name and this cell for one field, and what was complained of.
fn cell(kind: Kind, field: &str, cell: &str) -> (Record, Vec<String>) {
    let cell = cell.replace('"', "\"\"");
    one(&mapping(kind, &format!("name = Name\n{field} = It")), &format!("Name,It\nHope,\"{cell}\"\n"))
}

fn house(record: &Record) -> &Residence {
    match &record.details {
        Details::Housing(house) => house,
        other => panic!("not housing: {other:?}"),
    }
}

fn ways(record: &Record) -> Vec<(Way, &str)> {
    record.contacts.iter().map(|contact| (contact.way, contact.value.as_str())).collect()
}

fn ids(harvest: &Harvest) -> Vec<&str> {
    harvest.records.iter().map(|record| record.id.as_str()).collect()
}
