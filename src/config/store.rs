//! Stores and removes the secret of a profile. Blocks and may open the keyring's dialog: never on the UI thread.

use super::secret::{self, Place, Secret, file, keyring};
use crate::domain::error::Error;
use crate::domain::id::ProfileId;
use crate::domain::secret::NoSecret;
use keyring::KeyringError;
use secrecy::SecretString;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Into {
    Keyring,
    File,
}

pub fn place(secret: &Secret, into: Into) -> Option<&Place> {
    secret.places().iter().find(|place| match into {
        Into::Keyring => matches!(place, Place::Keyring { .. }),
        Into::File => matches!(place, Place::File { .. }),
    })
}

/// `place` is a result of [`place`].
pub fn store(profile: &ProfileId, place: &Place, secret: &SecretString) -> Result<(), Error> {
    match place {
        Place::Keyring { account } => keyring::store(account, secret).map_err(|error| refused(profile, error)),
        Place::File { path, .. } => file::store(path, secret).map_err(|error| unwritable(profile, path, &error)),
        Place::Given | Place::Command { .. } | Place::Environment { .. } => {
            Err(secret::no_secret_error(profile, NoSecret::Nowhere, ""))
        }
    }
}

/// `false` if there was none, or we do not store secrets there.
pub fn forget(profile: &ProfileId, place: &Place) -> Result<bool, Error> {
    match place {
        Place::Keyring { account } => keyring::forget(account).map_err(|error| refused(profile, error)),
        Place::File { path, .. } => file::forget(path).map_err(|error| unwritable(profile, path, &error)),
        Place::Given | Place::Command { .. } | Place::Environment { .. } => Ok(false),
    }
}

fn refused(profile: &ProfileId, error: KeyringError) -> Error {
    match error {
        KeyringError::Unavailable(words) => secret::no_secret_error(profile, NoSecret::KeyringFailed, &words),
        KeyringError::Failed(why, words) => secret::no_secret_error(profile, why, &words),
    }
}

fn unwritable(profile: &ProfileId, path: &std::path::Path, error: &std::io::Error) -> Error {
    secret::no_secret_error(profile, NoSecret::FileUnwritable(path.display().to_string()), &error.to_string())
}
