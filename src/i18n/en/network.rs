//! What is wrong on the way to a server: its certificate, a proxy, a file of certificates.

use crate::domain::error::Cause;
use crate::domain::lang::Lang;
use crate::domain::network_fault::{CaFault, ProxyFault, TlsFault};
use crate::i18n::Clock;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Certificates expire at a moment in UTC, so it is shown in UTC.
fn moment(moment: Timestamp) -> String {
    Clock { lang: Lang::En, now: moment, zone: TimeZone::UTC }.exact(moment)
}

pub(super) fn cause(cause: &Cause, detail: &str) -> Option<String> {
    Some(match cause {
        Cause::Tls { host, fault } => tls(host, fault, detail),
        Cause::Proxy(at) => by_proxy(&format!("the proxy {} ({})", at.proxy, at.origin), &at.host, &at.fault),

        Cause::CaFile { path, fault } => match &**fault {
            CaFault::Missing => format!("the CA file {path} doesn't exist"),
            CaFault::Unreadable { reason } => format!("the CA file {path} can't be read: {reason}"),
            CaFault::NotPem => format!("the CA file {path} isn't in PEM format"),
            CaFault::Empty => format!("the CA file {path} contains no certificate"),
            CaFault::Damaged { number } => format!("certificate {number} in the CA file {path} is damaged"),
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
            format!("the certificate of {host} is from an issuer that this machine doesn't trust")
        }
        TlsFault::Authority => format!("{host} presents a CA certificate, not a server certificate"),
        TlsFault::Revoked => format!("the certificate of {host} was revoked"),
        TlsFault::TooOld => format!("{host} and mspdash have no secure protocol version in common"),
        TlsFault::NotTls => format!("{host} responds without encryption"),
        TlsFault::WantsCertificate => format!("{host} asks for a client certificate, which mspdash doesn't have"),
        TlsFault::NoTrust => {
            format!("no secure connection to {host}: this machine trusts no certificate issuer")
        }
        TlsFault::Other => format!("no secure connection to {host}: {detail}"),
    }
}

fn by_proxy(proxy: &str, host: &str, fault: &ProxyFault) -> String {
    match fault {
        ProxyFault::Refused => format!("connection refused by {proxy}"),
        ProxyFault::NameUnknown => format!("host not found: {proxy}"),
        ProxyFault::TimedOut { seconds } => format!("{proxy} did not connect to {host} within {seconds} s"),
        ProxyFault::WantsPassword => format!("{proxy} requires a user name and password (407)"),
        ProxyFault::WantsOther { schemes } => {
            format!("{proxy} accepts only {schemes}, not a user name and password in its address")
        }
        ProxyFault::Denied { status: Some(status) } => format!("{proxy} refuses to connect to {host} ({status})"),
        ProxyFault::Denied { status: None } => format!("{proxy} refuses to connect to {host}"),
        ProxyFault::Broken => format!("connection to {proxy} lost"),
        ProxyFault::Socks => format!("{proxy} uses SOCKS, which mspdash doesn't support"),
    }
}

pub(super) fn hint(cause: &Cause) -> Option<String> {
    Some(match cause {
        Cause::Tls { fault, .. } => tls_hint(fault),
        Cause::Proxy(at) => proxy_hint(&at.origin, &at.fault),
        Cause::CaFile { fault, .. } => match &**fault {
            CaFault::Missing | CaFault::Unreadable { .. } => "Check --ca-file and ca_file in config.toml.".into(),
            CaFault::NotPem => "Convert it: openssl x509 -inform der -in FILE -out FILE.pem".into(),
            CaFault::Empty | CaFault::Damaged { .. } => {
                "It needs complete blocks from BEGIN CERTIFICATE to END CERTIFICATE.".into()
            }
        },
        _ => return None,
    })
}

fn proxy_hint(origin: &str, fault: &ProxyFault) -> String {
    match fault {
        ProxyFault::Refused | ProxyFault::NameUnknown | ProxyFault::Broken => {
            format!("Check {origin}. NO_PROXY lists servers to reach without a proxy.")
        }
        ProxyFault::TimedOut { .. } | ProxyFault::Denied { .. } => {
            "Ask the proxy's operator, or add the server to NO_PROXY if it can be reached directly.".into()
        }
        ProxyFault::WantsPassword => {
            format!(
                "Put them into {origin}: http://NAME:PASSWORD@HOST:PORT. If they are there already, they are wrong."
            )
        }
        ProxyFault::WantsOther { .. } => {
            format!(
                "Run a helper that signs in to it, such as cntlm or px, and set {origin} to that; or ask for Basic authentication."
            )
        }
        ProxyFault::Socks => format!("Set {origin} to an HTTP proxy, or add the server to NO_PROXY."),
    }
}

fn tls_hint(fault: &TlsFault) -> String {
    match fault {
        TlsFault::WrongName { .. } => "Check the address: another server may be responding. Otherwise tell the server's operator.".into(),
        TlsFault::Expired { now, .. } => {
            format!("The server's operator has to renew it. Or is this machine's clock wrong? It says {}.", moment(*now))
        }
        TlsFault::NotYetValid { now, .. } => {
            format!("This machine's clock is probably wrong: it says {}.", moment(*now))
        }
        TlsFault::UnknownIssuer => {
            "Does a proxy of your company inspect the traffic? Give its certificate with --ca-file FILE. If not, someone \
             else may be listening."
                .into()
        }
        TlsFault::Authority => "The server's operator has to issue a server certificate (CA:FALSE).".into(),
        TlsFault::Revoked => "Do not continue. Tell the server's operator.".into(),
        TlsFault::TooOld => "The server must support TLS 1.2 or later. Tell its operator.".into(),
        TlsFault::NotTls => "Check the port: https usually uses 443. A network sign-in page may be in the way.".into(),
        TlsFault::WantsCertificate => "Ask the server's operator for an address that doesn't need one.".into(),
        TlsFault::NoTrust => "Install the ca-certificates package, or give certificates with --ca-file FILE.".into(),
        TlsFault::Other => "Check the address and this machine's date; ask the server's operator.".into(),
    }
}
