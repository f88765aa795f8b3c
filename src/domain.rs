//! What a managed service provider knows: companies, their people, their set-up, and the rules about them.
//! Nothing here knows of a screen, a network or a clock.

pub mod activity;
pub mod alphabet;
pub mod cached;
pub mod company;
pub mod confirmation;
mod contract_word;
pub mod country;
pub mod error;
pub mod export;
pub mod facts;
pub mod field;
pub mod id;
pub mod import;
pub mod intent;
pub mod lang;
pub mod launch;
pub mod link;
pub mod network_fault;
pub mod paging;
pub mod people;
pub mod recovery;
pub mod region;
pub mod request;
pub mod roster;
pub mod secret;
pub mod session;
pub mod setup;
pub mod task;
pub mod technician;
pub mod text;
pub mod theme;
pub mod tint;
pub mod unlink;
pub mod usage;
pub mod vault;
pub mod website;
