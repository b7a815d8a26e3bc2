//! What can be counted and chosen: facets, their values, and the counts of an answer.

/// One respect in which records differ. Values of one facet are alternatives; facets add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// [`crate::record::Kind`].
    Kind,
    /// [`crate::record::Door`].
    Door,
    /// A day of the week.
    Day,
    /// A part of the day ([`super::Part`]).
    Part,
    /// [`crate::record::Pathway`].
    Pathway,
    /// A fellowship's key.
    Fellowship,
    /// [`crate::record::Attendance`].
    How,
    /// A language's ISO 639 code, or `asl`.
    Language,
    /// A term of the group `who`.
    Who,
    /// A term of the group `style`.
    Style,
    /// [`crate::record::Openness`].
    Open,
    /// A term of the group `access`.
    Access,
    /// What a residence says: `moud`, `children`, `beds`, `level-1` to `level-4`.
    Housing,
    /// Within so many miles of the place that was asked for, else of the kiosk ([`MILES`]).
    Distance,
}

/// The distances that can be chosen, in miles.
pub const MILES: [u32; 5] = [1, 2, 5, 10, 25];

impl Facet {
    /// All facets, in the order in which they are shown.
    pub const ALL: [Self; 14] = [
        Self::Kind,
        Self::Door,
        Self::Day,
        Self::Part,
        Self::How,
        Self::Distance,
        Self::Who,
        Self::Language,
        Self::Access,
        Self::Pathway,
        Self::Fellowship,
        Self::Open,
        Self::Style,
        Self::Housing,
    ];

    /// The word for it in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Door => "door",
            Self::Day => "day",
            Self::Part => "part",
            Self::Pathway => "pathway",
            Self::Fellowship => "fellowship",
            Self::How => "how",
            Self::Language => "language",
            Self::Who => "who",
            Self::Style => "style",
            Self::Open => "open",
            Self::Access => "access",
            Self::Housing => "housing",
            Self::Distance => "distance",
        }
    }

    /// The facet of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.word() == word)
    }

    /// Whether a record has at most one value of it, or one at a time: several that were typed are alternatives then.
    pub fn is_exclusive(self) -> bool {
        !matches!(self, Self::Who | Self::Style | Self::Access | Self::Housing | Self::Language)
    }

    /// Whether many listings do not say it although it holds: what was typed then lets through, further below, who is
    /// silent about it.
    pub fn is_often_unsaid(self) -> bool {
        matches!(self, Self::Who | Self::Access | Self::Language | Self::How)
    }
}

/// A value of a facet: who/women, day/sunday, distance/5.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value {
    /// The facet.
    pub facet: Facet,
    /// The value's key in it.
    pub key: String,
}

impl Value {
    /// This value of this facet.
    pub fn new(facet: Facet, key: impl Into<String>) -> Self {
        Self { facet, key: key.into() }
    }
}

/// For every facet its values with their counts: how many records would be left if the value were chosen (with the
/// values of its facet that are chosen already set aside). Values that nothing has are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets(Vec<(Facet, Vec<(String, u64)>)>);

impl Facets {
    /// These counts, in the order in which they are to be shown.
    pub fn new(counts: Vec<(Facet, Vec<(String, u64)>)>) -> Self {
        Self(counts)
    }

    /// The values of a facet with their counts.
    pub fn of(&self, facet: Facet) -> &[(String, u64)] {
        self.0.iter().find(|(of, _)| *of == facet).map_or(&[], |(_, values)| values)
    }

    /// The count of one value.
    pub fn count(&self, facet: Facet, key: &str) -> u64 {
        self.of(facet).iter().find(|(value, _)| value == key).map_or(0, |(_, count)| *count)
    }

    /// All facets that have values, in the order in which they are shown.
    pub fn iter(&self) -> impl Iterator<Item = (Facet, &[(String, u64)])> {
        self.0.iter().map(|(facet, values)| (*facet, values.as_slice()))
    }
}
