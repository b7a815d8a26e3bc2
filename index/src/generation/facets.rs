//! Counting: what is left of each facet's values, from what was counted of profiles, timetables and distances.

use crate::query::{Facet, Facets, MILES, Part, Value, weekday};
use crate::record::{Attendance, Door, Kind};
use crate::schedule::Days;

use super::rows::Head;
use super::standing::steps_of_miles;
use super::tables::Tables;
use super::timing::Timings;
use super::verdict::facet_bit;

/// Values in fixed orders; those of other facets stand by their counts.
const BUCKETS: usize = MILES.len() + 1;

/// What was counted of an answer.
pub(super) struct Counted {
    /// Records that fit, by profile and by timetable.
    profiles: Touched,
    timetables: Touched,
    /// Records that fit but for the day, or for the part of the day, by timetable.
    but_for_day: Touched,
    but_for_part: Touched,
    /// For each facet in which something is chosen: records that fit but for that, by profile.
    but_for: Vec<(u16, Touched)>,
    /// Records that fit, and that would but for the distance, by the shortest of [`MILES`].
    near: [u64; BUCKETS],
}

/// Counts by number, of which few are not zero.
#[derive(Clone, Default)]
struct Touched {
    counts: Vec<u32>,
    touched: Vec<u32>,
}

impl Touched {
    fn of(numbers: usize) -> Self {
        Self { counts: vec![0; numbers], touched: Vec::new() }
    }

    #[inline]
    fn add(&mut self, number: u32) {
        if let Some(count) = self.counts.get_mut(number as usize) {
            if *count == 0 {
                self.touched.push(number);
            }
            *count += 1;
        }
    }

    fn iter(&self) -> impl Iterator<Item = (u32, u64)> {
        self.touched.iter().map(|number| (*number, self.counts.get(*number as usize).copied().unwrap_or(0).into()))
    }
}

/// What stands between a record and fitting all that was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Declined {
    /// The facets of its profile, by their bits.
    pub(super) facets: u16,
    /// The days and parts of the day.
    pub(super) time: bool,
    /// The distance.
    pub(super) distance: bool,
}

impl Counted {
    pub(super) fn new(tables: &Tables) -> Self {
        Self {
            profiles: Touched::of(tables.profile_count()),
            timetables: Touched::of(tables.timetable_count()),
            but_for_day: Touched::default(),
            but_for_part: Touched::default(),
            but_for: Vec::new(),
            near: [0; BUCKETS],
        }
    }

    /// Counts a record that fits all.
    #[inline]
    pub(super) fn add(&mut self, head: Head, bucket: usize) {
        self.profiles.add(head.profile());
        self.timetables.add(head.timetable());
        if let Some(count) = self.near.get_mut(bucket) {
            *count += 1;
        }
    }

    /// Counts a record that fits all but what was chosen, where that is of one facet.
    pub(super) fn add_but(&mut self, but: Declined, head: Head, bucket: usize, fits: (bool, bool)) {
        let as_many = |others: &Touched| Touched::of(others.counts.len());
        match but {
            Declined { facets: 0, time: true, distance: false } => {
                for (slot, fits) in [(&mut self.but_for_day, fits.0), (&mut self.but_for_part, fits.1)] {
                    if fits {
                        if slot.counts.is_empty() {
                            *slot = as_many(&self.timetables);
                        }
                        slot.add(head.timetable());
                    }
                }
            }
            Declined { facets: 0, time: false, distance: true } => {
                if let Some(count) = self.near.get_mut(bucket) {
                    *count += 1;
                }
            }
            Declined { facets, time: false, distance: false } if facets.is_power_of_two() => {
                let at = self.but_for.iter().position(|(bit, _)| *bit == facets).unwrap_or_else(|| {
                    self.but_for.push((facets, as_many(&self.profiles)));
                    self.but_for.len() - 1
                });
                if let Some((_, counts)) = self.but_for.get_mut(at) {
                    counts.add(head.profile());
                }
            }
            _ => {}
        }
    }

    /// All of it by value.
    pub(super) fn facets(&self, tables: &Tables, timings: &Timings, measured: bool, chosen: &[Value]) -> Facets {
        let mut sums = vec![0_u64; tables.values().count()];
        sum_values(tables, self.profiles.iter(), &mut sums, |_| true);
        for (bit, counts) in &self.but_for {
            sum_values(tables, counts.iter(), &mut sums, |facet| facet_bit(facet) == *bit);
        }
        let mut all: Vec<(Facet, Vec<(String, u64)>)> = Facet::ALL.map(|facet| (facet, Vec::new())).into();
        let mut put = |facet, key: &str, count: u64| {
            let is_chosen = chosen.iter().any(|value| value.facet == facet && value.key == key);
            if let Some((_, values)) = all.iter_mut().find(|(of, _)| *of == facet && (count > 0 || is_chosen)) {
                values.push((key.to_owned(), count));
            }
        };
        for ((facet, key), count) in tables.values().zip(&sums) {
            put(facet, key, *count);
        }
        let (mut days, mut parts) = ([0; 7], [0; 4]);
        for (timetable, count) in self.timetables.iter().chain(self.but_for_day.iter()) {
            share(&mut days, timings.get(timetable).days, count);
        }
        for (timetable, count) in self.timetables.iter().chain(self.but_for_part.iter()) {
            share(&mut parts, timings.get(timetable).parts, count);
        }
        for (day, count) in Days::WEEK.into_iter().zip(days) {
            put(Facet::Day, weekday(day), count);
        }
        for (part, count) in Part::ALL.into_iter().zip(parts) {
            put(Facet::Part, part.word(), count);
        }
        if measured {
            let mut within = 0;
            for (miles, count) in MILES.into_iter().zip(self.near) {
                within += count;
                put(Facet::Distance, &miles.to_string(), within);
            }
        }
        all.retain(|(_, values)| !values.is_empty());
        for (facet, values) in &mut all {
            order(*facet, values);
        }
        Facets::new(all)
    }
}

/// For each distance in hundreds of metres that is within [`MILES`], the place of the shortest that reaches so far.
pub(super) fn buckets() -> Vec<u8> {
    let limits = MILES.map(|miles| steps_of_miles(f64::from(miles)));
    let reach = |near: u16| (0_u8..).zip(limits).find(|(_, limit)| near <= *limit).map(|(at, _)| at);
    (0..).map_while(reach).collect()
}

/// How many records have each value, from how many have each profile.
pub(super) fn of_values(tables: &Tables, of_profiles: &[u64]) -> Vec<u64> {
    let mut sums = vec![0; tables.values().count()];
    sum_values(tables, (0_u32..).zip(of_profiles.iter().copied()), &mut sums, |_| true);
    sums
}

fn sum_values(
    tables: &Tables,
    profiles: impl Iterator<Item = (u32, u64)>,
    sums: &mut [u64],
    counts_for: impl Fn(Facet) -> bool,
) {
    let counted: Vec<bool> = tables.values().map(|(facet, _)| counts_for(facet)).collect();
    for (profile, count) in profiles {
        for value in tables.profile(profile as usize) {
            if let Some(sum) = sums.get_mut(*value as usize).filter(|_| counted.get(*value as usize) == Some(&true)) {
                *sum += count;
            }
        }
    }
}

/// Adds a count to each whose bit is set.
fn share(counts: &mut [u64], bits: u8, count: u64) {
    for (at, sum) in counts.iter_mut().enumerate() {
        if bits >> at & 1 == 1 {
            *sum += count;
        }
    }
}

/// Puts the values of a facet into the order in which they are shown.
fn order(facet: Facet, values: &mut [(String, u64)]) {
    let words: Vec<&str> = match facet {
        Facet::Kind => Kind::ALL.map(Kind::word).into(),
        Facet::Door => Door::ALL.map(Door::word).into(),
        Facet::How => Attendance::ALL.map(Attendance::word).into(),
        // In the order of the week, the day and the miles already.
        Facet::Day | Facet::Part | Facet::Distance => return,
        _ => Vec::new(),
    };
    let place = |key: &str| words.iter().position(|word| *word == key);
    values.sort_by(|(one, one_count), (other, other_count)| {
        place(one).cmp(&place(other)).then(other_count.cmp(one_count)).then_with(|| one.cmp(other))
    });
}
