use proptest::prelude::*;

use super::*;
use crate::record::{Attendance, Details, SeeAlso, Term, Way};
use crate::schedule::{Days, Rule, Weeks};
use crate::text;

fn harvest_of(texts: &[&str]) -> Harvest {
    let feed = Feed { name: "example".into(), ..Feed::default() };
    let parts: Vec<_> = texts.iter().map(|text| Part { name: "example.toml", bytes: text.as_bytes() }).collect();
    read(&feed, &parts, Vocabulary::builtin())
}

fn harvest(text: &str) -> Harvest {
    harvest_of(&[text])
}

/// The complaints as staff see them: line, what to do, and whether the record was lost.
fn complaints(text: &str) -> Vec<String> {
    let harvest = harvest(text);
    assert_eq!(harvest.rows, harvest.records.len() + harvest.dropped, "every row is accounted for");
    let said = |complaint: &Complaint| match complaint.place.map(|place| place.to_string()) {
        Some(place) => format!("{}: {}", place.trim_start_matches("line "), complaint.text),
        None => complaint.text.clone(),
    };
    harvest.complaints.iter().map(said).collect()
}

#[test]
fn the_example_is_sound_and_says_everything() {
    let harvest = harvest(include_str!("example.toml"));
    assert_eq!(harvest.complaints, []);
    assert_eq!((harvest.rows, harvest.records.len()), (6, 6));
    let meeting = &harvest.records[0];
    assert_eq!(meeting.id.as_str(), "example:tuesday-hope");
    assert_eq!(meeting.name.for_reader("es"), "Esperanza del martes");
    assert_eq!(meeting.summary.plain, "We read one page and share.\nCoffee afterwards.");
    assert_eq!(meeting.attendance, Some(Attendance::Hybrid));
    assert_eq!(
        meeting.contacts.iter().map(|contact| contact.way).collect::<Vec<_>>(),
        [Way::Phone, Way::Join, Way::Dial, Way::Email]
    );
    assert_eq!(meeting.contacts[1].note, "Password: hope");
    assert_eq!(meeting.who, [Term::new("women")]);
    assert_eq!(meeting.languages, ["en", "es"]);
    let place = meeting.place.as_ref().unwrap();
    assert_eq!((place.street.as_str(), place.city.as_str()), ("12 Mill Street", "Riverbend"), "own before default");
    assert_eq!(meeting.credit.line, "Collected by the Riverbend Recovery Center");
    assert_eq!(meeting.checked, Some(jiff::civil::date(2026, 9, 19)));
    assert!(meeting.sample);
    let Details::Housing(house) = &harvest.records[1].details else { panic!("the second is housing") };
    assert_eq!(house.level, Some(crate::record::Level::Monitored));
    assert_eq!(house.beds.unwrap().free, 2);
    assert_eq!(harvest.records[2].credit.line, "The organization itself");
    assert!(harvest.records[3].place.is_none(), "a default place makes no place");
    let Details::Topic(topic) = &harvest.records[5].details else { panic!("the sixth is a topic") };
    assert!(matches!(&topic.see_also[1], SeeAlso::Record { id, .. } if id.as_str() == "example:tuesday-hope"));
    assert!(!harvest.records[5].sample);
}

#[test]
fn the_example_names_every_key_of_the_reference() {
    let reference = include_str!("../porchlight.rs");
    let example = include_str!("example.toml");
    let tables = reference.lines().filter(|line| line.starts_with("//! | ") && !line.starts_with("//! | key"));
    // In each row of the tables the keys stand in back quotes in the first column, or after the kind.
    for key in ["key", "name_es", "also", "summary_es", "attendance", "times", "timezone", "contacts", "who", "access"]
        .into_iter()
        .chain(["languages", "pathways", "fellowship", "checked", "sample", "credit", "licence", "group", "style"])
        .chain(["operator", "level", "capacity", "beds_counted", "moud_note", "sobriety_days", "offers", "member_of"])
        .chain(["run_by", "eligibility", "ids", "copies", "shelf", "glossary", "see_also", "sources"])
    {
        assert!(tables.clone().any(|line| line.contains(&format!("`{key}`"))), "{key} is in the reference");
        assert!(example.contains(&format!("{key} = ")), "{key} is in the example");
    }
}

#[test]
fn every_fault_is_said_and_costs_no_more_than_it_must() {
    let table: &[(&str, &[&str])] = &[
        (
            "[[meeting]]\nkey = \"a\"",
            &[
                "1: [[meeting]] has no `name`; it must have one",
                "1: this record is left out: it must have a `key` and a `name`",
            ],
        ),
        (
            "[[meeting]]\nkey = \"a b\"\nname = \"A\"",
            &[
                "2: `key` is \"a b\"; it must be at most 100 letters, digits, - and _",
                "1: this record is left out: it must have a `key` and a `name`",
            ],
        ),
        (
            "[[topic]]\nkey = \"a\"\nname = \"A\"\ncolour = 3",
            &[
                "4: `colour` is not known in [[topic]]; it must be one of: key, name, name_es, see_also, glossary, sources, also, \
             summary, summary_es, place, contacts, timezone, times, who, access, languages, fellowship, pathways, \
             attendance, checked, sample, credit, licence",
            ],
        ),
        (
            "[[meetings]]\nkey = \"a\"\nname = \"A\"",
            &["1: this record is left out: `meetings` is not known in this file; did you mean `meeting`?"],
        ),
        (
            "title = 1",
            &[
                "1: `title` is not known in this file; it must be one of: defaults, meeting, housing, organization, service, \
             publication, topic",
            ],
        ),
        (
            "[[service]]\nkey = \"a\"\nname = \"A\"\nsort = \"helplin\"",
            &["4: `sort` is \"helplin\"; did you mean \"helpline\"?"],
        ),
        (
            "[[meeting]]\nkey = \"a\"\nname = \"A\"\nopen = \"sometimes\"\ncontacts = [{ phon = \"555-0100\" }]",
            &[
                "4: `open` is \"sometimes\"; it must be one of: open, closed, families-only",
                "5: `phon` is not known in [contacts]; did you mean `phone`?",
                "5: a contact names no way; it must name one of: phone, text, tty, join, dial, website, chat, email",
            ],
        ),
        (
            "[[meeting]]\nkey = \"a\"\nname = \"A\"\ntimes = [\"Mon 19:00\"]",
            &["4: `times` stand here without a `timezone`, and were left out; the record or the feed must name one"],
        ),
        (
            "[[meeting]]\nkey = \"a\"\nname = \"A\"\ntimezone = \"America/NewYork\"",
            &["4: `timezone` is \"America/NewYork\"; it must be the name of a zone such as America/New_York"],
        ),
        (
            "[[housing]]\nkey = \"a\"\nname = \"A\"\ncapacity = 8\nbeds_free = 9\nlevel = \"V\"",
            &[
                "5: `beds_free` is 9; it must be at most the capacity, 8 (the count was left out)",
                "6: `level` is \"V\"; it must be a level from 1 to 4 (I to IV), or type P, M, S or C",
            ],
        ),
        (
            "[[housing]]\nkey = \"a\"\nname = \"A\"\nplace = { street = \"1 Elm\", withheld = true, latitude = 40.0 }",
            &[
                "4: `withheld` keeps the address private, so its `street` was left out; it must not stand here",
                "4: half a point was left out; `latitude` and `longitude` must stand together",
            ],
        ),
        (
            "[[meeting]]\nkey = \"a\"\nname = \"A\"\nsummary = \"unfinished\n[[meeting]]\nkey = \"b\"\nname = \"B\"",
            &["4: the text in quotes is not right; its quotes must be closed, and each \\ must be written \\\\"],
        ),
        (
            "[[meeting]]\nkey = \"a\"\nname = \"A\"\n[[meeting]]\nkey = \"a\"\nname = \"B\"",
            &["4: the key \"a\" is that of line 1 as well; each must be different (it is kept as \"a-2\")"],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(complaints(text), *expected, "{text}");
    }
}

#[test]
fn a_torn_heading_costs_its_neighbours_alone() {
    let text = "[[meeting]]\nkey = \"a\"\nname = \"A\"\n[[meeting]]\nkey = \"b\"\nname = \"B\"\n[[meeting\nkey = \"c\"\n\
                name = \"C\"\n[[meeting]]\nkey = \"d\"\nname = \"D\"\n[[meeting]]\nkey = \"e\"\nname = \"E\"\n";
    let names: Vec<_> = harvest(text).records.iter().map(|record| record.name.plain.clone()).collect();
    assert!(names.starts_with(&["A".into()]) && names.ends_with(&["E".into()]), "{names:?}");
    assert!(!names.contains(&"C".into()));
    assert!(complaints(text)[0].starts_with("7: the ]] is missing"));
}

#[test]
fn an_odd_time_costs_itself_alone() {
    let text = "[[meeting]]\nkey = \"a\"\nname = \"A\"\ntimezone = \"America/New_York\"\n\
                times = [\"Mon 19:00\", \"Mun 19:00\", \"Sat 10:00-22:00\"]";
    let harvest = harvest(text);
    assert_eq!(harvest.records[0].times.len(), 2);
    assert!(matches!(harvest.records[0].times[1].rule, Rule::Weekly { start: 600, minutes: None, .. }));
    assert_eq!(
        complaints(text),
        [
            "5: `times` \"Mun 19:00\" has \"mun\" for a day; days must be Mon Tue Wed Thu Fri Sat Sun, daily, or a range such \
         as Mon-Fri",
            "5: `times` is \"Sat 10:00-22:00\"; it must be at most three hours long for a meeting (the start is kept, the end \
         is not)",
        ]
    );
}

#[test]
fn times_mean_what_a_notice_on_a_door_means() {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let (mon_fri, weekend) =
        (Days::of([Monday, Tuesday, Wednesday, Thursday, Friday]), Days::of([Friday, Saturday, Sunday, Monday]));
    let first_third = Weeks::nth(1).unwrap().union(Weeks::nth(3).unwrap());
    let starts = |days, weeks, start, minutes| Rule::Weekly { days, weeks, start, minutes };
    let every = Weeks::EVERY;
    let table = [
        ("Mon Wed 19:00-20:00", starts(Days::of([Monday, Wednesday]), every, 1140, Some(60))),
        (
            "mondays, Weds and Thurs 7:00 PM – 8:00 p.m.",
            starts(Days::of([Monday, Wednesday, Thursday]), every, 1140, Some(60)),
        ),
        ("1st 3rd Tue 19:00", starts(Days::of([Tuesday]), first_third, 1140, None)),
        ("last Sat 10:00-11:30", starts(Days::of([Saturday]), Weeks::LAST, 600, Some(90))),
        ("Mon-Fri 07:00", starts(mon_fri, every, 420, None)),
        ("Fri-Mon 7am", starts(weekend, every, 420, None)),
        ("daily noon", starts(Days::EVERY, every, 720, None)),
        ("Sat 23:30-00:30", starts(Days::of([Saturday]), every, 1410, Some(60))),
        ("Sat 12:00 AM - 1:00 AM", starts(Days::of([Saturday]), every, 0, Some(60))),
        ("Mon 7:00-8:00 PM", starts(Days::of([Monday]), every, 1140, Some(60))),
        ("Mon 7:00 AM-8:00 AM", starts(Days::of([Monday]), every, 420, Some(60))),
        ("Mon 11:30-1:00 PM", starts(Days::of([Monday]), every, 690, Some(90))),
        ("Mon 19:00-8:00 PM", starts(Days::of([Monday]), every, 1140, Some(60))),
        ("open Mon-Fri 09:00-17:00", Rule::Open { days: mon_fri, weeks: every, from: 540, until: 1020 }),
        ("open daily 00:00-24:00", Rule::Open { days: Days::EVERY, weeks: every, from: 0, until: 0 }),
        ("Always", Rule::RoundTheClock),
        ("by  appointment", Rule::ByAppointment),
    ];
    for (written, rule) in table {
        assert_eq!(
            times::read(written, true).map(|time| (time.rule, time.end_dropped)),
            Ok((rule, false)),
            "{written}"
        );
    }
    for written in [
        "",
        "Mon",
        "19:00",
        "Mon 7",
        "Mon 25:00",
        "Mon 19:60",
        "Mon 13pm",
        "Tue 1st 19:00",
        "1st 19:00",
        "open Mon 09:00",
        "Mon 19:00-20",
        "Mon 24:00",
        "Mon 19.00",
        "M 19:00",
    ] {
        assert!(times::read(written, true).is_err(), "{written} is not guessed at");
    }
}

#[test]
fn only_a_meeting_is_held_to_three_hours() {
    let minutes = |written, meeting| match times::read(written, meeting).unwrap().rule {
        Rule::Weekly { minutes, .. } => minutes,
        _ => None,
    };
    assert_eq!(minutes("Mon 12:15-01:15", true), None);
    assert_eq!(minutes("Mon 10:00-10:00", true), None);
    assert_eq!(minutes("Mon 10:00-13:00", true), Some(180));
    assert_eq!(minutes("Mon 09:00-17:00", false), Some(480));
}

#[test]
fn a_meeting_that_does_not_say_how_shows_how_by_what_it_has() {
    let attendance =
        |rest: &str| harvest(&format!("[[meeting]]\nkey = \"a\"\nname = \"A\"\n{rest}")).records[0].attendance;
    let (place, join) = ("place = { street = \"1 Elm\" }\n", "contacts = [{ join = \"https://meet.example.org\" }]");
    assert_eq!(attendance(place), Some(Attendance::InPerson));
    assert_eq!(attendance(join), Some(Attendance::Online));
    assert_eq!(attendance(&format!("{place}{join}")), Some(Attendance::Hybrid));
    assert_eq!(attendance("contacts = [{ dial = \"555-0100\" }]"), Some(Attendance::Phone));
    assert_eq!(attendance("contacts = [{ phone = \"555-0100\" }]"), None);
}

#[test]
fn the_door_of_the_defaults_is_not_given_to_what_is_elsewhere() {
    let defaults = "[defaults]\nplace = { name = \"Hall\", street = \"9 Main\", city = \"Riverbend\", state = \"XX\", \
                    postal_code = \"00103\", notes = \"Ring.\", latitude = 40.0, longitude = -90.0 }\n";
    let place = |own: &str| {
        let text = format!("{defaults}[[meeting]]\nkey = \"a\"\nname = \"A\"\nplace = {{ {own} }}\n");
        harvest(&text).records.remove(0).place.unwrap()
    };
    for here in ["", "city = \"Riverbend\"", "street = \"9 Main\"", "name = \"Hall\", regions = [\"North\"]"] {
        let place = place(here);
        let door = [&place.name, &place.street, &place.postal_code, &place.notes];
        assert_eq!(
            (door.map(String::as_str), place.point.is_some()),
            (["Hall", "9 Main", "00103", "Ring."], true),
            "{here}"
        );
    }
    for there in ["city = \"Sampleton\"", "street = \"1 Elm\"", "name = \"Library\"", "postal_code = \"00104\""] {
        let place = place(there);
        assert!(place.notes.is_empty() && place.point.is_none(), "{there}: {place:?}");
        assert!(place.name != "Hall" && place.street != "9 Main" && place.postal_code != "00103", "{there}: {place:?}");
        assert_eq!((place.state.as_str(), place.city.is_empty()), ("XX", false), "{there}");
    }
}

#[test]
fn a_private_address_never_enters_a_record() {
    let text = "[defaults]\nplace = { street = \"9 Main\", city = \"Riverbend\", latitude = 40.0, longitude = -90.0 }\n\
                [[housing]]\nkey = \"a\"\nname = \"A\"\nplace = { withheld = true }\n\
                [[housing]]\nkey = \"b\"\nname = \"B\"\nplace = { withheld = true, street = \"1 Elm\", latitude = 41.0, longitude = -90.0 }\n";
    for record in harvest(text).records {
        let place = record.place.unwrap();
        assert_eq!((place.street.as_str(), place.point, place.city.as_str()), ("", None, "Riverbend"), "{}", record.id);
    }
}

#[test]
fn levels_go_by_many_names() {
    for (written, level) in [
        ("1", "PeerRun"),
        ("\"II\"", "Monitored"),
        ("\"Level III\"", "Supervised"),
        ("\"type p\"", "PeerRun"),
        ("\"NARR Level 4\"", "Clinical"),
        ("\"Type C\"", "Clinical"),
    ] {
        let harvest = harvest(&format!("[[housing]]\nkey = \"a\"\nname = \"A\"\nlevel = {written}"));
        let Details::Housing(house) = &harvest.records[0].details else { panic!("it is housing") };
        assert_eq!(format!("{:?}", house.level.unwrap()), level);
    }
}

#[test]
fn parts_are_one_directory() {
    let one = "[[topic]]\nkey = \"a\"\nname = \"A\"\n";
    let harvest = harvest_of(&[one, one]);
    assert_eq!(harvest.records.len(), 2);
    assert_ne!(harvest.records[0].id, harvest.records[1].id);
    assert!(harvest.complaints[0].text.starts_with("the key \"a\""));
    assert_eq!(harvest.complaints[0].at().unwrap(), "example.toml, line 1");
}

#[test]
fn nothing_that_a_terminal_would_act_on_gets_in() {
    let text = "[[topic]]\nkey = \"a\"\nname = \"A\\u001b[2J\\u202eB\"\nsummary = \"one\\u0007\\ntwo\"\nalso = [\"\\u001b]52;c;x\\u0007\"]";
    let harvest = harvest(text);
    let record = &harvest.records[0];
    for shown in [&record.name.plain, &record.summary.plain].into_iter().chain(&record.also) {
        assert!(text::is_clean(shown), "{shown:?}");
    }
}

/// Texts that look like a directory with damage in it.
fn damaged() -> impl Strategy<Value = String> {
    let example = include_str!("example.toml");
    let lines: Vec<&'static str> = example.lines().collect();
    prop::collection::vec(
        prop_oneof![6 => prop::sample::select(lines).prop_map(String::from), 1 => "[\\[\\]{}=\"',a-z0-9 #-]{0,12}"],
        0..40,
    )
    .prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rows_are_accounted_for_whatever_the_text(text in damaged()) {
        let harvest = harvest(&text);
        prop_assert_eq!(harvest.rows, harvest.records.len() + harvest.joined + harvest.dropped);
        prop_assert_eq!(harvest.dropped, harvest.complaints.iter().filter(|complaint| complaint.dropped).count());
        let mut ids: Vec<_> = harvest.records.iter().map(|record| &record.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), harvest.records.len());
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&Feed::default(), &[Part { name: "f", bytes: &bytes }], Vocabulary::builtin());
    }

    #[test]
    fn no_time_panics(written in "[a-z0-9 :,-]{0,30}|(mon|1st|last|open|-|,| |19:00|7|pm|am|24:00){0,8}") {
        if let Ok(time) = times::read(&written, true)
            && let Rule::Weekly { start, minutes, .. } = time.rule {
            prop_assert!(start < 1440);
            prop_assert!(minutes.is_none_or(|minutes| (1..=180).contains(&minutes)));
        }
    }
}

#[test]
fn the_starter_pack_is_read_without_a_complaint() {
    let starter = [
        ("national", include_str!("../../../../config/starter/national.toml")),
        ("publications", include_str!("../../../../config/starter/publications.toml")),
        ("guide", include_str!("../../../../config/starter/guide.toml")),
        ("glossary", include_str!("../../../../config/starter/glossary.toml")),
        ("sample", include_str!("../../../../config/starter/sample.toml")),
        ("unconfirmed", include_str!("../../../../config/starter/unconfirmed.toml")),
    ];
    let mut said = Vec::new();
    for (name, text) in starter {
        let feed = Feed { name: name.into(), ..Feed::default() };
        let harvest = read(&feed, &[Part { name, bytes: text.as_bytes() }], Vocabulary::builtin());
        said.extend(harvest.complaints.iter().map(|c| format!("{name} {:?} {:?}: {}", c.place, c.key, c.text)));
    }
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn a_key_of_which_nothing_is_seen_is_named_all_the_same() {
    assert!(complaints("\"\" = \"x\"\n")[0].starts_with("1: `\"\"` is not known"));
    for text in ["\"\\u200B\\u001B[2J\" = \"x\"\n", "=[[topic]]\n", "= 1\n[[meeting]]\n= 2\n"] {
        assert!(complaints(text).iter().all(|text| text::is_clean(text)), "{text}");
    }
}
