//! Visits over the starter pack with the whole engine, on a Tuesday at half past five: what a visitor types, the chips
//! and the list that come of it, and what each key does to them.

use index::query::{Constraint, Here, Hit, Query, Section};
use index::record::{Attendance, Kind, Record};
use jiff::Zoned;
use jiff::civil::date;
use porchlight::app::{Results, Screen};
use ratatui::crossterm::event::KeyCode;

use crate::glass::{Glass, starter};

const HALF_PAST_FIVE: &str = "2026-11-24T17:30:00-05:00[America/New_York]";

/// What a visitor sees who typed this.
fn typed(words: &str) -> Glass {
    let mut glass = Glass::at(HALF_PAST_FIVE, 80, 25);
    glass.type_in(words);
    glass
}

fn results(glass: &Glass) -> &Results {
    match (glass.app.screen(), glass.app.narrowing()) {
        (Some(Screen::Results(results)), _) | (_, Some((_, results))) => results,
        _ => panic!("no results\n{}", glass.screen()),
    }
}

/// The hits of a section, when all of them are there.
fn hits(glass: &mut Glass, section: Section) -> Vec<Hit> {
    // Going to the end fetches the rest.
    for _ in 0..40 {
        glass.key(KeyCode::End);
    }
    let results = results(glass);
    let hits: Vec<Hit> = results.hits().iter().filter(|hit| hit.section == section).cloned().collect();
    assert_eq!(hits.len() as u64, results.answer.as_ref().unwrap().count(section));
    hits
}

fn names(hits: &[Hit]) -> Vec<&str> {
    let mut names: Vec<&str> = hits.iter().map(|hit| hit.record.name.plain.as_str()).collect();
    names.sort_unstable();
    names
}

/// All records of a kind, each with its next start.
fn all(kind: Kind) -> Vec<Hit> {
    let mut query = Query::new(Here { now: HALF_PAST_FIVE.parse().unwrap(), point: None });
    query.constraints.push(Constraint::kind(kind));
    starter().search(&query, 10_000).hits
}

fn scanned(kind: Kind, fits: impl Fn(&Hit) -> bool) -> Vec<Hit> {
    all(kind).into_iter().filter(fits).collect()
}

fn start(hit: &Hit) -> &Zoned {
    &hit.next.as_ref().unwrap().start
}

fn is_tonight(hit: &Hit) -> bool {
    let until = date(2026, 11, 25).at(3, 0, 0, 0);
    hit.next.as_ref().is_some_and(|next| next.start.datetime() < until)
}

fn is_for(record: &Record, who: &str) -> bool {
    record.who.iter().any(|term| term.as_str() == who)
}

/// Down, until a row that begins so is focused.
fn down_to(glass: &mut Glass, words: &str) {
    for _ in 0..120 {
        if glass.at_cursor().starts_with(words) {
            return;
        }
        glass.key(KeyCode::Down);
    }
    panic!("{words} is not reached\n{}", glass.screen());
}

/// The number that a row of the panel ends in.
fn promised(row: &str) -> u64 {
    row.trim().rsplit(' ').next().and_then(|count| count.parse().ok()).unwrap_or_else(|| panic!("{row}"))
}

#[test]
fn womens_meetings_of_tonight_near_downtown_are_found_through_a_slip() {
    let mut glass = typed("womens meeting tonigt near downtown");
    assert!(glass.row(2).contains("2 found  [Women] [Meetings] [Tonight] [Near Downtown]"), "{}", glass.row(2));
    insta::assert_snapshot!("women_tonight_80x25", glass.screen());
    let found = hits(&mut glass, Section::Fits);
    let scan = scanned(Kind::Meeting, |hit| is_tonight(hit) && is_for(&hit.record, "women"));
    assert_eq!(names(&found), names(&scan));
    for (place, above) in found.iter().enumerate() {
        for below in &found[place + 1..] {
            let sooner = start(below) < start(above);
            assert!(!(sooner && below.distance_m < above.distance_m), "sooner and nearer, and yet below");
        }
    }
    // Those that do not say it stand apart, are of tonight as well, and men's meetings are not among them.
    let unsaid = hits(&mut glass, Section::Unsaid);
    assert!(unsaid.iter().all(|hit| is_tonight(hit) && !is_for(&hit.record, "men")), "{:?}", names(&unsaid));
}

#[test]
fn a_chip_is_taken_away_by_keys_alone() {
    let mut glass = typed("womens meeting tonigt near downtown");
    let before = results(&glass).answer.as_ref().unwrap().total;
    glass.key(KeyCode::Tab);
    assert!(glass.at_cursor().starts_with("Take away: Women"), "{}", glass.screen());
    glass.key(KeyCode::Enter).key(KeyCode::Esc);
    assert!(glass.row(1).contains("Search: meeting tonigt near downtown"), "{}", glass.row(1));
    assert!(glass.row(2).contains("[Meetings] [Tonight] [Near Downtown]"), "{}", glass.row(2));
    let found = hits(&mut glass, Section::Fits);
    let scan = scanned(Kind::Meeting, |hit| is_tonight(hit) && hit.record.attendance != Some(Attendance::Online));
    assert!(found.len() as u64 > before);
    let missing: Vec<_> = names(&scan).into_iter().filter(|name| !names(&found).contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_sunday_morning_of_aa() {
    let mut glass = typed("aa sunday morning");
    assert!(glass.row(2).contains("[AA] [Sunday] [Morning]"), "{}", glass.row(2));
    for hit in hits(&mut glass, Section::Fits) {
        assert_eq!(hit.record.fellowship.as_ref().unwrap().as_str(), "aa");
        assert_eq!(start(&hit).weekday(), jiff::civil::Weekday::Sunday);
        assert!((5..12).contains(&start(&hit).hour()), "{}", start(&hit));
    }
}

#[test]
fn homes_that_welcome_medication() {
    let mut glass = typed("sober living that takes suboxone");
    assert!(glass.row(2).contains("[Recovery homes] [Medication: yes, or ask]"), "{}", glass.row(2));
    let moud = |record: &Record| match &record.details {
        index::record::Details::Housing(house) => house.moud.is_some_and(|moud| moud != index::record::Moud::No),
        _ => false,
    };
    let scan = scanned(Kind::Housing, |hit| moud(&hit.record));
    assert_eq!(names(&hits(&mut glass, Section::Fits)), names(&scan));
}

#[test]
fn meetings_in_spanish_asked_in_spanish() {
    let mut glass = typed("reunión en español");
    assert!(glass.row(2).contains("[Meetings] [Spanish]"), "{}", glass.row(2));
    let scan = scanned(Kind::Meeting, |hit| hit.record.languages.iter().any(|term| term.as_str() == "es"));
    assert_eq!(names(&hits(&mut glass, Section::Fits)), names(&scan));
}

#[test]
fn in_danger_the_numbers_stand_above_the_hits() {
    for words in ["i want to die", "overdose", "quiero morir"] {
        let mut glass = typed(words);
        assert!(glass.row(4).contains("Someone took too much") && glass.row(4).contains("911"), "{}", glass.screen());
        assert!(glass.row(5).contains("988"), "{}", glass.screen());
        glass.key(KeyCode::Down);
        assert!(!glass.at_cursor().trim().is_empty() && glass.row(5).contains("988"), "{}", glass.screen());
    }
    insta::assert_snapshot!("want_to_die_80x25", typed("i want to die").screen());
}

#[test]
fn a_word_of_no_one_gets_an_honest_nothing() {
    let mut glass = typed("asdfgh");
    assert!(glass.row(2).contains("Nothing found"), "{}", glass.screen());
    assert!(glass.shows("1-800-662-4357") && glass.shows("The people who work here"), "{}", glass.screen());
    glass.key(KeyCode::Down);
    assert!(glass.at_cursor().starts_with("Menu"), "{}", glass.screen());
}

#[test]
fn what_was_given_up_is_said_and_a_house_has_no_next_time() {
    let glass = typed("level 4 women wheelchair tonight");
    assert!(glass.row(2).contains("Nothing tonight. Without that:"), "{}", glass.row(2));
    insta::assert_snapshot!("given_up_80x25", glass.screen());
    let glass = typed("smart recovery women saturday 5am");
    assert!(glass.row(2).contains("Nothing at that time. The next ones:"), "{}", glass.row(2));
}

#[test]
fn what_is_to_be_read_stands_under_a_heading_of_its_own() {
    let glass = typed("pregnant");
    assert!(glass.row(2).contains("[Pregnant people]") && glass.shows("To read about it:"), "{}", glass.screen());
    insta::assert_snapshot!("pregnant_80x25", glass.screen());
}

#[test]
fn what_is_near_is_not_made_up_where_nobody_told_the_kiosk_where_it_is() {
    for words in ["meetings near me", "meetings within 5 miles"] {
        let mut glass = typed(words);
        glass.key(KeyCode::Down);
        assert!(glass.row(2).contains("This kiosk does not know where it is. Type a town"), "{}", glass.row(2));
        assert!(glass.row(2).contains("168 found  [Meetings]"), "{}", glass.row(2));
    }
}

#[test]
fn online_and_evening_are_chosen_and_leave_what_they_promise() {
    let mut glass = typed("meeting");
    glass.key(KeyCode::Tab);
    down_to(&mut glass, "[ ] Online");
    let online = promised(&glass.at_cursor());
    glass.key(KeyCode::Enter);
    assert!(glass.row(2).contains(&format!("{online} found")), "{online}\n{}", glass.screen());
    glass.key(KeyCode::Home);
    down_to(&mut glass, "[ ] Evening");
    let evening = promised(&glass.at_cursor());
    glass.key(KeyCode::Enter).key(KeyCode::Esc);
    assert!(glass.row(2).contains(&format!("{evening} found  [Meetings] [Online] [Evening]")), "{}", glass.row(2));
    let found = hits(&mut glass, Section::Fits);
    assert_eq!(found.len() as u64, evening);
    for hit in found {
        assert!(
            matches!(hit.record.attendance, Some(Attendance::Online | Attendance::Hybrid)),
            "{:?}",
            hit.record.name
        );
        assert!((17..21).contains(&start(&hit).hour()), "{:?} {}", hit.record.name, start(&hit));
    }
}

/// "me" may become "meeting" while one types; who goes into the list means it as it is.
#[test]
fn going_into_the_list_finishes_the_last_word() {
    for key in [KeyCode::Down, KeyCode::Enter, KeyCode::Tab] {
        let mut glass = typed("meetings for men");
        assert!(!glass.row(2).contains("[Men]"), "{}", glass.row(2));
        glass.key(key);
        let chips: Vec<String> = results(&glass).chips(&glass.app.around.teller());
        assert_eq!(chips, ["Meetings", "Men"], "{}", glass.screen());
        glass.key(KeyCode::Esc).type_in("t");
        assert!(!glass.asked.finished, "who types on has not finished");
    }
}

#[test]
fn a_page_names_what_its_links_lead_to() {
    let mut glass = typed("overdose");
    glass.key(KeyCode::Enter).key(KeyCode::Enter);
    assert!(glass.row(2).contains("When someone overdoses"), "{}", glass.screen());
    down_to(&mut glass, "Read: ");
    let name = glass.at_cursor().trim().trim_start_matches("Read: ").to_owned();
    glass.key(KeyCode::Enter);
    assert!(!name.is_empty() && glass.row(2).contains(&name), "{name}\n{}", glass.screen());
}

/// What nobody looks for is not offered, and what leaves everything as it is neither.
#[test]
fn the_panel_offers_only_what_somebody_may_wish_for() {
    let mut glass = Glass::at(HALF_PAST_FIVE, 80, 120);
    glass.type_in("meeting").key(KeyCode::Tab);
    for word in ["Suspended", "Ask first", "(Al-Anon)", "Within 25 miles"] {
        assert!(!glass.shows(word), "{word}\n{}", glass.screen());
    }
    assert!(glass.shows("Narcotics Anonymous (NA)") && glass.shows("Show "), "{}", glass.screen());
    let glass = typed("smoke free");
    assert!(glass.shows("No listing here says that."), "{}", glass.screen());
    let glass = typed("court card");
    assert!(glass.row(2).contains("None says Signs proof of attendance. 1 to read."), "{}", glass.row(2));
}

#[test]
fn letter_by_letter_no_chip_goes_before_its_words_do() {
    for words in [
        "womens meeting tonight near downtown",
        "aa sunday morning with childcare",
        "sober living that takes suboxone",
        "reunion en español esta noche",
        "lgbt beginners after 6 wheelchair",
        "within 5 miles of downtown spanish speaking",
        "open meeting at noon tomorrow by phone",
        "oxford house for women with kids under $150 a week",
        "smart recovery this weekend for young people",
        "something in spanish to read",
    ] {
        let mut glass = Glass::at(HALF_PAST_FIVE, 80, 25);
        let mut before: Vec<Constraint> = Vec::new();
        let mut typed = String::new();
        for letter in words.chars() {
            // A word that is still being typed may become another one; all others are finished.
            let finished = typed.rfind(' ').map_or(0, |space| space + 1);
            typed.push(letter);
            glass.type_in(&letter.to_string());
            let now = &results(&glass).constraints;
            for chip in before.iter().filter(|chip| chip.at.iter().all(|at| at.end <= finished)) {
                let covered = now.iter().any(|known| {
                    known.wish == chip.wish
                        || known.at.iter().any(|at| at.start <= chip.at[0].start && at.end > chip.at[0].end)
                });
                assert!(covered, "{:?} is gone at \"{typed}\", where there is {now:?}", chip.wish);
            }
            before.clone_from(now);
        }
    }
}
