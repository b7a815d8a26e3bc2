//! The state as cells. Reads the app and changes nothing.
//!
//! Every frame paints every cell, shows the crisis line, and puts the terminal's cursor on the text of what is
//! focused: a braille line and a screen reader follow the cursor and nothing else.

use ratatui::Frame;
use ratatui::layout::Position;

use crate::app::{App, Focus, Screen};
use crate::crisis;
use crate::layout::Room;

mod form;
mod home;
mod keypad;
mod list;
mod menu;
mod narrow;
mod paint;
mod reading;
mod status;
mod theme;

pub use paint::Glyphs;
use paint::Paint;

/// Columns before the text of an item: the marker and a space.
const MARGIN: u16 = 2;

/// Draws the app.
pub fn view(app: &App, glyphs: Glyphs, frame: &mut Frame<'_>) {
    let mut paint = Paint::new(frame.buffer_mut(), glyphs);
    paint.clear();
    let cursor = match app.around.size.room() {
        Room::Number => {
            paint.put(0, 0, paint.width(), crisis::NUMBER, theme::CRISIS);
            Position::ORIGIN
        }
        Room::Small => {
            crisis_line(app, &mut paint, 0);
            let cursor = head_small(app, &mut paint);
            let cursor = content(app, &mut paint).unwrap_or(cursor);
            hints(app, &mut paint);
            cursor
        }
        Room::Full => {
            let cursor = head(app, &mut paint);
            let cursor = content(app, &mut paint).unwrap_or(cursor);
            let crisis = paint.height().saturating_sub(2);
            crisis_line(app, &mut paint, crisis);
            hints(app, &mut paint);
            cursor
        }
    };
    frame.set_cursor_position(cursor);
}

/// The crisis line, in the longest form for which there is room.
fn crisis_line(app: &App, paint: &mut Paint<'_>, row: u16) {
    let site = &app.around.site;
    let lines = crisis::lines(&site.own_lines, site.locale.language());
    let line = lines.iter().find(|line| paint.fits(line)).map_or(crisis::NUMBER, String::as_str);
    paint.bar(row, line, "", theme::CRISIS);
}

/// Title, search line, count line, rule. Gives where the cursor stands when the search line is focused.
fn head(app: &App, paint: &mut Paint<'_>) -> Position {
    // The clock moves on the home screen alone: on the others nothing changes but by a key.
    let clock = match app.screen() {
        None => app.around.teller().moment(),
        Some(_) => String::new(),
    };
    paint.bar(0, &app.around.site.centre, &clock, theme::TITLE);
    let cursor = search_line(app, paint, 1);
    status::draw(app, paint, 2);
    paint.rule(3);
    cursor
}

/// The search line with the count under it, or the title.
fn head_small(app: &App, paint: &mut Paint<'_>) -> Position {
    match app.screen() {
        None => {
            paint.line(2, &status::said(app), theme::PLAIN);
            search_line(app, paint, 1)
        }
        Some(Screen::Results(_)) => {
            status::draw(app, paint, 2);
            search_line(app, paint, 1)
        }
        Some(_) => {
            paint.line(1, &status::said(app), theme::HEADING);
            paint.place(1, 1)
        }
    }
}

/// The search line, as it stands on every screen. Gives where the cursor stands in it.
fn search_line(app: &App, paint: &mut Paint<'_>, row: u16) -> Position {
    let label = app.around.site.locale.say("search-label");
    let focused = match app.screen() {
        None => app.home() == 0,
        Some(Screen::Results(results)) => results.focus == Focus::Field,
        Some(_) => false,
    };
    let typed = match (app.screen(), app.narrowing()) {
        (Some(Screen::Results(results)), _) | (_, Some((_, results))) => results.question.typed.as_str(),
        _ => "",
    };
    let style = if focused { theme::FOCUS } else { theme::PLAIN };
    paint.field((MARGIN / 2, row), &label, typed, style)
}

/// The middle of the screen. Gives where the cursor stands, unless it stands in the search line.
fn content(app: &App, paint: &mut Paint<'_>) -> Option<Position> {
    if app.asked() {
        return Some(menu::still_there(app, paint));
    }
    match app.screen() {
        None => home::draw(app, paint),
        Some(Screen::Results(results)) => list::draw(app, results, paint),
        Some(Screen::Narrow(_)) => narrow::draw(app, paint),
        Some(Screen::Reading(reading)) => Some(reading::draw(app, reading, paint)),
        Some(Screen::Menu(menu)) => Some(menu::draw(app, menu, paint)),
        Some(Screen::Keypad(keypad)) => Some(keypad::draw(app, keypad, paint)),
        Some(Screen::Form(form)) => Some(form::draw(app, form, paint)),
    }
}

/// As many hints as there is room for, the most important first.
fn hints(app: &App, paint: &mut Paint<'_>) {
    let locale = &app.around.site.locale;
    let row = paint.height().saturating_sub(1);
    let mut line = String::new();
    for hint in app.hints() {
        let more = format!("{} {}", hint.cap, locale.say(hint.word));
        let longer = if line.is_empty() { more } else { format!("{line}   {more}") };
        if !paint.fits(&longer) {
            break;
        }
        line = longer;
    }
    paint.bar(row, &line, "", theme::HINTS);
}
