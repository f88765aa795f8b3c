//! Where the secret of a credential comes from.

use super::{Failure, Secrets};
use crate::domain::source::{SecretRef, SourceReason};
use secrecy::SecretString;
use std::sync::Arc;

pub enum Key {
    /// Just typed; not stored yet.
    Given(SecretString),
    Stored(SecretRef, Arc<dyn Secrets>),
}

impl Key {
    pub async fn secret(&self) -> Result<SecretString, Failure> {
        let (place, secrets) = match self {
            Self::Given(secret) => return Ok(secret.clone()),
            Self::Stored(place, secrets) => (place.clone(), Arc::clone(secrets)),
        };
        let fetched = tokio::task::spawn_blocking(move || secrets.fetch(&place)).await;
        let fetched = fetched.unwrap_or_else(|_| Err("the secret was lost on its way".to_owned()));
        fetched.map_err(|said| Failure::new(SourceReason::SecretUnavailable, said))
    }
}
