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
/// So many records are read from the columns at once.
const CHUNK: usize = 1024;
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
        let mut clocks = Clocks { here, day, zones, walls: HashMap::new() };
        let today = days_since_1970(here.now.date());
        let fading = Fadings::new(today);
        let around = here.point.map(Around::new);
        let mut standing = Self {
            moment: Moment::of(here, day),
            soon: Vec::with_capacity(marks.len()),
            near: Vec::with_capacity(marks.len()),
            factor: Vec::with_capacity(marks.len()),
        };
        let (mut points, mut freshness) = ([0; CHUNK], [0; CHUNK]);
        for (first, marks) in (0_u32..).step_by(CHUNK).zip(marks.chunks(CHUNK)) {
            columns.point.values.get_range(first.into(), &mut points[..marks.len()]);
            columns.fresh.values.get_range(first.into(), &mut freshness[..marks.len()]);
            for (((record, mark), point), fresh) in (first..).zip(marks).zip(&points).zip(&freshness) {
                let meeting = mark.is(Kind::Meeting);
                let fresh = Freshness::unpack(*fresh);
                let soon = if fresh.has_bed(today) {
                    0
                } else {
                    clocks.minutes(columns.times.values_for_doc(record), !meeting)
                };
                let near = around.as_ref().map_or(NEVER, |around| around.steps_to(*point));
                let soonness = if meeting { fading.soon(soon) } else { weights::TIMELESS };
                let factor = soonness * fading.near(near) * fading.fresh(fresh);
                standing.soon.push(soon);
                standing.near.push(near);
                standing.factor.push(whole(factor * ONE));
            }
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
    /// Minutes until the next start; 0 for `open` hours that have begun, and for a meeting that has just begun.
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
            let present = if open { packed.is_current(wall) } else { packed.just_begun(wall) };
            if present { Some(0) } else { packed.minutes_until_next(wall) }
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

/// The powers, worked out once for all records.
struct Fadings {
    today: u16,
    soon: Vec<f32>,
    near: Vec<f32>,
    checked: Vec<f32>,
    counted: Vec<f32>,
}

impl Fadings {
    /// Minutes in one step of the table of soonness.
    const MINUTES: u16 = 30;

    fn new(today: u16) -> Self {
        let table =
            |step: f32, halves, floor| (0..512_u16).map(|at| fading(f32::from(at) * step, halves, floor)).collect();
        Self {
            today,
            soon: table(f32::from(Self::MINUTES), weights::SOON_HALVES, weights::SOON_FLOOR),
            near: table(100.0, weights::NEAR_HALVES, weights::NEAR_FLOOR),
            checked: table(4.0, weights::FRESH_HALVES, weights::FRESH_FLOOR),
            counted: table(1.0, weights::BED_HALVES, 0.0),
        }
    }

    fn soon(&self, minutes: u16) -> f32 {
        at(&self.soon, minutes / Self::MINUTES)
    }

    fn near(&self, steps: u16) -> f32 {
        if steps == NEVER { weights::NEAR_UNKNOWN } else { at(&self.near, steps) }
    }

    fn fresh(&self, stored: Freshness) -> f32 {
        let age = |day: u16| self.today.saturating_sub(day);
        let checked =
            if stored.checked == 0 { weights::FRESH_FLOOR } else { at(&self.checked, age(stored.checked) / 4) };
        if stored.free == 0 || stored.counted == 0 {
            return checked;
        }
        checked * (1.0 + weights::BED_GAIN * at(&self.counted, age(stored.counted)))
    }
}

/// The entry of a table that has come to rest at its end.
fn at(table: &[f32], entry: u16) -> f32 {
    table.get(usize::from(entry)).or(table.last()).copied().unwrap_or(0.0)
}

/// Distances from one point, quick and as right as ranking needs: the earth is flat as far as one travels to a meeting.
struct Around {
    here: Point,
    shrink: f64,
}

impl Around {
    fn new(here: Point) -> Self {
        Self { here, shrink: here.latitude.to_radians().cos() }
    }

    fn steps_to(&self, packed: u64) -> u16 {
        const METRES_OF_A_DEGREE: f64 = 111_195.0;
        let Some((latitude, longitude)) = unpack_point(packed) else { return NEVER };
        let (north, east) = (latitude - self.here.latitude, (longitude - self.here.longitude) * self.shrink);
        whole_f64((north * north + east * east).sqrt() * METRES_OF_A_DEGREE / STEP).min(NEVER - 1)
    }
}

/// Days since 1970, 0 for anything before.
pub(super) fn days_since_1970(date: Date) -> u16 {
    let days = Date::constant(1970, 1, 1).until((Unit::Day, date)).map_or(0, |span| span.get_days());
    u16::try_from(days).unwrap_or(0)
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
