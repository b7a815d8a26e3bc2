//! Type codes.

use super::*;
use crate::record::{Openness, Pathway, Term};

fn of(fellowship: &str, types: &str) -> (Record, Vec<String>) {
    let feed = Feed { fellowship: Some(fellowship.to_owned()), ..feed() };
    let row = row(&format!(r#""address": "1 Elm St", "types": {types}"#));
    let harvest = read_bytes(&feed, format!("[{row}]").as_bytes());
    let complaints = texts(&harvest);
    (harvest.records.into_iter().next().unwrap(), complaints)
}

/// Everything that types can say, in one line.
fn said(record: &Record) -> String {
    let keys = |terms: &[Term]| terms.iter().map(|term| term.as_str().to_owned()).collect::<Vec<_>>();
    let open = meeting(record).open.map(|open| open.word().to_owned());
    let all = [
        open.into_iter().collect(),
        keys(&meeting(record).style),
        keys(&record.who),
        keys(&record.access),
        record.languages.clone(),
    ];
    all.concat().join(" ")
}

#[test]
fn the_same_code_means_what_its_fellowship_says() {
    for (fellowship, code, meant) in [
        ("aa", "C", "closed"),
        ("al-anon", "C", "families-only"),
        ("aa", "O", "open"),
        ("al-anon", "O", "open"),
        ("nar-anon", "C", "families-only"),
        ("aa", "A", "secular"),
        ("aca", "A", "adults"),
        ("aa", "Y", "young-people"),
        ("al-anon", "Y", "alateen"),
        ("aca", "Y", "workbook"),
        ("aa", "N", "native-american"),
        ("da", "N", "numbers"),
        ("aa", "P", "professionals"),
        ("da", "P", "prosperity"),
        ("aa", "T", "transgender"),
        ("aca", "T", "book-study"),
        ("ua", "T", "tools"),
        ("aa", "M", "men"),
        ("rd", "MI", "mindfulness"),
        ("sa", "MI", "mixed"),
        ("na", "GL", "gay lesbian"),
        ("sca", "GL", "graphic-language"),
        ("na", "NS", "smoke-free"),
        ("aca", "NS", "needs-support"),
        ("aa", "POA", "proof-of-attendance"),
        ("al-anon", "POA", "parents"),
        ("aca", "CC", "childcare"),
        ("eda", "CC", "chairs-choice"),
        ("aa", "BE", "newcomers"),
        ("na", "BEG", "newcomers"),
        ("aca", "S", "speaker"),
        ("aa", "S", "es"),
        ("na", "S", "es"),
        ("slaa", "HR", "relationships"),
        ("aa", "HR", "hr"),
        ("aa", "12x12", "steps-traditions"),
        ("aa", "DB", ""),
    ] {
        let (record, complaints) = of(fellowship, &format!("[\"{code}\"]"));
        assert_eq!(said(&record), meant, "{fellowship} {code}");
        assert!(complaints.is_empty(), "{fellowship} {code}: {complaints:?}");
    }
}

#[test]
fn types_come_in_many_forms() {
    for (written, meant) in [
        (r#"["C", "W"]"#, "closed women"),
        (r#""C,W""#, "closed women"),
        (r#""C, W""#, "closed women"),
        (r#""[open]""#, "open"),
        (r#"["c", "w", ""]"#, "closed women"),
        (r#"["C,W"]"#, "closed women"),
        (r#""Open, Wheelchair Access""#, "open wheelchair"),
        (r#"["Closed", "Women", "Spanish", "11th Step Meditation"]"#, "closed eleventh-step women es"),
        (r#"["Abierta", "Mujeres"]"#, "open women"),
        ("[11]", "eleventh-step"),
        (r#"["SP", "D"]"#, "speaker discussion"),
        (r#"["W", "W"]"#, "women"),
        ("[]", ""),
        ("null", ""),
        (r#""""#, ""),
    ] {
        let (record, complaints) = of("aa", written);
        assert_eq!(said(&record), meant, "{written}");
        assert!(complaints.is_empty(), "{written}: {complaints:?}");
    }
}

#[test]
fn unknown_codes_are_complaints_and_not_shown() {
    let (record, complaints) = of("aa", r#"["O", "ASBI", "AC", 77, {"x": 1}]"#);
    assert_eq!(said(&record), "open");
    assert_eq!(complaints.len(), 4);
    assert!(complaints[0].contains("ASBI"));
}

#[test]
fn both_open_and_closed_is_neither() {
    let (record, complaints) = of("aa", r#"["O", "C"]"#);
    assert_eq!(meeting(&record).open, None);
    assert_eq!(complaints.len(), 1);
}

#[test]
fn fellowship_and_pathways_come_with_the_feed() {
    let (record, _) = of("al-anon", r#"["O"]"#);
    assert_eq!(record.fellowship.as_deref(), Some("al-anon"));
    assert_eq!(record.pathways, [Pathway::Family, Pathway::TwelveStep]);
    let (record, _) = of("aa", r#"["A"]"#);
    assert!(record.pathways.contains(&Pathway::Secular));
    assert_eq!(record.credit.line, "Thanks to the town's office");
}

#[test]
fn without_a_fellowship_codes_are_not_guessed() {
    for fellowship in [None, Some("martians".to_owned())] {
        let feed = Feed { fellowship, ..feed() };
        let rows = r#"[{"name": "Hope", "slug": "a", "types": ["C", "Y", "ZZ"]}, {"name": "Joy", "slug": "b", "types": ["O", "S"]}]"#;
        let harvest = read_bytes(&feed, rows.as_bytes());
        assert_eq!(said(&harvest.records[0]), "");
        assert_eq!(
            said(&harvest.records[1]),
            "es",
            "a language is the same everywhere but where a fellowship says otherwise"
        );
        assert_eq!(harvest.records[0].fellowship, None);
        assert_eq!(harvest.complaints.len(), 1, "{:?}", texts(&harvest));
    }
}

#[test]
fn every_code_of_the_field_is_known_in_its_fellowship() {
    let vocabulary = Vocabulary::builtin();
    for (key, fellowship) in &vocabulary.fellowships {
        assert!(vocabulary.codes.contains_key(&fellowship.codes), "{key}");
    }
    for (table, codes) in &vocabulary.codes {
        for (code, meanings) in codes {
            assert!(!meanings.is_empty(), "{table} {code}");
            assert_eq!(*code, code.to_uppercase(), "{table} {code}");
        }
    }
    let open = |table: &str, code: &str| vocabulary.codes[table][code].clone();
    assert_eq!(open("al-anon", "C"), [crate::vocabulary::Meaning::Open(Openness::FamiliesOnly)]);
}

#[test]
fn every_published_code_has_a_meaning() {
    let Some(folder) = std::env::var_os("PORCHLIGHT_FEEDS") else { return };
    let published = std::fs::read_to_string(std::path::Path::new(&folder).join("codes/program-types.tsv")).unwrap();
    let codes = &Vocabulary::builtin().codes;
    let mut seen = 0;
    for line in published.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        assert!(codes[cells[0]].contains_key(&cells[2].to_uppercase()), "{line}");
        assert!(codes["names"].contains_key(&cells[3].to_uppercase()) || cells[3] == "Gam Anon", "{line}");
        seen += 1;
    }
    assert_eq!(seen, 540);
    let labels = std::fs::read_to_string(std::path::Path::new(&folder).join("codes/meeting-guide-types.json")).unwrap();
    let labels: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&labels).unwrap();
    assert_eq!(labels.len(), 87);
    for code in labels.keys() {
        assert!(codes["aa"].contains_key(&code.to_uppercase()), "{code}");
    }
    assert!(codes["aa"].contains_key("ONL"));
}
