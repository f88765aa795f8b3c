//! Colours by meaning, not by widget. What is drawn takes its style from [`Theme`] and names no colour itself, so that
//! it holds in every theme, with 16 million colours and with none. Nothing is told by colour alone, and nothing by a
//! dim text (SGR 2): how dim that is, each terminal decides for itself.

mod convert;
mod painted;
mod terminal;
#[cfg(test)]
mod tests;

use crate::domain::theme::{Appearance, Background, BuiltIn, Depth, Meaning};
use crate::domain::tint::Tint;
use ratatui::style::{Color, Modifier, Style};

/// Styles by what they mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Theme {
    /// Text and background of the whole screen.
    pub text: Style,
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
    /// The row that commands act on.
    pub selected: Style,
    /// What a search matched.
    pub matched: Style,
    /// Marks such as READ ONLY.
    pub mark: Style,
    /// A key in a hint.
    pub key: Style,
    /// Lines and bars of charts.
    pub chart: Style,
    /// The button with the focus.
    pub button: Style,
    /// The same where it does what cannot be taken back.
    pub danger_button: Style,
    /// What is behind a dialog.
    pub backdrop: Style,
    /// The accounts' colours.
    tints: [(Tint, Style); 6],
    /// A QR code, white on black in every theme: inverted, some phones cannot read it.
    pub paper: Style,
}

/// Without any colour (`NO_COLOR`). Not one may be named: the terminal library writes an empty sequence in its
/// place, which takes bold and reversed away as well.
const MONO: Theme = Theme {
    text: Style::new(),
    accent: Style::new(),
    muted: Style::new(),
    frame: Style::new(),
    strong: BOLD,
    good: Style::new(),
    waiting: Style::new(),
    danger: BOLD,
    title: Style::new().fg(Color::Reset).add_modifier(Modifier::BOLD),
    selected: REVERSED,
    matched: Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
    mark: BOLD.add_modifier(Modifier::REVERSED),
    key: BOLD,
    chart: Style::new(),
    button: REVERSED.add_modifier(Modifier::BOLD),
    danger_button: REVERSED.add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
    backdrop: Style::new(),
    tints: [(Tint::Blue, Style::new()); 6],
    paper: Style::new(),
};

const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
/// One colour from edge to edge, whatever is in the row.
const REVERSED: Style = Style::new().fg(Color::Reset).bg(Color::Reset).add_modifier(Modifier::REVERSED);

impl Theme {
    pub fn of(appearance: &Appearance) -> Self {
        let mut theme = Self::built_in(appearance.built_in(), appearance.background, appearance.depth);
        if appearance.depth == Depth::None {
            return theme;
        }
        for (meaning, look) in appearance.own().into_iter().flat_map(|own| &own.looks) {
            let style = theme.style_mut(*meaning);
            *style = convert::patched(*style, look);
        }
        theme.at_depth(appearance.depth)
    }

    /// With 16 colours the painted themes are those of the terminal's palette: its user has chosen it, and nobody
    /// else knows what it looks like.
    fn built_in(theme: BuiltIn, background: Background, depth: Depth) -> Self {
        let many = depth > Depth::Sixteen;
        let light = background == Background::Light;
        match theme {
            _ if depth == Depth::None => MONO,
            BuiltIn::Mono => Self { paper: terminal::PAPER, ..MONO },
            BuiltIn::Terminal => terminal::theme(background, many),
            BuiltIn::Dark if many => painted::DARK.theme(),
            BuiltIn::Light if many => painted::LIGHT.theme(),
            BuiltIn::Contrast if many && light => painted::CONTRAST_LIGHT.theme(),
            BuiltIn::Contrast if many => painted::CONTRAST_DARK.theme(),
            BuiltIn::Deuteranopia if many && light => painted::DEUTERANOPIA_LIGHT.theme(),
            BuiltIn::Deuteranopia if many => painted::DEUTERANOPIA_DARK.theme(),
            BuiltIn::Dark => terminal::theme(Background::Dark, false),
            BuiltIn::Light => terminal::theme(Background::Light, false),
            BuiltIn::Contrast => terminal::contrast(background),
            BuiltIn::Deuteranopia => terminal::deuteranopia(background),
        }
    }

    /// The colour of an account.
    pub fn tint(&self, tint: Tint) -> Style {
        self.tints.iter().find(|(own, _)| *own == tint).map_or(Style::new(), |(_, style)| *style)
    }

    fn style_mut(&mut self, meaning: Meaning) -> &mut Style {
        match meaning {
            Meaning::Text => &mut self.text,
            Meaning::Muted => &mut self.muted,
            Meaning::Focus => &mut self.accent,
            Meaning::Frame => &mut self.frame,
            Meaning::Strong => &mut self.strong,
            Meaning::Good => &mut self.good,
            Meaning::Soon => &mut self.waiting,
            Meaning::Danger => &mut self.danger,
            Meaning::Title => &mut self.title,
            Meaning::Selected => &mut self.selected,
            Meaning::Matched => &mut self.matched,
            Meaning::Mark => &mut self.mark,
            Meaning::Key => &mut self.key,
            Meaning::Chart => &mut self.chart,
            Meaning::Button => &mut self.button,
            Meaning::DangerButton => &mut self.danger_button,
            Meaning::Backdrop => &mut self.backdrop,
        }
    }

    /// In colours that the terminal has.
    fn at_depth(mut self, depth: Depth) -> Self {
        let fit = |style: &mut Style| {
            style.fg = style.fg.map(|colour| convert::at_depth(colour, depth));
            style.bg = style.bg.map(|colour| convert::at_depth(colour, depth));
        };
        for meaning in Meaning::ALL {
            fit(self.style_mut(meaning));
        }
        self.tints.iter_mut().for_each(|(_, style)| fit(style));
        fit(&mut self.paper);
        self
    }
}
