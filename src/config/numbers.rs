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

/// Three-digit numbers that are somebody's own, however near they are to 911.
const SHORT: [&str; 7] = ["211", "311", "411", "511", "611", "711", "811"];

/// The short number of the human trafficking line, where one texts HELP; it stands in print as a crisis text line.
const OTHER_TEXT_LINE: &str = "233733";

/// What is wrong with the numbers in a text, if something is.
pub(super) fn warning(written: &str) -> Option<String> {
    let helped = written.to_lowercase().contains("help");
    numbers(written).into_iter().find_map(|digits| {
        if digits == OTHER_TEXT_LINE && !helped {
            return Some("233733 is another line's; did you mean HOME to 741741?".to_owned());
        }
        if let Some((_, meant)) = WRONG.iter().find(|(wrong, _)| *wrong == digits) {
            return Some(match *meant {
                "" => format!("{digits} is out of service or belongs to somebody else; ask the line for its number"),
                meant => format!("{digits} is a known wrong number; did you mean {meant}?"),
            });
        }
        if RIGHT.iter().any(|(right, _)| *right == digits) || SHORT.contains(&digits.as_str()) {
            return None;
        }
        let near = RIGHT.iter().find(|(right, _)| one_slip(right, &digits))?;
        Some(format!("{digits} is one slip away from {}; write that one, or ask the line for its number", near.1))
    })
}

/// Whatever could be a telephone number in a text, digits alone, without the 1 before a ten-digit one. Nobody says where
/// one number ends and the next begins, so groups of digits side by side are put together in every way; a short number
/// is one that stands alone.
fn numbers(written: &str) -> Vec<String> {
    let between = |letter: char| !(letter.is_ascii_digit() || "-.() +".contains(letter));
    let mut all = Vec::new();
    for run in written.split(between) {
        let groups: Vec<&str> =
            run.split(|letter: char| !letter.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
        for start in 0..groups.len() {
            for end in start + 1..=groups.len().min(start + 4) {
                let digits = groups[start..end].concat();
                if digits.len() > 3 || groups.len() == 1 {
                    let without_1 = digits.strip_prefix('1').filter(|rest| rest.len() == 10);
                    all.push(without_1.unwrap_or(&digits).to_owned());
                }
            }
        }
    }
    all
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
        for near in ["998", "call 888", "988 or 1-800-662-4537", "1-800-662-4375 988", "text HOME to 233733"] {
            assert!(warning(near).is_some(), "{near}");
        }
        for fine in [
            "988",
            "711, then 988",
            "text HELP to 233733",
            "800 662 4357",
            "988 or 918-555-0100",
            "text 4HOPE to 741741",
            "1-800-662-4357",
            "+1 800 273 8255",
            "555-0123",
            "614-555-0199",
        ] {
            assert_eq!(warning(fine), None, "{fine}");
        }
    }
}
