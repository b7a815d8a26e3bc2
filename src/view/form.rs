//! A form: the fields under each other, what helps with the focused one right under it, and the way to save.

use ratatui::layout::{Position, Rect};

use super::{MARGIN, paint::Paint, theme};
use crate::app::{App, Form, FormEntry, FormField};
use crate::layout;

/// A row of a form.
enum Row<'a> {
    /// What the form is about.
    About(String),
    /// A field, and whether it is focused.
    Field(&'a FormField, bool),
    /// What helps with the field above, or what is wrong with it.
    Hint(String, bool),
    /// The way to save.
    Save,
}

pub(super) fn draw(app: &App, form: &Form, paint: &mut Paint<'_>) -> Position {
    let size = app.around.size;
    let rows = rows(app, form);
    let is_focus = |row: &Row<'_>| matches!(row, Row::Field(_, true)) || matches!(row, Row::Save) && form.is_at_end();
    let focus = rows.iter().position(is_focus).unwrap_or(0);
    // What helps, or is wrong, is in sight as far as there is room for it under its field.
    let hints = rows[focus..].iter().skip(1).take_while(|row| matches!(row, Row::Hint(..))).count();
    let window = layout::window(rows.len(), size.rows(), focus + hints.min(size.rows() / 2));
    let mut cursor = paint.place(MARGIN, size.head());
    for (at, row) in (size.head()..).zip(&rows[window]) {
        match row {
            Row::About(said) => _ = paint.put(MARGIN, at, paint.width(), said, theme::HEADING),
            Row::Hint(said, is_wrong) => {
                let style = if *is_wrong { theme::MARK } else { theme::PLAIN };
                paint.put(2 * MARGIN, at, paint.width().saturating_sub(2 * MARGIN), said, style);
            }
            Row::Save => {
                let area = Rect::new(0, at, paint.width(), 1);
                let here = paint.item(area, &app.around.site.locale.say("form-save"), "", form.is_at_end());
                cursor = if form.is_at_end() { here } else { cursor };
            }
            Row::Field(field, false) => {
                let label = paint.put(MARGIN, at, paint.width(), &format!("{}:", field.label), theme::PLAIN);
                let start = MARGIN + label + 1;
                let said = match app.day_understood(field) {
                    Some(day) => format!("{} ({day})", field.said()),
                    None => field.said().to_owned(),
                };
                paint.put(start, at, paint.width().saturating_sub(start + 1), &said, theme::STRONG);
            }
            Row::Field(field, true) => {
                paint.put(0, at, 1, ">", theme::STRONG);
                cursor = paint.field((MARGIN, at), &format!("{}:", field.label), typed(field), theme::FOCUS);
            }
        }
    }
    cursor
}

fn rows<'a>(app: &App, form: &'a Form) -> Vec<Row<'a>> {
    let locale = &app.around.site.locale;
    let width = app.around.size.page_width().saturating_sub(usize::from(MARGIN));
    let hint = |said: &str, is_wrong: bool| -> Vec<Row<'a>> {
        layout::wrap(said, width)
            .into_iter()
            .filter(|row| !row.is_empty())
            .map(|row| Row::Hint(row, is_wrong))
            .collect()
    };
    let mut rows: Vec<Row<'a>> = layout::wrap(&form.about, width).into_iter().map(Row::About).collect();
    rows.retain(|row| !matches!(row, Row::About(said) if said.is_empty()));
    if form.is_waiting() {
        rows.extend(hint(&locale.say("staff-moment"), false));
        return rows;
    }
    for (place, field) in form.fields.iter().enumerate() {
        let is_focused = place == form.focus;
        rows.push(Row::Field(field, is_focused));
        if is_focused {
            match &form.wrong {
                Some(wrong) => rows.extend(hint(wrong, true)),
                None => rows.extend(hint(&app.form_hint(form), false)),
            }
        }
    }
    rows.push(Row::Save);
    if form.is_at_end()
        && let Some(wrong) = &form.wrong
    {
        rows.extend(hint(wrong, true));
    }
    rows
}

/// What stands in a field, with the spaces that were typed.
fn typed(field: &FormField) -> &str {
    match &field.entry {
        FormEntry::Words { said, .. } | FormEntry::Day(said, _) | FormEntry::Number(said) => said,
        FormEntry::Choice { .. } => field.said(),
    }
}
