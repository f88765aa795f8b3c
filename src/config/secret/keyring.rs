//! The system's keyring. Every call runs on its own thread and is abandoned when it takes too long: a keyring may
//! open a dialog that nobody sees.

use super::{KEYRING_DIALOG_TIMEOUT, KEYRING_TIMEOUT, Lookup, Presence};
use crate::domain::secret::NoSecret;
use crate::domain::text::clean;
use secrecy::SecretString;
use std::sync::OnceLock;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyringError {
    /// This machine has no keyring; the message is the system's.
    Unavailable(String),
    /// With the system's message.
    Failed(NoSecret, String),
}

/// Checked once.
pub fn available() -> Result<(), String> {
    static KNOWN: OnceLock<Result<(), String>> = OnceLock::new();
    KNOWN
        .get_or_init(|| {
            let known = with_timeout(KEYRING_TIMEOUT, system::status);
            let words = |text: String| clean(&text).chars().take(160).collect();
            known.unwrap_or_else(|_| Err("it does not answer".to_owned())).map_err(words)
        })
        .clone()
}

/// Without a keyring there is no secret.
pub(super) fn get(account: &str) -> Lookup {
    let account = account.to_owned();
    match ask(KEYRING_TIMEOUT, move || system::get(&account)) {
        Ok(Some(secret)) => Lookup::Found(secret),
        Ok(None) | Err(KeyringError::Unavailable(_)) => Lookup::Absent,
        Err(KeyringError::Failed(why, words)) => Lookup::Failed(why, words),
    }
}

/// Whether it has one, without fetching it.
pub(super) fn presence(account: &str) -> Presence {
    let account = account.to_owned();
    match ask(KEYRING_TIMEOUT, move || system::has(&account)) {
        Ok(true) => Presence::Present,
        Ok(false) => Presence::Absent,
        Err(KeyringError::Unavailable(words)) => Presence::Unavailable(words),
        Err(KeyringError::Failed(why, words)) => Presence::Refused(why, words),
    }
}

/// The user may have to unlock the keyring, so this may take a while.
pub fn store(account: &str, secret: &SecretString) -> Result<(), KeyringError> {
    let (account, secret) = (account.to_owned(), secret.clone());
    ask(KEYRING_DIALOG_TIMEOUT, move || system::store(&account, &secret))
}

/// `false` if there was none, or no keyring.
pub fn forget(account: &str) -> Result<bool, KeyringError> {
    let account = account.to_owned();
    match ask(KEYRING_DIALOG_TIMEOUT, move || system::forget(&account)) {
        Err(KeyringError::Unavailable(_)) => Ok(false),
        other => other,
    }
}

fn ask<T: Send + 'static>(
    timeout: Duration,
    call: impl FnOnce() -> Result<T, KeyringError> + Send + 'static,
) -> Result<T, KeyringError> {
    available().map_err(KeyringError::Unavailable)?;
    with_timeout(timeout, call)
        .unwrap_or_else(|_| Err(KeyringError::Failed(NoSecret::KeyringSilent(timeout.as_secs()), String::new())))
}

/// It took too long, or its thread died.
struct TimedOut;

fn with_timeout<T: Send + 'static>(
    timeout: Duration,
    call: impl FnOnce() -> T + Send + 'static,
) -> Result<T, TimedOut> {
    let (send, receive) = sync_channel(1);
    let thread = thread::Builder::new().name("keyring".into()).spawn(move || {
        // The receiver may have given up.
        let _ = send.send(call());
    });
    thread.map_err(|_| TimedOut)?;
    receive.recv_timeout(timeout).map_err(|_| TimedOut)
}

#[cfg(feature = "keyring")]
mod system {
    use super::KeyringError;
    use crate::domain::secret::NoSecret;
    use keyring::{Entry, Error};
    use secrecy::{ExposeSecret, SecretString};

    const SERVICE: &str = "mspdash";

    pub fn status() -> Result<(), String> {
        match Entry::store_status() {
            Ok(()) => Ok(()),
            Err(Error::PlatformFailure(words) | Error::NoStorageAccess(words)) => Err(words.to_string()),
            Err(error) => Err(error.to_string()),
        }
    }

    pub fn get(account: &str) -> Result<Option<SecretString>, KeyringError> {
        absent(Entry::new(SERVICE, account).and_then(|entry| entry.get_password()).map(SecretString::from))
    }

    pub fn has(account: &str) -> Result<bool, KeyringError> {
        // Finds the item without fetching the secret.
        let found = Entry::new(SERVICE, account).and_then(|entry| entry.inner.get_credential());
        absent(found).map(|found| found.is_some())
    }

    pub fn store(account: &str, secret: &SecretString) -> Result<(), KeyringError> {
        let stored = Entry::new(SERVICE, account).and_then(|entry| entry.set_password(secret.expose_secret()));
        stored.map_err(|error| refusal(&error))
    }

    pub fn forget(account: &str) -> Result<bool, KeyringError> {
        absent(Entry::new(SERVICE, account).and_then(|entry| entry.delete_credential())).map(|gone| gone.is_some())
    }

    fn absent<T>(result: Result<T, Error>) -> Result<Option<T>, KeyringError> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(refusal(&error)),
        }
    }

    /// Never the error's `Debug`: it may hold undecodable bytes of the secret.
    fn refusal(error: &Error) -> KeyringError {
        match error {
            Error::NoStorageAccess(_) => KeyringError::Failed(NoSecret::KeyringLocked, String::new()),
            Error::NoDefaultStore => KeyringError::Unavailable(error.to_string()),
            Error::PlatformFailure(words) => KeyringError::Failed(NoSecret::KeyringFailed, words.to_string()),
            _ => KeyringError::Failed(NoSecret::KeyringFailed, error.to_string()),
        }
    }
}

/// Built without the feature.
#[cfg(not(feature = "keyring"))]
mod system {
    use super::KeyringError;
    use secrecy::SecretString;

    const WITHOUT: &str = "this program was built without it";

    pub fn status() -> Result<(), String> {
        Err(WITHOUT.to_owned())
    }

    pub fn get(_: &str) -> Result<Option<SecretString>, KeyringError> {
        Err(KeyringError::Unavailable(WITHOUT.to_owned()))
    }

    pub fn has(_: &str) -> Result<bool, KeyringError> {
        Err(KeyringError::Unavailable(WITHOUT.to_owned()))
    }

    pub fn store(_: &str, _: &SecretString) -> Result<(), KeyringError> {
        Err(KeyringError::Unavailable(WITHOUT.to_owned()))
    }

    pub fn forget(_: &str) -> Result<bool, KeyringError> {
        Err(KeyringError::Unavailable(WITHOUT.to_owned()))
    }
}
