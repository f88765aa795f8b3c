//! What can go wrong, as data. It becomes a sentence in `words`, in the user's language.

use super::launch::NotOpened;
use super::network_fault::{AtProxy, CaFault, TlsFault};
use super::paging::Endless;
use jiff::Timestamp;
use std::time::Duration;

/// A failure that a person can act on: what failed, why, and when to try again. Never holds a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    /// What was being done.
    pub what: Operation,
    /// Why it failed.
    pub cause: Cause,
    /// What trying again would do.
    pub retry: RetryAdvice,
    /// The server's own words or the library's, cleaned for display; empty when there are none.
    pub detail: String,
    /// The server's name for this request, to quote to its operator.
    pub request_id: Option<String>,
    /// An earlier try of the same intent was left without an answer, and this one brought none about it.
    pub unsettled: bool,
}

impl Error {
    /// A trouble without further words.
    #[must_use]
    pub fn new(what: Operation, cause: Cause, retry: RetryAdvice) -> Self {
        Self { what, cause, retry, detail: String::new(), request_id: None, unsettled: false }
    }

    /// Whether a write that ended like this may have been done all the same. It has to be sent again under the same
    /// idempotency key, and must not be told as a failure. The one definition of *the answer was lost*.
    #[must_use]
    pub fn may_be_done(&self) -> bool {
        self.unsettled || self.what.writes() && self.cause.outcome() == Outcome::Unknown
    }

    /// This failure, after an earlier try of the same intent that may have been done: only an answer to the write
    /// itself settles that.
    #[must_use]
    pub fn after(mut self, unsure: bool) -> Self {
        self.unsettled |= unsure && self.cause.outcome() != Outcome::Answered;
        self
    }

    /// A failed rehearsal: nothing was to be done, so nothing can have been.
    #[must_use]
    pub fn of_rehearsal(mut self) -> Self {
        if self.may_be_done() {
            (self.what, self.unsettled) = (Operation::Rehearse, false);
        }
        self
    }
}

/// What was being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Starting the embedded server.
    Start,
    SignIn,
    /// Loading the list of companies.
    ListCompanies,
    /// Asking what changed.
    Changes,
    LoadCompany,
    /// Changing one company.
    EditCompany,
    Launch,
    OpenBrowser,
    /// Copying to the clipboard.
    Copy,
    /// The pre-flight of an unlink.
    Preflight,
    Unlink,
    /// Loading the checklist.
    LoadSetup,
    /// Changing a step.
    EditSetup,
    LoadPeople,
    LoadGroups,
    AddCompany,
    /// Loading link requests.
    LoadLinks,
    AcceptLink,
    /// Cancelling a link.
    CancelLink,
    /// Adding somebody to a group, or taking them out.
    ChangeGroup,
    /// Suspending or reactivating somebody.
    ChangePerson,
    /// A step of a recovery.
    Recover,
    /// Loading open recoveries.
    LoadRecoveries,
    LoadVaults,
    /// Getting access to a vault.
    GrantVault,
    LoadUsage,
    /// Loading the audit trail.
    LoadActivity,
    /// Writing a file.
    Export,
    /// Taking a change back.
    Undo,
    /// Letting the server check a change without making it.
    Rehearse,
}

impl Operation {
    /// Whether it changes something on the server.
    #[must_use]
    pub fn writes(self) -> bool {
        match self {
            Self::EditCompany
            | Self::Launch
            | Self::Unlink
            | Self::EditSetup
            | Self::AddCompany
            | Self::AcceptLink
            | Self::CancelLink
            | Self::ChangeGroup
            | Self::ChangePerson
            | Self::Recover
            | Self::GrantVault
            | Self::Undo => true,
            Self::Start
            | Self::SignIn
            | Self::ListCompanies
            | Self::Changes
            | Self::LoadCompany
            | Self::OpenBrowser
            | Self::Copy
            | Self::Preflight
            | Self::LoadSetup
            | Self::LoadPeople
            | Self::LoadGroups
            | Self::LoadLinks
            | Self::LoadRecoveries
            | Self::LoadVaults
            | Self::LoadUsage
            | Self::LoadActivity
            | Self::Export
            | Self::Rehearse => false,
        }
    }

    /// Whether it is asked for again without anybody doing anything: what is shown is kept up.
    #[must_use]
    pub fn is_kept_up(self) -> bool {
        let once = [Self::Preflight, Self::Rehearse, Self::Export, Self::Copy, Self::OpenBrowser];
        !self.writes() && !once.contains(&self)
    }
}

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

/// Why it failed.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    /// Nobody listens at that address.
    Refused {
        /// Host and port.
        host: String,
    },
    /// The name of the server is not known.
    NameUnknown {
        /// The name.
        host: String,
    },
    /// No route, reset, or another break of the line.
    Broken {
        /// Host and port.
        host: String,
    },
    /// No answer in time, in seconds.
    TimedOut {
        /// How long it was waited for.
        seconds: u64,
    },
    /// The secure connection failed; the library's words are in `detail`.
    Tls {
        /// Host and port.
        host: String,
        /// Why.
        fault: Box<TlsFault>,
    },
    /// The proxy on the way to the server.
    Proxy(Box<AtProxy>),
    /// The file of certificates to trust besides those of the system.
    CaFile {
        /// The file.
        path: String,
        /// What is wrong with it.
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
        /// The profile's name.
        profile: String,
        why: Box<super::secret::NoSecret>,
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
    /// 404.
    NotFound,
    /// 409; the server's code says which rule.
    Conflict(ConflictCode),
    /// 410.
    Gone,
    /// 412 or 428: it changed meanwhile.
    ChangedMeanwhile,
    /// 400 or 422: the server does not accept what was sent.
    NotAccepted {
        /// What exactly, field by field.
        violations: Vec<Violation>,
    },
    /// 429.
    TooManyRequests,
    /// 5xx.
    ServerFailed {
        /// The HTTP status.
        status: u16,
    },
    /// Any other status.
    Unexpected {
        /// The HTTP status.
        status: u16,
    },
    /// A redirect, which is never followed with a token.
    Redirected {
        /// The host it points to.
        to: String,
    },
    /// Not JSON: a captive portal or a wrong address.
    NotTheApi {
        /// What came instead.
        content_type: String,
    },
    /// JSON that does not fit, or a body cut short, or far too large.
    Unreadable,
    /// A list that goes on for ever.
    Endless(Endless),
    /// A launch address that must not be opened.
    UnsafeAddress(super::launch::Refusal),
    /// There is no browser to be opened.
    NoBrowser,
    /// Every program that could open the browser failed: which, and how.
    BrowserFailed(Vec<(String, NotOpened)>),
    /// This terminal has no clipboard, and no program here has one.
    NoClipboard,
    /// A file could not be written.
    NotWritten(Box<NotWritten>),
    /// The background task died.
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

    /// A file could not be written.
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
    /// Where it was to be.
    pub path: String,
    /// Why not.
    pub fault: FileFault,
}

/// Why a file could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// There is one of this name, and nobody said that it may be replaced.
    Exists,
    /// There is no such folder.
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

/// A call that failed and will be tried again by itself, but not at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Pause {
    /// How long until then.
    pub wait: Duration,
    /// Why it failed.
    pub error: Error,
}

/// How long a wait is told to be, of milliseconds: rounded up, but not for the moment by which it is longer than what
/// the server asked for.
#[must_use]
pub fn whole_seconds(millis: u128) -> i64 {
    i64::try_from(millis.saturating_add(949) / 1000).unwrap_or(i64::MAX)
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
    /// The company is managed already.
    AlreadyManaged,
    /// The company is in another data region.
    RegionMismatch,
    /// Another word.
    Other(String),
}

/// One field that the server does not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The field's name in the contract.
    pub field: String,
    /// The server's own sentence.
    pub description: String,
}

/// What trying again would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAdvice {
    /// Nothing, until something else changes.
    Never,
    /// Might work at once.
    Now,
    /// Might work from this moment on.
    At(Timestamp),
}
