//! A plan says exactly what differs, and holds back what cannot be believed.

use jiff::civil::Weekday;
use proptest::prelude::*;

use super::{Doubt, Earlier, Limits, Plan, Rows};
use crate::record::{Contact, Details, Meeting, Place, Record, RecordId, Way};
use crate::schedule::{Days, Recurrence, Weeks};

fn meeting(key: usize, name: &str, start: u16) -> Record {
    let id = RecordId::new("town", &format!("m{key:03}"));
    let mut record = Record::new(id, name, Details::Meeting(Meeting::default()));
    record.times = vec![Recurrence::weekly("America/New_York", Days::of([Weekday::Tuesday]), start, Some(60))];
    record
}

fn many(count: usize) -> Vec<Record> {
    (0..count).map(|key| meeting(key, "Hope", 19 * 60)).collect()
}

#[test]
fn every_field_that_differs_is_told_with_both_sayings() {
    let before = meeting(1, "Hope", 19 * 60);
    let mut after = meeting(1, "Hope at Noon", 12 * 60);
    after.times.push(Recurrence::monthly("America/New_York", Days::EVERY, Weeks::LAST, 7 * 60, None));
    after.place = Some(Box::new(Place { street: "1 Elm Street".to_owned(), ..Place::default() }));
    after.contacts.push(Contact::new(Way::Phone, "555-0100"));
    after.details = Details::Meeting(Meeting { group: "Hope Group".to_owned(), ..Meeting::default() });
    let plan = Plan::of(&[before], &[after]);
    let [change] = &plan.changed[..] else { panic!("{plan:?}") };
    assert_eq!((change.listing.id.as_str(), &*change.listing.name), ("town:m001", "Hope at Noon"));
    let told: Vec<_> =
        change.fields.iter().map(|change| format!("{}: {} -> {}", change.field, change.before, change.after)).collect();
    for line in [
        "times: Tue 19:00-20:00 -> Tue 12:00-13:00, last daily 07:00",
        "name: Hope -> Hope at Noon",
        "meeting.group:  -> Hope Group",
    ] {
        assert!(told.iter().any(|told| told == line), "{line:?} is not in {told:#?}");
    }
    assert!(told.iter().any(|told| told.starts_with("place:  -> ") && told.contains("1 Elm Street")), "{told:#?}");
    assert!(told.iter().any(|told| told.starts_with("contacts:  -> ") && told.contains("555-0100")), "{told:#?}");
    assert_eq!(told.len(), 5, "{told:#?}");
}

#[test]
fn a_feed_that_turns_empty_or_shrinks_or_moves_is_held_back() {
    let limits = Limits::default();
    let doubt = |before: usize, after: &[Record]| Plan::of(&many(before), after).doubt(limits);
    assert_eq!(doubt(1, &[]), Some(Doubt::Empty(1)));
    assert_eq!(doubt(100, &many(80)), None, "a fifth may go");
    assert_eq!(doubt(100, &many(79)), Some(Doubt::Lost(21, 100)));
    assert_eq!(doubt(9, &many(1)), None, "of a few, nothing can be said");
    assert_eq!(doubt(0, &many(50)), None, "a first refresh is believed");
    let moved = |count: usize| {
        let mut records = many(100);
        records.iter_mut().take(count).for_each(|record| record.times.clear());
        records
    };
    assert_eq!(doubt(100, &moved(50)), None);
    assert_eq!(doubt(100, &moved(51)), Some(Doubt::Moved(51, 100)));
    let mut longer = many(100);
    for record in &mut longer {
        record.times = vec![Recurrence::weekly("America/New_York", Days::of([Weekday::Tuesday]), 19 * 60, Some(90))];
    }
    assert_eq!(doubt(100, &longer), None, "they begin as before");
    let mut renamed = many(100);
    for record in &mut renamed {
        record.name.plain.push('?');
    }
    assert_eq!(doubt(100, &renamed), Some(Doubt::Moved(100, 100)));
    assert_eq!(Plan::of(&many(100), &many(5)).doubt(Limits { lost: 100, ..limits }), None);
}

#[test]
fn a_feed_with_more_rows_that_cannot_be_read_is_held_back() {
    let doubt = |listings: usize, before: (usize, usize), now: (usize, usize)| {
        let rows = |(dropped, seen)| Rows { seen, dropped };
        Plan::unchanged(listings).doubt_of_rows(rows(before), rows(now), Limits::default())
    };
    assert_eq!(doubt(100, (0, 100), (5, 100)), None, "a twentieth may be so");
    assert_eq!(doubt(100, (0, 100), (6, 100)), Some(Doubt::Unread(6, 100)));
    assert_eq!(doubt(80, (20, 100), (20, 100)), None, "it was so before");
    assert_eq!(doubt(80, (20, 100), (10, 100)), None, "it gets better");
    assert_eq!(doubt(80, (20, 100), (21, 100)), Some(Doubt::Unread(21, 100)));
    assert_eq!(doubt(0, (0, 0), (50, 100)), None, "a first refresh is believed");
    assert_eq!(doubt(9, (0, 9), (4, 9)), None, "of a few, nothing can be said");
    let none = Plan::unchanged(100).doubt_of_rows(Rows::default(), Rows { seen: 9, dropped: 9 }, Limits::NONE);
    assert_eq!(none, None);
}

proptest! {
    #[test]
    fn added_changed_removed_and_unchanged_are_all_there_is(
        before in prop::collection::btree_map(0..40_usize, 0..3_u16, 0..40),
        after in prop::collection::btree_map(0..40_usize, 0..3_u16, 0..40),
    ) {
        let records = |of: &std::collections::BTreeMap<usize, u16>| -> Vec<Record> {
            of.iter().map(|(key, hour)| meeting(*key, "Hope", hour * 60)).collect()
        };
        let (old, mut new) = (records(&before), records(&after));
        new.reverse();
        let plan = Plan::of(&old, &new);
        let packed = Earlier::of(old.clone());
        prop_assert_eq!((packed.len(), packed.is_empty()), (old.len(), old.is_empty()));
        prop_assert_eq!(&Plan::since(&packed, &new), &plan, "packed or not, it is the same");
        prop_assert_eq!(packed.into_records(), old);
        let ids = |of: Vec<usize>| of.iter().map(|key| format!("town:m{key:03}")).collect::<Vec<_>>();
        let added: Vec<_> = after.keys().copied().filter(|key| !before.contains_key(key)).collect();
        let removed: Vec<_> = before.keys().copied().filter(|key| !after.contains_key(key)).collect();
        let changed: Vec<_> =
            after.iter().filter(|(key, hour)| before.get(*key).is_some_and(|was| was != *hour)).map(|(key, _)| *key).collect();
        prop_assert_eq!(plan.added.iter().map(|listing| listing.id.to_string()).collect::<Vec<_>>(), ids(added));
        prop_assert_eq!(plan.removed.iter().map(|listing| listing.id.to_string()).collect::<Vec<_>>(), ids(removed));
        prop_assert_eq!(plan.changed.iter().map(|change| change.listing.id.to_string()).collect::<Vec<_>>(), ids(changed));
        prop_assert_eq!((plan.before, plan.after), (before.len(), after.len()));
        prop_assert_eq!(plan.is_empty(), before == after);
        prop_assert!(Plan::of(&new, &new).is_empty());
    }
}

#[test]
fn where_what_may_differ_is_known_the_plan_is_the_same() {
    let (before, mut after) = (many(50), many(52));
    after[3].name.plain = "Another name".to_owned();
    after.remove(7);
    // Told as if it might differ, and does not.
    let differing: Vec<&Record> = [&after[3], &after[20], &after[49], &after[50]].into();
    let old: Vec<Record> = [3, 7, 21].map(|at| before[at].clone()).into();
    assert_eq!(Plan::apart(&old, &differing, 47), Plan::of(&before, &after));
}
