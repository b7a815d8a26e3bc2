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

thread_local! {
    static STARTED: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// The clock on the wall: it shows what the loop's own clock has waited.
fn now() -> Zoned {
    let evening: Zoned = TUESDAY_EVENING.parse().unwrap();
    let waited = STARTED.get().map_or(Duration::ZERO, |started| Instant::now() - started);
    evening.saturating_add(SignedDuration::try_from(waited).unwrap())
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
    let started = Instant::now();
    STARTED.set(Some(started));
    let at = |seconds: u64| started + Duration::from_secs(seconds);
    let mut script: VecDeque<_> = keys
        .iter()
        .map(|(second, code)| (at(*second), vec![Input::Key(KeyEvent::new(*code, KeyModifiers::NONE))]))
        .collect();
    script.push_back((at(seconds), vec![Input::End]));
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
