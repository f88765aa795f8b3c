//! What broke before there was an answer, read off the chain of causes.

use super::refusal::sentence;
use super::retry::{Again, Failure};
use crate::domain::trouble::{Because, Retry, Trouble, What};
use std::error::Error;
use std::io;
use std::time::Duration;

/// Names a failure of the HTTP client.
pub fn name(error: &reqwest::Error, what: What, host: &str, connect: Duration, total: Duration) -> Failure {
    let host = host.to_owned();
    let because = if error.is_builder() {
        // A value of the server that fits in no header, such as an etag with a line break.
        Because::Unreadable
    } else if error.is_timeout() {
        let limit = if error.is_connect() { connect } else { total };
        Because::TimedOut { seconds: whole_seconds(limit) }
    } else if error.is_dns() {
        Because::NameUnknown { host: name_only(&host) }
    } else {
        by_cause(error, host)
    };
    let again = match because {
        Because::TimedOut { .. } | Because::Refused { .. } | Because::NameUnknown { .. } | Because::Broken { .. } => {
            Again::Soon
        }
        _ => Again::Never,
    };
    // A certificate does not get better by asking again.
    let retry = if matches!(because, Because::Tls { .. }) { Retry::Never } else { Retry::Now };
    let trouble = Trouble { what, because, retry, detail: innermost(error), request_id: None };
    Failure { trouble, again }
}

fn by_cause(error: &reqwest::Error, host: String) -> Because {
    for cause in causes(error) {
        let Some(io) = cause.downcast_ref::<io::Error>() else { continue };
        match io.kind() {
            io::ErrorKind::ConnectionRefused => return Because::Refused { host },
            // rustls reports through an i/o error of this kind; a broken body (gzip, chunks) does too, later.
            io::ErrorKind::InvalidData if error.is_connect() => return Because::Tls { host },
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => return Because::Unreadable,
            _ => {}
        }
    }
    Because::Broken { host }
}

/// The words of the deepest cause: the outer ones only say that something failed, and may name the address.
pub fn innermost(error: &reqwest::Error) -> String {
    causes(error).last().map(|cause| sentence(&cause.to_string())).unwrap_or_default()
}

/// Every cause below `error`. An `io::Error` passes over the error that it wraps, which is the telling one.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |&cause| {
        let wrapped = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| cause.source())
    })
}

fn whole_seconds(limit: Duration) -> u64 {
    limit.as_secs() + u64::from(limit.subsec_nanos() > 0)
}

fn name_only(host: &str) -> String {
    host.rsplit_once(':').map_or(host, |(name, _)| name).to_owned()
}
