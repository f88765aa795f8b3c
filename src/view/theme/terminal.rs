//! The theme of the terminal's own text, background and palette. Its user may have changed the sixteen colours and the
//! background, so that words keep the terminal's own colour as far as possible; what they are toned down to, and signs
//! on a light background, are of the 240 colours that are the same everywhere, where the terminal has them.

use super::{BOLD, MONO, Theme};
use crate::domain::theme::Background;
use crate::domain::tint::Tint;
use ratatui::style::{Color, Modifier, Style};

/// White on black, whatever the palette is.
pub(super) const PAPER: Style = Style::new().fg(Color::Rgb(255, 255, 255)).bg(Color::Rgb(0, 0, 0));

const fn fg(colour: Color) -> Style {
    Style::new().fg(colour)
}

const fn fixed(number: u8) -> Style {
    Style::new().fg(Color::Indexed(number))
}

const fn tints([blue, cyan, green, magenta, red, yellow]: [Style; 6]) -> [(Tint, Style); 6] {
    [
        (Tint::Blue, blue),
        (Tint::Cyan, cyan),
        (Tint::Green, green),
        (Tint::Magenta, magenta),
        (Tint::Red, red),
        (Tint::Yellow, yellow),
    ]
}

const fn reversed(colour: Style) -> Style {
    colour.bg(Color::Reset).add_modifier(Modifier::REVERSED.union(Modifier::BOLD))
}

/// On dark backgrounds the palette's bright colours are good to read in every palette, and bright black in none.
const DARK_16: Theme = Theme {
    muted: fg(Color::Gray),
    frame: fg(Color::Gray),
    accent: fg(Color::LightBlue),
    good: fg(Color::Green),
    waiting: fg(Color::Yellow),
    danger: fg(Color::LightRed).add_modifier(Modifier::BOLD),
    danger_button: reversed(fg(Color::LightRed)),
    backdrop: fg(Color::Gray),
    tints: tints([
        fg(Color::LightBlue),
        fg(Color::Cyan),
        fg(Color::Green),
        fg(Color::LightMagenta),
        fg(Color::LightRed),
        fg(Color::Yellow),
    ]),
    paper: PAPER,
    ..MONO
};

const DARK: Theme =
    Theme { muted: fixed(247), frame: fixed(244), backdrop: fixed(240), danger: fg(Color::LightRed), ..DARK_16 };

/// On light backgrounds green, yellow and cyan of many palettes cannot be seen: their signs are told by shape.
const LIGHT_16: Theme = Theme {
    muted: fg(Color::DarkGray),
    frame: fg(Color::DarkGray),
    accent: fg(Color::Blue),
    good: Style::new(),
    waiting: BOLD,
    danger: fg(Color::Red).add_modifier(Modifier::BOLD),
    danger_button: reversed(fg(Color::Red)),
    backdrop: fg(Color::DarkGray),
    tints: tints([
        fg(Color::Blue),
        fg(Color::DarkGray),
        Style::new(),
        fg(Color::Magenta),
        fg(Color::Red),
        fg(Color::Black),
    ]),
    paper: PAPER,
    ..MONO
};

const LIGHT: Theme = Theme {
    muted: fixed(241),
    frame: fixed(244),
    accent: fixed(26),
    good: fixed(28),
    waiting: fixed(94),
    danger: fixed(124),
    danger_button: reversed(fixed(124)),
    backdrop: fixed(247),
    tints: tints([fixed(26), fixed(30), fixed(28), fixed(127), fixed(124), fixed(94)]),
    ..LIGHT_16
};

/// Until the terminal has told its background, and where it never does: what is read on black and on white.
const UNKNOWN_16: Theme = Theme {
    accent: fg(Color::LightBlue),
    good: Style::new(),
    waiting: BOLD,
    danger: fg(Color::LightRed).add_modifier(Modifier::BOLD),
    danger_button: reversed(fg(Color::LightRed)),
    tints: tints([
        fg(Color::LightBlue),
        Style::new(),
        Style::new(),
        fg(Color::Magenta),
        fg(Color::LightRed),
        Style::new(),
    ]),
    paper: PAPER,
    ..MONO
};

const UNKNOWN: Theme = Theme {
    muted: fixed(243),
    frame: fixed(243),
    accent: fixed(69),
    good: fixed(28),
    waiting: fixed(136),
    danger: fixed(160),
    danger_button: reversed(fixed(160)),
    backdrop: fixed(244),
    tints: tints([fixed(69), fixed(30), fixed(28), fixed(127), fixed(160), fixed(136)]),
    ..UNKNOWN_16
};

pub(super) const fn theme(background: Background, many: bool) -> Theme {
    match (background, many) {
        (Background::Dark, false) => DARK_16,
        (Background::Dark, true) => DARK,
        (Background::Light, false) => LIGHT_16,
        (Background::Light, true) => LIGHT,
        (Background::Unknown, false) => UNKNOWN_16,
        (Background::Unknown, true) => UNKNOWN,
    }
}

/// With 16 colours nothing is read better than the terminal's own text.
pub(super) const fn contrast(background: Background) -> Theme {
    let plain = Style::new();
    Theme { muted: plain, frame: plain, good: plain, backdrop: plain, ..theme(background, false) }
}

/// Blue for what is good; what is not is told by brightness.
pub(super) const fn deuteranopia(background: Background) -> Theme {
    match background {
        Background::Dark => {
            let (good, danger) = (fg(Color::LightBlue), fg(Color::LightYellow));
            Theme { good, danger: danger.add_modifier(Modifier::BOLD), danger_button: reversed(danger), ..DARK_16 }
        }
        Background::Light => Theme { good: fg(Color::Blue), ..LIGHT_16 },
        Background::Unknown => Theme { good: fg(Color::LightBlue), ..UNKNOWN_16 },
    }
}
