//! Rows of the older sheets of online intergroups, brought into the fields of Meeting Guide: several times in words,
//! `url` for joining, access codes and passwords in fields of their own, languages beside the types.

use serde_json::Value;

use super::links;
use super::row::Fields;

/// Moves the fields of an older row to where Meeting Guide has them. Other rows stay as they are.
pub(super) fn mend(fields: &mut Fields) {
    if !fields.has("wso_id") && (!fields.has("times") || fields.has("time")) {
        return;
    }
    let room = text(fields, "url").filter(|url| links::first_web(url).is_some_and(|url| links::is_room(&url)));
    if let Some(room) = room {
        give(fields, "conference_url", room);
        fields.remove("url");
    }
    let codes = [("Meeting ID", "meeting_id"), ("Password", "meeting_password")];
    let codes = codes.iter().filter_map(|(name, field)| Some(format!("{name}: {}", text(fields, field)?)));
    let codes = codes.collect::<Vec<_>>().join(", ");
    if !codes.is_empty() {
        give(fields, "conference_url_notes", codes);
    }
    if let Some((phone, code)) = text(fields, "phone").zip(text(fields, "access_code")) {
        give(fields, "conference_phone", phone);
        give(fields, "conference_phone_notes", format!("Access code: {code}"));
        fields.remove("phone");
    }
    let words = ["types", "languages"].iter().filter_map(|name| fields.remove(name)).flat_map(listed);
    let words: Vec<Value> = words.collect();
    give(fields, "types", words);
    if fields.has("formats") {
        give(fields, "attendance_option", "online".to_owned());
    }
    if let Some(id) = text(fields, "wso_id") {
        give(fields, "id", id);
    }
}

fn text(fields: &Fields, name: &str) -> Option<String> {
    match fields.get(name)? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn give(fields: &mut Fields, name: &str, value: impl Into<Value>) {
    fields.give(name.to_owned(), value.into());
}

fn listed(value: Value) -> Vec<Value> {
    match value {
        Value::Array(list) => list,
        one => vec![one],
    }
}
