//! How far a typed word is from one that may have been meant. Both are folded.

/// The lowest price of a single slip that is one.
const SLIP: u8 = 2;

/// Nowhere are more slips forgiven.
const MOST: u8 = 2;

/// From so many letters on one slip is forgiven.
const ONE_SLIP: usize = 4;

/// From so many letters on two slips are forgiven.
const TWO_SLIPS: usize = 7;

/// What it costs to take `typed` for `meant`: nothing when they are the same, two for each slip (a letter too many, too
/// few, another one, two changed about), two more for a slip in the first letter, one less when nothing but letters
/// are doubled or not. Absent when that is more than is forgiven: one slip from four letters, two where both have seven.
///
/// Only words of plain letters are guessed at; numbers never.
pub(crate) fn cost(typed: &str, meant: &str) -> Option<u8> {
    if typed == meant {
        return Some(0);
    }
    if !(may_slip(typed) && may_slip(meant)) {
        return None;
    }
    // Two slips that leave less than that over leave nothing to be sure of: "chicago" is no slip of "chicas".
    let forgiven = match (typed.len(), meant.len()) {
        (..ONE_SLIP, _) => return None,
        (TWO_SLIPS.., TWO_SLIPS..) => MOST,
        _ => 1,
    };
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    let at_first = u8::from(typed.first() != meant.first());
    let slips = slips(typed, meant, forgiven - at_first)?;
    let doubled = slips == 1 && undoubled(typed).eq(undoubled(meant));
    Some(SLIP * (slips + at_first) - u8::from(doubled))
}

/// Which plain letters a word has, a bit for each. Two words are no slips of each other when too many letters stand in one
/// of them alone: that is seen at a glance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letters(u32);

impl Letters {
    pub(crate) fn of(word: &str) -> Self {
        let plain = word.bytes().filter(u8::is_ascii_lowercase);
        Self(plain.fold(0, |letters, byte| letters | 1 << (byte - b'a')))
    }

    /// Whether words of these letters may be slips of each other. A slip changes one letter for another at most.
    pub(crate) fn may_slip_to(self, other: Self) -> bool {
        (self.0 ^ other.0).count_ones() <= 2 * u32::from(MOST)
    }
}

/// Whether one slip, or none, lies between two words.
pub(crate) fn at_most_one(typed: &str, meant: &str) -> bool {
    slips(typed.as_bytes(), meant.as_bytes(), 1).is_some()
}

/// Whether it consists of plain letters alone.
fn may_slip(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// How many slips lie between two words, when they are at most `most`: there are so few ways for one or two slips that
/// trying them is quicker than a table of all letters.
fn slips(typed: &[u8], meant: &[u8], most: u8) -> Option<u8> {
    if typed.len().abs_diff(meant.len()) > most.into() {
        return None;
    }
    let same = typed.iter().zip(meant).take_while(|(one, other)| one == other).count();
    match (typed.get(same..)?, meant.get(same..)?) {
        ([], []) => Some(0),
        (typed, meant) => {
            let left = most.checked_sub(1)?;
            let (after, behind) = (typed.get(1..), meant.get(1..));
            let swapped = match (typed, meant) {
                ([a, b, typed @ ..], [c, d, meant @ ..]) if a == d && b == c => Some((typed, meant)),
                _ => None,
            };
            let ways = [after.zip(behind), after.zip(Some(meant)), Some(typed).zip(behind), swapped];
            let slips = ways.into_iter().flatten().filter_map(|(typed, meant)| slips(typed, meant, left)).min()?;
            Some(slips + 1)
        }
    }
}

/// Each run of one letter as that letter once.
fn undoubled(word: &[u8]) -> impl Iterator<Item = u8> {
    word.chunk_by(|one, other| one == other).filter_map(|run| run.first().copied())
}
