//! Weeks of the month in names and notes.

use super::*;

fn friday(name: &str, notes: &str) -> (Weeks, bool) {
    on(5, name, notes)
}

/// The weeks of a meeting on a weekday, and whether there was a complaint.
fn on(day: u8, name: &str, notes: &str) -> (Weeks, bool) {
    let (name, notes) = (serde_json::to_string(name).unwrap(), serde_json::to_string(notes).unwrap());
    let (record, complaints) =
        one_of(&format!(r#"{{"name": {name}, "slug": "a", "day": {day}, "time": "19:00", "notes": {notes}}}"#));
    (weeks(&record), !complaints.is_empty())
}

fn in_weeks(numbers: &[u8]) -> Weeks {
    numbers.iter().filter_map(|n| Weeks::nth(*n)).fold(Weeks::EVERY, Weeks::union)
}

#[test]
fn clear_words_become_a_rule() {
    for (day, name, notes, weeks) in [
        (5, "Free 2nd & 4th Fridays Only", "", in_weeks(&[2, 4])),
        (5, "Happy, Joyous, Free (Transwomen) 2nd & 4th Fridays Only", "", in_weeks(&[2, 4])),
        (1, "Sampleton - 1st and 3rd Mondays 3:30 pm Central - In-Person", "", in_weeks(&[1, 3])),
        (6, "Steps Workshop (2nd Sat)", "2nd Saturday", in_weeks(&[2])),
        (6, "Cabin \"First Saturday Monthly Meeting\"", "", in_weeks(&[1])),
        (4, "Committee (2nd Thursday)", "Note: Committee meets ONLY on the 2nd Thursday of the month.", in_weeks(&[2])),
        (
            0,
            "Hope",
            "Meeting occurs on the 2nd and 4th Sundays of the month only. Bring your own chair.",
            in_weeks(&[2, 4]),
        ),
        (0, "Hope", "This meeting is held on the first Sunday of each month only.\nRoom 3", in_weeks(&[1])),
        (6, "Hope", "(only 3rd Saturday of month)", in_weeks(&[3])),
        (6, "Hope", "Only on 3rd Saturday of each month", in_weeks(&[3])),
        (6, "Hope", "A once-per-month study meeting held only on the first Saturday of each month.", in_weeks(&[1])),
        (2, "Hope", "1st and 3rd Tuesday", in_weeks(&[1, 3])),
        (2, "Hope", "meets 1st, 3rd & 5th Tuesday only", in_weeks(&[1, 3, 5])),
        (2, "Hope", "1st Tuesday and 3rd Tuesday of the month", in_weeks(&[1, 3])),
        (6, "Hope", "We meet on the last Saturday of the month.", Weeks::LAST),
        (4, "Hope", "Now in person. No meeting 2nd Thursday of the month.", in_weeks(&[1, 3, 4, 5])),
        (0, "Hope", "Meets only the 2nd and 4th Sundays. Birthdays on the last Sunday.", in_weeks(&[2, 4])),
    ] {
        let (found, complained) = on(day, name, notes);
        assert_eq!(found, weeks, "{name} / {notes}");
        assert!(!complained || notes.contains("Birthdays"), "{name} / {notes}");
    }
}

#[test]
fn words_about_one_evening_stay_words() {
    for notes in [
        "Last Friday is a speaker meeting.",
        "Open on the last Friday of the month",
        "Open meeting is 1st Friday of the month only.",
        "Closed meeting except on the last Friday of every month.",
        "First Friday - Eating meeting",
        "Business meeting: 1st Friday @ 2 pm",
        "Birthday Night - last Friday",
        "Chips:\n1st Friday",
        "3rd Fri. has chips",
        "Men welcome 1st Fri.",
        "Last Fri. meets in back room",
        "Meets at a residence on the last Friday of the month.",
        "1st Friday - Step, 2nd Friday - Topic, 3rd Friday - Speaker",
        "No meeting last Friday of the month",
        "We meet every other Friday.",
        "Alternating weeks Big Book and Steps",
        "Last meeting of the month is open",
        "1st and 3rd Tuesday",
        "Last Saturday 8PM Celebration",
    ] {
        assert_eq!(friday("Hope", notes), (Weeks::EVERY, true), "{notes}");
    }
}

#[test]
fn words_that_only_look_like_weeks_say_nothing() {
    for text in
        ["Friday 3rd Step Group", "4th Dimension", "first 164 pages", "4th Edition", "Second Chance", "last call"]
    {
        assert_eq!(friday(text, text), (Weeks::EVERY, false), "{text}");
    }
}

#[test]
fn rules_that_differ_are_no_rule() {
    assert_eq!(friday("Hope (1st Friday)", "Meets 3rd Friday only."), (Weeks::EVERY, true));
}

#[test]
fn several_days_have_no_weeks() {
    let (record, complaints) = one_of(r#"{"name": "Hope (1st Friday)", "slug": "a", "day": [1, 5], "time": "19:00"}"#);
    assert_eq!(weeks(&record), Weeks::EVERY);
    assert_eq!(complaints.len(), 1);
}

#[test]
fn notes_with_another_hour_are_about_something_else() {
    for (notes, found) in [
        ("On the last Friday of the month we meet at 6 pm.", (Weeks::EVERY, true)),
        ("On the last Friday of the month we meet at 6 p.m.", (Weeks::EVERY, true)),
        ("Meeting time is 8 pm on 1st Friday.", (Weeks::EVERY, true)),
        ("We meet on the last Friday at noon.", (Weeks::EVERY, true)),
        ("We meet on the last Friday from 18:00.", (Weeks::EVERY, true)),
        ("No meeting 2nd Friday at 6pm.", (Weeks::EVERY, true)),
        ("We meet on the last Friday at 7 pm.", (Weeks::LAST, false)),
        ("We meet on the last Friday at 7:00.", (Weeks::LAST, false)),
        ("We meet on the last Friday at 19:00.", (Weeks::LAST, false)),
    ] {
        assert_eq!(friday("Hope", notes), found, "{notes}");
    }
}

#[test]
fn the_words_stay_visible() {
    let record = one("\"notes\": \"We meet every other Tuesday.\"");
    assert_eq!(record.summary.plain, "We meet every other Tuesday.");
}
