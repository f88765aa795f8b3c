//! What the tests of this program share.

#[path = "../support/clock.rs"]
pub mod clock;
pub mod form_values;
pub mod home;
pub mod http;
pub mod journey;
pub mod log;
pub mod mock;
#[path = "../support/own_process.rs"]
pub mod own_process;
pub mod postgres;
pub mod raw_server;
pub mod real;
pub mod test_client;
pub mod three_accounts;
pub mod three_servers;
pub mod tls_server;

use mspdash::server::{Options, Running, start};

/// A server with credentials for the technicians of its sample.
pub async fn serve(options: Options) -> Running {
    let mut running = start(options).await.unwrap();
    running.issue_credentials(&[]).await.unwrap();
    running
}
