//! A list of things to do, and the question whether somebody is still there.

use ratatui::layout::{Position, Rect};

use super::{paint::Paint, theme};
use crate::app::{App, Menu};
use crate::layout::{self, Room};
use crate::locale::number;

pub(super) fn draw(app: &App, menu: &Menu, paint: &mut Paint<'_>) -> Position {
    let size = app.around.size;
    let locale = &app.around.site.locale;
    let mut top = size.head();
    let mut rows = size.rows();
    if size.room() == Room::Full {
        paint.line(top, &locale.say(menu.intro), theme::PLAIN);
        let about = layout::wrap(&menu.about, size.page_width()).into_iter().filter(|row| !row.is_empty()).take(3);
        let mut head = 1;
        for row in about {
            paint.line(top + head, &row, theme::STRONG);
            head += 1;
        }
        top += head + 1;
        rows = rows.saturating_sub(usize::from(head) + 1).max(1);
    }
    let mut cursor = Position::new(0, top);
    let window = layout::window(menu.items.len(), rows, menu.focus);
    for (row, place) in (top..).zip(window) {
        let focused = place == menu.focus;
        let area = Rect::new(0, row, paint.width(), 1);
        let here = paint.item(area, &locale.say(menu.items[place].say), "", focused);
        if focused {
            cursor = here;
        }
    }
    if let Some(note) = menu.note {
        note_below(app, note, top + u16::try_from(menu.items.len()).unwrap_or(u16::MAX), paint);
    }
    cursor
}

/// A note below the items, where there is room for it.
fn note_below(app: &App, note: &str, below: u16, paint: &mut Paint<'_>) {
    let size = app.around.size;
    let end = size.head() + u16::try_from(size.rows()).unwrap_or(1);
    let note = layout::wrap(&app.around.site.locale.say(note), size.page_width());
    for (row, said) in (below.saturating_add(1)..end).zip(note) {
        paint.line(row, &said, theme::PLAIN);
    }
}

/// "Still there?" in the middle of an empty screen. Nothing on it moves.
pub(super) fn still_there(app: &App, paint: &mut Paint<'_>) -> Position {
    let size = app.around.size;
    let locale = &app.around.site.locale;
    let seconds = app.around.site.notice_seconds;
    let lines = [
        (locale.say("still-there"), theme::HEADING),
        (locale.say("still-there-more"), theme::STRONG),
        (locale.say_with("still-there-clear", &[("seconds", number(seconds))]), theme::PLAIN),
    ];
    let end = size.head() + u16::try_from(size.rows()).unwrap_or(1);
    let rows = lines
        .into_iter()
        .flat_map(|(said, style)| layout::wrap(&said, size.page_width()).into_iter().map(move |row| (row, style)));
    for (row, (said, style)) in (size.head()..end).zip(rows) {
        paint.line(row, &said, style);
    }
    paint.place(1, size.head())
}
