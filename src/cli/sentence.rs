//! A trouble as one or two plain sentences for standard error. In English whatever the locale: scripts and
//! reports are read by others than whoever runs them.

use crate::domain::error::{Cause, Error, RetryAdvice};
use crate::domain::lang::Lang;
use crate::i18n;
use std::fmt::Write as _;

/// What failed, why, what the server said, and when trying again makes sense.
#[must_use]
pub fn sentence(error: &Error) -> String {
    let mut text = i18n::of(Lang::En).tell_short(error);
    let detail = error.detail.trim_end_matches('.');
    if !detail.is_empty() && !text.contains(detail) && !tells_all(&error.cause, detail) {
        let _ = write!(text, " ({detail})");
    }
    if let Cause::NotAccepted { violations } = &error.cause {
        for violation in violations.iter().skip(1) {
            let _ = write!(text, "; {}: {}", violation.field, violation.description);
        }
    }
    text.truncate(text.trim_end_matches('.').len());
    text.push('.');
    let known = on_the_way(&error.cause) || matches!(error.cause, Cause::NotTheApi { .. });
    if known || error.may_be_done() {
        // Here the way out is no matter of course: a file to give, a clock to set, a variable.
        let _ = write!(text, " {}", i18n::of(Lang::En).tell(error).hint);
    }
    if let RetryAdvice::At(time) = error.retry {
        let _ = write!(text, " Try again after {}.", time.strftime("%Y-%m-%d %H:%M:%S UTC"));
    }
    if let Some(id) = &error.request_id {
        let _ = write!(text, " Request {id}.");
    }
    text
}

fn on_the_way(cause: &Cause) -> bool {
    matches!(cause, Cause::Tls { .. } | Cause::Proxy { .. } | Cause::CaFile { .. } | Cause::AddressHolds { .. })
}

/// The words of the system, or those of a server that tells its first violation twice, would only say it again.
fn tells_all(cause: &Cause, detail: &str) -> bool {
    match cause {
        Cause::Refused { .. } | Cause::NameUnknown { .. } | Cause::TimedOut { .. } => true,
        cause if on_the_way(cause) => true,
        Cause::NotAccepted { violations } => violations
            .first()
            .map(|first| first.description.trim_end_matches('.'))
            .is_some_and(|said| !said.is_empty() && detail.contains(said)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::error::{Operation, Violation};

    #[test]
    fn a_sentence_says_what_why_when_and_which_request() {
        let error = Error {
            what: Operation::ListCompanies,
            cause: Cause::TooManyRequests,
            retry: RetryAdvice::At("2026-11-22T12:00:30Z".parse().unwrap()),
            detail: "Slow down.".into(),
            request_id: Some("r-7".into()),
            unsettled: false,
        };
        let said = "Could not load the companies: too many requests: Slow down. \
                    Try again after 2026-11-22 12:00:30 UTC. Request r-7.";
        assert_eq!(sentence(&error), said);
        let error = Error::new(Operation::SignIn, Cause::Refused { host: "127.0.0.1:9".into() }, RetryAdvice::Now);
        assert_eq!(sentence(&error), "Could not sign in: nobody listens at 127.0.0.1:9.");
    }

    #[test]
    fn what_is_said_already_is_not_said_twice() {
        let mut error = Error::new(Operation::Start, Cause::Local, RetryAdvice::Never);
        error.detail = "the database is damaged.".into();
        assert_eq!(sentence(&error), "Could not start: the database is damaged.");
        let violations = vec![Violation { field: "name".into(), description: "is missing.".into() }];
        let mut error = Error::new(Operation::AddCompany, Cause::NotAccepted { violations }, RetryAdvice::Never);
        error.detail = "`name` is missing.".into();
        assert_eq!(sentence(&error), "Could not add the company: name: is missing.");
        error.detail = "Two things are wrong.".into();
        assert_eq!(sentence(&error), "Could not add the company: name: is missing. (Two things are wrong).");
    }
}
