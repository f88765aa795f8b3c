//! Journeys through the dashboard: what a technician does, from the key to the database and back to the screen.
//! Everything is real but the terminal, the clock and the browser.

mod accounts;
mod attention;
mod bulk;
mod cache;
mod declare;
mod faults;
mod imports;
mod launch;
mod links;
mod list;
mod new_companies;
mod news;
mod owner;
mod people;
mod permissions;
mod screens;
mod setup;
mod tasks;
mod technicians;
mod unlink;
mod whole_life;
