//! Numbers that say how much: telephone numbers, distances, fees.

use super::places;
use super::readings::{Meaning, Reading, Readings, word};
use super::sentence::Sentence;
use crate::query::{Place, Wish, Word};
use crate::vocabulary::lookup::{Role, Use};

/// Words between a distance and a place.
const OF: [&str; 3] = ["of", "from", "de"];

/// Words for where one is, behind those.
const HERE: [&str; 4] = ["me", "here", "aqui", "mi"];

/// Nobody asks for what is farther away, in miles.
const FARTHEST: f64 = 500.0;

/// What a fee may be, in dollars. What is less is the beginning of a number.
const FEES: std::ops::Range<f64> = 20.0..100_000.0;

const MILES_IN_A_KILOMETER: f64 = 0.621_371;

/// The amounts and numbers that begin at `at` and say what they are.
pub(super) fn at<'a>(sentence: &Sentence<'_>, at: usize) -> Vec<Reading<'a>> {
    let number = telephone(sentence, at);
    [number, distance(sentence, at), fee(sentence, at, false)].into_iter().flatten().collect()
}

/// "under 150" is a fee where a place to live is asked for.
pub(super) fn fees_of_housing<'a>(sentence: &Sentence<'a>, readings: &Readings<'a>) -> Vec<Reading<'a>> {
    let housing = readings.wishes_for("housing", None)
        || readings.wishes_for("kind", Some("housing"))
        || readings.wishes_for("door", Some("living"));
    let free = (0..sentence.tokens.len()).filter(|at| housing && readings.is_free(*at));
    free.filter_map(|at| fee(sentence, at, true)).collect()
}

/// A number with what is written close to it.
struct Figure<'a> {
    value: f64,
    /// A dollar sign stands before it.
    dollars: bool,
    /// The letters that stand right behind it: `5mi`.
    unit: &'a str,
    /// Where the words after it begin.
    end: usize,
}

/// The figure that begins at `at`: `5`, `2.5`, `1,200`, `$150`, `5mi`.
fn figure<'a>(sentence: &'a Sentence<'_>, at: usize) -> Option<Figure<'a>> {
    let (raw, _) = sentence.shape(at)?;
    let raw = raw.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '$');
    let (dollars, raw) = raw.strip_prefix('$').map_or((false, raw), |rest| (true, rest));
    let digits = raw.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(raw.len());
    let (digits, rest) = raw.split_at_checked(digits)?;
    let digits = digits.trim_end_matches(['.', ',']);
    let letters = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let unit = rest.get(..letters)?;
    let words = digits.split(['.', ',']).count();
    let value = digits.replace(',', "").parse::<f64>().ok().filter(|value| value.is_finite())?;
    Some(Figure { value, dollars, unit, end: at + words })
}

/// "within 5 miles of downtown".
fn distance<'a>(sentence: &Sentence<'_>, at: usize) -> Option<Reading<'a>> {
    let begin = sentence.role(at, Role::Within).unwrap_or(at);
    let figure = figure(sentence, begin)?;
    let (scale, end) = unit(sentence, &figure)?;
    // To a tenth: what is said on the screen is what is searched.
    let miles = (figure.value * scale * 10.0).round() / 10.0;
    if figure.dollars || miles <= 0.0 || miles > FARTHEST {
        return None;
    }
    let of = OF.contains(&sentence.word(end)).then_some(end + 1);
    let read = |end, means| Some(Reading { span: at..end, means });
    if let Some((place, end)) = of.or_else(|| sentence.role(end, Role::Near)).and_then(|at| places::named(sentence, at))
    {
        return read(end, Meaning::Amount(Wish::Within(place, miles)));
    }
    let named = of.filter(|of| *of < sentence.tokens.len() && !HERE.contains(&sentence.word(*of)));
    let end = match (of, named) {
        (_, Some(named)) if !sentence.is_unfinished(named) => return read(named, Meaning::Nowhere),
        // A word that may become a place changes nothing yet.
        (Some(of), _) => sentence.tokens.len().min(of + 1),
        (None, _) => end,
    };
    let here = sentence.here.point.map(|point| Meaning::Amount(Wish::Within(Place::here(Some(point)), miles)));
    read(end, here.unwrap_or(Meaning::Lost))
}

/// How many miles the unit of a figure has, and where it ends.
fn unit(sentence: &Sentence<'_>, figure: &Figure<'_>) -> Option<(f64, usize)> {
    let units = [(Role::Miles, 1.0), (Role::Kilometers, MILES_IN_A_KILOMETER)];
    units.into_iter().find_map(|(role, scale)| {
        if figure.unit.is_empty() {
            return Some((scale, sentence.role(figure.end, role)?));
        }
        let mut alone = sentence.lookup.starting(figure.unit).iter().filter(|phrase| phrase.words.len() == 1);
        alone.any(|phrase| phrase.used == Use::Little(role)).then_some((scale, figure.end))
    })
}

/// "under $150 a week". What says neither dollars nor weeks is only one when `surely`.
fn fee<'a>(sentence: &Sentence<'_>, at: usize, surely: bool) -> Option<Reading<'a>> {
    let under = sentence.role(at, Role::Under);
    let figure = figure(sentence, under.unwrap_or(at)).filter(|figure| figure.unit.is_empty())?;
    let dollars = sentence.role(figure.end, Role::Dollars);
    let end = dollars.unwrap_or(figure.end);
    let (weeks, months) = (sentence.role(end, Role::Week), sentence.role(end, Role::Month));
    let says_so = figure.dollars || dollars.is_some() || weeks.or(months).is_some();
    if !(says_so || surely && under.is_some()) || !FEES.contains(&figure.value) {
        return None;
    }
    let weekly = if months.is_some() { figure.value * 12.0 / 52.0 } else { figure.value };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between the cheapest and the dearest")]
    let weekly = weekly.round().max(1.0) as u32;
    Some(Reading { span: at..weeks.or(months).unwrap_or(end), means: Meaning::Amount(Wish::Fee(weekly)) })
}

/// A telephone number that was typed in groups: one word, without the 1 that one dials before it.
fn telephone<'a>(sentence: &Sentence<'_>, at: usize) -> Option<Reading<'a>> {
    /// A number has no more groups.
    const GROUPS: usize = 4;
    let digits = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let words = sentence.tokens.iter().skip(at).take(GROUPS).map(|token| token.typed.as_str());
    let groups: Vec<&str> = words.take_while(digits).collect();
    (1..=groups.len()).rev().find_map(|length| {
        let groups = groups.get(..length)?;
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        let skipped = match lengths.as_slice() {
            [3, 3, 4] | [3, 7 | 4] | [6, 4] | [10] => "",
            [1, 3, 3, 4] | [1, 3, 7] | [1, 10] | [4, 3, 4] | [4, 7] | [11] => "1",
            _ => return None,
        };
        let span = at..at + length;
        let text = groups.concat().strip_prefix(skipped)?.to_owned();
        let word = Word { text, synonyms: Vec::new(), ..word(sentence, &span) };
        Some(Reading { span, means: Meaning::Word(word) })
    })
}
