//! Two faults of hand-made JSON that say no less for being faults: control characters inside a string, and halves of
//! surrogate pairs.

/// The same text with control characters as spaces and lone surrogates as replacement characters.
pub(super) fn repair(text: &str) -> String {
    let mut sound = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c == '\\' || c.is_control()) {
        sound.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(escaped) = rest.strip_prefix('\\') else {
            sound.push(' ');
            rest = rest.split_at(rest.chars().next().map_or(0, char::len_utf8)).1;
            continue;
        };
        let length = match (surrogate(rest), surrogate(rest.get(6..).unwrap_or_default())) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(_), _) => {
                sound.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            (None, _) => 1 + escaped.chars().next().map_or(0, char::len_utf8),
        };
        sound.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    sound.push_str(rest);
    sound
}

/// The value of the escape at the beginning of `text`, if it is half of a surrogate pair.
fn surrogate(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok().filter(|unit| (0xd800..=0xdfff).contains(unit))
}
