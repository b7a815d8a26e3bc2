//! The door for staff: how many digits were typed, and what it said.

use ratatui::layout::Position;

use super::{MARGIN, paint::Paint, theme};
use crate::app::{App, Keypad};
use crate::layout;
use crate::locale::count;

pub(super) fn draw(app: &App, keypad: &Keypad, paint: &mut Paint<'_>) -> Position {
    let size = app.around.size;
    let locale = &app.around.site.locale;
    let end = size.head() + u16::try_from(size.rows()).unwrap_or(1);
    let dots = "*".repeat(keypad.digits());
    let cursor = paint.field((MARGIN / 2, size.head()), &locale.say("pin-label"), &dots, theme::FOCUS);
    let said = match (keypad.trying, keypad.said) {
        (true, _) => locale.say("pin-trying"),
        (false, Some((said, wait))) => locale.say_with(said, &[("seconds", count(seconds(wait)))]),
        (false, None) => String::new(),
    };
    let lines = [(said, theme::STRONG), (locale.say("pin-intro"), theme::PLAIN)];
    let mut row = size.head() + 1;
    for (said, style) in lines.into_iter().filter(|(said, _)| !said.is_empty()) {
        for said in layout::wrap(&said, size.page_width()) {
            if row < end {
                paint.line(row, &said, style);
                row += 1;
            }
        }
    }
    cursor
}

/// Whole seconds, rounded up: whoever waits so long has waited long enough.
fn seconds(wait: std::time::Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}
