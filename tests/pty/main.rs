//! The program in a real pseudo-terminal.
#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may end by a panic")]

mod exits;
mod screenshots;
#[cfg(target_os = "linux")]
mod secrets;
mod support;
mod terminal_journeys;
