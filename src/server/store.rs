//! The database: everything that is read from it and written to it, by resource. Nothing here knows HTTP.

pub mod audit_events;
pub mod companies;
pub mod error;
pub mod idempotency;
pub mod launches;
pub mod links;
pub mod meta;
pub mod people;
pub mod pool;
pub mod requester;
pub mod rows;
pub mod sample_seed;
pub mod setup;
pub mod sources;
pub mod tasks;
pub mod technicians;
pub mod usage;
pub mod vaults;
