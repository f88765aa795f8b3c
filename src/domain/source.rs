//! Ways into the account of one company: which of 1Password's published interfaces is connected, and how it stands. A
//! secret is never part of it, only where the server's machine has it.

use super::company::Actor;
use super::facts::FactSource;
use super::id::CompanyId;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A source of one company.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    #[serde(rename = "company_id")]
    pub company: CompanyId,
    pub company_name: Option<String>,
    pub source: FactSource,
    pub state: SourceState,
    /// Why it does not work, where it does not.
    pub reason: Option<SourceReason>,
    /// The same in words: ours, or what 1Password answered.
    pub detail: Option<String>,
    /// 1Password's id of the company's account.
    pub account_uuid: Option<String>,
    /// Of the OAuth application.
    pub client_id: Option<String>,
    /// Whether people may be suspended and reactivated through it.
    pub may_write: bool,
    /// What kind of place has the secret.
    pub secret_place: Option<String>,
    pub connected_by: Option<Actor>,
    pub connect_time: Option<Timestamp>,
    pub last_try_time: Option<Timestamp>,
    pub last_success_time: Option<Timestamp>,
    /// When it is due to be read by itself. In the past where no server runs that does.
    pub next_read_time: Option<Timestamp>,
    /// When 1Password stops taking the secret, if that is known.
    pub expire_time: Option<Timestamp>,
}

/// So long before it ends a secret is spoken of.
pub const EXPIRY_NOTICE: SignedDuration = SignedDuration::from_hours(14 * 24);

impl Source {
    /// Its secret ends soon, or has ended.
    pub fn expires_soon(&self, now: Timestamp) -> bool {
        self.expire_time.is_some_and(|end| end.duration_since(now) <= EXPIRY_NOTICE)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceState {
    /// The last try worked.
    Connected,
    /// The last try failed, and the next may work.
    Failing,
    /// It fails until somebody does something.
    NeedsAttention,
    /// A word of a newer server.
    Other(String),
}

/// Why a source does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceReason {
    /// The server's machine does not have the secret.
    SecretUnavailable,
    /// 1Password does not take the secret: it was revoked, has expired, or belongs to another application.
    CredentialRefused,
    /// The integration lacks the permission.
    RightMissing,
    /// The account is not there for this credential, or it is another company's.
    WrongAccount,
    /// 1Password has no such interface in this data region.
    NotOffered,
    /// 1Password refuses it by a rule of its own.
    Refused,
    RateLimited,
    /// No answer, or one that says that the service fails.
    Unreachable,
    /// The answer has not the published shape.
    Unreadable,
    /// A word of a newer server.
    Other(String),
}

impl SourceReason {
    /// How a source stands that failed for this reason.
    pub fn state(&self) -> SourceState {
        match self {
            Self::RateLimited | Self::Unreachable => SourceState::Failing,
            _ => SourceState::NeedsAttention,
        }
    }

    /// What to do about it, as a sentence; empty where 1Password's own words have to do.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::SecretUnavailable => "See to it that the server's machine has the secret.",
            Self::CredentialRefused => "Replace the secret: mspdash connect COMPANY --users-api --rotate.",
            Self::RightMissing => {
                "Give the OAuth application this permission in the company's account, under Integrations › Directory."
            }
            Self::WrongAccount => "Compare the account id with the account in which the OAuth application was made.",
            Self::RateLimited | Self::Unreachable => "Try again in a while.",
            Self::Unreadable => "Please report it: the published shapes have not been seen live yet.",
            Self::NotOffered | Self::Refused | Self::Other(_) => "",
        }
    }
}

/// Where the server's machine has a secret. Nothing of it is run by a shell, and no program can be named: whoever can
/// write to the database must not be able to start one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretRef {
    /// The account of an item in the system's keyring.
    Keyring(String),
    /// A file of mode 0600.
    File(PathBuf),
    /// `op://vault/item/field`, read by 1Password's command line.
    Op(String),
    /// The name of a credential that systemd passes in `$CREDENTIALS_DIRECTORY`.
    Credential(String),
}

impl SecretRef {
    /// What kind of place it is, in the contract's words.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Keyring(_) => "KEYRING",
            Self::File(_) => "FILE",
            Self::Op(_) => "OP",
            Self::Credential(_) => "CREDENTIAL",
        }
    }
}

impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyring(account) => write!(f, "keyring:{account}"),
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Op(reference) => f.write_str(reference),
            Self::Credential(name) => write!(f, "credential:{name}"),
        }
    }
}

/// A text that names no place of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write it as op://VAULT/ITEM/FIELD, file:/PATH or credential:NAME")]
pub struct NoSecretRef;

impl FromStr for SecretRef {
    type Err = NoSecretRef;

    fn from_str(text: &str) -> Result<Self, NoSecretRef> {
        if text.chars().any(char::is_control) {
            return Err(NoSecretRef);
        }
        if let Some(rest) = text.strip_prefix("op://") {
            let parts = rest.split('/').filter(|part| !part.is_empty()).count();
            return if parts >= 3 { Ok(Self::Op(text.to_owned())) } else { Err(NoSecretRef) };
        }
        match text.split_once(':') {
            Some(("keyring", account)) if !account.is_empty() => Ok(Self::Keyring(account.to_owned())),
            Some(("file", path)) if Path::new(path).is_absolute() => Ok(Self::File(path.into())),
            Some(("credential", name)) if is_file_name(name) => Ok(Self::Credential(name.to_owned())),
            _ => Err(NoSecretRef),
        }
    }
}

fn is_file_name(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('.') && !text.contains('/')
}

/// Whether a text may be an id of 1Password: 26 letters and digits. It is put into addresses as it is.
pub fn is_account_id(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_secrets_are_read_as_they_are_written_and_none_runs_a_program() {
        for text in ["keyring:1password/A/C", "file:/etc/mspdash/acme", "op://MSP/Acme/secret", "credential:acme"] {
            assert_eq!(text.parse::<SecretRef>().unwrap().to_string(), text);
        }
        for text in ["", "acme", "file:acme", "file:", "op://MSP/Acme", "credential:../x", "credential:", "command:rm"]
        {
            assert_eq!(text.parse::<SecretRef>(), Err(NoSecretRef), "{text}");
        }
        assert!("op://MSP/Acme/se\ncret".parse::<SecretRef>().is_err());
    }

    #[test]
    fn what_mends_itself_needs_nobody() {
        assert_eq!(SourceReason::Unreachable.state(), SourceState::Failing);
        assert_eq!(SourceReason::CredentialRefused.state(), SourceState::NeedsAttention);
    }
}
