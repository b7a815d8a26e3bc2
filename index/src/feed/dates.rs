//! Dates as feeds write them. What cannot be believed is no date.

use jiff::civil::Date;

/// From so many rows on, the same moment in all of them cannot be a confirmation.
const MANY: usize = 20;

/// The moment that all of many rows carry: that of the export.
pub(super) fn of_export<'t>(written: impl IntoIterator<Item = &'t str>) -> Option<&'t str> {
    let mut written = written.into_iter();
    let first = written.next()?;
    let mut others = 0;
    let same = written.all(|other| {
        others += 1;
        other == first
    });
    (same && others >= MANY).then_some(first)
}

/// The date of a text: `2021-04-07 00:53:26`, `2020-04-0416:50:58`, `8/29/2021 11:17:07 AM`, `Aug 29, 2021`.
pub(super) fn date(text: &str, day_first: bool) -> Option<Date> {
    Moment::of(text).date(day_first)
}

/// A moment as it is written, taken apart: before all rows of a feed are known, nobody can say whether `8/9/2021` is in
/// August.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Moment<T> {
    pub(super) written: T,
    /// Year, month and day, where the order is plain.
    plain: Option<(i16, i8, i8)>,
    /// The three numbers of `8/29/2021`.
    pub(super) slashed: Option<(i8, i8, i16)>,
}

impl<T: AsRef<str>> Moment<T> {
    pub(super) fn of(written: T) -> Self {
        let text = written.as_ref();
        let plain = dashed(text).or_else(|| worded(text));
        let slashed = slashed(text);
        Self { written, plain, slashed }
    }

    /// Its day, if it can be believed.
    pub(super) fn date(&self, day_first: bool) -> Option<Date> {
        let slashed = |(first, second, year)| if day_first { (year, second, first) } else { (year, first, second) };
        date_of(self.plain.or_else(|| self.slashed.map(slashed))?)
    }
}

fn date_of((year, month, day): (i16, i8, i8)) -> Option<Date> {
    (1990..2100).contains(&year).then(|| Date::new(year, month, day).ok())?
}

fn dashed(text: &str) -> Option<(i16, i8, i8)> {
    let mut parts = text.trim().splitn(3, ['-', '/']);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next().filter(|month| month.len() <= 2)?.parse().ok()?;
    // The space before the time may be missing, so the day is two digits at most.
    let rest = parts.next()?;
    let digits = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
    Some((year, month, rest[..digits].parse().ok()?))
}

/// The three numbers of `8/29/2021`, in the order in which they are written.
fn slashed(text: &str) -> Option<(i8, i8, i16)> {
    let first_word = text.split_whitespace().next()?;
    let mut parts = first_word.split(['/', '.', '-']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if first.len() > 2 || second.len() > 2 {
        return None;
    }
    let year: i16 = match year.len() {
        4 => year.parse().ok()?,
        2 => 2000 + year.parse::<i16>().ok()?,
        _ => return None,
    };
    parts.next().is_none().then(|| Some((first.parse().ok()?, second.parse().ok()?, year)))?
}

/// `Aug 29, 2021` or `29 August 2021`.
fn worded(text: &str) -> Option<(i16, i8, i8)> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let month_of =
        |word: &str| MONTHS.iter().position(|month| word.starts_with(month)).and_then(|at| i8::try_from(at + 1).ok());
    let (month, day, year) = match words[..] {
        [month, day, year, ..] if month_of(month).is_some() => (month_of(month)?, day, year),
        [day, month, year, ..] => (month_of(month)?, day, year),
        _ => return None,
    };
    Some((year.parse().ok()?, month, day.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse().ok()?))
}
