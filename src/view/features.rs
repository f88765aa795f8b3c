//! How each thing looks, under the name that it has in `app::features`.

pub(super) mod accounts;
pub(super) mod activity;
pub(super) mod attention;
pub(super) mod bulk;
pub(super) mod companies;
pub(super) mod company;
pub(super) mod declare;
pub(super) mod errors;
pub(super) mod export;
pub(super) mod form;
pub(super) mod help;
pub(super) mod import;
pub(super) mod launch;
pub(super) mod links;
pub(super) mod overview;
pub(super) mod palette;
pub(super) mod people;
pub(super) mod quit;
pub(super) mod recoveries;
pub(super) mod setup;
pub(super) mod tags;
pub(super) mod tasks;
pub(super) mod technicians;
pub(super) mod unlink;
pub(super) mod usage;
pub(super) mod vaults;
