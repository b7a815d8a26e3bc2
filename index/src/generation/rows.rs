//! What ranking and counting ask of every record, as rows of equal length that are read where they lie on the disk.
//!
//! A row is 32 bytes, numbers with the lowest byte first:
//! profile 4, timetable 4, point 8, day confirmed 2, day on which beds were counted 2, free beds 1, words of the name 1,
//! fee in dollars a week 2, rank by name 4, kind 1, nothing 3.

use jiff::Unit;
use jiff::civil::{Date, date};

use crate::record::{Attendance, Details, Record};

/// Bytes of a row.
pub(super) const LENGTH: usize = 32;

/// A fee that nobody says.
const NO_FEE: u16 = u16::MAX;

/// The numbers of one record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Its profile ([`super::tables::Tables`]).
    pub(super) profile: u32,
    /// Its timetable.
    pub(super) timetable: u32,
    /// Where it is ([`pack_point`]).
    pub(super) point: u64,
    /// Days since 1970 on which it was confirmed; 0 unknown.
    pub(super) checked: u16,
    /// Days since 1970 on which its beds were counted; 0 unknown.
    pub(super) counted: u16,
    /// How many were free.
    pub(super) free: u8,
    /// Words of its name, 1 to 255.
    pub(super) name_words: u8,
    /// Dollars a week, or [`NO_FEE`].
    fee: u16,
    /// Its place among all, ordered by shelf, folded name and id.
    pub(super) rank: u32,
    /// The place of its kind in [`crate::record::Kind::ALL`].
    pub(super) kind: u8,
}

impl Row {
    /// The row of a record, with what the index gave it.
    pub(super) fn of(record: &Record, profile: u32, timetable: u32, rank: u32, name_words: usize) -> Self {
        let (mut counted, mut free, mut dollars) = (0, 0, NO_FEE);
        if let Details::Housing(home) = &record.details {
            dollars = dollars_a_week(&home.fee).unwrap_or(NO_FEE);
            if let Some(beds) = home.beds {
                counted = beds.counted.map_or(0, |counted| days_since_1970(counted.date()));
                free = u8::try_from(beds.free).unwrap_or(u8::MAX);
            }
        }
        Self {
            profile,
            timetable,
            point: pack_point(record),
            checked: record.checked.map_or(0, days_since_1970),
            counted,
            free,
            name_words: u8::try_from(name_words.max(1)).unwrap_or(u8::MAX),
            fee: dollars,
            rank,
            kind: record.kind() as u8,
        }
    }

    /// Dollars a week, when somebody says.
    pub(super) fn fee(&self) -> Option<u16> {
        (self.fee != NO_FEE).then_some(self.fee)
    }

    /// Appends it to a file.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.profile.to_le_bytes());
        out.extend(self.timetable.to_le_bytes());
        out.extend(self.point.to_le_bytes());
        out.extend(self.checked.to_le_bytes());
        out.extend(self.counted.to_le_bytes());
        out.extend([self.free, self.name_words]);
        out.extend(self.fee.to_le_bytes());
        out.extend(self.rank.to_le_bytes());
        out.extend([self.kind, 0, 0, 0]);
    }

    /// Reads the row of this number.
    #[inline]
    pub(super) fn read(rows: &[u8], number: u32) -> Option<Self> {
        let at = (number as usize).checked_mul(LENGTH)?;
        let row: &[u8; LENGTH] = rows.get(at..)?.first_chunk()?;
        let [p0, p1, p2, p3, t0, t1, t2, t3, rest @ ..] = *row;
        let [a0, a1, a2, a3, a4, a5, a6, a7, rest @ ..] = rest;
        let [c0, c1, b0, b1, free, name_words, f0, f1, r0, r1, r2, r3, kind, ..] = rest;
        Some(Self {
            profile: u32::from_le_bytes([p0, p1, p2, p3]),
            timetable: u32::from_le_bytes([t0, t1, t2, t3]),
            point: u64::from_le_bytes([a0, a1, a2, a3, a4, a5, a6, a7]),
            checked: u16::from_le_bytes([c0, c1]),
            counted: u16::from_le_bytes([b0, b1]),
            free,
            name_words,
            fee: u16::from_le_bytes([f0, f1]),
            rank: u32::from_le_bytes([r0, r1, r2, r3]),
            kind,
        })
    }
}

/// How many steps a degree has in a packed point: about a metre.
const STEPS: f64 = 100_000.0;

/// Packs the point of a record for which distance means something; 0 is no point.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=36_000_000 before")]
fn pack_point(record: &Record) -> u64 {
    let Some(point) = record.place.as_ref().and_then(|place| place.point) else { return 0 };
    if !record.attendance.is_none_or(Attendance::has_place) {
        return 0;
    }
    let step = |degrees: f64, most: f64| ((degrees + most) * STEPS).round().clamp(0.0, 2.0 * most * STEPS) as u64;
    1 + (step(point.latitude, 90.0) << 26 | step(point.longitude, 180.0))
}

/// Latitude and longitude of a packed point, in degrees.
#[expect(clippy::cast_precision_loss, reason = "both halves have at most 26 bits")]
pub(super) fn unpack_point(packed: u64) -> Option<(f64, f64)> {
    let packed = packed.checked_sub(1)?;
    Some(((packed >> 26) as f64 / STEPS - 90.0, (packed & ((1 << 26) - 1)) as f64 / STEPS - 180.0))
}

/// Days since 1970, 0 for anything before.
pub(super) fn days_since_1970(day: Date) -> u16 {
    let days = date(1970, 1, 1).until((Unit::Day, day)).map_or(0, |span| span.get_days());
    u16::try_from(days).unwrap_or(0)
}

/// Dollars a week of a fee in words: `$160 a week`, `$600 per month`, `$25 a night`. Of a span the lower end. Nothing
/// without a dollar sign: a number alone may be anything.
fn dollars_a_week(fee: &str) -> Option<u16> {
    let (_, amount) = fee.split_once('$')?;
    let end = amount.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(amount.len());
    let dollars: u32 = amount[..end].replace(',', "").parse().ok()?;
    // The word that follows first says for how long: "$160 a week, or $600 a month".
    let spans = [("week", 1, 1), ("wk", 1, 1), ("semana", 1, 1), ("month", 12, 52), ("mo", 12, 52), ("mes", 12, 52)];
    let spans = spans.into_iter().chain([("day", 7, 1), ("night", 7, 1), ("noche", 7, 1)]);
    let said = amount[end..].to_lowercase();
    let first = spans.filter_map(|(word, times, of)| Some((said.find(word)?, times, of))).min();
    let (_, times, of) = first.unwrap_or((0, 1, 1));
    u16::try_from((dollars.checked_mul(times)? + of / 2) / of).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fee_is_compared_by_the_week() {
        for (fee, week) in [
            ("$160 a week", Some(160)),
            ("$150-180 weekly", Some(150)),
            ("$600 per month", Some(138)),
            ("$1,300 al mes", Some(300)),
            ("$25 a night", Some(175)),
            ("$175 a week, first and last week before moving in", Some(175)),
            ("160", None),
            ("Ask", None),
            ("", None),
        ] {
            assert_eq!(dollars_a_week(fee), week, "{fee}");
        }
    }

    #[test]
    fn a_row_is_read_as_it_was_written() {
        let row =
            Row { profile: 70_000, timetable: 3, point: 1 << 51, checked: 9, counted: 8, free: 7, ..Row::default() };
        let row = Row { name_words: 6, fee: 500, rank: 1 << 30, kind: 4, ..row };
        let mut rows = Vec::new();
        Row::default().write(&mut rows);
        row.write(&mut rows);
        assert_eq!(rows.len(), 2 * LENGTH);
        assert_eq!((Row::read(&rows, 1), Row::read(&rows, 2)), (Some(row), None));
    }
}
