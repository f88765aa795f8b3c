//! A profile: the way to one MSP account, under a name of the user's.

use crate::domain::id::{AccountId, ProfileId};
use crate::domain::tint::Tint;
use crate::domain::trouble::Trouble;
use secrecy::SecretString;
use std::path::PathBuf;
use url::Url;

/// The way to one MSP account. `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name: what the user calls it, e.g. `europe`.
    pub id: ProfileId,
    /// What the screen shows of it; its name when absent.
    pub label: Option<String>,
    /// Its colour on the screen; one after the other when absent.
    pub tint: Option<Tint>,
    /// The address in front of `/v1beta1`.
    pub base_url: Url,
    /// The MSP account, where it is known; learned from the server when absent.
    pub account: Option<AccountId>,
    /// The name of the technician's credential.
    pub client_id: String,
    /// Where its secret is.
    pub secret: Secret,
    /// Let nothing through that could change anything.
    pub read_only: bool,
    /// Taken where one account has to be chosen and none is named.
    pub default: bool,
    /// Certificates to trust besides those of the system, in PEM.
    pub ca_file: Option<PathBuf>,
}

/// Where a secret is. It is fetched when it is needed first, never before the first frame.
#[derive(Debug, Clone)]
pub enum Secret {
    /// Here: from the environment or a credentials file.
    Known(SecretString),
}

impl Secret {
    /// The secret itself. May ask other programs and wait for them: not on the UI thread.
    ///
    /// # Errors
    /// It is not where it should be, or may not be read; the trouble says what to do.
    pub fn fetch(&self) -> Result<SecretString, Trouble> {
        match self {
            Self::Known(secret) => Ok(secret.clone()),
        }
    }
}
