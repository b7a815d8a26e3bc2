//! Addresses, numbers, and how one takes part.

use super::*;

const ADDRESS: &str =
    r#""formatted_address": "1 Elm St, Sampleton, OH 43000, USA", "latitude": 40.1, "longitude": -83.2"#;
const TOWN: &str = r#""formatted_address": "Sampleton, OH, USA", "latitude": 40.1, "longitude": -83.2"#;
const ROOM: &str = r#""conference_url": "https://zoom.us/j/5550100", "conference_url_notes": "Password: 123""#;
const DIAL: &str = r#""conference_phone": "+16465550100,,901964988#""#;
const PAGE: &str = r#""conference_url": "https://sites.google.com/view/hope""#;

fn attendance(fields: &[&str]) -> (Attendance, Vec<String>) {
    let (record, complaints) = one_of(&row(&fields.join(", ")));
    (record.attendance.unwrap(), complaints)
}

#[test]
fn how_one_takes_part_follows_address_ways_and_closure() {
    let closed = r#""types": ["O", "TC"]"#;
    let online = r#""types": ["O", "ONL"]"#;
    for (fields, expected) in [
        (&[ADDRESS][..], Attendance::InPerson),
        (&[ADDRESS, ROOM], Attendance::Hybrid),
        (&[ADDRESS, DIAL], Attendance::Hybrid),
        (&[ADDRESS, ROOM, closed], Attendance::Online),
        (&[ADDRESS, DIAL, closed], Attendance::Phone),
        (&[ADDRESS, closed], Attendance::Suspended),
        (&[TOWN, ROOM], Attendance::Online),
        (&[TOWN, DIAL], Attendance::Phone),
        (&[TOWN, ROOM, DIAL], Attendance::Online),
        (&[TOWN], Attendance::AskFirst),
        (&[TOWN, online], Attendance::AskFirst),
        (&[TOWN, PAGE], Attendance::AskFirst),
        (&[ADDRESS, PAGE], Attendance::InPerson),
        (&[ADDRESS, r#""approximate": "yes""#, ROOM], Attendance::Online),
        (&[ADDRESS, r#""approximate": true, "x": 1"#, ROOM], Attendance::Online),
        (&[TOWN, r#""approximate": "no""#], Attendance::InPerson),
        (&[r#""coordinates": "40.1,-83.2""#, ROOM], Attendance::Hybrid),
        (&[r#""coordinates": "40.1,-83.2,40.2,-83.1""#, ROOM], Attendance::Online),
        (&[r#""address": "1 Elm St", "city": "Sampleton""#], Attendance::InPerson),
        (&[r#""city": "Sampleton", "state": "OH""#, ROOM], Attendance::Online),
        (&[r#""formatted_address": "Elmstr. 5, 10557 Berlin, Germany""#], Attendance::InPerson),
        (&[r#""address": "8318 104 St, Sampleton, Alberta, T6E 4E8, Canada""#], Attendance::InPerson),
        (&[r#""address": "Sampleton, Alberta, T6E 4E8, Canada""#], Attendance::AskFirst),
    ] {
        let (found, _) = attendance(fields);
        assert_eq!(found, expected, "{fields:?}");
    }
}

#[test]
fn what_the_row_says_itself_comes_first() {
    let says = |word: &str| format!(r#""attendance_option": "{word}""#);
    for (word, fields, expected) in [
        ("in_person", &[TOWN, ROOM][..], Attendance::InPerson),
        ("online", &[ADDRESS, ROOM], Attendance::Online),
        ("online", &[ADDRESS, DIAL], Attendance::Phone),
        ("online", &[ADDRESS], Attendance::AskFirst),
        ("hybrid", &[ADDRESS, ROOM], Attendance::Hybrid),
        ("hybrid", &[ADDRESS], Attendance::Hybrid),
        ("inactive", &[ADDRESS, ROOM], Attendance::Suspended),
        ("In Person", &[ADDRESS], Attendance::InPerson),
    ] {
        let fields: Vec<&str> = fields
            .iter()
            .copied()
            .chain([says(word)].iter().map(String::as_str))
            .map(|field| field.to_owned().leak() as &str)
            .collect();
        assert_eq!(attendance(&fields).0, expected, "{word}");
    }
    let (found, complaints) = attendance(&[ADDRESS, r#""attendance_option": "sometimes""#]);
    assert_eq!((found, complaints.len()), (Attendance::InPerson, 1));
}

#[test]
fn online_without_a_way_in_asks_first_and_keeps_the_mail() {
    let (record, complaints) = one_of(&row(r#""attendance_option": "online", "email": "hope@example.org""#));
    assert_eq!(record.attendance, Some(Attendance::AskFirst));
    assert_eq!(contact(&record, Way::Email).unwrap().value, "hope@example.org");
    assert_eq!(complaints.len(), 1);
}

#[test]
fn a_meeting_without_a_place_keeps_no_point_and_no_street() {
    for option in ["online", "online\", \"types\": \"TC"] {
        let record = one(&format!(r#"{ADDRESS}, {ROOM}, "location": "Online", "attendance_option": "{option}""#));
        let place = record.place.unwrap();
        assert_eq!((place.point, place.street.as_str(), place.name.as_str()), (None, "", ""));
        assert_eq!(place.city, "Sampleton");
    }
}

#[test]
fn what_is_only_true_in_a_room_is_not_said_of_online_meetings() {
    let types = r#""types": ["O", "BA", "BRK", "CAN", "CF", "AL-AN", "AL", "FF", "OUT", "SM", "X", "XB", "W", "SP"]"#;
    let online = one(&format!("{types}, {TOWN}, {ROOM}"));
    assert!(online.access.is_empty());
    assert_eq!(meeting(&online).style.iter().map(crate::record::Term::as_str).collect::<Vec<_>>(), ["speaker"]);
    assert_eq!(online.who[0].as_str(), "women");
    let hybrid = one(&format!("{types}, {ADDRESS}, {ROOM}"));
    assert_eq!((hybrid.access.len(), meeting(&hybrid).style.len()), (7, 5));
}

#[test]
fn only_addresses_that_open_are_kept() {
    for (written, kept) in [
        ("https://zoom.us/j/5550100", Some("https://zoom.us/j/5550100")),
        ("Http://us04web.zoom.us/j/5550100", Some("http://us04web.zoom.us/j/5550100")),
        ("HTTPS://ZOOM.US/j/5550100?pwd=AbC", Some("https://zoom.us/j/5550100?pwd=AbC")),
        ("https://zoom.us/j/5550100\u{a0}", Some("https://zoom.us/j/5550100")),
        ("\u{202a}https://zoom.us/j/5550100\u{202c}", Some("https://zoom.us/j/5550100")),
        ("https://zoom.us/j/5550100&amp;sa=D", Some("https://zoom.us/j/5550100&sa=D")),
        ("zoom.us/j/5550100", Some("https://zoom.us/j/5550100")),
        ("Join: https://zoom.us/j/5550100", Some("https://zoom.us/j/5550100")),
        ("javascript:alert(1)", None),
        ("ftp://zoom.us/j/1", None),
        ("https://zoom.us@evil.example/j/1", None),
        ("https://zoom", None),
        ("mailto:hope@example.org", None),
        ("ask Bill", None),
        ("https://zoom.us/j/1\\u001b[2J", None),
    ] {
        let (record, complaints) = one_of(&row(&format!(r#""conference_url": "{written}""#)));
        assert_eq!(contact(&record, Way::Join).map(|join| join.value.as_str()), kept, "{written}");
        assert_eq!(complaints.iter().any(|text| text.contains("joining")), kept.is_none(), "{written}: {complaints:?}");
    }
}

#[test]
fn a_page_to_read_first_is_no_room() {
    for page in [
        "https://sites.google.com/view/hope",
        "https://tinyurl.com/hope",
        "https://MillValleyCabin.com",
        "https://zoom.us/",
    ] {
        let record = one(&format!(r#""conference_url": "{page}", "conference_url_notes": "see there""#));
        assert!(contact(&record, Way::Join).is_none(), "{page}");
        assert_eq!(contact(&record, Way::Website).unwrap().note, "see there");
    }
}

#[test]
fn numbers_to_dial_are_mended_or_left_out() {
    for (written, kept) in [
        ("+16465550100,,901964988#", Some("+16465550100,,901964988#")),
        ("16465550100,,901964988#,,,,*0#", Some("16465550100,,901964988#,,,,*0#")),
        ("+16465550100,,901964988#+16465550100,,901964988#", Some("+16465550100,,901964988#")),
        ("+1+16465550100,,901964988#", Some("+16465550100,,901964988#")),
        ("+1 6465550100,,631072#", Some("+16465550100,,631072#")),
        ("(646) 555-0100", Some("6465550100")),
        ("tel:646.555.0100", Some("6465550100")),
        ("646-555-0100 ext. 321", Some("6465550100,321")),
        ("646-555-0100 x1699", Some("6465550100,1699")),
        ("+15875550100,,12345#,,,,*SECRET#", Some("+15875550100,,12345#")),
        ("\u{202a}(646) 555-0100\u{202c}", Some("6465550100")),
        ("no phone", None),
        ("555-0100", None),
        ("Zoom ID: 85555501001 PW: 12", None),
        ("call Bob", None),
    ] {
        let record = one(&format!(r#""conference_phone": "{written}""#));
        assert_eq!(contact(&record, Way::Dial).map(|dial| dial.value.as_str()), kept, "{written}");
    }
}

#[test]
fn notes_for_joining_stay_with_their_way_or_go() {
    let record = one(&format!(r#"{ROOM}, "conference_phone": "6465550100", "conference_phone_notes": "ID 12""#));
    assert_eq!(contact(&record, Way::Join).unwrap().note, "Password: 123");
    assert_eq!(contact(&record, Way::Dial).unwrap().note, "ID 12");
    let (record, complaints) =
        one_of(&row(r#""conference_url_notes": "Password: 123", "conference_phone_notes": "ID 12""#));
    assert!(record.contacts.is_empty() && !serde_json::to_string(&record).unwrap().contains("123"));
    assert_eq!(complaints.len(), 2);
}

#[test]
fn other_ways_are_contacts_the_best_first() {
    let record = one(&format!(
        r#"{ROOM}, "phone": "555-0100", "email": "Hope <hope@example.org>", "website": "hope.example.org", "url": "https://town.example.org/hope",
        "entity": "Town Office", "entity_phone": "+1-555-555-0101", "entity_email": "office@example.org", "entity_website_url": "https://town.example.org""#
    ));
    let ways: Vec<(Way, &str, &str)> =
        record.contacts.iter().map(|contact| (contact.way, contact.value.as_str(), contact.note.as_str())).collect();
    assert_eq!(
        ways,
        [
            (Way::Join, "https://zoom.us/j/5550100", "Password: 123"),
            (Way::Phone, "555-0100", ""),
            (Way::Email, "hope@example.org", ""),
            (Way::Website, "https://hope.example.org", ""),
            (Way::Website, "https://town.example.org/hope", ""),
            (Way::Phone, "+1-555-555-0101", "Town Office"),
            (Way::Email, "office@example.org", "Town Office"),
            (Way::Website, "https://town.example.org", "Town Office"),
        ]
    );
    assert!(contact(&one(r#""entity_url": "https://town.example.org""#), Way::Website).is_some());
}
