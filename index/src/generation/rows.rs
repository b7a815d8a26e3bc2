//! What ranking and counting ask of every record, as rows of equal length that are read where they lie on the disk.
//!
//! Two files. **Heads** have 8 bytes a record: what every record that fits is asked for. **Facts** have 20: what is asked
//! of the few that may be among the best. Numbers with the lowest byte first.

use jiff::Unit;
use jiff::civil::{Date, date};

use crate::record::{Attendance, Details, Record};

/// Bytes of a head.
pub(super) const HEAD: usize = 8;
/// Bytes of the facts.
pub(super) const FACTS: usize = 20;

/// A fee that nobody says.
const NO_FEE: u16 = u16::MAX;

/// What every record that fits is asked for, in 64 bits: profile 26, timetable 28, kind 3, free beds 1, words of the name
/// 6, from the lowest bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head(u64);

impl Head {
    /// The most profiles and timetables that a head can tell apart; a directory of the whole country has some thousands.
    pub(super) const MOST: u32 = (1 << 26) - 1;

    /// The head of a record, with the numbers of its profile and its timetable and the words of its name.
    pub(super) fn of(record: &Record, profile: u32, timetable: u32, name_words: usize) -> Self {
        let beds = matches!(&record.details, Details::Housing(home) if home.beds.is_some_and(|beds| beds.free > 0));
        Self(
            u64::from(profile.min(Self::MOST))
                | u64::from(timetable.min(Self::MOST)) << 26
                | (record.kind() as u64) << 54
                | u64::from(beds) << 57
                | (name_words.clamp(1, 63) as u64) << 58,
        )
    }

    /// Appends it to a file.
    pub(super) fn write(self, out: &mut Vec<u8>) {
        out.extend(self.0.to_le_bytes());
    }

    /// The head of the record of this number; an empty one beyond the last.
    #[inline]
    pub(super) fn read(heads: &[u8], number: u32) -> Self {
        let bytes = (number as usize).checked_mul(HEAD).and_then(|at| heads.get(at..)?.first_chunk());
        Self(bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes)))
    }

    /// Its profile ([`super::tables::Tables`]).
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "cut to 26 bits before")]
    pub(super) fn profile(self) -> u32 {
        (self.0 & u64::from(Self::MOST)) as u32
    }

    /// Its timetable.
    #[inline]
    pub(super) fn timetable(self) -> u32 {
        (self.0 >> 26 & 0xfff_ffff) as u32
    }

    /// The place of its kind in [`crate::record::Kind::ALL`].
    #[inline]
    pub(super) fn kind(self) -> u8 {
        (self.0 >> 54 & 7) as u8
    }

    /// Whether free beds were counted.
    #[inline]
    pub(super) fn has_beds(self) -> bool {
        self.0 >> 57 & 1 == 1
    }

    /// Words of its name, 1 to 63.
    #[inline]
    pub(super) fn name_words(self) -> u8 {
        (self.0 >> 58) as u8
    }
}

/// What is asked of the few that may be among the best. In a file: point 8, day confirmed 2, day on which beds were
/// counted 2, fee 2, rank 4, nothing 2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Where it is ([`pack_point`]).
    pub(super) point: u64,
    /// Days since 1970 on which it was confirmed; 0 unknown.
    pub(super) checked: u16,
    /// Days since 1970 on which its free beds were counted; 0 unknown, or none are free.
    pub(super) counted: u16,
    /// Dollars a week, or [`NO_FEE`].
    fee: u16,
    /// Its place among all, ordered by shelf, folded name and id.
    pub(super) rank: u32,
}

impl Facts {
    /// The facts of a record, with its rank.
    pub(super) fn of(record: &Record, rank: u32) -> Self {
        let (mut counted, mut dollars) = (0, NO_FEE);
        if let Details::Housing(home) = &record.details {
            dollars = dollars_a_week(&home.fee).unwrap_or(NO_FEE);
            let free = home.beds.filter(|beds| beds.free > 0);
            counted = free.and_then(|beds| beds.counted).map_or(0, |counted| days_since_1970(counted.date()));
        }
        let checked = record.checked.map_or(0, days_since_1970);
        Self { point: pack_point(record), checked, counted, fee: dollars, rank }
    }

    /// Dollars a week, when somebody says.
    pub(super) fn fee(&self) -> Option<u16> {
        (self.fee != NO_FEE).then_some(self.fee)
    }

    /// Appends it to a file.
    pub(super) fn write(self, out: &mut Vec<u8>) {
        out.extend(self.point.to_le_bytes());
        out.extend(self.checked.to_le_bytes());
        out.extend(self.counted.to_le_bytes());
        out.extend(self.fee.to_le_bytes());
        out.extend(self.rank.to_le_bytes());
        out.extend([0; 2]);
    }

    /// The facts of the record of this number; empty ones beyond the last.
    pub(super) fn read(facts: &[u8], number: u32) -> Self {
        let bytes: Option<&[u8; FACTS]> =
            (number as usize).checked_mul(FACTS).and_then(|at| facts.get(at..)?.first_chunk());
        let Some(bytes) = bytes else { return Self::default() };
        let [p0, p1, p2, p3, p4, p5, p6, p7, c0, c1, b0, b1, f0, f1, r0, r1, r2, r3, ..] = *bytes;
        Self {
            point: u64::from_le_bytes([p0, p1, p2, p3, p4, p5, p6, p7]),
            checked: u16::from_le_bytes([c0, c1]),
            counted: u16::from_le_bytes([b0, b1]),
            fee: u16::from_le_bytes([f0, f1]),
            rank: u32::from_le_bytes([r0, r1, r2, r3]),
        }
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

/// Latitude and longitude of a packed point, in steps from the south pole and the date line.
pub(super) fn steps_of(packed: u64) -> Option<(i32, i32)> {
    let packed = packed.checked_sub(1)?;
    Some((i32::try_from(packed >> 26).ok()?, i32::try_from(packed & ((1 << 26) - 1)).ok()?))
}

/// A point in such steps.
pub(super) fn in_steps(latitude: f64, longitude: f64) -> (f64, f64) {
    ((latitude + 90.0) * STEPS, (longitude + 180.0) * STEPS)
}

/// Metres in a step to the north.
pub(super) const STEP_METRES: f64 = 111_195.0 / STEPS;

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
        let details = Details::Organization(crate::record::Organization::default());
        let record = Record::new(crate::record::RecordId::new("t", "a"), "A", details);
        let head = Head::of(&record, 70_000, Head::MOST, 6);
        let facts = Facts { point: 1 << 51, checked: 9, counted: 8, fee: 500, rank: 1 << 30 };
        let (mut heads, mut all) = (Vec::new(), Vec::new());
        Head::default().write(&mut heads);
        head.write(&mut heads);
        Facts::default().write(&mut all);
        facts.write(&mut all);
        assert_eq!((heads.len(), all.len()), (2 * HEAD, 2 * FACTS));
        assert_eq!((Head::read(&heads, 1), Head::read(&heads, 2)), (head, Head::default()));
        assert_eq!((Facts::read(&all, 1), Facts::read(&all, 2)), (facts, Facts::default()));
        assert_eq!((head.profile(), head.timetable(), head.kind(), head.name_words()), (70_000, Head::MOST, 2, 6));
    }
}
