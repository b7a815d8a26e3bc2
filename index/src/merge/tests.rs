use jiff::civil::{Weekday, date};
use proptest::prelude::*;

use std::sync::Arc;

use super::*;
use crate::record::{Attendance, Contact, Meeting, Place, Point, RecordId, SeeAlso, Term, Topic, Way};
use crate::schedule::{Days, Recurrence};

fn meeting(feed: &str, key: &str, name: &str, street: &str) -> Record {
    let mut record = Record::new(RecordId::new(feed, key), name, Details::Meeting(Meeting::default()));
    record.times = vec![Recurrence::weekly("America/New_York", Days::of([Weekday::Tuesday]), 19 * 60, None)];
    record.place = Some(Box::new(Place { street: street.into(), city: "Sampleton".into(), ..Place::default() }));
    record
}

fn harvest(records: Vec<Record>) -> Harvest {
    Harvest { rows: records.len(), records, ..Harvest::default() }
}

fn ids(merged: &Merged) -> Vec<&str> {
    merged.records.iter().map(|record| record.id.as_str()).collect()
}

#[test]
fn evident_twins_of_two_feeds_become_one_and_both_are_thanked() {
    let mut one = meeting("a", "1", "Tuesday Hope", "12 Elm Street");
    Arc::make_mut(&mut one.credit).line = "From list A".into();
    let mut other = meeting("b", "x", "TUESDAY HOPE!", "12 Elm street");
    Arc::make_mut(&mut other.credit).line = "From list B".into();
    other.checked = Some(date(2026, 11, 1));
    other.times[0] = Recurrence::weekly("America/New_York", Days::of([Weekday::Tuesday]), 19 * 60, Some(60));
    one.summary.plain = "Ring twice.".into();
    let merged = merge(vec![harvest(vec![one]), harvest(vec![other])]);
    assert_eq!(ids(&merged), ["b:x"], "the one confirmed later leads");
    assert_eq!(merged.records[0].summary.plain, "Ring twice.");
    assert_eq!(merged.records[0].credit.line, "From list B · From list A");
    assert_eq!(merged.joined, BTreeMap::from([("a".to_owned(), 1)]));
}

#[test]
fn a_link_is_called_as_its_record_and_one_that_leads_nowhere_is_left_out_and_told() {
    let link = |id: &str| SeeAlso::Record { id: RecordId::from(id), name: String::new() };
    let topic =
        Topic { see_also: vec![link("a:1"), link("a:gone"), SeeAlso::Search("hope".into())], ..Topic::default() };
    let page = Record::new(RecordId::new("guide", "page"), "A page", Details::Topic(topic));
    let merged = merge(vec![harvest(vec![page]), harvest(vec![meeting("a", "1", "Tuesday Hope", "12 Elm Street")])]);
    let Details::Topic(topic) = &merged.records[1].details else { panic!("{:?}", merged.records[1]) };
    let named = SeeAlso::Record { id: RecordId::from("a:1"), name: "Tuesday Hope".into() };
    assert_eq!(topic.see_also, [named, SeeAlso::Search("hope".into())]);
    assert_eq!(merged.complaints.len(), 1);
    assert!(merged.complaints[0].text.contains("a:gone") && !merged.complaints[0].dropped);
}

#[test]
fn what_a_twin_alone_says_of_its_meeting_is_not_lost() {
    let one = meeting("a", "1", "Tuesday Hope", "12 Elm Street");
    let mut other = meeting("b", "x", "Tuesday Hope", "12 Elm Street");
    let said = Meeting {
        group: "Elm Street Group".into(),
        open: Some(crate::record::Openness::Closed),
        style: vec![Term::new("candlelight")],
    };
    other.details = Details::Meeting(said.clone());
    let merged = merge(vec![harvest(vec![one]), harvest(vec![other])]);
    assert_eq!(ids(&merged), ["a:1"]);
    assert_eq!(merged.records[0].details, Details::Meeting(said));
}

#[test]
fn what_only_looks_alike_stays_and_is_told() {
    let one = meeting("a", "1", "Tuesday Hope", "12 Elm Street");
    let other = meeting("b", "x", "Tuesday Hope", "99 Oak Street");
    let merged = merge(vec![harvest(vec![one]), harvest(vec![other])]);
    assert_eq!(ids(&merged), ["a:1", "b:x"]);
    assert!(merged.complaints[0].text.contains("looks like a:1"), "{:?}", merged.complaints);
}

#[test]
fn another_hour_is_another_meeting() {
    let one = meeting("a", "1", "Tuesday Hope", "12 Elm Street");
    let mut other = meeting("b", "x", "Tuesday Hope", "12 Elm Street");
    other.times[0] = Recurrence::weekly("America/New_York", Days::of([Weekday::Tuesday]), 20 * 60, None);
    let merged = merge(vec![harvest(vec![one, other])]);
    assert_eq!((merged.records.len(), merged.complaints.len()), (2, 0));
}

#[test]
fn a_shared_room_on_the_internet_makes_twins_where_there_is_no_street() {
    let online = |feed, key| {
        let mut record = meeting(feed, key, "Night Owls", "");
        record.place = None;
        record.contacts = vec![Contact::new(Way::Join, "https://rooms.example/night")];
        record
    };
    let merged = merge(vec![harvest(vec![online("a", "1")]), harvest(vec![online("b", "2")])]);
    assert_eq!(ids(&merged), ["a:1"]);
}

#[test]
fn what_tells_two_meetings_apart_keeps_both() {
    let one = || {
        let mut record = meeting("a", "1", "Happy Hour", "12 Elm Street");
        record.fellowship = Some("aa".into());
        record.attendance = Some(Attendance::InPerson);
        record.place.as_mut().unwrap().state = "XX".into();
        record
    };
    let changes: [fn(&mut Record); 4] = [
        |other| other.fellowship = Some("al-anon".into()),
        |other| other.attendance = Some(Attendance::Online),
        |other| other.who = vec![Term::new("women")],
        |other| other.place.as_mut().unwrap().state = "YY".into(),
    ];
    for change in changes {
        let mut other = Record { id: RecordId::new("b", "x"), ..one() };
        assert_eq!(merge(vec![harvest(vec![one()]), harvest(vec![other.clone()])]).records.len(), 1);
        change(&mut other);
        let merged = merge(vec![harvest(vec![one()]), harvest(vec![other])]);
        assert_eq!(ids(&merged), ["a:1", "b:x"]);
        assert!(merged.complaints[0].text.contains("looks like a:1"), "{:?}", merged.complaints);
    }
}

#[test]
fn two_fellowships_do_not_vanish_in_a_third_listing_that_names_none() {
    let of = |feed, fellowship: Option<&str>| {
        let mut record = meeting(feed, "1", "Happy Hour", "12 Elm Street");
        record.fellowship = fellowship.map(str::to_owned);
        record
    };
    let merged = merge(vec![harvest(vec![of("a", None), of("b", Some("aa")), of("c", Some("al-anon"))])]);
    let fellowships: Vec<_> = merged.records.iter().map(|record| record.fellowship.as_deref()).collect();
    assert_eq!(fellowships, [Some("aa"), Some("al-anon")]);
}

#[test]
fn a_shared_number_proves_nothing_of_meetings_and_of_houses_only_in_one_town() {
    let listed = |feed, details: Details, city: &str| {
        let mut record = Record::new(RecordId::new(feed, "1"), "Hope", details);
        record.times = meeting("", "", "", "").times;
        record.place = Some(Box::new(Place { city: city.into(), ..Place::default() }));
        record.contacts = vec![Contact::new(Way::Phone, "212-555-0100")];
        harvest(vec![record])
    };
    let kept = |details: &Details, city| {
        merge(vec![listed("a", details.clone(), "Sampleton"), listed("b", details.clone(), city)]).records.len()
    };
    let (meeting, house) = (Details::Meeting(Meeting::default()), Details::Housing(Box::default()));
    assert_eq!((kept(&meeting, "Sampleton"), kept(&meeting, "")), (2, 2));
    assert_eq!((kept(&house, "Sampleton"), kept(&house, ""), kept(&house, "Riverbend")), (1, 1, 2));
}

#[test]
fn every_way_to_reach_it_that_one_of_twins_knows_is_kept_once() {
    let noted = |way, value: &str, note: &str| Contact { note: note.into(), ..Contact::new(way, value) };
    let mut one = meeting("a", "1", "Tuesday Hope", "12 Elm Street");
    one.contacts = vec![Contact::new(Way::Phone, "212-555-0100"), Contact::new(Way::Website, "https://hope.example")];
    let mut other = meeting("b", "x", "Tuesday Hope", "12 Elm Street");
    let room = noted(Way::Join, "https://rooms.example/hope", "Password: hope");
    other.contacts = vec![room.clone(), noted(Way::Phone, "(212) 555-0100", "Leave a message")];
    let merged = merge(vec![harvest(vec![one.clone()]), harvest(vec![other])]);
    let expected = [noted(Way::Phone, "212-555-0100", "Leave a message"), one.contacts[1].clone(), room];
    assert_eq!(merged.records[0].contacts, expected);
}

#[test]
fn an_address_that_one_list_keeps_private_is_not_told_by_another() {
    let house = |feed, street: &str| {
        let mut record = Record::new(RecordId::new(feed, "1"), "Hope House", Details::Housing(Box::default()));
        let point = (!street.is_empty()).then_some(Point { latitude: 40.0, longitude: -90.0 });
        let (street, city, withheld) = (street.into(), "Sampleton".into(), street.is_empty());
        record.place = Some(Box::new(Place { street, city, point, withheld, ..Place::default() }));
        record.contacts = vec![Contact::new(Way::Phone, "212-555-0100")];
        record
    };
    for streets in [["12 Elm Street", ""], ["", "12 Elm Street"]] {
        let merged = merge(vec![harvest(vec![house("a", streets[0]), house("b", streets[1])])]);
        assert_eq!(ids(&merged), ["a:1"]);
        let expected = Place { city: "Sampleton".into(), withheld: true, ..Place::default() };
        assert_eq!(merged.records[0].place.as_deref(), Some(&expected));
    }
}

#[test]
fn the_same_id_twice_is_joined_and_told() {
    let mut later = meeting("a", "1", "Tuesday Hope", "14 Elm Street");
    later.checked = Some(date(2026, 11, 1));
    let merged = merge(vec![harvest(vec![meeting("a", "1", "Tuesday Hope", "12 Elm Street")]), harvest(vec![later])]);
    assert_eq!(ids(&merged), ["a:1"]);
    assert_eq!(merged.records[0].place.as_ref().unwrap().street, "14 Elm Street");
    assert_eq!(merged.complaints.len(), 1);
}

#[test]
fn a_listing_stands_for_one_row_of_another_feed_only() {
    let rows = |feed: &str, count: usize| {
        harvest((1..=count).map(|key| meeting(feed, &key.to_string(), "Happy Hour", "12 Elm Street")).collect())
    };
    let merged = merge(vec![rows("a", 1), rows("b", 2)]);
    assert_eq!(ids(&merged), ["a:1", "b:2"]);
    assert_eq!(merge(vec![rows("a", 2), rows("b", 2)]).records.len(), 2);
}

#[test]
fn a_list_of_one_name_and_hour_loses_nothing_and_is_not_told_row_by_row() {
    let rows = |feed: &str, count: usize, oak: &str| {
        harvest((0..count).map(|key| meeting(feed, &key.to_string(), "Hope", &format!("{key} {oak}"))).collect())
    };
    let merged = merge(vec![rows("a", 20_000, "Elm")]);
    assert_eq!((merged.records.len(), merged.complaints.len()), (20_000, 0));
    let merged = merge(vec![rows("a", 5_000, "Elm"), rows("b", 5_000, "Oak")]);
    assert_eq!((merged.records.len(), merged.complaints.len()), (10_000, MOST_TOLD));
    assert!(merged.complaints[MOST_TOLD - 1].text.contains("not told"));
    let merged = merge(vec![rows("a", 1_000, "Elm"), rows("b", 1_000, "Elm")]);
    assert_eq!(merged.records.len(), 1_000, "true twins are found in any crowd");
}

#[test]
fn of_very_many_that_become_one_all_are_counted_and_the_first_are_told() {
    let rows = |feed: &str| {
        let row = |key: usize| meeting(feed, &format!("{key:04}"), &format!("Hope {key}"), "12 Elm Street");
        harvest((0..2500).map(row).collect())
    };
    let merged = merge(vec![rows("a"), rows("b")]);
    assert_eq!((merged.records.len(), merged.joined["b"], merged.complaints.len()), (2500, 2500, 2001));
    let last = merged.complaints.last().unwrap();
    assert_eq!((last.feed.as_str(), last.stands_for), ("b", 500));
    assert!(merged.complaints.iter().rev().skip(1).all(|told| told.text.starts_with("joined with a:")));
}

proptest! {
    /// Whatever comes: ordered, no id twice, and every row of every feed accounted for.
    #[test]
    fn every_row_is_accounted_for(rows in proptest::collection::vec((0..3_usize, 0..6_u8, 0..2_u8, 0..2_u8), 0..40)) {
        let feeds = ["a", "b", "c"];
        let mut harvests = vec![Harvest::default(); 3];
        for (feed, key, name, street) in rows {
            let names = ["Hope", "Faith"];
            let record = meeting(feeds[feed], &key.to_string(), names[name as usize], &format!("{street} Elm"));
            harvests[feed].rows += 1;
            harvests[feed].records.push(record);
        }
        let merged = merge(harvests.clone());
        prop_assert!(merged.records.is_sorted_by(|one, other| one.id < other.id));
        for (feed, harvest) in feeds.iter().zip(&harvests) {
            let kept = merged.records.iter().filter(|record| record.id.feed() == *feed).count();
            let joined = merged.joined.get(*feed).copied().unwrap_or(0);
            prop_assert_eq!(harvest.rows, kept + joined + harvest.dropped);
        }
    }
}
