//! What broke before there was an answer, read off the chain of causes.

use super::proxy::Proxy;
use super::retry::{FailedAttempt, RetryDelay};
use super::text::one_line;
use super::tls;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::network_fault::ProxyFault;
use std::error::Error as _;
use std::io;
use std::time::Duration;

/// The way to the server, for sentences.
#[derive(Debug, Clone)]
pub struct Route {
    /// Host and port of the server.
    pub host: String,
    pub proxy: Option<Proxy>,
}

/// Names a failure of the HTTP client.
pub fn from_reqwest(
    error: &reqwest::Error,
    operation: Operation,
    route: &Route,
    connect: Duration,
    total: Duration,
) -> FailedAttempt {
    let cause = if error.is_builder() {
        // A value of the server that fits in no header, such as an etag with a line break.
        Cause::Unreadable
    } else if error.is_timeout() {
        let limit = if error.is_connect() { connect } else { total };
        let seconds = whole_seconds(limit);
        match &route.proxy {
            Some(proxy) if error.is_connect() => proxy.cause(&route.host, ProxyFault::TimedOut { seconds }),
            _ => Cause::TimedOut { seconds },
        }
    } else if error.is_dns() {
        // With a proxy between, the server's name is for the proxy to look up.
        route.or_at_proxy(ProxyFault::NameUnknown, || Cause::NameUnknown { host: without_port(&route.host) })
    } else {
        from_source_chain(error, route)
    };
    let again = if is_transient(&cause) { RetryDelay::Short } else { RetryDelay::Never };
    // A certificate does not get better by asking again, and a file is written by a person.
    let lasting = matches!(cause, Cause::Tls { .. } | Cause::CaFile { .. });
    let retry = if lasting { RetryAdvice::Never } else { RetryAdvice::Now };
    // TLS that fails on a connection that was made: the request may have gone out.
    let earlier_outcome_unknown = operation.writes() && !error.is_connect() && matches!(cause, Cause::Tls { .. });
    let error = Error { operation, cause, retry, detail: innermost(error), request_id: None, earlier_outcome_unknown };
    FailedAttempt { error, again }
}

/// No answer, or no more of it, for so long.
pub fn stalled(operation: Operation, limit: Duration) -> FailedAttempt {
    let cause = Cause::TimedOut { seconds: whole_seconds(limit) };
    FailedAttempt { error: Error::new(operation, cause, RetryAdvice::Now), again: RetryDelay::Short }
}

/// Whether it may be over in a second.
fn is_transient(cause: &Cause) -> bool {
    match cause {
        Cause::TimedOut { .. } | Cause::Refused { .. } | Cause::NameUnknown { .. } | Cause::Broken { .. } => true,
        Cause::Proxy(at) => {
            !matches!(at.fault, ProxyFault::WantsPassword | ProxyFault::WantsOther { .. } | ProxyFault::Socks)
        }
        _ => false,
    }
}

impl Route {
    fn or_at_proxy(&self, fault: ProxyFault, otherwise: impl FnOnce() -> Cause) -> Cause {
        self.proxy.as_ref().map_or_else(otherwise, |proxy| proxy.cause(&self.host, fault))
    }
}

fn from_source_chain(error: &reqwest::Error, route: &Route) -> Cause {
    let host = || route.host.clone();
    // Whose certificate it was: the proxy's as long as the way to it is not made.
    let mut before_proxy = false;
    for cause in causes(error) {
        if let (Some(step), Some(proxy)) = (Tunnel::of(cause), &route.proxy) {
            match step {
                Tunnel::Before => before_proxy = true,
                Tunnel::Failed(fault) => return proxy.cause(&route.host, fault),
            }
        }
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            let proxy_host = route.proxy.as_ref().filter(|_| before_proxy).map(|proxy| proxy.host.clone());
            return Cause::tls(&proxy_host.unwrap_or_else(host), tls::fault(tls));
        }
        let Some(io) = cause.downcast_ref::<io::Error>() else { continue };
        match io.kind() {
            io::ErrorKind::ConnectionRefused => {
                return route.or_at_proxy(ProxyFault::Refused, || Cause::Refused { host: host() });
            }
            // A broken body (gzip, chunks). rustls reports through an i/o error of this kind, too: it comes next.
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput if !error.is_connect() => {
                return Cause::Unreadable;
            }
            _ => {}
        }
    }
    if before_proxy {
        return route.or_at_proxy(ProxyFault::Broken, || Cause::Broken { host: host() });
    }
    Cause::Broken { host: host() }
}

/// Where the way through a proxy ended. Its error is not exported by name, so it is known by its words; the
/// tests over a real proxy notice when they change.
enum Tunnel {
    Before,
    Failed(ProxyFault),
}

impl Tunnel {
    fn of(cause: &(dyn std::error::Error + 'static)) -> Option<Self> {
        let said = cause.to_string();
        Some(match said.strip_prefix("tunnel error: ")? {
            "failed to create underlying connection" => Self::Before,
            "proxy authorization required" => Self::Failed(ProxyFault::WantsPassword),
            "unsuccessful" => Self::Failed(ProxyFault::Denied { status: None }),
            _ => Self::Failed(ProxyFault::Broken),
        })
    }
}

/// The words of the deepest cause: the outer ones only say that something failed, and may name the address.
pub fn innermost(error: &reqwest::Error) -> String {
    causes(error).last().map(|cause| one_line(&cause.to_string())).unwrap_or_default()
}

/// Every cause below `error`. An `io::Error` passes over the error that it wraps, which is the telling one.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(error.source(), |&cause| {
        let wrapped = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|inner| inner as &(dyn std::error::Error + 'static)).or_else(|| cause.source())
    })
}

pub fn whole_seconds(limit: Duration) -> u64 {
    limit.as_secs() + u64::from(limit.subsec_nanos() > 0)
}

pub fn without_port(host: &str) -> String {
    host.rsplit_once(':').map_or(host, |(name, _)| name).to_owned()
}
