//! The embedded server over real HTTP: every rule of the contract, asked from outside.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests say what they expect by failing")]

#[path = "server_api/adding.rs"]
mod adding;
#[path = "server_api/audit.rs"]
mod audit;
#[path = "server_api/client.rs"]
mod client;
#[path = "server_api/connections.rs"]
mod connections;
#[path = "server_api/doors.rs"]
mod doors;
#[path = "support/http.rs"]
mod http;
#[path = "server_api/inviting.rs"]
mod inviting;
#[path = "server_api/killed.rs"]
mod killed;
#[path = "server_api/links.rs"]
mod links;
#[path = "server_api/lists.rs"]
mod lists;
#[path = "server_api/manners.rs"]
mod manners;
#[path = "server_api/moments.rs"]
mod moments;
#[path = "server_api/people.rs"]
mod people;
#[path = "server_api/recovery.rs"]
mod recovery;
#[path = "server_api/regions.rs"]
mod regions;
#[path = "server_api/sample.rs"]
mod sample;
#[path = "server_api/signing_in.rs"]
mod signing_in;
#[path = "server_api/standing.rs"]
mod standing;
#[path = "server_api/usage.rs"]
mod usage;
#[path = "support/values.rs"]
mod values;
#[path = "server_api/vaults.rs"]
mod vaults;
#[path = "server_api/writes.rs"]
mod writes;
