//! Storing and forgetting the secret of a profile: in the keyring, or in a file for this user alone. Blocks, and
//! may open the keyring's own dialog: never on the UI thread.

use super::secret::{self, Place, Secret, file, keyring};
use crate::domain::error::Error;
use crate::domain::id::ProfileId;
use crate::domain::secret::NoSecret;
use keyring::Refusal;
use secrecy::SecretString;

/// Where a secret may be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Into {
    /// The system's keyring.
    Keyring,
    /// A file for this user alone.
    File,
}

/// Whether the secret of this profile can be stored there at all.
#[must_use]
pub fn place(secret: &Secret, into: Into) -> Option<&Place> {
    secret.places().iter().find(|place| match into {
        Into::Keyring => matches!(place, Place::Keyring { .. }),
        Into::File => matches!(place, Place::File { .. }),
    })
}

/// Stores it in a place of [`place`].
///
/// # Errors
/// The keyring or the disk does not take it; the trouble says what to do.
pub fn store(profile: &ProfileId, place: &Place, secret: &SecretString) -> Result<(), Error> {
    match place {
        Place::Keyring { account } => keyring::store(account, secret).map_err(|refusal| refused(profile, refusal)),
        Place::File { path, .. } => file::store(path, secret).map_err(|error| unwritable(profile, path, &error)),
        Place::Given | Place::Command { .. } | Place::Environment { .. } => {
            Err(secret::no_secret_error(profile, NoSecret::Nowhere, ""))
        }
    }
}

/// Removes it from this place. `false`: there was none, or it is no place that we store in.
///
/// # Errors
/// The keyring or the disk does not let go of it.
pub fn forget(profile: &ProfileId, place: &Place) -> Result<bool, Error> {
    match place {
        Place::Keyring { account } => keyring::forget(account).map_err(|refusal| refused(profile, refusal)),
        Place::File { path, .. } => file::forget(path).map_err(|error| unwritable(profile, path, &error)),
        Place::Given | Place::Command { .. } | Place::Environment { .. } => Ok(false),
    }
}

fn refused(profile: &ProfileId, refusal: Refusal) -> Error {
    match refusal {
        Refusal::Unavailable(words) => secret::no_secret_error(profile, NoSecret::KeyringFailed, &words),
        Refusal::Failed(why, words) => secret::no_secret_error(profile, why, &words),
    }
}

fn unwritable(profile: &ProfileId, path: &std::path::Path, error: &std::io::Error) -> Error {
    secret::no_secret_error(profile, NoSecret::FileUnwritable(path.display().to_string()), &error.to_string())
}
