//! Open recoveries over all companies.

use crate::domain::people::PersonState;
use crate::server::sql::{self, Connection, Row};
use crate::server::store::companies::row::{RequestScope, actor, time};
use crate::server::store::error::StoreError;
use crate::server::store::rows::{FOREIGN, Key, Page, Window};
use crate::wire::recovery::Recovery;

/// Technicians can do nothing for the people of a company that is unlinked.
const OPEN: &str = "FROM people p JOIN companies c ON c.n = p.company_n
    WHERE p.state IN ('RECOVERY_STARTED', 'RECOVERY_AWAITING_COMPLETION') AND c.state <> 'UNLINKED'";

pub fn list(db: &Connection, scope: &RequestScope, window: &Window) -> Result<Page<Recovery>, StoreError> {
    let total = window
        .total(|| Ok(db.prepare_cached(&format!("SELECT count(*) {OPEN}"))?.query_row([], |row| row.get(0))?))?;
    let (after_time, after_n) = match window.after.as_deref() {
        None => (i64::MIN, i64::MIN),
        Some([Key::Number(time), Key::Number(n)]) => (*time, *n),
        Some(_) => return Err(FOREIGN),
    };
    let sql = format!(
        "SELECT p.n, p.begin_time, c.id AS company_id, c.name AS company_name, p.id, p.rev, p.display_name, p.email,
            p.state, p.begun_by_id, p.begun_by_name,
            (SELECT count(DISTINCT q.n) FROM people q JOIN memberships m ON m.person_n = q.n
                JOIN groups g ON g.n = m.group_n WHERE q.company_n = p.company_n AND q.n <> p.n
                AND q.state = 'ACTIVE' AND q.kind <> 'EXTERNAL_ACCOUNT_MANAGER'
                AND g.kind IN ('OWNERS', 'ADMINISTRATORS')) AS recoverers
         {OPEN} AND (p.begin_time, p.n) > (?, ?) ORDER BY p.begin_time, p.n LIMIT ?"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((after_time, after_n, window.limit()), |row| {
        Ok((vec![Key::Number(row.get("begin_time")?), Key::Number(row.get("n")?)], read(row, scope)?))
    })?;
    Ok(Page { rows: rows.collect::<Result<_, _>>()?, total })
}

fn read(row: &Row<'_>, scope: &RequestScope) -> sql::Result<Recovery> {
    Ok(Recovery {
        company_id: row.get("company_id")?,
        company_name: row.get("company_name")?,
        user_id: row.get("id")?,
        etag: Some(scope.etag('u', row.get("rev")?)),
        display_name: row.get("display_name")?,
        email: row.get("email")?,
        state: Some(PersonState::from(row.get_ref("state")?.as_str()?)),
        begin_time: time(row.get("begin_time")?),
        begun_by: actor(row.get("begun_by_id")?, row.get("begun_by_name")?),
        recoverers: row.get("recoverers")?,
    })
}
