//! What never enters a record, nor a complaint.

use super::*;

const SECRET: &str = "SECRET-0199";

fn columns() -> Mapping {
    mapping(
        Kind::Service,
        "key = Id
         name = Name
         place = Building
         street = Street, Street 2
         city = City
         latitude = Lat
         longitude = Lng
         place_notes = Door
         phone = Phone 1, Phone 2
         text = Text
         tty = TTY
         email = Mail
         private_address = Address is private
         private_phone = Phone 1 is private, Phone 2 is private
         private_email = Mail is private
         left_out = Do not list",
    )
}

const HEADER: &str = "Id,Name,Building,Street,Street 2,City,Lat,Lng,Door,Phone 1,Phone 2,Text,TTY,Mail,Address is private,\
                      Phone 1 is private,Phone 2 is private,Mail is private,Do not list,InternalNotes,MainContactName\n";

/// A row with these five flags (address, two phones, mail, left out).
fn row(flags: [&str; 5]) -> String {
    format!(
        "{HEADER}7,Hope House,Mill Hall,1 Elm St,Suite 2,Sampleton,40.5,-80.5,Ring twice,555-0101,555-0102,Text HOPE to \
         555-0103,555-0104,hope@example.org,{},{SECRET},{SECRET}\n",
        flags.join(",")
    )
}

fn read_row(flags: [&str; 5]) -> Harvest {
    let harvest = read_text(&columns(), &row(flags));
    let written = format!("{:?} {:?}", serde_json::to_string(&harvest.records), harvest.complaints);
    assert!(!written.contains(SECRET), "columns that are not named are never read: {written}");
    harvest
}

#[test]
fn without_flags_everything_is_shown() {
    for no in ["", "no", "No", "FALSE", "0", "N"] {
        let harvest = read_row([no; 5]);
        let record = &harvest.records[0];
        let place = record.place.as_ref().unwrap();
        assert_eq!((place.street.as_str(), place.withheld), ("1 Elm St, Suite 2", false));
        assert_eq!(record.contacts.len(), 5, "{:?}", record.contacts);
        assert_eq!(texts(&harvest), [""; 0]);
    }
}

#[test]
fn a_private_address_leaves_the_town_alone() {
    for yes in ["yes", "TRUE", "1", "x", "Sí"] {
        let harvest = read_row([yes, "", "", "", ""]);
        let place = harvest.records[0].place.clone().unwrap();
        assert_eq!((place.city.as_str(), place.withheld, place.point), ("Sampleton", true, None));
        let written = format!("{} {:?}", serde_json::to_string(&harvest.records).unwrap(), harvest.complaints);
        for hidden in ["Elm", "Suite", "40.5", "Mill Hall", "Ring"] {
            assert!(!written.contains(hidden), "{yes}: {hidden} in {written}");
        }
    }
}

#[test]
fn what_is_neither_yes_nor_no_hides_the_most() {
    for unclear in ["private", "?", "Sampleton"] {
        let harvest = read_row([unclear; 5]);
        assert_eq!((harvest.records.len(), harvest.dropped), (0, 1), "nobody knows whether it may be listed");
        let harvest = read_row([unclear, unclear, unclear, unclear, ""]);
        let record = &harvest.records[0];
        let place = record.place.as_ref().unwrap();
        assert!(place.withheld && place.city.is_empty() && record.contacts.is_empty(), "{record:?}");
        assert_eq!(texts(&harvest).iter().filter(|text| text.contains("neither yes nor no")).count(), 4);
    }
}

#[test]
fn a_private_address_in_one_line_or_standing_in_is_withheld_too() {
    let mut whole = mapping(Kind::Housing, "name = Name\naddress = Address\nprivate_address = Private");
    let text = "Name,Address,Private\nHope,\"1 Elm St, Sampleton, OH 43000, USA\",yes\n";
    let (record, _) = one(&whole, text);
    let place = record.place.unwrap();
    assert_eq!([&place.street, &place.city, &place.state], [""; 3], "what of a line is the town is not sure");
    assert!(place.withheld);
    standing(&mut whole, "street", &["9 Oak St"]);
    standing(&mut whole, "place", &["Mill Hall"]);
    let (record, _) = one(&whole, "Name,Address,Private\nHope,,yes\n");
    assert!(!format!("{record:?}").contains("Oak") && !format!("{record:?}").contains("Mill"), "{record:?}");
    let mut all = mapping(Kind::Housing, "name = Name\nstreet = Street");
    standing(&mut all, "private_address", &["yes"]);
    assert!(!format!("{:?}", one(&all, "Name,Street\nHope,1 Elm St\n").0).contains("Elm"));
}

#[test]
fn as_many_flags_as_numbers_speak_of_one_each() {
    let first = read_row(["", "yes", "no", "", ""]);
    assert_eq!(ways(&first.records[0]), [(Way::Phone, "555-0102"), (Way::Email, "hope@example.org")]);
    let both = read_row(["", "yes", "yes", "yes", ""]);
    assert!(both.records[0].contacts.is_empty());
    let mut one_flag = columns();
    one_flag.columns.insert("private_phone", vec!["Phone 1 is private".to_owned()]);
    let harvest = read_text(&one_flag, &row(["", "yes", "", "", ""]));
    assert_eq!(ways(&harvest.records[0]), [(Way::Email, "hope@example.org")], "one flag speaks of all numbers");
}

#[test]
fn what_must_not_be_listed_is_left_out_and_accounted_for() {
    for yes in ["yes", "TRUE", "do not refer"] {
        let harvest = read_row(["", "", "", "", yes]);
        assert_eq!((harvest.rows, harvest.dropped), (1, 1), "{yes}");
        assert!(texts(&harvest).iter().any(|text| text.contains("must not be listed")));
    }
}

#[test]
fn a_flag_that_is_not_there_counts_as_yes() {
    let good = row([""; 5]);
    let harvest = read_text(&columns(), &good.replace("Address is private", "Other"));
    assert!(harvest.records[0].place.as_ref().unwrap().withheld);
    assert!(texts(&harvest).iter().any(|text| text.contains("every address is taken for private")));
    let harvest = read_text(&columns(), &good.replace("Do not list", "Other"));
    assert_eq!((harvest.rows, harvest.records.len()), (0, 0));
    assert!(texts(&harvest).iter().any(|text| text.contains("`left_out`")), "{:?}", texts(&harvest));
    let flagged = mapping(Kind::Service, "name = Name\nstreet = Street\nprivate_address = Private");
    let (record, complaints) = one(&flagged, "Name,Street,Private\nHope,1 Elm St\n");
    assert!(record.place.as_ref().is_some_and(|place| place.withheld && place.street.is_empty()), "{record:?}");
    assert!(complaints.len() == 1 && complaints[0].contains("ends before"), "{complaints:?}");
}

#[test]
fn a_row_whose_cells_have_moved_is_left_out_of_a_file_with_flags() {
    let table = "Name,Street,Private\nHope,1 Elm St, Sampleton,yes\n";
    let flagged = mapping(Kind::Service, "name = Name\nstreet = Street\nprivate_address = Private");
    let harvest = read_text(&flagged, table);
    assert_eq!((harvest.dropped, harvest.records.len()), (1, 0));
    assert!(texts(&harvest).iter().any(|text| text.contains("do not stand under their headers")));
    assert!(!format!("{harvest:?}").contains("Elm"));
    let open = mapping(Kind::Service, "name = Name\nstreet = Street");
    assert_eq!(read_text(&open, table).records.len(), 1);
}

#[test]
fn words_of_the_file_may_mean_yes_and_no() {
    let mut mapping = mapping(Kind::Service, "name = Name\nstreet = Street\nprivate_address = Status");
    meaning(&mut mapping, "private_address", "confidential", &["yes"]);
    meaning(&mut mapping, "private_address", ANY_OTHER, &["no"]);
    let harvest = read_text(&mapping, "Name,Street,Status\nHope,1 Elm St,Confidential\nJoy,2 Elm St,Listed\n");
    let withheld: Vec<_> = harvest.records.iter().map(|record| record.place.as_ref().unwrap().withheld).collect();
    assert_eq!((withheld, texts(&harvest)), (vec![true, false], vec![]));
}

#[test]
fn names_beside_numbers_are_not_taken_along() {
    let harvest = read_text(
        &mapping(Kind::Service, "name = Name\nphone = Phone"),
        "Name,Phone\nHope,Ask for Robert 555-555-0100\n",
    );
    assert_eq!(ways(&harvest.records[0]), [(Way::Phone, "555-555-0100")]);
    assert!(!format!("{harvest:?}").contains("Robert"));
}
