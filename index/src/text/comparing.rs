//! Texts made comparable: what is typed and what is written meet as the same words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use super::characters::is_invisible;

/// Longer words are cut, in the index and in questions alike: they are no words, and an index has its limits. Counted in
/// characters: folded, a Korean syllable is up to three of three bytes each.
pub(crate) const LONGEST_WORD: usize = 60;

/// For comparing, never for showing: lower case, accents and invisible characters off, compatibility forms made plain
/// (NFKD), letters that differ by more than an accent spelled out (`ß` as `ss`), every kind of apostrophe `'`.
pub fn fold(text: &str) -> String {
    // Most texts, and nearly all of the words file, which is read before the first frame.
    if text.is_ascii() {
        let mut out = text.to_ascii_lowercase();
        if out.contains('`') {
            out = out.replace('`', "'");
        }
        return out;
    }
    // The acute accent alone would fall apart into a space and a mark.
    let plain = text.chars().map(|c| if c == '´' { '\'' } else { c }).nfkd().flat_map(char::to_lowercase).nfkd();
    let mut out = String::with_capacity(text.len());
    for c in plain.filter(|c| !is_accent(*c) && !is_invisible(*c)) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'đ' => out.push('d'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            '’' | '‘' | '‛' | '′' | '`' | 'ʼ' | 'ʹ' => out.push('\''),
            _ => out.push(c),
        }
    }
    out
}

/// Whether two texts are the same once they are folded.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() && !one.contains('`') && !other.contains('`') {
        return one.eq_ignore_ascii_case(other);
    }
    fold(one) == fold(other)
}

/// A mark that a hurried writer leaves out. The vowel signs of Indian scripts are marks too, but part of the word.
fn is_accent(c: char) -> bool {
    is_combining_mark(c) && (canonical_combining_class(c) != 0 || !c.is_alphanumeric())
}

/// The words by which a text is found, folded: runs of letters and digits (`12x12` is one, `sma-3720` two). An
/// apostrophe inside a word disappears (`women's` is `womens`), and initials with dots are one word (`A.A.` is `aa`).
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words.into_iter()
}

/// The same words with single spaces between them.
pub(crate) fn joined_words(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    each_word(text, |word| {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(word);
    });
    all
}

/// Hands out the same words, without keeping them: a directory has millions.
pub(crate) fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let folded = fold(text);
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        if let Some((word, after)) = initials(rest) {
            take(&word);
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if end <= LONGEST_WORD && !rest[end..].starts_with('\'') {
            take(&rest[..end]);
            rest = &rest[end..];
        } else {
            let (word, after) = letters(rest);
            take(&word);
            rest = after;
        }
    }
}

/// The run of letters and digits at the beginning, over the apostrophes in it, and what follows.
fn letters(text: &str) -> (String, &str) {
    let mut word = String::new();
    let mut long = 0;
    let mut rest = text;
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        for c in rest[..end].chars().take(LONGEST_WORD - long) {
            word.push(c);
            long += 1;
        }
        rest = &rest[end..];
        match rest.strip_prefix('\'') {
            Some(after) if after.starts_with(char::is_alphanumeric) => rest = after,
            _ => return (word, rest),
        }
    }
}

/// Single letters with a dot between each two (`a.a`, `n.a.`) as one word, and what follows.
fn initials(text: &str) -> Option<(String, &str)> {
    let mut start = text.chars();
    // Nearly no word is one: nothing is made for the others.
    if !start.next().is_some_and(char::is_alphabetic) || start.next() != Some('.') {
        return None;
    }
    let mut word = String::new();
    let mut long = 0;
    let mut rest = text;
    while let Some(letter) = rest.chars().next().filter(|c| c.is_alphabetic()) {
        let after = &rest[letter.len_utf8()..];
        if after.starts_with(|c: char| c.is_alphanumeric() || c == '\'') {
            // A longer word follows the dot: `j.smith`.
            break;
        }
        if long < LONGEST_WORD {
            word.push(letter);
        }
        long += 1;
        match after.strip_prefix('.') {
            Some(next) => rest = next,
            None => return (long > 1).then_some((word, after)),
        }
    }
    (long > 1).then_some((word, rest))
}
