//! The command line: what the program can be told, and the one-shot commands. They ask the same requests
//! through the same client as the dashboard, never prompt without a terminal, and end with fixed codes.
//!
//! One file for each resource, with its records (the JSON that scripts rely on: fields named as in the contract,
//! only ever added, null where there is no value) and its columns for people.

mod accounts;
mod activity;
pub mod args;
mod companies;
mod company;
mod company_edit;
mod config_show;
mod desk;
pub mod doctor;
mod everywhere;
mod exit;
mod launch;
mod links;
mod list;
mod list_file;
mod login;
mod people;
mod profile;
mod profile_test;
mod record;
mod recoveries;
mod sentence;
mod setup;
mod table;
mod unlink;
mod usage;
mod vaults;

pub use accounts::{AskSecret, run as account};
pub use desk::{Open, Outside, Save};
pub use everywhere::run as everywhere;
pub use exit::Exit;
pub use sentence::sentence;

use crate::client::{Client, Endpoint, Listener};
use crate::config::Profile;
use crate::domain::error::{Cause, Error, Operation, Pause, RetryAdvice, whole_seconds};
use args::Once;
use desk::{Desk, End};
use secrecy::SecretString;
use std::io::{self, Write as _};

/// The way to an account that is configured, with its secret.
///
/// # Errors
/// The secret cannot be had.
pub async fn endpoint(profile: &Profile, read_only: bool) -> Result<Endpoint, Error> {
    let secret = profile.secret.clone();
    // It may lie with another program, which takes its time.
    let fetched = tokio::task::spawn_blocking(move || secret.fetch()).await;
    let client_secret =
        fetched.unwrap_or_else(|_| Err(Error::new(Operation::SignIn, Cause::TaskDied, RetryAdvice::Now)))?;
    Ok(endpoint_with(profile, client_secret, read_only))
}

fn endpoint_with(profile: &Profile, client_secret: SecretString, read_only: bool) -> Endpoint {
    Endpoint {
        base_url: profile.base_url.clone(),
        account: profile.account.clone(),
        client_id: profile.client_id.clone(),
        client_secret,
        read_only: read_only || profile.read_only,
        ca_file: profile.ca_file.clone(),
    }
}

/// Carries out one command: its result goes to `out`, anything else to `err`.
pub async fn run(command: &Once, endpoint: Endpoint, outside: Outside<'_>) -> Exit {
    let client = match Client::new(endpoint) {
        Ok(client) => client,
        Err(error) => return desk::close(outside.err, Err(error.into())),
    };
    let mut desk = Desk { client, outside };
    let outcome = aloud(Box::pin(carry_out(command, &mut desk))).await;
    desk::close(desk.outside.err, outcome)
}

/// Carries out calls, and says on standard error when the next try of one of them is waited for. On the program's own:
/// what a command writes to is the command's until it ends.
async fn aloud<T>(work: impl Future<Output = T>) -> T {
    let tell = |pause: Option<Pause>| {
        let Some(Pause { wait, mut error }) = pause else { return };
        // When to try again is said by the wait.
        error.retry = RetryAdvice::Now;
        let seconds = whole_seconds(wait.as_millis());
        let _ = writeln!(io::stderr(), "mspdash: {} Next try in {seconds} s; Ctrl-C gives up.", sentence(&error));
    };
    Listener::new(tell).hear(work).await
}

async fn carry_out(command: &Once, desk: &mut Desk<'_>) -> Result<(), End> {
    match command {
        Once::Companies(command) => companies::run(command, desk).await,
        Once::Links(command) => links::run(command, desk).await,
        Once::People(command) => people::run(command, desk).await,
        Once::Recoveries(command) => recoveries::run(command, desk).await,
        Once::Vaults(command) => vaults::run(command, desk).await,
        Once::Usage(args) => usage::run(args, desk).await,
        Once::Activity(args) => activity::run(args, desk).await,
    }
}
