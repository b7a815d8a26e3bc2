//! The floors of this crate: who stands on whom, and who may know which guest. The crate's documentation tells it in
//! words.

use std::path::Path;

use self::house::{Guest, House, Source, sources};

pub(crate) mod house;
mod scan;

const INDEX: House = House {
    floors: &[
        &["shelf"],
        &["generation"],
        &["plan"],
        &["overrides"],
        &["merge"],
        &["feed"],
        &["understand"],
        &["vocabulary"],
        &["strict"],
        &["query"],
        &["record"],
        &["schedule"],
        &["text"],
        &["beside", "disk"],
    ],
    apart: &[("feed", "understand"), ("merge", "understand"), ("feed", "query"), ("vocabulary", "query")],
    guests: &[
        Guest { name: "tantivy", homes: &["generation"] },
        Guest { name: "tantivy_fst", homes: &["generation"] },
        Guest { name: "levenshtein_automata", homes: &["generation"] },
        Guest { name: "postcard", homes: &["generation", "plan"] },
        Guest { name: "hashbrown", homes: &["feed"] },
        Guest { name: "rustc_hash", homes: &["generation"] },
        Guest { name: "sha2", homes: &["generation", "shelf", "feed"] },
        Guest { name: "serde_json", homes: &["generation", "shelf", "plan", "feed"] },
        Guest { name: "toml", homes: &["strict"] },
        Guest { name: "csv_core", homes: &["feed"] },
        Guest { name: "htmlize", homes: &["text"] },
        Guest { name: "unicode_normalization", homes: &["text"] },
        Guest {
            name: "jiff",
            homes: &[
                "generation",
                "shelf",
                "plan",
                "overrides",
                "merge",
                "feed",
                "understand",
                "strict",
                "query",
                "record",
                "schedule",
            ],
        },
        Guest { name: "std::fs", homes: &["generation", "shelf", "disk"] },
        Guest { name: "std::net", homes: &[] },
        Guest { name: "std::process", homes: &[] },
        // The number of a process tells two builders' unfinished folders apart.
        Guest { name: "std::process::id", homes: &["shelf"] },
        Guest { name: "std::env", homes: &[] },
        Guest { name: "std::time::Instant", homes: &[] },
        Guest { name: "std::time::SystemTime", homes: &[] },
        Guest { name: "tokio", homes: &[] },
        Guest { name: "ratatui", homes: &[] },
        Guest { name: "crossterm", homes: &[] },
    ],
};

#[test]
fn every_module_stands_on_its_floor() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(sources.iter().any(|source| source.path == "schedule/packed.rs"), "the sources are not where they were");
    let faults = INDEX.faults(&sources);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// What a small house says of one file.
fn faults(path: &str, text: &str) -> Vec<String> {
    const SMALL: House = House {
        floors: &[&["attic"], &["hall", "porch"], &["cellar"]],
        apart: &[("hall", "cellar")],
        guests: &[
            Guest { name: "std::fs", homes: &["cellar"] },
            Guest { name: "std::time::Instant", homes: &[] },
            Guest { name: "paint", homes: &["attic/wall"] },
            Guest { name: "paint::colour", homes: &["attic", "hall"] },
        ],
    };
    SMALL.faults(&[Source { path: path.into(), text: text.into() }])
}

#[test]
fn naming_a_higher_floor_is_a_fault_however_it_is_written() {
    for text in [
        "use crate::attic;",
        "use crate::attic::Roof;",
        "use crate::{porch, attic::Roof};",
        "pub use crate::{porch::{Door}, attic};",
        "fn f() -> crate::attic::Roof { todo() }",
        "use super::attic::Roof;",
        "use\n    crate\n    ::attic;",
    ] {
        assert_eq!(faults("hall.rs", text).len(), 1, "{text}");
    }
    assert_eq!(
        faults("cellar/shelf.rs", "\n\nuse super::super::hall::Door;"),
        ["cellar/shelf.rs:3: `cellar` names `hall`, which stands above it"]
    );
    assert_eq!(faults("hall.rs", "use crate::cellar;").len(), 1, "kept apart");
}

#[test]
fn naming_a_guest_away_from_its_homes_is_a_fault() {
    for text in [
        "use std::fs;",
        "use std::{fs::File, io};",
        "fn f() { std::fs::read(\"x\"); }",
        "use std::fs::*;",
        "use std::time::{Duration, Instant};",
        "use std::time::{self, Duration};",
        "use std::{time};",
        "use std::time;",
        "use paint;",
        "use paint::brush as b;",
        "paint::dip!(1);",
    ] {
        assert_eq!(faults("hall.rs", text).len(), 1, "{text}");
    }
    assert_eq!(faults("attic.rs", "use paint::Brush;").len(), 1);
}

#[test]
fn what_the_tables_allow_is_no_fault() {
    for (path, text) in [
        ("hall.rs", "use crate::porch; use super::porch::Door; use std::time::Duration; use paint::colour::Red;"),
        ("attic.rs", "use crate::hall; use crate::cellar::Shelf; use self::wall::Nail; use crate::SIZE;"),
        ("attic/wall.rs", "use paint::Brush; use super::Roof; use paint::colour::{Red, Blue};"),
        ("cellar.rs", "use std::{fs, io};"),
        ("cellar/mod.rs", "use std::fs;"),
        ("lib.rs", "pub mod attic; pub use attic::Roof;"),
        ("hall/tests.rs", "use crate::attic; use std::fs;"),
    ] {
        assert_eq!(faults(path, text), [""; 0], "{path}");
    }
}

#[test]
fn words_in_comments_strings_and_tests_name_nothing() {
    let text = r###"
        //! [`crate::attic`] and std::fs
        /// std::fs::read
        /* crate::attic /* nested */ std::fs */
        const A: &str = "crate::attic \" std::fs";
        const B: &str = r##"crate::attic "# std::fs"##;
        const C: (char, char, u8) = ('"', '\'', b'"');
        fn life<'a>(a: &'a str) -> &'a str { a }
        #[cfg(test)]
        mod tests {
            use crate::attic; fn f() { if true { std::fs::read("x"); } }
        }
        #[cfg(test)]
        use std::fs;
        const D: &str = "\\";
    "###;
    assert_eq!(faults("hall.rs", text), [""; 0]);
    assert_eq!(faults("hall.rs", &format!("{text} use std::fs;")).len(), 1);
}

#[test]
fn a_module_without_a_floor_is_a_fault() {
    assert_eq!(faults("shed.rs", "").len(), 1);
    assert_eq!(faults("shed/tools.rs", "").len(), 1);
}
