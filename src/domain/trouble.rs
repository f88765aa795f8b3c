//! What can go wrong, as data. It becomes a sentence in `words`, in the user's language.

use super::line::{AtProxy, CaFault, TlsFault};
use jiff::Timestamp;

/// A failure that a person can act on: what failed, why, and when to try again. Never holds a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Trouble {
    /// What was being done.
    pub what: What,
    /// Why it failed.
    pub because: Because,
    /// What trying again would do.
    pub retry: Retry,
    /// The server's own words or the library's, cleaned for display; empty when there are none.
    pub detail: String,
    /// The server's name for this request, to quote to its operator.
    pub request_id: Option<String>,
}

impl Trouble {
    /// A trouble without further words.
    #[must_use]
    pub fn new(what: What, because: Because, retry: Retry) -> Self {
        Self { what, because, retry, detail: String::new(), request_id: None }
    }

    /// Whether a write that ended like this may have been done all the same: no answer came, or none that could be
    /// read. It has to be sent again under the same idempotency key.
    #[must_use]
    pub fn may_be_done(&self) -> bool {
        matches!(
            self.because,
            Because::TimedOut { .. }
                | Because::Broken { .. }
                | Because::ServerFailed { .. }
                | Because::Unreadable
                | Because::NotTheApi { .. }
                | Because::TaskDied
        )
    }
}

/// What was being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// Starting the embedded server.
    Start,
    /// Signing in.
    SignIn,
    /// Loading the list of companies.
    ListCompanies,
    /// Asking what changed.
    Changes,
    /// Loading one company.
    LoadCompany,
    /// Changing one company.
    EditCompany,
    /// Launching.
    Launch,
    /// Opening the browser.
    OpenBrowser,
    /// Copying to the clipboard.
    Copy,
    /// The pre-flight of an unlink.
    Preflight,
    /// Unlinking.
    Unlink,
    /// Loading the checklist.
    LoadSetup,
    /// Changing a step.
    EditSetup,
    /// Loading people.
    LoadPeople,
    /// Loading groups.
    LoadGroups,
    /// Adding a company.
    AddCompany,
    /// Loading link requests.
    LoadLinks,
    /// Accepting a link.
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
    /// Loading vaults.
    LoadVaults,
    /// Getting access to a vault.
    GrantVault,
    /// Loading usage.
    LoadUsage,
    /// Loading the audit trail.
    LoadActivity,
    /// Writing a file.
    Export,
    /// Taking a change back.
    Undo,
}

/// Why it failed.
#[derive(Debug, Clone, PartialEq)]
pub enum Because {
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
    /// The secret of a profile cannot be had.
    NoSecret {
        /// The profile's name.
        profile: String,
        /// Why not.
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
    /// A launch address that must not be opened.
    UnsafeAddress(super::launch::Refusal),
    /// No browser could be opened.
    NoBrowser,
    /// The background task died.
    TaskDied,
    /// Nobody waits for it any more.
    Cancelled,
    /// A local file or the embedded server.
    Local,
}

impl Because {
    /// The secure connection failed.
    #[must_use]
    pub fn tls(host: &str, fault: TlsFault) -> Self {
        Self::Tls { host: host.to_owned(), fault: Box::new(fault) }
    }

    /// The file of certificates does not hold.
    #[must_use]
    pub fn ca_file(path: &str, fault: CaFault) -> Self {
        Self::CaFile { path: path.to_owned(), fault: Box::new(fault) }
    }
}

/// Codes of a 409.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictCode {
    /// No confirmed owner: cannot be unlinked.
    NoConfirmedOwner,
    /// It is unlinked already.
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
pub enum Retry {
    /// Nothing, until something else changes.
    Never,
    /// Might work at once.
    Now,
    /// Might work from this moment on.
    At(Timestamp),
}
