//! What people write into cells.

use super::*;
use crate::record::{Attendance, Openness, Pathway, Term};

#[test]
fn yes_and_no_are_said_in_two_languages() {
    for (word, truth) in [
        ("Yes", true),
        ("Y", true),
        ("TRUE", true),
        ("1", true),
        ("x", true),
        ("Sí", true),
        ("si", true),
        ("No", false),
        ("n", false),
        ("0", false),
        ("falso", false),
    ] {
        assert_eq!(house(&cell(Kind::Housing, "children", word).0).children, Some(truth), "{word}");
    }
    let (record, complaints) = cell(Kind::Housing, "children", "ask");
    assert_eq!(house(&record).children, None);
    assert_eq!(complaints, ["“It” is “ask”; it must be yes or no. It was left out."]);
    assert_eq!(house(&cell(Kind::Housing, "children", "").0).children, None, "nothing said is not known");
}

#[test]
fn numbers_may_have_a_word_behind_them() {
    for (written, number) in [
        ("12", Some(12)),
        ("12 beds", Some(12)),
        ("1,000", Some(1_000)),
        ("8.0", Some(8)),
        ("about 8", None),
        ("8-10", None),
        ("-1", None),
        ("8 of 10", None),
        ("2 weeks", None),
        ("99999999999", None),
    ] {
        let (record, complaints) = cell(Kind::Housing, "capacity", written);
        assert_eq!(house(&record).capacity, number, "{written}");
        assert_eq!(complaints.is_empty(), number.is_some(), "{written}");
    }
}

#[test]
fn levels_go_by_number_and_by_letter() {
    for (written, level) in [
        ("2", Level::Monitored),
        ("Level II", Level::Monitored),
        ("Type P", Level::PeerRun),
        ("IV", Level::Clinical),
        ("NARR Level 3", Level::Supervised),
    ] {
        assert_eq!(house(&cell(Kind::Housing, "level", written).0).level, Some(level), "{written}");
    }
    assert_eq!(cell(Kind::Housing, "level", "V").1.len(), 1);
}

#[test]
fn medication_is_yes_no_case_by_case_or_words() {
    for (written, moud) in [
        ("Yes", Moud::Yes),
        ("no", Moud::No),
        ("Case by case", Moud::CaseByCase),
        ("case-by-case", Moud::CaseByCase),
        ("Caso por caso", Moud::CaseByCase),
    ] {
        assert_eq!(house(&cell(Kind::Housing, "moud", written).0).moud, Some(moud), "{written}");
    }
    let (record, complaints) = cell(Kind::Housing, "moud", "Buprenorphine only");
    assert_eq!((house(&record).moud, house(&record).moud_note.as_str()), (None, "Buprenorphine only"));
    assert_eq!(complaints.len(), 1);
}

#[test]
fn free_beds_are_counted_with_their_moment() {
    let mapping =
        mapping(Kind::Housing, "name = Name\nbeds_free = Vacancies, Any\nbeds_counted = As of\ncapacity = Beds");
    for (row, free, day, complaints) in [
        ("3,yes,2026-11-20 09:30,8", Some(3), Some("2026-11-20T09:30:00"), 0),
        ("3,,11/20/2026 9:30 PM,8", Some(3), Some("2026-11-20T21:30:00"), 0),
        ("1 bed,,2026-11-20T09:30:00Z,", Some(1), Some("2026-11-20T09:30:00"), 0),
        (",no,\"Nov 20, 2026\",8", Some(0), Some("2026-11-20T00:00:00"), 0),
        ("full,,,8", Some(0), None, 0),
        (",yes,,8", None, None, 0),
        ("9,,,8", None, None, 1),
        ("some,no,yesterday,8", Some(0), None, 2),
    ] {
        let (record, said) = one(&mapping, &format!("Name,Vacancies,Any,As of,Beds\nHope,{row}\n"));
        let beds = house(&record).beds;
        assert_eq!(beds.map(|beds| beds.free), free, "{row}");
        assert_eq!(beds.and_then(|beds| beds.counted).map(|moment| moment.to_string()).as_deref(), day, "{row}");
        assert_eq!(said.len(), complaints, "{row}: {said:?}");
    }
}

#[test]
fn terms_go_by_key_label_and_name_of_a_type() {
    for (field, written, terms) in [
        ("who", "women", vec!["women"]),
        ("who", "Women; LGBTQ+ people", vec!["women", "lgbtq"]),
        ("who", "Mujeres | Men", vec!["women", "men"]),
        ("who", "Women, Men", vec!["women", "men"]),
        ("who", "Men and Women", vec!["men", "women"]),
        ("access", "Wheelchair Access", vec!["wheelchair"]),
    ] {
        let (record, complaints) = cell(Kind::Service, field, written);
        let found = if field == "who" { &record.who } else { &record.access };
        assert_eq!(found.iter().map(Term::as_str).collect::<Vec<_>>(), terms, "{written}");
        assert_eq!(complaints, [""; 0], "{written}");
    }
    let (record, complaints) = cell(Kind::Service, "languages", "English, Spanish; asl");
    assert_eq!((record.languages, complaints), (vec!["en".to_owned(), "es".to_owned(), "asl".to_owned()], vec![]));
    let (record, complaints) = cell(Kind::Service, "who", "wimen; men");
    assert_eq!(record.who, [Term::new("men")], "one wrong word costs itself alone");
    assert!(complaints[0].contains("did you mean `women`"), "{complaints:?}");
    let (record, complaints) = cell(Kind::Service, "who", "Women, wizards");
    assert_eq!((record.who, complaints.len()), (vec![Term::new("women")], 1), "{complaints:?}");
    assert!(cell(Kind::Service, "who", "everybody else").1[0].contains("known words, such as"));
}

#[test]
fn words_of_a_choice_may_be_joined_as_one_likes() {
    assert_eq!(cell(Kind::Meeting, "attendance", "In Person").0.attendance, Some(Attendance::InPerson));
    assert_eq!(cell(Kind::Meeting, "attendance", "Zoom").0.attendance, Some(Attendance::Online));
    let Details::Meeting(meeting) = cell(Kind::Meeting, "open", "Families only").0.details else {
        panic!("no meeting")
    };
    assert_eq!(meeting.open, Some(Openness::FamiliesOnly));
    let (record, complaints) = cell(Kind::Meeting, "pathways", "Twelve Step; medication; fath");
    assert_eq!(record.pathways, [Pathway::TwelveStep, Pathway::Medication]);
    assert!(complaints[0].contains("did you mean `faith`"));
    let (record, _) = cell(Kind::Meeting, "fellowship", "AA");
    assert_eq!((record.fellowship.as_deref(), &record.pathways[..]), (Some("aa"), &[Pathway::TwelveStep][..]));
}

#[test]
fn ways_to_reach_it_are_taken_from_every_column_the_best_first() {
    let columns =
        "name = Name\nphone = P1, P2\nwebsite = Web\nemail = Mail\njoin = Link\ndial = Dial\nphone_note = Note";
    let table = "Name,P1,P2,Web,Mail,Link,Dial,Note\nHope,555-0101 or 555-0102,(555) 555-0103 ext. 4,www.example.org,\"a@example.org; \
                 b@example.org\",https://meet.example.org/x,\"555-555-0104,,12#\",Ask for the house\n";
    let (record, complaints) = one(&mapping(Kind::Service, columns), table);
    let expected = [
        (Way::Phone, "555-0101"),
        (Way::Phone, "555-0102"),
        (Way::Phone, "(555) 555-0103 ext. 4"),
        (Way::Join, "https://meet.example.org/x"),
        (Way::Dial, "5555550104,,12#"),
        (Way::Website, "https://www.example.org"),
        (Way::Email, "a@example.org"),
        (Way::Email, "b@example.org"),
    ];
    assert_eq!((ways(&record), complaints), (expected.to_vec(), vec![]));
    assert_eq!(record.contacts[0].note, "Ask for the house");
    let (record, _) = one(&mapping(Kind::Meeting, columns), table);
    assert_eq!(record.contacts[0].way, Way::Join, "into a meeting one goes first");
}

#[test]
fn what_is_no_way_to_reach_it_is_complained_of_and_none_is_none() {
    for (field, wrong) in [
        ("phone", "call us"),
        ("website", "our page"),
        ("email", "office"),
        ("dial", "12"),
        ("tty", "relay"),
        ("text", "write us"),
    ] {
        let (record, complaints) = cell(Kind::Service, field, wrong);
        assert!(record.contacts.is_empty() && complaints.len() == 1, "{field}: {complaints:?}");
        let (record, complaints) = cell(Kind::Service, field, "None");
        assert_eq!((record.contacts, complaints), (vec![], vec![]), "{field}");
    }
}

#[test]
fn a_fax_is_no_telephone() {
    let (record, complaints) = cell(Kind::Service, "phone", "555-555-0100; Fax 555-555-0101");
    assert_eq!((ways(&record), complaints), (vec![(Way::Phone, "555-555-0100")], vec![]));
}

#[test]
fn what_can_only_be_true_in_a_room_is_left_out_where_there_is_none() {
    let mapping = mapping(Kind::Meeting, "name = Name\nattendance = How\naccess = Access\nstyle = Style");
    for (how, terms) in [("online", 0), ("in person", 1)] {
        let (record, _) = one(&mapping, &format!("Name,How,Access,Style\nHope,{how},wheelchair,candlelight\n"));
        let Details::Meeting(meeting) = record.details else { panic!("no meeting") };
        assert_eq!((record.access.len(), meeting.style.len()), (terms, terms), "{how}");
    }
}

#[test]
fn dates_are_read_in_many_forms_and_never_guessed() {
    for written in ["2026-09-19", "9/19/2026", "Sep 19, 2026", "2026-09-19 10:00:00", "2026-09-1910:00:00"] {
        assert_eq!(
            cell(Kind::Service, "checked", written).0.checked,
            Some(jiff::civil::date(2026, 9, 19)),
            "{written}"
        );
    }
    for written in ["", "last week", "19/19/2026"] {
        assert_eq!(cell(Kind::Service, "checked", written).0.checked, None, "{written}");
    }
}

#[test]
fn a_publication_has_its_numbers_and_its_place_on_the_shelf() {
    let columns = "name = Title\nids = Number\nyear = Year\npages = Pages\ncopies = Copies\nshelf = Shelf\ntopics = About\naudience = For";
    let (record, complaints) = one(
        &mapping(Kind::Publication, columns),
        "Title,Number,Year,Pages,Copies,Shelf,About,For\nA Guide,SMA14-0000 | PEP00,2014,32 pages,5,B2,Recovery; Sleep,Families\n",
    );
    let Details::Publication(publication) = record.details else { panic!("no publication") };
    let Publication { ids, year, pages, copies, shelf, topics, audience, .. } = *publication;
    assert_eq!((ids.len(), year, pages, copies, shelf.as_str()), (2, Some(2014), Some(32), Some(5), "B2"));
    assert_eq!((topics.len(), &audience[..], complaints), (2, &["Families".to_owned()][..], vec![]));
}

#[test]
fn text_is_cleaned_and_bounded() {
    let evil = "a\u{1b}[2J\u{202e}<b>b</b>&#27;";
    for field in Mapping::fields(Kind::Service).filter(|field| *field != "name") {
        super::laws::all_clean(&read_text(
            &mapping(Kind::Service, &format!("name = Name\n{field} = It")),
            &format!("Name,It\nHope,{evil}\n"),
        ));
    }
    let (record, complaints) = cell(Kind::Service, "summary", &"word ".repeat(5_000));
    assert!(record.summary.plain.chars().count() <= 12_000);
    assert!(complaints[0].contains("very long"), "{complaints:?}");
}
