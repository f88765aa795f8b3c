//! Why something failed, and what that says of a write.

use crate::domain::launch::{NotOpened, Refusal};
use crate::domain::network_fault::{AtProxy, CaFault, TlsFault};
use crate::domain::paging::Endless;
use crate::domain::secret::NoSecret;

/// What a failed try tells of the write that it was to carry out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The server answered this very write: it was not done, by this try or an earlier one under the same key.
    Answered,
    /// This try did not get as far as the write; it says nothing about an earlier one.
    NotReached,
    /// No answer came, or none of the API that could be read: it may have been done.
    Unknown,
}

/// Why it failed; `AsRef<str>` is its name without what it holds.
#[derive(Debug, Clone, PartialEq, strum::AsRefStr)]
pub enum Cause {
    /// Nobody listens at that address.
    Refused {
        /// Host and port.
        host: String,
    },
    /// The name of the server is not known.
    NameUnknown {
        host: String,
    },
    /// No route, reset, or another break of the line.
    Broken {
        /// Host and port.
        host: String,
    },
    /// No answer in time, in seconds.
    TimedOut {
        seconds: u64,
    },
    /// The secure connection failed; the library's words are in `detail`.
    Tls {
        /// Host and port.
        host: String,
        fault: Box<TlsFault>,
    },
    /// The proxy on the way to the server.
    Proxy(Box<AtProxy>),
    /// The file of certificates to trust besides those of the system.
    CaFile {
        path: String,
        fault: Box<CaFault>,
    },
    /// The address of the server is not usable; https is needed except on loopback.
    BadAddress {
        /// As it was configured, without credentials.
        address: String,
    },
    /// The address of the server has something in it that does not belong there.
    AddressHolds {
        /// As it was configured, without it.
        address: String,
        extra: Extra,
    },
    /// The secret of a profile cannot be had.
    NoSecret {
        profile: String,
        why: Box<NoSecret>,
    },
    /// 401 even with a fresh token, or the credential itself was refused.
    NotSignedIn,
    /// 403 `MFA_REQUIRED`.
    MfaRequired,
    /// 403 `READ_ONLY`, or our own gate in read-only mode.
    ReadOnly,
    /// 403 `ADVANCED_PERMISSION_OFF`: an Owner of the company does not allow it.
    AdvancedOff,
    /// 403 `ADVANCED_PERMISSION_NOT_GRANTED`: the MSP did not grant it to this technician.
    AdvancedNotGranted,
    /// Any other 403.
    NotAllowed,
    NotFound,
    /// 409; the server's code says which rule.
    Conflict(ConflictCode),
    Gone,
    /// 412 or 428: it changed meanwhile.
    ChangedMeanwhile,
    /// 400 or 422: the server does not accept what was sent.
    NotAccepted {
        violations: Vec<Violation>,
    },
    TooManyRequests,
    ServerFailed {
        status: u16,
    },
    Unexpected {
        status: u16,
    },
    /// A redirect, which is never followed with a token.
    Redirected {
        to: String,
    },
    /// Not JSON: a captive portal or a wrong address.
    NotTheApi {
        content_type: String,
    },
    /// JSON that does not fit, or a body cut short, or far too large.
    Unreadable,
    /// A list that goes on for ever.
    Endless(Endless),
    /// A launch address that must not be opened.
    UnsafeAddress(Refusal),
    NoBrowser,
    /// Every program that could open the browser failed: which, and how.
    BrowserFailed(Vec<(String, NotOpened)>),
    /// This terminal has no clipboard, and no program here has one.
    NoClipboard,
    NotWritten(Box<NotWritten>),
    TaskDied,
    /// Nobody waits for it any more.
    Cancelled,
    /// A local file or the embedded server.
    Local,
}

impl Cause {
    /// What this says of a write. A connection that cannot be made, a sign-in that is refused and a limit of requests
    /// stop a try before the write; whatever breaks after that leaves it open.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::NotFound
            | Self::Conflict(_)
            | Self::Gone
            | Self::ChangedMeanwhile
            | Self::NotAccepted { .. }
            | Self::Endless(_)
            | Self::AdvancedOff
            | Self::AdvancedNotGranted => Outcome::Answered,
            Self::Refused { .. }
            | Self::NameUnknown { .. }
            | Self::Tls { .. }
            | Self::Proxy(_)
            | Self::CaFile { .. }
            | Self::BadAddress { .. }
            | Self::AddressHolds { .. }
            | Self::NoSecret { .. }
            | Self::NotSignedIn
            | Self::MfaRequired
            | Self::ReadOnly
            | Self::NotAllowed
            | Self::TooManyRequests
            | Self::UnsafeAddress(_)
            | Self::NoBrowser
            | Self::BrowserFailed(_)
            | Self::NoClipboard
            | Self::NotWritten(_)
            | Self::Local
            // Other refusals of HTTP: whoever sent it did not take the request.
            | Self::Unexpected { status: 400..=499 } => Outcome::NotReached,
            Self::Broken { .. }
            | Self::TimedOut { .. }
            | Self::ServerFailed { .. }
            | Self::Unexpected { .. }
            | Self::Redirected { .. }
            | Self::NotTheApi { .. }
            | Self::Unreadable
            | Self::TaskDied
            | Self::Cancelled => Outcome::Unknown,
        }
    }

    /// The secure connection failed.
    #[must_use]
    pub fn tls(host: &str, fault: TlsFault) -> Self {
        Self::Tls { host: host.to_owned(), fault: Box::new(fault) }
    }

    #[must_use]
    pub fn not_written(path: &str, fault: FileFault) -> Self {
        Self::NotWritten(Box::new(NotWritten { path: path.to_owned(), fault }))
    }

    /// The file of certificates does not hold.
    #[must_use]
    pub fn ca_file(path: &str, fault: CaFault) -> Self {
        Self::CaFile { path: path.to_owned(), fault: Box::new(fault) }
    }
}

/// A file that could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotWritten {
    pub path: String,
    pub fault: FileFault,
}

/// Why a file could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// There is one of this name, and nobody said that it may be replaced.
    Exists,
    NoFolder,
    /// It is a folder, a device or another thing that is no file.
    NotAFile,
    NotAllowed,
    /// Nothing can be written there.
    ReadOnly,
    /// The disk, or what one may use of it, is full.
    Full,
    /// Another reason, in the system's words.
    Other(String),
}

/// What does not belong into the address of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// A user name or a password.
    Credentials,
    /// Something behind `?` or `#`.
    Query,
}

/// Codes of a 409.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictCode {
    /// No confirmed owner: cannot be unlinked.
    NoConfirmedOwner,
    AlreadyUnlinked,
    /// It is not unlinked, suspended, … enough for this.
    WrongState,
    /// The step cannot be *not applicable*.
    StepMustApply,
    /// The last confirmed owner cannot be taken away or suspended.
    LastOwner,
    /// Nobody recovers themself.
    SelfRecovery,
    /// Technicians are no owners, are not suspended and not recovered from here.
    TechnicianNotAllowed,
    AlreadyManaged,
    RegionMismatch,
    /// The companies are invented: nothing real is imported among them.
    SampleWorkspace,
    /// Companies of the import were changed since.
    ImportTouched,
    /// The import was taken back before.
    ImportUndone,
    /// Only the web console of 1Password can do it.
    GuidedOnly,
    /// 1Password refuses it, or cannot be asked.
    SourceFailed,
    /// 1Password said that it is done, and it is not.
    NotDone,
    /// There is one of this address already.
    AlreadyExists,
    /// Another word.
    Other(String),
}

/// One field that the server does not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub field: String,
    /// The server's own sentence.
    pub description: String,
}
