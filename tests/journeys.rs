//! Journeys through the dashboard: what a technician does, from the key to the database and back to the screen.
//! Everything is real but the terminal, the clock and the browser.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may end by a panic")]

#[path = "journeys/accounts.rs"]
mod accounts;
#[path = "journeys/arriving.rs"]
mod arriving;
#[path = "journeys/attention.rs"]
mod attention;
#[path = "support/branches.rs"]
mod branches;
#[path = "journeys/faults.rs"]
mod faults;
#[path = "journeys/folk.rs"]
mod folk;
#[path = "support/http.rs"]
mod http;
#[path = "support/journey.rs"]
mod journey;
#[path = "journeys/kept.rs"]
mod kept;
#[path = "journeys/launch.rs"]
mod launch;
#[path = "journeys/links.rs"]
mod links;
#[path = "journeys/list.rs"]
mod list;
#[path = "journeys/marks.rs"]
mod marks;
#[path = "journeys/owner.rs"]
mod owner;
#[path = "journeys/rights.rs"]
mod rights;
#[path = "journeys/screens.rs"]
mod screens;
#[path = "journeys/setup.rs"]
mod setup;
#[path = "support/trio.rs"]
mod trio;
#[path = "journeys/unlink.rs"]
mod unlink;
#[path = "journeys/whole_life.rs"]
mod whole_life;
