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
        let because = (self.because)(&trouble.because, &trouble.detail);
        if trouble.may_be_done() {
            return Told { what: (self.unknown)(trouble.what).to_owned(), because, hint: self.look_first.to_owned() };
        }
        Told { what: (self.what)(trouble.what).to_owned(), because, hint: (self.hint)(trouble, key) }
    }

    /// What failed and why, on one line.
    #[must_use]
    pub fn tell_short(&self, trouble: &Trouble) -> String {
        let told = self.tell(trouble);
        format!("{}: {}", told.what, told.because)
    }
}

#[cfg(test)]
mod tests {
    use crate::app::fixture::{WRITES, every_because, noon};
    use crate::app::toast::{Kind, Says};
    use crate::domain::lang::Lang;
    use crate::domain::trouble::{Outcome, Retry, Trouble};
    use crate::words::{self, Clock};

    /// Other words than those of a failure, in both languages, for everything that writes; and another sign.
    #[test]
    fn what_may_be_done_is_never_told_as_a_failure() {
        for lang in [Lang::En, Lang::De] {
            let words = words::of(lang);
            let clock = Clock { lang, now: noon(), zone: jiff::tz::TimeZone::UTC };
            for (what, because) in WRITES.iter().flat_map(|what| every_because().into_iter().map(|it| (*what, it))) {
                let lost = because.outcome() == Outcome::Unknown;
                let trouble = Trouble::new(what, because, Retry::Now);
                let told = words.tell(&trouble);
                assert_eq!(told.what != (words.what)(what), lost, "{told:?}");
                assert_eq!(told.hint == words.look_first, lost, "{told:?}");
                let says = Says::Failed { company: None, trouble: Box::new(trouble) };
                assert_eq!(says.kind(), if lost { Kind::Unknown } else { Kind::Failed });
                assert!((words.says)(&says, &clock).starts_with(&told.what));
            }
        }
    }

    /// Nothing goes on by itself that somebody has to begin anew.
    #[test]
    fn what_is_not_tried_again_by_itself_is_not_said_to_be() {
        for (lang, said) in [(Lang::En, "by itself"), (Lang::De, "von selbst")] {
            for (what, because) in WRITES.iter().flat_map(|what| every_because().into_iter().map(|it| (*what, it))) {
                let hint = words::of(lang).tell(&Trouble::new(what, because, Retry::Now)).hint;
                assert!(!hint.contains(said), "{what:?}: {hint}");
            }
        }
    }
}
