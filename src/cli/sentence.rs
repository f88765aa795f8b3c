//! A trouble as one or two plain sentences for standard error.

use crate::domain::launch::Refusal;
use crate::domain::trouble::{Because, ConflictCode, Retry, Trouble, What};
use std::fmt::Write as _;

/// What failed, why, what the server said, and when trying again makes sense.
#[must_use]
pub fn sentence(trouble: &Trouble) -> String {
    let detail = trouble.detail.trim_end_matches('.');
    let mut text = format!("{} failed: ", what(trouble.what));
    match &trouble.because {
        // Our own words, and better ones than a general sentence.
        Because::Local if !detail.is_empty() => text.push_str(detail),
        because if detail.is_empty() || tells_all(because) => text.push_str(&self::because(because)),
        because => {
            let _ = write!(text, "{} ({detail})", self::because(because));
        }
    }
    text.push('.');
    if let Because::NotAccepted { violations } = &trouble.because {
        for violation in violations {
            let _ = write!(text, " {}: {}", violation.field, violation.description);
        }
    }
    if let Retry::At(time) = trouble.retry {
        let _ = write!(text, " Try again after {}.", time.strftime("%Y-%m-%d %H:%M:%S UTC"));
    }
    if let Some(id) = &trouble.request_id {
        let _ = write!(text, " Request {id}.");
    }
    text
}

/// The system's words would only say it again.
fn tells_all(because: &Because) -> bool {
    matches!(because, Because::Refused { .. } | Because::NameUnknown { .. } | Because::TimedOut { .. })
}

fn what(what: What) -> &'static str {
    match what {
        What::Start => "Starting the embedded server",
        What::SignIn => "Signing in",
        What::ListCompanies => "Listing companies",
        What::Changes => "Asking for changes",
        What::LoadCompany => "Loading the company",
        What::EditCompany => "Changing the company",
        What::Launch => "Launching",
        What::OpenBrowser => "Opening the browser",
        What::Copy => "Copying",
        What::Preflight => "Checking the unlink",
        What::Unlink => "Unlinking",
        What::LoadSetup => "Loading the setup",
        What::EditSetup => "Changing the setup",
        What::LoadPeople => "Loading people",
        What::LoadGroups => "Loading groups",
    }
}

fn because(because: &Because) -> String {
    match because {
        Because::Refused { host } => format!("nobody listens at {host}; start the server, or check the address"),
        Because::NameUnknown { host } => format!("the name {host} is not known; check the address and the network"),
        Because::Broken { host } => format!("the connection to {host} broke"),
        Because::TimedOut { seconds } => format!("no answer within {seconds} s"),
        Because::Tls { host } => format!("no secure connection to {host}"),
        Because::BadAddress { address } => {
            format!("{address} cannot be used: https is needed, except on this machine, and no user name or query")
        }
        Because::NotSignedIn => "the server does not accept the credential; check client id and secret".into(),
        Because::MfaRequired => "the server wants multi-factor authentication for this technician".into(),
        Because::ReadOnly => "read-only mode lets no change through".into(),
        Because::NotAllowed => "this technician may not do that".into(),
        Because::NotFound => "there is no such thing, or this technician may not see it".into(),
        Because::Conflict(ConflictCode::NoConfirmedOwner) => "the company has no confirmed owner".into(),
        Because::Conflict(ConflictCode::AlreadyUnlinked) => "the company is unlinked already".into(),
        Because::Conflict(ConflictCode::WrongState) => "the company is not in the right state".into(),
        Because::Conflict(ConflictCode::StepMustApply) => "this step always applies".into(),
        Because::Conflict(ConflictCode::Other(code)) => {
            format!("a rule of the server is against it {code}").trim_end().into()
        }
        Because::Gone => "it is no longer there".into(),
        Because::ChangedMeanwhile => "it changed meanwhile; look at it again".into(),
        Because::NotAccepted { .. } => "the server does not accept what was sent".into(),
        Because::TooManyRequests => "the server had too many requests".into(),
        Because::ServerFailed { status } => format!("the server failed with status {status}"),
        Because::Unexpected { status } => format!("the server answered with status {status}"),
        Because::Redirected { to } => format!("the server sends us to {to}, which is not followed; check the address"),
        Because::NotTheApi { content_type } => {
            format!("what answered is not the MSP API ({content_type}); check the address, or sign in to the network")
        }
        Because::Unreadable => "the answer cannot be read".into(),
        Because::UnsafeAddress(refusal) => {
            format!("the launch address must not be opened: {}", unsafe_because(refusal))
        }
        Because::NoBrowser => "no browser could be opened".into(),
        Because::TaskDied => "the task died".into(),
        Because::Cancelled => "it was cancelled".into(),
        Because::Local => "something on this machine is in the way".into(),
    }
}

fn unsafe_because(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotAnAddress => "it is no address".into(),
        Refusal::Scheme(scheme) => format!("{scheme} is not https"),
        Refusal::Credentials => "it carries a user name".into(),
        Refusal::Host(host) => format!("{host} is not the company's sign-in host"),
        Refusal::Characters => "it has characters that no address has".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_what_why_when_and_which_request() {
        let trouble = Trouble {
            what: What::ListCompanies,
            because: Because::TooManyRequests,
            retry: Retry::At("2026-11-22T12:00:30Z".parse().unwrap()),
            detail: "Slow down.".into(),
            request_id: Some("r-7".into()),
        };
        let said = "Listing companies failed: the server had too many requests (Slow down). \
                    Try again after 2026-11-22 12:00:30 UTC. Request r-7.";
        assert_eq!(sentence(&trouble), said);
        let trouble = Trouble::new(What::SignIn, Because::Refused { host: "127.0.0.1:9".into() }, Retry::Now);
        assert_eq!(
            sentence(&trouble),
            "Signing in failed: nobody listens at 127.0.0.1:9; start the server, or check the address."
        );
    }
}
