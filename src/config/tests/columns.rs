//! The columns of a CSV feed.

use index::feed::columns::Mapping;
use index::record::Kind;

use super::*;

/// What the form's own documentation shows.
const EXAMPLE: &str = include_str!("../../../index/src/feed/columns/example.toml");

fn mapping(text: &str) -> Mapping {
    let read = FeedsFile::read("feeds.toml", text, Vocabulary::builtin(), &BUILT_IN);
    let mut feeds = read.unwrap_or_else(|faults| panic!("{faults:#?}")).feeds;
    feeds.remove(0).feed.columns.unwrap()
}

#[test]
fn the_documented_example_has_no_fault() {
    let mapping = mapping(EXAMPLE);
    assert_eq!(mapping.kind, Kind::Service);
    assert_eq!(mapping.columns["phone"], ["Phone1Number", "Phone2Number"]);
    assert_eq!(mapping.columns["key"], ["Resource ID"]);
    assert_eq!(mapping.values["sort"]["sober living"], ["housing-help"], "words are compared folded");
    assert_eq!(mapping.values["who"]["any"], [""; 0]);
    assert_eq!(mapping.defaults["languages"], ["en"]);
}

#[test]
fn the_example_in_the_built_in_file_has_no_fault() {
    let (_, commented) = feeds::DEFAULTS.split_once("# Any CSV").unwrap();
    let lines = commented.lines().skip(1).map_while(|line| line.strip_prefix('#'));
    let example: Vec<&str> = lines.skip_while(|line| !line.contains("[[feed]]")).collect();
    assert!(mapping(&example.join("\n")).columns.contains_key("name"));
}

#[test]
fn every_fault_is_told_at_its_line_with_what_was_meant() {
    let text = r#"[[feed]]
name = "a"
form = "csv"
kind = "housing"
file = "a.csv"
[feed.columns]
name = "Name"
levle = "Level"
sort = "x"
beds_free = 3
[feed.values.who]
"M" = "mne"
"W" = { a = 1 }
[feed.values.level]
"Two" = "II"
[feed.values.pone]
"x" = "y"
[feed.defaults]
name = "x"
children = "perhaps"
level = 2
checked = 2026-09-19
capacity = 12
"#;
    let told = feed_faults(text);
    let expected = [
        (":8:", "did you mean `level`"),
        (":9:", "`sort` is no field here"),
        (":10:", "text in quotes"),
        (":11:", "[feed.values.who]"),
        (":12:", "`M` is “mne”; did you mean `men`"),
        (":13:", "a text, a number"),
        (":14:", "[feed.values.level]"),
        (":16:", "did you mean `phone`"),
        (":19:", "`name` is no field here"),
        (":20:", "`children` is “perhaps”; it must be yes or no"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for ((place, says), told) in expected.iter().zip(&told) {
        assert!(told.starts_with(&format!("feeds.toml{place}")) && told.contains(says), "{says}: {told}");
    }
}

#[test]
fn a_feed_of_columns_needs_a_kind_a_name_and_a_sort_where_there_are_sorts() {
    let head = "[[feed]]\nname = \"a\"\nform = \"csv\"\nfile = \"a.csv\"\n";
    let of = |rest: &str| feed_faults(&format!("{head}{rest}"));
    let none = of("");
    assert!(none.len() == 2 && none[0].contains("`columns`") && none[1].contains("`kind`"), "{none:#?}");
    let topic = of("kind = \"topic\"\n[feed.columns]\nname = \"Name\"\n");
    assert!(topic[0].contains("meeting, housing, organization, service, publication"), "{topic:#?}");
    let nameless = of("kind = \"housing\"\n[feed.columns]\nphone = \"Phone\"\n");
    assert!(nameless.len() == 1 && nameless[0].contains("no `name`"), "{nameless:#?}");
    let sortless = of("kind = \"service\"\n[feed.columns]\nname = \"Name\"\n");
    assert!(sortless.len() == 1 && sortless[0].contains("`sort`"), "{sortless:#?}");
    for with in [
        "kind = \"service\"\n[feed.columns]\nname = \"Name\"\nsort = \"Type\"\n",
        "kind = \"service\"\n[feed.columns]\nname = \"Name\"\n[feed.defaults]\nsort = \"legal\"\n",
    ] {
        assert_eq!(of(with), [""; 0]);
    }
}

#[test]
fn columns_belong_to_the_form_csv_alone() {
    let told =
        feed_faults("[[feed]]\nname = \"a\"\nform = \"meeting-guide\"\nfile = \"a\"\n[feed.columns]\nname = \"x\"\n");
    assert!(told.len() == 1 && told[0].contains("`columns`"), "{told:#?}");
}
