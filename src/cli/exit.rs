//! How a command ends, for scripts. The numbers are part of the interface and told in `--help`.

use crate::domain::trouble::{Because, Trouble};
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
  6  server unreachable or unavailable";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Exit {
    /// How a command ends that failed like this.
    #[must_use]
    pub fn of(trouble: &Trouble) -> Self {
        match &trouble.because {
            Because::NoSecret { .. }
            | Because::NotSignedIn
            | Because::MfaRequired
            | Because::ReadOnly
            | Because::AdvancedOff
            | Because::AdvancedNotGranted
            | Because::NotAllowed => Self::NotAllowed,
            Because::NotFound | Because::Gone => Self::NotFound,
            Because::Conflict(_) | Because::ChangedMeanwhile => Self::Conflict,
            Because::BadAddress { .. }
            | Because::AddressHolds { .. }
            | Because::CaFile { .. }
            | Because::NotAccepted { .. } => Self::Usage,
            Because::Refused { .. }
            | Because::NameUnknown { .. }
            | Because::Broken { .. }
            | Because::TimedOut { .. }
            | Because::Tls { .. }
            | Because::Proxy { .. }
            | Because::TooManyRequests
            | Because::ServerFailed { .. }
            | Because::Redirected { .. }
            | Because::NotTheApi { .. } => Self::Unavailable,
            Because::Unexpected { .. }
            | Because::Unreadable
            | Because::Endless(_)
            | Because::UnsafeAddress(_)
            | Because::NoBrowser
            | Because::BrowserFailed(_)
            | Because::NoClipboard
            | Because::NotWritten(_)
            | Because::TaskDied
            | Because::Cancelled
            | Because::Local => Self::Failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::line::TlsFault;
    use crate::domain::trouble::{ConflictCode, Retry, What};

    #[test]
    fn the_numbers_scripts_rely_on_stay() {
        let host = || "h:1".to_owned();
        for (because, number) in [
            (Because::Unreadable, 1),
            (Because::NotAccepted { violations: Vec::new() }, 2),
            (Because::NotSignedIn, 3),
            (Because::MfaRequired, 3),
            (Because::ReadOnly, 3),
            (Because::NotFound, 4),
            (Because::Conflict(ConflictCode::AlreadyUnlinked), 5),
            (Because::ChangedMeanwhile, 5),
            (Because::Refused { host: host() }, 6),
            (Because::tls("h:1", TlsFault::NotTls), 6),
            (Because::ServerFailed { status: 503 }, 6),
        ] {
            let trouble = Trouble::new(What::ListCompanies, because, Retry::Never);
            assert_eq!(Exit::of(&trouble) as u8, number, "{trouble:?}");
            assert!(HELP.contains(&format!("\n  {number}  ")));
        }
    }
}
