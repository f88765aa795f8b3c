//! What a workspace's companies are called, for those who only offer names.

use super::{MaintenanceError, open_to_read};
use crate::server::store::pool::sqlite::damaged;
use std::path::Path;

/// The names of all companies, in no order; also while a server uses the workspace.
pub fn company_names(path: &Path) -> Result<Vec<String>, MaintenanceError> {
    let (db, _) = open_to_read(path)?;
    let names =
        db.prepare("SELECT name FROM companies").and_then(|mut ask| ask.query_map([], |row| row.get(0))?.collect());
    names.map_err(|error| damaged(path, &error).into())
}
