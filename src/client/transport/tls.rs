//! What a failed handshake means, and how a secure connection is set up: with the system's trust, and with the
//! certificates of a file of the user's besides. There is no way to switch the checks off.

use crate::domain::error::Cause;
use crate::domain::network_fault::{CaFault, TlsFault};
use crate::domain::text::clean;
use jiff::Timestamp;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::UnixTime;
use rustls::pki_types::pem::PemObject as _;
use rustls::{
    AlertDescription as Alert, CertificateError as Unfit, ClientConfig, ConfigBuilder, Error, InvalidMessage,
    RootCertStore, WantsVerifier,
};
use rustls_platform_verifier::Verifier;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

/// All the authorities of the world are a twentieth of this.
const LONGEST: u64 = 4 << 20;
/// So many names of a certificate are told; some have hundreds.
const NAMES: usize = 3;

/// The set-up of a secure connection. Reads the system's certificates and the file.
///
/// # Errors
/// [`Cause::CaFile`], or [`Cause::Tls`] if the system has no certificates.
pub fn setup(host: &str, ca_file: Option<&Path>) -> Result<ClientConfig, Cause> {
    let extra = ca_file.map(certificates).transpose()?.unwrap_or_default();
    let failed = |error: &Error| Cause::tls(host, without_trust(error));
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier::new_with_extra_roots(extra, provider).map_err(|error| failed(&error))?;
    let config = configuration().map_err(|error| failed(&error))?;
    Ok(config.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

/// A set-up for what goes without TLS: no certificates have to be read, and none is good enough.
///
/// # Errors
/// [`Cause::Tls`], if the library cannot be set up.
pub fn trusting_nobody(host: &str) -> Result<ClientConfig, Cause> {
    let config = configuration().map_err(|error| Cause::tls(host, without_trust(&error)))?;
    Ok(config.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

fn configuration() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions()
}

/// The certificates of the user's file; at least one.
fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Cause> {
    read(path).map_err(|fault| Cause::ca_file(&clean(&path.display().to_string()), fault))
}

fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>, CaFault> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => CaFault::Missing,
        _ => CaFault::Unreadable { reason: error.to_string() },
    };
    // Asked before it is opened: opening a pipe waits for whoever writes to it.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(CaFault::Unreadable { reason: "it is not a file".to_owned() });
    }
    let mut text = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut text)).map_err(unreadable)?;
    if !text.windows(11).any(|window| window == b"-----BEGIN ") {
        return Err(CaFault::NotPem);
    }
    let mut all = Vec::new();
    for (index, certificate) in CertificateDer::pem_slice_iter(&text).enumerate() {
        let damaged = CaFault::Damaged { number: index + 1 };
        let certificate = certificate.map_err(|_| damaged.clone())?;
        // The same test that the store of roots makes, so that the number of the damaged one is known.
        rustls::RootCertStore::empty().add(certificate.clone()).map_err(|_| damaged)?;
        all.push(certificate);
    }
    if all.is_empty() { Err(CaFault::Empty) } else { Ok(all) }
}

fn without_trust(error: &Error) -> TlsFault {
    // All that can fail here with good certificates is that there are none.
    if matches!(error, Error::General(_)) { TlsFault::NoTrust } else { TlsFault::Other }
}

/// What an error of the handshake means.
pub fn fault(error: &Error) -> TlsFault {
    match error {
        Error::InvalidCertificate(unfit) => unfitness(unfit),
        Error::PeerIncompatible(_)
        | Error::AlertReceived(Alert::HandshakeFailure | Alert::ProtocolVersion | Alert::InsufficientSecurity) => {
            TlsFault::TooOld
        }
        Error::InvalidMessage(InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion) => {
            TlsFault::NotTls
        }
        Error::AlertReceived(Alert::UnrecognisedName) => TlsFault::WrongName { names: Vec::new() },
        Error::AlertReceived(Alert::CertificateRequired) => TlsFault::WantsCertificate,
        _ => TlsFault::Other,
    }
}

fn unfitness(unfit: &Unfit) -> TlsFault {
    match unfit {
        Unfit::Expired => TlsFault::Expired { ended: None, now: crate::clock::now() },
        Unfit::ExpiredContext { time, not_after } => {
            TlsFault::Expired { ended: moment(*not_after), now: moment(*time).unwrap_or_else(crate::clock::now) }
        }
        Unfit::NotValidYet => TlsFault::NotYetValid { begins: None, now: crate::clock::now() },
        Unfit::NotValidYetContext { time, not_before } => {
            TlsFault::NotYetValid { begins: moment(*not_before), now: moment(*time).unwrap_or_else(crate::clock::now) }
        }
        Unfit::NotValidForName => TlsFault::WrongName { names: Vec::new() },
        Unfit::NotValidForNameContext { presented, .. } => {
            TlsFault::WrongName { names: presented.iter().take(NAMES).map(|name| plain(name)).collect() }
        }
        Unfit::UnknownIssuer | Unfit::BadSignature => TlsFault::UnknownIssuer,
        Unfit::Revoked => TlsFault::Revoked,
        // Not exported by name: the verifier wraps the error of the library below it.
        Unfit::Other(other) if format!("{other:?}").contains("CaUsedAsEndEntity") => TlsFault::Authority,
        _ => TlsFault::Other,
    }
}

/// rustls writes names as `DnsName("api.example")`, or `IpAddress(127.0.0.1)`.
fn plain(name: &str) -> String {
    let inner = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(name);
    clean(inner.trim_matches('"')).chars().take(80).collect()
}

fn moment(time: UnixTime) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(time.as_secs()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::{CertificateError, PeerIncompatible};
    use std::time::Duration;

    #[test]
    fn each_kind_of_error_is_named_with_and_without_its_particulars() {
        let at = |seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        let unfit = |unfit| fault(&Error::InvalidCertificate(unfit));
        let day = |seconds| Timestamp::from_second(seconds).ok();
        let expired = CertificateError::ExpiredContext { time: at(200), not_after: at(100) };
        assert_eq!(unfit(expired), TlsFault::Expired { ended: day(100), now: day(200).unwrap() });
        let early = CertificateError::NotValidYetContext { time: at(100), not_before: at(200) };
        assert_eq!(unfit(early), TlsFault::NotYetValid { begins: day(200), now: day(100).unwrap() });
        // As other systems tell it.
        assert!(matches!(unfit(CertificateError::Expired), TlsFault::Expired { ended: None, .. }));
        assert!(matches!(unfit(CertificateError::NotValidYet), TlsFault::NotYetValid { begins: None, .. }));
        assert_eq!(unfit(CertificateError::NotValidForName), TlsFault::WrongName { names: Vec::new() });
        assert_eq!(unfit(CertificateError::Revoked), TlsFault::Revoked);
        assert_eq!(unfit(CertificateError::UnknownIssuer), TlsFault::UnknownIssuer);
        assert_eq!(unfit(CertificateError::BadEncoding), TlsFault::Other);
        assert_eq!(fault(&Error::PeerIncompatible(PeerIncompatible::NoCipherSuitesInCommon)), TlsFault::TooOld);
        assert_eq!(fault(&Error::DecryptError), TlsFault::Other);
        assert_eq!(without_trust(&Error::General("none".into())), TlsFault::NoTrust);
    }

    #[test]
    fn names_of_a_certificate_are_few_short_and_harmless() {
        let presented = (0..9).map(|n| format!("DnsName(\"\u{1b}[31m{n}{}\")", "x".repeat(500))).collect();
        let expected = rustls::pki_types::ServerName::try_from("api.example").unwrap();
        let error = CertificateError::NotValidForNameContext { expected, presented };
        let TlsFault::WrongName { names } = fault(&Error::InvalidCertificate(error)) else { panic!("another fault") };
        assert_eq!(names.len(), NAMES);
        assert!(names.iter().all(|name| name.chars().count() <= 80 && !name.contains('\u{1b}')), "{names:?}");
        assert_eq!(plain("IpAddress(127.0.0.1)"), "127.0.0.1");
        assert_eq!(plain("DnsName(\"*.api.example\")"), "*.api.example");
    }
}
