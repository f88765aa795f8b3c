//! Enrolling: a one-time code becomes a credential. It is asked before there is one, and once: an answer that is lost takes
//! the code with it.

use super::{Client, ClientConfig};
use crate::domain::error::{Cause, Error};
use crate::domain::id::AccountId;
use crate::wire;
use secrecy::SecretString;
use std::path::PathBuf;
use url::Url;

/// A credential of one technician. `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct Enrolled {
    pub account: Option<AccountId>,
    pub client_id: String,
    pub client_secret: SecretString,
}

/// Exchanges a code at this server.
///
/// # Errors
/// As [`Client::perform`]; [`Cause::Gone`] if the code is not or no longer good.
pub async fn enrol(base_url: Url, ca_file: Option<PathBuf>, code: &str) -> Result<Enrolled, Error> {
    let (client_id, client_secret) = (String::new(), String::new().into());
    let client =
        Client::new(ClientConfig { base_url, account: None, client_id, client_secret, read_only: false, ca_file })?;
    let secrets = &client.inner.secrets;
    secrets.add(code);
    let exchanged =
        client.inner.transport.exchange_code(code).await.map_err(|failure| secrets.redact(failure.error))?;
    let credential: wire::technician::Credential = exchanged.json().map_err(|mut error| {
        // The parser may quote what it read.
        error.detail.clear();
        error
    })?;
    if credential.client_id.is_empty() || credential.client_secret.is_empty() {
        return Err(exchanged.error(Cause::Unreadable, "the credential cannot be used"));
    }
    Ok(Enrolled {
        account: Some(credential.account_id.as_str()).filter(|id| !id.is_empty()).map(AccountId::new),
        client_id: credential.client_id,
        client_secret: credential.client_secret.into(),
    })
}
