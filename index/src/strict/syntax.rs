//! The parser's complaints, in plain words: what is there; what it must be.

/// What each complaint of the parser means, by how it begins. The first that fits counts.
const PLAIN: &[(&str, &str)] = &[
    ("duplicate key", "{} is written twice; it must stand here once"),
    ("string values must be quoted", "{} has no quotes; text must stand in quotes"),
    ("missing value for key", "there is nothing after the =; a value must follow"),
    ("missing value", "there is nothing after the =; a value must follow"),
    ("key with no value", "{} has no value; write it as key = value"),
    ("missing assignment between key-value pairs", "a = is missing; write it as key = value"),
    ("extra assignment", "there is one = too many; write it as key = value"),
    ("extra `=`", "there is one = too many; write it as key = value"),
    ("invalid unquoted key", "{} cannot be a key; a key must be letters, digits, - and _"),
    ("unquoted keys cannot be empty", "the key is missing; write it as key = value"),
    ("unexpected key or value", "{} does not belong here; each key = value must stand on its own line"),
    ("invalid key-value pair", "this line is not understood; write it as key = value"),
    ("unclosed array table", "the ]] is missing; a heading must look like [[name]]"),
    ("unclosed table", "the ] is missing; a heading must look like [name]"),
    ("unclosed inline table", "a } is missing; what { opens must be closed"),
    ("unclosed array", "a ] is missing; a list must look like [\"one\", \"two\"]"),
    ("missing comma", "a comma is missing; things in a list must be parted by commas"),
    ("extra comma", "there is one comma too many; there must be one between two things"),
    ("unexpected `=` in array", "a = stands in a list; a pair in a list must look like { key = value }"),
    ("cannot recurse further", "this is nested too deeply; lists and tables must stay shallow"),
    ("recursion limit", "this is nested too deeply; lists and tables must stay shallow"),
    ("keys cannot be multi-line", "the key goes over several lines; it must stay on one"),
    ("carriage return must be followed", "a carriage return stands alone; lines must end as in other text files"),
    (
        "invalid basic string",
        "the text in quotes is not right; its quotes must be closed, and each \\ must be written \\\\",
    ),
    ("invalid literal string", "the text in quotes is not right; its quotes must be closed"),
    ("invalid multi-line", "a text in three quotes does not end; it must end in three quotes"),
    ("missing escaped value", "a \\ stands alone in a text; it must be written \\\\"),
    ("too few unicode value digits", "a \\u in a text has too few digits; a \\ must be written \\\\"),
    (
        "unexpected leading zero",
        "{} begins with a zero; a number must not, and a code or phone number must stand in quotes",
    ),
    ("invalid date-time", "{} is not a date or time; a date must look like 2026-09-19"),
    ("value is out of range", "{} is not a date or time; a date must look like 2026-09-19"),
    ("invalid integer", "{} is not a number; text must stand in quotes"),
    ("invalid float", "{} is not a number; text must stand in quotes"),
    ("invalid boolean", "{} is neither true nor false; text must stand in quotes"),
    ("`_` may only", "a _ stands in a number; a number must be digits alone"),
    ("invalid value", "{} is not a value; text must stand in quotes"),
    ("invalid comment character", "a comment holds a control character; it must be plain text"),
];

/// Whether the parser leaves the rest of the file unread after this complaint.
pub(super) fn gives_up(message: &str) -> bool {
    ["key with no value", "recursion limit"].iter().any(|begins| message.starts_with(begins))
}

/// Slips that stay in their line: the parser goes on after them as if they were right.
const LOCAL: &[&str] = &[
    "duplicate key",
    "string values must be quoted",
    "missing value for key",
    "key with no value",
    "invalid basic string",
    "invalid literal string",
    "invalid integer",
    "invalid float",
    "invalid boolean",
    "invalid date-time",
    "value is out of range",
    "unexpected leading zero",
    "`_` may only",
    "missing escaped value",
    "too few unicode value digits",
    "invalid comment character",
    "invalid unquoted key",
];

/// Whether after this complaint it is not sure any more what belongs to what.
pub(super) fn tears(message: &str) -> bool {
    !LOCAL.iter().any(|begins| message.starts_with(begins))
}

/// The parser's `message` about `found`, in plain words.
pub(super) fn plain(message: &str, found: &str) -> String {
    if found.trim().is_empty() && message.starts_with("string values must be quoted") {
        return plain("missing value", "x");
    }
    let found = match super::shown(found) {
        empty if empty.is_empty() => "this".to_owned(),
        found => format!("`{found}`"),
    };
    PLAIN.iter().find(|(begins, _)| message.starts_with(begins)).map_or_else(
        || format!("this line is not understood ({}); it must be key = value, or a heading", super::shown(message)),
        |(_, words)| words.replace("{}", &found),
    )
}
