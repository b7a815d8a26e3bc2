//! Everything but meetings: homes, organizations, services, publications, pages of the guide.

use index::record::{
    Beds, Contact, Details, Level, Moud, Organization, OrganizationSort, Pathway, Publication, Record, RecordId,
    Residence, Service, ServiceSort, Term, Text, Topic, Way,
};
use index::schedule::{Days, Recurrence};
use jiff::civil::date;

use super::dice::Dice;
use super::meetings::phone;
use super::places::{Town, Towns};
use super::words::{FIRST_NAMES, PHRASES, SENTENCES, TOPICS, surname, told};
use super::{checked, credit};

fn listed(feed: &str, number: usize, name: String, details: Details, dice: &mut Dice) -> Record {
    let mut record = Record::new(RecordId::new(feed, &format!("{number:07}")), name, details);
    record.credit = credit(feed, feed).into();
    record.checked = checked(dice);
    record
}

/// A recovery residence.
pub(super) fn residence(towns: &Towns, number: usize, dice: &mut Dice) -> Record {
    let town = towns.any(dice);
    let name = match dice.roll(10) {
        0..3 => format!("{} House", dice.pick(&PHRASES)),
        3..5 => format!("Oxford House {}", surname(dice)),
        5..8 => format!("{} House", surname(dice)),
        _ => format!("{} Sober Living {}", town.name, dice.any(&["for Women", "for Men", "Homes"])),
    };
    let mut record = listed("homes", number, name, Details::Housing(Box::default()), dice);
    let who = dice.weighed(&[("men", 48), ("women", 34), ("women-with-children", 6), ("", 12)]);
    record.details = Details::Housing(home(who, dice).into());
    record.who = [who].into_iter().filter(|who| !who.is_empty()).map(Term::new).collect();
    record.languages = vec!["en".to_owned()];
    let mut place = town.venue(dice);
    place.name = String::new();
    if dice.chance(40) {
        (place.street, place.withheld, place.approximate) = (String::new(), true, true);
    }
    record.place = Some(place.into());
    record.contacts.push(Contact::new(Way::Phone, phone(dice)));
    record.summary = Text::new(told(&SENTENCES, &TOPICS, 1 + dice.roll(3), dice));
    record
}

fn home(who: &str, dice: &mut Dice) -> Residence {
    let counted = date(2026, 11, 1).at(9, 0, 0, 0).saturating_add(jiff::Span::new().days(dice.roll(21) as i64));
    let level = dice.weighed(&[
        (Some(Level::PeerRun), 30),
        (Some(Level::Monitored), 35),
        (Some(Level::Supervised), 12),
        (Some(Level::Clinical), 4),
        (None, 19),
    ]);
    let moud = dice.weighed(&[(Some(Moud::Yes), 38), (Some(Moud::CaseByCase), 20), (Some(Moud::No), 17), (None, 25)]);
    let capacity = 4 + dice.roll(12);
    Residence {
        operator: format!("{} {}", surname(dice), dice.any(&["Recovery Homes", "Sober Living", "Foundation"])),
        level,
        certification: if level.is_some() { "Certified by the state's alliance".to_owned() } else { String::new() },
        children: if who == "women-with-children" { Some(true) } else { dice.chance(40).then_some(false) },
        capacity: Some(capacity as u32),
        beds: dice.chance(50).then(|| Beds { free: dice.skewed(capacity) as u32, counted: Some(counted) }),
        fee: match dice.roll(4) {
            0 => format!("${} a month, ${} deposit", 450 + 50 * dice.roll(16), 100 + 50 * dice.roll(5)),
            1 if dice.chance(50) => String::new(),
            _ => format!("${} a week", 110 + 10 * dice.roll(16)),
        },
        pays: if dice.chance(30) { "State vouchers, scholarships".to_owned() } else { String::new() },
        moud,
        moud_note: if moud == Some(Moud::Yes) && dice.chance(30) {
            dice.any(&["Suboxone and methadone", "Buprenorphine, locked", "All medications"]).to_owned()
        } else {
            String::new()
        },
        sobriety_days: dice.chance(40).then(|| [0, 7, 14, 30][dice.roll(4)]),
        admission: format!("Call {} for an interview", dice.pick(&FIRST_NAMES)),
        rules: told(&SENTENCES, &TOPICS, dice.roll(3), dice),
    }
}

/// A recovery community organization, an intergroup, another one.
pub(super) fn organization(towns: &Towns, number: usize, dice: &mut Dice) -> Record {
    let town = towns.any(dice);
    let (sort, name) = match dice.roll(10) {
        0..5 => (OrganizationSort::Rco, format!("{} Recovery Community", town.name)),
        5..8 => (OrganizationSort::Fellowship, format!("{} Intergroup of Alcoholics Anonymous", town.name)),
        _ => (OrganizationSort::Other, format!("{} Foundation", surname(dice))),
    };
    let offers = (0..=dice.roll(4)).map(|_| dice.pick(&TOPICS).to_owned()).collect();
    let member_of = if sort == OrganizationSort::Rco { "ARCO" } else { "" };
    let details = Organization { sort, offers, member_of: member_of.to_owned(), parent: String::new() };
    let mut record = listed("groups", number, name, Details::Organization(details), dice);
    record.pathways = if sort == OrganizationSort::Rco { vec![Pathway::All] } else { Vec::new() };
    reached(&mut record, town, dice);
    record.times = vec![office_hours(town, dice)];
    record
}

const SORTS: [(ServiceSort, usize); 15] = [
    (ServiceSort::Treatment, 30),
    (ServiceSort::Medication, 14),
    (ServiceSort::Coaching, 8),
    (ServiceSort::RecoveryCentre, 6),
    (ServiceSort::FamilySupport, 6),
    (ServiceSort::HarmReduction, 6),
    (ServiceSort::HousingHelp, 6),
    (ServiceSort::BasicNeeds, 6),
    (ServiceSort::Helpline, 4),
    (ServiceSort::CrisisLine, 3),
    (ServiceSort::Legal, 3),
    (ServiceSort::Work, 3),
    (ServiceSort::TelephoneSupport, 2),
    (ServiceSort::RecoverySchool, 1),
    (ServiceSort::Other, 2),
];

/// A service, with its hours.
pub(super) fn service(towns: &Towns, number: usize, dice: &mut Dice) -> Record {
    let (town, sort) = (towns.any(dice), dice.weighed(&SORTS));
    let kind = match sort {
        ServiceSort::Treatment => dice.any(&["Treatment Center", "Detox", "Outpatient Program", "Behavioral Health"]),
        ServiceSort::Medication => dice.any(&["Suboxone Clinic", "Opioid Treatment Program", "Medical Group"]),
        ServiceSort::Coaching => "Peer Recovery Coaching",
        ServiceSort::RecoveryCentre => "Recovery Community Center",
        ServiceSort::FamilySupport => "Family Support Program",
        ServiceSort::HarmReduction => dice.any(&["Naloxone Distribution", "Harm Reduction Van"]),
        ServiceSort::HousingHelp => "Shelter",
        ServiceSort::BasicNeeds => "Food Pantry",
        ServiceSort::Helpline => "Helpline",
        ServiceSort::CrisisLine => "Crisis Line",
        ServiceSort::Legal => "Legal Aid",
        ServiceSort::Work => "Job Training",
        ServiceSort::TelephoneSupport => "Telephone Recovery Support",
        ServiceSort::RecoverySchool => "Recovery High School",
        ServiceSort::Other => "Services",
    };
    let name = if dice.chance(50) { format!("{} {kind}", town.name) } else { format!("{} {kind}", surname(dice)) };
    let details = Service {
        sort,
        run_by: format!("{} Health", surname(dice)),
        cost: dice.any(&["Free", "Sliding fee, Medicaid", "Free for residents of the county", ""]).to_owned(),
        how: dice.any(&["Call first", "Walk in", "Ask your doctor for a referral", ""]).to_owned(),
        eligibility: dice.any(&["Adults", "Anyone", "Women and their children", "Ages 13 to 24"]).to_owned(),
    };
    let mut record = listed("services", number, name, Details::Service(details.into()), dice);
    if matches!(sort, ServiceSort::Helpline | ServiceSort::CrisisLine) {
        record.place = Some(town.somewhere().into());
        record.contacts.push(Contact::new(Way::Phone, phone(dice)));
        record.times = vec![Recurrence::round_the_clock(town.zone)];
        return record;
    }
    reached(&mut record, town, dice);
    record.times = match dice.roll(10) {
        0 => Vec::new(),
        1 => vec![Recurrence::by_appointment(town.zone)],
        2 => vec![Recurrence::round_the_clock(town.zone)],
        _ => vec![office_hours(town, dice)],
    };
    record
}

fn reached(record: &mut Record, town: &Town, dice: &mut Dice) {
    record.place = Some(town.venue(dice).into());
    record.summary = Text::new(told(&SENTENCES, &TOPICS, 2 + dice.roll(4), dice));
    record.contacts.push(Contact::new(Way::Phone, phone(dice)));
    record.languages = if dice.chance(30) { vec!["en".to_owned(), "es".to_owned()] } else { vec!["en".to_owned()] };
    if dice.chance(60) {
        record.access.push(Term::new("wheelchair"));
    }
}

fn office_hours(town: &Town, dice: &mut Dice) -> Recurrence {
    let days = if dice.chance(20) { Days::EVERY } else { Days::of(Days::WEEK.into_iter().skip(1).take(5)) };
    Recurrence::open(town.zone, days, dice.any(&[420, 480, 540, 600]), dice.any(&[960, 1020, 1080, 1200]))
}

/// A booklet, book or video.
pub(super) fn publication(number: usize, dice: &mut Dice) -> Record {
    let (first, second) = (dice.pick(&TOPICS), dice.pick(&TOPICS));
    let name = match dice.roll(4) {
        0 => format!("{first} and {second}: a guide for families"),
        1 => format!("What you should know about {first}"),
        2 => format!("Facts about {first} and {second}"),
        _ => format!("TIP {}: {first} in the treatment of {second}", 20 + dice.roll(50)),
    };
    let id = match dice.roll(3) {
        0 => {
            format!("PEP{:02}-{:02}-{:02}-{:03}", 12 + dice.roll(14), 1 + dice.roll(9), 1 + dice.roll(9), dice.roll(99))
        }
        _ => format!("SMA-{}", 1_000 + dice.roll(9_000)),
    };
    let details = Publication {
        ids: vec![id],
        year: Some(2000 + dice.roll(26) as i16),
        pages: Some(2 + dice.skewed(300) as u32),
        format: dice.any(&["Booklet", "Fact sheet", "Book", "Video"]).to_owned(),
        publisher: dice.any(&["SAMHSA", "NIDA", "CDC", "Alcoholics Anonymous World Services"]).to_owned(),
        audience: vec![dice.any(&["families", "professionals", "people in recovery"]).to_owned()],
        topics: vec![first.to_owned(), second.to_owned()],
        copies: dice.chance(50).then(|| dice.roll(20) as u32),
        shelf: String::new(),
    };
    let mut record = listed("papers", number, name, Details::Publication(details.into()), dice);
    record.summary = Text::new(told(&SENTENCES, &TOPICS, 2 + dice.roll(3), dice));
    record.languages = vec![if dice.chance(15) { "es" } else { "en" }.to_owned()];
    record
}

/// A page of the guide, or a word of the glossary.
pub(super) fn topic(number: usize, dice: &mut Dice) -> Record {
    let glossary = dice.chance(50);
    let name = if glossary {
        dice.pick(&TOPICS).to_owned()
    } else {
        format!("{} and {}", dice.pick(&TOPICS), dice.pick(&TOPICS))
    };
    let details =
        Topic { glossary, see_also: Vec::new(), sources: vec!["Facing Addiction, Surgeon General".to_owned()] };
    let mut record = listed("guide", number, name, Details::Topic(details), dice);
    record.summary = Text::new(told(&SENTENCES, &TOPICS, if glossary { 2 } else { 12 }, dice));
    record.languages = vec!["en".to_owned()];
    record
}
