//! From bytes to text, whatever the encoding was.

use std::borrow::Cow;

use super::Part;
use super::notes::{Notes, quote};

/// The text of a file. UTF-8 is expected, UTF-16 is known by its mark, and bytes that are neither are taken for
/// Windows-1252, in which spreadsheets still export.
pub(super) fn decode<'a>(part: &Part<'a>, notes: &mut Notes<'_>) -> Cow<'a, str> {
    match part.bytes {
        [0xff, 0xfe, rest @ ..] => return Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => return Cow::Owned(utf16(rest, u16::from_be_bytes)),
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(part.bytes) {
        return Cow::Borrowed(text);
    }
    notes.feed(format!(
        "{} has letters in an old encoding (Windows-1252, not UTF-8); please look whether accents are right.",
        quote(part.name)
    ));
    let mut text = String::with_capacity(part.bytes.len());
    for chunk in part.bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| windows_1252(*byte)));
    }
    Cow::Owned(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
