//! The client against servers that answer anything: every fault ends in a named trouble, and nothing is sent
//! that must not be.

mod bodies;
mod broken_connections;
mod calls;
mod echoes;
mod log;
mod pages;
mod retries;
mod safety;
mod signing_in;
mod sleeping;
mod status_codes;
mod waits;
