//! Nobody at the glass: what the loop does when no key comes, with a clock that stands still but for waiting.

#![expect(clippy::disallowed_methods, reason = "the clock of these tests stands still but for waiting")]

use std::cell::Cell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Zoned};
use porchlight::app::Site;
use porchlight::errand::{Errand, News, Office};
use porchlight::kiosk::{Hands, Input, Source, run};
use porchlight::layout::Size;
use porchlight::pin::Latch;
use porchlight::view::Glyphs;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tokio::time::{Instant, sleep_until};

use crate::glass::{TUESDAY_EVENING, plain_site};

/// What the clocks of a night do.
#[derive(Clone, Copy)]
struct Clocks {
    begins: &'static str,
    /// After so many seconds somebody sets the clock on the wall by so many.
    set: (u64, i64),
    /// After so many seconds the machine sleeps for so many.
    sleeps: (u64, u64),
}

/// Nobody sets a clock, and the machine is awake.
const PLAIN: Clocks = Clocks { begins: TUESDAY_EVENING, set: (0, 0), sleeps: (0, 0) };

thread_local! {
    static STARTED: Cell<Option<Instant>> = const { Cell::new(None) };
    static CLOCKS: Cell<Clocks> = const { Cell::new(PLAIN) };
}

/// What the loop's own clock has waited.
fn waited() -> Duration {
    STARTED.get().map_or(Duration::ZERO, |started| Instant::now() - started)
}

/// The clock on the wall: it shows that, and what was done to it.
fn now() -> Zoned {
    let Clocks { begins, set: (at, by), .. } = CLOCKS.get();
    let begins: Zoned = begins.parse().unwrap();
    let set = SignedDuration::from_secs(if waited().as_secs() >= at { by } else { 0 });
    begins.saturating_add(SignedDuration::try_from(waited() + slept()).unwrap()).saturating_add(set)
}

/// What the loop's own clock did not see.
fn slept() -> Duration {
    let (at, slept) = CLOCKS.get().sleeps;
    Duration::from_secs(if waited().as_secs() >= at { slept } else { 0 })
}

/// Keys at their seconds.
struct Script(VecDeque<(Instant, Vec<Input>)>);

impl Source for Script {
    async fn next(&mut self) -> Vec<Input> {
        match self.0.front() {
            Some((at, _)) => sleep_until(*at).await,
            None => std::future::pending().await,
        }
        self.0.pop_front().map(|(_, inputs)| inputs).unwrap_or_default()
    }

    fn asleep(&self) -> Duration {
        slept()
    }
}

/// An office that opens to every PIN, and in which nobody works.
struct Nobody;

impl Office for Nobody {
    fn carry_out(&self, errand: Errand, tell: &dyn Fn(News)) {
        if let Errand::Try(_) = errand {
            tell(News::Right);
        }
    }

    fn close(&self) {}
}

/// What the screen shows after so many seconds, and how many frames were drawn until then.
async fn after(seconds: u64, keys: &[(u64, KeyCode)]) -> (String, usize) {
    by(PLAIN, seconds, keys).await
}

/// The same, by these clocks.
async fn by(clocks: Clocks, seconds: u64, keys: &[(u64, KeyCode)]) -> (String, usize) {
    CLOCKS.set(clocks);
    let started = Instant::now();
    STARTED.set(Some(started));
    let at = |seconds: u64| started + Duration::from_secs(seconds);
    let mut script: VecDeque<_> = keys
        .iter()
        .map(|(second, code)| (at(*second), vec![Input::Key(KeyEvent::new(*code, KeyModifiers::NONE))]))
        .collect();
    script.push_back((at(seconds), vec![Input::End]));
    // The keeper asks every ten seconds.
    script.extend((0..=seconds / 10).map(|turn| (at(turn * 10 + 5), vec![Input::Beat])));
    script.make_contiguous().sort_by_key(|(at, _)| *at);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let hands = Hands {
        site: Rc::new(Site { latch: Latch::Pin, ..plain_site() }),
        point: None,
        glyphs: Glyphs::Unicode,
        idle: Duration::from_secs(90),
        notice: Duration::from_secs(30),
        now: Box::new(now),
        office: Arc::new(Nobody),
        open: Box::new(|| porchlight::store::starter(index::vocabulary::Vocabulary::builtin()).ok()),
    };
    let size = Size { width: 80, height: 24 };
    run(&mut terminal, &mut Script(script), size, hands).await.unwrap();
    let screen = terminal.backend().to_string();
    (screen, terminal.get_frame().count())
}

const S: KeyCode = KeyCode::Char('s');

#[tokio::test(start_paused = true)]
async fn after_ninety_seconds_the_visitor_is_asked_and_after_thirty_more_forgotten() {
    assert!(after(89, &[(0, S)]).await.0.contains("found"));
    let (asked, _) = after(91, &[(0, S)]).await;
    assert!(asked.contains("Still there?") && asked.contains("988"), "{asked}");
    let (forgotten, _) = after(121, &[(0, S)]).await;
    assert!(forgotten.contains("Find a meeting") && !forgotten.contains("found"), "{forgotten}");
}

#[tokio::test(start_paused = true)]
async fn the_door_for_staff_closes_by_the_same_clock() {
    let mut keys = vec![(0, KeyCode::F(12))];
    keys.extend([1, 2, 3, 4].map(|second| (second, KeyCode::Char('7'))));
    assert!(after(94, &keys).await.0.contains("PIN: ****"));
    assert!(after(130, &keys).await.0.contains("Find a meeting"));
    keys.push((5, KeyCode::Enter));
    assert!(after(94, &keys).await.0.contains("Check the settings"));
    let (closed, _) = after(130, &keys).await;
    assert!(closed.contains("Find a meeting") && closed.contains("988"), "{closed}");
}

#[tokio::test(start_paused = true)]
async fn any_key_stays_and_is_swallowed() {
    let (kept, _) = after(130, &[(0, S), (100, KeyCode::Char('x'))]).await;
    assert!(kept.contains("Search: s ") && kept.contains("found"), "{kept}");
}

#[tokio::test(start_paused = true)]
async fn the_crisis_key_and_the_start_over_key_do_what_they_say_even_then() {
    assert!(after(101, &[(0, S), (100, KeyCode::F(9))]).await.0.contains("Call 911"));
    assert!(after(101, &[(0, S), (100, KeyCode::F(10))]).await.0.contains("Find a meeting"));
}

#[tokio::test(start_paused = true)]
async fn the_question_can_be_answered_a_dozen_times() {
    let keys: Vec<_> = (0..12).map(|turn| (turn * 110, S)).collect();
    assert!(after(12 * 110 - 20, &keys).await.0.contains("found"));
}

#[tokio::test(start_paused = true)]
async fn an_untouched_kiosk_draws_once_a_minute_and_asks_nobody() {
    let (screen, frames) = after(3600, &[]).await;
    assert!(screen.contains("Find a meeting"));
    assert!(screen.contains("Tuesday 7:00 PM") || screen.contains("Tuesday 6:59 PM"), "{screen}");
    assert!(frames <= 64, "{frames} frames in an hour");
}

#[tokio::test(start_paused = true)]
async fn a_list_that_nobody_touches_draws_nothing() {
    // By the first second the directory is open: how its opening meets a key does not matter here.
    let (_, early) = after(3, &[(1, S)]).await;
    let (_, late) = after(88, &[(1, S)]).await;
    assert_eq!(early, late);
}

#[tokio::test(start_paused = true)]
async fn whoever_sets_the_clock_on_the_wall_ends_no_visit_and_prolongs_none() {
    const DAY: i64 = 24 * 60 * 60;
    for set in [(50, DAY), (91, -DAY), (1, 3600), (110, -3600), (50, 40 * 365 * DAY)] {
        let clocks = Clocks { set, ..PLAIN };
        assert!(by(clocks, 89, &[(0, S)]).await.0.contains("found"), "{set:?}");
        assert!(by(clocks, 119, &[(0, S)]).await.0.contains("Still there?"), "{set:?}");
        let (forgotten, _) = by(clocks, 121, &[(0, S)]).await;
        assert!(forgotten.contains("Find a meeting"), "{set:?}: {forgotten}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_home_screen_shows_the_time_that_was_set_within_a_minute() {
    for (by_so_many, shown) in [(86_400, "Wednesday 6:01 PM"), (-86_400, "Monday 6:01 PM"), (7200, "Tuesday 8:01 PM")] {
        let (screen, _) = by(Clocks { set: (20, by_so_many), ..PLAIN }, 90, &[]).await;
        assert!(screen.contains(shown), "{screen}");
    }
    // The night in which an hour comes twice, and the one in which it is left out.
    for (begins, shown) in [
        ("2026-11-01T01:58:30-04:00[America/New_York]", ["Sunday 1:59 AM", "Sunday 1:00 AM", "Sunday 1:01 AM"]),
        ("2027-03-14T01:58:30-05:00[America/New_York]", ["Sunday 1:59 AM", "Sunday 3:00 AM", "Sunday 3:01 AM"]),
    ] {
        let clocks = Clocks { begins, ..PLAIN };
        for (seconds, shown) in [40, 100, 160].into_iter().zip(shown) {
            let (screen, _) = by(clocks, seconds, &[]).await;
            assert!(screen.contains(shown), "{shown} after {seconds}: {screen}");
        }
        assert!(by(clocks, 89, &[(0, S)]).await.0.contains("found"));
        assert!(by(clocks, 121, &[(0, S)]).await.0.contains("Find a meeting"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_visit_that_was_open_when_the_machine_slept_is_over_when_it_wakes() {
    let clocks = Clocks { sleeps: (20, 3600), ..PLAIN };
    assert!(by(clocks, 19, &[(0, S)]).await.0.contains("found"));
    // Nobody touches it: at the keeper's next question.
    let (forgotten, _) = by(clocks, 26, &[(0, S)]).await;
    assert!(forgotten.contains("Find a meeting") && forgotten.contains("Tuesday 7:00 PM"), "{forgotten}");
    // Somebody touches it before that: their first key is nobody's, and shows them nothing.
    let (forgotten, _) = by(clocks, 24, &[(0, S), (22, KeyCode::Enter)]).await;
    assert!(forgotten.contains("Find a meeting"), "{forgotten}");
    // A short sleep counts as time without a key: asked before, forgotten before.
    let clocks = Clocks { sleeps: (20, 60), ..PLAIN };
    assert!(by(clocks, 29, &[(0, S)]).await.0.contains("found"));
    assert!(by(clocks, 36, &[(0, S)]).await.0.contains("Still there?"));
    assert!(by(clocks, 61, &[(0, S)]).await.0.contains("Find a meeting"));
    assert!(by(clocks, 110, &[(0, S), (25, S)]).await.0.contains("found"), "who is there, stays");
}
