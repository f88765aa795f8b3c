//! Credentials of this process alone: for the program that runs the server for itself. They are kept in memory, so that
//! nothing that signs in lies on the disk, and no other server knows them.

use super::hash::SecretHash;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// By client id.
#[derive(Default)]
pub struct LocalCredentials(Mutex<HashMap<String, SecretHash>>);

impl LocalCredentials {
    /// The one before ends.
    pub fn put(&self, client_id: &str, hash: SecretHash) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(client_id.to_owned(), hash);
    }

    pub fn get(&self, client_id: &str) -> Option<SecretHash> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(client_id).cloned()
    }
}
