//! Colours by meaning, not by widget. The theme uses the terminal's own palette and background, so that it fits
//! dark and light terminals alike. Words keep the terminal's own text colour, the only one that is sure to be
//! readable on its background; colour is for signs and frames. So nothing is told by colour alone.

use crate::domain::tint::Tint;
use ratatui::style::{Color, Modifier, Style};

/// Styles by what they mean.
pub(super) struct Theme {
    /// What leads the eye: the focused frame, the cursor's mark.
    pub accent: Style,
    /// Labels and what is only there to be found when looked for.
    pub muted: Style,
    /// Frames without focus.
    pub frame: Style,
    /// Names and headings.
    pub strong: Style,
    pub good: Style,
    /// Waiting for somebody.
    pub waiting: Style,
    /// Wrong, or cannot be taken back.
    pub danger: Style,
    /// Titles in a frame: of the text's own colour, whatever the frame's.
    pub title: Style,
    /// The row that commands act on: one colour from edge to edge, whatever is in it.
    pub selected: Style,
    /// What a search matched.
    pub matched: Style,
    /// Marks such as READ ONLY.
    pub mark: Style,
    /// A key in a hint.
    pub key: Style,
    /// The accounts' colours.
    tints: [(Tint, Style); 6],
    /// A QR code, white on black in every theme: inverted, some phones cannot read it.
    pub paper: Style,
}

/// The terminal's own palette.
pub(super) static TERMINAL: Theme = Theme {
    accent: Style::new().fg(Color::Cyan),
    frame: Style::new().fg(Color::DarkGray),
    good: Style::new().fg(Color::Green),
    waiting: Style::new().fg(Color::Yellow),
    danger: Style::new().fg(Color::Red),
    tints: [
        (Tint::Blue, Style::new().fg(Color::LightBlue)),
        (Tint::Cyan, Style::new().fg(Color::Cyan)),
        (Tint::Green, Style::new().fg(Color::Green)),
        (Tint::Magenta, Style::new().fg(Color::Magenta)),
        (Tint::Red, Style::new().fg(Color::Red)),
        (Tint::Yellow, Style::new().fg(Color::Yellow)),
    ],
    paper: Style::new().fg(Color::Rgb(255, 255, 255)).bg(Color::Rgb(0, 0, 0)),
    ..MONOCHROME
};

/// Without any colour (`NO_COLOR`). Not one may be named: the terminal library writes an empty sequence in its
/// place, which takes bold and reversed away as well.
pub(super) const MONOCHROME: Theme = Theme {
    accent: Style::new(),
    muted: Style::new().add_modifier(Modifier::DIM),
    frame: Style::new(),
    strong: Style::new().add_modifier(Modifier::BOLD),
    good: Style::new(),
    waiting: Style::new(),
    danger: Style::new(),
    title: Style::new().fg(Color::Reset).add_modifier(Modifier::BOLD),
    selected: Style::new().fg(Color::Reset).bg(Color::Reset).add_modifier(Modifier::REVERSED),
    matched: Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
    mark: Style::new().add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
    key: Style::new().add_modifier(Modifier::BOLD),
    tints: [(Tint::Blue, Style::new()); 6],
    paper: Style::new(),
};

impl Theme {
    /// The colour of an account.
    pub fn tint(&self, tint: Tint) -> Style {
        self.tints.iter().find(|(own, _)| *own == tint).map_or(Style::new(), |(_, style)| *style)
    }
}
