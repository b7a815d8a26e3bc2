//! Every importer is handed the files of all others.

use crate::feed::columns::Mapping;
use crate::feed::{Feed, Form, Part, read};
use crate::record::Kind;
use crate::vocabulary::Vocabulary;

/// A file of each form that reads files of its own, and words by which the others know it.
const FILES: &[(&[Form], &str, &str)] = &[
    (&[Form::MeetingGuide], r#"[{"name": "Hope", "slug": "hope", "day": 2, "time": "19:00"}]"#, "Meeting Guide"),
    (&[Form::MeetingGuide], r#"{"records": [{"id": "rec1", "fields": {"name": "Hope", "day": 2}}]}"#, "Airtable"),
    (&[Form::Bmlt], r#"[{"id_bigint": "7", "meeting_name": "Hope", "weekday_tinyint": "3"}]"#, "BMLT"),
    (&[Form::Bmlt], r#"{"meetings": [{"id_bigint": "7", "meeting_name": "Hope"}], "formats": []}"#, "BMLT"),
    (
        &[Form::FindTreatment],
        r#"{"page": 1, "recordCount": 1, "rows": [{"name1": "Elm House", "street1": "1 Elm St"}]}"#,
        "FindTreatment.gov",
    ),
    (&[Form::FindTreatment], r#"[{"name1": "Elm House", "street1": "1 Elm St"}]"#, "FindTreatment.gov"),
    (&[Form::Hsds], r#"{"contents": [{"id": "1", "name": "Desk", "status": "active"}], "total_pages": 1}"#, "HSDS"),
    (
        &[Form::Hsds],
        r#"[{"id": "1", "name": "Desk", "status": "active", "organization": {"id": "2", "name": "Hall"}}]"#,
        "HSDS",
    ),
    (&[Form::Porchlight], "[[meeting]]\nkey = \"hope\"\nname = \"Hope\"\ntimes = [\"Mon 19:00\"]\n", "TOML"),
    (&[Form::MeetingGuide, Form::TsmlCsv, Form::Csv], "Name,Day,Time,Slug\nHope,Monday,7:00 PM,hope\n", "CSV"),
    (&[], "<!DOCTYPE html><html><body>Not found</body></html>", "HTML"),
    (&[], "<?xml version=\"1.0\"?><rss version=\"2.0\"></rss>", "RSS"),
    (&[], "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "iCalendar"),
    (&[], "%PDF-1.7", "PDF"),
    (&[], "PK\u{3}\u{4}", "spreadsheet"),
    (&[], r#"{"message": "Forbidden"}"#, "error message"),
];

#[test]
fn every_importer_names_what_it_was_handed_instead() {
    let mut mapping = Mapping::new(Kind::Meeting);
    mapping.columns.insert("name", vec!["Name".to_owned()]);
    let feed = Feed {
        name: "town".to_owned(),
        timezone: Some("America/New_York".to_owned()),
        columns: Some(mapping),
        ..Feed::default()
    };
    let mut lost = Vec::new();
    for form in Form::ALL {
        for (own, text, name) in FILES {
            let part = Part { name: "file", bytes: text.as_bytes() };
            let harvest = read(form, &feed, &[part], Vocabulary::builtin());
            let told: Vec<&str> = harvest.complaints.iter().map(|complaint| complaint.text.as_str()).collect();
            let as_it_should = if own.contains(&form) {
                harvest.records.len() == 1
            } else {
                harvest.records.is_empty() && told.iter().any(|told| told.contains(name))
            };
            if !as_it_should {
                lost.push(format!("{} read {text:?}: {} {told:?}", form.word(), harvest.records.len()));
            }
        }
    }
    assert!(lost.is_empty(), "\n{}\n", lost.join("\n"));
}
