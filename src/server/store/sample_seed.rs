//! What a sample was made from; kept in the database, so that people can be made later.

use super::error::StoreError;
use super::meta;
use crate::domain::region::Region;
use crate::server::sql::Connection;

#[derive(Debug, Clone, Copy)]
pub struct SampleSeed {
    pub seed: u64,
    /// When it was made, in milliseconds since 1970.
    pub created: i64,
    pub region: Region,
}

impl SampleSeed {
    pub fn load(db: &Connection) -> Result<Self, StoreError> {
        let (seed, created) = (meta::number(db, "seed")?, meta::number(db, "created")?);
        let region =
            meta::word(db, "region")?.parse().map_err(|error| StoreError::internal("an unknown region", &error))?;
        Ok(Self { seed: seed.cast_unsigned(), created, region })
    }
}
