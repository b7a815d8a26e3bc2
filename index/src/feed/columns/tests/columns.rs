//! Columns, what their words mean, keys, and what is no such table.

use super::*;

#[test]
fn columns_go_by_name_however_it_is_spelled() {
    let mapping = mapping(Kind::Service, "name = Program Name\nphone = phone_1");
    let harvest = read_text(&mapping, "\u{feff}Our list,\nPROGRAM NAME, \"Phone 1\",Other\nHope,555-0100,x\n");
    assert_eq!(ways(&harvest.records[0]), [(Way::Phone, "555-0100")]);
    assert_eq!(texts(&harvest), [""; 0]);
}

#[test]
fn a_column_that_the_file_lacks_is_said_with_those_that_it_has() {
    let mapping = mapping(Kind::Service, "name = Name\nphone = Phone\nwebsite = Website, Web");
    let harvest = read_text(&mapping, "Name,Telephone,Web\nHope,555-0100,example.org\n");
    assert_eq!(harvest.records.len(), 1);
    assert_eq!(
        texts(&harvest),
        ["“list.csv” has no column “Phone” for `phone`, “Website” for `website`. It has “Name”, “Telephone”, “Web”."]
    );
}

#[test]
fn without_a_column_for_the_name_nothing_is_read() {
    let columns = mapping(Kind::Service, "name = Name\nphone = Phone");
    let harvest = read_text(&columns, "Title,Phone\nHope,555-0100\n");
    assert_eq!((harvest.rows, harvest.complaints.len()), (0, 1));
    let said = texts(&harvest)[0];
    assert!(said.contains("“Name” for `name`") && said.contains("“Title”, “Phone”"), "{said}");
    let files: [(&[u8], &str); 7] = [
        (b"", "is empty"),
        (b"\xff\xfe", "is empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"[{\"name\": \"Hope\"}]", "JSON"),
        (b"[{\"name\": \"Hope\", \"slug\": \"a\", \"day\": 1}]", "Meeting Guide"),
        (b"{\"values\": 1}", "JSON"),
        (b"PK\x03\x04", "spreadsheet"),
    ];
    for (bytes, named) in files {
        let harvest = read_bytes(&columns, bytes);
        assert_eq!((harvest.rows, harvest.complaints.len()), (0, 1), "{:?}", harvest.complaints);
        assert!(texts(&harvest)[0].contains(named), "{named}: {:?}", harvest.complaints);
    }
    let none = Feed { columns: None, ..feed(&columns) };
    let part = Part { name: "list.csv", bytes: b"Name,Phone\nHope,555-0100\n" };
    assert_eq!(read(&none, &[part], Vocabulary::builtin()).complaints.len(), 1);
}

#[test]
fn the_first_column_that_says_something_counts() {
    let mapping = mapping(Kind::Service, "name = Public Name, Name\ncost = Fee, Cost");
    let harvest = read_text(&mapping, "Name,Public Name,Fee,Cost\nHope,,N/A,Free\nJoy,Joy House,$5,Free\n");
    let names: Vec<_> = harvest.records.iter().map(|record| record.name.plain.as_str()).collect();
    assert_eq!(names, ["Hope", "Joy House"]);
    let cost = |record: &Record| match &record.details {
        Details::Service(service) => service.cost.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!([cost(&harvest.records[0]), cost(&harvest.records[1])], ["Free", "$5"]);
}

#[test]
fn the_columns_of_a_summary_are_its_paragraphs() {
    let mapping = mapping(Kind::Service, "name = Name\nsummary = What, Who, Again");
    let (record, _) = one(&mapping, "Name,What,Who,Again\nHope,<p>Meals.</p><p>Beds.</p>,Adults.,Beds.\n");
    assert_eq!(record.summary.plain, "Meals.\nBeds.\nAdults.");
}

#[test]
fn the_feeds_file_says_what_words_mean() {
    let mut mapping = mapping(Kind::Service, "name = Name\nwho = Serves\nsort = Category");
    meaning(&mut mapping, "who", "f", &["women"]);
    meaning(&mut mapping, "who", "men & women", &["women", "men"]);
    meaning(&mut mapping, "who", "any", &[]);
    meaning(&mut mapping, "sort", "sober living", &["housing-help"]);
    meaning(&mut mapping, "sort", ANY_OTHER, &["other"]);
    let harvest = read_text(
        &mapping,
        "Name,Serves,Category\nA,F,Sober Living\nB,Men & Women,x\nC,any,y\nD,f; seniors,SOBER LIVING\nE,Wizards,\n",
    );
    let who: Vec<Vec<&str>> =
        harvest.records.iter().map(|record| record.who.iter().map(Term::as_str).collect()).collect();
    assert_eq!(who, [vec!["women"], vec!["women", "men"], vec![], vec!["women", "seniors"], vec![]]);
    let sorts = harvest.records.iter().map(|record| match &record.details {
        Details::Service(service) => service.sort.word(),
        other => panic!("{other:?}"),
    });
    assert_eq!(sorts.collect::<Vec<_>>(), ["housing-help", "other", "other", "housing-help", "other"]);
    assert_eq!(harvest.complaints.len(), 1, "only the wizards: {:?}", harvest.complaints);
}

#[test]
fn every_other_word_may_mean_nothing() {
    let mut mapping = mapping(Kind::Service, "name = Name\nlanguages = All services");
    meaning(&mut mapping, "languages", "spanish", &["es"]);
    meaning(&mut mapping, "languages", ANY_OTHER, &[]);
    let (record, complaints) = one(&mapping, "Name,All services\nHope,Counseling; Spanish; Medicaid; Spanish\n");
    assert_eq!((record.languages, complaints), (vec!["es".to_owned()], vec![]));
}

#[test]
fn defaults_stand_in_where_a_row_says_nothing() {
    let mut mapping = mapping(Kind::Housing, "name = Name\nstate = State\nlevel = Level");
    standing(&mut mapping, "state", &["OH"]);
    standing(&mut mapping, "level", &["II"]);
    standing(&mut mapping, "languages", &["en", "es"]);
    standing(&mut mapping, "credit", &["Collected by hand"]);
    standing(&mut mapping, "sample", &["true"]);
    let harvest = read_text(&mapping, "Name,State,Level\nHope,,\nJoy,PA,III\n");
    let [hope, joy] = &harvest.records[..] else { panic!("{:?}", harvest.records) };
    assert_eq!([&hope.place.as_ref().unwrap().state, &joy.place.as_ref().unwrap().state], ["OH", "PA"]);
    assert_eq!((house(hope).level, house(joy).level), (Some(Level::Monitored), Some(Level::Supervised)));
    assert_eq!((hope.languages.len(), hope.credit.line.as_str(), hope.sample), (2, "Collected by hand", true));
}

#[test]
fn the_credit_is_that_of_the_feed() {
    let (record, _) = cell(Kind::Service, "cost", "Free");
    assert_eq!((record.credit.feed.as_str(), record.credit.line.as_str()), ("list", "Thanks to the county"));
}

#[test]
fn keys_are_the_files_own_or_made_from_name_place_and_time() {
    let mapping = mapping(Kind::Service, "key = Id\nname = Name\ncity = City\ntimes = When");
    let text = "Id,Name,City,When\nA 7,Hope,X,Mon 19:00\n,Joy,X,Mon 19:00\n,Joy,Y,Mon 19:00\n,Joy,X,Tue 19:00\n";
    let harvest = read_text(&mapping, text);
    assert_eq!(ids(&harvest)[0], "list:A-7");
    assert!(ids(&harvest)[1..].iter().all(|id| id.starts_with("list:joy~")), "{:?}", ids(&harvest));
    assert_eq!(texts(&harvest).len(), 3, "a key that is missing is said: {:?}", texts(&harvest));
    // In another order, with other words in other cells, a row keeps its key.
    let lines: Vec<_> = text.lines().collect();
    let turned = read_text(&mapping, &[lines[0], lines[3], lines[2], lines[1], lines[4]].join("\n"));
    let (mut before, mut after) = (ids(&harvest), ids(&turned));
    before.sort_unstable();
    after.sort_unstable();
    assert_eq!(before, after);
}

#[test]
fn rows_of_one_key_are_one_record_only_if_they_say_the_same() {
    let mapping = mapping(Kind::Service, "key = Id\nname = Name\nsummary = What");
    let harvest = read_text(&mapping, "Id,Name,What\n7,Hope,Meals\n7,Hope,Meals\n7,Hope,Beds\n7,Joy,Meals\n");
    assert_eq!((harvest.rows, harvest.records.len(), harvest.joined), (4, 3, 1));
    let keys: std::collections::BTreeSet<_> = ids(&harvest).into_iter().collect();
    assert_eq!(keys.len(), 3);
}

#[test]
fn a_row_without_a_name_is_left_out_with_its_line() {
    let harvest = read_text(
        &mapping(Kind::Service, "name = Name\nphone = Phone"),
        "Name,Phone\n,555-0100\n--,1\n\nHope,\n\"Joy,\n",
    );
    let dropped: Vec<&Complaint> = harvest.complaints.iter().filter(|complaint| complaint.dropped).collect();
    let lines: Vec<_> = dropped.iter().map(|complaint| complaint.place).collect();
    assert_eq!(lines, [Some(Spot::line(2)), Some(Spot::line(3)), Some(Spot::line(6))]);
    assert_eq!(harvest.records.len(), 1);
}

#[test]
fn a_google_sheet_as_json_is_a_table_too() {
    let mapping = mapping(Kind::Housing, "name = Name\nbeds_free = Vacancies\nprivate_address = Private");
    let rows = r#"[["Houses"], ["Name", "Vacancies", "Private"], ["Hope", 3, false], [], ["Joy", null, true], 7, ["Peace", 2]]"#;
    for text in [rows.to_owned(), format!(r#"{{"range": "A1:C9", "values": {rows}}}"#)] {
        let harvest = read_text(&mapping, &text);
        let free: Vec<_> = harvest.records.iter().map(|record| house(record).beds.map(|beds| beds.free)).collect();
        assert_eq!(free, [Some(3), None, Some(2)]);
        assert_eq!((harvest.rows, harvest.dropped, harvest.complaints.len()), (4, 1, 1));
        assert_eq!(harvest.complaints[0].place, Some(Spot::row(6)));
    }
}

#[test]
fn several_files_are_one_feed() {
    let mapping = mapping(Kind::Service, "name = Name\nphone = Phone");
    let part = |bytes| Part { name: "list.csv", bytes };
    let parts = [part(&b"Name,Phone\nHope,555-0100\n"[..]), part(&b"Phone;Name\n555-0101;Joy\n"[..])];
    assert_eq!(read(&feed(&mapping), &parts, Vocabulary::builtin()).records.len(), 2);
}
