//! What never enters a record.

use super::*;

#[test]
fn fields_of_staff_members_and_money_are_not_read() {
    let private = [
        "author",
        "edit_url",
        "contact_1_name",
        "contact_1_email",
        "contact_1_phone",
        "contact_2_name",
        "contact_3_phone",
        "feedback_emails",
        "feedback_url",
        "venmo",
        "square",
        "paypal",
        "homegroup_online",
        "mailing_address",
        "data_source",
        "district",
        "entity_logo",
        "location_url",
        "Contact 1 Name",
        "Author",
    ];
    let fields: Vec<String> =
        private.iter().map(|name| format!(r#""{name}": "https://secret.example.org/marker-5550199""#)).collect();
    let (record, complaints) = one_of(&row(&fields.join(", ")));
    let written = serde_json::to_string(&record).unwrap();
    assert!(!written.contains("secret") && !written.contains("5550199"), "{written}");
    assert!(complaints.is_empty(), "{complaints:?}");
}

#[test]
fn a_feedback_box_may_be_a_text_or_a_list_of_any_length() {
    let long = format!("https://example.org/{}", "x".repeat(2500));
    let record = one(&format!(r#""feedback_emails": ["a@example.org"], "feedback_url": "{long}""#));
    assert!(record.contacts.is_empty());
}

#[test]
fn a_name_beside_a_number_is_not_taken_along() {
    let (record, complaints) = one_of(&row(r#""phone": "Ask for Robert 555-0100""#));
    assert!(record.contacts.is_empty());
    assert_eq!(complaints.len(), 1);
}

#[test]
fn nothing_that_a_terminal_would_act_on_gets_through() {
    let evil = "\\u001b[2J\\u0007\\u009b31m\\u202e\\u200b\\ufeff<b>bold</b>&#27;[31m";
    let fields: Vec<String> = [
        "notes",
        "group_notes",
        "location",
        "location_notes",
        "formatted_address",
        "region",
        "group",
        "conference_url_notes",
        "conference_phone_notes",
        "entity",
        "timezone",
        "end_time",
        "attendance_option",
        "types",
        "updated",
        "phone",
        "email",
    ]
    .iter()
    .map(|name| format!(r#""{name}": "x{evil}""#))
    .collect();
    let row = format!(
        r#"{{"name": "Hope{evil}", "slug": "a{evil}", "day": "{evil}", "time": "{evil}", "conference_url": "https://zoom.us/j/1{evil}", "conference_phone": "+16465550100{evil}", {}}}"#,
        fields.join(", ")
    );
    let (record, complaints) = one_of(&row);
    crate::feed::soundness::all_clean(&record);
    for text in complaints {
        assert!(crate::text::is_clean(&text), "{text:?}");
    }
}
