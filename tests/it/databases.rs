//! The server on PostgreSQL, beyond what the whole suite of `server_api` says about it there
//! (`MSPDASH_TEST_DATABASE=postgres`).

mod copy;
mod failures;
mod instances;
mod reaching;
mod schema;
mod texts;
