//! The credentials file that `mspdash serve --credentials FILE` writes (contract: *The embedded server*).

use super::problem::Problem;
use super::{Flags, ROLE};
use crate::domain::secret::given;
use crate::files::{self, FileError, regular};
use secrecy::SecretString;
use serde::Deserialize;
use std::io::Read;
use std::path::Path;

/// A device or a log given by mistake is not read to its end.
const LONGEST: u64 = 1 << 20;

/// `Debug` does not show secrets.
#[derive(Debug, Clone, Deserialize)]
pub struct Credentials {
    /// The address in front of `/v1beta1`.
    pub base_url: String,
    #[serde(default)]
    pub account_id: Option<String>,
    #[serde(alias = "technicians")]
    pub credentials: Vec<Credential>,
}

/// `Debug` does not show the secret.
#[derive(Debug, Clone, Deserialize)]
pub struct Credential {
    #[serde(default)]
    pub display_name: String,
    /// `OWNER`, `ADMINISTRATOR`, `MSP_TECHNICIAN`, `VIEW_ONLY` or `NO_MFA`.
    #[serde(default)]
    pub role: String,
    #[serde(deserialize_with = "id")]
    pub client_id: String,
    #[serde(deserialize_with = "secret")]
    pub client_secret: SecretString,
}

fn secret<'de, D: serde::Deserializer<'de>>(from: D) -> Result<SecretString, D::Error> {
    String::deserialize(from).map(|text| SecretString::from(given(&text)))
}

fn id<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    String::deserialize(from).map(|text| given(&text).trim().to_owned())
}

impl Credentials {
    /// Reads the file, if no other user can.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let unreadable =
            |error: std::io::Error| Problem::Unreadable { path: path.to_owned(), reason: error.to_string() };
        let file = regular::open(path).map_err(unreadable)?;
        // The open file is checked: the name may lead to another one a moment later.
        let metadata = file.metadata().map_err(unreadable)?;
        files::require_private(path, &metadata).map_err(|refusal| match refusal {
            FileError::TooOpen { path, mode } => Problem::TooOpen { path, mode },
            other => Problem::Unreadable { path: path.to_owned(), reason: other.to_string() },
        })?;
        let mut text = String::new();
        file.take(LONGEST).read_to_string(&mut text).map_err(unreadable)?;
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            // The parser's message may quote a value, and the value may be the secret.
            let wrong = if error.is_data() { "a field is missing or of a wrong type" } else { "it is not JSON" };
            let reason = format!("{wrong} (line {}, column {})", error.line(), error.column());
            Problem::NotCredentials { path: path.to_owned(), reason }
        })
    }

    /// The credential that the flags choose: by client id, else by role.
    pub fn choose(&self, path: &Path, flags: &Flags) -> Result<&Credential, Problem> {
        let chosen = match &flags.client_id {
            Some(client_id) => self.by_client_id(client_id),
            None => self.by_role(flags.role.as_deref().unwrap_or(ROLE)),
        };
        chosen.ok_or_else(|| Problem::NoSuchCredential {
            path: path.to_owned(),
            wanted: flags.client_id.clone().or_else(|| flags.role.clone()).unwrap_or_else(|| ROLE.to_owned()),
            roles: self.credentials.iter().map(|credential| credential.role.clone()).collect(),
        })
    }

    /// The first credential of a role, written `MSP_TECHNICIAN` or `msp-technician`.
    pub fn by_role(&self, role: &str) -> Option<&Credential> {
        let wanted = role_word(role);
        self.credentials.iter().find(|credential| role_word(&credential.role) == wanted)
    }

    pub fn by_client_id(&self, client_id: &str) -> Option<&Credential> {
        self.credentials.iter().find(|credential| credential.client_id == client_id)
    }
}

/// A role as the contract spells it.
pub fn role_word(role: &str) -> String {
    role.trim().replace(['-', ' '], "_").to_ascii_uppercase()
}
