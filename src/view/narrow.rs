//! The panel that narrows a list, row by row.

use ratatui::layout::{Position, Rect};

use super::{MARGIN, paint::Paint, theme};
use crate::app::{App, Line, Narrow};
use crate::locale::{number, text};

pub(super) fn draw(app: &App, paint: &mut Paint<'_>) -> Option<Position> {
    let (narrow, results) = app.narrowing()?;
    let size = app.around.size;
    let mut top = size.head();
    if Narrow::has_intro(size) {
        paint.line(top, &app.around.site.locale.say("narrow-intro"), theme::PLAIN);
        top += 2;
    }
    let lines = narrow.lines(results, app.around.now.weekday());
    let focus = narrow.row(&lines);
    let mut cursor = None;
    for (row, place) in (top..).zip(narrow.window(&lines, size)) {
        let area = Rect::new(0, row, paint.width(), 1);
        let said = said(app, &lines[place]);
        if let Line::Heading(_) = lines[place] {
            paint.put(MARGIN / 2, row, area.width.saturating_sub(MARGIN), &said, theme::HEADING);
        } else {
            let here = paint.item(area, &said, "", place == focus);
            if place == focus {
                cursor = Some(here);
            }
        }
    }
    cursor
}

/// The panel's title: how many are left is told with it.
pub(super) fn title(app: &App) -> String {
    let teller = app.around.teller();
    let results = app.narrowing().map(|(_, results)| results);
    let answer = results.and_then(|results| Some((results.answer.as_ref()?, &results.constraints)));
    let count = answer.map(|(answer, constraints)| teller.tally(answer, constraints)).unwrap_or_default();
    teller.locale.say_with("narrow-title", &[("count", text(&count))])
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
