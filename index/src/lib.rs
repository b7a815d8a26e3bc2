//! From the bytes of a feed to the hits of a question.
//!
//! This crate knows no terminal, no network, no clock and no settings: it is handed bytes, words, the moment and the
//! place. The crate `porchlight` stands on it, and cannot be named here: cargo would call it a cycle.
//!
//! # Bird's-eye view
//!
//! ```text
//! bytes -feed::read-> Harvest -merge-> records by id -Generation::build-> files -Shelf::put_up-> an edition
//! words typed -understand-> Query { words, constraints } -Generation::search-> Answer { total, sections of hits, facets }
//! ```
//!
//! A question is words and wishes. [`understand::understand`] reads each run of words for what it may mean, with the
//! phrases of the [`vocabulary`] and the places and words that the directory has ([`understand::Known`]); the longest
//! readings hold, each becomes a [`query::Constraint`] that knows which words said it, and what is left over are words.
//! [`generation::Generation::search`] filters by the wishes, looks for the words as they are, as beginnings and with
//! slips, ranks, and counts every [`query::Facet`]. What does not say a wish that many listings leave unsaid stands in a
//! [`query::Section`] of its own; what had to be given up is told ([`query::Relaxation`]).
//!
//! # Floors, the lowest first
//!
//! | floor | what it holds |
//! |---|---|
//! | [`disk`] | folders that are there after a power cut too |
//! | [`beside`] | two things at a time |
//! | [`text`] | text from outside made harmless ([`text::clean`]) and comparable ([`text::fold`], [`text::words`]) |
//! | [`schedule`] | recurrences in wall-clock time and zone; the exact next start, across changes of the clocks |
//! | [`record`] | one plain value per listing, of six kinds |
//! | [`query`] | what was asked, and what was found |
//! | [`strict`] | TOML with the place of every value: all faults at once, each with its line |
//! | [`vocabulary`] | our terms and their labels, what codes mean in each fellowship, what people type for what is written |
//! | [`understand`] | words typed to a query; pure |
//! | [`overrides`] | what staff correct by hand, and what that does to the directory |
//! | [`feed`], [`merge`] | importers, which cannot fail, and how their records become one directory |
//! | [`plan`] | what a refresh would change, and whether that can be believed |
//! | [`generation`], [`shelf`] | the index, and its editions on disk |
//!
//! A module may name only modules of lower floors, and a guest (`tantivy`, the file system) may be named only in the
//! modules that house it. The test `floors` holds both tables, and fails otherwise.
//!
//! # Invariants, each with the check that keeps it
//!
//! 1. **Reading a feed never fails**, and rows are accounted for: `rows = records + joined + dropped`. Kept by the
//!    properties in the tests of every importer in `feed` over arbitrary and damaged bytes, and by the real samples.
//! 2. **Nothing that a terminal would act on leaves an importer.** Every string of every record satisfies
//!    [`text::is_clean`] (paragraphs line by line). Kept by the same properties.
//! 3. **What is not known is absent.** A date that cannot be read is unknown, never today; a time without a zone is
//!    unknown; a virtual meeting has no point on the map. Kept by one small test per quirk.
//! 4. **A next start is exact**: nothing earlier fits, whatever the clocks do. Kept against a brute-force walk over
//!    the minutes in `schedule/tests.rs`.
//! 5. **A constraint loses no record**, and an exact hit stands above a forgiven one. Kept against a brute-force scan in
//!    `generation/tests/laws.rs` and `choices.rs`, over invented listings; over the starter pack by the relevance set
//!    (`tests/relevance`), and over real feeds by `feeds` in the tests of `porchlight`.
//! 6. **A generation is never changed once it stands on the shelf**; a reader never sees half of one; a damaged one is
//!    passed over. Kept by the tests of `shelf`.
//! 7. **What a visitor typed cannot be printed or stored**: [`query::Query`] and [`query::Answer`] are not `Serialize`,
//!    and their `Debug` tells counts and wishes, never words. Kept by `narrow::nothing_prints_what_was_typed` in the tests
//!    of `porchlight`.
//! 8. **Any text is understood**; a chip knows exactly the words that said it, and taking them away takes this wish away
//!    and no other; a slip hides no danger. Kept by the properties in `understand/tests/laws.rs`.
//! 9. **The count of a value is what choosing it gives.** `generation/tests/choices.rs`.
//! 10. **What visitors ask is answered**: the floors of the relevance set, class by class, on the half of the questions
//!     that was worked with and on the half that was held back.
//!
//! # Where to begin
//!
//! A new field of listings: [`record`], then the importers in [`feed`], then [`generation`]'s schema. A new form of
//! feed: a module beside [`feed::meeting_guide`], a line in [`feed::Form`].
//!
//! A word that people type: no code. In `config/words.toml`, a `[[synonym]]` says what directories write for it, a
//! `[[wish]]` that it narrows the answer; and a question in `tests/relevance/*.toml` that it is to answer.
//!
//! A new value of a facet (another language, another group of people): a term in `config/codes/terms.toml`, its codes in
//! `config/codes/meeting-guide.toml`, its words in `config/words.toml`.
//!
//! A new facet: a variant of [`query::Facet`] with its word, the values of a record in `generation/tables.rs`, the words
//! that `vocabulary/words.rs` lets a `[[wish]]` name, and labels for the screen (`facet-...` in
//! `config/locales/en.ftl`, `tell` in the crate `porchlight`, whose tests miss the label that is not there).
//!
//! A new wish that is no value (as a distance or a fee): a variant of [`query::Wish`], what reads it beside
//! `understand/amounts.rs`, what it keeps in `generation`, what may be given up for it in `generation/relax.rs`, and its
//! chip in `tell`.

pub mod beside;
pub mod disk;
pub mod feed;
pub mod generation;
pub mod merge;
pub mod overrides;
pub mod plan;
pub mod query;
pub mod record;
pub mod schedule;
pub mod shelf;
pub mod strict;
pub mod text;
pub mod understand;
pub mod vocabulary;
