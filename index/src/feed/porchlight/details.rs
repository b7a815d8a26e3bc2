//! What only one kind of record has.

use super::fields::{Context, LINE, count, line, lines, optional};
use super::record::term;
use crate::record::{
    Beds, Details, Door, Kind, Level, Meeting, Moud, Openness, Organization, OrganizationSort, Publication, RecordId,
    Residence, SeeAlso, Service, ServiceSort, Topic,
};
use crate::strict::{Table, Value};
use crate::vocabulary::Group;

/// Reads what the kind has.
pub(super) fn read(kind: Kind, table: &mut Table<'_>, context: &Context<'_>) -> Details {
    match kind {
        Kind::Meeting => Details::Meeting(meeting(table, context)),
        Kind::Housing => Details::Housing(housing(table).into()),
        Kind::Organization => Details::Organization(organization(table)),
        Kind::Service => Details::Service(service(table).into()),
        Kind::Publication => Details::Publication(publication(table).into()),
        Kind::Topic => Details::Topic(topic(table, context)),
    }
}

fn meeting(table: &mut Table<'_>, context: &Context<'_>) -> Meeting {
    let words = [Openness::Open, Openness::Closed, Openness::FamiliesOnly].map(|open| (open.word(), open));
    let style = table.get("style").map(|value| value.one_or_more()).unwrap_or_default();
    Meeting {
        group: optional(table, "group"),
        open: table.get("open").and_then(|value| value.choice(words)),
        style: style.iter().filter_map(|value| term(value, Group::Style, context)).collect(),
    }
}

fn housing(table: &mut Table<'_>) -> Residence {
    const MOUD: [(&str, Moud); 3] = [("yes", Moud::Yes), ("case-by-case", Moud::CaseByCase), ("no", Moud::No)];
    let capacity = count(table, "capacity", 1_000);
    Residence {
        operator: optional(table, "operator"),
        level: table.get("level").and_then(|value| level(&value)),
        certification: optional(table, "certification"),
        children: table.get("children").and_then(|value| value.truth()),
        capacity,
        beds: beds(table, capacity),
        fee: optional(table, "fee"),
        pays: optional(table, "pays"),
        moud: table.get("moud").and_then(|value| value.choice(MOUD)),
        moud_note: optional(table, "moud_note"),
        sobriety_days: count(table, "sobriety_days", 3_650),
        admission: optional(table, "admission"),
        rules: optional(table, "rules"),
    }
}

/// A level, under its number or its letter.
fn level(value: &Value<'_>) -> Option<Level> {
    let written = if value.is_integer() { value.integer(1..=4)?.to_string() } else { value.words()?.to_owned() };
    let level = Level::of(&written);
    if level.is_none() {
        value.wrong("a level from 1 to 4 (I to IV), or type P, M, S or C");
    }
    level
}

fn beds(table: &mut Table<'_>, capacity: Option<u32>) -> Option<Beds> {
    let value = table.get("beds_free");
    let free = count(table, "beds_free", 1_000);
    let counted = table.get("beds_counted");
    if let (None, Some(counted)) = (&value, &counted) {
        counted.note("`beds_counted` stands here without `beds_free`; they must stand together");
    }
    let counted = counted.and_then(|value| value.datetime());
    let free = free?;
    if let (Some(value), Some(all)) = (value, capacity.filter(|all| free > *all)) {
        value.fault(&free.to_string(), &format!("at most the capacity, {all} (the count was left out)"));
        return None;
    }
    Some(Beds { free, counted })
}

fn organization(table: &mut Table<'_>) -> Organization {
    let sorts = OrganizationSort::ALL.map(|sort| (sort.word(), sort));
    Organization {
        sort: table.get("sort").and_then(|value| value.choice(sorts)).unwrap_or_default(),
        offers: lines(table, "offers"),
        member_of: optional(table, "member_of"),
        parent: optional(table, "parent"),
    }
}

fn service(table: &mut Table<'_>) -> Service {
    // Without a sort it stands among the others: still found, and its absence is noted.
    let sort = table.need("sort").and_then(|value| value.choice(ServiceSort::ALL.map(|sort| (sort.word(), sort))));
    Service {
        sort: sort.unwrap_or(ServiceSort::Other),
        run_by: optional(table, "run_by"),
        cost: optional(table, "cost"),
        how: optional(table, "how"),
        eligibility: optional(table, "eligibility"),
    }
}

fn publication(table: &mut Table<'_>) -> Publication {
    Publication {
        ids: lines(table, "ids"),
        year: table.get("year").and_then(|value| value.integer(1800..=2100)).and_then(|year| i16::try_from(year).ok()),
        pages: count(table, "pages", 10_000),
        format: optional(table, "format"),
        publisher: optional(table, "publisher"),
        audience: lines(table, "audience"),
        topics: lines(table, "topics"),
        copies: count(table, "copies", 100_000),
        shelf: optional(table, "shelf"),
    }
}

fn topic(table: &mut Table<'_>, context: &Context<'_>) -> Topic {
    let see_also = table.get("see_also").map(|value| value.one_or_more()).unwrap_or_default();
    Topic {
        glossary: table.get("glossary").and_then(|value| value.truth()).unwrap_or(false),
        see_also: see_also.iter().filter_map(|value| see(&mut value.table()?, context)).collect(),
        sources: lines(table, "sources"),
    }
}

fn see(table: &mut Table<'_>, context: &Context<'_>) -> Option<SeeAlso> {
    let (door, record, search) = (table.get("door"), table.get("record"), table.get("search"));
    table.finish();
    match (door, record, search) {
        (Some(door), None, None) => door.choice(Door::ALL.map(|door| (door.word(), door))).map(SeeAlso::Door),
        (None, Some(record), None) => {
            let name = line(&record, LINE)?;
            // A key alone means a record of the same feed.
            let id = if name.contains(':') {
                RecordId::from(name.as_str())
            } else {
                RecordId::new(&context.feed.name, &name)
            };
            Some(SeeAlso::Record { id, name: String::new() })
        }
        (None, None, Some(search)) => line(&search, LINE).map(SeeAlso::Search),
        _ => {
            table.fault("a `see_also` leads nowhere sure; it must hold one of: door, record, search");
            None
        }
    }
}
