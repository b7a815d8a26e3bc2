//! How every record stands at one moment, seen from one place: how soon, how near, how fresh.
//!
//! Worked out for all records at once and kept for a minute: the keys of one question share it.

use std::collections::HashMap;

use jiff::Unit;
use jiff::civil::{Date, Weekday};
use tantivy::columnar::Column;

use crate::query::Here;
use crate::record::{Kind, Point};
use crate::schedule::{Packed, WallNow};

use super::schema::{Freshness, Marks, unpack_point};
use super::weights;

/// No start, or no place.
pub(super) const NEVER: u16 = u16::MAX;
/// Metres in one step of nearness.
const STEP: f64 = 100.0;
/// What a factor of 1 is in [`Standing::factor`].
const ONE: f32 = 32_768.0;

/// The stored numbers of all records.
pub(super) struct Columns {
    pub(super) point: Column<u64>,
    pub(super) fresh: Column<u64>,
    pub(super) times: Column<u64>,
}

/// What the standing depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    minute: i64,
    point: Option<(u64, u64)>,
    /// The day that was asked for: then soonness is that of the start on this day.
    day: Option<Weekday>,
}

impl Moment {
    pub(super) fn of(here: &Here, day: Option<Weekday>) -> Self {
        let bits = |point: Point| (point.latitude.to_bits(), point.longitude.to_bits());
        Self { minute: here.now.timestamp().as_second().div_euclid(60), point: here.point.map(bits), day }
    }
}

/// How all records stand, by their number.
pub(super) struct Standing {
    pub(super) moment: Moment,
    /// Minutes until it can be used: until the next start of a meeting, until the doors open (0 when they are open), 0
    /// for a residence that lately counted a free bed; [`NEVER`] when nobody says.
    pub(super) soon: Vec<u16>,
    /// Hundreds of metres; [`NEVER`] without a place.
    pub(super) near: Vec<u16>,
    factor: Vec<u16>,
}

impl Standing {
    pub(super) fn new(here: &Here, day: Option<Weekday>, marks: &[Marks], columns: &Columns, zones: &[String]) -> Self {
        let today = days_since_1970(here.now.date());
        let mut clocks = Clocks { here, day, zones, walls: HashMap::new() };
        let mut standing = Self {
            moment: Moment::of(here, day),
            soon: Vec::with_capacity(marks.len()),
            near: Vec::with_capacity(marks.len()),
            factor: Vec::with_capacity(marks.len()),
        };
        for (record, mark) in (0_u32..).zip(marks) {
            let meeting = mark.is(Kind::Meeting);
            let freshness = Freshness::unpack(columns.fresh.values.get_val(record));
            let soon = if freshness.has_bed(today) {
                0
            } else {
                clocks.minutes(columns.times.values_for_doc(record), !meeting)
            };
            let near = near(here.point, columns.point.values.get_val(record));
            let mut factor = fresh(freshness, today);
            factor *= if meeting {
                fading(f32::from(soon), weights::SOON_HALVES, weights::SOON_FLOOR)
            } else {
                weights::TIMELESS
            };
            factor *= match near {
                NEVER => weights::NEAR_UNKNOWN,
                steps => fading(f32::from(steps) * 100.0, weights::NEAR_HALVES, weights::NEAR_FLOOR),
            };
            standing.soon.push(soon);
            standing.near.push(near);
            standing.factor.push(whole(factor * ONE));
        }
        standing
    }

    /// By how much a record's score is multiplied.
    pub(super) fn factor(&self, record: u32) -> f32 {
        self.factor.get(record as usize).map_or(0.0, |factor| f32::from(*factor) / ONE)
    }
}

struct Clocks<'a> {
    here: &'a Here,
    day: Option<Weekday>,
    zones: &'a [String],
    walls: HashMap<u16, Option<WallNow>>,
}

impl Clocks<'_> {
    /// Minutes until the next start; 0 when it is `open` hours that count and they have begun.
    fn minutes(&mut self, times: impl Iterator<Item = u64>, open: bool) -> u16 {
        let soonest = times.filter_map(|packed| {
            let packed = Packed::from(packed);
            let packed = self.day.map_or(packed, |day| packed.on(day));
            let (here, zones) = (self.here, self.zones);
            let wall = self.walls.entry(packed.zone_index()).or_insert_with_key(|index| {
                let zone = crate::schedule::zone(zones.get(usize::from(*index))?)?;
                Some(WallNow::new(zone.to_datetime(here.now.timestamp())))
            });
            let wall = wall.as_ref()?;
            if open && packed.is_current(wall) { Some(0) } else { packed.minutes_until_next(wall) }
        });
        soonest.min().map_or(NEVER, |minutes| u16::try_from(minutes).unwrap_or(NEVER - 1).min(NEVER - 1))
    }
}

/// From 1 at zero down to `floor`, half-way after each `halves`.
fn fading(value: f32, halves: f32, floor: f32) -> f32 {
    floor + (1.0 - floor) * (-value / halves).exp2()
}

impl Freshness {
    /// Whether a free bed was counted in the last days: an older count is worth little.
    fn has_bed(self, today: u16) -> bool {
        self.free > 0 && self.counted > 0 && today.saturating_sub(self.counted) <= weights::BED_COUNTS
    }
}

fn fresh(stored: Freshness, today: u16) -> f32 {
    let age = |day: u16| f32::from(today.saturating_sub(day));
    let mut factor = match stored.checked {
        0 => weights::FRESH_FLOOR,
        day => fading(age(day), weights::FRESH_HALVES, weights::FRESH_FLOOR),
    };
    if stored.free > 0 && stored.counted > 0 {
        factor *= 1.0 + weights::BED_GAIN * fading(age(stored.counted), weights::BED_HALVES, 0.0);
    }
    factor
}

/// Days since 1970, 0 for anything before.
pub(super) fn days_since_1970(date: Date) -> u16 {
    let days = Date::constant(1970, 1, 1).until((Unit::Day, date)).map_or(0, |span| span.get_days());
    u16::try_from(days).unwrap_or(0)
}

fn near(here: Option<Point>, packed: u64) -> u16 {
    let (Some(here), Some((latitude, longitude))) = (here, unpack_point(packed)) else { return NEVER };
    whole_f64(metres(here, Point { latitude, longitude }) / STEP).min(NEVER - 1)
}

/// Metres between two points on the earth's surface, taken as a sphere.
pub(super) fn metres(from: Point, to: Point) -> f64 {
    const DIAMETER: f64 = 2.0 * 6_371_008.8;
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let along = from.latitude.to_radians().cos() * to.latitude.to_radians().cos();
    let chord = half(to.latitude - from.latitude) + along * half(to.longitude - from.longitude);
    DIAMETER * chord.clamp(0.0, 1.0).sqrt().asin()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` stops at the ends, as wanted")]
fn whole(value: f32) -> u16 {
    value.round() as u16
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` stops at the ends, as wanted")]
fn whole_f64(value: f64) -> u16 {
    value.round() as u16
}
