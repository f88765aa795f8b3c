//! The command line: what the program can be told, and the one-shot commands. They ask the same requests
//! through the same client as the dashboard, never prompt without a terminal, and end with fixed codes.
//!
//! As JSON, results are the types of `domain` as they serialize: scripts rely on it.

mod account_context;
mod all_profiles;
pub mod args;
mod column;
mod commands;
mod complete;
mod context;
#[cfg(debug_assertions)]
mod demo;
mod error;
mod exit;
mod filter;
mod find_company;
mod guided;
mod listing;
mod output;
mod progress;
mod questions;
mod run;
mod style;
mod table;

pub use commands::keys::{KeyList, KeyRow};
pub use complete::answer as answer_shell;
pub use error::sentence;
pub use exit::Exit;
pub use run::{Dashboard, run};

use crate::client::{ClientConfig, Listener};
use crate::config::Profile;
use crate::domain::error::{Cause, Error, Operation, Pause, RetryAdvice, whole_seconds};
use secrecy::SecretString;
use std::io::{self, Write as _};

/// The way to an account that is configured, with its secret.
///
/// # Errors
/// The secret cannot be had.
pub async fn endpoint(profile: &Profile, read_only: bool) -> Result<ClientConfig, Error> {
    let secret = profile.secret.clone();
    // It may lie with another program, which takes its time.
    let fetched = tokio::task::spawn_blocking(move || secret.fetch()).await;
    let client_secret =
        fetched.unwrap_or_else(|_| Err(Error::new(Operation::SignIn, Cause::TaskDied, RetryAdvice::Now)))?;
    Ok(endpoint_with(profile, client_secret, read_only))
}

fn endpoint_with(profile: &Profile, client_secret: SecretString, read_only: bool) -> ClientConfig {
    ClientConfig {
        base_url: profile.base_url.clone(),
        account: profile.account.clone(),
        client_id: profile.client_id.clone(),
        client_secret,
        read_only: read_only || profile.read_only,
        ca_file: profile.ca_file.clone(),
    }
}

/// Carries out calls, and says on standard error when the next try of one of them is waited for. On the program's own:
/// what a command writes to is the command's until it ends.
async fn announce_retries<T>(work: impl Future<Output = T>) -> T {
    let tell = |pause: Option<Pause>| {
        let Some(Pause { wait, mut error }) = pause else { return };
        // When to try again is said by the wait.
        error.retry = RetryAdvice::Now;
        let seconds = whole_seconds(wait.as_millis());
        let _ = writeln!(io::stderr(), "mspdash: {} Next try in {seconds} s; Ctrl-C gives up.", sentence(&error));
    };
    Listener::new(tell).hear(work).await
}
