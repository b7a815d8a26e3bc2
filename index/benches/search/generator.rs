//! A directory of any size, invented but shaped like real ones: the same number always gives the same records.

use index::record::{
    Attendance, Beds, Contact, Credit, Details, Meeting, Openness, Organization, OrganizationSort, Pathway, Place,
    Point, Publication, Record, RecordId, Residence, Service, ServiceSort, Term, Text, Topic, Way,
};
use index::schedule::{Days, Recurrence};
use jiff::civil::date;

use crate::words::{FIRST, GROUP, NOTES, SECOND, STREET, TOPICS, VENUE};

/// Numbers that only look random (`SplitMix64`).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// 0 to `below` - 1.
    pub(crate) fn roll(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }

    /// One of them, the first ones more often.
    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let at = self.roll(from.len());
        from[at * (1 + self.roll(from.len())) / from.len()]
    }

    fn chance(&mut self, of_hundred: usize) -> bool {
        self.roll(100) < of_hundred
    }

    fn unit(&mut self) -> f64 {
        self.roll(1_000_000) as f64 / 1e6
    }
}

const ZONES: [&str; 4] = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"];

/// So many records, ordered by id.
pub(crate) fn directory(count: usize) -> Vec<Record> {
    let mut dice = Dice::new(7);
    (0..count).map(|at| record(at, count, &mut dice)).collect()
}

fn record(at: usize, count: usize, dice: &mut Dice) -> Record {
    let kind = dice.roll(100);
    let (feed, details) = match kind {
        0..80 => ("meetings", meeting(dice)),
        80..86 => ("homes", residence(dice)),
        86..90 => ("groups", organization(dice)),
        90..96 => ("services", service(dice)),
        96..99 => ("papers", publication(dice)),
        _ => ("guide", Details::Topic(Topic::default())),
    };
    let town = dice.roll(20 + count / 250);
    let mut record = Record::new(RecordId::new(feed, &format!("{at:07}")), name(&details, dice), details);
    record.summary = Text::new(notes(dice));
    record.credit = Credit {
        feed: feed.to_owned(),
        line: format!("Listed by the {feed} of the region, with thanks to its volunteers"),
        licence: "CC BY 4.0".to_owned(),
    };
    record.checked =
        dice.chance(70).then(|| date(2025, 1, 1).saturating_add(jiff::Span::new().days(dice.roll(680) as i64)));
    match record.details {
        Details::Publication(_) | Details::Topic(_) => record.languages = vec!["en".to_owned()],
        Details::Meeting(_) => {
            facts(&mut record, dice);
            record.place = Some(place(town, dice));
            record.attendance = Some(
                [Attendance::InPerson, Attendance::InPerson, Attendance::Online, Attendance::Hybrid][dice.roll(4)],
            );
            record.times = times(town, dice);
        }
        _ => {
            facts(&mut record, dice);
            record.place = Some(place(town, dice));
            record
                .contacts
                .push(Contact::new(Way::Phone, format!("({}) 555-01{:02}", 200 + dice.roll(700), dice.roll(100))));
        }
    }
    record
}

fn name(details: &Details, dice: &mut Dice) -> String {
    let words = 2 + dice.roll(3);
    let base: Vec<&str> = (0..words).map(|_| dice.pick(&GROUP)).collect();
    match details {
        Details::Housing(_) => format!("{} House", town_name(dice.roll(900))),
        Details::Organization(_) => format!("{} Recovery Community", town_name(dice.roll(900))),
        Details::Publication(_) => format!("{} and {}: a guide", dice.pick(&TOPICS), dice.pick(&TOPICS)),
        _ => base.join(" "),
    }
}

/// The nth town; there are 1,200, then they get a number.
pub(crate) fn town_name(nth: usize) -> String {
    let name = format!("{}{}", FIRST[nth % FIRST.len()], SECOND[nth / FIRST.len() % SECOND.len()]);
    match nth / (FIRST.len() * SECOND.len()) {
        0 => name,
        more => format!("{name} {}", town_name(more)),
    }
}

fn place(town: usize, dice: &mut Dice) -> Place {
    let mut center = Dice::new(town as u64);
    let (latitude, longitude) = (30.0 + 15.0 * center.unit(), -120.0 + 45.0 * center.unit());
    Place {
        name: format!("{} {}", town_name(dice.roll(600)), dice.pick(&VENUE)),
        street: format!("{} {} {}", 1 + dice.roll(9900), town_name(dice.roll(400)), dice.pick(&STREET)),
        city: town_name(town),
        regions: vec![format!("{} County", town_name(town / 8))],
        state: ["NY", "TX", "CO", "CA"][town % 4].to_owned(),
        postal_code: format!("{:05}", 10000 + town * 37 % 89000),
        country: "US".to_owned(),
        point: Some(Point { latitude: latitude + dice.unit() / 5.0, longitude: longitude + dice.unit() / 5.0 }),
        ..Place::default()
    }
}

fn times(town: usize, dice: &mut Dice) -> Vec<Recurrence> {
    let first = dice.roll(7) as u8;
    let days = [Some(first), dice.chance(20).then_some((first + 3) % 7)];
    let days = days.into_iter().flatten().filter_map(Days::from_sunday_index).reduce(Days::union).unwrap_or_default();
    let start = 360 + 30 * dice.roll(34) as u16;
    vec![Recurrence::weekly(ZONES[town % 4], days, start, Some(60))]
}

fn facts(record: &mut Record, dice: &mut Dice) {
    let who = [("women", 12), ("men", 8), ("young-people", 5), ("lgbtq", 5), ("beginners", 8)];
    record.who = who.iter().filter(|(_, share)| dice.chance(*share)).map(|(term, _)| Term::new(*term)).collect();
    if dice.chance(30) {
        record.access.push(Term::new("wheelchair"));
    }
    record.languages.push(if dice.chance(10) { "es" } else { "en" }.to_owned());
    if matches!(record.details, Details::Meeting(_)) {
        let fellowship = ["aa", "aa", "aa", "na", "na", "al-anon", "smart", "dharma"][dice.roll(8)];
        record.fellowship = Some(fellowship.to_owned());
        record.pathways.push(if dice.chance(90) { Pathway::TwelveStep } else { Pathway::Secular });
        if dice.chance(50) {
            let room = dice.roll(900_000_000);
            record.contacts.push(Contact::new(Way::Join, format!("https://rooms.example/j/{room}")));
        }
    }
}

fn notes(dice: &mut Dice) -> String {
    let words = if dice.chance(60) { 6 + dice.roll(24) } else { 0 };
    (0..words).map(|_| dice.pick(&NOTES)).collect::<Vec<_>>().join(" ")
}

fn meeting(dice: &mut Dice) -> Details {
    let style = ["speaker", "discussion", "step-study", "big-book", "candlelight"];
    Details::Meeting(Meeting {
        group: if dice.chance(20) { format!("{} Group", dice.pick(&GROUP)) } else { String::new() },
        open: [Some(Openness::Open), Some(Openness::Closed), None][dice.roll(3)],
        style: vec![Term::new(dice.pick(&style))],
    })
}

fn residence(dice: &mut Dice) -> Details {
    let counted = date(2026, 11, 1).at(9, 0, 0, 0).saturating_add(jiff::Span::new().days(dice.roll(21) as i64));
    Details::Housing(Residence {
        operator: format!("{} Homes", town_name(dice.roll(300))),
        children: dice.chance(30).then_some(true),
        capacity: Some(4 + dice.roll(12) as u32),
        beds: dice.chance(50).then(|| Beds { free: dice.roll(4) as u32, counted: Some(counted) }),
        fee: format!("${} a week", 120 + 10 * dice.roll(12)),
        rules: notes(dice),
        ..Residence::default()
    })
}

fn organization(dice: &mut Dice) -> Details {
    let offers = vec![dice.pick(&TOPICS).to_owned(), "recovery coaching".to_owned()];
    Details::Organization(Organization { sort: OrganizationSort::Rco, offers, ..Organization::default() })
}

fn service(dice: &mut Dice) -> Details {
    Details::Service(Service {
        sort: ServiceSort::ALL[dice.roll(ServiceSort::ALL.len())],
        run_by: format!("{} Health", town_name(dice.roll(300))),
        cost: "Free for residents of the county".to_owned(),
        how: notes(dice),
        eligibility: "Adults".to_owned(),
    })
}

fn publication(dice: &mut Dice) -> Details {
    Details::Publication(Publication {
        ids: vec![format!("SMA-{}", 1000 + dice.roll(9000))],
        year: Some(2000 + dice.roll(26) as i16),
        topics: vec![dice.pick(&TOPICS).to_owned(), dice.pick(&TOPICS).to_owned()],
        ..Publication::default()
    })
}
