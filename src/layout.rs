//! How the screen is divided, and where lines break: plain numbers, the same for the state and for the drawing.
//!
//! From 40x12 the screen is full: title, search line, count line, content, crisis line, keys. Below that it is small:
//! crisis line, search line, count line, content, one hint. Below 20x5 the crisis number stands alone.

use unicode_width::UnicodeWidthStr;

/// Columns and rows of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// All parts of a screen.
    Full,
    /// One thing at a time.
    Small,
    /// The crisis number alone.
    Number,
}

/// Whether a preview stands beside the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preview {
    /// From 120 columns.
    #[default]
    Auto,
    /// Wherever there is room for two columns.
    Always,
    /// Never.
    Never,
}

/// The fewest and the most columns of a page that are kept for labels, where the page is wide enough for them.
const LABELS: std::ops::RangeInclusive<usize> = 16..=28;

impl Size {
    /// How much room there is.
    pub fn room(self) -> Room {
        if self.width < 20 || self.height < 5 {
            Room::Number
        } else if self.width < 40 || self.height < 12 {
            Room::Small
        } else {
            Room::Full
        }
    }

    /// Rows above the content.
    pub fn head(self) -> u16 {
        match self.room() {
            Room::Full => 4,
            Room::Small => 3,
            Room::Number => 0,
        }
    }

    /// Rows of content.
    pub fn rows(self) -> usize {
        let below = match self.room() {
            Room::Full => 2,
            Room::Small | Room::Number => 1,
        };
        usize::from(self.height.saturating_sub(self.head() + below)).max(1)
    }

    /// Columns of the list of results, and of the preview beside it when there is one.
    pub fn columns(self, preview: Preview) -> (u16, Option<u16>) {
        let from = match preview {
            Preview::Auto => 120,
            Preview::Always => 80,
            Preview::Never => u16::MAX,
        };
        if self.room() == Room::Full && self.width >= from {
            let list = self.width / 2;
            (list, Some(self.width - list - 3))
        } else {
            (self.width, None)
        }
    }

    /// Columns of a page's text: two are kept for the marker, and no line is longer than the eye likes.
    pub fn page_width(self) -> usize {
        usize::from(self.width).saturating_sub(3).clamp(1, 96)
    }

    /// Rows that one result takes in the list.
    pub fn rows_per_hit(self) -> usize {
        2
    }

    /// Results that fit on the screen at once.
    pub fn hits(self) -> usize {
        (self.rows() / self.rows_per_hit()).max(1)
    }
}

/// One row of a page, broken to a width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which line of the page it belongs to.
    pub line: usize,
    /// The label, on a labelled line's first row.
    pub label: String,
    /// Columns before the text.
    pub indent: usize,
    /// The text.
    pub text: String,
}

/// Breaks labelled lines `(label, text)` to `width` columns. An empty line gives an empty row.
pub fn rows<'a>(lines: impl IntoIterator<Item = (&'a str, &'a str)>, width: usize) -> Vec<Row> {
    let lines: Vec<_> = lines.into_iter().collect();
    let widest = lines.iter().map(|(label, _)| label.width() + 2).max().unwrap_or(0);
    let labels = widest.clamp(*LABELS.start(), *LABELS.end());
    let column = width >= 3 * LABELS.start();
    let mut rows = Vec::new();
    for (line, (label, text)) in lines.into_iter().enumerate() {
        if !label.trim().is_empty() && !column {
            rows.push(Row { line, label: label.to_owned(), indent: 0, text: String::new() });
        }
        let indent = match (label.is_empty(), column) {
            (true, _) => 0,
            (false, true) => labels.max(label.width() + 1),
            (false, false) => 2,
        };
        for (place, text) in wrap(text, width.saturating_sub(indent)).into_iter().enumerate() {
            let label = if place == 0 && column { label.to_owned() } else { String::new() };
            rows.push(Row { line, label, indent, text });
        }
    }
    rows
}

/// Breaks a text to `width` columns, at spaces where it can. A telephone number stays in one piece.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width.max(1)).word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// A window of `rows` rows over `all` rows that shows row `focus`, with something before and after it where it can.
pub fn window(all: usize, rows: usize, focus: usize) -> std::ops::Range<usize> {
    let start = focus.saturating_sub(rows / 2).min(all.saturating_sub(rows));
    start..(start + rows).min(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_focused_row_is_always_in_the_window() {
        for all in 1..40 {
            for rows in 1..20 {
                for focus in 0..all {
                    let window = window(all, rows, focus);
                    assert!(window.contains(&focus) && window.len() == rows.min(all), "{all} {rows} {focus}");
                }
            }
        }
    }

    #[test]
    fn a_telephone_number_stays_in_one_piece() {
        assert_eq!(wrap("Ask, or call 1-800-662-4357.", 20), ["Ask, or call", "1-800-662-4357."]);
    }

    #[test]
    fn a_long_word_is_broken_and_nothing_is_lost() {
        let rows = wrap("https://example.org/a-very-long-address-without-a-space", 20);
        assert!(rows.iter().all(|row| row.width() <= 20));
        assert_eq!(rows.concat(), "https://example.org/a-very-long-address-without-a-space");
    }
}
