//! Rows of the older sheets of online intergroups, brought into the fields of Meeting Guide: several times in words,
//! `url` for joining, access codes and passwords in fields of their own, languages beside the types.

use super::links;
use super::row::Fields;
use crate::feed::written::Written;

/// Moves the fields of an older row to where Meeting Guide has them. Other rows stay as they are.
pub(super) fn mend(fields: &mut Fields<'_>) {
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
    let words: Vec<Written<'_>> = words.collect();
    fields.give("types".into(), Written::List(words));
    if fields.has("formats") {
        give(fields, "attendance_option", "online".to_owned());
    }
    if let Some(id) = text(fields, "wso_id") {
        give(fields, "id", id);
    }
}

fn text(fields: &Fields<'_>, name: &str) -> Option<String> {
    match fields.get(name)? {
        Written::Text(text) => Some(text.trim().to_owned()),
        Written::Plain(value) if value.is_number() => Some(value.to_string()),
        _ => None,
    }
}

fn give(fields: &mut Fields<'_>, name: &'static str, text: String) {
    fields.give(name.into(), Written::Text(text.into()));
}

fn listed(value: Written<'_>) -> Vec<Written<'_>> {
    match value {
        Written::List(list) => list,
        one => vec![one],
    }
}
