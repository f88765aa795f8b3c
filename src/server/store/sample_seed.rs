//! What a sample was made from; kept in the database, so that people can be made later.

use super::error::StoreError;
use crate::domain::region::Region;
use rusqlite::Connection;

#[derive(Debug, Clone, Copy)]
pub struct SampleSeed {
    pub seed: u64,
    /// When it was made, in milliseconds since 1970.
    pub created: i64,
    pub region: Region,
}

impl SampleSeed {
    pub fn load(db: &Connection) -> Result<Self, StoreError> {
        let sql = "SELECT (SELECT value FROM meta WHERE key = 'seed'), (SELECT value FROM meta WHERE key = 'created'),
                   (SELECT value FROM meta WHERE key = 'region')";
        let (seed, created, region): (i64, i64, String) =
            db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let region = region.parse().map_err(|error| StoreError::internal("an unknown region", &error))?;
        Ok(Self { seed: seed.cast_unsigned(), created, region })
    }
}
