//! The one thing in a recovery that no technician does: the person's new password.
//!
//! A rule of the sample workspace: whoever's recovery was begun through the API makes a new password 20 s later, by
//! the server's clock. There is no task that waits for it. Before a request is answered, people whose time has come
//! are moved on, with the counted fields, the revision and the place in the sequence of changes of their companies,
//! in one transaction: to every reader it looks as if it had happened in time. Recoveries that the sample began
//! itself stay as they are: those people take their time.

use crate::server::sql::{Connection, Transaction};
use crate::server::store::companies::counters::recount;
use crate::server::store::error::StoreError;
use crate::server::store::pool::Store;
use crate::server::store::requester::touch;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// How long the person of the sample takes for a new password, in milliseconds.
pub const READY_AFTER: i64 = 20_000;
/// When somebody makes a new password next, in milliseconds since 1970: nothing is looked up before.
pub struct Due {
    next: AtomicI64,
    /// Up to which change of other servers that holds.
    seen: AtomicU64,
}

impl Default for Due {
    /// Of a database that was just opened nothing is known: look at once.
    fn default() -> Self {
        Self { next: AtomicI64::new(i64::MIN), seen: AtomicU64::new(0) }
    }
}

impl Due {
    /// Moves on whoever has made a new password by now. If the database cannot be written, it is tried again with the
    /// next request.
    pub async fn advance(self: &Arc<Self>, store: &Arc<Store>, now: i64) -> Result<(), StoreError> {
        self.hear_of_others(store).await?;
        if now < self.next() {
            return Ok(());
        }
        let due = Arc::clone(self);
        let advance = move |tx: &Transaction<'_>| {
            make_ready(tx, now)?;
            // Under the writer's lock, like `note`: none that begins meanwhile is forgotten.
            due.next.store(soonest(tx)?, Ordering::SeqCst);
            Ok(())
        };
        // What was not kept is due still.
        store.write(advance).await.inspect_err(|_| self.note(now))
    }

    /// Another server may have begun a recovery.
    async fn hear_of_others(&self, store: &Store) -> Result<(), StoreError> {
        let change = *store.changes().borrow();
        // Of those that one change wakes, the first one looks.
        if store.is_shared() && self.seen.swap(change, Ordering::SeqCst) != change {
            match store.read(soonest).await {
                Ok(next) => self.note(next),
                Err(error) => {
                    self.seen.store(0, Ordering::SeqCst);
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// When the next new password is made, in milliseconds since 1970.
    pub fn next(&self) -> i64 {
        self.next.load(Ordering::SeqCst)
    }

    pub fn note(&self, ready: i64) {
        self.next.fetch_min(ready, Ordering::SeqCst);
    }
}

fn soonest(db: &Connection) -> Result<i64, StoreError> {
    let sql = "SELECT min(ready_time) FROM people WHERE ready_time IS NOT NULL";
    Ok(db.query_row(sql, [], |row| row.get::<_, Option<i64>>(0))?.unwrap_or(i64::MAX))
}

fn make_ready(tx: &Transaction<'_>, now: i64) -> Result<(), StoreError> {
    let sql = "UPDATE people SET state = 'RECOVERY_AWAITING_COMPLETION', rev = rev + 1, ready_time = NULL
               WHERE ready_time IS NOT NULL AND ready_time <= ? RETURNING company_n";
    let mut statement = tx.prepare_cached(sql)?;
    let mut companies: Vec<i64> = statement.query_map([now], |row| row.get(0))?.collect::<Result<_, _>>()?;
    companies.sort_unstable();
    companies.dedup();
    for company_n in companies {
        recount(tx, company_n)?;
        touch(tx, company_n, now)?;
    }
    Ok(())
}
