//! The file as the program writes it.

use std::fmt::Write as _;

use super::{Override, Overrides, Target, What};

const HEAD: &str = "\
# What the staff of this center have corrected by hand. Porchlight writes this file: see `porchlight overrides --help`.
# It may be edited; `porchlight overrides` tells every fault with its line.
";

impl Overrides {
    /// The file that [`Overrides::read`] reads.
    pub fn to_toml(&self) -> String {
        self.entries.iter().fold(HEAD.to_owned(), |mut out, entry| {
            write(&mut out, entry);
            out
        })
    }
}

fn write(out: &mut String, entry: &Override) {
    // Writing to a text cannot fail.
    let _ = writeln!(out, "\n[[override]]\nnumber = {}", entry.number);
    if let Some(written) = entry.written {
        let _ = writeln!(out, "written = {written}");
    }
    let _ = writeln!(out, "do = \"{}\"", entry.what.word());
    if let Some(id) = entry.what.listing() {
        line(out, "listing", id.as_str());
    }
    match &entry.what {
        What::Hide(target) => building(out, target),
        What::Close(target, why) => {
            building(out, target);
            if !why.is_empty() {
                line(out, "text", why);
            }
        }
        What::Note(target, text) => {
            building(out, target);
            line(out, "text", text);
        }
        What::Correct(_, field, value) => {
            line(out, "field", field.word());
            line(out, "value", value);
        }
        What::Beds(_, free) => {
            let _ = writeln!(out, "free = {free}");
        }
        What::Add(toml) => line(out, "toml", toml),
        What::Notice(text) => line(out, "text", text),
    }
    for (key, day) in [("from", entry.dates.from), ("until", entry.dates.until)] {
        if let Some(day) = day {
            let _ = writeln!(out, "{key} = {day}");
        }
    }
}

fn building(out: &mut String, target: &Target) {
    if let Target::Building { building, city } = target {
        line(out, "building", building);
        if !city.is_empty() {
            line(out, "city", city);
        }
    }
}

fn line(out: &mut String, key: &str, text: &str) {
    let _ = writeln!(out, "{key} = {}", quoted(text));
}

/// A text in the quotes of TOML. Several lines stand as they are, where nothing in them could end the quotes.
pub fn quoted(text: &str) -> String {
    let plain = |c: char| !c.is_control() || c == '\n';
    if text.contains('\n') && text.chars().all(plain) && !text.contains("''") && !text.ends_with('\'') {
        return format!("'''\n{text}'''");
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
