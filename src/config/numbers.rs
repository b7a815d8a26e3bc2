//! A number that looks like a known crisis line and is not it is the worst slip a settings file can hold.
//!
//! Whole numbers are compared: endings such as 4673 (HOPE) are shared by several lines. The wrong numbers are ones that
//! stand in public guides.

/// Lines that are called or texted in a crisis, as digits, and as people write them.
const RIGHT: [(&str, &str); 9] = [
    ("988", "988"),
    ("911", "911"),
    ("741741", "741741"),
    ("8006624357", "1-800-662-4357"),
    ("8002738255", "1-800-273-8255"),
    ("8007997233", "1-800-799-7233"),
    ("8338526262", "1-833-852-6262"),
    ("8663319474", "1-866-331-9474"),
    ("8002221222", "1-800-222-1222"),
];

/// Wrong numbers seen in print, and what was meant; empty where the line is gone.
const WRONG: [(&str, &str); 6] = [
    ("8007797233", "1-800-799-7233"),
    ("8339435749", "1-833-852-6262"),
    ("8007296686", ""),
    ("8003319474", "1-866-331-9474"),
    ("8008674673", ""),
    ("8886289454", "988, then press 2 for Spanish"),
];

/// What is wrong with the numbers in a text, if something is.
pub(super) fn warning(written: &str) -> Option<String> {
    runs(written).find_map(|digits| {
        if let Some((_, meant)) = WRONG.iter().find(|(wrong, _)| *wrong == digits) {
            return Some(match *meant {
                "" => format!("{digits} is out of service or belongs to somebody else; ask the line for its number"),
                meant => format!("{digits} is a known wrong number; did you mean {meant}?"),
            });
        }
        if RIGHT.iter().any(|(right, _)| *right == digits) {
            return None;
        }
        let near = RIGHT.iter().find(|(right, _)| right.len() > 3 && one_slip(right, &digits))?;
        Some(format!("{digits} is one slip away from {}; write that one, or ask the line for its number", near.1))
    })
}

/// The telephone numbers in a text, digits alone, without the 1 before a ten-digit one.
fn runs(written: &str) -> impl Iterator<Item = String> {
    let between = |letter: char| !(letter.is_ascii_digit() || matches!(letter, '-' | '.' | '(' | ')' | ' ' | '+'));
    written.split(between).filter_map(|run| {
        let digits: String = run.chars().filter(char::is_ascii_digit).collect();
        let digits = match digits.strip_prefix('1') {
            Some(rest) if rest.len() == 10 => rest.to_owned(),
            _ => digits,
        };
        (!digits.is_empty()).then_some(digits)
    })
}

/// Whether one digit is another one, or two neighbours are swapped.
fn one_slip(right: &str, written: &str) -> bool {
    if right.len() != written.len() {
        return false;
    }
    let differ: Vec<usize> =
        right.bytes().zip(written.bytes()).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    match differ[..] {
        [_] => true,
        [first, second] => {
            let (right, written) = (right.as_bytes(), written.as_bytes());
            second == first + 1 && right[first] == written[second] && right[second] == written[first]
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_wrong_numbers_are_named_with_the_right_one() {
        assert!(warning("1-800-779-7233").unwrap().contains("1-800-799-7233"));
        assert!(warning("833-943-5749").unwrap().contains("1-833-852-6262"));
        assert!(warning("call 800.729.6686 now").unwrap().contains("out of service"));
        assert!(warning("(800) 662-4375").unwrap().contains("1-800-662-4357"), "two digits swapped");
        assert!(warning("text HOME to 741471").unwrap().contains("741741"));
    }

    #[test]
    fn right_and_unrelated_numbers_pass() {
        for fine in ["988", "text 4HOPE to 741741", "1-800-662-4357", "+1 800 273 8255", "555-0123", "614-555-0199"] {
            assert_eq!(warning(fine), None, "{fine}");
        }
    }
}
