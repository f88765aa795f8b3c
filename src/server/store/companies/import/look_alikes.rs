//! The names of all companies, made ready to be asked which are alike. Kept as long as no company changes: a preview of
//! 100,000 rows makes it once.

use crate::domain::import::look_alike::LookAlikes;
use crate::server::sql::Connection;
use crate::server::store::error::StoreError;
use crate::server::store::meta;
use std::cell::OnceCell;
use std::sync::{Arc, Mutex, PoisonError};

/// The kept names, and up to which change they know.
#[derive(Default)]
pub struct Names(Mutex<Option<(i64, Arc<LookAlikes<String>>)>>);

/// The names at the beginning of a call: made when the first row asks.
pub struct At<'a> {
    names: &'a Names,
    db: &'a Connection,
    seq: i64,
    found: OnceCell<Arc<LookAlikes<String>>>,
}

impl Names {
    pub fn at<'a>(&'a self, db: &'a Connection) -> Result<At<'a>, StoreError> {
        Ok(At { names: self, db, seq: meta::number(db, "seq")?, found: OnceCell::new() })
    }
}

impl At<'_> {
    pub fn get(&self) -> Result<&LookAlikes<String>, StoreError> {
        if let Some(found) = self.found.get() {
            return Ok(found);
        }
        let mut kept = self.names.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = match &*kept {
            Some((seq, names)) if *seq == self.seq => Arc::clone(names),
            _ => {
                let names = Arc::new(read(self.db)?);
                *kept = Some((self.seq, Arc::clone(&names)));
                names
            }
        };
        Ok(self.found.get_or_init(|| found))
    }
}

fn read(db: &Connection) -> Result<LookAlikes<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id, name FROM companies WHERE state <> 'UNLINKED' ORDER BY n")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let names: Vec<(String, String)> = rows.collect::<Result<_, _>>()?;
    Ok(LookAlikes::new(names.into_iter()))
}
