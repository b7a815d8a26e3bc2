//! The home screen: greeting, what the kiosk forgets, six doors with how much is behind each, notices.

use index::record::Door;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{MARGIN, paint::Paint, theme};
use crate::app::{App, Directory, HOME_ITEMS};
use crate::layout::{self, Room};
use crate::locale::number;

pub(super) fn draw(app: &App, paint: &mut Paint<'_>) -> Option<Position> {
    let size = app.around.size;
    let locale = &app.around.site.locale;
    let greeting = &app.around.site.greeting;
    let (top, rows) = (size.head(), size.rows());
    let mut row = top;
    let mut left = u16::try_from(rows).unwrap_or(u16::MAX);
    let items = u16::try_from(HOME_ITEMS - 1).unwrap_or(u16::MAX);
    let notices = notice_rows(app);
    let for_notices = u16::try_from(notices.len().min(4)).unwrap_or(0);
    // What has no room is left out in this order: the second lines of doors, notices, greeting. The doors stay.
    if size.room() == Room::Full && left > items + 1 {
        let greeting = if greeting.is_empty() { &locale.say("greeting") } else { greeting };
        paint.line(row, greeting, theme::STRONG);
        paint.line(row + 1, &locale.say("privacy"), theme::PLAIN);
        (row, left) = (row + 2, left - 2);
        if left > items + 1 {
            (row, left) = (row + 1, left - 1);
        }
    }
    let two_lines = size.room() == Room::Full && left >= 2 * items - 1 + for_notices;
    // Where not all doors have room, the focused one is in sight.
    let shown = if two_lines { HOME_ITEMS - 1 } else { usize::from(left).max(1) };
    let window = layout::window(HOME_ITEMS - 1, shown, app.home().saturating_sub(1));
    let mut cursor = None;
    for place in window {
        let area = Rect::new(0, row, paint.width(), 1);
        let focused = app.home() == place + 1;
        let here = match Door::ALL.get(place) {
            Some(door) => {
                let name = locale.say(&format!("door-{}", door.word()));
                let count = match &app.around.directory {
                    // On a small screen the names of the doors need the room.
                    Directory::Open(counts) if size.room() == Room::Full => {
                        let count = i64::try_from(counts.doors[place]).unwrap_or(i64::MAX);
                        let id = if *door == Door::Learn { "door-count-learn" } else { "door-count" };
                        locale.say_with(id, &[("count", number(count))])
                    }
                    _ => String::new(),
                };
                let here = paint.item(area, &name, &count, focused);
                if two_lines {
                    let more = locale.say(&format!("door-{}-more", door.word()));
                    paint.put(2 * MARGIN, row + 1, paint.width().saturating_sub(2 * MARGIN), &more, theme::PLAIN);
                }
                here
            }
            None => paint.item(area, &locale.say("menu-item"), "", focused),
        };
        if focused {
            cursor = Some(here);
        }
        row += if two_lines && place < Door::ALL.len() { 2 } else { 1 };
    }
    if size.room() == Room::Full {
        let end = top + u16::try_from(rows).unwrap_or(u16::MAX);
        for (row, (said, style)) in (row..end).zip(notices) {
            paint.line(row, &said, style);
        }
    }
    cursor
}

/// The centre's notices of today under their heading, row by row.
fn notice_rows(app: &App) -> Vec<(String, Style)> {
    let today = app.around.now.date();
    let width = app.around.size.page_width();
    let notices = app.around.site.notices.iter().filter(|notice| notice.is_shown(today));
    let mut rows: Vec<_> =
        notices.flat_map(|notice| layout::wrap(&notice.text, width)).map(|row| (row, theme::STRONG)).collect();
    if !rows.is_empty() {
        rows.insert(0, (app.around.site.locale.say("notices"), theme::HEADING));
    }
    rows
}
