//! The pure core: `update(&mut Model, now, Msg) -> Vec<Effect>`. No I/O, no clock, no terminal, no runtime.

pub mod effect;
pub mod key;
pub mod msg;
