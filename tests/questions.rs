//! What `search` answers, for a question of every class: how it was understood, what was given up, where a hit stands.

use std::collections::BTreeMap;

use index::query::Facet;
use serde_json::Value;

use crate::desk::Desk;

const TUESDAY: &str = "2026-11-24T17:30";

/// A question, and the chips that it must make: kind, value and the words that said it.
type Asked = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

/// Class by class: one word, as one types, several words, slips, synonyms, time, place, who and how, housing,
/// publications, Spanish, danger and nothing.
const ASKED: &[Asked] = &[
    ("serenity", &[]),
    ("seren", &[]),
    ("peer support families", &[]),
    ("alcholics anonymus", &[("fellowship", "aa", "alcholics anonymus")]),
    ("recvery huse", &[("kind", "housing", "recvery huse")]),
    ("na", &[("fellowship", "na", "na")]),
    ("halfway house", &[("kind", "housing", "halfway house")]),
    ("tomorrow morning", &[("day", "tomorrow", "tomorrow"), ("part", "morning", "morning")]),
    ("sunday 7pm", &[("day", "sunday", "sunday"), ("time", "19:00", "7pm")]),
    ("after 6", &[("time", "after 18:00", "after 6")]),
    ("this weekend", &[("day", "weekend", "this weekend")]),
    ("open now", &[("now", "now", "open now")]),
    ("near downtown", &[("near", "Downtown", "near downtown")]),
    ("in riverbend", &[("place", "Riverbend", "in riverbend")]),
    ("within 5 miles of downtown", &[("within", "5 miles of Downtown", "within 5 miles of downtown")]),
    ("lgbt beginners", &[("who", "lgbtq", "lgbt"), ("style", "newcomers", "beginners")]),
    ("spanish speaking", &[("language", "es", "spanish speaking")]),
    ("wheelchair by phone", &[("access", "wheelchair", "wheelchair"), ("how", "phone", "by phone")]),
    ("open meeting", &[("open", "open", "open"), ("kind", "meeting", "meeting")]),
    ("secular", &[("pathway", "secular", "secular")]),
    ("someone to talk to", &[("door", "talk", "someone to talk to")]),
    (
        "house for women with kids",
        &[("kind", "housing", "house"), ("who", "women", "women"), ("housing", "children", "with kids")],
    ),
    ("level 2", &[("housing", "level-2", "level 2")]),
    ("under $150 a week", &[("fee", "150 a week", "under $150 a week")]),
    ("SMA-3720", &[]),
    ("booklet about self esteem", &[("kind", "publication", "booklet")]),
    ("reunión esta noche", &[("kind", "meeting", "reunión"), ("day", "tonight", "esta noche")]),
    ("casa para mujeres", &[("kind", "housing", "casa"), ("who", "women", "mujeres")]),
    ("i want to die", &[]),
    ("asdfgh", &[]),
];

/// The answers to questions, put to one process.
fn answers<'a>(questions: &[&'a str]) -> BTreeMap<&'a str, Value> {
    let ran = Desk::new().run_with(&["search", "--json", "--stdin", "--now", TUESDAY], &questions.join("\n"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let answers = ran.lines();
    assert_eq!(answers.len(), questions.len());
    questions.iter().copied().zip(answers).collect()
}

/// What is printed for a person, one answer after the other.
fn pages(questions: &[&str]) -> String {
    let ran = Desk::new().run_with(&["search", "--stdin", "--now", TUESDAY], &questions.join("\n"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

#[test]
fn every_class_of_question_tells_how_it_was_understood() {
    let answers = answers(&ASKED.iter().map(|(question, _)| *question).collect::<Vec<_>>());
    for (question, chips) in ASKED {
        let answer = &answers[question];
        let told: Vec<(&str, &str, &str)> = answer["understood"]
            .as_array()
            .unwrap()
            .iter()
            .map(|chip| ["kind", "value", "from"].map(|key| chip[key].as_str().unwrap()).into())
            .collect();
        assert_eq!(&told, chips, "{question}");
        assert_eq!(answer["danger"], *question == "i want to die", "{question}");
        let found = answer["hits"].as_array().unwrap().len();
        assert_eq!(found == 0, *question == "asdfgh", "{question}");
        let facets = answer["facets"].as_object().unwrap();
        for facet in Facet::ALL {
            assert!(facets[facet.word()].is_object(), "{} in {question}", facet.word());
        }
        assert_eq!(facets.len(), Facet::ALL.len());
    }
    assert_eq!(answers["SMA-3720"]["hits"][0]["id"], "publications:sma-3720");
}

#[test]
fn what_was_given_up_missed_or_misspelled_is_told() {
    let wish = "level 4 women wheelchair tonight";
    let answers = answers(&[wish, "living sober group", "boathose", "near xanadu", "meetings near me", "serenity"]);
    assert_eq!(answers[wish]["relaxed"][0]["kind"], "day", "{}", answers[wish]);
    assert_eq!(answers[wish]["relaxed"][0]["value"], "tonight");
    assert_eq!(answers["living sober group"]["relaxed"][0]["kind"], "word");
    assert_eq!(answers["boathose"]["spelled"], serde_json::json!([["boathose", "boathouse"]]));
    assert_eq!(answers["near xanadu"]["nowhere"], "xanadu");
    assert_eq!(answers["meetings near me"]["lost"], true);
    let plain = &answers["serenity"];
    assert_eq!((&plain["relaxed"], &plain["spelled"]), (&serde_json::json!([]), &serde_json::json!([])));
    assert_eq!((&plain["nowhere"], &plain["lost"]), (&Value::Null, &Value::Bool(false)));

    let told = [
        (wish, "(nothing fits all of it; without: day tonight)"),
        ("living sober group", "lack the word: group"),
        ("boathose", "(nobody writes boathose; searched for: boathouse)"),
        ("near xanadu", "(no place of this name is listed: xanadu)"),
        ("meetings near me", "the settings do not say where the kiosk stands"),
        ("i want to die", "(the crisis lines are shown first)"),
        ("asdfgh", "Nothing found for: asdfgh"),
    ];
    let pages = pages(&told.map(|(question, _)| question));
    for (question, said) in told {
        assert!(pages.contains(said), "{said} for {question}:\n{pages}");
    }
    assert!(pages.contains("[who women]"), "{pages}");
}

#[test]
fn each_hit_says_in_which_section_it_stands() {
    let (women, pregnant, beginners) = ("women meeting tonight in riverbend", "pregnant", "lgbt beginners");
    let answers = answers(&[women, pregnant, beginners]);
    for (question, answer) in &answers {
        let sections: Vec<&str> =
            answer["hits"].as_array().unwrap().iter().map(|hit| hit["section"].as_str().unwrap()).collect();
        let order = |section: &&str| ["fits", "about", "unsaid", "online"].iter().position(|known| known == section);
        assert!(sections.iter().map(order).is_sorted(), "{question}: {sections:?}");
        let shown = sections.iter().filter(|section| **section == "fits").count() as u64;
        assert_eq!(answer["total"].as_u64().unwrap().min(10), shown, "{question}");
    }
    assert!(answers[women]["beside"]["unsaid"].as_u64() > Some(0), "{}", answers[women]);
    assert!(answers[pregnant]["beside"]["about"].as_u64() > Some(0), "{}", answers[pregnant]);
    assert_eq!(answers[beginners]["total"], 0);
    let pages = pages(&[women, pregnant, beginners]);
    for said in [
        "  To read about it:",
        "  These do not say it, and may fit:",
        "Nothing fits all of: lgbt beginners; 9 under headings of their own",
    ] {
        assert!(pages.contains(said), "{said}:\n{pages}");
    }
}

#[test]
fn the_readme_tells_truly_what_is_understood() {
    let readme = include_str!("../README.md");
    let table = readme.split("<!-- questions -->\n").nth(1).unwrap().split("<!-- /questions -->").next().unwrap();
    let rows: Vec<(&str, &str)> = table
        .lines()
        .skip(2)
        .map(|row| {
            let mut cells = row.trim_matches('|').split(" | ").map(str::trim);
            (cells.next().unwrap().trim_matches('`'), cells.next().unwrap())
        })
        .collect();
    assert!(rows.len() > 10);
    let answers = answers(&rows.iter().map(|(question, _)| *question).collect::<Vec<_>>());
    for (question, told) in rows {
        let chips = answers[question]["understood"].as_array().unwrap();
        let chip = |chip: &Value| format!("{} {}", chip["kind"].as_str().unwrap(), chip["value"].as_str().unwrap());
        assert_eq!(chips.iter().map(chip).collect::<Vec<_>>().join(", "), told, "{question}");
    }
    let fields = answers["secular"].as_object().unwrap();
    for field in fields.keys() {
        assert!(readme.contains(&format!("| `{field}` |")), "{field} is not explained");
    }
}
