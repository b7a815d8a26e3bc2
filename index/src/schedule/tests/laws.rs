//! The arithmetic against a walk over every minute.
//!
//! The walk looks at what the clock shows at each minute of time (from moments to wall clocks), while the program goes
//! the other way; so the two share no arithmetic.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::super::{Days, Recurrence, Rule, WallNow, Weeks, zone};

const ZONES: [&str; 8] = [
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "America/St_Johns",
    "UTC",
];

/// What the notice on the door says of a day and a minute.
fn on_the_notice(rule: Rule, shown: DateTime) -> bool {
    let (days, weeks, start) = match rule {
        Rule::Weekly { days, weeks, start, .. } => (days, weeks, start),
        Rule::Open { days, weeks, from, .. } => (days, weeks, from),
        Rule::RoundTheClock | Rule::ByAppointment => return false,
    };
    let date = shown.date();
    let same = |day: &i8| date.with().day(*day).build().unwrap().weekday() == date.weekday();
    let nth = (1..=date.day()).filter(same).count();
    let is_last = !(date.day() + 1..=date.days_in_month()).any(|day| same(&day));
    i32::from(shown.hour()) * 60 + i32::from(shown.minute()) == i32::from(start)
        && days.contains(date.weekday())
        && (weeks.is_every() || weeks.names(u8::try_from(nth).unwrap()) || (is_last && weeks.names_last()))
}

/// Walks every minute from `from` until the rule starts, at most to `until`. Clocks that are moved forward are read
/// twice for as long as they were moved: as they are, and as if nobody had moved them. Clocks that are moved back are
/// read only when they show something new.
fn walk(rule: Rule, zone: &TimeZone, from: Timestamp, until: Timestamp) -> Option<Timestamp> {
    let minute = SignedDuration::from_mins(1);
    let mut at = Timestamp::from_second(from.as_second().div_euclid(60) * 60).unwrap() - SignedDuration::from_hours(50);
    let mut newest = zone.to_datetime(at - minute);
    let mut unmoved: Option<(DateTime, SignedDuration)> = None;
    while at <= until {
        let shown = zone.to_datetime(at);
        let jump = newest.duration_until(shown);
        if jump > minute {
            unmoved = Some((newest.checked_add(minute).unwrap(), jump - minute));
        }
        let mut starts = shown > newest && on_the_notice(rule, shown);
        if let Some((clock, left)) = unmoved.filter(|(_, left)| left.is_positive()) {
            starts |= on_the_notice(rule, clock);
            unmoved = Some((clock.checked_add(minute).unwrap(), left - minute));
        }
        if starts && at >= from {
            return Some(at);
        }
        newest = newest.max(shown);
        at += minute;
    }
    None
}

prop_compose! {
    /// A zone, a moment, and mostly a minute of the day worth starting at: near a change of the clocks or a year's end,
    /// where mistakes live.
    fn moments()(zone_name in prop::sample::select(&ZONES[..]), year in 1990_i16..2037, day in 1_i64..365, near in 0..4,
                 off in -4 * 86_400_i64..86_400, odd_seconds in any::<bool>(), beside in 0_u16..240)
                -> (&'static str, Timestamp, Option<u16>) {
        let rules = zone(zone_name).unwrap();
        let midnight = |month, day| jiff::civil::date(year, month, day).to_zoned(rules.clone()).unwrap().timestamp();
        let some_day = midnight(1, 1) + SignedDuration::from_hours(24 * day);
        let middle = match near {
            0 => some_day,
            1 => midnight(12, 31),
            _ => rules.following(some_day).next().map_or(some_day, |change| change.timestamp()),
        };
        let shown = rules.to_datetime(middle);
        let minute = u16::try_from(i32::from(shown.hour()) * 60 + i32::from(shown.minute())).unwrap();
        let off = if odd_seconds { off } else { off / 1800 * 1800 };
        (zone_name, middle + SignedDuration::from_secs(off), (near > 1).then_some((minute + 1320 + beside) % 1440))
    }
}

/// The same rule, starting at this minute instead.
fn at(rule: Rule, minute: Option<u16>) -> Rule {
    match (rule, minute) {
        (Rule::Weekly { days, weeks, minutes, .. }, Some(start)) => Rule::Weekly { days, weeks, start, minutes },
        (Rule::Open { days, weeks, until, .. }, Some(from)) => Rule::Open { days, weeks, from, until },
        (rule, _) => rule,
    }
}

fn starts() -> impl Strategy<Value = (Days, u16)> {
    let start = prop_oneof![0_u16..1440, 0_u16..240, 1380_u16..1440, (0_u16..48).prop_map(|half| half * 30)];
    (1_u8..128, start).prop_map(|(bits, start)| (Days::from_bits(bits), start))
}

fn rules(weeks: impl Strategy<Value = Weeks>) -> impl Strategy<Value = Rule> {
    (starts(), weeks, any::<bool>(), prop::option::of(1_u16..2000), 0_u16..1440).prop_map(
        |((days, start), weeks, open, minutes, until)| {
            if open {
                Rule::Open { days, weeks, from: start, until }
            } else {
                Rule::Weekly { days, weeks, start, minutes }
            }
        },
    )
}

fn named_weeks() -> impl Strategy<Value = Weeks> {
    (1_u8..64).prop_map(Weeks::from_bits)
}

/// Nothing starts before the given next start, and it is a start.
fn check_next(rule: Rule, zone_name: &str, from: Timestamp) -> Result<(), TestCaseError> {
    let next = Recurrence::new(zone_name, rule).next_start(from);
    prop_assert!(next.is_some());
    let start = next.unwrap().start.timestamp();
    prop_assert!(start >= from);
    prop_assert_eq!(walk(rule, &zone(zone_name).unwrap(), from, start), Some(start));
    Ok(())
}

proptest! {
    // Each walks up to nine days of minutes.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_next_start_is_the_first_that_a_walk_over_the_minutes_meets(
        (zone_name, from, minute) in moments(), rule in rules(Just(Weeks::EVERY)),
    ) {
        check_next(at(rule, minute), zone_name, from)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn asking_later_never_gives_an_earlier_start(
        (zone_name, from, minute) in moments(), rule in rules(prop_oneof![Just(Weeks::EVERY), named_weeks()]), later in 0_i64..200_000,
    ) {
        let rule = Recurrence::new(zone_name, at(rule, minute));
        let start = |from| rule.next_start(from).unwrap().start.timestamp();
        prop_assert!(start(from) <= start(from + SignedDuration::from_secs(later)));
        prop_assert_eq!(start(start(from)), start(from));
    }

    #[test]
    fn what_is_current_began_and_is_not_over(
        (zone_name, from, minute) in moments(), rule in rules(prop_oneof![Just(Weeks::EVERY), named_weeks()]), into in 0_i64..200_000,
    ) {
        let rule = Recurrence::new(zone_name, at(rule, minute));
        let next = rule.next_start(from).unwrap();
        let asked = next.start.timestamp() + SignedDuration::from_secs(into);
        let end = next.known_or_usual_end().unwrap();
        match rule.current(asked) {
            Some(now) => {
                prop_assert!(now.start.timestamp() <= asked && asked < now.known_or_usual_end().unwrap());
                prop_assert!(now.start >= next.start);
            }
            None => prop_assert!(asked >= end),
        }
    }

    #[test]
    fn the_packed_rule_agrees_where_no_clock_is_moved(
        (zone_name, from, minute) in moments(), rule in rules(prop_oneof![Just(Weeks::EVERY), named_weeks()]),
    ) {
        let rules = zone(zone_name).unwrap();
        let from = Timestamp::from_second(from.as_second().div_euclid(60) * 60).unwrap();
        let rule = Recurrence::new(zone_name, at(rule, minute));
        let (packed, now) = (rule.pack(7), WallNow::new(rules.to_datetime(from)));
        let start = rule.next_start(from).unwrap().start.timestamp();
        let moved = |since: Timestamp, until| rules.following(since).next().is_some_and(|change| change.timestamp() <= until);
        // Samoa once left out a whole day, and what was to start on it started a day later.
        if !moved(from - SignedDuration::from_hours(25), start) {
            let wait = packed.minutes_until_next(&now).map(i64::from);
            prop_assert_eq!(wait, Some(start.duration_since(from).as_mins()));
        }
        if !moved(from - SignedDuration::from_hours(72), from + SignedDuration::from_hours(72)) {
            prop_assert_eq!(packed.is_current(&now), rule.current(from).is_some());
        }
    }
}

proptest! {
    // Each walks up to four months of minutes.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn rules_of_weeks_too((zone_name, from, minute) in moments(), rule in rules(named_weeks())) {
        check_next(at(rule, minute), zone_name, from)?;
    }
}
