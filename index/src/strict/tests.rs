use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// What a reader with one question of each sort says of a text: its faults, as lines.
fn faults(text: &str) -> Vec<String> {
    open("kiosk.toml", text, |page| {
        let mut top = page.table();
        top.need("name").and_then(|value| value.words());
        top.get("seconds").and_then(|value| value.integer(20..=600));
        top.get("latitude").and_then(|value| value.number(-90.0..=90.0));
        top.get("loud").and_then(|value| value.truth());
        top.get("checked").and_then(|value| value.date());
        top.get("counted").and_then(|value| value.datetime());
        top.get("glyphs").and_then(|value| value.choice([("unicode", 1), ("console", 2), ("ascii", 3)]));
        top.get("notices").map(|value| value.texts());
        if let Some(mut idle) = top.get("idle").and_then(|value| value.table()) {
            idle.need("until").and_then(|value| value.date());
            idle.finish();
        }
        for mut feed in top.get("feed").map(|value| value.tables()).unwrap_or_default() {
            feed.need("form").and_then(|value| value.words());
            feed.finish();
        }
        top.finish();
        page.take_faults().iter().map(ToString::to_string).collect()
    })
}

#[test]
fn a_sound_file_has_no_faults() {
    let text = "name = \"Riverbend\"\nseconds = 90\nlatitude = 40\nloud = false\nchecked = 2026-09-19\n\
                counted = 2026-11-20T09:30:00\nglyphs = \"console\"\nnotices = [\"one\", \"two\"]\n\
                [idle]\nuntil = 2026-12-01\n[[feed]]\nform = \"porchlight\"\n";
    assert_eq!(faults(text), [""; 0]);
}

#[test]
fn every_fault_is_said_with_its_line_and_its_remedy() {
    let table: &[(&str, &[&str])] = &[
        ("", &["kiosk.toml:1: this file has no `name`; it must have one"]),
        ("name = 7", &["kiosk.toml:1: `name` is a whole number; it must be text in quotes"]),
        ("name = \" \"", &["kiosk.toml:1: `name` is empty; it must be text in quotes, or the line must go"]),
        (
            "\nnmae = \"x\"",
            &[
                "kiosk.toml:1: this file has no `name`; it must have one",
                "kiosk.toml:2: `nmae` is not known in this file; did you mean `name`?",
            ],
        ),
        ("name = \"x\"\nseconds = 5", &["kiosk.toml:2: `seconds` is 5; it must be from 20 to 600"]),
        (
            "name = \"x\"\nseconds = 99999999999999999999",
            &["kiosk.toml:2: `seconds` is 99999999999999999999; it must be from 20 to 600"],
        ),
        (
            "name = \"x\"\nseconds = \"90\"",
            &["kiosk.toml:2: `seconds` is text; it must be a whole number from 20 to 600, without quotes"],
        ),
        ("name = \"x\"\nlatitude = nan", &["kiosk.toml:2: `latitude` is nan; it must be from -90 to 90"]),
        ("name = \"x\"\nloud = \"yes\"", &["kiosk.toml:2: `loud` is text; it must be true or false, without quotes"]),
        (
            "name = \"x\"\nchecked = \"2026-09-19\"",
            &["kiosk.toml:2: `checked` is text; it must be a date like 2026-09-19, without quotes"],
        ),
        (
            "name = \"x\"\ncounted = 2026-09-19T09:30:00Z",
            &["kiosk.toml:2: `counted` is a date or time; it must be a date with a time like 2026-09-19T09:30:00, \
             without quotes and without a zone"],
        ),
        ("name = \"x\"\nglyphs = \"unicod\"", &["kiosk.toml:2: `glyphs` is \"unicod\"; did you mean \"unicode\"?"]),
        (
            "name = \"x\"\nglyphs = \"emoji\"",
            &["kiosk.toml:2: `glyphs` is \"emoji\"; it must be one of: unicode, console, ascii"],
        ),
        (
            "name = \"x\"\nnotices = [\"a\",\n 3]",
            &["kiosk.toml:3: `notices` is a whole number; it must be text in quotes"],
        ),
        (
            "name = \"x\"\nidle = 3",
            &["kiosk.toml:2: `idle` is a whole number; it must be a table: [idle] or idle = { ... }"],
        ),
        (
            "name = \"x\"\n[idle]\n\nuntl = 3",
            &[
                "kiosk.toml:2: [idle] has no `until`; it must have one",
                "kiosk.toml:4: `untl` is not known in [idle]; did you mean `until`?",
            ],
        ),
        (
            "name = \"x\"\n[feed]\nform = \"a\"",
            &["kiosk.toml:2: `feed` is a table; it must be a table for each, under a heading [[feed]]"],
        ),
        (
            "name = \"x\"\n[[feed]]\nform = \"a\"\n[[feed]]\ncolour = 1",
            &[
                "kiosk.toml:4: [[feed]] has no `form`; it must have one",
                "kiosk.toml:5: `colour` is not known in [[feed]]; it must be one of: form",
            ],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(faults(text), *expected, "{text:?}");
    }
}

#[test]
fn slips_of_the_syntax_are_told_in_plain_words_all_at_once() {
    let table: &[(&str, &[&str])] = &[
        ("name = Riverbend", &["kiosk.toml:1: `Riverbend` has no quotes; text must stand in quotes"]),
        ("name = ", &["kiosk.toml:1: there is nothing after the =; a value must follow"]),
        (
            "name = \"x\nseconds = 5",
            &[
                "kiosk.toml:1: the text in quotes is not right; its quotes must be closed, and each \\ must be written \\\\",
                "kiosk.toml:2: `seconds` is 5; it must be from 20 to 600",
            ],
        ),
        ("name = \"x\"\nname = \"y\"", &["kiosk.toml:2: `name` is written twice; it must stand here once"]),
        ("[[feed\nform = \"a\"\n", &["kiosk.toml:1: the ]] is missing; a heading must look like [[name]]"]),
        (
            "name\nseconds 30\nloud = \"no\"",
            &[
                "kiosk.toml:1: this has no value; write it as key = value",
                "kiosk.toml:2: this has no value; write it as key = value",
                "kiosk.toml:3: `loud` is text; it must be true or false, without quotes",
            ],
        ),
        (
            "name = \"a\0b\"",
            &[
                "kiosk.toml:1: the text in quotes is not right; its quotes must be closed, and each \\ must be written \\\\",
            ],
        ),
        (
            "name = \"x\"\nseconds = 030",
            &[
                "kiosk.toml:2: `0` begins with a zero; a number must not, and a code or phone number must stand in quotes",
            ],
        ),
    ];
    for (text, expected) in table {
        let found = faults(text);
        let syntax: Vec<_> = expected.iter().filter(|line| !found.contains(&(**line).to_owned())).collect();
        assert!(syntax.is_empty(), "{text:?}: {syntax:?} not in {found:?}");
    }
}

#[test]
fn values_come_out_as_written() {
    let text = "day = 2026-09-19\nmoment = 2026-11-20T09:30:00\nhalf = 0.5\none = \"alone\"\n[b]\nz = 1\n[a]\nz = 2\n";
    open("f", text, |page| {
        let mut top = page.table();
        let day = date(2026, 9, 19);
        assert_eq!(top.need("day").and_then(|value| value.date()), Some(day));
        assert_eq!(top.get("day").and_then(|value| value.datetime()), Some(day.at(0, 0, 0, 0)));
        assert_eq!(top.get("moment").and_then(|value| value.datetime()), Some(date(2026, 11, 20).at(9, 30, 0, 0)));
        assert_eq!(top.get("half").and_then(|value| value.number(0.0..=1.0)), Some(0.5));
        assert_eq!(top.get("one").map(|value| value.texts()), Some(vec!["alone"]));
        let rest: Vec<_> = top.rest().into_iter().map(|(key, value)| (key, value.line())).collect();
        assert_eq!(rest, [("b", 5), ("a", 7)], "in the order of the file");
        assert_eq!(page.take_faults(), []);
    });
}

#[test]
fn what_cannot_be_text_is_one_clear_fault() {
    let fault = decode("f.toml", b"a = 1\nb = \"caf\xe9\"\n").unwrap_err();
    assert_eq!(fault.to_string(), "f.toml:2: this line holds a byte that is not UTF-8 text; save the file as UTF-8");
    let long = "#".repeat(MOST_BYTES + 1);
    let said = "f.toml:1: the file is 9 MB long; it must be at most 8 MB";
    assert_eq!(decode("f.toml", long.as_bytes()).unwrap_err().to_string(), said);
    assert_eq!(read("f.toml", &long, |_| Some(())).unwrap_err()[0].to_string(), said);
}

#[test]
fn depth_and_noise_are_faults_and_no_crash() {
    for text in [format!("a={}", "[".repeat(200_000)), format!("a={}", "{a=".repeat(200_000)), "[a.".repeat(50_000)] {
        assert!(read("f", &text, |_| Some(())).is_err());
    }
    let faults = read("f", &"=\n".repeat(5_000), |_| Some(())).unwrap_err();
    assert_eq!(faults.len(), MOST_SLIPS + 1);
    assert_eq!(faults[MOST_SLIPS].to_string(), "f:101: and 4900 more lines like these; mend the first ones first");
}

#[test]
fn long_noise_is_counted_and_not_told_one_by_one() {
    let keys: Vec<_> = (0..5_000).map(|n| format!("key{n} = 1")).collect();
    let told = faults(&format!("name = \"x\"\n{}", keys.join("\n")));
    assert_eq!(told.len(), MOST_SLIPS + 1);
    assert_eq!(told[0], "kiosk.toml:1: and 4900 more keys are not known in this file; mend the first ones first");
    let told = faults(&format!("name = \"x\"\nnotices = [{}]", "\"a\",".repeat(MOST_ENTRIES + 1)));
    assert_eq!(told, ["kiosk.toml:2: `notices` is a list of 201 and was cut; it must be at most 200 long"]);
}

#[test]
fn a_reader_that_says_nothing_is_no_success() {
    assert!(read("f", "", |_| None::<()>).is_err());
}

#[test]
fn a_slip_is_forgiven_only_when_it_is_small() {
    let meant = |written, known: &[&'static str]| meant(written, known.iter().copied());
    assert_eq!(meant("fellowshp", &["form", "fellowship"]), Some("fellowship"));
    assert_eq!(meant("Form", &["form"]), Some("form"));
    assert_eq!(meant("fomr", &["form"]), Some("form"), "neighbours swapped count once");
    assert_eq!(meant("young", &["yoga", "young-people"]), Some("young-people"));
    assert_eq!(meant("url", &["file", "form"]), None);
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        faults(&text);
    }

    #[test]
    fn no_toml_like_text_panics(text in "([\\[\\]{}=\"',.#\\\\\na-c0-9 :-]|\"\"\"|name|idle|feed){0,60}") {
        for fault in faults(&text) {
            prop_assert!(!fault.contains('\n'), "{fault:?}");
        }
    }

    #[test]
    fn slips_are_symmetric_and_bounded(a in "[a-d]{0,7}", b in "[a-d]{0,7}") {
        let (a, b): (Vec<_>, Vec<_>) = (a.chars().collect(), b.chars().collect());
        let found = slips(&a, &b);
        prop_assert_eq!(found, slips(&b, &a));
        prop_assert_eq!(found == 0, a == b);
        prop_assert!(found <= a.len().max(b.len()));
    }
}
