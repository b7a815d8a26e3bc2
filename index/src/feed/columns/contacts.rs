//! How to reach somebody, as a sheet has it: a number or an address in a cell, often with words around it.

use super::row::{Flag, Row, Said};
use crate::feed::links::{self, Dial};
use crate::record::{Contact, Kind, Way};
use crate::text;

/// The longest words that stand beside a contact.
const MOST_NOTE: usize = 400;

/// The contacts of a row, the best first: of a meeting the ways into it, of everything else the telephone.
pub(super) fn read(row: &mut Row<'_>, kind: Kind) -> Vec<Contact> {
    let mut contacts = Vec::new();
    let join = |row: &mut Row<'_>, contacts: &mut Vec<Contact>| {
        webs(row, "join", Way::Join, contacts);
        dials(row, contacts);
    };
    if kind == Kind::Meeting {
        join(row, &mut contacts);
    }
    phones(row, &mut contacts);
    if kind != Kind::Meeting {
        join(row, &mut contacts);
    }
    webs(row, "website", Way::Website, &mut contacts);
    webs(row, "chat", Way::Chat, &mut contacts);
    mails(row, &mut contacts);
    contacts
}

fn add(contacts: &mut Vec<Contact>, way: Way, value: String, note: &str) {
    if !contacts.iter().any(|known| known.way == way && known.value == value) {
        contacts.push(Contact { way, value, note: note.to_owned() });
    }
}

/// Which of the columns of a field may be shown. Where there are as many flags as columns, each speaks of its own.
fn shown(row: &Row<'_>, field: &'static str, flags: &[Flag]) -> Vec<Said> {
    let said = row.said(field);
    let pairwise = flags.len() > 1 && row.width(field) == flags.len();
    let hidden = |said: &Said| if pairwise { flags[said.number] != Flag::No } else { hides(flags) };
    said.into_iter().filter(|said| !hidden(said)).collect()
}

fn hides(flags: &[Flag]) -> bool {
    flags.iter().any(|flag| *flag != Flag::No)
}

/// Whoever hides a telephone hides every way to reach it.
fn phones(row: &mut Row<'_>, contacts: &mut Vec<Contact>) {
    let note = row.line("phone_note", MOST_NOTE);
    let flags = row.flags("private_phone");
    for said in shown(row, "phone", &flags) {
        for part in parts(&said.text, |text| links::phone(text).is_some()) {
            match number(part) {
                Number::Whole(number) => add(contacts, Way::Phone, number, &note),
                Number::Among(number) => {
                    row.fault_unquoted(&said, "holds words beside a telephone number; the number alone is shown");
                    add(contacts, Way::Phone, number, &note);
                }
                Number::None => {}
                Number::Unreadable => row.fault_unquoted(&said, "holds no telephone number; it was left out"),
            }
        }
    }
    if hides(&flags) {
        return;
    }
    for said in row.said("text") {
        let words = text::clean(&said.text, MOST_NOTE);
        if words.bytes().any(|byte| byte.is_ascii_digit()) {
            add(contacts, Way::Text, words, "");
        } else if !is_none(&words) {
            row.fault_unquoted(&said, "holds no number to write to; it was left out");
        }
    }
    for said in row.said("tty") {
        match links::phone(&said.text) {
            Some(number) => add(contacts, Way::Tty, number, ""),
            None if is_none(&said.text) => {}
            None => row.fault_unquoted(&said, "holds no telephone number; it was left out"),
        }
    }
}

/// What a cell for a telephone number comes to.
enum Number {
    Whole(String),
    /// There are words beside it.
    Among(String),
    /// It says that there is none, or that it is for faxes.
    None,
    Unreadable,
}

fn number(written: &str) -> Number {
    if is_none(written) || text::fold(written).contains("fax") {
        return Number::None;
    }
    if let Some(number) = links::phone(written) {
        return Number::Whole(number);
    }
    // The longest stretch of what can stand in a number: names and hours beside it are not taken along.
    let of_number = |c: char| c.is_ascii_digit() || " ()-+./".contains(c);
    let stretches = written.split(|c| !of_number(c)).map(|run| run.trim_matches([' ', '-', '.', '/']));
    let longest = stretches.max_by_key(|run| run.bytes().filter(u8::is_ascii_digit).count());
    let longest = longest.filter(|run| run.bytes().filter(u8::is_ascii_digit).count() >= 7);
    longest.and_then(links::phone).map_or(Number::Unreadable, Number::Among)
}

fn is_none(written: &str) -> bool {
    let folded = text::fold(written);
    let folded = folded.trim().trim_start_matches("http://").trim_start_matches("https://");
    folded.is_empty() || ["-", "no", "none", "no phone", "no tiene", "ninguno", "tbd", "tba"].contains(&folded)
}

/// The whole text where it is sound, else its parts.
fn parts(text: &str, is_sound: impl Fn(&str) -> bool) -> Vec<&str> {
    if is_sound(text) {
        return vec![text];
    }
    text.split([';', '|', '\n']).flat_map(|part| part.split(" or ")).map(str::trim).filter(|p| !p.is_empty()).collect()
}

fn webs(row: &mut Row<'_>, field: &'static str, way: Way, contacts: &mut Vec<Contact>) {
    let note = if way == Way::Join { row.line("join_note", MOST_NOTE) } else { String::new() };
    for said in row.said(field) {
        match links::first_web(&said.text) {
            Some(address) => add(contacts, way, address, &note),
            None if is_none(&said.text) => {}
            None => row.fault(&said, "it must be an address of the web"),
        }
    }
}

fn dials(row: &mut Row<'_>, contacts: &mut Vec<Contact>) {
    let note = row.line("dial_note", MOST_NOTE);
    for said in row.said("dial") {
        match links::dial(&said.text) {
            Dial::Number(number) => add(contacts, Way::Dial, number, &note),
            Dial::Shortened(number) => {
                row.fault_unquoted(&said, "holds a number whose codes cannot be read; the number alone is shown");
                add(contacts, Way::Dial, number, &note);
            }
            Dial::None => {}
            Dial::Unreadable => row.fault_unquoted(&said, "holds no number to dial; it was left out"),
        }
    }
}

fn mails(row: &mut Row<'_>, contacts: &mut Vec<Contact>) {
    let flags = row.flags("private_email");
    for said in shown(row, "email", &flags) {
        let found = links::mails(&said.text);
        if found.is_empty() && !is_none(&said.text) {
            row.fault_unquoted(&said, "holds no e-mail address; it was left out");
        }
        for mail in found.into_iter().take(3) {
            add(contacts, Way::Email, mail, "");
        }
    }
}
