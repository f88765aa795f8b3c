//! `mspdash`: a terminal dashboard with which technicians of a managed service provider run their client
//! companies' 1Password accounts. An independent tool; "1Password" is a trademark of its owner.
#![forbid(unsafe_code)]

pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod dashboard;
pub mod domain;
pub mod embedded;
pub mod server;
pub mod shell;
pub mod view;
pub mod wire;
pub mod words;
