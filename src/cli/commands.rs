//! One file for each resource, with its columns for people; one folder where a resource has many commands.

pub mod accounts;
pub mod activity;
pub mod attention;
pub mod companies;
pub mod db;
pub mod doctor;
pub mod find_person;
pub mod import;
pub mod keys;
pub mod leaver;
pub mod links;
pub mod people;
pub mod reconcile;
pub mod recoveries;
pub mod sources;
pub mod table_file;
pub mod tasks;
pub mod technicians;
pub mod usage;
pub mod vaults;
