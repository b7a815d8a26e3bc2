//! Ways to reach somebody.

use super::fields::{LINE, line, optional};
use crate::record::{Contact, Way};
use crate::strict::{Table, Value};

const WAYS: [(&str, Way); 8] = [
    ("phone", Way::Phone),
    ("text", Way::Text),
    ("tty", Way::Tty),
    ("join", Way::Join),
    ("dial", Way::Dial),
    ("website", Way::Website),
    ("chat", Way::Chat),
    ("email", Way::Email),
];

/// The contacts of a record, in its order.
pub(super) fn read(table: &mut Table<'_>) -> Vec<Contact> {
    let values = table.get("contacts").map(|value| value.one_or_more()).unwrap_or_default();
    values.iter().filter_map(Value::table).flat_map(|mut table| contact(&mut table)).collect()
}

fn contact(table: &mut Table<'_>) -> Vec<Contact> {
    let note = optional(table, "note");
    let given: Vec<_> = WAYS.iter().filter_map(|(key, way)| Some((*way, table.get(key)?))).collect();
    match given.len() {
        0 => {
            let ways = WAYS.map(|(key, _)| key).join(", ");
            table.fault(format!("a contact names no way; it must name one of: {ways}"));
        }
        1 => {}
        _ => table.fault("a contact names several ways; each way must stand in its own { }"),
    }
    table.finish();
    let contacts = given.iter().filter_map(|(way, value)| {
        let written = line(value, LINE)?;
        Some(Contact { way: *way, value: checked(*way, value, written)?, note: note.clone() })
    });
    contacts.collect()
}

/// The value, when it can be what it says.
fn checked(way: Way, value: &Value<'_>, written: String) -> Option<String> {
    if let Some(must) = must(way, &written) {
        value.wrong(must);
        return None;
    }
    Some(written)
}

/// What it must be, when it cannot be what it says.
pub(super) fn must(way: Way, written: &str) -> Option<&'static str> {
    match way {
        Way::Join | Way::Website | Way::Chat => {
            let small = written.to_ascii_lowercase();
            let address = small.strip_prefix("https://").or_else(|| small.strip_prefix("http://"));
            (!address.is_some_and(|rest| rest.len() > 2 && !rest.contains(' ')))
                .then_some("a web address that begins with https://")
        }
        Way::Email => {
            let parts = written.split_once('@').filter(|_| !written.contains(' '));
            (!parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))).then_some("an e-mail address")
        }
        Way::Phone | Way::Dial | Way::Tty => {
            (!written.bytes().any(|byte| byte.is_ascii_digit())).then_some("a telephone number")
        }
        Way::Text => None,
    }
}
