//! Where it is, how one joins, and so how one takes part.

use super::*;

const HALL: &str = r#""location_text": "Hall", "location_street": "1 Elm St", "location_municipality": "Sampleton",
    "latitude": "40.5", "longitude": "-82.5""#;

const ROOM: &str =
    r#""virtual_meeting_link": "https://zoom.us/j/1", "virtual_meeting_additional_info": "Password: hope""#;

fn part(fields: &[&str]) -> Option<Attendance> {
    one(&fields.join(", ")).attendance
}

#[test]
fn the_venue_type_says_how_one_takes_part() {
    let [one, two, three] = ["1", "2", "3"].map(|venue| format!("\"venue_type\": \"{venue}\""));
    assert_eq!(part(&[&one, HALL]), Some(Attendance::InPerson));
    assert_eq!(part(&[&two, HALL, ROOM]), Some(Attendance::Online));
    assert_eq!(part(&[&two, "\"phone_meeting_number\": \"+16465550100,,123#\""]), Some(Attendance::Phone));
    assert_eq!(part(&[&two]), Some(Attendance::AskFirst));
    assert_eq!(part(&[&three, HALL, ROOM]), Some(Attendance::Hybrid));
}

#[test]
fn without_a_venue_type_formats_and_ways_say_it() {
    let formats = |ids: &str| format!("\"venue_type\": \"\", \"format_shared_id_list\": \"{ids}\"");
    assert_eq!(part(&[&formats("11"), HALL, ROOM]), Some(Attendance::Online));
    assert_eq!(part(&[&formats("12"), HALL, ROOM]), Some(Attendance::Hybrid));
    assert_eq!(part(&[&formats("13"), HALL]), Some(Attendance::Suspended));
    assert_eq!(part(&[&formats("13"), HALL, ROOM]), Some(Attendance::Online), "the place is closed, the room is not");
    assert_eq!(part(&[&formats("14"), HALL, ROOM]), Some(Attendance::Suspended), "it is not held at all");
    assert_eq!(part(&[HALL]), Some(Attendance::InPerson));
    assert_eq!(part(&[HALL, ROOM]), Some(Attendance::Hybrid));
    assert_eq!(part(&[ROOM]), Some(Attendance::Online));
    assert_eq!(part(&[r#""location_municipality": "Sampleton""#]), Some(Attendance::AskFirst));
}

#[test]
fn a_closed_place_beside_a_venue_type_is_no_contradiction() {
    let (record, complaints) =
        one_of(&row(&format!(r#""venue_type": "1", "format_shared_id_list": "13,11", {HALL}, {ROOM}"#)));
    assert_eq!((record.attendance, complaints.len()), (Some(Attendance::Online), 0), "{complaints:?}");
    let (record, complaints) = one_of(&row(&format!(r#""venue_type": "1", "format_shared_id_list": "11", {HALL}"#)));
    assert_eq!((record.attendance, complaints.len()), (Some(Attendance::InPerson), 1));
}

#[test]
fn a_virtual_meeting_has_no_point_and_no_street() {
    let record = one(&format!(r#""venue_type": "2", {HALL}, {ROOM}"#));
    let place = record.place.as_ref().unwrap();
    assert_eq!((place.point, place.street.as_str(), place.city.as_str()), (None, "", "Sampleton"));
    let join = contact(&record, Way::Join).unwrap();
    assert_eq!((join.value.as_str(), join.note.as_str()), ("https://zoom.us/j/1", "Password: hope"));
}

#[test]
fn the_middle_of_the_map_is_no_point() {
    let record = one(r#""venue_type": "1", "latitude": "40.5", "longitude": "-82.5""#);
    assert!(record.place.is_none(), "nothing names a place");
    let info: &[u8] = br#"{"version": "3", "centerLatitude": "40.5", "centerLongitude": "-82.5"}"#;
    let list = format!("[{}]", row(HALL));
    let harvest = read_parts(&feed(), &[("m", list.as_bytes()), ("i", info)]);
    assert_eq!(harvest.records[0].place.as_ref().unwrap().point, None);
    assert_eq!(harvest.complaints.len(), 1);
}

#[test]
fn points_are_texts_and_none_when_they_cannot_be_true() {
    assert!(one(HALL).place.unwrap().point.is_some());
    for (latitude, longitude) in [("0", "0"), ("91", "0"), ("x", "1")] {
        let fields = HALL.replace("40.5", latitude).replace("-82.5", longitude);
        let (record, complaints) = one_of(&row(&fields));
        assert_eq!((record.place.unwrap().point, complaints.len()), (None, 1), "{latitude} {longitude}");
    }
}

#[test]
fn an_address_goes_from_the_street_to_the_country() {
    let place = one(r#""location_text": "Hall  ", "location_street": "1 Elm St", "location_city_subsection": "East",
        "location_neighborhood": "Corner", "location_municipality": "Sampleton", "location_sub_province": "Elm County",
        "location_province": "OH", "location_postal_code_1": "43000", "location_nation": "USA",
        "location_info": "Side door<br>Room 2", "train_lines": "Red Line", "bus_lines": "7""#)
    .place
    .unwrap();
    assert_eq!((place.name.as_str(), place.street.as_str(), place.city.as_str()), ("Hall", "1 Elm St", "Sampleton"));
    assert_eq!(place.regions, ["Elm County", "East", "Corner"]);
    assert_eq!([&place.state, &place.postal_code, &place.country], ["OH", "43000", "USA"]);
    assert_eq!(place.notes, "Side door\nRoom 2\nRed Line\n7");
}

#[test]
fn what_follows_the_mark_of_a_label_is_kept() {
    let place = one(&format!(r#"{HALL}, "public_transport": "Transit#@-@#Bus 7""#)).place.unwrap();
    assert_eq!(place.notes, "Bus 7");
    let record = one(r#""format_comments": "Addition#@-@#Reading aloud", "comments": "Comment#@-@#""#);
    assert_eq!(record.summary.plain, "Reading aloud");
}

#[test]
fn words_about_joining_are_kept_without_a_way() {
    let (record, complaints) =
        one_of(&row(r#""venue_type": "2", "virtual_meeting_additional_info": "Ask for the room""#));
    assert_eq!(record.summary.plain, "Ask for the room");
    assert_eq!(complaints.len(), 1);
    let (record, complaints) = one_of(&row(&format!(r#"{HALL}, "virtual_meeting_link": "ask us""#)));
    assert_eq!((record.contacts.len(), complaints.len()), (0, 1));
}
