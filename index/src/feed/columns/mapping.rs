//! Which column of a file holds which of our fields, as the feeds file says.

use std::collections::BTreeMap;

use crate::record::Kind;

/// What the columns of a file are. The fields are those of [`Mapping::fields`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// What every row of the file is.
    pub kind: Kind,
    /// The columns of a field, the best first.
    pub columns: BTreeMap<&'static str, Vec<String>>,
    /// What the words of a field mean, in our own words. Words are compared folded; [`ANY_OTHER`] is every other word.
    /// An empty list: the word means nothing.
    pub values: BTreeMap<&'static str, BTreeMap<String, Vec<String>>>,
    /// What stands in where a row says nothing.
    pub defaults: BTreeMap<&'static str, Vec<String>>,
}

/// Stands for every word of a field that is not named.
pub const ANY_OTHER: &str = "*";

/// Fields of every kind of record.
const EVERY: [&str; 47] = [
    "key",
    "name",
    "name_es",
    "also",
    "summary",
    "summary_es",
    "place",
    "street",
    "address",
    "city",
    "regions",
    "state",
    "postal_code",
    "country",
    "latitude",
    "longitude",
    "coordinates",
    "approximate",
    "place_notes",
    "serves",
    "attendance",
    "times",
    "days",
    "time",
    "end_time",
    "hours",
    "timezone",
    "phone",
    "phone_note",
    "text",
    "tty",
    "join",
    "join_note",
    "dial",
    "dial_note",
    "website",
    "chat",
    "email",
    "who",
    "access",
    "languages",
    "pathways",
    "fellowship",
    "checked",
    "sample",
    "credit",
    "licence",
];

/// Fields that say what must not be shown.
pub(super) const PRIVACY: [&str; 4] = ["private_address", "private_phone", "private_email", "left_out"];

/// Fields that tell one row from others: one value for all of them would be wrong.
const OWN: [&str; 9] =
    ["key", "name", "name_es", "also", "latitude", "longitude", "coordinates", "beds_free", "left_out"];

/// Fields that are names for more than one text: their columns are put together, instead of the first that says something.
pub(super) const JOINED: [&str; 4] = ["summary", "summary_es", "street", "address"];

impl Mapping {
    /// The kinds of record that a file may hold.
    pub const KINDS: [Kind; 5] = [Kind::Meeting, Kind::Housing, Kind::Organization, Kind::Service, Kind::Publication];

    /// Nothing but a kind.
    pub fn new(kind: Kind) -> Self {
        Self { kind, columns: BTreeMap::new(), values: BTreeMap::new(), defaults: BTreeMap::new() }
    }

    /// The fields that a column may hold.
    pub fn fields(kind: Kind) -> impl Iterator<Item = &'static str> {
        EVERY.into_iter().chain(of_kind(kind).iter().copied()).chain(PRIVACY)
    }

    /// The fields for which one value may stand in.
    pub fn fields_with_default(kind: Kind) -> impl Iterator<Item = &'static str> {
        Self::fields(kind).filter(|field| !OWN.contains(field))
    }

    /// The fields whose words can be given a meaning: all but privacy's and those that are taken as they are.
    pub fn fields_with_values(kind: Kind) -> impl Iterator<Item = &'static str> {
        Self::fields(kind).filter(|field| !OWN[..4].contains(field))
    }
}

/// Fields of one kind of record alone.
fn of_kind(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Meeting => &["group", "open", "style"],
        Kind::Housing => &[
            "operator",
            "level",
            "certification",
            "children",
            "capacity",
            "beds_free",
            "beds_counted",
            "fee",
            "pays",
            "moud",
            "moud_note",
            "sobriety_days",
            "admission",
            "rules",
        ],
        Kind::Organization => &["sort", "offers", "member_of", "parent"],
        Kind::Service => &["sort", "run_by", "cost", "how", "eligibility"],
        Kind::Publication => &["ids", "year", "pages", "format", "publisher", "audience", "topics", "copies", "shelf"],
        Kind::Topic => &[],
    }
}
