//! The line under the search line: how many were found, and a chip for everything that narrows the list.
//!
//! Nothing is filtered invisibly: chips that have no room are counted.

use unicode_width::UnicodeWidthStr;

use super::{MARGIN, paint::Paint, theme};
use crate::app::{App, Results, Screen};
use crate::crisis;
use crate::layout::{self, Room};
use crate::locale::number;

/// Draws the line.
pub(super) fn draw(app: &App, paint: &mut Paint<'_>, row: u16) {
    let said = said(app);
    let more = if more_below(app) { app.around.site.locale.say("more-below") } else { String::new() };
    let room = usize::from(paint.width().saturating_sub(MARGIN));
    let hint = if more.is_empty() { 0 } else { more.width() + 2 };
    let Some(Screen::Results(results)) = app.screen() else {
        // A count is worth more than a hint, and a title is told again by the page itself.
        let counts = matches!(app.screen(), Some(Screen::Narrow(_))) && said.width() + hint > room;
        paint.bar(row, &said, if counts { "" } else { &more }, theme::PLAIN);
        return;
    };
    let teller = app.around.teller();
    let chips: Vec<String> = results.chips(&teller).iter().map(|chip| teller.bracketed(chip)).collect();
    let counted = |left: usize| {
        let left = i64::try_from(left).unwrap_or(i64::MAX);
        app.around.site.locale.say_with("chips-more", &[("count", number(left))])
    };
    let line = |shown: usize| {
        let rest = (shown < chips.len()).then(|| counted(chips.len() - shown));
        let parts = [chips[..shown].join(" "), rest.unwrap_or_default()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { said.clone() } else { format!("{said}  {}", parts.join(" ")) }
    };
    // All chips and the hint that the list goes on; else the chips; else as many as there is room for.
    if line(chips.len()).width() + hint <= room {
        paint.bar(row, &line(chips.len()), &more, theme::PLAIN);
        return;
    }
    let fitting = (0..=chips.len()).rev().map(line).find(|line| line.width() <= room);
    // Where even the sentence has no room, it is cut; that something narrows the list is not. The numbers for somebody
    // in danger are never cut.
    let cut = fitting.is_none() && !chips.is_empty() && in_danger(app, results).is_none();
    let rest = if cut { counted(chips.len()) } else { String::new() };
    paint.bar(row, fitting.as_deref().unwrap_or(&said), &rest, theme::PLAIN);
}

/// What the line says: how many, the title of a page, or a gentle word.
pub(super) fn said(app: &App) -> String {
    let site = &app.around.site;
    if let Some(word) = app.word() {
        return site.locale.say(word);
    }
    match app.screen() {
        None => site.locale.say("search-empty"),
        Some(Screen::Results(results)) => {
            in_danger(app, results).unwrap_or_else(|| results.count_line(&app.around.teller(), &app.around.directory))
        }
        Some(Screen::Narrow(_)) => super::narrow::title(app),
        Some(Screen::Reading(reading)) => reading.page.title.clone(),
        Some(Screen::Menu(menu)) => site.locale.say(menu.title),
        Some(Screen::Keypad(_)) => site.locale.say("staff-title"),
        Some(Screen::Form(form)) => form.title.clone(),
    }
}

/// Where there is no room for the box above the hits, what somebody in danger must see stands in this line.
fn in_danger(app: &App, results: &Results) -> Option<String> {
    let site = &app.around.site;
    let width = usize::from(app.around.size.width.saturating_sub(MARGIN));
    let no_box = results.danger && results.alarm(&app.around).rows.is_empty();
    no_box.then(|| crisis::danger(&site.own_lines, site.locale.language(), width, 1).concat())
}

/// Whether the page or the list goes on below what is shown.
fn more_below(app: &App) -> bool {
    let size = app.around.size;
    if size.room() == Room::Small {
        return false;
    }
    match app.screen() {
        Some(Screen::Reading(reading)) => {
            let all = reading.rows(size).len();
            layout::window(all, size.rows(), reading.row).end < all
        }
        Some(Screen::Results(results)) => super::list::goes_on(app, results),
        Some(Screen::Narrow(_)) => super::narrow::goes_on(app),
        None | Some(Screen::Menu(_) | Screen::Keypad(_) | Screen::Form(_)) => false,
    }
}
