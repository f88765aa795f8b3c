//! What is shown and how it reacts to keys, without any I/O: every scene in pictures and at every size, random walks,
//! and the texts of the commands.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a scene that cannot be made is a failed test"
)]

mod commands;
mod docs;
mod looks;
mod pictures;
mod sizes;
mod support;
mod walk;
