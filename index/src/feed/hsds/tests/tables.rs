//! Packages of tables, of all versions.

use super::*;

const SERVICES: &str = "id,organization_id,name,status\ns1,o1,Sample Desk,active\ns2,o1,Sample Kitchen,active\n";

#[test]
fn the_tables_of_a_package_are_joined_by_their_ids() {
    let harvest = read_files(&[
        ("package/phones.csv", "id,service_id,number,extension,type,description\np1,s1,555-0100,12,voice,Front desk\n"),
        ("package/services.csv", SERVICES),
        ("package/organizations.csv", "id,name,description,website\no1,Sample Hall,We help,http://hall.example.org\n"),
        ("package/service_at_location.csv", "id,service_id,location_id\nx1,s1,l1\n"),
        ("package/locations.csv", "id,location_type,name,latitude,longitude\nl1,physical,North House,40.1,-83.0\n"),
        (
            "package/addresses.csv",
            "id,location_id,attention,address_1,address_2,city,region,state_province,postal_code,country,address_type\n\
             a0,l1,,PO Box 1,,Elsewhere,,OH,43001,US,postal\na1,l1,Jo Private,1 Elm St,Room 2,Sampleton,North,OH,43000,US,physical\n",
        ),
        (
            "package/schedules.csv",
            "id,service_at_location_id,freq,byday,opens_at,closes_at\nh,x1,WEEKLY,\"MO,TU\",9:00,17:00\n",
        ),
        ("package/service_areas.csv", "id,service_id,name\na,s1,Sample County\n"),
        ("package/contacts.csv", "id,service_id,name,email\nc,s1,Jo Private,jo@example.org\n"),
        ("package/datapackage.json", r#"{"name": "sample", "resources": []}"#),
    ]);
    assert_eq!(ids(&harvest), ["town:s1", "town:s2", "town:o1"], "{:?}", texts(&harvest));
    assert!(harvest.complaints.is_empty(), "{:?}", texts(&harvest));
    let desk = &harvest.records[0];
    let place = desk.place.as_ref().unwrap();
    assert_eq!(
        [&place.name, &place.street, &place.city, &place.state, &place.postal_code],
        ["North House", "1 Elm St, Room 2", "Sampleton", "OH", "43000"]
    );
    assert_eq!(
        (place.regions.as_slice(), place.serves.as_slice()),
        (&["North".to_owned()][..], &["Sample County".to_owned()][..])
    );
    assert_eq!(place.point, Some(crate::record::Point { latitude: 40.1, longitude: -83.0 }));
    let phone = contact(desk, Way::Phone).unwrap();
    assert_eq!((phone.value.as_str(), phone.note.as_str()), ("555-0100 ext. 12", "Front desk"));
    assert_eq!(desk.times.len(), 1);
    assert_eq!(service(desk).run_by, "Sample Hall");
    assert_eq!(desk.attendance, Some(Attendance::InPerson));
    assert!(contact(&harvest.records[1], Way::Phone).is_none(), "not the other's number");
}

#[test]
fn version_one_goes_by_other_names() {
    let harvest = read_files(&[
        ("services.csv", SERVICES),
        ("organizations.csv", "id,name,url\no1,Sample Hall,http://hall.example.org\n"),
        ("services_at_location.csv", "id,service_id,location_id\nx1,s1,l1\n"),
        ("locations.csv", "id,name\nl1,North House\n"),
        ("physical_addresses.csv", "id,location_id,address_1,city\na,l1,1 Elm St,Sampleton\n"),
        ("postal_addresses.csv", "id,location_id,address_1,city\nb,l1,PO Box 1,Elsewhere\n"),
        ("languages.csv", "id,service_id,location_id,language\n1,s1,,Spanish\n2,s1,,\"English, Klingon\"\n"),
        (
            "accessibility_for_disabilities.csv",
            "id,location_id,accessibility,details\n1,l1,wheelchair,\n2,l1,disabled_parking,Behind the house\n",
        ),
        ("service_areas.csv", "id,service_id,service_area\n1,s1,Sample County\n"),
        ("eligibility.csv", "id,service_id,eligibility\n1,s1,adult\n"),
        ("payments_accepted.csv", "id,service_id,payment\n1,s1,cash\n2,s1,credit card\n"),
        ("required_documents.csv", "id,service_id,document\n1,s1,A photo ID\n"),
        ("taxonomy.csv", "id,name,vocabulary\nt1,Food Pantries,AIRS\n"),
        ("services_taxonomy.csv", "id,service_id,taxonomy_id\n1,s1,t1\n"),
    ]);
    let desk = &harvest.records[0];
    let place = desk.place.as_ref().unwrap();
    assert_eq!([&place.street, &place.city], ["1 Elm St", "Sampleton"]);
    assert_eq!(place.notes, "disabled parking\nBehind the house");
    assert_eq!(desk.access.iter().map(crate::record::Term::as_str).collect::<Vec<_>>(), ["wheelchair"]);
    assert_eq!(desk.languages, ["es", "en"]);
    assert_eq!(place.serves, ["Sample County"]);
    let service = service(desk);
    assert_eq!(service.sort, ServiceSort::BasicNeeds);
    assert_eq!(
        [&service.eligibility, &service.cost, &service.how],
        ["adult", "cash, credit card", "To bring: A photo ID"]
    );
    assert_eq!(desk.summary.plain, "Languages: Klingon\nFood Pantries", "what is no term of ours stays words");
    assert_eq!(contact(desk, Way::Website).unwrap().value, "http://hall.example.org");
    assert_eq!(texts(&harvest), ["The language “Klingon” is not known; it is told in words."]);
}

#[test]
fn early_packages_keep_lists_in_their_columns() {
    let harvest = read_files(&[
        (
            "services.csv",
            "id,location_id,name,status,languages,service_areas,accepted_payments,keywords,eligibility,audience\n\
             1,7,Sample Center,active,\"Spanish, Tagalog\",\"Sample County, Elsewhere\",\"Cash, Check\",\"Detoxification, Older Adults\",Adults,Townspeople\n\
             2,8,Sample Line,active,,,,,,\n",
        ),
        (
            "locations.csv",
            "id,organization_id,name,accessibility,languages,virtual\n7,o,North House,\"disabled_parking, ramp\",Italian,false\n8,o,Line,,,true\n",
        ),
        ("organizations.csv", "id,name,website\no,Sample Hall,hall.example.org\n"),
        ("mail_addresses.csv", "id,location_id,address_1,city\n1,7,PO Box 1,Sampleton\n"),
        (
            "regular_schedules.csv",
            "id,location_id,service_id,weekday,opens_at,closes_at\n1,,1,Monday,9am,3pm\n2,7,,Tuesday,08:00,17:00\n",
        ),
    ]);
    let center = &harvest.records[0];
    let place = center.place.as_ref().unwrap();
    assert_eq!(
        (place.name.as_str(), place.city.as_str(), place.notes.as_str()),
        ("North House", "Sampleton", "disabled parking")
    );
    assert_eq!(place.serves, ["Sample County", "Elsewhere"]);
    assert_eq!(
        (center.languages.clone(), center.access.len()),
        (vec!["es".to_owned(), "tl".to_owned(), "it".to_owned()], 1)
    );
    let told = service(center);
    assert_eq!(
        (told.sort, told.run_by.as_str(), told.cost.as_str()),
        (ServiceSort::Treatment, "Sample Hall", "Cash, Check")
    );
    assert_eq!(told.eligibility, "Adults. Townspeople");
    assert_eq!(center.who.iter().map(crate::record::Term::as_str).collect::<Vec<_>>(), ["seniors"]);
    assert_eq!(center.times.len(), 1, "its own hours, not those of the house");
    assert_eq!(harvest.records[1].attendance, Some(Attendance::Online));
}

#[test]
fn attributes_of_version_three_carry_the_taxonomy() {
    let harvest = read_files(&[
        ("services.csv", SERVICES),
        ("taxonomy_terms.csv", "id,code,name\nt1,X-1,Sober Living\n"),
        ("attributes.csv", "id,link_id,taxonomy_term_id,link_entity\n1,s1,t1,service\n2,p9,t1,phone\n"),
        (
            "service_capacity.csv",
            "id,service_id,unit_id,available,maximum,updated\n1,s1,u1,2,10,2024-05-01T09:30:00Z\n",
        ),
        ("units.csv", "id,name\nu1,Beds\n"),
        ("url.csv", "id,service_id,label,url\n1,s1,House rules,http://rules.example.org\n"),
    ]);
    let house = house(&harvest.records[0]);
    assert_eq!((house.capacity, house.beds.unwrap().free), (Some(10), 2));
    assert_eq!(house.beds.unwrap().counted.unwrap().to_string(), "2024-05-01T09:30:00");
    assert_eq!(contact(&harvest.records[0], Way::Website).unwrap().note, "House rules");
    assert!(harvest.complaints.is_empty(), "{:?}", texts(&harvest));
}

#[test]
fn keys_to_nowhere_are_told() {
    let harvest = read_files(&[
        ("services.csv", SERVICES),
        ("phones.csv", "id,service_id,number\n1,gone,555-0100\n2,gone,555-0101\n"),
        ("service_at_location.csv", "id,service_id,location_id\n1,s1,gone\n"),
    ]);
    assert_eq!(harvest.records.len(), 2);
    assert_eq!(
        texts(&harvest),
        [
            "Rows of phone that belong to nothing in the feed: 2. They were left out.",
            "One of its locations is not in the feed; it is shown without that place."
        ]
    );
}

#[test]
fn a_torn_row_costs_itself() {
    let harvest =
        read_files(&[("services.csv", "id,name,status\ns1,\"Torn,active\ns2,Whole,active\ns3,Whole too,active\n")]);
    assert_eq!((harvest.rows, harvest.dropped), (3, 1), "{:?}", texts(&harvest));
    let harvest = read_files(&[
        ("services.csv", SERVICES),
        ("phones.csv", "id,service_id,number\n1,\"s1,555-0100\n2,s2,555-0101\n"),
    ]);
    assert_eq!((harvest.rows, harvest.dropped, harvest.complaints.len()), (2, 0, 1));
    assert!(contact(&harvest.records[1], Way::Phone).is_some());
}

#[test]
fn a_table_of_another_name_is_named() {
    let harvest =
        read_files(&[("meetings.csv", "Time,Day,Name\n7pm,Monday,Hope\n"), ("funding.csv", "id,source\n1,x\n")]);
    assert_eq!((harvest.rows, harvest.complaints.len()), (0, 1));
    let harvest = read_files(&[("services.csv", "Name,Status\nDesk,active\n")]);
    assert!(texts(&harvest)[0].contains("no row of headers"), "{:?}", texts(&harvest));
}

#[test]
fn ids_need_be_no_uuids() {
    let harvest = read_files(&[("services.csv", "id,name,status\n17,Desk,active\n\"a b\",Kitchen,active\n")]);
    assert_eq!(ids(&harvest), ["town:17", "town:a-b"]);
}
