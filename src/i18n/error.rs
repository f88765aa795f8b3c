//! A failure in three sentences: what failed, why, what to do.

use super::{Keys, Words};
use crate::domain::error::Error;

/// A failure, told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What failed.
    pub what: String,
    /// Why.
    pub cause: String,
    pub hint: String,
}

impl Words {
    /// Tells a failure in this language, where nobody has keys of their own.
    #[must_use]
    pub fn tell(&self, error: &Error) -> Told {
        self.tell_with(error, &|command| command.row().keys.first().copied().unwrap_or_default().to_owned())
    }

    /// Tells a failure in this language.
    #[must_use]
    pub fn tell_with(&self, error: &Error, key: Keys<'_>) -> Told {
        let cause = (self.cause)(&error.cause, &error.detail);
        if error.may_be_done() {
            return Told { what: (self.unknown)(error.what).to_owned(), cause, hint: self.look_first.to_owned() };
        }
        Told { what: (self.what)(error.what).to_owned(), cause, hint: (self.hint)(error, key) }
    }

    /// What failed and why, on one line.
    #[must_use]
    pub fn tell_short(&self, error: &Error) -> String {
        let told = self.tell(error);
        format!("{}: {}", told.what, told.cause)
    }
}

#[cfg(test)]
mod tests {
    use crate::app::fixture::{WRITES, every_because, noon};
    use crate::app::toast::{Kind, Notification};
    use crate::domain::error::{Error, Outcome, RetryAdvice};
    use crate::domain::lang::Lang;
    use crate::i18n::{self, Clock};

    /// Other words than those of a failure, in both languages, for everything that writes; and another sign.
    #[test]
    fn what_may_be_done_is_never_told_as_a_failure() {
        for lang in [Lang::En, Lang::De] {
            let words = i18n::of(lang);
            let clock = Clock { lang, now: noon(), zone: jiff::tz::TimeZone::UTC };
            for (what, cause) in WRITES.iter().flat_map(|what| every_because().into_iter().map(|it| (*what, it))) {
                let lost = cause.outcome() == Outcome::Unknown;
                let error = Error::new(what, cause, RetryAdvice::Now);
                let told = words.tell(&error);
                assert_eq!(told.what != (words.what)(what), lost, "{told:?}");
                assert_eq!(told.hint == words.look_first, lost, "{told:?}");
                let says = Notification::Failed { company: None, error: Box::new(error) };
                assert_eq!(says.kind(), if lost { Kind::Unknown } else { Kind::Failed });
                assert!((words.says)(&says, &clock).starts_with(&told.what));
            }
        }
    }

    /// Nothing goes on by itself that somebody has to begin anew.
    #[test]
    fn what_is_not_tried_again_by_itself_is_not_said_to_be() {
        for (lang, said) in [(Lang::En, "by itself"), (Lang::De, "von selbst")] {
            for (what, cause) in WRITES.iter().flat_map(|what| every_because().into_iter().map(|it| (*what, it))) {
                let hint = i18n::of(lang).tell(&Error::new(what, cause, RetryAdvice::Now)).hint;
                assert!(!hint.contains(said), "{what:?}: {hint}");
            }
        }
    }
}
