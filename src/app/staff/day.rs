//! A day as people type it: "today", "tomorrow", a weekday, 12/1, 12/1/2027, 2026-12-01. The form says at once how it was
//! understood.

use index::schedule::Days;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Which of the days of that kind is meant, where the year is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Near {
    /// The nearest, be it over: what began last week is said to have begun then.
    Today,
    /// The next, from today on: what is over needs no end.
    Ahead,
}

/// The day that was typed. `None` when it is none.
pub(super) fn read(typed: &str, today: Date, near: Near) -> Option<Date> {
    let typed = typed.trim().to_lowercase();
    match typed.as_str() {
        "today" | "hoy" => return Some(today),
        "tomorrow" | "mañana" | "manana" => return today.tomorrow().ok(),
        "yesterday" | "ayer" => return today.yesterday().ok(),
        _ => {}
    }
    if let Some(day) = weekday(&typed) {
        return today.checked_add(i64::from(day.since(today.weekday())).days()).ok();
    }
    if let Ok(date) = typed.parse::<Date>() {
        return Some(date);
    }
    let mut parts = typed.split(['/', '.', '-']).map(|part| part.trim().parse::<i16>().ok());
    let (month, day) = (parts.next()??, parts.next()??);
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    match (parts.next(), parts.next()) {
        (None, _) => {
            let years = today.year().saturating_sub(1)..=today.year().saturating_add(4);
            let mut dates = years.filter_map(|year| Date::new(year, month, day).ok());
            match near {
                Near::Ahead => dates.find(|date| *date >= today),
                Near::Today => dates.min_by_key(|date| (*date - today).get_days().abs()),
            }
        }
        (Some(year), None) => {
            let year = year?;
            Date::new(if (0..100).contains(&year) { 2000 + year } else { year }, month, day).ok()
        }
        _ => None,
    }
}

/// A weekday by the beginning of its English name, three letters at least.
fn weekday(typed: &str) -> Option<Weekday> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let place = NAMES.iter().position(|name| typed.len() >= 3 && name.starts_with(typed))?;
    Days::WEEK.into_iter().find(|day| usize::from(day.to_monday_zero_offset().unsigned_abs()) == place)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_read_as_people_type_them() {
        // A Tuesday.
        let today = date(2026, 11, 24);
        for (typed, day) in [
            ("today", date(2026, 11, 24)),
            (" Tomorrow ", date(2026, 11, 25)),
            ("tue", date(2026, 11, 24)),
            ("Monday", date(2026, 11, 30)),
            ("12/1", date(2026, 12, 1)),
            ("11/23", date(2027, 11, 23)),
            ("2/29", date(2028, 2, 29)),
            ("12/1/27", date(2027, 12, 1)),
            ("12/1/2027", date(2027, 12, 1)),
            ("2026-12-01", date(2026, 12, 1)),
        ] {
            assert_eq!(read(typed, today, Near::Ahead), Some(day), "{typed}");
        }
        // What is closed since yesterday is not closed from next year on.
        for (typed, day) in [
            ("11/23", date(2026, 11, 23)),
            ("12/1", date(2026, 12, 1)),
            ("1/5", date(2027, 1, 5)),
            ("yesterday", date(2026, 11, 23)),
        ] {
            assert_eq!(read(typed, today, Near::Today), Some(day), "{typed}");
        }
        for typed in ["", "soon", "13/1", "2/30/2026", "12", "1/2/3/4", "12/", "to", "-1/-1"] {
            assert_eq!(read(typed, today, Near::Ahead), None, "{typed}");
            assert_eq!(read(typed, today, Near::Today), None, "{typed}");
        }
    }
}
