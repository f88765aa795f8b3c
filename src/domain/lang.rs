//! The languages that the dashboard speaks.

use std::fmt;
use std::str::FromStr;

/// A language of the dashboard: its words, its dates and numbers, and its alphabetical order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    De,
}

impl Lang {
    /// Every language, in the order of a menu.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A language that the dashboard does not speak, or no language at all (`C`, `POSIX`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a language of mspdash; there are en and de")]
pub struct UnknownLang(pub String);

impl FromStr for Lang {
    type Err = UnknownLang;

    /// Reads `de`, `de-AT`, `de_AT.UTF-8`, `de@euro`, in any case: only the language itself counts.
    fn from_str(text: &str) -> Result<Self, UnknownLang> {
        let language = text.trim().split(['-', '_', '.', '@']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|lang| language.eq_ignore_ascii_case(lang.code()))
            .ok_or_else(|| UnknownLang(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_of_every_spelling_are_read() {
        for text in ["de", "DE", "de-AT", "de_AT.UTF-8", "de_DE@euro", " de "] {
            assert_eq!(text.parse(), Ok(Lang::De), "{text:?}");
        }
        for text in ["en", "en-GB", "en_US.UTF-8"] {
            assert_eq!(text.parse(), Ok(Lang::En), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_spoken_is_refused() {
        for text in ["", "C", "POSIX", "fr_FR", "deutsch", "eng"] {
            assert_eq!(text.parse::<Lang>(), Err(UnknownLang(text.into())));
        }
    }
}
