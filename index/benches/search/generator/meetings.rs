//! Groups, and the meetings that they hold: one to twenty a week, mostly in the same room at the same hour.

use index::record::{
    Attendance, Contact, Details, Meeting, Openness, Pathway, Place, Record, RecordId, Term, Text, Way,
};
use index::schedule::{Days, Recurrence, Weeks};
use index::vocabulary::Vocabulary;

use super::dice::Dice;
use super::places::{Town, Towns};
use super::words::{FIRST_NAMES, GRUPOS, KINDS, NOTES, PHRASES, surname, told};
use super::{checked, credit};

const FELLOWSHIPS: [(&str, usize); 18] = [
    ("aa", 600),
    ("na", 200),
    ("al-anon", 60),
    ("smart", 18),
    ("ca", 14),
    ("aca", 14),
    ("oa", 14),
    ("celebrate-recovery", 12),
    ("ga", 10),
    ("coda", 10),
    ("rd", 10),
    ("cma", 8),
    ("nar-anon", 8),
    ("secular-aa", 6),
    ("alateen", 4),
    ("wfs", 4),
    ("lifering", 4),
    ("all-recovery", 4),
];

/// For whom a group is, when it is not for all.
const WHO: [(&str, usize); 14] = [
    ("", 740),
    ("women", 100),
    ("men", 75),
    ("lgbtq", 22),
    ("young-people", 20),
    ("gay", 8),
    ("lesbian", 4),
    ("seniors", 6),
    ("veterans", 5),
    ("people-of-color", 4),
    ("professionals", 4),
    ("native-american", 3),
    ("dual-diagnosis", 6),
    ("transgender", 3),
];

const STYLES: [(&str, usize); 16] = [
    ("discussion", 30),
    ("speaker", 13),
    ("step-study", 10),
    ("newcomers", 9),
    ("literature", 8),
    ("open-share", 7),
    ("topic", 6),
    ("meditation", 5),
    ("daily-reflections", 5),
    ("candlelight", 2),
    ("steps-traditions", 3),
    ("tradition-study", 2),
    ("eleventh-step", 2),
    ("as-bill-sees-it", 2),
    ("birthdays", 3),
    ("workshop", 1),
];

/// How many meetings a week a group holds.
const HELD: [(usize, usize); 8] = [(1, 58), (2, 17), (3, 8), (4, 4), (5, 4), (7, 6), (14, 2), (21, 1)];

/// Minutes of the day at which meetings begin.
const STARTS: [(u16, usize); 16] = [
    (720, 14),
    (1200, 14),
    (1140, 13),
    (1170, 11),
    (1080, 9),
    (420, 6),
    (1110, 6),
    (390, 4),
    (450, 3),
    (480, 4),
    (540, 4),
    (600, 5),
    (1050, 4),
    (1230, 3),
    (960, 1),
    (1320, 1),
];

const WEEK: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const SPANISH_WEEK: [&str; 7] = ["Domingo", "Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado"];

/// What all meetings of a group share.
struct Group<'a> {
    town: &'a Town,
    name: String,
    fellowship: &'static str,
    who: &'static str,
    spanish: bool,
    held: usize,
    start: u16,
    attendance: Option<Attendance>,
    place: Place,
    open: Option<Openness>,
    phone: Option<String>,
}

/// A group's meetings, all of them.
pub(super) fn group(towns: &Towns, dice: &mut Dice, out: &mut Vec<Record>) {
    let group = Group::new(towns.any(dice), dice);
    if group.held == 7 && dice.chance(40) {
        // Many write a meeting of every day as one.
        out.push(group.meeting(out.len(), Days::EVERY, 7, dice));
        return;
    }
    let first = dice.roll(7);
    for nth in 0..group.held {
        let day = (first + nth * if group.held < 4 { 3 } else { 1 }) % 7;
        let days = u8::try_from(day).ok().and_then(Days::from_sunday_index).unwrap_or_default();
        out.push(group.meeting(out.len(), days, day, dice));
    }
}

impl<'a> Group<'a> {
    fn new(town: &'a Town, dice: &mut Dice) -> Self {
        let fellowship = dice.weighed(&FELLOWSHIPS);
        let who = if fellowship == "wfs" { "women" } else { dice.weighed(&WHO) };
        let spanish = dice.chance(9);
        let attendance = dice.weighed(&[
            (Some(Attendance::InPerson), 58),
            (Some(Attendance::Online), 21),
            (Some(Attendance::Hybrid), 14),
            (Some(Attendance::Phone), 2),
            (Some(Attendance::AskFirst), 1),
            (Some(Attendance::Suspended), 2),
            (None, 2),
        ]);
        let real = attendance.is_none_or(Attendance::has_place);
        let mut place = if real { town.venue(dice) } else { town.somewhere() };
        if real && dice.chance(25) {
            place.notes = told(&NOTES, &FIRST_NAMES, 1, dice);
        }
        let families = matches!(fellowship, "al-anon" | "nar-anon" | "alateen");
        let closed = if families { Openness::FamiliesOnly } else { Openness::Closed };
        Self {
            town,
            name: name(town, &place, who, spanish, dice),
            fellowship,
            who,
            spanish,
            held: dice.weighed(&HELD),
            start: dice.weighed(&STARTS),
            attendance,
            place,
            open: dice.weighed(&[(Some(Openness::Open), 65), (Some(closed), 25), (None, 10)]),
            phone: dice.chance(15).then(|| phone(dice)),
        }
    }

    fn meeting(&self, number: usize, days: Days, day: usize, dice: &mut Dice) -> Record {
        let mut style = vec![Term::new(dice.weighed(&STYLES))];
        if self.fellowship == "aa" && dice.chance(25) {
            style.push(Term::new("big-book"));
        } else if self.fellowship == "na" && dice.chance(25) {
            style.push(Term::new(dice.any(&["basic-text", "just-for-today", "it-works"])));
        }
        let group = if dice.chance(30) { format!("{} Group", self.name) } else { String::new() };
        let details = Details::Meeting(Meeting { group, open: self.open, style });
        let feed = format!("{}-{}", self.fellowship, self.town.state.to_lowercase());
        let mut record = Record::new(RecordId::new(&feed, &format!("{number:07}")), self.named(day, dice), details);
        record.credit = credit(&feed, "meetings").into();
        record.checked = checked(dice);
        if dice.chance(55) {
            record.summary = Text::new(told(&NOTES, &FIRST_NAMES, 1 + dice.roll(3), dice));
        }
        record.place = Some(self.place.clone().into());
        record.attendance = self.attendance;
        record.times = vec![self.time(days, dice)];
        record.contacts = self.contacts(dice);
        record.who = [self.who].into_iter().filter(|who| !who.is_empty()).map(Term::new).collect();
        record.languages = match (self.spanish, dice.roll(100)) {
            (true, _) => vec!["es".to_owned()],
            (_, 0..15) => Vec::new(),
            (_, 15) => vec!["en".to_owned(), dice.any(&["asl", "ru", "fr", "pl", "ko"]).to_owned()],
            _ => vec!["en".to_owned()],
        };
        let access = [("wheelchair", 30), ("childcare", 2), ("fragrance-free", 2), ("smoke-free", 4), ("outdoors", 2)];
        let real = self.attendance.is_none_or(Attendance::has_place);
        record.access =
            access.iter().filter(|(_, share)| real && dice.chance(*share)).map(|(term, _)| Term::new(*term)).collect();
        record.fellowship = Some(self.fellowship.to_owned());
        record.pathways = pathways(self.fellowship);
        record
    }

    fn named(&self, day: usize, dice: &mut Dice) -> String {
        let week = if self.spanish { SPANISH_WEEK } else { WEEK };
        match week.get(day) {
            Some(day) if self.held < 5 && dice.chance(25) => {
                let part = match (self.spanish, self.start) {
                    (true, 0..720) => "por la Mañana",
                    (true, _) => "en la Noche",
                    (_, 0..700) => "Morning",
                    (_, 700..780) => "Noon",
                    _ => "Night",
                };
                format!("{day} {part} {}", self.name)
            }
            _ => self.name.clone(),
        }
    }

    fn time(&self, days: Days, dice: &mut Dice) -> Recurrence {
        let length = dice.weighed(&[(Some(60), 70), (Some(90), 18), (None, 12)]);
        let start = if self.held > 7 { dice.weighed(&STARTS) } else { self.start };
        if dice.chance(5) {
            let first = [1, 2, 3, 4].into_iter().filter_map(Weeks::nth).nth(dice.roll(4)).unwrap_or(Weeks::LAST);
            let weeks = if dice.chance(30) { first.union(Weeks::LAST) } else { first };
            return Recurrence::monthly(self.town.zone, days, weeks, start, length);
        }
        Recurrence::weekly(self.town.zone, days, start, length)
    }

    fn contacts(&self, dice: &mut Dice) -> Vec<Contact> {
        let mut contacts = Vec::new();
        if matches!(self.attendance, Some(Attendance::Online | Attendance::Hybrid)) {
            let mut join = Contact::new(Way::Join, format!("https://rooms.example/j/{}", dice.roll(900_000_000)));
            join.note = if dice.chance(50) { format!("Password {}", dice.roll(9_999)) } else { String::new() };
            contacts.push(join);
        }
        if self.attendance == Some(Attendance::Phone) {
            contacts.push(Contact::new(Way::Dial, phone(dice)));
        }
        contacts.extend(self.phone.iter().map(|number| Contact::new(Way::Phone, number)));
        contacts
    }
}

fn name(town: &Town, place: &Place, who: &str, spanish: bool, dice: &mut Dice) -> String {
    let mut name = if spanish {
        format!("Grupo {}", dice.pick(&GRUPOS))
    } else {
        match dice.roll(20) {
            0..8 => dice.pick(&PHRASES).to_owned(),
            8..12 => format!("{} {}", dice.pick(&PHRASES), dice.pick(&KINDS)),
            12..15 => format!("{} {}", town.name, dice.pick(&KINDS)),
            15 if !place.name.is_empty() => place.name.clone(),
            15..17 => format!("{} {}", place.regions.last().map_or(&*town.name, String::as_str), dice.pick(&KINDS)),
            17 => format!("{} {}", surname(dice), dice.pick(&KINDS)),
            18 => format!("{} at {} {}", dice.pick(&PHRASES), 5 + dice.roll(7), dice.any(&["AM", "PM"])),
            _ => format!("{} {}", dice.any(&["Another", "Daily", "Friendly", "Little", "Old"]), dice.pick(&PHRASES)),
        }
    };
    let theirs = match (who, spanish) {
        ("women", false) => dice.any(&["Women's", "Ladies", "Women"]),
        ("women", true) => "Femenino",
        ("men", false) => dice.any(&["Men's", "Stag"]),
        ("young-people", _) => "Young People's",
        ("lgbtq", _) => dice.any(&["LGBTQ+", "Rainbow", "Pride"]),
        ("veterans", _) => "Veterans",
        _ => "",
    };
    if !theirs.is_empty() && dice.chance(75) {
        name = if spanish { format!("{name} {theirs}") } else { format!("{theirs} {name}") };
    }
    name
}

fn pathways(fellowship: &str) -> Vec<Pathway> {
    Vocabulary::builtin().fellowships.get(fellowship).map(|known| known.pathways.clone()).unwrap_or_default()
}

pub(super) fn phone(dice: &mut Dice) -> String {
    format!("({}) 555-{:04}", 201 + dice.roll(700), dice.roll(10_000))
}
