//! Sentences in English about the way to a server: its certificate, a proxy, a file of certificates.

use super::super::Clock;
use crate::domain::error::Cause;
use crate::domain::lang::Lang;
use crate::domain::network_fault::{CaFault, ProxyFault, TlsFault};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Certificates end at a moment of UTC, so it is told like that.
fn moment(moment: Timestamp) -> String {
    Clock { lang: Lang::En, now: moment, zone: TimeZone::UTC }.exact(moment)
}

pub(super) fn cause(cause: &Cause, detail: &str) -> Option<String> {
    Some(match cause {
        Cause::Tls { host, fault } => tls(host, fault, detail),
        Cause::Proxy(at) => by_proxy(&format!("the proxy {} ({})", at.proxy, at.origin), &at.host, &at.fault),

        Cause::CaFile { path, fault } => match &**fault {
            CaFault::Missing => format!("the file of certificates {path} does not exist"),
            CaFault::Unreadable { reason } => format!("the file of certificates {path} cannot be read: {reason}"),
            CaFault::NotPem => format!("the file of certificates {path} is not in PEM"),
            CaFault::Empty => format!("the file {path} holds no certificate"),
            CaFault::Damaged { number } => format!("certificate {number} in the file {path} is damaged"),
        },
        _ => return None,
    })
}

fn tls(host: &str, fault: &TlsFault, detail: &str) -> String {
    match fault {
        TlsFault::WrongName { names } if names.is_empty() => format!("the certificate of {host} is for another name"),
        TlsFault::WrongName { names } => format!("the certificate of {host} is for {} only", names.join(", ")),
        TlsFault::Expired { ended: Some(ended), .. } => {
            format!("the certificate of {host} expired on {}", moment(*ended))
        }
        TlsFault::Expired { ended: None, .. } => format!("the certificate of {host} has expired"),
        TlsFault::NotYetValid { begins: Some(begins), .. } => {
            format!("the certificate of {host} is not valid before {}", moment(*begins))
        }
        TlsFault::NotYetValid { begins: None, .. } => format!("the certificate of {host} is not valid yet"),
        TlsFault::UnknownIssuer => {
            format!("the certificate of {host} is from an issuer that this machine does not know")
        }
        TlsFault::Authority => format!("{host} shows the certificate of an authority, not one for a server"),
        TlsFault::Revoked => format!("the certificate of {host} was revoked"),
        TlsFault::TooOld => format!("{host} has no secure protocol in common with mspdash"),
        TlsFault::NotTls => format!("{host} answers, but without encryption"),
        TlsFault::WantsCertificate => format!("{host} asks for a client certificate, which mspdash does not have"),
        TlsFault::NoTrust => {
            format!("no secure connection to {host}: this machine trusts no certificate issuer at all")
        }
        TlsFault::Other => format!("no secure connection to {host}: {detail}"),
    }
}

fn by_proxy(proxy: &str, host: &str, fault: &ProxyFault) -> String {
    match fault {
        ProxyFault::Refused => format!("nobody listens at {proxy}"),
        ProxyFault::NameUnknown => format!("the name of {proxy} is not known"),
        ProxyFault::TimedOut { seconds } => format!("{proxy} opened no way to {host} within {seconds} s"),
        ProxyFault::WantsPassword => format!("{proxy} asks for a name and a password (407)"),
        ProxyFault::WantsOther { schemes } => {
            format!("{proxy} accepts {schemes} only, not a name and a password in its address")
        }
        ProxyFault::Denied { status: Some(status) } => format!("{proxy} opens no way to {host}: it answers {status}"),
        ProxyFault::Denied { status: None } => format!("{proxy} opens no way to {host}"),
        ProxyFault::Broken => format!("the connection to {proxy} broke"),
        ProxyFault::Socks => format!("{proxy} speaks SOCKS, which mspdash does not"),
    }
}

pub(super) fn hint(cause: &Cause) -> Option<String> {
    Some(match cause {
        Cause::Tls { fault, .. } => tls_hint(fault),
        Cause::Proxy(at) => proxy_hint(&at.origin, &at.fault),
        Cause::CaFile { fault, .. } => match &**fault {
            CaFault::Missing | CaFault::Unreadable { .. } => "Check --ca-file and ca_file in config.toml.".into(),
            CaFault::NotPem => "openssl x509 -inform der -in FILE -out FILE.pem makes a PEM file of it.".into(),
            CaFault::Empty | CaFault::Damaged { .. } => {
                "It needs whole blocks from BEGIN CERTIFICATE to END CERTIFICATE.".into()
            }
        },
        _ => return None,
    })
}

fn proxy_hint(origin: &str, fault: &ProxyFault) -> String {
    match fault {
        ProxyFault::Refused | ProxyFault::NameUnknown | ProxyFault::Broken => {
            format!("Check {origin}. NO_PROXY names servers that are reached without a proxy.")
        }
        ProxyFault::TimedOut { .. } | ProxyFault::Denied { .. } => {
            "Ask who runs the proxy, or name the server in NO_PROXY if it can be reached without.".into()
        }
        ProxyFault::WantsPassword => {
            format!("Write them into {origin}: http://NAME:PASSWORD@HOST:PORT. If they are there, they are wrong.")
        }
        ProxyFault::WantsOther { .. } => {
            format!(
                "Run a helper that signs in to it, such as cntlm or px, and set {origin} to that; or ask for Basic."
            )
        }
        ProxyFault::Socks => format!("Set {origin} to an HTTP proxy, or name the server in NO_PROXY."),
    }
}

fn tls_hint(fault: &TlsFault) -> String {
    match fault {
        TlsFault::WrongName { .. } => "Check the address: something else may answer there. Otherwise tell who runs it.".into(),
        TlsFault::Expired { now, .. } => {
            format!("Who runs the server has to renew it. Or is this machine’s clock wrong? It says {}.", moment(*now))
        }
        TlsFault::NotYetValid { now, .. } => {
            format!("Most likely this machine’s clock is wrong: it says {}.", moment(*now))
        }
        TlsFault::UnknownIssuer => {
            "Does a proxy of your company read along? Give its certificate with --ca-file FILE. If not, somebody else may be \
             listening."
                .into()
        }
        TlsFault::Authority => "Who runs the server has to make one for it (CA:FALSE).".into(),
        TlsFault::Revoked => "Do not go on. Tell who runs the server.".into(),
        TlsFault::TooOld => "The server needs TLS 1.2 or later. Tell who runs it.".into(),
        TlsFault::NotTls => "Check the port: https is often on 443. A sign-in page of the network may be in the way.".into(),
        TlsFault::WantsCertificate => "Ask who runs the server for an address without.".into(),
        TlsFault::NoTrust => "Install the system’s package ca-certificates, or give some with --ca-file FILE.".into(),
        TlsFault::Other => "Check the address and the date of this machine; ask who runs the server.".into(),
    }
}
