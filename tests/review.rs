//! What a refresh would change, decided by staff at the glass before it counts.

use std::collections::BTreeMap;

use porchlight::errand::{Decided, Errand, Lately, News, Planned, Refreshed, Standing, Step};
use ratatui::crossterm::event::KeyCode;

use crate::staff::Kiosk;

#[test]
fn what_a_refresh_would_change_is_decided_feed_by_feed_before_it_counts() {
    let hill = Planned {
        feed: "hill".to_owned(),
        sizes: [50, 5],
        counts: [0, 1, 45],
        doubt: Some("it lost 45 of 50 listings".to_owned()),
        changed: vec![("Late Lantern".to_owned(), vec!["times: Tue 19:00 → Tue 21:00".to_owned()])],
        removed: vec!["Lantern 44".to_owned()],
        ..Planned::default()
    };
    let dale = Planned {
        feed: "dale".to_owned(),
        sizes: [2, 3],
        counts: [1, 0, 0],
        added: vec!["Valley Lantern".to_owned()],
        ..Planned::default()
    };
    let plan = [News::Step(Step::Planned(hill)), News::Step(Step::Planned(dale)), News::Refreshed(Refreshed::Planned)];
    let mut kiosk = Kiosk::telling(80, 30, move |errand| match errand {
        Errand::Plan => plan.to_vec(),
        _ => Vec::new(),
    })
    .inside("See what a refresh");
    insta::assert_snapshot!("staff_plan", kiosk.glass.screen());
    // Take what is doubted, leave what is not: by the lines that say so.
    for line in ["It stays as it was.", "It is taken as it is now."] {
        kiosk.glass.key(KeyCode::Home);
        for _ in 0..12 {
            if kiosk.glass.at_cursor().starts_with(line) {
                break;
            }
            kiosk.glass.key(KeyCode::Down);
        }
        // The first of these lines is the hill's, and after it was turned over the dale's follows it.
        if line.starts_with("It is taken") {
            kiosk.glass.key(KeyCode::Down);
            for _ in 0..12 {
                if kiosk.glass.at_cursor().starts_with(line) {
                    break;
                }
                kiosk.glass.key(KeyCode::Down);
            }
        }
        assert!(kiosk.glass.at_cursor().starts_with(line), "{}", kiosk.glass.screen());
        kiosk.glass.key(KeyCode::Enter);
    }
    kiosk.glass.key(KeyCode::Home);
    kiosk.choose("Put this up");
    let decided = Decided { accepted: [("hill".to_owned(), 5)].into(), held: ["dale".to_owned()].into() };
    assert!(kiosk.asked_for(&Errand::Refresh(decided)), "{:?}", kiosk.asked.borrow());
    assert!(kiosk.glass.shows("Reading the feeds. Press Esc to stop."), "{}", kiosk.glass.screen());
    // Nothing is put up by looking alone, and what would be the same says so.
    let kiosk = Kiosk::telling(80, 24, |errand| match errand {
        Errand::Plan => vec![News::Refreshed(Refreshed::Planned)],
        _ => Vec::new(),
    })
    .inside("See what a refresh");
    assert!(kiosk.glass.shows("Nothing would change.") && kiosk.glass.shows("988"), "{}", kiosk.glass.screen());
    assert!(kiosk.asked.borrow().iter().all(|errand| !matches!(errand, Errand::Refresh(_))));
}

#[test]
fn a_feed_that_is_held_back_is_told_to_wait_for_staff_and_not_to_have_failed() {
    let held = Lately { held: Some("it lost 45 of 50 listings".to_owned()), ..Lately::default() };
    let lately = BTreeMap::from([("county-aa".to_owned(), held)]);
    let standing = Box::new(Standing { lately, ..Standing::default() });
    let kiosk = Kiosk::telling(80, 40, move |_| vec![News::Stands(standing.clone())]).inside("How the directory");
    for words in ["held back: it lost 45 of 50 listings", "It waits for you", "See what a refresh"] {
        assert!(kiosk.glass.shows(words), "{words}: {}", kiosk.glass.screen());
    }
    assert!(!kiosk.glass.shows("failed"), "{}", kiosk.glass.screen());
}
