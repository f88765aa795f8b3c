//! Companies out of a file or a paste: bytes → text ([`encoding`]) → [`table`] → [`columns`] → rows ([`row`]) →
//! what each would change ([`plan`]). Pure: the server plans with it, the dashboard and the commands preview with it.
//!
//! What is unsure is asked, never guessed: a column that may be two things, a company that only looks alike.

pub mod columns;
pub mod encoding;
pub mod file;
pub mod look_alike;
pub mod mapping;
pub mod number;
mod paste;
pub mod plan;
pub mod proposal;
pub mod reconcile;
pub mod row;
pub mod run;
mod shape;
pub mod table;

#[cfg(test)]
mod tests;

/// The most rows that one import takes.
pub const MOST_ROWS: usize = 100_000;
/// The largest file that is read, in bytes: 32 MiB.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;
