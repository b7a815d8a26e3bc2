//! What a refresh tells on its way.

use index::feed::Complaint;
use index::plan::{Doubt, Plan};
use index::shelf::Stage;

use crate::fetch::Got;

/// What a refresh tells on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// These feeds are read, in this order.
    Feeds(Vec<String>),
    /// A feed from outside is being got now.
    Asking {
        /// Its name.
        feed: String,
    },
    /// So much of it came over the network.
    Got {
        /// Its name.
        feed: String,
        /// How much.
        got: Got,
    },
    /// A feed was read: so many rows were seen.
    Read {
        /// Its name.
        feed: String,
        /// How many.
        rows: usize,
    },
    /// What a feed would change.
    Planned {
        /// Its name.
        feed: String,
        /// What would change.
        plan: Plan,
        /// Why it is held back, when it is.
        doubt: Option<Doubt>,
    },
    /// Something that staff should know.
    Complaint(Complaint),
    /// How far it is.
    Phase(Phase),
    /// A feed gave nothing today; so many records of the standing edition stand in for it.
    Kept {
        /// Its name.
        feed: String,
        /// How many.
        records: usize,
    },
    /// What a feed says cannot be believed, and was not accepted; so many records of before stay.
    Held {
        /// Its name.
        feed: String,
        /// Why.
        doubt: Doubt,
        /// How many.
        records: usize,
    },
}

/// How far a refresh is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// One feed after another is asked for and read.
    Reading,
    /// All feeds become one directory.
    Merging,
    /// The index is built.
    Building,
    /// What was built is tried.
    Trying,
    /// It is written through to the disk.
    Writing,
    /// It is put up.
    Standing,
    /// What the feeds said is kept for the next time.
    Keeping,
}

impl Phase {
    /// All of them, in order.
    pub const ALL: [Self; 7] =
        [Self::Reading, Self::Merging, Self::Building, Self::Trying, Self::Writing, Self::Standing, Self::Keeping];

    /// Its word, for machines and for a bar.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Merging => "merging",
            Self::Building => "building",
            Self::Trying => "trying",
            Self::Writing => "writing",
            Self::Standing => "standing",
            Self::Keeping => "keeping",
        }
    }
}

impl From<Stage> for Phase {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Building => Self::Building,
            Stage::Trying => Self::Trying,
            Stage::Writing => Self::Writing,
            Stage::Standing => Self::Standing,
        }
    }
}
