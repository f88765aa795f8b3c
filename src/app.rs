//! The pure core: `update(&mut Model, now, Msg) -> Vec<Effect>`. No I/O, no clock, no terminal, no runtime.

pub mod command;
pub mod effect;
#[cfg(test)]
mod fixture;
pub mod focus;
pub mod key;
pub mod line;
pub mod model;
pub mod msg;
pub mod overlay;
pub mod overview;
pub mod pulse;
pub mod remote;
pub mod sync;
pub mod tickets;
pub mod toast;
pub mod update;

pub use model::{Model, Options};
pub use pulse::pulse;
pub use update::{start, update};
