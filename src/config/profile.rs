//! A profile: how to reach one MSP account, under a name of the user's choice.

use super::secret::Secret;
use crate::domain::id::{AccountId, ProfileId};
use crate::domain::tint::Tint;
use std::path::PathBuf;
use url::Url;

/// In characters.
pub const LONGEST_NAME: usize = 32;
/// Selects the embedded server with its sample workspace.
pub const SAMPLE: &str = "sample";
/// Selects the embedded server with the workspace of the user's own companies, unless a profile has this name.
pub const OWN: &str = "own";
/// The account of a start without profiles.
pub const UNNAMED: &str = "default";

/// How to reach one MSP account. `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The user's name for it, e.g. `europe`.
    pub id: ProfileId,
    /// Its name on the screen; the id when absent.
    pub label: Option<String>,
    /// Its colour on the screen; assigned in turn when absent.
    pub tint: Option<Tint>,
    /// The address in front of `/v1beta1`.
    pub base_url: Url,
    /// Learned from the server when absent.
    pub account: Option<AccountId>,
    pub client_id: String,
    pub secret: Secret,
    pub read_only: bool,
    /// Used where one account is needed and none is named.
    pub default: bool,
    /// Additional trusted certificates, in PEM.
    pub ca_file: Option<PathBuf>,
}

/// Checks a profile name, which becomes part of a file name and of a variable.
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

/// The default environment variable for the secret of a profile.
pub fn secret_variable(name: &str) -> String {
    format!("{}_{}", super::CLIENT_SECRET, name.to_ascii_uppercase().replace('-', "_"))
}

/// The account name of a secret in the keyring. It holds client id and server instead of the profile's name, so that
/// editing the configuration can never send a secret to another server.
pub fn keyring_account(client_id: &str, base_url: &Url) -> String {
    format!("{client_id}@{}", base_url.as_str().trim_end_matches('/'))
}
