//! Where something is, and what stands in.

use super::*;
use crate::record::{Attendance, Place};

fn place(record: &Record) -> &Place {
    record.place.as_ref().unwrap()
}

#[test]
fn an_address_in_one_line_fills_what_has_no_column() {
    let mapping = mapping(Kind::Service, "name = Name\naddress = Address\ncity = City");
    let (record, _) = one(&mapping, "Name,Address,City\nHope,\"1 Elm St, Sampleton, OH 43000, USA\",Sample Town\n");
    let place = place(&record);
    assert_eq!(
        [&place.street, &place.city, &place.state, &place.postal_code],
        ["1 Elm St", "Sample Town", "OH", "43000"]
    );
}

#[test]
fn columns_of_a_street_and_of_an_address_are_put_together() {
    let (record, _) =
        one(&mapping(Kind::Service, "name = Name\nstreet = A1, A2, A3"), "Name,A1,A2,A3\nHope,1 Elm St,,Floor 2\n");
    assert_eq!(place(&record).street, "1 Elm St, Floor 2");
    let (record, _) = one(
        &mapping(Kind::Service, "name = Name\naddress = Street, City, State"),
        "Name,Street,City,State\nHope,1 Elm St,Sampleton,OH 43000\n",
    );
    assert_eq!([&place(&record).street, &place(&record).city], ["1 Elm St", "Sampleton"]);
}

#[test]
fn points_are_numbers_or_a_pair_and_never_in_the_sea() {
    for (text, point) in [("40.5, -80.5", true), ("40.5", false), ("0,0", false), ("95,10", false), ("a,b", false)] {
        let (record, complaints) = cell(Kind::Service, "coordinates", text);
        assert_eq!(record.place.is_some_and(|place| place.point.is_some()), point, "{text}");
        assert_eq!(complaints.is_empty(), point, "{text}: {complaints:?}");
    }
    let (record, complaints) = cell(Kind::Service, "latitude", "40.5");
    assert!(record.place.is_none() && complaints[0].contains("only one of latitude and longitude"), "{complaints:?}");
}

#[test]
fn regions_go_from_general_to_specific() {
    let (record, _) = cell(Kind::Service, "regions", "County > North; Mill District");
    assert_eq!(place(&record).regions, ["County", "North", "Mill District"]);
}

#[test]
fn an_area_stands_in_for_every_row_and_a_door_only_for_its_own() {
    let mut mapping = mapping(Kind::Meeting, "name = Name\nstreet = Street\ncity = City\njoin = Link");
    for (field, value) in [("street", "9 Oak St"), ("city", "Sampleton"), ("state", "OH")] {
        let field = Mapping::fields_with_default(Kind::Meeting).find(|known| *known == field).unwrap();
        standing(&mut mapping, field, &[value]);
    }
    let harvest = read_text(
        &mapping,
        "Name,Street,City,Link\nHere,,,\nElsewhere,1 Elm St,,\nOther town,,Far Town,\nOnline,,,https://meet.example.org/x\n",
    );
    let doors = harvest.records.iter().map(|record| {
        record.place.as_ref().map(|place| (place.street.as_str(), place.city.as_str(), place.state.as_str()))
    });
    assert_eq!(
        doors.collect::<Vec<_>>(),
        [
            Some(("9 Oak St", "Sampleton", "OH")),
            Some(("1 Elm St", "Sampleton", "OH")),
            Some(("", "Far Town", "OH")),
            None
        ]
    );
    let attendance: Vec<_> = harvest.records.iter().map(|record| record.attendance).collect();
    assert_eq!(attendance[0], Some(Attendance::InPerson));
    assert_eq!(attendance[3], Some(Attendance::Online));
}

#[test]
fn what_is_held_in_no_room_has_no_point() {
    let mapping = mapping(Kind::Meeting, "name = Name\ncoordinates = Point\nattendance = How\ncity = City");
    for (how, point) in [("virtual", false), ("phone", false), ("in person", true), ("Hybrid", true)] {
        let (record, complaints) =
            one(&mapping, &format!("Name,Point,How,City\nHope,\"40.5,-80.5\",{how},Sampleton\n"));
        assert_eq!((place(&record).point.is_some(), complaints), (point, vec![]), "{how}");
    }
}
