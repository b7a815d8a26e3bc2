//! The laws of overrides: written as read, applied twice as once, over by their dates; and each of them by itself.

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::merge::merge;
use crate::record::{Beds, Contact, Details, Meeting, Place, Record, Remark, Residence, Said, Way};
use crate::schedule::{Days, Recurrence};
use crate::vocabulary::Vocabulary;

const ZONE: &str = "America/New_York";

fn day() -> impl Strategy<Value = Date> {
    (0..400_i64).prop_map(|days| date(2026, 6, 1) + jiff::Span::new().days(days))
}

fn dates() -> impl Strategy<Value = Dates> {
    (proptest::option::of(day()), proptest::option::of(day())).prop_map(|(one, other)| match (one, other) {
        (Some(one), Some(other)) => Dates { from: Some(one.min(other)), until: Some(one.max(other)) },
        (from, until) => Dates { from, until },
    })
}

/// A text that is harmless already.
fn said() -> impl Strategy<Value = String> {
    "[a-zA-Z\"'\\\\#áñ][a-zA-Z0-9 \"'\\\\#=\\[\\]áñ]{0,30}[a-z\"'\\\\]"
        .prop_map(|text| crate::text::clean(&text, LONGEST))
}

fn id() -> impl Strategy<Value = RecordId> {
    (0..12_u8).prop_map(|number| RecordId::new("hill", &format!("{number:02}")))
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        3 => id().prop_map(Target::Listing),
        1 => (said(), prop_oneof![Just(String::new()), Just("Elm".to_owned())])
            .prop_map(|(building, city)| Target::Building { building, city }),
        1 => Just(Target::Building { building: "12 Oak St".to_owned(), city: "Elm".to_owned() }),
    ]
}

fn correction() -> impl Strategy<Value = (Field, String)> {
    prop_oneof![
        said().prop_map(|said| (Field::Name, said)),
        Just((Field::Phone, "555-0142".to_owned())),
        Just((Field::Website, "https://example.org".to_owned())),
        said().prop_map(|said| (Field::Street, said)),
        Just((Field::City, "Elm".to_owned())),
        said().prop_map(|said| (Field::Summary, format!("{said}\n{said}"))),
        Just((Field::Times, "Tue 19:00-20:00; last Sat noon".to_owned())),
    ]
}

fn what() -> impl Strategy<Value = What> {
    prop_oneof![
        target().prop_map(What::Hide),
        (target(), prop_oneof![Just(String::new()), said()]).prop_map(|(target, why)| What::Close(target, why)),
        (target(), said()).prop_map(|(target, text)| What::Note(target, text)),
        (id(), correction()).prop_map(|(id, (field, value))| What::Correct(id, field, value)),
        (id(), 0..40_u32).prop_map(|(id, free)| What::Beds(id, free)),
        vec(any::<char>(), 0..40).prop_map(|chars| What::Add(chars.into_iter().collect())),
        Just(What::Add("[[meeting]]\nkey = \"new\"\nname = \"New\"\n".to_owned())),
        said().prop_map(What::Notice),
    ]
}

fn overrides() -> impl Strategy<Value = Overrides> {
    vec((dates(), what()), 0..12).prop_map(|all| {
        let mut overrides = Overrides::default();
        for (dates, what) in all {
            let is_undated = matches!(what, What::Correct(..) | What::Beds(..) | What::Add(_));
            let dates = if is_undated { Dates::default() } else { dates };
            overrides.add(date(2026, 11, 26).at(9, 30, 0, 0), dates, what);
        }
        overrides
    })
}

/// A dozen of meetings and homes, some in one house.
fn records() -> Vec<Record> {
    let record = |number: u8| {
        let details = if number.is_multiple_of(3) {
            Details::Housing(Box::default())
        } else {
            Details::Meeting(Meeting::default())
        };
        let mut record = Record::new(RecordId::new("hill", &format!("{number:02}")), "Lanterns", details);
        if number.is_multiple_of(2) {
            let (street, city) = ("12 Oak St.".to_owned(), "Elm".to_owned());
            record.place = Some(Box::new(Place { street, city, withheld: number == 4, ..Place::default() }));
        }
        record.times = vec![Recurrence::weekly(ZONE, Days::EVERY, 19 * 60, Some(60))];
        record
    };
    (0..10).map(record).collect()
}

fn apply(overrides: &Overrides, records: Vec<Record>) -> (Vec<Record>, Vec<String>) {
    let (records, complaints) = overrides.apply(records, &Ground { leaders: &BTreeMap::new(), timezone: Some(ZONE) });
    (records, complaints.into_iter().map(|complaint| complaint.text).collect())
}

fn only(dates: Dates, what: What) -> Overrides {
    let mut overrides = Overrides::default();
    overrides.add(date(2026, 11, 26).at(9, 30, 0, 0), dates, what);
    overrides
}

fn hill(key: &str) -> RecordId {
    RecordId::new("hill", key)
}

proptest! {
    #[test]
    fn what_was_written_is_read_as_it_was(overrides in overrides()) {
        let written = overrides.to_toml();
        prop_assert_eq!(Overrides::read("overrides.toml", &written), Ok(overrides), "{}", written);
    }

    #[test]
    fn applying_twice_is_applying_once(overrides in overrides()) {
        let (once, told) = apply(&overrides, records());
        prop_assert_eq!(once.len(), records().len());
        prop_assert_eq!(apply(&overrides, once.clone()), (once, told));
    }

    /// What is over does not hold on any later day, and what is not over stays.
    #[test]
    fn what_is_over_goes_and_nothing_else(overrides in overrides(), today in day()) {
        let mut left = overrides.clone();
        let over = left.expire(today);
        prop_assert_eq!(over.len() + left.entries.len(), overrides.entries.len());
        prop_assert!(over.iter().all(|entry| !entry.dates.hold(today)));
        prop_assert!(left.entries.iter().all(|entry| entry.dates.until.is_none_or(|until| until >= today)));
        let hidden = |overrides: &Overrides| {
            apply(overrides, records()).0.iter().map(|record| record.is_hidden(today)).collect::<Vec<_>>()
        };
        prop_assert_eq!(hidden(&left), hidden(&overrides));
    }

    #[test]
    fn any_text_is_read_or_told(text in "(\\[\\[override\\]\\]\n)?(do = \"(hide|beds|x)\"\n)?[ -~\n]{0,120}") {
        if let Err(faults) = Overrides::read("overrides.toml", &text) {
            prop_assert!(!faults.is_empty());
        }
    }
}

#[test]
fn every_fault_is_told_with_its_line() {
    let text = "[[override]]\nnumber = 1\ndo = \"hid\"\nlisting = \"hill:01\"\n\n\
                [[override]]\nnumber = 1\ndo = \"close\"\nlisting = \"hill\"\nfrom = 2026-12-02\nuntil = 2026-12-01\n\n\
                [[override]]\nnumber = 2\ndo = \"correct\"\nlisting = \"hill:01\"\nfield = \"times\"\nvalue = \"noonish\"\n\n\
                [[override]]\nnumber = 3\ndo = \"note\"\nlistign = \"hill:01\"\ntext = \"\"\n";
    let faults = Overrides::read("overrides.toml", text).unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for wanted in [
        "overrides.toml:3: `do` is \"hid\"; did you mean \"hide\"?",
        "overrides.toml:9: `listing`",
        "overrides.toml:11: `until` is 2026-12-01",
        "overrides.toml:18: `value` for times",
        "`listign` is not known in [[override]]; did you mean `listing`?",
    ] {
        assert!(told.iter().any(|told| told.contains(wanted)), "{wanted} is not in\n{}", told.join("\n"));
    }
}

#[test]
fn a_building_is_all_that_meets_in_it() {
    let dates = Dates { from: None, until: Some(date(2026, 12, 1)) };
    let building = Target::Building { building: "12 oak st".to_owned(), city: String::new() };
    let (closed, told) = apply(&only(dates, What::Close(building, "water".to_owned())), records());
    let ids: Vec<&str> = closed.iter().filter(|record| !record.desk.is_empty()).map(|r| r.id.as_str()).collect();
    assert_eq!((ids, told), (vec!["hill:00", "hill:02", "hill:04", "hill:06", "hill:08"], Vec::<String>::new()));
    let remark = Remark { dates, what: Said::Closed("water".to_owned()) };
    assert_eq!(closed[0].closed(date(2026, 12, 1)), Some(&remark));
    assert_eq!(closed[0].closed(date(2026, 12, 2)), None);
    let elsewhere = Target::Building { building: "12 Oak St".to_owned(), city: "Ash".to_owned() };
    let (_, told) = apply(&only(dates, What::Hide(elsewhere)), records());
    assert!(told[0].contains("takes effect again when that comes back"), "{told:?}");
}

#[test]
fn a_correction_is_built_in_and_marked_once() {
    let mut overrides = only(Dates::default(), What::Correct(hill("02"), Field::Street, "14 Oak St".to_owned()));
    let written = date(2026, 11, 26).at(9, 30, 0, 0);
    overrides.add(written, Dates::default(), What::Correct(hill("02"), Field::Times, "Tue 7pm".to_owned()));
    overrides.add(written, Dates::default(), What::Correct(hill("02"), Field::Phone, "555-0101".to_owned()));
    overrides.add(written, Dates::default(), What::Correct(hill("04"), Field::Street, "1 Private Rd".to_owned()));
    let (records, told) = apply(&overrides, records());
    let record = &records[2];
    assert_eq!(record.place.as_ref().unwrap().street, "14 Oak St");
    assert_eq!(record.contacts, [Contact::new(Way::Phone, "555-0101")]);
    assert_eq!((record.times.len(), record.times[0].zone.as_str(), record.desk.len()), (1, ZONE, 1));
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("its address is kept private"), "{told:?}");
    assert!(records[4].desk.is_empty() && records[4].place.as_ref().unwrap().street == "12 Oak St.");
}

#[test]
fn the_fresher_count_of_beds_stands() {
    let overrides = only(Dates::default(), What::Beds(hill("03"), 3));
    let beds = |record: &Record| match &record.details {
        Details::Housing(home) => home.beds,
        _ => None,
    };
    let counted = Some(date(2026, 11, 26).at(9, 30, 0, 0));
    let (records, _) = apply(&overrides, records());
    assert_eq!(beds(&records[3]), Some(Beds { free: 3, counted }));
    assert!(records[3].is_said(&Said::Beds));
    let mut later = records;
    let fresher = Beds { free: 0, counted: Some(date(2026, 11, 27).at(8, 0, 0, 0)) };
    later[3].details = Details::Housing(Residence { beds: Some(fresher), ..Residence::default() }.into());
    let (later, _) = apply(&overrides, later);
    assert_eq!((beds(&later[3]), later[3].is_said(&Said::Beds)), (Some(fresher), false));
    let (_, told) = apply(&only(Dates::default(), What::Beds(hill("01"), 3)), later);
    assert!(told[0].contains("no place to live"), "{told:?}");
}

#[test]
fn what_is_added_is_read_like_a_feed() {
    let toml = "[[service]]\nkey = \"pantry\"\nname = \"Elm Pantry\"\nsort = \"food\"\n";
    let overrides = only(Dates::default(), What::Add(toml.to_owned()));
    let harvest = overrides.added(Some(ZONE), Vocabulary::builtin());
    assert_eq!((harvest.rows, harvest.dropped), (1, 0), "{:?}", harvest.complaints);
    assert_eq!(harvest.records[0].id.as_str(), "desk:pantry");
}

/// An override of a listing that became one with its twin goes with it.
#[test]
fn a_twin_takes_its_override_along() {
    let listing = |feed: &str, checked| {
        let mut record = Record::new(RecordId::new(feed, "a"), "Lanterns", Details::Meeting(Meeting::default()));
        record.times = vec![Recurrence::weekly(ZONE, Days::EVERY, 19 * 60, Some(60))];
        record.place = Some(Box::new(Place { street: "12 Oak St".into(), city: "Elm".into(), ..Place::default() }));
        record.checked = checked;
        crate::feed::Harvest { rows: 1, records: vec![record], ..crate::feed::Harvest::default() }
    };
    let merged = merge(vec![listing("dale", None), listing("hill", Some(date(2026, 11, 1)))]);
    assert_eq!(merged.records.len(), 1);
    let (leader, follower) = (RecordId::new("hill", "a"), RecordId::new("dale", "a"));
    assert_eq!(merged.leaders, BTreeMap::from([(follower.clone(), leader)]));
    let overrides = only(Dates::default(), What::Hide(Target::Listing(follower)));
    let ground = Ground { leaders: &merged.leaders, timezone: None };
    let (records, told) = overrides.apply(merged.records, &ground);
    assert!(told.is_empty() && records[0].is_hidden(date(2026, 11, 26)));
}

/// A correction is built into the records: a day on which it ends could not be kept.
#[test]
fn what_has_no_days_is_not_given_any() {
    let text = "[[override]]\nnumber = 1\ndo = \"correct\"\nlisting = \"hill:02\"\nfield = \"street\"\nvalue = \"1 Elm St\"\n\
                until = 2026-06-01\n";
    let faults = Overrides::read("overrides.toml", text).unwrap_err();
    assert!(faults[0].text.contains("have no `from` and `until`"), "{faults:?}");
}
