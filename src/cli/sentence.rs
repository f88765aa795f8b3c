//! A trouble as one or two plain sentences for standard error. In English whatever the locale: scripts and
//! reports are read by others than whoever runs them.

use crate::domain::lang::Lang;
use crate::domain::trouble::{Because, Retry, Trouble};
use crate::words;
use std::fmt::Write as _;

/// What failed, why, what the server said, and when trying again makes sense.
#[must_use]
pub fn sentence(trouble: &Trouble) -> String {
    let mut text = words::of(Lang::En).tell_short(trouble);
    let detail = trouble.detail.trim_end_matches('.');
    if !detail.is_empty() && !text.contains(detail) && !tells_all(&trouble.because, detail) {
        let _ = write!(text, " ({detail})");
    }
    if let Because::NotAccepted { violations } = &trouble.because {
        for violation in violations.iter().skip(1) {
            let _ = write!(text, "; {}: {}", violation.field, violation.description);
        }
    }
    text.truncate(text.trim_end_matches('.').len());
    text.push('.');
    let known = on_the_way(&trouble.because) || matches!(trouble.because, Because::NotTheApi { .. });
    if known || trouble.may_be_done() {
        // Here the way out is no matter of course: a file to give, a clock to set, a variable.
        let _ = write!(text, " {}", words::of(Lang::En).tell(trouble).hint);
    }
    if let Retry::At(time) = trouble.retry {
        let _ = write!(text, " Try again after {}.", time.strftime("%Y-%m-%d %H:%M:%S UTC"));
    }
    if let Some(id) = &trouble.request_id {
        let _ = write!(text, " Request {id}.");
    }
    text
}

fn on_the_way(because: &Because) -> bool {
    matches!(
        because,
        Because::Tls { .. } | Because::Proxy { .. } | Because::CaFile { .. } | Because::AddressHolds { .. }
    )
}

/// The words of the system, or those of a server that tells its first violation twice, would only say it again.
fn tells_all(because: &Because, detail: &str) -> bool {
    match because {
        Because::Refused { .. } | Because::NameUnknown { .. } | Because::TimedOut { .. } => true,
        because if on_the_way(because) => true,
        Because::NotAccepted { violations } => violations
            .first()
            .map(|first| first.description.trim_end_matches('.'))
            .is_some_and(|said| !said.is_empty() && detail.contains(said)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::trouble::{Violation, What};

    #[test]
    fn a_sentence_says_what_why_when_and_which_request() {
        let trouble = Trouble {
            what: What::ListCompanies,
            because: Because::TooManyRequests,
            retry: Retry::At("2026-11-22T12:00:30Z".parse().unwrap()),
            detail: "Slow down.".into(),
            request_id: Some("r-7".into()),
            unsettled: false,
        };
        let said = "Could not load the companies: too many requests: Slow down. \
                    Try again after 2026-11-22 12:00:30 UTC. Request r-7.";
        assert_eq!(sentence(&trouble), said);
        let trouble = Trouble::new(What::SignIn, Because::Refused { host: "127.0.0.1:9".into() }, Retry::Now);
        assert_eq!(sentence(&trouble), "Could not sign in: nobody listens at 127.0.0.1:9.");
    }

    #[test]
    fn what_is_said_already_is_not_said_twice() {
        let mut trouble = Trouble::new(What::Start, Because::Local, Retry::Never);
        trouble.detail = "the database is damaged.".into();
        assert_eq!(sentence(&trouble), "Could not start: the database is damaged.");
        let violations = vec![Violation { field: "name".into(), description: "is missing.".into() }];
        let mut trouble = Trouble::new(What::AddCompany, Because::NotAccepted { violations }, Retry::Never);
        trouble.detail = "`name` is missing.".into();
        assert_eq!(sentence(&trouble), "Could not add the company: name: is missing.");
        trouble.detail = "Two things are wrong.".into();
        assert_eq!(sentence(&trouble), "Could not add the company: name: is missing. (Two things are wrong).");
    }
}
