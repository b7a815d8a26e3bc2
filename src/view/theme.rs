//! The looks. White or grey on black, focus in reverse with a marker: no screen needs colour, and every pair of
//! colours keeps a contrast of at least 4.5 to 1 on a Linux console (a test counts).

use ratatui::style::{Color, Modifier, Style};

const fn on_black(colour: Color) -> Style {
    Style::new().fg(colour).bg(Color::Black)
}

/// Text.
pub(super) const PLAIN: Style = on_black(Color::Gray);
/// What must be seen.
pub(super) const STRONG: Style = on_black(Color::White).add_modifier(Modifier::BOLD);
/// A heading.
pub(super) const HEADING: Style =
    on_black(Color::White).add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED);
/// What is focused: reverse, so that it needs no colour.
pub(super) const FOCUS: Style = Style::new().fg(Color::Black).bg(Color::Gray);
/// A warning about a listing.
pub(super) const MARK: Style = on_black(Color::Yellow).add_modifier(Modifier::BOLD);
/// The title bar.
pub(super) const TITLE: Style = FOCUS;
/// The crisis line.
pub(super) const CRISIS: Style = on_black(Color::LightYellow).add_modifier(Modifier::BOLD);
/// The keys.
pub(super) const HINTS: Style = FOCUS;
