//! The pure core: `update(&mut Model, now, Msg) -> Vec<Effect>`. No I/O, no clock, no terminal, no runtime.

pub mod command;
pub mod core;
pub mod ctx;
pub mod dialog;
pub mod effect;
pub mod features;
#[cfg(test)]
pub(crate) mod fixture;
pub mod focus;
pub mod key;
pub mod model;
pub mod msg;
pub mod navigation;
pub mod next_wake;
pub mod overlay;
pub mod pending;
pub mod pointer;
pub mod screen;
pub mod tickets;
pub mod toast;
pub mod update;
pub mod waiting;

pub use model::{Model, Options};
pub use next_wake::next_wake;
pub use update::{start, update};
