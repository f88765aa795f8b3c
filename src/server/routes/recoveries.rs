//! Open recoveries over all companies.

use crate::domain::people::PersonState;
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::Query;
use crate::server::query::page_token::{self, Key};
use crate::server::query::paging::Paging;
use crate::server::state::App;
use crate::server::store::company_row::{RequestScope, time};
use crate::wire::Actor;
use crate::wire::recovery::Recovery;
use axum::extract::State;
use rusqlite::{Connection, Row};

pub async fn list(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let paging = Paging::read(&query, &["recoveries"], 2)?;
    app.store
        .read(move |db| {
            let total = paging.total(|| total(db))?;
            Reply::json(&paging.list(page(db, &scope, &paging)?, total)?)
        })
        .await
}

/// Technicians can do nothing for the people of a company that is unlinked.
const OPEN: &str = "FROM people p JOIN companies c ON c.n = p.company_n
    WHERE p.state IN ('RECOVERY_STARTED', 'RECOVERY_AWAITING_COMPLETION') AND c.state <> 'UNLINKED'";

fn total(db: &Connection) -> Result<i64, ApiError> {
    Ok(db.prepare_cached(&format!("SELECT count(*) {OPEN}"))?.query_row([], |row| row.get(0))?)
}

fn page(db: &Connection, scope: &RequestScope, paging: &Paging) -> Result<Vec<(Vec<Key>, Recovery)>, ApiError> {
    let (after_time, after_n) = match paging.keys() {
        None => (i64::MIN, i64::MIN),
        Some([Key::Number(time), Key::Number(n)]) => (*time, *n),
        Some(_) => return Err(page_token::foreign()),
    };
    let sql = format!(
        "SELECT p.n, p.begin_time, c.id, c.name, p.id, p.rev, p.display_name, p.email, p.state, p.begun_by_id,
            p.begun_by_name, (SELECT count(DISTINCT q.n) FROM people q JOIN memberships m ON m.person_n = q.n
                JOIN groups g ON g.n = m.group_n WHERE q.company_n = p.company_n AND q.n <> p.n
                AND q.state = 'ACTIVE' AND q.kind <> 'EXTERNAL_ACCOUNT_MANAGER'
                AND g.kind IN ('OWNERS', 'ADMINISTRATORS'))
         {OPEN} AND (p.begin_time, p.n) > (?, ?) ORDER BY p.begin_time, p.n LIMIT ?"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((after_time, after_n, paging.limit()), |row| {
        let keys = vec![Key::Number(row.get(1)?), Key::Number(row.get(0)?)];
        Ok((keys, read(row, scope)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>, scope: &RequestScope) -> rusqlite::Result<Recovery> {
    let by: Option<String> = row.get(9)?;
    Ok(Recovery {
        company_id: row.get(2)?,
        company_name: row.get(3)?,
        user_id: row.get(4)?,
        etag: Some(scope.etag('u', row.get(5)?)),
        display_name: row.get(6)?,
        email: row.get(7)?,
        state: Some(PersonState::from(row.get_ref(8)?.as_str()?)),
        begin_time: time(row.get(1)?),
        begun_by: match by {
            Some(id) => Some(Actor { id, display_name: row.get::<_, Option<String>>(10)?.unwrap_or_default() }),
            None => None,
        },
        recoverers: row.get(11)?,
    })
}
