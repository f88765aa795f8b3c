//! A profile: the way to one MSP account, under a name of the user's.

use super::secret::Secret;
use crate::domain::id::{AccountId, ProfileId};
use crate::domain::tint::Tint;
use std::path::PathBuf;
use url::Url;

/// No name of a profile is longer, in characters.
pub const LONGEST_NAME: usize = 32;
/// The name under which the embedded server with its sample workspace can be chosen.
pub const SAMPLE: &str = "sample";
/// The name of the one account of a start without profiles.
pub const UNNAMED: &str = "default";

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

/// Whether a profile may be called like this: its name becomes part of a file's and a variable's.
///
/// # Errors
/// What is expected.
pub fn check_name(name: &str) -> Result<(), String> {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let start = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !start || name.len() > LONGEST_NAME || !name.chars().all(fine) {
        return Err(format!(
            "a profile's name has letters, digits, - and _, begins with a letter or digit, and has at most \
             {LONGEST_NAME} of them"
        ));
    }
    if [SAMPLE, UNNAMED].iter().any(|taken| name.eq_ignore_ascii_case(taken)) {
        return Err(format!("the name {name} is taken by mspdash itself"));
    }
    Ok(())
}

/// The environment variable that holds the secret of a profile when nothing else is said.
#[must_use]
pub fn secret_variable(name: &str) -> String {
    format!("{}_{}", super::CLIENT_SECRET, name.to_ascii_uppercase().replace('-', "_"))
}

/// The name of a profile's secret in the keyring. Client id and server are in it, not the profile's name: a secret
/// never goes to a server that it was not stored for, whatever is edited in the configuration.
#[must_use]
pub fn keyring_account(client_id: &str, base_url: &Url) -> String {
    format!("{client_id}@{}", base_url.as_str().trim_end_matches('/'))
}
