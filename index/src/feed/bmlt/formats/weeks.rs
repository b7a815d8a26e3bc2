//! Formats that say in which weeks of the month a meeting is held: "Findet nur in der 1. Woche des Monats statt".

use crate::schedule::Weeks;
use crate::text;

/// Words that may stand in such a name without changing what it says.
const NEUTRAL: &[&str] = &[
    "only", "nur", "in", "on", "the", "des", "der", "den", "of", "each", "every", "this", "meeting", "meets", "is",
    "held", "takes", "place", "findet", "statt", "month", "months", "monats", "im", "monat", "jeden", "and", "und",
    "week", "weeks", "woche", "wochen",
];

/// The weeks that a name or description limits a meeting to; nothing when it could say anything else.
pub(super) fn only(said: &str) -> Option<Weeks> {
    let folded = text::fold(said);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    if !has(&["only", "nur"]) || !has(&["week", "weeks", "woche", "wochen"]) {
        return None;
    }
    let mut weeks = Weeks::EVERY;
    for word in words.iter().filter(|word| !NEUTRAL.contains(*word)) {
        weeks = weeks.union(nth(word)?);
    }
    (!weeks.is_every()).then_some(weeks)
}

fn nth(word: &str) -> Option<Weeks> {
    match word {
        "1" | "1st" | "first" | "ersten" => Weeks::nth(1),
        "2" | "2nd" | "second" | "zweiten" => Weeks::nth(2),
        "3" | "3rd" | "third" | "dritten" => Weeks::nth(3),
        "4" | "4th" | "fourth" | "vierten" => Weeks::nth(4),
        "5" | "5th" | "fifth" | "funften" => Weeks::nth(5),
        "last" | "letzten" => Some(Weeks::LAST),
        _ => None,
    }
}
