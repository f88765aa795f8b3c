//! Why a command failed, and the sentence for standard error. In English whatever the locale: scripts and
//! reports are read by others than whoever runs them.

use crate::cli::Exit;
use crate::config::Problem;
use crate::domain::error::{Cause, Error, RetryAdvice};
use crate::domain::lang::Lang;
use crate::i18n;
use crate::local_server::AccessError;
use std::fmt::Write as _;
use std::io;

/// Why a command did not end well.
pub enum CliError {
    /// A question or a change failed.
    Error(Error),
    /// Something else stands against it, in a sentence of its own.
    Message(String, Exit),
    /// What stands against it was said already.
    Reported(Exit),
    /// The reader has gone: `| head` is no failure.
    BrokenPipe,
    Output(io::Error),
}

impl From<Error> for CliError {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::BrokenPipe } else { Self::Output(error) }
    }
}

impl From<AccessError> for CliError {
    fn from(error: AccessError) -> Self {
        let exit = match &error {
            AccessError::Nobody { .. } | AccessError::NoCompany { .. } => Exit::NotFound,
            AccessError::Several { .. } => Exit::Usage,
            AccessError::Refused(_) => Exit::Conflict,
            AccessError::NoWorkspace { .. } | AccessError::NoOwner | AccessError::Database(_) => Exit::Failure,
        };
        Self::Message(format!("{error}."), exit)
    }
}

impl From<Problem> for CliError {
    /// A call or a configuration that makes no sense, in its own sentence.
    fn from(problem: Problem) -> Self {
        Self::Message(format!("{problem}."), Exit::Usage)
    }
}

/// Says what went wrong, and gives the code for it.
pub fn report(err: &mut dyn io::Write, error: CliError) -> Exit {
    let (said, exit) = match error {
        CliError::BrokenPipe => return Exit::Success,
        CliError::Error(error) => (sentence(&error), Exit::of(&error)),
        CliError::Reported(exit) => return exit,
        CliError::Message(said, exit) => (said, exit),
        CliError::Output(error) => (format!("Writing the result failed: {error}."), Exit::Failure),
    };
    // Nothing is left to say it on if this fails too.
    let _ = writeln!(err, "mspdash: {said}");
    exit
}

/// What failed, why, what the server said, and when trying again makes sense.
pub fn sentence(error: &Error) -> String {
    let words = i18n::of(Lang::En).describe(error);
    let detail = error.detail.trim_end_matches('.');
    // A server that begins with our own words goes on where they end.
    let longer = detail.to_lowercase().starts_with(&words.cause.to_lowercase());
    let mut text = format!("{}: {}", words.title, if longer { detail } else { &words.cause });
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
    if known || error.outcome_unknown() {
        // Here the way out is no matter of course: a file to give, a clock to set, a variable.
        let _ = write!(text, " {}", words.hint);
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
    use crate::domain::error::{ConflictCode, Operation, Violation};

    fn said(end: CliError) -> (String, Exit) {
        let mut err = Vec::new();
        let exit = report(&mut err, end);
        (String::from_utf8(err).unwrap(), exit)
    }

    #[test]
    fn a_change_whose_answer_was_lost_is_told_as_such() {
        let lost = Error::new(Operation::Unlink, Cause::ServerFailed { status: 502 }, RetryAdvice::Now);
        let (text, exit) = said(CliError::Error(lost.clone()));
        assert!(text.starts_with("mspdash: Unknown whether it was unlinked: "), "{text}");
        assert!(text.ends_with("before you retry.\n"), "{text}");
        assert_eq!(exit, Exit::Unavailable);
        assert!(said(CliError::Error(lost.of_rehearsal())).0.starts_with("mspdash: Can't check the change: "));
        let refused = Error::new(Operation::Unlink, Cause::NotAllowed, RetryAdvice::Never);
        assert!(said(CliError::Error(refused)).0.starts_with("mspdash: Can't unlink: "));
    }

    #[test]
    fn a_sentence_says_what_why_when_and_which_request() {
        let error = Error {
            operation: Operation::ListCompanies,
            cause: Cause::TooManyRequests,
            retry: RetryAdvice::At("2026-11-22T12:00:30Z".parse().unwrap()),
            detail: "Slow down.".into(),
            request_id: Some("r-7".into()),
            earlier_outcome_unknown: false,
        };
        let said = "Can't load companies: too many requests: Slow down. \
                    Try again after 2026-11-22 12:00:30 UTC. Request r-7.";
        assert_eq!(sentence(&error), said);
        let error = Error::new(Operation::SignIn, Cause::Refused { host: "127.0.0.1:9".into() }, RetryAdvice::Now);
        assert_eq!(sentence(&error), "Can't sign in: connection refused (127.0.0.1:9).");
    }

    #[test]
    fn what_is_said_already_is_not_said_twice() {
        let mut error = Error::new(Operation::Start, Cause::Local, RetryAdvice::Never);
        error.detail = "the database is damaged.".into();
        assert_eq!(sentence(&error), "Can't start: the database is damaged.");
        let violations = vec![Violation { field: "name".into(), description: "is missing.".into() }];
        let mut error = Error::new(Operation::AddCompany, Cause::NotAccepted { violations }, RetryAdvice::Never);
        error.detail = "`name` is missing.".into();
        assert_eq!(sentence(&error), "Can't add the company: name: is missing.");
        let sample = Cause::Conflict(ConflictCode::SampleWorkspace);
        let mut invented = Error::new(Operation::Import, sample, RetryAdvice::Never);
        invented.detail = "The companies of this workspace are invented. Make one of your own.".into();
        assert_eq!(sentence(&invented).matches("invented").count(), 1, "{}", sentence(&invented));
        error.detail = "Two things are wrong.".into();
        assert_eq!(sentence(&error), "Can't add the company: name: is missing. (Two things are wrong).");
    }
}
