//! What servers give in place of a list, and what stands in lists that should not: each costs itself alone, in every form.

use index::feed::columns::Mapping;
use index::feed::{Feed, Form, Harvest, Part, read};
use index::record::Kind;
use index::vocabulary::Vocabulary;

/// A row of this name with something more in it.
type Row = fn(&str, &str) -> String;

/// Forms whose rows are objects of JSON, and what stands around the rows.
const JSON: [(Form, &str, &str, Row); 4] = [
    (Form::MeetingGuide, "[", "]", |name, more| {
        format!(r#"{{"name": "{name}", "slug": "{name}", "day": 2, "time": "19:00"{more}}}"#)
    }),
    (Form::Hsds, r#"{"total_pages": 1, "contents": ["#, "]}", |name, more| {
        format!(r#"{{"id": "{name}", "name": "{name}", "status": "active"{more}}}"#)
    }),
    (Form::Bmlt, "[", "]", |name, more| {
        format!(
            r#"{{"id_bigint": "{}", "meeting_name": "{name}", "weekday_tinyint": "2", "start_time": "19:00:00"{more}}}"#,
            name.bytes().map(usize::from).sum::<usize>()
        )
    }),
    (Form::FindTreatment, r#"{"page": 1, "totalPages": 1, "recordCount": 3, "rows": ["#, "]}", |name, more| {
        format!(
            r#"{{"name1": "{name}", "frid": "{name}", "street1": "1 Sample St", "city": "Sampleton", "state": "OH", "typeFacility": "SA"{more}}}"#
        )
    }),
];

fn feed() -> Feed {
    let mut mapping = Mapping::new(Kind::Meeting);
    mapping.columns.insert("name", vec!["Name".to_owned()]);
    Feed {
        name: "town".to_owned(),
        fellowship: Some("aa".to_owned()),
        timezone: Some("America/New_York".to_owned()),
        columns: Some(mapping),
        ..Feed::default()
    }
}

fn harvest(form: Form, bytes: &[u8]) -> Harvest {
    let harvest = read(form, &feed(), &[Part { name: "feed", bytes }], Vocabulary::builtin());
    let word = form.word();
    assert_eq!(harvest.rows, harvest.records.len() + harvest.joined + harvest.dropped, "{word}");
    let dropped = harvest.complaints.iter().filter(|complaint| complaint.dropped).count();
    assert_eq!(dropped, harvest.dropped, "{word}: every row that is left out is told");
    for complaint in &harvest.complaints {
        assert!(complaint.text.chars().count() < 600 && index::text::is_tame(&complaint.text), "{word}: {complaint:?}");
    }
    harvest
}

/// Both good rows are there, and nothing is silent about the third, if there is one.
fn keeps_the_good(form: Form, bytes: &[u8], what: &str) {
    let harvest = harvest(form, bytes);
    let names: Vec<&str> = harvest.records.iter().map(|record| record.name.plain.as_str()).collect();
    for name in ["Alpha", "Omega"] {
        assert!(names.contains(&name), "{} {what}: {names:?} {:?}", form.word(), harvest.complaints);
    }
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn a_row_that_should_not_be_costs_itself_alone() {
    for (form, before, after, row) in JSON {
        let deep = format!(r#", "notes": {}{}"#, "[".repeat(100_000), "]".repeat(100_000));
        let long = format!(r#", "notes": "{}""#, "long ".repeat(2_000_000));
        for (what, between) in [
            ("NaN", row("Odd", r#", "latitude": NaN, "longitude": Infinity"#)),
            ("nested", row("Odd", &deep)),
            ("open to the end of depth", "[".repeat(100_000) + &"]".repeat(100_000)),
            ("ten megabytes", row("Odd", &long)),
            ("the same keys twice", row("Odd", r#", "notes": "one", "notes": "two", "name": "Odd two""#)),
            ("numbers for texts", row("Odd", r#", "city": 1e400, "state": -0, "notes": {}"#)),
            ("no object", "7, null, true, \"text\"".to_owned()),
        ] {
            let list = [before, &row("Alpha", ""), ",", &between, ",", &row("Omega", ""), after].concat();
            keeps_the_good(form, list.as_bytes(), what);
        }
    }
}

#[test]
fn a_list_in_another_encoding_is_read() {
    for (form, before, after, row) in JSON {
        let list = [before, &row("Alpha", ""), ",", &row("Mañana", ""), ",", &row("Omega", ""), after].concat();
        keeps_the_good(form, format!("\u{feff}{list}").as_bytes(), "BOM");
        keeps_the_good(form, &utf16(&list, u16::to_le_bytes), "UTF-16, little end first");
        keeps_the_good(form, &utf16(&list, u16::to_be_bytes), "UTF-16, big end first");
        let broken: Vec<u8> = list.replace('ñ', "\u{1}").bytes().map(|b| if b == 1 { 0xf1 } else { b }).collect();
        keeps_the_good(form, &broken, "a byte of Latin-1");
    }
    for form in [Form::TsmlCsv, Form::Csv] {
        let table = "Name,Slug,Day,Time\nAlpha,a,Monday,19:00\nMañana,m,Monday,19:00\nOmega,o,Monday,19:00\n";
        keeps_the_good(form, format!("\u{feff}{table}").as_bytes(), "BOM");
        keeps_the_good(form, &utf16(table, u16::to_le_bytes), "UTF-16");
        keeps_the_good(form, &utf16(table, u16::to_be_bytes), "UTF-16");
        keeps_the_good(form, &table.replace('\n', "\r\n").into_bytes(), "lines of Windows");
        let long = table.replace("Mañana,m", &format!("{},m", "long ".repeat(2_000_000)));
        keeps_the_good(form, long.as_bytes(), "a cell of ten megabytes");
    }
}

#[test]
fn what_is_no_list_gives_nothing_and_is_named() {
    for form in Form::ALL {
        for (what, text) in [
            ("nothing", String::new()),
            ("spaces", " \n\t ".to_owned()),
            (
                "a portal",
                "<!DOCTYPE html><html><title>Log in</title><form><input name=\"room\"></form></html>".to_owned(),
            ),
            ("an error", r#"{"error": {"code": 401, "message": "key expired"}}"#.to_owned()),
            ("null", "null".to_owned()),
            ("zeros", "\0".repeat(10_000)),
            ("brackets", "[".repeat(1_000_000)),
            ("braces", "{\"a\":".repeat(200_000)),
            ("quotes", "\"".repeat(1_000_001)),
            ("a picture", "\u{89}PNG\r\n\u{1a}\n".to_owned()),
        ] {
            let harvest = harvest(form, text.as_bytes());
            assert!(harvest.records.is_empty(), "{} {what}: {:?}", form.word(), harvest.records.len());
            let silent = harvest.complaints.is_empty() && !text.trim().is_empty();
            assert!(!silent, "{} says nothing of {what}", form.word());
        }
    }
}
