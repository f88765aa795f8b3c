//! Vaults: names and counts, never an item, and the access that technicians give themselves (support page
//! *technician permissions*).

use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{Path, Query, SignedIn};
use crate::server::idempotency::{Requester, Write};
use crate::server::query::paging::Paging;
use crate::server::routes::people::count;
use crate::server::state::App;
use crate::server::store::company_row::{Record, RequestScope};
use crate::server::store::counters::still_managed;
use crate::wire::company::Company;
use crate::wire::vault::Vault;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

pub async fn show(
    State(app): App,
    SignedIn(who): SignedIn,
    scope: RequestScope,
    Path([_, id]): Path<[String; 2]>,
    query: Query,
) -> ApiResult {
    let paging = Paging::read(&query, &["vaults", &id], 1)?;
    app.store
        .read(move |db| {
            let record = scope.record(db, &id)?;
            let total = paging.total(|| count(db, "vaults", record.n))?;
            let vaults = page(db, &scope, &record, who.n, (paging.after(0)?, paging.limit()))?;
            Reply::json(&paging.list(vaults, total)?)
        })
        .await
}

/// A technician who was given access counts among the people who have it.
const COLUMNS: &str = "n, id, name, description, item_count,
    people_count + (SELECT count(*) FROM vault_access a WHERE a.vault_n = vaults.n),
    EXISTS (SELECT 1 FROM vault_access a WHERE a.vault_n = vaults.n AND a.technician_n = ?1)";

fn read(row: &Row<'_>, scope: &RequestScope, company: &str) -> rusqlite::Result<(i64, Vault)> {
    let id: String = row.get(1)?;
    let vault = Vault {
        path: format!("{}/vaults/{id}", scope.path(company)),
        id,
        name: row.get(2)?,
        description: row.get(3)?,
        item_count: row.get(4)?,
        people_count: row.get(5)?,
        has_access: row.get(6)?,
    };
    Ok((row.get(0)?, vault))
}

/// Vaults behind a row's number, as the technician `who` sees them; at most so many.
pub fn page(
    db: &Connection,
    scope: &RequestScope,
    record: &Record,
    who: i64,
    (after, most): (i64, i64),
) -> Result<Vec<(i64, Vault)>, ApiError> {
    let sql = format!("SELECT {COLUMNS} FROM vaults WHERE company_n = ?2 AND n > ?3 ORDER BY n LIMIT ?4");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((who, record.n, after, most), |row| read(row, scope, &record.company.id))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The vault with this id.
/// 404 when the company has none.
pub fn one(
    db: &Connection,
    scope: &RequestScope,
    record: &Record,
    who: i64,
    id: &str,
) -> Result<(i64, Vault), ApiError> {
    let sql = format!("SELECT {COLUMNS} FROM vaults WHERE company_n = ?2 AND id = ?3");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_row((who, record.n, id), |row| read(row, scope, &record.company.id)).optional()?;
    found.ok_or_else(ApiError::not_found)
}

pub async fn grant(write: Write, Path([_, company, vault_id]): Path<[String; 3]>) -> ApiResult {
    let work = move |tx: &Transaction<'_>, requester: &Requester| {
        let record = requester.scope.record(tx, &company)?;
        still_managed(&record)?;
        let (n, vault) = one(tx, &requester.scope, &record, requester.technician_n, &vault_id)?;
        may_grant(&record.company)?;
        if vault.has_access {
            return Reply::json(&vault);
        }
        let sql = "INSERT INTO vault_access (vault_n, technician_n) VALUES (?, ?)";
        tx.execute(sql, (n, requester.technician_n))?;
        let company = (record.company.id.as_str(), record.company.name.as_str());
        requester.audit(tx, "VAULT_ACCESS_GRANTED", company, Some(&vault.name))?;
        Reply::json(&one(tx, &requester.scope, &record, requester.technician_n, &vault_id)?.1)
    };
    write.run_once(String::new(), work).await
}

/// *Advanced permissions* count when the company allows them and the MSP granted them to this technician.
fn may_grant(company: &Company) -> Result<(), ApiError> {
    let refused = |code, detail| Err(ApiError::new(StatusCode::FORBIDDEN, code, detail));
    let advanced = &company.advanced_permissions;
    if !advanced.allowed_by_company {
        let detail = "An owner of the company has turned off Advanced permissions for technicians. Only an owner \
                      can turn them on.";
        return refused("ADVANCED_PERMISSION_OFF", detail);
    }
    if !advanced.granted_to_me {
        let detail = "The company allows Advanced permissions, but the MSP has not granted them to you. Ask an \
                      owner or administrator of the MSP account.";
        return refused("ADVANCED_PERMISSION_NOT_GRANTED", detail);
    }
    Ok(())
}
