//! Message in, model and effects out.

mod activity;
mod details;
mod guard;
mod launch;
mod leave;
mod list;
mod note;
mod panes;
mod start;
mod sync;
mod unlink;
mod usage;
