//! What only one kind of record has.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::{Door, RecordId, Term};

/// What only one kind of record has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Details {
    /// A mutual-aid meeting.
    Meeting(Meeting),
    /// A recovery residence.
    Housing(Box<Residence>),
    /// An organization.
    Organization(Organization),
    /// A service.
    Service(Box<Service>),
    /// A publication.
    Publication(Box<Publication>),
    /// A page of the guide or a word of the glossary.
    Topic(Topic),
}

/// Who may come to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Openness {
    /// Anyone may come.
    Open,
    /// Only people who have, or think they may have, the problem that the meeting is about.
    Closed,
    /// Only families and friends (Al-Anon's reading of "closed").
    FamiliesOnly,
}

impl Openness {
    /// The word for it in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::FamiliesOnly => "families-only",
        }
    }
}

/// A mutual-aid meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// The group that holds it.
    pub group: String,
    /// Who may come, when said.
    pub open: Option<Openness>,
    /// What is done there (terms of the group `style`): speaker, step study, candlelight.
    pub style: Vec<Term>,
}

/// The four levels of support of the National Alliance for Recovery Residences. They are not a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// I, Type P: run by its residents.
    PeerRun,
    /// II, Type M: a house manager lives there.
    Monitored,
    /// III, Type S: paid staff and a programme.
    Supervised,
    /// IV, Type C: clinical services, often licensed.
    Clinical,
}

impl Level {
    /// The level under its number or its letter: `2`, `II`, `Level II`, `NARR Level 2`, `Type M`.
    pub fn of(written: &str) -> Option<Self> {
        let written = written.to_lowercase();
        let short = ["narr", "level", "type"]
            .iter()
            .fold(written.as_str(), |rest, word| rest.trim_start().strip_prefix(word).unwrap_or(rest));
        match short.trim() {
            "1" | "i" | "p" => Some(Self::PeerRun),
            "2" | "ii" | "m" => Some(Self::Monitored),
            "3" | "iii" | "s" => Some(Self::Supervised),
            "4" | "iv" | "c" => Some(Self::Clinical),
            _ => None,
        }
    }
}

/// What a residence says of medication for opioid use disorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moud {
    /// Welcome.
    Yes,
    /// Decided case by case.
    CaseByCase,
    /// Not accepted.
    No,
}

/// Free beds, with the moment at which somebody counted them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beds {
    /// Free then.
    pub free: u32,
    /// When they were counted, wall clock of the residence. A count without a time is worth little, and says so.
    pub counted: Option<DateTime>,
}

/// A recovery residence (FORMATS 2e: no interchange standard exists).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Residence {
    /// Who runs it.
    pub operator: String,
    /// NARR level.
    pub level: Option<Level>,
    /// Certification, licence and by whom, in words.
    pub certification: String,
    /// Whether children may live there.
    pub children: Option<bool>,
    /// All beds.
    pub capacity: Option<u32>,
    /// Free beds.
    pub beds: Option<Beds>,
    /// Fee with its period and deposit, in words: `$160 a week`.
    pub fee: String,
    /// What helps to pay, in words: vouchers, insurance, scholarships.
    pub pays: String,
    /// Medication for opioid use disorder.
    pub moud: Option<Moud>,
    /// What it says of particular medicines.
    pub moud_note: String,
    /// Days of sobriety asked for before moving in.
    pub sobriety_days: Option<u32>,
    /// How to get in, in words.
    pub admission: String,
    /// House rules worth knowing: pets, length of stay, curfew.
    pub rules: String,
}

/// What an organization is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrganizationSort {
    /// A recovery community organization: independent, led by people in recovery, all pathways.
    Rco,
    /// A mutual-aid fellowship.
    Fellowship,
    /// Another organization.
    #[default]
    Other,
}

impl OrganizationSort {
    /// All sorts.
    pub const ALL: [Self; 3] = [Self::Rco, Self::Fellowship, Self::Other];

    /// The word for it in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rco => "rco",
            Self::Fellowship => "fellowship",
            Self::Other => "other",
        }
    }
}

/// An organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// What it is.
    pub sort: OrganizationSort,
    /// What it offers, each in a few words.
    pub offers: Vec<String>,
    /// Memberships and accreditations in words (ARCO, CAPRSS).
    pub member_of: String,
    /// The organization it belongs to.
    pub parent: String,
}

/// What a service does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceSort {
    /// Recovery coaching by peers.
    Coaching,
    /// Check-ups and support by telephone.
    TelephoneSupport,
    /// A line to call or text in a crisis.
    CrisisLine,
    /// A line to call for help or information.
    Helpline,
    /// A recovery community centre.
    RecoveryCentre,
    /// A recovery high school or college programme.
    RecoverySchool,
    /// Medication for opioid or alcohol use disorder.
    Medication,
    /// Treatment.
    Treatment,
    /// Support for families and friends.
    FamilySupport,
    /// Legal help and coming home from jail or prison.
    Legal,
    /// Food, clothes, documents, a phone.
    BasicNeeds,
    /// Helps to find housing.
    HousingHelp,
    /// Naloxone, test strips and other harm reduction.
    HarmReduction,
    /// Work and training.
    Work,
    /// Another service.
    Other,
}

impl ServiceSort {
    /// All sorts.
    pub const ALL: [Self; 15] = [
        Self::Coaching,
        Self::TelephoneSupport,
        Self::CrisisLine,
        Self::Helpline,
        Self::RecoveryCentre,
        Self::RecoverySchool,
        Self::Medication,
        Self::Treatment,
        Self::FamilySupport,
        Self::Legal,
        Self::BasicNeeds,
        Self::HousingHelp,
        Self::HarmReduction,
        Self::Work,
        Self::Other,
    ];

    /// The word for it in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Coaching => "coaching",
            Self::TelephoneSupport => "telephone-support",
            Self::CrisisLine => "crisis-line",
            Self::Helpline => "helpline",
            Self::RecoveryCentre => "recovery-centre",
            Self::RecoverySchool => "recovery-school",
            Self::Medication => "medication",
            Self::Treatment => "treatment",
            Self::FamilySupport => "family-support",
            Self::Legal => "legal",
            Self::BasicNeeds => "basic-needs",
            Self::HousingHelp => "housing-help",
            Self::HarmReduction => "harm-reduction",
            Self::Work => "work",
            Self::Other => "other",
        }
    }

    /// The door behind which it stands: every service stands behind one, so that arrows alone reach it.
    pub(super) fn door(self) -> Door {
        match self {
            Self::Coaching
            | Self::TelephoneSupport
            | Self::CrisisLine
            | Self::Helpline
            | Self::RecoveryCentre
            | Self::RecoverySchool
            | Self::Legal
            | Self::Work
            | Self::Other => Door::Talk,
            Self::Medication | Self::Treatment | Self::HarmReduction => Door::Treatment,
            Self::FamilySupport => Door::Family,
            Self::HousingHelp | Self::BasicNeeds => Door::Living,
        }
    }
}

/// A service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// What it does.
    pub sort: ServiceSort,
    /// Who runs it.
    pub run_by: String,
    /// What it costs and who pays, in words.
    pub cost: String,
    /// How to begin, in words.
    pub how: String,
    /// Who can use it, in words.
    pub eligibility: String,
}

/// A publication. Public-domain texts may be copied, not sold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Its numbers as printed (`SMA-3720`, `PEP12-RECDEF`).
    pub ids: Vec<String>,
    /// Year of this edition.
    pub year: Option<i16>,
    /// Number of pages.
    pub pages: Option<u32>,
    /// Booklet, book, fact sheet, video.
    pub format: String,
    /// Who published it.
    pub publisher: String,
    /// For whom it was written.
    pub audience: Vec<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Copies on the centre's shelf.
    pub copies: Option<u32>,
    /// Where on the shelf.
    pub shelf: String,
}

/// A page of the guide or a word of the glossary. The page's text is the record's summary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// A word with its meaning, not a page.
    pub glossary: bool,
    /// Where to go from here.
    pub see_also: Vec<SeeAlso>,
    /// Where the page's facts come from: title and publisher.
    pub sources: Vec<String>,
}

/// Where a page of the guide leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeeAlso {
    /// Into the directory, through one of its doors.
    Door(Door),
    /// To another record.
    Record {
        /// Which.
        id: RecordId,
        /// What it is called. Filled in when the directory is put together, because only then all names are known.
        name: String,
    },
    /// To what a search for these words finds.
    Search(String),
}
