//! The CSV of the plugin: the rows of Meeting Guide under plain headers.

use super::*;
use crate::feed::meeting_guide::read_csv;
use crate::feed::{Form, Spot};
use crate::record::Openness;

const HEADER: &str = concat!(
    "\"Time\",\"End Time\",\"Day\",\"Name\",\"Location\",\"Address\",\"Region\",\"Sub Region\",\"Types\",\"Notes\",",
    "\"Location Notes\",\"Timezone\",\"Group\",\"District\",\"Sub District\",\"Website\",\"Website 2\",\"Mailing Address\",",
    "\"Venmo\",\"Email\",\"Phone\",\"Group Notes\",\"Contact 1 Name\",\"Contact 1 Email\",\"Contact 1 Phone\",",
    "\"Contact 2 Name\",\"Contact 2 Email\",\"Contact 2 Phone\",\"Contact 3 Name\",\"Contact 3 Email\",",
    "\"Contact 3 Phone\",\"Last Contact\",\"Conference URL\",\"Conference Phone\",\"Author\",\"Slug\",\"Updated\"\n",
);

/// A row of the plugin's 37 columns in which these are filled.
fn row(filled: &[(&str, &str)]) -> String {
    let names = HEADER.trim().split(',').map(|name| name.trim_matches('"'));
    let cells = names.map(|name| {
        let cell = filled.iter().find(|(column, _)| *column == name).map_or("", |(_, cell)| cell);
        if cell.is_empty() { String::new() } else { format!("\"{cell}\"") }
    });
    cells.collect::<Vec<_>>().join(",") + "\n"
}

fn csv(bytes: &[u8]) -> Harvest {
    let harvest = read_csv(&feed(), &[Part { name: "meetings.csv", bytes }], Vocabulary::builtin());
    let dropped = harvest.complaints.iter().filter(|complaint| complaint.dropped).count();
    assert_eq!(harvest.rows, harvest.records.len() + harvest.joined + harvest.dropped, "every row is accounted for");
    assert_eq!(harvest.dropped, dropped, "each dropped row has its complaint");
    harvest
}

#[test]
fn every_column_that_is_for_visitors_is_read() {
    let text = HEADER.to_owned()
        + &row(&[
            ("Time", "11:30 PM"),
            ("End Time", "12:30 AM"),
            ("Day", "Monday"),
            ("Name", "Late Hope"),
            ("Location", "Mill Hall"),
            ("Address", "1 Elm St, Sampleton, OH 43000, USA"),
            ("Region", "County"),
            ("Sub Region", "North"),
            ("Types", "Open, Wheelchair Access"),
            ("Notes", "Bring a cup."),
            ("Group Notes", "Since last spring."),
            ("Timezone", "America/Chicago"),
            ("Group", "Hope Group"),
            ("Website", "https://hope.example.org"),
            ("Phone", "(800) 555-0100"),
            ("Email", "hope@example.org"),
            ("Conference URL", "https://zoom.us/j/5550100"),
            ("Slug", "late-hope"),
            ("Updated", "2020-04-0416:50:58"),
        ])
        + &row(&[
            ("Day", "Tuesday"),
            ("Time", "7:00 PM"),
            ("Name", "Joy"),
            ("Slug", "joy"),
            ("Updated", "2016-09-1005:15:00"),
        ]);
    let harvest = csv(text.as_bytes());
    assert_eq!((ids(&harvest), texts(&harvest)), (vec!["town:late-hope", "town:joy"], vec![]));
    let hope = &harvest.records[0];
    assert_eq!(hours(hope), (23 * 60 + 30, Some(60)));
    assert_eq!((days(hope), hope.times[0].zone.as_str()), (Days::of([Weekday::Monday]), "America/Chicago"));
    let place = hope.place.as_ref().unwrap();
    assert_eq!([&place.name, &place.street, &place.city, &place.state], ["Mill Hall", "1 Elm St", "Sampleton", "OH"]);
    assert_eq!(place.regions, ["County", "North"]);
    assert_eq!(hope.access.iter().map(crate::record::Term::as_str).collect::<Vec<_>>(), ["wheelchair"]);
    assert_eq!((meeting(hope).open, meeting(hope).group.as_str()), (Some(Openness::Open), "Hope Group"));
    assert_eq!(hope.summary.plain, "Bring a cup.\nSince last spring.");
    assert_eq!(hope.attendance, Some(Attendance::Hybrid));
    let ways: Vec<_> = hope.contacts.iter().map(|contact| contact.way).collect();
    assert_eq!(ways, [Way::Join, Way::Phone, Way::Email, Way::Website]);
    assert_eq!(
        hope.checked,
        Some(jiff::civil::date(2020, 4, 4)),
        "the space before the hour is missing in every export"
    );
}

#[test]
fn contacts_and_author_are_never_read() {
    let secret = "secret-5550199@example.org";
    let columns = HEADER.trim().split(',').map(|name| name.trim_matches('"'));
    let private = ["Contact", "Author", "Venmo", "Mailing", "District", "Sub District"];
    let private: Vec<_> = columns.filter(|name| private.iter().any(|start| name.starts_with(start))).collect();
    assert_eq!(private.len(), 14);
    let mut filled = vec![("Name", "Hope"), ("Slug", "hope"), ("Day", "Monday"), ("Time", "7:00 PM")];
    filled.extend(private.into_iter().map(|name| (name, secret)));
    let harvest = csv((HEADER.to_owned() + &row(&filled)).as_bytes());
    let written = serde_json::to_string(&harvest.records).unwrap();
    assert!(harvest.records.len() == 1 && !written.contains("secret"), "{written}");
    assert!(texts(&harvest).iter().all(|text| !text.contains("secret")), "{:?}", texts(&harvest));
}

#[test]
fn a_row_that_cannot_be_used_costs_itself_and_names_its_line() {
    let good = row(&[("Name", "Hope"), ("Slug", "hope"), ("Day", "Monday"), ("Time", "7:00 PM")]);
    let text =
        format!("{HEADER}{}\"7:00 PM,,\"Monday\",\"Joy\"\n{good}", row(&[("Day", "Monday"), ("Time", "7:00 PM")]));
    let harvest = csv(text.as_bytes());
    let dropped = harvest.complaints.iter().filter(|complaint| complaint.dropped).map(|complaint| complaint.place);
    assert_eq!(dropped.collect::<Vec<_>>(), [Some(Spot::line(2)), Some(Spot::line(3))]);
    assert_eq!(ids(&harvest), ["town:hope"]);
}

#[test]
fn what_is_no_such_file_is_named() {
    let files: [(&[u8], &str); 6] = [
        (b"", "is empty"),
        (b"[{\"name\": \"Hope\", \"slug\": \"a\", \"day\": 1}]", "Meeting Guide"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"PK\x03\x04", "spreadsheet"),
        (b"Organization,Phone\nHope House,555-0100\n", "no row of headers"),
        (b"name,day,time\n", ""),
    ];
    for (bytes, named) in files {
        let harvest = csv(bytes);
        assert_eq!(harvest.rows, 0);
        assert_eq!(harvest.complaints.len(), usize::from(!named.is_empty()), "{named}: {:?}", harvest.complaints);
        assert!(texts(&harvest).iter().all(|text| text.contains(named)), "{named}: {:?}", harvest.complaints);
    }
}

#[test]
fn the_form_is_called_tsml_csv() {
    assert_eq!(Form::TsmlCsv.word(), "tsml-csv");
    let part = Part { name: "a.csv", bytes: b"name,day,time\nHope,Monday,7:00 PM\n" };
    assert_eq!(crate::feed::read(Form::TsmlCsv, &feed(), &[part], Vocabulary::builtin()).records.len(), 1);
}

/// The template that the plugin is published with, where there is one.
#[test]
fn the_published_template_is_read() {
    let Some(folder) = std::env::var_os("PORCHLIGHT_FEEDS") else { return };
    let bytes = std::fs::read(std::path::PathBuf::from(folder).join("meeting-guide/tsml-template.csv")).unwrap();
    let harvest = csv(&bytes);
    // Counted in the file with another reader of CSV.
    assert_eq!((harvest.rows, harvest.joined, harvest.dropped), (36, 0, 0));
    assert_eq!(texts(&harvest), [""; 0]);
    let count = |holds: &dyn Fn(&Record) -> bool| harvest.records.iter().filter(|record| holds(record)).count();
    assert_eq!(count(&|record| record.checked.is_some() && record.times.len() == 1), 36);
    assert_eq!(count(&|record| record.who.iter().any(|who| who.as_str() == "women")), 3);
    assert_eq!(count(&|record| meeting(record).open == Some(Openness::Closed)), 6);
    assert_eq!(count(&|record| meeting(record).open == Some(Openness::Open)), 30);
    assert_eq!(count(&|record| days(record) == Days::of([Weekday::Saturday])), 8);
    assert_eq!(count(&|record| hours(record).1.is_some()), 2, "so many have an end");
    assert_eq!(count(&|record| record.languages == ["es"]), 1);
    assert_eq!(count(&|record| contact(record, Way::Join).is_some()), 1);
}
