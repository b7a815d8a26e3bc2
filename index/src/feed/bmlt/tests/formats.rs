//! What formats come to.

use super::*;
use crate::record::Openness;

#[test]
fn formats_are_joined_by_id_and_translated_by_their_world_id() {
    let record = one(r#""formats": "whatever,else", "format_shared_id_list": "1,3,17""#);
    assert_eq!(meeting(&record).open, Some(Openness::Open));
    assert_eq!(record.access, [crate::record::Term::new("wheelchair")]);
    assert_eq!(styles(&record), ["step-study"]);
    assert!(record.summary.is_empty());
}

#[test]
fn without_ids_keys_are_read_in_the_language_of_the_row() {
    let german = one(r#""formats": "Beh", "lang_enum": "de""#);
    assert_eq!(german.access, [crate::record::Term::new("wheelchair")]);
    let english = one(r#""formats": "WC", "lang_enum": "en""#);
    assert_eq!(english.access, german.access);
}

#[test]
fn a_key_of_several_formats_counts_when_they_mean_the_same() {
    let (record, complaints) = one_of(&row(r#""formats": "QA""#));
    assert_eq!((styles(&record), complaints.len()), (vec!["questions"], 0));
    let (record, complaints) = one_of(&row(r#""formats": "S""#));
    assert!(styles(&record).is_empty());
    assert_eq!(complaints, ["The format “S” stands for several formats that differ; it is not shown."]);
}

#[test]
fn a_format_that_its_server_does_not_list_is_complained_of() {
    let (_, complaints) = one_of(&row(r#""formats": "O,ZZ""#));
    assert_eq!(complaints, ["The format “ZZ” is explained nowhere by its server; it is not shown."]);
    let (record, complaints) = one_of(&row(r#""format_shared_id_list": "1,999""#));
    assert_eq!(complaints, ["The format “999” is explained nowhere by its server; it is not shown."]);
    assert_eq!(meeting(&record).open, Some(Openness::Open));
}

#[test]
fn an_id_of_two_servers_means_nothing() {
    let format = |server: &str, world: &str| {
        format!(
            r#"[{{"id": "1", "key_string": "A", "name_string": "A", "world_id": "{world}", "root_server_uri": "{server}"}}]"#
        )
    };
    let meetings = format!("[{}]", row(r#""format_shared_id_list": "1""#));
    let read = |other: &str| {
        let (one, two) = (format("https://a.example.org/bmlt", "W"), format(other, "W"));
        read_parts(&feed(), &[("a", one.as_bytes()), ("b", two.as_bytes()), ("m", meetings.as_bytes())])
    };
    let same = read("https://A.example.org/bmlt/");
    assert_eq!((same.records[0].who.len(), same.complaints.len()), (1, 0));
    let other = read("https://b.example.org/bmlt");
    assert!(other.records[0].who.is_empty());
    assert!(texts(&other)[0].contains("several servers"), "{:?}", texts(&other));
}

#[test]
fn languages_are_known_by_their_names() {
    assert_eq!(one(r#""format_shared_id_list": "4""#).languages, ["ru"]);
    assert_eq!(one(r#""format_shared_id_list": "5""#).languages, ["es"]);
    assert!(one(r#""lang_enum": "de""#).languages.is_empty(), "that is the language of the listing");
}

#[test]
fn what_no_table_translates_is_shown_by_its_name_in_english_where_there_is_one() {
    let (record, complaints) = one_of(&row(r#""format_shared_id_list": "8,9,10,20""#));
    assert_eq!(record.summary.plain, "Week 3: Speaker; Week 1: open; Not on holidays; No Children");
    assert_eq!(meeting(&record).open, None);
    assert!(weeks(&record).is_every());
    assert!(complaints.is_empty(), "{complaints:?}");
}

#[test]
fn a_world_id_that_is_not_known_is_complained_of_and_never_shown() {
    let (record, complaints) = one_of(&row(r#""format_shared_id_list": "19""#));
    assert_eq!(record.summary.plain, "Exotic");
    assert_eq!(
        complaints,
        ["The server's code “XXNEW” for a kind of meeting is not known; the kind is shown by its name."]
    );
}

#[test]
fn a_name_is_read_where_there_is_no_world_id() {
    assert_eq!(one(r#""format_shared_id_list": "21""#).access, [crate::record::Term::new("outdoors")]);
}

#[test]
fn meetings_without_any_format_are_kept() {
    let (record, complaints) = one_of(&row(r#""formats": "", "format_shared_id_list": """#));
    assert_eq!((record.name.plain.as_str(), complaints.len()), ("Hope", 0));
}

#[test]
fn open_and_closed_at_once_says_nothing() {
    let (record, complaints) = one_of(&row(r#""format_shared_id_list": "1,2""#));
    assert_eq!((meeting(&record).open, complaints.len()), (None, 1));
}

#[test]
fn formats_that_limit_the_weeks_become_a_rule() {
    assert_eq!(weeks(&one(r#""format_shared_id_list": "6""#)), Weeks::nth(1).unwrap());
    assert_eq!(weeks(&one(r#""format_shared_id_list": "6,7""#)), Weeks::nth(1).unwrap().union(Weeks::LAST));
    let (record, complaints) =
        one_of(&row(r#""format_shared_id_list": "6", "comments": "Meets only on the 3rd Tuesday""#));
    assert_eq!((weeks(&record), complaints.len()), (Weeks::nth(1).unwrap(), 1), "both are told, the format counts");
}

#[test]
fn without_the_servers_formats_only_where_it_is_held_can_be_read() {
    let list = format!("[{}, {}]", row(r#""formats": "O,VM""#), row(r#""formats": "W""#).replace("\"7\"", "\"8\""));
    let harvest = read_text(&list);
    assert_eq!(harvest.records.len(), 2);
    assert!(harvest.records.iter().all(|record| record.who.is_empty() && meeting(record).open.is_none()));
    assert_eq!(harvest.records[0].attendance, Some(Attendance::AskFirst), "virtual, but with no way in");
    let told = texts(&harvest).iter().filter(|text| text.contains("GetFormats")).count();
    assert_eq!(told, 1);
}

#[test]
fn every_name_of_a_table_is_written_as_it_is_looked_up() {
    let codes = &Vocabulary::builtin().bmlt;
    assert!(codes.world.len() > 25);
    for name in codes.names.keys().chain(codes.languages.keys()) {
        assert_eq!(&crate::text::fold(name).to_uppercase(), name);
    }
    for meaning in codes.languages.values().flatten() {
        let crate::vocabulary::Meaning::Term(term) = meaning else { panic!("{meaning:?} is no language") };
        let entry = &Vocabulary::builtin().terms[term.as_str()];
        assert_eq!(entry.group, crate::vocabulary::Group::Language);
    }
}
