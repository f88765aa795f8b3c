//! A failure in three sentences: what failed, why, what to do.

use super::{Keys, Words};
use crate::domain::trouble::Trouble;

/// A failure, told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What failed.
    pub what: String,
    /// Why.
    pub because: String,
    /// What to do.
    pub hint: String,
}

impl Words {
    /// Tells a failure in this language, where nobody has keys of their own.
    #[must_use]
    pub fn tell(&self, trouble: &Trouble) -> Told {
        self.tell_with(trouble, &|command| command.row().keys.first().copied().unwrap_or_default().to_owned())
    }

    /// Tells a failure in this language.
    #[must_use]
    pub fn tell_with(&self, trouble: &Trouble, key: Keys<'_>) -> Told {
        Told {
            what: (self.what)(trouble.what).to_owned(),
            because: (self.because)(&trouble.because, &trouble.detail),
            hint: (self.hint)(trouble, key),
        }
    }

    /// What failed and why, on one line.
    #[must_use]
    pub fn tell_short(&self, trouble: &Trouble) -> String {
        let told = self.tell(trouble);
        format!("{}: {}", told.what, told.because)
    }
}
