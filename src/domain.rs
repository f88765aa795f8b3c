//! What a managed service provider knows: companies, their people, their set-up, and the rules about them.
//! Nothing here knows of a screen, a network or a clock.

pub mod activity;
pub mod alphabet;
pub mod company;
pub mod confirmation;
mod contract_word;
pub mod country;
pub mod export;
pub mod field;
pub mod id;
pub mod intent;
pub mod kept;
pub mod lang;
pub mod launch;
pub mod line;
pub mod link;
pub mod paging;
pub mod people;
pub mod recovery;
pub mod region;
pub mod request;
pub mod roster;
pub mod secret;
pub mod session;
pub mod setup;
pub mod text;
pub mod tint;
pub mod trouble;
pub mod unlink;
pub mod usage;
pub mod vault;
pub mod website;
