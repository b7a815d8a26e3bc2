//! One character at a time: what a terminal would act on, and what nobody can see.

use unicode_normalization::UnicodeNormalization;

const ESCAPE: char = '\u{1b}';
const BELL: char = '\u{7}';
/// String terminator, ends what `ESC ]` and its kin begin.
const TERMINATOR: char = '\u{9c}';

/// The character as it may stay, or nothing. White space becomes a space or, where it ends a line, `\n`.
pub(super) fn tame(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{80}'..='\u{9f}' => windows_punctuation(c),
        _ if c.is_whitespace() => Some(' '),
        _ if c.is_control() || is_invisible(c) => None,
        _ => Some(c),
    }
}

/// C1 controls in a text are nearly always Windows-1252 read as Latin-1; where that is punctuation, this is it.
fn windows_punctuation(c: char) -> Option<char> {
    Some(match c {
        '\u{82}' => '‚',
        '\u{84}' => '„',
        '\u{85}' => '…',
        '\u{8b}' => '‹',
        '\u{91}' => '‘',
        '\u{92}' => '’',
        '\u{93}' => '“',
        '\u{94}' => '”',
        '\u{95}' => '•',
        '\u{96}' => '–',
        '\u{97}' => '—',
        '\u{9b}' => '›',
        _ => return None,
    })
}

/// Characters without a shape of their own: Unicode's `Default_Ignorable_Code_Point` (soft hyphen, joiners, directions,
/// fillers, variation selectors, tags), annotation marks, and code points that are no characters.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Tame characters only, composed; whole escape sequences gone, not their first byte alone.
pub(super) fn harmless(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let last_end = [raw.rfind([BELL, TERMINATOR]), raw.rfind("\u{1b}\\")].into_iter().flatten().max();
    let may_end = |at: usize| last_end.is_some_and(|end| at <= end);
    let mut before = ' ';
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let at = raw.len() - after.len();
        rest = match c {
            ESCAPE => after_escape(after, may_end(at)),
            '\u{9b}' => after_short_control_sequence(after).unwrap_or_else(|| {
                out.extend(tame(c));
                after
            }),
            // After U+0080 it is the tail of a quotation mark read in the wrong encoding, and ends nothing.
            '\u{90}' | '\u{9d}'..='\u{9f}' if before != '\u{80}' && may_end(at) => after_string(after).unwrap_or(after),
            _ => {
                out.extend(tame(c));
                after
            }
        };
        before = c;
    }
    if out.is_ascii() { out } else { out.nfc().collect() }
}

/// What follows the sequence that an escape began. `may_end` says whether a terminator comes at all.
fn after_escape(text: &str, may_end: bool) -> &str {
    let Some(first) = text.chars().next() else { return text };
    let after = &text[first.len_utf8()..];
    match first {
        '[' => after_control_sequence(after).unwrap_or_else(|| after.trim_start_matches(is_parameter)),
        ']' | 'P' | 'X' | '^' | '_' if may_end => after_string(after).unwrap_or(after),
        ' '..='/' => {
            let last = after.trim_start_matches(is_intermediate);
            last.strip_prefix(|c| matches!(c, '0'..='~')).unwrap_or(last)
        }
        '0'..='~' => after,
        _ => text,
    }
}

/// What follows the rest of a control sequence (CSI): parameters, intermediates, one final byte.
fn after_control_sequence(text: &str) -> Option<&str> {
    text.trim_start_matches(is_parameter).trim_start_matches(is_intermediate).strip_prefix(|c| matches!(c, '@'..='~'))
}

/// The same after U+009B, which is an angle quotation mark oftener: only with parameters and nothing between.
fn after_short_control_sequence(text: &str) -> Option<&str> {
    let last = text.trim_start_matches(is_parameter);
    (last.len() < text.len()).then(|| last.strip_prefix(|c| matches!(c, '@'..='~'))).flatten()
}

fn is_parameter(c: char) -> bool {
    matches!(c, '0'..='?')
}

fn is_intermediate(c: char) -> bool {
    matches!(c, ' '..='/')
}

/// What follows a string for the terminal (a title, a clipboard, an image), if it ends.
fn after_string(text: &str) -> Option<&str> {
    let end = text.find([BELL, TERMINATOR, ESCAPE])?;
    let end_and_after = &text[end..];
    let plain = end_and_after.strip_prefix([BELL, TERMINATOR]);
    // Any other escape breaks the string off and begins something of its own.
    Some(plain.or_else(|| end_and_after.strip_prefix("\u{1b}\\")).unwrap_or(end_and_after))
}
