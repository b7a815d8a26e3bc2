//! What a question wants, held against every record in turn. Slow and plain on purpose: nothing here is shared with the
//! search but the records themselves and the exact recurrences.

use std::collections::BTreeMap;

use index::record::{Attendance, Details, Level, Moud, Place, Point, Record};
use index::schedule::{Recurrence, Rule};
use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Timestamp, Zoned};
use serde::Deserialize;

/// What a record has to be. All that is said must hold.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Wanted {
    pub(super) kind: Option<String>,
    pub(super) door: Option<String>,
    /// A day of the week on which it happens. With `clock`, both in one of its times.
    pub(super) day: Option<String>,
    /// Starts, or is open, between these two moments on the kiosk's clock.
    pub(super) happens: Option<Between<DateTime>>,
    /// Starts, or is open, between these two times of the day, whichever day.
    pub(super) clock: Option<Between<Time>>,
    /// Started a quarter of an hour ago at most, starts within the hour, or is open.
    pub(super) now: Option<bool>,
    pub(super) fellowship: Option<String>,
    pub(super) pathway: Option<String>,
    pub(super) who: Option<Any>,
    pub(super) style: Option<Any>,
    pub(super) open: Option<String>,
    pub(super) how: Option<String>,
    pub(super) language: Option<String>,
    pub(super) access: Option<String>,
    pub(super) moud: Option<Any>,
    pub(super) children: Option<bool>,
    /// Beds are free.
    pub(super) beds: Option<bool>,
    pub(super) level: Option<u8>,
    /// Dollars a week.
    pub(super) fee_most: Option<u32>,
    pub(super) city: Option<String>,
    pub(super) region: Option<String>,
    pub(super) zip: Option<String>,
    /// The name of the building.
    pub(super) at: Option<String>,
    /// Metres from the kiosk, or from the middle of `of`.
    pub(super) within_m: Option<f64>,
    pub(super) of: Option<String>,
    pub(super) name_has: Option<String>,
    pub(super) id_in: Option<Vec<String>>,
}

/// From one to another, both included.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Between<T> {
    pub(super) from: T,
    pub(super) until: T,
}

/// One value, or any of several.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Any {
    One(String),
    Of(Vec<String>),
}

impl Any {
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(key) => std::slice::from_ref(key),
            Self::Of(keys) => keys.as_slice(),
        }
        .iter()
        .map(String::as_str)
    }

    fn meets(&self, mut has: impl FnMut(&str) -> bool) -> bool {
        self.keys().any(&mut has)
    }
}

/// When and where one looks from.
pub(super) struct View<'a> {
    pub(super) now: &'a Zoned,
    pub(super) here: Point,
    pub(super) middles: &'a BTreeMap<String, Point>,
}

impl Wanted {
    /// Whether the record is all of this.
    pub(super) fn fits(&self, record: &Record, view: &View<'_>) -> bool {
        self.fits_words(record)
            && self.fits_times(record, view)
            && self.fits_housing(record)
            && self.fits_place(record.place.as_deref())
            && self.within_m.is_none_or(|most| {
                let from = self.of.as_ref().map_or(view.here, |of| view.middles[&fold(of)]);
                distance(record, from).is_some_and(|metres| metres <= most)
            })
    }

    fn fits_words(&self, record: &Record) -> bool {
        let is = |wanted: &Option<String>, value: &str| wanted.as_ref().is_none_or(|wanted| wanted == value);
        let terms = |wanted: &Option<Any>, terms: &[index::record::Term]| {
            wanted.as_ref().is_none_or(|any| any.meets(|key| terms.iter().any(|term| term.as_str() == key)))
        };
        let (open, style): (_, &[_]) = match &record.details {
            Details::Meeting(meeting) => (meeting.open.map_or("", |open| open.word()), &meeting.style),
            _ => ("", &[]),
        };
        is(&self.kind, record.kind().word())
            && self.door.as_ref().is_none_or(|door| record.doors().iter().any(|it| it.word() == door))
            && is(&self.fellowship, record.fellowship.as_deref().unwrap_or_default())
            && self.pathway.as_ref().is_none_or(|way| record.pathways.iter().any(|it| it.word() == way))
            && terms(&self.who, &record.who)
            && terms(&self.style, style)
            && is(&self.open, open)
            && self.how.as_ref().is_none_or(|how| takes_part(record.attendance, how))
            && self.language.as_ref().is_none_or(|language| record.languages.contains(language))
            && self.access.as_ref().is_none_or(|key| record.access.iter().any(|term| term.as_str() == key))
            && self.name_has.as_ref().is_none_or(|part| names(record).any(|name| fold(name).contains(&fold(part))))
            && self.id_in.as_ref().is_none_or(|ids| ids.iter().any(|id| id == record.id.as_str()))
    }

    fn fits_times(&self, record: &Record, view: &View<'_>) -> bool {
        if self.day.is_none() && self.clock.is_none() && self.happens.is_none() && self.now.is_none() {
            return true;
        }
        if record.attendance == Some(Attendance::Suspended) {
            return false;
        }
        let zone = view.now.time_zone();
        let moment = |at: DateTime| at.to_zoned(zone.clone()).unwrap().timestamp();
        let on = |time: &Recurrence| {
            self.day.as_ref().is_none_or(|day| time.rule.days().iter().any(|it| weekday(it) == day))
                && self.clock.is_none_or(|clock| strikes(time.rule, clock))
        };
        record.times.iter().any(on)
            && self
                .happens
                .is_none_or(|span| record.times.iter().any(|time| happens(time, moment(span.from), moment(span.until))))
            && self.now.is_none_or(|now| record.times.iter().any(|time| is_now(time, view.now.timestamp())) == now)
    }

    fn fits_housing(&self, record: &Record) -> bool {
        if self.moud.is_none()
            && self.children.is_none()
            && self.beds.is_none()
            && self.level.is_none()
            && self.fee_most.is_none()
        {
            return true;
        }
        let Details::Housing(house) = &record.details else { return false };
        let moud = match house.moud {
            Some(Moud::Yes) => "yes",
            Some(Moud::CaseByCase) => "case-by-case",
            Some(Moud::No) => "no",
            None => "",
        };
        let level = house.level.map(|level| match level {
            Level::PeerRun => 1,
            Level::Monitored => 2,
            Level::Supervised => 3,
            Level::Clinical => 4,
        });
        self.moud.as_ref().is_none_or(|any| any.meets(|word| word == moud))
            && self.children.is_none_or(|children| house.children == Some(children))
            && self.beds.is_none_or(|free| house.beds.is_some_and(|beds| (beds.free > 0) == free))
            && self.level.is_none_or(|wanted| level == Some(wanted))
            && self.fee_most.is_none_or(|most| weekly(&house.fee).is_some_and(|dollars| dollars <= most))
    }

    fn fits_place(&self, place: Option<&Place>) -> bool {
        let is = |wanted: &Option<String>, value: fn(&Place) -> Vec<&String>| {
            wanted.as_ref().is_none_or(|wanted| {
                place.is_some_and(|place| value(place).into_iter().any(|value| fold(value) == fold(wanted)))
            })
        };
        is(&self.city, |place| vec![&place.city])
            && is(&self.region, |place| place.regions.iter().collect())
            && is(&self.zip, |place| vec![&place.postal_code])
            && is(&self.at, |place| vec![&place.name])
    }
}

/// The names of a record, in both languages. Other names are often keywords, which many records have and which mean
/// something by themselves: they are found as words.
pub(super) fn names(record: &Record) -> impl Iterator<Item = &str> {
    let own = std::iter::once(&record.name.plain).chain(&record.name.es);
    own.map(String::as_str).filter(|name| !name.is_empty())
}

/// Small letters without accents; whatever is neither letter nor digit is a space.
pub(super) fn fold(text: &str) -> String {
    let plain = |letter| match letter {
        'á' | 'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ï' => 'i',
        'ó' | 'ô' | 'ö' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        letter if letter.is_alphanumeric() => letter,
        _ => ' ',
    };
    let spaced: String =
        text.chars().flat_map(char::to_lowercase).filter(|&it| it != '\'' && it != '’').map(plain).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The middle of every place that records name, by its folded name.
pub(super) fn middles(records: &[Record]) -> BTreeMap<String, Point> {
    let mut sums: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for place in records.iter().filter_map(|record| record.place.as_ref()) {
        let Some(point) = place.point else { continue };
        for name in [&place.name, &place.city, &place.postal_code].into_iter().chain(&place.regions) {
            let sum = sums.entry(fold(name)).or_default();
            *sum = (sum.0 + point.latitude, sum.1 + point.longitude, sum.2 + 1.0);
        }
    }
    let middle = |(latitude, longitude, count)| Point { latitude: latitude / count, longitude: longitude / count };
    sums.into_iter().map(|(name, sum)| (name, middle(sum))).collect()
}

/// Metres from a point to where a record really is. Nothing for what has no place.
pub(super) fn distance(record: &Record, from: Point) -> Option<f64> {
    const EARTH: f64 = 6_371_008.8;
    let to = record.place.as_ref()?.point?;
    if !record.attendance.is_none_or(Attendance::has_place) {
        return None;
    }
    let (south, north) = (from.latitude.to_radians(), to.latitude.to_radians());
    let east = (to.longitude - from.longitude).to_radians();
    let half = ((north - south) / 2.0).sin().powi(2) + south.cos() * north.cos() * (east / 2.0).sin().powi(2);
    Some(2.0 * EARTH * half.sqrt().asin())
}

fn takes_part(attendance: Option<Attendance>, how: &str) -> bool {
    match how {
        "in-person" => matches!(attendance, Some(Attendance::InPerson | Attendance::Hybrid)),
        "online" => matches!(attendance, Some(Attendance::Online | Attendance::Hybrid)),
        "phone" => attendance == Some(Attendance::Phone),
        _ => panic!("nobody takes part like this: {how}"),
    }
}

fn weekday(day: jiff::civil::Weekday) -> &'static str {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        [usize::try_from(day.to_monday_zero_offset()).unwrap()]
}

/// Whether it starts, or is open, between two moments.
fn happens(time: &Recurrence, from: Timestamp, until: Timestamp) -> bool {
    match time.rule {
        Rule::RoundTheClock => true,
        Rule::ByAppointment => false,
        Rule::Open { .. } if time.current(from).is_some() => true,
        Rule::Weekly { .. } | Rule::Open { .. } => {
            time.next_start(from).is_some_and(|next| next.start.timestamp() <= until)
        }
    }
}

fn is_now(time: &Recurrence, now: Timestamp) -> bool {
    match time.rule {
        Rule::Weekly { .. } => {
            let hour = now.checked_add(SignedDuration::from_hours(1)).unwrap();
            time.just_begun(now).is_some() || time.next_start(now).is_some_and(|next| next.start.timestamp() <= hour)
        }
        _ => time.current(now).is_some(),
    }
}

/// Whether a rule starts, or is open, between two times of the day.
fn strikes(rule: Rule, clock: Between<Time>) -> bool {
    const DAY: i32 = 24 * 60;
    let minute = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    let after = |from: i32, until: i32| if until < from { until + DAY } else { until };
    let (from, until) = (minute(clock.from), after(minute(clock.from), minute(clock.until)));
    // What begins before midnight and what begins after it may both reach into the same hours.
    let meets = |first: i32, last: i32| [-DAY, 0, DAY].iter().any(|day| first + day <= until && last + day >= from);
    match rule {
        Rule::RoundTheClock => true,
        Rule::ByAppointment => false,
        Rule::Weekly { start, .. } => meets(start.into(), start.into()),
        Rule::Open { from, until, .. } => {
            let closes = if until <= from { i32::from(until) + DAY } else { until.into() };
            meets(from.into(), closes - 1)
        }
    }
}

/// The dollars of "$160 a week, $100 deposit".
fn weekly(fee: &str) -> Option<u32> {
    let (dollars, rest) = fee.strip_prefix('$')?.split_once(' ')?;
    rest.starts_with("a week").then(|| dollars.parse().ok())?
}
