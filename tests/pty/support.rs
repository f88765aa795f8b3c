//! What the tests of this program share.

#[path = "../support/clock.rs"]
pub mod clock;
#[path = "../support/own_process.rs"]
pub mod own_process;
pub mod svg;
pub mod terminal;
