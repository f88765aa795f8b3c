//! The program's parts together, without a terminal: client, server, contract, command line, and whole journeys.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its support too; serde_json answers null for what is absent"
)]

mod cache;
mod cli;
mod client;
mod client_server;
mod connect;
mod contract;
mod databases;
mod deploy;
mod doctor;
mod journeys;
#[cfg(unix)]
mod profiles;
mod server_api;
mod support;
mod three_accounts;
mod tls;
mod unknown;
