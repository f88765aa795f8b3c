//! What themes are made of, as data: names, meanings, colours, and what a terminal can show of them.

mod colour;
mod detect;

pub use colour::{Colour, contrast};
pub use detect::{Background, Depth, needs_ascii};

use std::str::FromStr;

/// Makes an enum whose variants have names in files and on the command line.
macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$own:meta])* $variant:ident = $name:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $type { $($(#[$own])* $variant),* }

        impl $type {
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }

        impl FromStr for $type {
            type Err = ();

            fn from_str(name: &str) -> Result<Self, ()> {
                Self::ALL.into_iter().find(|one| one.as_str().eq_ignore_ascii_case(name)).ok_or(())
            }
        }
    };
}

named! {
    /// The themes of the program.
    BuiltIn {
        /// The terminal's own text, background and palette.
        Terminal = "terminal",
        Dark = "dark",
        Light = "light",
        /// At least 7:1 for every text (WCAG 2.2, level AAA).
        Contrast = "contrast",
        /// Blue and orange instead of green and red.
        Deuteranopia = "deuteranopia",
        /// Bold, underlined and reversed only.
        Mono = "mono",
    }
}

named! {
    /// What a style is for.
    Meaning {
        /// Text and background of the whole screen.
        Text = "text",
        /// Labels and hints.
        Muted = "muted",
        /// The focused frame and the cursor.
        Focus = "focus",
        /// Frames without focus.
        Frame = "frame",
        /// Headings and names.
        Strong = "strong",
        Good = "good",
        /// Will need somebody.
        Soon = "soon",
        /// Wrong, or cannot be undone.
        Danger = "danger",
        Title = "title",
        /// The row under the cursor.
        Selected = "selected",
        /// What a search found.
        Matched = "matched",
        /// READ ONLY and the like.
        Mark = "mark",
        /// A key in a hint.
        Key = "key",
        /// Lines and bars of charts.
        Chart = "chart",
        /// The button with the focus.
        Button = "button",
        /// The same if what it does cannot be undone.
        DangerButton = "danger_button",
        /// What is behind a dialog.
        Backdrop = "backdrop",
    }
}

/// A change to a style; what is absent stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    pub fg: Option<Colour>,
    pub bg: Option<Colour>,
    pub bold: Option<bool>,
    pub underlined: Option<bool>,
    pub reversed: Option<bool>,
}

/// A theme of the user's: another one with changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTheme {
    pub name: String,
    pub parent: BuiltIn,
    pub looks: Vec<(Meaning, Look)>,
}

/// How the screen looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Appearance {
    /// A built-in theme or one of `own`; anything else is `terminal`.
    pub theme: String,
    pub own: Vec<OwnTheme>,
    pub depth: Depth,
    pub background: Background,
    /// Only ASCII signs.
    pub ascii: bool,
}

impl Appearance {
    /// Every theme by name, built-in ones first.
    pub fn names(&self) -> Vec<&str> {
        let own = self.own.iter().map(|own: &OwnTheme| own.name.as_str());
        BuiltIn::ALL.iter().map(|one| one.as_str()).chain(own).collect()
    }

    pub fn own(&self) -> Option<&OwnTheme> {
        self.own.iter().find(|own| own.name == self.theme)
    }

    /// The built-in theme, or the parent of the user's.
    pub fn built_in(&self) -> BuiltIn {
        let named = || self.theme.parse().unwrap_or(BuiltIn::Terminal);
        self.own().map_or_else(named, |own| own.parent)
    }
}
