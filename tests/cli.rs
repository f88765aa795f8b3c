//! The command line from outside: help, wrong calls, results as scripts see them, exit codes.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly, its support too")]

#[path = "cli/calls.rs"]
mod calls;
#[path = "cli/companies.rs"]
mod companies;
#[path = "cli/csv.rs"]
mod csv;
#[path = "cli/doors.rs"]
mod doors;
#[path = "cli/home.rs"]
mod home;
#[path = "cli/launch.rs"]
mod launch;
#[path = "cli/links.rs"]
mod links;
#[path = "cli/lists.rs"]
mod lists;
#[path = "support/mock.rs"]
mod mock;
#[path = "cli/named.rs"]
mod named;
#[path = "cli/people.rs"]
mod people;
#[path = "cli/sample.rs"]
mod sample;
#[path = "cli/serve.rs"]
mod serve;
#[path = "cli/trail.rs"]
mod trail;
#[path = "cli/unlink.rs"]
mod unlink;
#[path = "support/values.rs"]
mod values;
