//! Message in, model and effects out.

mod attention;
mod bulk;
mod details;
mod form;
mod guard;
mod launch;
mod leave;
mod links;
mod list;
mod note;
mod panes;
mod start;
mod sync;
mod tags;
mod undo;
mod unlink;
