//! Message in, model and effects out.

mod attention;
mod bulk;
mod details;
mod guard;
mod launch;
mod leave;
mod list;
mod note;
mod panes;
mod start;
mod sync;
mod tags;
mod undo;
mod unlink;
