//! What features share: loads, lists over several accounts, text fields, the layout of the screen, what it keeps
//! between two runs.

pub mod layout;
pub mod line_search;
pub mod menu;
pub mod per_account;
pub mod refresh;
pub mod remote;
pub mod selection;
pub mod submission;
pub mod text_input;
pub mod ui;
