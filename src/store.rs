//! Where the directory comes from: the newest sound edition, or the starter pack, built in memory.

use index::feed::{self, Feed, Form, Part};
use index::generation::{BuildError, Generation};
use index::merge::merge;
use index::vocabulary::Vocabulary;

/// The built-in feeds: name and text, in Porchlight's own form.
pub const BUILT_IN: [(&str, &str); 5] = [
    ("national", include_str!("../config/starter/national.toml")),
    ("publications", include_str!("../config/starter/publications.toml")),
    ("guide", include_str!("../config/starter/guide.toml")),
    ("glossary", include_str!("../config/starter/glossary.toml")),
    ("sample", include_str!("../config/starter/sample.toml")),
];

/// The starter pack, built in memory: what the kiosk shows until a center has an edition of its own, and whenever
/// none is sound.
///
/// # Errors
/// When the index library fails, in memory and on texts of ours: only a broken machine does that.
pub fn starter() -> Result<Generation, BuildError> {
    let vocabulary = Vocabulary::builtin();
    let harvests = BUILT_IN
        .iter()
        .map(|(name, text)| {
            let feed = Feed { name: (*name).to_owned(), ..Feed::default() };
            feed::read(Form::Porchlight, &feed, &[Part { name, bytes: text.as_bytes() }], vocabulary)
        })
        .collect();
    let records = merge(harvests).records;
    Generation::in_memory(&records, vocabulary)
}
