//! Message in, model and effects out.

mod accounts;
mod activity;
mod activity_of_two;
mod attention;
mod bulk;
mod details;
mod form;
mod guard;
mod launch;
mod leave;
mod links;
mod list;
mod merged;
mod note;
mod panes;
mod people;
mod recoveries;
mod start;
mod sync;
mod tags;
mod undo;
mod unlink;
mod usage;
mod usage_of_two;
mod vaults;
