//! The system's keyring. Every call runs on a thread of its own and is left alone when it takes too long: a
//! keyring may open a dialog that nobody sees.

use super::{KEYRING_DIALOG, KEYRING_PATIENCE, Looked, Presence};
use crate::domain::secret::NoSecret;
use crate::domain::text::clean;
use secrecy::SecretString;
use std::sync::OnceLock;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

/// Why the keyring did not do what it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is none on this machine, in the words of the system.
    Unavailable(String),
    /// It did not do it, with its words.
    Failed(NoSecret, String),
}

/// Whether there is one, found out once.
pub fn available() -> Result<(), String> {
    static KNOWN: OnceLock<Result<(), String>> = OnceLock::new();
    KNOWN
        .get_or_init(|| {
            let known = patiently(KEYRING_PATIENCE, system::status);
            let words = |text: String| clean(&text).chars().take(160).collect();
            known.unwrap_or_else(|_| Err("it does not answer".to_owned())).map_err(words)
        })
        .clone()
}

/// The secret of an account. A machine without a keyring has none.
pub(super) fn get(account: &str) -> Looked {
    let account = account.to_owned();
    match ask(KEYRING_PATIENCE, move || system::get(&account)) {
        Ok(Some(secret)) => Looked::Have(secret),
        Ok(None) | Err(Refusal::Unavailable(_)) => Looked::Absent,
        Err(Refusal::Failed(why, words)) => Looked::Failed(why, words),
    }
}

/// Whether it has one, without fetching it.
pub(super) fn presence(account: &str) -> Presence {
    let account = account.to_owned();
    match ask(KEYRING_PATIENCE, move || system::has(&account)) {
        Ok(true) => Presence::Present,
        Ok(false) => Presence::Absent,
        Err(Refusal::Unavailable(words)) => Presence::Unavailable(words),
        Err(Refusal::Failed(why, words)) => Presence::Refused(why, words),
    }
}

/// Stores it. Somebody sits before the screen and may have to unlock the keyring: it may take a while.
///
/// # Errors
/// There is no keyring, or it does not take it.
pub fn store(account: &str, secret: &SecretString) -> Result<(), Refusal> {
    let (account, secret) = (account.to_owned(), secret.clone());
    ask(KEYRING_DIALOG, move || system::store(&account, &secret))
}

/// Removes it. `false`: there was none, or no keyring.
///
/// # Errors
/// The keyring does not let go of it.
pub fn forget(account: &str) -> Result<bool, Refusal> {
    let account = account.to_owned();
    match ask(KEYRING_DIALOG, move || system::forget(&account)) {
        Err(Refusal::Unavailable(_)) => Ok(false),
        other => other,
    }
}

fn ask<T: Send + 'static>(
    patience: Duration,
    call: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    available().map_err(Refusal::Unavailable)?;
    patiently(patience, call)
        .unwrap_or_else(|_| Err(Refusal::Failed(NoSecret::KeyringSilent(patience.as_secs()), String::new())))
}

/// It took too long, or its thread died.
struct Silent;

fn patiently<T: Send + 'static>(patience: Duration, call: impl FnOnce() -> T + Send + 'static) -> Result<T, Silent> {
    let (send, receive) = sync_channel(1);
    let thread = thread::Builder::new().name("keyring".into()).spawn(move || {
        // Nobody may be waiting any more.
        let _ = send.send(call());
    });
    thread.map_err(|_| Silent)?;
    receive.recv_timeout(patience).map_err(|_| Silent)
}

#[cfg(feature = "keyring")]
mod system {
    use super::Refusal;
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

    pub fn get(account: &str) -> Result<Option<SecretString>, Refusal> {
        absent(Entry::new(SERVICE, account).and_then(|entry| entry.get_password()).map(SecretString::from))
    }

    pub fn has(account: &str) -> Result<bool, Refusal> {
        // Finds the item; its secret stays where it is.
        let found = Entry::new(SERVICE, account).and_then(|entry| entry.inner.get_credential());
        absent(found).map(|found| found.is_some())
    }

    pub fn store(account: &str, secret: &SecretString) -> Result<(), Refusal> {
        let stored = Entry::new(SERVICE, account).and_then(|entry| entry.set_password(secret.expose_secret()));
        stored.map_err(|error| refusal(&error))
    }

    pub fn forget(account: &str) -> Result<bool, Refusal> {
        absent(Entry::new(SERVICE, account).and_then(|entry| entry.delete_credential())).map(|gone| gone.is_some())
    }

    fn absent<T>(result: Result<T, Error>) -> Result<Option<T>, Refusal> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(refusal(&error)),
        }
    }

    /// Never the error's `Debug`: it may hold what could not be decoded.
    fn refusal(error: &Error) -> Refusal {
        match error {
            Error::NoStorageAccess(_) => Refusal::Failed(NoSecret::KeyringLocked, String::new()),
            Error::NoDefaultStore => Refusal::Unavailable(error.to_string()),
            Error::PlatformFailure(words) => Refusal::Failed(NoSecret::KeyringFailed, words.to_string()),
            _ => Refusal::Failed(NoSecret::KeyringFailed, error.to_string()),
        }
    }
}

/// Built without one.
#[cfg(not(feature = "keyring"))]
mod system {
    use super::Refusal;
    use secrecy::SecretString;

    const WITHOUT: &str = "this program was built without it";

    pub fn status() -> Result<(), String> {
        Err(WITHOUT.to_owned())
    }

    pub fn get(_: &str) -> Result<Option<SecretString>, Refusal> {
        Err(Refusal::Unavailable(WITHOUT.to_owned()))
    }

    pub fn has(_: &str) -> Result<bool, Refusal> {
        Err(Refusal::Unavailable(WITHOUT.to_owned()))
    }

    pub fn store(_: &str, _: &SecretString) -> Result<(), Refusal> {
        Err(Refusal::Unavailable(WITHOUT.to_owned()))
    }

    pub fn forget(_: &str) -> Result<bool, Refusal> {
        Err(Refusal::Unavailable(WITHOUT.to_owned()))
    }
}
