//! The database: connections, rows, and what is kept beside them.

pub mod company_json;
pub mod company_row;
pub mod counters;
pub mod due_recoveries;
pub mod expirations;
pub mod link_row;
pub mod name_keys;
pub mod pool;
pub mod revisions;
pub mod seats;
pub mod workspace_file;
