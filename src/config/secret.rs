//! Where the secret of a profile is, and how it is had. The order is fixed: keyring, command, file, environment.
//!
//! A place that has nothing is passed over, and so is a keyring that this machine does not have. A place that
//! fails is passed over too if a later one has the secret; if none has, its failure is what is told. A file that
//! others can get at ends the search: going on would hide it.

mod command;
pub(super) mod file;
pub(super) mod keyring;
mod text;
mod told;

pub use command::not_inherited;
pub use text::checked;
pub use told::{keyring_notice, keyring_told};

use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::ProfileId;
use crate::domain::secret::NoSecret;
use crate::domain::text::clean;
use secrecy::SecretString;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Where a secret is. It is fetched when it is needed first, never before the first frame.
#[derive(Debug, Clone)]
pub enum Secret {
    /// Here: from the environment or a credentials file.
    Known(SecretString),
    /// In one of these places of a profile, tried in this order.
    Places {
        /// Whose it is.
        profile: ProfileId,
        /// Where it may be.
        places: Vec<Place>,
    },
}

/// One place where a secret may be. `Debug` does not show it.
#[derive(Debug, Clone)]
pub enum Place {
    /// It was given at the start: by a variable together with the server, or by a credentials file.
    Given,
    /// The system's keyring, under this account name of the service `mspdash`.
    Keyring {
        /// Client id and server: a secret in the keyring never goes to a server that it was not stored for.
        account: String,
    },
    /// What a program of the user's prints.
    Command {
        /// The program and its arguments; no shell is in between.
        argv: Vec<String>,
        /// Variables that it must not inherit.
        hide: Vec<String>,
    },
    /// A file for this user alone.
    File {
        path: PathBuf,
        /// It lies in our own directory, not in one that the user named.
        own: bool,
    },
    /// An environment variable, as it was at the start.
    Environment {
        name: String,
        /// What it holds.
        value: Option<SecretString>,
    },
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
    /// The word for scripts.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Keyring { .. } => "keyring",
            Self::Command { .. } => "command",
            Self::File { .. } => "file",
            Self::Environment { .. } => "environment",
        }
    }

    /// Whether it has a secret, without fetching it. A command is not run for that.
    #[must_use]
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

    fn look(&self) -> Looked {
        match self {
            Self::Keyring { account } => keyring::get(account),
            Self::Command { argv, hide } => command::run(argv, hide, command::PATIENCE),
            Self::File { path, .. } => file::read(path),
            Self::Given | Self::Environment { value: None, .. } => Looked::Absent,
            Self::Environment { name, value: Some(value) } => text::checked(value)
                .map_or_else(|| Looked::Failed(NoSecret::VariableOdd(name.clone()), String::new()), Looked::Have),
        }
    }
}

/// Whether a place has a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    Present,
    /// It has none.
    Absent,
    /// It would have to be run to know.
    NotAsked,
    /// There is no such place on this machine, in the words of the system.
    Unavailable(String),
    /// It has one that is not taken, or it fails.
    Refused(NoSecret, String),
}

/// What came of a look into one place.
#[derive(Debug)]
pub(super) enum Looked {
    Have(SecretString),
    Absent,
    /// It failed, with the words of the system: another place may have it.
    Failed(NoSecret, String),
    /// Something is there that must not be passed over.
    Refused(NoSecret, String),
}

impl Secret {
    /// The secret itself. May ask other programs and wait for them: not on the UI thread.
    ///
    /// # Errors
    /// It is not where it should be, or may not be read; the trouble says what to do.
    pub fn fetch(&self) -> Result<SecretString, Error> {
        self.find().map(|(secret, _)| secret)
    }

    /// The secret, and the place that has it. Blocks like [`Secret::fetch`].
    ///
    /// # Errors
    /// As [`Secret::fetch`]: [`Cause::NoSecret`].
    pub fn find(&self) -> Result<(SecretString, Place), Error> {
        match self {
            Self::Known(secret) => Ok((secret.clone(), Place::Given)),
            Self::Places { profile, places } => {
                first(places, Place::look).map_err(|(why, words)| no_secret_error(profile, why, &words))
            }
        }
    }

    /// The places in the order in which they are tried.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        match self {
            Self::Known(_) => &[Place::Given],
            Self::Places { places, .. } => places,
        }
    }

    /// Whether it may be in the keyring: then a machine without one is worth a word ([`keyring_available`]).
    #[must_use]
    pub fn wants_keyring(&self) -> bool {
        self.places().iter().any(|place| matches!(place, Place::Keyring { .. }))
    }
}

/// Whether this machine has a keyring, found out once. Blocks for some seconds at worst: not on the UI thread.
///
/// # Errors
/// Why not, in the words of the system.
pub fn keyring_available() -> Result<(), String> {
    keyring::available()
}

/// The first place that has it. Pure but for `look`.
fn first(
    places: &[Place],
    mut look: impl FnMut(&Place) -> Looked,
) -> Result<(SecretString, Place), (NoSecret, String)> {
    let mut failure = None;
    for place in places {
        match look(place) {
            Looked::Have(secret) => return Ok((secret, place.clone())),
            Looked::Absent => {}
            Looked::Refused(why, words) => return Err((why, words)),
            Looked::Failed(why, words) => failure = failure.or(Some((why, words))),
        }
    }
    Err(failure.unwrap_or((NoSecret::Nowhere, String::new())))
}

/// The trouble of a profile without its secret.
pub(super) fn no_secret_error(profile: &ProfileId, why: NoSecret, words: &str) -> Error {
    let cause = Cause::NoSecret { profile: profile.to_string(), why: Box::new(why) };
    let detail = clean(words).chars().take(200).collect();
    Error { detail, ..Error::new(Operation::SignIn, cause, RetryAdvice::Never) }
}

/// How long a keyring may take when nobody is asked anything.
const KEYRING_PATIENCE: Duration = Duration::from_secs(3);
/// How long it may take while somebody sits before it and may have to unlock it.
const KEYRING_DIALOG: Duration = Duration::from_mins(1);

#[cfg(test)]
mod tests;
