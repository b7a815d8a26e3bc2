//! Text from outside, made harmless and comparable: cleaned once in the importer, folded for searching.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One line: markup and control bytes gone, white space folded, at most `most` characters.
pub fn clean(raw: &str, most: usize) -> String {
    let spaced: String =
        raw.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control()).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(most).collect()
}

/// HTML or plain text to plain text: paragraphs separated by `\n`, each as [`clean`] makes it; at most `most`
/// characters in all.
pub fn clean_paragraphs(raw: &str, most: usize) -> String {
    let lines: Vec<_> = raw.lines().map(|line| clean(line, most)).filter(|line| !line.is_empty()).collect();
    lines.join("\n").chars().take(most).collect()
}

/// What [`clean`] and [`clean_paragraphs`] guarantee.
pub fn is_clean(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || !c.is_control())
}

/// For comparing: lower case, accents off, compatibility forms made plain.
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The words by which a text is found.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text).replace(['\'', '’'], "");
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(ToOwned::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}
