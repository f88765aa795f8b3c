//! What a client is made from.

use crate::domain::id::AccountId;
use secrecy::SecretString;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// Where the API is and who asks. `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// The address in front of `/v1beta1`: https, or http on loopback.
    pub base_url: Url,
    /// The MSP account; learned from `GET session` when absent.
    pub account: Option<AccountId>,
    /// The name of the technician's credential.
    pub client_id: String,
    pub client_secret: SecretString,
    /// Let nothing through that could change anything.
    pub read_only: bool,
    /// Certificates to trust besides those of the system, in PEM. Read at the first call.
    pub ca_file: Option<PathBuf>,
}

/// How long is waited for what. The defaults are those of the design; tests make them shorter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For a connection, TLS included.
    pub connect: Duration,
    /// For one try from start to the last byte, and for the next stretch of an answer that may be large.
    pub total: Duration,
    /// For one try of a page of a list from start to the last byte, as long as it makes progress.
    pub page: Duration,
    /// After this long inside tries no further one begins, so that every fault soon ends in a named state.
    pub patience: Duration,
    /// The first wait between tries is anything up to this; twenty times as much when the server is busy.
    pub retry_base: Duration,
    /// The largest body that is read, in bytes after decompression.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(10),
            page: Duration::from_secs(40),
            patience: Duration::from_secs(10),
            retry_base: Duration::from_millis(50),
            body: 64 << 20,
        }
    }
}
