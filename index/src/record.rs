//! What the directory holds: one plain value per listing, of six kinds.
//!
//! A record says only what its source said. What is not known is absent (`None`, an empty list), never guessed.
//! Every string in a record has been through [`crate::text::clean`]: it holds no byte that a terminal would act on.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::schedule::{self, Occurrence, Recurrence, Rule};

/// The stable name of a record: `feed:key`, the key being the feed's own or one made from name, place and time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordId(String);

impl RecordId {
    /// Names the record `key` of the feed `feed`.
    pub fn new(feed: &str, key: &str) -> Self {
        Self(format!("{feed}:{key}"))
    }

    /// The name as it is shown in reports and asked for: `feed:key`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The feed that the record came from.
    pub fn feed(&self) -> &str {
        self.0.split_once(':').map_or("", |(feed, _)| feed)
    }
}

impl From<&str> for RecordId {
    fn from(whole: &str) -> Self {
        Self(whole.to_owned())
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A text as its source wrote it, with a Spanish version where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// In the language of its source, mostly English.
    pub plain: String,
    /// In Spanish, when the source has it.
    pub es: Option<String>,
}

impl Text {
    /// A text without a Spanish version.
    pub fn new(plain: impl Into<String>) -> Self {
        Self { plain: plain.into(), es: None }
    }

    /// Whether the source said nothing.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// The version for a reader of `language` (`"es"`), else the source's own.
    pub fn for_reader(&self, language: &str) -> &str {
        match &self.es {
            Some(es) if language == "es" => es,
            _ => &self.plain,
        }
    }
}

/// The key of one of our own terms (`women`, `wheelchair`, `candlelight`), whose labels stand in the
/// [`Vocabulary`](crate::vocabulary::Vocabulary). Codes of feeds are translated to terms by the importer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Term(String);

impl Term {
    /// The term of this key.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// Its key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

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

/// The doors of the home screen. A record may stand behind several ([`Record::doors`]).
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

/// A point on the earth, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Latitude in degrees, north positive.
    pub latitude: f64,
    /// Longitude in degrees, east positive.
    pub longitude: f64,
}

/// Where it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The building or venue.
    pub name: String,
    /// Street and number. Empty when withheld or unknown.
    pub street: String,
    /// City or town.
    pub city: String,
    /// Neighbourhood, district or region, from general to specific.
    pub regions: Vec<String>,
    /// State or province, as written.
    pub state: String,
    /// ZIP or postal code.
    pub postal_code: String,
    /// Country, as written.
    pub country: String,
    /// Where on the map. Absent when unknown or known to be false.
    pub point: Option<Point>,
    /// The point is a town or an area, not an address.
    pub approximate: bool,
    /// The address is kept private on purpose (many residences): "ask when you call".
    pub withheld: bool,
    /// How to find the door.
    pub notes: String,
    /// Counties or areas served, for organizations and services without walls.
    pub serves: Vec<String>,
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

/// One way to reach somebody, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// By what means.
    pub way: Way,
    /// The number, address or words, as a person would copy them.
    pub value: String,
    /// What to know before using it (a password, "press 2 for Spanish").
    pub note: String,
}

impl Contact {
    /// A contact without a note.
    pub fn new(way: Way, value: impl Into<String>) -> Self {
        Self { way, value: value.into(), note: String::new() }
    }
}

/// Who says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Credit {
    /// The name of the feed, as in the feeds file.
    pub feed: String,
    /// The line of thanks that its licence asks for, or its name in words.
    pub line: String,
    /// The licence under which it may be shown.
    pub licence: String,
}

/// One listing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its stable name.
    pub id: RecordId,
    /// What it is called.
    pub name: Text,
    /// Other names it is known by (group name, abbreviation, former name). Searched like the name.
    pub also: Vec<String>,
    /// What it is, in the source's words; several paragraphs are separated by a line feed.
    pub summary: Text,
    /// Where.
    pub place: Option<Place>,
    /// How one takes part, when that can be said.
    pub attendance: Option<Attendance>,
    /// When. Empty: the source does not say.
    pub times: Vec<Recurrence>,
    /// How to reach it, the best way first.
    pub contacts: Vec<Contact>,
    /// For whom it is (terms of the group `who`). Empty: no limit is named.
    pub who: Vec<Term>,
    /// Languages spoken, ISO 639 codes, `asl` for American Sign Language. Empty: not said.
    pub languages: Vec<String>,
    /// Access (terms of the group `access`): wheelchair, childcare, fragrance free.
    pub access: Vec<Term>,
    /// Its pathways.
    pub pathways: Vec<Pathway>,
    /// The fellowship's key (`aa`, `smart`), when it belongs to one.
    pub fellowship: Option<String>,
    /// What only its kind has.
    pub details: Details,
    /// Who lists it.
    pub credit: Credit,
    /// When its source last confirmed it. Absent is unknown, never today.
    pub checked: Option<Date>,
    /// Invented, for trying the program out. Marked wherever it is shown.
    pub sample: bool,
}

impl Record {
    /// A record of which only the name and the kind are known yet.
    pub fn new(id: RecordId, name: impl Into<String>, details: Details) -> Self {
        Self {
            id,
            name: Text::new(name),
            also: Vec::new(),
            summary: Text::default(),
            place: None,
            attendance: None,
            times: Vec::new(),
            contacts: Vec::new(),
            who: Vec::new(),
            languages: Vec::new(),
            access: Vec::new(),
            pathways: Vec::new(),
            fellowship: None,
            details,
            credit: Credit::default(),
            checked: None,
            sample: false,
        }
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self.details {
            Details::Meeting(_) => Kind::Meeting,
            Details::Housing(_) => Kind::Housing,
            Details::Organization(_) => Kind::Organization,
            Details::Service(_) => Kind::Service,
            Details::Publication(_) => Kind::Publication,
            Details::Topic(_) => Kind::Topic,
        }
    }

    /// When it happens next, seen from `now`, on any day or on the one that is asked for; what has opening hours and is
    /// open now, has its present ones. What is suspended does not happen.
    pub fn next(&self, now: Timestamp, day: Option<Weekday>) -> Option<Occurrence> {
        if self.attendance == Some(Attendance::Suspended) {
            return None;
        }
        let only: Vec<Recurrence>;
        let times = match day {
            None => &self.times,
            Some(day) => {
                only = self.times.iter().filter_map(|time| time.on(day)).collect();
                &only
            }
        };
        let mut open = times.iter().filter(|time| matches!(time.rule, Rule::Open { .. } | Rule::RoundTheClock));
        let open_now = open.find_map(|time| time.current(now));
        open_now.or_else(|| schedule::next(times, now))
    }

    /// The doors of the home screen behind which it stands.
    pub fn doors(&self) -> Vec<Door> {
        let mut doors = Vec::new();
        match &self.details {
            Details::Meeting(_) => doors.push(Door::Meetings),
            Details::Housing(_) => doors.push(Door::Living),
            Details::Organization(_) => doors.push(Door::Talk),
            Details::Service(service) => doors.push(service.sort.door()),
            Details::Publication(_) | Details::Topic(_) => doors.push(Door::Learn),
        }
        let family = self.pathways.contains(&Pathway::Family) || self.who.iter().any(|who| who.as_str() == "family");
        if family && !doors.contains(&Door::Family) {
            doors.push(Door::Family);
        }
        doors
    }
}

/// What only one kind of record has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Details {
    /// A mutual-aid meeting.
    Meeting(Meeting),
    /// A recovery residence.
    Housing(Residence),
    /// An organization.
    Organization(Organization),
    /// A service.
    Service(Service),
    /// A publication.
    Publication(Publication),
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
    fn door(self) -> Door {
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
