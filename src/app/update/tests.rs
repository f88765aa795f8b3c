//! Message in, model and effects out.

mod details;
mod guard;
mod launch;
mod leave;
mod list;
mod note;
mod panes;
mod people;
mod recoveries;
mod start;
mod sync;
mod unlink;
mod vaults;
