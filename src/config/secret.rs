//! Where the secret of a profile is, and how to get it. The order is fixed: keyring, command, file, environment.
//!
//! An empty source is skipped, and so is the keyring on a machine without one. A source that fails is skipped too if
//! a later one has the secret; otherwise its error is reported. A file that other users can access ends the search:
//! going on would hide it.

mod command;
pub(super) mod file;
pub(super) mod keyring;
mod keyring_notice;
mod text;

pub use command::secret_variables;
pub use keyring_notice::{keyring_notice, remember_keyring_notice};
pub use text::checked;

use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::ProfileId;
use crate::domain::secret::NoSecret;
use crate::domain::text::clean;
use secrecy::SecretString;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Fetched on first use, never before the first frame.
#[derive(Debug, Clone)]
pub enum Secret {
    /// From the environment or a credentials file.
    Known(SecretString),
    /// The sources of a profile, in the order in which they are tried.
    Places { profile: ProfileId, places: Vec<Place> },
}

/// One source of a secret. `Debug` does not show it.
#[derive(Debug, Clone)]
pub enum Place {
    /// A variable next to the server's, or a credentials file.
    Given,
    /// The service is `mspdash`.
    Keyring {
        /// Client id and server, so that a secret never goes to a server that it was not stored for.
        account: String,
    },
    /// The output of a user's program.
    Command {
        /// Run without a shell.
        argv: Vec<String>,
        /// Variables that it must not inherit.
        hide: Vec<String>,
    },
    File {
        path: PathBuf,
        /// In our own directory, not one that the user named.
        own: bool,
    },
    /// Read at the start.
    Environment { name: String, value: Option<SecretString> },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given => f.write_str("given at the start"),
            Self::Keyring { .. } => f.write_str("keyring"),
            Self::Command { argv, .. } => write!(f, "command {}", argv.first().map(String::as_str).unwrap_or_default()),
            Self::File { path, .. } => write!(f, "file {}", path.display()),
            Self::Environment { name, .. } => write!(f, "variable {name}"),
        }
    }
}

impl Place {
    /// The name in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Keyring { .. } => "keyring",
            Self::Command { .. } => "command",
            Self::File { .. } => "file",
            Self::Environment { .. } => "environment",
        }
    }

    /// Whether it has a secret, without fetching it. A command is not run.
    pub fn presence(&self) -> Presence {
        match self {
            Self::Given => Presence::Present,
            Self::Keyring { account } => keyring::presence(account),
            Self::Command { .. } => Presence::NotAsked,
            Self::File { path, .. } => file::presence(path),
            Self::Environment { value, .. } if value.is_some() => Presence::Present,
            Self::Environment { .. } => Presence::Absent,
        }
    }

    fn look(&self) -> Lookup {
        match self {
            Self::Keyring { account } => keyring::get(account),
            Self::Command { argv, hide } => command::run(argv, hide, command::TIMEOUT),
            Self::File { path, .. } => file::read(path),
            Self::Given | Self::Environment { value: None, .. } => Lookup::Absent,
            Self::Environment { name, value: Some(value) } => text::checked(value)
                .map_or_else(|| Lookup::Failed(NoSecret::VariableOdd(name.clone()), String::new()), Lookup::Found),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    Present,
    Absent,
    /// Only running it would tell.
    NotAsked,
    /// This machine has no such source; the message is the system's.
    Unavailable(String),
    /// It is refused or fails.
    Refused(NoSecret, String),
}

#[derive(Debug)]
pub(super) enum Lookup {
    Found(SecretString),
    Absent,
    /// Another source may have it. The text is the system's message.
    Failed(NoSecret, String),
    /// Must not be skipped.
    Refused(NoSecret, String),
}

impl Secret {
    /// May run programs and wait for them: not on the UI thread.
    pub fn fetch(&self) -> Result<SecretString, Error> {
        self.find().map(|(secret, _)| secret)
    }

    /// The secret and its source. Blocks like [`Secret::fetch`].
    pub fn find(&self) -> Result<(SecretString, Place), Error> {
        match self {
            Self::Known(secret) => Ok((secret.clone(), Place::Given)),
            Self::Places { profile, places } => {
                first(places, Place::look).map_err(|(why, words)| no_secret_error(profile, why, &words))
            }
        }
    }

    pub fn places(&self) -> &[Place] {
        match self {
            Self::Known(_) => &[Place::Given],
            Self::Places { places, .. } => places,
        }
    }

    /// Whether a missing keyring is worth a notice ([`keyring_available`]).
    pub fn wants_keyring(&self) -> bool {
        self.places().iter().any(|place| matches!(place, Place::Keyring { .. }))
    }
}

/// Whether this machine has a keyring; checked once. May block for seconds: not on the UI thread.
pub fn keyring_available() -> Result<(), String> {
    keyring::available()
}

fn first(
    places: &[Place],
    mut look: impl FnMut(&Place) -> Lookup,
) -> Result<(SecretString, Place), (NoSecret, String)> {
    let mut failure = None;
    for place in places {
        match look(place) {
            Lookup::Found(secret) => return Ok((secret, place.clone())),
            Lookup::Absent => {}
            Lookup::Refused(why, words) => return Err((why, words)),
            Lookup::Failed(why, words) => failure = failure.or(Some((why, words))),
        }
    }
    Err(failure.unwrap_or((NoSecret::Nowhere, String::new())))
}

pub(super) fn no_secret_error(profile: &ProfileId, why: NoSecret, words: &str) -> Error {
    let cause = Cause::NoSecret { profile: profile.to_string(), why: Box::new(why) };
    let detail = clean(words).chars().take(200).collect();
    Error { detail, ..Error::new(Operation::SignIn, cause, RetryAdvice::Never) }
}

/// How long the keyring may take without a dialog.
const KEYRING_TIMEOUT: Duration = Duration::from_secs(3);
/// How long it may take while the user may have to unlock it.
const KEYRING_DIALOG_TIMEOUT: Duration = Duration::from_mins(1);

#[cfg(test)]
mod tests;
