//! The command line from outside: help, wrong calls, results as scripts see them, exit codes.

mod calls;
mod companies;
mod csv;
mod db;
mod formats;
mod import;
mod init;
mod launch;
mod links;
mod lists;
mod manuals;
mod people;
mod reconcile;
mod same_as_screen;
mod sample;
pub mod schemas;
mod serve;
mod serve_network;
mod tasks;
mod technicians;
mod unlink;
mod usage_and_activity;
mod which_company;
