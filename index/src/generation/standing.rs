//! How a record stands at one moment, seen from one place: how soon, how near, how fresh. One factor of its score.
//!
//! Worked out from its row when it is met: a question looks at few records of many.

use std::sync::{Arc, LazyLock};

use jiff::Zoned;

use crate::query::{Constraint, Here};
use crate::record::{Kind, Point};

use super::rows::{Facts, Head, STEP_METRES, days_since_1970, in_steps, steps_of};
use super::timing::{Asked, NEVER, Timing};
use super::weights;

/// Metres in one step of nearness.
const STEP: f64 = 100.0;

/// What all records are seen from.
pub(super) struct Standing {
    today: u16,
    near: Option<Arc<Vec<u16>>>,
    /// A place was asked for, and distance decides.
    by_distance: bool,
    /// A time was asked for.
    by_time: bool,
    soon: &'static [f32],
    nearness: &'static [f32],
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
    pub(super) fn new(now: &Zoned, constraints: &[Constraint], near: Option<Arc<Vec<u16>>>, asked: &Asked) -> Self {
        let by_distance = constraints.iter().any(|constraint| constraint.wish.is_place());
        let fadings = &*FADINGS;
        Self {
            today: days_since_1970(now.date()),
            near,
            by_distance,
            by_time: asked.is_typed(),
            soon: &fadings.soon[usize::from(asked.is_soon())],
            nearness: &fadings.near[usize::from(by_distance)],
            fadings,
        }
    }

    /// Whether neither a time nor a place was asked for.
    pub(super) fn is_timeless(&self) -> bool {
        !self.by_time && !self.by_distance
    }

    /// Whether there is a point to measure from.
    pub(super) fn measures(&self) -> bool {
        self.near.is_some()
    }

    /// Hundreds of metres to it; [`NEVER`] without a place.
    #[inline]
    pub(super) fn near(&self, record: u32) -> u16 {
        self.near.as_ref().and_then(|near| near.get(record as usize)).copied().unwrap_or(NEVER)
    }

    /// Minutes until it can be used. A residence whose free beds were counted lately can be used now; one with an older
    /// count stands by its age, behind all that has a time.
    #[inline]
    pub(super) fn soon(&self, head: Head, facts: &Facts, timing: Timing) -> u16 {
        const LATER: u16 = 40_000;
        let age = if facts.counted > 0 { self.today.checked_sub(facts.counted) } else { None };
        match age.filter(|_| head.has_beds()) {
            Some(age) if age <= weights::BED_COUNTS => 0,
            Some(age) => age.saturating_add(LATER).min(NEVER - 1),
            None => timing.soon,
        }
    }

    /// What [`Standing::factor`] is at most, by what is known of every record.
    #[inline]
    pub(super) fn most(&self, head: Head, timing: Timing, near: u16) -> f32 {
        let freshest = if head.has_beds() { 1.0 + weights::BED_GAIN } else { 1.0 };
        self.soonness(head, timing) * self.nearness(near) * freshest
    }

    /// By how much its score is multiplied.
    pub(super) fn factor(&self, head: Head, facts: &Facts, timing: Timing, near: u16) -> f32 {
        self.soonness(head, timing) * self.nearness(near) * self.fresh(head, facts)
    }

    #[inline]
    fn soonness(&self, head: Head, timing: Timing) -> f32 {
        if head.kind() != Kind::Meeting as u8 && !self.by_time {
            weights::TIMELESS
        } else if head.kind() != Kind::Meeting as u8 && timing.always {
            weights::ALWAYS
        } else {
            at(self.soon, timing.soon / MINUTES)
        }
    }

    #[inline]
    fn nearness(&self, near: u16) -> f32 {
        match near {
            NEVER if self.by_distance => weights::NEAR_UNKNOWN_ASKED,
            NEVER => weights::NEAR_UNKNOWN,
            near => at(self.nearness, near / 2),
        }
    }

    /// The score of a record where no words were asked: the nearest first, where a place was; else what begins next first,
    /// which their order as equals does by itself, with what is in another part of the country behind all others.
    #[inline]
    pub(super) fn bare(&self, head: Head, timing: Timing, near: u16) -> f32 {
        match (self.by_distance, self.by_time) {
            (true, true) => self.soonness(head, timing) * self.nearness(near),
            (true, false) if near == NEVER => 0.0,
            (true, false) => 1.0 / (1.0 + f32::from(near)),
            (false, true) if timing.always => weights::ALWAYS,
            (false, _) if near != NEVER && near > weights::FAR => weights::FAR_AWAY,
            (false, _) => 1.0,
        }
    }

    /// What a residence gains in a list without words by free beds that were counted lately: the freshest count first. At
    /// most [`weights::BED_FIRST`].
    pub(super) fn bed(&self, head: Head, facts: &Facts) -> f32 {
        let age = if facts.counted > 0 { self.today.checked_sub(facts.counted) } else { None };
        let fresh = age.filter(|age| head.has_beds() && !self.by_distance && *age <= weights::BED_COUNTS);
        fresh.map_or(0.0, |age| weights::BED_FIRST * at(&self.fadings.counted, age))
    }

    fn fresh(&self, head: Head, facts: &Facts) -> f32 {
        let age = |day: u16| self.today.saturating_sub(day);
        let checked =
            if facts.checked == 0 { weights::FRESH.1 } else { at(&self.fadings.checked, age(facts.checked) / 4) };
        if !head.has_beds() || facts.counted == 0 || facts.counted > self.today {
            return checked;
        }
        checked * (1.0 + weights::BED_GAIN * at(&self.fadings.counted, age(facts.counted)))
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

/// Hundreds of metres from a point to each of so many records, [`NEVER`] without a place. Quick, and as right as ranking
/// needs: the earth is flat as far as one travels to a meeting.
pub(super) fn nearness(from: Point, records: u32, point_of: impl Fn(u32) -> u64) -> Vec<u16> {
    let (north, east) = in_steps(from.latitude, from.longitude);
    let (down, across) = (STEP_METRES / STEP, from.latitude.to_radians().cos() * STEP_METRES / STEP);
    let steps_to = |record| {
        let Some((latitude, longitude)) = steps_of(point_of(record)) else { return NEVER };
        let (up, aside) = ((f64::from(latitude) - north) * down, (f64::from(longitude) - east) * across);
        whole((up * up + aside * aside).sqrt() + 0.5).min(NEVER - 1)
    };
    (0..records).map(steps_to).collect()
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
    value as u16
}
