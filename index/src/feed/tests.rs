//! What holds of every form.

use super::columns::Mapping;
use super::*;
use crate::record::Kind;

/// A form, and its file: with one row that is well, then one that cannot be used; and at which place that stands.
const FORMS: [(Form, &str, &str); 8] = [
    (
        Form::Bmlt,
        r#"[{"id_bigint": "1", "meeting_name": "Lanterns", "weekday_tinyint": "2"}, {"weekday_tinyint": "3"}]"#,
        "row 2",
    ),
    (Form::Csv, "Name,City\nLantern House,Elm\n,Elm\n", "line 3"),
    (
        Form::FindTreatment,
        r#"{"page": 1, "totalPages": 1, "rows": [{"name1": "Sample Clinic"}, {"city": "Elm"}]}"#,
        "row 2",
    ),
    (Form::Hsds, r#"[{"id": "a", "name": "Lanterns", "status": "active"}, {"id": "b", "status": "active"}]"#, "row 2"),
    (Form::Hsds, "id,name,status\na,Lanterns,active\nb,,active\n", "line 3"),
    (Form::MeetingGuide, r#"[{"slug": "a", "name": "Lanterns", "day": 1}, {"slug": "b", "day": 2}]"#, "row 2"),
    (Form::Porchlight, "[[meeting]]\nkey = \"a\"\nname = \"Lanterns\"\n\n[[meeting]]\nname = \"No key\"\n", "line 5"),
    (Form::TsmlCsv, "Name,Day,Time\nLanterns,Monday,7:00 PM\n,Tuesday,7:00 PM\n", "line 3"),
];

fn harvest(form: Form, names: &[&str], text: &str) -> Harvest {
    let mut mapping = Mapping::new(Kind::Housing);
    mapping.columns.insert("name", vec!["Name".to_owned()]);
    mapping.columns.insert("city", vec!["City".to_owned()]);
    let timezone = Some("America/New_York".to_owned());
    let feed = Feed { name: "town".to_owned(), timezone, columns: Some(mapping), ..Feed::default() };
    let parts: Vec<Part<'_>> = names.iter().map(|name| Part { name, bytes: text.as_bytes() }).collect();
    read(form, &feed, &parts, Vocabulary::builtin())
}

/// Where the rows stood that were left out.
fn places(harvest: &Harvest) -> Vec<String> {
    let dropped = harvest.complaints.iter().filter(|complaint| complaint.dropped);
    dropped.map(|complaint| complaint.at().unwrap_or_default()).collect()
}

#[test]
fn of_several_files_a_complaint_names_the_one_that_it_is_about() {
    for (form, text, place) in FORMS {
        let [one, two] = if text.starts_with("id,") { ["services.csv", "old/services.csv"] } else { ["one", "two"] };
        assert_eq!(places(&harvest(form, &[one], text)), [place], "{form:?}: nobody asks in which file");
        let both = harvest(form, &[one, two], text);
        let mut told = places(&both);
        told.dedup();
        if form == Form::Hsds {
            // A service that is seen again is one with its first sight.
            assert_eq!(told, [format!("{one}, {place}")], "{:#?}", both.complaints);
        } else {
            assert_eq!(
                told,
                [format!("{one}, {place}"), format!("{two}, {place}")],
                "{form:?}: {:#?}",
                both.complaints
            );
        }
        // The place itself is the same, whatever the file.
        let spots = both.complaints.iter().filter_map(|complaint| complaint.place);
        let row: usize = place.rsplit(' ').next().unwrap().parse().unwrap();
        assert!(spots.into_iter().any(|spot| [Spot::row(row), Spot::line(row)].contains(&spot)), "{form:?}");
    }
}

#[test]
fn of_very_many_rows_that_cannot_be_used_some_are_told_and_all_are_counted() {
    const MANY: usize = 3000;
    for (form, begin, row, between, end) in [
        (Form::Bmlt, "[", r#"{"weekday_tinyint": "3"}"#, ",", "]"),
        (Form::Csv, "Name,City\n", ",Elm", "\n", "\n"),
        (Form::FindTreatment, r#"{"page": 1, "totalPages": 1, "rows": ["#, r#"{"city": "Elm"}"#, ",", "]}"),
        (Form::Hsds, "[", r##"{"id": "#", "status": "active"}"##, ",", "]"),
        (Form::Hsds, "id,name,status\n", "#,,active", "\n", "\n"),
        (Form::MeetingGuide, "[", r#"{"slug": "b", "day": 2}"#, ",", "]"),
        (Form::Porchlight, "", "[[meeting]]\nname = \"No key\"", "\n", "\n"),
        (Form::TsmlCsv, "Name,Day,Time\n", ",Tuesday,7:00 PM", "\n", "\n"),
    ] {
        let rows: Vec<String> = (0..MANY).map(|number| row.replace('#', &number.to_string())).collect();
        let name = if begin.starts_with("id,") { "services.csv" } else { "one" };
        let harvest = harvest(form, &[name], &[begin, &rows.join(between), end].concat());
        assert_eq!((harvest.rows, harvest.dropped, harvest.records.len()), (MANY, MANY, 0), "{form:?}");
        let told = &harvest.complaints;
        let all: usize = told.iter().map(|complaint| complaint.stands_for).sum();
        assert!(all >= MANY && told.len() == told::MOST + 1, "{form:?}: {all} {}", told.len());
        let left_out = places(&harvest).len();
        assert!(left_out + 5 > told::MOST, "{form:?}: {left_out}");
        let last = told.last().unwrap();
        assert!(last.stands_for >= MANY - told::MOST && !last.dropped && last.place.is_none(), "{form:?}: {last:?}");
    }
}

#[test]
fn a_row_that_is_kept_and_a_file_that_is_damaged_are_named_by_their_file_too() {
    let wide = "Name,City\nLantern House,Elm,and,more\n";
    let told: Vec<_> = harvest(Form::Csv, &["one", "two"], wide).complaints.iter().filter_map(Complaint::at).collect();
    assert_eq!(told[..2], ["one, line 2", "two, line 2"], "{told:?}");
    let torn = "id,name,status\n\"a,Lanterns,active\n";
    let told = places(&harvest(Form::Hsds, &["services.csv", "phones.csv"], torn));
    assert_eq!(told, ["services.csv, line 2"]);
    // A name of a file goes on the screen like the rest.
    let evil = harvest(Form::Porchlight, &["one\u{1b}]0;x\u{7}", "two"], "[[meeting]]\n");
    assert!(evil.complaints.iter().filter_map(Complaint::at).all(|at| text::is_clean(&at)), "{:?}", evil.complaints);
}
