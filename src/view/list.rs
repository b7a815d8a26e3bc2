//! The list of results, two rows each, with the headings of its sections, and the preview beside it where there is one.

use ratatui::layout::{Position, Rect};

use super::{MARGIN, paint::Paint, reading, theme};
use crate::app::{App, Focus, Results};
use crate::layout;
use crate::locale::text;
use crate::tell::Told;

/// What stands in the list: whole or not at all.
enum Block {
    /// The heading of a section.
    Heading(Vec<String>),
    /// A hit.
    Hit(usize),
    /// The way to the panel that narrows the list.
    Narrow,
    /// The menu.
    Menu,
}

/// The blocks of the list, each with its first row, and those that are seen.
struct Laid {
    blocks: Vec<(usize, Block)>,
    /// The first row that is seen, and the row after the last.
    start: usize,
    end: usize,
    all: usize,
}

/// Where the list stands on the screen.
#[derive(Clone, Copy)]
struct Ground {
    top: u16,
    rows: usize,
    columns: u16,
}

pub(super) fn draw(app: &App, results: &Results, paint: &mut Paint<'_>) -> Option<Position> {
    let ground = ground(app, results);
    alarm(app, results, paint);
    if results.is_empty() {
        return nothing(app, results, paint, ground);
    }
    let laid = lay(app, results, ground);
    let mut cursor = None;
    for (row, block) in &laid.blocks {
        if *row < laid.start || *row >= laid.end {
            continue;
        }
        let at = ground.top + u16::try_from(row - laid.start).unwrap_or(u16::MAX);
        let focused = is_focused(results.focus, block);
        let here = draw_block(app, results, paint, block, (at, ground.columns), laid.end - row);
        if focused {
            cursor = here;
        }
    }
    preview(app, results, paint, ground);
    cursor
}

/// Whether the list goes on below what is seen.
pub(super) fn goes_on(app: &App, results: &Results) -> bool {
    let laid = lay(app, results, ground(app, results));
    laid.end < laid.all && !results.is_empty()
}

fn ground(app: &App, results: &Results) -> Ground {
    let size = app.around.size;
    let height = results.alarm(&app.around).height();
    Ground {
        top: size.head() + u16::try_from(height).unwrap_or(0),
        rows: size.rows().saturating_sub(height).max(1),
        columns: size.columns(app.around.site.preview).0,
    }
}

/// Puts the list together, and moves it so that the focused block is seen whole.
fn lay(app: &App, results: &Results, ground: Ground) -> Laid {
    let size = app.around.size;
    let teller = app.around.teller();
    let mut blocks = Vec::with_capacity(results.hits().len() + 4);
    let mut all = 0;
    let mut add = |block: Block, height: usize| {
        blocks.push((all, block));
        all += height;
    };
    for place in 0..results.hits().len() {
        let heading = results.heading(place, &teller, size, ground.columns);
        if !heading.is_empty() {
            let height = heading.len();
            add(Block::Heading(heading), height);
        }
        add(Block::Hit(place), size.rows_per_hit());
    }
    for below in results.below() {
        add(if *below == Focus::Narrow { Block::Narrow } else { Block::Menu }, 1);
    }
    let place = blocks.iter().position(|(_, block)| is_focused(results.focus, block)).unwrap_or(0);
    let focus = blocks.get(place).map_or(0, |(row, _)| *row);
    let after = blocks.get(place + 1).map_or(all, |(row, _)| *row);
    let window = layout::window(all, ground.rows, focus);
    // A block is shown whole or not at all: the window begins with the first row of one, and holds the focused one.
    let least = window.start.max(after.saturating_sub(ground.rows));
    let start = blocks.iter().map(|(row, _)| *row).find(|row| *row >= least).unwrap_or(0).min(focus);
    Laid { blocks, start, end: (start + ground.rows).min(all), all }
}

fn is_focused(focus: Focus, block: &Block) -> bool {
    match (focus, block) {
        (Focus::Hit(focus), Block::Hit(place)) => focus == *place,
        (Focus::Narrow, Block::Narrow) | (Focus::Menu, Block::Menu) => true,
        _ => false,
    }
}

/// Draws a block in at most `rows` rows. Gives where the cursor stands in it.
fn draw_block(
    app: &App,
    results: &Results,
    paint: &mut Paint<'_>,
    block: &Block,
    (row, columns): (u16, u16),
    rows: usize,
) -> Option<Position> {
    let focused = is_focused(results.focus, block);
    let item = |paint: &mut Paint<'_>, name: &str| {
        Some(paint.item(Rect::new(0, row, columns, 1), &app.around.site.locale.say(name), "", focused))
    };
    match block {
        Block::Heading(said) => {
            for (at, said) in (row..).zip(said.iter().take(rows)) {
                paint.put(MARGIN / 2, at, columns.saturating_sub(MARGIN), said, theme::HEADING);
            }
            None
        }
        Block::Hit(place) => {
            let hit = results.hits().get(*place)?;
            let told = app.around.teller().hit(hit, results.place());
            Some(draw_hit(&told, paint, (row, columns), focused, rows))
        }
        Block::Narrow => item(paint, "narrow-item"),
        Block::Menu => item(paint, "menu-item"),
    }
}

fn draw_hit(told: &Told, paint: &mut Paint<'_>, at: (u16, u16), focused: bool, rows: usize) -> Position {
    let (row, columns) = at;
    let cursor = paint.item(Rect::new(0, row, columns, 1), &told.name, &told.mark, focused);
    if rows > 1 {
        paint.put(MARGIN, row + 1, columns.saturating_sub(MARGIN), &told.facts, theme::PLAIN);
    }
    cursor
}

fn preview(app: &App, results: &Results, paint: &mut Paint<'_>, ground: Ground) {
    let size = app.around.size;
    let (Some(width), Some(hit)) = (size.columns(app.around.site.preview).1, results.focused()) else { return };
    let rows = u16::try_from(ground.rows).unwrap_or(0);
    for row in 0..rows {
        paint.put(ground.columns + 1, ground.top + row, 1, "│", theme::PLAIN);
    }
    let page = app.around.teller().record(&hit.record);
    reading::preview(&page, paint, Rect::new(ground.columns + 3, ground.top, width, rows));
}

/// The box for somebody in danger. It moves with nothing.
fn alarm(app: &App, results: &Results, paint: &mut Paint<'_>) {
    let alarm = results.alarm(&app.around);
    let mut row = app.around.size.head();
    for said in &alarm.rows {
        paint.line(row, said, theme::CRISIS);
        row += 1;
    }
    if alarm.ruled && !alarm.rows.is_empty() {
        paint.rule(row);
    }
}

/// Nothing was found: what to try, what could be taken away, and whom to ask. Never a dead end.
fn nothing(app: &App, results: &Results, paint: &mut Paint<'_>, ground: Ground) -> Option<Position> {
    let items = results.below();
    // The items stand in any case; where there is room for one alone, it is the focused one.
    let shown = ground.rows.min(items.len());
    let first = if shown == 1 && results.focus == Focus::Menu { items.len() - 1 } else { 0 };
    let mut row = ground.top;
    for line in advice(app, results, ground.rows - shown) {
        paint.line(row, &line, theme::STRONG);
        row += 1;
    }
    let mut cursor = None;
    for item in items.iter().skip(first).take(shown) {
        let focused = results.focus == *item;
        let name = if *item == Focus::Narrow { "narrow-item" } else { "menu-item" };
        let here = paint.item(Rect::new(0, row, paint.width(), 1), &app.around.site.locale.say(name), "", focused);
        if focused {
            cursor = Some(here);
        }
        row += 1;
    }
    cursor
}

/// What is said when nothing was found, in at most so many rows. Whom to ask is left out last.
fn advice(app: &App, results: &Results, most: usize) -> Vec<String> {
    let teller = app.around.teller();
    let say = |id: &str| teller.locale.say(id);
    let question = &results.question;
    let understood = results.constraints.iter().any(|constraint| !constraint.is_chosen());
    let one = matches!(results.constraints.as_slice(), [one] if one.from.trim() == question.typed.trim());
    let first = say(match (question.day(), question.typed.is_empty(), question.door) {
        (Some(_), ..) => "nothing-day",
        (None, true, _) => "nothing-door",
        (None, false, _) if one => "nothing-one",
        (None, false, _) if understood => "nothing-all",
        (None, false, Some(_)) => "nothing-words-door",
        (None, false, None) => "nothing-words",
    });
    let chips: Vec<String> = results.chips(&teller).iter().map(|chip| teller.bracketed(chip)).collect();
    let (chips, narrow) = (chips.join(" "), say("narrow-item"));
    let take_away = (!chips.is_empty())
        .then(|| teller.locale.say_with("nothing-chips", &[("chips", text(&chips)), ("narrow", text(&narrow))]));
    let help = ["nothing-help", "nothing-help-short", "nothing-help-least"].map(say);
    let whole: Vec<&String> = [Some(&first), take_away.as_ref(), Some(&help[0])].into_iter().flatten().collect();
    let forms = [whole, vec![&first, &help[0]], vec![&first, &help[1]], vec![&help[1]], vec![&help[2]]];
    let width = app.around.size.page_width();
    let broken = forms.map(|form| form.into_iter().flat_map(|said| layout::wrap(said, width)).collect::<Vec<_>>());
    broken.into_iter().find(|rows| rows.len() <= most).unwrap_or_default()
}
