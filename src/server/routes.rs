//! The handlers of the API, one file per resource.

pub mod audit_events;
pub mod companies;
pub mod company_changes;
pub mod company_edit;
pub mod enrolments;
pub mod import_rows;
pub mod imports;
pub mod launch;
pub mod links;
pub mod oauth;
pub mod observations;
pub mod people;
pub mod session;
pub mod setup;
pub mod sources;
pub mod tasks;
pub mod technicians;
pub mod unlink;
pub mod usage;
pub mod vaults;
