//! Message in, model and effects out.

mod list;
mod note;
mod panes;
mod unlink;
