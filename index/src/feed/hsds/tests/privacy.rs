//! What never enters a record.

use super::*;

#[test]
fn persons_money_and_the_history_of_the_data_are_not_read() {
    let secret = "https://secret.example.org/marker-5550199";
    let person = format!(
        r#"{{"id": "c", "name": "{secret}", "title": "{secret}", "email": "secret@example.org", "phones": [{{"number": "555-0199"}}]}}"#
    );
    let (record, complaints) = one_of(&format!(
        r#""assurer_email": "secret@example.org", "pc_metadata": {{"assured_by": "{secret}", "date_created": "2024-01-01"}},
           "contacts": [{person}], "funding": [{{"source": "{secret}"}}], "metadata": [{{"updated_by": "{secret}"}}],
           "internal_notes": "{secret}", "logo": "{secret}",
           "organization": {{"id": "o", "name": "Town Hall", "tax_id": "{secret}", "contacts": [{person}],
             "organization_identifiers": [{{"identifier": "{secret}"}}]}},
           "service_at_locations": [{{"id": "x", "contacts": [{person}], "location": {{"id": "l", "name": "Hall", "contacts": [{person}],
             "external_identifier": "{secret}", "addresses": [{{"attention": "{secret}", "address_1": "1 Elm St"}}]}}}}]"#
    ));
    let written = serde_json::to_string(&record).unwrap();
    assert!(!written.contains("secret") && !written.contains("0199"), "{written}");
    assert!(complaints.is_empty(), "{complaints:?}");
}

#[test]
fn the_number_of_a_person_is_not_the_number_of_the_service() {
    let harvest = read_files(&[
        ("services.csv", "id,name,status\ns,Desk,active\n"),
        ("contacts.csv", "id,service_id,name,email\nc,s,Jo Private,jo@example.org\n"),
        ("phones.csv", "id,service_id,contact_id,number\n1,,c,555-0199\n2,s,,555-0100\n"),
    ]);
    let numbers: Vec<_> = harvest.records[0].contacts.iter().map(|contact| contact.value.as_str()).collect();
    assert_eq!(numbers, ["555-0100"]);
    assert!(harvest.complaints.is_empty(), "{:?}", texts(&harvest));
}

#[test]
fn a_contact_that_is_nobody_gives_its_number() {
    let record = one(
        r#""contacts": [{"id": "c", "name": "", "department": "Reception", "email": "jo@example.org", "phones": [{"number": "555-0100"}]},
            {"id": "d", "title": "Manager", "phones": [{"number": "555-0199"}]}]"#,
    );
    let told: Vec<_> = record.contacts.iter().map(|contact| (contact.value.as_str(), contact.note.as_str())).collect();
    assert_eq!(told, [("555-0100", "Reception")]);
    let harvest = read_files(&[
        ("services.csv", "id,name,status\ns,Desk,active\n"),
        ("contacts.csv", "id,service_id,name,department\nc,s,,\nd,s,Jo Private,\n"),
        ("phones.csv", "id,contact_id,number\n1,c,555-0100\n2,d,555-0199\n"),
    ]);
    let numbers: Vec<_> = harvest.records[0].contacts.iter().map(|contact| contact.value.as_str()).collect();
    assert_eq!(numbers, ["555-0100"]);
}

#[test]
fn nothing_that_a_terminal_would_act_on_gets_through() {
    let evil = "\\u001b[2J\\u0007\\u009b31m\\u202e\\u200b\\ufeff<b>bold</b>&#27;[31m";
    let fields =
        |names: &[&str]| names.iter().map(|name| format!(r#""{name}": "x{evil}""#)).collect::<Vec<_>>().join(", ");
    let members = format!(
        r#"{}, "organization": {{{}}}, "phones": [{{"number": "555-0100{evil}", "description": "{evil}"}}],
           "schedules": [{{{}}}], "languages": [{{{}}}], "service_areas": [{{{}}}], "cost_options": [{{{}}}],
           "service_at_locations": [{{"location": {{{}, "addresses": [{{{}}}], "accessibility": [{{{}}}]}}}}]"#,
        fields(&[
            "description",
            "alert",
            "url",
            "email",
            "alternate_name",
            "fees_description",
            "application_process",
            "assured_date",
            "attending_type"
        ]),
        fields(&["id", "name", "description", "website", "email"]),
        fields(&["byday", "opens_at", "closes_at", "description", "notes", "until", "schedule_link", "bymonthday"]),
        fields(&["name", "code", "note"]),
        fields(&["name"]),
        fields(&["option", "amount", "currency", "amount_description"]),
        fields(&["name", "description", "transportation", "latitude", "longitude", "url"]),
        fields(&["address_1", "city", "region", "state_province", "postal_code", "country"]),
        fields(&["description", "details"]),
    );
    let (record, complaints) = one_of(&members);
    crate::feed::soundness::all_clean(&record);
    assert!(complaints.iter().all(|text| crate::text::is_clean(text)), "{complaints:?}");
}
