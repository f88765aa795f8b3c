//! The pure core: `update(&mut Model, now, Msg) -> Vec<Effect>`. No I/O, no clock, no terminal, no runtime.

pub mod account;
pub mod activity;
pub mod bulk;
pub mod command;
pub mod cure;
pub mod effect;
pub mod export;
#[cfg(test)]
pub(crate) mod fixture;
pub mod focus;
pub mod form;
pub mod key;
pub mod line;
pub mod links;
pub mod merged;
pub mod model;
pub mod msg;
pub mod overlay;
pub mod overview;
pub mod people;
pub mod pulse;
pub mod recoveries;
pub mod remote;
pub mod screen;
pub mod sync;
pub mod tags;
pub mod tickets;
pub mod toast;
pub mod undo;
pub mod update;
pub mod usage;
pub mod window;

pub use model::{Model, Options};
pub use pulse::pulse;
pub use update::{start, update};
