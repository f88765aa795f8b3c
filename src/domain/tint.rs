//! Colours that tell MSP accounts apart. A name always stands beside them: nothing is said by colour alone.

use std::str::FromStr;

/// One of the terminal's own colours, so that it fits every theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tint {
    Blue,
    Cyan,
    Green,
    Magenta,
    Red,
    Yellow,
}

impl Tint {
    /// All, in the order in which accounts get them.
    pub const ALL: [Self; 6] = [Self::Blue, Self::Magenta, Self::Cyan, Self::Yellow, Self::Green, Self::Red];

    /// The word in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blue => "blue",
            Self::Cyan => "cyan",
            Self::Green => "green",
            Self::Magenta => "magenta",
            Self::Red => "red",
            Self::Yellow => "yellow",
        }
    }
}

impl FromStr for Tint {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|tint| tint.as_str().eq_ignore_ascii_case(word)).ok_or(())
    }
}
