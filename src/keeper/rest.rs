//! The screen without a glass: the crisis card and one sentence, in both languages. It needs no index, no settings, no
//! font and no colour; nothing in it can be broken.

use crate::crisis;
use crate::layout::{Size, wrap};

/// The bytes that show it on a terminal of this size: a clean screen, one column free on each side, nothing scrolled.
pub(super) fn page(size: Size) -> String {
    let rows = rows(size);
    format!("\x1b[0m\x1b[2J\x1b[H\x1b[?25l{}", rows.join("\r\n"))
}

fn rows(size: Size) -> Vec<String> {
    let width = usize::from(size.width).saturating_sub(2).max(1);
    let mut rows = Vec::new();
    let mut put = |text: &str| rows.extend(wrap(text, width).into_iter().map(|row| format!(" {row}")));
    for language in ["en", "es"] {
        // The longest that fits into one row.
        let lines = crisis::lines(&[], language);
        put(lines.iter().find(|line| line.chars().count() <= width).map_or(crisis::NUMBER, String::as_str));
    }
    for language in ["en", "es"] {
        put("");
        put(crisis::alone(language));
        for line in crisis::card(&[], language).lines {
            put(&line.text);
        }
    }
    rows.truncate(usize::from(size.height).max(1));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_stands_first_at_every_size_and_nothing_scrolls() {
        for (width, height) in [(1, 1), (4, 2), (19, 4), (40, 12), (80, 25), (300, 100)] {
            let rows = rows(Size { width, height });
            assert!(rows.len() <= usize::from(height));
            if width > 4 {
                assert!(rows[0].contains("988"), "{rows:?}");
                assert!(rows.iter().all(|row| row.chars().count() <= usize::from(width)), "{rows:?}");
            }
        }
        let whole = rows(Size { width: 80, height: 50 }).join("\n");
        assert!(whole.contains("911") && whole.contains("naloxone") && whole.contains("naloxona"), "{whole}");
    }
}
