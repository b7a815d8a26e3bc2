//! The panel that narrows a list, row by row.

use ratatui::layout::{Position, Rect};

use super::{MARGIN, paint::Paint, theme};
use crate::app::{App, Line};
use crate::layout::Room;
use crate::locale::{number, text};

pub(super) fn draw(app: &App, paint: &mut Paint<'_>) -> Option<Position> {
    let (narrow, results) = app.narrowing()?;
    let size = app.around.size;
    let teller = app.around.teller();
    let count = results.count_line(&teller, &app.around.directory);
    let mut top = size.head();
    match size.room() {
        Room::Full => {
            let intro = teller.locale.say_with("narrow-intro", &[("count", text(&count))]);
            paint.line(top, &intro, theme::PLAIN);
            top += 2;
        }
        Room::Small | Room::Number => paint.line(top - 1, &count, theme::PLAIN),
    }
    let lines = narrow.lines(results, app.around.now.weekday());
    let focus = narrow.row(&lines);
    let mut cursor = None;
    for (row, place) in (top..).zip(narrow.window(&lines, size)) {
        let area = Rect::new(0, row, paint.width(), 1);
        let said = said(app, &lines[place]);
        if let Line::Heading(_) = lines[place] {
            paint.put(MARGIN, row, area.width.saturating_sub(MARGIN), &said, theme::HEADING);
        } else {
            let here = paint.item(area, &said, "", place == focus);
            if place == focus {
                cursor = Some(here);
            }
        }
    }
    cursor
}

/// Whether there are rows below those that are seen.
pub(super) fn goes_on(app: &App) -> bool {
    app.narrowing().is_some_and(|(narrow, results)| {
        let lines = narrow.lines(results, app.around.now.weekday());
        narrow.window(&lines, app.around.size).end < lines.len()
    })
}

fn said(app: &App, line: &Line) -> String {
    let teller = app.around.teller();
    let locale = teller.locale;
    match line {
        Line::Heading(facet) => teller.facet(*facet),
        Line::Chip(place) => {
            let constraint = app.narrowing().and_then(|(_, results)| results.constraints.get(*place));
            let wish = constraint.map(|constraint| teller.chip(constraint)).unwrap_or_default();
            locale.say_with("narrow-take-away", &[("wish", text(&wish))])
        }
        Line::Value(value, count, asked) => {
            let value = teller.value_in_full(value);
            let args = [
                // Two signs that every font has and every voice can name.
                ("mark", text(if *asked { "[x]" } else { "[ ]" })),
                ("value", text(&value)),
                ("count", number(i64::try_from(*count).unwrap_or(i64::MAX))),
            ];
            locale.say_with("narrow-value", &args)
        }
        Line::More(_, hidden) => {
            let hidden = i64::try_from(*hidden).unwrap_or(i64::MAX);
            locale.say_with("narrow-more", &[("count", number(hidden))])
        }
        Line::Menu => locale.say("menu-item"),
    }
}
