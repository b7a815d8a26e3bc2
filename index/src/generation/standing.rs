//! How a record stands at one moment, seen from one place: how soon, how near, how fresh. One factor of its score.
//!
//! Worked out from its row when it is met: a question looks at few records of many.

use std::sync::LazyLock;

use jiff::Zoned;

use crate::query::{Constraint, Here};
use crate::record::{Kind, Point};

use super::rows::{Row, days_since_1970, unpack_point};
use super::timing::{Asked, NEVER, Timing};
use super::weights;

/// Metres in one step of nearness.
const STEP: f64 = 100.0;

/// What all records are seen from.
pub(super) struct Standing {
    today: u16,
    around: Option<Around>,
    /// A place was asked for, and distance decides.
    by_distance: bool,
    /// A time was asked for.
    by_time: bool,
    soon: &'static [f32],
    near: &'static [f32],
    fadings: &'static Fadings,
}

/// The powers, worked out once.
struct Fadings {
    /// By ten minutes: in general, and when a time near was asked for.
    soon: [Vec<f32>; 2],
    /// By two hundred metres: in general, and when a place was asked for.
    near: [Vec<f32>; 2],
    /// By four days.
    checked: Vec<f32>,
    /// By a day.
    counted: Vec<f32>,
}

static FADINGS: LazyLock<Fadings> = LazyLock::new(|| {
    let table = |entries: u16, step: f32, (halves, floor): (f32, f32)| -> Vec<f32> {
        (0..entries).map(|at| fading(f32::from(at) * step, halves, floor)).collect()
    };
    Fadings {
        soon: [weights::SOON, weights::SOON_TODAY].map(|fades| table(2048, f32::from(MINUTES), fades)),
        near: [weights::NEAR, weights::NEAR_ASKED].map(|fades| table(1024, 0.2, fades)),
        checked: table(512, 4.0, weights::FRESH),
        counted: table(128, 1.0, (weights::BED_HALVES, 0.0)),
    }
});

/// Minutes in one step of the tables of soonness.
const MINUTES: u16 = 10;

/// The point that distances are measured from: the place that was asked for, else where the kiosk stands.
pub(super) fn middle(constraints: &[Constraint], here: &Here) -> Option<Point> {
    let asked = constraints.iter().find_map(|constraint| constraint.wish.place());
    asked.map_or(here.point, |place| place.point)
}

impl Standing {
    pub(super) fn new(now: &Zoned, constraints: &[Constraint], here: &Here, asked: &Asked) -> Self {
        let by_distance = constraints.iter().any(|constraint| constraint.wish.is_place());
        let fadings = &*FADINGS;
        Self {
            today: days_since_1970(now.date()),
            around: middle(constraints, here).map(Around::new),
            by_distance,
            by_time: asked.is_typed(),
            soon: &fadings.soon[usize::from(asked.is_soon())],
            near: &fadings.near[usize::from(by_distance)],
            fadings,
        }
    }

    /// Whether neither a time nor a place was asked for.
    pub(super) fn is_timeless(&self) -> bool {
        !self.by_time && !self.by_distance
    }

    /// Whether there is a point to measure from.
    pub(super) fn measures(&self) -> bool {
        self.around.is_some()
    }

    /// Hundreds of metres to it; [`NEVER`] without a place.
    #[inline]
    pub(super) fn near(&self, row: &Row) -> u16 {
        self.around.as_ref().map_or(NEVER, |around| around.steps_to(row.point))
    }

    /// Minutes until it can be used; 0 for a residence that lately counted a free bed.
    #[inline]
    pub(super) fn soon(&self, row: &Row, timing: Timing) -> u16 {
        if self.has_bed(row) { 0 } else { timing.soon }
    }

    /// By how much its score is multiplied. At most [`weights::MOST_FACTOR`].
    #[inline]
    pub(super) fn factor(&self, row: &Row, timing: Timing, near: u16) -> f32 {
        let soonness = if row.kind == Kind::Meeting as u8 {
            at(self.soon, timing.soon / MINUTES)
        } else if self.by_time {
            if timing.always { weights::ALWAYS } else { at(self.soon, timing.soon / MINUTES) }
        } else {
            weights::TIMELESS
        };
        let nearness = match near {
            NEVER if self.by_distance => weights::NEAR_UNKNOWN_ASKED,
            NEVER => weights::NEAR_UNKNOWN,
            near => at(self.near, near / 2),
        };
        soonness * nearness * self.fresh(row)
    }

    /// The score of a record where no words were asked: the nearest first, where a place was; else what begins next first,
    /// which their order as equals does by itself.
    #[inline]
    pub(super) fn bare(&self, row: &Row, timing: Timing, near: u16) -> f32 {
        match (self.by_distance, self.by_time) {
            (true, true) => self.factor(row, timing, near),
            (true, false) if near == NEVER => 0.0,
            (true, false) => 1.0 / (1.0 + f32::from(near)),
            (false, true) if timing.always => weights::ALWAYS,
            (false, _) => 1.0,
        }
    }

    /// Whether a free bed was counted in the last days: an older count is worth little, one from tomorrow nothing.
    fn has_bed(&self, row: &Row) -> bool {
        row.free > 0
            && row.counted > 0
            && self.today.checked_sub(row.counted).is_some_and(|age| age <= weights::BED_COUNTS)
    }

    fn fresh(&self, row: &Row) -> f32 {
        let age = |day: u16| self.today.saturating_sub(day);
        let checked = if row.checked == 0 { weights::FRESH.1 } else { at(&self.fadings.checked, age(row.checked) / 4) };
        if row.free == 0 || row.counted == 0 || row.counted > self.today {
            return checked;
        }
        checked * (1.0 + weights::BED_GAIN * at(&self.fadings.counted, age(row.counted)))
    }
}

/// From 1 at zero down to `floor`, half-way after each `halves`.
fn fading(value: f32, halves: f32, floor: f32) -> f32 {
    floor + (1.0 - floor) * (-value / halves).exp2()
}

/// The entry of a table that has come to rest at its end.
#[inline]
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

    #[inline]
    fn steps_to(&self, packed: u64) -> u16 {
        const METRES_OF_A_DEGREE: f64 = 111_195.0;
        let Some((latitude, longitude)) = unpack_point(packed) else { return NEVER };
        let (north, east) = (latitude - self.here.latitude, (longitude - self.here.longitude) * self.shrink);
        whole((north * north + east * east).sqrt() * METRES_OF_A_DEGREE / STEP).min(NEVER - 1)
    }
}

/// Metres between two points on the earth's surface, taken as a sphere.
pub(super) fn metres(from: Point, to: Point) -> f64 {
    const DIAMETER: f64 = 2.0 * 6_371_008.8;
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let along = from.latitude.to_radians().cos() * to.latitude.to_radians().cos();
    let chord = half(to.latitude - from.latitude) + along * half(to.longitude - from.longitude);
    DIAMETER * chord.clamp(0.0, 1.0).sqrt().asin()
}

/// Hundreds of metres in so many miles.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` stops at the ends, as wanted")]
pub(super) fn steps_of_miles(miles: f64) -> u16 {
    const METRES: f64 = 1609.344;
    (miles * METRES / STEP).floor() as u16
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` stops at the ends, as wanted")]
fn whole(value: f64) -> u16 {
    value.round() as u16
}
