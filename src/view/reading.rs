//! A page, row by row.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{MARGIN, paint::Paint, theme};
use crate::app::{App, Reading};
use crate::layout::{self, Row};
use crate::page::{Page, Role};

pub(super) fn draw(app: &App, reading: &Reading, paint: &mut Paint<'_>) -> Position {
    let size = app.around.size;
    let rows = reading.rows(size);
    let window = layout::window(rows.len(), size.rows(), reading.row);
    let mut cursor = Position::new(MARGIN, size.head());
    let first = window.start;
    for (place, row) in rows.iter().enumerate().take(window.end).skip(first) {
        let at = size.head() + u16::try_from(place - first).unwrap_or(u16::MAX);
        let focused = place == reading.row;
        if focused {
            paint.put(0, at, 1, ">", theme::STRONG);
            // The cursor stands on the first letter that is read.
            let indent = if row.label.trim().is_empty() { row.indent } else { 0 };
            cursor = paint.place(MARGIN + u16::try_from(indent).unwrap_or(0), at);
        }
        let style = if focused && reading.page.lines[row.line].goal.is_some() {
            theme::FOCUS
        } else {
            look(&reading.page, row)
        };
        draw_row(paint, row, (MARGIN, at), paint.width(), style);
    }
    cursor
}

/// A page beside the list: as much of it as there is room for.
pub(super) fn preview(page: &Page, paint: &mut Paint<'_>, area: Rect) {
    let width = usize::from(area.width.saturating_sub(1));
    paint.put(area.x, area.y, area.width, &page.title, theme::HEADING);
    for (at, row) in (area.y + 1..area.y + area.height).zip(page.rows(width)) {
        draw_row(paint, &row, (area.x, at), area.x + area.width, look(page, &row));
    }
}

fn draw_row(paint: &mut Paint<'_>, row: &Row, at: (u16, u16), end: u16, style: Style) {
    let (column, line) = at;
    paint.put(column, line, end.saturating_sub(column), &row.label, theme::PLAIN);
    let start = column + u16::try_from(row.indent).unwrap_or(u16::MAX);
    paint.put(start, line, end.saturating_sub(start), &row.text, style);
}

fn look(page: &Page, row: &Row) -> Style {
    match page.lines[row.line].role {
        Role::Plain if !page.lines[row.line].label.is_empty() => theme::STRONG,
        Role::Plain => theme::PLAIN,
        Role::Mark => theme::MARK,
        Role::Heading => theme::HEADING,
        Role::Strong => theme::STRONG,
    }
}
