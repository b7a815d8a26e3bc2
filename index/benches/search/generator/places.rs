//! Towns of all sizes around a few cities, and the places where people meet in them.

use index::record::{Place, Point};

use super::dice::Dice;
use super::words::{CHURCHES, FIRST, QUARTERS, SAINTS, SECOND, STREET, VENUE, surname};

/// State, zone, and a point well inside.
const STATES: [(&str, &str, f64, f64); 12] = [
    ("CA", "America/Los_Angeles", 36.5, -119.8),
    ("NY", "America/New_York", 42.8, -75.5),
    ("TX", "America/Chicago", 31.0, -98.5),
    ("CO", "America/Denver", 39.2, -105.2),
    ("FL", "America/New_York", 28.2, -81.8),
    ("IL", "America/Chicago", 40.2, -89.2),
    ("WA", "America/Los_Angeles", 47.2, -121.2),
    ("AZ", "America/Phoenix", 33.6, -111.9),
    ("OH", "America/New_York", 40.3, -82.8),
    ("GA", "America/New_York", 33.0, -83.5),
    ("NM", "America/Denver", 34.6, -106.2),
    ("AK", "America/Anchorage", 61.5, -149.4),
];

/// Towns around one city.
const AROUND: usize = 12;
/// Listings for each venue: many groups meet in the same one.
const TO_A_VENUE: usize = 7;

pub(crate) struct Town {
    pub(crate) name: String,
    pub(crate) state: &'static str,
    pub(crate) zone: &'static str,
    county: String,
    point: Point,
    quarters: Vec<String>,
    zip: usize,
    zips: usize,
    venues: usize,
    seed: u64,
}

/// All towns of a directory, the largest first.
pub(crate) struct Towns(Vec<Town>);

impl Towns {
    /// The towns of a directory of so many records.
    pub(crate) fn of(count: usize) -> Self {
        let towns = 20 + count / 250;
        // The share of the nth is the one that `Dice::skewed` gives it.
        let up_to = |nth: usize| count as f64 * (nth as f64 / towns as f64).powf(0.4);
        Self((0..towns).map(|nth| Town::new(nth, towns, (up_to(nth + 1) - up_to(nth)) as usize)).collect())
    }

    pub(crate) fn any(&self, dice: &mut Dice) -> &Town {
        &self.0[dice.skewed(self.0.len())]
    }

    /// The largest, where the kiosk stands.
    #[allow(dead_code, reason = "not every bench asks where it stands")]
    pub(crate) fn largest(&self) -> &Town {
        &self.0[0]
    }
}

impl Town {
    fn new(nth: usize, towns: usize, records: usize) -> Self {
        let cities = towns.div_ceil(AROUND);
        let (city, ring) = (nth % cities, nth / cities);
        let mut dice = Dice::new(city as u64 + 1);
        let (state, zone, latitude, longitude) = STATES[city % STATES.len()];
        let (latitude, longitude) = (latitude + 4.0 * (dice.unit() - 0.5), longitude + 4.0 * (dice.unit() - 0.5));
        let counties = [surname(&mut dice), surname(&mut dice)];
        let mut dice = Dice::new(1_000_000 + nth as u64);
        let apart = if ring == 0 { 0.0 } else { 0.8 };
        let mut quarters: Vec<String> = Vec::new();
        if records > 100 {
            quarters.extend(QUARTERS.iter().take(4 + dice.roll(8)).map(|quarter| (*quarter).to_owned()));
            quarters.extend((0..dice.roll(6)).map(|_| format!("{} Heights", surname(&mut dice))));
        }
        Self {
            name: name(nth),
            state,
            zone,
            county: format!("{} County", counties[usize::from(ring > 5)]),
            point: Point {
                latitude: latitude + apart * (dice.unit() - 0.5),
                longitude: longitude + apart * (dice.unit() - 0.5),
            },
            quarters,
            zip: 10_000 + city * 1_009 % 80_000 + ring * 20,
            zips: (records / 150).clamp(1, 20),
            venues: (records / TO_A_VENUE).max(1),
            seed: 2_000_000 + (nth as u64) * 100_003,
        }
    }

    /// One of its quarters, or itself.
    #[allow(dead_code, reason = "not every bench asks about quarters")]
    pub(crate) fn quarter(&self, dice: &mut Dice) -> &str {
        if self.quarters.is_empty() { &self.name } else { &self.quarters[dice.roll(self.quarters.len())] }
    }

    #[allow(dead_code, reason = "not every bench asks where it stands")]
    pub(crate) fn center(&self) -> Point {
        self.point
    }

    /// One of its venues, the same ones again and again.
    pub(crate) fn venue(&self, dice: &mut Dice) -> Place {
        let mut dice = Dice::new(self.seed + dice.skewed(self.venues) as u64);
        let name = match dice.roll(10) {
            0..5 => format!("{} {} Church", dice.pick(&SAINTS), dice.pick(&CHURCHES)),
            5..7 => format!("{} {}", self.name, dice.pick(&VENUE)),
            7..9 => format!("{} {}", surname(&mut dice), dice.pick(&VENUE)),
            _ => String::new(),
        };
        let street = match dice.roll(4) {
            0 => format!("{}th {}", 4 + dice.roll(80), dice.pick(&STREET)),
            1 => {
                format!("{} {}", dice.pick(&["Main", "Oak", "Church", "Park", "Elm", "Washington"]), dice.pick(&STREET))
            }
            _ => format!("{} {}", surname(&mut dice), dice.pick(&STREET)),
        };
        let mut regions = vec![self.county.clone()];
        if !self.quarters.is_empty() && dice.chance(70) {
            regions.push(self.quarters[dice.skewed(self.quarters.len())].clone());
        }
        // Most stand near the middle of the town.
        let mut away = || 0.09 * (dice.unit() + dice.unit() - 1.0);
        let (latitude, longitude) = (self.point.latitude + away(), self.point.longitude + away());
        Place {
            name,
            street: format!("{} {street}", 1 + dice.skewed(9_900)),
            city: self.name.clone(),
            regions,
            state: self.state.to_owned(),
            postal_code: format!("{:05}", self.zip + dice.roll(self.zips)),
            country: "US".to_owned(),
            point: Some(Point { latitude, longitude }),
            ..Place::default()
        }
    }

    /// The town and no more: for what has no door.
    pub(crate) fn somewhere(&self) -> Place {
        Place {
            city: self.name.clone(),
            regions: vec![self.county.clone()],
            state: self.state.to_owned(),
            country: "US".to_owned(),
            approximate: true,
            serves: vec![self.county.clone()],
            ..Place::default()
        }
    }
}

/// The name of the nth town: 1,200 without a word before, then with one.
fn name(nth: usize) -> String {
    let (first, second) = (FIRST.len(), SECOND.len());
    let at = nth * 37 % (first * second);
    let name = format!("{}{}", FIRST[at % first], SECOND[at / first]);
    match nth / (first * second) {
        0 => name,
        more => format!("{} {name}", ["New", "Fort", "Port", "Mount", "San", "Lake", "Upper"][(more - 1) % 7]),
    }
}
