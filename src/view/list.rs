//! The list of results, two rows each, and the preview beside it where there is one.

use ratatui::layout::{Position, Rect};

use super::{MARGIN, paint::Paint, reading, theme};
use crate::app::{App, Focus, Results};
use crate::layout;
use crate::tell::Told;

pub(super) fn draw(app: &App, results: &Results, paint: &mut Paint<'_>) -> Option<Position> {
    let size = app.around.size;
    let (columns, preview) = size.columns(app.around.site.preview);
    if results.answer.as_ref().is_some_and(|answer| answer.total == 0) {
        return nothing(app, results, paint);
    }
    let hits = results.hits();
    let per_hit = size.rows_per_hit();
    // The rows of the list: every hit's, and one for the menu.
    let all = hits.len() * per_hit + 1;
    let focus = match results.focus {
        Focus::Field => 0,
        Focus::Hit(place) => place * per_hit,
        Focus::Menu => all - 1,
    };
    let window = layout::window(all, size.rows(), focus);
    // A hit is shown whole or not at all: the window begins with its first row.
    let start = if focus + per_hit > window.end { window.start + 1 } else { window.start }.div_ceil(per_hit) * per_hit;
    let start = start.min(focus);
    let mut cursor = None;
    let end = (start + size.rows()).min(all);
    for (place, hit) in hits.iter().enumerate().skip(start / per_hit) {
        let row = place * per_hit;
        if row >= end {
            break;
        }
        let top = size.head() + u16::try_from(row - start).unwrap_or(u16::MAX);
        let focused = results.focus == Focus::Hit(place);
        let told = app.around.teller().hit(hit, results.question.day());
        let here = draw_hit(&told, paint, (top, columns), focused, end - row);
        if focused {
            cursor = Some(here);
        }
    }
    if end == all {
        let top = size.head() + u16::try_from(all - 1 - start).unwrap_or(u16::MAX);
        let focused = results.focus == Focus::Menu;
        let here = paint.item(Rect::new(0, top, columns, 1), &app.around.site.locale.say("menu-item"), "", focused);
        if focused {
            cursor = Some(here);
        }
    }
    if let (Some(width), Some(hit)) = (preview, results.focused()) {
        let left = columns + 3;
        for row in 0..u16::try_from(size.rows()).unwrap_or(0) {
            paint.put(columns + 1, size.head() + row, 1, "│", theme::PLAIN);
        }
        let page = app.around.teller().record(&hit.record);
        reading::preview(&page, paint, Rect::new(left, size.head(), width, u16::try_from(size.rows()).unwrap_or(0)));
    }
    cursor
}

fn draw_hit(told: &Told, paint: &mut Paint<'_>, at: (u16, u16), focused: bool, rows: usize) -> Position {
    let (row, columns) = at;
    let cursor = paint.item(Rect::new(0, row, columns, 1), &told.name, &told.mark, focused);
    if rows > 1 {
        paint.put(MARGIN, row + 1, columns.saturating_sub(MARGIN), &told.facts, theme::PLAIN);
    }
    cursor
}

/// Nothing was found: what to try, and whom to ask. Never a dead end.
fn nothing(app: &App, results: &Results, paint: &mut Paint<'_>) -> Option<Position> {
    let locale = &app.around.site.locale;
    let question = &results.question;
    let first = match (question.day(), question.typed.is_empty(), question.door) {
        (Some(_), ..) => "nothing-day",
        (None, true, _) => "nothing-door",
        (None, false, Some(_)) => "nothing-words-door",
        (None, false, None) => "nothing-words",
    };
    let size = app.around.size;
    let end = size.head() + u16::try_from(size.rows()).unwrap_or(1) - 1;
    let said = [first, "nothing-help"].map(|id| layout::wrap(&locale.say(id), size.page_width())).concat();
    let mut last = size.head();
    for (row, line) in (size.head()..end).zip(said) {
        paint.line(row, &line, theme::STRONG);
        last = row + 1;
    }
    let focused = results.focus == Focus::Menu;
    let here = paint.item(Rect::new(0, last, paint.width(), 1), &locale.say("menu-item"), "", focused);
    focused.then_some(here)
}
