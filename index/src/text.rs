//! Text from outside, made harmless and comparable: cleaned once in the importer, folded for searching.
//!
//! After [`clean`] or [`clean_paragraphs`] a text holds nothing that a terminal would act on and nothing that a reader
//! cannot see; [`is_clean`] says exactly what that is. Both are idempotent: what was cleaned stays as it is, so a text
//! may pass several importers. For that, what still looks like markup when it is text (`&lt;b&gt;` in the source) gets a
//! space that keeps it from being taken for markup the next time: `< b>`.
//!
//! Everything here takes time in proportion to the text, whatever stands in it.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::is_nfc;

mod characters;
mod comparing;
mod markup;
mod slips;
#[cfg(test)]
mod tests;

pub(crate) use comparing::is_same;
pub(crate) use comparing::{LONGEST_WORD, each_word, joined_words};
pub use comparing::{fold, words};
pub(crate) use slips::{Letters, at_most_one, cost};

use characters::{harmless, tame};

/// More marks than this on one letter are an attack on the lines above, not a language.
const MARKS_ON_A_LETTER: usize = 4;

/// One line: markup, entities and control bytes gone, white space folded, at most `most` characters (`…` at the end
/// says that it was longer).
pub fn clean(raw: &str, most: usize) -> String {
    if is_plain(raw) {
        return cut(raw.to_owned(), most);
    }
    cut(composed(raw, Breaks::Folded), most)
}

/// HTML or plain text to plain text: paragraphs, lines and list items separated by `\n`, none empty, each as [`clean`]
/// makes it; at most `most` characters in all.
///
/// Line ends of the source count, unless its markup says where its paragraphs are.
pub fn clean_paragraphs(raw: &str, most: usize) -> String {
    if is_plain(raw) {
        return cut(raw.to_owned(), most);
    }
    cut(composed(raw, Breaks::Kept), most)
}

/// Whether a text is clean at first sight, as most are, and a directory has millions: visible characters of ASCII with
/// single spaces between them, and nothing that could be markup.
fn is_plain(raw: &str) -> bool {
    let mut before = b' ';
    for byte in raw.bytes() {
        let is_odd = !(b' '..=b'~').contains(&byte) || matches!(byte, b'<' | b'&') || (byte == b' ' && before == b' ');
        if is_odd {
            return false;
        }
        before = byte;
    }
    (before != b' ' || raw.is_empty()) && !raw.contains("data:")
}

/// Exactly what [`clean_paragraphs`] guarantees (and [`clean`], which never gives a `\n`): composed (NFC); white space
/// is single spaces and single `\n` between visible characters; no control, bidirectional, zero-width or other
/// invisible character; no letter under more than four marks, and no mark without a letter.
pub fn is_clean(text: &str) -> bool {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return true;
    }
    text.chars().all(|c| tame(c) == Some(c)) && is_nfc(text) && settled(text, Breaks::Kept) == text
}

/// Whether no character of a text is invisible or would be acted on by a terminal: what may become cells of a screen.
/// Spaces may stand as they come; a line break may not.
pub fn is_tame(text: &str) -> bool {
    text.chars().all(|c| c != '\n' && tame(c) == Some(c))
}

/// Plain text of tame characters, in which nothing is markup any more; white space as it comes.
///
/// What is no text goes before anything is taken for markup, and so do marks without a letter: nothing may go afterwards
/// from between two characters that would be markup side by side.
fn without_markup(raw: &str) -> String {
    let text = on_letters(harmless(raw));
    // Most texts are plain, and a directory has millions.
    if !text.contains(['<', '&']) && !text.contains("data:") {
        return text;
    }
    let text = markup::strip(&text);
    // Twice, because feeds often hold text that was escaped twice; what is left is text.
    let text = htmlize::unescape_attribute(text);
    let text = htmlize::unescape_attribute(text);
    // An entity may have hidden anything: once more.
    markup::defuse(&on_letters(harmless(&text)))
}

/// A text in which every mark stands on a letter.
fn on_letters(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let mut after_letter = false;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_combining_mark(c) {
            after_letter = takes_marks(c);
        } else if !after_letter {
            continue;
        }
        out.push(c);
    }
    out
}

/// Only a letter takes marks: importers take texts apart at the other characters, and no part may begin with a mark.
fn takes_marks(c: char) -> bool {
    c.is_alphabetic()
}

/// The text without its markup, settled. A mark that went may have stood in the middle of what is an embedded file now.
fn composed(raw: &str, breaks: Breaks) -> String {
    let text = settled(&without_markup(raw), breaks);
    if text.contains("data:") { settled(&markup::without_files(&text), breaks) } else { text }
}

/// What becomes of line breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    Kept,
    Folded,
}

/// White space folded, marks without a letter and marks over the measure gone.
fn settled(text: &str, breaks: Breaks) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = None;
    // How many marks the character before may still take.
    let mut room = 0;
    for c in text.chars() {
        if c == '\n' && breaks == Breaks::Kept {
            gap = Some('\n');
        } else if c.is_whitespace() {
            gap = gap.or(Some(' '));
        } else if is_combining_mark(c) {
            if room > 0 && gap.is_none() {
                out.push(c);
                room -= 1;
            }
        } else {
            if let Some(gap) = gap.take().filter(|_| !out.is_empty()) {
                out.push(gap);
            }
            out.push(c);
            room = if takes_marks(c) { MARKS_ON_A_LETTER } else { 0 };
        }
    }
    out
}

/// At most `most` characters, the last of them `…` when something was cut.
fn cut(mut text: String, most: usize) -> String {
    if text.len() <= most || text.chars().nth(most).is_none() {
        return text;
    }
    let Some(kept) = most.checked_sub(1) else { return String::new() };
    let end = text.char_indices().nth(kept).map_or(text.len(), |(at, _)| at);
    text.truncate(end);
    // Half of `&copyright` could be an entity.
    let name = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    if name.ends_with('&') {
        text.truncate(name.len() - 1);
    }
    text.truncate(text.trim_end().len());
    text.push('…');
    text
}
