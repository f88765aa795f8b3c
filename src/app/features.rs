//! What the dashboard does, one module for each thing: its state, what its keys do, and what its answers change.

pub mod accounts;
pub mod activity;
pub mod attention;
pub mod bulk;
pub mod companies;
pub mod company;
pub mod copy;
pub mod cure;
pub mod export;
pub mod form;
pub mod launch;
pub mod links;
pub mod overview;
pub mod people;
pub mod recoveries;
pub mod restore;
pub mod setup;
pub mod sync;
pub mod tags;
pub mod undo;
pub mod unlink;
pub mod usage;
pub mod vaults;
