//! The one door through which text becomes cells. What a terminal would act on does not pass.
//!
//! Importers clean every text; here it is asserted in debug builds, and cleaned once more in release builds.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{MARGIN, theme};

/// Which characters the terminal's font has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// All of Unicode.
    #[default]
    Unicode,
    /// The fonts of a Linux console: Latin letters, lines, arrows, common signs.
    Console,
    /// ASCII alone.
    Ascii,
}

impl Glyphs {
    /// The character itself, or what stands for it in this font.
    fn fit(self, letter: char) -> char {
        match (self, letter) {
            (Self::Unicode, _) | (_, ' '..='~') => letter,
            (Self::Console, '\u{a1}'..='\u{17f}' | '–' | '—' | '‘' | '’' | '“' | '”' | '•' | '…' | '─' | '│') => {
                letter
            }
            (_, '·' | '•' | '–' | '—' | '─') => '-',
            (_, '│') => '|',
            (_, '‘' | '’') => '\'',
            (_, '“' | '”') => '"',
            (_, '…') => '~',
            (_, 'á' | 'à' | 'ä' | 'â') => 'a',
            (_, 'é' | 'è' | 'ë' | 'ê') => 'e',
            (_, 'í' | 'ì' | 'ï' | 'î') => 'i',
            (_, 'ó' | 'ò' | 'ö' | 'ô') => 'o',
            (_, 'ú' | 'ù' | 'ü' | 'û') => 'u',
            (_, 'ñ') => 'n',
            (_, 'Ñ') => 'N',
            _ => '?',
        }
    }
}

/// The cells of a frame, and the font they are drawn in.
pub(super) struct Paint<'a> {
    cells: &'a mut Buffer,
    glyphs: Glyphs,
}

impl<'a> Paint<'a> {
    pub(super) fn new(cells: &'a mut Buffer, glyphs: Glyphs) -> Self {
        Self { cells, glyphs }
    }

    pub(super) fn width(&self) -> u16 {
        self.cells.area.width
    }

    pub(super) fn height(&self) -> u16 {
        self.cells.area.height
    }

    /// Whether a line has room in a row, with the margin before it.
    pub(super) fn fits(&self, line: &str) -> bool {
        line.width() + usize::from(MARGIN) <= usize::from(self.width())
    }

    /// Paints every cell, so that nothing of an earlier frame or program shows through.
    pub(super) fn clear(&mut self) {
        let area = self.cells.area;
        for cell in &mut self.cells.content {
            cell.reset();
        }
        self.cells.set_style(area, theme::PLAIN);
    }

    /// Puts a text at a place, cut to `width` columns with a sign that it was cut. Gives the columns it took.
    pub(super) fn put(&mut self, column: u16, row: u16, width: u16, said: &str, style: Style) -> u16 {
        let room = Rect::new(column, row, width, 1).intersection(self.cells.area);
        if room.is_empty() {
            return 0;
        }
        debug_assert!(index::text::is_tame(said), "text that was not cleaned reached the screen");
        let said: String = tamed(said).chars().map(|letter| self.glyphs.fit(letter)).collect();
        let said = cut(&said, usize::from(room.width), self.glyphs.fit('…'));
        let (end, _) = self.cells.set_stringn(room.x, room.y, &said, usize::from(room.width), style);
        end - room.x
    }

    /// A row of text from the margin on.
    pub(super) fn line(&mut self, row: u16, said: &str, style: Style) {
        let margin = MARGIN / 2;
        self.put(margin.min(self.width().saturating_sub(3)), row, self.width(), said, style);
    }

    /// A row in one look from edge to edge, with a text at its start and another at its end.
    pub(super) fn bar(&mut self, row: u16, start: &str, end: &str, style: Style) {
        let area = Rect::new(0, row, self.width(), 1).intersection(self.cells.area);
        self.cells.set_style(area, style);
        let ending = u16::try_from(end.width()).unwrap_or(u16::MAX);
        let room = self.width().saturating_sub(MARGIN).saturating_sub(if ending == 0 { 0 } else { ending + 1 });
        self.put(MARGIN / 2, row, room, start, style);
        if ending > 0 && self.width() > ending + MARGIN {
            self.put(self.width() - ending - MARGIN / 2, row, ending, end, style);
        }
    }

    /// A line across.
    pub(super) fn rule(&mut self, row: u16) {
        let line = "─".repeat(usize::from(self.width()));
        self.put(0, row, self.width(), &line, theme::PLAIN);
    }

    /// A label and what was typed after it. The end of what was typed is always in sight. Gives the cursor's place.
    pub(super) fn field(&mut self, (column, row): (u16, u16), label: &str, typed: &str, style: Style) -> Position {
        let start = column + self.put(column, row, self.width(), label, theme::STRONG) + 1;
        let room = self.width().saturating_sub(start + MARGIN / 2);
        let area = Rect::new(start, row, room, 1).intersection(self.cells.area);
        self.cells.set_style(area, style);
        let mut shown = typed;
        while shown.width() >= usize::from(room.max(1)) {
            let Some(first) = shown.chars().next() else { break };
            shown = &shown[first.len_utf8()..];
        }
        let end = self.put(start, row, room, shown, style);
        // A space at the end takes a column, too, although nothing is drawn there.
        Position::new((start + end).min(self.width().saturating_sub(1)), row)
    }

    /// An item's row: the marker when it is focused, the text, and a word at its end. Gives the cursor's place.
    pub(super) fn item(&mut self, at: Rect, said: &str, end: &str, focused: bool) -> Position {
        let style = if focused { theme::FOCUS } else { theme::STRONG };
        let area = at.intersection(self.cells.area);
        if focused {
            self.cells.set_style(area, style);
            self.put(at.x, at.y, 1, ">", style);
        }
        let ending = u16::try_from(end.width()).unwrap_or(u16::MAX).min(at.width);
        let room = at.width.saturating_sub(MARGIN + if ending == 0 { 0 } else { ending + 2 });
        self.put(at.x + MARGIN, at.y, room, said, style);
        if ending > 0 {
            let mark = if focused { style } else { theme::MARK };
            self.put(at.x + at.width.saturating_sub(ending + 1), at.y, ending, end, mark);
        }
        self.place(at.x + MARGIN, at.y)
    }

    /// A place for the cursor, inside the screen.
    pub(super) fn place(&self, column: u16, row: u16) -> Position {
        Position::new(column.min(self.width().saturating_sub(1)), row.min(self.height().saturating_sub(1)))
    }
}

/// The text without what a terminal would act on.
fn tamed(said: &str) -> Cow<'_, str> {
    if index::text::is_tame(said) { Cow::Borrowed(said) } else { Cow::Owned(index::text::clean(said, said.len())) }
}

/// A text cut to so many columns, ending in `sign` when something is missing.
fn cut(said: &str, columns: usize, sign: char) -> Cow<'_, str> {
    if said.width() <= columns {
        return Cow::Borrowed(said);
    }
    let mut taken = 0;
    let mut short = String::new();
    for letter in said.chars() {
        taken += letter.width().unwrap_or(0);
        if taken >= columns {
            break;
        }
        short.push(letter);
    }
    short.push(sign);
    Cow::Owned(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_does_not_pass_in_any_build() {
        for (raw, left) in [
            ("a\u{1b}[2Jb", "ab"),
            ("a\u{1b}]52;c;eA==\u{7}b", "ab"),
            ("a\u{9b}2Jb", "ab"),
            ("a\u{202e}b\u{200b}c", "abc"),
            ("a\nb", "a b"),
            ("{ $x } %n", "{ $x } %n"),
        ] {
            assert_eq!(tamed(raw), left, "{raw:?}");
        }
    }

    #[test]
    fn a_mistake_of_ours_is_met_before_it_ships() {
        let mut cells = Buffer::empty(Rect::new(0, 0, 20, 1));
        let put = std::panic::AssertUnwindSafe(|| {
            Paint::new(&mut cells, Glyphs::Unicode).put(0, 0, 20, "a\u{1b}[2J", Style::new());
        });
        assert_eq!(std::panic::catch_unwind(put).is_err(), cfg!(debug_assertions));
        assert!(cells.content.iter().all(|cell| index::text::is_tame(cell.symbol())), "{cells:?}");
    }
}
