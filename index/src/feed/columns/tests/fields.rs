//! Every field that may be named is read.

use super::*;

/// A cell that this field can read.
fn sound(field: &str) -> &'static str {
    match field {
        "attendance" => "hybrid",
        "times" => "Mon 19:00-20:00",
        "days" => "Monday",
        "time" | "end_time" => "7:00 PM",
        "hours" => "Mon-Fri 9am-5pm",
        "timezone" => "America/Chicago",
        "latitude" | "longitude" => "40.5",
        "coordinates" => "40.5, -80.5",
        "approximate" | "sample" | "children" | "private_address" | "private_phone" | "private_email" | "left_out" => {
            "yes"
        }
        "phone" | "tty" => "555-0100",
        "text" => "Text HOME to 555-0100",
        "dial" => "555-555-0100",
        "join" | "website" | "chat" => "https://example.org/x",
        "email" => "hope@example.org",
        "who" => "women",
        "access" => "wheelchair",
        "languages" => "Spanish",
        "style" => "step-study",
        "pathways" => "secular",
        "fellowship" => "NA",
        "checked" | "beds_counted" => "2026-09-19",
        "open" => "closed",
        "level" => "Level II",
        "moud" => "case by case",
        "capacity" | "beds_free" | "sobriety_days" | "pages" | "copies" => "7",
        "year" => "2014",
        "address" => "1 Elm St, Sampleton, OH 43000, USA",
        _ => "Words of it",
    }
}

/// What a field needs beside it to be seen.
fn beside(field: &str) -> &'static [(&'static str, &'static str)] {
    match field {
        "days" => &[("time", "7:00 PM")],
        "time" => &[("days", "Monday")],
        "end_time" => &[("days", "Monday"), ("time", "6:00 PM")],
        "timezone" => &[("times", "Mon 19:00")],
        "latitude" => &[("longitude", "-80.5")],
        "longitude" => &[("latitude", "40.5")],
        "phone_note" | "private_phone" => &[("phone", "555-0100")],
        "join_note" => &[("join", "https://example.org/x")],
        "dial_note" => &[("dial", "555-555-0100")],
        "private_email" => &[("email", "hope@example.org")],
        "private_address" => &[("street", "1 Elm St"), ("city", "Sampleton")],
        "beds_counted" => &[("beds_free", "2")],
        _ => &[],
    }
}

/// The first word of a choice that this kind has for its sort.
fn sort_of(kind: Kind) -> &'static str {
    if kind == Kind::Service { "treatment" } else { "rco" }
}

#[test]
fn every_field_changes_the_record() {
    for kind in Mapping::KINDS {
        for field in Mapping::fields(kind).filter(|field| *field != "name") {
            let value = if field == "sort" { sort_of(kind) } else { sound(field) };
            let mut cells = beside(field).to_vec();
            let table = |cells: &[(&str, &str)]| {
                let columns: Vec<_> = cells.iter().map(|(field, _)| format!("{field} = {field}")).collect();
                let mapping = mapping(kind, &format!("name = name\n{}", columns.join("\n")));
                let header: Vec<_> = cells.iter().map(|(field, _)| *field).collect();
                let row: Vec<_> = cells.iter().map(|(_, cell)| format!("\"{cell}\"")).collect();
                read_text(&mapping, &format!("{},name\n{},Hope\n", header.join(","), row.join(",")))
            };
            cells.push(("also", ""));
            let without = table(&cells);
            cells.insert(0, (field, value));
            let with = table(&cells);
            if field == "left_out" {
                assert_eq!(with.dropped, 1);
                continue;
            }
            assert_ne!(with.records, without.records, "{kind:?} {field}");
            assert_eq!(texts(&with), [""; 0], "{kind:?} {field}");
        }
    }
}

#[test]
fn every_field_with_a_default_takes_it() {
    for kind in Mapping::KINDS {
        let bare = mapping(kind, "name = Name");
        for field in Mapping::fields_with_default(kind) {
            let value = if field == "sort" { sort_of(kind) } else { sound(field) };
            assert_eq!(fault_of(&bare, field, value, Vocabulary::builtin()), None, "{kind:?} {field}");
            let mut without = bare.clone();
            for (field, value) in beside(field) {
                let field = Mapping::fields(kind).find(|known| known == field).unwrap();
                standing(&mut without, field, &[value]);
            }
            let mut with = without.clone();
            standing(&mut with, field, &[value]);
            let read = |mapping| read_text(mapping, "Name\nHope\n").records;
            assert_ne!(read(&with), read(&without), "{kind:?} {field}");
        }
    }
}

#[test]
fn what_a_reader_does_not_understand_is_a_fault_of_the_feeds_file() {
    let housing = mapping(Kind::Housing, "name = Name");
    for (field, wrong, says) in [
        ("who", "wimen", "women"),
        ("level", "V", "level"),
        ("moud", "perhaps not", "case by case"),
        ("children", "some", "yes or no"),
        ("checked", "soon", "date"),
        ("timezone", "Mars", "time zone"),
        ("private_address", "perhaps", "yes or no"),
        ("email", "nobody", "e-mail"),
    ] {
        let fault = fault_of(&housing, field, wrong, Vocabulary::builtin()).unwrap_or_default();
        assert!(fault.contains(says), "{field}: {fault}");
    }
    let service = mapping(Kind::Service, "name = Name");
    let fault = fault_of(&service, "sort", "tretment", Vocabulary::builtin()).unwrap();
    assert!(fault.contains("did you mean `treatment`"), "{fault}");
}
