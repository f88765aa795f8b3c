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
pub mod links;
pub mod model;
pub mod msg;
pub mod next_wake;
pub mod overlay;
pub mod overview;
pub mod people;
pub mod per_account;
pub mod recoveries;
pub mod remote;
pub mod screen;
pub mod sync;
pub mod tags;
pub mod text_input;
pub mod tickets;
pub mod toast;
pub mod undo;
pub mod update;
pub mod usage;
pub mod viewport;

pub use model::{Model, Options};
pub use next_wake::next_wake;
pub use update::{start, update};
