//! How a command ends, for scripts. The numbers are part of the interface and told in `--help`.

use crate::domain::error::{Cause, Error};
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Success = 0,
    /// Failed in a way that has no number of its own.
    Failure = 1,
    /// Called wrongly, or configured wrongly.
    Usage = 2,
    /// Not signed in, or not allowed.
    NotAllowed = 3,
    /// There is no such thing.
    NotFound = 4,
    /// Against a rule, or changed meanwhile.
    Conflict = 5,
    /// The server cannot be reached, or cannot answer now.
    Unavailable = 6,
    /// `attention`, `sources unlinked`: something needs somebody.
    Attention = 10,
}

/// The table of exit codes for `--help`.
pub const HELP: &str = "\
Exit codes:
  0  done
  1  failed in another way
  2  called or configured wrongly
  3  not signed in, or not allowed
  4  not found
  5  conflict, or changed meanwhile
  6  server unreachable or unavailable
 10  attention: something needs it";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Exit {
    /// How a command ends that failed like this.
    pub fn of(error: &Error) -> Self {
        match &error.cause {
            Cause::NoSecret { .. }
            | Cause::NotSignedIn
            | Cause::MfaRequired
            | Cause::ReadOnly
            | Cause::AdvancedOff
            | Cause::AdvancedNotGranted
            | Cause::NotAllowed => Self::NotAllowed,
            Cause::NotFound | Cause::Gone => Self::NotFound,
            Cause::Conflict(_) | Cause::ChangedMeanwhile => Self::Conflict,
            Cause::BadAddress { .. }
            | Cause::AddressHolds { .. }
            | Cause::CaFile { .. }
            | Cause::NotAccepted { .. } => Self::Usage,
            Cause::Refused { .. }
            | Cause::NameUnknown { .. }
            | Cause::Broken { .. }
            | Cause::TimedOut { .. }
            | Cause::Tls { .. }
            | Cause::Proxy { .. }
            | Cause::TooManyRequests
            | Cause::ServerFailed { .. }
            | Cause::Redirected { .. }
            | Cause::NotTheApi { .. } => Self::Unavailable,
            Cause::Unexpected { .. }
            | Cause::Unreadable
            | Cause::Endless(_)
            | Cause::UnsafeAddress(_)
            | Cause::NoBrowser
            | Cause::BrowserFailed(_)
            | Cause::NoClipboard
            | Cause::NotWritten(_)
            | Cause::TaskDied
            | Cause::Cancelled
            | Cause::Local => Self::Failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::error::{ConflictCode, Operation, RetryAdvice};
    use crate::domain::network_fault::TlsFault;

    #[test]
    fn the_numbers_scripts_rely_on_stay() {
        let host = || "h:1".to_owned();
        for (cause, number) in [
            (Cause::Unreadable, 1),
            (Cause::NotAccepted { violations: Vec::new() }, 2),
            (Cause::NotSignedIn, 3),
            (Cause::MfaRequired, 3),
            (Cause::ReadOnly, 3),
            (Cause::NotFound, 4),
            (Cause::Conflict(ConflictCode::AlreadyUnlinked), 5),
            (Cause::ChangedMeanwhile, 5),
            (Cause::Refused { host: host() }, 6),
            (Cause::tls("h:1", TlsFault::NotTls), 6),
            (Cause::ServerFailed { status: 503 }, 6),
        ] {
            let error = Error::new(Operation::ListCompanies, cause, RetryAdvice::Never);
            assert_eq!(Exit::of(&error) as u8, number, "{error:?}");
            assert!(HELP.contains(&format!("\n  {number}  ")));
        }
    }
}
