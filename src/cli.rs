//! The command line: what the program can be told, and the one-shot commands. They ask the same requests
//! through the same client as the dashboard, never prompt, and end with fixed codes.

pub mod args;
pub mod companies;
mod exit;
mod record;
mod sentence;
mod table;

pub use exit::Exit;
pub use sentence::sentence;

use crate::api::Endpoint;
use crate::config::Remote;

/// The way to a server that is configured.
#[must_use]
pub fn endpoint(remote: &Remote, read_only: bool) -> Endpoint {
    Endpoint {
        base_url: remote.base_url.clone(),
        account: remote.account.clone(),
        client_id: remote.client_id.clone(),
        client_secret: remote.client_secret.clone(),
        read_only,
    }
}
