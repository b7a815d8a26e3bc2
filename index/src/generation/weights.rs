//! Every number that decides an order, in one place, each with its reason.

/// A word in the name counts most: people type what they saw on a sign.
pub(super) const NAME: f32 = 2.0;
/// A word of the place, group or operator: the second thing people remember.
pub(super) const PLACE: f32 = 0.6;
/// A word of the facts (terms, fellowship, kind): true of many records, so it says less about one.
pub(super) const FACTS: f32 = 0.5;
/// A word of the summary or the notes may be said in passing.
pub(super) const TEXT: f32 = 0.25;
/// How soon more fields stop counting: at this sum of weights a word has half of what it can have.
pub(super) const SATURATION: f32 = 0.5;

/// The word as it was typed.
pub(super) const EXACT: f32 = 1.0;
/// A word that begins with what was typed so far: likely, not certain.
pub(super) const BEGINNING: f32 = 0.85;
/// What directories write for the word typed.
pub(super) const SYNONYM: f32 = 1.0;
/// Another form of the same word: "meetings" for "meeting".
pub(super) const STEM: f32 = 0.9;
/// A letter typed twice, or once where two stand: the commonest slip, hardly a doubt.
pub(super) const DOUBLED: f32 = 1.0;
/// One free slip; a longer word whose beginning was typed and not gone on with; two words typed as one, or one as two.
pub(super) const SLIP: f32 = 0.8;
/// Two slips. They stand in a tier of their own, so this only separates them from first-letter slips.
pub(super) const TWO_SLIPS: f32 = 0.8;

/// What a name gains that consists of nothing but the words typed; a longer one gains its share of it.
pub(super) const WHOLE_NAME: f32 = 0.3;

/// Soonness: minutes in which it halves (two days), and what is left of a meeting's score when it starts in the far
/// future. High, so that a name beats a note any day.
pub(super) const SOON: (f32, f32) = (2.0 * 24.0 * 60.0, 0.75);
/// The same when a near time was asked for ("tonight", "now"): three hours, and little is left.
pub(super) const SOON_TODAY: (f32, f32) = (3.0 * 60.0, 0.4);
/// What has no times is neither soon nor late.
pub(super) const TIMELESS: f32 = 0.9;
/// What is always there, when a time was asked for: it fits, but nobody asks for it by the hour.
pub(super) const ALWAYS: f32 = 0.3;
/// Nearness: kilometres in which it halves (about three miles), and what is left of a score far away.
pub(super) const NEAR: (f32, f32) = (4.8, 0.8);
/// The same when a place was asked for: two miles, and nothing is left.
pub(super) const NEAR_ASKED: (f32, f32) = (3.2, 0.02);
/// A place without a known point is neither near nor far.
pub(super) const NEAR_UNKNOWN: f32 = 0.9;
/// The same when a place was asked for: it may be anywhere.
pub(super) const NEAR_UNKNOWN_ASKED: f32 = 0.1;
/// Hundreds of metres from which on nobody travels to a meeting (fifty miles), and what is left of a score there where
/// no words are asked.
pub(super) const FAR: u16 = 805;
pub(super) const FAR_AWAY: f32 = 0.5;
/// Freshness: days in which it halves (a year), and what a listing keeps that nobody has confirmed for years.
pub(super) const FRESH: (f32, f32) = (365.0, 0.95);
/// A residence that counted a free bed today gains this share.
pub(super) const BED_GAIN: f32 = 0.1;
/// What a bed that was counted today puts a residence before others in a list without words.
pub(super) const BED_FIRST: f32 = 0.01;
/// Days for which a counted free bed puts a residence first in a list without words.
pub(super) const BED_COUNTS: u16 = 7;
/// Days in which the worth of a bed count halves: beds go quickly.
pub(super) const BED_HALVES: f32 = 5.0;

/// What a record gains whose whole name was typed: more than any other can have.
pub(super) const NAMED: f32 = 4.0;

/// What a record gains whose name begins with all that was typed so far.
pub(super) const BEGUN: f32 = 2.0;
/// What a record gains whose name is what was typed in short: "aa".
pub(super) const MEANT: f32 = 1.0;
/// What a record gains whose name says a wish that was typed, where neither a time nor a place was asked for.
pub(super) const SAID_BY_NAME: f32 = 1.3;

/// Fewer fitting records than this, and the next kind of forgiveness is tried.
pub(super) const ENOUGH: u64 = 10;
/// From this many letters one slip is forgiven (below, prefixes only).
pub(super) const LETTERS_FOR_ONE_SLIP: usize = 4;
/// From this many letters two slips are.
pub(super) const LETTERS_FOR_TWO_SLIPS: usize = 7;
/// So many terms stand in for a slipped word at most, the likeliest first: a bound on the slowest key.
pub(super) const SLIPPED_TERMS: usize = 48;
/// So many words of a question are looked for; the rest of a very long one is left out.
pub(super) const WORDS: usize = 16;
/// The tier of a record that lacks one of the words: below all that has them, however slipped.
pub(super) const WITHOUT_ONE: u8 = 4;
