//! The embedded server over real HTTP: every rule of the contract, asked from outside.

mod access;
mod audit;
pub mod client;
mod companies;
mod connections;
mod every_answer;
mod expirations;
mod facts;
mod imports;
mod invitations;
pub mod killed;
mod links;
mod lists;
mod long_polls;
mod network;
pub mod people;
mod real;
mod recovery;
mod regions;
mod same_as_screen;
mod sample;
mod secrets;
mod signing_in;
mod technicians;
mod usage;
mod vaults;
mod writes;
