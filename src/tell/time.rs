//! Times in plain words: "Tonight 7:00 PM, in 2 hours", "1st and 3rd Tuesday, 7:00 PM to 8:00 PM".

use index::query::Hit;
use index::record::{Kind, Record};
use index::schedule::{self, Days, Occurrence, Recurrence, Rule, Weeks};
use jiff::civil::{Date, Weekday};
use jiff::{SpanRound, Timestamp, Unit, Zoned};

use super::Teller;
use crate::locale::{number, text};

/// Minutes after which the day says it better than the wait.
const FAR: i64 = 12 * 60;

/// Minutes after which a start is said in whole hours.
const FINE_UNTIL: i64 = 180;

impl Teller<'_> {
    /// A time of day.
    pub fn clock(&self, minute_of_day: u16) -> String {
        let (hour, minute) = (minute_of_day / 60 % 24, minute_of_day % 60);
        match (hour, minute) {
            (12, 0) => return self.locale.say("clock-noon"),
            (0, 0) => return self.locale.say("clock-midnight"),
            _ => {}
        }
        let half = if hour < 12 { "am" } else { "pm" };
        let hour = (hour + 11) % 12 + 1;
        let minute = format!("{minute:02}");
        self.locale.say_with("clock-time", &[("hour", number(hour)), ("minute", text(&minute)), ("half", text(half))])
    }

    /// The time of day of a moment, with its zone when that is not the kiosk's.
    fn clock_of(&self, moment: &Zoned) -> String {
        let clock = self.clock(minute_of_day(moment));
        if moment.offset() == moment.timestamp().to_zoned(self.now.time_zone().clone()).offset() {
            return clock;
        }
        let zone = moment.strftime("%Z").to_string();
        self.locale.say_with("clock-in-zone", &[("clock", text(&clock)), ("zone", text(&zone))])
    }

    /// Now, for the clock of the home screen.
    pub fn moment(&self) -> String {
        let (day, clock) = (self.weekday(self.now.weekday()), self.clock(minute_of_day(self.now)));
        self.locale.say_with("next", &[("day", text(&day)), ("clock", text(&clock))])
    }

    /// A date, with its year when that is not this one.
    pub fn date(&self, date: Date) -> String {
        let month = self.locale.say(MONTHS[usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1]);
        let id = if date.year() == self.now.year() { "date-this-year" } else { "date-with-year" };
        // The year goes in as a text: a number would be grouped in thousands.
        let year = date.year().to_string();
        self.locale.say_with(id, &[("month", text(&month)), ("day", number(date.day())), ("year", text(&year))])
    }

    /// A day seen from now: today, tomorrow, Tuesday, Tuesday December 1.
    fn day(&self, moment: &Zoned) -> String {
        let date = moment.date();
        let days = self.days_ahead(moment);
        let weekday = self.weekday(date.weekday());
        match days {
            0 if moment.hour() >= 17 => self.locale.say("day-tonight"),
            0 => self.locale.say("day-today"),
            1 => self.locale.say("day-tomorrow"),
            2..=6 => weekday,
            _ => {
                let date = self.date(date);
                self.locale.say_with("day-far", &[("weekday", text(&weekday)), ("date", text(&date))])
            }
        }
    }

    /// How many days after today a moment lies, by the calendar of its own zone.
    pub(super) fn days_ahead(&self, moment: &Zoned) -> i32 {
        (moment.date() - self.now.with_time_zone(moment.time_zone().clone()).date()).get_days()
    }

    /// The name of a weekday.
    pub fn weekday(&self, weekday: Weekday) -> String {
        self.locale.say(WEEKDAYS[usize::from(weekday.to_sunday_zero_offset().unsigned_abs()) % 7])
    }

    /// How long until a moment; nothing when it is far away.
    fn until(&self, moment: Timestamp) -> Option<String> {
        let minutes = minutes_between(self.now.timestamp(), moment)?;
        match minutes {
            0 => Some(self.locale.say("in-now")),
            1..60 => Some(self.locale.say_with("in-minutes", &[("minutes", number(minutes))])),
            60..FINE_UNTIL if minutes % 60 != 0 => {
                Some(self.locale.say_with(
                    "in-hours-minutes",
                    &[("hours", number(minutes / 60)), ("minutes", number(minutes % 60))],
                ))
            }
            60..=FAR => Some(self.locale.say_with("in-hours", &[("hours", number((minutes + 30) / 60))])),
            _ => None,
        }
    }

    /// When it happens next, seen from now: "Tonight 7:00 PM, in 2 hours"; "Open now, until 5:00 PM"; "Started at
    /// 7:00 PM" for a meeting that one can still walk into. Nothing when that cannot be said.
    pub fn soonest(&self, record: &Record, next: Option<&Occurrence>) -> Option<String> {
        let always = record.times.iter().find(|times| times.rule == Rule::RoundTheClock);
        let is_there = record.happens() && record.closed(self.now.date()).is_none();
        if let Some(always) = always.filter(|_| is_there) {
            return Some(self.recurrence(always));
        }
        let next = next?;
        // On the dot of the hour the start is still to come.
        Some(match (next.start.timestamp() < self.now.timestamp(), record.kind()) {
            (true, Kind::Meeting) => self.started(next),
            (true, _) => self.open_now(next),
            (false, _) => self.next(next),
        })
    }

    /// The time of a hit. A list that stood on the screen for long does not show what is over.
    pub(super) fn still_ahead(&self, hit: &Hit) -> Option<Occurrence> {
        let over = |next: &Occurrence| next.end.as_ref().is_some_and(|end| end.timestamp() < self.now.timestamp());
        match &hit.next {
            Some(next) if over(next) => hit.record.next(self.now.timestamp()),
            next => next.clone(),
        }
    }

    fn started(&self, current: &Occurrence) -> String {
        let start = self.clock_of(&current.start);
        match &current.end {
            Some(end) => {
                let end = self.clock_of(end);
                self.locale.say_with("now-started-until", &[("start", text(&start)), ("end", text(&end))])
            }
            None => self.locale.say_with("now-started", &[("start", text(&start))]),
        }
    }

    fn open_now(&self, current: &Occurrence) -> String {
        match &current.end {
            Some(end) => self.locale.say_with("now-until", &[("clock", text(&self.clock_of(end)))]),
            None => self.locale.say("now-open"),
        }
    }

    /// A start that lies ahead.
    fn next(&self, occurrence: &Occurrence) -> String {
        let start = &occurrence.start;
        let (day, clock) = (self.day(start), self.clock_of(start));
        match self.until(start.timestamp()) {
            Some(wait) => self
                .locale
                .say_with("next-soon", &[("day", text(&day)), ("clock", text(&clock)), ("wait", text(&wait))]),
            None => self.locale.say_with("next", &[("day", text(&day)), ("clock", text(&clock))]),
        }
    }

    /// What repeats: "Every Monday and Wednesday, 7:00 PM to 8:00 PM".
    pub fn recurrence(&self, recurrence: &Recurrence) -> String {
        match recurrence.rule {
            Rule::RoundTheClock => self.locale.say("times-always"),
            Rule::ByAppointment => self.locale.say("times-appointment"),
            Rule::Weekly { days, weeks, start, minutes } => {
                let clock = self.clock(start);
                let clock = match minutes {
                    Some(minutes) if minutes > 0 => {
                        let end = self.clock((start + minutes) % 1440);
                        self.locale.say_with("clock-span", &[("from", text(&clock)), ("until", text(&end))])
                    }
                    _ => clock,
                };
                let clock = self.clock_of_zone(clock, &recurrence.zone);
                self.days_and_clock("times-weekly", days, weeks, &clock)
            }
            Rule::Open { days, weeks, from, until } => {
                let clock = self
                    .locale
                    .say_with("clock-span", &[("from", text(&self.clock(from))), ("until", text(&self.clock(until)))]);
                let clock = self.clock_of_zone(clock, &recurrence.zone);
                self.days_and_clock("times-open", days, weeks, &clock)
            }
        }
    }

    /// A time of the wall clock in a zone, with the zone's name when it is not what the kiosk's clock shows.
    fn clock_of_zone(&self, clock: String, zone: &str) -> String {
        let Some(there) = schedule::zone(zone).map(|zone| self.now.with_time_zone(zone)) else { return clock };
        if there.offset() == self.now.offset() {
            return clock;
        }
        let name = there.strftime("%Z").to_string();
        self.locale.say_with("clock-in-zone", &[("clock", text(&clock)), ("zone", text(&name))])
    }

    fn days_and_clock(&self, id: &str, days: Days, weeks: Weeks, clock: &str) -> String {
        let names = self.days(days);
        let days = if weeks.is_every() {
            if days == Days::EVERY { names } else { self.locale.say_with("days-every", &[("days", text(&names))]) }
        } else {
            let nths: Vec<String> = NTHS
                .iter()
                .filter(|(week, _)| week.map_or(weeks.names_last(), |week| weeks.names(week)))
                .map(|(_, nth)| self.locale.say(nth))
                .collect();
            let nths = self.locale.list(&nths);
            self.locale.say_with("days-of-month", &[("nths", text(&nths)), ("days", text(&names))])
        };
        self.locale.say_with(id, &[("days", text(&days)), ("clock", text(clock))])
    }

    /// Days of the week as a person names them: all of them, from one to another, or one by one.
    fn days(&self, days: Days) -> String {
        let names: Vec<String> = days.iter().map(|day| self.weekday(day)).collect();
        let in_a_row = days.iter().zip(days.iter().skip(1)).all(|(day, next)| day.next() == next);
        match &names[..] {
            all if all.len() == 7 => self.locale.say("days-all"),
            [first, .., last] if names.len() > 2 && in_a_row => {
                self.locale.say_with("days-range", &[("first", text(first)), ("last", text(last))])
            }
            _ => self.locale.list(&names),
        }
    }

    /// How long ago a moment on the wall was: "2 hours ago", "3 days ago".
    pub fn ago(&self, then: jiff::civil::DateTime) -> String {
        let hours = (self.now.datetime() - then)
            .round(SpanRound::new().largest(Unit::Hour).smallest(Unit::Hour).days_are_24_hours())
            .map_or(0, |span| i64::from(span.get_hours()));
        match hours {
            i64::MIN..=0 => self.locale.say("ago-just-now"),
            1..48 => self.locale.say_with("ago-hours", &[("hours", number(hours))]),
            _ => self.locale.say_with("ago-days", &[("days", number(hours / 24))]),
        }
    }
}

/// The minute of the day of a moment, in its own zone.
fn minute_of_day(moment: &Zoned) -> u16 {
    u16::from(moment.hour().unsigned_abs()) * 60 + u16::from(moment.minute().unsigned_abs())
}

/// Whole minutes from one moment to a later one, rounded up, so that "in 1 minute" is never late.
fn minutes_between(from: Timestamp, until: Timestamp) -> Option<i64> {
    let seconds = until.as_second().checked_sub(from.as_second())?;
    (seconds >= 0).then_some((seconds + 59) / 60)
}

const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The weeks of a month, `None` being the last.
const NTHS: [(Option<u8>, &str); 6] = [
    (Some(1), "nth-1"),
    (Some(2), "nth-2"),
    (Some(3), "nth-3"),
    (Some(4), "nth-4"),
    (Some(5), "nth-5"),
    (None, "nth-last"),
];
