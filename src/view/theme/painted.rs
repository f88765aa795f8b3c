//! Themes of fixed colours, which paint text and background themselves: their contrast is known.

use super::{BOLD, MONO, Theme, terminal};
use crate::domain::tint::Tint;
use ratatui::style::{Color, Style};

/// The colours of a theme.
pub(super) struct Palette {
    background: u32,
    text: u32,
    muted: u32,
    frame: u32,
    focus: u32,
    good: u32,
    soon: u32,
    danger: u32,
    /// Text and background of the row under the cursor; signs keep their colours where the text does.
    selected: (Option<u32>, u32),
    backdrop: u32,
    /// Blue, cyan, green, magenta, red, yellow.
    tints: [u32; 6],
}

pub(super) const DARK: Palette = Palette {
    background: 0x001a_1b26,
    text: 0x00d5_d9e8,
    muted: 0x009a_a0b5,
    frame: 0x006f_7795,
    focus: 0x007a_a2f7,
    good: 0x006f_bf73,
    soon: 0x00e0_af68,
    danger: 0x00f7_768e,
    selected: (None, 0x002b_3350),
    backdrop: 0x005a_5f78,
    tints: [0x007a_a2f7, 0x0056_c8d8, 0x006f_bf73, 0x00bb_9af7, 0x00f7_768e, 0x00e0_af68],
};

pub(super) const LIGHT: Palette = Palette {
    background: 0x00fd_fdfe,
    text: 0x0020_2430,
    muted: 0x0058_5c6c,
    frame: 0x0080_8594,
    focus: 0x002a_5bd7,
    good: 0x001a_7f37,
    soon: 0x008f_5f00,
    danger: 0x00b3_261e,
    selected: (None, 0x00e4_eaff),
    backdrop: 0x00a0_a4b0,
    tints: [0x002a_5bd7, 0x0000_6a7a, 0x001a_7f37, 0x0080_4fd0, 0x00b3_261e, 0x008f_5f00],
};

pub(super) const CONTRAST_DARK: Palette = Palette {
    background: 0x0000_0000,
    text: 0x00ff_ffff,
    muted: 0x00d0_d0d0,
    frame: 0x00ff_ffff,
    focus: 0x005f_d7ff,
    good: 0x005f_ff87,
    soon: 0x00ff_d75f,
    danger: 0x00ff_8787,
    selected: (Some(0x0000_0000), 0x00ff_ffff),
    backdrop: 0x0080_8080,
    tints: [0x0087_afff, 0x005f_d7ff, 0x005f_ff87, 0x00ff_87ff, 0x00ff_8787, 0x00ff_d75f],
};

pub(super) const CONTRAST_LIGHT: Palette = Palette {
    background: 0x00ff_ffff,
    text: 0x0000_0000,
    muted: 0x0040_4040,
    frame: 0x0000_0000,
    focus: 0x0000_00af,
    good: 0x0000_5f00,
    soon: 0x0066_4400,
    danger: 0x0087_0000,
    selected: (Some(0x00ff_ffff), 0x0000_0000),
    backdrop: 0x0080_8080,
    tints: [0x0000_00af, 0x0000_5f5f, 0x0000_5f00, 0x005f_0087, 0x0087_0000, 0x0066_4400],
};

/// Okabe and Ito's colours, in which people see differences who see none between red and green.
pub(super) const DEUTERANOPIA_DARK: Palette = Palette {
    good: 0x0056_b4e9,
    soon: 0x00f0_e442,
    danger: 0x00ff_8c42,
    focus: 0x00b8_b8ff,
    tints: [0x0056_b4e9, 0x00d5_d9e8, 0x009a_a0b5, 0x00b8_b8ff, 0x00ff_8c42, 0x00f0_e442],
    ..DARK
};

pub(super) const DEUTERANOPIA_LIGHT: Palette = Palette {
    good: 0x0000_5fa8,
    soon: 0x0075_5f00,
    danger: 0x00ad_4200,
    focus: 0x004a_3fc0,
    tints: [0x0000_5fa8, 0x0020_2430, 0x005c_6070, 0x004a_3fc0, 0x00ad_4200, 0x0075_5f00],
    ..LIGHT
};

impl Palette {
    pub(super) fn theme(&self) -> Theme {
        let text = fg(self.text).bg(rgb(self.background));
        let title = BOLD.fg(rgb(self.text));
        let row = Style::new().bg(rgb(self.selected.1));
        let mut tints = self.tints.into_iter().map(fg);
        let order = [Tint::Blue, Tint::Cyan, Tint::Green, Tint::Magenta, Tint::Red, Tint::Yellow];
        Theme {
            text,
            accent: fg(self.focus),
            muted: fg(self.muted),
            frame: fg(self.frame),
            good: fg(self.good),
            waiting: fg(self.soon),
            danger: fg(self.danger),
            title,
            selected: self.selected.0.map_or(row, |text| row.fg(rgb(text))),
            button: BOLD.fg(rgb(self.background)).bg(rgb(self.focus)),
            danger_button: BOLD.fg(rgb(self.background)).bg(rgb(self.danger)),
            backdrop: fg(self.backdrop),
            tints: order.map(|tint| (tint, tints.next().unwrap_or_default())),
            paper: terminal::PAPER,
            ..MONO
        }
    }
}

fn rgb(colour: u32) -> Color {
    Color::from_u32(colour)
}

fn fg(colour: u32) -> Style {
    Style::new().fg(rgb(colour))
}
