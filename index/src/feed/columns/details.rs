//! What only one kind of record has.

use super::row::Row;
use super::words::{self, Terms};
use super::{LINE, terms};
use crate::record::{
    Beds, Details, Kind, Level, Meeting, Organization, OrganizationSort, Publication, Residence, Service, ServiceSort,
    Topic,
};
use crate::vocabulary::Group;

/// Reads what the kind has.
pub(super) fn read(row: &mut Row<'_>, kind: Kind, known: &Terms<'_>) -> Details {
    match kind {
        Kind::Meeting => Details::Meeting(Meeting {
            group: row.line("group", LINE),
            open: row.first("open", words::open),
            style: terms(row, "style", Group::Style, known),
        }),
        Kind::Housing => Details::Housing(housing(row).into()),
        Kind::Organization => Details::Organization(organization(row)),
        Kind::Service => Details::Service(service(row).into()),
        Kind::Publication => Details::Publication(publication(row).into()),
        // No table holds pages of the guide.
        Kind::Topic => Details::Topic(Topic::default()),
    }
}

fn housing(row: &mut Row<'_>) -> Residence {
    let level = |written: &str| {
        Level::of(written).ok_or_else(|| "it must be a level from 1 to 4 (I to IV), or type P, M, S or C".to_owned())
    };
    let capacity = count(row, "capacity", 1_000);
    let mut house = Residence {
        operator: row.line("operator", LINE),
        level: row.first("level", level),
        certification: row.line("certification", LINE),
        children: row.first("children", words::truth),
        capacity,
        beds: beds(row, capacity),
        fee: row.line("fee", LINE),
        pays: row.line("pays", LINE),
        moud: None,
        moud_note: row.line("moud_note", LINE),
        sobriety_days: count(row, "sobriety_days", 3_650),
        admission: row.line("admission", LINE),
        rules: row.line("rules", LINE),
    };
    medication(row, &mut house);
    house
}

/// Words that say neither yes nor no ("Suboxone only") are shown as they are.
fn medication(row: &mut Row<'_>, house: &mut Residence) {
    let Some(said) = row.said("moud").into_iter().next() else { return };
    match words::moud(&said.text) {
        Ok(moud) => house.moud = Some(moud),
        Err(must) if house.moud_note.is_empty() => {
            house.moud_note = crate::text::clean(&said.text, LINE);
            row.fault_unquoted(&said, &format!("says something that is shown as words; for a filter {must}"));
        }
        Err(must) => row.fault(&said, &must),
    }
}

/// Free beds: the first column that says how many.
fn beds(row: &mut Row<'_>, capacity: Option<u32>) -> Option<Beds> {
    let counted = row.first("beds_counted", words::moment);
    for said in row.said("beds_free") {
        match words::beds(&said.text) {
            Ok(Some(free)) => {
                if let Some(all) = capacity.filter(|all| free > *all) {
                    row.fault(&said, &format!("it must be at most the capacity, {all}"));
                    return None;
                }
                return Some(Beds { free, counted });
            }
            Ok(None) => {}
            Err(must) => row.fault(&said, &must),
        }
    }
    None
}

fn organization(row: &mut Row<'_>) -> Organization {
    let sorts = OrganizationSort::ALL.map(|sort| (sort.word(), sort));
    Organization {
        sort: row.first("sort", |written| words::choice(written, &sorts)).unwrap_or_default(),
        offers: row.lines("offers", LINE),
        member_of: row.line("member_of", LINE),
        parent: row.line("parent", LINE),
    }
}

fn service(row: &mut Row<'_>) -> Service {
    let sorts = ServiceSort::ALL.map(|sort| (sort.word(), sort));
    let sort = row.first("sort", |written| words::choice(written, &sorts));
    Service {
        sort: sort.unwrap_or(ServiceSort::Other),
        run_by: row.line("run_by", LINE),
        cost: row.line("cost", LINE),
        how: row.line("how", LINE),
        eligibility: row.line("eligibility", LINE),
    }
}

fn publication(row: &mut Row<'_>) -> Publication {
    let year = |written: &str| {
        let year = words::count(written, 2_100)?;
        i16::try_from(year).ok().filter(|year| *year >= 1_800).ok_or_else(|| "it must be a year".to_owned())
    };
    Publication {
        ids: row.lines("ids", LINE),
        year: row.first("year", year),
        pages: count(row, "pages", 10_000),
        format: row.line("format", LINE),
        publisher: row.line("publisher", LINE),
        audience: row.lines("audience", LINE),
        topics: row.lines("topics", LINE),
        copies: count(row, "copies", 100_000),
        shelf: row.line("shelf", LINE),
    }
}

fn count(row: &mut Row<'_>, field: &'static str, most: u32) -> Option<u32> {
    row.first(field, |written| words::count(written, most))
}
