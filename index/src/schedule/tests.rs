use jiff::civil::Weekday::{self, Friday, Monday, Saturday, Sunday, Thursday, Tuesday};
use jiff::{Timestamp, Zoned};

use super::{Days, Recurrence, Rule, WallNow, Weeks};

mod laws;

const NEW_YORK: &str = "America/New_York";

fn moment(text: &str) -> Zoned {
    text.parse().unwrap()
}

fn hm(hour: u16, minute: u16) -> u16 {
    hour * 60 + minute
}

fn weekly(day: Weekday, start: u16, minutes: u16) -> Recurrence {
    Recurrence::weekly(NEW_YORK, Days::of([day]), start, Some(minutes))
}

/// The next start as a clock in New York shows it, asked on a clock in New York.
fn next(rule: &Recurrence, from: &str) -> String {
    let from = moment(&format!("{from}[{NEW_YORK}]"));
    let next = rule.next_start(from.timestamp()).unwrap();
    next.start.strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// What goes on, asked on a clock in New York: its start and its end.
fn current(rule: &Recurrence, at: &str) -> Option<(String, String)> {
    let at = moment(&format!("{at}[{NEW_YORK}]"));
    let shown = |moment: &Zoned| moment.strftime("%a %H:%M").to_string();
    rule.current(at.timestamp()).map(|now| (shown(&now.start), now.end.as_ref().map_or_else(String::new, shown)))
}

#[test]
fn a_meeting_that_begins_this_minute_is_the_next_one() {
    let rule = weekly(Tuesday, hm(19, 0), 60);
    assert_eq!(next(&rule, "2026-11-24T19:00"), "2026-11-24 19:00 EST");
    assert_eq!(next(&rule, "2026-11-24T19:00:01"), "2026-12-01 19:00 EST");
}

#[test]
fn a_meeting_keeps_its_hour_when_the_clocks_change() {
    let rule = weekly(Sunday, hm(10, 0), 60);
    assert_eq!(next(&rule, "2026-10-31T23:00"), "2026-11-01 10:00 EST");
    assert_eq!(next(&rule, "2026-10-25T09:00"), "2026-10-25 10:00 EDT");
}

#[test]
fn first_and_third_tuesday_skips_the_others() {
    let weeks = Weeks::nth(1).unwrap().union(Weeks::nth(3).unwrap());
    let rule = Recurrence::monthly(NEW_YORK, Days::of([Tuesday]), weeks, hm(19, 0), Some(60));
    assert_eq!(next(&rule, "2026-11-01T00:00"), "2026-11-03 19:00 EST");
    assert_eq!(next(&rule, "2026-11-04T00:00"), "2026-11-17 19:00 EST");
    assert_eq!(next(&rule, "2026-11-18T00:00"), "2026-12-01 19:00 EST");
}

#[test]
fn last_saturday_is_the_fourth_or_the_fifth() {
    let rule = Recurrence::monthly(NEW_YORK, Days::of([Saturday]), Weeks::LAST, hm(10, 0), None);
    assert_eq!(next(&rule, "2026-11-01T00:00"), "2026-11-28 10:00 EST");
    assert_eq!(next(&rule, "2026-10-01T00:00"), "2026-10-31 10:00 EDT");
}

#[test]
fn a_fifth_friday_may_be_months_away() {
    let rule = Recurrence::monthly(NEW_YORK, Days::of([Friday]), Weeks::nth(5).unwrap(), hm(20, 0), None);
    assert_eq!(next(&rule, "2026-10-30T20:01"), "2027-01-29 20:00 EST");
    // After a 29 January the next month with five Fridays is April, with a 28-day February between.
    assert_eq!(next(&rule, "2027-01-30T00:00"), "2027-04-30 20:00 EDT");
    let tuesday = Recurrence::monthly("UTC", Days::of([Tuesday]), Weeks::nth(5).unwrap(), hm(23, 59), None);
    let from = moment("1900-01-31T00:00[UTC]").timestamp();
    assert_eq!(tuesday.next_start(from).unwrap().start, moment("1900-05-29T23:59[UTC]"));
}

#[test]
fn the_leap_day_is_a_day() {
    let rule = Recurrence::monthly(NEW_YORK, Days::of([Tuesday]), Weeks::nth(5).unwrap(), hm(12, 0), None);
    assert_eq!(next(&rule, "2028-02-01T00:00"), "2028-02-29 12:00 EST");
    assert_eq!(next(&weekly(Tuesday, hm(12, 0), 60), "2028-02-23T00:00"), "2028-02-29 12:00 EST");
}

#[test]
fn new_years_eve_leads_into_the_new_year() {
    let rule = Recurrence::weekly(NEW_YORK, Days::EVERY, hm(23, 30), Some(60));
    assert_eq!(next(&rule, "2026-12-31T12:00"), "2026-12-31 23:30 EST");
    assert_eq!(next(&rule, "2026-12-31T23:31"), "2027-01-01 23:30 EST");
    assert_eq!(current(&rule, "2027-01-01T00:10"), Some(("Thu 23:30".into(), "Fri 00:30".into())));
}

#[test]
fn a_late_meeting_is_still_going_on_after_midnight() {
    let rule = weekly(Monday, hm(23, 30), 60);
    let going_on = Some(("Mon 23:30".into(), "Tue 00:30".into()));
    assert_eq!(current(&rule, "2026-11-23T23:45"), going_on);
    assert_eq!(current(&rule, "2026-11-24T00:29"), going_on);
    assert_eq!(current(&rule, "2026-11-24T00:30"), None);
    assert_eq!(current(&rule, "2026-11-23T23:29"), None);
    assert_eq!(next(&rule, "2026-11-23T23:45"), "2026-11-30 23:30 EST");
}

#[test]
fn without_a_known_end_a_meeting_goes_on_for_an_hour() {
    let rule = Recurrence::weekly(NEW_YORK, Days::of([Monday]), hm(12, 0), None);
    assert_eq!(current(&rule, "2026-11-23T12:59"), Some(("Mon 12:00".into(), String::new())));
    assert_eq!(current(&rule, "2026-11-23T13:00"), None);
}

#[test]
fn in_the_night_that_skips_an_hour_a_start_in_it_comes_an_hour_later() {
    let rule = weekly(Sunday, hm(2, 30), 60);
    assert_eq!(next(&rule, "2026-03-08T01:00"), "2026-03-08 03:30 EDT");
    assert_eq!(next(&rule, "2026-03-08T03:31"), "2026-03-15 02:30 EDT");
}

#[test]
fn an_hour_that_comes_twice_counts_once() {
    let rule = weekly(Sunday, hm(1, 30), 60);
    assert_eq!(next(&rule, "2026-11-01T00:00"), "2026-11-01 01:30 EDT");
    // A quarter past one for the second time: the meeting was an hour ago.
    assert_eq!(next(&rule, "2026-11-01T01:15-05:00"), "2026-11-08 01:30 EST");
}

#[test]
fn a_start_at_a_midnight_that_is_skipped_is_found_from_the_evening_before() {
    let rule = Recurrence::weekly("America/Sao_Paulo", Days::of([Sunday]), 0, Some(60));
    let from = moment("2018-11-03T22:00[America/Sao_Paulo]").timestamp();
    assert_eq!(rule.next_start(from).unwrap().start, moment("2018-11-04T01:00[America/Sao_Paulo]"));
}

#[test]
fn a_start_on_a_day_that_is_skipped_comes_a_day_later() {
    // Samoa went from Thursday to Saturday when it crossed the date line.
    let rule = Recurrence::weekly("Pacific/Apia", Days::of([Friday]), hm(19, 0), Some(60));
    let saturday = moment("2011-12-31T10:00[Pacific/Apia]").timestamp();
    assert_eq!(rule.next_start(saturday).unwrap().start, moment("2011-12-31T19:00[Pacific/Apia]"));
}

#[test]
fn what_was_over_before_the_clocks_went_back_over_midnight_is_known_as_begun() {
    // In Newfoundland the clocks went back at one minute past midnight, to one minute past eleven.
    let rule = Recurrence::weekly("America/St_Johns", Days::of([Sunday]), 0, Some(90));
    let second_pass = moment("2006-10-28T23:30-03:30[America/St_Johns]").timestamp();
    assert_eq!(rule.current(second_pass).unwrap().start, moment("2006-10-29T00:00-02:30[America/St_Johns]"));
    assert_eq!(rule.next_start(second_pass).unwrap().start, moment("2006-11-05T00:00[America/St_Johns]"));
}

#[test]
fn a_place_open_past_midnight_closes_in_the_morning() {
    let rule = Recurrence::open(NEW_YORK, Days::of([Friday]), hm(18, 0), hm(2, 0));
    assert_eq!(current(&rule, "2026-11-28T01:59"), Some(("Fri 18:00".into(), "Sat 02:00".into())));
    assert_eq!(current(&rule, "2026-11-28T02:00"), None);
    assert_eq!(current(&rule, "2026-11-27T01:00"), None);
    assert_eq!(next(&rule, "2026-11-27T19:00"), "2026-12-04 18:00 EST");
}

#[test]
fn a_place_open_from_midnight_to_midnight_is_open_all_day() {
    let rule = Recurrence::open(NEW_YORK, Days::EVERY, 0, 0);
    assert_eq!(current(&rule, "2026-11-28T23:59").unwrap().0, "Sat 00:00");
}

#[test]
fn opening_hours_inside_a_skipped_hour_do_not_end_before_they_begin() {
    let rule = Recurrence::open(NEW_YORK, Days::of([Sunday]), hm(2, 30), hm(3, 0));
    let from = moment("2026-03-08T00:00[America/New_York]").timestamp();
    let opening = rule.next_start(from).unwrap();
    assert!(opening.end.unwrap() >= opening.start);
}

#[test]
fn what_is_always_there_is_current_and_never_starts() {
    let line = Recurrence::round_the_clock(NEW_YORK);
    let at = moment("2026-11-22T03:00[America/New_York]");
    assert_eq!(line.next_start(at.timestamp()), None);
    assert_eq!(line.current(at.timestamp()).unwrap().start, at);
    assert!(Recurrence::round_the_clock("Nowhere").current(at.timestamp()).is_some());
    let asked = Recurrence::by_appointment(NEW_YORK);
    assert_eq!((asked.next_start(at.timestamp()), asked.current(at.timestamp())), (None, None));
}

#[test]
fn of_several_times_the_earliest_is_next_and_the_latest_begun_is_current() {
    let times =
        [weekly(Thursday, hm(19, 0), 60), weekly(Tuesday, hm(19, 0), 90), weekly(Tuesday, hm(7, 0), 900)].to_vec();
    let at = moment("2026-11-24T19:30[America/New_York]").timestamp();
    assert_eq!(super::current(&times, at).unwrap().start, moment("2026-11-24T19:00[America/New_York]"));
    assert_eq!(super::next(&times, at).unwrap().start, moment("2026-11-26T19:00[America/New_York]"));
    assert_eq!(super::next(&[], at), None);
}

#[test]
fn what_makes_no_sense_never_happens() {
    let at = Timestamp::UNIX_EPOCH;
    for rule in [
        Recurrence::weekly("Mars/Olympus", Days::EVERY, 60, None),
        Recurrence::weekly("", Days::EVERY, 60, None),
        Recurrence::weekly("UTC", Days::NONE, 60, None),
        Recurrence::weekly("UTC", Days::EVERY, 1440, None),
    ] {
        assert_eq!(rule.next_start(at), None, "{rule:?}");
        assert_eq!(rule.current(at), None, "{rule:?}");
    }
    // The last moments of time, and a length that would pass them.
    let rule = Recurrence::weekly("UTC", Days::EVERY, hm(23, 0), Some(u16::MAX));
    assert_eq!(rule.next_start(Timestamp::MAX), None);
    assert_eq!(rule.current(Timestamp::MIN), None);
}

#[test]
fn a_zone_gets_its_own_spelling_and_other_words_get_none() {
    assert_eq!(super::zone_name("america/new_york").as_deref(), Some(NEW_YORK));
    assert_eq!(super::zone_name("UTC").as_deref(), Some("UTC"));
    for wrong in ["", "EST/Nowhere", "Eastern Time", "Etc/Unknown", "../UTC", "America/New York"] {
        assert_eq!(super::zone_name(wrong), None, "{wrong}");
    }
}

#[test]
fn days_are_counted_from_sunday() {
    assert_eq!(Days::from_sunday_index(0), Some(Days::of([Sunday])));
    assert_eq!(Days::from_sunday_index(6), Some(Days::of([Saturday])));
    assert_eq!(Days::from_sunday_index(7), None);
    assert_eq!(Days::of([Saturday, Sunday, Monday]).iter().collect::<Vec<_>>(), [Sunday, Monday, Saturday]);
    assert_eq!(Days::EVERY.iter().count(), 7);
    assert!(Days::NONE.is_empty() && !Days::of([Friday]).is_empty());
    assert_eq!((Weeks::nth(0), Weeks::nth(6)), (None, None));
}

#[test]
fn packing_keeps_what_ranking_needs() {
    let rule = Recurrence::open(NEW_YORK, Days::of([Friday, Sunday]), hm(23, 59), hm(1, 0)).pack(u16::MAX);
    assert_eq!((rule.zone_index(), rule.days()), (u16::MAX, Days::of([Sunday, Friday])));
    // Saturday, half past midnight: it opened on Friday and opens again on Sunday.
    let now = WallNow::new(moment("2026-11-28T00:30[America/New_York]").datetime());
    assert!(rule.is_current(&now));
    assert_eq!(rule.minutes_until_next(&now), Some(u32::from(24 * 60 + hm(23, 29))));
    for never in [Rule::RoundTheClock, Rule::ByAppointment] {
        let packed = Recurrence::new(NEW_YORK, never).pack(0);
        assert_eq!(packed.minutes_until_next(&now), None);
        assert_eq!(packed.is_current(&now), never == Rule::RoundTheClock);
        assert_eq!(packed.days(), never.days());
    }
    let impossible = Recurrence::weekly(NEW_YORK, Days::EVERY, 5000, None).pack(0);
    assert_eq!(impossible.minutes_until_next(&now), None);
}

#[test]
fn a_meeting_that_has_just_begun_is_still_now() {
    let seven = Recurrence::weekly("America/New_York", Days::of([Weekday::Tuesday]), 19 * 60, Some(60));
    let at = |moment: &str| format!("2026-11-24T{moment}-05:00").parse::<Timestamp>().unwrap();
    let begun = |moment: &str| seven.just_begun(at(moment)).is_some();
    assert!(begun("19:00:00") && begun("19:00:30") && begun("19:15:59"));
    assert!(!begun("18:59:59") && !begun("19:16:00"));
    for (moment, minute) in [("18:59", 59), ("19:00", 60), ("19:15", 75), ("19:16", 76)] {
        let wall = WallNow::new(jiff::civil::date(2026, 11, 24).at(18, 0, 0, 0) + jiff::Span::new().minutes(minute));
        assert_eq!(seven.pack(0).just_begun(&wall), begun(&format!("{moment}:00")), "{moment}");
    }
}

#[test]
fn on_one_day_it_starts_on_that_day_alone() {
    let busy = Recurrence::weekly("America/New_York", Days::of([Weekday::Monday, Weekday::Friday]), 600, None);
    let from = "2026-11-24T12:00Z".parse().unwrap();
    let monday = busy.on(Days::of([Weekday::Monday])).unwrap();
    assert_eq!(monday.next_start(from).unwrap().start.date(), jiff::civil::date(2026, 11, 30));
    assert_eq!(busy.on(Days::of([Weekday::Sunday])), None);
    let wall = WallNow::new(jiff::civil::date(2026, 11, 24).at(7, 0, 0, 0));
    assert_eq!(busy.pack(0).on(Days::of([Weekday::Monday])).minutes_until_next(&wall), Some(6 * 1440 + 180));
    assert_eq!(busy.pack(0).on(Days::of([Weekday::Sunday])).minutes_until_next(&wall), None);
}
