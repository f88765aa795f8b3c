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
            _ => Arc::new(read(self.db)?),
        };
        // What the call itself has changed by now may be rolled back.
        if meta::number(self.db, "seq")? == self.seq {
            *kept = Some((self.seq, Arc::clone(&found)));
        }
        Ok(self.found.get_or_init(|| found))
    }
}

fn read(db: &Connection) -> Result<LookAlikes<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id, name FROM companies WHERE state <> 'UNLINKED' ORDER BY n")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let names: Vec<(String, String)> = rows.collect::<Result<_, _>>()?;
    Ok(LookAlikes::new(names.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Database;
    use crate::server::store::companies::edit::CompanyEdit;
    use crate::server::store::companies::register;
    use crate::server::store::pool::Store;
    use crate::server::store::requester::touched;
    use crate::server::workspace::{NewWorkspace, create};

    #[test]
    fn names_of_a_call_that_is_rolled_back_are_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::File(folder.path().join("msp.db"));
        create(&database, &NewWorkspace { name: "Harbour IT".into(), ..NewWorkspace::default() }).unwrap();
        let store = Store::open(&database, false).unwrap();
        let names = Names::default();
        let alike = |at: &At<'_>| Ok(at.get()?.of("Nordlicht AG").len());
        let broken_off = store.write_now(|tx| {
            let at = names.at(tx)?;
            let edit = CompanyEdit { name: Some("Nordlicht GmbH".into()), ..CompanyEdit::default() };
            register::insert(tx, "C", 0, edit.columns().into_iter().chain(touched(tx)?))?;
            assert_eq!(alike(&at)?, 1);
            Err::<(), _>(StoreError::Stopping)
        });
        assert_eq!(broken_off, Err(StoreError::Stopping));
        assert_eq!(store.read_now(|db| alike(&names.at(db)?)), Ok(0));
    }
}
