//! An error in three sentences: what failed, why, what to do.

use super::{Keys, Texts};
use crate::domain::error::Error;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorText {
    pub title: String,
    pub cause: String,
    pub hint: String,
}

impl Texts {
    /// An error with the default keys.
    pub fn describe(&self, error: &Error) -> ErrorText {
        self.describe_with(error, &|command| command.row().keys.first().copied().unwrap_or_default().to_owned())
    }

    /// An error with the keys of the user.
    pub fn describe_with(&self, error: &Error, key: Keys<'_>) -> ErrorText {
        let cause = (self.errors.cause)(&error.cause, &error.detail);
        if error.outcome_unknown() {
            return ErrorText {
                title: (self.errors.unknown)(error.operation).to_owned(),
                cause,
                hint: self.errors.look_first.to_owned(),
            };
        }
        ErrorText {
            title: (self.errors.failed)(error.operation).to_owned(),
            cause,
            hint: (self.errors.hint)(error, key),
        }
    }

    /// What failed and why, on one line.
    pub fn one_line(&self, error: &Error) -> String {
        let text = self.describe(error);
        format!("{}: {}", text.title, text.cause)
    }
}

#[cfg(test)]
mod tests {
    use crate::app::fixture::{WRITES, every_because, noon};
    use crate::app::toast::{Kind, Notification};
    use crate::domain::error::{Error, Outcome, RetryAdvice};
    use crate::domain::lang::Lang;
    use crate::i18n::{self, Clock};

    /// Every write whose outcome is unknown has its own title, hint and sign, in both languages.
    #[test]
    fn an_unknown_outcome_is_not_described_as_a_failure() {
        for lang in [Lang::En, Lang::De] {
            let texts = i18n::of(lang);
            let clock = Clock { lang, now: noon(), zone: jiff::tz::TimeZone::UTC };
            for (what, cause) in WRITES.iter().flat_map(|what| every_because().into_iter().map(|it| (*what, it))) {
                let lost = cause.outcome() == Outcome::Unknown;
                let error = Error::new(what, cause, RetryAdvice::Now);
                let text = texts.describe(&error);
                assert_eq!(text.title != (texts.errors.failed)(what), lost, "{text:?}");
                assert_eq!(text.hint == texts.errors.look_first, lost, "{text:?}");
                let says = Notification::Failed { company: None, error: Box::new(error) };
                assert_eq!(says.kind(), if lost { Kind::Unknown } else { Kind::Failed });
                assert!((texts.notification)(&says, &clock).starts_with(&text.title));
            }
        }
    }

    /// Writes are not repeated automatically, so no hint may say so.
    #[test]
    fn no_hint_promises_an_automatic_retry_of_a_write() {
        for (lang, said) in [(Lang::En, "utomatically"), (Lang::De, "utomatisch")] {
            for (what, cause) in WRITES.iter().flat_map(|what| every_because().into_iter().map(|it| (*what, it))) {
                let hint = i18n::of(lang).describe(&Error::new(what, cause, RetryAdvice::Now)).hint;
                assert!(!hint.contains(said), "{what:?}: {hint}");
            }
        }
    }
}
