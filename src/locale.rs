//! Every sentence that a visitor can read, from Fluent files. The only module that knows Fluent.
//!
//! A sentence is never glued from pieces in code: what varies goes in as an argument, so that every language can put
//! it where it belongs.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

const ENGLISH: &str = include_str!("../config/locales/en.ftl");

/// The sentences of one language.
pub struct Locale {
    language: &'static str,
    bundle: FluentBundle<FluentResource>,
}

/// What varies in a sentence: a name and its value.
pub type Args<'a> = [(&'static str, FluentValue<'a>)];

impl Locale {
    /// English, complete.
    pub fn english() -> Self {
        Self::from_text("en", ENGLISH)
    }

    fn from_text(language: &'static str, text: &str) -> Self {
        // A damaged line costs itself alone: the rest of the file still speaks. A test proves that ours has none.
        let resource = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let identifier = language.parse().unwrap_or_else(|_| LanguageIdentifier::default());
        let mut bundle = FluentBundle::new(vec![identifier]);
        // Fluent's isolation marks are junk on a console.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// The language's ISO 639 code.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// A sentence without arguments.
    pub fn say(&self, id: &str) -> String {
        self.say_with(id, &[])
    }

    /// A sentence with what varies in it. An unknown sentence is its own name, so that nothing is ever blank.
    pub fn say_with(&self, id: &str, args: &Args<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut given = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            given.set(*name, value.clone());
        }
        let mut faults = Vec::new();
        self.bundle.format_pattern(pattern, Some(&given), &mut faults).into_owned()
    }

    /// Whether there is such a sentence.
    pub fn knows(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// Several things as a person lists them: `a`, `a and b`, `a, b and c`.
    pub fn list(&self, things: &[String]) -> String {
        match things {
            [] => String::new(),
            [one] => one.clone(),
            [first, last] => self.say_with("list-two", &[("first", text(first)), ("last", text(last))]),
            [first, rest @ ..] => {
                let rest = self.list(rest);
                self.say_with("list-more", &[("first", text(first)), ("rest", text(&rest))])
            }
        }
    }
}

/// A text as an argument.
pub fn text(value: &str) -> FluentValue<'_> {
    FluentValue::String(Cow::Borrowed(value))
}

/// A count as an argument.
pub fn number<'a>(value: impl Into<i64>) -> FluentValue<'a> {
    FluentValue::from(value.into())
}

/// A count of records or rows as an argument.
pub fn count<'a>(value: u64) -> FluentValue<'a> {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A measure as an argument, with one digit behind the point where that says something.
pub fn measure<'a>(value: f64) -> FluentValue<'a> {
    FluentValue::from((value * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_sentences_have_no_fault() {
        assert!(FluentResource::try_new(ENGLISH.to_owned()).is_ok());
    }

    /// Every sentence of the file is said somewhere, and whatever the code says by name is in the file.
    #[test]
    fn no_sentence_is_missing_and_none_is_left_over() {
        let mut code = String::new();
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if entry.is_dir() {
                    folders.push(entry);
                } else {
                    code += &std::fs::read_to_string(entry).unwrap();
                }
            }
        }
        // Sentences whose names are put together from a word of the record or of a value: door-meetings, sort-legal.
        let made = [
            "door-", "sort-", "pathway-", "facet-", "kind-", "how-", "choice-", "part-", "housing-", "piece-", "phase-",
        ];
        let names = ENGLISH.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
        for name in
            names.filter(|name| !name.starts_with([' ', '#']) && !made.iter().any(|made| name.starts_with(made)))
        {
            assert!(code.contains(&format!("\"{name}\"")), "{name} is never said");
        }
        let locale = Locale::english();
        for said in code.split("say(\"").chain(code.split("say_with(\"")).skip(1) {
            let name = said.split('"').next().unwrap_or_default();
            let made =
                name.contains('{') || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            assert!(made || locale.knows(name), "{name} is not in the file");
        }
    }

    #[test]
    fn a_list_reads_as_a_person_says_it() {
        let locale = Locale::english();
        let things = |n: usize| ["hall", "church", "park"][..n].iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(locale.list(&things(1)), "hall");
        assert_eq!(locale.list(&things(2)), "hall and church");
        assert_eq!(locale.list(&things(3)), "hall, church and park");
    }
}
