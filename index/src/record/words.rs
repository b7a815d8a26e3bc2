//! What a listing can be, in words that files, JSON and chips share.

use serde::{Deserialize, Serialize};

/// The six kinds of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A mutual-aid meeting.
    Meeting,
    /// A recovery residence.
    Housing,
    /// A recovery community organization, a fellowship, another organization.
    Organization,
    /// Something done for people: coaching, treatment, a helpline, a recovery community centre.
    Service,
    /// A booklet, book or video.
    Publication,
    /// A page of the guide, or a word of the glossary.
    Topic,
}

impl Kind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Meeting, Self::Housing, Self::Organization, Self::Service, Self::Publication, Self::Topic];

    /// The word for it in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Housing => "housing",
            Self::Organization => "organization",
            Self::Service => "service",
            Self::Publication => "publication",
            Self::Topic => "topic",
        }
    }
}

/// The doors of the home screen. A record may stand behind several ([`Record::doors`](super::Record::doors)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// Mutual-aid meetings.
    Meetings,
    /// Recovery residences and services that find housing.
    Living,
    /// Peers, RCOs, coaches, helplines.
    Talk,
    /// Treatment and medication.
    Treatment,
    /// For family and friends.
    Family,
    /// The guide and the publications.
    Learn,
}

impl Door {
    /// All doors, in their order on the home screen.
    pub const ALL: [Self; 6] = [Self::Meetings, Self::Living, Self::Talk, Self::Treatment, Self::Family, Self::Learn];

    /// The word for it in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Meetings => "meetings",
            Self::Living => "living",
            Self::Talk => "talk",
            Self::Treatment => "treatment",
            Self::Family => "family",
            Self::Learn => "learn",
        }
    }
}

/// A road to recovery. None stands above another; the order here is alphabetical in English on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pathway {
    /// All pathways are welcome.
    All,
    /// Rooted in a culture or people.
    Culture,
    /// Faith-based.
    Faith,
    /// For family and friends.
    Family,
    /// With medication (MOUD and others).
    Medication,
    /// Mindfulness and meditation.
    Mindfulness,
    /// Secular.
    Secular,
    /// Twelve-step.
    TwelveStep,
}

impl Pathway {
    /// All pathways.
    pub const ALL: [Self; 8] = [
        Self::All,
        Self::Culture,
        Self::Faith,
        Self::Family,
        Self::Medication,
        Self::Mindfulness,
        Self::Secular,
        Self::TwelveStep,
    ];

    /// The word for it in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Culture => "culture",
            Self::Faith => "faith",
            Self::Family => "family",
            Self::Medication => "medication",
            Self::Mindfulness => "mindfulness",
            Self::Secular => "secular",
            Self::TwelveStep => "twelve-step",
        }
    }
}

/// How one takes part. One honest value per record, derived by the rules of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attendance {
    /// At its place.
    InPerson,
    /// Over the internet (and perhaps by phone as well).
    Online,
    /// At its place and online.
    Hybrid,
    /// By telephone alone.
    Phone,
    /// The listing says that it can be joined, but not how: ask first.
    AskFirst,
    /// Listed, but not meeting at present.
    Suspended,
}

impl Attendance {
    /// All values.
    pub const ALL: [Self; 6] =
        [Self::InPerson, Self::Online, Self::Hybrid, Self::Phone, Self::AskFirst, Self::Suspended];

    /// The word for it in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::InPerson => "in-person",
            Self::Online => "online",
            Self::Hybrid => "hybrid",
            Self::Phone => "phone",
            Self::AskFirst => "ask-first",
            Self::Suspended => "suspended",
        }
    }

    /// Whether distance says anything about it. Virtual meetings often carry a false point (the map's centre).
    pub fn has_place(self) -> bool {
        matches!(self, Self::InPerson | Self::Hybrid | Self::AskFirst | Self::Suspended)
    }
}

/// A way to reach somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Call this number.
    Phone,
    /// Send a text message: the value says the words and the number.
    Text,
    /// Text telephone or relay for people who are deaf or hard of hearing.
    Tty,
    /// Open this address to take part (a video room).
    Join,
    /// Dial this number to take part by telephone.
    Dial,
    /// A web page with more.
    Website,
    /// A web page where one writes with a person.
    Chat,
    /// An e-mail address.
    Email,
}
