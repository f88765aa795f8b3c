//! From the colours of the domain to those of the drawing library.

use crate::domain::theme::{Colour, Depth, Look};
use ratatui::style::{Color, Modifier, Style};

/// The first sixteen by name, which take fewer bytes.
const SIXTEEN: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

pub(super) fn color(colour: Colour) -> Color {
    match colour {
        Colour::Default => Color::Reset,
        Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
        Colour::Indexed(number) => SIXTEEN.get(usize::from(number)).copied().unwrap_or(Color::Indexed(number)),
    }
}

/// The same colour, or the nearest that the terminal has.
pub(super) fn at_depth(of: Color, depth: Depth) -> Color {
    let colour = match of {
        Color::Rgb(red, green, blue) => Colour::Rgb(red, green, blue),
        Color::Indexed(number) => Colour::Indexed(number),
        named => return named,
    };
    color(match depth {
        Depth::True => colour,
        Depth::Indexed => colour.indexed(),
        Depth::Sixteen | Depth::None => colour.sixteen(),
    })
}

pub(super) fn patched(mut style: Style, look: &Look) -> Style {
    style.fg = look.fg.map(color).or(style.fg);
    style.bg = look.bg.map(color).or(style.bg);
    let switches =
        [(Modifier::BOLD, look.bold), (Modifier::UNDERLINED, look.underlined), (Modifier::REVERSED, look.reversed)];
    for (modifier, on) in switches.into_iter().filter_map(|(modifier, on)| Some((modifier, on?))) {
        style.add_modifier.set(modifier, on);
    }
    style
}
