//! What can be wrong with the way to a server before it answers at all: its certificate, a proxy, a file of
//! certificates. Plain data; it becomes a sentence in `words`. A trouble holds it boxed: it is rare, and every
//! result would carry its size.

use jiff::Timestamp;

/// Why a secure connection cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TlsFault {
    /// The certificate is for other names.
    WrongName {
        /// Which, cleaned, a few of them; none where the system does not tell.
        names: Vec<String>,
    },
    /// The certificate has ended.
    Expired {
        /// When; absent where the system does not tell.
        ended: Option<Timestamp>,
        /// What this machine's clock said: it may be the clock that is wrong.
        now: Timestamp,
    },
    /// The certificate begins in the future.
    NotYetValid {
        /// When; absent where the system does not tell.
        begins: Option<Timestamp>,
        /// What this machine's clock said: most often it is the clock that is wrong.
        now: Timestamp,
    },
    /// Nobody whom this machine trusts signed the certificate.
    UnknownIssuer,
    /// It is the certificate of an authority, made to sign others and not to stand for a server.
    Authority,
    Revoked,
    /// No protocol or cipher in common: most often the server is too old.
    TooOld,
    /// What answers there does not speak TLS.
    NotTls,
    /// The server wants a certificate of ours.
    WantsCertificate,
    /// This machine has no certificates of authorities, so that nobody can be trusted.
    NoTrust,
    /// Another reason; the library's words are in the trouble's detail.
    Other,
}

/// Where a proxy failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtProxy {
    /// Its host and port, without any name or password.
    pub proxy: String,
    pub origin: String,
    pub host: String,
    pub fault: ProxyFault,
}

/// What is wrong with a proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProxyFault {
    /// Nobody listens there.
    Refused,
    /// Its name is not known.
    NameUnknown,
    /// It did not open the way in time, in seconds.
    TimedOut {
        seconds: u64,
    },
    /// 407: it wants a name and a password, or others than it was given.
    WantsPassword,
    /// 407, and it lets nobody in by name and password, only by what we cannot do, such as NTLM.
    WantsOther {
        /// What it offers, e.g. `Negotiate, NTLM`.
        schemes: String,
    },
    /// It answered, and does not open the way.
    Denied {
        status: Option<u16>,
    },
    /// The connection to it broke, or it does not speak HTTP.
    Broken,
    Socks,
}

/// What is wrong with a file of certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaFault {
    /// There is none.
    Missing,
    Unreadable {
        /// The system's words.
        reason: String,
    },
    NotPem,
    /// It is in PEM and holds no certificate.
    Empty,
    /// One of its certificates is damaged.
    Damaged {
        number: usize,
    },
}
